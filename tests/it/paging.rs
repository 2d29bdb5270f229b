//! Lists of 10,000 rows that change while they are walked, and servers that page wrongly: every walk
//! ends, after a number of requests that has a bound, and says so if rows are missing.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use compshare_blocking::Client;
use compshare_proto::{
    Error, Listing, Raw,
    actions::{
        DescribeCommunityImages, DescribeCompShareImages, DescribeCompShareInstance,
        DescribeTeamMemberOrder, DescribeULHostInstance,
    },
    machine::Failure,
};
use serde_json::{Map, Value, json};

use crate::{
    reference::{Pairs, parse_form},
    support::config,
};

mod incomplete;
mod moving;
mod wrong;

const ROWS: usize = 10_000;

/// More requests than any walk may take.
const TOO_MANY: usize = 2_000;

/// A server with one list; fields say what is wrong with it.
struct Server {
    rows: Vec<u64>,
    /// Id that the next new row gets.
    next: u64,
    /// Requests so far: offset and limit.
    asked: Vec<(usize, usize)>,
    /// Most rows that it gives, whatever is asked for.
    cap: usize,
    /// What it says of the total; `None` leaves it out.
    total: fn(&Self) -> Option<Value>,
    /// Whether each response has something of its own beside the rows.
    clock: bool,
    heeds_offset: bool,
    /// Pages whose list is null.
    null_pages: Vec<usize>,
    /// Rows that it leaves out of the pages that it has cut.
    hidden: fn(u64) -> bool,
    /// What happens to the rows after each page.
    change: fn(&mut Self),
    random: u64,
}

impl Server {
    fn new() -> Self {
        Self {
            rows: (0..ROWS as u64).collect(),
            next: ROWS as u64,
            asked: Vec::new(),
            cap: usize::MAX,
            total: |server| Some(json!(server.rows.len())),
            clock: false,
            heeds_offset: true,
            null_pages: Vec::new(),
            hidden: |_| false,
            change: |_| {},
            random: 42,
        }
    }

    /// A number below `end`, the same ones in every run (SplitMix64).
    fn random(&mut self, end: usize) -> usize {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end.max(1) as u64).unwrap()
    }

    fn insert(&mut self, at: usize) {
        self.rows.insert(at, self.next);
        self.next += 1;
    }

    /// One page of `items`, whose rows have their number as `id`; `total` is the name of the total.
    fn response(&mut self, form: &Pairs, total: &str, items: &str, id: &str) -> Value {
        let number = |name: &str| -> Option<usize> {
            form.iter().find(|(other, _)| other == name).map(|(_, value)| value.parse().unwrap())
        };
        let (offset, limit) = (number("Offset").unwrap(), number("Limit").unwrap());
        self.asked.push((offset, limit));
        assert!(self.asked.len() < TOO_MANY, "it does not end: {:?}", &self.asked[..20]);
        let offset = if self.heeds_offset { offset } else { 0 };
        let rows = self.rows.iter().skip(offset).take(limit.min(self.cap));
        let rows = rows.filter(|&&row| !(self.hidden)(row));
        let rows: Value = rows.map(|row| json!({ id: row.to_string() })).collect();
        let is_null = self.null_pages.contains(&self.asked.len());
        let mut response = Map::new();
        response.insert("RetCode".to_owned(), json!(0));
        response.insert(items.to_owned(), if is_null { Value::Null } else { rows });
        if let Some(count) = (self.total)(self) {
            response.insert(total.to_owned(), count);
        }
        if self.clock {
            response.insert("Now".to_owned(), json!(self.asked.len()));
        }
        (self.change)(self);
        Value::Object(response)
    }
}

/// How a listing action names its parts.
trait Names: Listing {
    const TOTAL: &'static str;
    const ITEMS: &'static str;
    const ID: &'static str;

    fn id(item: &Self::Item) -> u64;
}

