//! Base64, as the API takes pictures and passwords.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// The Base64 of some bytes.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes that a text is the Base64 of; `None` if it is not Base64.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}
