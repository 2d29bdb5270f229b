//! Actions whose lists must travel as native JSON arrays.

use compshare_proto::metadata::{ActionInfo, Encoding, Kind};

use crate::{call::Refusal, check::request::Received};

/// Refuses flattened lists where the action wants a JSON body.
pub(crate) fn check(info: &ActionInfo, received: &Received) -> Result<(), Refusal> {
    if info.encoding != Encoding::Json {
        return Ok(());
    }
    for parameter in info.parameters.iter().filter(|info| matches!(info.kind, Kind::List(_))) {
        let native = received.json.as_ref().and_then(|fields| fields.get(parameter.name));
        let is_native = native.is_some_and(serde_json::Value::is_array);
        let is_flat = received.parameters.has(parameter.name) && !is_native;
        Refusal::when(is_flat, parameter.name, "it must be an array in a JSON body")?;
    }
    Ok(())
}
