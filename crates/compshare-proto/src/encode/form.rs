//! Form bodies: one buffer that first holds the parameters as they are signed, then as they travel.
//!
//! A first look at the parameters measures them, so that the buffer is allocated once, at its final
//! size. A second fills it with names and values end to end. They are signed in sorted order, and then
//! percent-encoded where they lie, from the last to the first, since what grows grows towards the end.

use bytes::Bytes;

use super::{Defaults, escape, put_action, refuse_reserved, require};
use crate::{
    Action, Config,
    error::InvalidRequest,
    params::Sink,
    sign::{Hasher, Signature, given_twice},
};

/// The signed body of an action.
pub(super) fn body<A: Action + ?Sized>(
    config: &Config,
    action: &A,
) -> Result<Bytes, InvalidRequest> {
    let mut path = String::with_capacity(64);
    let mut sizes = Sizes::new(Defaults::of(config, action.info()));
    put_action(action, &mut path, &mut sizes)?;
    let (encoded_len, parameters, defaults) = sizes.close(config, action.name())?;

    let mut buffer =
        Buffer { bytes: Vec::with_capacity(encoded_len), entries: Vec::with_capacity(parameters) };
    buffer.put("Action", action.name())?;
    put_action(action, &mut path, &mut buffer)?;
    for (name, value) in common(config, &defaults) {
        buffer.put(name, value)?;
    }
    let signature = buffer.sign(config, action)?;
    buffer.put("Signature", signature.expose())?;
    Ok(Bytes::from(buffer.into_encoded(encoded_len)))
}

/// The parameters that follow the action's own, but for the signature.
fn common<'a>(
    config: &'a Config,
    defaults: &Defaults<'a>,
) -> impl Iterator<Item = (&'static str, &'a str)> + use<'a> {
    let credentials = config.credentials();
    let token = credentials.token().map(|token| ("SecurityToken", token));
    let keys = [Some(("PublicKey", credentials.public_key())), token];
    defaults.to_put().into_iter().chain(keys).flatten()
}

/// Adds up what the body will take, and notes which defaults the request sets by itself.
struct Sizes<'a> {
    encoded: usize,
    parameters: usize,
    defaults: Defaults<'a>,
}

impl<'a> Sizes<'a> {
    fn new(defaults: Defaults<'a>) -> Self {
        Self { encoded: 0, parameters: 0, defaults }
    }

    fn add(&mut self, name: &str, value: &str) {
        let separators = "=&".len();
        self.encoded += escape::encoded_len(name.as_bytes());
        self.encoded += escape::encoded_len(value.as_bytes()) + separators;
        self.parameters += 1;
    }

    /// Length of the body, number of parameters, and the defaults to put in.
    fn close(
        mut self,
        config: &Config,
        action: &str,
    ) -> Result<(usize, usize, Defaults<'a>), InvalidRequest> {
        self.defaults.check()?;
        self.add("Action", action);
        for (name, value) in common(config, &self.defaults) {
            self.add(name, value);
        }
        self.add("Signature", Signature::PLACEHOLDER);
        Ok((self.encoded - "&".len(), self.parameters, self.defaults))
    }
}

impl Sink for Sizes<'_> {
    fn put(&mut self, name: &str, value: &str) -> Result<(), InvalidRequest> {
        refuse_reserved(name)?;
        self.defaults.note(name, value.is_empty())?;
        self.add(name, value);
        Ok(())
    }
}

/// Names and values end to end, and where each lies.
struct Buffer {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
}

/// Where one parameter lies: its name, and its value right behind.
#[derive(Clone, Copy)]
struct Entry {
    start: usize,
    middle: usize,
    end: usize,
}

impl Entry {
    fn name(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.start..self.middle).unwrap_or_default()
    }

    fn both(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.start..self.end).unwrap_or_default()
    }
}

impl Sink for Buffer {
    fn put(&mut self, name: &str, value: &str) -> Result<(), InvalidRequest> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(name.as_bytes());
        let middle = self.bytes.len();
        self.bytes.extend_from_slice(value.as_bytes());
        self.entries.push(Entry { start, middle, end: self.bytes.len() });
        Ok(())
    }
}

impl Buffer {
    /// Sorts the entries by name, checks them, and signs them.
    fn sign<A: Action + ?Sized>(
        &mut self,
        config: &Config,
        action: &A,
    ) -> Result<Signature, InvalidRequest> {
        let Self { bytes, entries } = self;
        entries.sort_unstable_by(|a, b| a.name(bytes).cmp(b.name(bytes)));
        let twice = entries.windows(2).find_map(|pair| match pair {
            [a, b] if a.name(bytes) == b.name(bytes) => Some(a.name(bytes)),
            _ => None,
        });
        if let Some(name) = twice {
            return Err(given_twice(&String::from_utf8_lossy(name)));
        }
        require(action.info(), |parameter| find(bytes, entries, parameter))?;
        let mut hasher = Hasher::default();
        for entry in entries {
            hasher.update(entry.both(bytes));
        }
        Ok(hasher.finish(config.credentials().private_key()))
    }

    /// The body: everything percent-encoded, with the separators between.
    #[expect(clippy::indexing_slicing, reason = "the buffer was measured before it was filled")]
    fn into_encoded(self, encoded_len: usize) -> Vec<u8> {
        let Self { mut bytes, mut entries } = self;
        entries.sort_unstable_by_key(|entry| entry.start);
        bytes.resize(encoded_len, 0);
        let mut end = encoded_len;
        for (index, entry) in entries.iter().enumerate().rev() {
            end = escape::encode_down_to(&mut bytes, entry.middle..entry.end, end) - 1;
            bytes[end] = b'=';
            end = escape::encode_down_to(&mut bytes, entry.start..entry.middle, end);
            if index > 0 {
                end -= 1;
                bytes[end] = b'&';
            }
        }
        debug_assert_eq!(end, 0, "what was measured is what was written");
        bytes
    }
}

/// Whether a parameter is among the sorted entries, and whether it has a value.
fn find(bytes: &[u8], entries: &[Entry], parameter: &str) -> Option<bool> {
    let name = parameter.as_bytes();
    let at = entries.partition_point(|entry| entry.name(bytes) < name);
    let entry = entries.get(at)?;
    let rest = entry.name(bytes).strip_prefix(name)?;
    match rest.first() {
        None => Some(entry.middle < entry.end),
        Some(b'.') => Some(true),
        Some(_) => None,
    }
}
