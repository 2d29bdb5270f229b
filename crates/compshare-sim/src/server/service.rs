//! `Service`: what the connections of a simulator share.

use std::{
    collections::VecDeque,
    fmt,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header};
use serde_json::{Map, Value};

use crate::{
    call::Refusal,
    check::request::read,
    gateway::{
        Gateway, RecordedRequest,
        response::{
            GatewayResponse::{self, Complete},
            TEXT, plain_response,
        },
    },
    server::{Fault, http1::End},
};

/// A clock that may be read from any thread.
pub(crate) type Clock = Box<dyn Fn() -> SystemTime + Send + Sync>;

/// What the connections of a simulator share: gateway, clock, faults, and the record of requests.
///
/// Clones share everything. [`serve_connection`](crate::serve_connection) takes one.
#[derive(Clone)]
pub struct Service {
    shared: Arc<Shared>,
}

struct Shared {
    gateway: Mutex<Gateway>,
    clock: Clock,
    /// Each with its action; `None` for any request.
    faults: Mutex<VecDeque<(Option<String>, Fault)>>,
    requests: Mutex<Vec<RecordedRequest>>,
    record: bool,
    connections: AtomicUsize,
    stopped: Mutex<bool>,
    stopping: Condvar,
}

/// What a connection is to do with a request that was read.
pub(crate) enum Plan {
    /// Send the response and go on.
    Send(GatewayResponse),
    /// Send a body of that length and go on.
    SendHuge(u64),
    /// Send the response, or cut it off there, and close.
    SendAndClose(Response<Bytes>, Option<End>),
    /// Close.
    Close,
}

impl Service {
    /// Creates a service around a gateway, with a clock.
    pub fn new(gateway: Gateway, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self::build(gateway, Box::new(clock), true)
    }

