//! `CsvFile`: a response that is a file rather than JSON.

use std::fmt;

use bytes::Bytes;
use serde::{Deserialize, Deserializer, de::Visitor};

/// A CSV file that an action returned.
///
/// ```
/// use compshare_proto::CsvFile;
///
/// let file = CsvFile::new(Some("orders.csv".to_owned()), "订单号\n1\n");
/// assert_eq!(file.name(), Some("orders.csv"));
/// assert_eq!(file.content(), "订单号\n1\n".as_bytes());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CsvFile {
    name: Option<String>,
    content: Bytes,
}

impl CsvFile {
    /// A file of that name and content.
    pub fn new(name: Option<String>, content: impl Into<Bytes>) -> Self {
        Self { name, content: content.into() }
    }

    /// The file name from the response, without folders; `None` if there is none.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The content, as it came.
    pub fn content(&self) -> &Bytes {
        &self.content
    }

    /// Returns the content.
    pub fn into_content(self) -> Bytes {
        self.content
    }
}

impl fmt::Debug for CsvFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CsvFile")
            .field("name", &self.name)
            .field("content", &format_args!("{} bytes", self.content.len()))
            .finish()
    }
}

/// Always fails: JSON instead of the file is a refusal, or not a response to the action.
impl<'de> Deserialize<'de> for CsvFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NoFile;

        impl Visitor<'_> for NoFile {
            type Value = CsvFile;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a CSV file in place of JSON")
            }
        }

        deserializer.deserialize_any(NoFile)
    }
}
