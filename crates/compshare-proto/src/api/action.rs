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

/// A request: parameters by [`Serialize`], the response's type, and what is known of the action.
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
/// Serializing an action gives what is sent: passwords are there, in the form that they travel in. `None`
/// is not sent. A list, map or struct with nothing in it is refused: left out, an empty list of ids would
/// list everything. So is an empty text in an action that only reads, but for `Region`, `Zone` and
/// `ProjectId`, which keep the client's default out.
pub trait Action: Serialize {
    /// What is known of the action: its name, effect, parameters.
    const INFO: &'static ActionInfo;

    /// What its response decodes into.
    type Response: DeserializeOwned;

    /// What is known of this request beside its parameters; differs from [`Self::INFO`] for actions that are
    /// named at run time, and for wrappers that add to an action.
    fn facts(&self) -> Facts<'_> {
        Facts::of(Self::INFO)
    }

    /// Makes the response of a file, for an action that is answered with one.
    fn file(&self, file: CsvFile) -> Option<Self::Response> {
        let _ = file;
        None
    }

    /// What failed in a call that the server counts as a success; what is not empty becomes
    /// [`Error::Incomplete`](crate::Error::Incomplete).
    fn failures(&self, response: &Self::Response) -> Vec<ItemFailure> {
        let _ = response;
        Vec::new()
    }

    /// Takes a response for a success where only part of the call succeeded. Look at its
    /// [`failures`](PartialFailure::failures), which are no error any more.
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

/// What is known of one request beside its parameters.
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
    /// Why it cannot be sent, if that was clear when it was built.
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

    /// Sets the index of the first row and the number of rows to ask for.
    fn set_page(&mut self, offset: u64, limit: u32);

    /// Index of the first row that the caller asked for, if any.
    fn offset(&self) -> Option<u64>;

    /// Rows per page that the caller asked for, if any.
    fn limit(&self) -> Option<u32>;

    /// Rows in all that the response states, if it does.
    fn total(response: &Self::Response) -> Option<u64>;

    /// Rows of the response.
    fn items(mut response: Self::Response) -> Vec<Self::Item> {
        std::mem::take(Self::rows_mut(&mut response))
    }

    /// Rows of the response, where they are.
    fn rows(response: &Self::Response) -> &[Self::Item];

    /// The same, to leave rows out.
    fn rows_mut(response: &mut Self::Response) -> &mut Vec<Self::Item>;

    /// What tells a row from all others; `None` if nothing does.
    ///
    /// [`Pages`](crate::machine::Pages) leaves out a row that it has met before.
    fn id(row: &Self::Item) -> Option<&str> {
        let _ = row;
        None
    }

    /// How many lists the server pages one by one; more than one where a parameter that tells them
    /// apart is left out.
    fn parts(&self) -> usize {
        1
    }

    /// Sets that parameter for the list of that index.
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
