//! `Pages`: a list walked page by page.

use std::time::{Instant, SystemTime};

use bytes::Bytes;

use crate::{
    Call, Config, DecodeError, Error, Listing, Response, Subject,
    error::Problem,
    machine::{Input, Machine, Output},
    response::RequestId,
};

/// The machine that walks a list: each run from `Start` ends with the next page, or `None` at the end.
///
/// The list is over after as many rows as the answer states in all, unless there prove to be more, and
/// after a page that is empty or the same as the one before. An error ends it too, which is what comes
/// after as many pages as [`Config::max_pages`] says if there are more. Rows that come or go
/// while it is walked may be met twice or missed, as the API has no cursor.
#[derive(Debug)]
pub struct Pages<A> {
    call: Call<A>,
    /// Where each part starts.
    start: u64,
    limit: u32,
    part: usize,
    parts: usize,
    offset: u64,
    /// Rows of this part so far.
    seen: u64,
    /// First and last row of the page before.
    last: Option<[String; 2]>,
    first: bool,
    over: bool,
    /// Pages that may still be asked for, and how many there may be in all.
    left: u32,
    most: u32,
}

impl<A: Listing> Pages<A> {
    /// Walks from the offset that the action sets, in pages of the size that it sets, else of the
    /// action's largest.
    ///
    /// `wall` and `seed` are those of [`Call::new`].
    pub fn new(config: Config, mut action: A, wall: SystemTime, seed: u64) -> Self {
        let size = action.info().page.map_or(20, |page| page.size);
        let start = action.offset().unwrap_or(0);
        let limit = action.limit().filter(|&limit| limit > 0).unwrap_or(size);
        let parts = action.parts();
        let most = config.page_limit();
        if parts > 1 {
            action.enter_part(0);
        }
        Self {
            call: Call::new(config, action, wall, seed),
            start,
            limit,
            part: 0,
            parts,
            offset: start,
            seen: 0,
            last: None,
            first: true,
            over: false,
            left: most,
            most,
        }
    }

    /// Gives the next page no more time than that.
    pub(crate) fn limit(&mut self, time: std::time::Duration) {
        self.call.limit(time);
    }

    /// Whether the list is one that says how many rows it has.
    pub(crate) fn states_total(&self) -> bool {
        self.call.action().info().page.is_some_and(|page| !page.total.is_empty())
    }

    /// Notes a page, and what comes next; `None` if it holds nothing new.
    fn note(&mut self, page: Response<A::Response>) -> Option<Response<A::Response>> {
        let rows = A::rows(&page);
        let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        self.seen = self.seen.saturating_add(count);
        self.offset = self.offset.saturating_add(count.min(u64::from(self.limit)));
        // A server that does not heed the offset would send the same rows for ever.
        let outer = rows.first().zip(rows.last());
        let outer = outer.map(|(first, last)| [format!("{first:?}"), format!("{last:?}")]);
        let is_new = outer.is_some() && outer != self.last;
        self.last = outer;
        // A total that is below what was seen is wrong, and says nothing of where the end is.
        let ends = match A::total(&page) {
            _ if !is_new => true,
            Some(total) => self.start.saturating_add(self.seen) == total,
            None => false,
        };
        if ends {
            self.leave_part();
        }
        let first = std::mem::replace(&mut self.first, false);
        (is_new || (first && self.over)).then_some(page)
    }

    /// The error of a list that has more pages than it may have.
    fn endless(&self) -> Error {
        let problem = Problem::Endless { pages: self.most };
        let (name, id) = (self.call.action().name(), RequestId::default());
        Error::Decode(DecodeError::new(name, String::new(), problem, id, Bytes::new()))
    }

    /// Goes on to the next part, if there is one.
    fn leave_part(&mut self) {
        self.part += 1;
        self.over = self.part >= self.parts;
        if !self.over {
            self.call.action_mut().enter_part(self.part);
            (self.offset, self.seen, self.last) = (self.start, 0, None);
        }
    }
}

impl<A: Listing> Machine for Pages<A> {
    type End = Option<Result<Response<A::Response>, Error>>;

