//! The tables, the classes, and what is not in them.

use super::*;

#[test]
fn every_code_is_known_once_and_found() {
    let codes: Vec<i64> = RetCode::known().map(|info| info.code).collect();
    assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
    assert!(codes.len() >= 283, "{}", codes.len());
    for code in codes {
        assert_eq!(RetCode::new(code).info().map(|info| info.code), Some(code));
    }
}

#[test]
fn each_table_is_sorted_and_of_one_product() {
    for table in table::TABLES {
        assert!(table.is_sorted_by(|a, b| a.code < b.code && a.product == b.product));
    }
}

#[test]
fn a_code_that_is_not_in_the_tables_stays_a_number() {
    for number in [999_999, 0, -1, 8007, i64::MAX, i64::MIN] {
        let code = RetCode::new(number);
        assert_eq!((code.number(), code.to_string()), (number, number.to_string()));
        assert_eq!((code.meaning(), code.advice(), code.product()), (None, None, None));
        assert_eq!((code.meaning_zh(), code.advice_zh(), code.class()), (None, None, None));
        assert_eq!(code.retry(), RetryScope::Never);
        assert!(predicates().iter().all(|(_, is)| !is(code)), "{code}");
    }
}

type Predicate = fn(RetCode) -> bool;

fn predicates() -> [(Class, Predicate); 11] {
    [
        (Class::Credentials, RetCode::is_credentials),
        (Class::Permission, RetCode::is_permission),
        (Class::Quota, RetCode::is_quota),
        (Class::Stock, RetCode::is_stock),
        (Class::Arrears, RetCode::is_arrears),
        (Class::Throttled, RetCode::is_throttled),
        (Class::Busy, RetCode::is_busy),
        (Class::NotFound, RetCode::is_not_found),
        (Class::InvalidParameter, RetCode::is_invalid_parameter),
        (Class::Service, RetCode::is_service),
        (Class::Timeout, RetCode::is_timeout),
    ]
}

#[test]
fn each_predicate_is_true_of_its_class_alone() {
    for info in RetCode::known() {
        for (class, is) in predicates() {
            assert_eq!(is(RetCode::new(info.code)), info.class == class, "{info:?}");
        }
    }
    for (class, _) in predicates() {
        assert!(RetCode::known().any(|info| info.class == class), "{class:?}");
    }
}

#[test]
fn codes_of_other_products_say_so() {
    assert_eq!(RetCode::new(8006).product(), Some("uhost"));
    assert_eq!(RetCode::new(17_041).product(), Some("udisk"));
    assert_eq!(RetCode::new(4207).product(), Some("unet"));
    // These two lie among the codes of UHost and UDisk, and are CompShare's own.
    assert_eq!(RetCode::new(8434).product(), None);
    assert_eq!(RetCode::new(17_001).product(), None);
    assert!(RetCode::new(8434).is_busy() && RetCode::new(17_001).is_quota());
}

#[test]
fn both_languages() {
    let code = RetCode::new(226_604);
    assert_eq!(code.meaning(), Some("The requested resources are out of stock."));
    assert_eq!(code.meaning_zh(), Some("当前资源不足。"));
    assert_eq!(code.advice_zh(), Some("请稍后重试，或更换可用区或 GPU 型号。"));
    for info in RetCode::known() {
        assert_eq!(info.advice.is_empty(), info.advice_zh.is_empty(), "{info:?}");
    }
}

#[test]
fn only_lookups_that_failed_are_repeated() {
    let repeated = |code| RetCode::new(code).retry();
    assert_eq!(repeated(8025), RetryScope::Idempotent); // a query failed, try again later
    assert_eq!(repeated(8033), RetryScope::Never); // a host could not be created, try again later
    assert_eq!(repeated(8434), RetryScope::Never); // a wait for the disk does that
    let known = RetCode::known().filter(|info| info.product.is_some());
    for info in known.filter(|info| info.retry != RetryScope::Never) {
        assert_eq!(info.retry, RetryScope::Idempotent, "{info:?}");
        assert!(matches!(info.class, Class::Service | Class::Timeout), "{info:?}");
    }
}

#[test]
fn a_message_can_say_more_than_its_code() {
    let unknown = RetCode::new(999_999);
    let message = "operation refused: InstanceOperationInProgress";
    assert_eq!(class_of(unknown, message), Some(Class::Busy));
    assert_eq!(class_of(unknown, "no"), None);
    assert_eq!(class_of(RetCode::new(171), "no"), Some(Class::Credentials));
}

/// Codes that programs have met in production, and what they met them on.
#[test]
fn the_codes_seen_in_production_are_known() {
    for code in [
        8017, 8107, 8314, 8333, 8357, 8433, 8442, 8443, 8445, 8903, 8905, 8964, 8968, 226_603,
        226_604,
    ] {
        assert!(RetCode::new(code).meaning().is_some(), "{code}");
    }
    let size = RetCode::new(226_603).meaning().unwrap();
    assert!(size.contains("GPU model") && size.contains("size"), "{size}");
}
