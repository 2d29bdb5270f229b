//! The marked secrets, and how they are looked for.

use std::{error::Error, fmt::Debug};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use compshare_proto::{Config, Credentials, RetryPolicy};

pub(crate) const PRIVATE: &str = "CANARY-private-key";
pub(crate) const TOKEN: &str = "CANARY-token";
/// In a request.
pub(crate) const PASSWORD: &str = "CANARY-password-1";
/// In a response.
pub(crate) const ANSWERED: &str = "CANARY-answered-1";
/// In the URL of a proxy.
pub(crate) const PROXY: &str = "CANARY-proxy";

/// All secrets of a run, in every form that they take.
#[derive(Clone)]
pub(crate) struct Needles {
    /// What a request holds.
    sent: Vec<String>,
    other: Vec<String>,
}

impl Needles {
    pub(crate) fn new() -> Self {
        let of = |secrets: &[&str]| secrets.iter().flat_map(|secret| forms(secret)).collect();
        let mut other: Vec<String> = of(&[ANSWERED, PROXY]);
        other.push(STANDARD.encode(format!("user:{PROXY}")));
        Self { sent: of(&[PRIVATE, TOKEN, PASSWORD]), other }
    }

    /// PollPolicy for that secret of a request too.
    pub(crate) fn add(&mut self, secret: &str) {
        self.sent.extend(forms(secret));
    }

    /// PollPolicy for the signature of that request too.
    pub(crate) fn add_signature(&mut self, body: &Bytes) {
        let signature = signature(body);
        self.add(&signature);
    }

    /// The secret that a text holds.
    pub(crate) fn find(&self, text: &str) -> Option<&str> {
        find(self.sent.iter().chain(&self.other), text)
    }

    /// The secret of a request that a text holds.
    pub(crate) fn find_sent(&self, text: &str) -> Option<&str> {
        find(self.sent.iter(), text)
    }

    /// Asserts that a text says something, and no secret.
    pub(crate) fn assert_clean(&self, what: &str, text: &str) {
        assert!(!text.is_empty(), "{what} says nothing");
        if let Some(needle) = self.find(text) {
            panic!("{what} shows {needle:?}: {text}");
        }
    }
}

/// Every form that a secret takes.
fn forms(secret: &str) -> [String; 4] {
    let bytes: Vec<String> = secret.bytes().map(|byte| byte.to_string()).collect();
    let base64 = STANDARD.encode(secret);
    // The last is how lists of bytes are printed.
    [secret.to_owned(), base64.replace('=', "%3D"), base64, bytes.join(", ")]
}

fn find<'a>(mut needles: impl Iterator<Item = &'a String>, text: &str) -> Option<&'a str> {
    let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
    needles.find(|needle| squeezed.contains(*needle)).map(String::as_str)
}

/// The signature of a form.
pub(crate) fn signature(body: &Bytes) -> String {
    let mut pairs = form_urlencoded::parse(body);
    let (_, signature) = pairs.find(|(name, _)| name == "Signature").unwrap();
    assert_eq!(signature.len(), 40);
    signature.into_owned()
}

/// A configuration of the marked keys, with delays that no test has to wait for.
pub(crate) fn config() -> Config {
    let mut retry = RetryPolicy::default();
    retry.base_delay = std::time::Duration::from_millis(1);
    Config::new(Credentials::new("public-key", PRIVATE).security_token(TOKEN))
        .region("cn-wlcb")
        .zone("cn-wlcb-01")
        .retry(retry)
}

/// Both forms of Debug.
pub(crate) fn shown(value: &dyn Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

/// Everything that an error says of itself: Debug, Display, and those of its causes.
pub(crate) fn said(error: &(dyn Error + 'static)) -> String {
    let all = std::iter::successors(Some(error), |&error| error.source());
    all.map(|error| format!("{error:?}\n{error:#?}\n{error}\n{error:#}\n")).collect()
}
