//! Reinstalling and resizing.

use super::{instance_request, password, power};
use crate::families::prelude::*;
use crate::model::catalog::Model;

/// ReinstallCompShareInstance: of an instance that runs, is shut down, or failed to install.
pub(super) fn reinstall(state: &mut State, call: &Call<'_>) -> Outcome {
    let instance = state.free_instance(call)?.clone();
    instance.must_not_be_expired(call.seconds())?;
    let image = instance_request::image(state, call, &instance.gpu_type)?;
    let password = password::read(call, image.is_windows())?;
    let instance = state.own_instance(call)?;
    instance.reinstall(call.seconds(), image.fails_on(&instance.name));
    instance.image_id = image.id;
    instance.container = image.container;
    if let Some(password) = password {
        instance.password = password;
    }
    Ok(json!({ "UHostId": instance.id }))
}

/// ResizeCompShareInstance: the size of a machine, whether it has a GPU, or the size of a disk.
pub(super) fn resize(state: &mut State, call: &Call<'_>) -> Outcome {
    let sent = call.parameters;
    let instance = state.free_instance(call)?.clone();
    instance.must_be_stopped(8010)?;
    let is_sent = |name: &&str| sent.filled(name).is_some();
    let compute = ["Cpu", "Memory", "Gpu"].iter().any(is_sent);
    let machine = compute || ["WithoutGpu", "WithoutGpuSpec"].iter().any(is_sent);
    match ["DiskId", "DiskSpace"].into_iter().find(is_sent) {
        Some(name) if machine => {
            let why = "the machine and a disk cannot be resized in one call";
            return Err(Refusal::unavailable(name, why));
        }
        Some(_) => resize_disk(state, call)?,
        None if compute => resize_machine(state, call)?,
        None if machine => {}
        None => return Err(Refusal::missing("Cpu")),
    }
    let without_gpu = power::without_gpu(call, &instance)?;
    let instance = state.own_instance(call)?;
    if machine {
        instance.without_gpu = without_gpu;
    }
    instance.resize(call.seconds());
    Ok(json!({ "UHostId": instance.id }))
}

fn resize_machine(state: &mut State, call: &Call<'_>) -> Result<(), Refusal> {
    for name in ["Cpu", "Memory", "Gpu"] {
        call.required(name)?;
    }
    let had = state.own_instance(call)?.clone();
    let model = Model::find(&had.gpu_type)
        .ok_or_else(|| Refusal::unavailable("UHostId", "its GPU model is no longer sold"))?;
    let size = instance_request::Size::read(call, model, ["Gpu", "Cpu"])?;
    if size.gpu - had.gpu > state.free_cards(&had.zone, &had.gpu_type).unwrap_or_default() {
        return Err(instance_request::sold_out(&had.gpu_type));
    }
    state.check_paid(call)?;
    let instance = state.own_instance(call)?;
    (instance.gpu, instance.cpu, instance.memory_mb) = (size.gpu, size.cpu, size.memory_mb);
    Ok(())
}

