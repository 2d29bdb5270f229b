//! Decoding of `application/x-www-form-urlencoded` text.

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
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.iter().position(|byte| matches!(byte, b'%' | b'+')) {
        let (as_is, tail) = rest.split_at(place);
        plain.extend_from_slice(as_is);
        match tail {
            [b'%', high, low, tail @ ..] => {
                plain.push(hex(*high)? << 4 | hex(*low)?);
                rest = tail;
            }
            [b'+', tail @ ..] => {
                plain.push(b' ');
                rest = tail;
            }
            _ => return None,
        }
    }
    plain.extend_from_slice(rest);
    String::from_utf8(plain).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
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
    fn refuses_what_is_broken() {
        assert_eq!(pairs("a=%"), None);
        assert_eq!(pairs("a=%2"), None);
        assert_eq!(pairs("a=%+1"), None);
        assert_eq!(pairs("a=%zz"), None);
        assert_eq!(pairs("a=%FF"), None);
    }
}
