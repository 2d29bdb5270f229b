//! Every team action with all that its setters set.

use compshare_proto::{Fen, actions};

use super::objects;

typed!(CreateCompShareTeam, create_compshare_team, |s| {
    actions::CreateCompShareTeam::new(s.text("Name"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .description(s.text("Description"))
});

typed!(CreateCompShareTeamRelation, create_compshare_team_relation, |s| {
    actions::CreateCompShareTeamRelation::new(
        s.int("TeamId"),
        s.list("UserInfo", objects::team_invitee),
    )
    .region(s.text("Region"))
    .zone(s.text("Zone"))
    .project_id(s.text("ProjectId"))
});

typed!(DeleteCompShareTeam, delete_compshare_team, |s| {
    actions::DeleteCompShareTeam::new(s.int("TeamId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(DescribeTeamMemberOrder, describe_team_member_order, |s| {
    actions::DescribeTeamMemberOrder::new(s.int("TeamId"), s.int("VirtualCompanyId"))
        .region(s.text("Region"))
        .begin_time(s.time("BeginTime"))
        .end_time(s.time("EndTime"))
        .limit(s.int("Limit"))
        .offset(s.int("Offset"))
        .charge_types(s.texts("ChargeTypes"))
        .order_states(s.texts("OrderStates"))
        .resource_ids(s.texts("ResourceIds"))
        .order_by(s.text("OrderBy"))
        .order_dir(s.text("OrderDir"))
        .regions(s.ints("Regions"))
        .resource_types(s.ints("ResourceTypes"))
        .order_types(s.texts("OrderTypes"))
        .order_nos(s.texts("OrderNos"))
});

typed!(DescribeTeamMemberOrderCount, describe_team_member_order_count, |s| {
    actions::DescribeTeamMemberOrderCount::new(s.int("TeamId"), s.int("VirtualCompanyId"))
        .region(s.text("Region"))
        .begin_time(s.time("BeginTime"))
        .end_time(s.time("EndTime"))
        .regions(s.text("Regions"))
        .resource_types(s.text("ResourceTypes"))
        .order_types(s.text("OrderTypes"))
        .charge_types(s.text("ChargeTypes"))
        .order_states(s.text("OrderStates"))
});

typed!(DescribeTeamMemberUnpaidOrder, describe_team_member_unpaid_order, |s| {
    actions::DescribeTeamMemberUnpaidOrder::new(s.int("TeamId"), s.int("VirtualCompanyId"))
        .region(s.text("Region"))
        .begin_time(s.time("BeginTime"))
        .end_time(s.time("EndTime"))
        .limit(s.int("Limit"))
        .offset(s.int("Offset"))
        .regions(s.ints("Regions"))
        .resource_types(s.ints("ResourceTypes"))
        .order_types(s.texts("OrderTypes"))
        .charge_types(s.texts("ChargeTypes"))
        .order_states(s.texts("OrderStates"))
        .order_nos(s.texts("OrderNos"))
        .resource_ids(s.texts("ResourceIds"))
        .order_by(s.text("OrderBy"))
        .order_dir(s.text("OrderDir"))
});

typed!(DescribeTeamMemberUnpaidOrderCount, describe_team_member_unpaid_order_count, |s| {
    actions::DescribeTeamMemberUnpaidOrderCount::new(s.int("TeamId"), s.int("VirtualCompanyId"))
        .region(s.text("Region"))
        .begin_time(s.time("BeginTime"))
        .end_time(s.time("EndTime"))
        .organization_id(s.int("OrganizationId"))
        .resource_ids(s.text("ResourceIds"))
        .resource_types(s.int("ResourceTypes"))
        .order_types(s.texts("OrderTypes"))
        .order_states(s.texts("OrderStates"))
        .charge_types(s.texts("ChargeTypes"))
        .regions(s.ints("Regions"))
        .transaction_nos(s.texts("TransactionNos"))
});

typed!(DownloadTeamOrder, download_team_order, |s| {
    actions::DownloadTeamOrder::new(s.int("TeamId"))
        .region(s.text("Region"))
        .virtual_company_id(s.int("VirtualCompanyId"))
        .begin_time(s.time("BeginTime"))
        .end_time(s.time("EndTime"))
        .order_states(s.texts("OrderStates"))
});

typed!(GetCompShareTeamInfo, get_compshare_team_info, |s| {
    actions::GetCompShareTeamInfo::new()
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .team_id(s.int("TeamId"))
        .virtual_company_id(s.int("VirtualCompanyId"))
});

typed!(ListCompShareTeam, list_compshare_team, |s| {
    actions::ListCompShareTeam::new()
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(ListCompShareTeamInvite, list_compshare_team_invite, |s| {
    actions::ListCompShareTeamInvite::new()
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .team_id(s.int("TeamId"))
});

typed!(ListCompShareTeamJoined, list_compshare_team_joined, |s| {
    actions::ListCompShareTeamJoined::new()
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .status(s.text("Status"))
});

typed!(ListCompShareTeamOperateLog, list_compshare_team_operate_log, |s| {
    actions::ListCompShareTeamOperateLog::new(s.int("TeamId"))
        .region(s.text("Region"))
        .limit(s.int("Limit"))
        .offset(s.int("Offset"))
        .begin_time(s.time("BeginTime"))
        .end_time(s.time("EndTime"))
        .operate_types(s.texts("OperateType"))
        .statuses(s.texts("Status"))
        .order_by_asc(s.is("OrderByASC"))
});

typed!(ListMemberProductType, list_member_product_type, |s| {
    actions::ListMemberProductType::new(s.int("TeamId"), s.int("VirtualCompanyId"))
        .region(s.text("Region"))
        .begin_time(s.time("BeginTime"))
        .end_time(s.time("EndTime"))
        .order_states(s.texts("OrderStates"))
});

typed!(SetCompShareTeamAmount, set_compshare_team_amount, |s| {
    actions::SetCompShareTeamAmount::new(actions::SetCompShareTeamAmountRequired {
        team_id: s.int("TeamId"),
        virtual_company_id: s.ints("VirtualCompanyId"),
        amount: Fen(s.int("Amount")),
        operate_type: s.text("OperateType").into(),
    })
    .region(s.text("Region"))
});

typed!(SetCompShareTeamRelation, set_compshare_team_relation, |s| {
    actions::SetCompShareTeamRelation::new(s.int("TeamId"), s.text("Status"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .user_company_id(s.int("UserCompanyId"))
        .remark_name(s.text("RemarkName"))
});

typed!(UpdateCompShareTeam, update_compshare_team, |s| {
    actions::UpdateCompShareTeam::new(s.int("TeamId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .name(s.text("Name"))
        .description(s.text("Description"))
});
