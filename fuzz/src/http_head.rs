//! `http_head`: any bytes on a connection are answered in HTTP, the same however they are cut into reads.

use std::{
    io::{self, Read, Write},
    time::SystemTime,
};

use compshare_sim::{Gateway, Service, serve_connection};

const CONTINUE: &str = "HTTP/1.1 100 Continue\r\n\r\n";

/// A peer that sends bytes in pieces of that size, closes, and keeps what it was answered.
struct Peer<'a> {
    sends: &'a [u8],
    piece: usize,
    got: Vec<u8>,
}

impl Read for Peer<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.piece.min(buffer.len()).min(self.sends.len());
        let (now, later) = self.sends.split_at(size);
        buffer[..size].copy_from_slice(now);
        self.sends = later;
        Ok(size)
    }
}

impl Write for Peer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.got.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Serves a connection on which the input comes, whole and then in pieces.
pub fn run(bytes: &[u8]) {
    let (piece, sent) =
        bytes.split_first().map_or((1, bytes), |(first, rest)| (1 + usize::from(*first), rest));
    let whole = serve(sent, usize::MAX);
    let pieces = serve(sent, piece);
    assert_eq!(whole, pieces, "in pieces of {piece}");
    assert!(whole.0.is_empty() || whole.0.starts_with("HTTP/1.1 "), "{:?}", whole.0);
}

/// What was answered, and whether the connection ended well.
fn serve(sent: &[u8], piece: usize) -> (String, Option<io::ErrorKind>) {
    let service = Service::new(Gateway::empty(), || SystemTime::UNIX_EPOCH);
    let mut peer = Peer { sends: sent, piece, got: Vec::new() };
    let end = serve_connection(&service, &mut peer).err().map(|error| error.kind());
    // Whether one is asked to go on depends on what has come already.
    (String::from_utf8_lossy(&peer.got).replace(CONTINUE, ""), end)
}
