//! The life of file storage.

use crate::testing::{Caller, at, column};

const BJ: [(&str, &str); 2] = [("Region", "cn-bj2"), ("Zone", "cn-bj2-03")];
const NEW: [(&str, &str); 6] = [
    ("Region", "cn-sh2"),
    ("Zone", "cn-sh2-01"),
    ("Name", "training"),
    ("Size", "100"),
    ("ChargeType", "Day"),
    ("Quantity", "2"),
];

fn with(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    NEW.iter().chain(changes).copied().collect()
}

#[test]
fn storage_is_bought_once_in_a_zone() {
    let mut caller = Caller::new();
    let id = caller.ok("CreateCFS", &NEW)["CfsId"].as_str().expect("an id").to_owned();
    let rows = caller.anywhere("DescribeCFS", &[("Region", "cn-sh2")]);
    let row = &rows["CFSSet"][0];
    assert_eq!((&row["CfsId"], &row["Size"]), (&id.as_str().into(), &100.into()));
    assert_eq!((&row["ZoneId"], &row["PurchaseValue"]), (&7001.into(), &1_800_172_800.into()));
    assert_eq!((&row["MountStatus"], &row["ChargeType"]), (&"Unmounted".into(), &"Day".into()));
    assert_eq!(caller.refused("CreateCFS", &NEW).0, 230);
    let all = caller.anywhere("DescribeCFS", &[]);
    assert_eq!(column(&all["CFSSet"], "CfsId"), ["cfs-xxxx", id.as_str()]);
    let none = caller.anywhere("DescribeCFS", &[("CfsId", "cfs-none")]);
    assert_eq!(none["Found"], false);
}

#[test]
fn storage_has_limits() {
    let mut caller = Caller::new();
    for (change, parameter) in [
        (("Size", "49"), "Size"),
        (("Size", "2049"), "Size"),
        (("ChargeType", "Postpay"), "ChargeType"),
        (("Zone", "cn-sh2-02"), "Zone"),
    ] {
        let (code, message) = caller.refused("CreateCFS", &with(&[change]));
        assert!(code == 230 && message.contains(&format!("[{parameter}]")), "{message}");
    }
    caller.gateway.company_mut(crate::model::COMPANY_ID).arrears = true;
    assert_eq!(caller.refused("CreateCFS", &NEW).0, 226_601);
}

#[test]
fn storage_grows_and_never_shrinks() {
    let mut caller = Caller::new();
    let grow = |size| [BJ[0], BJ[1], ("CfsId", "cfs-xxxx"), ("Size", size)];
    assert_eq!(caller.ok("ResizeCFS", &grow("200"))["CfsId"], "cfs-xxxx");
    assert_eq!(caller.anywhere("DescribeCFS", &[])["CFSSet"][0]["Size"], 200);
    assert_eq!(caller.refused("ResizeCFS", &grow("200")).0, 230);
    let none = [BJ[0], BJ[1], ("CfsId", "cfs-none"), ("Size", "300")];
    assert_eq!(caller.refused("ResizeCFS", &none).0, 230);
    caller.gateway.company_mut(crate::model::COMPANY_ID).arrears = true;
    assert_eq!(caller.refused("ResizeCFS", &grow("300")).0, 226_601);
}

#[test]
fn what_is_mounted_stays() {
    let mut caller = Caller::new();
    let pod = [BJ[0], BJ[1], ("UHostId", "cpod-xxxx")];
    let delete = |recycle| [BJ[0], BJ[1], ("CfsId", "cfs-xxxx"), ("Recycle", recycle)];
    caller.ok("AttachUS3", &pod);
    caller.now = at(20);
    let (code, message) = caller.refused("DeleteCFS", &delete("true"));
    assert_eq!((code, message.contains("cpod-xxxx mounts it")), (230, true));
    caller.ok("StopCompShareInstance", &pod);
    caller.now = at(30);
    assert_eq!(caller.refused("DeleteCFS", &delete("false")).0, 230);
    assert_eq!(caller.ok("DeleteCFS", &delete("true"))["CfsId"], "cfs-xxxx");
    assert_eq!(caller.anywhere("DescribeCFS", &[])["Found"], false);
    assert_eq!(caller.refused("DeleteCFS", &delete("true")).0, 230);
}
