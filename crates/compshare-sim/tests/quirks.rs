//! The client's own decoder against every form that responses take.

#![allow(clippy::expect_used, clippy::panic, reason = "a test helper fails by panicking")]

use std::{
    fmt::Debug,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use compshare_proto::{
    Action, Config, Credentials, Fen, Secret,
    actions::{
        CheckCompShareNetOptimizer, CreateCompShareTeamRelation, DescribeCommunityImages,
        DescribeCompShareCustomImages, DescribeCompShareGpuInventory,
        DescribeCompShareImageShareAccounts, DescribeCompShareInstance,
        DescribeCompShareMachineTypeFamilies, DescribeCompShareShareBandwidth,
        DescribeCompShareSoftwarePort, DescribeCompShareSupportZone, DescribeModelRepositoryModels,
        DescribeTeamMemberOrder, DescribeTeamMemberOrderCount, DescribeTeamMemberUnpaidOrder,
        DescribeULHostBundles, DescribeULHostImage, DescribeULHostInstance, GetCompShareTeamInfo,
        GetOpenClawModelList, GetProjectList, GetULHostInstancePrice, ListCompShareTeam,
        ListCompShareTeamInvite, ListCompShareTeamJoined, ListCompShareTeamOperateLog,
        ListMemberProductType, SetCompShareTeamAmount, SwitchCompShareEIPShareBandwidth,
    },
    decode, encode,
    types::{BandwidthScope, TeamAmountChange, TeamInvitee},
};
use compshare_sim::{Gateway, PRIVATE_KEY, PUBLIC_KEY};

/// Responses of each action that are looked at.
const TURNS: usize = 70;

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

/// Sends an action; returns what its response decodes into.
fn send<A: Action>(gateway: &mut Gateway, action: &A) -> A::Response {
    let config = Config::new(Credentials::new(PUBLIC_KEY, Secret::new(PRIVATE_KEY)))
        .region("cn-wlcb")
        .zone("cn-wlcb-01");
    let mut request = encode(&config, action, at(0)).expect("it can be sent");
    *request.uri_mut() = http::Uri::from_static("/");
    let (response, _) = gateway.exchange(at(0), &request);
    match decode(action, &response) {
        Ok(response) => response.into_body(),
        Err(error) => panic!("{error}: {}", String::from_utf8_lossy(response.body())),
    }
}

/// A gateway with an instance that has everything, a planned shutdown too: no plan may be a 0 or nothing.
fn gateway() -> Gateway {
    let mut gateway = Gateway::new();
    let mut instance = gateway.instance("uhost-container").expect("a fixture").clone();
    instance.scheduled_stop = 1_800_003_600;
    gateway.add_instance(instance);
    gateway
}

/// Compares the typed responses of a plain and a quirky gateway, but for those with an unknown value, or a
/// state that is left open; some must be left.
fn compare<A: Action<Response: Debug>>(action: &A) {
    let plain = format!("{:#?}", send(&mut gateway(), action));
    let is_odd = |response: &str| {
        ["Other(", "Unknown(", "state: None"].iter().any(|odd| response.contains(odd))
    };
    assert!(!is_odd(&plain), "{plain}");
    let mut quirky = gateway().quirks(true);
    let mut compared = 0;
    for turn in 0..TURNS {
        let response = format!("{:#?}", send(&mut quirky, action));
        if !is_odd(&response) {
            let mut lines = plain.lines().zip(response.lines());
            let difference = lines.find(|(plain, quirky)| plain != quirky);
            assert_eq!(difference, None, "{} in turn {turn}", action.facts().name);
            compared += 1;
        }
    }
    assert!(compared > 5, "{} responses of {} were compared", compared, action.facts().name);
}

#[test]
fn the_client_reads_every_form() {
    compare(&CheckCompShareNetOptimizer::new());
    compare(&DescribeCommunityImages::new().group_id("group-09"));
    compare(&DescribeCompShareCustomImages::new().limit(1));
    compare(&DescribeCompShareGpuInventory::new());
    compare(&DescribeCompShareImageShareAccounts::new("compshareImage-xxxx"));
    compare(&DescribeCompShareInstance::new().uhost_ids(["uhost-container"]));
    compare(&DescribeCompShareShareBandwidth::new());
    compare(&DescribeCompShareSoftwarePort::new());
    compare(&DescribeCompShareSupportZone::new());
    compare(&DescribeModelRepositoryModels::new());
    compare(&DescribeTeamMemberOrder::new(1001, 60001).limit(2));
    compare(&DescribeTeamMemberOrderCount::new(1001, 60001));
    compare(&DescribeTeamMemberUnpaidOrder::new(1001, 60001).limit(2));
    compare(&DescribeULHostBundles::new());
    compare(&DescribeULHostImage::new().limit(1));
    compare(&DescribeULHostInstance::new().limit(1));
    compare(&GetCompShareTeamInfo::new().team_id(1001));
    compare(&GetOpenClawModelList::new());
    compare(&GetProjectList::new());
    compare(&GetULHostInstancePrice::new("ulh.c1m1s40b30t800"));
    compare(&ListCompShareTeam::new());
    compare(&ListCompShareTeamInvite::new());
    compare(&ListCompShareTeamJoined::new());
    compare(&ListMemberProductType::new(1001, 60001));
}

#[test]
fn the_client_sees_partial_failures_in_every_form() {
    let mut gateway = Gateway::new().quirks(true);
    let invite = CreateCompShareTeamRelation::new(1001, [TeamInvitee::new(54321)]);
    let grant =
        SetCompShareTeamAmount::new(compshare_proto::actions::SetCompShareTeamAmountRequired {
            team_id: 1001,
            virtual_company_id: vec![99],
            amount: Fen(1),
            operate_type: TeamAmountChange::Allocate,
        });
    let switch = SwitchCompShareEIPShareBandwidth::new(["uhost-sh2"], BandwidthScope::Company);
    for _ in 0..TURNS {
        let failed = send(&mut gateway, &invite.clone().allow_partial()).error_map;
        assert_eq!(failed.get("54321").and_then(|error| error.code), Some(16001));
        let failed = send(&mut gateway, &grant.clone().allow_partial()).failed_members;
        assert_eq!(failed.get("99").and_then(|error| error.code), Some(230));
        let rows = send(&mut gateway, &switch.clone().allow_partial()).results;
        assert_eq!(rows.first().and_then(|row| row.success), Some(false));
        let log = send(&mut gateway, &ListCompShareTeamOperateLog::new(1001));
        assert_eq!(log.status_list.len(), 2);
        let families = send(&mut gateway, &DescribeCompShareMachineTypeFamilies::new());
        assert!(families.machine_types.iter().all(|row| !row.name.is_empty()));
    }
}
