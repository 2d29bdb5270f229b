//! Forms byte by byte: an independent encoder writes the same, whatever the order, the lengths and the text.

use compshare_proto::{
    Action, Config, Credentials, Effect,
    metadata::{ActionInfo, Encoding},
};
use proptest::{collection, prelude::*, sample::select};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::{
    reference::{Pairs, sign_form},
    support::body,
};

/// An action that sends its parameters in the order that they have here.
struct InOrder(Pairs);

impl Serialize for InOrder {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Action for InOrder {
    const INFO: &'static ActionInfo = &ActionInfo::new("New", Effect::Once);
    type Response = Value;
}

/// One byte after the other, as the official SDKs encode them.
fn escape(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        b' ' => "+".to_owned(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}

/// `Action` first, then the caller's parameters sorted by name, the client's, and the signature.
fn form(action: &InOrder, public_key: &str, private_key: &str) -> String {
    let own = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut pairs = action.0.clone();
    pairs.sort();
    pairs.insert(0, own("Action", "New"));
    pairs.push(own("PublicKey", public_key));
    pairs.push(own("Signature", &sign_form(&pairs, private_key)));
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    pairs.join("&")
}

/// Lengths around those at which encoding goes another way.
fn length() -> impl Strategy<Value = usize> {
    let boundaries = select(vec![0, 4, 8, 16, 32, 48, 64, 128, 1000, 2000, 4096, 16_384]);
    prop_oneof![
        3 => (boundaries, 0..3_usize).prop_map(|(length, more)| (length + more).saturating_sub(1)),
        1 => 0..300_usize,
    ]
}

/// A text of `length` bytes: plain, full of escapes, or some of each.
fn text(length: usize) -> impl Strategy<Value = String> {
    let alphabet =
        select(vec!["a", "%", "Ab3-_.~", "abcdefghijklmnopqrstuvwxyz+/", "a é深🦀*\n=&"]);
    (alphabet, any::<u64>()).prop_map(move |(alphabet, seed)| {
        let letters: Vec<char> = alphabet.chars().collect();
        let mut random = seed;
        let mut text = String::new();
        while text.len() < length {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let letter = letters[(random >> 33) as usize % letters.len()];
            text.push(if text.len() + letter.len_utf8() <= length { letter } else { 'z' });
        }
        text
    })
}

fn parameters() -> impl Strategy<Value = Pairs> {
    let name = (1..40_usize).prop_flat_map(text).prop_filter("the client sets it", |name| {
        !["Action", "PublicKey", "Signature", "SecurityToken"].contains(&name.as_str())
    });
    let value = length().prop_flat_map(text);
    collection::btree_map(name, value, 0..12)
        .prop_map(|map| map.into_iter().collect::<Vec<_>>())
        .prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_form_is_what_an_independent_encoder_writes(
        parameters in parameters(),
        public_key in (0..60_usize).prop_flat_map(text),
        private_key in (0..200_usize).prop_flat_map(text),
    ) {
        let action = InOrder(parameters);
        let config = Config::new(Credentials::new(public_key.as_str(), private_key.as_str()));
        let sent = body(&config, &action, Encoding::Form);
        prop_assert_eq!(
            String::from_utf8_lossy(&sent),
            form(&action, &public_key, &private_key)
        );
    }
}
