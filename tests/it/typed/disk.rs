//! Every disk action with all that its setters set.

use compshare_proto::{Gb, actions};

typed!(AttachCompshareDisk, attach_compshare_disk, |s| {
    actions::AttachCompshareDisk::new(s.text("UHostId"), s.text("UDiskId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .data_disk_type(s.text("DataDiskType"))
        .enable_cross_pod_attach(s.text("EnableCrossPodAttach"))
});

typed!(AttachUS3, attach_us3, |s| {
    actions::AttachUS3::new(s.text("UHostId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(CreateAndAttachCompshareDisk, create_and_attach_compshare_disk, |s| {
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

typed!(CreateCFS, create_cfs, |s| {
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

typed!(DeleteCFS, delete_cfs, |s| {
    actions::DeleteCFS::new(s.text("CfsId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .recycle(s.is("Recycle"))
});

typed!(DeleteCompshareDisk, delete_compshare_disk, |s| {
    actions::DeleteCompshareDisk::new(s.text("UDiskId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .top_organization_id(s.int("TopOrganizationID"))
        .organization_id(s.int("OrganizationID"))
        .uhost_id(s.text("UHostId"))
});

typed!(DescribeCFS, describe_cfs, |s| {
    actions::DescribeCFS::new()
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .cfs_id(s.text("CfsId"))
});

typed!(DescribeCompshareDisk, describe_compshare_disk, |s| {
    actions::DescribeCompshareDisk::new().region(s.text("Region")).host_id(s.text("HostId"))
});

typed!(DetachCFS, detach_cfs, |s| {
    actions::DetachCFS::new(s.text("UHostId")).region(s.text("Region")).zone(s.text("Zone"))
});

typed!(DetachCompshareDisk, detach_compshare_disk, |s| {
    actions::DetachCompshareDisk::new(s.text("UHostId"), s.text("UDiskId"), s.text("Device"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(GetCompShareAttachedDiskUpgradePrice, get_compshare_attached_disk_upgrade_price, |s| {
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

typed!(GetCompShareCFSPrice, get_compshare_cfs_price, |s| {
    actions::GetCompShareCFSPrice::new(Gb(s.int("Size")), s.text("ChargeType"), s.int("Quantity"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(GetCompShareCFSRefundPrice, get_compshare_cfs_refund_price, |s| {
    actions::GetCompShareCFSRefundPrice::new(s.text("CFSId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(GetCompShareCFSUpgradePrice, get_compshare_cfs_upgrade_price, |s| {
    actions::GetCompShareCFSUpgradePrice::new(s.text("CfsId"), Gb(s.int("Size")))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(ResizeCFS, resize_cfs, |s| {
    actions::ResizeCFS::new(s.text("CfsId"), Gb(s.int("Size")))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .coupon_id(s.text("CouponId"))
});

typed!(ResizeCompShareDisk, resize_compshare_disk, |s| {
    actions::ResizeCompShareDisk::new(s.text("UDiskId"), Gb(s.int("Size")))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .uhost_id(s.text("UHostId"))
});
