//! `odd_value`: a response of a listing action with one value replaced by anything keeps all the others.
//!
//! The first bytes pick the action and the value, and the rest is what it is replaced by: JSON of any shape,
//! or text that is next to JSON, as servers were seen to send it.

#![allow(deprecated, reason = "actions that are dead in production are still here")]

use std::fmt::Debug;

use bytes::Bytes;
use compshare_proto::{
    Error, Listing, Raw,
    actions::{self, ACTIONS},
    metadata::{ActionInfo, PageInfo},
};
use http::Response;
use serde_json::{Value, json};

use super::{input::Input, samples};

/// Rows of a response.
const ROWS: usize = 3;

/// Stands for the odd value in a response that is about to be written.
const HERE: &str = "here is the odd value";

/// What is not JSON, or is JSON that no type holds.
const ODD: [&[u8]; 14] = [
    b"NaN",
    b"-Infinity",
    b"None",
    b"1e999",
    b"01.5",
    b"12345678901234567890123",
    b"-0",
    br#""\ud83d""#,
    br#""\ude00\ud83d""#,
    b"\"\xe4\xbd\"",
    b"\"\xff\xfe\"",
    b"\"\xc7\xa9\x95\x5c\"",
    b"\"a\nb\"",
    br#""\x""#,
];

/// One step from a value to one that it holds.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Key(String),
    Index(usize),
}

/// The way to every value within `value`, itself left out.
fn ways(value: &Value, way: &mut Vec<Step>, all: &mut Vec<Vec<Step>>) {
    let inner: Vec<(Step, &Value)> = match value {
        Value::Object(map) => {
            map.iter().map(|(key, value)| (Step::Key(key.clone()), value)).collect()
        }
        Value::Array(list) => {
            list.iter().enumerate().map(|(i, value)| (Step::Index(i), value)).collect()
        }
        _ => return,
    };
    for (step, value) in inner {
        way.push(step);
        all.push(way.clone());
        ways(value, way, all);
        way.pop();
    }
}

/// The value at the end of a way.
fn at<'a>(value: &'a mut Value, way: &[Step]) -> &'a mut Value {
    way.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::Index(index) => &mut value[*index],
    })
}

/// A response of rows that differ in their ids, at least.
fn response(info: &ActionInfo, page: PageInfo) -> Value {
    let mut response = samples::full_response(info);
    let row = response[page.items][0].clone();
    let rows = (0..ROWS).map(|index| {
        let mut row = row.clone();
        if !page.id.is_empty() {
            row[page.id] = json!(format!("id-{index}"));
        }
        row
    });
    response[page.items] = rows.collect();
    response
}

/// The fields of a value that is printed over several lines, each with all that is in it.
fn fields(value: &impl Debug) -> Vec<String> {
    let text = format!("{value:#?}");
    let mut fields: Vec<String> = Vec::new();
    for line in text.lines() {
        let inner = line.strip_prefix("    ").unwrap_or_default();
        match fields.last_mut() {
            Some(field) if inner.starts_with([' ', ')', ']', '}']) => field.push_str(line),
            _ => fields.push(line.to_owned()),
        }
    }
    fields
}

/// Decodes both responses as `A`, and compares all but what the way leads to.
fn typed<A: Listing>(
    action: &A,
    page: PageInfo,
    whole: &Response<Bytes>,
    odd: &Response<Bytes>,
    way: &[Step],
) {
    let whole = compshare_proto::decode(action, whole).expect("the whole response is read");
    assert!(whole.warnings().is_empty());
    let odd = match compshare_proto::decode(action, odd) {
        Ok(odd) => odd,
        Err(error) => {
            // Nobody can do without these.
            let needed = way.len() == 1
                && [page.items, "RetCode"].map(|key| Step::Key(key.to_owned())).contains(&way[0]);
            assert!(
                needed && matches!(error, Error::Decode(_) | Error::Api(_)),
                "{way:?}: {error:?}"
            );
            return;
        }
    };
    for warning in odd.warnings() {
        assert!(!warning.path().is_empty() && !warning.to_string().contains('\n'), "{warning}");
    }
    let rows = (action.rows(&whole), action.rows(&odd));
    let (differing, row) = match way {
        [Step::Key(list), Step::Index(row), rest @ ..] if list == page.items => {
            (!rest.is_empty(), Some(*row))
        }
        _ => (false, None),
    };
    if way[0] != Step::Key(page.items.to_owned()) {
        assert_eq!(format!("{:?}", rows.0), format!("{:?}", rows.1), "{way:?}");
        return;
    }
    let Some(row) = row else { return };
    // A row that is none is left out, and nothing else is.
    let mut kept = rows.1.iter();
    for (index, before) in rows.0.iter().enumerate() {
        if index != row {
            let after = kept.next().expect("a row is missing");
            assert_eq!(format!("{before:?}"), format!("{after:?}"), "{way:?}");
        } else if differing || rows.1.len() == rows.0.len() {
            let after = kept.next().expect("a row is missing");
            let (before, after) = (fields(before), fields(after));
            let changed = before.iter().filter(|field| !after.contains(field)).count();
            assert!(!differing || changed <= 1, "{way:?}: {before:?} {after:?}");
        }
    }
    assert!(kept.next().is_none(), "{way:?}: a row too many");
}

