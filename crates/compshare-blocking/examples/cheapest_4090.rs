//! Rents the cheapest 4090 in stock in any zone, and gives it back: `cargo run --example cheapest_4090`.

use compshare_blocking::conditions::InstanceReaches;
use compshare_blocking::types::{ChargeType::Postpay, ImageType, InstanceDisk, InstanceState::*};
use compshare_blocking::{Client, Config, Credentials, Error, Gb, actions::*};
use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY, Sim};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sim = Sim::builder().clock_speed(60).start()?; // a minute passes in a second
    let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY)).endpoint(sim.endpoint())?;
    let client = Client::new(config)?; // Client::from_env()? rents a real one

    let mut offers = Vec::new();
    let disks = [InstanceDisk::boot(Gb(60))];
    let quote = GetCompShareInstancePrice::builder().gpu_type("4090").gpu(1).cpu(16).memory(Gb(64));
    let quote = quote.build().charge_type(Postpay).disks(disks.clone());
    for (zone, free) in client.inventory()?.in_stock("4090") {
        let client = client.clone().region(&zone.region).zone(&zone.zone);
        let price = client.send(&quote)?.total(&Postpay).ok_or("the price is unknown")?;
        println!("{}: {free} free, {price}", zone.zone);
        offers.push((price.amount, client));
    }
    let cheapest = offers.into_iter().min_by_key(|(price, _)| *price);
    let (_, client) = cheapest.ok_or("no 4090 is in stock")?;

    let images = DescribeCompShareImages::new().image_type(ImageType::App);
    let image = client.items(images).next().ok_or("there is no image")??;
    let create = CreateCompShareInstance::builder().gpu_type("4090").gpu(1).cpu(16).memory(Gb(64));
    let create = create.compshare_image_id(image.compshare_image_id).charge_type(Postpay);
    let created = client.send_once(create.disks(disks).build())?;
    let mut ended = Ok(());
    for id in &created.ids {
        let running = client.wait(InstanceReaches::new(id, Running)).map_err(Error::from);
        if let Some(login) = running.as_ref().ok().and_then(|instance| instance.login()) {
            println!("{id} runs: {login}");
        }
        // It costs money until it is terminated, so this is tried whatever failed before.
        let stop = client.send(StopCompShareInstance::new(id));
        let stop = stop.and_then(|_| Ok(client.wait(InstanceReaches::new(id, Stopped))?));
        let terminated = client.send(TerminateCompShareInstance::new(id));
        println!("{id} is terminated: {}", terminated.is_ok());
        ended = ended.and_then(|()| running.and(stop).and(terminated).map(drop));
    }
    Ok(ended?)
}
