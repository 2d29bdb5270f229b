//! JSON bodies: one object with native lists and objects, signed as JSON is.

use bytes::Bytes;
use serde_json::{Map, Value};

use super::{ClientDefaults, require};
use crate::{
    api::action::Action,
    codec::sign::sign_json,
    config::Config,
    value::{
        invalid::InvalidRequest,
        params::{
            json::{SENDABLE, drop_nulls, number_text, sorted, to_json},
            list::{List, given_twice},
        },
    },
};

/// The signed body of an action.
pub(super) fn body<A: Action + ?Sized>(
    config: &Config,
    action: &A,
) -> Result<Bytes, InvalidRequest> {
    let mut map = to_json(action)?;
    for parameter in action.facts().extra {
        let (name, value) = parameter.to_json()?;
        if !value.is_null() {
            add(&mut map, name, value)?;
        }
    }
    // Names that differ here may be one where lists and objects are flattened.
    let list = List::of(&map, SENDABLE)?;
    drop_nulls(&mut map);
    let mut defaults = ClientDefaults::of(config, action.facts().info);
    for (name, value) in &map {
        defaults.note(name.as_bytes(), is_empty(value))?;
    }
    defaults.check()?;
    require(action, &list)?;
    let credentials = config.credentials();
    let own = [
        Some(("Action", action.facts().name)),
        Some(("PublicKey", credentials.public_key())),
        credentials.token().map(|token| ("SecurityToken", token)),
    ];
    for (name, value) in own.into_iter().chain(defaults.to_put()).flatten() {
        add(&mut map, name, Value::from(value))?;
    }
    let signature = sign_json(&map, credentials.private_key());
    add(&mut map, "Signature", Value::from(signature.expose()))?;
    let mut text = String::new();
    write_object(&map, &mut text);
    Ok(Bytes::from(text))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

fn add(map: &mut Map<String, Value>, name: &str, value: Value) -> Result<(), InvalidRequest> {
    match map.insert(name.to_owned(), value) {
        None | Some(Value::Null) => Ok(()),
        Some(_) => Err(given_twice(name.as_bytes())),
    }
}

/// Writes JSON whose numbers are the digits that were signed: no exponent, no `.0`.
fn write_object(map: &Map<String, Value>, text: &mut String) {
    text.push('{');
    for (index, (name, value)) in sorted(map).into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(&Value::from(name.as_str()).to_string());
        text.push(':');
        write(value, text);
    }
    text.push('}');
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => text.push_str(&number_text(number)),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(map) => write_object(map, text),
        Value::Null | Value::Bool(_) | Value::String(_) => text.push_str(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        api::actions::GetCompShareInstanceMonitor, config::Credentials, value::timestamp::Timestamp,
    };

    /// The vector of the API's facts for a native list.
    #[test]
    fn native_lists_are_signed_and_sent_as_such() -> Result<(), InvalidRequest> {
        let config = Config::new(Credentials::new("public", "private"));
        let action = GetCompShareInstanceMonitor::new(["uhost-2", "uhost-1"])
            .region("cn-wlcb")
            .zone("cn-wlcb-01");
        assert_eq!(config.encoding_of(action.facts().info), crate::api::effect::Encoding::Json);
        let sent: Value = serde_json::from_slice(&body(&config, &action)?).unwrap();
        assert_eq!(
            sent,
            json!({
                "Action": "GetCompShareInstanceMonitor",
                "Region": "cn-wlcb",
                "Zone": "cn-wlcb-01",
                "UHostIds": ["uhost-2", "uhost-1"],
                "PublicKey": "public",
                "Signature": "1e322167510a9daa2bf6c057a6a100a0138376c2",
            })
        );
        let since = action.start_time(Timestamp::from_unix_seconds(1_700_000_000));
        let sent: Value = serde_json::from_slice(&body(&config, &since)?).unwrap();
        assert_eq!(sent["StartTime"], 1_700_000_000);
        Ok(())
    }
}
