//! The objects of requests, with all that their setters set.

use compshare_proto::{
    Gb,
    types::{
        CreateImageSoftwares, InstanceDisk, PriceVolume, PublishImageSoftwares, SortCondition,
        TeamInvitee,
    },
};

use super::Sample;

pub(super) fn create_image_softwares(s: &Sample) -> CreateImageSoftwares {
    CreateImageSoftwares::new()
        .framework(s.text("Framework"))
        .framework_version(s.text("FrameworkVersion"))
        .cuda_version(s.text("CUDAVersion"))
        .applications(s.texts("Application"))
}

pub(super) fn instance_disk(s: &Sample) -> InstanceDisk {
    InstanceDisk::new(s.is("IsBoot"), s.text("Type"), Gb(s.int("Size")))
}

pub(super) fn price_volume(s: &Sample) -> PriceVolume {
    PriceVolume::new(s.text("Type"), Gb(s.int("Size")))
}

pub(super) fn publish_image_softwares(s: &Sample) -> PublishImageSoftwares {
    PublishImageSoftwares::new()
        .framework(s.text("Framework"))
        .framework_version(s.text("FrameworkVersion"))
        .cuda_version(s.text("CUDAVersion"))
        .applications(s.texts("Applications"))
}

pub(super) fn sort_condition(s: &Sample) -> SortCondition {
    SortCondition::new(s.text("Field")).asc(s.is("ASC"))
}

pub(super) fn team_invitee(s: &Sample) -> TeamInvitee {
    TeamInvitee::new(s.int("UserCompanyId")).remark_name(s.text("RemarkName"))
}
