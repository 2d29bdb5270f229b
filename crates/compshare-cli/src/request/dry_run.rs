//! `--dry-run`: what would be sent, with secrets masked.

use std::time::SystemTime;

use compshare_blocking::{Action as _, Config, Error, Raw, encode};
use percent_encoding::percent_decode;
use serde_json::{Map, Value, json};

use crate::text::{
    sanitize,
    secrets::{self, MASK},
    terminal,
    wrap::cut,
};

/// Longest value that a terminal shows whole, in columns.
const LONGEST: usize = 200;

/// The request for a person, or as one JSON document.
///
/// # Errors
///
/// Those of building a request.
pub(crate) fn show(config: &Config, action: &Raw, json: bool) -> Result<String, Error> {
    let request = encode(config, action, SystemTime::now())?;
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.to_str().unwrap_or(MASK)));
    let parameters = mask(parameters(request.body()), &secrets::names(action.facts().info));
    if json {
        let headers: Map<String, Value> =
            headers.map(|(name, value)| (name.to_owned(), value.into())).collect();
        let document = json!({
            "method": request.method().as_str(),
            "url": request.uri().to_string(),
            "headers": headers,
            "parameters": parameters,
        });
        return Ok(sanitize::json(&document));
    }
    let whole = !terminal::is_there();
    let mut text = format!("{} {}\n", request.method(), request.uri());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\n"));
    }
    text.push('\n');
    for (name, value) in &parameters {
        let value = match value {
            Value::String(value) => sanitize::line(value),
            other => other.to_string(),
        };
        let shown = if whole { value.clone() } else { cut(&value, LONGEST) };
        let rest = if shown == value { String::new() } else { format!(" ({} bytes)", value.len()) };
        text.push_str(&format!("{}={shown}{rest}\n", sanitize::line(name)));
    }
    Ok(text)
}

/// The parameters of a body, sorted by name: a JSON object's, else a form's.
fn parameters(body: &[u8]) -> Map<String, Value> {
    if let Ok(Value::Object(map)) = serde_json::from_slice(body) {
        return map;
    }
    let pairs = body.split(|byte| *byte == b'&').map(|pair| {
        let mut halves = pair.splitn(2, |byte| *byte == b'=').map(decode);
        let name = halves.next().unwrap_or_default();
        (name, halves.next().unwrap_or_default().into())
    });
    pairs.collect()
}

/// Text from its form encoding.
fn decode(text: &[u8]) -> String {
    let text: Vec<u8> = text.iter().map(|&byte| if byte == b'+' { b' ' } else { byte }).collect();
    percent_decode(&text).decode_utf8_lossy().into_owned()
}

/// Masks what must not be seen: values of these names, and those whose names say it.
fn mask(map: Map<String, Value>, secret: &[&str]) -> Map<String, Value> {
    let masked = |(name, value): (String, Value)| {
        let last = name.rsplit('.').find(|step| step.parse::<u32>().is_err());
        let is_secret =
            secrets::is_secret_name(&name) || last.is_some_and(|last| secret.contains(&last));
        let value = if is_secret { Value::from(MASK) } else { within(value, secret) };
        (name, value)
    };
    map.into_iter().map(masked).collect()
}

fn within(value: Value, secret: &[&str]) -> Value {
    match value {
        Value::Object(map) => mask(map, secret).into(),
        Value::Array(items) => items.into_iter().map(|item| within(item, secret)).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_in_forms_and_in_json() {
        let form = parameters(
            b"Z=%E6%B7%B1+a&Password=x&SecurityToken=y&A.0.LoginPassword=z&Signature=s&Pin.0=1",
        );
        let shown: Vec<String> =
            mask(form, &["Pin"]).iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(
            shown,
            [
                r#"A.0.LoginPassword="***""#,
                r#"Password="***""#,
                r#"Pin.0="***""#,
                r#"SecurityToken="***""#,
                r#"Signature="***""#,
                r#"Z="深 a""#,
            ]
        );
        let json = parameters(br#"{"Disks":[{"Password":"x","Size":60}],"Signature":"s"}"#);
        let shown = Value::Object(mask(json, &[])).to_string();
        assert_eq!(shown, r#"{"Disks":[{"Password":"***","Size":60}],"Signature":"***"}"#);
    }
}
