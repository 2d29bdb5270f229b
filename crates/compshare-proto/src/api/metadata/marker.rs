//! `MarkerInfo`: how a created thing is found again.

use super::{ActionInfo, FieldInfo, Kind, Takes};

/// Which parameter of an action carries the marker, and which listing shows it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MarkerInfo {
    /// Parameter that carries the marker.
    pub parameter: &'static str,
    /// Separator between the caller's text and the marker; `None` if the caller's text is the marker, such as a
    /// unique name.
    pub separator: Option<&'static str>,
    /// Action that lists what is created.
    pub listing: &'static ActionInfo,
    /// Field of a row that shows the marker.
    pub field: &'static str,
    /// Field of a row that is its id.
    pub id: &'static str,
    /// Fields of the response with the ids of what was created, one or a list of them.
    pub ids: &'static [&'static str],
}

impl ActionInfo {
    /// Fields of the response with the ids of what was created; empty for an action without
    /// [`marker`](Self::marker).
    pub fn id_fields(&self) -> impl Iterator<Item = &'static FieldInfo> + use<> {
        let ids = self.marker.map_or(&[][..], |marker| marker.ids);
        let fields: &'static [FieldInfo] = self.response;
        ids.iter().filter_map(|id| fields.iter().find(|field| field.name == *id))
    }

    /// Whether it takes the parameter of that name, one of `Region`, `Zone` and `ProjectId`.
    pub(crate) fn takes(&self, place: &str) -> bool {
        let taken = match place {
            "Region" => self.region,
            "Zone" => self.zone,
            "ProjectId" => self.project_id,
            _ => Takes::Never,
        };
        taken != Takes::Never
    }
}

impl FieldInfo {
    /// Whether the value is a list.
    pub const fn is_list(&self) -> bool {
        matches!(self.kind, Kind::List(_))
    }

    /// The documented name, then the other names under which the field is seen.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}
