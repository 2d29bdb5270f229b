//! `Gateway`: the order in which a request is checked, and then acted on.

use std::time::SystemTime;

use bytes::Bytes;
use compshare_proto::{
    actions::ACTIONS,
    metadata::{ActionInfo, BodyKind, Encoding},
};
use http::{Request, Response};
use serde_json::Value;

use crate::{
    Account, Image, ImageGroup, ImageKind, Seen,
    answer::{Refusal, json_response, plain_response, refusal_body, request_id},
    check, disks, fixtures, images, instances, misc, native, network,
    quirks::Quirks,
    reply::{CsvRows, Reply},
    request::{Received, Unreadable, read},
    signature::authenticate,
    state::{Call, Handler, State, short},
    teams, ulhosts,
};

mod resources;

/// Public key of the account that every gateway has.
pub const PUBLIC_KEY: &str = "sim-public-key";
/// Private key of the account that every gateway has.
pub const PRIVATE_KEY: &str = "sim-private-key";
/// Company id of the account that every gateway has.
pub const COMPANY_ID: i64 = 12345;

/// Actions of every family.
const FAMILIES: &[&[(&str, Handler)]] = &[
    images::TABLE,
    instances::TABLE,
    disks::TABLE,
    misc::TABLE,
    network::TABLE,
    teams::TABLE,
    ulhosts::TABLE,
];

/// The gateway without a socket or a clock: HTTP request in, HTTP response out.
///
/// It checks, in this order: `Action` (160, 161), `PublicKey` (172), `Signature` (170, 171),
/// `SecurityToken` (174), and the parameters against the action's documentation: missing (220), of the
/// wrong type or value (230), too many (240). Then it acts. Parameters that an action does not have are
/// ignored, as production does; [`Seen::unknown_parameters`] lists them. A documented action that the
/// simulator does not have ends in HTTP 501 with RetCode 501, which production does not send.
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
/// let answer: serde_json::Value = serde_json::from_slice(response.body())?;
/// assert_eq!(answer["RetCode"], 172); // no public key
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Gateway {
    state: State,
    requests: u64,
    quirks: Option<Quirks>,
}

/// What an action answers with.
enum Acted {
    /// The fields of a JSON answer.
    Json(Value),
    /// A file.
    File(CsvRows),
}

impl Gateway {
    /// Creates a gateway with one account ([`PUBLIC_KEY`], [`PRIVATE_KEY`]), some other companies, and
    /// fixtures: platform, custom, shared and community images, teams, and so on.
    ///
    /// Its instances are `uhost-xxxx` (a virtual machine, running), `uhost-stopped` (by the month),
    /// `uhost-container`, `uhost-dynamic` (by the hour), `uhost-spot` (interruptible), `uhost-idle` (whose
    /// GPU does nothing), `uhost-sh2` (in cn-sh2-02) and `cpod-xxxx` (in the container zone cn-bj2-03).
    /// `udisk-xxxx` is attached to nothing, `udisk-stopped` to `uhost-stopped`, and `cfs-xxxx` is file
    /// storage in cn-bj2-03. The image `compshareImage-165jmhx19ik7` is the one that the vendor's example
    /// programs create from.
    pub fn new() -> Self {
        let mut gateway = Self::empty();
        fixtures::fill(&mut gateway);
        network::fill(&mut gateway.state);
        teams::fill(&mut gateway);
        ulhosts::fill(&mut gateway.state);
        gateway
    }

    /// Creates a gateway with the one account and nothing else.
    pub fn empty() -> Self {
        let mut state = State::default();
        state.accounts.push(Account::new(COMPANY_ID, PUBLIC_KEY, PRIVATE_KEY).name("sim-user"));
        Self { state, requests: 0, quirks: None }
    }

    /// Sets whether answers take every form that production's are seen in: they do not, unless set.
    ///
    /// Numbers come as text and text as numbers, booleans as `"True"` or `"Yes"`, empty lists as null or
    /// not at all, one item without its list, fields under their other names, values and fields that no
    /// documentation has, and so on. What an answer says stays the same, but for such values, and for the
    /// state of an instance, which is open now and then. Which form comes goes round with the answers of
    /// an action, so that a field takes each of its forms within a few calls, and the same calls get the
    /// same answers again.
    #[must_use]
    pub fn quirks(mut self, quirks: bool) -> Self {
        self.quirks = quirks.then(Quirks::default);
        self
    }