fn resize_disk(state: &mut State, call: &Call<'_>) -> Result<(), Refusal> {
    let id = call.required("DiskId")?;
    let instance = call.required("UHostId")?;
    let size = call.number("DiskSpace")?;
    let disk = state
        .disks
        .iter_mut()
        .find(|disk| disk.id == id && disk.instance == instance)
        .ok_or_else(|| Refusal::unavailable("DiskId", "the instance has no such disk"))?;
    let (_, most) = if disk.boot { instance_request::BOOT_GB } else { instance_request::DATA_GB };
    crate::families::disk::grow(&mut disk.size_gb, size, most, "DiskSpace")
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, at, instance, state};

    const RESIZE: &str = "ResizeCompShareInstance";
    const REINSTALL: &str = "ReinstallCompShareInstance";
    const STOPPED: (&str, &str) = ("UHostId", "uhost-stopped");

    #[test]
    fn a_resize_shows_and_ends_stopped() {
        let mut caller = Caller::new();
        let sent = [STOPPED, ("Cpu", "32"), ("Memory", "131072"), ("Gpu", "2")];
        assert_eq!(caller.ok(RESIZE, &sent)["UHostId"], "uhost-stopped");
        let shown = instance(&mut caller, "uhost-stopped");
        assert_eq!((&shown["GPU"], &shown["CPU"]), (&2.into(), &32.into()));
        assert_eq!((&shown["Memory"], &shown["State"]), (&131_072.into(), &"Resizing".into()));
        let (code, message) = caller.refused(RESIZE, &sent);
        assert_eq!((code, message.contains("InstanceOperationInProgress")), (8905, true));
        let gone = caller.refused("TerminateCompShareInstance", &[STOPPED]);
        assert!(gone.1.contains("InstanceOperationInProgress"));
        caller.now = at(20);
        assert_eq!(state(&mut caller, "uhost-stopped"), "Stopped");
    }

    #[test]
    fn only_sizes_that_are_sold_and_only_when_stopped() {
        let mut caller = Caller::new();
        let size = |cpu, memory, gpu| [("Cpu", cpu), ("Memory", memory), ("Gpu", gpu)];
        let running: Vec<_> =
            [("UHostId", "uhost-xxxx")].into_iter().chain(size("32", "131072", "2")).collect();
        assert_eq!(caller.refused(RESIZE, &running).0, 8010);
        for (sent, parameter) in [
            (size("17", "65536", "1"), "Cpu"),
            (size("16", "70000", "1"), "Memory"),
            (size("16", "1024", "1"), "Memory"),
            (size("16", "65536", "11"), "Gpu"),
        ] {
            let sent: Vec<_> = [STOPPED].into_iter().chain(sent).collect();
            let (code, message) = caller.refused(RESIZE, &sent);
            assert!(code == 230 && message.contains(&format!("[{parameter}]")), "{message}");
        }
        assert_eq!(caller.refused(RESIZE, &[STOPPED]).0, 220);
        assert_eq!(caller.refused(RESIZE, &[STOPPED, ("Cpu", "16")]).0, 220);
        let both = [STOPPED, ("Cpu", "16"), ("DiskId", "udisk-xxxx"), ("DiskSpace", "500")];
        assert_eq!(caller.refused(RESIZE, &both).0, 230);
        caller.gateway.set_stock("cn-wlcb-01", "4090", 0);
        let more: Vec<_> = [STOPPED].into_iter().chain(size("128", "524288", "8")).collect();
        assert_eq!(caller.refused(RESIZE, &more).0, 226_604);
    }

    #[test]
    fn a_disk_only_grows() {
        let mut caller = Caller::new();
        let disks = |caller: &mut Caller| instance(caller, "uhost-stopped")["DiskSet"].clone();
        let before = disks(&mut caller);
        let id = before[1]["DiskId"].as_str().expect("a data disk").to_owned();
        let size = before[1]["Size"].as_i64().expect("a size");
        let grow = |size: i64| size.to_string();
        let (same, more) = (grow(size), grow(size + 50));
        let sent = [STOPPED, ("DiskId", id.as_str()), ("DiskSpace", same.as_str())];
        assert_eq!(caller.refused(RESIZE, &sent).0, 230);
        let sent = [STOPPED, ("DiskId", id.as_str()), ("DiskSpace", more.as_str())];
        caller.ok(RESIZE, &sent);
        assert_eq!(disks(&mut caller)[1]["Size"], size + 50);
        caller.now = at(20);
        let other = [STOPPED, ("DiskId", "udisk-none"), ("DiskSpace", "500")];
        assert_eq!(caller.refused(RESIZE, &other).0, 230);
    }

    #[test]
    fn a_resize_may_take_the_gpu_away() {
        let mut caller = Caller::new();
        caller.ok(RESIZE, &[STOPPED, ("WithoutGpu", "true")]);
        assert_eq!(instance(&mut caller, "uhost-stopped")["GPU"], 0);
    }

    #[test]
    fn a_reinstall_changes_the_image() {
        let mut caller = Caller::new();
        let vm = ("UHostId", "uhost-xxxx");
        let sent = [vm, ("CompShareImageId", "compshareImage-xxxx"), ("Password", "UGFzc3dvcmQx")];
        caller.ok(REINSTALL, &sent);
        let shown = instance(&mut caller, "uhost-xxxx");
        assert_eq!(shown["State"], "Reinstalling");
        assert_eq!(shown["CompShareImageId"], "compshareImage-xxxx");
        assert_eq!(shown["InstanceType"], "Container");
        assert_eq!(shown["Password"], "UGFzc3dvcmQx");
        assert_eq!(caller.refused(REINSTALL, &sent).0, 8905);
        caller.now = at(30);
        assert_eq!(state(&mut caller, "uhost-xxxx"), "Running");
        for image in ["compshareImage-none", "compshareImage-failed"] {
            assert_eq!(caller.refused(REINSTALL, &[vm, ("CompShareImageId", image)]).0, 230);
        }
        let h20 = [("UHostId", "uhost-idle"), ("CompShareImageId", "compshareImage-c01v3")];
        assert_eq!(caller.refused(REINSTALL, &h20).0, 226_603);
    }
}
