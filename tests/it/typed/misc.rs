//! Every misc action with all that its setters set.

use compshare_proto::actions;

use super::assert_typed_is_raw;

#[test]
fn describe_model_repository_models() {
    assert_typed_is_raw(|s| {
        actions::DescribeModelRepositoryModels::new()
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .name(s.text("name"))
            .tags(s.text("tags"))
    });
}

#[test]
fn describe_model_repository_tags() {
    assert_typed_is_raw(|s| {
        actions::DescribeModelRepositoryTags::new().region(s.text("Region")).zone(s.text("Zone"))
    });
}

#[test]
fn get_open_claw_model_list() {
    assert_typed_is_raw(|s| actions::GetOpenClawModelList::new().project_id(s.text("ProjectId")));
}

#[test]
fn get_project_list() {
    assert_typed_is_raw(|s| actions::GetProjectList::new().is_finance(s.text("IsFinance")));
}
