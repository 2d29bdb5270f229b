//! Lists of single images: the platform's, the account's own, those shared with it.

use super::{filter::fits, show};
use crate::families::prelude::*;

/// DescribeCompShareImages.
///
/// Without `ImageType` each type is paged by itself and the pages follow one another, as in production.
pub(super) fn platform(state: &mut State, call: &Call<'_>) -> Outcome {
    let wanted = call.parameters.filled("ImageType");
    let mut kinds = ImageKind::PLATFORM.to_vec();
    kinds.retain(|kind| wanted.is_none_or(|wanted| wanted == kind.as_str()));
    Refusal::when(kinds.is_empty(), "ImageType", "it must be one of System, App, Game, Other")?;
    let lists = kinds.into_iter().map(|kind| move |image: &Image| image.kind == kind);
    list(state, call, lists.collect())
}

/// DescribeCompShareCustomImages.
pub(super) fn custom(state: &mut State, call: &Call<'_>) -> Outcome {
    let is_own = |image: &Image| image.kind == ImageKind::Custom && image.owner == call.company;
    list(state, call, vec![is_own])
}

/// DescribeCompShareSharingImages.
pub(super) fn sharing(state: &mut State, call: &Call<'_>) -> Outcome {
    list(state, call, vec![|image: &Image| image.shared_with.contains(&call.company)])
}

/// Lists, each paged by itself, of the images that belong to it.
fn list<F: Fn(&Image) -> bool>(state: &State, call: &Call<'_>, lists: Vec<F>) -> Outcome {
    let sent = call.parameters;
    let mut total = 0;
    let mut shown: Vec<Value> = Vec::new();
    for belongs in lists {
        let images = state.images.iter();
        let rows: Vec<&Image> =
            images.filter(|image| belongs(image) && fits(image, None, sent)).collect();
        total += rows.len();
        shown.extend(page(rows, sent, 20).map(|image| show::image(state, image, sent)));
    }
    Ok(json!({ "TotalCount": total, "ImageSet": shown }))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, column};

    #[test]
    fn without_a_type_each_type_is_paged_by_itself() {
        let mut caller = Caller::new();
        let response = caller.ok("DescribeCompShareImages", &[("Limit", "2"), ("Offset", "1")]);
        assert_eq!(response["TotalCount"], 48);
        let types = column(&response["ImageSet"], "ImageType");
        assert_eq!(types, ["System", "System", "App", "App", "Game", "Game", "Other", "Other"]);
        let response = caller.ok("DescribeCompShareImages", &[("Offset", "12")]);
        assert_eq!(column(&response["ImageSet"], "ImageType"), ["System", "System", "App", "App"]);
    }

    #[test]
    fn a_type_is_one_list() {
        let mut caller = Caller::new();
        let games = caller.ok(
            "DescribeCompShareImages",
            &[("ImageType", "Game"), ("Limit", "3"), ("Offset", "8")],
        );
        assert_eq!(games["TotalCount"], 10);
        assert_eq!(column(&games["ImageSet"], "Name"), ["Parsec", "Moonlight"]);
        let (code, message) = caller.refused("DescribeCompShareImages", &[("ImageType", "Custom")]);
        let why = "Params [ImageType] not available: it must be one of System, App, Game, Other";
        assert_eq!((code, message.as_str()), (230, why));
    }

    #[test]
    fn platform_images_are_filtered() {
        let mut caller = Caller::new();
        let total = |caller: &mut Caller, pairs: &[(&str, &str)]| {
            caller.ok("DescribeCompShareImages", pairs)["TotalCount"].clone()
        };
        assert_eq!(total(&mut caller, &[("Name", "pytorch")]), 3);
        assert_eq!(total(&mut caller, &[("Tag", "深度学习")]), 14);
        assert_eq!(total(&mut caller, &[("Author", "CompShare")]), 48);
        assert_eq!(total(&mut caller, &[("Author", "comp")]), 0);
        assert_eq!(total(&mut caller, &[("CompShareImageId", "compshareImage-app03")]), 1);
        assert_eq!(total(&mut caller, &[("CompShareImageId", "compshareImage-xxxx")]), 0);
    }

    #[test]
    fn filters_that_an_action_does_not_have_are_ignored() {
        let mut caller = Caller::new();
        let response =
            caller.ok("DescribeCompShareCustomImages", &[("Name", "my-env"), ("Tag.0", "x")]);
        assert_eq!(response["TotalCount"], 4);
        let response = caller.ok("DescribeCompShareImages", &[("Tag.0", "x")]);
        assert_eq!(response["TotalCount"], 48);
    }

    #[test]
    fn custom_images_are_the_callers() {
        let mut caller = Caller::new();
        let response = caller.ok("DescribeCompShareCustomImages", &[("Limit", "3")]);
        assert_eq!(response["TotalCount"], 4);
        assert_eq!(column(&response["ImageSet"], "Name"), ["my-env", "my-vm", "broken-build"]);
        assert_eq!(column(&response["ImageSet"], "Container"), ["True", "False", "True"]);
        assert_eq!(response["ImageSet"][0]["Owner"]["AccountId"], "12345");
        assert_eq!(response["ImageSet"][0].get("Readme"), None);
    }

    #[test]
    fn shared_images_are_listed_for_those_they_are_shared_with() {
        let mut caller = Caller::new();
        let response = caller.ok("DescribeCompShareSharingImages", &[]);
        assert_eq!(response["TotalCount"], 1);
        assert_eq!(column(&response["ImageSet"], "Author"), ["sim-friend"]);
        let image = caller.show("DescribeCompShareSharingImages", "compshareImage-shared");
        assert_eq!(image["Readme"], "# friend-env");
    }
}
