//! Rows that come and go between pages. The API has no cursor: a row may be missed or met twice.

use std::collections::BTreeSet;

use super::{
    DescribeCommunityImages, DescribeCompShareInstance, DescribeTeamMemberOrder,
    DescribeULHostInstance, ROWS, Server, Walk, walk,
};

/// Pages that 10,000 rows make, and some for what comes while they are walked.
const BOUND: usize = 100 + 100;

fn all(change: fn(&mut Server)) -> [Walk; 4] {
    let server = || Server { change, ..Server::new() };
    [
        walk(server(), DescribeCompShareInstance::new()),
        walk(server(), DescribeCommunityImages::new()),
        walk(server(), DescribeTeamMemberOrder::new(1001, 0)),
        walk(server(), DescribeULHostInstance::new()),
    ]
}

/// Rows that were there from the first page to the last.
fn lasting(walk: &Walk) -> BTreeSet<u64> {
    walk.left.iter().copied().filter(|&row| row < ROWS as u64).collect()
}

/// How many of them were not met.
fn missed(walk: &Walk) -> usize {
    let met: BTreeSet<_> = walk.ids.iter().copied().collect();
    lasting(walk).difference(&met).count()
}

#[test]
fn rows_that_come_and_go_anywhere() {
    let change = |server: &mut Server| {
        for _ in 0..server.random(20) {
            let at = server.random(server.rows.len() + 1);
            server.insert(at);
        }
        for _ in 0..server.random(20) {
            let at = server.random(server.rows.len());
            server.rows.remove(at);
        }
    };
    for walk in all(change) {
        assert!(walk.requests() <= BOUND, "{}", walk.requests());
        // A row that goes hides one that lasts, at most.
        let gone = ROWS - lasting(&walk).len();
        assert!(gone > 100, "the list moves");
        assert!(missed(&walk) <= gone, "{} of {gone}", missed(&walk));
        assert!(walk.ids.len() > ROWS - 2 * gone);
    }
}

#[test]
fn rows_that_come_at_the_end_are_met_and_nothing_is_missed_or_met_twice() {
    let change = |server: &mut Server| {
        for _ in 0..server.random(50) {
            server.insert(server.rows.len());
        }
    };
    for walk in all(change) {
        assert!(walk.requests() <= BOUND, "{}", walk.requests());
        let distinct: BTreeSet<_> = walk.ids.iter().collect();
        assert_eq!(distinct.len(), walk.ids.len());
        assert_eq!(missed(&walk), 0);
        assert!(walk.ids.len() > ROWS);
    }
}

#[test]
fn rows_that_come_in_front_push_others_into_the_next_page_and_none_is_missed() {
    let change = |server: &mut Server| {
        for _ in 0..40 {
            server.insert(0);
        }
    };
    for walk in all(change) {
        assert!(walk.requests() <= BOUND, "{}", walk.requests());
        assert_eq!(missed(&walk), 0);
    }
}

/// As when what is listed is deleted on the way.
#[test]
fn rows_that_are_deleted_as_they_are_met_hide_others_and_the_walk_ends() {
    let change = |server: &mut Server| drop(server.rows.drain(..100.min(server.rows.len())));
    for walk in all(change) {
        assert!(walk.requests() <= 102, "{}", walk.requests());
        assert_eq!(walk.ids.len(), ROWS / 2, "every second page has moved to the front");
    }
}

#[test]
fn a_list_that_is_emptied_ends_and_is_incomplete() {
    let change = |server: &mut Server| {
        if server.asked.len() == 3 {
            server.rows.clear();
        }
    };
    let walks = all(change);
    for walk in &walks {
        assert_eq!(walk.ids.len(), 300);
        assert!(walk.requests() <= 13, "{}", walk.requests());
    }
    assert_eq!(walks[0].end, Some((300, Some(ROWS as u64))));
    assert_eq!(walks[3].end, None, "it states no total");
}

#[test]
fn a_list_whose_order_changes_with_every_page_ends() {
    let change = |server: &mut Server| {
        let middle = server.random(server.rows.len());
        server.rows.rotate_left(middle);
    };
    for walk in all(change) {
        assert!(walk.requests() <= 101, "{}", walk.requests());
        let distinct: BTreeSet<_> = walk.ids.iter().collect();
        assert_eq!(distinct.len(), walk.ids.len(), "no row comes twice");
        let rows = distinct.len() as u64;
        assert!(walk.end.is_none_or(|end| end == (rows, Some(ROWS as u64))), "{:?}", walk.end);
    }
}

/// The row that comes in front pushes one into the next page, which then looks as if rows were hidden.
#[test]
fn a_row_that_comes_in_front_hides_none_on_a_server_that_caps_its_pages() {
    for cap in [1, 2, 20, 99] {
        let change = |server: &mut Server| {
            if server.asked.len() == 1 {
                server.insert(0);
            }
        };
        let server =
            Server { rows: (0..200).collect(), next: 20_000, cap, change, ..Server::new() };
        let walk = walk(server, DescribeCompShareInstance::new());
        assert_eq!(walk.ids, (0..200).collect::<Vec<_>>(), "cap {cap}");
        assert_eq!(walk.end, None, "cap {cap}");
        assert!(walk.requests() <= 200_usize.div_ceil(cap) + 2, "{}", walk.requests());
    }
}

#[test]
fn rows_that_are_hidden_hide_no_others_on_a_server_that_caps_its_pages() {
    let server =
        Server { rows: (0..500).collect(), cap: 20, hidden: |row| row % 7 == 3, ..Server::new() };
    let walk = walk(server, DescribeCompShareInstance::new());
    let shown: Vec<u64> = (0..500).filter(|row| row % 7 != 3).collect();
    assert_eq!(walk.end, Some((shown.len() as u64, Some(500))));
    assert_eq!(walk.ids, shown);
}
