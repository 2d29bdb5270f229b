//! `--once`: sends an action that creates something so that it creates it at most once.

use compshare_blocking::{
    Action as _, Client, Error, Marker, Raw,
    actions::ACTIONS,
    error::OnceError,
    metadata::{ActionInfo, MarkerInfo},
    once::Created,
};
use serde_json::{Value, json};

use crate::text::terminal::eprint;

/// Names of the actions that support `--once`.
pub(crate) fn names() -> Vec<&'static str> {
    ACTIONS.iter().filter(|info| info.marker.is_some()).map(|info| info.name).collect()
}

/// Sends an action once, under a marker that may be in use, else under a new one.
///
/// # Errors
///
/// Nothing was created, or that is not known.
pub(crate) fn send(
    client: &Client,
    action: &Raw,
    marker: Option<Marker>,
) -> Result<Created<Value>, OnceError> {
    // Check the request before the marker changes it.
    let now = std::time::SystemTime::now();
    compshare_blocking::encode(client.config(), action, now).map_err(OnceError::NotCreated)?;
    let mut machine = client.sending_once(action.clone());
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
    for field in ActionInfo::find(name).into_iter().flat_map(ActionInfo::id_fields) {
        let value = if field.is_list() { json!(ids) } else { json!(ids.first()) };
        body.insert(field.name.to_owned(), value);
    }
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
    format!("created {}, {how} {marker}{short}{doubt}", ids.join(", "))
}

/// The marker of `--marker`.
///
/// # Errors
///
/// A text that is not a valid marker.
pub(crate) fn marker(action: &Raw, text: &str) -> Result<Marker, Error> {
    match action.facts().info.marker {
        Some(MarkerInfo { separator: None, .. }) => Ok(Marker::whole(text)),
        _ => Marker::new(text).map_err(Error::Invalid),
    }
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
        let action = Raw::new("CreateCompShareInstance")
            .param("GpuType", "4090")
            .param("GPU", 1)
            .param("CPU", 16)
            .param("Memory", 65_536)
            .param("CompShareImageId", "compshareImage-xxxx")
            .param("ChargeType", "Postpay")
            .param("Disks", [json!({ "IsBoot": true, "Type": "CLOUD_SSD", "Size": 60 })]);
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
