//! What the checks let through, and what they say of the rest.

use super::*;

fn info(action: &str) -> &'static ActionInfo {
    let mut actions = compshare_proto::actions::ACTIONS.iter();
    actions.find(|info| info.name == action).expect("a documented action")
}

fn parameters(pairs: &[(&str, &str)]) -> Parameters {
    Parameters::new(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
}

/// Checks an update of an image with one more parameter.
fn update(name: &str, value: &str) -> Result<(), (i64, String)> {
    all(
        "UpdateCompShareImage",
        &[("Region", "cn-wlcb"), ("CompShareImageId", "compshareImage-xxxx"), (name, value)],
    )
}

fn all(action: &str, pairs: &[(&str, &str)]) -> Result<(), (i64, String)> {
    check(info(action), &parameters(pairs)).map_err(|refusal| (refusal.code, refusal.message))
}

fn refused(code: i64, message: &str) -> Result<(), (i64, String)> {
    Err((code, message.to_owned()))
}

#[test]
fn place_is_checked() {
    let image = ("CompShareImageId", "compshareImage-xxxx");
    let missing = refused(220, "Missing params [Region]");
    assert_eq!(all("UpdateCompShareImage", &[image]), missing);
    assert_eq!(all("UpdateCompShareImage", &[image, ("Region", "")]), missing);
    assert_eq!(
        all("UpdateCompShareImage", &[image, ("Region", "cn-zj")]),
        refused(230, "Params [Region] not available: there is no such region")
    );
    assert_eq!(
        update("Zone", "cn-sh2-02"),
        refused(230, "Params [Zone] not available: the region has no such zone")
    );
    assert_eq!(update("Zone", "cn-wlcb-01"), Ok(()));
    assert_eq!(
        all("GetCompShareImageCreateProgress", &[image, ("Region", "cn-wlcb")]),
        refused(220, "Missing params [Zone]")
    );
    assert_eq!(all("CreateCompShareImageFavorite", &[("GroupId", "g"), ("Region", "?")]), Ok(()));
}

#[test]
fn required_ones_must_be_there_and_not_empty() {
    let missing = refused(220, "Missing params [CompShareImageId]");
    assert_eq!(all("UpdateCompShareImage", &[("Region", "cn-wlcb")]), missing);
    let empty = [("Region", "cn-wlcb"), ("CompShareImageId", "")];
    assert_eq!(all("UpdateCompShareImage", &empty), missing);
}

#[test]
fn a_name_that_is_given_is_not_empty() {
    let empty = refused(230, "Params [Name] not available: it must not be empty");
    assert_eq!(update("Name", ""), empty);
    let create = [("Region", "cn-wlcb"), ("Zone", "cn-wlcb-01"), ("UHostId", "uhost-1")];
    let missing = refused(220, "Missing params [Name]");
    assert_eq!(all("CreateCompShareCustomImage", &create), missing);
    let create = [&create[..], &[("Name", "")]].concat();
    assert_eq!(all("CreateCompShareCustomImage", &create), empty);
    let filter = [("Region", "cn-wlcb"), ("Name", "")];
    assert_eq!(all("DescribeCommunityImages", &filter), Ok(()));
}

#[test]
fn values_fit_their_types() {
    let unavailable =
        |name: &str, why: &str| refused(230, &format!("Params [{name}] not available: {why}"));
    for good in ["0", "0.5", "12", "-0"] {
        assert_eq!(update("Price", good), Ok(()), "{good}");
    }
    assert_eq!(update("Price", "-1"), unavailable("Price", "it must be at least 0"));
    for bad in ["", "x", "1e3", "NaN"] {
        let why = "it must be a decimal number without an exponent";
        assert_eq!(update("Price", bad), unavailable("Price", why), "{bad}");
    }
    assert_eq!(update("AutoStart", "true"), Ok(()));
    let why = "it must be true or false";
    assert_eq!(update("AutoStart", "True"), unavailable("AutoStart", why));
    assert_eq!(update("Visibility", "1"), Ok(()));
    assert_eq!(update("Visibility", "2"), unavailable("Visibility", "it must be one of 0, 1"));
    assert_eq!(update("Cover", "aGk="), Ok(()));
    assert_eq!(update("Cover", ""), Ok(()));
    assert_eq!(update("Cover", "a"), unavailable("Cover", "it must be Base64"));
    assert_eq!(update("Description", ""), Ok(()));
}

#[test]
fn numbers_have_bounds_and_enums_have_values() {
    let list =
        |name, value| all("DescribeCompShareImages", &[("Region", "cn-wlcb"), (name, value)]);
    assert_eq!(list("Limit", "100"), Ok(()));
    assert_eq!(
        list("Limit", "101"),
        refused(230, "Params [Limit] not available: it must be at most 100")
    );
    assert_eq!(
        list("Limit", "0"),
        refused(230, "Params [Limit] not available: it must be at least 1")
    );
    assert_eq!(
        list("Offset", "1.0"),
        refused(230, "Params [Offset] not available: it must be an integer")
    );
    assert_eq!(list("ImageType", "App"), Ok(()));
    let (code, message) = list("ImageType", "Weird").expect_err("an unknown kind");
    assert_eq!(code, 230);
    assert!(
        message.starts_with("Params [ImageType] not available: it must be one of System, App"),
        "{message}"
    );
}

#[test]
fn lists_are_numbered_and_short() {
    let update = |pairs: &[(&str, &str)]| {
        let mut sent = vec![("Region", "cn-wlcb"), ("CompShareImageId", "x")];
        sent.extend_from_slice(pairs);
        all("UpdateCompShareImage", &sent)
    };
    assert_eq!(update(&[("Tags.0", "a"), ("Tags.1", "b"), ("Tags.2", "c")]), Ok(()));
    assert_eq!(
        update(&[("Tags.0", "a"), ("Tags.1", "b"), ("Tags.2", "c"), ("Tags.3", "d")]),
        refused(240, "Too many values in params [Tags]: 4, at most 3")
    );
    assert_eq!(update(&[("Tags", "")]), Ok(()));
    assert_eq!(update(&[("Tags", "one")]), Ok(()));
    assert_eq!(
        update(&[("Tags.0", "")]),
        refused(230, "Params [Tags.0] not available: an item must not be empty")
    );
    assert_eq!(
        update(&[("Tags.first", "a")]),
        refused(
            230,
            "Params [Tags.first] not available: items are numbered Tags.0, Tags.1 and so on"
        )
    );
    let share = [("Region", "cn-wlcb"), ("CompShareImageId", "x"), ("AddAccounts.0", "me")];
    assert_eq!(
        all("ModifyCompShareImageShareAccount", &share),
        refused(230, "Params [AddAccounts.0] not available: it must be an integer")
    );
}

#[test]
fn objects_are_checked_inside() {
    let list =
        |name, value| all("DescribeCommunityImages", &[("Region", "cn-wlcb"), (name, value)]);
    assert_eq!(list("SortCondition.Field", "Price"), Ok(()));
    assert_eq!(
        list("SortCondition.ASC", "true"),
        refused(220, "Missing params [SortCondition.Field]")
    );
    assert_eq!(
        list("SortCondition", "Price"),
        refused(230, "Params [SortCondition] not available: it must be an object")
    );
    assert_eq!(list("SortCondition.Field", "Size").map_err(|(code, _)| code), Err(230));
}

#[test]
fn a_name_sent_twice_is_refused() {
    let twice = [("Region", "cn-wlcb"), ("Name", "a"), ("Name", "b")];
    assert_eq!(
        all("UpdateCompShareImage", &twice),
        refused(230, "Params [Name] not available: it was sent more than once")
    );
}

#[test]
fn unknown_names_are_listed() {
    let sent = parameters(&[
        ("Action", "x"),
        ("PublicKey", "x"),
        ("Signature", "x"),
        ("Region", "x"),
        ("name", "x"),
        ("Tag.0", "x"),
        ("Name.0", "x"),
        ("SortCondition.Field", "x"),
        ("SortCondition.Foo", "x"),
        ("Tag.0.1", "x"),
    ]);
    let list = unknown(info("DescribeCommunityImages"), &sent);
    assert_eq!(list, ["name", "Name.0", "SortCondition.Foo", "Tag.0.1"]);
    let favorite = unknown(info("CreateCompShareImageFavorite"), &sent);
    assert!(favorite.contains(&"Region".to_owned()));
}