    pub(crate) fn build(gateway: Gateway, clock: Clock, record: bool) -> Self {
        let shared = Shared {
            gateway: Mutex::new(gateway),
            clock,
            faults: Mutex::default(),
            requests: Mutex::default(),
            record,
            connections: AtomicUsize::new(0),
            stopped: Mutex::new(false),
            stopping: Condvar::new(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// The requests so far, in the order in which the gateway received them.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        lock(&self.shared.requests).clone()
    }

    /// Like [`requests`](Self::requests), and clears the record.
    pub fn take_requests(&self) -> Vec<RecordedRequest> {
        std::mem::take(&mut lock(&self.shared.requests))
    }

    /// Number of connections so far.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Queues a fault for the next request: each request takes the first fault that applies to it.
    pub fn fault(&self, fault: Fault) {
        lock(&self.shared.faults).push_back((None, fault));
    }

    /// Queues a fault for the next request of an action; requests of other actions leave it.
    ///
    /// The action is known only once the request is read, so [`Fault::CloseBeforeReading`] is then the
    /// same as [`Fault::CloseAfterReading`].
    pub fn fault_on(&self, action: impl Into<String>, fault: Fault) {
        lock(&self.shared.faults).push_back((Some(action.into()), fault));
    }

    /// Faults that no request has taken yet.
    pub fn faults_left(&self) -> usize {
        lock(&self.shared.faults).len()
    }

    /// Gives access to the gateway between requests.
    pub fn with_gateway<T>(&self, work: impl FnOnce(&mut Gateway) -> T) -> T {
        work(&mut lock(&self.shared.gateway))
    }

    /// Counts a connection; returns its number.
    pub(crate) fn connected(&self) -> usize {
        self.shared.connections.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Whether the request that is arriving is not to be read.
    pub(crate) fn is_unread(&self) -> bool {
        let mut faults = lock(&self.shared.faults);
        let mut numbered = faults.iter().enumerate();
        let next = numbered.find(|(_, (action, _))| action.is_none());
        let unread = next.filter(|(_, (_, fault))| *fault == Fault::CloseBeforeReading);
        unread.map(|(place, _)| place).and_then(|place| faults.remove(place)).is_some()
    }

    /// Takes the first fault that applies to a request.
    fn take_fault(&self, request: &Request<Bytes>) -> Option<Fault> {
        let mut faults = lock(&self.shared.faults);
        if faults.is_empty() {
            return None;
        }
        let received = read(request).unwrap_or_default();
        let action = received.parameters.text("Action");
        let applies = |wanted: &Option<String>| wanted.is_none() || wanted.as_deref() == action;
        let place = faults.iter().position(|(wanted, _)| applies(wanted))?;
        faults.remove(place).map(|(_, fault)| fault)
    }

    /// Decides on a request, records it, and has the gateway act if it is to. Stalls where a fault says so.
    pub(crate) fn plan(&self, connection: usize, request: &Request<Bytes>) -> Plan {
        let fault = self.take_fault(request);
        let now = (self.shared.clock)();
        let mut gateway = lock(&self.shared.gateway);
        let record = |request| self.record(RecordedRequest { connection, ..request });
        let mut act = || {
            let (response, recorded) = gateway.respond(now, request);
            record(recorded);
            response
        };
        let Some(fault) = fault else { return Plan::Send(act()) };
        let mut act = || act().complete();
        match fault {
            Fault::RespondThenClose => Plan::SendAndClose(act(), None),
            Fault::ActThenClose => {
                act();
                Plan::Close
            }
            Fault::CutHead { bytes } => Plan::SendAndClose(act(), Some(End::InHead(bytes))),
            Fault::CutBody { bytes } => Plan::SendAndClose(act(), Some(End::InBody(bytes))),
            Fault::Stall(time) => {
                let response = act();
                drop(gateway);
                if self.pause(time) { Plan::Send(Complete(response)) } else { Plan::Close }
            }
            Fault::EmptyBody => Plan::Send(Complete(act().map(|_| Bytes::new()))),
            Fault::NoRetCode => Plan::Send(Complete(act().map(without_ret_code))),
            Fault::RetCode { code, message } => {
                let (response, recorded) = gateway.refuse(now, request, &Refusal { code, message });
                record(recorded);
                Plan::Send(Complete(response))
            }
            fault => {
                record(gateway.record(now, request).0);
                instead(fault)
            }
        }
    }

    fn record(&self, request: RecordedRequest) {
        if self.shared.record {
            lock(&self.shared.requests).push(request);
        }
    }

    /// Waits, but not beyond the end of the simulator; returns whether it goes on.
    pub(crate) fn pause(&self, time: Duration) -> bool {
        let stopped = lock(&self.shared.stopped);
        let waited = self.shared.stopping.wait_timeout_while(stopped, time, |stopped| !*stopped);
        !*waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// Ends pauses, now and later.
    pub(crate) fn stop(&self) {
        *lock(&self.shared.stopped) = true;
        self.shared.stopping.notify_all();
    }

    pub(crate) fn is_stopped(&self) -> bool {
        *lock(&self.shared.stopped)
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service")
            .field("requests", &lock(&self.shared.requests).len())
            .field("connections", &self.connections())
            .field("faults_left", &self.faults_left())
            .finish_non_exhaustive()
    }
}

/// Locks, also after another thread panicked: the state stays usable.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a fault that keeps the gateway from acting does instead.
fn instead(fault: Fault) -> Plan {
    let mut header = None;
    let mut response = match fault {
        Fault::Status { status, retry_after, body } => {
            header = retry_after.map(|seconds| (header::RETRY_AFTER, seconds.into()));
            let status = StatusCode::from_u16(status).ok().filter(|s| !s.is_informational());
            plain_response(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), TEXT, body)
        }
        Fault::Redirect { location } => {
            let location = HeaderValue::from_str(&location).ok();
            header = location.map(|location| (header::LOCATION, location));
            plain_response(StatusCode::TEMPORARY_REDIRECT, TEXT, "")
        }
        Fault::Html => {
            let page = "<!DOCTYPE html><html><body><h1>Service maintenance</h1></body></html>";
            plain_response(StatusCode::OK, "text/html; charset=utf-8", page)
        }
        Fault::HugeBody { bytes } => return Plan::SendHuge(bytes),
        _ => return Plan::Close,
    };
    response.headers_mut().extend(header);
    Plan::Send(Complete(response))
}

fn without_ret_code(body: Bytes) -> Bytes {
    let Ok(mut fields) = serde_json::from_slice::<Map<String, Value>>(&body) else { return body };
    fields.remove("RetCode");
    Value::Object(fields).to_string().into()
}
