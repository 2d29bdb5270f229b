//! Calls that succeed in part: what they say, and that nothing which failed counts as a success.

use std::time::{Instant, SystemTime};

use compshare_proto::{
    Action, Delivery, Error, Fen, PartialFailure, Raw, RetCode,
    actions::{
        ACTIONS, CreateCompShareTeamRelation, GetCompShareRefundPrice,
        ModifyCompShareImageShareAccount, SetCompShareTeamAmount, SetCompShareTeamAmountRequired,
        SwitchCompShareEIPShareBandwidth,
    },
    decode,
    error::IncompleteError,
    machine::{Call, Input, Machine as _, Output},
    metadata::Encoding,
    partial::ItemFailure,
    types::TeamInvitee,
};
use serde_json::json;

use crate::{
    reference::parse_form,
    support::{body, config, response, said},
};

fn share() -> ModifyCompShareImageShareAccount {
    ModifyCompShareImageShareAccount::new("compshareImage-xxxx").add_accounts([50001, 50002])
}

fn invite() -> CreateCompShareTeamRelation {
    CreateCompShareTeamRelation::new(1001, [TeamInvitee::new(50001)])
}

fn amount() -> SetCompShareTeamAmount {
    SetCompShareTeamAmount::new(SetCompShareTeamAmountRequired {
        team_id: 1001,
        virtual_company_id: vec![60001],
        amount: Fen(100),
        operate_type: "Increase".into(),
    })
}

fn switch() -> SwitchCompShareEIPShareBandwidth {
    SwitchCompShareEIPShareBandwidth::new(["uhost-1", "uhost-2"], "Company")
}

fn refund() -> GetCompShareRefundPrice {
    GetCompShareRefundPrice::new(["uhost-1", "uhost-2"])
}

fn incomplete<A: Action>(action: &A, fields: &str) -> IncompleteError {
    let body = format!("{{\"RetCode\":0,{fields}}}");
    match decode(action, &response(body.clone())).map(drop) {
        Err(Error::Incomplete(error)) => error,
        other => panic!("{body}: {other:?}"),
    }
}

/// Asserts the text of the error without its frame, and that the response is there for those who allow it.
fn assert_fails<A>(action: &A, fields: &str, expected: &[(&str, Option<i64>, &str)], text: &str)
where
    A: Action + Clone,
    A::Response: PartialFailure + PartialEq + std::fmt::Debug,
{
    let error = incomplete(action, fields);
    let whole = format!("{} did not succeed for {text} (request 6f1c)", A::INFO.name);
    assert_eq!(error.to_string(), whole);
    assert_eq!(
        (error.action(), error.request_id(), error.attempts()),
        (A::INFO.name, Some("6f1c"), 1)
    );
    let told = |failures: &[ItemFailure]| {
        let told = failures.iter().map(|failure| {
            let code = failure.code().map(RetCode::number);
            (failure.who().to_owned(), code, failure.reason().to_owned())
        });
        told.collect::<Vec<_>>()
    };
    let expected: Vec<_> = expected
        .iter()
        .map(|(who, code, reason)| ((*who).to_owned(), *code, (*reason).to_owned()))
        .collect();
    assert_eq!(told(error.failures()), expected);

    let body = format!("{{\"RetCode\":0,{fields}}}");
    let allowed = decode(&action.clone().allow_partial(), &response(body.clone())).unwrap();
    assert_eq!(told(&allowed.failures()), expected);
    assert_eq!(error.response::<A::Response>().as_ref(), Some(&*allowed));
    assert_eq!(error.raw(), body.as_bytes());

    let error = Error::Incomplete(error);
    assert_eq!((error.delivery(), error.ret_code()), (Delivery::Answered, None));
    assert_eq!((error.raw(), error.request_id()), (body.as_bytes(), Some("6f1c")));
    assert_eq!(error.to_string(), whole);
}

fn assert_succeeds<A: Action>(action: &A, bodies: &[&str])
where
    A::Response: PartialFailure,
{
    for fields in bodies {
        let body = format!("{{\"RetCode\":0{fields}}}");
        let read =
            decode(action, &response(body)).unwrap_or_else(|error| panic!("{fields}: {error}"));
        assert!(read.failures().is_empty(), "{fields}");
    }
}

