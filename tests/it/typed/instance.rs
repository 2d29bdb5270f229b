//! Every instance action with all that its setters set.

use compshare_proto::{Gb, Mb, actions};

use super::objects;

typed!(CheckCompShareResourceCapacity, check_compshare_resource_capacity, |s| {
    actions::CheckCompShareResourceCapacity::new(actions::CheckCompShareResourceCapacityRequired {
        gpu_type: s.text("GpuType"),
        machine_type: s.text("MachineType").into(),
        minimal_cpu_platform: s.text("MinimalCpuPlatform").into(),
        compshare_image_id: s.text("CompShareImageId"),
        charge_type: s.text("ChargeType").into(),
        disks: s.list("Disks", objects::instance_disk),
    })
    .region(s.text("Region"))
    .zone(s.text("Zone"))
});

typed!(CreateCompShareInstance, create_compshare_instance, |s| {
    actions::CreateCompShareInstance::new(actions::CreateCompShareInstanceRequired {
        gpu_type: s.text("GpuType"),
        gpu: s.int("GPU"),
        cpu: s.int("CPU"),
        memory: Mb(s.int("Memory")),
        compshare_image_id: s.text("CompShareImageId"),
        disks: s.list("Disks", objects::instance_disk),
        charge_type: s.text("ChargeType").into(),
    })
    .region(s.text("Region"))
    .zone(s.text("Zone"))
    .project_id(s.text("ProjectId"))
    .machine_type(s.text("MachineType"))
    .minimal_cpu_platform(s.text("MinimalCpuPlatform"))
    .quantity(s.int("Quantity"))
    .name(s.text("Name"))
    .remark(s.text("Remark"))
    .security_group_id(s.text("SecurityGroupId"))
    .max_count(s.int("MaxCount"))
    .enable_us3(s.is("EnableUS3"))
    .enable_cfs(s.is("EnableCfs"))
    .login_mode(s.text("LoginMode"))
    .password(s.password("Password"))
});

