//! Actions by name: what the metadata says of markers is what the types do.

use serde_json::Value;

use super::*;
use crate::api::{action::Action as _, actions::ACTIONS, metadata::ActionInfo, raw::Raw};

/// Shows what a listing asks for: the names of its extra parameters, and its body.
pub(super) struct Shown;

impl Probe for Shown {
    type Output = (Vec<String>, String);

    fn list<L: crate::api::action::Listing + Send + Sync + 'static>(
        self,
        listing: L,
        _: &'static str,
        _: fn(&L::Item, &Marker) -> Option<String>,
    ) -> Self::Output {
        let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
        let request =
            crate::codec::encode::encode(&config, &listing, SystemTime::UNIX_EPOCH).unwrap();
        let extra = listing.facts().extra.iter().map(|parameter| parameter.name().to_owned());
        (extra.collect(), String::from_utf8(request.into_body().to_vec()).unwrap())
    }
}

fn raw() -> Raw {
    Raw::new("CreateCompShareInstance")
        .param("GpuType", "4090")
        .param("GPU", 1)
        .param("CPU", 16)
        .param("Memory", 65_536)
        .param("CompShareImageId", "compshareImage-xxxx")
        .param("ChargeType", "Postpay")
        .param("Disks", [json!({ "IsBoot": true, "Type": "CLOUD_SSD", "Size": 60 })])
}

fn image() -> Raw {
    let image = Raw::new("CreateCompShareCustomImage");
    image.param("UHostId", "uhost-xxxx").param("Name", "我的镜像")
}

/// Drives it with these bodies, or a lost response for `None`; returns the bodies that were sent.
fn run<A: CreateOnce>(action: A, bodies: &[Option<Value>]) -> (End<A>, Vec<String>) {
    let config = Config::new(Credentials::new("public", "private"));
    let config = config.region("cn-wlcb").zone("cn-wlcb-01");
    let policy = PollPolicy { in_flight: Duration::ZERO, ..PollPolicy::once() };
    let machine = SendOnce::new(config, action, SystemTime::UNIX_EPOCH, 7).poll_policy(policy);
    let own = machine.marker().clone();
    let mut machine =
        if machine.action.own_marker().is_some() { machine } else { machine.marked(marker()) };
    assert!(machine.action.own_marker().is_none_or(|marker| marker == own));
    let (mut now, mut sent, mut bodies) = (now(), Vec::new(), bodies.iter());
    let mut input = Input::Start;
    loop {
        input = match machine.step(now, input) {
            Output::Sleep(delay) => {
                now += delay;
                Input::Woke
            }
            Output::End(end) => {
                assert_eq!(bodies.count(), 0, "bodies are left over");
                return (end, sent);
            }
            Output::Transmit { request, .. } => {
                sent.push(String::from_utf8(request.into_body().to_vec()).unwrap());
                match bodies.next().expect("a request too many") {
                    Some(body) => {
                        Input::Response(http::Response::new(Bytes::from(body.to_string())))
                    }
                    None => Input::Failed(Failure::maybe_sent("reset")),
                }
            }
        };
    }
}

fn list(rows: &[Value]) -> Option<Value> {
    Some(json!({ "RetCode": 0, "TotalCount": rows.len(), "UHostSet": rows, "ImageSet": rows }))
}

fn refused<A: CreateOnce>(action: A) -> String {
    let (end, sent) = run(action, &[]);
    assert_eq!(sent, [""; 0]);
    match end {
        Err(OnceError::NotCreated(error)) => error.to_string(),
        _ => panic!("it was sent"),
    }
}

#[test]
fn a_lost_creation_is_found_in_the_typed_listing_by_the_marker() {
    // Numbers are read as the type reads them.
    let found = Some(json!({
        "RetCode": 0,
        "TotalCount": "1",
        "UHostSet": [{ "UHostId": 17, "Remark": "driver:535 m-1" }],
    }));
    let (end, sent) = run(raw().param("Remark", "driver:535"), &[None, found]);
    let created = end.unwrap();
    assert_eq!((created.ids.as_slice(), created.found_by_marker), (&["17".to_owned()][..], true));
    assert!(sent[0].contains("&Remark=driver%3A535+m-1&"), "{}", sent[0]);
    assert!(sent[1].contains("Action=DescribeCompShareInstance&"), "{}", sent[1]);
}

#[test]
fn a_row_that_cannot_be_read_proves_nothing() {
    let odd = || list(&[json!({ "UHostId": "uhost-1", "Remark": { "a": 1 } })]);
    let (end, _) = run(raw(), &[None, odd(), odd(), odd(), odd()]);
    assert!(matches!(end, Err(OnceError::Unknown(_))), "{end:?}");
}

