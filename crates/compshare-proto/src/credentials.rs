//! `Secret` and `Credentials`: keys that are wiped on drop and never printed.

use std::{fmt, sync::Arc};

use zeroize::Zeroizing;

use crate::fields::Absent;

/// A text that is wiped from memory on drop and never printed.
///
/// It is not `Serialize`. A request writes it for the server; a response that is serialized leaves it
/// out, since JSON ends up in logs and files. Call [`Self::expose`] to store one.
///
/// Two of them are equal if their texts are. The comparison takes longer the more they have in
/// common, so do not let a stranger time it.
///
/// ```
/// let secret = compshare_proto::Secret::new("46f09bb9");
/// assert_eq!(format!("{secret:?}"), "Secret(..)");
/// assert_eq!(secret.expose(), "46f09bb9");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text. What is made of it is neither wiped nor kept from being printed, so use it where it is
    /// needed, and do not keep it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Absent for Secret {}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

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
    use zeroize::ZeroizeOnDrop;

    use super::*;

    /// Whatever is held by one that wipes on drop is wiped on drop.
    fn held<T: ZeroizeOnDrop>(_: &T) {}

    #[test]
    fn secrets_are_wiped_on_drop() {
        let Secret(text) = &Secret::new("key");
        held(text);
        let credentials = Credentials::new("public", "private").security_token("token");
        let Inner { public_key: _, private_key: Secret(key), security_token } = &*credentials.0;
        held(key);
        held(&security_token.as_ref().unwrap().0);
    }
}
