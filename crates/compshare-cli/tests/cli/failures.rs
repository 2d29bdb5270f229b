//! Each way to fail: what it says, and its exit code.

use std::net::{SocketAddr, TcpListener};

use std::io::{Read as _, Write as _};

use compshare_sim::{Fault, Sim};
use serde_json::json;
use socket2::{Domain, Socket, Type};

use crate::{Cli, update, words};

const REQUEST: &str = "request 00000000-0000-4000-8000-000000000001";

#[test]
fn a_wrong_private_key() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim).set("COMPSHARE_PRIVATE_KEY", "canary-of-a-wrong-private-key");
    let ended = cli.run(&update(&["--Name", "x"]));
    assert_eq!(
        ended.stderr,
        format!(
            "error: UpdateCompShareImage refused: Signature VerifyAC Error (RetCode 171, \
             {REQUEST}): check the private key\n"
        )
    );
    assert_eq!((ended.code, &*ended.stdout), (Some(1), ""));
}

#[test]
fn a_missing_region() {
    let sim = Sim::start().expect("a simulator");
    let ended = Cli::of(&sim).unset("COMPSHARE_REGION").run(&update(&["--Name", "x"]));
    assert_eq!(
        ended.stderr,
        "error: UpdateCompShareImage was not sent: Region is missing: set it on the request, or \
         as the client's default\n\
         hint: use --region, such as --region cn-wlcb, or set COMPSHARE_REGION\n"
    );
    assert_eq!(ended.code, Some(2));
    assert!(sim.requests().is_empty());
}

#[test]
fn an_image_that_does_not_exist() {
    let words = ["UpdateCompShareImage", "--sim", "--CompShareImageId", "image-none", "--json"];
    let ended = Cli::bare().run(&words);
    let message = format!(
        "UpdateCompShareImage refused: Params [CompShareImageId] not available: no such image: \
         image-none (RetCode 230, {REQUEST}): correct the parameter"
    );
    let error = json!({
        "kind": "refused",
        "action": "UpdateCompShareImage",
        "message": message,
        "ret_code": 230,
        "request_id": "00000000-0000-4000-8000-000000000001",
        "delivery": "answered",
        "may_have_acted": false,
    });
    assert_eq!(ended.json(), json!({ "error": error }));
    assert!(ended.stderr.ends_with(&format!("\nerror: {message}\n")), "{}", ended.stderr);
    assert_eq!(ended.code, Some(1));
}

#[test]
fn an_empty_name_is_for_the_server_to_refuse() {
    let sim = Sim::start().expect("a simulator");
    let ended = Cli::of(&sim).run(&update(&["--Name", ""]));
    assert_eq!(
        ended.stderr,
        format!(
            "error: UpdateCompShareImage refused: Params [Name] not available: it must not be \
             empty (RetCode 230, {REQUEST}): correct the parameter\n"
        )
    );
    assert_eq!(ended.code, Some(1));
}

#[test]
fn an_empty_or_missing_required_parameter_is_not_sent() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim);
    let hint = "hint: `compshare UpdateCompShareImage --help` lists the parameters\n";
    let ended = cli.run(&["UpdateCompShareImage", "--CompShareImageId", ""]);
    assert_eq!(
        ended.stderr,
        format!(
            "error: UpdateCompShareImage was not sent: CompShareImageId is empty: the action \
             needs a value\n\
             {hint}"
        )
    );
    assert_eq!(ended.code, Some(2));
    let ended = cli.run(&["UpdateCompShareImage"]);
    assert_eq!(
        ended.stderr,
        format!(
            "error: UpdateCompShareImage was not sent: CompShareImageId is missing: the action \
             needs it\n\
             {hint}"
        )
    );
    assert_eq!(ended.code, Some(2));
    assert!(sim.requests().is_empty());
}

#[test]
fn values_of_the_wrong_type() {
    for (flag, value, text) in [
        ("--Price", "NaN", "--Price: NaN is not a finite number; use digits, such as 1.5"),
        ("--Price", "inf", "--Price: inf is not a finite number; use digits, such as 1.5"),
        ("--AutoStart", "yes", "--AutoStart: \"yes\" is not a Boolean; use true or false"),
        ("--Visibility", "all", "--Visibility: \"all\" is not a number; use one of 0, 1"),
    ] {
        let ended = Cli::bare().run(&update(&["--sim", flag, value]));
        assert_eq!((ended.code, ended.stderr), (Some(2), format!("error: {text}\n")));
    }
}