    /// Adds a key pair; one with the same public key is replaced.
    pub fn add_account(&mut self, account: Account) {
        self.state.accounts.retain(|other| other.public_key() != account.public_key());
        self.state.accounts.push(account);
    }

    pub(crate) fn bandwidths(&self) -> &network::Bandwidths {
        &self.state.bandwidths
    }

    pub(crate) fn teams(&mut self) -> &mut teams::Teams {
        &mut self.state.teams
    }

    /// Adds an image; one with the same id is replaced.
    ///
    /// A version of a community image takes its owner from its group, and its name and author too where
    /// it has none: add the group first.
    pub fn add_image(&mut self, mut image: Image) {
        if let Some(group) = self.state.group(&image.group_id) {
            if image.kind == ImageKind::Community {
                image.owner = group.owner;
                let rows = [(&mut image.name, &group.name), (&mut image.author, &group.author)];
                for (own, common) in rows.into_iter().filter(|(own, _)| own.is_empty()) {
                    common.clone_into(own);
                }
            }
        }
        self.state.images.retain(|other| other.id != image.id);
        self.state.images.push(image);
    }

    /// Adds a community image; one with the same id is replaced. An author that is empty becomes the
    /// owner's name.
    pub fn add_group(&mut self, mut group: ImageGroup) {
        if group.author.is_empty() {
            group.author = self.state.company_name(group.owner).unwrap_or_default().to_owned();
        }
        self.state.groups.retain(|other| other.id != group.id);
        self.state.groups.push(group);
    }

    /// The image of that id, as of the last request.
    pub fn image(&self, id: &str) -> Option<&Image> {
        self.state.images.iter().find(|image| image.id == id)
    }

    /// Every image, as of the last request, in the order in which they came.
    pub fn images(&self) -> &[Image] {
        &self.state.images
    }

    /// The community image of that id.
    pub fn group(&self, id: &str) -> Option<&ImageGroup> {
        self.state.group(id)
    }

    /// Answers a request that comes at that time.
    pub fn handle(&mut self, now: SystemTime, request: &Request<Bytes>) -> Response<Bytes> {
        self.exchange(now, request).0
    }

    /// Answers a request, and says what was seen of it.
    pub fn exchange(
        &mut self,
        now: SystemTime,
        request: &Request<Bytes>,
    ) -> (Response<Bytes>, Seen) {
        let (reply, seen) = self.reply(now, request);
        (reply.whole(), seen)
    }

    /// Answers a request, with a file that is yet to be made if the answer is one.
    pub(crate) fn reply(&mut self, now: SystemTime, request: &Request<Bytes>) -> (Reply, Seen) {
        let request_id = self.next_request_id();
        self.state.settle(now);
        let mut received = match read(request) {
            Ok(received) => received,
            Err(Unreadable { status, why }) => {
                let response = plain_response(status, "text/plain; charset=utf-8", why);
                return (Reply::Whole(response), seen(now, request, None, request_id));
            }
        };
        let name = received.parameters.text("Action").unwrap_or_default().to_owned();
        let answer_name = answer_name(&name);
        let outcome = self.act(now, &mut received);
        let executed = outcome.is_ok();
        let (code, reply) = match outcome {
            Ok(Acted::File(file)) => (0, Reply::csv(file, &request_id)),
            Ok(Acted::Json(mut body)) => {
                if let Some(fields) = body.as_object_mut() {
                    fields.insert("RetCode".to_owned(), Value::from(0));
                    fields.insert("Action".to_owned(), Value::from(answer_name));
                }
                (0, Reply::Whole(self.json(&name, body, &request_id)))
            }
            Err(refusal) => {
                let mut response =
                    self.json(&name, refusal_body(&answer_name, &refusal), &request_id);
                *response.status_mut() = refusal.status();
                (refusal.code, Reply::Whole(response))
            }
        };
        let seen = Seen {
            ret_code: Some(code),
            executed,
            ..seen(now, request, Some(received), request_id)
        };
        (reply, seen)
    }

