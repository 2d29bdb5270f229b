//! `Budget`: how much memory a response may take when it is decoded.

/// Bytes that any response may take.
const CONSTANT: usize = 32 << 20;
/// How many times its body a response may take beside that, and up to how many bytes.
const TIMES: usize = 32;
const MOST: usize = 192 << 20;
/// How many times its body a large one may take whatever it is.
const TIMES_AT_LEAST: usize = 3;

/// Bytes that a list or an object takes at most: a wide row in a list that is half full.
const BRACKET: usize = 4096;
/// Bytes that the value behind a comma takes at most: an entry of a map with its key.
const COMMA: usize = 192;
/// Bytes that an allocation takes beside its content.
const OVERHEAD: usize = 16;

/// Bytes that are counted at a time: few enough for a byte to count them, and of a length that lets
/// the compiler take many at once.
const PART: usize = 192;

/// Bytes that the values of a body of that length may take.
pub(super) const fn limit(length: usize) -> usize {
    let least = length.saturating_mul(TIMES_AT_LEAST);
    let most = if least > MOST { least } else { MOST };
    let times = length.saturating_mul(TIMES);
    (if times < most { times } else { most }).saturating_add(CONSTANT)
}

/// Whether the values of a body could take more than they may, going by its punctuation.
///
/// This is what makes it unnecessary to count while a usual response is decoded.
pub(super) fn may_exceed(body: &[u8]) -> bool {
    if body.len().saturating_mul(BRACKET / 2) <= CONSTANT {
        return false;
    }
    let (mut brackets, mut commas, mut escapes) = (0_usize, 0_usize, 0_usize);
    let mut add = |part: &[u8]| {
        let (more_brackets, more_commas, more_escapes) = punctuation(part);
        brackets += usize::from(more_brackets);
        commas += usize::from(more_commas);
        escapes += usize::from(more_escapes);
    };
    let mut parts = body.chunks_exact(PART);
    (&mut parts).for_each(&mut add);
    add(parts.remainder());
    let exceeds = |brackets: usize| {
        let taken = brackets
            .saturating_mul(BRACKET)
            .saturating_add(commas.saturating_mul(COMMA))
            .saturating_add(body.len());
        taken > limit(body.len())
    };
    // A text that is read as JSON may have its punctuation in escapes, as `\u007b`.
    exceeds(brackets)
        || (exceeds(brackets + escapes) && exceeds(brackets + escaped_punctuation(body)))
}

/// How often `u00` stands in a body, as in the escape of every bracket.
fn escaped_punctuation(body: &[u8]) -> usize {
    let [second, third] = [1, 2].map(|skipped| body.get(skipped..).unwrap_or_default());
    let parts = body.chunks(PART).zip(second.chunks(PART)).zip(third.chunks(PART));
    let count = |((first, second), third): ((&[u8], &[u8]), &[u8])| {
        let bytes = first.iter().zip(second).zip(third);
        let found = bytes.map(|((u, a), b)| u8::from((*u == b'u') & (*a == b'0') & (*b == b'0')));
        usize::from(found.sum::<u8>())
    };
    parts.map(count).sum()
}

/// The opening brackets and braces in a part of a body, its commas, and its backslashes.
#[inline]
fn punctuation(part: &[u8]) -> (u8, u8, u8) {
    let (mut brackets, mut commas, mut escapes) = (0_u8, 0_u8, 0_u8);
    for &byte in part {
        // The two differ in one bit.
        brackets += u8::from(byte | 0x20 == b'{');
        commas += u8::from(byte == b',');
        escapes += u8::from(byte == b'\\');
    }
    (brackets, commas, escapes)
}

/// Bytes that the values of one response may still take.
#[derive(Debug, Default)]
pub(super) struct Budget(usize);

/// More than that is needed.
pub(super) struct Exceeded;

impl Budget {
    pub(super) fn of(length: usize) -> Self {
        Self(limit(length))
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Exceeded> {
        self.0 = self.0.checked_sub(bytes).ok_or(Exceeded)?;
        Ok(())
    }

    /// Takes the room of a text.
    pub(super) fn text(&mut self, length: usize) -> Result<(), Exceeded> {
        self.spend(length.saturating_add(OVERHEAD))
    }

    /// Takes the room of the next element of a list that holds `count` of them, as `Vec` grows.
    pub(super) fn element(&mut self, count: usize, size: usize) -> Result<(), Exceeded> {
        match count {
            0 if size > 1024 => self.spend(size),
            0 => self.spend(size.saturating_mul(4).saturating_add(OVERHEAD)),
            1 | 2 if size <= 1024 => Ok(()),
            _ if count.is_power_of_two() => self.spend(size.saturating_mul(count)),
            _ => Ok(()),
        }
    }

    /// Takes the room of the next entry of a map that holds `count` of them, as `BTreeMap` grows: in
    /// nodes of eleven, about half full.
    pub(super) fn entry(&mut self, count: usize, size: usize) -> Result<(), Exceeded> {
        let entry = size.saturating_add(size_of::<String>());
        self.spend(entry.saturating_mul(if count == 0 { 11 } else { 2 }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_counted_across_the_parts() {
        for before in (0..4).chain(PART - 4..PART + 4).chain(2 * PART - 4..2 * PART + 4) {
            for after in [0, 1, 2, PART] {
                let body = ["x".repeat(before), "\\u007b".repeat(3), "u0".repeat(after)].concat();
                let expected = body.as_bytes().windows(3).filter(|part| part == b"u00").count();
                assert_eq!(escaped_punctuation(body.as_bytes()), expected, "{before} {after}");
            }
        }
        assert_eq!([b"", &b"u"[..], b"u0", b"u00"].map(escaped_punctuation), [0, 0, 0, 1]);
    }
}
