//! Prints and saves responses.

pub(crate) mod output_file;
pub(crate) mod print_response;
pub(crate) mod response_text;
pub(crate) mod value_format;
