//! Percent-encoding as forms want it, expanded within one buffer.
//!
//! A space is `+`; ASCII letters, digits and `-_.~` stay; any other byte is `%XX`.

use std::ops::Range;

/// Bytes that are looked at together.
const CHUNK: usize = 16;

/// Bytes that a chunk may become, and what a store may spoil below them.
const ROOM: usize = 3 * CHUNK + 4;

const fn stays(byte: u8) -> bool {
    let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    let digit = byte.wrapping_sub(b'0') < 10;
    letter | digit | (byte == b'-') | (byte == b'_') | (byte == b'.') | (byte == b'~')
}

/// What each byte becomes, right-aligned in four bytes, the lowest of which says how many count.
#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
static TABLE: [u32; 256] = {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "below 256")]
        let byte = index as u8;
        table[index] = u32::from_le_bytes(if stays(byte) {
            [1, 0, 0, byte]
        } else if byte == b' ' {
            [1, 0, 0, b'+']
        } else {
            [3, b'%', HEX[index >> 4], HEX[index & 15]]
        });
        index += 1;
    }
    table
};

/// Length of the text once it is encoded.
#[expect(clippy::indexing_slicing, reason = "the table has an entry for each byte")]
pub(super) fn encoded_len(text: &[u8]) -> usize {
    // Blocks of a fixed size, whose counts fit a byte, let the compiler count many bytes at once.
    let mut blocks = text.chunks_exact(128);
    let grown: usize = blocks
        .by_ref()
        .map(|block| block.iter().map(|&b| u8::from(!stays(b) & (b != b' '))).sum::<u8>())
        .map(usize::from)
        .sum();
    let rest = blocks.remainder();
    let rest_len: usize = rest.iter().map(|&byte| (TABLE[usize::from(byte)] & 3) as usize).sum();
    text.len() - rest.len() + 2 * grown + rest_len
}

/// Encodes `buffer[raw]` so that its encoded form ends at `end`; returns where that starts.
///
/// The encoded form may overlap the raw one from above: each chunk is read before it is written. `None`
/// where it would overlap what is still to be read, which it does if it is longer than was measured.
#[expect(clippy::indexing_slicing, reason = "`end` stays above what is unread")]
pub(super) fn encode_down_to(
    buffer: &mut [u8],
    raw: Range<usize>,
    mut end: usize,
) -> Option<usize> {
    let mut unread = raw.end;
    // While the gap is wide, a chunk is encoded where it goes, with stores of fixed size.
    while unread - raw.start >= CHUNK && end - unread >= ROOM {
        unread -= CHUNK;
        let mut chunk = [0; CHUNK];
        chunk.copy_from_slice(&buffer[unread..unread + CHUNK]);
        let mut escapes = [0; CHUNK];
        for (escape, &byte) in escapes.iter_mut().zip(&chunk) {
            *escape = u8::from(!stays(byte));
        }
        let escapes = u128::from_le_bytes(escapes);
        for (half, escapes) in [(&chunk[8..], escapes >> 64), (&chunk[..8], escapes << 64)] {
            if escapes == 0 {
                end -= half.len();
                buffer[end..end + 8].copy_from_slice(half);
            } else {
                end = encode_before(buffer, half, end);
            }
        }
    }
    while unread > raw.start {
        let start = unread.saturating_sub(CHUNK).max(raw.start);
        let len = unread - start;
        let mut room = [0; ROOM + CHUNK];
        room[..len].copy_from_slice(&buffer[start..unread]);
        unread = start;
        let (chunk, room) = room.split_at_mut(CHUNK);
        let start = encode_before(room, &chunk[..len], ROOM);
        end = down_to(end, ROOM - start, unread)?;
        buffer[end..end + ROOM - start].copy_from_slice(&room[start..]);
    }
    Some(end)
}

/// Goes down from `end`; `None` if that leads below `unread`.
pub(super) fn down_to(end: usize, by: usize, unread: usize) -> Option<usize> {
    end.checked_sub(by).filter(|end| *end >= unread)
}

/// Encodes `text` so that it ends at `end`; returns where it starts. Spoils up to three bytes below.
#[inline]
#[expect(clippy::indexing_slicing, reason = "callers leave room below `end`")]
fn encode_before(buffer: &mut [u8], text: &[u8], mut end: usize) -> usize {
    for &byte in text.iter().rev() {
        let entry = TABLE[usize::from(byte)];
        buffer[end - 4..end].copy_from_slice(&entry.to_le_bytes());
        end -= (entry & 3) as usize;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encode(text: &str) -> String {
        let mut buffer = text.as_bytes().to_vec();
        let len = encoded_len(&buffer);
        buffer.resize(len, b'!');
        assert_eq!(encode_down_to(&mut buffer, 0..text.len(), len), Some(0));
        String::from_utf8(buffer).unwrap()
    }

    #[test]
    fn encodes_as_the_official_sdks_do() {
        assert_eq!(encode(""), "");
        assert_eq!(encode("a b+c*d~e"), "a+b%2Bc%2Ad~e");
        assert_eq!(encode("x\ny%&=/"), "x%0Ay%25%26%3D%2F");
        assert_eq!(encode("深度"), "%E6%B7%B1%E5%BA%A6");
    }

    #[test]
    fn every_byte_at_every_place_of_a_chunk() {
        for byte in 0..=127_u8 {
            for before in 0..=2 * CHUNK {
                let text = format!("{}{}zz", "a".repeat(before), char::from(byte));
                let expected = match byte {
                    b' ' => "+".to_owned(),
                    b if b.is_ascii_alphanumeric() || b"-_.~".contains(&b) => char::from(b).into(),
                    b => format!("%{b:02X}"),
                };
                assert_eq!(encode(&text), format!("{}{expected}zz", "a".repeat(before)));
            }
        }
    }

    #[test]
    fn what_was_measured_too_short_is_noticed() {
        for text in ["%", "a%", "%a", &"%".repeat(100), &"a%".repeat(100)] {
            let len = encoded_len(text.as_bytes());
            for short in text.len()..len {
                let mut buffer = text.as_bytes().to_vec();
                buffer.resize(short, b'!');
                assert_eq!(encode_down_to(&mut buffer, 0..text.len(), short), None, "{text}");
            }
        }
    }

    #[test]
    fn length_is_counted_past_one_block() {
        for len in [127, 128, 129, 1000] {
            assert_eq!(encoded_len("%".repeat(len).as_bytes()), 3 * len);
            assert_eq!(encode(&"%".repeat(len)), "%25".repeat(len));
        }
    }
}
