//! What nearly every handler uses.

pub(super) use serde_json::{Value, json};

pub(super) use crate::{
    call::{Call, Outcome, Parameters, Refusal, merged, no_such, page, short},
    model::{
        Cfs, ChargeType, Disk, DiskKind, DiskStatus, Image, ImageGroup, ImageKind, ImageSoftware,
        ImageStatus, Instance, InstanceState, Placed as _, WithoutGpu,
    },
    state::{Handler, State},
};