#[test]
fn a_refused_connection() {
    // Bound and not listening: it refuses, and no other test is given its port.
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).expect("a port");
    let address = socket.local_addr().expect("its address").as_socket().expect("IPv4");
    let endpoint = format!("http://{address}/");
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim).set("COMPSHARE_ENDPOINT", &endpoint);
    let ended = cli.run(&update(&["--Name", "x"]));
    let (first, rest) = ended.stderr.split_once('\n').expect("lines");
    assert_eq!(first, "error: UpdateCompShareImage could not reach the server after 4 attempts");
    let (cause, hint) = rest.split_once('\n').expect("a cause");
    assert!(cause.starts_with("  caused by: "), "{cause}");
    assert!(cause.contains("refused"), "{cause}");
    assert_eq!(
        hint,
        format!(
            "hint: nothing was sent to {endpoint}; check the endpoint, the network and any proxy\n"
        )
    );
    assert_eq!(ended.code, Some(3));
}

#[test]
fn a_server_that_sends_html() {
    let sim = Sim::start().expect("a simulator");
    sim.fault(Fault::Html);
    let ended = Cli::of(&sim).run(&update(&["--Name", "x", "--json"]));
    assert!(
        ended.stderr.starts_with(
            "error: UpdateCompShareImage: the response is text/html, not JSON; check the endpoint and any proxy"
        ),
        "{}",
        ended.stderr
    );
    assert_eq!(ended.json()["error"]["kind"], "response");
    assert_eq!(ended.code, Some(3));
}

#[test]
fn an_http_status_is_a_refusal() {
    let sim = Sim::start().expect("a simulator");
    sim.fault(Fault::status(403));
    let ended = Cli::of(&sim).run(&update(&["--Name", "x", "--json"]));
    assert_eq!(ended.json()["error"]["kind"], "refused");
    assert!(
        ended.stderr.contains("the response is HTTP 403 without a RetCode"),
        "{}",
        ended.stderr
    );
    assert_eq!(ended.code, Some(1));
}

#[test]
fn a_lost_response_to_what_may_not_be_repeated() {
    let sim = Sim::start().expect("a simulator");
    sim.fault(Fault::CloseAfterReading);
    let words = ["CreateCompShareCustomImage", "--UHostId", "uhost-1", "--Name", "x", "--json"];
    let ended = Cli::of(&sim).set("COMPSHARE_ZONE", "cn-wlcb-01").run(&words);
    assert_eq!(ended.json()["error"]["delivery"], "maybe_sent", "{}", ended.stderr);
    assert!(
        ended.stderr.ends_with(
            "\n\
             hint: the action may have been carried out; check the resources before you send it \
             again\n"
        ),
        "{}",
        ended.stderr
    );
    assert_eq!((ended.code, sim.requests().len()), (Some(3), 1));
}

#[test]
fn a_server_error_to_what_may_not_be_repeated() {
    let sim = Sim::start().expect("a simulator");
    sim.fault(Fault::status(503));
    let words = ["CreateCompShareCustomImage", "--UHostId", "uhost-1", "--Name", "x"];
    let ended = Cli::of(&sim).set("COMPSHARE_ZONE", "cn-wlcb-01").run(&words);
    assert!(
        ended.stderr.ends_with(
            "\n\
             hint: the action may have been carried out; check the resources before you send it \
             again\n"
        ),
        "{}",
        ended.stderr
    );
    assert_eq!((ended.code, sim.requests().len()), (Some(3), 1));
}

#[test]
fn a_call_that_takes_too_long() {
    let sim = Sim::start().expect("a simulator");
    sim.fault(Fault::Stall(std::time::Duration::from_secs(30)));
    let ended = Cli::of(&sim).run(&update(&["--Name", "x", "--timeout", "0.3"]));
    assert!(ended.stderr.starts_with("error: UpdateCompShareImage timed out"), "{}", ended.stderr);
    assert!(
        ended.stderr.ends_with("hint: it is safe to send this action again\n"),
        "{}",
        ended.stderr
    );
    assert_eq!(ended.code, Some(3));
}

#[test]
fn a_proxy_that_asks_for_a_password_has_a_hint_of_its_own() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let proxy = format!("http://{}", listener.local_addr().expect("its address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (mut head, mut byte) = (Vec::new(), [0]);
            while !head.ends_with(b"\r\n\r\n") && stream.read_exact(&mut byte).is_ok() {
                head.push(byte[0]);
            }
            drop(stream.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"));
        }
    });
    let cli = Cli::bare()
        .set("COMPSHARE_PUBLIC_KEY", "public")
        .set("COMPSHARE_PRIVATE_KEY", "private-key")
        .set("HTTPS_PROXY", &proxy);
    let ended = cli.run(&update(&["--region", "cn-wlcb", "--endpoint", "https://compshare.test/"]));
    assert_eq!(
        ended.stderr,
        "error: UpdateCompShareImage could not reach the server: give the proxy's user and \
         password in HTTPS_PROXY, as http://user:password@host:port\n  \
         caused by: the proxy asks for a user and a password (HTTP 407)\n"
    );
    assert_eq!(ended.code, Some(3));
}

