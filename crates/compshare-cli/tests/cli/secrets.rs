//! Passwords: on their way, in responses, and in mistakes.

use compshare_blocking::{
    Client, Config, Credentials, Gb, Raw, Secret,
    actions::{CreateCompShareInstance, CreateCompShareInstanceRequired},
    types::{ChargeType, DiskType, InstanceDisk},
};
use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY, Sim};
use serde_json::json;

use crate::{Cli, only, server::responding, sorted, words};

const CREATE: [&str; 29] = [
    "CreateCompShareInstance",
    "--GpuType",
    "4090",
    "--GPU",
    "1",
    "--CPU",
    "16",
    "--Memory",
    "64GB",
    "--CompShareImageId",
    "compshareImage-xxxx",
    "--Disks.0.IsBoot",
    "true",
    "--Disks.0.Type",
    "CLOUD_SSD",
    "--Disks.0.Size",
    "60GB",
    "--Disks.1.IsBoot",
    "false",
    "--Disks.1.Type",
    "CLOUD_SSD",
    "--Disks.1.Size",
    "100",
    "--ChargeType",
    "Postpay",
    "--Name",
    "from-here",
    "--zone",
    "cn-wlcb-01",
];

/// A canary that is Base64 of nothing else.
const PASSWORD: &str = "Canary-密码-1";
const ENCODED: &str = "Q2FuYXJ5LeWvhueggS0x";

#[test]
fn a_new_instance_is_the_same_by_flags_by_type_and_by_name() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim).file("password.txt", format!("{PASSWORD}\n")).stdin(PASSWORD);
    for given in [PASSWORD, "@password.txt", "@-"] {
        let ended = cli.run(&words(&CREATE, &["--Password", given]));
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    }
    let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY));
    let config = config.region("cn-wlcb").zone("cn-wlcb-01").endpoint(sim.endpoint());
    let client = Client::new(config.expect("an endpoint")).expect("a client");
    let typed = CreateCompShareInstance::new(CreateCompShareInstanceRequired {
        gpu_type: "4090".to_owned(),
        gpu: 1,
        cpu: 16,
        memory: Gb(64).into(),
        compshare_image_id: "compshareImage-xxxx".to_owned(),
        disks: vec![
            InstanceDisk::new(true, DiskType::CloudSsd, Gb(60)),
            InstanceDisk::new(false, DiskType::CloudSsd, Gb(100)),
        ],
        charge_type: ChargeType::Postpay,
    });
    let typed = typed.name("from-here");
    client.send(typed.password(Secret::new(PASSWORD))).expect("a response");
    let disks = json!([
        { "IsBoot": true, "Type": "CLOUD_SSD", "Size": 60 },
        { "IsBoot": false, "Type": "CLOUD_SSD", "Size": 100 },
    ]);
    let raw = Raw::new("CreateCompShareInstance")
        .param("GpuType", "4090")
        .param("GPU", 1)
        .param("CPU", 16)
        .param("Memory", 65_536)
        .param("CompShareImageId", "compshareImage-xxxx")
        .param("Disks", disks)
        .param("ChargeType", "Postpay")
        .param("Name", "from-here")
        .param("Password", ENCODED);
    client.send(raw).expect("a response");
    let requests = sim.requests();
    let first = sorted(&requests[0]);
    assert_eq!(first["Password"], ENCODED);
    assert_eq!(first["Disks.1.Size"], "100");
    assert_eq!(requests.len(), 5);
    for request in &requests {
        assert_eq!(sorted(request), first);
        assert_eq!(request.unknown_parameters, [""; 0]);
    }
}

#[test]
fn a_password_is_printed_nowhere() {
    for words in [
        words(&CREATE, &["--Password", PASSWORD, "--dry-run"]),
        words(&CREATE, &["--Password", PASSWORD, "--dry-run", "--json"]),
        words(&CREATE, &["--Password", PASSWORD, "--CPU", "two"]),
        words(&CREATE, &["--Password", PASSWORD, "--GPU", "x", "--sim", "--json"]),
        words(&CREATE, &["--Password", PASSWORD, PASSWORD]),
        words(&CREATE, &["--Password", PASSWORD, "--Password", PASSWORD]),
        vec!["ResetCompShareInstancePassword", "--sim", "--Password", PASSWORD],
        vec!["ResetCompShareInstancePassword", "--Password", "--Canary-密码-1"],
        vec!["ResetCompShareInstancePassword", "--Password", "-Canary-密码-1"],
        vec!["ResetCompShareInstancePassword", "--Passwrd", PASSWORD],
        vec!["StopCompShareInstance", "--Password=Canary-密码-1"],
    ] {
        let ended = Cli::bare().set("COMPSHARE_REGION", "cn-wlcb").run(&words);
        for printed in [&ended.stdout, &ended.stderr] {
            assert!(!printed.contains("Canary"), "{printed}");
            assert!(!printed.contains(ENCODED), "{printed}");
        }
    }
}

#[test]
fn a_password_may_begin_with_any_character() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim).set("COMPSHARE_ZONE", "cn-wlcb-01");
    let ended = cli.run(&[
        "ResetCompShareInstancePassword",
        "--UHostId",
        "uhost-stopped",
        "--Password=@@-Canary1",
    ]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(only(&sim).parameter("Password"), Some("QC1DYW5hcnkx"));
}

const BODY: &str = r#"{"RetCode":0,"TotalCount":1,"UHostSet":[{
  "UHostId": "uhost-1",
  "Password": "UGFzc3dvcmQx",
  "SshLoginCommand": "ssh root@192.0.2.1",
  "Softwares": [
    {"Name": "a", "URL": "http://192.0.2.1/?token=1"},
    {"Name": "b", "URL": ""}
  ],
  "NewToken": {"Value": "x"}
}]}"#;

#[test]
fn secrets_in_a_response_are_masked_by_default() {
    let describe = ["DescribeCompShareInstance"];
    let ended = responding("", BODY).run(&describe);
    assert_eq!(
        ended.stdout,
        "\
DescribeCompShareInstance: done
TotalCount: 1
UHostSet: 1 row
  UHostId: uhost-1
  Password: ***
  SshLoginCommand: ***
  Softwares: 2 rows
    Name  URL
    a     ***
    b
  NewToken: ***
(*** hides a secret; use --show-secrets)
"
    );
    let ended = responding("", BODY).run(&words(&describe, &["--show-secrets"]));
    assert_eq!(
        ended.stdout,
        "\
DescribeCompShareInstance: done
TotalCount: 1
UHostSet: 1 row
  UHostId: uhost-1
  Password: Password1
  SshLoginCommand: ssh root@192.0.2.1
  Softwares: 2 rows
    Name  URL
    a     http://192.0.2.1/?token=1
    b
  NewToken.Value: x
"
    );
    let ended = responding("", BODY).run(&words(&describe, &["--json"]));
    assert_eq!(ended.json(), serde_json::from_str::<serde_json::Value>(BODY).expect("JSON"));
}
