//! How a `Raw` action is paged: by the metadata of its action.

use serde_json::Value;

use super::Raw;
use crate::{
    api::{action::Listing, metadata::FieldInfo, parameter::Parameter},
    value::{invalid::InvalidRequest, lenient::Item as _},
};

/// What `Pages` reads in place of rows that are null or an empty text.
const NO_ROWS: Value = Value::Array(Vec::new());

impl Raw {
    /// The value of a parameter that is a whole number, or one as text.
    fn number(&self, name: &str) -> Option<u64> {
        let parameter = self.parameters.iter().find(|parameter| parameter.name == name)?;
        number(parameter.value.as_ref().ok()?)
    }

    /// Sets a parameter in place of the one of that name, if there is one.
    fn set(&mut self, name: &str, value: Result<Value, InvalidRequest>) {
        self.parameters.retain(|parameter| parameter.name != name);
        self.parameters.push(Parameter { name: name.to_owned(), value });
    }

    /// Names under which a field of the response is seen.
    fn names(&self, field: &str) -> impl Iterator<Item = &'static str> + use<> {
        let field = self.info.response.iter().find(|known| known.name == field);
        field.into_iter().flat_map(FieldInfo::names)
    }

    /// The name under which the response has rows.
    fn rows_name(&self, response: &Value) -> Option<&'static str> {
        let is_absent = |value: &Value| value.is_null() || value.as_str() == Some("");
        let mut names = self.names(self.info.page?.items);
        names.find(|name| response.get(name).is_some_and(|value| !is_absent(value)))
    }
}

fn number(value: &Value) -> Option<u64> {
    i64::read(value).ok().flatten().and_then(|number| u64::try_from(number).ok())
}

/// Pages an action that has a [`page`](crate::metadata::ActionInfo::page); any other is refused.
///
/// A row is the JSON as it came.
impl Listing for Raw {
    type Item = Value;

    fn set_page(&mut self, offset: u64, limit: u32) {
        if let Some(page) = self.info.page {
            self.set(page.offset, Ok(offset.into()));
            self.set(page.limit, Ok(limit.into()));
        } else {
            let reason = "is not known to return a paged list; send it instead";
            self.set("Action", Err(InvalidRequest::new("Action", reason)));
        }
    }

    fn offset(&self) -> Option<u64> {
        self.number(self.info.page?.offset)
    }

    fn limit(&self) -> Option<u32> {
        let limit = self.number(self.info.page?.limit)?;
        Some(u32::try_from(limit).unwrap_or(u32::MAX))
    }

    fn total(&self, response: &Value) -> Option<u64> {
        self.names(self.info.page?.total).find_map(|name| response.get(name).and_then(number))
    }

    fn rows<'r>(&self, response: &'r Value) -> &'r [Value] {
        let rows = self.rows_name(response).and_then(|name| response.get(name)?.as_array());
        rows.map(Vec::as_slice).unwrap_or_default()
    }

    fn rows_mut<'r>(&self, response: &'r mut Value) -> Option<&'r mut Vec<Value>> {
        if let Some(name) = self.rows_name(response) {
            return response.get_mut(name)?.as_array_mut();
        }
        let rows = response.as_object_mut()?.entry(self.info.page?.items).or_insert(NO_ROWS);
        *rows = NO_ROWS;
        rows.as_array_mut()
    }

    fn id<'r>(&self, row: &'r Value) -> Option<&'r str> {
        row.get(self.info.page?.id).and_then(Value::as_str).filter(|id| !id.is_empty())
    }

    fn parts(&self) -> usize {
        let Some(page) = self.info.page.filter(|page| !page.each.is_empty()) else { return 1 };
        let is_set = self.parameters.iter().any(|parameter| parameter.name == page.each);
        if is_set { 1 } else { page.values.len() }
    }

    fn enter_part(&mut self, index: usize) {
        let Some(page) = self.info.page else { return };
        if let Some(value) = page.values.get(index) {
            self.set(page.each, Ok(Value::from(*value)));
        }
    }
}
