//! What is printed or saved of a response.

pub(crate) mod output_file;
pub(crate) mod print_response;
pub(crate) mod response_text;
pub(crate) mod value_format;
