//! Reading an HTTP request: which encoding, which parameters.

use std::fmt;

use bytes::Bytes;
use compshare_proto::metadata::Encoding;
use http::{Method, Request, StatusCode, header};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::{call::Parameters, check::form};

/// Most parameters that one request may have.
const MAX_PARAMETERS: usize = 10_000;
/// Longest flattened name of a parameter, in bytes.
const MAX_NAME: usize = 1024;

/// A request whose parameters were read.
#[derive(Default)]
pub(crate) struct Received {
    pub(crate) encoding: Encoding,
    pub(crate) parameters: Parameters,
    /// The JSON object as sent, for a JSON request.
    pub(crate) json: Option<Map<String, Value>>,
}

/// The HTTP status that refuses a request, without a RetCode, and why.
pub(crate) type Unreadable = (StatusCode, &'static str);

const TOO_MANY: Unreadable =
    (StatusCode::BAD_REQUEST, "too many parameters, or a parameter name that is too long");

/// Reads the parameters of a POST form, a POST JSON object, or a GET query.
pub(crate) fn read(request: &Request<Bytes>) -> Result<Received, Unreadable> {
    if request.uri().path() != "/" {
        return Err((StatusCode::NOT_FOUND, "the only path is /"));
    }
    match *request.method() {
        Method::GET => read_form(request.uri().query().unwrap_or_default().as_bytes()),
        Method::POST => match content_type(request).as_str() {
            "" | "application/x-www-form-urlencoded" => read_form(request.body()),
            "application/json" => read_json(request.body()),
            _ => Err((
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "send application/x-www-form-urlencoded or application/json",
            )),
        },
        _ => Err((StatusCode::METHOD_NOT_ALLOWED, "use POST or GET")),
    }
}

/// The media type in lower case, without its parameters; empty if none was sent.
fn content_type(request: &Request<Bytes>) -> String {
    let value = request.headers().get(header::CONTENT_TYPE);
    let text = value.and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn read_form(text: &[u8]) -> Result<Received, Unreadable> {
    let pairs = form::decode(text)
        .ok_or((StatusCode::BAD_REQUEST, "the parameters are not percent-encoded UTF-8"))?;
    if pairs.len() > MAX_PARAMETERS || pairs.iter().any(|(name, _)| name.len() > MAX_NAME) {
        return Err(TOO_MANY);
    }
    Ok(Received { encoding: Encoding::Form, parameters: Parameters::new(pairs), json: None })
}

fn read_json(text: &[u8]) -> Result<Received, Unreadable> {
    let Object(fields) = serde_json::from_slice(text)
        .map_err(|_| (StatusCode::BAD_REQUEST, "the body is not a JSON object"))?;
    let mut pairs = Vec::new();
    for (name, value) in &fields {
        flatten(name.clone(), value, &mut pairs)?;
    }
    let json = Some(fields.into_iter().collect());
    Ok(Received { encoding: Encoding::Json, parameters: Parameters::new(pairs), json })
}

/// Turns native JSON into flattened names; `null` is left out, an empty list is an empty value.
fn flatten(
    name: String,
    value: &Value,
    pairs: &mut Vec<(String, String)>,
) -> Result<(), Unreadable> {
    if name.len() > MAX_NAME || pairs.len() >= MAX_PARAMETERS {
        return Err(TOO_MANY);
    }
    match value {
        Value::Null => {}
        // A number has no zero fraction in a form.
        Value::Number(number) if number.is_f64() => {
            pairs.push((name, number.as_f64().unwrap_or_default().to_string()));
        }
        Value::Bool(_) | Value::Number(_) => pairs.push((name, value.to_string())),
        Value::String(value) => pairs.push((name, value.clone())),
        Value::Array(items) if items.is_empty() => pairs.push((name, String::new())),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                flatten(format!("{name}.{index}"), item, pairs)?;
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                flatten(format!("{name}.{key}"), field, pairs)?;
            }
        }
    }
    Ok(())
}

/// A JSON object whose keys keep their order.
struct Object(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Object(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: Method, uri: &str, content_type: &str, body: &str) -> Request<Bytes> {
        Request::builder()
            .method(method)
            .uri(uri)
            .header(header::CONTENT_TYPE, content_type)
            .body(Bytes::from(body.to_owned()))
            .expect("a valid request")
    }

    fn pairs(request: &Request<Bytes>) -> Vec<(String, String)> {
        read(request).expect("a readable request").parameters.pairs().to_vec()
    }

    fn status(request: &Request<Bytes>) -> u16 {
        read(request).err().expect("an unreadable request").0.as_u16()
    }

    #[test]
    fn reads_all_three_forms() {
        let form = "application/x-www-form-urlencoded; charset=utf-8";
        let expected =
            [("Action".to_owned(), "X".to_owned()), ("Tags.0".to_owned(), "a b".to_owned())];
        let body = "Action=X&Tags.0=a+b";
        assert_eq!(pairs(&request(Method::POST, "/", form, body)), expected);
        assert_eq!(pairs(&request(Method::GET, "/?Action=X&Tags.0=a%20b", "", "")), expected);
        let json = r#"{"Action":"X","Tags":["a b"]}"#;
        assert_eq!(pairs(&request(Method::POST, "/", "Application/JSON", json)), expected);
    }

    #[test]
    fn flattens_json_in_the_order_sent() {
        let body = r#"{"Z":1,"A":{"K":true,"L":[]},"N":null,"F":42.0,"G":0.5,"D":[{"S":"x"}]}"#;
        let received = pairs(&request(Method::POST, "/", "application/json", body));
        let text: Vec<String> = received.iter().map(|(n, v)| format!("{n}={v}")).collect();
        assert_eq!(text, ["Z=1", "A.K=true", "A.L=", "F=42", "G=0.5", "D.0.S=x"]);
    }

    #[test]
    fn refuses_by_http_status() {
        let form = "application/x-www-form-urlencoded";
        assert_eq!(status(&request(Method::POST, "/other", form, "")), 404);
        assert_eq!(status(&request(Method::PUT, "/", form, "")), 405);
        assert_eq!(status(&request(Method::POST, "/", "text/xml", "")), 415);
        assert_eq!(status(&request(Method::POST, "/", form, "a=%")), 400);
        assert_eq!(status(&request(Method::POST, "/", "application/json", "[1]")), 400);
        assert_eq!(status(&request(Method::POST, "/", "application/json", "{\"a\":")), 400);
    }

    #[test]
    fn names_and_counts_are_bounded() {
        let form = "application/x-www-form-urlencoded";
        let long = "n".repeat(MAX_NAME + 1);
        assert_eq!(status(&request(Method::POST, "/", form, &long)), 400);
        let many = "[0".to_owned() + &",0".repeat(MAX_PARAMETERS) + "]";
        let body = format!("{{\"a\":{many}}}");
        assert_eq!(status(&request(Method::POST, "/", "application/json", &body)), 400);
        let nested = format!("{{\"{long}\":1}}");
        assert_eq!(status(&request(Method::POST, "/", "application/json", &nested)), 400);
    }
}
