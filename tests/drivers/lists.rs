//! Lists by page and by row, on both clients.

use compshare_proto::{
    Raw,
    actions::{DescribeCommunityImages, DescribeCompShareImages},
    types::ImageType,
};
use compshare_sim::Fault;

use crate::adapter::each;

#[test]
fn every_row_comes_once_whatever_the_page_size() {
    each(|sim, adapter| {
        let total = sim.with_gateway(|gateway| {
            let platform = |kind: &compshare_sim::ImageKind| {
                !matches!(
                    kind,
                    compshare_sim::ImageKind::Custom | compshare_sim::ImageKind::Community
                )
            };
            gateway.images().iter().filter(|image| platform(&image.kind)).count()
        });
        assert!(total > 40, "{total}");
        for limit in [3, 7, 100] {
            let (rows, failed) = adapter.rows(DescribeCompShareImages::new().limit(limit));
            assert!(failed.is_none(), "{failed:?}");
            let mut ids: Vec<_> = rows.into_iter().map(|row| row.compshare_image_id).collect();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), total, "limit {limit}");
        }
    });
}

#[test]
fn pages_have_the_size_that_was_asked_for() {
    each(|_, adapter| {
        let system = || DescribeCompShareImages::new().image_type(ImageType::System);
        let all: usize = adapter.page_sizes(system()).iter().sum();
        let sizes = adapter.page_sizes(system().limit(5));
        assert_eq!(sizes.iter().sum::<usize>(), all);
        assert!(sizes.split_last().unwrap().1.iter().all(|&size| size == 5), "{sizes:?}");
        let (rows, _) = adapter.rows(system().limit(5).offset(all as i64 - 2));
        assert_eq!(rows.len(), 2);
    });
}

#[test]
fn an_error_ends_the_list_and_comes_with_it() {
    each(|sim, adapter| {
        for fault in [Fault::RespondThenClose, Fault::ret_code(299, "No permission")] {
            sim.fault(fault);
        }
        let (rows, failed) = adapter.rows(DescribeCommunityImages::new().limit(2));
        assert_eq!(rows.len(), 2);
        assert_eq!(failed.unwrap().ret_code().unwrap().number(), 299);
    });
}

#[test]
fn an_action_by_name_lists_the_same_rows_as_its_type() {
    each(|_, adapter| {
        let (typed, _) = adapter.rows(DescribeCompShareImages::new().limit(7));
        let (named, failed) = adapter.rows(Raw::new("DescribeCompShareImages").param("Limit", 7));
        assert!(failed.is_none(), "{failed:?}");
        let named: Vec<_> = named.iter().map(|row| row["CompShareImageId"].clone()).collect();
        let typed: Vec<_> = typed.into_iter().map(|row| row.compshare_image_id).collect();
        assert_eq!(named, typed);

        let system = || Raw::new("DescribeCompShareImages").param("ImageType", "System");
        let sizes = adapter.page_sizes(system().param("Limit", "5").param("Offset", 1));
        let (all, _) = adapter.rows(system());
        assert_eq!(sizes.iter().sum::<usize>(), all.len() - 1);
        assert!(sizes.split_last().unwrap().1.iter().all(|&size| size == 5), "{sizes:?}");
    });
}

#[test]
fn an_action_that_is_not_paged_is_refused() {
    each(|sim, adapter| {
        for name in ["UpdateCompShareImage", "DescribeSomethingNew"] {
            let (rows, failed) = adapter.rows(Raw::new(name));
            assert!(rows.is_empty());
            let reason = "Action is not known to return a paged list; send it instead";
            assert_eq!(failed.unwrap().to_string(), format!("{name} was not sent: {reason}"));
        }
        assert!(sim.requests().is_empty());
    });
}
