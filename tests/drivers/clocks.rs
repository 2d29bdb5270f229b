//! Clocks of a test's own: waits that take no time, and end at their deadline all the same.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use bytes::Bytes;
use compshare_proto::{
    Config, Credentials, conditions::InstanceReaches, error::WaitError, machine::Failure, types,
};

use crate::adapter::response;

const INSTANCE: &str =
    r#"{"RetCode":0,"TotalCount":1,"UHostSet":[{"UHostId":"uhost-1","State":"Starting"}]}"#;

fn config() -> Config {
    Config::new(Credentials::new("public", "private")).region("cn-wlcb").zone("cn-wlcb-01")
}

fn running() -> InstanceReaches {
    InstanceReaches::new("uhost-1", types::InstanceState::Running)
}

/// The usual deadline, in little time.
fn check(error: &WaitError, began: Instant) {
    assert!(error.elapsed() >= Duration::from_secs(600), "{error}");
    assert!(began.elapsed() < Duration::from_secs(60), "{error}");
}

#[test]
fn a_blocking_wait_with_a_sleep_of_the_callers_takes_no_time() {
    let slept = Arc::new(Mutex::new(Vec::new()));
    let delays = Arc::clone(&slept);
    let transport = |_: http::Request<Bytes>, _: Duration| Ok::<_, Failure>(response(INSTANCE));
    let client = compshare_blocking::Client::builder(config())
        .transport(transport)
        .sleep(move |delay| delays.lock().unwrap().push(delay))
        .build()
        .unwrap();
    let began = Instant::now();
    check(&client.wait(running()).unwrap_err(), began);
    assert!(slept.lock().unwrap().iter().sum::<Duration>() >= Duration::from_secs(599));

    let cancel = compshare_blocking::Cancel::default();
    let flag = cancel.clone();
    let client = compshare_blocking::Client::builder(config())
        .transport(transport)
        .sleep(move |_| flag.cancel())
        .build()
        .unwrap();
    assert!(client.drive_unless(&cancel, &mut client.waiting(running())).is_none());
}

#[tokio::test(start_paused = true)]
async fn an_async_wait_under_a_paused_clock_takes_no_time() {
    let transport =
        |_: http::Request<Bytes>, _: Duration| async { Ok::<_, Failure>(response(INSTANCE)) };
    let client = compshare_hyper::Client::builder(config()).transport(transport).build().unwrap();
    let began = Instant::now();
    check(&client.wait(running()).await.unwrap_err(), began);
}
