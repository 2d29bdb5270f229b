//! Fields that come in another shape or under another name, each as the facts have it.

use std::fmt::Debug;

use compshare_proto::{
    Action,
    actions::{
        CreateCompShareCustomImage, CreateCompShareInstance, CreateCompShareTeamRelation,
        DescribeCompShareGpuInventory, DescribeCompShareImageShareAccounts,
        DescribeCompShareMachineTypeFamilies, DescribeSelfCommunityImages, DescribeTeamMemberOrder,
        DescribeTeamMemberUnpaidOrder, GetCompShareImageCreateProgress, GetCompShareInstancePrice,
        GetCompShareRefundPrice, GetOpenClawModelList, ListCompShareTeamOperateLog,
    },
};

use super::decode;

/// Asserts that every one of these bodies reads as the first does, which is not nothing.
fn assert_same<A: Action>(bodies: &[&str])
where
    A::Response: Debug + Default,
{
    let read = |fields: &str| match decode::<A>(format!("{{\"RetCode\":0,{fields}}}")) {
        Ok(response) => format!("{response:?}"),
        Err(error) => error.to_string(),
    };
    let first = read(bodies[0]);
    assert_ne!(first, format!("{:?}", A::Response::default()), "{}", bodies[0]);
    assert!(!first.contains("was answered, but"), "{first}");
    for body in bodies {
        assert_eq!(read(body), first, "{body}");
    }
}

#[test]
fn ids_of_new_instances() {
    assert_same::<CreateCompShareInstance>(&[
        r#""UHostIds":["uhost-1"]"#,
        r#""UHostIds":"uhost-1""#,
        r#""UHostId":"uhost-1""#,
        r#""UHostId":["uhost-1"]"#,
        r#""UHostIds":null,"UHostId":"uhost-1""#,
        r#""UHostId":"uhost-1","UHostIds":[]"#,
        r#""UHostId":"uhost-1","UHostIds":["uhost-1"]"#,
    ]);
}

#[test]
fn the_list_of_ids_wins_over_the_single_one() {
    assert_same::<CreateCompShareInstance>(&[
        r#""UHostIds":["uhost-1","uhost-2"]"#,
        r#""UHostId":"uhost-1","UHostIds":["uhost-1","uhost-2"]"#,
        r#""UHostIds":["uhost-1","uhost-2"],"UHostId":"uhost-1""#,
    ]);
}

