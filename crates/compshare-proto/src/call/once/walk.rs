//! `Walk`: one walk through a list for a marker, whatever the type of the list.

use std::{
    fmt,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    time::{Duration, Instant, SystemTime},
};

use crate::{
    api::{action::Listing, create_once::Probe, marker::Marker},
    call::{
        machine::{Input, Machine, Output},
        pages::Pages,
    },
    config::Config,
    error::Error,
};

/// A page of the list: how many rows there are in all, and for each row its hash and, if it carries the
/// marker, its id.
pub(super) struct Page {
    pub(super) total: Option<u64>,
    pub(super) rows: Vec<(u64, Option<String>)>,
}

/// What `SendOnce` asks of the [`Pages`] of any listing.
pub(super) trait Walk: Send + Sync {
    fn step(&mut self, now: Instant, input: Input) -> Output<Option<Result<Page, Error>>>;

    /// Gives the next page no more time than that.
    fn limit(&mut self, time: Duration);

    /// Name of the listing.
    fn name(&self) -> &str;

    /// Whether the list is one that says how many rows it has.
    fn reports_total(&self) -> bool;

    /// Whether a row, its id or the field with the marker could not be read.
    fn hides(&self) -> bool;
}

/// Begins a walk.
pub(super) struct Begin<'a> {
    pub(super) config: Config,
    pub(super) system_time: SystemTime,
    pub(super) seed: u64,
    pub(super) marker: &'a Marker,
}

impl Probe for Begin<'_> {
    type Output = Box<dyn Walk>;

    fn list<L: Listing + Send + Sync + 'static>(
        self,
        listing: L,
        field: &'static str,
        found: fn(&L::Item, &Marker) -> Option<String>,
    ) -> Self::Output {
        let pages = Pages::new(self.config, listing, self.system_time, self.seed).needing(field);
        Box::new(Typed { pages, found, marker: self.marker.clone() })
    }
}

struct Typed<L: Listing> {
    pages: Pages<L>,
    found: fn(&L::Item, &Marker) -> Option<String>,
    marker: Marker,
}

impl<L: Listing + Send + Sync> Walk for Typed<L> {
    fn step(&mut self, now: Instant, input: Input) -> Output<Option<Result<Page, Error>>> {
        let page = match self.pages.step(now, input) {
            Output::Transmit { request, timeout } => return Output::Transmit { request, timeout },
            Output::Sleep(delay) => return Output::Sleep(delay),
            Output::End(None) => return Output::End(None),
            Output::End(Some(Err(error))) => return Output::End(Some(Err(error))),
            Output::End(Some(Ok(page))) => page,
        };
        let listing = self.pages.action();
        let rows = listing.rows(&page).iter();
        let rows = rows.map(|row| (hash(row), (self.found)(row, &self.marker))).collect();
        Output::End(Some(Ok(Page { total: listing.total(&page), rows })))
    }

    fn limit(&mut self, time: Duration) {
        self.pages.limit(time);
    }

    fn name(&self) -> &str {
        self.pages.name()
    }

    fn reports_total(&self) -> bool {
        self.pages.reports_total()
    }

    fn hides(&self) -> bool {
        self.pages.hides()
    }
}

/// A number that tells a row from others.
fn hash(row: &impl fmt::Debug) -> u64 {
    let mut hasher = DefaultHasher::new();
    format!("{row:?}").hash(&mut hasher);
    hasher.finish()
}
