//! The tokens of JSON, read leniently: text is repaired, and what cannot be read can be skipped.

use std::borrow::Cow;

/// Where text stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Broken {
    /// Index of the byte, or the length of the text if that ends early.
    pub(super) at: usize,
    /// Whether the text ends early.
    pub(super) cut: bool,
    /// Whether that is within a value, not behind all of them.
    pub(super) is_inside: bool,
}

/// What was wrong with a text that was repaired.
const NOT_UTF8: &str = "it is not valid UTF-8";
const HALF_PAIR: &str = "it has half of a surrogate pair";
const NO_ESCAPE: &str = "it has an invalid escape";
const CONTROL: &str = "it has a control character";

/// A text between quotes.
pub(super) struct Text<'de> {
    pub(super) text: Cow<'de, str>,
    /// What was wrong with it.
    pub(super) repaired: Option<&'static str>,
}

/// A text that is read from the front.
#[derive(Clone, Copy)]
pub(super) struct Tokens<'de> {
    text: &'de [u8],
    at: usize,
}

impl<'de> Tokens<'de> {
    pub(super) fn new(text: &'de [u8]) -> Self {
        Self { text, at: 0 }
    }

    fn here(&self) -> &'de [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn broken(&self) -> Broken {
        let cut = self.at >= self.text.len();
        Broken { at: self.at, cut, is_inside: !cut }
    }

    /// The next byte that is not white space.
    pub(super) fn peek(&mut self) -> Result<u8, Broken> {
        let rest = self.here();
        let space = rest.iter().position(|byte| !b" \t\r\n".contains(byte));
        self.at += space.unwrap_or(rest.len());
        self.here().first().copied().ok_or_else(|| self.broken())
    }

    /// Goes on behind the byte that was peeked at.
    pub(super) fn pass(&mut self) {
        self.at += 1;
    }

    /// Goes on behind that byte, which must be the next.
    pub(super) fn expect(&mut self, byte: u8) -> Result<(), Broken> {
        if self.peek()? != byte {
            return Err(self.broken());
        }
        self.pass();
        Ok(())
    }

    /// Whether nothing follows.
    pub(super) fn end(&mut self) -> Result<(), Broken> {
        match self.peek() {
            Ok(_) => Err(Broken { is_inside: false, ..self.broken() }),
            Err(_) => Ok(()),
        }
    }

    /// Reads a text between quotes.
    pub(super) fn text(&mut self) -> Result<Text<'de>, Broken> {
        self.expect(b'"')?;
        let rest = self.here();
        let plain = rest.iter().position(|&byte| is_special(byte)).unwrap_or(rest.len());
        if let (Some(b'"'), Some(Ok(text))) =
            (rest.get(plain), rest.get(..plain).map(std::str::from_utf8))
        {
            self.at += plain + 1;
            return Ok(Text { text: Cow::Borrowed(text), repaired: None });
        }
        let mut text = String::new();
        let repaired = self.rest_of_text(&mut |part| text.push_str(part))?;
        Ok(Text { text: Cow::Owned(text), repaired })
    }

    /// Gives what follows an opening quote to `take`, part by part; says what had to be repaired.
    fn rest_of_text(&mut self, take: &mut dyn FnMut(&str)) -> Result<Option<&'static str>, Broken> {
        let mut repaired = None;
        loop {
            let rest = self.here();
            let plain = rest.iter().position(|&byte| is_special(byte) || byte >= 0x80);
            let plain = plain.unwrap_or(rest.len());
            // All of it is ASCII.
            take(rest.get(..plain).and_then(|part| std::str::from_utf8(part).ok()).unwrap_or(""));
            self.at += plain;
            match rest.get(plain) {
                None => return Err(self.broken()),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(repaired);
                }
                Some(b'\\') => {
                    self.at += 1;
                    let (char, odd) = self.escape()?;
                    take(char.encode_utf8(&mut [0; 4]));
                    repaired = odd.or(repaired);
                }
                Some(&byte) if byte < 0x80 => {
                    self.at += 1;
                    take(char::from(byte).encode_utf8(&mut [0; 4]));
                    repaired = Some(CONTROL);
                }
                Some(_) => match self.wide() {
                    Some(part) => take(part),
                    None => {
                        take("\u{fffd}");
                        repaired = Some(NOT_UTF8);
                    }
                },
            }
        }
    }

    /// Passes over one character of several bytes; `None` if it is not UTF-8.
    fn wide(&mut self) -> Option<&'de str> {
        let rest = self.here();
        let longest = rest.get(..4).unwrap_or(rest);
        let (good, bad) = match std::str::from_utf8(longest) {
            Ok(_) => (longest.len(), 0),
            Err(error) => (error.valid_up_to(), error.error_len().unwrap_or(longest.len())),
        };
        if good > 0 {
            let text = rest.get(..good).and_then(|part| std::str::from_utf8(part).ok());
            let length = text.and_then(|text| text.chars().next()).map_or(1, char::len_utf8);
            self.at += length;
            return text.and_then(|text| text.get(..length));
        }
        self.at += bad.max(1);
        // In GBK the second byte of a character may be a backslash, which then escapes nothing.
        if self.here().first() == Some(&b'\\') && !self.escapes() {
            self.at += 1;
        }
        None
    }

    /// Whether a backslash after a byte that is not UTF-8 escapes what follows it.
    fn escapes(&self) -> bool {
        let mut after = Self { text: self.text, at: self.at + 1 };
        match after.here().first() {
            // A quote that ends the text, by what follows it.
            Some(b'"') => {
                after.at += 1;
                !matches!(after.peek(), Ok(b',' | b':' | b'}' | b']'))
            }
            Some(byte) => b"\\/bfnrtu".contains(byte),
            None => true,
        }
    }

    /// Reads what follows a backslash; says what was wrong with it.
    fn escape(&mut self) -> Result<(char, Option<&'static str>), Broken> {
        let Some(&byte) = self.here().first() else { return Err(self.broken()) };
        self.at += 1;
        let char = match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return Ok(self.code_unit()),
            _ => {
                self.at -= 1;
                return Ok(('\u{fffd}', Some(NO_ESCAPE)));
            }
        };
        Ok((char, None))
    }

    /// Reads what follows `\u`, and a second escape where it takes one.
    fn code_unit(&mut self) -> (char, Option<&'static str>) {
        let Some(first) = hex(self.here()) else { return ('\u{fffd}', Some(NO_ESCAPE)) };
        self.at += 4;
        let second = self.here().strip_prefix(b"\\u").and_then(hex);
        match char::decode_utf16([first].into_iter().chain(second)).next() {
            Some(Ok(char)) => {
                self.at += if char.len_utf16() == 2 { 6 } else { 0 };
                (char, None)
            }
            _ => ('\u{fffd}', Some(HALF_PAIR)),
        }
    }

    /// Passes over what has neither quotes nor brackets: a number, `true`, `NaN`.
    pub(super) fn word(&mut self) -> Result<&'de str, Broken> {
        self.peek()?;
        let rest = self.here();
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-._".contains(byte);
        let length = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        match rest.get(..length).map(std::str::from_utf8) {
            Some(Ok(word)) if !word.is_empty() => {
                self.at += length;
                Ok(word)
            }
            _ => Err(self.broken()),
        }
    }

    /// Passes over a value, however deep.
    pub(super) fn skip(&mut self) -> Result<(), Broken> {
        let mut open = Vec::new();
        loop {
            match self.peek()? {
                bracket @ (b'{' | b'[') => {
                    self.pass();
                    let close = if bracket == b'{' { b'}' } else { b']' };
                    open.push(close);
                    if self.peek()? != close {
                        self.skip_key(close)?;
                        continue;
                    }
                }
                b'"' => self.skip_text()?,
                _ => drop(self.word()?),
            }
            loop {
                let Some(&close) = open.last() else { return Ok(()) };
                match self.peek()? {
                    b',' => {
                        self.pass();
                        self.skip_key(close)?;
                        break;
                    }
                    byte if byte == close => {
                        self.pass();
                        open.pop();
                    }
                    _ => return Err(self.broken()),
                }
            }
        }
    }

    /// Passes over the key that comes next within an object.
    fn skip_key(&mut self, close: u8) -> Result<(), Broken> {
        if close != b'}' {
            return Ok(());
        }
        self.skip_text()?;
        self.expect(b':')
    }

    fn skip_text(&mut self) -> Result<(), Broken> {
        self.expect(b'"')?;
        self.rest_of_text(&mut |_| {}).map(drop)
    }
}

/// The code unit whose four hex digits a text begins with.
fn hex(text: &[u8]) -> Option<u16> {
    let digits = text.get(..4).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Whether a byte ends a run of a text that is as it stands.
fn is_special(byte: u8) -> bool {
    byte == b'"' || byte == b'\\' || byte < 0x20
}

/// A body as UTF-8, as far as it is text at all: without a byte order mark, and no longer UTF-16.
pub(super) fn utf8(body: &[u8]) -> Cow<'_, [u8]> {
    let (wide, unit) = match body {
        [0xef, 0xbb, 0xbf, rest @ ..] => return Cow::Borrowed(rest),
        [0xff, 0xfe, rest @ ..] => (rest, u16::from_le_bytes as fn([u8; 2]) -> u16),
        [0xfe, 0xff, rest @ ..] => (rest, u16::from_be_bytes as _),
        [b'{', 0, ..] => (body, u16::from_le_bytes as _),
        [0, b'{', ..] => (body, u16::from_be_bytes as _),
        _ => return Cow::Borrowed(body),
    };
    let units = wide.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?)));
    let text: String = char::decode_utf16(units).map(|char| char.unwrap_or('\u{fffd}')).collect();
    Cow::Owned(text.into_bytes())
}
