//! `Pages` and `Items`: lists as iterators.

use std::{fmt, iter::FusedIterator, vec};

use compshare_proto::{self as proto, Error, Listing, Response};

use crate::driver::Driver;

/// A list page by page; made by [`Client::pages`](crate::Client::pages).
///
/// It ends after the last page, or after the first error.
#[must_use = "a list is not fetched until it is iterated over"]
pub struct Pages<A> {
    pub(crate) driver: Driver,
    pub(crate) pages: proto::machine::Pages<A>,
}

impl<A: Listing> Iterator for Pages<A> {
    type Item = Result<Response<A::Response>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.driver.run(&mut self.pages, None)
    }
}

impl<A: Listing> FusedIterator for Pages<A> {}

impl<A: fmt::Debug> fmt::Debug for Pages<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("pages", &self.pages).finish_non_exhaustive()
    }
}

/// A list row by row; made by [`Client::items`](crate::Client::items).
///
/// It ends after the last row, or after the first error.
#[must_use = "a list is not fetched until it is iterated over"]
pub struct Items<A: Listing> {
    pages: Pages<A>,
    rows: vec::IntoIter<A::Item>,
}

impl<A: Listing> Items<A> {
    pub(crate) fn new(pages: Pages<A>) -> Self {
        Self { pages, rows: Vec::new().into_iter() }
    }
}

impl<A: Listing> Iterator for Items<A> {
    type Item = Result<A::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.rows.next() {
                return Some(Ok(row));
            }
            match self.pages.next()? {
                Ok(page) => {
                    let action = self.pages.pages.action();
                    self.rows = action.items(page.into_body()).into_iter();
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<A: Listing> FusedIterator for Items<A> {}

impl<A: Listing> fmt::Debug for Items<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}
