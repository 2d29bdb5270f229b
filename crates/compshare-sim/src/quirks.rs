//! Quirks: rewriting a response into the forms seen in production.
//!
//! The metadata of the response says what each value is; from that follow the forms that it may take.
//! The form depends on the number of the action's responses so far. The meaning of a response stays the
//! same, except for undocumented values and for one state that is left empty.

mod forms;
mod special;

use std::collections::BTreeMap;

use compshare_proto::metadata::{FieldInfo, Kind};
use serde_json::{Map, Value, json};

/// How many responses each action has had.
#[derive(Debug, Default)]
pub(crate) struct Quirks {
    turns: BTreeMap<&'static str, u64>,
}

impl Quirks {
    /// Rewrites a response of an action with those fields; one of no action has no name.
    pub(crate) fn rewrite(
        &mut self,
        action: &'static str,
        fields: &[FieldInfo],
        body: Value,
    ) -> Value {
        let turn = self.turns.entry(action).or_default();
        let mut rewriter = Rewriter { action, turn: *turn, may_empty: *turn % 5 == 2 };
        *turn = turn.wrapping_add(1);
        let Value::Object(body) = body else { return body };
        let mut body = rewriter.fields(fields, body, Place(0));
        rewriter.envelope(&mut body);
        Value::Object(body)
    }
}

/// One response on its way.
struct Rewriter {
    action: &'static str,
    /// Responses of the action before this one.
    turn: u64,
    /// Whether a state may be left open, which happens once in some responses.
    may_empty: bool,
}

/// Where a value is in a response, as a number: the same in every response of an action.
#[derive(Clone, Copy)]
struct Place(u64);

impl Place {
    /// The place of that name, or number, in this one.
    fn of(self, name: &str) -> Self {
        Self(name.bytes().fold(self.0, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())))
    }
}

/// A number below `count`.
fn below(number: u64, count: usize) -> usize {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    number.checked_rem(count).and_then(|rest| usize::try_from(rest).ok()).unwrap_or_default()
}

/// The names of a field, the documented one first.
fn names(field: &FieldInfo) -> impl Iterator<Item = &'static str> {
    std::iter::once(field.name).chain(field.aliases.iter().copied())
}

impl Rewriter {
    /// A number below `count`: another one in each response.
    fn pick(&self, place: Place, count: usize) -> usize {
        // The second part is for callers who look at every second response only, or every third.
        let turn = self.turn.wrapping_add(self.turn / 35);
        below(turn.wrapping_add(place.0), count)
    }

    /// A number below `count`: another one in every fifth response, so that two choices meet in every way.
    fn pick_slowly(&self, place: Place, count: usize) -> usize {
        below((self.turn / 5).wrapping_add(place.0), count)
    }

    /// What a response has whatever its action.
    fn envelope(&self, body: &mut Map<String, Value>) {
        let is_success = body.get("RetCode") == Some(&Value::from(0));
        if self.pick(Place(0), 3) == 0 {
            if let Some(code) = body.get_mut("RetCode") {
                *code = forms::text(code);
            }
        }
        match (is_success, self.pick(Place(1), 4)) {
            // Refusals without a reason.
            (false, 0) => drop(body.remove("Message")),
            // Successes with an empty one.
            (true, 0) => drop(body.entry("Message").or_insert_with(|| json!(""))),
            (true, 1) => drop(body.entry("Message").or_insert(Value::Null)),
            _ => {}
        }
    }

    /// The fields of a response, or of an object in one.
    fn fields(
        &mut self,
        fields: &[FieldInfo],
        old: Map<String, Value>,
        place: Place,
    ) -> Map<String, Value> {
        let mut new = Map::new();
        let is_there = |field: &&FieldInfo| names(field).any(|name| old.contains_key(name));
        let missing: Vec<&FieldInfo> = fields.iter().filter(|field| !is_there(field)).collect();
        for (name, value) in old {
            let known = fields.iter().find(|field| names(field).any(|known| known == name));
            let Some(field) = known else {
                new.insert(name, value);
                continue;
            };
            let place = place.of(field.name);
            if let Some(value) = self.field(field, value, place) {
                new.insert(self.name(field, &value, place).to_owned(), value);
            }
        }
        for field in missing {
            if self.pick(place.of(field.name), 3) == 0 {
                new.insert(field.name.to_owned(), Value::Null);
            }
        }
        if !fields.is_empty() && self.pick(place, 4) == 0 {
            new.insert("SimUnknown".to_owned(), json!({ "List": [1, null], "Text": "" }));
        }
        new
    }

