//! Responses of all kinds: files, calls that succeed in part, money, sizes, secrets.

use bytes::Bytes;
use serde_json::json;

use super::decode;
use crate::{
    api::{
        action::Action,
        actions::{
            CreateCompShareInstance, CreateCompShareInstanceRequired, CreateCompShareTeamRelation,
            DescribeCompShareGpuInventory, DescribeCompShareInstance,
            DescribeCompShareMachineTypeFamilies, DownloadTeamOrder, GetCompShareRefundPrice,
            GetCompShareShareBandwidthRefundPrice, GetOpenClawModelList,
            ListCompShareTeamOperateLog, SetCompShareTeamAmount, SetCompShareTeamAmountRequired,
            SwitchCompShareEIPShareBandwidth,
        },
        csv_file::CsvFile,
        partial::{ItemFailure, PartialFailure},
        raw::Raw,
        ret_code::RetCode,
        types::{
            BandwidthScope, ChargeType, DiskType, InstanceDisk, TeamAmountChange, TeamInvitee,
        },
    },
    error::Error,
    retry::Delivery,
    value::{
        params::list::{List, Wants},
        units::{Cny, Fen, Mb},
    },
};

fn response(body: &str) -> http::Response<Bytes> {
    http::Response::new(Bytes::copy_from_slice(body.as_bytes()))
}

fn json(value: serde_json::Value) -> http::Response<Bytes> {
    response(&value.to_string())
}

/// A file under the headers of the server.
fn csv(body: &str) -> http::Response<Bytes> {
    let mut response = response(body);
    for (name, value) in [
        ("content-type", "text/csv; charset=utf-8"),
        ("content-disposition", "attachment; filename=orders.csv"),
    ] {
        response.headers_mut().insert(name, http::HeaderValue::from_static(value));
    }
    response
}

