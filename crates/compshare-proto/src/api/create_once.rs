//! `CreateOnce`: the actions whose work can be found again, and where it is listed.

mod by_name;

use super::{
    action::{Action, Listing},
    marker::Marker,
};

/// An action that creates something and can carry a [`Marker`], which a listing shows again.
///
/// The spec says which actions do: [`ActionInfo::marker`](crate::metadata::ActionInfo::marker) has the parameter that
/// carries the marker, the listing that shows it, and the fields with ids. Their types implement this
/// trait. So does [`Raw`](crate::Raw); one that names any other action is refused before it is sent.
///
/// No other action takes a text that a paged listing returns. Where a name carries the marker, rename the
/// thing only after the call has ended.
pub trait CreateOnce: Action + Clone {
    /// The parameter that carries the marker; empty if the action has none.
    fn field(&self) -> &'static str {
        self.facts().info.marker.map_or("", |marker| marker.parameter)
    }

    /// The marker that the action has by itself, for one that creates things of a unique name.
    fn own_marker(&self) -> Option<Marker> {
        None
    }

    /// Appends the marker to the caller's text in [`Self::field`], unless it is the action's own.
    fn set_marker(&mut self, marker: &Marker);

    /// Gives `probe` the listing that shows what the action creates: same region, zone and project.
    /// `None` if there is no such listing.
    fn probe<P: Probe>(&self, probe: P) -> Option<P::Output>;

    /// The ids that a response names.
    fn created_ids(&self, response: &Self::Response) -> Vec<String>;
}

/// What takes the listing of an action that is created once, whatever the type of the listing.
///
/// [`SendOnce`](crate::machine::SendOnce) has one that walks the list for the marker.
pub trait Probe {
    /// What it makes of the listing.
    type Output;

    /// Takes the listing, the field of a row that shows the marker, and a function that returns the id of a
    /// row that carries it.
    fn list<L: Listing + Send + Sync + 'static>(
        self,
        listing: L,
        field: &'static str,
        found: fn(&L::Item, &Marker) -> Option<String>,
    ) -> Self::Output;
}