typed!(DeleteCompShareStopScheduler, delete_compshare_stop_scheduler, |s| {
    actions::DeleteCompShareStopScheduler::new(s.text("UHostId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(DescribeAvailableCompShareInstanceTypes, describe_available_compshare_instance_types, |s| {
    actions::DescribeAvailableCompShareInstanceTypes::new()
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .machine_types(s.texts("MachineTypes"))
        .instance_type(s.text("InstanceType"))
});

typed!(DescribeCompShareGpuInventory, describe_compshare_gpu_inventory, |s| {
    actions::DescribeCompShareGpuInventory::new().region(s.text("Region")).zone(s.text("Zone"))
});

typed!(DescribeCompShareInstance, describe_compshare_instance, |s| {
    actions::DescribeCompShareInstance::new()
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .uhost_ids(s.texts("UHostIds"))
        .offset(s.int("Offset"))
        .limit(s.int("Limit"))
        .tag(s.text("Tag"))
        .vpc_id(s.text("VPCId"))
        .subnet_id(s.text("SubnetId"))
        .udisk_id_for_attachment(s.text("UDiskIdForAttachment"))
        .without_gpu(s.is("WithoutGpu"))
        .skip_bill(s.is("SkipBill"))
        .include_share_bandwidth(s.is("IncludeShareBandwidth"))
        .no_eip(s.is("NoEIP"))
        .resource_type(s.text("ResourceType"))
});

typed!(DescribeCompShareMachineTypeFamilies, describe_compshare_machine_type_families, |s| {
    actions::DescribeCompShareMachineTypeFamilies::new()
        .region(s.text("Region"))
        .project_id(s.text("ProjectId"))
});

typed!(DescribeCompShareSupportZone, describe_compshare_support_zone, |s| {
    actions::DescribeCompShareSupportZone::new().region(s.text("Region"))
});

typed!(GetCompShareInstanceMonitor, get_compshare_instance_monitor, |s| {
    actions::GetCompShareInstanceMonitor::new(s.texts("UHostIds"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .start_time(s.time("StartTime"))
        .end_time(s.time("EndTime"))
});

typed!(GetCompShareInstancePrice, get_compshare_instance_price, |s| {
    actions::GetCompShareInstancePrice::new(actions::GetCompShareInstancePriceRequired {
        gpu_type: s.text("GpuType"),
        gpu: s.int("Gpu"),
        cpu: s.int("Cpu"),
        memory: Mb(s.int("Memory")),
    })
    .region(s.text("Region"))
    .zone(s.text("Zone"))
    .project_id(s.text("ProjectId"))
    .charge_type(s.text("ChargeType"))
    .disks(s.list("Disks", objects::instance_disk))
    .volumes(s.list("Volumes", objects::price_volume))
    .compshare_image_id(s.text("CompShareImageId"))
    .quantity(s.int("Quantity"))
});

typed!(GetCompShareInstanceUpgradePrice, get_compshare_instance_upgrade_price, |s| {
    actions::GetCompShareInstanceUpgradePrice::new(s.text("UHostId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .cpu(s.int("CPU"))
        .memory(Mb(s.int("Memory")))
        .gpu(s.int("GPU"))
        .compshare_image_id(s.text("CompShareImageId"))
});

typed!(GetCompShareInstanceUserPrice, get_compshare_instance_user_price, |s| {
    actions::GetCompShareInstanceUserPrice::new(actions::GetCompShareInstanceUserPriceRequired {
        gpu_type: s.text("GpuType"),
        gpu: s.int("GPU"),
        cpu: s.int("CPU"),
        memory: Mb(s.int("Memory")),
    })
    .region(s.text("Region"))
    .zone(s.text("Zone"))
    .project_id(s.text("ProjectId"))
    .charge_type(s.text("ChargeType"))
    .compshare_image_id(s.text("CompShareImageId"))
    .disks(s.list("Disks", objects::instance_disk))
});

typed!(GetCompShareRefundPrice, get_compshare_refund_price, |s| {
    actions::GetCompShareRefundPrice::new(s.texts("UHostIds"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(ModifyCompShareInstanceName, modify_compshare_instance_name, |s| {
    actions::ModifyCompShareInstanceName::new(s.text("UHostId"), s.text("Name"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(RebootCompShareInstance, reboot_compshare_instance, |s| {
    actions::RebootCompShareInstance::new(s.text("UHostId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(ReinstallCompShareInstance, reinstall_compshare_instance, |s| {
    actions::ReinstallCompShareInstance::new(s.text("UHostId"), s.text("CompShareImageId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .password(s.password("Password"))
        .coupon_id(s.text("CouponId"))
});

typed!(ResetCompShareInstancePassword, reset_compshare_instance_password, |s| {
    actions::ResetCompShareInstancePassword::new(s.text("UHostId"), s.password("Password"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(ResizeCompShareInstance, resize_compshare_instance, |s| {
    actions::ResizeCompShareInstance::new(s.text("UHostId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .cpu(s.int("Cpu"))
        .memory(Mb(s.int("Memory")))
        .gpu(s.int("Gpu"))
        .without_gpu(s.is("WithoutGpu"))
        .disk_id(s.text("DiskId"))
        .disk_space(Gb(s.int("DiskSpace")))
        .coupon_id(s.text("CouponId"))
        .without_gpu_spec(s.text("WithoutGpuSpec"))
});

typed!(StartCompShareInstance, start_compshare_instance, |s| {
    actions::StartCompShareInstance::new(s.text("UHostId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .without_gpu(s.is("WithoutGpu"))
        .without_gpu_spec(s.text("WithoutGpuSpec"))
});

typed!(StopCompShareInstance, stop_compshare_instance, |s| {
    actions::StopCompShareInstance::new(s.text("UHostId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .force(s.is("Force"))
});

typed!(SwitchChargeType, switch_charge_type, |s| {
    actions::SwitchChargeType::new(s.text("UHostId"), s.text("DestChargeType"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
});

typed!(TerminateCompShareInstance, terminate_compshare_instance, |s| {
    actions::TerminateCompShareInstance::new(s.text("UHostId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .release_udisk(s.is("ReleaseUDisk"))
});

typed!(UpdateCompShareStopScheduler, update_compshare_stop_scheduler, |s| {
    actions::UpdateCompShareStopScheduler::new(s.text("UHostId"), s.time("SchedulerStopTime"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});
