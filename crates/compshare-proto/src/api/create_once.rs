//! `CreateOnce`: actions whose result a listing shows, so that they can be created once.

mod by_name;

use super::{
    action::{Action, Listing},
    marker::Marker,
};

/// An action that creates something and carries a [`Marker`], by which a listing shows what was created.
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

    /// The action's own marker, if it creates things with a unique name.
    fn own_marker(&self) -> Option<Marker> {
        None
    }

    /// Appends the marker to the caller's text in [`Self::field`], unless it is the action's own.
    fn set_marker(&mut self, marker: &Marker);

    /// Passes the listing that shows what the action creates, in the same region, zone and project, to
    /// `probe`. Returns `None` if there is no such listing.
    fn probe<P: Probe>(&self, probe: P) -> Option<P::Output>;

    /// The ids that a response names.
    fn created_ids(&self, response: &Self::Response) -> Vec<String>;
}

/// A function that is generic over the listing of a [`CreateOnce`] action.
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
