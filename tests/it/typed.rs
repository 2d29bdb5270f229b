//! An action by its type and by its name is one request, parameter by parameter.

use compshare_proto::{
    Action, Cny, Encoding, actions,
    types::{PublishImageSoftwares, SortCondition},
};
use serde_json::{Map, Value};

use crate::{
    reference::{callers, parse_form, parse_json},
    samples,
    support::{body, config},
};

/// The samples of an action, taken as a caller of its setters takes them.
struct Sample(Map<String, Value>);

impl Sample {
    fn text(&self, name: &str) -> String {
        self.0[name].as_str().unwrap().to_owned()
    }

    fn texts(&self, name: &str) -> Vec<String> {
        let list = self.0[name].as_array().unwrap();
        list.iter().map(|item| item.as_str().unwrap().to_owned()).collect()
    }

    fn int(&self, name: &str) -> i64 {
        self.0[name].as_i64().unwrap()
    }

    fn ints(&self, name: &str) -> Vec<i64> {
        self.0[name].as_array().unwrap().iter().map(|item| item.as_i64().unwrap()).collect()
    }

    fn float(&self, name: &str) -> f64 {
        self.0[name].as_f64().unwrap()
    }

    fn is(&self, name: &str) -> bool {
        self.0[name].as_bool().unwrap()
    }

    fn inner(&self, name: &str) -> Self {
        Self(self.0[name].as_object().unwrap().clone())
    }
}

/// Asserts that the request that `build` sets by every setter is the one that the metadata gives.
fn assert_typed_is_raw<A: Action>(build: impl FnOnce(&Sample) -> A) {
    let sample = Sample(samples::parameters(A::INFO));
    let (typed, raw) = (build(&sample), samples::raw(A::INFO));
    let form = |body| callers(parse_form(&body));
    assert_eq!(
        form(body(&config(), &typed, Encoding::Form)),
        form(body(&config(), &raw, Encoding::Form)),
    );
    assert_eq!(
        parse_json(&body(&config(), &typed, Encoding::Json)),
        parse_json(&body(&config(), &raw, Encoding::Json)),
    );
}

#[test]
fn typed_and_raw_updates_are_one_request() {
    assert_typed_is_raw(|s| {
        actions::UpdateCompShareImage::new(s.text("CompShareImageId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .group_id(s.text("GroupId"))
            .name(s.text("Name"))
            .description(s.text("Description"))
            .visibility(s.int("Visibility"))
            .price(Cny(s.float("Price")))
            .cover_bytes([0, 1, 2, 255])
            .readme(s.text("Readme"))
            .tags(s.texts("Tags"))
            .version_name(s.text("VersionName"))
            .version_desc(s.text("VersionDesc"))
            .supported_gpu_types(s.texts("SupportedGpuTypes"))
            .auto_start(s.is("AutoStart"))
            .framework(s.text("Framework"))
            .softwares(s.text("Softwares"))
    });
}

#[test]
fn typed_and_raw_publications_are_one_request() {
    assert_typed_is_raw(|s| {
        let softwares = s.inner("Softwares");
        let softwares = PublishImageSoftwares::new()
            .framework(softwares.text("Framework"))
            .framework_version(softwares.text("FrameworkVersion"))
            .cuda_version(softwares.text("CUDAVersion"))
            .applications(softwares.texts("Applications"));
        actions::PublishCompShareImage::new(s.text("CompShareImageId"), s.text("VersionName"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .group_id(s.text("GroupId"))
            .community_image_name(s.text("CommunityImageName"))
            .version_desc(s.text("VersionDesc"))
            .price(Cny(s.float("Price")))
            .cover(s.text("Cover"))
            .tags(s.texts("Tags"))
            .description(s.text("Description"))
            .readme(s.text("Readme"))
            .supported_gpu_types(s.texts("SupportedGpuTypes"))
            .auto_start(s.is("AutoStart"))
            .softwares(softwares)
    });
}

#[test]
fn typed_and_raw_searches_are_one_request() {
    assert_typed_is_raw(|s| {
        let sort = s.inner("SortCondition");
        actions::DescribeCommunityImages::new()
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .compshare_image_id(s.text("CompShareImageId"))
            .group_id(s.text("GroupId"))
            .name(s.text("Name"))
            .author(s.text("Author"))
            .fuzzy_search(s.text("FuzzySearch"))
            .tag(s.texts("Tag"))
            .is_free(s.is("IsFree"))
            .is_official(s.is("IsOfficial"))
            .if_auto_start(s.is("IfAutoStart"))
            .sort_condition(SortCondition::new(sort.text("Field")).asc(sort.is("ASC")))
            .offset(s.int("Offset"))
            .limit(s.int("Limit"))
    });
}

#[test]
fn typed_and_raw_sharings_are_one_request() {
    assert_typed_is_raw(|s| {
        actions::ModifyCompShareImageShareAccount::new(s.text("CompShareImageId"))
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
            .add_accounts(s.ints("AddAccounts"))
            .remove_accounts(s.ints("RemoveAccounts"))
    });
}
