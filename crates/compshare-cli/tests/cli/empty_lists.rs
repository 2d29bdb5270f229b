//! A list flag without a value, as a shell makes one of a variable that is not set.

use compshare_blocking::{actions::ACTIONS, metadata::Kind};
use compshare_sim::Sim;

use crate::{Cli, words};

#[test]
fn an_empty_list_is_no_filter_by_nothing() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim);
    for info in ACTIONS {
        for parameter in info.parameters {
            let Kind::List(item) = parameter.kind else { continue };
            if matches!(item, Kind::Object(_)) {
                continue;
            }
            let mut given = vec!["--dry-run".to_owned()];
            let needed = info.parameters.iter().filter(|other| other.is_needed());
            for other in needed.filter(|other| other.name != parameter.name) {
                let value = if other.example.is_empty() { "1" } else { other.example };
                given.push(format!("--{}={value}", other.name));
            }
            given.push(format!("--{}=", parameter.name));
            let given: Vec<&str> = given.iter().map(String::as_str).collect();
            let ended = cli.run(&words(&[info.name], &given));
            assert_eq!(ended.code, Some(2), "{}: {given:?}\n{}", info.name, ended.stderr);
            assert!(ended.stderr.contains(parameter.name), "{}", ended.stderr);
        }
    }
    let ended = cli.run(&["DescribeCompShareInstance", "--UHostIds", ""]);
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
    let text = "error: DescribeCompShareInstance was not sent: UHostIds is an empty list: give it";
    assert!(ended.stderr.starts_with(text), "{}", ended.stderr);
    let ended = cli.run(&["DescribeCompShareInstance", "--param", "UHostIds="]);
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
    let text =
        "error: DescribeCompShareInstance was not sent: UHostIds is empty: give at least one";
    assert!(ended.stderr.starts_with(text), "{}", ended.stderr);
    assert!(sim.requests().is_empty());
}

/// In the notation of the wire, and by a name that this version does not know.
#[test]
fn an_empty_parameter_is_no_filter_by_nothing() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim);
    for (given, name) in [
        (&["DescribeCompShareInstance", "--Tag", ""][..], "Tag"),
        (&["DescribeCompShareInstance", "--param", "Tag="], "Tag"),
        (&["DescribeCompShareInstance", "--param", "UHostIds.0="], "UHostIds"),
        (&["DescribeCompShareInstance", "--all", "--param", "UHostIds.0="], "UHostIds"),
        (&["call", "ListNew", "--effect", "read", "--param", "Name="], "Name"),
    ] {
        let ended = cli.run(given);
        assert_eq!(ended.code, Some(2), "{given:?}: {}", ended.stderr);
        assert!(ended.stderr.contains(&format!(": {name} is empty: give ")), "{}", ended.stderr);
    }
    assert!(sim.requests().is_empty());
}
