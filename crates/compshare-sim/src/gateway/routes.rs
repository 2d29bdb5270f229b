//! Which handler carries out which action.

use compshare_proto::metadata::{ActionInfo, BodyKind};

use crate::{
    call::Refusal,
    families::{disk, image, instance, misc, network, team, ulhost},
    state::Handler,
};

/// Actions of every family.
pub(super) const FAMILIES: &[&[(&str, Handler)]] = &[
    image::TABLE,
    instance::TABLE,
    disk::TABLE,
    misc::TABLE,
    network::TABLE,
    team::TABLE,
    ulhost::TABLE,
];

/// The `Action` of responses that is not the name of the action followed by `Response`.
const RESPONSE_NAMES: &[(&str, &str)] = &[
    ("AttachUS3", "AttachUS3"),
    ("DescribeSelfCommunityImages", "DescribeCommunityImagesResponse"),
];

/// The handler of an action; `None` for the one that returns a file.
pub(super) fn handler(info: &ActionInfo) -> Result<Option<Handler>, Refusal> {
    if info.body == BodyKind::Csv {
        return Ok(None);
    }
    let mut rows = FAMILIES.iter().flat_map(|family| family.iter());
    let row = rows.find(|(action, _)| *action == info.name);
    row.map(|(_, handler)| Some(*handler)).ok_or_else(|| Refusal::not_simulated(info))
}

/// The `Action` of the response to an action of that name, which may be no action at all.
pub(super) fn response_name(action: &str) -> String {
    let own = RESPONSE_NAMES.iter().find(|(name, _)| *name == action);
    own.map_or_else(|| format!("{}Response", crate::call::short(action)), |row| row.1.to_owned())
}
