//! Percent-encoding as forms want it: a space is `+`; ASCII letters, digits and `-_.~` stay; any other byte
//! is `%XX`.

/// Bytes that are looked at together.
const CHUNK: usize = 16;

/// Bytes that an encoded chunk takes at most, and what the last store of its four may spoil.
const ROOM: usize = 3 * CHUNK + 1;

const fn stays(byte: u8) -> bool {
    let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    let digit = byte.wrapping_sub(b'0') < 10;
    letter | digit | (byte == b'-') | (byte == b'_') | (byte == b'.') | (byte == b'~')
}

/// What each byte becomes, in the first bytes of four; the last says how many count.
#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
static TABLE: [[u8; 4]; 256] = {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut table = [[0; 4]; 256];
    let mut index = 0;
    while index < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "below 256")]
        let byte = index as u8;
        table[index] = if stays(byte) {
            [byte, 0, 0, 1]
        } else if byte == b' ' {
            [b'+', 0, 0, 1]
        } else {
            [b'%', HEX[index >> 4], HEX[index & 15], 3]
        };
        index += 1;
    }
    table
};

/// Length of the text once it is encoded.
#[expect(clippy::indexing_slicing, reason = "the table has an entry for each byte")]
pub(super) fn encoded_len(text: &[u8]) -> usize {
    // Blocks of a fixed size, whose counts fit a byte, let the compiler count many bytes at once.
    let grows = |byte: &u8| u8::from(!stays(*byte) & (*byte != b' '));
    let blocks = text.chunks_exact(32);
    let rest = blocks.remainder();
    let grown: usize = blocks.map(|block| usize::from(block.iter().map(grows).sum::<u8>())).sum();
    let rest_len: usize = rest.iter().map(|&byte| usize::from(TABLE[usize::from(byte)][3])).sum();
    text.len() - rest.len() + 2 * grown + rest_len
}

/// Appends the text to `body`, encoded. It is fast while `body` has [`ROOM`] beyond that.
pub(super) fn append(text: &[u8], body: &mut Vec<u8>) {
    let chunks = text.chunks_exact(CHUNK);
    let rest = chunks.remainder();
    for chunk in chunks {
        let mut escapes = [0; CHUNK];
        for (escape, &byte) in escapes.iter_mut().zip(chunk) {
            *escape = u8::from(!stays(byte));
        }
        let escapes = u128::from_le_bytes(escapes);
        let (low, high) = chunk.split_at(CHUNK / 2);
        match (escapes << 64 == 0, escapes >> 64 == 0) {
            (true, true) => body.extend_from_slice(chunk),
            (true, false) => {
                body.extend_from_slice(low);
                append_by_table(high, body);
            }
            (false, true) => {
                append_by_table(low, body);
                body.extend_from_slice(high);
            }
            (false, false) => append_by_table(chunk, body),
        }
    }
    append_by_table(rest, body);
}

/// Appends a chunk or less, encoded.
#[inline]
#[expect(
    clippy::indexing_slicing,
    reason = "a chunk has room, and the table has an entry for each byte"
)]
fn append_by_table(chunk: &[u8], body: &mut Vec<u8>) {
    let start = body.len();
    // Entries overlap, so they are stored where they stay: copying what was just stored would wait for it.
    body.extend_from_slice(&[0; ROOM]);
    let room = &mut body[start..start + ROOM];
    let mut len = 0;
    for &byte in chunk {
        let entry = TABLE[usize::from(byte)];
        room[len..len + 4].copy_from_slice(&entry);
        len += usize::from(entry[3]);
    }
    body.truncate(start + len);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encode(text: &str) -> String {
        let mut body = Vec::new();
        append(text.as_bytes(), &mut body);
        assert_eq!(body.len(), encoded_len(text.as_bytes()));
        String::from_utf8(body).unwrap()
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
    fn length_is_counted_past_one_block() {
        for len in [31, 32, 33, 127, 128, 129, 1000] {
            assert_eq!(encoded_len("%".repeat(len).as_bytes()), 3 * len);
            assert_eq!(encode(&"%".repeat(len)), "%25".repeat(len));
        }
    }
}
