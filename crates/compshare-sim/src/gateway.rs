//! `Gateway`: the order in which a request is checked, and then acted on.

mod recorded_request;
mod resources;
pub(crate) mod response;
mod routes;

use std::time::SystemTime;

use bytes::Bytes;
use compshare_proto::metadata::ActionInfo;
use http::{Request, Response, StatusCode};
use serde_json::{Value, json};

use crate::{
    call::{Call, CsvFile, Refusal, merged, short},
    check::{
        self, json_arrays,
        request::{Received, Unreadable, read},
        signature::authenticate,
    },
    families::team,
    fixtures,
    model::{Account, COMPANY_ID, PRIVATE_KEY, PUBLIC_KEY},
    quirks::Quirks,
    state::State,
};

pub use recorded_request::RecordedRequest;
use response::{GatewayResponse, TEXT, json_response, plain_response, refusal_body, request_id};

/// The gateway without a socket or a clock: HTTP request in, HTTP response out.
///
/// It checks, in this order: `Action` (160, 161), `PublicKey` (172), `Signature` (170, 171),
/// `SecurityToken` (174), and the parameters against the action's documentation: missing (220), of the
/// wrong type or value (230), too many (240). Then it acts. As in production, parameters that an action
/// does not have are ignored; [`RecordedRequest::unknown_parameters`] lists them. A documented action
/// that the simulator does not have is refused with HTTP 501 and RetCode 501, which production does not
/// send.
///
/// ```
/// use std::time::SystemTime;
///
/// use bytes::Bytes;
/// use compshare_sim::Gateway;
///
/// let mut gateway = Gateway::new();
/// let request = http::Request::post("/").body(Bytes::from("Action=UpdateCompShareImage"))?;
/// let response = gateway.handle(SystemTime::UNIX_EPOCH, &request);
/// let response: serde_json::Value = serde_json::from_slice(response.body())?;
/// assert_eq!(response["RetCode"], 172); // no public key
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Gateway {
    state: State,
    requests: u64,
    quirks: Option<Quirks>,
}

/// What a handler returned.
enum Handled {
    /// The fields of a JSON response.
    Json(Value),
    /// A file.
    File(CsvFile),
}

impl Gateway {
    /// Creates a gateway with one account ([`PUBLIC_KEY`], [`PRIVATE_KEY`]), some other companies, and
    /// fixtures: platform, custom, shared and community images, teams, and so on.
    ///
    /// Its instances are `uhost-xxxx` (a virtual machine, running), `uhost-stopped` (by the month),
    /// `uhost-container`, `uhost-dynamic` (by the hour), `uhost-spot` (interruptible), `uhost-idle` (whose
    /// GPU is idle), `uhost-sh2` (in cn-sh2-02) and `cpod-xxxx` (in the container zone cn-bj2-03).
    /// `udisk-xxxx` is unattached, `udisk-stopped` is attached to `uhost-stopped`, and `cfs-xxxx` is file
    /// storage in cn-bj2-03. The image `compshareImage-165jmhx19ik7` is the one that the vendor's example
    /// programs create from.
    pub fn new() -> Self {
        let mut gateway = Self::empty();
        fixtures::fill(&mut gateway.state);
        gateway
    }

    /// Creates a gateway with one account and no resources.
    pub fn empty() -> Self {
        let mut state = State::default();
        state.accounts.push(Account::new(COMPANY_ID, PUBLIC_KEY, PRIVATE_KEY).name("sim-user"));
        Self { state, requests: 0, quirks: None }
    }

    /// Sets whether responses take every form seen in production; they do not by default.
    ///
    /// Numbers come as text and text as numbers, booleans as `"True"` or `"Yes"`, empty lists as null or
    /// missing, a single item without its list, fields under their other names, undocumented values and
    /// fields, and so on. The meaning of a response stays the same, except for such values and for the
    /// state of an instance, which is sometimes empty. The forms rotate: a field takes each of its forms
    /// within a few calls of its action, and the same calls get the same responses again.
    #[must_use]
    pub fn quirks(mut self, quirks: bool) -> Self {
        self.quirks = quirks.then(Quirks::default);
        self
    }

