//! Quirks that belong to one field, and that the metadata does not tell.

use compshare_proto::metadata::{EnumInfo, FieldInfo};
use serde_json::{Value, json};

/// Value of an enum that no documentation has.
pub(super) const UNKNOWN: &str = "SimUnknown";
/// The same for enums of numbers.
pub(super) const UNKNOWN_NUMBER: i64 = 99;

/// Spellings of enum values that responses have beside the documented ones.
pub(super) const SPELLINGS: &[(&str, &str)] = &[("Joined", "joined"), ("SoldOut", "Soldout")];

/// Whether the field is the time of a planned shutdown, which has five empty forms.
pub(super) fn is_planned_stop(field: &FieldInfo) -> bool {
    field.name == "SchedulerStopTime"
}

/// Whether a name of a list is for a single item: `UHostId` of `UHostIds`.
pub(super) fn is_single_name(field: &FieldInfo, name: &str) -> bool {
    field.name == "UHostIds" && name == "UHostId"
}

/// Whether the field is a state that the service may not know at the moment.
pub(super) fn is_state(field: &FieldInfo, info: &EnumInfo) -> bool {
    field.name == "State" && info.name == "InstanceState"
}

/// Whether callers decide by the field, so that it never has a value that they cannot know.
fn is_essential(field: &FieldInfo) -> bool {
    field.name.ends_with("State") || field.name.ends_with("Status") || field.name.ends_with("Scope")
}

/// The form of an enum's value, of which one in seven is unknown.
pub(super) fn enum_form(field: &FieldInfo, info: &EnumInfo, value: Value, turn: usize) -> Value {
    let spelling = SPELLINGS.iter().find(|(name, _)| value == *name);
    match (turn, spelling) {
        (0, _) if !is_essential(field) && info.numeric => json!(UNKNOWN_NUMBER),
        (0, _) if !is_essential(field) => json!(UNKNOWN),
        (turn, Some((_, other))) if turn % 2 == 1 => json!(other),
        (turn, _) if info.numeric && turn % 2 == 1 => super::forms::text(&value),
        _ => value,
    }
}

/// The same value as another type, which some source declares.
pub(super) fn other_type(action: &str, field: &str, value: &Value) -> Option<Value> {
    match (action, field, value) {
        ("CreateCompShareTeamRelation", "ErrorMap", Value::Object(map))
        | ("DescribeCompShareGpuInventory", "GpuInventory", Value::Object(map)) => {
            Some(if map.is_empty() { json!("") } else { json!(value.to_string()) })
        }
        ("ListCompShareTeamOperateLog", "OperateTypeList" | "StatusList", Value::Object(map)) => {
            Some(map.keys().map(String::as_str).collect())
        }
        ("DescribeCompShareMachineTypeFamilies", "MachineTypes", Value::Array(rows)) => {
            Some(rows.iter().map(|row| row.get("Name").cloned().unwrap_or_default()).collect())
        }
        ("GetOpenClawModelList", "Models", Value::Array(rows)) if rows.len() == 1 => {
            rows.first().cloned()
        }
        _ => None,
    }
}
