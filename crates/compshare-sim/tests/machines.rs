//! Instances and disks through the client's own types, and every documented field in the responses.

#![allow(clippy::expect_used, clippy::panic, reason = "a test helper fails by panicking")]

use std::{
    collections::BTreeSet,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use compshare_proto::{
    Action, Config, Credentials, Error, Mb, Raw,
    actions::{ACTIONS, DescribeCompShareInstance, DescribeCompshareDisk, GetCompShareRefundPrice},
    decode, encode,
    metadata::{ActionInfo, EnumInfo, FieldInfo, Kind},
    types::{ChargeType, InstanceState, LineType},
};
use compshare_sim::{Gateway, PRIVATE_KEY, PUBLIC_KEY};
use serde_json::{Value, json};

/// Fields that a response has under another name, or only where there is something to say.
const ELSEWHERE: &[&str] = &["DiscountType", "InstanceDiscountType", "ShareBandwidth", "Ampere"];

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

/// Calls an action by its name; the response must have the fields of the metadata, and no others.
fn call(gateway: &mut Gateway, now: SystemTime, action: &str, sent: &[(&str, Value)]) -> Value {
    let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY))
        .region("cn-wlcb")
        .zone("cn-wlcb-01")
        .project_id("org-xxxx");
    let raw = sent.iter().fold(Raw::new(action), |raw, (name, value)| raw.param(*name, value));
    let mut request = encode(&config, &raw, now).expect("it can be encoded");
    *request.uri_mut() = http::Uri::from_static("/");
    let response = gateway.handle(now, &request);
    let response = decode(&raw, &response).unwrap_or_else(|error| panic!("{action}: {error}"));
    let response = response.into_body();
    let info = ActionInfo::find(action).expect("a known action");
    compare(action, info.response, &response);
    response
}

/// Checks the fields of an object, and of what is under it.
fn compare(place: &str, fields: &[FieldInfo], value: &Value) {
    let object = value.as_object().unwrap_or_else(|| panic!("{place} is an object"));
    for name in object.keys().filter(|name| !["RetCode", "Action"].contains(&name.as_str())) {
        assert!(fields.iter().any(|field| field.name == name), "{place}.{name} is unknown");
    }
    for field in fields {
        let place = format!("{place}.{}", field.name);
        match (object.get(field.name), field.kind) {
            (None, _) => {
                // A vendor that a model does not come with is missing.
                let may = ELSEWHERE.contains(&field.name) || place.contains("CpuPlatforms");
                assert!(may || is_extra(&place), "{place} is missing");
            }
            (Some(Value::Array(rows)), Kind::List(Kind::Struct(info))) => {
                for row in rows {
                    compare(&place, info.fields, row);
                }
            }
            (Some(row), Kind::Struct(info)) => compare(&place, info.fields, row),
            (Some(Value::Array(rows)), Kind::List(Kind::Enum(info))) => {
                rows.iter().for_each(|row| assert_one_of(&place, info, row));
            }
            (Some(row), Kind::Enum(info)) => assert_one_of(&place, info, row),
            (Some(_), _) => {}
        }
    }
}

/// Checks that a value is a documented one.
fn assert_one_of(place: &str, info: &EnumInfo, value: &Value) {
    let text = value.as_str().unwrap_or_else(|| panic!("{place} is a text"));
    assert!(info.values.iter().any(|(known, _)| *known == text), "{place} is {text}");
}

