//! `CsvFile`: a file that a handler returns, made line by line as it is sent.

/// A CSV file: its name, and its lines without line ends.
pub(crate) struct CsvFile {
    pub(crate) name: String,
    pub(crate) lines: Box<dyn Iterator<Item = String> + Send>,
}
