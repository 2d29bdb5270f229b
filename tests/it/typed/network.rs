//! Every network action with all that its setters set.

#![allow(deprecated, reason = "actions that are dead in production are still here")]

use compshare_proto::actions;

typed!(CheckCompShareNetOptimizer, check_compshare_net_optimizer, |s| {
    actions::CheckCompShareNetOptimizer::new()
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(CreateCompShareShareBandwidth, create_compshare_share_bandwidth, |s| {
    actions::CreateCompShareShareBandwidth::new(
        s.int("ShareBandwidth"),
        s.text("ChargeType"),
        s.int("Quantity"),
    )
    .region(s.text("Region"))
    .zone(s.text("Zone"))
});

typed!(DeleteCompShareShareBandwidth, delete_compshare_share_bandwidth, |s| {
    actions::DeleteCompShareShareBandwidth::new(s.text("ShareBandwidthId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
});

typed!(DescribeCompShareShareBandwidth, describe_compshare_share_bandwidth, |s| {
    actions::DescribeCompShareShareBandwidth::new().region(s.text("Region")).zone(s.text("Zone"))
});

typed!(DescribeCompShareSoftwarePort, describe_compshare_software_port, |s| {
    actions::DescribeCompShareSoftwarePort::new()
        .region(s.text("Region"))
        .project_id(s.text("ProjectId"))
});

typed!(GetCompShareShareBandwidthPrice, get_compshare_share_bandwidth_price, |s| {
    actions::GetCompShareShareBandwidthPrice::new(
        s.int("ShareBandwidth"),
        s.text("ChargeType"),
        s.int("Quantity"),
    )
    .region(s.text("Region"))
    .zone(s.text("Zone"))
});

typed!(GetCompShareShareBandwidthRefundPrice, get_compshare_share_bandwidth_refund_price, |s| {
    actions::GetCompShareShareBandwidthRefundPrice::new(s.text("ShareBandwidthId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
});

typed!(GetCompShareShareBandwidthUpgradePrice, get_compshare_share_bandwidth_upgrade_price, |s| {
    actions::GetCompShareShareBandwidthUpgradePrice::new(
        s.text("ShareBandwidthId"),
        s.int("ShareBandwidth"),
    )
    .region(s.text("Region"))
    .zone(s.text("Zone"))
});

typed!(GetSoftwareURL, get_software_url, |s| {
    actions::GetSoftwareURL::new(s.text("UHostId"), s.text("Software"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(ModifyCompShareShareBandwidth, modify_compshare_share_bandwidth, |s| {
    actions::ModifyCompShareShareBandwidth::new(s.text("ShareBandwidthId"), s.int("ShareBandwidth"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
});

typed!(SwitchCompShareEIPShareBandwidth, switch_compshare_eip_share_bandwidth, |s| {
    actions::SwitchCompShareEIPShareBandwidth::new(s.texts("UHostIds"), s.text("TargetScope"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
});

typed!(UpdateCompShareInstancePorts, update_compshare_instance_ports, |s| {
    actions::UpdateCompShareInstancePorts::new(s.text("UHostId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .http_ports(s.ints("HttpPorts"))
        .tcp_ports(s.ints("TcpPorts"))
});
