//! `Secret`: a text that is wiped on drop and never printed.

use std::fmt;

use zeroize::Zeroizing;

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

#[cfg(test)]
mod tests {
    use zeroize::ZeroizeOnDrop;

    use super::*;

    #[test]
    fn a_secret_is_wiped_on_drop() {
        fn is_wiped<T: ZeroizeOnDrop>(_: &T) {}

        let Secret(text) = &Secret::new("key");
        is_wiped(text);
    }
}
