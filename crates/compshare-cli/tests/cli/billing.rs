//! What decides what is billed is chosen by whoever pays, and by nobody else.

use compshare_blocking::{
    actions::ACTIONS,
    metadata::{Kind, ParameterInfo},
};
use compshare_sim::Sim;

use crate::Cli;

/// The parameter of each action that decides what is billed.
fn billing() -> impl Iterator<Item = (&'static str, &'static ParameterInfo)> {
    ACTIONS.iter().filter_map(|info| {
        let parameter = info.parameters.iter().find(|parameter| !parameter.bills.is_empty())?;
        Some((info.name, parameter))
    })
}

/// What the choice bills.
fn meaning(parameter: &ParameterInfo, choice: &str) -> &'static str {
    let values = match parameter.kind {
        Kind::Enum(info) => info.values,
        _ => &[],
    };
    values.iter().find(|(value, _)| *value == choice).expect("a value of the enum").1
}

#[test]
fn an_action_without_its_billing_parameter_is_not_sent() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim);
    assert!(billing().count() >= 6);
    for (action, parameter) in billing() {
        for words in [vec![action, "--dry-run"], vec!["call", action], vec![action]] {
            let ended = cli.run(&words);
            assert_eq!(ended.code, Some(2), "{}", ended.stderr);
            let by_name = words[0] == "call";
            let flag = if by_name { "--param " } else { "--" };
            let missing = format!("error: {flag}{} is missing; it decides what", parameter.name);
            assert!(ended.stderr.starts_with(&missing), "{}", ended.stderr);
            let between = if by_name { "=" } else { " " };
            for choice in parameter.bills {
                let meaning = meaning(parameter, choice);
                let hint = format!("hint: {flag}{}{between}{choice}: {meaning}", parameter.name);
                assert!(ended.stderr.contains(&hint), "{hint}\n{}", ended.stderr);
            }
        }
        let empty = cli.run(&[action, &format!("--{}=", parameter.name), "--dry-run"]);
        assert_eq!(empty.code, Some(2), "{}", empty.stderr);
    }
    assert!(sim.requests().is_empty());
}

#[test]
fn help_says_what_the_example_bills_above_it() {
    for (action, parameter) in billing() {
        let help = Cli::bare().run(&[action, "--help"]).stdout;
        let billed = format!(
            "\nBilling:\n  --{} decides what is billed. The example has {}: {}\n\nExample:\n  compshare ",
            parameter.name,
            parameter.example,
            meaning(parameter, parameter.example),
        );
        let (_, example) = help.split_once(&billed).unwrap_or_else(|| panic!("{help}"));
        let given = format!("--{} {}", parameter.name, parameter.example);
        assert!(example.lines().next().is_some_and(|line| line.contains(&given)), "{example}");
        // By use wherever that can be chosen.
        let by_use = parameter.bills.contains(&"Postpay");
        assert!(!by_use || parameter.example == "Postpay", "{action}");
    }
}

/// Else what buys would be sent again after a failure.
#[test]
fn the_effect_of_a_known_action_is_not_lowered() {
    let sim = Sim::start().expect("a simulator");
    let call = |words: &[&str]| Cli::of(&sim).run(&[&["call"], words].concat());
    for (action, effect, known) in [
        ("CreateCompShareInstance", "idempotent", "once"),
        ("CreateCompShareInstance", "read", "once"),
        ("UpdateCompShareImage", "read", "idempotent"),
    ] {
        let ended = call(&[action, "--effect", effect, "--param", "ChargeType=Postpay"]);
        let text = format!(
            "error: --effect: the effect of {action} is {known} and cannot be relaxed; remove \
             --effect\n"
        );
        assert_eq!((ended.code, ended.stderr), (Some(2), text));
    }
    assert!(sim.requests().is_empty());
    for (action, effect) in
        [("DescribeCompShareInstance", "once"), ("DescribeCompShareInstance", "read")]
    {
        let ended = call(&[action, "--effect", effect]);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    }
}