    fn step(&mut self, now: Instant, input: Input) -> Output<Self::End> {
        if matches!(input, Input::Start) {
            if self.over {
                return Output::End(None);
            }
            let Some(left) = self.left.checked_sub(1) else {
                self.over = true;
                return Output::End(Some(Err(self.endless())));
            };
            self.left = left;
            let (offset, limit) = (self.offset, self.limit);
            self.call.action_mut().set_page(offset, limit);
        }
        match self.call.step(now, input) {
            Output::Transmit { request, timeout } => Output::Transmit { request, timeout },
            Output::Sleep(delay) => Output::Sleep(delay),
            Output::End(Ok(page)) => match self.note(page) {
                Some(page) => Output::End(Some(Ok(page))),
                None => self.step(now, Input::Start),
            },
            Output::End(Err(error)) => {
                self.over = true;
                Output::End(Some(Err(error)))
            }
        }
    }

    fn subject(&self) -> Option<Subject<'_>> {
        self.call.subject()
    }

    fn region(&self) -> Option<String> {
        self.call.region()
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use serde_json::json;

    use super::*;
    use crate::{
        Credentials,
        actions::{DescribeCompShareCustomImages, DescribeCompShareImages},
    };

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
    fn ends_at_an_empty_page_where_no_total_comes() {
        assert_eq!(walk(7, None, Some(5)), (vec![5, 2], vec![0, 5, 7]));
        assert_eq!(walk(5, None, Some(5)), (vec![5], vec![0, 5]));
    }

    #[test]
    fn a_total_that_the_rows_prove_wrong_hides_none() {
        assert_eq!(walk(12, Some(0), Some(5)), (vec![5, 5, 2], vec![0, 5, 10, 12]));
        assert_eq!(walk(12, Some(7), Some(5)), (vec![5, 5, 2], vec![0, 5, 10, 12]));
    }

    #[test]
    fn ends_at_an_empty_page_whatever_the_total_says() {
        assert_eq!(walk(10, Some(1_000), Some(5)), (vec![5, 5], vec![0, 5, 10]));
        assert_eq!(walk(0, Some(9), None), (vec![0], vec![0]));
    }

    #[test]
    fn ends_when_the_server_does_not_heed_the_offset() {
        let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
        let action = DescribeCompShareCustomImages::new().limit(1);
        let mut pages = Pages::new(config, action, SystemTime::UNIX_EPOCH, 0);
        let (now, mut sent, mut got) = (Instant::now(), 0, 0);
        let mut output = pages.step(now, Input::Start);
        loop {
            output = match output {
                Output::Transmit { .. } => {
                    sent += 1;
                    let same =
                        r#"{"RetCode":0,"TotalCount":9,"ImageSet":[{"CompShareImageId":"a"}]}"#;
                    let answer = http::Response::new(Bytes::from_static(same.as_bytes()));
                    pages.step(now, Input::Response(answer))
                }
                Output::End(Some(Ok(_))) => {
                    got += 1;
                    pages.step(now, Input::Start)
                }
                Output::End(None) => break,
                other => panic!("{other:?}"),
            };
        }
        assert_eq!((sent, got), (2, 1));
    }

    #[test]
    fn walks_the_lists_that_the_server_pages_one_by_one() {
        let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
        let mut pages =
            Pages::new(config, DescribeCompShareImages::new(), SystemTime::UNIX_EPOCH, 0);
        let (now, mut asked, mut got) = (Instant::now(), Vec::new(), Vec::new());
        let mut output = pages.step(now, Input::Start);
        loop {
            output = match output {
                Output::Transmit { request, .. } => {
                    let body = String::from_utf8(request.into_body().to_vec()).unwrap();
                    let of = |name: &str| body.split('&').find_map(|pair| pair.strip_prefix(name));
                    let kind = of("ImageType=").unwrap().to_owned();
                    let page = format!("{kind} {}", of("Offset=").unwrap());
                    let rows = match page.as_str() {
                        "System 0" => 100,
                        "System 100" | "Game 0" => 1,
                        _ => 0,
                    };
                    asked.push(page);
                    let ids: Vec<_> = (0..rows)
                        .map(|row| json!({ "CompShareImageId": format!("{kind}-{row}-{}", asked.len()) }))
                        .collect();
                    let total = if kind == "System" { 101 } else { rows };
                    let answer = json!({ "RetCode": 0, "TotalCount": total, "ImageSet": ids });
                    let body = Bytes::from(answer.to_string());
                    pages.step(now, Input::Response(http::Response::new(body)))
                }
                Output::End(Some(Ok(page))) => {
                    got.push(page.image_set.len());
                    pages.step(now, Input::Start)
                }
                Output::End(None) => break,
                other => panic!("{other:?}"),
            };
        }
        assert_eq!(asked, ["System 0", "System 100", "App 0", "Game 0", "Other 0"]);
        assert_eq!(got, [100, 1, 1]);
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
