//! `Pages` and `Items`: lists as streams.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    time::SystemTime,
    vec,
};

use compshare_proto::{self as proto, Error, Listing, Response};
use futures_core::Stream;

use crate::{Client, client::seed};

type Page<A> = Result<Response<<A as proto::Action>::Response>, Error>;
type Fetch<A> = Pin<Box<dyn Future<Output = (proto::machine::Pages<A>, Option<Page<A>>)> + Send>>;

/// A list page by page; made by [`Client::pages`].
///
/// A [`Stream`] that ends after the last page, or after the first error; [`Pages::next`] gets by
/// without a stream library.
#[must_use = "a list is not fetched until it is polled"]
pub struct Pages<A: Listing> {
    client: Client,
    state: State<A>,
}

enum State<A: Listing> {
    Idle(Box<proto::machine::Pages<A>>),
    Fetching(Fetch<A>),
    Over,
}

impl<A> Pages<A>
where
    A: Listing<Response: Send> + Send + 'static,
{
    pub(crate) fn new(client: Client, action: A) -> Self {
        let config = client.config().clone();
        let pages = proto::machine::Pages::new(config, action, SystemTime::now(), seed());
        Self { client, state: State::Idle(Box::new(pages)) }
    }

    /// The next page; `None` after the last one.
    pub async fn next(&mut self) -> Option<Page<A>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn fetch(&self, mut pages: proto::machine::Pages<A>) -> Fetch<A> {
        let client = self.client.clone();
        Box::pin(async move {
            let page = client.drive(&mut pages).await;
            (pages, page)
        })
    }
}

/// The state is only ever reached through `&mut`, and the future within is pinned by its box.
impl<A: Listing> Unpin for Pages<A> {}

impl<A> Stream for Pages<A>
where
    A: Listing<Response: Send> + Send + 'static,
{
    type Item = Page<A>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Page<A>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Over) {
                State::Over => return Poll::Ready(None),
                State::Idle(pages) => self.state = State::Fetching(self.fetch(*pages)),
                State::Fetching(mut fetch) => match fetch.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Fetching(fetch);
                        return Poll::Pending;
                    }
                    Poll::Ready((_, None)) => return Poll::Ready(None),
                    Poll::Ready((pages, page)) => {
                        self.state = State::Idle(Box::new(pages));
                        return Poll::Ready(page);
                    }
                },
            }
        }
    }
}

impl<A: Listing> fmt::Debug for Pages<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("client", &self.client).finish_non_exhaustive()
    }
}

/// A list row by row; made by [`Client::items`].
///
/// A [`Stream`] that ends after the last row, or after the first error; [`Items::next`] gets by
/// without a stream library.
#[must_use = "a list is not fetched until it is polled"]
pub struct Items<A: Listing> {
    pages: Pages<A>,
    rows: vec::IntoIter<A::Item>,
}

impl<A> Items<A>
where
    A: Listing<Response: Send> + Send + 'static,
{
    pub(crate) fn new(pages: Pages<A>) -> Self {
        Self { pages, rows: Vec::new().into_iter() }
    }

    /// The next row; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<A::Item, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<A: Listing> Unpin for Items<A> {}

impl<A> Stream for Items<A>
where
    A: Listing<Response: Send> + Send + 'static,
{
    type Item = Result<A::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(row) = self.rows.next() {
                return Poll::Ready(Some(Ok(row)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Ok(page)) => self.rows = A::items(page.into_body()).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

impl<A: Listing> fmt::Debug for Items<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}
