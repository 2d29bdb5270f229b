//! `--once`: sends an action that creates something so that it creates it at most once.

use std::marker::PhantomData;

use compshare_blocking::{
    Action, Client, Effect, Error, Listing, Marker, Raw,
    actions::{
        CreateCompShareCustomImage, CreateCompShareInstance, CreateULHostInstance,
        DescribeCompShareCustomImages, DescribeCompShareInstance, DescribeULHostInstance,
    },
    error::{InvalidRequest, OnceError},
    metadata::ActionInfo,
    once::{CreateOnce, Created},
};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::text::terminal::eprint;

/// The actions that support `--once`.
pub(crate) const ACTIONS_WITH_ONCE: [&str; 3] =
    ["CreateCompShareInstance", "CreateCompShareCustomImage", "CreateULHostInstance"];

/// Whether an action can be sent once.
pub(crate) fn is_for(name: &str) -> bool {
    ACTIONS_WITH_ONCE.contains(&name)
}

/// Sends an action once, under a marker that may be in use, else under a new one.
///
/// # Errors
///
/// Nothing was created, or that is not known; an action that [`is_for`] denies is not sent.
pub(crate) fn send(
    client: &Client,
    action: &Raw,
    marker: Option<Marker>,
) -> Result<Created<Value>, OnceError> {
    match action.name() {
        "CreateCompShareCustomImage" => drive::<CreateCompShareCustomImage>(client, action, marker),
        "CreateULHostInstance" => drive::<CreateULHostInstance>(client, action, marker),
        _ => drive::<CreateCompShareInstance>(client, action, marker),
    }
}

fn drive<K: Kind>(
    client: &Client,
    raw: &Raw,
    marker: Option<Marker>,
) -> Result<Created<Value>, OnceError> {
    // Check the request before the marker changes it.
    let now = std::time::SystemTime::now();
    compshare_blocking::encode(client.config(), raw, now).map_err(OnceError::NotCreated)?;
    let parameters = match serde_json::to_value(raw) {
        Ok(Value::Object(parameters)) => parameters,
        _ => Map::new(),
    };
    let mut machine = client.sending_once(Marked::<K> { raw, parameters, kind: PhantomData });
    if let Some(marker) = marker {
        // A name that is its own marker need not look like one.
        let own = machine.marker().clone();
        machine = machine.resumed(if own.as_str() == marker.as_str() { own } else { marker });
    }
    // Printed first, so that an interrupted command can be resumed with it.
    eprint(&format!("sending once with marker {}", machine.marker()));
    client.drive(&mut machine)
}

/// The response, or an empty one where it was lost, with every id that was created, and how that is known.
pub(crate) fn document(name: &str, created: &Created<Value>) -> Value {
    let Created { ids, requested, marker, found_by_marker, sends, in_doubt, .. } = created;
    let response = created.response.as_ref().and_then(|response| response.as_object());
    let mut body = response.cloned().unwrap_or_default();
    let (field, value) = match name {
        "CreateCompShareCustomImage" => ("CompShareImageId", json!(ids.first())),
        "CreateULHostInstance" => ("ULHostId", json!(ids.first())),
        _ => ("UHostIds", json!(ids)),
    };
    body.insert(field.to_owned(), value);
    let once = json!({
        "Ids": ids,
        "Asked": requested,
        "Marker": marker.as_str(),
        "FoundByPoll": found_by_marker,
        "Sends": sends,
        "InDoubt": in_doubt,
    });
    body.insert("Once".to_owned(), once);
    Value::Object(body)
}

/// What was created, in one line.
pub(crate) fn line(created: &Created<Value>) -> String {
    let Created { ids, requested, marker, found_by_marker, in_doubt, .. } = created;
    let what = format!("created {}", ids.join(", "));
    let how = if *found_by_marker { "found by the marker" } else { "with marker" };
    let short = match (requested.checked_sub(ids.len()), ids.len().checked_sub(*requested)) {
        (Some(missing @ 1..), _) => format!("; {missing} of {requested} were not created"),
        (_, Some(more @ 1..)) => {
            format!("; {more} more than requested; delete what you do not need")
        }
        _ => String::new(),
    };
    let doubt = if *in_doubt {
        "; an earlier request may have created another; list everything with this marker"
    } else {
        ""
    };
    format!("{what}, {how} {marker}{short}{doubt}")
}

