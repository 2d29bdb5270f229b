//! The signature: SHA-1 over the sorted names and values, followed by the private key.
//!
//! The text that is signed ends in the private key, so it is fed to SHA-1 piece by piece and never
//! exists as a whole. Published rule: "summary/signature.md" of the UCloud documentation.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};
use sha1::{Digest, Sha1};

use crate::{
    Encoding, Secret,
    error::InvalidRequest,
    params::{self, Sink},
};

/// A signature: 40 lower-case hex digits, which Debug does not print.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature([u8; 40]);

impl Signature {
    /// Something of a signature's length, to measure with.
    pub(crate) const PLACEHOLDER: &str = "0000000000000000000000000000000000000000";

    /// The hex digits.
    pub fn expose(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature(..)")
    }
}

/// Signs exactly the parameters that it is given: the caller adds `Action`, `PublicKey` and so on.
///
/// A client does this by itself; it is here for those who sign for another transport, and for
/// simulators. A form signs flattened names, JSON signs lists and objects as they are.
///
/// ```
/// use compshare_proto::{Encoding, Secret, sign::sign};
/// use serde_json::json;
///
/// // The published example.
/// let parameters = json!({
///     "Action": "DescribeUHostInstance",
///     "Limit": 10,
///     "PublicKey": "ucloudsomeone@example.com1296235120854146120",
///     "Region": "cn-bj2",
/// });
/// let private_key = Secret::new("46f09bb9fab4f12dfc160dae12273d5332b5debe");
/// let signature = sign(&parameters, &private_key, Encoding::Form)?;
/// assert_eq!(signature.expose(), "cba5cf5ec4d4233d206b1b54951e3787350a642f");
/// # Ok::<(), compshare_proto::InvalidRequest>(())
/// ```
///
/// # Errors
///
/// A value that has no place in a request (NaN, raw bytes), or two parameters of one name.
pub fn sign<T: Serialize + ?Sized>(
    parameters: &T,
    private_key: &Secret,
    encoding: Encoding,
) -> Result<Signature, InvalidRequest> {
    match encoding {
        Encoding::Form => {
            let list = List::of(parameters, Wants { f32: true, empty: true })?;
            let mut hasher = Hasher::default();
            for (name, value) in &list.parameters {
                hasher.update(name.as_bytes());
                hasher.update(value.as_bytes());
            }
            Ok(hasher.finish(private_key))
        }
        Encoding::Json => {
            let wants = Wants { f32: false, empty: true };
            Ok(sign_json(&object(parameters, wants)?, private_key))
        }
    }
}

/// What a [`List`] takes.
#[derive(Clone, Copy, PartialEq)]
struct Wants {
    /// Numbers whose digits would get lost in JSON.
    f32: bool,
    /// Lists and objects with nothing in them.
    empty: bool,
}

/// Why a request cannot be sent that is not the same when it is serialized again.
pub(crate) const CHANGES: &str = "the request serializes to something else each time";

/// What a request may have that is sent as JSON.
const SENDABLE: Wants = Wants { f32: false, empty: false };

/// Parameters sorted by name.
#[derive(PartialEq)]
pub(crate) struct List {
    parameters: Vec<(String, String)>,
    wants: Wants,
}

impl List {
    fn of<T: Serialize + ?Sized>(parameters: &T, wants: Wants) -> Result<Self, InvalidRequest> {
        let mut list = Self { parameters: Vec::new(), wants };
        params::flatten(parameters, &mut String::new(), &mut list)?;
        list.sort()?;
        Ok(list)
    }

    /// The parameters of a request that is sent as JSON.
    pub(crate) fn sendable(parameters: &Map<String, Value>) -> Result<Self, InvalidRequest> {
        Self::of(parameters, SENDABLE)
    }

    /// Names and values, sorted by name.
    pub(crate) fn parameters(&self) -> &[(String, String)] {
        &self.parameters
    }

    /// Sorts by name; none may come twice.
    fn sort(&mut self) -> Result<(), InvalidRequest> {
        self.parameters.sort_unstable();
        let twice = self.parameters.windows(2).find_map(|pair| match pair {
            [(a, _), (b, _)] if a == b => Some(a),
            _ => None,
        });
        twice.map_or(Ok(()), |name| Err(given_twice(name)))
    }
}

