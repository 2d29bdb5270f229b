//! The life of a new instance, and what cannot be created.

use crate::{
    model::{Account, COMPANY_ID, PRIVATE_KEY, PUBLIC_KEY},
    testing::{Caller, at, instance, state},
};

const CREATE: &str = "CreateCompShareInstance";
const NEW: [(&str, &str); 9] = [
    ("GpuType", "4090"),
    ("GPU", "1"),
    ("CPU", "16"),
    ("Memory", "65536"),
    ("CompShareImageId", "compshareImage-xxxx"),
    ("Disks.0.IsBoot", "true"),
    ("Disks.0.Type", "CLOUD_SSD"),
    ("Disks.0.Size", "60"),
    ("ChargeType", "Postpay"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    NEW.iter().chain(changes).copied().collect()
}

fn create(caller: &mut Caller, changes: &[(&str, &str)]) -> String {
    let response = caller.ok(CREATE, &with(changes));
    response["UHostIds"][0].as_str().expect("an id").to_owned()
}

#[test]
fn a_new_instance_runs_after_half_a_minute() {
    let mut caller = Caller::new();
    let response =
        caller.ok(CREATE, &with(&[("Name", "my-gpu-instance"), ("Remark", "driver:535")]));
    let id = response["UHostIds"][0].as_str().expect("an id").to_owned();
    let shown = instance(&mut caller, &id);
    assert_eq!(shown["State"], "Initializing");
    assert_eq!(
        (&shown["Name"], &shown["Remark"]),
        (&"my-gpu-instance".into(), &"driver:535".into())
    );
    assert_eq!((&shown["CreateTime"], &shown["ExpireTime"]), (&1_800_000_000.into(), &0.into()));
    assert_eq!((&shown["Password"], &shown["Zone"]), (&response["Password"], &"cn-wlcb-01".into()));
    assert_eq!(
        (&shown["InstanceType"], &shown["CompShareImageName"]),
        (&"Container".into(), &"my-env".into())
    );
    assert_eq!(shown["DiskSet"][0]["Size"], 60);
    caller.now = at(10);
    assert_eq!(state(&mut caller, &id), "Starting");
    assert_eq!(instance(&mut caller, &id)["Softwares"].as_array().map(Vec::len), Some(0));
    caller.now = at(30);
    let shown = instance(&mut caller, &id);
    assert_eq!((&shown["State"], &shown["StartTime"]), (&"Running".into(), &1_800_000_030.into()));
    assert_eq!(shown["Softwares"][0]["Name"], "JupyterLab");
    let image = caller.show("DescribeCompShareCustomImages", "compshareImage-xxxx");
    assert_eq!(image["CreatedCount"], 1);
}

#[test]
fn a_month_is_the_default() {
    let mut caller = Caller::new();
    let mut sent = NEW[..8].to_vec();
    sent.push(("Quantity", "2"));
    let response = caller.ok(CREATE, &sent);
    let shown = instance(&mut caller, response["UHostIds"][0].as_str().expect("an id"));
    assert_eq!((&shown["ChargeType"], &shown["Name"]), (&"Month".into(), &"host".into()));
    assert_eq!(shown["ExpireTime"], 1_800_000_000_i64 + 60 * 86_400);
    assert_eq!(shown["AutoRenew"], "No");
}

#[test]
fn some_installations_fail() {
    let mut caller = Caller::new();
    let id = create(&mut caller, &[("Name", "will-fail")]);
    caller.now = at(30);
    assert_eq!(state(&mut caller, &id), "Install Fail");
    for action in ["StartCompShareInstance", "StopCompShareInstance", "RebootCompShareInstance"] {
        let (code, message) = caller.refused(action, &[("UHostId", &id)]);
        assert_eq!((code, message.contains("is Install Fail")), (8905, true), "{message}");
    }
    caller.ok("TerminateCompShareInstance", &[("UHostId", &id)]);
}

#[test]
fn several_are_created_with_their_disks() {
    let mut caller = Caller::new();
    let more = [
        ("MaxCount", "3"),
        ("Disks.1.IsBoot", "false"),
        ("Disks.1.Type", "CLOUD_NORMAL"),
        ("Disks.1.Size", "500"),
        ("Password", "UGFzc3dvcmQx"),
    ];
    let response = caller.ok(CREATE, &with(&more));
    assert_eq!(response["UHostIds"].as_array().map(Vec::len), Some(3));
    let shown = instance(&mut caller, response["UHostIds"][2].as_str().expect("an id"));
    assert_eq!(
        (&shown["TotalDiskSpace"], &shown["Password"]),
        (&500.into(), &"UGFzc3dvcmQx".into())
    );
    assert_eq!(shown["DiskSet"][1]["Drive"], "/dev/vdb");
    assert_eq!(shown["DiskSet"][1]["DiskType"], "CLOUD_NORMAL");
}

#[test]
fn stock_goes_down_and_comes_back() {
    let mut caller = Caller::new();
    caller.gateway.set_stock("cn-wlcb-01", "4090", 5);
    let free = |caller: &Caller| caller.gateway.free_cards("cn-wlcb-01", "4090");
    assert_eq!(free(&caller), Some(1));
    let id = create(&mut caller, &[]);
    assert_eq!(free(&caller), Some(0));
    let (code, message) = caller.refused(CREATE, &NEW);
    assert_eq!((code, message.contains("[GpuType]")), (226_604, true));
    let id = ("UHostId", id.as_str());
    let busy = caller.refused("TerminateCompShareInstance", &[id]);
    assert!(busy.1.contains("InstanceOperationInProgress"));
    caller.now = at(30);
    caller.ok("StopCompShareInstance", &[id]);
    caller.now = at(40);
    caller.ok("TerminateCompShareInstance", &[id]);
    assert_eq!(free(&caller), Some(1));
    caller.ok(CREATE, &NEW);
    assert_eq!(
        caller.refused(CREATE, &with(&[("GpuType", "P40"), ("CPU", "6"), ("Memory", "49152")])).0,
        226_604
    );
}

#[test]
fn the_account_must_be_in_order() {
    let mut caller = Caller::new();
    caller.gateway.company_mut(COMPANY_ID).arrears = true;
    assert_eq!(caller.refused(CREATE, &NEW).0, 226_601);
    caller.gateway.company_mut(COMPANY_ID).arrears = false;
    let account = || Account::new(COMPANY_ID, PUBLIC_KEY, PRIVATE_KEY);
    caller.gateway.add_account(account().verified(false));
    assert_eq!(caller.refused(CREATE, &NEW).0, 226_606);
    caller.gateway.add_account(account());
    let many = with(&[("MaxCount", "13")]);
    let (code, message) = caller.refused(CREATE, &many);
    assert_eq!((code, message.contains("8 of 20")), (8095, true));
    caller.gateway.company_mut(COMPANY_ID).level = 3;
    caller.ok(CREATE, &many);
}

/// What the vendor's public example programs send, in every language.
#[test]
fn the_vendors_example_programs_run() {
    let mut caller = Caller::new();
    let created = caller.ok(
        CREATE,
        &[
            ("MachineType", "G"),
            ("CompShareImageId", "compshareImage-165jmhx19ik7"),
            ("GPU", "1"),
            ("GpuType", "4090"),
            ("CPU", "16"),
            ("Memory", "65536"),
            ("Disks.0.IsBoot", "true"),
            ("Disks.0.Size", "200"),
            ("Disks.0.Type", "CLOUD_SSD"),
        ],
    );
    let id = created["UHostIds"][0].as_str().expect("an id");
    let list = caller.ok("DescribeCompShareInstance", &[("UHostIds.0", id)]);
    assert_eq!(
        (list["TotalCount"].as_i64(), list["UHostSet"][0]["UHostId"].as_str()),
        (Some(1), Some(id))
    );
}

#[test]
fn a_size_that_is_not_sold_is_refused_as_such() {
    let mut caller = Caller::new();
    for (changes, parameter) in [
        (&[("GpuType", "A800"), ("GPU", "9")][..], "GPU"),
        (&[("CPU", "17")], "CPU"),
        (&[("Memory", "66560")], "Memory"),
        (&[("Memory", "65537")], "Memory"),
    ] {
        let (code, message) = caller.refused(CREATE, &with(changes));
        assert!(message.contains(&format!("[{parameter}]")), "{message}");
        assert_eq!(code, 226_603, "{message}");
    }
}

#[test]
fn what_the_catalogue_does_not_have_is_refused() {
    let mut caller = Caller::new();
    let long = "x".repeat(64);
    for (changes, parameter) in [
        (&[("GpuType", "9999")][..], "GpuType"),
        (&[("GPU", "11")], "GPU"),
        (&[("CompShareImageId", "compshareImage-none")], "CompShareImageId"),
        (&[("CompShareImageId", "compshareImage-failed")], "CompShareImageId"),
        (&[("Disks.0.IsBoot", "false")], "Disks"),
        (&[("Disks.0.Type", "CLOUD_RSSD")], "Disks.0.Type"),
        (&[("Disks.0.Size", "10")], "Disks.0.Size"),
        (&[("ChargeType", "Year")], "ChargeType"),
        (&[("Quantity", "0")], "Quantity"),
        (&[("Name", long.as_str())], "Name"),
        (&[("Password", "c2hvcnQ=")], "Password"),
        (
            &[
                ("GpuType", "3090"),
                ("CPU", "14"),
                ("Memory", "51200"),
                ("MinimalCpuPlatform", "Intel/Auto"),
            ],
            "MinimalCpuPlatform",
        ),
        (
            &[
                ("Region", "cn-bj2"),
                ("Zone", "cn-bj2-03"),
                ("GpuType", "3090"),
                ("CPU", "14"),
                ("Memory", "51200"),
            ],
            "GpuType",
        ),
        (&[("CompShareImageId", "compshareImage-vm"), ("EnableUS3", "true")], "EnableUS3"),
        (&[("EnableCfs", "true")], "EnableCfs"),
        (&[("MaxCount", "101")], "MaxCount"),
    ] {
        let (code, message) = caller.refused(CREATE, &with(changes));
        assert!(
            code == 230 && message.contains(&format!("[{parameter}]")),
            "{parameter}: {message}"
        );
    }
    let spot =
        with(&[("GpuType", "A800"), ("CPU", "15"), ("Memory", "204800"), ("ChargeType", "Spot")]);
    assert_eq!(caller.refused(CREATE, &spot).0, 230);
    let image = with(&[
        ("GpuType", "H20"),
        ("CPU", "20"),
        ("Memory", "204800"),
        ("CompShareImageId", "compshareImage-c01v3"),
    ]);
    assert_eq!(caller.refused(CREATE, &image).0, 226_603);
    assert_eq!(caller.refused(CREATE, &NEW[1..]).0, 220);
}

#[test]
fn container_zones_have_instances_of_their_own() {
    let mut caller = Caller::new();
    let there = [("Region", "cn-bj2"), ("Zone", "cn-bj2-03"), ("EnableCfs", "true")];
    let id = create(&mut caller, &there);
    assert!(id.starts_with("cpod-"));
    let shown = instance(&mut caller, &id);
    assert_eq!(shown["VolumeSet"][0]["VolumeId"], "cfs-xxxx");
    assert_eq!(shown["IPSet"][1]["Type"], "Proxy");
}

#[test]
fn us3_must_be_enabled() {
    let mut caller = Caller::new();
    let id = create(&mut caller, &[("EnableUS3", "true")]);
    assert!(caller.gateway.instance(&id).is_some_and(|instance| instance.us3));
    caller.gateway.company_mut(COMPANY_ID).us3_regions.clear();
    assert_eq!(caller.refused(CREATE, &with(&[("EnableUS3", "true")])).0, 8433);
}
