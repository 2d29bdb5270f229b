//! DescribeCompShareInstance.

use super::show;
use crate::families::prelude::*;

/// DescribeCompShareInstance: newest last.
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Outcome {
    let found: Vec<&Instance> =
        state.instances.iter().filter(|instance| fits(state, instance, call)).collect();
    let total = found.len();
    let shown: Vec<Value> = page(found, call.parameters, 20)
        .map(|instance| show::instance(state, instance, call))
        .collect();
    Ok(json!({ "TotalCount": total, "UHostSet": shown }))
}

/// Whether an instance passes the filters that the request has.
fn fits(state: &State, instance: &Instance, call: &Call<'_>) -> bool {
    let sent = call.parameters;
    let ids = sent.list("UHostIds").filter(|ids| !ids.is_empty());
    instance.is_here(call)
        && ids.is_none_or(|ids| ids.contains(&instance.id.as_str()))
        && sent.filled("Tag").is_none_or(|tag| instance.tag == tag)
        && sent.filled("VPCId").is_none_or(|vpc| show::vpc(instance) == vpc)
        && sent.filled("SubnetId").is_none_or(|subnet| show::subnet(instance) == subnet)
        && sent.filled("UDiskIdForAttachment").is_none_or(|id| takes_disk(state, instance, id))
        && (!sent.is_on("WithoutGpu") || instance.runs_without_gpu())
        && (!sent.is_on("NoEIP") || !instance.has_eip())
}

/// Whether a disk could be attached to an instance.
fn takes_disk(state: &State, instance: &Instance, id: &str) -> bool {
    let disk = state.disks.iter().find(|disk| disk.id == id && disk.owner == instance.owner);
    disk.is_some_and(|disk| crate::families::disk::fits(disk, instance))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, column};

    const LIST: &str = "DescribeCompShareInstance";

    fn ids(caller: &mut Caller, sent: &[(&str, &str)]) -> Vec<String> {
        column(&caller.ok(LIST, sent)["UHostSet"], "UHostId")
    }

    fn everywhere(caller: &mut Caller) -> Vec<String> {
        column(&caller.anywhere(LIST, &[])["UHostSet"], "UHostId")
    }

    #[test]
    fn every_region_is_listed_unless_one_is_named() {
        let mut caller = Caller::new();
        let all = everywhere(&mut caller);
        assert_eq!(all.len(), 8);
        assert!(all.contains(&"cpod-xxxx".to_owned()) && all.contains(&"uhost-sh2".to_owned()));
        let here = ids(&mut caller, &[]);
        assert!(!here.contains(&"uhost-sh2".to_owned()));
        assert_eq!(ids(&mut caller, &[("Region", "cn-sh2"), ("Zone", "cn-sh2-02")]), ["uhost-sh2"]);
        caller.keys = ("sim-friend-public-key", "sim-friend-private-key");
        assert_eq!(everywhere(&mut caller).len(), 0);
    }

    #[test]
    fn lists_are_paged() {
        let mut caller = Caller::new();
        let all = everywhere(&mut caller);
        let response = caller.anywhere(LIST, &[("Limit", "3"), ("Offset", "6")]);
        assert_eq!(response["TotalCount"], 8);
        assert_eq!(column(&response["UHostSet"], "UHostId"), all[6..]);
    }

    #[test]
    fn lists_are_filtered() {
        let mut caller = Caller::new();
        let two = [("UHostIds.0", "uhost-stopped"), ("UHostIds.1", "uhost-none")];
        assert_eq!(ids(&mut caller, &two), ["uhost-stopped"]);
        assert_eq!(ids(&mut caller, &[("Tag", "training")]), ["uhost-stopped"]);
        assert_eq!(ids(&mut caller, &[("WithoutGpu", "true")]).len(), 0);
        assert_eq!(ids(&mut caller, &[("VPCId", "uvnet-none")]).len(), 0);
        assert!(ids(&mut caller, &[("VPCId", "uvnet-cn-wlcb")]).len() > 2);
        assert!(ids(&mut caller, &[("SubnetId", "subnet-cn-wlcb-01")]).len() > 2);
        let free = ids(&mut caller, &[("UDiskIdForAttachment", "udisk-xxxx")]);
        assert!(free.contains(&"uhost-xxxx".to_owned()));
        assert_eq!(ids(&mut caller, &[("UDiskIdForAttachment", "udisk-stopped")]).len(), 0);
    }

    #[test]
    fn bills_and_bandwidth_show_when_asked() {
        let mut caller = Caller::new();
        let one = ("UHostIds.0", "uhost-xxxx");
        let shown = caller.ok(LIST, &[one])["UHostSet"][0].clone();
        assert_eq!(shown["InstancePrice"], 2.268);
        let public = &shown["IPSet"][1];
        assert!(public.get("ShareBandwidth").is_none());
        let shown = caller.ok(LIST, &[one, ("SkipBill", "true")])["UHostSet"][0].clone();
        assert!(shown.get("InstancePrice").is_none());
        let with = [one, ("IncludeShareBandwidth", "true")];
        let shown = caller.ok(LIST, &with)["UHostSet"][0].clone();
        assert_eq!(shown["IPSet"][1]["ShareBandwidth"]["Scope"], "Public");
    }

    #[test]
    fn pages_have_limits() {
        let mut caller = Caller::new();
        assert_eq!(caller.refused(LIST, &[("Limit", "101")]).0, 230);
        assert_eq!(caller.refused(LIST, &[("Limit", "0")]).0, 230);
        assert_eq!(caller.refused(LIST, &[("Region", "cn-none")]).0, 230);
    }
}
