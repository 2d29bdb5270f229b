//! `Budget`: how much memory a response may take when it is decoded.

/// Bytes that any response may take.
const CONSTANT: usize = 16 << 20;
/// How much more than its JSON a response may take, and to how many bytes that is allowed.
const TIMES: usize = 32;
const MOST: usize = 256 << 20;
/// The same for a body that is beyond `MOST / TIMES_AT_LEAST`.
const TIMES_AT_LEAST: usize = 4;

/// Bytes that an opening brace takes at most: a list of wide rows, half full.
const OBJECT: usize = 4096;
/// Bytes that any other value takes at most: an entry of a map with its key.
const VALUE: usize = 192;
/// Bytes that an allocation takes beside its content.
const OVERHEAD: usize = 16;

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
    if body.len().saturating_mul(OBJECT / 2) <= CONSTANT {
        return false;
    }
    let (mut objects, mut values) = (0_usize, 0_usize);
    // Few enough that a byte can count them, which lets the compiler take many at a time.
    for part in body.chunks(255) {
        let (mut braces, mut others) = (0_u8, 0_u8);
        for &byte in part {
            braces += u8::from(byte == b'{');
            others += u8::from(byte == b',') + u8::from(byte == b'[');
        }
        objects += usize::from(braces);
        values += usize::from(others);
    }
    let taken = objects
        .saturating_mul(OBJECT)
        .saturating_add(values.saturating_mul(VALUE))
        .saturating_add(body.len());
    taken > limit(body.len())
}

/// Bytes that the values of one response may still take.
#[derive(Debug)]
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
