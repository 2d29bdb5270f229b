//! The documented update, against the simulator.

use compshare_blocking::{
    Client, Cny, Config, Credentials, Raw,
    actions::{DescribeCommunityImages, UpdateCompShareImage},
    types::{SortCondition, SortField, Visibility},
};
use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY, Sim};
use serde_json::json;

use crate::{Cli, IMAGE, only, sorted, update, without_port, words};

const DOCUMENTED: [&str; 6] =
    ["--Name", "my-updated-env", "--Tags", "深度学习", "--Tags", "PyTorch"];

#[test]
fn one_command_needs_no_keys_with_the_simulator() {
    let ended = Cli::bare().run(&words(&update(&DOCUMENTED), &["--sim"]));
    assert_eq!(
        ended.stdout,
        "UpdateCompShareImage: done (request 00000000-0000-4000-8000-000000000001)\n"
    );
    assert_eq!(without_port(&ended.stderr), "simulator on PORT/: no real resources are changed\n");
    assert_eq!(ended.code, Some(0));
}

#[test]
fn the_simulator_is_never_mixed_with_the_real_thing() {
    let real = Sim::start().expect("a simulator");
    let cli = Cli::of(&real)
        .set("COMPSHARE_PRIVATE_KEY", "canary-of-a-real-private-key")
        .set("COMPSHARE_REGION", "no-such-region");
    let ended = cli.run(&words(&update(&DOCUMENTED), &["--sim"]));
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(real.connections(), 0);
    let words = ["DescribeCompShareImages", "--sim", "--region", "cn-sh2", "--dry-run"];
    let ended = cli.run(&words);
    assert!(ended.stdout.contains("\nRegion=cn-sh2\n"), "{}", ended.stdout);
    assert!(!ended.stdout.contains("\nZone="), "{}", ended.stdout);
}

#[test]
fn global_flags_may_stand_before_the_action() {
    let ended = Cli::bare().run(&words(&["--json", "--sim"], &update(&DOCUMENTED)));
    assert_eq!(ended.json(), json!({ "Action": "UpdateCompShareImageResponse", "RetCode": 0 }));
    assert_eq!(ended.code, Some(0));
}

#[test]
fn what_was_updated_is_described() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim).unset("COMPSHARE_ENDPOINT");
    let there = ["--endpoint", sim.endpoint()];
    let ended = cli.run(&words(&update(&DOCUMENTED), &there));
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
    let describe = words(&words(&["DescribeCompShareCustomImages"], &IMAGE), &there);
    let ended = cli.run(&words(&describe, &["--region", "cn-wlcb"]));
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
    assert!(
        ended.stdout.contains(
            "\nTotalCount: 1\nImageSet: 1 row\n  CompShareImageId: compshareImage-xxxx\n  \
             Name: my-updated-env\n"
        ),
        "{}",
        ended.stdout
    );
    assert!(ended.stdout.contains("\n  Tags: 深度学习, PyTorch\n"), "{}", ended.stdout);
    assert!(ended.stdout.contains("\n  Size: 20480 MB\n"), "{}", ended.stdout);
    let ended = cli.run(&words(&describe, &["--json"]));
    assert_eq!(ended.json()["ImageSet"][0]["Tags"], json!(["深度学习", "PyTorch"]));
}

/// Every parameter of every type, by flags, by type and by name.
#[test]
fn flags_put_on_the_wire_what_the_typed_action_does() {
    let sim = Sim::start().expect("a simulator");
    let flags = [
        "--Visibility",
        "1",
        "--Price",
        "1.50",
        "--AutoStart",
        "true",
        "--SupportedGpuTypes",
        "4090",
        "--Description",
        "",
        "--zone",
        "cn-wlcb-01",
    ];
    let ended = Cli::of(&sim).run(&words(&update(&DOCUMENTED), &flags));
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let client = client(&sim);
    let typed = UpdateCompShareImage::new("compshareImage-xxxx")
        .name("my-updated-env")
        .tags(["深度学习", "PyTorch"])
        .visibility(Visibility::Public)
        .price(Cny(1.5))
        .auto_start(true)
        .supported_gpu_types(["4090"])
        .description("")
        .zone("cn-wlcb-01");
    client.send(&typed).expect("a response");
    let raw = Raw::new("UpdateCompShareImage")
        .param("CompShareImageId", "compshareImage-xxxx")
        .param("Name", "my-updated-env")
        .param("Tags", ["深度学习", "PyTorch"])
        .param("Visibility", 1)
        .param("Price", 1.5)
        .param("AutoStart", true)
        .param("SupportedGpuTypes", ["4090"])
        .param("Description", "")
        .param("Zone", "cn-wlcb-01");
    client.send(&raw).expect("a response");
    let [by_flags, by_type, by_name] = sim.requests().try_into().expect("three requests");
    assert_eq!(sorted(&by_flags), sorted(&by_type));
    assert_eq!(sorted(&by_flags), sorted(&by_name));
    assert_eq!(by_flags.parameter("Price"), Some("1.5"));
    assert_eq!(by_flags.unknown_parameters, [""; 0]);
}

#[test]
fn objects_are_sent_as_the_typed_action_does() {
    let sim = Sim::start().expect("a simulator");
    let sort = ["--SortCondition.Field", "PubTime", "--SortCondition.ASC", "false"];
    let ended = Cli::of(&sim).run(&words(&["DescribeCommunityImages", "--Limit", "2"], &sort));
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let order = SortCondition::new(SortField::PubTime).asc(false);
    let typed = DescribeCommunityImages::new().limit(2).sort_condition(order);
    client(&sim).send(&typed).expect("a response");
    let [by_flags, by_type] = sim.requests().try_into().expect("two requests");
    assert_eq!(sorted(&by_flags), sorted(&by_type));
    assert_eq!(by_flags.parameter("SortCondition.ASC"), Some("false"));
}

#[test]
fn an_object_that_lacks_a_part_is_not_sent() {
    let words = ["DescribeCommunityImages", "--sim", "--SortCondition.ASC", "false"];
    let ended = Cli::bare().run(&words);
    assert_eq!(
        ended.stderr,
        "error: --SortCondition.Field is missing; SortCondition requires it\n"
    );
    assert_eq!(ended.code, Some(2));
}

#[test]
fn a_documented_scope_flag_goes_before_a_global_one() {
    let sim = Sim::start().expect("a simulator");
    let words = ["DescribeCompShareImages", "--region", "cn-bj2", "--Region", "cn-sh2"];
    let ended = Cli::of(&sim).run(&words);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(only(&sim).parameter("Region"), Some("cn-sh2"));
}

#[test]
fn a_parameter_or_an_action_that_is_not_known_is_sent_as_given() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim);
    let ended = cli.run(&update(&["--param", "NewKey=a=b", "--param", "Other.0=-x"]));
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let seen = only(&sim);
    assert_eq!(seen.unknown_parameters, ["NewKey", "Other.0"]);
    assert_eq!(seen.parameter("NewKey"), Some("a=b"));
    assert_eq!(seen.parameter("Other.0"), Some("-x"));
    let call = ["call", "DescribeCompShareImages", "--param", "Limit=1", "--json"];
    let ended = cli.run(&call);
    assert_eq!(ended.json()["TotalCount"], 48);
}

fn client(sim: &Sim) -> Client {
    let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY)).region("cn-wlcb");
    Client::new(config.endpoint(sim.endpoint()).expect("an endpoint")).expect("a client")
}