    /// One of the names of a field.
    fn name(&self, field: &FieldInfo, value: &Value, place: Place) -> &'static str {
        let single = names(field).find(|name| special::is_single_name(field, name));
        match single {
            Some(single) if value.is_string() && self.pick(place, 3) == 0 => single,
            _ => {
                let fits = |name: &&str| Some(*name) != single || !value.is_array();
                let names: Vec<&'static str> = names(field).filter(fits).collect();
                names.get(self.pick_slowly(place, names.len())).copied().unwrap_or(field.name)
            }
        }
    }

    /// One of the forms of a field; `None` if it is left out.
    fn field(&mut self, field: &FieldInfo, value: Value, place: Place) -> Option<Value> {
        if special::is_planned_stop(field) && forms::is_nothing(&value) {
            let forms = [json!(null), json!(""), json!(0), json!("0")];
            return forms.into_iter().nth(self.pick(place, 5));
        }
        if let Some(other) = special::other_type(self.action, field.name, &value) {
            if self.pick_slowly(place, 3) == 0 {
                return Some(other);
            }
        }
        if field.base64 {
            let plain = forms::plain(&value).filter(|_| self.pick(place, 2) == 0);
            return Some(plain.unwrap_or(value));
        }
        self.value(field, &field.kind, value, place)
    }

    fn value(
        &mut self,
        field: &FieldInfo,
        kind: &Kind,
        value: Value,
        place: Place,
    ) -> Option<Value> {
        Some(match (kind, value) {
            (Kind::Any, value) => value,
            (_, Value::Null) => return (self.pick(place, 2) != 0).then_some(Value::Null),
            (kind, value) if forms::is_empty(kind, &value) => {
                // Missing, null, or as it is.
                let forms = [None, Some(Value::Null), Some(value)];
                return forms.into_iter().nth(self.pick(place, 3)).flatten();
            }
            (Kind::List(item), Value::Array(list)) => self.list(field, item, list, place),
            (Kind::Map(item), Value::Object(map)) => {
                let map = map.into_iter().map(|(key, value)| {
                    let place = place.of(&key);
                    (key, self.item(field, item, value, place))
                });
                map.collect()
            }
            (Kind::Struct(info), Value::Object(fields)) => {
                Value::Object(self.fields(info.fields, fields, place))
            }
            (Kind::Enum(info), _)
                if special::is_state(field, info) && std::mem::take(&mut self.may_empty) =>
            {
                json!("")
            }
            (Kind::Enum(info), value) => {
                // One in seven is unknown, but in half of the responses none.
                let has_unknown = self.turn / 7 % 2 == 1;
                let turn = self.pick(place, 7) + if has_unknown { 0 } else { 7 };
                special::enum_form(field, info, value, turn)
            }
            (kind, value) => {
                let forms = forms::forms(kind, value);
                let number = self.pick(place, forms.len());
                forms.into_iter().nth(number).unwrap_or_default()
            }
        })
    }

    /// A value inside a list or map, which can not be left out.
    fn item(&mut self, field: &FieldInfo, kind: &Kind, value: Value, place: Place) -> Value {
        if matches!(kind, Kind::String) {
            return value;
        }
        let old = value.clone();
        self.value(field, kind, value, place).filter(|new| !new.is_null()).unwrap_or(old)
    }

    fn list(&mut self, field: &FieldInfo, item: &Kind, list: Vec<Value>, place: Place) -> Value {
        let is_scalar = !matches!(item, Kind::Struct(_) | Kind::List(_) | Kind::Map(_) | Kind::Any);
        let numbered = list.into_iter().enumerate();
        let list: Vec<Value> = numbered
            .map(|(number, value)| self.item(field, item, value, place.of(&number.to_string())))
            .collect();
        match list.as_slice() {
            // Without the list.
            [only] if is_scalar && self.pick(place, 3) < 2 => forms::text(only),
            _ => Value::Array(list),
        }
    }
}

#[cfg(test)]
mod tests;
