//! A recorder of everything that is logged on a thread: by `tracing` at every level, and by `log`.

use std::{
    cell::{Cell, RefCell},
    fmt::{Debug, Write as _},
    sync::{
        Once,
        atomic::{AtomicU64, Ordering},
    },
};

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

use crate::canary::Needles;

thread_local! {
    static LOG: RefCell<Log> = const { RefCell::new(Log::new()) };
    static ENTERED: Cell<usize> = const { Cell::new(0) };
}

/// What was logged on a thread.
#[derive(Debug)]
pub(crate) struct Log {
    /// By our crates, one line for each span and event, such as
    /// `WARN compshare_proto: message="no response" attempt=1`.
    pub(crate) own: Vec<String>,
    /// By the HTTP and TLS libraries.
    pub(crate) libraries: Vec<String>,
    /// What ureq's protocol crate lists byte by byte, at TRACE: heads, and responses in chunks.
    dumped: String,
}

impl Log {
    const fn new() -> Self {
        Self { own: Vec::new(), libraries: Vec::new(), dumped: String::new() }
    }

    /// Asserts that our crates have logged none of the secrets, and the libraries none of those that
    /// are sent in a request; that is what is said of them in the README.
    pub(crate) fn assert_clean(&self, case: &str, needles: &Needles) {
        assert!(!self.own.is_empty(), "{case}: nothing is logged");
        needles.assert_clean(&format!("{case}: the log"), &self.own.join("\n"));
        for text in [&self.libraries.join("\n"), &self.dumped] {
            if let Some(needle) = needles.find_sent(text) {
                panic!("{case}: a library logs {needle:?}: {text}");
            }
        }
    }

    /// All of it.
    pub(crate) fn text(&self) -> String {
        format!("{}\n{}\n{}", self.own.join("\n"), self.libraries.join("\n"), self.dumped)
    }
}

/// What was logged on this thread while `work` was done.
pub(crate) fn recorded<T>(work: impl FnOnce() -> T) -> (T, Log) {
    static LOGGER: Once = Once::new();
    LOGGER.call_once(|| {
        log::set_logger(&Logger).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
    LOG.replace(Log::new());
    let done = tracing::subscriber::with_default(Recorder::default(), work);
    (done, LOG.replace(Log::new()))
}

/// Spans that this thread is in.
pub(crate) fn entered() -> usize {
    ENTERED.get()
}

fn write(target: &str, line: String) {
    let ours = ["compshare", "secrets"].iter().any(|start| target.starts_with(start));
    LOG.with_borrow_mut(|log| if ours { &mut log.own } else { &mut log.libraries }.push(line));
}

/// Adds a row of a dump, such as `504f 5354 202f ----  POST./`.
fn write_dumped(row: &str) {
    let digits: Vec<u8> = row.split("  ").next().unwrap_or_default().bytes().collect();
    let digits: Vec<u8> = digits.into_iter().filter(u8::is_ascii_hexdigit).collect();
    LOG.with_borrow_mut(|log| {
        for pair in digits.chunks(2) {
            let byte = u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
            log.dumped.push(char::from(byte));
        }
    });
}

#[derive(Debug, Default)]
struct Recorder {
    spans: AtomicU64,
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = Line::of(span.metadata(), span.metadata().name());
        span.record(&mut line);
        write(span.metadata().target(), line.0);
        Id::from_u64(self.spans.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = Line("record:".to_owned());
        values.record(&mut line);
        write("secrets", line.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::of(event.metadata(), event.metadata().target());
        event.record(&mut line);
        write(event.metadata().target(), line.0);
    }

    fn enter(&self, _: &Id) {
        ENTERED.set(ENTERED.get() + 1);
    }

    fn exit(&self, _: &Id) {
        ENTERED.set(ENTERED.get() - 1);
    }
}

struct Line(String);

impl Line {
    fn of(metadata: &Metadata<'_>, name: &str) -> Self {
        Self(format!("{} {name}:", metadata.level()))
    }
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

struct Logger;

impl log::Log for Logger {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let text = record.args().to_string();
        if record.target() == "ureq_proto::util" {
            write_dumped(&text);
        } else {
            write(record.target(), format!("{} {}: {text}", record.level(), record.target()));
        }
    }

    fn flush(&self) {}
}