    /// The response that a JSON answer is, in one of its forms if it is to have several.
    fn json(&mut self, action: &str, body: Value, request_id: &str) -> Response<Bytes> {
        let body = match &mut self.quirks {
            None => body,
            Some(quirks) => match find(action) {
                Some(info) => quirks.rewrite(info.name, info.response, body),
                None => quirks.rewrite("", &[], body),
            },
        };
        json_response(&body, request_id)
    }

    /// Says what is seen of a request that is not acted on.
    pub(crate) fn look(&mut self, now: SystemTime, request: &Request<Bytes>) -> Seen {
        let request_id = self.next_request_id();
        seen(now, request, read(request).ok(), request_id)
    }

    /// Refuses a request unlooked at.
    pub(crate) fn refuse(
        &mut self,
        now: SystemTime,
        request: &Request<Bytes>,
        refusal: &Refusal,
    ) -> (Response<Bytes>, Seen) {
        let seen = Seen { ret_code: Some(refusal.code), ..self.look(now, request) };
        let body = refusal_body(&answer_name(&seen.action), refusal);
        (json_response(&body, &seen.request_id), seen)
    }

    fn next_request_id(&mut self) -> String {
        self.requests += 1;
        request_id(self.requests)
    }

    /// Checks a request and acts on it.
    fn act(&mut self, now: SystemTime, received: &mut Received) -> Result<Acted, Refusal> {
        let name = received.parameters.filled("Action");
        let name = name.ok_or_else(|| Refusal::new(160, "Missing Action"))?;
        let info = find(name)
            .ok_or_else(|| Refusal::new(161, format!("Action [{}] not found", short(name))))?;
        let handler = handler(info)?;
        let account = authenticate(&self.state.accounts, received)?;
        let company = account.company_id();
        check::check(info, &received.parameters)?;
        native::check(info, received)?;
        for name in check::unknown(info, &received.parameters) {
            received.parameters.hide(&name);
        }
        let call = Call { company, now, parameters: &received.parameters };
        match handler {
            None => teams::download(&mut self.state, &call).map(Acted::File),
            Some(handler) => handler(&mut self.state, &call).map(Acted::Json),
        }
    }
}

/// What acts on an action; `None` for the one that returns a file.
fn handler(info: &ActionInfo) -> Result<Option<Handler>, Refusal> {
    if info.body == BodyKind::Csv {
        return Ok(None);
    }
    let mut rows = FAMILIES.iter().flat_map(|family| family.iter());
    match rows.find(|(action, _)| *action == info.name) {
        Some((_, handler)) => Ok(Some(*handler)),
        None => Err(Refusal::not_simulated(info)),
    }
}

impl Default for Gateway {
    fn default() -> Self {
        Self::new()
    }
}

/// Metadata of an action.
fn find(name: &str) -> Option<&'static ActionInfo> {
    ACTIONS.iter().find(|info| info.name == name).copied()
}

/// The `Action` of an answer.
fn answer_name(action: &str) -> String {
    let odd = images::answer_name(action).or_else(|| disks::answer_name(action));
    odd.map_or_else(|| format!("{}Response", short(action)), str::to_owned)
}

/// What is seen of a request before anything is decided.
fn seen(
    now: SystemTime,
    request: &Request<Bytes>,
    received: Option<Received>,
    request_id: String,
) -> Seen {
    let (encoding, parameters) = match received {
        Some(received) => (received.encoding, received.parameters),
        None => (Encoding::default(), crate::parameters::Parameters::default()),
    };
    let action = parameters.text("Action").unwrap_or_default().to_owned();
    let unknown_parameters =
        find(&action).map(|info| check::unknown(info, &parameters)).unwrap_or_default();
    Seen {
        action,
        method: request.method().clone(),
        uri: request.uri().clone(),
        headers: request.headers().clone(),
        encoding,
        unknown_parameters,
        parameters: parameters.into_ordered(),
        ret_code: None,
        executed: false,
        request_id,
        connection: 0,
        time: now,
    }
}

#[cfg(test)]
mod tests;
