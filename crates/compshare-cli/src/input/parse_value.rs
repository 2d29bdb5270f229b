//! Parses text from the command line into a value of the documented type; `datetime` parses times.

use compshare_blocking::metadata::Kind;
use serde_json::Value;

use crate::input::units;

/// The value, or a message that says what is wrong and what to use.
pub(crate) fn parse_value(kind: Kind, text: &str) -> Result<Value, String> {
    if let Some(number) = units::whole(kind, text) {
        return number.map(Value::from);
    }
    match kind {
        Kind::Int => text
            .parse::<i64>()
            .map(Value::from)
            .map_err(|_| format!("{text:?} is not an integer; use digits, such as 20")),
        Kind::Float => number(text),
        Kind::Cny => number(text.strip_suffix("CNY").map_or(text, str::trim_end)),
        Kind::Bool => match text {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(format!("{text:?} is not a Boolean; use true or false")),
        },
        Kind::Enum(values) if values.numeric => {
            text.parse::<i64>().map(Value::from).map_err(|_| {
                let known: Vec<&str> = values.values.iter().map(|(value, _)| *value).collect();
                format!("{text:?} is not a number; use one of {}", known.join(", "))
            })
        }
        Kind::Map(_) | Kind::Struct(_) => match serde_json::from_str(text) {
            Ok(value @ Value::Object(_)) => Ok(value),
            _ => Err(r#"the value is not a JSON object; use an object such as {"key":"value"}"#
                .to_owned()),
        },
        Kind::Any => serde_json::from_str(text).map_err(|_| {
            r#"the value is not JSON; use a value such as 1, "text" or {"key":"value"}"#.to_owned()
        }),
        _ => Ok(Value::from(text)),
    }
}

/// A number with a fraction.
fn number(text: &str) -> Result<Value, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Value::from(number)),
        Ok(_) => Err(format!("{text} is not a finite number; use digits, such as 1.5")),
        Err(_) => Err(format!("{text:?} is not a number; use digits, such as 1.5")),
    }
}

/// Whether values of the type may begin with a minus sign.
pub(crate) fn may_be_negative(kind: Kind) -> bool {
    match kind {
        Kind::Enum(info) => info.numeric,
        Kind::Int | Kind::Float | Kind::Timestamp | Kind::Cny | Kind::Fen => true,
        Kind::Mb | Kind::Gb | Kind::Seconds | Kind::Hours => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use compshare_blocking::metadata::ActionInfo;

    use super::*;

    #[test]
    fn values_have_the_documented_type() {
        for (kind, text, value) in [
            (Kind::Int, "-5", Value::from(-5)),
            (Kind::Float, "0.1", Value::from(0.1)),
            (Kind::Cny, "1.50", Value::from(1.5)),
            (Kind::Cny, "1.50 CNY", Value::from(1.5)),
            (Kind::Fen, "12.50CNY", Value::from(1250)),
            (Kind::Mb, "64GB", Value::from(65_536)),
            (Kind::Gb, "60", Value::from(60)),
            (Kind::Seconds, "30m", Value::from(1800)),
            (Kind::Hours, "2d", Value::from(48)),
            (Kind::Bool, "true", Value::Bool(true)),
            (Kind::Any, "[1]", serde_json::json!([1])),
        ] {
            assert_eq!(parse_value(kind, text), Ok(value), "{text}");
        }
        let object = parse_value(Kind::Map(&Kind::String), r#"{"a":"b"}"#).unwrap();
        assert_eq!(object["a"], "b");
    }

    #[test]
    fn an_invalid_value_says_what_is_wrong_and_what_to_use() {
        for (kind, text, reason) in [
            (Kind::Int, "1.5", r#""1.5" is not an integer; use digits, such as 20"#),
            (Kind::Int, "", r#""" is not an integer; use digits, such as 20"#),
            (Kind::Float, "NaN", "NaN is not a finite number; use digits, such as 1.5"),
            (Kind::Cny, "inf", "inf is not a finite number; use digits, such as 1.5"),
            (Kind::Cny, "1e999CNY", "1e999 is not a finite number; use digits, such as 1.5"),
            (Kind::Cny, "free", r#""free" is not a number; use digits, such as 1.5"#),
            (Kind::Bool, "yes", r#""yes" is not a Boolean; use true or false"#),
        ] {
            assert_eq!(parse_value(kind, text), Err(reason.to_owned()));
        }
    }

    #[test]
    fn an_enum_takes_values_that_it_does_not_know() {
        let info = ActionInfo::find("UpdateCompShareImage").unwrap();
        let visibility = info.parameter("Visibility").unwrap().kind;
        assert_eq!(parse_value(visibility, "7"), Ok(Value::from(7)));
        let reason = r#""public" is not a number; use one of 0, 1"#;
        assert_eq!(parse_value(visibility, "public"), Err(reason.to_owned()));
    }
}
