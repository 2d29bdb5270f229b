//! Form bodies: one buffer that first holds the parameters as they are signed, then as they travel.
//!
//! A first walk over the parameters measures them, so that the buffer is allocated once, at its final
//! size. A second fills it with names and values end to end. They are signed in sorted order, and then
//! percent-encoded where they lie, from the last to the first, since what grows grows towards the end:
//! if they are not of the length that was measured, they do not end where they have to.

use bytes::Bytes;

use super::{ClientDefaults, escape, put_action, require};
use crate::{
    api::action::Action,
    codec::sign::{Hasher, Signature},
    config::Config,
    value::{
        invalid::InvalidRequest,
        params::{
            Sink,
            list::{CHANGES, given_twice},
        },
    },
};

/// The signed body of an action.
pub(super) fn body<A: Action + ?Sized>(
    config: &Config,
    action: &A,
) -> Result<Bytes, InvalidRequest> {
    let mut path = String::with_capacity(64);
    let mut sizes = Sizes {
        encoded: 0,
        parameters: 0,
        defaults: ClientDefaults::of(config, action.facts().info),
    };
    put_action(action, &mut path, &mut sizes)?;
    sizes.add("Action", action.facts().name);
    for (name, value) in common(config, &sizes.defaults) {
        sizes.add(name, value);
    }
    sizes.add("Signature", Signature::PLACEHOLDER);

    let encoded_len = sizes.encoded - "&".len();
    let mut buffer = Buffer {
        bytes: Vec::with_capacity(encoded_len),
        entries: Vec::with_capacity(sizes.parameters),
        defaults: ClientDefaults::of(config, action.facts().info),
    };
    buffer.add("Action", action.facts().name);
    put_action(action, &mut path, &mut buffer)?;
    buffer.defaults.check()?;
    for (name, value) in common(config, &buffer.defaults) {
        buffer.add(name, value);
    }
    let signature = buffer.sign(config, action)?;
    buffer.add("Signature", signature.expose());
    let encoded = buffer.into_encoded(encoded_len);
    encoded.map(Bytes::from).ok_or_else(|| InvalidRequest::new("", CHANGES))
}

/// The parameters that follow the action's own, but for the signature.
fn common<'a>(
    config: &'a Config,
    defaults: &ClientDefaults<'a>,
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
    defaults: ClientDefaults<'a>,
}

impl Sizes<'_> {
    fn add(&mut self, name: &str, value: &str) {
        self.encoded += escape::encoded_len(name.as_bytes());
        self.encoded += escape::encoded_len(value.as_bytes()) + SEPARATORS;
        self.parameters += 1;
    }
}

impl Sink for Sizes<'_> {
    fn put(&mut self, name: &str, value: &str) -> Result<(), InvalidRequest> {
        self.defaults.note(name, value.is_empty())?;
        self.add(name, value);
        Ok(())
    }
}

/// Bytes of `=` and `&` for each parameter; the last has no `&`.
const SEPARATORS: usize = "=&".len();

/// Names and values end to end, where each lies, and which defaults the request sets by itself.
struct Buffer<'a> {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
    defaults: ClientDefaults<'a>,
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

impl Sink for Buffer<'_> {
    fn put(&mut self, name: &str, value: &str) -> Result<(), InvalidRequest> {
        self.defaults.note(name, value.is_empty())?;
        self.add(name, value);
        Ok(())
    }
}

impl Buffer<'_> {
    fn add(&mut self, name: &str, value: &str) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(name.as_bytes());
        let middle = self.bytes.len();
        self.bytes.extend_from_slice(value.as_bytes());
        self.entries.push(Entry { start, middle, end: self.bytes.len() });
    }

    /// Sorts the entries by name, checks them, and signs them.
    fn sign<A: Action + ?Sized>(
        &mut self,
        config: &Config,
        action: &A,
    ) -> Result<Signature, InvalidRequest> {
        let Self { bytes, entries, .. } = self;
        entries.sort_unstable_by(|a, b| a.name(bytes).cmp(b.name(bytes)));
        let twice = entries.windows(2).find_map(|pair| match pair {
            [a, b] if a.name(bytes) == b.name(bytes) => Some(a.name(bytes)),
            _ => None,
        });
        if let Some(name) = twice {
            return Err(given_twice(&String::from_utf8_lossy(name)));
        }
        let (bytes, entries) = (&*bytes, &*entries);
        require(action, entries, |entry| (entry.name(bytes), entry.middle < entry.end))?;
        let mut hasher = Hasher::default();
        for entry in entries {
            hasher.update(entry.both(bytes));
        }
        Ok(hasher.finish(config.credentials().private_key()))
    }

    /// The body: everything percent-encoded, with the separators between; `None` if that is of another
    /// length.
    #[expect(clippy::indexing_slicing, reason = "`end` stays above what is unread")]
    fn into_encoded(self, encoded_len: usize) -> Option<Vec<u8>> {
        let Self { mut bytes, mut entries, .. } = self;
        if bytes.len() > encoded_len {
            return None;
        }
        entries.sort_unstable_by_key(|entry| entry.start);
        bytes.resize(encoded_len, 0);
        let mut end = encoded_len;
        for (index, &Entry { start, middle, end: raw_end }) in entries.iter().enumerate().rev() {
            end = escape::encode_down_to(&mut bytes, middle..raw_end, end)?;
            end = escape::down_to(end, 1, middle)?;
            bytes[end] = b'=';
            end = escape::encode_down_to(&mut bytes, start..middle, end)?;
            if index > 0 {
                end = escape::down_to(end, 1, start)?;
                bytes[end] = b'&';
            }
        }
        (end == 0).then_some(bytes)
    }
}
