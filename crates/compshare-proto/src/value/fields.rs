//! Fields of a request or response on their way into any serializer: absent ones are left out.

use serde::ser::{Serialize, SerializeStruct, Serializer};

/// Whether a field is left out of the request.
pub(crate) trait Absent {
    /// `true` for `None`.
    fn is_absent(&self) -> bool {
        false
    }
}

impl<T> Absent for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Vec<T> {}
impl Absent for String {}
impl Absent for i64 {}
impl Absent for f64 {}
impl Absent for bool {}

/// Writes a struct field by field. The first error ends it, and comes out at the end: a method that
/// cannot fail keeps what is generated short and quick to build.
pub(crate) struct Fields<S: Serializer>(Result<S::SerializeStruct, S::Error>);

impl<S: Serializer> Fields<S> {
    pub(crate) fn new(serializer: S, name: &'static str, len: usize) -> Self {
        Self(serializer.serialize_struct(name, len))
    }

    /// Adds a field, unless it is absent.
    pub(crate) fn put<T: Absent + Serialize>(&mut self, key: &'static str, value: &T) {
        if !value.is_absent() {
            self.add(key, value);
        }
    }

    /// Adds a field, whatever its value.
    pub(crate) fn add<T: Serialize>(&mut self, key: &'static str, value: &T) {
        if let Ok(fields) = &mut self.0 {
            if let Err(error) = fields.serialize_field(key, value) {
                self.0 = Err(error);
            }
        }
    }

    pub(crate) fn end(self) -> Result<S::Ok, S::Error> {
        self.0?.end()
    }
}
