//! One odd value in a response: what it costs is that value, and a warning says which.

use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use compshare_proto::{
    Action, Condition, Error, PartialFailure, Raw, Response, RetCode,
    actions::{
        CreateCompShareInstance, DescribeCompShareGpuInventory, DescribeCompShareInstance,
        GetCompShareInstancePrice, GetCompShareRefundPrice, ModifyCompShareImageShareAccount,
        SwitchCompShareEIPShareBandwidth,
    },
    conditions::{DiskMoved, InstanceGone, InstanceReaches},
    decode,
    machine::{Input, Machine, Output, Wait},
    types::{CompShareInstanceSet, InstanceState},
};

use crate::support::{As, config, response, response_of};

pub(super) fn read<A: Action>(body: impl Into<Bytes>) -> Result<Response<A::Response>, Error> {
    decode(&As::<A>::new(), &response(body))
}

pub(super) fn warnings<T>(response: &Response<T>) -> Vec<String> {
    response.warnings().iter().map(ToString::to_string).collect()
}

/// The list of two instances, the first with these fields, and the warnings.
fn instances(fields: &[u8]) -> (Vec<CompShareInstanceSet>, Vec<String>) {
    let body = [
        br#"{"RetCode":0,"TotalCount":2,"UHostSet":[{"UHostId":"uhost-aa",""#.as_slice(),
        fields,
        br#","State":"Running"},{"UHostId":"uhost-bb","Name":"whole","State":"Running","GPU":1}]}"#,
    ]
    .concat();
    let list = read::<DescribeCompShareInstance>(body).unwrap();
    let warnings = warnings(&list);
    (list.into_body().uhost_set, warnings)
}

