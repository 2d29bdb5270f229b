//! What a process takes in memory at most while it is sent 64 MiB of JSON that is made to take more.
//!
//! A test binary of its own, and one test, since the peak is the whole process's.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on is a test that fails"
)]

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

use compshare_proto::{
    Action, Config, Credentials, Error, Raw, RetryPolicy, actions::DescribeCompShareInstance,
};

/// Bytes of a response: as many as the clients take unless told otherwise.
const LENGTH: usize = 64 << 20;
/// Bytes that the process may take.
const MOST: u64 = 512_000_000;

/// A response: how it begins, what fills it, and how it ends.
#[derive(Clone, Copy)]
struct Body {
    start: &'static str,
    part: &'static str,
    end: &'static str,
}

fn list(part: &'static str, end: &'static str) -> Body {
    Body { start: r#"{"RetCode":0,"UHostSet":["#, part, end }
}

/// Serves every connection that response.
fn serve(body: Body) -> Config {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = pour(stream, body);
        }
    });
    let mut retry = RetryPolicy::default();
    retry.attempts = 1;
    Config::new(Credentials::new("public", "private"))
        .region("cn-wlcb")
        .retry(retry)
        .attempt_timeout(std::time::Duration::from_secs(300))
        .call_timeout(std::time::Duration::from_secs(300))
        .endpoint(endpoint)
        .unwrap()
}

fn pour(mut stream: TcpStream, Body { start, part, end }: Body) -> std::io::Result<()> {
    let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
    while !seen.windows(10).any(|bytes| bytes == b"Signature=") {
        let read = stream.read(&mut buffer)?;
        seen.extend_from_slice(buffer.get(..read).unwrap_or_default());
    }
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {LENGTH}\r\n\r\n{start}")?;
    let mut left = LENGTH - start.len() - end.len();
    let block = part.repeat((1 << 20) / part.len());
    while left >= block.len() {
        stream.write_all(block.as_bytes())?;
        left -= block.len();
    }
    stream.write_all(part.repeat(left / part.len()).as_bytes())?;
    stream.write_all(&vec![b' '; left % part.len()])?;
    stream.write_all(end.as_bytes())
}

/// Sends an action by one client and the other; gives what each says.
///
/// A build that is not optimized takes its time, so there the clients take turns.
fn send<A: Action<Response: Send> + Clone + Send + Sync + 'static>(
    action: &A,
    body: Body,
    turn: usize,
) -> Vec<Result<usize, Error>> {
    let config = serve(body);
    let mut ends = Vec::new();
    if !cfg!(debug_assertions) || turn.is_multiple_of(2) {
        let blocking = compshare_blocking::Client::new(config.clone()).unwrap();
        ends.push(blocking.send(action.clone()).map(|response| response.warnings().len()));
    }
    if !cfg!(debug_assertions) || !turn.is_multiple_of(2) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let hyper = compshare_hyper::Client::new(config).unwrap();
        let end = runtime.block_on(hyper.send(action.clone()));
        ends.push(end.map(|response| response.warnings().len()));
    }
    ends
}

/// The most that this process has taken, in bytes; `None` where the system does not say.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}

fn check<A: Action<Response: Send> + Clone + Send + Sync + 'static>(
    action: &A,
    what: &str,
    body: Body,
    turn: usize,
    expected: &str,
) {
    for end in send(action, body, turn) {
        let end = match end {
            Ok(warnings) => format!("a response with {warnings} warnings"),
            Err(error) => error.to_string(),
        };
        let peak = peak();
        println!("{what}: {peak:?} bytes at most so far; {end:.200}");
        assert!(end.contains(expected), "{what}: {end:.200}");
        assert!(peak.is_none_or(|peak| peak <= MOST), "{what}: {peak:?} bytes");
    }
}

#[test]
fn sixty_four_mebibytes_of_anything_take_half_a_gigabyte_at_most() {
    let typed = DescribeCompShareInstance::new();
    let raw = Raw::new("DescribeCompShareInstance");
    let too_large = "the response's 67108864 bytes of JSON would take more than 224 MiB of memory";
    check(&typed, "empty rows", list("{},", "{}]}"), 0, too_large);
    let wide = r#"{"CPU":1.5,"Name":"\ud83d","":{"":[[{}]]},"DiskSet":[{}],"Memory":NaN},"#;
    check(&typed, "wide rows", list(wide, "{}]}"), 1, too_large);
    check(&raw, "open lists", list("[", ""), 1, "the response ends early");
    check(&raw, "numbers", list("1,", "1]}"), 0, too_large);
    check(&raw, "maps", list(r#"{"":{"":1}},"#, "{}]}"), 1, too_large);
    // Nothing but a text, of which there is one.
    let text = Body { start: r#"{"RetCode":171,"Message":"\ud83d"#, part: "文", end: "\"}" };
    check(&raw, "a message", text, 0, "(RetCode 171)");
}
