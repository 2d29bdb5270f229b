//! A response whose values would take far more memory than its JSON is refused; a long one is not.

use compshare_proto::{
    Action, Error, Raw,
    actions::{
        DescribeCompShareGpuInventory, DescribeCompShareImageTags, DescribeCompShareInstance,
    },
    decode,
};

use crate::support::{As, response};

fn refusal<A: Action>(action: &A, body: String) -> String {
    let length = body.len();
    let Err(error) = decode(action, &response(body)) else { panic!("it is taken") };
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    let text = error.to_string();
    assert!(
        text.contains(&format!("the response's {length} bytes of JSON would take more than ")),
        "{text}"
    );
    text
}

#[test]
fn a_list_of_700_000_empty_rows_is_refused() {
    let body = format!("{{\"RetCode\":0,\"UHostSet\":[{}{{}}]}}", "{},".repeat(700_000));
    assert_eq!(
        refusal(&DescribeCompShareInstance::new(), body),
        "DescribeCompShareInstance: the response's 2100029 bytes of JSON would take more than 96 MiB \
         of memory (request 6f1c)"
    );
}

#[test]
fn whatever_takes_much_more_than_its_json_is_refused() {
    let rows =
        format!("{{\"RetCode\":0,\"UHostSet\":[{}{{}}]}}", "{\"DiskSet\":[{}]},".repeat(40_000));
    refusal(&DescribeCompShareInstance::new(), rows);
    let maps = format!(
        "{{\"RetCode\":0,\"GpuInventoryByZone\":{{{}\"a\":{{}}}}}}",
        (0..60_000).map(|key| format!("\"{key}\":{{\"\":{{\"\":1}}}},")).collect::<String>()
    );
    refusal(&As::<DescribeCompShareGpuInventory>::new(), maps);
    let lists = format!(
        "{{\"RetCode\":0,\"TagsMap\":{{{}\"a\":[]}}}}",
        (0..100_000).map(|key| format!("\"{key}\":\"\",")).collect::<String>()
    );
    // An empty list is nothing, so this is not much.
    decode(&As::<DescribeCompShareImageTags>::new(), &response(lists)).unwrap();
    let nested = format!("{{\"RetCode\":0,\"A\":[{}{{}}]}}", "{\"\":1},".repeat(300_000));
    refusal(&Raw::new("New"), nested);
    let numbers = format!("{{\"RetCode\":0,\"A\":[{}1]}}", "[1],".repeat(600_000));
    refusal(&Raw::new("New"), numbers);
}

/// Rows as they come: some hundred bytes of JSON or more for each.
#[test]
fn long_lists_of_usual_rows_are_read() {
    let instance = r#"{"UHostId":"uhost-xxxx","Name":"experiment-17","Zone":"cn-wlcb-01","State":"Running","CPU":16,"Memory":65536,"GPU":1,"GpuType":"4090","DiskSet":[{"DiskId":"d","Type":"Boot","Size":60}],"IPSet":[{"IP":"10.0.0.1","Type":"Private"}],"ChargeType":"Postpay","Remark":"","CreateTime":1700000000}"#;
    let body = format!(
        "{{\"RetCode\":0,\"UHostSet\":[{}{instance}]}}",
        format!("{instance},").repeat(10_000)
    );
    let list = decode(&DescribeCompShareInstance::new(), &response(body.clone())).unwrap();
    assert_eq!((list.uhost_set.len(), list.warnings().len()), (10_001, 0));
    let raw = decode(&Raw::new("DescribeCompShareInstance"), &response(body)).unwrap();
    assert_eq!(raw["UHostSet"].as_array().unwrap().len(), 10_001);
    // What a monitor says: the most structure for the least text.
    let point = r#"{"Timestamp":1700000000,"Value":0.25},"#.repeat(100_000);
    let monitor = format!("{{\"RetCode\":0,\"A\":[{point}{{}}]}}");
    decode(&Raw::new("GetCompShareInstanceMonitor"), &response(monitor)).unwrap();
}
