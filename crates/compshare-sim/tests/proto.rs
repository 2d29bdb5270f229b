//! The client's own encoder and decoder against the gateway, and its metadata against the responses.

#![allow(clippy::expect_used, clippy::panic, reason = "a test helper fails by panicking")]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use compshare_proto::{
    Action, Cny, Config, Credentials, Error, RetCode,
    actions::{
        CopyCompShareCustomImage, CreateCompShareCustomImage, CreateCompShareImageFavorite,
        DeleteCompShareImageFavorite, DescribeCommunityImages, DescribeCompShareCustomImages,
        DescribeCompShareImageShareAccounts, DescribeCompShareImageTags, DescribeCompShareImages,
        DescribeCompShareSharingImages, DescribeSelfCommunityImages, DescribeUserCommunityImages,
        GetCompShareImageCreateProgress, ModifyCompShareImageShareAccount, PublishCompShareImage,
        TerminateCompShareCustomImage, UpdateCompShareImage,
    },
    decode, encode,
    metadata::{Encoding, FieldInfo, Kind},
    types::{ImageStatus, SortField, Visibility},
};
use compshare_sim::{Gateway, PRIVATE_KEY, PUBLIC_KEY};
use serde_json::Value;

fn config() -> Config {
    Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY)).region("cn-wlcb").zone("cn-wlcb-01")
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

/// Sends an action; insists that the gateway knows every parameter, and the metadata every field.
fn send<A: Action>(
    gateway: &mut Gateway,
    config: &Config,
    now: SystemTime,
    action: &A,
) -> Result<A::Response, Error> {
    let mut request = encode(config, action, now)?;
    *request.uri_mut() = http::Uri::from_static("/");
    let (response, recorded) = gateway.exchange(now, &request);
    assert!(recorded.unknown_parameters.is_empty(), "{recorded:?}");
    let body: Value = serde_json::from_slice(response.body()).expect("a JSON response");
    for (name, value) in body.as_object().expect("an object") {
        if !["RetCode", "Action", "Message"].contains(&name.as_str()) {
            assert_known(action.facts().info.response, name, value);
        }
    }
    decode(action, &response).map(compshare_proto::Response::into_body)
}

/// Checks that the metadata has a field, and all that is under it.
fn assert_known(fields: &[FieldInfo], name: &str, value: &Value) {
    let field = fields.iter().find(|field| field.name == name || field.aliases.contains(&name));
    let field = field.unwrap_or_else(|| panic!("the metadata has no field {name}"));
    let (kind, rows) = match (field.kind, value) {
        (Kind::List(item), Value::Array(rows)) => (*item, rows.clone()),
        (kind, value) => (kind, vec![value.clone()]),
    };
    if let Kind::Struct(info) = kind {
        for row in rows {
            for (name, value) in row.as_object().expect("an object") {
                assert_known(info.fields, name, value);
            }
        }
    }
}

