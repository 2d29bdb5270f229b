//! The forms that a value of a type may take.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use compshare_proto::metadata::Kind;
use serde_json::{Value, json};

use crate::call::is_integer;

/// Every form of a value, its own first.
pub(super) fn forms(kind: &Kind, value: Value) -> Vec<Value> {
    match kind {
        kind if is_integer(kind) || matches!(kind, Kind::String) => both_ways(value),
        Kind::Float | Kind::Cny => amounts(value),
        Kind::Bool => switches(value),
        _ => vec![value],
    }
}

/// An integer and its text form.
fn both_ways(value: Value) -> Vec<Value> {
    let other = match &value {
        Value::Number(_) => Some(text(&value)),
        // Text such as `007` is none.
        Value::String(digits) => {
            let number: Option<i64> = digits.parse().ok();
            number.filter(|number| number.to_string() == *digits).map(Value::from)
        }
        _ => None,
    };
    [Some(value), other].into_iter().flatten().collect()
}

/// A number with a fraction, the same as text, and as a whole number where it is one.
fn amounts(value: Value) -> Vec<Value> {
    let number: Option<f64> = value.as_f64().or_else(|| value.as_str()?.parse().ok());
    let Some(number) = number.filter(|number| number.is_finite()) else { return vec![value] };
    let text = number.to_string();
    let whole = text.parse::<i64>().ok().map(Value::from);
    [value, json!(number), json!(text)].into_iter().chain(whole).collect()
}

/// A switch and its texts.
fn switches(value: Value) -> Vec<Value> {
    let on = match &value {
        Value::Bool(on) => *on,
        Value::String(text) if ["True", "true", "Yes"].contains(&text.as_str()) => true,
        Value::String(text) if ["False", "false", "No"].contains(&text.as_str()) => false,
        _ => return both_ways(value),
    };
    let texts = if on { ["True", "true", "Yes"] } else { ["False", "false", "No"] };
    [value, json!(on)].into_iter().chain(texts.map(Value::from)).collect()
}

/// A value as text.
pub(super) fn text(value: &Value) -> Value {
    match value {
        Value::String(_) => value.clone(),
        value => json!(value.to_string()),
    }
}

/// Whether a value is empty or 0.
pub(super) fn is_nothing(value: &Value) -> bool {
    value.is_null() || *value == 0 || *value == "" || *value == "0"
}

/// Whether a value is a text, list or map without content.
pub(super) fn is_empty(kind: &Kind, value: &Value) -> bool {
    match (kind, value) {
        (_, Value::String(text)) => text.is_empty(),
        (Kind::List(_) | Kind::Map(_), Value::Array(list)) => list.is_empty(),
        (Kind::Map(_), Value::Object(map)) => map.is_empty(),
        _ => false,
    }
}

/// The decoded text of a Base64 value, unless that could be taken for Base64 again.
pub(super) fn plain(value: &Value) -> Option<Value> {
    let bytes = STANDARD.decode(value.as_str()?).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let is_plain = !text.is_empty() && !text.chars().any(char::is_control);
    (is_plain && STANDARD.decode(&text).is_err()).then(|| json!(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_go_both_ways() {
        assert_eq!(forms(&Kind::Int, json!(7)), [json!(7), json!("7")]);
        assert_eq!(forms(&Kind::Int, json!("7")), [json!("7"), json!(7)]);
        assert_eq!(forms(&Kind::String, json!("007")), [json!("007")]);
        assert_eq!(forms(&Kind::String, json!("ulhost-1")), [json!("ulhost-1")]);
        let forms = |value| forms(&Kind::Cny, value);
        assert_eq!(forms(json!("10.00")), [json!("10.00"), json!(10.0), json!("10"), json!(10)]);
        assert_eq!(forms(json!(0.5)), [json!(0.5), json!(0.5), json!("0.5")]);
    }

    #[test]
    fn switches_have_texts() {
        let on = [json!("True"), json!(true), json!("True"), json!("true"), json!("Yes")];
        assert_eq!(forms(&Kind::Bool, json!("True")), on);
        assert_eq!(forms(&Kind::Bool, json!(false))[4], "No");
        assert_eq!(forms(&Kind::Bool, json!(0)), [json!(0), json!("0")]);
    }

    #[test]
    fn a_password_is_plain_only_where_that_is_clear() {
        assert_eq!(plain(&json!("UGFzc3dvcmQx")), Some(json!("Password1")));
        assert_eq!(plain(&json!(STANDARD.encode("abcd"))), None);
        assert_eq!(plain(&json!(STANDARD.encode([0, 1, 2]))), None);
        assert_eq!(plain(&json!("not Base64")), None);
    }
}