/// Fields that only some rows have, as documented.
fn is_extra(place: &str) -> bool {
    ["MonitorInstance.PodId", "Data.List.PodId"].iter().any(|end| place.ends_with(end))
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The size that every quotation here is about, with the names that the action has for it.
fn size(gpu: &'static str, cpu: &'static str) -> Vec<(&'static str, Value)> {
    vec![
        ("GpuType", "4090".into()),
        (gpu, 1.into()),
        (cpu, 16.into()),
        ("Memory", 65_536.into()),
        ("Disks", json!([{ "IsBoot": true, "Type": "CLOUD_SSD", "Size": 60 }])),
    ]
}

#[test]
fn every_documented_field_is_there() {
    let mut gateway = Gateway::new();
    let mut seen = BTreeSet::new();
    let mut now = at(0);
    let mut send = |now, action: &'static str, sent: &[(&str, Value)]| {
        seen.insert(action);
        call(&mut gateway, now, action, sent)
    };
    let image = ("CompShareImageId", Value::from("compshareImage-xxxx"));
    let charge = ("ChargeType", Value::from("Postpay"));
    let mut wanted = size("GPU", "CPU");
    wanted.extend([image.clone(), charge.clone()]);

    send(now, "DescribeCompShareSupportZone", &[]);
    send(now, "DescribeCompShareMachineTypeFamilies", &[]);
    send(now, "DescribeAvailableCompShareInstanceTypes", &[]);
    send(now, "DescribeCompShareGpuInventory", &[]);
    let mut capacity = wanted.clone();
    capacity.retain(|(name, _)| !["GPU", "CPU", "Memory"].contains(name));
    capacity.extend([("MachineType", "G".into()), ("MinimalCpuPlatform", "Auto".into())]);
    send(now, "CheckCompShareResourceCapacity", &capacity);
    send(now, "GetCompShareInstancePrice", &size("Gpu", "Cpu"));
    send(now, "GetCompShareInstanceUserPrice", &size("GPU", "CPU"));
    let id = text(&send(now, "CreateCompShareInstance", &wanted)["UHostIds"][0]);
    let one = ("UHostId", Value::from(id.as_str()));
    let alone = [one.clone()];
    now = at(30);
    send(now, "ModifyCompShareInstanceName", &[one.clone(), ("Name", "renamed".into())]);
    send(
        now,
        "ResetCompShareInstancePassword",
        &[one.clone(), ("Password", "UGFzc3dvcmQx".into())],
    );
    let stop = ("SchedulerStopTime", Value::from(1_800_009_999));
    send(now, "UpdateCompShareStopScheduler", &[one.clone(), stop]);
    send(now, "DeleteCompShareStopScheduler", &alone);
    let disk = [
        one.clone(),
        ("Size", 100.into()),
        ("DiskType", "SSDDataDisk".into()),
        ("Name", "data".into()),
    ];
    let disk = text(&send(now, "CreateAndAttachCompshareDisk", &disk)["UDiskId"]);
    let attach = [one.clone(), ("UDiskId", "udisk-xxxx".into())];
    send(now, "AttachCompshareDisk", &attach);
    let list = send(now, "DescribeCompShareInstance", &[("UHostIds", json!([id]))]);
    assert_eq!(list["UHostSet"][0]["DiskSet"].as_array().map(Vec::len), Some(3));
    send(now, "DescribeCompshareDisk", &[]);
    send(now, "GetCompShareInstanceMonitor", &[("UHostIds", json!([id, "uhost-idle"]))]);
    send(now, "AttachUS3", &alone);
    send(now, "RebootCompShareInstance", &alone);
    now = at(60);
    send(now, "SwitchChargeType", &[one.clone(), ("DestChargeType", "Day".into())]);
    send(now, "GetCompShareRefundPrice", &[("UHostIds", json!([id]))]);
    send(now, "StopCompShareInstance", &alone);
    now = at(80);
    let later = [("CPU", 32.into()), ("Memory", 131_072.into()), ("GPU", 2.into())];
    let later: Vec<_> = [one.clone()].into_iter().chain(later).collect();
    send(now, "GetCompShareInstanceUpgradePrice", &later);
    let later = [("Cpu", 32.into()), ("Memory", 131_072.into()), ("Gpu", 2.into())];
    let later: Vec<_> = [one.clone()].into_iter().chain(later).collect();
    send(now, "ResizeCompShareInstance", &later);
    now = at(120);
    let grow = [one.clone(), ("DiskId", disk.as_str().into()), ("DiskSpace", 200.into())];
    send(now, "GetCompShareAttachedDiskUpgradePrice", &grow);
    send(now, "ResizeCompShareDisk", &[("UDiskId", disk.as_str().into()), ("Size", 200.into())]);
    let off = [one.clone(), ("UDiskId", disk.as_str().into()), ("Device", "/dev/vdb".into())];
    send(now, "DetachCompshareDisk", &off);
    now = at(140);
    send(now, "DeleteCompshareDisk", &[("UDiskId", disk.as_str().into())]);
    send(now, "ReinstallCompShareInstance", &[one.clone(), image]);
    now = at(180);
    send(now, "StopCompShareInstance", &alone);
    now = at(200);
    send(now, "StartCompShareInstance", &alone);
    now = at(240);
    send(now, "StopCompShareInstance", &alone);
    now = at(260);
    send(now, "TerminateCompShareInstance", &alone);
    storage(&mut send, now);

    let all = ACTIONS.iter().filter(|info| ["instance", "disk"].contains(&info.family));
    let missing: Vec<&str> =
        all.map(|info| info.name).filter(|name| !seen.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Calls every action of file storage.
fn storage(
    send: &mut impl FnMut(SystemTime, &'static str, &[(&str, Value)]) -> Value,
    now: SystemTime,
) {
    let place = [("Region", Value::from("cn-sh2")), ("Zone", Value::from("cn-sh2-01"))];
    let at = |sent: &[(&'static str, Value)]| place.iter().chain(sent).cloned().collect::<Vec<_>>();
    let new = [("Size", Value::from(100)), ("ChargeType", "Month".into()), ("Quantity", 1.into())];
    send(now, "GetCompShareCFSPrice", &at(&new));
    let named: Vec<_> = new.into_iter().chain([("Name", "training".into())]).collect();
    let made = send(now, "CreateCFS", &at(&named));
    let id = text(made.get("CfsId").expect("an id"));
    let grow = [("CfsId", Value::from(id.as_str())), ("Size", 200.into())];
    send(now, "GetCompShareCFSUpgradePrice", &at(&grow));
    send(now, "ResizeCFS", &at(&grow));
    send(now, "GetCompShareCFSRefundPrice", &at(&[("CFSId", id.as_str().into())]));
    send(now, "DescribeCFS", &at(&[]));
    send(now, "DeleteCFS", &at(&[("CfsId", id.as_str().into())]));
    let pod = [
        ("Region", Value::from("cn-bj2")),
        ("Zone", "cn-bj2-03".into()),
        ("UHostId", "cpod-xxxx".into()),
    ];
    send(now, "AttachUS3", &pod);
    send(now + Duration::from_secs(20), "DetachCFS", &pod);
}

/// The API does not ask for what the client does, and bills a month.
#[test]
fn an_instance_is_created_without_a_charge_type_as_in_production() -> Result<(), Error> {
    let mut gateway = Gateway::new();
    let disks = json!([{ "IsBoot": true, "Type": "CLOUD_SSD", "Size": 60 }]);
    let create = Raw::new("CreateCompShareInstance")
        .param("GpuType", "4090")
        .param("GPU", 1)
        .param("CPU", 16)
        .param("Memory", 65_536)
        .param("CompShareImageId", "compshareImage-xxxx")
        .param("Disks", disks);
    let charge_type = create.facts().info.parameter("ChargeType").expect("a parameter");
    assert!(charge_type.is_needed() && !charge_type.required);
    let created = typed(&mut gateway, &create)?;
    let id = created["UHostIds"][0].as_str().expect("an id");
    let list = typed(&mut gateway, &DescribeCompShareInstance::new().uhost_ids([id]))?;
    assert_eq!(list.uhost_set[0].charge_type, Some(ChargeType::Month));
    Ok(())
}

#[test]
fn typed_responses_say_what_is_there() -> Result<(), Error> {
    let mut gateway = Gateway::new();
    let list = typed(&mut gateway, &DescribeCompShareInstance::new().uhost_ids(["uhost-stopped"]))?;
    let instance = &list.uhost_set[0];
    assert_eq!(instance.state, Some(InstanceState::Stopped));
    assert_eq!(instance.memory, Some(Mb(65_536)));
    assert_eq!(instance.charge_type, Some(ChargeType::Month));
    assert_eq!(instance.auto_renew, Some(false));
    assert_eq!(instance.disk_set[1].disk_id, "udisk-stopped");
    let disks = typed(&mut gateway, &DescribeCompshareDisk::new())?;
    assert_eq!(disks.total_count, Some(2));
    let refund = typed(&mut gateway, &GetCompShareRefundPrice::new(["uhost-none"]));
    assert!(refund.is_err(), "a refund that fails for an instance is no success");
    Ok(())
}

/// A command while it runs, behind NAT where it is in a container zone; the first address is private.
#[test]
fn an_instance_is_logged_in_to_as_in_production() -> Result<(), Error> {
    let mut gateway = Gateway::new();
    let mut row = |id: &str, region: &str, zone: &str| -> Result<_, Error> {
        let list = DescribeCompShareInstance::new().uhost_ids([id]).region(region).zone(zone);
        Ok(typed(&mut gateway, &list)?.uhost_set.remove(0))
    };
    let running = row("uhost-xxxx", "cn-wlcb", "cn-wlcb-01")?;
    assert_eq!(running.ip_set[0].type_, Some(LineType::Private));
    let login = running.login().expect("a login");
    assert_eq!((login.host.as_str(), login.port), (running.ip_set[1].ip.as_str(), 22));
    let stopped = row("uhost-stopped", "cn-wlcb", "cn-wlcb-01")?;
    let command = stopped.ssh_login_command.as_ref().map_or("", |command| command.expose());
    assert_eq!((command, stopped.login()), ("", None));
    let pod = row("cpod-xxxx", "cn-bj2", "cn-bj2-03")?.login().expect("a login");
    assert_eq!((pod.host.as_str(), pod.user.as_str()), ("cpod-xxxx.podtcp.compshare.cn", "root"));
    assert_ne!(pod.port, 22);
    Ok(())
}

fn typed<A: Action>(gateway: &mut Gateway, action: &A) -> Result<A::Response, Error> {
    let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY));
    let config = config.region("cn-wlcb").zone("cn-wlcb-01");
    let mut request = encode(&config, action, at(0))?;
    *request.uri_mut() = http::Uri::from_static("/");
    let (response, seen) = gateway.exchange(at(0), &request);
    assert!(seen.unknown_parameters.is_empty(), "{seen:?}");
    decode(action, &response).map(compshare_proto::Response::into_body)
}
