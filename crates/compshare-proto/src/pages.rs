//! `Pages`: a list walked page by page.

use std::time::{Instant, SystemTime};

use crate::{
    Call, Config, Error, Listing, Response,
    machine::{Input, Machine, Output},
};

/// The machine that walks a list: each run from `Start` ends with the next page, or `None` at the end.
///
/// The list is over after a page that is empty, after as many rows as the answer states in all, or,
/// where it states none, after a page that is not full. An error ends it too.
#[derive(Debug)]
pub struct Pages<A> {
    call: Call<A>,
    offset: u64,
    limit: u32,
    seen: u64,
    first: bool,
    over: bool,
}

impl<A: Listing> Pages<A> {
    /// Walks from the offset that the action sets, in pages of the size that it sets, else of the
    /// action's largest.
    ///
    /// `wall` and `seed` are those of [`Call::new`].
    pub fn new(config: Config, action: A, wall: SystemTime, seed: u64) -> Self {
        let size = action.info().page.map_or(20, |page| page.size);
        Self {
            offset: action.offset().unwrap_or(0),
            limit: action.limit().filter(|&limit| limit > 0).unwrap_or(size),
            seen: 0,
            first: true,
            over: false,
            call: Call::new(config, action, wall, seed),
        }
    }

    /// Notes a page; `None` if it is the end rather than a page.
    fn note(&mut self, page: Response<A::Response>) -> Option<Response<A::Response>> {
        let rows = u64::try_from(A::count(&page)).unwrap_or(u64::MAX);
        let limit = u64::from(self.limit);
        self.seen = self.seen.saturating_add(rows);
        self.over = match A::total(&page) {
            _ if rows == 0 => true,
            Some(total) => self.seen >= total,
            None => rows < limit,
        };
        // Images of several types come in one page each, so a page may hold more than its limit.
        self.offset = self.offset.saturating_add(rows.min(limit));
        let first = std::mem::replace(&mut self.first, false);
        (first || rows > 0).then_some(page)
    }
}

impl<A: Listing> Machine for Pages<A> {
    type End = Option<Result<Response<A::Response>, Error>>;

    fn step(&mut self, now: Instant, input: Input) -> Output<Self::End> {
        if matches!(input, Input::Start) {
            if self.over {
                return Output::End(None);
            }
            let (offset, limit) = (self.offset, self.limit);
            self.call.action_mut().set_page(offset, limit);
        }
        match self.call.step(now, input) {
            Output::Transmit { request, timeout } => Output::Transmit { request, timeout },
            Output::Sleep(delay) => Output::Sleep(delay),
            Output::End(Ok(page)) => Output::End(self.note(page).map(Ok)),
            Output::End(Err(error)) => {
                self.over = true;
                Output::End(Some(Err(error)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use serde_json::json;

    use super::*;
    use crate::{Credentials, actions::DescribeCompShareCustomImages};

    /// Serves pages of a list of `rows` rows, which says that it has `total`; returns the sizes of the
    /// pages that came, and the offsets that were asked for.
    fn walk(rows: usize, total: Option<usize>, limit: Option<i64>) -> (Vec<usize>, Vec<usize>) {
        let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
        let mut action = DescribeCompShareCustomImages::new();
        action.limit = limit;
        let mut pages = Pages::new(config, action, SystemTime::UNIX_EPOCH, 0);
        let (mut sizes, mut offsets) = (Vec::new(), Vec::new());
        let now = Instant::now();
        let mut output = pages.step(now, Input::Start);
        loop {
            output = match output {
                Output::Transmit { request, .. } => {
                    let body = String::from_utf8(request.into_body().to_vec()).unwrap();
                    let number = |name: &str| -> usize {
                        let found = body.split('&').find_map(|pair| pair.strip_prefix(name));
                        found.unwrap().parse().unwrap()
                    };
                    let (offset, limit) = (number("Offset="), number("Limit="));
                    offsets.push(offset);
                    let ids: Vec<_> = (offset..rows.min(offset + limit))
                        .map(|row| json!({ "CompShareImageId": format!("image-{row}") }))
                        .collect();
                    let answer = json!({ "RetCode": 0, "TotalCount": total, "ImageSet": ids });
                    let body = Bytes::from(answer.to_string());
                    pages.step(now, Input::Response(http::Response::new(body)))
                }
                Output::End(Some(Ok(page))) => {
                    sizes.push(page.image_set.len());
                    assert!(sizes.len() < 50, "it does not end");
                    pages.step(now, Input::Start)
                }
                Output::End(None) => return (sizes, offsets),
                other => panic!("{other:?}"),
            };
        }
    }

    #[test]
    fn ends_when_the_total_is_reached() {
        assert_eq!(walk(250, Some(250), None), (vec![100, 100, 50], vec![0, 100, 200]));
        assert_eq!(walk(200, Some(200), None), (vec![100, 100], vec![0, 100]));
    }

    #[test]
    fn ends_at_a_short_page_where_no_total_comes() {
        assert_eq!(walk(7, None, Some(5)), (vec![5, 2], vec![0, 5]));
        assert_eq!(walk(5, None, Some(5)), (vec![5], vec![0, 5]));
    }

    #[test]
    fn ends_at_an_empty_page_whatever_the_total_says() {
        assert_eq!(walk(10, Some(1_000), Some(5)), (vec![5, 5], vec![0, 5, 10]));
        assert_eq!(walk(0, Some(9), None), (vec![0], vec![0]));
    }

    #[test]
    fn an_error_is_the_last_page() {
        let config = Config::new(Credentials::new("public", "private"));
        let action = DescribeCompShareCustomImages::new();
        let mut pages = Pages::new(config, action, SystemTime::UNIX_EPOCH, 0);
        let Output::End(Some(Err(error))) = pages.step(Instant::now(), Input::Start) else {
            panic!("no region, no call");
        };
        assert!(error.to_string().contains("Region is missing"), "{error}");
        assert!(matches!(pages.step(Instant::now(), Input::Start), Output::End(None)));
    }
}
