//! Recognizes, masks and decodes secrets.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use compshare_blocking::metadata::{ActionInfo, FieldInfo, Kind, ParameterInfo};

/// What stands in place of a secret.
pub(crate) const MASK: &str = "***";

/// Whether a value of that name is secret, where nothing else is known of it.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let words = ["password", "signature", "token", "privatekey", "secret"];
    words.iter().any(|word| name.contains(word))
}

/// Whether values of the type are secret.
pub(crate) fn is_secret(kind: Kind) -> bool {
    match kind {
        Kind::Secret => true,
        Kind::List(item) | Kind::Map(item) => is_secret(*item),
        _ => false,
    }
}

/// Names of the parameters of an action that are secret, within objects too.
pub(crate) fn names(info: &ActionInfo) -> Vec<&'static str> {
    let mut names = Vec::new();
    add(info.parameters, &mut names);
    names
}

fn add(parameters: &'static [ParameterInfo], names: &mut Vec<&'static str>) {
    for parameter in parameters {
        match parameter.kind {
            kind if is_secret(kind) => names.push(parameter.name),
            Kind::Object(object) => add(object.parameters, names),
            Kind::List(Kind::Object(object)) => add(object.parameters, names),
            _ => {}
        }
    }
}

/// Whether a response with these fields may contain secrets.
pub(crate) fn may_be_returned(fields: &[FieldInfo]) -> bool {
    fields.iter().any(|field| may_have(field.kind))
}

fn may_have(kind: Kind) -> bool {
    match kind {
        Kind::Secret => true,
        Kind::List(item) | Kind::Map(item) => may_have(*item),
        Kind::Struct(info) => may_be_returned(info.fields),
        _ => false,
    }
}

/// Base64 of the content.
pub(crate) fn base64(content: impl AsRef<[u8]>) -> String {
    STANDARD.encode(content)
}

/// The plain text of a secret in a response.
///
/// Older responses hold plain passwords, so text counts as Base64 only if it decodes to printable
/// text. The typed responses do the same.
pub(crate) fn plain(text: &str) -> String {
    let decoded = STANDARD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let printable = |c: char| c == ' ' || !(c.is_control() || c.is_whitespace());
    match decoded {
        Some(plain) if !plain.is_empty() && plain.chars().all(printable) => plain,
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use compshare_blocking::actions::CreateCompShareInstanceResponse;
    use serde_json::json;

    use super::*;

    #[test]
    fn passwords_are_decoded_as_in_typed_responses() {
        for text in
            ["UGFzc3dvcmQx", "5a+G56CB", "plain text!", "abcd1234", "CQ==", "YQ", "YR==", "x"]
        {
            let typed: CreateCompShareInstanceResponse =
                serde_json::from_value(json!({ "Password": text })).unwrap();
            assert_eq!(plain(text), typed.password.unwrap().expose(), "{text}");
        }
    }

    #[test]
    fn secret_parameters_are_known_by_their_type() {
        let info = ActionInfo::find("CreateCompShareInstance").unwrap();
        assert_eq!(names(info), ["Password"]);
        assert!(may_be_returned(ActionInfo::find("DescribeCompShareInstance").unwrap().response));
        assert!(!may_be_returned(ActionInfo::find("DescribeCFS").unwrap().response));
        assert!(is_secret_name("A.0.LoginPassword"));
        assert!(!is_secret_name("PublicKey"));
    }
}
