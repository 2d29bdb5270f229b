//! Lists the instances of all zones with their cost per hour: `cargo run --example hourly_cost`.

use std::{collections::BTreeSet, error::Error};

use compshare_hyper::{
    Client, Cny, Config, Credentials,
    actions::{DescribeCompShareInstance, DescribeCompShareSupportZone},
    types::{CompShareInstanceSet, InstanceState},
};
use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY, Sim};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sim = Sim::start()?;
    println!("simulator {}", sim.endpoint());
    let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY)).endpoint(sim.endpoint())?;
    let client = Client::new(config)?.region("cn-wlcb");

    let zones = client.send(DescribeCompShareSupportZone::new()).await?.into_body().zone_info;
    let regions: BTreeSet<String> = zones.into_iter().map(|zone| zone.region).collect();

    let (mut count, mut total, mut unknown) = (0, 0.0, 0);
    for region in regions {
        let mut instances = client.items(DescribeCompShareInstance::new().region(&region));
        while let Some(instance) = instances.next().await {
            let instance = instance?;
            let cost = hourly(&instance);
            let stopped = instance.state == Some(InstanceState::Stopped);
            let shown =
                cost.map_or_else(|| "price unknown".to_owned(), |cost| format!("{cost} an hour"));
            println!(
                "{:<14} {:<16} {:<14} {:>2} × {:<8} {shown}{}",
                instance.zone,
                instance.uhost_id,
                instance.name,
                instance.gpu.unwrap_or(0),
                instance.gpu_type,
                if stopped { ", stopped" } else { "" },
            );
            count += 1;
            total += cost.filter(|_| !stopped).map_or(0.0, |cost| cost.0);
            unknown += u32::from(cost.is_none());
        }
    }
    println!(
        "{count} instances, {} an hour for those that run; {unknown} of unknown price",
        Cny((total * 100.0).round() / 100.0)
    );
    Ok(())
}

/// Cost of machine, image and disks. An instance's prices are per hour, whatever its billing.
fn hourly(instance: &CompShareInstanceSet) -> Option<Cny> {
    let parts = [instance.compshare_image_price, instance.disk_price];
    let machine = instance.instance_price?;
    Some(parts.into_iter().flatten().fold(machine, |sum, part| sum + part))
}
