//! Stops the instances of a zone whose GPUs are idle: `cargo run --example stop_idle`.
//!
//! A stopped instance may still cost money: its disks do, and with monthly billing the whole instance.

use std::{collections::BTreeMap, error::Error};

use compshare_blocking::{
    Client, Config, Credentials,
    actions::{DescribeCompShareInstance, GetCompShareInstanceMonitor, StopCompShareInstance},
    conditions::InstanceReaches,
    types::{ChargeType, InstanceState, MetricKey, MonitorInstance},
};
use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY, Sim};

/// A GPU with less use than this, in percent, is idle.
const IDLE: f64 = 1.0;
/// Most instances that the server measures in one call.
const MEASURED_AT_ONCE: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let sim = Sim::builder().clock_speed(60).start()?;
    println!("simulator {} (its clock advances a minute per second)", sim.endpoint());
    let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY)).endpoint(sim.endpoint())?;
    let client = Client::new(config)?.region("cn-wlcb").zone("cn-wlcb-01");

    let mut running = Vec::new();
    for instance in client.items(DescribeCompShareInstance::new()) {
        let instance = instance?;
        if instance.state == Some(InstanceState::Running) && instance.gpu.unwrap_or(0) > 0 {
            running.push(instance);
        }
    }

    let mut busy = BTreeMap::new();
    for some in running.chunks(MEASURED_AT_ONCE) {
        let ids = some.iter().map(|instance| instance.uhost_id.as_str());
        let response = client.send(GetCompShareInstanceMonitor::new(ids))?.into_body();
        for measured in response.data.iter().flat_map(|data| data.list.iter().chain(&data.pod_list))
        {
            let id =
                if measured.uhost_id.is_empty() { &measured.pod_id } else { &measured.uhost_id };
            busy.insert(id.clone(), gpu_use(measured));
        }
    }

    let mut stopped = Vec::new();
    for instance in &running {
        // An instance without a measurement is not stopped.
        let Some(Some(percent)) = busy.get(&instance.uhost_id) else {
            println!("{:<16} {:<14} not measured, left alone", instance.uhost_id, instance.name);
            continue;
        };
        let idle = *percent < IDLE;
        let state = if idle { "idle, stopped" } else { "busy" };
        println!("{:<16} {:<14} {percent:>5.1} % GPU, {state}", instance.uhost_id, instance.name);
        if idle {
            let stop = StopCompShareInstance::new(&instance.uhost_id)
                .region(&instance.region)
                .zone(&instance.zone);
            // An interruptible instance can only be stopped by force.
            let spot = instance.charge_type == Some(ChargeType::Spot);
            client.send(if spot { stop.force(true) } else { stop })?;
            stopped.push(instance);
        }
    }
    for instance in &stopped {
        client.wait(InstanceReaches::of(instance, InstanceState::Stopped))?;
    }
    println!("{} of {} running instances were stopped", stopped.len(), running.len());
    Ok(())
}

/// The highest use of the busiest GPU, in percent; `None` if it was not measured.
fn gpu_use(measured: &MonitorInstance) -> Option<f64> {
    let metrics = measured.metrics.iter();
    let gpu = metrics.filter(|metric| metric.metric_key == Some(MetricKey::GpuUsed));
    let values = gpu.flat_map(|metric| &metric.results).flat_map(|result| &result.values);
    values.filter_map(|point| point.value).reduce(f64::max)
}