impl Sink for List {
    fn put(&mut self, name: &str, value: &str) -> Result<(), InvalidRequest> {
        self.parameters.push((name.to_owned(), value.to_owned()));
        Ok(())
    }

    fn takes_f32(&self) -> bool {
        self.wants.f32
    }

    fn takes_empty(&self) -> bool {
        self.wants.empty
    }
}

/// The error for two parameters of one name.
pub(crate) fn given_twice(name: &str) -> InvalidRequest {
    InvalidRequest::new(name, "is given twice: leave one out")
}

/// The parameters of a request as a JSON object; null is what is not sent.
pub(crate) fn to_json<T: Serialize + ?Sized>(
    parameters: &T,
) -> Result<Map<String, Value>, InvalidRequest> {
    object(parameters, SENDABLE)
}

/// Any parameters as a JSON object.
///
/// serde_json makes NaN null and keeps the last of two equal names without a word, so the parameters
/// are walked as well, before and after: they must be the same each time.
fn object<T: Serialize + ?Sized>(
    parameters: &T,
    wants: Wants,
) -> Result<Map<String, Value>, InvalidRequest> {
    let list = List::of(parameters, wants)?;
    let map = match serde_json::to_value(parameters) {
        Ok(Value::Object(map)) => map,
        Ok(_) => return Err(InvalidRequest::new("", "a request must be a struct or a map")),
        Err(error) => return Err(InvalidRequest::new("", error.to_string())),
    };
    if List::of(&map, wants)? == list { Ok(map) } else { Err(InvalidRequest::new("", CHANGES)) }
}

/// Leaves out what is null, wherever it is.
pub(crate) fn drop_nulls(map: &mut Map<String, Value>) {
    map.retain(|_, value| keep(value));
}

/// Whether the value is more than null, once it holds no null.
fn keep(value: &mut Value) -> bool {
    match value {
        Value::Array(items) => items.retain_mut(keep),
        Value::Object(map) => drop_nulls(map),
        _ => {}
    }
    !value.is_null()
}

pub(crate) fn sign_json(parameters: &Map<String, Value>, private_key: &Secret) -> Signature {
    let mut hasher = Hasher::default();
    hash_object(parameters, &mut hasher);
    hasher.finish(private_key)
}

fn hash_object(map: &Map<String, Value>, hasher: &mut Hasher) {
    for (name, value) in sorted(map) {
        hasher.update(name.as_bytes());
        hash_json(value, hasher);
    }
}

/// The members by name; a map has them so by itself unless some crate turns on `preserve_order`.
pub(crate) fn sorted(map: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut members: Vec<_> = map.iter().collect();
    members.sort_unstable_by_key(|(name, _)| *name);
    members
}

fn hash_json(value: &Value, hasher: &mut Hasher) {
    match value {
        Value::Null => {}
        Value::Bool(v) => hasher.update(if *v { b"true" } else { b"false" }),
        Value::Number(v) => hasher.update(number_text(v).as_bytes()),
        Value::String(v) => hasher.update(v.as_bytes()),
        Value::Array(items) => items.iter().for_each(|item| hash_json(item, hasher)),
        Value::Object(map) => hash_object(map, hasher),
    }
}

/// The number as it is signed and sent.
pub(crate) fn number_text(number: &serde_json::Number) -> String {
    let text = number.to_string();
    match params::digits(&text) {
        Some(digits) => digits.into_owned(),
        None => text,
    }
}

/// SHA-1 that ends in the private key. Its buffer, in which the end of the key stands, is wiped on drop.
#[derive(Default)]
pub(crate) struct Hasher(Sha1);

impl Hasher {
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub(crate) fn finish(mut self, private_key: &Secret) -> Signature {
        self.0.update(private_key.expose().as_bytes());
        let mut hex = [0; 40];
        // In place: a hasher that moves would leave its buffer behind.
        let digest = self.0.finalize_reset();
        for (pair, byte) in hex.chunks_exact_mut(2).zip(digest) {
            for (digit, nibble) in pair.iter_mut().zip([byte >> 4, byte & 15]) {
                *digit = if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 };
            }
        }
        Signature(hex)
    }
}
