//! Rents a GPU safely: stock, price, create, wait, use, terminate: `cargo run --example rent_gpu`.
//!
//! It runs against the simulator, whose clock advances a minute per second here. The simulator loses the
//! response to the creation; `send_once` finds what was created, and nothing is paid twice.

use std::{error::Error, time::Duration};

use compshare_hyper::{
    Client, Cny, Config, Credentials, Gb, PollPolicy,
    actions::{
        CheckCompShareResourceCapacity, CreateCompShareInstance, DescribeCompShareImages,
        DescribeCompShareInstance, GetCompShareInstancePrice, StopCompShareInstance,
        TerminateCompShareInstance,
    },
    conditions::{InstanceGone, InstanceReaches},
    price::BillingPeriod,
    types::{ChargeType, ImageType, InstanceDisk, InstanceState},
};
use compshare_sim::{Fault, PRIVATE_KEY, PUBLIC_KEY, Sim};

const GPU: &str = "4090";
/// Highest price per hour.
const BUDGET: Cny = Cny(5.0);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sim = start_fast_sim()?;
    let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY)).endpoint(sim.endpoint())?;
    let client = Client::new(config)?.region("cn-wlcb").zone("cn-wlcb-01");

    let images = DescribeCompShareImages::new().image_type(ImageType::App);
    let image = client.items(images).next().await.ok_or("the platform has no image")??;
    println!("image     {} ({})", image.name, image.compshare_image_id);

    let boot_disk = InstanceDisk::boot(Gb(100));
    let capacity = CheckCompShareResourceCapacity::builder()
        .gpu_type(GPU)
        .machine_type("G")
        .minimal_cpu_platform("Auto")
        .compshare_image_id(&image.compshare_image_id)
        .charge_type(ChargeType::Postpay)
        .disks([boot_disk.clone()])
        .build();
    let specs = client.send(capacity).await?.into_body().specs;
    let size = specs.iter().find(|spec| spec.gpu == Some(1) && spec.resource_enough == Some(true));
    let size = size.ok_or("no instance with one GPU is in stock")?;
    let (cpu, memory) = (size.cpu.unwrap_or(16), size.mem.unwrap_or(Gb(64)));
    println!("in stock  1 × {GPU} with {cpu} cores and {memory}");

    let price = GetCompShareInstancePrice::builder()
        .gpu_type(GPU)
        .gpu(1)
        .cpu(cpu)
        .memory(memory)
        .build()
        .charge_type(ChargeType::Postpay)
        .disks([boot_disk.clone()])
        .compshare_image_id(&image.compshare_image_id);
    // Machine, disks and image together.
    let total = client.send(price).await?.total(&ChargeType::Postpay);
    let total = total.ok_or("the price is not known")?;
    println!("price     {total}");
    if total.period != BillingPeriod::Hour || total.amount > BUDGET {
        return Err(format!("more than {BUDGET} per hour").into());
    }

    let create = CreateCompShareInstance::builder()
        .gpu_type(GPU)
        .gpu(1)
        .cpu(cpu)
        .memory(memory)
        .compshare_image_id(image.compshare_image_id)
        .disks([boot_disk])
        .charge_type(ChargeType::Postpay)
        .build()
        .name("rented-by-example");
    sim.fault(Fault::ActThenClose); // the response to the next call is lost
    let created = client.send_once(create).await?; // else the error says whether to try again
    let how =
        if created.found_by_marker { "found by its marker" } else { "confirmed by the response" };
    println!("created   {}, {how}", created.ids.join(", "));
    if created.in_doubt {
        println!("in doubt  list what carries {} once more", created.marker);
    }

    // From here on, everything that was created is given back even after an error; the first error is
    // returned.
    let mut ended = match created.ids.first() {
        Some(uhost_id) => use_it(&client, uhost_id).await,
        None => Ok(()),
    };
    for uhost_id in &created.ids {
        ended = ended.and(give_back(&client, uhost_id).await);
    }
    ended
}

async fn use_it(client: &Client, uhost_id: &str) -> Result<(), Box<dyn Error>> {
    let mut running = client
        .waiting(InstanceReaches::new(uhost_id, InstanceState::Running))
        .poll_policy(PollPolicy::until(Duration::from_secs(300)))
        .on_progress(|progress| println!("waiting   {}", progress.state));
    let instance = client.drive(&mut running).await?;
    let login = instance.login().ok_or("the instance has no address to log in to")?;
    println!("running   {}: {login}", instance.name);
    Ok(())
}

/// Stops the instance and terminates it: a running instance cannot be terminated.
async fn give_back(client: &Client, uhost_id: &str) -> Result<(), Box<dyn Error>> {
    // Made from the instance, the condition knows that it existed, and in which region and zone.
    let list = client.send(DescribeCompShareInstance::new().uhost_ids([uhost_id])).await;
    let gone = list.map(|list| list.uhost_set.first().map(InstanceGone::of));
    let stop = client.send(StopCompShareInstance::new(uhost_id)).await;
    let stopped = match stop {
        Ok(_) => {
            client.wait(InstanceReaches::new(uhost_id, InstanceState::Stopped)).await.map(drop)
        }
        // An instance that failed to install cannot be stopped, but can be terminated.
        Err(error) => {
            println!("stopping  {error}");
            Ok(())
        }
    };
    // Tried even after an error above: an instance that is not terminated costs money.
    client.send(TerminateCompShareInstance::new(uhost_id)).await?;
    stopped?;
    println!("stopped   {uhost_id}");
    client.wait(gone?.ok_or("the instance is not listed")?).await?;
    println!("gone      {uhost_id}");
    Ok(())
}

/// A simulator whose clock advances a minute per second.
fn start_fast_sim() -> std::io::Result<Sim> {
    let sim = Sim::builder().clock_speed(60).start()?;
    println!("simulator {} (nothing real is rented)", sim.endpoint());
    Ok(sim)
}