#[test]
fn no_keys() {
    let cli = Cli::bare();
    let ended = cli.run(&update(&["--region", "cn-wlcb"]));
    assert_eq!(
        ended.stderr,
        format!(
            "error: no keys: set COMPSHARE_PUBLIC_KEY and COMPSHARE_PRIVATE_KEY, or put a \
             profile in {}/.config/compshare/config.json; keys come from the console's API key \
             page\n\
             hint: use --sim to try it without keys\n",
            cli.folder.display()
        )
    );
    assert_eq!(ended.code, Some(2));
}

#[test]
fn flags_and_actions_that_do_not_exist() {
    for (words, first) in [
        (
            words(&["UpdateCompShareImage"], &["--Nme", "x"]),
            "error: compshare UpdateCompShareImage does not take --Nme; did you mean --Name?",
        ),
        (
            vec!["UpdateCompshareImage"],
            "error: unknown action UpdateCompshareImage; did you mean UpdateCompShareImage?",
        ),
        (
            vec!["CreateInstance"],
            "error: unknown action CreateInstance; did you mean CreateCompShareInstance?",
        ),
        (vec!["UpdateCompShareImage", "--Name", "a", "b"], "error: \"b\" is not a flag"),
        (
            vec!["UpdateCompShareImage", "--Name", "a", "--Name", "b"],
            "error: the argument '--Name <TEXT>' cannot be used multiple times",
        ),
        (vec![], "error: no action was given"),
        (
            vec!["UpdateCompShareImage", "--sim", "--endpoint", "http://127.0.0.1:1/"],
            "error: --sim has its own endpoint and keys; remove --endpoint or --sim",
        ),
        (
            vec!["UpdateCompShareImage", "--sim", "--profile", "x"],
            "error: --sim has its own endpoint and keys; remove --profile or --sim",
        ),
        (
            vec!["UpdateCompShareImage", "--timeout", "soon"],
            "error: --timeout: \"soon\" is not a valid timeout; use seconds, such as 30 or 2.5, \
             up to 86400",
        ),
        (
            vec!["UpdateCompShareImage", "--param", "x"],
            "error: --param needs a name and a value; use --param KEY=VALUE",
        ),
    ] {
        let ended = Cli::bare().run(&words);
        assert_eq!(ended.stderr.lines().next(), Some(first));
        assert_eq!((ended.code, &*ended.stdout), (Some(2), ""));
    }
}

#[test]
fn an_action_that_production_lacks_is_sent_with_a_warning() {
    let sim = Sim::start().expect("a simulator");
    let ended = Cli::of(&sim).run(&["DescribeFavoriteImages"]);
    let warning = "warning: DescribeFavoriteImages is not available in production and has no \
                   replacement";
    assert_eq!(ended.stderr.lines().next(), Some(warning));
    assert_eq!(sim.requests().len(), 1);
    // It is the simulator's lack, so nothing tells the caller to correct the call.
    let error = ended.stderr.lines().nth(1).unwrap_or_default();
    let lack = "refused: the simulator does not have DescribeFavoriteImages;";
    assert!(error.contains(lack) && error.contains("RetCode 501"), "{error}");
    assert_eq!(ended.stderr.lines().count(), 2, "{}", ended.stderr);
    let ended = Cli::of(&sim).run(&["AddFavoriteImage", "--dry-run"]);
    let warning = "warning: AddFavoriteImage is not available in production; use \
         CreateCompShareImageFavorite";
    assert_eq!(ended.stderr.lines().next(), Some(warning));
}

#[test]
fn half_of_a_password_is_not_printed() {
    let words = ["UpdateCompShareImage", "--Name", "a", "canary", "--param", "Password=half"];
    let ended = Cli::bare().run(&words);
    assert!(ended.stderr.starts_with("error: a word is not a flag"), "{}", ended.stderr);
    assert!(!ended.stderr.contains("canary"), "{}", ended.stderr);
}

#[test]
fn mistakes_in_flags_are_json_too() {
    let ended = Cli::bare().run(&["UpdateCompShareImage", "--Nme", "x", "--json"]);
    let error = json!({
        "kind": "usage",
        "action": "UpdateCompShareImage",
        "message": "compshare UpdateCompShareImage does not take --Nme; did you mean --Name?",
        "ret_code": null,
        "request_id": null,
        "delivery": "not_sent",
        "may_have_acted": false,
    });
    assert_eq!(ended.json(), json!({ "error": error }));
}
