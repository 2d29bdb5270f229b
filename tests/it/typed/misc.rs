//! Every misc action with all that its setters set.

use compshare_proto::actions;

typed!(DescribeModelRepositoryModels, describe_model_repository_models, |s| {
    actions::DescribeModelRepositoryModels::new()
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .name(s.text("name"))
        .tags(s.text("tags"))
});

typed!(DescribeModelRepositoryTags, describe_model_repository_tags, |s| {
    actions::DescribeModelRepositoryTags::new().region(s.text("Region")).zone(s.text("Zone"))
});

typed!(GetOpenClawModelList, get_open_claw_model_list, |s| actions::GetOpenClawModelList::new()
    .project_id(s.text("ProjectId")));

typed!(GetProjectList, get_project_list, |s| actions::GetProjectList::new()
    .is_finance(s.text("IsFinance")));
