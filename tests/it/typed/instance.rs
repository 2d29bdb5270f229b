//! Every instance action with all that its setters set.

use compshare_proto::{Gb, Mb, actions};

use super::{assert_typed_is_raw, objects};

#[test]
fn check_compshare_resource_capacity() {
    assert_typed_is_raw(|s| {
        actions::CheckCompShareResourceCapacity::new(
            actions::CheckCompShareResourceCapacityRequired {
                gpu_type: s.text("GpuType"),
                machine_type: s.text("MachineType").into(),
                minimal_cpu_platform: s.text("MinimalCpuPlatform").into(),
                compshare_image_id: s.text("CompShareImageId"),
                charge_type: s.text("ChargeType").into(),
                disks: s.list("Disks", objects::instance_disk),
            },
        )
        .region(s.text("Region"))
        .zone(s.text("Zone"))
    });
}

#[test]
fn create_compshare_instance() {
    assert_typed_is_raw(|s| {
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
}

#[test]
fn delete_compshare_stop_scheduler() {
    assert_typed_is_raw(|s| {
        actions::DeleteCompShareStopScheduler::new(s.text("UHostId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn describe_available_compshare_instance_types() {
    assert_typed_is_raw(|s| {
        actions::DescribeAvailableCompShareInstanceTypes::new()
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .machine_types(s.texts("MachineTypes"))
            .instance_type(s.text("InstanceType"))
    });
}

#[test]
fn describe_compshare_gpu_inventory() {
    assert_typed_is_raw(|s| {
        actions::DescribeCompShareGpuInventory::new().region(s.text("Region")).zone(s.text("Zone"))
    });
}

#[test]
fn describe_compshare_instance() {
    assert_typed_is_raw(|s| {
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
}

#[test]
fn describe_compshare_machine_type_families() {
    assert_typed_is_raw(|s| {
        actions::DescribeCompShareMachineTypeFamilies::new()
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn describe_compshare_support_zone() {
    assert_typed_is_raw(|s| actions::DescribeCompShareSupportZone::new().region(s.text("Region")));
}

#[test]
fn get_compshare_instance_monitor() {
    assert_typed_is_raw(|s| {
        actions::GetCompShareInstanceMonitor::new(s.texts("UHostIds"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .start_time(s.time("StartTime"))
            .end_time(s.time("EndTime"))
    });
}

#[test]
fn get_compshare_instance_price() {
    assert_typed_is_raw(|s| {
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
}

#[test]
fn get_compshare_instance_upgrade_price() {
    assert_typed_is_raw(|s| {
        actions::GetCompShareInstanceUpgradePrice::new(s.text("UHostId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .cpu(s.int("CPU"))
            .memory(Mb(s.int("Memory")))
            .gpu(s.int("GPU"))
            .compshare_image_id(s.text("CompShareImageId"))
    });
}

#[test]
fn get_compshare_instance_user_price() {
    assert_typed_is_raw(|s| {
        actions::GetCompShareInstanceUserPrice::new(
            actions::GetCompShareInstanceUserPriceRequired {
                gpu_type: s.text("GpuType"),
                gpu: s.int("GPU"),
                cpu: s.int("CPU"),
                memory: Mb(s.int("Memory")),
            },
        )
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .charge_type(s.text("ChargeType"))
        .compshare_image_id(s.text("CompShareImageId"))
        .disks(s.list("Disks", objects::instance_disk))
    });
}

#[test]
fn get_compshare_refund_price() {
    assert_typed_is_raw(|s| {
        actions::GetCompShareRefundPrice::new(s.texts("UHostIds"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn modify_compshare_instance_name() {
    assert_typed_is_raw(|s| {
        actions::ModifyCompShareInstanceName::new(s.text("UHostId"), s.text("Name"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn reboot_compshare_instance() {
    assert_typed_is_raw(|s| {
        actions::RebootCompShareInstance::new(s.text("UHostId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn reinstall_compshare_instance() {
    assert_typed_is_raw(|s| {
        actions::ReinstallCompShareInstance::new(s.text("UHostId"), s.text("CompShareImageId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .password(s.password("Password"))
            .coupon_id(s.text("CouponId"))
    });
}

#[test]
fn reset_compshare_instance_password() {
    assert_typed_is_raw(|s| {
        actions::ResetCompShareInstancePassword::new(s.text("UHostId"), s.password("Password"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn resize_compshare_instance() {
    assert_typed_is_raw(|s| {
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
}

#[test]
fn start_compshare_instance() {
    assert_typed_is_raw(|s| {
        actions::StartCompShareInstance::new(s.text("UHostId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .without_gpu(s.is("WithoutGpu"))
            .without_gpu_spec(s.text("WithoutGpuSpec"))
    });
}

#[test]
fn stop_compshare_instance() {
    assert_typed_is_raw(|s| {
        actions::StopCompShareInstance::new(s.text("UHostId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .force(s.is("Force"))
    });
}

#[test]
fn switch_charge_type() {
    assert_typed_is_raw(|s| {
        actions::SwitchChargeType::new(s.text("UHostId"), s.text("DestChargeType"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
    });
}

#[test]
fn terminate_compshare_instance() {
    assert_typed_is_raw(|s| {
        actions::TerminateCompShareInstance::new(s.text("UHostId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .release_udisk(s.is("ReleaseUDisk"))
    });
}

#[test]
fn update_compshare_stop_scheduler() {
    assert_typed_is_raw(|s| {
        actions::UpdateCompShareStopScheduler::new(s.text("UHostId"), s.time("SchedulerStopTime"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
    });
}
