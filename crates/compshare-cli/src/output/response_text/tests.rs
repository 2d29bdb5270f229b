//! Whole responses as they are printed.

use serde_json::{Value, json};

use super::Style;
use crate::text::{
    datetime::{self, Clock},
    sanitize::heading,
};

fn shown(name: &str, body: &Value, columns: usize) -> String {
    look(name, body, Style { columns: Some(columns), secrets: false })
}

fn look(name: &str, body: &Value, style: Style) -> String {
    super::format(name, heading(&format!("{name}: done"), Some("id-1")), body, style)
}

#[test]
fn a_response_without_fields_is_one_line() {
    let body = json!({ "RetCode": 0, "Action": "UpdateCompShareImageResponse", "Message": "" });
    assert_eq!(
        shown("UpdateCompShareImage", &body, 80),
        "UpdateCompShareImage: done (request id-1)\n"
    );
}

#[test]
fn one_row_is_shown_by_its_fields() {
    let row = json!({
        "CompShareImageId": "compshareImage-1", "Name": "环境", "Author": "", "Visibility": 1,
        "Tags": ["深度学习", "PyTorch"], "Size": 2048, "Price": 0.0, "CreateTime": 1_714_979_299,
        "PubTime": 0, "Readme": "# one\ntwo\u{1b}[31m\n", "AutoStart": false, "NewField": "new",
        "Owner": { "CompanyId": 7 }, "SoftwarePorts": [],
    });
    let body = json!({ "RetCode": 0, "TotalCount": 1, "ImageSet": [row] });
    let time = datetime::format(1_714_979_299, &Clock::system());
    assert_eq!(
        shown("DescribeCompShareCustomImages", &body, 80),
        format!(
            "\
DescribeCompShareCustomImages: done (request id-1)
TotalCount: 1
ImageSet: 1 row
  CompShareImageId: compshareImage-1
  Name: 环境
  Price: 0 CNY/hour
  Tags: 深度学习, PyTorch
  AutoStart: false
  CreateTime: {time}
  Size: 2048 MB
  Readme: # one
    two\\u{{1b}}[31m
  Visibility: 1 (visible to everyone)
  Owner.CompanyId: 7
  NewField: new
"
        )
    );
}

#[test]
fn nothing_of_a_table_is_cut_outside_a_terminal() {
    let long = "x".repeat(400);
    let row = |id: &str| json!({ "CompShareImageId": id, "Name": long, "Description": long });
    let body = json!({ "RetCode": 0, "ImageSet": [row("compshareImage-1"), row("b")] });
    let style = Style { columns: None, secrets: false };
    let text = look("DescribeCompShareCustomImages", &body, style);
    assert!(text.contains(&format!("\n  compshareImage-1  {long}  {long}\n")), "{text}");
    assert!(!text.contains("more columns"), "{text}");
}

#[test]
fn several_rows_are_a_table_of_what_fits() {
    let row = |id: &str, name: &str, description: &str| json!({ "CompShareImageId": id, "Name": name, "Size": 2048, "Description": description });
    let long = "x".repeat(40);
    let rows = [row("compshareImage-1", "环境", &long), row("compshareImage-2", "env", "")];
    let body = json!({ "RetCode": 0, "TotalCount": 2, "ImageSet": rows });
    assert_eq!(
        shown("DescribeCompShareCustomImages", &body, 50),
        "\
DescribeCompShareCustomImages: done (request id-1)
TotalCount: 2
ImageSet: 2 rows
  CompShareImageId  Name  Size (MB)
  compshareImage-1  环境  2048
  compshareImage-2  env   2048
(some columns are not shown; use --json)
"
    );
}

#[test]
fn an_unknown_response_is_printed_as_far_as_possible() {
    let body =
        json!({ "RetCode": 0, "Rows": [{ "B": 1 }, { "A": "x" }], "None": [], "X": { "Y": true } });
    assert_eq!(
        shown("DescribeSomethingNew", &body, 80),
        "\
DescribeSomethingNew: done (request id-1)
None: none
Rows: 2 rows
  B  A
  1
     x
X.Y: true
"
    );
}

#[test]
fn units_and_times_are_printed_and_zero_is_not_a_time() {
    let body = json!({ "RetCode": 0, "TotalDuration": 1, "Process": 12.5 });
    let progress = shown("GetCompShareImageCreateProgress", &body, 80);
    assert!(progress.contains("\nTotalDuration: 1 second\n"), "{progress}");
    let row = json!({
        "UHostId": "uhost-1", "InstancePrice": "1.52", "Memory": 65_536, "TotalDiskSpace": 0,
        "CreateTime": "1795507200", "ExpireTime": "0", "KeyPair": { "A": [1, { "B": null }] },
        "SpotAttribute": {}, "UDHostAttribute": "",
    });
    let body = json!({ "RetCode": 0, "UHostSet": [row] });
    let time = datetime::format(1_795_507_200, &Clock::system());
    assert_eq!(
        shown("DescribeCompShareInstance", &body, 80),
        format!(
            "\
DescribeCompShareInstance: done (request id-1)
UHostSet: 1 row
  UHostId: uhost-1
  Memory: 65536 MB
  TotalDiskSpace: 0
  InstancePrice: 1.52 CNY
  CreateTime: {time}
  KeyPair.A: 1 row
"
        )
    );
}

#[test]
fn a_mask_is_explained_only_if_it_is_printed() {
    let row = |id: &str| json!({ "UHostId": id, "Name": "n", "Password": "UGFzc3dvcmQx" });
    let body = json!({ "RetCode": 0, "UHostSet": [row("uhost-1"), row("uhost-2")] });
    let note = "(*** hides a secret; use --show-secrets)";
    assert!(shown("DescribeCompShareInstance", &body, 80).contains(note));
    assert!(!shown("DescribeCompShareInstance", &body, 20).contains(note));
    let revealed = Style { columns: Some(80), secrets: true };
    let revealed = look("DescribeCompShareInstance", &body, revealed);
    assert!(revealed.contains("uhost-2  n     Password1\n"), "{revealed}");
    assert!(!revealed.contains(note), "{revealed}");
}