#[test]
fn five_actions_can_succeed_in_part() {
    let partial = ACTIONS.iter().filter(|info| !info.partial.is_empty());
    let partial: Vec<_> = partial.map(|info| (info.name, info.partial)).collect();
    let expected = [
        ("CreateCompShareTeamRelation", "ErrorMap"),
        ("GetCompShareRefundPrice", "RefundPriceSet"),
        ("ModifyCompShareImageShareAccount", "InvalidAccounts"),
        ("SetCompShareTeamAmount", "FailedMembers"),
        ("SwitchCompShareEIPShareBandwidth", "Results"),
    ];
    assert_eq!(partial, expected);
}

#[test]
fn accounts_that_do_not_exist() {
    let no = "there is no such account";
    assert_fails(
        &share(),
        r#""InvalidAccounts":[50001,"50002"]"#,
        &[("50001", None, no), ("50002", None, no)],
        "2 items: 50001: there is no such account; 50002: there is no such account",
    );
    let one = "1 item: 50001: there is no such account";
    assert_fails(&share(), r#""InvalidAccounts":"50001""#, &[("50001", None, no)], one);
    let empty = ["", r#","InvalidAccounts":null"#, r#","InvalidAccounts":[]"#];
    assert_succeeds(&share(), &empty);
    assert_succeeds(&share(), &[r#","InvalidAccounts":"""#]);
}

#[test]
fn users_who_cannot_be_invited() {
    assert_fails(
        &invite(),
        r#""ErrorMap":{"50001":{"Code":17001,"Message":"In another team."},"50002":{"Message":"no"}}"#,
        &[("50001", Some(17001), "In another team."), ("50002", None, "no")],
        "2 items: 50001: In another team (RetCode 17001); 50002: no",
    );
    assert_fails(
        &invite(),
        r#""ErrorMap":"{\"50001\":{\"Code\":987654}}""#,
        &[("50001", Some(987_654), "")],
        "1 item: 50001: no reason given (RetCode 987654)",
    );
    let empty = ["", r#","ErrorMap":null"#, r#","ErrorMap":{}"#, r#","ErrorMap":"""#];
    assert_succeeds(&invite(), &empty);
    assert_succeeds(&invite(), &[r#","ErrorMap":[]"#, r#","ErrorMap":"{}""#]);
}

#[test]
fn members_whose_quota_stays() {
    assert_fails(
        &amount(),
        r#""FailedMembers":{"60001":{"Code":"987654","Message":"not enough"}}"#,
        &[("60001", Some(987_654), "not enough")],
        "1 item: 60001: not enough (RetCode 987654)",
    );
    let many = json!({ "FailedMembers": {
        "1": { "Message": "a" }, "2": { "Message": "b" }, "3": { "Message": "c" },
        "4": { "Message": "d" }, "5": { "Message": "e" },
    }});
    let many = many.to_string();
    assert_fails(
        &amount(),
        &many[1..many.len() - 1],
        &[("1", None, "a"), ("2", None, "b"), ("3", None, "c"), ("4", None, "d"), ("5", None, "e")],
        "5 items: 1: a; 2: b; 3: c; and 2 more",
    );
    let empty =
        ["", r#","FailedMembers":null"#, r#","FailedMembers":{}"#, r#","FailedMembers":[]"#];
    assert_succeeds(&amount(), &empty);
}

/// The server names a failure; that it says nothing of it makes it no success.
#[test]
fn a_failure_without_a_reason_is_one() {
    for nothing in ["{}", "null", r#""""#] {
        let error = incomplete(&invite(), &format!(r#""ErrorMap":{{"50001":{nothing}}}"#));
        assert_eq!(error.failures()[0].who(), "50001", "{nothing}");
        let error = incomplete(&amount(), &format!(r#""FailedMembers":{{"60001":{nothing}}}"#));
        assert_eq!(error.failures()[0].who(), "60001", "{nothing}");
    }
}

/// The vendor's SDKs declare `ErrorMap` as text, and do not say of what kind.
#[test]
fn errors_in_free_words_are_no_success() {
    let words = r#"{"RetCode":0,"ErrorMap":"50001 is in another team"}"#;
    decode(&invite(), &response(words)).map(drop).unwrap_err();
    let words = r#"{"RetCode":0,"ErrorMap":{"50001":"in another team"}}"#;
    decode(&invite(), &response(words)).map(drop).unwrap_err();
}

#[test]
fn instances_whose_addresses_stay() {
    assert_fails(
        &switch(),
        r#""Results":[{"UHostId":"uhost-1","Success":true},{"UHostId":"uhost-2","Success":false,"Message":"busy"}]"#,
        &[("uhost-2", None, "busy")],
        "1 item: uhost-2: busy",
    );
    // What is not said to have succeeded has not.
    for fields in [
        r#""Results":[{"UHostId":"uhost-1","Success":"False"}]"#,
        r#""Results":[{"UHostId":"uhost-1","Success":0}]"#,
        r#""Results":[{"UHostId":"uhost-1","Success":null}]"#,
        r#""Results":[{"UHostId":"uhost-1"}]"#,
    ] {
        let text = "1 item: uhost-1: no reason given";
        assert_fails(&switch(), fields, &[("uhost-1", None, "")], text);
    }
    let empty = ["", r#","Results":null"#, r#","Results":[]"#];
    assert_succeeds(&switch(), &empty);
    assert_succeeds(
        &switch(),
        &[r#","Results":[{"UHostId":"a","Success":"True"},{"Success":1},null]"#],
    );
}

#[test]
fn instances_whose_refund_is_not_known() {
    assert_fails(
        &refund(),
        r#""RefundPriceSet":[{"UHostId":"uhost-1","Code":0,"RefundPrice":1.5},{"UHostId":"uhost-2","Code":"987654","ErrMessage":"gone"}]"#,
        &[("uhost-2", Some(987_654), "gone")],
        "1 item: uhost-2: gone (RetCode 987654)",
    );
    let empty = ["", r#","RefundPriceSet":null"#, r#","RefundPriceSet":[]"#];
    assert_succeeds(&refund(), &empty);
    let zero = r#","RefundPriceSet":[{"Code":"0","RefundPrice":"1.50"},{"Code":null},{}]"#;
    assert_succeeds(&refund(), &[zero]);
}

#[test]
fn a_refusal_of_the_whole_call_is_no_partial_failure() {
    let body = r#"{"RetCode":172,"Message":"no","InvalidAccounts":[50001]}"#;
    for allowed in [false, true] {
        let read = if allowed {
            decode(&share().allow_partial(), &response(body)).map(drop)
        } else {
            decode(&share(), &response(body)).map(drop)
        };
        assert!(matches!(read.unwrap_err(), Error::Api(_)));
    }
}

/// What is not among the failures has happened: to send it again would do it twice.
#[test]
fn it_is_not_repeated() {
    let mut call = Call::new(config(), share(), SystemTime::UNIX_EPOCH, 42);
    let now = Instant::now();
    assert!(matches!(call.step(now, Input::Start), Output::Transmit { .. }));
    let body = response(r#"{"RetCode":0,"InvalidAccounts":[50001]}"#);
    match call.step(now, Input::Response(body)) {
        Output::End(Err(Error::Incomplete(error))) => assert_eq!(error.attempts(), 1),
        other => panic!("{other:?}"),
    }
}

#[test]
fn allowing_it_changes_nothing_on_the_wire() {
    for encoding in [Encoding::Form, Encoding::Json] {
        let allowed = body(&config(), &invite().allow_partial(), encoding);
        assert_eq!(body(&config(), &invite(), encoding), allowed);
    }
    let added = share().with("New", 1).allow_partial();
    let sent = parse_form(&body(&config(), &added, Encoding::Form));
    assert!(sent.contains(&("New".to_owned(), "1".to_owned())));
    let fields = r#""InvalidAccounts":[1]"#;
    assert_eq!(incomplete(&share().with("New", 1), fields).failures().len(), 1);
    assert_eq!(incomplete(&&share(), fields).failures().len(), 1);
}

/// By name there is the JSON as it came, and whoever takes it looks for failures himself.
#[test]
fn by_name_it_is_a_response() {
    let body = r#"{"RetCode":0,"InvalidAccounts":[50001]}"#;
    let read = decode(&Raw::new("ModifyCompShareImageShareAccount"), &response(body)).unwrap();
    assert_eq!(read["InvalidAccounts"], json!([50001]));
}

#[test]
fn reasons_of_several_lines_are_told_in_one() {
    let error = incomplete(&invite(), r#""ErrorMap":{"50001":{"Message":"one\ntwo\r\nthree"}}"#);
    assert_eq!(error.to_string().lines().count(), 1, "{error}");
}

#[test]
fn no_other_value_of_the_body_is_told() {
    let fields = r#""ErrorMap":{"50001":{"Message":"no","Password":"CANARY"}},"Password":"CANARY""#;
    let error = incomplete(&invite(), fields);
    assert!(!said(&error).contains("CANARY"), "{}", said(&error));
}
