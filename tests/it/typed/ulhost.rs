//! Every ulhost action with all that its setters set.

use compshare_proto::actions;

typed!(CheckULHostResourceCapacity, check_ulhost_resource_capacity, |s| {
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

typed!(CreateULHostInstance, create_ulhost_instance, |s| {
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

typed!(DescribeULHostBundles, describe_ulhost_bundles, |s| {
    actions::DescribeULHostBundles::new().region(s.text("Region")).project_id(s.text("ProjectId"))
});

typed!(DescribeULHostImage, describe_ulhost_image, |s| {
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

typed!(DescribeULHostInstance, describe_ulhost_instance, |s| {
    actions::DescribeULHostInstance::new()
        .region(s.text("Region"))
        .project_id(s.text("ProjectId"))
        .ulhost_ids(s.texts("ULHostIds"))
        .offset(s.int("Offset"))
        .limit(s.int("Limit"))
});

typed!(GetULHostInstancePrice, get_ulhost_instance_price, |s| {
    actions::GetULHostInstancePrice::new(s.text("BundleId"))
        .region(s.text("Region"))
        .project_id(s.text("ProjectId"))
        .charge_type(s.text("ChargeType"))
        .count(s.int("Count"))
        .quantity(s.int("Quantity"))
});

typed!(GetULHostRenewPrice, get_ulhost_renew_price, |s| {
    actions::GetULHostRenewPrice::new(s.text("ULHostId"))
        .region(s.text("Region"))
        .project_id(s.text("ProjectId"))
        .charge_type(s.text("ChargeType"))
});

typed!(ModifyULHostAttribute, modify_ulhost_attribute, |s| {
    actions::ModifyULHostAttribute::new(s.text("ULHostId"))
        .region(s.text("Region"))
        .project_id(s.text("ProjectId"))
        .name(s.text("Name"))
        .remark(s.text("Remark"))
});

typed!(PoweroffULHostInstance, poweroff_ulhost_instance, |s| {
    actions::PoweroffULHostInstance::new(s.text("ULHostId"))
        .region(s.text("Region"))
        .project_id(s.text("ProjectId"))
});

typed!(RebootULHostInstance, reboot_ulhost_instance, |s| {
    actions::RebootULHostInstance::new(s.text("ULHostId"))
        .region(s.text("Region"))
        .project_id(s.text("ProjectId"))
});

typed!(ReinstallULHostInstance, reinstall_ulhost_instance, |s| {
    actions::ReinstallULHostInstance::new(
        s.text("ULHostId"),
        s.text("ImageId"),
        s.password("Password"),
    )
    .region(s.text("Region"))
    .project_id(s.text("ProjectId"))
});

typed!(ResetULHostInstancePassword, reset_ulhost_instance_password, |s| {
    actions::ResetULHostInstancePassword::new(s.text("ULHostId"), s.password("Password"))
        .region(s.text("Region"))
        .project_id(s.text("ProjectId"))
});

typed!(StartULHostInstance, start_ulhost_instance, |s| {
    actions::StartULHostInstance::new(s.text("ULHostId"))
        .region(s.text("Region"))
        .project_id(s.text("ProjectId"))
});

typed!(StopULHostInstance, stop_ulhost_instance, |s| {
    actions::StopULHostInstance::new(s.text("ULHostId"))
        .region(s.text("Region"))
        .project_id(s.text("ProjectId"))
});

typed!(TerminateULHostInstance, terminate_ulhost_instance, |s| {
    actions::TerminateULHostInstance::new(s.text("ULHostId"))
        .region(s.text("Region"))
        .project_id(s.text("ProjectId"))
        .release_udisk(s.is("ReleaseUDisk"))
});
