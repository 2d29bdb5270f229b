//! The `Action` and `Listing` traits: what makes a value a request.

use std::fmt;

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    api::{
        csv_file::CsvFile,
        effect::Effect,
        metadata::ActionInfo,
        parameter::Parameter,
        partial::{AllowPartial, ItemFailure, PartialFailure},
        with::With,
    },
    value::invalid::InvalidRequest,
};

/// A request: its parameters ([`Serialize`]), the type of its response, and metadata of the action.
///
/// Implemented by every generated action, by [`Raw`](crate::Raw), and by a struct of yours:
///
/// ```
/// use compshare_proto::{Action, Effect, metadata::ActionInfo};
///
/// struct DescribeSomethingNew {
///     limit: u32,
/// }
///
/// impl serde::Serialize for DescribeSomethingNew {
///     fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
///         serializer.collect_map([("Limit", self.limit)])
///     }
/// }
///
/// impl Action for DescribeSomethingNew {
///     const INFO: &'static ActionInfo = &ActionInfo::new("DescribeSomethingNew", Effect::Read);
///     type Response = serde_json::Value;
/// }
/// ```
///
/// Serializing an action returns what is sent, passwords included. `None` is not sent. An empty list, map or
/// struct is refused, since without it the request would mean something else: without ids, all instances
/// would be listed. An empty text is refused in an action that only reads, except for `Region`, `Zone` and
/// `ProjectId`, where it overrides the client's default.
pub trait Action: Serialize {
    /// Metadata of the action: its name, effect and parameters.
    const INFO: &'static ActionInfo;

    /// The type that the response is decoded into.
    type Response: DeserializeOwned;

    /// Returns what a transport needs to know of this request, beside its parameters. It differs from
    /// [`Self::INFO`] for actions that are named at run time, and for wrappers that add to an action.
    fn facts(&self) -> Facts<'_> {
        Facts::of(Self::INFO)
    }

    /// Makes the response of a file, for an action that is answered with one.
    fn file(&self, file: CsvFile) -> Option<Self::Response> {
        let _ = file;
        None
    }

    /// Returns the failed items of a response whose `RetCode` is 0. If there are any, the call fails with
    /// [`Error::Incomplete`](crate::Error::Incomplete).
    fn failures(&self, response: &Self::Response) -> Vec<ItemFailure> {
        let _ = response;
        Vec::new()
    }

    /// Makes a partial failure a success. The failed items are in the response's
    /// [`failures`](PartialFailure::failures).
    fn allow_partial(self) -> AllowPartial<Self>
    where
        Self: Sized,
        Self::Response: PartialFailure,
    {
        AllowPartial::new(self)
    }

    /// Adds a parameter that this type does not know.
    ///
    /// ```
    /// use compshare_proto::{Action, actions::UpdateCompShareImage};
    ///
    /// let action = UpdateCompShareImage::new("compshareImage-xxxx").with("NewKey", 1);
    /// ```
    fn with<T: Serialize>(self, name: impl Into<String>, value: T) -> With<Self>
    where
        Self: Sized,
    {
        With::new(self, Parameter::new(name, value))
    }
}

/// What a transport needs to know of one request, beside its parameters.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Facts<'a> {
    /// Metadata of the action.
    pub info: &'static ActionInfo,
    /// Name sent as the `Action` parameter.
    pub name: &'a str,
    /// What sending it again may do.
    pub effect: Effect,
    /// Parameters beside those of [`Serialize`]; see [`Action::with`].
    pub extra: &'a [Parameter],
    /// Why the request cannot be sent, if that was found when it was built.
    pub refusal: Option<&'a InvalidRequest>,
}

impl Facts<'_> {
    /// The facts of an action that its metadata describes.
    pub fn of(info: &'static ActionInfo) -> Self {
        Self { info, name: info.name, effect: info.effect, extra: &[], refusal: None }
    }
}

/// An action that lists rows page by page.
pub trait Listing: Action {
    /// One row.
    type Item: fmt::Debug;

    /// Sets the index of the first row and the number of rows to request.
    fn set_page(&mut self, offset: u64, limit: u32);

    /// Index of the first row that the caller requested, if any.
    fn offset(&self) -> Option<u64>;

    /// Rows per page that the caller requested, if any.
    fn limit(&self) -> Option<u32>;

    /// Total number of rows, if the response states it.
    fn total(&self, response: &Self::Response) -> Option<u64>;

    /// Rows of the response.
    fn items(&self, mut response: Self::Response) -> Vec<Self::Item> {
        self.rows_mut(&mut response).map(std::mem::take).unwrap_or_default()
    }

    /// Borrows the rows of the response.
    fn rows<'r>(&self, response: &'r Self::Response) -> &'r [Self::Item];

    /// Borrows the rows of the response to change them; `None` if they are not a list.
    fn rows_mut<'r>(&self, response: &'r mut Self::Response) -> Option<&'r mut Vec<Self::Item>>;

    /// Id of a row; `None` if rows have no id.
    ///
    /// [`Pages`](crate::machine::Pages) leaves out a row whose id came before.
    fn id<'r>(&self, row: &'r Self::Item) -> Option<&'r str> {
        let _ = row;
        None
    }

    /// Number of lists that the server pages separately; more than one if the parameter that selects one
    /// is not set.
    fn parts(&self) -> usize {
        1
    }

    /// Sets that parameter to the list of that index.
    fn enter_part(&mut self, index: usize) {
        let _ = index;
    }
}

impl<A: Action + ?Sized> Action for &A {
    const INFO: &'static ActionInfo = A::INFO;
    type Response = A::Response;

    fn facts(&self) -> Facts<'_> {
        (**self).facts()
    }

    fn file(&self, file: CsvFile) -> Option<Self::Response> {
        (**self).file(file)
    }

    fn failures(&self, response: &Self::Response) -> Vec<ItemFailure> {
        (**self).failures(response)
    }
}