macro_rules! listings {
    ($($name:ident $new:expr;)*) => {
        fn check(name: &str, page: PageInfo, whole: &Response<Bytes>, odd: &Response<Bytes>, way: &[Step]) {
            match name {
                $(stringify!($name) => typed(&$new, page, whole, odd, way),)*
                _ => panic!("{name} is missing in the list of listing actions"),
            }
        }
    };
}

listings! {
    DescribeCommunityImages actions::DescribeCommunityImages::new();
    DescribeCompShareCustomImages actions::DescribeCompShareCustomImages::new();
    DescribeCompShareImages actions::DescribeCompShareImages::new();
    DescribeCompShareInstance actions::DescribeCompShareInstance::new();
    DescribeCompShareSharingImages actions::DescribeCompShareSharingImages::new();
    DescribeFavoriteImages actions::DescribeFavoriteImages::new();
    DescribeSelfCommunityImages actions::DescribeSelfCommunityImages::new();
    DescribeTeamMemberOrder actions::DescribeTeamMemberOrder::new(7, 0);
    DescribeTeamMemberUnpaidOrder actions::DescribeTeamMemberUnpaidOrder::new(7, 0);
    DescribeULHostImage actions::DescribeULHostImage::new();
    DescribeULHostInstance actions::DescribeULHostInstance::new();
    DescribeUserCommunityImages actions::DescribeUserCommunityImages::new();
    ListCompShareTeamOperateLog actions::ListCompShareTeamOperateLog::new(7);
}

/// Decodes the responses without a type, and compares all but what the way leads to.
fn raw(name: &str, whole: &Response<Bytes>, odd: &Response<Bytes>, way: &[Step]) {
    let raw = Raw::new(name);
    let mut whole =
        compshare_proto::decode(&raw, whole).expect("the whole response is read").into_body();
    match compshare_proto::decode(&raw, odd) {
        Ok(odd) => {
            let mut odd = odd.into_body();
            *at(&mut whole, way) = Value::Null;
            *at(&mut odd, way) = Value::Null;
            assert_eq!(odd, whole, "{way:?}");
        }
        Err(error) => assert!(way.len() == 1, "{way:?}: {error:?}"),
    }
}

/// Decodes a response with one value replaced.
pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let listings: Vec<_> = ACTIONS.iter().filter_map(|info| Some((*info, info.page?))).collect();
    let (info, page) = *input.pick(&listings);
    let whole = response(info, page);
    let mut all = Vec::new();
    ways(&whole, &mut Vec::new(), &mut all);
    let way = input.pick(&all).clone();
    let odd = if input.flag() {
        ODD[usize::from(input.byte()) % ODD.len()].to_vec()
    } else {
        input.value(4).to_string().into_bytes()
    };
    let mut with = whole.clone();
    *at(&mut with, &way) = json!(HERE);
    let text = with.to_string();
    let (before, after) = text.split_once(&format!("{HERE:?}")).expect("it is there");
    let body = [before.as_bytes(), &odd, after.as_bytes()].concat();
    let (whole, odd) =
        (Response::new(Bytes::from(whole.to_string())), Response::new(Bytes::from(body)));
    check(info.name, page, &whole, &odd, &way);
    raw(info.name, &whole, &odd, &way);
}