    /// Carries out a request that arrives at that time.
    pub fn handle(&mut self, now: SystemTime, request: &Request<Bytes>) -> Response<Bytes> {
        self.exchange(now, request).0
    }

    /// Like [`handle`](Self::handle), and returns what was recorded of the request.
    pub fn exchange(
        &mut self,
        now: SystemTime,
        request: &Request<Bytes>,
    ) -> (Response<Bytes>, RecordedRequest) {
        let (response, recorded) = self.respond(now, request);
        (response.complete(), recorded)
    }

    /// Carries out a request; a file in the response is yet to be made.
    pub(crate) fn respond(
        &mut self,
        now: SystemTime,
        request: &Request<Bytes>,
    ) -> (GatewayResponse, RecordedRequest) {
        self.state.settle(now);
        let (mut recorded, received) = self.record(now, request);
        let mut received = match received {
            Ok(received) => received,
            Err((status, why)) => {
                return (GatewayResponse::Complete(plain_response(status, TEXT, why)), recorded);
            }
        };
        let handled = self.act(now, &mut received);
        recorded.executed = handled.is_ok();
        recorded.ret_code = Some(handled.as_ref().map_or_else(|refusal| refusal.code, |_| 0));
        let response_name = routes::response_name(&recorded.action);
        let (status, body) = match handled {
            Ok(Handled::File(file)) => {
                return (GatewayResponse::csv(file, &recorded.request_id), recorded);
            }
            Ok(Handled::Json(body)) => {
                let envelope = json!({ "RetCode": 0, "Action": response_name });
                (StatusCode::OK, merged(body, envelope))
            }
            Err(refusal) => (refusal.status(), refusal_body(&response_name, &refusal)),
        };
        let info = ActionInfo::find(&recorded.action);
        let (name, fields) = info.map_or(("", &[][..]), |info| (info.name, info.response));
        let body = match &mut self.quirks {
            None => body,
            Some(quirks) => quirks.rewrite(name, fields, body),
        };
        let mut response = json_response(&body, &recorded.request_id);
        *response.status_mut() = status;
        (GatewayResponse::Complete(response), recorded)
    }

    /// Reads and records a request without acting on it.
    pub(crate) fn record(
        &mut self,
        now: SystemTime,
        request: &Request<Bytes>,
    ) -> (RecordedRequest, Result<Received, Unreadable>) {
        self.requests += 1;
        let received = read(request);
        let id = request_id(self.requests);
        let nothing = Received::default();
        let recorded =
            RecordedRequest::new(now, request, received.as_ref().unwrap_or(&nothing), id);
        (recorded, received)
    }

    /// Refuses a request without checking it.
    pub(crate) fn refuse(
        &mut self,
        now: SystemTime,
        request: &Request<Bytes>,
        refusal: &Refusal,
    ) -> (Response<Bytes>, RecordedRequest) {
        let mut recorded = self.record(now, request).0;
        recorded.ret_code = Some(refusal.code);
        let body = refusal_body(&routes::response_name(&recorded.action), refusal);
        (json_response(&body, &recorded.request_id), recorded)
    }

    /// Checks a request and acts on it.
    fn act(&mut self, now: SystemTime, received: &mut Received) -> Result<Handled, Refusal> {
        let name = received.parameters.filled("Action");
        let name = name.ok_or_else(|| Refusal::new(160, "Missing Action"))?;
        let info = ActionInfo::find(name)
            .ok_or_else(|| Refusal::new(161, format!("Action [{}] not found", short(name))))?;
        let handler = routes::handler(info)?;
        let account = authenticate(&self.state.accounts, received)?;
        let company = account.company_id();
        check::check(info, &received.parameters)?;
        json_arrays::check(info, received)?;
        for name in check::unknown(info, &received.parameters) {
            received.parameters.hide(&name);
        }
        let call = Call { company, now, parameters: &received.parameters };
        match handler {
            None => team::download(&mut self.state, &call).map(Handled::File),
            Some(handler) => handler(&mut self.state, &call).map(Handled::Json),
        }
    }
}

impl Default for Gateway {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
