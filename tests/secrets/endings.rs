//! Every way that a call ends, over a transport of the test's own.

use compshare_proto::{
    Action, Raw,
    actions::{
        DescribeCompShareInstance, ModifyCompShareImageShareAccount, ResetCompShareInstancePassword,
    },
    machine::Failure,
};

use crate::{
    canary::{ANSWERED, Needles, PASSWORD, TOKEN, config, said, shown},
    clients::{Client, Exchanged, Script, response},
    recorder::recorded,
};

/// A call whose request and whose response hold secrets: what it prints and logs is searched.
fn assert_silent<A>(ending: &str, action: &A, exchanges: &dyn Fn() -> Vec<Exchanged>)
where
    A: Action + std::fmt::Debug,
    A::Response: std::fmt::Debug,
{
    for which in 0..2 {
        let script = Script::new(exchanges());
        let own = script.clone();
        let client = &Client::both_over(&config(), move |request| own.exchange(request))[which];
        let (ended, log) = recorded(|| client.send(action));
        let mut needles = Needles::new();
        script.bodies().iter().for_each(|body| needles.add_signature(body));
        needles.assert_clean("the client", &shown(client));
        needles.assert_clean("the action", &shown(action));
        assert_eq!(log.own.len(), 1 + script.bodies().len(), "a span, an event for each: {log:#?}");
        log.assert_clean(ending, &needles);
        match ended {
            Ok(response) => needles.assert_clean(ending, &shown(&response)),
            Err(error) => needles.assert_clean(ending, &said(&error)),
        }
    }
}

fn json(body: &str) -> String {
    body.replace("SECRET", ANSWERED)
}

/// For each ending, the responses that lead to it.
fn endings() -> Vec<(&'static str, Vec<Exchanged>)> {
    let four = |make: &dyn Fn() -> Exchanged| (0..4).map(|_| make()).collect::<Vec<_>>();
    let ok = |body: &str| response(200, json(body));
    vec![
        ("done", vec![ok(r#"{"RetCode":0,"Password":"SECRET"}"#)]),
        (
            "done after each kind of failure",
            vec![
                Err(Failure::not_sent("refused")),
                Err(Failure::maybe_sent("reset").timed_out()),
                response(503, json("<html>SECRET")),
                ok(r#"{"RetCode":0,"Password":"SECRET"}"#),
            ],
        ),
        ("refused", vec![ok(r#"{"RetCode":171,"Message":"no","Password":"SECRET"}"#)]),
        ("refused by status", vec![response(403, json(r#"{"Password":"SECRET"}"#))]),
        ("redirected", vec![response(302, json("<a href='https://x/?t=SECRET'>"))]),
        ("down", four(&|| response(500, json("SECRET")))),
        ("throttled", four(&|| response(429, json(r#"{"RetCode":153,"Password":"SECRET"}"#)))),
        ("not JSON", vec![response(200, json("<html>SECRET"))]),
        ("no RetCode", vec![ok(r#"{"Password":"SECRET"}"#)]),
        ("a RetCode that is none", vec![ok(r#"{"RetCode":"SECRET"}"#)]),
        ("cut", four(&|| response(200, json(r#"{"RetCode":0,"Password":"SECRET"#)))),
        ("empty", four(&|| response(200, ""))),
        ("not reached", four(&|| Err(Failure::not_sent("refused")))),
        ("lost", four(&|| Err(Failure::maybe_sent("reset")))),
        ("timed out", four(&|| Err(Failure::maybe_sent("late").timed_out()))),
        ("not taken", vec![Err(Failure::answered("too large"))]),
    ]
}

#[test]
fn a_typed_call_with_a_password_is_silent_however_it_ends() {
    for index in 0..endings().len() {
        let action = ResetCompShareInstancePassword::new("uhost-1", PASSWORD);
        assert_silent(endings()[index].0, &action, &|| endings().swap_remove(index).1);
    }
}

#[test]
fn a_call_by_name_with_a_password_is_silent_however_it_ends() {
    for index in 0..endings().len() {
        let (ending, responses) = endings().swap_remove(index);
        // What succeeds by name gives the whole response, as its user asked for.
        if responses.last().is_some_and(|last| Raw::new("X").is_done(last)) {
            continue;
        }
        let action = Raw::new("ResetCompShareInstancePassword")
            .effect(compshare_proto::Effect::Idempotent)
            .param("UHostId", "uhost-1")
            .param("Password", PASSWORD);
        assert_silent(ending, &action, &|| endings().swap_remove(index).1);
    }
}

/// Whether a response makes a call succeed.
trait IsDone: Action + Sized {
    fn is_done(&self, exchanged: &Exchanged) -> bool {
        exchanged.as_ref().is_ok_and(|response| compshare_proto::decode(self, response).is_ok())
    }
}

impl IsDone for Raw {}

#[test]
fn passwords_of_instances_are_read_and_not_shown() {
    let rows = r#"{"RetCode":0,"TotalCount":1,"UHostSet":[{"UHostId":"u","Password":"SECRET"}]}"#;
    let action = DescribeCompShareInstance::new();
    assert_silent("rows", &action, &|| vec![response(200, json(rows))]);
    for wrong in [
        r#"{"RetCode":0,"UHostSet":"SECRET"}"#,
        r#"{"RetCode":0,"UHostSet":[{"UHostId":"u","Password":["SECRET"]}]}"#,
        r#"{"RetCode":0,"UHostSet":[{"UHostId":"u","Password":"SECRET","GPU":"SECRET"}]}"#,
        r#"{"RetCode":0,"UHostSet":[{"UHostId":"u","Password":"SECRET""#,
    ] {
        assert_silent(wrong, &action, &|| (0..4).map(|_| response(200, json(wrong))).collect());
    }
}

#[test]
fn a_call_that_fails_in_part_shows_who_failed_and_no_more() {
    let body = r#"{"RetCode":0,"InvalidAccounts":[50001],"Token":"SECRET"}"#;
    let action = ModifyCompShareImageShareAccount::new("compshareImage-1");
    assert_silent("in part", &action, &|| vec![response(200, json(body))]);
}

#[test]
fn a_request_that_is_not_sent_is_silent() {
    let actions = [
        Raw::new("ResetCompShareInstancePassword").param("Password", PASSWORD),
        Raw::new("New").param("Password", PASSWORD).param("Password", PASSWORD),
        Raw::new("New").param("Password", PASSWORD).param("Price", f64::NAN),
        Raw::new("New").param("SecurityToken", TOKEN),
        Raw::new("New").param("Password", PASSWORD).param("Signature", PASSWORD),
    ];
    for action in actions {
        for client in Client::both_over(&config(), |_| panic!("it is sent")) {
            let (ended, log) = recorded(|| client.send(&action));
            let needles = Needles::new();
            log.assert_clean("not sent", &needles);
            needles.assert_clean("not sent", &said(&ended.unwrap_err()));
        }
    }
}