#[test]
fn totals_of_lists() {
    let totals = [r#""Total":7"#, r#""TotalCount":7"#, r#""Total":"7""#, r#""TotalCount":"7""#];
    assert_same::<DescribeTeamMemberOrder>(&totals);
    assert_same::<DescribeTeamMemberUnpaidOrder>(&totals);
    assert_same::<ListCompShareTeamOperateLog>(&totals);
    assert_same::<DescribeTeamMemberOrder>(&[
        r#""Total":7"#,
        r#""Total":null,"TotalCount":7"#,
        r#""TotalCount":7,"Total":null"#,
    ]);
}

#[test]
fn maps_keyed_by_numbers() {
    assert_same::<DescribeCompShareGpuInventory>(&[
        r#""GpuInventory":{"Exclusive":{"7001":{"4090":12}},"Spot":{"7001":{"4090":0}}}"#,
        r#""GpuInventoryByZone":{"Exclusive":{"7001":{"4090":12}},"Spot":{"7001":{"4090":0}}}"#,
        r#""GpuInventoryByZone":{"Exclusive":{"7001":{"4090":"12"}},"Spot":{"7001":{"4090":"0"}}}"#,
        r#""GpuInventory":"{\"Exclusive\":{\"7001\":{\"4090\":12}},\"Spot\":{\"7001\":{\"4090\":0}}}""#,
    ]);
    assert_same::<DescribeCompShareGpuInventory>(&[
        r#""UpdateTime":1"#,
        r#""UpdateTime":1,"GpuInventoryByZone":null"#,
        r#""UpdateTime":1,"GpuInventoryByZone":"""#,
        r#""UpdateTime":1,"GpuInventoryByZone":[]"#,
        r#""UpdateTime":1,"GpuInventoryByZone":{}"#,
        r#""UpdateTime":1,"GpuInventoryByZone":"{}""#,
    ]);
    let inventory = r#"{"RetCode":0,"GpuInventoryByZone":{"Spot":{"7001":{"4090":3}}}}"#;
    let inventory = decode::<DescribeCompShareGpuInventory>(inventory.to_owned()).unwrap();
    assert_eq!(inventory.gpu_inventory["Spot"]["7001"]["4090"], 3);
}

#[test]
fn machine_types() {
    assert_same::<DescribeCompShareMachineTypeFamilies>(&[
        r#""MachineTypes":[{"Name":"4090"},{"Name":"A800"}]"#,
        r#""MachineTypes":["4090","A800"]"#,
        r#""MachineTypes":["4090",null,{"Name":"A800","New":[{}]}]"#,
    ]);
    assert_same::<DescribeCompShareMachineTypeFamilies>(&[
        r#""MachineTypesMap":{"7001":[{"Name":"4090"}]}"#,
        r#""MachineTypesMap":{"7001":["4090"]}"#,
        r#""MachineTypesMap":{"7001":["4090"],"7002":null}"#,
    ]);
}

#[test]
fn errors_of_invitations() {
    assert_same::<CreateCompShareTeamRelation>(&[
        r#""ErrorMap":{"50001":{"Code":17001,"Message":"quota"}}"#,
        r#""ErrorMap":{"50001":{"Code":"17001","Message":"quota"}}"#,
        r#""ErrorMap":"{\"50001\":{\"Code\":17001,\"Message\":\"quota\"}}""#,
    ]);
}

#[test]
fn kinds_of_a_log() {
    assert_same::<ListCompShareTeamOperateLog>(&[
        r#""OperateTypeList":{"Invite":"Invite","Quit":"Quit"}"#,
        r#""OperateTypeList":["Invite","Quit"]"#,
    ]);
    assert_same::<ListCompShareTeamOperateLog>(&[
        r#""StatusList":{"1":"1","2":"2"}"#,
        r#""StatusList":{"1":1,"2":2}"#,
        r#""StatusList":["1","2"]"#,
    ]);
}

#[test]
fn models() {
    assert_same::<GetOpenClawModelList>(&[
        r#""Models":[{"Id":"m-1","Name":"deepseek"}]"#,
        r#""Models":{"Id":"m-1","Name":"deepseek"}"#,
    ]);
    assert_same::<GetOpenClawModelList>(&[
        r#""Models":[{"Id":"m-1"},{"Id":"m-2"}]"#,
        r#""Models":[{"Id":"m-1"},null,{"Id":"m-2","New":1}]"#,
    ]);
}

#[test]
fn numbers_as_text_and_text_as_numbers() {
    assert_same::<DescribeCompShareImageShareAccounts>(&[
        r#""AccountSet":[{"AccountId":50001}]"#,
        r#""AccountSet":[{"AccountId":"50001"}]"#,
    ]);
    assert_same::<GetCompShareImageCreateProgress>(&[
        r#""TotalDuration":90,"RemainingDuration":30"#,
        r#""TotalDuration":"90","RemainingDuration":"30""#,
    ]);
    assert_same::<DescribeTeamMemberUnpaidOrder>(&[
        r#""OrderInfos":[{"Amount":"10.00"}]"#,
        r#""OrderInfos":[{"Amount":"10"}]"#,
        r#""OrderInfos":[{"Amount":10}]"#,
        r#""OrderInfos":[{"Amount":10.0}]"#,
    ]);
}

#[test]
fn other_names() {
    assert_same::<DescribeSelfCommunityImages>(&[
        r#""CompshareImageGroup":[{"GroupId":"g"}]"#,
        r#""ImageSetGroup":[{"GroupId":"g"}]"#,
        r#""CompshareImageGroup":[{"GroupId":"g"}],"ImageSetGroup":null"#,
        r#""CompshareImageGroup":[{"GroupId":"g"}],"ImageSetGroup":[]"#,
    ]);
    assert_same::<GetCompShareInstancePrice>(&[
        r#""PriceDetails":[{"ChargeType":"Month"}]"#,
        r#""PriceDetail":[{"ChargeType":"Month"}]"#,
    ]);
    assert_same::<GetCompShareRefundPrice>(&[
        r#""RefundPriceSet":[{"Message":"no"}]"#,
        r#""RefundPriceSet":[{"ErrMessage":"no"}]"#,
    ]);
    assert_same::<CreateCompShareCustomImage>(&[r#""CompShareImageId":"i""#, r#""ImageId":"i""#]);
    assert_same::<GetCompShareImageCreateProgress>(&[
        r#""Process":50,"Status":"Making""#,
        r#""Progress":"50","State":"Making""#,
        r#""Percent":50.0,"Status":"Making""#,
    ]);
}

#[test]
fn what_may_be_absent() {
    type Monitor = compshare_proto::actions::GetCompShareInstanceMonitor;
    for body in [r#"{"RetCode":0}"#, r#"{"RetCode":0,"Data":null}"#, r#"{"RetCode":0,"Data":""}"#] {
        assert!(decode::<Monitor>(body.to_owned()).unwrap().data.is_none(), "{body}");
    }
    let nulls = r#"{"RetCode":0,"Data":{"List":null,"PodList":null}}"#;
    let data = decode::<Monitor>(nulls.to_owned()).unwrap().data.unwrap();
    assert!(data.list.is_empty() && data.pod_list.is_empty());

    let row = r#"{"RetCode":0,"RefundPriceSet":[{"UHostId":"uhost-1","Code":0}]}"#;
    let response = decode::<GetCompShareRefundPrice>(row.to_owned()).unwrap();
    assert_eq!(response.refund_price_set[0].refund_price, None, "unknown, not zero");
}
