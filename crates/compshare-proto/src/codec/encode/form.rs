//! Form bodies: parameters are collected and sorted, then hashed and percent-encoded.
//!
//! They are collected as one text, names and values end to end, as they are signed. A long value is not
//! copied there: it is taken from the action again when its turn comes.

use bytes::Bytes;

use super::{ClientDefaults, escape, put_action, require};
use crate::{
    api::action::Action,
    codec::sign::{Hasher, Signature},
    config::Config,
    value::{
        invalid::InvalidRequest,
        params::list::{CHANGES, List, Wants},
    },
};

/// A value of more than 16 KiB is not copied.
const WANTS: Wants = Wants { copied: 16 << 10, ..Wants::SENDABLE };

/// Bytes of a long value that are hashed and then encoded, while they are in the cache.
const PIECE: usize = 4 << 10;

const SEPARATORS: usize = "&=".len();
const SIGNATURE: &[u8] = b"&Signature=";

/// The signed body of an action.
pub(super) fn body<A: Action + ?Sized>(
    config: &Config,
    action: &A,
) -> Result<Bytes, InvalidRequest> {
    let mut list = List::new(WANTS);
    put_action(action, &mut list)?;
    list.sort()?;
    let own = own(config, action, &list)?;
    require(action, &list)?;

    let text = list.text();
    let mut body = Vec::with_capacity(encoded_len(action, &list, &own)?);
    put_own("Action", action.facts().name, &mut body);
    let mut hasher = Hasher::default();
    let mut hashed = 0;
    let mut unhashed = own.iter().flatten().peekable();
    for entry in list.entries() {
        let name = entry.name(text);
        while let Some((own, value)) = unhashed.next_if(|(own, _)| own.as_bytes() < name) {
            hasher.update(text.get(hashed..entry.start).unwrap_or_default());
            hashed = entry.start;
            hasher.update(own.as_bytes());
            hasher.update(value.as_bytes());
        }
        body.push(b'&');
        escape::append(name, &mut body);
        body.push(b'=');
        escape::append(entry.value(text), &mut body);
        if !entry.is_copied {
            hasher.update(text.get(hashed..entry.end).unwrap_or_default());
            hashed = entry.end;
            take(action, name, |value| {
                for piece in value.chunks(PIECE) {
                    hasher.update(piece);
                    escape::append(piece, &mut body);
                }
            })?;
        }
    }
    hasher.update(text.get(hashed..).unwrap_or_default());
    for (own, value) in unhashed {
        hasher.update(own.as_bytes());
        hasher.update(value.as_bytes());
    }
    for (own, value) in own.iter().flatten().skip(1) {
        body.push(b'&');
        put_own(own, value, &mut body);
    }
    let signature = hasher.finish(config.credentials().private_key());
    body.extend_from_slice(SIGNATURE);
    body.extend_from_slice(signature.expose().as_bytes());
    Ok(Bytes::from(body))
}

/// A parameter of the client, if it is sent.
type Own<'a> = Option<(&'static str, &'a str)>;

/// The client's own parameters but the signature, sorted by name.
fn own<'a, A: Action + ?Sized>(
    config: &'a Config,
    action: &'a A,
    list: &List<'_>,
) -> Result<[Own<'a>; 6], InvalidRequest> {
    let mut defaults = ClientDefaults::of(config, action.facts().info);
    for entry in list.entries() {
        defaults.note(entry.name(list.text()), !entry.has_value())?;
    }
    defaults.check()?;
    let [region, zone, project_id] = defaults.to_put();
    let credentials = config.credentials();
    Ok([
        Some(("Action", action.facts().name)),
        project_id,
        Some(("PublicKey", credentials.public_key())),
        region,
        credentials.token().map(|token| ("SecurityToken", token)),
        zone,
    ])
}

/// Length of the body.
fn encoded_len<A: Action + ?Sized>(
    action: &A,
    list: &List<'_>,
    own: &[Own<'_>],
) -> Result<usize, InvalidRequest> {
    let mut len = escape::encoded_len(list.text()) + list.entries().len() * SEPARATORS;
    for entry in list.entries().iter().filter(|entry| !entry.is_copied) {
        take(action, entry.name(list.text()), |value| len += escape::encoded_len(value))?;
    }
    for (name, value) in own.iter().flatten() {
        len += name.len() + escape::encoded_len(value.as_bytes()) + SEPARATORS;
    }
    // The first parameter has no `&`.
    Ok(len - 1 + SIGNATURE.len() + Signature::LEN)
}

/// Calls `then` with the value of one of the action's parameters.
fn take<A: Action + ?Sized>(
    action: &A,
    name: &[u8],
    then: impl FnOnce(&[u8]),
) -> Result<(), InvalidRequest> {
    let mut then = Some(then);
    let mut take = |value: &[u8]| {
        if let Some(then) = then.take() {
            then(value);
        }
    };
    put_action(action, &mut List::finding(name, &mut take, WANTS))?;
    if then.is_none() { Ok(()) } else { Err(InvalidRequest::new("", CHANGES)) }
}

/// Appends a parameter of the client, whose name needs no encoding.
fn put_own(name: &str, value: &str, body: &mut Vec<u8>) {
    body.extend_from_slice(name.as_bytes());
    body.push(b'=');
    escape::append(value.as_bytes(), body);
}
