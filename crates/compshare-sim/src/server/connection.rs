//! `serve_connection`: the life of one connection, on any stream.

use std::io::{self, Read, Write};

use http::{Method, Version};

use crate::{
    gateway::response::{GatewayResponse, TEXT, plain_response},
    server::{
        Service,
        http1::{End, ReadError, Wire, keeps_open},
        service::Plan,
    },
};

/// Serves one connection until either side closes it.
///
/// The stream may be anything: a socket, a TLS session over one, a pair of pipes. The
/// [`Sim`](crate::Sim) calls it for each TCP connection that it accepts; a test that wants TLS accepts
/// connections by itself and passes the wrapped stream.
///
/// ```
/// use std::time::SystemTime;
///
/// use compshare_sim::{Gateway, Service, serve_connection};
/// # struct Pipe(std::io::Cursor<Vec<u8>>, Vec<u8>);
/// # impl std::io::Read for Pipe {
/// #     fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> { self.0.read(buffer) }
/// # }
/// # impl std::io::Write for Pipe {
/// #     fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> { self.1.write(bytes) }
/// #     fn flush(&mut self) -> std::io::Result<()> { Ok(()) }
/// # }
/// # let sent = b"GET /?Action=DescribeCompShareImages HTTP/1.1\r\n\r\n".to_vec();
/// # let mut stream = Pipe(std::io::Cursor::new(sent), Vec::new());
///
/// let service = Service::new(Gateway::new(), SystemTime::now);
/// serve_connection(&service, &mut stream)?;
/// assert_eq!(service.requests()[0].action, "DescribeCompShareImages");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
///
/// The stream fails, which includes a peer that goes away in the middle of a request or a response.
pub fn serve_connection<S: Read + Write>(service: &Service, stream: S) -> io::Result<()> {
    let connection = service.connected();
    let mut wire = Wire::new(stream);
    while wire.wait()? {
        if service.is_unread() {
            return Ok(());
        }
        let request = match wire.read() {
            Ok(request) => request,
            Err(ReadError::Io(error)) => return Err(error),
            Err(ReadError::Refused(status, left)) => {
                let reason = status.canonical_reason().unwrap_or_default();
                wire.write(&plain_response(status, TEXT, reason), true, End::Whole)?;
                return wire.discard(left);
            }
        };
        let close = !keeps_open(&request);
        let end = if request.method() == Method::HEAD { End::InBody(0) } else { End::Whole };
        match service.plan(connection, &request) {
            Plan::Send(GatewayResponse::File(file))
                if end == End::Whole && request.version() == Version::HTTP_11 =>
            {
                wire.write_chunks(file, close)?;
            }
            Plan::Send(response) => wire.write(&response.complete(), close, end)?,
            Plan::SendHuge(length) => wire.write_huge(length, close)?,
            Plan::SendAndClose(response, cut) => {
                return wire.write(&response, false, cut.unwrap_or(end));
            }
            Plan::Close => return Ok(()),
        }
        if close {
            return Ok(());
        }
    }
    Ok(())
}
