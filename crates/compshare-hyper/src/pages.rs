//! `Pages` and `Items`: lists as streams.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

use compshare_proto::{self as proto, Action, Error, Listing, Response};
use futures_core::Stream;

use crate::driver::Driver;

type Page<A> = Result<Response<<A as Action>::Response>, Error>;
type Fetch<A> = Pin<Box<dyn Future<Output = (proto::machine::Pages<A>, Option<Page<A>>)> + Send>>;

/// A list page by page; made by [`Client::pages`](crate::Client::pages).
///
/// A [`Stream`] that ends after the last page, or after the first error. [`next`](Self::next),
/// [`take`](Self::take) and [`try_collect`](Self::try_collect) need no stream library.
#[must_use = "a list is not fetched until it is polled"]
pub struct Pages<A: Listing> {
    driver: Driver,
    state: State<A>,
    /// Pages that may still be yielded.
    left: usize,
}

enum State<A: Listing> {
    Idle(Box<proto::machine::Pages<A>>),
    Fetching(Fetch<A>),
    Over,
}

impl<A: Listing<Response: Send> + Send + 'static> Pages<A> {
    pub(crate) fn new(driver: Driver, pages: proto::machine::Pages<A>) -> Self {
        Self { driver, state: State::Idle(Box::new(pages)), left: usize::MAX }
    }

    /// Returns the next page, or `None` after the last one.
    pub async fn next(&mut self) -> Option<Page<A>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Ends the list after at most that many pages; the pages behind them are not fetched.
    pub fn take(mut self, pages: usize) -> Self {
        self.left = self.left.min(pages);
        self
    }

    /// Collects all pages.
    ///
    /// # Errors
    ///
    /// The error that ends the list; the pages before it are dropped.
    pub async fn try_collect<C: Default + Extend<Response<A::Response>>>(
        mut self,
    ) -> Result<C, Error> {
        let mut pages = C::default();
        while let Some(page) = self.next().await {
            pages.extend([page?]);
        }
        Ok(pages)
    }

    /// The rows of a page that the list has just returned.
    fn rows(&self, page: A::Response) -> Vec<A::Item> {
        match &self.state {
            State::Idle(pages) => pages.action().items(page),
            State::Fetching(_) | State::Over => Vec::new(),
        }
    }

    fn fetch(&self, mut pages: proto::machine::Pages<A>) -> Fetch<A> {
        let driver = self.driver.clone();
        Box::pin(async move {
            let page = driver.run(&mut pages, None).await;
            (pages, page)
        })
    }
}

/// The state is only ever reached through `&mut`, and the future within is pinned by its box.
impl<A: Listing> Unpin for Pages<A> {}

impl<A: Listing<Response: Send> + Send + 'static> Stream for Pages<A> {
    type Item = Page<A>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Page<A>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Over) {
                State::Over => return Poll::Ready(None),
                State::Idle(_) if self.left == 0 => return Poll::Ready(None),
                State::Idle(pages) => self.state = State::Fetching(self.fetch(*pages)),
                State::Fetching(mut fetch) => match fetch.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Fetching(fetch);
                        return Poll::Pending;
                    }
                    Poll::Ready((_, None)) => return Poll::Ready(None),
                    Poll::Ready((pages, page)) => {
                        self.state = State::Idle(Box::new(pages));
                        self.left = self.left.saturating_sub(1);
                        return Poll::Ready(page);
                    }
                },
            }
        }
    }
}

impl<A: Listing> fmt::Debug for Pages<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("left", &self.left).finish_non_exhaustive()
    }
}

/// A list row by row; made by [`Client::items`](crate::Client::items).
///
/// A [`Stream`] that ends after the last row, or after the first error. [`next`](Self::next),
/// [`take`](Self::take) and [`try_collect`](Self::try_collect) need no stream library.
///
/// ```
/// use bytes::Bytes;
/// use compshare_hyper::{
///     Client, Config, Credentials, actions::DescribeCompShareCustomImages, machine::Failure,
/// };
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let transport = |_: http::Request<Bytes>, _: Duration| async {
/// #     let body = r#"{"RetCode":0,"TotalCount":2,"ImageSet":[
/// #         {"CompShareImageId":"image-1"},{"CompShareImageId":"image-2"}]}"#;
/// #     Ok::<_, Failure>(http::Response::new(Bytes::from_static(body.as_bytes())))
/// # };
/// # let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
/// # let client = Client::builder(config).transport(transport).build()?;
/// let images: Vec<_> = client.items(DescribeCompShareCustomImages::new()).try_collect().await?;
/// assert_eq!(images.len(), 2);
///
/// let mut first = client.items(DescribeCompShareCustomImages::new()).take(1);
/// while let Some(image) = first.next().await {
///     assert_eq!(image?.compshare_image_id, "image-1");
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a list is not fetched until it is polled"]
pub struct Items<A: Listing> {
    pages: Pages<A>,
    rows: vec::IntoIter<A::Item>,
    /// Rows that may still be yielded.
    left: usize,
}

impl<A: Listing<Response: Send> + Send + 'static> Items<A> {
    pub(crate) fn new(pages: Pages<A>) -> Self {
        Self { pages, rows: Vec::new().into_iter(), left: usize::MAX }
    }

    /// Returns the next row, or `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<A::Item, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Ends the list after at most that many rows; the pages behind them are not fetched.
    pub fn take(mut self, rows: usize) -> Self {
        self.left = self.left.min(rows);
        self
    }

    /// Collects all rows.
    ///
    /// # Errors
    ///
    /// The error that ends the list; the rows before it are dropped.
    pub async fn try_collect<C: Default + Extend<A::Item>>(mut self) -> Result<C, Error> {
        let mut rows = C::default();
        while let Some(row) = self.next().await {
            rows.extend([row?]);
        }
        Ok(rows)
    }
}

impl<A: Listing> Unpin for Items<A> {}

impl<A: Listing<Response: Send> + Send + 'static> Stream for Items<A> {
    type Item = Result<A::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while self.left > 0 {
            if let Some(row) = self.rows.next() {
                self.left -= 1;
                return Poll::Ready(Some(Ok(row)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Ok(page)) => self.rows = self.pages.rows(page.into_body()).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            }
        }
        Poll::Ready(None)
    }
}

impl<A: Listing> fmt::Debug for Items<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}
