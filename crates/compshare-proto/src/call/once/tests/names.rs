//! Images, which are found by their name: no other image of the account can have it.

use super::*;
use crate::api::actions::CreateCompShareCustomImage;

type ImageEnd = End<CreateCompShareCustomImage>;

fn machine() -> SendOnce<CreateCompShareCustomImage> {
    let config = Config::new(Credentials::new("public", "private"));
    let config = config.region("cn-wlcb").zone("cn-wlcb-01");
    let action = CreateCompShareCustomImage::new("uhost-xxxx", "我的镜像");
    SendOnce::new(config, action, SystemTime::UNIX_EPOCH, 7)
}

/// Drives it with these bodies, or a lost response for `None`; returns the bodies that were sent.
fn run(
    machine: &mut SendOnce<CreateCompShareCustomImage>,
    bodies: impl IntoIterator<Item = Option<serde_json::Value>>,
) -> (ImageEnd, Vec<String>) {
    let (mut now, mut sent, mut bodies) = (now(), Vec::new(), bodies.into_iter());
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

fn list(images: &[(&str, &str)]) -> Option<serde_json::Value> {
    let rows: Vec<_> =
        images.iter().map(|(id, name)| json!({ "CompShareImageId": id, "Name": name })).collect();
    Some(json!({ "RetCode": 0, "TotalCount": rows.len(), "ImageSet": rows }))
}

fn others() -> Option<serde_json::Value> {
    list(&[("image-1", "我的镜像 2"), ("image-2", "my")])
}

#[test]
fn the_name_is_sent_as_it_is() {
    let made = Some(json!({ "RetCode": 0, "CompShareImageId": "image-9" }));
    let (end, sent) = run(&mut machine(), [others(), made]);
    assert_eq!(end.unwrap().ids, ["image-9"]);
    let name = "Name=%E6%88%91%E7%9A%84%E9%95%9C%E5%83%8F&";
    assert!(sent[1].contains(name), "{}", sent[1]);
}

#[test]
fn an_image_whose_response_is_lost_is_found_by_its_name() {
    let found = list(&[("image-1", "我的镜像 2"), ("image-9", "我的镜像")]);
    let (end, sent) = run(&mut machine(), [others(), None, others(), found]);
    let created = end.unwrap();
    assert_eq!(
        (created.ids.as_slice(), created.found_by_marker),
        (&["image-9".to_owned()][..], true)
    );
    assert_eq!(created.marker.as_str(), "我的镜像");
    assert_eq!(sent.iter().filter(|body| body.contains("Action=Create")).count(), 1);
}

#[test]
fn a_name_that_is_taken_is_refused_before_anything_is_created() {
    let (end, sent) = run(&mut machine(), [list(&[("image-9", "我的镜像")])]);
    let Err(OnceError::NotCreated(error)) = end else { panic!("{end:?}") };
    assert_eq!(
        error.to_string(),
        "CreateCompShareCustomImage was not sent: Name is the name of image-9 already: choose another"
    );
    assert_eq!(sent.len(), 1);
    let failed = Some(json!({ "RetCode": 299, "Message": "no" }));
    let (end, _) = run(&mut machine(), [failed]);
    assert!(matches!(end, Err(OnceError::NotCreated(Error::Api(_)))), "{end:?}");
}

#[test]
fn a_resumed_call_finds_the_image_by_its_name_alone() {
    let mut resumed = machine().resumed(Marker::whole("我的镜像"));
    let (end, _) = run(&mut resumed, [list(&[("image-9", "我的镜像")])]);
    assert_eq!(end.unwrap().ids, ["image-9"]);
    let mut other = machine().resumed(Marker::new("order-17").unwrap());
    let (end, sent) = run(&mut other, []);
    assert!(matches!(end, Err(OnceError::NotCreated(Error::Invalid(_)))), "{end:?}");
    assert!(sent.is_empty());
}
