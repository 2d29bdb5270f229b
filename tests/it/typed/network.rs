//! Every network action with all that its setters set.

#![allow(deprecated, reason = "actions that are dead in production are still here")]

use compshare_proto::actions;

use super::assert_typed_is_raw;

#[test]
fn check_compshare_net_optimizer() {
    assert_typed_is_raw(|s| {
        actions::CheckCompShareNetOptimizer::new()
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn create_compshare_share_bandwidth() {
    assert_typed_is_raw(|s| {
        actions::CreateCompShareShareBandwidth::new(
            s.int("ShareBandwidth"),
            s.text("ChargeType"),
            s.int("Quantity"),
        )
        .region(s.text("Region"))
        .zone(s.text("Zone"))
    });
}

#[test]
fn delete_compshare_share_bandwidth() {
    assert_typed_is_raw(|s| {
        actions::DeleteCompShareShareBandwidth::new(s.text("ShareBandwidthId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
    });
}

#[test]
fn describe_compshare_share_bandwidth() {
    assert_typed_is_raw(|s| {
        actions::DescribeCompShareShareBandwidth::new()
            .region(s.text("Region"))
            .zone(s.text("Zone"))
    });
}

#[test]
fn describe_compshare_software_port() {
    assert_typed_is_raw(|s| {
        actions::DescribeCompShareSoftwarePort::new()
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn get_compshare_share_bandwidth_price() {
    assert_typed_is_raw(|s| {
        actions::GetCompShareShareBandwidthPrice::new(
            s.int("ShareBandwidth"),
            s.text("ChargeType"),
            s.int("Quantity"),
        )
        .region(s.text("Region"))
        .zone(s.text("Zone"))
    });
}

#[test]
fn get_compshare_share_bandwidth_refund_price() {
    assert_typed_is_raw(|s| {
        actions::GetCompShareShareBandwidthRefundPrice::new(s.text("ShareBandwidthId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
    });
}

#[test]
fn get_compshare_share_bandwidth_upgrade_price() {
    assert_typed_is_raw(|s| {
        actions::GetCompShareShareBandwidthUpgradePrice::new(
            s.text("ShareBandwidthId"),
            s.int("ShareBandwidth"),
        )
        .region(s.text("Region"))
        .zone(s.text("Zone"))
    });
}

#[test]
fn get_software_url() {
    assert_typed_is_raw(|s| {
        actions::GetSoftwareURL::new(s.text("UHostId"), s.text("Software"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn modify_compshare_share_bandwidth() {
    assert_typed_is_raw(|s| {
        actions::ModifyCompShareShareBandwidth::new(
            s.text("ShareBandwidthId"),
            s.int("ShareBandwidth"),
        )
        .region(s.text("Region"))
        .zone(s.text("Zone"))
    });
}

#[test]
fn switch_compshare_eip_share_bandwidth() {
    assert_typed_is_raw(|s| {
        actions::SwitchCompShareEIPShareBandwidth::new(s.texts("UHostIds"), s.text("TargetScope"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
    });
}

#[test]
fn update_compshare_instance_ports() {
    assert_typed_is_raw(|s| {
        actions::UpdateCompShareInstancePorts::new(s.text("UHostId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .http_ports(s.ints("HttpPorts"))
            .tcp_ports(s.ints("TcpPorts"))
    });
}
