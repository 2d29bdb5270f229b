//! A transport that panics: what the panic says, and what is left behind.

use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook},
    sync::Once,
};

use compshare_proto::actions::ResetCompShareInstancePassword;

use crate::{
    canary::{Needles, PASSWORD, config, shown},
    clients::Client,
    recorder::recorded,
};

thread_local! {
    static SAID: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What a panic of this thread says, if `work` panics.
fn panicked(work: impl FnOnce()) -> Option<String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |info| {
            SAID.set(Some(format!(
                "{info}\n{info:?}\n{}",
                std::backtrace::Backtrace::force_capture()
            )));
            usual(info);
        }));
    });
    SAID.take();
    catch_unwind(AssertUnwindSafe(work)).err().and_then(|_| SAID.take())
}

#[test]
fn a_transport_that_panics_takes_no_secret_along() {
    let transport = |_| panic!("the transport is broken");
    for client in Client::both_over(&config(), transport) {
        let action = ResetCompShareInstancePassword::new("uhost-1", PASSWORD);
        let (said, log) = recorded(|| panicked(|| drop(client.send(&action))));
        let said = said.expect("a panic");
        assert!(said.contains("the transport is broken"), "{said}");
        let needles = Needles::new();
        needles.assert_clean("the panic", &said);
        log.assert_clean("a panic", &needles);
        needles.assert_clean("the client", &shown(&client));
    }
}

#[test]
fn a_panic_that_shows_a_secret_would_be_seen() {
    let said = panicked(|| panic!("{PASSWORD}")).expect("a panic");
    assert!(Needles::new().find(&said).is_some());
}
