//! Decoding of `application/x-www-form-urlencoded` text.

use std::borrow::Cow;

use percent_encoding::percent_decode;

/// Decodes `a=1&b=%20` into pairs in the order sent; `None` if it is not valid.
pub(crate) fn decode(text: &[u8]) -> Option<Vec<(String, String)>> {
    text.split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = unescape(halves.next().unwrap_or_default())?;
            let value = unescape(halves.next().unwrap_or_default())?;
            Some((name, value))
        })
        .collect()
}

/// Undoes percent-encoding and `+` for space; `None` on a broken escape or broken UTF-8.
fn unescape(text: &[u8]) -> Option<String> {
    let is_hex = |digit: Option<&u8>| digit.is_some_and(u8::is_ascii_hexdigit);
    // The library takes a broken escape as it is; the gateway refuses it.
    let mut escapes = text.split(|byte| *byte == b'%').skip(1);
    if !escapes.all(|rest| is_hex(rest.first()) && is_hex(rest.get(1))) {
        return None;
    }
    let text: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&text).decode_utf8().ok().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Option<Vec<(String, String)>> {
        decode(text.as_bytes())
    }

    fn owned(expected: &[(&str, &str)]) -> Option<Vec<(String, String)>> {
        Some(expected.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn decodes_in_order() {
        assert_eq!(pairs("b=2&a=1"), owned(&[("b", "2"), ("a", "1")]));
        assert_eq!(pairs("Tags.0=%E6%B7%B1+x%2By"), owned(&[("Tags.0", "深 x+y")]));
        assert_eq!(pairs("a=b=c&&d&=e"), owned(&[("a", "b=c"), ("d", ""), ("", "e")]));
        assert_eq!(pairs(""), owned(&[]));
    }

    #[test]
    fn refuses_broken_escapes() {
        assert_eq!(pairs("a=%"), None);
        assert_eq!(pairs("a=%2"), None);
        assert_eq!(pairs("a=%+1"), None);
        assert_eq!(pairs("a=%zz"), None);
        assert_eq!(pairs("a=%FF"), None);
    }
}