#[test]
fn an_odd_value_costs_a_field_and_no_row() {
    let whole = "UHostSet[0].CPU was left out: expected a whole number, or one as text";
    for (fields, warning) in [
        (&br#"CPU":1.5"#[..], whole),
        (br#"CPU":12345678901234567890123"#, whole),
        (br#"CPU":{"Cores":16}"#, whole),
        (br#"CPU":"sixteen""#, whole),
        (br#"CPU":[[[]],{"a":"]}"}]"#, whole),
        (br#"CPU":NaN"#, "UHostSet[0].CPU was left out: it is not a JSON value"),
        (br#"CPU":-Infinity"#, "UHostSet[0].CPU was left out: it is not a JSON value"),
        (br#"CPU":1e999"#, "UHostSet[0].CPU was left out: it is "),
        (br#"DiskSet":{"Size":60}"#, "UHostSet[0].DiskSet was left out: expected a list"),
        (br#"IPSet":{}"#, "UHostSet[0].IPSet was left out: expected a list"),
        (br#"Name":{"zh":"a"}"#, "UHostSet[0].Name was left out: expected text"),
        (
            br#"DiskSet":[7]"#,
            "UHostSet[0].DiskSet[0] was left out: expected an object (UHostDiskSet)",
        ),
    ] {
        let (rows, warnings) = instances(fields);
        let fields = String::from_utf8_lossy(fields);
        assert_eq!(rows.len(), 2, "{fields}");
        assert_eq!((rows[0].uhost_id.as_str(), rows[0].cpu), ("uhost-aa", None), "{fields}");
        assert_eq!(rows[0].state, Some(InstanceState::Running), "{fields}");
        assert_eq!((rows[1].name.as_str(), rows[1].gpu), ("whole", Some(1)), "{fields}");
        let [only] = &warnings[..] else { panic!("{fields}: {warnings:?}") };
        assert!(only.starts_with(warning), "{fields}: {only}");
    }
}

#[test]
fn a_text_that_is_no_unicode_is_repaired() {
    for (json, name, reason) in [
        (&br#"abc\ud83d"#[..], "abc\u{fffd}", "it has half of a surrogate pair"),
        (br#"\ude00abc"#, "\u{fffd}abc", "it has half of a surrogate pair"),
        (br#"\ud83d\ud83d\ude00"#, "\u{fffd}\u{1f600}", "it has half of a surrogate pair"),
        (br#"\ud83dx\n"#, "\u{fffd}x\n", "it has half of a surrogate pair"),
        (b"abc\xe4\xbd", "abc\u{fffd}", "it is not valid UTF-8"),
        (b"\xe4\xbd\xa0\xe5\xa5", "\u{4f60}\u{fffd}", "it is not valid UTF-8"),
        (b"\xe4\xbd\\n", "\u{fffd}\n", "it is not valid UTF-8"),
        (b"a\xffb\\u0063", "a\u{fffd}bc", "it is not valid UTF-8"),
        (b"a\nb\tc", "a\nb\tc", "it has a control character"),
        (br#"\ux\u12"#, "\u{fffd}x\u{fffd}12", "it has an invalid escape"),
        (br#"C:\new\data"#, "C:\new\u{fffd}data", "it has an invalid escape"),
    ] {
        let (rows, warnings) = instances(&[br#"Name":""#, json, br#"""#].concat());
        assert_eq!(rows[0].name, name);
        assert_eq!(rows[1].name, "whole", "{name:?}");
        assert_eq!(warnings, [format!("UHostSet[0].Name was repaired: {reason}")], "{name:?}");
    }
}

#[test]
fn a_row_that_is_none_costs_no_other() {
    let body =
        r#"{"RetCode":0,"TotalCount":3,"UHostSet":[{"UHostId":"uhost-aa"},7,{"UHostId":{}}]}"#;
    let list = read::<DescribeCompShareInstance>(body).unwrap();
    let ids: Vec<_> = list.uhost_set.iter().map(|row| row.uhost_id.as_str()).collect();
    assert_eq!(ids, ["uhost-aa", ""]);
    assert_eq!(
        warnings(&list),
        [
            "UHostSet[1] was left out: expected an object (CompShareInstanceSet)",
            "UHostSet[2].UHostId was left out: expected text",
        ]
    );
}

/// An empty list would say that there is nothing.
#[test]
fn rows_that_are_no_list_are_an_error() {
    for rows in ["{}", "7", r#""none""#, r#"{"UHostId":"uhost-aa"}"#, "NaN"] {
        let body = format!("{{\"RetCode\":0,\"TotalCount\":2,\"UHostSet\":{rows}}}");
        let error = read::<DescribeCompShareInstance>(body).unwrap_err();
        let Error::Decode(error) = &error else { panic!("{error:?}") };
        assert_eq!(error.path(), "UHostSet", "{rows}");
    }
}

#[test]
fn a_created_thing_without_a_readable_id_is_an_error() {
    for ids in [r#"{"a":1}"#, r#"["uhost-aa",{}]"#, r#"["uhost-\ud83d"]"#, "NaN"] {
        let body = format!("{{\"RetCode\":0,\"UHostIds\":{ids}}}");
        let error = read::<CreateCompShareInstance>(body).unwrap_err();
        let Error::Decode(error) = &error else { panic!("{error:?}") };
        assert!(error.path().starts_with("UHostIds"), "{ids}: {}", error.path());
    }
}

/// What failed must not count as done because it cannot be read.
#[test]
fn an_item_of_a_partial_failure_that_cannot_be_read_is_an_error() {
    let accounts = ModifyCompShareImageShareAccount::new("compshareImage-xxxx").add_accounts([1]);
    let body = r#"{"RetCode":0,"InvalidAccounts":[{}]}"#;
    assert!(matches!(decode(&accounts, &response(body)), Err(Error::Decode(_))));
    assert!(matches!(decode(&accounts.allow_partial(), &response(body)), Err(Error::Decode(_))));
    for body in [
        r#"{"RetCode":0,"RefundPriceSet":[{"UHostId":"a","Code":{}}]}"#,
        r#"{"RetCode":0,"RefundPriceSet":[{"UHostId":"a","Code":0},7]}"#,
        r#"{"RetCode":0,"RefundPriceSet":{"a":{"Code":9}}}"#,
    ] {
        let error = read::<GetCompShareRefundPrice>(body).unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{body}: {error:?}");
    }
    let odd = format!("{{\"RetCode\":0,\"Results\":[{}7]}}", "7,".repeat(1000));
    assert!(read::<SwitchCompShareEIPShareBandwidth>(odd).is_err());
    let fine = r#"{"RetCode":0,"RefundPriceSet":[{"UHostId":"a","Code":0}],"New":NaN}"#;
    assert_eq!(read::<GetCompShareRefundPrice>(fine).unwrap().failures(), []);
}

#[test]
fn a_price_that_cannot_be_read_is_not_zero() {
    for price in [r#""1,50""#, "{}", "NaN", "1e999", "01.5", r#""free""#] {
        let body = format!(
            "{{\"RetCode\":0,\"PriceDetails\":[{{\"ChargeType\":\"Month\",\"Instance\":{price}}}]}}"
        );
        let list = read::<GetCompShareInstancePrice>(body).unwrap();
        assert_eq!(list.price_details.len(), 1, "{price}");
        assert_eq!(list.warnings().len(), 1, "{price}");
        let shown = format!("{:?}", list.price_details[0]);
        assert!(!shown.contains("Cny("), "{price}: {shown}");
    }
    let body = r#"{"RetCode":0,"GpuInventory":{"Spot":{"7001":{"4090":"many","A100":3}}}}"#;
    let stock = read::<DescribeCompShareGpuInventory>(body).unwrap();
    assert_eq!(format!("{:?}", stock.gpu_inventory["Spot"]["7001"]), r#"{"A100": 3}"#);
}

#[test]
fn raw_responses_keep_all_that_is_json() {
    let body = b"\xef\xbb\xbf{\"RetCode\":\"0\",\"A\":[1,NaN,\"\xff\"],\"B\":{\"C\":\"\\ud83d\"},\"D\":1.5}";
    let raw = decode(&Raw::new("New"), &response(&body[..])).unwrap();
    let expected = serde_json::json!({
        "RetCode": 0,
        "A": [1, null, "\u{fffd}"],
        "B": { "C": "\u{fffd}" },
        "D": 1.5,
    });
    assert_eq!(*raw, expected);
    assert_eq!(
        warnings(&raw),
        [
            "A[1] was left out: it is not a JSON value",
            "A[2] was repaired: it is not valid UTF-8",
            "B.C was repaired: it has half of a surrogate pair",
        ]
    );
    assert!(raw.warnings()[1].is_repaired() && !raw.warnings()[0].is_repaired());
}

#[test]
fn a_usual_response_has_no_warnings() {
    let body =
        "\u{feff}{\"RetCode\":0,\"UHostSet\":[{\"Name\":\"\\ud83d\\ude00 文字\",\"New\":[{}]}]}";
    let list = read::<DescribeCompShareInstance>(body).unwrap();
    assert_eq!(list.uhost_set[0].name, "\u{1f600} 文字");
    assert_eq!((list.warnings(), list.more_warnings()), (&[][..], 0));
}

/// A text in UTF-16, with or without its marker.
fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn a_refusal_keeps_its_code_however_it_is_written() {
    // 签名错误 and a character whose second byte is a backslash, in GBK.
    let gbk = b"{\"RetCode\":171,\"Message\":\"\xc7\xa9\xc3\xfb\xb4\xed\xce\xf3\x95\x5c\"}";
    let text = "{\"RetCode\":171,\"Message\":\"签名错误\"}";
    for (body, message) in [
        (gbk.to_vec(), "\u{fffd}"),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "签名错误"),
        (utf16(text, u16::to_le_bytes), "签名错误"),
        (utf16(text, u16::to_be_bytes), "签名错误"),
        (utf16(&format!("\u{feff}{text}"), u16::to_le_bytes), "签名错误"),
        (utf16(&format!("\u{feff}{text}"), u16::to_be_bytes), "签名错误"),
        (br#"{"RetCode":171,"Message":"\ud83d"}"#.to_vec(), "\u{fffd}"),
        (br#"{"RetCode":171,"Message":"no","UHostSet":NaN}"#.to_vec(), "no"),
        (br#"{"RetCode":171,"Message":"say "no" to it"}"#.to_vec(), ""),
        (br#"{"RetCode":0,"Message":"no","RetCode":171}"#.to_vec(), "no"),
    ] {
        for status in [200, 403] {
            let shown = String::from_utf8_lossy(&body);
            let response = response_of(status, body.clone());
            let error = decode(&DescribeCompShareInstance::new(), &response).unwrap_err();
            assert_eq!(error.ret_code(), Some(RetCode::new(171)), "{shown}: {error}");
            let Error::Api(api) = &error else { panic!("{error:?}") };
            assert!(api.message().contains(message), "{shown}: {}", api.message());
            assert_eq!(error.raw(), body);
        }
    }
}

#[test]
fn a_code_that_cannot_be_read_is_none() {
    for code in ["NaN", "OK", r#""\ud83d""#, "1e999", "0.5", "{}"] {
        let body = format!("{{\"RetCode\":{code},\"UHostSet\":[]}}");
        let error = read::<DescribeCompShareInstance>(body).unwrap_err();
        assert!(error.to_string().contains("has no RetCode"), "{code}: {error}");
    }
}

/// The work grows with the body, not with the number of odd values times the body.
#[test]
fn a_hundred_thousand_odd_values_take_no_time() {
    let odd = r#"{"Size":{}},{"Size":1.5},7,{"Size":NaN},"#.repeat(10);
    let row = format!(
        r#"{{"UHostId":"uhost-aa","CPU":1.5,"DiskSet":[{odd}{{}}],"Name":"\ud83d","Remark":"{}"}}"#,
        "文".repeat(500)
    );
    let body = format!("{{\"RetCode\":0,\"UHostSet\":[{}{row}]}}", format!("{row},").repeat(2_499));
    let start = Instant::now();
    let list = read::<DescribeCompShareInstance>(body).unwrap();
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(list.uhost_set.len(), 2_500);
    assert!(list.uhost_set.iter().all(|row| row.uhost_id == "uhost-aa" && row.name == "\u{fffd}"));
    assert_eq!((list.warnings().len(), list.more_warnings()), (100, 42 * 2_500 - 100));
}

/// Nor does where they stand, which is told of the first hundred.
#[test]
fn a_million_odd_values_in_a_deep_place_take_no_time() {
    let key = "k".repeat(64);
    let deep = format!("{{\"{key}\":").repeat(120);
    let values = "NaN,".repeat(1_000_000);
    let body = format!("{{\"RetCode\":0,\"A\":{deep}[{values}0]{}}}", "}".repeat(120));
    let start = Instant::now();
    let raw = decode(&Raw::new("New"), &response(body)).unwrap();
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert_eq!((raw.warnings().len(), raw.more_warnings()), (100, 1_000_000 - 100));
}

/// A name that the server gives is shown in one line, and not at any length.
#[test]
fn names_in_a_path_are_shortened() {
    let key = "k\\n".repeat(100_000);
    let body = format!("{{\"RetCode\":0,\"GpuInventoryByZone\":{{\"{key}\":7}}}}");
    let stock = read::<DescribeCompShareGpuInventory>(body).unwrap();
    let warning = stock.warnings()[0].to_string();
    assert!(warning.len() < 200 && warning.lines().count() == 1, "{warning}");
}

/// A type of a user's, which knows of no values that are left out.
#[test]
fn a_type_of_ones_own_is_read_after_a_byte_order_mark_and_fails_by_path() {
    #[derive(Debug, serde::Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Own {
        ret_code: i64,
        kind: Kind,
        sizes: std::collections::BTreeMap<u8, Option<f64>>,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    enum Kind {
        Small,
        Wide { size: i64 },
    }

    struct Describe;

    impl serde::Serialize for Describe {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map([("Limit", 1)])
        }
    }

    impl Action for Describe {
        const INFO: &'static compshare_proto::metadata::ActionInfo =
            &compshare_proto::metadata::ActionInfo::new("Describe", compshare_proto::Effect::Read);
        type Response = Own;
    }

    let body = "\u{feff}{\"RetCode\":\"0\",\"Kind\":\"Small\",\"Sizes\":{\"1\":2.5,\"2\":null}}";
    let own = decode(&Describe, &response(body)).unwrap();
    assert_eq!((own.ret_code, &own.kind), (0, &Kind::Small));
    assert_eq!((own.sizes[&1], own.sizes[&2]), (Some(2.5), None));
    let body = "\u{feff}{\"RetCode\":0,\"Sizes\":{},\"Kind\":{\"Wide\":{\"size\":7}}}";
    assert_eq!(decode(&Describe, &response(body)).unwrap().kind, Kind::Wide { size: 7 });
    let body = r#"{"RetCode":0,"Kind":{"Wide":{"size":"CANARY"}},"Sizes":{}}"#;
    let error = decode(&Describe, &response(body)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Describe: Kind.Wide.size cannot be read: expected i64 (request 6f1c)"
    );
}

/// Waits with one response per poll, the last one for ever; says how it ended.
fn wait<G: Condition>(condition: G, responses: &[&'static str]) -> Result<G::Done, String> {
    let config = config().zone("cn-wlcb-01");
    let mut wait = Wait::new(config, condition, SystemTime::UNIX_EPOCH, 1);
    let (mut now, mut polls) = (Instant::now(), 0);
    let mut output = wait.step(now, Input::Start);
    loop {
        output = match output {
            Output::Transmit { .. } => {
                let body = responses[polls.min(responses.len() - 1)];
                polls += 1;
                wait.step(now, Input::Response(http::Response::new(Bytes::from(body))))
            }
            Output::Sleep(delay) => {
                now += delay;
                wait.step(now, Input::Woke)
            }
            Output::End(end) => {
                return end.map_err(|error| {
                    assert!(error.timed_out(), "{error}");
                    error.state().to_owned()
                });
            }
        };
    }
}

/// What a condition depends on is neither there nor gone where it cannot be read.
#[test]
fn a_condition_is_not_met_by_what_cannot_be_read() {
    let running = || InstanceReaches::new("uhost-aa", InstanceState::Running);
    let mut instance = CompShareInstanceSet::default();
    instance.uhost_id = "uhost-aa".to_owned();
    instance.zone = "cn-wlcb-01".to_owned();
    let gone = || InstanceGone::of(&instance);
    let odd = r#"{"RetCode":0,"UHostSet":[{"UHostId":"uhost-aa","State":"Running","CPU":1.5}]}"#;
    let unstated = r#"{"RetCode":0,"UHostSet":[{"UHostId":"uhost-aa","State":{}}]}"#;
    let unnamed = r#"{"RetCode":0,"UHostSet":[{"UHostId":[],"State":"Running"}]}"#;
    let broken = r#"{"RetCode":0,"UHostSet":[{"UHostId":"uhost-\ud83d","State":"Running"}]}"#;
    let none = r#"{"RetCode":0,"UHostSet":[7]}"#;
    let unlisted = r#"{"RetCode":0,"UHostSet":{}}"#;
    for body in [unstated, unnamed, broken, none, unlisted] {
        assert!(wait(running(), &[body, body, odd]).is_ok(), "{body}");
        assert!(wait(running(), &[body]).unwrap_err().len() > 20, "{body}");
        let state = wait(gone(), &[body]).unwrap_err();
        assert!(!state.is_empty(), "{body}");
    }
    assert!(wait(gone(), &[none, r#"{"RetCode":0,"TotalCount":0}"#]).is_ok());

    let disk = r#"{"RetCode":0,"DiskSet":[{"ResourceId":"bsm-aa","MountInstance":{}}]}"#;
    assert_eq!(
        wait(DiskMoved::away("bsm-aa"), &[disk]).unwrap_err(),
        "the state of bsm-aa cannot be read"
    );
    let disk = r#"{"RetCode":0,"DiskSet":[{"ResourceId":7.5},{}]}"#;
    assert!(
        wait(DiskMoved::to("bsm-aa", "uhost-aa"), &[disk.replace("7.5", "{}").leak()]).is_err()
    );
}
