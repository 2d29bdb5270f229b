//! `Raw` and `With`: actions and parameters that this version does not know.

mod marker;

use std::fmt;

use serde::{
    Serialize, Serializer,
    ser::{self, SerializeMap as _},
};
use serde_json::Value;

use crate::{
    Action, ActionInfo, CsvFile, Effect, ItemFailure, Listing, error::InvalidRequest, sign::to_json,
};

/// One parameter named at run time.
#[derive(Clone)]
pub struct Parameter {
    name: String,
    value: Result<Value, InvalidRequest>,
}

impl Parameter {
    /// A parameter of that name and value; a value that cannot be sent is refused with the request.
    pub fn new<T: Serialize>(name: impl Into<String>, value: T) -> Self {
        let name = name.into();
        let value = Named { name: &name, value }.to_json();
        Self { name, value }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn to_json(&self) -> Result<(&str, Value), InvalidRequest> {
        Ok((&self.name, self.value.clone()?))
    }
}

/// The first parameter that cannot be sent.
fn refusal(parameters: &[Parameter]) -> Option<&InvalidRequest> {
    parameters.iter().find_map(|parameter| parameter.value.as_ref().err())
}

/// Prints the name; the value may be a password.
impl fmt::Debug for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Parameter({})", self.name)
    }
}

/// A value under a name, as a struct of one field would be.
struct Named<'a, T> {
    name: &'a str,
    value: T,
}

impl<T: Serialize> Named<'_, T> {
    fn to_json(&self) -> Result<Value, InvalidRequest> {
        Ok(to_json(self)?.get_mut(self.name).map(Value::take).unwrap_or_default())
    }
}

impl<T: Serialize> Serialize for Named<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(self.name, &self.value)])
    }
}

impl Serialize for Parameter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Ok(value) => Named { name: &self.name, value }.serialize(serializer),
            Err(error) => Err(ser::Error::custom(error)),
        }
    }
}

/// An action by name, with parameters by name, answered with the JSON as it came.
///
/// A name that this version knows has that action's effect and takes the same defaults; one that it
/// does not know counts as [`Effect::Once`] unless [`Raw::effect`] says otherwise.
///
/// It sends what it is given and asks for what the API requires, no more: `CreateCompShareInstance`
/// without `ChargeType` buys a month, which the typed action does not let happen.
///
/// ```
/// use compshare_proto::Raw;
///
/// let action = Raw::new("UpdateCompShareImage")
///     .param("CompShareImageId", "compshareImage-xxxx")
///     .param("Tags", ["深度学习", "PyTorch"]);
/// ```
#[derive(Clone)]
#[must_use = "an action does nothing until a client sends it"]
pub struct Raw {
    name: String,
    info: &'static ActionInfo,
    effect: Effect,
    parameters: Vec<Parameter>,
}

static UNKNOWN: ActionInfo = ActionInfo::new("", Effect::Once);

impl Raw {
    /// The action of that name, without parameters.
    pub fn new(name: impl Into<String>) -> Self {
        let name = name.into();
        let info = ActionInfo::find(&name).unwrap_or(&UNKNOWN);
        Self { name, info, effect: info.effect, parameters: Vec::new() }
    }

    /// Adds a parameter: text, a number, a boolean, a list, a map, or a struct.
    ///
    /// None is left out; an empty list, map or struct is refused, since without it the request would mean
    /// something else, such as everything where it filters. An empty text is refused where the action
    /// only reads.
    pub fn param<T: Serialize>(mut self, name: impl Into<String>, value: T) -> Self {
        self.parameters.push(Parameter::new(name, value));
        self
    }

    /// Says what sending it again may do, for an action that this version does not know.
    ///
    /// It holds for a known action as well: `CreateCompShareInstance` as [`Effect::Idempotent`] is sent
    /// again after a failure, and may buy once for each attempt.
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Raw")
            .field("name", &self.name)
            .field("effect", &self.effect)
            .field("parameters", &self.parameters)
            .finish()
    }
}

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.parameters.len()))?;
        for parameter in &self.parameters {
            match &parameter.value {
                Ok(value) => map.serialize_entry(&parameter.name, value)?,
                Err(error) => return Err(ser::Error::custom(error)),
            }
        }
        map.end()
    }
}

impl Action for Raw {
    const INFO: &'static ActionInfo = &UNKNOWN;
    type Response = Value;

    fn info(&self) -> &'static ActionInfo {
        self.info
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn effect(&self) -> Effect {
        self.effect
    }

    fn refusal(&self) -> Option<&InvalidRequest> {
        refusal(&self.parameters)
    }

    /// The file's text as one JSON text.
    fn file(&self, file: CsvFile) -> Option<Value> {
        Some(Value::from(String::from_utf8_lossy(file.content())))
    }
}

/// An action with parameters that its type does not know; made by [`Action::with`].
#[derive(Clone, Debug)]
#[must_use = "an action does nothing until a client sends it"]
pub struct With<A> {
    action: A,
    extra: Vec<Parameter>,
}

impl<A: Action> With<A> {
    pub(crate) fn new(action: A, parameter: Parameter) -> Self {
        let mut extra = action.extra().to_vec();
        extra.push(parameter);
        Self { action, extra }
    }
}

/// Serializes the action; the added parameters are in [`Action::extra`].
impl<A: Action> Serialize for With<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.action.serialize(serializer)
    }
}

impl<A: Action> Action for With<A> {
    const INFO: &'static ActionInfo = A::INFO;
    type Response = A::Response;

    fn info(&self) -> &'static ActionInfo {
        self.action.info()
    }

    fn name(&self) -> &str {
        self.action.name()
    }

    fn effect(&self) -> Effect {
        self.action.effect()
    }

    fn extra(&self) -> &[Parameter] {
        &self.extra
    }

    fn refusal(&self) -> Option<&InvalidRequest> {
        self.action.refusal().or_else(|| refusal(&self.extra))
    }

    fn file(&self, file: CsvFile) -> Option<Self::Response> {
        self.action.file(file)
    }

    fn failures(&self, response: &Self::Response) -> Vec<ItemFailure> {
        self.action.failures(response)
    }
}

impl<A: Listing> Listing for With<A> {
    type Item = A::Item;

    fn set_page(&mut self, offset: u64, limit: u32) {
        self.action.set_page(offset, limit);
    }

    fn offset(&self) -> Option<u64> {
        self.action.offset()
    }

    fn limit(&self) -> Option<u32> {
        self.action.limit()
    }

    fn total(response: &Self::Response) -> Option<u64> {
        A::total(response)
    }

    fn items(response: Self::Response) -> Vec<Self::Item> {
        A::items(response)
    }

    fn rows(response: &Self::Response) -> &[Self::Item] {
        A::rows(response)
    }

    fn rows_mut(response: &mut Self::Response) -> &mut Vec<Self::Item> {
        A::rows_mut(response)
    }

    fn id(row: &Self::Item) -> Option<&str> {
        A::id(row)
    }

    fn parts(&self) -> usize {
        self.action.parts()
    }

    fn enter_part(&mut self, index: usize) {
        self.action.enter_part(index);
    }
}
