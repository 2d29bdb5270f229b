//! `machines`: calls, lists and waits end well or badly, but never panic, whatever a driver tells them and
//! however often; and what may act twice is not sent again after it may have been sent.

use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use compshare_proto::{
    Config, Credentials, Delivery, Effect, PollPolicy, Raw, RetryPolicy,
    actions::{CreateCompShareCustomImage, DescribeCommunityImages, DescribeCompShareImages},
    conditions::InstanceReaches,
    machine::{Call, Failure, Input as Told, Machine, Output, Pages, SendOnce, Wait},
    types::InstanceState,
};
use http::{Response, header};

use super::input::Input;

/// What a machine is told at most.
const MOST: usize = 64;

/// Longest time of a setting, and that a clock goes on in all.
const LONGEST: Duration = Duration::from_secs(1_000 * 365 * 86_400);

/// Drives a machine.
pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let config = config(&mut input);
    let wall = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let seed = input.number();
    match input.byte() % 6 {
        0 => {
            let action = Raw::new("CreateCompShareInstance").param("Name", "a");
            let once = Raw::new("SomethingNew").effect(Effect::Once);
            let action = if input.flag() { once } else { action };
            drive(Call::new(config, action, wall, seed), true, &mut input);
        }
        1 => {
            let effect = *input.pick(&[Effect::Read, Effect::Idempotent]);
            let action = Raw::new("SomethingNew").effect(effect);
            drive(Call::new(config, action, wall, seed), false, &mut input);
        }
        2 => {
            let action = DescribeCompShareImages::new().offset(input.number().cast_signed());
            let limit = input.magnitude().cast_signed();
            drive(Pages::new(config, action.limit(limit), wall, seed), false, &mut input);
        }
        3 => {
            let action = DescribeCommunityImages::new();
            drive(Pages::new(config, action, wall, seed), false, &mut input);
        }
        4 => {
            let condition = InstanceReaches::new("uhost-xxxx", InstanceState::Running);
            let mut policy = PollPolicy::until(duration(&mut input));
            policy.first_interval = duration(&mut input);
            policy.longest_interval = duration(&mut input);
            let wait = Wait::new(config, condition, wall, seed).poll_policy(policy);
            drive(wait, false, &mut input);
        }
        _ => {
            let action = CreateCompShareCustomImage::new("uhost-xxxx", "a");
            let mut policy = PollPolicy::once();
            policy.probes = u32::from(input.byte() % 8);
            policy.first_interval = duration(&mut input);
            // It may send again what may have acted, if it has looked; the target `once` knows when.
            drive(SendOnce::new(config, action, wall, seed).poll_policy(policy), false, &mut input);
        }
    }
}

fn duration(input: &mut Input<'_>) -> Duration {
    let unit = *input.pick(&[1, 1_000_000, 1_000_000_000]);
    Duration::from_nanos(input.magnitude()).saturating_mul(unit).min(LONGEST)
}

fn config(input: &mut Input<'_>) -> Config {
    let mut retry = RetryPolicy::default();
    if input.flag() {
        retry.attempts = u32::from(input.byte());
        retry.base_delay = duration(input);
        retry.max_delay = duration(input);
    }
    let mut config =
        Config::new(Credentials::new("public", "private")).region("cn-wlcb").retry(retry);
    if input.flag() {
        config = config.attempt_timeout(duration(input)).call_timeout(duration(input));
    }
    config
}

/// Tells a machine what the input says, and checks what it wants.
///
/// A driver may be wrong, so what it tells does not always fit what was asked for.
fn drive<M: Machine>(mut machine: M, is_once: bool, input: &mut Input<'_>) {
    let start = Instant::now();
    let mut now = start;
    let mut told = Told::Start;
    // Whether the run that goes on may have acted on the server.
    let mut maybe_acted = false;
    for _ in 0..MOST {
        match &told {
            Told::Start => maybe_acted = false,
            Told::Failed(failure) => {
                maybe_acted |= failure.delivery == Delivery::MaybeSent;
            }
            Told::Response(response) => maybe_acted |= !says_that_it_did_nothing(response),
            Told::Woke => {}
        }
        let output = machine.step(now, told);
        match &output {
            Output::Transmit { request, .. } => {
                assert!(!(is_once && maybe_acted), "sent again, though it may have acted");
                assert!(!request.body().is_empty());
            }
            Output::Sleep(_) | Output::End(_) => {}
        }
        if input.is_empty() {
            return;
        }
        if let Output::Sleep(delay) = output {
            now = now.checked_add(delay).filter(|later| *later - start < LONGEST).unwrap_or(now);
        }
        now = now
            .checked_add(duration(input))
            .filter(|later| *later - start < LONGEST)
            .unwrap_or(now);
        if input.byte().is_multiple_of(16) {
            now = start;
        }
        // Most of the time what fits. After an end, whatever is told is a run of its own.
        told = match (output, input.byte()) {
            (Output::End(_), 0..=239) => return,
            (Output::End(_), _) | (_, 240..=243) => Told::Start,
            (Output::Sleep(_), 0..=239) | (_, 244..=247) => Told::Woke,
            _ => response(input),
        };
    }
}

/// Whether a response says that the server has not acted, and may be asked again.
fn says_that_it_did_nothing(response: &Response<Bytes>) -> bool {
    let throttled = response.body().as_ref() == b"{\"RetCode\":153}";
    matches!(response.status().as_u16(), 425 | 429) || (response.status().is_success() && throttled)
}

/// A response of any kind, or none.
fn response(input: &mut Input<'_>) -> Told {
    let why = "of the input";
    match input.byte() % 8 {
        0 => Told::Failed(Failure::not_sent(why)),
        1 => Told::Failed(Failure::maybe_sent(why)),
        2 => Told::Failed(Failure::maybe_sent(why).timed_out()),
        3 => Told::Failed(Failure::answered(why)),
        4 => {
            let status = 200 + u16::from(input.byte()) * 2;
            let mut response = Response::builder().status(status);
            if input.flag() {
                response = response.header(header::RETRY_AFTER, input.magnitude());
            }
            let response = response.body(Bytes::new());
            response.map_or_else(|_| Told::Woke, Told::Response)
        }
        5 => {
            let code = input.pick(&[0_i64, 150, 153, 171, 230, 299, 8433, 226_604]);
            Told::Response(Response::new(Bytes::from(format!("{{\"RetCode\":{code}}}"))))
        }
        6 => Told::Response(Response::new(page(input))),
        _ => Told::Response(Response::new(Bytes::from(input.text()))),
    }
}

/// A page of some list, or a response of that poll.
fn page(input: &mut Input<'_>) -> Bytes {
    let total = match input.byte() % 3 {
        0 => String::new(),
        1 => format!("\"TotalCount\":{},", input.byte()),
        _ => format!("\"TotalCount\":{},", input.number()),
    };
    let first = input.byte();
    let rows = u16::from(input.byte() % 8);
    let state = input.pick(&["Running", "Stopped", "Install Fail", "Starting"]);
    let rows: Vec<String> = (u16::from(first)..u16::from(first) + rows)
        .map(|row| format!("{{\"CompShareImageId\":\"i-{row}\",\"UHostId\":\"uhost-xxxx\",\"State\":\"{state}\"}}"))
        .collect();
    let rows = rows.join(",");
    let names = ["ImageSet", "UHostSet", "CompshareImageGroup", "Nothing"];
    let name = input.pick(&names);
    Bytes::from(format!("{{\"RetCode\":0,{total}\"{name}\":[{rows}]}}"))
}
