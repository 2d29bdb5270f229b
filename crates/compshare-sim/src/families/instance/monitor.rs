//! GetCompShareInstanceMonitor: series that depend on instance, metric and time alone.

use std::sync::LazyLock;

use crate::families::prelude::*;
use crate::model::row::{row, rows};

/// Seconds between two samples, at least.
const STEP: i64 = 60;
/// Most samples of a series.
const MAX_SAMPLES: i64 = 1440;

row! {
    /// A metric.
    #[derive(Debug)]
    struct Metric {
        name: String,
        /// The largest value.
        largest: f64,
        /// What its devices are called; empty where it has none.
        device: String,
        /// Whether only a single instance with given times has it.
        on_request: bool,
    }
}

/// Every metric, in the order of the response.
static METRICS: LazyLock<Vec<Metric>> = LazyLock::new(|| rows(include_str!("metrics.json")));

/// GetCompShareInstanceMonitor: the last minute of several instances, or given times of one.
pub(super) fn get(state: &mut State, call: &Call<'_>) -> Outcome {
    let sent = call.parameters;
    let ids = sent.list("UHostIds").filter(|ids| !ids.is_empty());
    let ids = ids.ok_or_else(|| Refusal::missing("UHostIds"))?;
    let now = call.seconds();
    let (start, end) = (sent.int("StartTime"), sent.int("EndTime"));
    let window = match (start, end) {
        (None, None) => (now - STEP, now),
        (start, end) => (start.unwrap_or(now - 3600).max(0), end.unwrap_or(now).min(now)),
    };
    let given = start.is_some() || end.is_some();
    let name = if start.is_some() { "StartTime" } else { "EndTime" };
    Refusal::when(given && ids.len() > 1, name, "it requires a single instance")?;
    Refusal::when(window.0 > window.1, "StartTime", "it must not be after EndTime")?;
    let (mut hosts, mut pods) = (Vec::new(), Vec::new());
    for id in ids {
        let instance = state.instance(call, "UHostIds", id)?;
        let has_data = state.disks_of(id).any(|disk| !disk.boot);
        let metrics: Vec<Value> = METRICS
            .iter()
            .filter(|metric| given || !metric.on_request)
            .map(|metric| show(instance, metric, window, has_data))
            .collect();
        let row = json!({ "UHostId": id, "Metrics": metrics });
        match instance.is_pod() {
            true => pods.push(merged(row, json!({ "PodId": id }))),
            false => hosts.push(row),
        }
    }
    Ok(json!({ "Data": { "List": hosts, "PodList": pods } }))
}

fn show(instance: &Instance, metric: &Metric, window: (i64, i64), has_data: bool) -> Value {
    let devices: Vec<String> = match metric.device.as_str() {
        // An instance that is not up is not measured.
        _ if instance.state != InstanceState::Running => Vec::new(),
        "disk" if !has_data => Vec::new(),
        "disk" => vec!["/dev/vdb".to_owned()],
        "mount" => vec!["/".to_owned()],
        "gpu_bus_id" => cards(instance).collect(),
        _ => vec![String::new()],
    };
    let results: Vec<Value> =
        devices.iter().map(|device| series(instance, metric, device, window)).collect();
    let of = |kind: &str| if metric.device == kind { json!(devices) } else { json!([]) };
    let tags = json!({
        "uuid": [uuid(instance)],
        "disk": of("disk"),
        "mount": of("mount"),
        "gpu_bus_id": of("gpu_bus_id"),
    });
    json!({ "MetricKey": metric.name, "Tags": tags, "Results": results })
}

fn series(instance: &Instance, metric: &Metric, device: &str, window: (i64, i64)) -> Value {
    let (start, end) = window;
    let step = ((end - start) / MAX_SAMPLES).max(STEP) / STEP * STEP;
    let first = start.saturating_add(step - 1).div_euclid(step) * step;
    let samples: Vec<Value> = (0..MAX_SAMPLES)
        .map(|count| first + count * step)
        .take_while(|time| *time <= end)
        .map(|time| json!({ "Timestamp": time, "Value": value(instance, metric, device, time) }))
        .collect();
    let tags = match metric.device.as_str() {
        "" => json!({ "uuid": uuid(instance) }),
        kind => json!({ kind: device }),
    };
    json!({
        "ResourceId": instance.id,
        "LongResourceId": uuid(instance),
        "TagMap": tags,
        "Values": samples,
    })
}

/// Where in an instance the cards are that it runs with.
fn cards(instance: &Instance) -> impl Iterator<Item = String> {
    let count = if instance.runs_without_gpu() { 0 } else { instance.gpu };
    (1..=count).map(|card| format!("0000:{card:02x}:00.0"))
}

/// The UUID of an instance.
pub(super) fn uuid(instance: &Instance) -> String {
    format!("00000000-0000-4000-9000-{:012x}", instance.serial)
}

/// A value between a fifth and nine tenths of the largest; 0 for an idle GPU.
fn value(instance: &Instance, metric: &Metric, device: &str, time: i64) -> f64 {
    if instance.idle && metric.name == "cloudwatch_gpu_util" {
        return 0.0;
    }
    let minute = (time / STEP).to_string();
    let parts = [instance.id.as_str(), metric.name.as_str(), device, minute.as_str()];
    // FNV-1a: the same everywhere and for ever.
    let hash =
        parts.iter().flat_map(|part| part.bytes()).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let share = 0.2 + 0.7 * f64::from(u16::try_from(hash >> 48).unwrap_or_default()) / 65_535.0;
    (metric.largest * share * 100.0).round() / 100.0
}

/// How busy an instance is at the moment, as lists show it; numbers are text there.
pub(super) fn snapshot(instance: &Instance, now: i64) -> Value {
    let up = instance.state == InstanceState::Running;
    let text = |name: &str, device: &str| {
        let metric = METRICS.iter().find(|metric| metric.name == name).filter(|_| up);
        metric.map_or(0.0, |metric| value(instance, metric, device, now)).to_string()
    };
    let gpu = |(card, device): (usize, String)| {
        json!({
            "GpuUsageRate": text("cloudwatch_gpu_util", &device),
            "MemoryUsageRate": text("cloudwatch_gpu_memory_usage", &device),
            "GPU": format!("GPU{card}"),
        })
    };
    let gpus: Vec<Value> = cards(instance).filter(|_| up).enumerate().map(gpu).collect();
    json!({
        "CpuUsageRate": text("uhost_cpu_used", ""),
        "MemUsageRate": text("cloudwatch_memory_usage", ""),
        "GpuInfo": gpus,
    })
}

#[cfg(test)]
#[path = "monitor/tests.rs"]
mod tests;