macro_rules! names {
    ($action:ident: $total:literal $items:literal $id:literal $field:ident) => {
        impl Names for $action {
            const TOTAL: &'static str = $total;
            const ITEMS: &'static str = $items;
            const ID: &'static str = $id;

            fn id(item: &Self::Item) -> u64 {
                item.$field.parse().unwrap()
            }
        }
    };
}

names!(DescribeCompShareInstance: "TotalCount" "UHostSet" "UHostId" uhost_id);
names!(DescribeCommunityImages: "TotalCount" "CompshareImageGroup" "GroupId" group_id);
names!(DescribeTeamMemberOrder: "Total" "OrderInfos" "OrderNo" order_no);
// The response has no total.
names!(DescribeULHostInstance: "" "ULHostInstanceSets" "ULHostId" ulhost_id);

/// What a walk met.
struct Walk {
    ids: Vec<u64>,
    /// The error that it ended in: rows that came, and their total.
    end: Option<(u64, Option<u64>)>,
    asked: Vec<(usize, usize)>,
    /// Rows that the list has in the end.
    left: Vec<u64>,
}

impl Walk {
    fn requests(&self) -> usize {
        self.asked.len()
    }

    /// Asserts that each of the first rows was met, once, and that the walk knows it.
    fn assert_whole(&self) {
        assert_eq!(self.end, None);
        self.assert_met();
    }

    /// Asserts that each of the first rows was met, once.
    fn assert_met(&self) {
        assert_eq!(self.ids.len(), ROWS, "rows met, in {} requests", self.requests());
        assert_eq!(self.ids, (0..ROWS as u64).collect::<Vec<_>>());
    }
}

/// Walks the list of `server` row by row.
fn walk<A: Names>(server: Server, action: A) -> Walk {
    let server = Arc::new(Mutex::new(server));
    let shared = Arc::clone(&server);
    let transport = move |request: http::Request<Bytes>, _| {
        let form = parse_form(request.body());
        let response = shared.lock().unwrap().response(&form, A::TOTAL, A::ITEMS, A::ID);
        Ok::<_, Failure>(http::Response::new(Bytes::from(response.to_string())))
    };
    let client = Client::builder(config().zone("cn-wlcb-01")).transport(transport).build().unwrap();
    let mut items = client.items(action);
    let (mut ids, mut end) = (Vec::new(), None);
    for item in items.by_ref() {
        match item {
            Ok(item) => ids.push(<A as Names>::id(&item)),
            Err(Error::Decode(error)) => end = Some(error.rows().unwrap()),
            Err(error) => panic!("{error}"),
        }
    }
    let requests = server.lock().unwrap().asked.len();
    assert!(items.next().is_none() && items.next().is_none(), "the end is the end");
    let mut server = server.lock().unwrap();
    assert_eq!(server.asked.len(), requests, "nothing is sent after the end");
    Walk {
        ids,
        end,
        asked: std::mem::take(&mut server.asked),
        left: std::mem::take(&mut server.rows),
    }
}

#[test]
fn a_list_that_stands_still_is_met_whole() {
    let pages: Vec<_> = (0..100).map(|page| (100 * page, 100)).collect();
    let walks = [
        walk(Server::new(), DescribeCompShareInstance::new()),
        walk(Server::new(), DescribeCommunityImages::new()),
        walk(Server::new(), DescribeTeamMemberOrder::new(1001, 0)),
    ];
    for walk in walks {
        walk.assert_whole();
        assert_eq!(walk.asked, pages);
    }
    let walk = walk(Server::new(), DescribeULHostInstance::new());
    walk.assert_whole();
    assert_eq!(walk.requests(), 101, "without a total, only an empty page is the end");
}

#[test]
fn a_walk_starts_where_and_has_pages_of_the_size_that_it_is_told() {
    let action = || DescribeCompShareInstance::new().offset(9_950).limit(20);
    let found = walk(Server::new(), action());
    assert_eq!(found.ids, (9_950..10_000).collect::<Vec<_>>());
    assert_eq!(found.asked, [(9_950, 20), (9_970, 20), (9_990, 20)]);
    let beyond = walk(Server::new(), action().offset(20_000));
    assert_eq!((beyond.ids.len(), beyond.requests()), (0, 1));
}

