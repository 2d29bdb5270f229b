//! Every disk action with all that its setters set.

use compshare_proto::{Gb, actions};

use super::assert_typed_is_raw;

#[test]
fn attach_compshare_disk() {
    assert_typed_is_raw(|s| {
        actions::AttachCompshareDisk::new(s.text("UHostId"), s.text("UDiskId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .data_disk_type(s.text("DataDiskType"))
            .enable_cross_pod_attach(s.text("EnableCrossPodAttach"))
    });
}

#[test]
fn attach_us3() {
    assert_typed_is_raw(|s| {
        actions::AttachUS3::new(s.text("UHostId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn create_and_attach_compshare_disk() {
    assert_typed_is_raw(|s| {
        actions::CreateAndAttachCompshareDisk::new(actions::CreateAndAttachCompshareDiskRequired {
            uhost_id: s.text("UHostId"),
            size: Gb(s.int("Size")),
            disk_type: s.text("DiskType").into(),
            name: s.text("Name"),
            charge_type: s.text("ChargeType").into(),
        })
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .quantity(s.int("Quantity"))
        .coupon_id(s.text("CouponId"))
    });
}

#[test]
fn create_cfs() {
    assert_typed_is_raw(|s| {
        actions::CreateCFS::new(actions::CreateCFSRequired {
            name: s.text("Name"),
            size: Gb(s.int("Size")),
            charge_type: s.text("ChargeType").into(),
            quantity: s.int("Quantity"),
        })
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .coupon_id(s.text("CouponId"))
    });
}

#[test]
fn delete_cfs() {
    assert_typed_is_raw(|s| {
        actions::DeleteCFS::new(s.text("CfsId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .recycle(s.is("Recycle"))
    });
}

#[test]
fn delete_compshare_disk() {
    assert_typed_is_raw(|s| {
        actions::DeleteCompshareDisk::new(s.text("UDiskId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .top_organization_id(s.int("TopOrganizationID"))
            .organization_id(s.int("OrganizationID"))
            .uhost_id(s.text("UHostId"))
    });
}

#[test]
fn describe_cfs() {
    assert_typed_is_raw(|s| {
        actions::DescribeCFS::new()
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .cfs_id(s.text("CfsId"))
    });
}

#[test]
fn describe_compshare_disk() {
    assert_typed_is_raw(|s| {
        actions::DescribeCompshareDisk::new().region(s.text("Region")).host_id(s.text("HostId"))
    });
}

#[test]
fn detach_cfs() {
    assert_typed_is_raw(|s| {
        actions::DetachCFS::new(s.text("UHostId")).region(s.text("Region")).zone(s.text("Zone"))
    });
}

#[test]
fn detach_compshare_disk() {
    assert_typed_is_raw(|s| {
        actions::DetachCompshareDisk::new(s.text("UHostId"), s.text("UDiskId"), s.text("Device"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn get_compshare_attached_disk_upgrade_price() {
    assert_typed_is_raw(|s| {
        actions::GetCompShareAttachedDiskUpgradePrice::new(
            s.text("UHostId"),
            s.text("DiskId"),
            Gb(s.int("DiskSpace")),
        )
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .backup_mode(s.text("BackupMode"))
    });
}

#[test]
fn get_compshare_cfs_price() {
    assert_typed_is_raw(|s| {
        actions::GetCompShareCFSPrice::new(
            Gb(s.int("Size")),
            s.text("ChargeType"),
            s.int("Quantity"),
        )
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
    });
}

#[test]
fn get_compshare_cfs_refund_price() {
    assert_typed_is_raw(|s| {
        actions::GetCompShareCFSRefundPrice::new(s.text("CFSId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn get_compshare_cfs_upgrade_price() {
    assert_typed_is_raw(|s| {
        actions::GetCompShareCFSUpgradePrice::new(s.text("CfsId"), Gb(s.int("Size")))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn resize_cfs() {
    assert_typed_is_raw(|s| {
        actions::ResizeCFS::new(s.text("CfsId"), Gb(s.int("Size")))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .coupon_id(s.text("CouponId"))
    });
}

#[test]
fn resize_compshare_disk() {
    assert_typed_is_raw(|s| {
        actions::ResizeCompShareDisk::new(s.text("UDiskId"), Gb(s.int("Size")))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .uhost_id(s.text("UHostId"))
    });
}
