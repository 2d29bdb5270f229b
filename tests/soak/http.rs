//! As much HTTP/1.1 as a proxy needs: whole messages with a `Content-Length`, as bytes.

use std::io::{self, Read};

/// A message as it came.
pub(crate) struct Message {
    /// Head and body.
    pub(crate) bytes: Vec<u8>,
    head: usize,
}

impl Message {
    /// Reads one message; `None` if the peer closed instead of beginning one.
    pub(crate) fn read(stream: &mut impl Read) -> io::Result<Option<Self>> {
        let (mut bytes, mut block) = (Vec::new(), [0; 16 * 1024]);
        let head = loop {
            if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            match stream.read(&mut block)? {
                0 if bytes.is_empty() => return Ok(None),
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                count => bytes.extend_from_slice(&block[..count]),
            }
        };
        let length = content_length(&bytes[..head]);
        while bytes.len() < head + length {
            match stream.read(&mut block)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                count => bytes.extend_from_slice(&block[..count]),
            }
        }
        Ok(Some(Self { bytes, head }))
    }

    /// The body.
    pub(crate) fn body(&self) -> String {
        String::from_utf8_lossy(&self.bytes[self.head..]).into_owned()
    }

    /// A parameter of a form body, as it is encoded there.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let body = self.body();
        let mut pairs = body.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(sent, _)| *sent == name).map(|(_, value)| value.to_owned())
    }
}

fn content_length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    length.and_then(|length| length.trim().parse().ok()).unwrap_or(0)
}
