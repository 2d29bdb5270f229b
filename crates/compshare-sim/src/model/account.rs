//! `Account`: a key pair, and the company that it belongs to.

use std::fmt;

use compshare_proto::Secret;

/// Public key of the account that every gateway has.
pub const PUBLIC_KEY: &str = "sim-public-key";
/// Private key of the account that every gateway has.
pub const PRIVATE_KEY: &str = "sim-private-key";
/// Company id of the account that every gateway has.
pub const COMPANY_ID: i64 = 12345;

/// A key pair, and the company that it belongs to.
///
/// Several key pairs may belong to one company and share its resources.
///
/// ```
/// use compshare_sim::Account;
///
/// let account = Account::new(777, "public", "private").name("lab").security_token("token");
/// assert_eq!(account.company_id(), 777);
/// assert!(!format!("{account:?}").contains("private\""));
/// ```
pub struct Account {
    company_id: i64,
    pub(crate) name: String,
    public_key: String,
    pub(crate) private_key: Secret,
    security_token: Option<String>,
    pub(crate) verified: bool,
}

impl Account {
    /// Creates the account of one key pair.
    pub fn new(
        company_id: i64,
        public_key: impl Into<String>,
        private_key: impl Into<String>,
    ) -> Self {
        Self {
            company_id,
            name: format!("company-{company_id}"),
            public_key: public_key.into(),
            private_key: Secret::new(private_key),
            security_token: None,
            verified: true,
        }
    }

    /// Sets the name that others see, such as the author of an image.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Makes the key pair temporary: every request must carry this `SecurityToken`.
    #[must_use]
    pub fn security_token(mut self, token: impl Into<String>) -> Self {
        self.security_token = Some(token.into());
        self
    }

    /// Sets whether the company has passed real-name verification; it has by default. Without it, team
    /// actions are refused with 226606.
    #[must_use]
    pub fn verified(mut self, verified: bool) -> Self {
        self.verified = verified;
        self
    }

    /// Id of the company that the key pair belongs to.
    pub fn company_id(&self) -> i64 {
        self.company_id
    }

    /// Public key that requests name.
    pub fn public_key(&self) -> &str {
        &self.public_key
    }

    /// Whether a request with that `SecurityToken`, or without one, may pass.
    pub(crate) fn accepts_token(&self, token: Option<&str>) -> bool {
        self.security_token.as_deref() == token
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("company_id", &self.company_id)
            .field("name", &self.name)
            .field("public_key", &self.public_key)
            .field("private_key", &"***")
            .field("security_token", &self.security_token.as_ref().map(|_| "***"))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_neither_key_nor_token() {
        let account = Account::new(1, "public", "canary-key").security_token("canary-token");
        assert_eq!(
            format!("{account:?}"),
            "Account { company_id: 1, name: \"company-1\", public_key: \"public\", \
             private_key: \"***\", security_token: Some(\"***\") }"
        );
    }

    #[test]
    fn a_token_must_match_and_is_refused_if_unexpected() {
        let permanent = Account::new(1, "a", "b");
        assert!(permanent.accepts_token(None));
        assert!(!permanent.accepts_token(Some("t")));
        let temporary = Account::new(1, "a", "b").security_token("t");
        assert!(temporary.accepts_token(Some("t")));
        assert!(!temporary.accepts_token(Some("u")));
        assert!(!temporary.accepts_token(None));
    }
}
