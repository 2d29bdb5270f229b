//! `CreateOnce`: the actions whose work can be found again, and where to look for it.

use super::{
    action::{Action, Listing},
    actions::{
        CreateCompShareCustomImage, CreateCompShareInstance, CreateULHostInstance,
        DescribeCompShareCustomImages, DescribeCompShareInstance, DescribeULHostInstance,
    },
    marker::Marker,
    types::{CompShareImage, CompShareInstanceSet, ULHostInstanceSet},
};

/// An action that creates something and can carry a [`Marker`], which a listing shows again.
///
/// | action | the marker | looked for in |
/// | --- | --- | --- |
/// | [`CreateCompShareInstance`] | is put behind `Remark`, after a space | [`DescribeCompShareInstance`] |
/// | [`CreateULHostInstance`] | is put behind `Name`, after a comma | [`DescribeULHostInstance`] |
/// | [`CreateCompShareCustomImage`] | is the `Name`, which no other image of the account can have | [`DescribeCompShareCustomImages`] |
///
/// No other action is known to take a text that a paged listing gives back. Where a name carries the
/// marker, the name is a longer one from then on; rename it when the call has ended, not before.
pub trait CreateOnce: Action + Clone {
    /// What lists the things that the action creates.
    type List: Listing;

    /// The parameter that carries the marker.
    const FIELD: &'static str;

    /// The marker that the action has by itself, for one that creates things of a unique name.
    fn own_marker(&self) -> Option<Marker> {
        None
    }

    /// Puts the marker behind what the caller wrote into [`Self::FIELD`], unless it is the action's own.
    fn set_marker(&mut self, marker: &Marker);

    /// The listing that would show what the action creates: same region, zone and project.
    fn list(&self) -> Self::List;

    /// The id of a row that carries the marker.
    fn id_if_marked(row: &<Self::List as Listing>::Item, marker: &Marker) -> Option<String>;

    /// The ids that an answer names.
    fn created_ids(response: &Self::Response) -> Vec<String>;
}

impl CreateOnce for CreateCompShareInstance {
    type List = DescribeCompShareInstance;
    const FIELD: &'static str = "Remark";

    fn set_marker(&mut self, marker: &Marker) {
        let text = self.remark.take().unwrap_or_default();
        self.remark = Some(marker.behind(&text, " "));
    }

    fn list(&self) -> Self::List {
        let mut look = DescribeCompShareInstance::new();
        look.region.clone_from(&self.region);
        look.zone.clone_from(&self.zone);
        look.project_id.clone_from(&self.project_id);
        look
    }

    fn id_if_marked(row: &CompShareInstanceSet, marker: &Marker) -> Option<String> {
        marker.is_in(&row.remark).then(|| row.uhost_id.clone())
    }

    fn created_ids(response: &Self::Response) -> Vec<String> {
        response.uhost_ids.clone()
    }
}

impl CreateOnce for CreateCompShareCustomImage {
    type List = DescribeCompShareCustomImages;
    const FIELD: &'static str = "Name";

    fn own_marker(&self) -> Option<Marker> {
        Some(Marker::whole(&self.name))
    }

    fn set_marker(&mut self, _: &Marker) {}

    fn list(&self) -> Self::List {
        let mut look = DescribeCompShareCustomImages::new();
        look.region.clone_from(&self.region);
        look.zone.clone_from(&self.zone);
        look.project_id.clone_from(&self.project_id);
        look
    }

    fn id_if_marked(row: &CompShareImage, marker: &Marker) -> Option<String> {
        marker.is_in(&row.name).then(|| row.compshare_image_id.clone())
    }

    fn created_ids(response: &Self::Response) -> Vec<String> {
        named(&response.compshare_image_id)
    }
}

impl CreateOnce for CreateULHostInstance {
    type List = DescribeULHostInstance;
    const FIELD: &'static str = "Name";

    fn set_marker(&mut self, marker: &Marker) {
        let text = self.name.take().unwrap_or_default();
        self.name = Some(marker.behind(&text, ","));
    }

    fn list(&self) -> Self::List {
        let mut look = DescribeULHostInstance::new();
        look.region.clone_from(&self.region);
        look.project_id.clone_from(&self.project_id);
        look
    }

    fn id_if_marked(row: &ULHostInstanceSet, marker: &Marker) -> Option<String> {
        marker.is_in(&row.name).then(|| row.ulhost_id.clone())
    }

    fn created_ids(response: &Self::Response) -> Vec<String> {
        named(&response.ulhost_id)
    }
}

/// An id, unless it is empty.
fn named(id: &str) -> Vec<String> {
    if id.is_empty() { Vec::new() } else { vec![id.to_owned()] }
}
