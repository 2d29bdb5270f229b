//! Every ulhost action with all that its setters set.

use compshare_proto::actions;

use super::assert_typed_is_raw;

#[test]
fn check_ulhost_resource_capacity() {
    assert_typed_is_raw(|s| {
        actions::CheckULHostResourceCapacity::new(s.text("BundleId"), s.text("ImageId"))
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
            .charge_type(s.text("ChargeType"))
            .coupon_id(s.text("CouponId"))
            .name(s.text("Name"))
            .quantity(s.int("Quantity"))
            .security_group_id(s.text("SecurityGroupId"))
            .subnet_id(s.text("SubnetId"))
            .vpc_id(s.text("VPCId"))
    });
}

#[test]
fn create_ulhost_instance() {
    assert_typed_is_raw(|s| {
        actions::CreateULHostInstance::new(actions::CreateULHostInstanceRequired {
            image_id: s.text("ImageId"),
            bundle_id: s.text("BundleId"),
            password: s.password("Password").into(),
            charge_type: s.text("ChargeType").into(),
        })
        .region(s.text("Region"))
        .project_id(s.text("ProjectId"))
        .name(s.text("Name"))
        .quantity(s.int("Quantity"))
        .vpc_id(s.text("VPCId"))
        .subnet_id(s.text("SubnetId"))
        .security_group_id(s.text("SecurityGroupId"))
        .coupon_id(s.text("CouponId"))
    });
}

#[test]
fn describe_ulhost_bundles() {
    assert_typed_is_raw(|s| {
        actions::DescribeULHostBundles::new()
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn describe_ulhost_image() {
    assert_typed_is_raw(|s| {
        actions::DescribeULHostImage::new()
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .image_id(s.text("ImageId"))
            .image_ids(s.texts("ImageIds"))
            .image_type(s.text("ImageType"))
            .limit(s.int("Limit"))
            .offset(s.int("Offset"))
            .os_type(s.text("OsType"))
            .scene(s.text("Scene"))
            .tag(s.text("Tag"))
    });
}

#[test]
fn describe_ulhost_instance() {
    assert_typed_is_raw(|s| {
        actions::DescribeULHostInstance::new()
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
            .ulhost_ids(s.texts("ULHostIds"))
            .offset(s.int("Offset"))
            .limit(s.int("Limit"))
    });
}

#[test]
fn get_ulhost_instance_price() {
    assert_typed_is_raw(|s| {
        actions::GetULHostInstancePrice::new(s.text("BundleId"))
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
            .charge_type(s.text("ChargeType"))
            .count(s.int("Count"))
            .quantity(s.int("Quantity"))
    });
}

#[test]
fn get_ulhost_renew_price() {
    assert_typed_is_raw(|s| {
        actions::GetULHostRenewPrice::new(s.text("ULHostId"))
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
            .charge_type(s.text("ChargeType"))
    });
}

#[test]
fn modify_ulhost_attribute() {
    assert_typed_is_raw(|s| {
        actions::ModifyULHostAttribute::new(s.text("ULHostId"))
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
            .name(s.text("Name"))
            .remark(s.text("Remark"))
    });
}

#[test]
fn poweroff_ulhost_instance() {
    assert_typed_is_raw(|s| {
        actions::PoweroffULHostInstance::new(s.text("ULHostId"))
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn reboot_ulhost_instance() {
    assert_typed_is_raw(|s| {
        actions::RebootULHostInstance::new(s.text("ULHostId"))
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn reinstall_ulhost_instance() {
    assert_typed_is_raw(|s| {
        actions::ReinstallULHostInstance::new(
            s.text("ULHostId"),
            s.text("ImageId"),
            s.password("Password"),
        )
        .region(s.text("Region"))
        .project_id(s.text("ProjectId"))
    });
}

#[test]
fn reset_ulhost_instance_password() {
    assert_typed_is_raw(|s| {
        actions::ResetULHostInstancePassword::new(s.text("ULHostId"), s.password("Password"))
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn start_ulhost_instance() {
    assert_typed_is_raw(|s| {
        actions::StartULHostInstance::new(s.text("ULHostId"))
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn stop_ulhost_instance() {
    assert_typed_is_raw(|s| {
        actions::StopULHostInstance::new(s.text("ULHostId"))
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn terminate_ulhost_instance() {
    assert_typed_is_raw(|s| {
        actions::TerminateULHostInstance::new(s.text("ULHostId"))
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
            .release_udisk(s.is("ReleaseUDisk"))
    });
}