#[test]
fn pages_have_what_rows_have() {
    let mut server = Server::new();
    let transport = {
        server.rows.truncate(250);
        let server = Mutex::new(server);
        move |request: http::Request<Bytes>, _| {
            let form = parse_form(request.body());
            let response =
                server.lock().unwrap().response(&form, "TotalCount", "UHostSet", "UHostId");
            Ok::<_, Failure>(http::Response::new(Bytes::from(response.to_string())))
        }
    };
    let client = Client::builder(config()).transport(transport).build().unwrap();
    let pages = client.pages(DescribeCompShareInstance::new());
    let sizes: Vec<_> = pages.map(|page| page.unwrap().uhost_set.len()).collect();
    assert_eq!(sizes, [100, 100, 50]);
}

/// The platform pages its images type by type.
#[test]
fn platform_images_are_walked_type_by_type() {
    let types = ["System", "App", "Game", "Other"];
    let transport = move |request: http::Request<Bytes>, _| {
        let form = parse_form(request.body());
        let kind = crate::reference::value(&form, "ImageType").to_owned();
        let number = |name| crate::reference::value(&form, name).parse::<usize>().unwrap();
        let (offset, limit) = (number("Offset"), number("Limit"));
        let rows = offset..2_500.min(offset + limit);
        let rows: Value =
            rows.map(|row| json!({ "CompShareImageId": format!("{kind}-{row}") })).collect();
        let response = json!({ "RetCode": 0, "TotalCount": 2_500, "ImageSet": rows });
        Ok::<_, Failure>(http::Response::new(Bytes::from(response.to_string())))
    };
    let client = Client::builder(config()).transport(transport).build().unwrap();
    let images = client.items(DescribeCompShareImages::new());
    let ids: Vec<_> = images.map(|image| image.unwrap().compshare_image_id).collect();
    let expected: Vec<_> =
        types.iter().flat_map(|kind| (0..2_500).map(move |row| format!("{kind}-{row}"))).collect();
    assert_eq!(ids, expected);
    let games = client.items(DescribeCompShareImages::new().image_type("Game"));
    assert_eq!(games.count(), 2_500);
}

/// The names and types that a response of an action by name may have are those of its type.
#[test]
fn an_action_by_name_is_paged_leniently() {
    let walk = |first: Value| {
        let transport = move |request: http::Request<Bytes>, _| {
            let form = parse_form(request.body());
            let is_first = crate::reference::value(&form, "Offset") == "0";
            let rest = json!({ "RetCode": 0, "ULHostInstanceSets": null });
            let response = if is_first { first.clone() } else { rest };
            Ok::<_, Failure>(http::Response::new(Bytes::from(response.to_string())))
        };
        let client = Client::builder(config()).transport(transport).build().unwrap();
        client.items(Raw::new("DescribeULHostInstance")).collect::<Vec<_>>()
    };
    let rows = json!([{ "ULHostId": "ulhost-a" }, { "ULHostId": "ulhost-a" }, { "ULHostId": "" }]);
    let found = walk(json!({ "RetCode": 0, "ULHostInstanceSets": rows }));
    assert_eq!(found.len(), 2, "a row with an id comes once: {found:?}");
    assert_eq!(found[0].as_ref().unwrap()["ULHostId"], "ulhost-a");

    for nothing in [Value::Null, json!(""), json!([])] {
        assert!(walk(json!({ "RetCode": 0, "ULHostInstanceSets": nothing })).is_empty());
    }
    assert!(walk(json!({ "RetCode": 0 })).is_empty());

    let wrong = walk(json!({ "RetCode": 0, "ULHostInstanceSets": { "0": {} } }));
    let text = "DescribeULHostInstance: ULHostInstanceSets cannot be read: expected a list";
    assert_eq!(wrong[0].as_ref().unwrap_err().to_string(), text);
    assert_eq!(wrong.len(), 1, "the error ends the list");
}
