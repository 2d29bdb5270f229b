//! What failed in part and which rows there are, where something beside that cannot be read.

use compshare_proto::{
    Action, Error, Fen, PartialFailure,
    actions::{
        CreateCompShareTeamRelation, DescribeSelfCommunityImages, DescribeUserCommunityImages,
        GetCompShareRefundPrice, GetCompShareRefundPriceResponse, SetCompShareTeamAmount,
        SetCompShareTeamAmountRequired, SetCompShareTeamAmountResponse,
        SwitchCompShareEIPShareBandwidth,
    },
    decode,
    types::{BandwidthScope, TeamAmountChange, TeamInvitee},
};

use super::odd::{read, warnings};
use crate::support::response;

fn amount() -> SetCompShareTeamAmount {
    SetCompShareTeamAmount::new(SetCompShareTeamAmountRequired {
        team_id: 7,
        virtual_company_id: vec![7],
        amount: Fen(100),
        operate_type: TeamAmountChange::Allocate,
    })
}

/// Who failed, with code and reason.
fn failures<A: Action>(action: &A, body: &str) -> Vec<String> {
    match decode(action, &response(body.to_owned())).map(drop) {
        Err(Error::Incomplete(error)) => error.failures().iter().map(ToString::to_string).collect(),
        other => panic!("{body}: {other:?}"),
    }
}

fn path<A: Action>(action: &A, body: &str) -> String {
    match decode(action, &response(body.to_owned())).map(drop) {
        Err(Error::Decode(error)) => error.path().to_owned(),
        other => panic!("{body}: {other:?}"),
    }
}

#[test]
fn who_failed_is_told_though_the_reason_cannot_be_read() {
    let body = r#"{"RetCode":0,"FailedMembers":{"7":{"Code":17001,"Message":"额度\ud83d"}}}"#;
    assert_eq!(failures(&amount(), body), ["7: 额度\u{fffd} (RetCode 17001)"]);
    let allowed = decode(&amount().allow_partial(), &response(body)).unwrap();
    assert_eq!(allowed.failures()[0].who(), "7");
    assert_eq!(
        warnings(&allowed),
        ["FailedMembers.7.Message was repaired: it has half of a surrogate pair"]
    );
    // Whoever is in the map has failed.
    let body = r#"{"RetCode":0,"FailedMembers":{"7":{"Code":{},"Message":["no"]}}}"#;
    assert_eq!(failures(&amount(), body), ["7: no reason given"]);
    let invite = CreateCompShareTeamRelation::new(7, [TeamInvitee::new(50001)]);
    let body = r#"{"RetCode":0,"ErrorMap":"{\"50001\":{\"Code\":16001,\"Message\":{}}}"}"#;
    assert!(failures(&invite, body)[0].ends_with("(RetCode 16001)"));

    let switch = SwitchCompShareEIPShareBandwidth::new(["a", "b"], BandwidthScope::Company);
    let body = r#"{"RetCode":0,"Results":[{"UHostId":"a","Success":true,"CurrentScope":[]},
        {"UHostId":"b","Success":false,"Message":"\ude00 busy"}]}"#;
    assert_eq!(failures(&switch, body), ["b: \u{fffd} busy"]);
}

#[test]
fn what_leaves_open_who_failed_is_an_error() {
    for (failed, expected) in [
        (r#"{"7":17001}"#, "FailedMembers.7"),
        (r#"{"7\ud83d":{"Code":17001}}"#, "FailedMembers.7\u{fffd}"),
        ("7", "FailedMembers"),
    ] {
        let body = format!("{{\"RetCode\":0,\"FailedMembers\":{failed}}}");
        assert_eq!(path(&amount(), &body), expected);
    }
    let switch = SwitchCompShareEIPShareBandwidth::new(["a"], BandwidthScope::Company);
    for (row, expected) in [
        (r#"{"UHostId":"a","Success":"maybe"}"#, "Results[0].Success"),
        (r#"{"UHostId":{},"Success":true}"#, "Results[0].UHostId"),
        (r#"{"UHostId":"\ud83d","Success":false}"#, "Results[0].UHostId"),
        (r#""a""#, "Results[0]"),
    ] {
        let body = format!("{{\"RetCode\":0,\"Results\":[{row}]}}");
        assert_eq!(path(&switch, &body), expected);
    }
}

/// The field that says what failed is also the list of prices.
#[test]
fn a_refund_that_cannot_be_read_costs_no_other() {
    let body = r#"{"RetCode":0,"RefundPriceSet":[
        {"UHostId":"a","Code":0,"RefundPrice":"n/a"},
        {"UHostId":"b","Code":0,"RefundPrice":1.5,"Message":"\ud83d"}]}"#;
    let prices = read::<GetCompShareRefundPrice>(body).unwrap();
    assert_eq!(prices.refund_price_set[0].refund_price, None);
    assert_eq!(prices.refund_price_set[1].refund_price, Some(compshare_proto::Cny(1.5)));
    assert_eq!(prices.warnings().len(), 2);
    let price = GetCompShareRefundPrice::new(["a"]);
    let odd = r#"{"RetCode":0,"RefundPriceSet":[{"UHostId":"a","Code":"none"}]}"#;
    assert_eq!(path(&price, odd), "RefundPriceSet[0].Code");
}

#[test]
fn the_response_of_a_partial_failure_is_read_as_leniently_as_the_failure() {
    for body in [
        "\u{feff}{\"RetCode\":0,\"RefundPriceSet\":[{\"UHostId\":\"a\",\"Code\":9}]}",
        r#"{"RetCode":"0","RefundPriceSet":[{"UHostId":"a","Code":9,"RefundPrice":NaN}]}"#,
    ] {
        let price = GetCompShareRefundPrice::new(["a"]);
        let Err(Error::Incomplete(error)) = decode(&price, &response(body)) else {
            panic!("{body}")
        };
        let response: GetCompShareRefundPriceResponse = error.response().unwrap();
        assert_eq!(response.refund_price_set[0].uhost_id, "a");
        let value: serde_json::Value = error.response().unwrap();
        assert_eq!(
            (&value["RetCode"], &value["RefundPriceSet"][0]["Code"]),
            (&0.into(), &9.into())
        );
        assert_eq!(error.response::<u8>(), None);
    }
    let body = r#"{"RetCode":0,"FailedMembers":{"7":{"Message":NaN}}}"#;
    let Err(Error::Incomplete(error)) = decode(&amount(), &response(body)) else {
        panic!("{body}")
    };
    let response: SetCompShareTeamAmountResponse = error.response().unwrap();
    assert!(response.failed_members.contains_key("7"));
}

/// An empty list would say that there is nothing, by whatever name the server calls it.
#[test]
fn rows_under_another_name_that_are_no_list_are_an_error() {
    for key in ["CompshareImageGroup", "ImageSetGroup"] {
        for rows in ["{}", "7", "NaN"] {
            let body = format!("{{\"RetCode\":0,\"{key}\":{rows}}}");
            assert_eq!(path(&DescribeUserCommunityImages::new(), &body), key, "{body}");
            assert_eq!(path(&DescribeSelfCommunityImages::new(), &body), key, "{body}");
        }
        let body = format!("{{\"RetCode\":0,\"{key}\":[7,{{}}]}}");
        assert_eq!(read::<DescribeUserCommunityImages>(body).unwrap().warnings().len(), 1);
    }
}