/// What differs from action to action.
trait Kind: CreateOnce {
    /// Whether the parameter that carries the marker is the marker.
    const WHOLE: bool = false;
    /// What stands between the caller's text and the marker.
    const GAP: &'static str;
    /// Names that a response may have ids under.
    const IDS: &'static [&'static str];

    /// The listing in a place, where that differs from the client's.
    fn listing(place: impl Fn(&str) -> Option<String>) -> Self::List;
}

impl Kind for CreateCompShareInstance {
    const GAP: &'static str = " ";
    const IDS: &'static [&'static str] = &["UHostIds", "UHostId"];

    fn listing(place: impl Fn(&str) -> Option<String>) -> Self::List {
        let mut look = DescribeCompShareInstance::new();
        look.region = place("Region");
        look.zone = place("Zone");
        look.project_id = place("ProjectId");
        look
    }
}

impl Kind for CreateCompShareCustomImage {
    const WHOLE: bool = true;
    const GAP: &'static str = "";
    const IDS: &'static [&'static str] = &["CompShareImageId", "ImageId"];

    fn listing(place: impl Fn(&str) -> Option<String>) -> Self::List {
        let mut look = DescribeCompShareCustomImages::new();
        look.region = place("Region");
        look.zone = place("Zone");
        look.project_id = place("ProjectId");
        look
    }
}

impl Kind for CreateULHostInstance {
    const GAP: &'static str = ",";
    const IDS: &'static [&'static str] = &["ULHostId"];

    fn listing(place: impl Fn(&str) -> Option<String>) -> Self::List {
        let mut look = DescribeULHostInstance::new();
        look.region = place("Region");
        look.project_id = place("ProjectId");
        look
    }
}

/// A [`Raw`] action with parameters that a marker can be put into.
#[derive(Debug)]
struct Marked<'a, K> {
    raw: &'a Raw,
    parameters: Map<String, Value>,
    kind: PhantomData<K>,
}

impl<K> Clone for Marked<'_, K> {
    fn clone(&self) -> Self {
        Self { raw: self.raw, parameters: self.parameters.clone(), kind: PhantomData }
    }
}

impl<K> Marked<'_, K> {
    fn text(&self, name: &str) -> Option<String> {
        self.parameters.get(name).and_then(Value::as_str).map(str::to_owned)
    }
}

impl<K> Serialize for Marked<'_, K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.parameters.serialize(serializer)
    }
}

impl<K> Action for Marked<'_, K> {
    const INFO: &'static ActionInfo = Raw::INFO;
    type Response = Value;

    fn info(&self) -> &'static ActionInfo {
        self.raw.info()
    }

    fn name(&self) -> &str {
        self.raw.name()
    }

    fn effect(&self) -> Effect {
        Effect::Once
    }

    fn refusal(&self) -> Option<&InvalidRequest> {
        self.raw.refusal()
    }
}

impl<K: Kind> CreateOnce for Marked<'_, K> {
    type List = K::List;
    const FIELD: &'static str = K::FIELD;

    fn own_marker(&self) -> Option<Marker> {
        K::WHOLE.then(|| Marker::whole(self.text(K::FIELD).unwrap_or_default()))
    }

    fn set_marker(&mut self, marker: &Marker) {
        if K::WHOLE {
            return;
        }
        let text = self.text(K::FIELD).unwrap_or_default();
        self.parameters.insert(K::FIELD.to_owned(), marker.behind(&text, K::GAP).into());
    }

    fn list(&self) -> K::List {
        K::listing(|name| self.text(name))
    }

    fn id_if_marked(row: &<K::List as Listing>::Item, marker: &Marker) -> Option<String> {
        K::id_if_marked(row, marker)
    }

    fn created_ids(answer: &Value) -> Vec<String> {
        let list = K::IDS.iter().find_map(|name| match answer.get(name)? {
            Value::Array(ids) if !ids.is_empty() => Some(ids.clone()),
            Value::String(id) if !id.is_empty() => Some(vec![Value::from(id.as_str())]),
            _ => None,
        });
        let list = list.unwrap_or_default();
        list.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect()
    }
}

