//! Markers in parameters that are named at run time: how `Raw` and `With` are created once.

use serde_json::Value;

use super::{CreateOnce, Probe};
use crate::{
    api::{
        action::{Action as _, Listing},
        actions::markers,
        effect::Effect,
        marker::Marker,
        metadata::FieldInfo,
        parameter::Parameter,
        raw::Raw,
        with::With,
    },
    value::invalid::InvalidRequest,
};

/// Parameters that say where a thing is created, which is where it is listed.
const PLACES: [&str; 3] = ["Region", "Zone", "ProjectId"];

/// A text, a number or a boolean as text, and null as an empty one; `None` for anything else.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null => Some(String::new()),
        _ => None,
    }
}

impl Parameter {
    /// Appends the marker to a text; a value that is no text is refused with the request.
    fn append(&mut self, marker: &Marker, separator: &str) {
        let Ok(value) = &self.value else { return };
        self.value = match text(value) {
            Some(text) => Ok(Value::from(marker.behind(&text, separator))),
            None => {
                let reason = "carries the marker: give a text, or leave it out";
                Err(InvalidRequest::new(self.name.clone(), reason))
            }
        };
    }
}

/// The parameter of that name.
fn find<'p>(parameters: &'p mut [Parameter], name: &str) -> Option<&'p mut Parameter> {
    parameters.iter_mut().find(|parameter| parameter.name == name)
}

/// The marker that an action has by itself: the whole text of a parameter.
fn own_marker(parameters: &[Parameter], field: &str) -> Option<Marker> {
    let named = parameters.iter().find(|parameter| parameter.name == field)?;
    let text = text(named.value.as_ref().ok()?)?;
    // An empty name is refused with the request.
    (!text.is_empty()).then(|| Marker::whole(text))
}

/// Sends an action that has a [`marker`](crate::metadata::ActionInfo::marker); any other is refused.
impl CreateOnce for Raw {
    fn own_marker(&self) -> Option<Marker> {
        let marker = self.info.marker.filter(|marker| marker.separator.is_none())?;
        own_marker(&self.parameters, marker.parameter)
    }

    fn set_marker(&mut self, marker: &Marker) {
        self.effect = Effect::Once;
        let Some(info) = self.info.marker else { return };
        let Some(separator) = info.separator else { return };
        match find(&mut self.parameters, info.parameter) {
            Some(parameter) => parameter.append(marker, separator),
            None => self.parameters.push(Parameter::new(info.parameter, marker.as_str())),
        }
    }

    /// In the same place, as far as the listing takes it.
    fn probe<P: Probe>(&self, probe: P) -> Option<P::Output> {
        let listing = self.info.marker?.listing;
        let taken = |parameter: &&Parameter| listing.takes(parameter.name());
        let extra = self.parameters.iter().filter(taken).cloned().collect();
        markers::list(self.info.name, Within { probe, extra })
    }

    fn created_ids(&self, response: &Value) -> Vec<String> {
        let names = self.info.id_fields().flat_map(FieldInfo::names);
        let ids = names.filter_map(|name| response.get(name)).map(|value| match value {
            Value::Array(ids) => ids.iter().filter_map(text).collect(),
            value => Vec::from_iter(text(value)),
        });
        ids.into_iter().find(|ids| ids.iter().any(|id| !id.is_empty())).unwrap_or_default()
    }
}

impl<A: CreateOnce> CreateOnce for With<A> {
    fn field(&self) -> &'static str {
        self.action.field()
    }

    fn own_marker(&self) -> Option<Marker> {
        let is_own = self.facts().info.marker.is_some_and(|marker| marker.separator.is_none());
        let own = self.action.own_marker();
        own.or_else(|| own_marker(&self.extra, self.field()).filter(|_| is_own))
    }

    fn set_marker(&mut self, marker: &Marker) {
        let field = self.field();
        let separator = self.facts().info.marker.and_then(|marker| marker.separator);
        match (find(&mut self.extra, field), separator) {
            (Some(parameter), Some(separator)) => parameter.append(marker, separator),
            _ => self.action.set_marker(marker),
        }
    }

    /// In the same place, whether its type knows the parameters that say where or not.
    fn probe<P: Probe>(&self, probe: P) -> Option<P::Output> {
        let extra = self.extra.iter().filter(|extra| PLACES.contains(&extra.name())).cloned();
        self.action.probe(Within { probe, extra: extra.collect() })
    }

    fn created_ids(&self, response: &A::Response) -> Vec<String> {
        self.action.created_ids(response)
    }
}

/// Adds parameters to the listing that a probe is given.
struct Within<P> {
    probe: P,
    extra: Vec<Parameter>,
}

impl<P: Probe> Probe for Within<P> {
    type Output = P::Output;

    fn list<L: Listing + Send + Sync + 'static>(
        self,
        action: L,
        field: &'static str,
        found: fn(&L::Item, &Marker) -> Option<String>,
    ) -> P::Output {
        // Those of a wrapper within this one come first; they are among its own as well.
        let mut extra = action.facts().extra.to_vec();
        let is_new = |added: &Parameter| extra.iter().all(|known| known.name != added.name);
        let added = Vec::from_iter(self.extra.into_iter().filter(is_new));
        extra.extend(added);
        self.probe.list(With { action, extra }, field, found)
    }
}
