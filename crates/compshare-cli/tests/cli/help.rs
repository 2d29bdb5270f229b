//! Help and lists, which need no keys.

use std::{io::Read as _, process::Stdio};

use compshare_blocking::{
    actions::ACTIONS,
    metadata::{Kind, ParameterInfo},
};

use crate::Cli;

const FAMILIES: [&str; 7] = ["instance", "image", "disk", "network", "team", "ulhost", "misc"];

#[test]
fn help_lists_every_action_and_every_exit_code() {
    let ended = Cli::bare().run(&["--help"]);
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
    for info in ACTIONS {
        let row = ended.stdout.lines().find(|line| line.trim().starts_with(info.name));
        assert!(row.is_some_and(|row| row.ends_with(info.summary)), "{}", info.name);
    }
    let exits = "\nExit codes:\n  0  success\n  1  refused by the API";
    for text in [exits, "--dry-run", "COMPSHARE_PRIVATE_KEY", "HTTPS_PROXY"] {
        assert!(ended.stdout.contains(text), "{text}");
    }
    let families = ended.stdout.lines().filter_map(|line| line.strip_prefix("Actions, "));
    let families: Vec<&str> = families.filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(families, FAMILIES);
}

#[test]
fn help_of_an_action_has_every_parameter() {
    for info in ACTIONS {
        let ended = Cli::bare().run(&[info.name, "--help"]);
        assert_eq!((ended.code, &*ended.stderr), (Some(0), ""), "{}", info.name);
        assert!(ended.stdout.starts_with(info.summary), "{}", ended.stdout);
        assert!(ended.stdout.contains(&format!("\nEffect: {};", info.effect)), "{}", info.name);
        assert!(ended.stdout.contains(info.doc_page), "{}", info.name);
        assert!(ended.stdout.contains(&format!("\n  compshare {}", info.name)), "{}", info.name);
        assert_parameters(&ended.stdout, info.parameters, "");
    }
}

fn assert_parameters(help: &str, parameters: &[ParameterInfo], prefix: &str) {
    for parameter in parameters {
        let path = format!("{prefix}{}", parameter.name);
        match parameter.kind {
            Kind::Object(object) => assert_parameters(help, object.parameters, &format!("{path}.")),
            Kind::List(Kind::Object(object)) => {
                assert_parameters(help, object.parameters, &format!("{path}.0."));
            }
            kind => {
                assert!(help.contains(&format!("      --{path} <")), "{path}");
                let first = parameter.doc.split(' ').next().unwrap_or_default();
                assert!(help.contains(first), "{path}: {}", parameter.doc);
                assert_limits(&after(help, &format!("      --{path} <")), parameter);
                if let Kind::Enum(info) = kind {
                    let values = info.values.iter().map(|(value, _)| *value);
                    let is_choice = |value: &&str| {
                        parameter.bills.is_empty() || parameter.bills.contains(value)
                    };
                    for value in values.filter(is_choice) {
                        assert!(
                            help.contains(&format!("\n            {value} ")),
                            "{path}: {value}"
                        );
                    }
                }
            }
        }
    }
}

