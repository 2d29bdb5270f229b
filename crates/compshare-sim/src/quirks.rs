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
        match body {
            Value::Object(body) => {
                let mut body = rewriter.fields(fields, body, Place(0));
                rewriter.envelope(&mut body);
                Value::Object(body)
            }
            body => body,
        }
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

/// Where a value is to go.
enum Form {
    /// Under its own name, or another name of the field.
    Value(Value),
    /// Under the name of a single item.
    Single(&'static str, Value),
    /// Nowhere.
    Missing,
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
        let known = |name: &str| {
            fields.iter().find(|field| field.name == name || field.aliases.contains(&name))
        };
        let is_there: Vec<bool> = fields
            .iter()
            .map(|field| {
                std::iter::once(&field.name).chain(field.aliases).any(|n| old.contains_key(*n))
            })
            .collect();
        for (name, value) in old {
            let Some(field) = known(&name) else {
                new.insert(name, value);
                continue;
            };
            let place = place.of(field.name);
            match self.field(field, value, place) {
                Form::Missing => {}
                Form::Single(name, value) => drop(new.insert(name.to_owned(), value)),
                Form::Value(value) => {
                    let name = self.name(field, &value, place);
                    new.insert(name.to_owned(), value);
                }
            }
        }
        for (field, _) in fields.iter().zip(is_there).filter(|(_, is_there)| !is_there) {
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
        let names: Vec<&'static str> = std::iter::once(field.name)
            .chain(field.aliases.iter().copied())
            .filter(|name| !special::is_single_name(field, name) || !value.is_array())
            .collect();
        names.get(self.pick_slowly(place, names.len())).copied().unwrap_or(field.name)
    }

    fn field(&mut self, field: &FieldInfo, value: Value, place: Place) -> Form {
        if special::is_planned_stop(field) && forms::is_nothing(&value) {
            return match self.pick(place, 5) {
                0 => Form::Value(Value::Null),
                1 => Form::Value(json!("")),
                2 => Form::Value(json!(0)),
                3 => Form::Value(json!("0")),
                _ => Form::Missing,
            };
        }
        if let Some(other) = special::other_type(self.action, field.name, &value) {
            if self.pick_slowly(place, 3) == 0 {
                return Form::Value(other);
            }
        }
        if field.base64 {
            return match forms::plain(&value) {
                Some(plain) if self.pick(place, 2) == 0 => Form::Value(plain),
                _ => Form::Value(value),
            };
        }
        self.value(field, &field.kind, value, place)
    }

    fn value(&mut self, field: &FieldInfo, kind: &Kind, value: Value, place: Place) -> Form {
        match (kind, value) {
            (Kind::Any, value) => Form::Value(value),
            (_, Value::Null) => self.nothing(place, &[]),
            (Kind::List(_) | Kind::Map(_), Value::Array(list)) if list.is_empty() => {
                self.nothing(place, &[json!([])])
            }
            (Kind::Map(_), Value::Object(map)) if map.is_empty() => {
                self.nothing(place, &[json!({})])
            }
            (_, Value::String(text)) if text.is_empty() => self.nothing(place, &[json!("")]),
            (Kind::List(item), Value::Array(list)) => self.list(field, item, list, place),
            (Kind::Map(item), Value::Object(map)) => {
                let map = map.into_iter().map(|(key, value)| {
                    let place = place.of(&key);
                    (key, self.item(field, item, value, place))
                });
                Form::Value(map.collect())
            }
            (Kind::Struct(info), Value::Object(fields)) => {
                Form::Value(Value::Object(self.fields(info.fields, fields, place)))
            }
            (Kind::Enum(info), value) => {
                let open = special::is_state(field, info) && std::mem::take(&mut self.may_empty);
                if open {
                    return Form::Value(json!(""));
                }
                // One in seven is unknown, but in half of the responses none.
                let has_unknown = self.turn / 7 % 2 == 1;
                let turn = self.pick(place, 7) + if has_unknown { 0 } else { 7 };
                Form::Value(special::enum_form(field, info, value, turn))
            }
            (kind, value) => {
                let forms = forms::forms(kind, value);
                let place = self.pick(place, forms.len());
                Form::Value(forms.into_iter().nth(place).unwrap_or_default())
            }
        }
    }

    /// A value inside a list or map, which can not be left out.
    fn item(&mut self, field: &FieldInfo, kind: &Kind, value: Value, place: Place) -> Value {
        if matches!(kind, Kind::String) {
            return value;
        }
        let old = value.clone();
        match self.value(field, kind, value, place) {
            Form::Value(value) if !value.is_null() => value,
            _ => old,
        }
    }

    fn list(&mut self, field: &FieldInfo, item: &Kind, list: Vec<Value>, place: Place) -> Form {
        let is_scalar = !matches!(item, Kind::Struct(_) | Kind::List(_) | Kind::Map(_) | Kind::Any);
        let mut list: Vec<Value> = list
            .into_iter()
            .enumerate()
            .map(|(number, value)| self.item(field, item, value, place.of(&number.to_string())))
            .collect();
        if !is_scalar || list.len() != 1 {
            return Form::Value(Value::Array(list));
        }
        let single = field.aliases.iter().find(|name| special::is_single_name(field, name));
        match (self.pick(place, 3), single, list.pop()) {
            (0, Some(name), Some(only)) => Form::Single(name, forms::text(&only)),
            (0 | 1, _, Some(only)) => Form::Value(forms::text(&only)),
            (_, _, only) => Form::Value(only.into_iter().collect()),
        }
    }

    /// Null, missing, or another empty form.
    fn nothing(&self, place: Place, others: &[Value]) -> Form {
        match self.pick(place, others.len() + 2) {
            0 => Form::Missing,
            1 => Form::Value(Value::Null),
            other => Form::Value(others.get(other - 2).cloned().unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests;