#[test]
fn the_marker_stands_alone_or_behind_any_text() {
    for (action, text) in [
        (raw(), "Remark=m-1&"),
        (raw().param("Remark", None::<&str>), "Remark=m-1&"),
        (raw().param("Remark", 7), "Remark=7+m-1&"),
        (
            Raw::new("CreateULHostInstance")
                .param("ImageId", "image")
                .param("BundleId", "bundle")
                .param("Password", "UGFzc3dvcmQx")
                .param("ChargeType", "Month")
                .param("Name", "host"),
            "Name=host%2Cm-1&",
        ),
    ] {
        let response = Some(json!({ "RetCode": 0, "UHostIds": ["id"], "ULHostId": "id" }));
        let (end, sent) = run(action, &[response]);
        assert_eq!(end.unwrap().ids, ["id"]);
        assert!(sent[0].contains(text), "{}", sent[0]);
    }
}

#[test]
fn ids_are_read_under_each_name_that_the_field_has() {
    for (body, ids) in [
        (json!({ "UHostIds": ["a", "b"] }), &["a", "b"][..]),
        (json!({ "UHostIds": [], "UHostId": "a" }), &["a"]),
        (json!({ "UHostIds": "a" }), &["a"]),
        (json!({ "UHostIds": null }), &[]),
        (json!({ "ImageId": "a" }), &[]),
    ] {
        assert_eq!(raw().created_ids(&body), ids, "{body}");
    }
    assert_eq!(image().created_ids(&json!({ "ImageId": "a" })), ["a"]);
}

#[test]
fn an_image_by_name_is_found_by_its_name() {
    let others = || list(&[json!({ "CompShareImageId": "image-1", "Name": "我的镜像 2" })]);
    let found = list(&[json!({ "CompShareImageId": "image-9", "Name": "我的镜像" })]);
    for with in [false, true] {
        let image = if with {
            let image = Raw::new("CreateCompShareCustomImage").param("UHostId", "uhost-xxxx");
            run(image.with("Name", "我的镜像"), &[others(), None, found.clone()]).0.unwrap()
        } else {
            run(image(), &[others(), None, found.clone()]).0.unwrap()
        };
        assert_eq!((image.ids, image.marker.as_str()), (vec!["image-9".to_owned()], "我的镜像"));
    }
}

#[test]
fn the_listing_is_asked_in_the_same_place_as_far_as_it_takes_it() {
    let places = |name: &str| {
        let raw = Raw::new(name).param("Region", "cn-sh2").param("Zone", "cn-sh2-02");
        raw.param("ProjectId", "org-1").param("Name", "a")
    };
    for (name, extra) in [
        ("CreateCompShareInstance", &["Region", "Zone", "ProjectId"][..]),
        ("CreateULHostInstance", &["Region", "ProjectId"]),
    ] {
        let (names, body) = places(name).probe(Shown).unwrap();
        assert_eq!(names, extra, "{name}");
        assert!(body.contains("Region=cn-sh2&"), "{body}");
    }
    let with = Raw::new("CreateCompShareInstance").param("Zone", "cn-sh2-02");
    let (_, body) = with.with("Region", "cn-sh2").probe(Shown).unwrap();
    assert!(body.contains("Region=cn-sh2&") && body.contains("Zone=cn-sh2-02"), "{body}");
}

#[test]
fn a_text_that_was_added_carries_the_marker() {
    let response = || Some(json!({ "RetCode": 0, "UHostIds": ["id"] }));
    let (_, one) = run(raw().with("Remark", "driver:535"), &[response()]);
    let (_, other) = run(create().with("Remark", "driver:535"), &[response()]);
    for body in [&one[0], &other[0]] {
        assert!(body.contains("Remark=driver%3A535+m-1"), "{body}");
    }
}

#[test]
fn what_cannot_carry_a_marker_is_refused() {
    assert_eq!(
        refused(Raw::new("GetProjectList")),
        "GetProjectList was not sent: the action has no parameter that carries a marker: send it \
         without `send_once`"
    );
    assert_eq!(
        refused(Raw::new("CreateSomethingNew")),
        "CreateSomethingNew was not sent: the action has no parameter that carries a marker: send \
         it without `send_once`"
    );
    assert_eq!(
        refused(raw().param("Remark", ["a"])),
        "CreateCompShareInstance was not sent: Remark carries the marker: give a text, or leave it out"
    );
    let unnamed = Raw::new("CreateCompShareCustomImage").param("UHostId", "uhost-xxxx");
    assert!(refused(unnamed).contains("Name"));
}

#[test]
fn the_metadata_of_markers_holds() {
    for (info, marker) in ACTIONS.iter().filter_map(|info| Some((info, info.marker?))) {
        let parameter = info.parameter(marker.parameter).unwrap();
        assert!(parameter.required || marker.separator.is_some(), "{}", info.name);
        assert!(ActionInfo::find(marker.listing.name).is_some_and(|info| info.page.is_some()));
        assert_eq!(info.id_fields().count(), marker.ids.len(), "{}", info.name);
        assert!(Raw::new(info.name).probe(Shown).is_some(), "{}", info.name);
    }
}