/// The text of one flag on one line, from its name on.
fn after(help: &str, flag: &str) -> String {
    let (_, rest) = help.split_once(flag).expect("the flag");
    let text = rest.split_once("\n      --").map_or(rest, |(text, _)| text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_limits(text: &str, parameter: &ParameterInfo) {
    let step = parameter.multiple_of.map(|number| format!("A multiple of {number}."));
    let length = parameter.max_length.map(|most| format!("At most {most} characters."));
    let kind = match parameter.kind {
        Kind::List(item) => *item,
        kind => kind,
    };
    let form: &[&str] = match kind {
        Kind::Mb => &["Unit: MB.", "or a size such as 64GB."],
        Kind::Gb => &["Unit: GB.", "or a size such as 2TB."],
        Kind::Fen => &["Unit: fen.", "or yuan such as 12.50CNY."],
        Kind::Cny => &["Unit: CNY"],
        Kind::Timestamp => {
            &["A duration from now such as 2h, a local time such as 2026-11-26 03:00"]
        }
        Kind::Secret => &["Given as it is; Base64 is done for you.", "Give @FILE or @-"],
        _ => &[],
    };
    let form = form.iter().map(|fact| (*fact).to_owned());
    for fact in step.into_iter().chain(length).chain(form) {
        assert!(text.contains(&fact), "{fact}\n{text}");
    }
}

#[test]
fn an_action_is_explained_flag_by_flag() {
    let ended = Cli::bare().run(&["UpdateCompShareImage", "--help"]);
    for text in [
        "Usage: compshare UpdateCompShareImage --CompShareImageId <TEXT> [OPTIONS]\n",
        "\n      --CompShareImageId <TEXT>\n          Image to change. Required. Example: compshareImage-xxxx.\n",
        "\n      --Visibility <INTEGER>\n          Visibility of the image. Example: 0.\n            0  Visible only to its owner.\n            1  Visible to everyone.\n",
        "\n      --Cover <BASE64>\n          Cover picture. Base64 of the content, or @FILE, which is encoded for you.\n",
        "\n      --Region <TEXT>\n          Region, such as cn-wlcb. Required; set it here or with --region or COMPSHARE_REGION.\n",
        "\nExample:\n  compshare UpdateCompShareImage --region cn-wlcb --CompShareImageId compshareImage-xxxx\n",
    ] {
        assert!(ended.stdout.contains(text), "{text}\n{}", ended.stdout);
    }
}

#[test]
fn actions_are_listed_by_name_or_with_all_metadata() {
    let ended = Cli::bare().run(&["actions"]);
    let names: Vec<&str> = ended.stdout.lines().collect();
    let known: Vec<&str> = ACTIONS.iter().map(|info| info.name).collect();
    assert_eq!(names, known);
    for family in FAMILIES {
        let ended = Cli::bare().run(&["actions", "--family", family]);
        let names: Vec<&str> = ended.stdout.lines().collect();
        let of_family = ACTIONS.iter().filter(|info| info.family == family);
        assert_eq!(names, of_family.map(|info| info.name).collect::<Vec<_>>());
        let listed = Cli::bare().run(&["actions", "--json", "--family", family]).json();
        assert_eq!(listed.as_array().map(Vec::len), Some(names.len()));
    }
    let ended = Cli::bare().run(&["actions", "--family", "gpu"]);
    let text = "error: --family: unknown family \"gpu\"; use one of instance, image, disk, \
                network, team, ulhost, misc\n";
    assert_eq!((ended.code, &*ended.stderr), (Some(2), text));
    let actions = Cli::bare().run(&["actions", "--json"]).json();
    let update = actions
        .as_array()
        .expect("a list")
        .iter()
        .find(|action| action["name"] == "UpdateCompShareImage");
    let update = update.expect("the update");
    assert_eq!(update["effect"], "idempotent");
    assert_eq!(update["region"], "required");
    let cover = &update["parameters"][6];
    assert_eq!((&cover["name"], &cover["base64"]), (&"Cover".into(), &true.into()));
    assert_eq!(update["parameters"][4]["type"]["enum"]["values"][1]["value"], "1");
}

#[test]
fn nothing_that_is_known_is_left_out() {
    let actions = Cli::bare().run(&["actions", "--json"]).stdout;
    for key in ["type", "list", "map", "availability"] {
        assert!(!actions.contains(&format!("\"{key}\": \"unknown\"")), "{key}");
    }
    let actions: serde_json::Value = serde_json::from_str(&actions).expect("JSON");
    let find = |name: &str| {
        let actions = actions.as_array().expect("a list");
        actions.iter().find(|action| action["name"] == name).expect("the action")
    };
    assert_eq!(find("DownloadTeamOrder")["body"], "csv");
    assert_eq!(find("CreateCompShareTeamRelation")["partial"], "ErrorMap");
    assert_eq!(find("GetCompShareInstanceMonitor")["encoding"], "json");
    let create = find("CreateCompShareInstance");
    assert_eq!(create["parameters"][3]["type"], "mb");
    assert_eq!(create["parameters"][3]["multiple_of"], 1024);
    assert_eq!(find("DescribeCompShareInstance")["page"]["items"], "UHostSet");
}

#[test]
fn flags_that_make_no_difference_to_an_action_are_not_in_its_help() {
    let has = |action: &str, flag: &str| {
        Cli::bare().run(&[action, "--help"]).stdout.contains(&format!("\n      {flag}"))
    };
    for (flag, with, without) in [
        ("--output", "DownloadTeamOrder", "ListCompShareTeam"),
        ("--force", "DownloadTeamOrder", "ListCompShareTeam"),
        ("--allow-partial", "CreateCompShareTeamRelation", "ListCompShareTeam"),
        ("--all", "DescribeCompShareInstance", "ListCompShareTeam"),
        ("--show-secrets", "DescribeCompShareInstance", "ListCompShareTeam"),
    ] {
        assert!(has(with, flag) && !has(without, flag), "{flag}");
        assert!(has("call", flag), "{flag}");
    }
}

#[test]
fn a_closed_pipe_does_not_panic() {
    let cli = Cli::bare();
    let mut command = cli.command(&["actions", "--json"]);
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary");
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().expect("standard error").read_to_string(&mut stderr).expect("UTF-8");
    assert_eq!((child.wait().expect("an end").code(), &*stderr), (Some(0), ""));
}

/// How long things take, what is printed whole, and which variables count.
#[test]
fn help_says_what_the_flags_do() {
    let help = Cli::bare().run(&["CreateCompShareInstance", "--help"]).stdout;
    let help: String = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for text in [
        "[default: 60; with --once 300]",
        "With --once, a value below 270 turns off sending again.",
        "Creates at most once: adds a marker to Remark (or Name) and, if the response is lost, polls \
         for it. An image is found by its Name.",
        "Resumes an earlier --once with its marker: if it was created, nothing is sent.",
    ] {
        assert!(help.contains(text), "{text}\n{help}");
    }
    let help = Cli::bare().run(&["--help"]).stdout;
    let help: String = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for text in [
        "Tables are cut to fit a terminal, but not in a pipe. Nested values need --json.",
        "HTTPS_PROXY, http_proxy, ALL_PROXY, NO_PROXY",
    ] {
        assert!(help.contains(text), "{text}\n{help}");
    }
}
