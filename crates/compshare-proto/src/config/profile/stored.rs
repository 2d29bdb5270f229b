//! The keys that a profile of the file holds.

use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use zeroize::Zeroize as _;

use super::{BYTE_ORDER_MARK, word};
use crate::value::secret::Secret;

/// The public and the private key.
pub(super) type Keys = (Option<String>, Option<Secret>);

/// Picks a profile; the reason names a place, never what stands there.
pub(super) fn select(text: &str, named: Option<&str>) -> Result<Keys, String> {
    let broken = |error: serde_json::Error| {
        format!("not valid JSON at line {}, column {}", error.line(), error.column())
    };
    let text = text.trim_start_matches(BYTE_ORDER_MARK);
    // First without taking anything over, so that a broken file leaves no key behind.
    serde_json::from_str::<IgnoredAny>(text).map_err(broken)?;
    let file = Wiped(serde_json::from_str(text).map_err(broken)?);
    let file = file.0.as_object().ok_or("must be a JSON object with `profiles`")?;
    let empty = Map::new();
    let profiles = match file.get("profiles") {
        None | Some(Value::Null) => &empty,
        Some(profiles) => profiles.as_object().ok_or("`profiles` must be an object")?,
    };
    let current = match file.get("current_profile") {
        None | Some(Value::Null) => "default",
        Some(current) => current.as_str().ok_or("`current_profile` must be text")?,
    };
    let name = named.unwrap_or(current);
    let Some(profile) = profiles.get(name) else {
        if named.is_none() {
            return Ok((None, None));
        }
        let known: Vec<&str> = profiles.keys().map(String::as_str).collect();
        return Err(format!("no profile {name:?}; it has: {}", known.join(", ")));
    };
    let profile =
        profile.as_object().ok_or_else(|| format!("`profiles.{name}` must be an object"))?;
    let key = |key: &str| match profile.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => word(&format!("`profiles.{name}.{key}`"), text)
            .map(|text| Some(text).filter(|text| !text.is_empty()))
            .map_err(|error| error.to_string()),
        Some(_) => Err(format!("`profiles.{name}.{key}` must be text")),
    };
    Ok((key("public_key")?.map(str::to_owned), key("private_key")?.map(Secret::new)))
}

/// JSON whose texts are wiped on drop.
struct Wiped(Value);

impl Drop for Wiped {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(map) => map.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_text_of_the_file_is_wiped() {
        let mut file =
            json!({ "profiles": { "a": { "private_key": "k", "more": ["x", 1, null] } } });
        wipe(&mut file);
        let wiped = json!({ "profiles": { "a": { "private_key": "", "more": ["", 1, null] } } });
        assert_eq!(file, wiped);
    }
}
