//! Calls that succeed in part.

use serde_json::json;

use crate::{Cli, server::responding};

const INVITE: [&str; 7] = [
    "CreateCompShareTeamRelation",
    "--TeamId",
    "1001",
    "--UserInfo.0.UserCompanyId",
    "50001",
    "--UserInfo.1.UserCompanyId",
    "50002",
];

const BODY: &str = r#"{
  "RetCode": 0,
  "Action": "CreateCompShareTeamRelationResponse",
  "ErrorMap": {"50002": {"Message": "no such\u001b user", "Code": 230}}
}"#;

fn cli() -> Cli {
    responding("X-UCLOUD-REQUEST-UUID: id-1", BODY)
}

const LINES: &str = "CreateCompShareTeamRelation did not succeed for 1 item (request id-1)\n  \
                     50002: no such  user (RetCode 230)\n";

const SHOWN: &str = "CreateCompShareTeamRelation: not all done (request id-1)\n\
                     ErrorMap.50002.Message: no such\\u{1b} user\n\
                     ErrorMap.50002.Code: 230\n";

#[test]
fn each_failure_is_a_line_and_the_call_an_error() {
    let ended = cli().run(&INVITE);
    assert_eq!(
        ended.stderr,
        format!(
            "error: {LINES}hint: items that are not listed succeeded, so do not send the whole \
             call again; --allow-partial exits with 0\n"
        )
    );
    assert_eq!((ended.code, &*ended.stdout), (Some(1), SHOWN));
}

#[test]
fn a_program_reads_the_response_and_the_failures() {
    let ended = cli().run(&crate::words(&INVITE, &["--json"]));
    let response: serde_json::Value = serde_json::from_str(BODY).expect("JSON");
    let error = json!({
        "kind": "incomplete",
        "action": "CreateCompShareTeamRelation",
        "message": "CreateCompShareTeamRelation did not succeed for 1 item: 50002: no such  \
                    user (RetCode 230) (request id-1)",
        "ret_code": null,
        "request_id": "id-1",
        "delivery": "answered",
        "may_have_acted": true,
    });
    let failure = json!({ "who": "50002", "reason": "no such\u{1b} user", "ret_code": 230 });
    assert_eq!(
        ended.json(),
        json!({ "error": error, "failures": [failure], "response": response })
    );
    assert_eq!(ended.code, Some(1));
}

#[test]
fn it_is_a_warning_where_that_is_allowed() {
    let ended = cli().run(&crate::words(&INVITE, &["--allow-partial"]));
    assert_eq!(ended.stderr, format!("warning: {LINES}"));
    assert_eq!((ended.code, &*ended.stdout), (Some(0), SHOWN));
    let ended = cli().run(&crate::words(&["--allow-partial", "--json"], &INVITE));
    assert_eq!(ended.stderr, format!("warning: {LINES}"));
    assert_eq!(ended.json(), serde_json::from_str::<serde_json::Value>(BODY).expect("JSON"));
    assert_eq!(ended.code, Some(0));
}

#[test]
fn codes_of_failures_are_told_in_chinese() {
    let ended = cli().set("LANG", "zh_CN.UTF-8").run(&INVITE);
    let hint = "hint: RetCode 230: 参数";
    assert!(ended.stderr.contains(hint), "{}", ended.stderr);
}

#[test]
fn a_call_that_succeeded_is_none() {
    let ended = responding("", r#"{"RetCode":0,"ErrorMap":null}"#).run(&INVITE);
    let done = "CreateCompShareTeamRelation: done\n";
    assert_eq!((ended.code, &*ended.stderr, &*ended.stdout), (Some(0), "", done));
    let words = ["call", "CreateCompShareTeamRelation", "--param", "TeamId=1"];
    let words = crate::words(&words, &["--param", "UserInfo.0.UserCompanyId=1"]);
    assert_eq!(cli().run(&words).code, Some(1));
}
