//! `Secret` and `Credentials`: keys that are wiped on drop and never printed.

use std::{fmt, sync::Arc};

use crate::value::secret::Secret;

/// A key pair of the console's API key page, with an optional token for temporary ones.
///
/// Clones share one copy, which is wiped when the last of them goes.
///
/// ```
/// use compshare_proto::Credentials;
///
/// let credentials = Credentials::new("public", "private");
/// assert_eq!(
///     format!("{credentials:?}"),
///     r#"Credentials { public_key: "public", private_key: Secret(..), security_token: None }"#
/// );
/// ```
#[derive(Clone)]
pub struct Credentials(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    public_key: String,
    private_key: Secret,
    security_token: Option<Secret>,
}

impl Credentials {
    /// Credentials of a public and a private key.
    pub fn new(public_key: impl Into<String>, private_key: impl Into<Secret>) -> Self {
        Self(Arc::new(Inner {
            public_key: public_key.into(),
            private_key: private_key.into(),
            security_token: None,
        }))
    }

    /// Adds the token that temporary keys come with; it travels as `SecurityToken`.
    #[must_use]
    pub fn security_token(mut self, token: impl Into<Secret>) -> Self {
        Arc::make_mut(&mut self.0).security_token = Some(token.into());
        self
    }

    /// The public half, which names the account and is sent with each call.
    pub fn public_key(&self) -> &str {
        &self.0.public_key
    }

    pub(crate) fn private_key(&self) -> &Secret {
        &self.0.private_key
    }

    pub(crate) fn token(&self) -> Option<&str> {
        self.0.security_token.as_ref().map(Secret::expose)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("public_key", &self.0.public_key)
            .field("private_key", &self.0.private_key)
            .field("security_token", &self.0.security_token)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A secret is wiped on drop.
    fn is_wiped(_: &Secret) {}

    #[test]
    fn private_keys_and_tokens_are_wiped_on_drop() {
        let credentials = Credentials::new("public", "private").security_token("token");
        let Inner { public_key: _, private_key, security_token } = &*credentials.0;
        is_wiped(private_key);
        is_wiped(security_token.as_ref().unwrap());
    }
}
