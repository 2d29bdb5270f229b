//! How each case of the retry table is made to happen, for real, over a socket.

use compshare_proto::{
    RetCode,
    ret_code::RetryScope,
    retry::{Cause, Row},
};

use super::server::{GOOD, Step, response};

/// How a case is brought about.
pub(crate) enum Script {
    /// Nobody ever responds there.
    Nobody(Place),
    /// A server takes one of these steps.
    Steps(Vec<Step>),
    /// A server ends a connection that the client keeps.
    Kept(Vec<Step>),
    /// A server takes this step until the time of the call is up.
    TooLate(Step),
}

/// Where no request can arrive.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// A name without an address.
    NoName,
    /// A port that nobody listens on.
    NoListener,
    /// A port that responds to TLS in plain text.
    NoTls,
    /// A port that never responds to TLS.
    Mute,
    /// Behind a proxy that asks for a password.
    Behind,
}

/// The script of a row; `None` fails the test.
pub(crate) fn script(row: &Row) -> Option<Script> {
    Some(match row.cause {
        Cause::NameNotFound => Script::Nobody(Place::NoName),
        Cause::Refused => Script::Nobody(Place::NoListener),
        Cause::TlsFailed => Script::Nobody(Place::NoTls),
        Cause::ConnectTimeout => Script::Nobody(Place::Mute),
        Cause::Unusable => Script::Nobody(Place::Behind),
        Cause::StaleConnection => Script::Kept(vec![Step::CloseKept, Step::ResetKept]),
        Cause::CallDeadline => Script::TooLate(Step::Silence),
        happened => Script::Steps(steps(happened, row.retry)?),
    })
}

fn steps(happened: Cause, retry: RetryScope) -> Option<Vec<Step>> {
    Some(match happened {
        Cause::ResetBefore => vec![Step::ResetBefore],
        Cause::ResetDuring => vec![Step::ResetDuring],
        Cause::ResetAfter => vec![Step::ResetAfter],
        Cause::ClosedUnanswered => vec![closing("")],
        Cause::NotHttp => vec![closing("SSH-2.0-OpenSSH_9.2\r\n\r\n")],
        Cause::ResponseCut => vec![
            closing("HTTP/1.1 20"),
            closing("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n"),
            closing("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"),
            closing("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"RetCode\":0"),
            closing("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"RetCo"),
            closing("HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\n<"),
        ],
        Cause::AttemptTimeout => vec![Step::Silence],
        Cause::HeadTooLarge => vec![
            ok(&format!("X-Long: {}", "x".repeat(70 << 10)), GOOD),
            ok(&vec!["X-Many: x"; 200].join("\r\n"), GOOD),
        ],
        Cause::BodyTooLarge => vec![
            closing("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"),
            closing(&format!(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{}",
                format!("10000\r\n{}\r\n", " ".repeat(0x10000)).repeat(4)
            )),
            closing(&format!("HTTP/1.1 200 OK\r\n\r\n{}", " ".repeat(4 << 16))),
        ],
        Cause::RequestTimeout => status(408),
        Cause::TooEarly => status(425),
        Cause::TooManyRequests => status(429),
        Cause::InternalError => status(500),
        Cause::BadGateway => status(502),
        Cause::Unavailable => status(503),
        Cause::GatewayTimeout => status(504),
        Cause::Redirect => [301, 302, 303, 307, 308]
            .map(|status| Step::Respond(response(status, "Location: /elsewhere", "")))
            .into(),
        Cause::OtherClientError => [status(400), status(403), status(404), status(413)].concat(),
        Cause::OtherStatus => [status(501), status(505), status(599)].concat(),
        Cause::CodeNotActed | Cause::CodeFailed | Cause::CodeTimedOut => codes(retry),
        // All of them would take long: some of each product, and one that nobody knows.
        Cause::CodeRefused => {
            [codes(retry).into_iter().step_by(40).collect(), vec![code(987_654)]].concat()
        }
        Cause::EmptyBody => {
            vec![ok("", ""), ok("", " \n"), Step::Respond(response(204, "", ""))]
        }
        Cause::JsonCut => vec![ok("", "{"), ok("", r#"{"RetCode":0,"Rows":["#)],
        Cause::NotJson => vec![
            ok("Content-Type: text/html", "<html>Sign in to the hotel's network</html>"),
            ok("", "upstream failure"),
        ],
        Cause::NoRetCode => {
            vec![ok("", "{}"), ok("", r#"{"RetCode":null}"#), ok("", "[]"), ok("", "true")]
        }
        Cause::Misfit => vec![ok("", r#"{"RetCode":0,"Rows":7}"#)],
        Cause::InPart => vec![ok("", r#"{"RetCode":0,"Rows":["uhost-1"]}"#)],
        _ => return None,
    })
}

/// A part of a response, then the end of the connection.
fn closing(part: &str) -> Step {
    Step::RespondThenClose(part.into())
}

fn ok(line: &str, body: &str) -> Step {
    Step::Respond(response(200, line, body))
}

/// A status: alone, with a wait that is over, and with a RetCode that counts less.
fn status(status: u16) -> Vec<Step> {
    [
        ("", "upstream failure"),
        ("Retry-After: 0", ""),
        ("Retry-After: Sun, 06 Nov 1994 08:49:37 GMT", "<html></html>"),
        ("", r#"{"RetCode":171,"Message":"Signature VerifyAC Error"}"#),
    ]
    .map(|(line, body)| Step::Respond(response(status, line, body)))
    .into()
}

/// Every RetCode of a kind.
fn codes(retry: RetryScope) -> Vec<Step> {
    RetCode::known().filter(|info| info.retry == retry).map(|info| code(info.code)).collect()
}

fn code(code: i64) -> Step {
    ok("", &format!(r#"{{"RetCode":{code},"Message":"some refusal"}}"#))
}
