//! stub
use crate::state::{Handler, State};
pub(crate) const TABLE: &[(&str, Handler)] = &[];
#[derive(Debug, Default)]
pub(crate) struct Bandwidths;
pub(crate) fn fill(_: &mut State) {}
