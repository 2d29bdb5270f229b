//! `Pages`: a list walked page by page.

use std::{
    collections::BTreeSet,
    fmt::{self, Write as _},
    hash::{DefaultHasher, Hasher as _},
    time::{Instant, SystemTime},
};

use bytes::Bytes;

use crate::{
    api::action::Listing,
    call::{
        Call,
        machine::{Input, Machine, Output},
    },
    codec::response::Response,
    config::Config,
    error::{DecodeError, Error, Problem},
    value::request_id::RequestId,
};

/// Pages in a row without a new row after which the list ends.
const IDLE_PAGES: u32 = 10;

/// The machine that walks a list: each run from `Start` ends with the next page, or `None` at the end.
///
/// Each row comes once: a row whose [`id`](Listing::id) came on an earlier page is removed from its page.
/// If a page is shorter than requested, the next one starts behind the rows that came, so that none is
/// missed whether the server caps its pages or hides rows of them. If rows repeat or a page is empty, the
/// next one starts as many rows further as the largest page so far had, and twice as many with each further
/// page without a new row, up to the limit. Before any row has come, it starts behind the whole page. If
/// rows have no id, a page of several rows that equals the one before is left out.
///
/// The list ends after as many rows as the response states in total. If more come, or no total is stated,
/// it ends after an empty page. A page without a new row is skipped while the total says that there are
/// more, up to 10 such pages in a row. An empty list has one page, without rows.
///
/// After the last page comes an error if the list is incomplete: fewer rows came than the total says, or
/// the same rows came again and again. The error says how many rows came; all of them are in the pages
/// before it. A list whose total counts rows that the server does not show ends in that error each time.
/// The list stops at any other error. More than [`Config::max_pages`] pages is an error. The API has no
/// cursor, so rows that are added or removed during the walk may be missed.
#[derive(Debug)]
pub struct Pages<A> {
    call: Call<A>,
    /// Where each part starts.
    start: u64,
    limit: u32,
    part: usize,
    parts: usize,
    walk: Walk,
    /// Rows that came of the incomplete parts, and their total.
    missing: Option<(u64, Option<u64>)>,
    /// Field that the caller requires in each row, and whether a page lacks it, or a row.
    needed: Option<&'static str>,
    hides: bool,
    yielded: bool,
    over: bool,
    /// Pages that may still be requested, and how many there may be in total.
    left: u32,
    most: u32,
}

/// How far one part of a list has been walked.
#[derive(Debug, Default)]
struct Walk {
    offset: u64,
    /// Rows so far, each counted once.
    rows: u64,
    /// Hashes of their ids.
    ids: BTreeSet<u64>,
    /// The page before, in a list whose rows have no ids.
    last: Option<u64>,
    /// Most rows that a page had.
    largest: u64,
    /// The total of the first page, and of the latest one that has rows.
    totals: Option<(u64, u64)>,
    /// Pages in a row without a new row.
    idle: u32,
}

impl Walk {
    fn from(offset: u64) -> Self {
        Self { offset, ..Self::default() }
    }

    /// Removes from `rows` what came before; returns how many are left.
    fn keep_new<A: Listing>(&mut self, action: &A, rows: &mut Vec<A::Item>) -> u64 {
        // Different rows without ids may be equal. A page of several that equals the one before counts as
        // the same page; a single row proves too little.
        let lacks_ids = rows.len() > 1 && rows.iter().any(|row| action.id(row).is_none());
        let page = lacks_ids.then(|| hash(format_args!("{rows:?}")));
        let is_same = page.is_some() && page == self.last;
        self.last = page;
        rows.retain(|row| match action.id(row) {
            Some(id) => self.ids.insert(hash(id)),
            None => !is_same,
        });
        count(rows.len())
    }

    /// Notes a page of `came` rows, of which `new` are new; says whether it was the last.
    fn note(&mut self, start: u64, limit: u32, came: u64, new: u64, total: Option<u64>) -> bool {
        self.rows = self.rows.saturating_add(new);
        self.idle = if new == 0 { self.idle + 1 } else { 0 };
        self.largest = self.largest.max(came);
        if let Some(total) = total.filter(|_| came > 0 || self.totals.is_none()) {
            self.totals = Some((self.totals.map_or(total, |(first, _)| first), total));
        }
        let total = self.totals.map(|(_, latest)| latest);
        // Repeated rows are those behind the rows that a page hid: the server cuts a page out of all rows
        // and then hides some. If it hides too many, the total shows it.
        let hides = new < came && total.is_some();
        // Or new rows moved them, and the server caps its pages: then a step of the limit would skip rows,
        // and a step of a page does not.
        let step = if came > 0 && !hides {
            came
        } else if self.largest == 0 {
            u64::MAX
        } else {
            self.largest.saturating_mul(1 << self.idle.saturating_sub(1).min(IDLE_PAGES))
        };
        self.offset = self.offset.saturating_add(step.min(u64::from(limit)));
        let seen = start.saturating_add(self.rows);
        match total {
            Some(total) if seen == total => true,
            // A total below what was seen is wrong, and does not say where the end is.
            Some(total) if seen < total => {
                (new == 0 && self.offset >= total) || self.idle >= IDLE_PAGES
            }
            _ => came == 0 || self.idle >= IDLE_PAGES,
        }
    }

    /// The rows that came and their total, if there are more.
    fn missing(&self, start: u64) -> Option<(u64, Option<u64>)> {
        match self.totals {
            // Rows that were added or removed during the walk are not missing.
            Some((first, latest)) => {
                let total = first.min(latest).saturating_sub(start);
                (self.rows < total).then_some((self.rows, Some(total)))
            }
            None => (self.idle >= IDLE_PAGES).then_some((self.rows, None)),
        }
    }
}

