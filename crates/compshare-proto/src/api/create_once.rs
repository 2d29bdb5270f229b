//! `Markable`: the actions whose work can be found again, and where to look for it.

use super::{
    action::{Action, Listing},
    actions::{
        CreateCompShareCustomImage, CreateCompShareInstance, CreateULHostInstance,
        DescribeCompShareCustomImages, DescribeCompShareInstance, DescribeULHostInstance,
    },
    marker::Mark,
    types::{CompShareImage, CompShareInstanceSet, ULHostInstanceSet},
};

/// An action that creates something and can carry a [`Mark`], which a listing shows again.
///
/// | action | the mark | looked for in |
/// | --- | --- | --- |
/// | [`CreateCompShareInstance`] | is put behind `Remark`, after a space | [`DescribeCompShareInstance`] |
/// | [`CreateULHostInstance`] | is put behind `Name`, after a comma | [`DescribeULHostInstance`] |
/// | [`CreateCompShareCustomImage`] | is the `Name`, which no other image of the account can have | [`DescribeCompShareCustomImages`] |
///
/// No other action is known to take a text that a paged listing gives back. Where a name carries the
/// mark, the name is a longer one from then on; rename it when the call has ended, not before.
pub trait Markable: Action + Clone {
    /// What lists the things that the action creates.
    type Look: Listing;

    /// The parameter that carries the mark.
    const FIELD: &'static str;

    /// The mark that the action has by itself, for one that creates things of a unique name.
    fn own_mark(&self) -> Option<Mark> {
        None
    }

    /// Puts the mark behind what the caller wrote into [`Self::FIELD`], unless it is the action's own.
    fn put(&mut self, mark: &Mark);

    /// The listing that would show what the action creates: same region, zone and project.
    fn look(&self) -> Self::Look;

    /// The id of a row that carries the mark.
    fn found(row: &<Self::Look as Listing>::Item, mark: &Mark) -> Option<String>;

    /// The ids that an answer names.
    fn ids(response: &Self::Response) -> Vec<String>;
}

impl Markable for CreateCompShareInstance {
    type Look = DescribeCompShareInstance;
    const FIELD: &'static str = "Remark";

    fn put(&mut self, mark: &Mark) {
        let text = self.remark.take().unwrap_or_default();
        self.remark = Some(mark.behind(&text, " "));
    }

    fn look(&self) -> Self::Look {
        let mut look = DescribeCompShareInstance::new();
        look.region.clone_from(&self.region);
        look.zone.clone_from(&self.zone);
        look.project_id.clone_from(&self.project_id);
        look
    }

    fn found(row: &CompShareInstanceSet, mark: &Mark) -> Option<String> {
        mark.is_in(&row.remark).then(|| row.uhost_id.clone())
    }

    fn ids(response: &Self::Response) -> Vec<String> {
        response.uhost_ids.clone()
    }
}

impl Markable for CreateCompShareCustomImage {
    type Look = DescribeCompShareCustomImages;
    const FIELD: &'static str = "Name";

    fn own_mark(&self) -> Option<Mark> {
        Some(Mark::whole(&self.name))
    }

    fn put(&mut self, _: &Mark) {}

    fn look(&self) -> Self::Look {
        let mut look = DescribeCompShareCustomImages::new();
        look.region.clone_from(&self.region);
        look.zone.clone_from(&self.zone);
        look.project_id.clone_from(&self.project_id);
        look
    }

    fn found(row: &CompShareImage, mark: &Mark) -> Option<String> {
        mark.is_in(&row.name).then(|| row.compshare_image_id.clone())
    }

    fn ids(response: &Self::Response) -> Vec<String> {
        named(&response.compshare_image_id)
    }
}

impl Markable for CreateULHostInstance {
    type Look = DescribeULHostInstance;
    const FIELD: &'static str = "Name";

    fn put(&mut self, mark: &Mark) {
        let text = self.name.take().unwrap_or_default();
        self.name = Some(mark.behind(&text, ","));
    }

    fn look(&self) -> Self::Look {
        let mut look = DescribeULHostInstance::new();
        look.region.clone_from(&self.region);
        look.project_id.clone_from(&self.project_id);
        look
    }

    fn found(row: &ULHostInstanceSet, mark: &Mark) -> Option<String> {
        mark.is_in(&row.name).then(|| row.ulhost_id.clone())
    }

    fn ids(response: &Self::Response) -> Vec<String> {
        named(&response.ulhost_id)
    }
}

/// An id, unless it is empty.
fn named(id: &str) -> Vec<String> {
    if id.is_empty() { Vec::new() } else { vec![id.to_owned()] }
}