#[test]
fn a_file_is_the_response() -> Result<(), Error> {
    let file = decode(&DownloadTeamOrder::new(7), &csv("订单号\n1\n"))?.into_body();
    assert_eq!(file, CsvFile::new(Some("orders.csv".to_owned()), "订单号\n1\n"));
    assert_eq!(format!("{file:?}"), r#"CsvFile { name: Some("orders.csv"), content: 12 bytes }"#);
    let raw = decode(&Raw::new("DownloadTeamOrder"), &csv("订单号\n1\n"))?.into_body();
    assert_eq!(raw, json!("订单号\n1\n"));
    let with = DownloadTeamOrder::new(7).with("NewKey", 1);
    assert_eq!(decode(&with, &csv(""))?.content().len(), 0);
    Ok(())
}

#[test]
fn json_in_place_of_a_file_is_an_error() {
    let action = DownloadTeamOrder::new(7);
    let refused = json(json!({"RetCode": 299, "Message": "no permission"}));
    let error = decode(&action, &refused).unwrap_err();
    assert_eq!(error.ret_code(), Some(RetCode::new(299)));
    let error = decode(&action, &json(json!({"RetCode": 0}))).unwrap_err();
    let text = error.to_string();
    assert!(text.ends_with("cannot be read: expected a CSV file in place of JSON"), "{text}");
    let error = decode(&action, &response("<html>")).unwrap_err();
    assert!(error.to_string().contains("not JSON"), "{error}");
    // A file is none for an action that is answered in JSON.
    assert!(decode(&GetCompShareRefundPrice::new(["a"]), &csv("1")).is_err());
}

/// Who failed, with code and reason.
fn failures(error: &Error) -> Vec<String> {
    let Error::Incomplete(error) = error else { panic!("{error}") };
    assert_eq!(Error::delivery(&Error::Incomplete(copy(error))), Delivery::Answered);
    error.failures().iter().map(ToString::to_string).collect()
}

fn copy(error: &crate::error::IncompleteError) -> crate::error::IncompleteError {
    let raw = Bytes::copy_from_slice(error.raw());
    crate::error::IncompleteError::new(
        error.action(),
        error.failures().to_vec(),
        Default::default(),
        raw,
    )
}

#[test]
fn each_shape_of_partial_failure_is_an_error() {
    let invite = CreateCompShareTeamRelation::new(7, [TeamInvitee::new(50001)]);
    let body = json!({"RetCode": 0, "ErrorMap": {"50001": {"Code": 16001, "Message": "joined"}}});
    let error = decode(&invite, &json(body)).unwrap_err();
    assert_eq!(failures(&error), ["50001: joined (RetCode 16001)"]);

    let grant = SetCompShareTeamAmount::new(SetCompShareTeamAmountRequired {
        team_id: 7,
        virtual_company_id: vec![1, 2],
        amount: Fen(100),
        operate_type: TeamAmountChange::Allocate,
    });
    let body = json!({"RetCode": "0", "FailedMembers": {"1": {"Code": "17001", "Message": ""}}});
    let error = decode(&grant, &json(body)).unwrap_err();
    let meaning = RetCode::new(17001).meaning().unwrap().trim_end_matches('.');
    assert_eq!(failures(&error), [format!("1: {meaning} (RetCode 17001)")]);

    let switch = SwitchCompShareEIPShareBandwidth::new(["a", "b"], BandwidthScope::Company);
    let body = json!({"RetCode": 0, "Results": [
        {"UHostId": "a", "Success": true},
        {"UHostId": "b", "Success": "false", "Message": "busy"},
        {"UHostId": "c"},
    ]});
    let error = decode(&switch, &json(body)).unwrap_err();
    assert_eq!(failures(&error), ["b: busy", "c: no reason given"]);

    let price = GetCompShareRefundPrice::new(["a", "b"]);
    let body = json!({"RetCode": 0, "RefundPriceSet": [
        {"UHostId": "a", "Code": 0, "RefundPrice": "1.50"},
        {"UHostId": "b", "Code": 226602, "ErrMessage": "expired"},
    ]});
    let error = decode(&price, &json(body)).unwrap_err();
    assert_eq!(failures(&error), ["b: expired (RetCode 226602)"]);
}

#[test]
fn nothing_failed_is_a_success() -> Result<(), Error> {
    let invite = CreateCompShareTeamRelation::new(7, [TeamInvitee::new(50001)]);
    for map in [json!(null), json!({}), json!([]), json!("")] {
        let response = decode(&invite, &json(json!({"RetCode": 0, "ErrorMap": map})))?;
        assert_eq!(response.failures(), []);
    }
    Ok(())
}

#[test]
fn a_partial_response_is_given_where_it_is_allowed() -> Result<(), Error> {
    let body = json!({"RetCode": 0, "RefundPriceSet": [
        {"UHostId": "a", "RefundPrice": 1.5},
        {"UHostId": "b", "Code": 9, "Message": "no"},
    ]});
    let price = GetCompShareRefundPrice::new(["a", "b"]).allow_partial();
    let response = decode(&price, &json(body))?;
    assert_eq!(response.failures(), [ItemFailure::new("b", Some(9), "no")]);
    assert_eq!(response.refund_price_set[0].refund_price, Some(Cny(1.5)));
    Ok(())
}

#[test]
fn money_sizes_and_times_keep_their_unit() -> Result<(), Error> {
    let body = json!({"RetCode": 0, "RefundPrice": "-1250"});
    let refund = decode(&GetCompShareShareBandwidthRefundPrice::new("id"), &json(body))?;
    assert_eq!(refund.refund_price.map(Cny::from), Some(Cny(-12.5)));

    let body = json!({"RetCode": 0, "UHostSet": [{
        "Memory": "65536", "InstancePrice": 1.5, "CreateTime": "1700000000",
        "Password": "UGFzc3dvcmQx", "SpotAttribute": {"A": [1]}, "KeyPair": null,
    }]});
    let list = decode(&DescribeCompShareInstance::new(), &json(body))?;
    let instance = &list.uhost_set[0];
    assert_eq!((instance.memory, instance.instance_price), (Some(Mb(65536)), Some(Cny(1.5))));
    assert_eq!(
        instance.create_time.map(crate::value::timestamp::Timestamp::unix_seconds),
        Some(1_700_000_000)
    );
    assert_eq!(
        instance.password.as_ref().map(crate::value::secret::Secret::expose),
        Some("Password1")
    );
    assert_eq!(instance.spot_attribute, json!({"A": [1]}));
    assert!(instance.key_pair.is_null());
    assert!(!format!("{list:?}").contains("Password1"));
    Ok(())
}

#[test]
fn maps_may_be_nested() -> Result<(), Error> {
    let body = json!({"RetCode": 0, "GpuInventoryByZone": {"cn-wlcb-01": {"4090": {"1": "8"}}}});
    let inventory = decode(&DescribeCompShareGpuInventory::new(), &json(body))?;
    assert_eq!(inventory.gpu_inventory["cn-wlcb-01"]["4090"]["1"], 8);
    Ok(())
}

fn creation() -> CreateCompShareInstance {
    CreateCompShareInstance::new(CreateCompShareInstanceRequired {
        gpu_type: "4090".to_owned(),
        gpu: 1,
        cpu: 16,
        memory: crate::value::units::Gb(64).into(),
        compshare_image_id: "compshareImage-xxxx".to_owned(),
        disks: vec![InstanceDisk::new(true, DiskType::CloudSsd, crate::value::units::Gb(60))],
        charge_type: ChargeType::Postpay,
    })
}

#[test]
fn a_request_is_sent_with_its_units() {
    let action = creation().password("Password1");
    assert!(!format!("{action:?}").contains("Password1"));
    let sent = serde_json::to_value(&action).unwrap();
    assert_eq!(sent["Memory"], 65536);
    assert_eq!(sent["Password"], "UGFzc3dvcmQx");
    assert_eq!(sent["Disks"], json!([{"IsBoot": true, "Type": "CLOUD_SSD", "Size": 60}]));
    let list = List::of(&action, Wants::SENDABLE).unwrap();
    assert!(list.parameters().any(|parameter| parameter == (b"Disks.0.Size", b"60")));
}

/// Every `alt_types` of the API's facts that no other test has.
#[test]
fn other_types_that_sources_have_are_read() -> Result<(), Error> {
    let invite = CreateCompShareTeamRelation::new(7, [TeamInvitee::new(50001)]);
    let map = json!({"50001": {"Code": 16001, "Message": "joined"}}).to_string();
    let error = decode(&invite, &json(json!({"RetCode": 0, "ErrorMap": map}))).unwrap_err();
    assert_eq!(failures(&error), ["50001: joined (RetCode 16001)"]);
    let error = decode(&invite, &json(json!({"RetCode": 0, "ErrorMap": "joined"}))).unwrap_err();
    let text = error.to_string();
    assert!(text.ends_with("ErrorMap cannot be read: expected an object"), "{text}");

    let map = json!({"Exclusive": {"9001": {"4090": 8}}});
    for name in ["GpuInventory", "GpuInventoryByZone"] {
        for map in [map.clone(), json!(map.to_string())] {
            let body = json!({"RetCode": 0, name: map});
            let inventory = decode(&DescribeCompShareGpuInventory::new(), &json(body))?;
            assert_eq!(inventory.gpu_inventory["Exclusive"]["9001"]["4090"], 8, "{name}");
        }
    }

    let body = json!({"RetCode": 0, "MachineTypes": ["4090", {"Name": "A100"}, null]});
    let families = decode(&DescribeCompShareMachineTypeFamilies::new(), &json(body))?;
    let names: Vec<&str> = families.machine_types.iter().map(|family| &*family.name).collect();
    assert_eq!(names, ["4090", "A100"]);

    let body = json!({"RetCode": 0, "OperateTypeList": ["Invite"], "StatusList": {"Ok": "成功"}});
    let log = decode(&ListCompShareTeamOperateLog::new(7), &json(body))?;
    assert_eq!(log.operate_type_list["Invite"], "Invite");
    assert_eq!(log.status_list["Ok"], "成功");
    let body = json!({"RetCode": 0, "StatusList": [7]});
    let log = decode(&ListCompShareTeamOperateLog::new(7), &json(body))?;
    assert!(log.status_list.is_empty());
    let warnings: Vec<_> = log.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(warnings, ["StatusList was left out: expected an object"]);

    for models in [json!({"Name": "a"}), json!([{"Name": "a"}])] {
        let body = json!({"RetCode": 0, "Models": models});
        assert_eq!(decode(&GetOpenClawModelList::new(), &json(body))?.models.len(), 1);
    }

    for ids in [json!("uhost-1"), json!(["uhost-1"])] {
        for key in ["UHostIds", "UHostId"] {
            let response = json(json!({"RetCode": 0, key: ids}));
            assert_eq!(decode(&creation(), &response)?.uhost_ids, ["uhost-1"], "{key}");
        }
    }
    Ok(())
}
