//! The command line as a person writes it: its arguments, its help, and its mistakes.

pub(crate) mod args;
pub(crate) mod help;
pub(crate) mod suggest;
pub(crate) mod usage_error;