/// The marker of `--marker`.
///
/// # Errors
///
/// A text that is not a valid marker.
pub(crate) fn marker(action: &str, text: &str) -> Result<Marker, Error> {
    if action == CreateCompShareCustomImage::INFO.name {
        return Ok(Marker::whole(text));
    }
    Marker::new(text).map_err(Error::Invalid)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant, SystemTime};

    use compshare_blocking::{
        Config, Credentials,
        machine::{Failure, Input, Machine as _, Output, SendOnce},
    };

    use super::*;

    /// The first request is lost and carried out late, when the second has been answered.
    fn created_twice() -> Result<Created<Value>, OnceError> {
        let raw = Raw::new("CreateCompShareInstance");
        let parameters = json!({
            "GpuType": "4090",
            "GPU": 1,
            "CPU": 16,
            "Memory": 65_536,
            "CompShareImageId": "compshareImage-xxxx",
            "ChargeType": "Postpay",
            "Disks": [{ "IsBoot": true, "Type": "CLOUD_SSD", "Size": 60 }],
        });
        let parameters = parameters.as_object().cloned().unwrap_or_default();
        let action = Marked::<CreateCompShareInstance> { raw: &raw, parameters, kind: PhantomData };
        let config = Config::new(Credentials::new("public", "private"));
        let config = config.region("cn-wlcb").zone("cn-wlcb-01");
        let mut machine = SendOnce::new(config, action, SystemTime::UNIX_EPOCH, 7);
        let marker = machine.marker().to_string();
        let (mut now, mut sends, mut input) = (Instant::now(), 0, Input::Start);
        loop {
            let row = |id: &str| json!({ "UHostId": id, "Remark": marker });
            let body = match machine.step(now, input) {
                Output::End(end) => return end,
                Output::Sleep(delay) => {
                    now += delay.max(Duration::from_millis(1));
                    input = Input::Woke;
                    continue;
                }
                Output::Transmit { request, .. }
                    if request.body().starts_with(b"Action=Create") =>
                {
                    sends += 1;
                    if sends == 1 {
                        input = Input::Failed(Failure::maybe_sent("reset"));
                        continue;
                    }
                    json!({ "RetCode": 0, "UHostIds": ["uhost-two"] })
                }
                Output::Transmit { .. } if sends == 1 => {
                    json!({ "RetCode": 0, "TotalCount": 0, "UHostSet": [] })
                }
                Output::Transmit { .. } => {
                    let rows = [row("uhost-two"), row("uhost-late")];
                    json!({ "RetCode": 0, "TotalCount": 2, "UHostSet": rows })
                }
            };
            input = Input::Response(http::Response::new(body.to_string().into()));
        }
    }

    #[test]
    fn everything_created_is_printed_even_if_the_response_names_less() {
        let created = created_twice().unwrap();
        let document = document("CreateCompShareInstance", &created);
        assert_eq!(document["UHostIds"], json!(["uhost-two", "uhost-late"]));
        let once = &document["Once"];
        assert_eq!((&once["Sends"], &once["Asked"]), (&json!(2), &json!(1)));
        assert_eq!(once["InDoubt"], json!(false));
        let line = line(&created);
        assert!(line.starts_with("created uhost-two, uhost-late, with marker once-"), "{line}");
        assert!(line.ends_with("; 1 more than requested; delete what you do not need"), "{line}");
    }
}
