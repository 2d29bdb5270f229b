//! Lists of objects by number, and the forms that values are given in.

use std::ffi::OsString;

use clap::Command;
use serde_json::json;

use super::*;
use crate::command_line::args;

fn read(words: &[&str]) -> Result<Value, CliError> {
    let words: Vec<OsString> = words.iter().map(OsString::from).collect();
    let info = ActionInfo::find(words[0].to_str().unwrap()).unwrap();
    let command = args::action(info, Command::new(info.name), Given(&words));
    let matches = command.try_get_matches_from(&words).unwrap();
    action(info, &matches, Given(&words), &[]).map(|raw| serde_json::to_value(raw).unwrap())
}

#[test]
fn items_of_a_list_of_objects_are_numbered() {
    let invite = |flags: &[&str]| read(&[&["CreateCompShareTeamRelation"], flags].concat());
    let words = ["--UserInfo.1.UserCompanyId", "2", "--UserInfo.0.UserCompanyId=1"];
    let words = [&words[..], &["--UserInfo.0.RemarkName", "a"]].concat();
    let users = json!([{ "UserCompanyId": 1, "RemarkName": "a" }, { "UserCompanyId": 2 }]);
    assert_eq!(invite(&words).unwrap(), json!({ "UserInfo": users }));
    assert_eq!(invite(&[]).unwrap(), json!({}));
    assert_eq!(
        invite(&["--UserInfo.1.UserCompanyId", "2"]).unwrap_err().text(),
        "error: --UserInfo.1: UserInfo.0 is missing; number the items 0, 1, 2 and so on"
    );
    assert_eq!(
        invite(&["--UserInfo.0.RemarkName", "a"]).unwrap_err().text(),
        "error: --UserInfo.0.UserCompanyId is missing; UserInfo.0 requires it"
    );
}

#[test]
fn units_and_secrets_are_converted() {
    let words = ["ReinstallCompShareInstance", "--UHostId", "uhost-1", "--Password", "Password1"];
    assert_eq!(read(&words).unwrap(), json!({ "UHostId": "uhost-1", "Password": "UGFzc3dvcmQx" }));
    let words = ["CreateCFS", "--Size", "2TB", "--ChargeType", "Day"];
    assert_eq!(read(&words).unwrap(), json!({ "Size": 2048, "ChargeType": "Day" }));
    assert_eq!(
        read(&["CreateCFS", "--Size", "1500MB"]).unwrap_err().text(),
        "error: --Size: \"1500MB\" is not a whole number of GB; use GB, such as 60, or a size \
         such as 2TB"
    );
    let words = ["SetCompShareTeamAmount", "--Amount", "12.50CNY"];
    assert_eq!(read(&words).unwrap(), json!({ "Amount": 1250 }));
}
