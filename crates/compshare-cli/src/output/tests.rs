//! Whole answers as a person sees them.

use serde_json::{Value, json};

use super::{Look, heading};

fn shown(name: &str, body: &Value, columns: usize) -> String {
    look(name, body, Look { columns, secrets: false })
}

fn look(name: &str, body: &Value, look: Look) -> String {
    super::answer(name, heading(&format!("{name}: done"), Some("id-1")), body, look)
}

#[test]
fn an_answer_without_fields_is_one_line() {
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
    assert_eq!(
        shown("DescribeCompShareCustomImages", &body, 80),
        "\
DescribeCompShareCustomImages: done (request id-1)
TotalCount: 1
ImageSet: 1 row
  CompShareImageId: compshareImage-1
  Name: 环境
  Price: 0 CNY/hour
  Tags: 深度学习, PyTorch
  AutoStart: false
  CreateTime: 2024-05-06 07:08 UTC
  Size: 2048 MB
  Readme: # one
    two [31m
  Visibility: 1 (everyone)
  Owner.CompanyId: 7
  NewField: new
"
    );
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
(more columns: --json shows all)
"
    );
}

#[test]
fn an_unknown_answer_is_shown_as_far_as_it_goes() {
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
