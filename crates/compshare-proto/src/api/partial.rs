//! Partial failures: which items of a call failed, and why.

use std::fmt;

use serde::{Serialize, Serializer, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    api::{
        action::{Action, Facts},
        csv_file::CsvFile,
        metadata::ActionInfo,
        ret_code::RetCode,
    },
    value::one_line::write_line,
};

/// A response that can report failed items although its `RetCode` is 0.
///
/// Such a response is an error, [`Error::Incomplete`](crate::Error::Incomplete), unless the action was
/// sent with [`allow_partial`](Action::allow_partial):
///
/// ```
/// use compshare_proto::{
///     Action, PartialFailure, actions::ModifyCompShareImageShareAccount, decode,
/// };
///
/// let response = http::Response::new(br#"{"RetCode":0,"InvalidAccounts":[50001]}"#.as_slice().into());
/// let action = ModifyCompShareImageShareAccount::new("compshareImage-xxxx").add_accounts([50001]);
/// let error = decode(&action, &response).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "ModifyCompShareImageShareAccount did not succeed for 1 item: 50001: there is no such account"
/// );
///
/// let response = decode(&action.allow_partial(), &response)?;
/// for failure in response.failures() {
///     assert_eq!(failure.who(), "50001");
/// }
/// # Ok::<(), compshare_proto::Error>(())
/// ```
pub trait PartialFailure {
    /// The failed items; empty if all succeeded.
    #[must_use = "what failed in part counts as a success unless it is looked at"]
    fn failures(&self) -> Vec<ItemFailure>;
}

/// Reads the failures of a response; `None` if it cannot be read.
pub(crate) type ReadFailures = fn(&Value) -> Option<Vec<ItemFailure>>;

/// What failed, from a response as JSON; `None` if it cannot be read.
pub(crate) fn read<R: PartialFailure + DeserializeOwned>(
    response: &Value,
) -> Option<Vec<ItemFailure>> {
    R::deserialize(response).ok().map(|response| response.failures())
}

impl ActionInfo {
    /// What failed in a call that the server counts as a success, read from the response of a
    /// [`Raw`](crate::Raw) action as the action's type reads it; empty if nothing failed.
    ///
    /// A response that cannot be read is a failure, since it does not say that all succeeded.
    ///
    /// ```
    /// use compshare_proto::metadata::ActionInfo;
    ///
    /// let info = ActionInfo::find("ModifyCompShareImageShareAccount").unwrap();
    /// let response = serde_json::json!({ "RetCode": 0, "InvalidAccounts": [50001] });
    /// assert_eq!(info.failures(&response)[0].who(), "50001");
    /// ```
    #[must_use]
    pub fn failures(&self, response: &Value) -> Vec<ItemFailure> {
        let Some(read) = self.item_failures else { return Vec::new() };
        let unreadable = || vec![ItemFailure::new(self.partial, None, "the field cannot be read")];
        read(response).unwrap_or_else(unreadable)
    }
}

/// One item of a call that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemFailure {
    who: String,
    code: Option<RetCode>,
    reason: String,
}

impl ItemFailure {
    /// A failure of `who`, with the server's code if there is one.
    pub fn new(who: impl fmt::Display, code: Option<i64>, reason: impl Into<String>) -> Self {
        Self { who: who.to_string(), code: code.map(RetCode::new), reason: reason.into() }
    }

    /// Id of what failed: an instance, an account, a member.
    pub fn who(&self) -> &str {
        &self.who
    }

    /// The server's code for this item, if there is one.
    pub fn code(&self) -> Option<RetCode> {
        self.code
    }

    /// The server's reason; may be empty.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for ItemFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meaning = self.code.and_then(RetCode::meaning).unwrap_or("no reason given");
        let reason = if self.reason.is_empty() { meaning } else { &self.reason };
        write_line(f, &self.who)?;
        f.write_str(": ")?;
        write_line(f, reason.trim().trim_end_matches('.'))?;
        match self.code {
            Some(code) => write!(f, " (RetCode {code})"),
            None => Ok(()),
        }
    }
}

/// An action whose partial failures are a success; made by [`Action::allow_partial`].
#[derive(Clone, Debug)]
#[must_use = "an action does nothing until a client sends it"]
pub struct AllowPartial<A>(A);

impl<A> AllowPartial<A> {
    pub(crate) fn new(action: A) -> Self {
        Self(action)
    }
}

impl<A: Serialize> Serialize for AllowPartial<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<A: Action> Action for AllowPartial<A> {
    const INFO: &'static ActionInfo = A::INFO;
    type Response = A::Response;

    fn facts(&self) -> Facts<'_> {
        self.0.facts()
    }

    fn file(&self, file: CsvFile) -> Option<Self::Response> {
        self.0.file(file)
    }

    fn failures(&self, _: &Self::Response) -> Vec<ItemFailure> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_who_why_and_the_code() {
        let text = |code, reason: &str| ItemFailure::new(50001, code, reason).to_string();
        assert_eq!(text(None, "No such account."), "50001: No such account");
        assert_eq!(text(Some(17001), "quota"), "50001: quota (RetCode 17001)");
        assert_eq!(text(Some(987_654), ""), "50001: no reason given (RetCode 987654)");
        let meaning = RetCode::new(17001).meaning().unwrap().trim_end_matches('.');
        assert_eq!(text(Some(17001), ""), format!("50001: {meaning} (RetCode 17001)"));
    }
}
