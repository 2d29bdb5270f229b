//! Connections that end just as the next request sets out: none is acted on twice, and what may be sent
//! again does not fail.

use std::iter::repeat_n;

use compshare_proto::{Delivery, Effect, Error, error::Stop, retry::TABLE};

use super::{
    Cell, EFFECTS,
    server::{GOOD, Server, Step, response},
};

fn good() -> Vec<u8> {
    response(200, "", GOOD)
}

/// What a call that may be sent once only has to say where its request was lost.
fn lost(error: &Error) {
    assert_eq!(error.delivery(), Delivery::MaybeSent, "{error:?}");
    match error {
        Error::Transport(error) => assert_eq!(error.stop(), Stop::NotIdempotent, "{error:?}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn once_is_sent_once_if_its_idle_connection_ends() {
    let ends = [
        Step::RespondThenClose(Vec::new()),
        Step::RespondThenClose(b"HTTP/1.1 200".to_vec()),
        Step::ResetDuring,
        Step::ResetAfter,
    ];
    for end in ends {
        for effect in EFFECTS {
            for which in 0..2 {
                let script = [Step::Respond(good()), end.clone(), Step::Respond(good())];
                let server = Server::start(script);
                let cell = Cell { row: &TABLE[0], effect, which };
                let client = cell.client(&server.endpoint(), |config| config);
                client.send(cell.probe()).unwrap();
                let sent = client.send(cell.probe());
                if effect == Effect::Once {
                    lost(&sent.unwrap_err());
                    assert_eq!(server.seen(), 2, "{end:?}");
                } else {
                    sent.unwrap();
                    assert_eq!(server.seen(), 3, "{end:?}");
                }
            }
        }
    }
}

#[test]
fn a_server_that_closes_after_each_response_loses_and_doubles_nothing() {
    const CALLS: usize = 100;
    for effect in EFFECTS {
        for which in 0..2 {
            let server = Server::start(repeat_n(Step::RespondThenClose(good()), CALLS * 2));
            let cell = Cell { row: &TABLE[0], effect, which };
            let client = cell.client(&server.endpoint(), |config| config);
            let mut failed = 0;
            for _ in 0..CALLS {
                match client.send(cell.probe()) {
                    Ok(_) => {}
                    Err(error) if effect == Effect::Once => {
                        lost(&error);
                        failed += 1;
                    }
                    Err(error) => panic!("{}", cell.say(&error)),
                }
            }
            let acted = server.acted();
            println!("{which} {effect}: {failed} of {CALLS} in doubt, {acted} carried out");
            assert!((CALLS - failed..=CALLS).contains(&acted), "{acted}, {failed} in doubt");
        }
    }
}
