//! The signature: SHA-1 over the sorted names and values, followed by the private key.
//!
//! The text that is signed ends in the private key, so it is fed to SHA-1 piece by piece and never
//! exists as a whole. Published rule: "summary/signature.md" of the UCloud documentation.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};
use sha1::{Digest, Sha1};

use crate::{
    api::effect::Encoding,
    value::{
        invalid::InvalidRequest,
        params::{
            json::{SENDABLE, number_text, object, sorted},
            list::{List, Wants},
        },
        secret::Secret,
    },
};

/// A signature: 40 lower-case hex digits. `Debug` does not print them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature([u8; Self::LEN]);

impl Signature {
    pub(crate) const LEN: usize = 40;

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

/// Signs exactly the given parameters; the caller adds `Action`, `PublicKey` and so on.
///
/// A client signs its requests itself. This function is for other transports, and for simulators. A form
/// signs flattened names, JSON signs lists and objects as they are.
///
/// ```
/// use compshare_proto::{Secret, metadata::Encoding, sign::sign};
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
/// # Ok::<(), compshare_proto::error::InvalidRequest>(())
/// ```
///
/// # Errors
///
/// Fails if a value cannot be sent (NaN, raw bytes), or if two parameters have the same name.
pub fn sign<T: Serialize + ?Sized>(
    parameters: &T,
    private_key: &Secret,
    encoding: Encoding,
) -> Result<Signature, InvalidRequest> {
    match encoding {
        Encoding::Form => {
            let list = List::of(parameters, Wants { empty: true, ..Wants::SENDABLE })?;
            let mut hasher = Hasher::default();
            hasher.update(list.text());
            Ok(hasher.finish(private_key))
        }
        Encoding::Json => {
            let wants = Wants { empty: true, ..SENDABLE };
            Ok(sign_json(&object(parameters, wants)?, private_key))
        }
    }
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

/// SHA-1 that ends in the private key. Its buffer, in which the end of the key stands, is wiped on drop.
#[derive(Default)]
pub(crate) struct Hasher(Sha1);

impl Hasher {
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub(crate) fn finish(mut self, private_key: &Secret) -> Signature {
        self.0.update(private_key.expose().as_bytes());
        // In place: a hasher that moves would leave its buffer behind.
        let digest = self.0.finalize_reset();
        let mut hex = [0; Signature::LEN];
        for (digits, byte) in hex.chunks_exact_mut(2).zip(digest) {
            digits.copy_from_slice(&[byte >> 4, byte & 15]);
        }
        Signature(hex.map(|nibble| nibble + b'0' + u8::from(nibble > 9) * (b'a' - b'9' - 1)))
    }
}