#[test]
fn every_action_passes_through_the_client() -> Result<(), Error> {
    let mut gateway = Gateway::new();
    let config = config();
    let mut now = at(0);
    macro_rules! send {
        ($action:expr) => {
            send(&mut gateway, &config, now, &$action)?
        };
    }

    let id = "compshareImage-xxxx";
    send!(
        UpdateCompShareImage::new(id)
            .name("my-updated-env")
            .description("")
            .visibility(Visibility::Public)
            .price(Cny(0.5))
            .cover_bytes([1, 2, 3])
            .readme("# guide & more")
            .tags(["深度学习", "PyTorch"])
            .version_name("v2.0")
            .supported_gpu_types(["4090", "A100"])
            .auto_start(true)
            .group_id("group-xxxx")
    );
    let list = send!(DescribeCompShareCustomImages::new().compshare_image_id(id));
    assert_eq!(list.total_count, Some(1));
    let image = &list.image_set[0];
    assert_eq!((image.name.as_str(), image.description.as_str()), ("my-updated-env", ""));
    assert_eq!(image.tags, ["深度学习", "PyTorch"]);
    assert_eq!((image.price, image.visibility), (Some(Cny(0.5)), Some(Visibility::Public)));
    assert_eq!((image.readme.as_str(), image.container), ("# guide & more", Some(true)));

    let made = send!(CreateCompShareCustomImage::new("uhost-xxxx", "built")).compshare_image_id;
    let copied = send!(CopyCompShareCustomImage::new(id)).new_compshare_image_id;
    let shared = ModifyCompShareImageShareAccount::new(id).add_accounts([67890, 1]);
    let error = send(&mut gateway, &config, now, &shared).unwrap_err();
    let Error::Incomplete(error) = error else { panic!("{error}") };
    assert_eq!(error.failures()[0].to_string(), "1: there is no such account");
    assert_eq!(send!(shared.allow_partial()).invalid_accounts, [1]);
    assert_eq!(send!(DescribeCompShareImageShareAccounts::new(id)).account_set.len(), 1);
    send!(PublishCompShareImage::new(id, "v1.0").group_id("group-xxxx"));
    now = at(30);
    let progress = send!(GetCompShareImageCreateProgress::new(&made));
    assert_eq!(
        (progress.process, progress.remaining_duration),
        (Some(50.0), Some(Duration::from_secs(30)))
    );
    now = at(60);
    let own = send!(DescribeSelfCommunityImages::new());
    assert_eq!(own.compshare_image_group[0].data.len(), 3);
    assert_eq!(own.compshare_image_group[0].data[2].status, Some(ImageStatus::Available));

    send!(CreateCompShareImageFavorite::new("group-01"));
    let sorted = DescribeCommunityImages::new()
        .tag("PyTorch")
        .sort_condition(SortField::Price.ascending())
        .is_free(true);
    let favorites = send!(sorted).compshare_image_group;
    let ids: Vec<&str> =
        favorites.iter().filter(|g| g.is_favorite == Some(true)).map(|g| &*g.group_id).collect();
    assert_eq!(ids, ["group-01"]);
    send!(DeleteCompShareImageFavorite::new("group-01"));
    let user = send!(DescribeUserCommunityImages::new().target_top_organization_id(67890));
    assert_eq!(user.total_count, Some(10));
    assert_eq!(send!(DescribeCompShareImages::new().limit(1)).image_set.len(), 4);
    assert_eq!(send!(DescribeCompShareSharingImages::new()).total_count, Some(1));
    assert_eq!(send!(DescribeCompShareImageTags::new()).tags_map.len(), 2);

    send!(TerminateCompShareCustomImage::new(&copied));
    let again = send(&mut gateway, &config, now, &TerminateCompShareCustomImage::new(&copied));
    assert_eq!(again.unwrap_err().ret_code(), Some(RetCode::new(230)));
    Ok(())
}

#[test]
fn json_is_signed_and_read_the_same_way() -> Result<(), Error> {
    let mut gateway = Gateway::new();
    let config = config().encoding(Encoding::Json);
    let action = UpdateCompShareImage::new("compshareImage-xxxx").tags(["a", "b"]).price(Cny(42.0));
    send(&mut gateway, &config, at(0), &action)?;
    let image = gateway.image("compshareImage-xxxx").expect("the image");
    assert_eq!((&image.tags[..], image.price), (&["a".to_owned(), "b".to_owned()][..], 42.0));
    Ok(())
}

#[test]
fn an_image_is_shown_with_every_documented_field() {
    let mut gateway = Gateway::new();
    let action = DescribeCompShareCustomImages::new().compshare_image_id("compshareImage-xxxx");
    let mut request = encode(&config(), &action, at(0)).expect("it can be encoded");
    *request.uri_mut() = http::Uri::from_static("/");
    let response: Value =
        serde_json::from_slice(gateway.handle(at(0), &request).body()).expect("a JSON response");
    let rows = action.facts().info.response.iter().find(|field| field.name == "ImageSet");
    let Some(Kind::List(Kind::Struct(info))) = rows.map(|field| field.kind) else {
        panic!("ImageSet is a list of structs")
    };
    for field in info.fields {
        assert!(response["ImageSet"][0].get(field.name).is_some(), "{}", field.name);
    }
}