fn hash(value: impl fmt::Display) -> u64 {
    let mut digest = Digest::default();
    let written = write!(digest, "{value}");
    debug_assert!(written.is_ok(), "writing to a hasher cannot fail");
    digest.0.finish()
}

/// Hashes what is written to it.
#[derive(Default)]
struct Digest(DefaultHasher);

impl fmt::Write for Digest {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write(text.as_bytes());
        Ok(())
    }
}

fn count(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}

impl<A: Listing> Pages<A> {
    /// Walks from the offset that the action sets, in pages of the size that it sets, else of the
    /// action's largest.
    ///
    /// `system_time` and `seed` are those of [`Call::new`].
    pub fn new(config: Config, mut action: A, system_time: SystemTime, seed: u64) -> Self {
        let size = action.facts().info.page.map_or(20, |page| page.size);
        let start = action.offset().unwrap_or(0);
        let limit = action.limit().filter(|&limit| limit > 0).unwrap_or(size);
        let parts = action.parts();
        let most = config.settings().max_pages;
        if parts > 1 {
            action.enter_part(0);
        }
        Self {
            call: Call::new(config, action, system_time, seed),
            start,
            limit,
            part: 0,
            parts,
            walk: Walk::from(start),
            missing: None,
            needed: None,
            hides: false,
            yielded: false,
            over: false,
            left: most,
            most,
        }
    }

    /// The action, which reads the rows of a page: [`Listing::items`].
    pub fn action(&self) -> &A {
        self.call.action()
    }

    /// Limits the time of the next page.
    pub(crate) fn limit(&mut self, time: std::time::Duration) {
        self.call.limit(time);
    }

    /// Whether the list reports how many rows it has.
    pub(crate) fn reports_total(&self) -> bool {
        self.call.action().facts().info.page.is_some_and(|page| !page.total.is_empty())
    }

    /// Also notes rows in which this field cannot be read.
    pub(crate) fn needing(mut self, field: &'static str) -> Self {
        self.needed = Some(field);
        self
    }

    /// Name of the listing.
    pub(crate) fn name(&self) -> &str {
        self.call.action().facts().name
    }

    /// Whether a row, its id or a field that is needed could not be read on a page so far.
    pub(crate) fn hides(&self) -> bool {
        self.hides
    }

    /// Notes a page, and what comes next; `None` if it holds nothing new.
    fn note(
        &mut self,
        mut page: Response<A::Response>,
    ) -> Result<Option<Response<A::Response>>, Error> {
        let action = self.call.action();
        let total = action.total(&page);
        let info = action.facts().info.page;
        if let Some(info) = info {
            self.hides |= page.may_hide(info.items, info.id, self.needed.as_slice());
        }
        let Some(rows) = action.rows_mut(page.body_mut()) else {
            let path = info.map_or("", |info| info.items).to_owned();
            let problem = Problem::Type { expected: "expected a list".to_owned() };
            return Err(self.wrong(path, problem));
        };
        let came = count(rows.len());
        let new = self.walk.keep_new(action, rows);
        if self.walk.note(self.start, self.limit, came, new, total) {
            self.leave_part();
        }
        // A list without rows still has one page, the last one.
        let is_shown = new > 0 || (self.over && !self.yielded);
        self.yielded |= is_shown;
        Ok(is_shown.then_some(page))
    }

    /// The error of an incomplete list.
    fn incomplete(&self, rows: u64, total: Option<u64>) -> Error {
        self.wrong(String::new(), Problem::Short { rows, total })
    }

    /// The error of a list with too many pages.
    fn endless(&self) -> Error {
        self.wrong(String::new(), Problem::Endless { pages: self.most })
    }

    fn wrong(&self, path: String, problem: Problem) -> Error {
        let (name, id) = (self.call.action().facts().name, RequestId::default());
        Error::Decode(DecodeError::new(name, path, problem, id, Bytes::new()))
    }

    /// Goes on to the next part, if there is one.
    fn leave_part(&mut self) {
        if let Some((rows, total)) = self.walk.missing(self.start) {
            let (rows_before, total_before) = self.missing.unwrap_or((0, Some(0)));
            let total = total.zip(total_before).map(|(total, before)| total.saturating_add(before));
            self.missing = Some((rows_before.saturating_add(rows), total));
        }
        self.part += 1;
        self.over = self.part >= self.parts;
        if !self.over {
            self.call.action_mut().enter_part(self.part);
            self.walk = Walk::from(self.start);
        }
    }
}

impl<A: Listing> Machine for Pages<A> {
    type End = Option<Result<Response<A::Response>, Error>>;

    fn step(&mut self, now: Instant, input: Input) -> Output<Self::End> {
        if matches!(input, Input::Start) {
            if self.over {
                let missing = self.missing.take();
                return Output::End(missing.map(|(rows, total)| Err(self.incomplete(rows, total))));
            }
            let Some(left) = self.left.checked_sub(1) else {
                (self.over, self.missing) = (true, None);
                return Output::End(Some(Err(self.endless())));
            };
            self.left = left;
            let (offset, limit) = (self.walk.offset, self.limit);
            self.call.action_mut().set_page(offset, limit);
        }
        match self.call.step(now, input) {
            Output::Transmit { request, timeout } => Output::Transmit { request, timeout },
            Output::Sleep(delay) => Output::Sleep(delay),
            Output::End(page) => match page.and_then(|page| self.note(page)) {
                Ok(Some(page)) => Output::End(Some(Ok(page))),
                Ok(None) => self.step(now, Input::Start),
                Err(error) => {
                    (self.over, self.missing) = (true, None);
                    Output::End(Some(Err(error)))
                }
            },
        }
    }
}

#[cfg(test)]
mod tests;
