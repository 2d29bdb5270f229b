//! stub
use crate::state::{Handler, State};
use std::time::SystemTime;
pub(crate) const TABLE: &[(&str, Handler)] = &[];
#[derive(Debug, Default)]
pub(crate) struct ULHost;
impl ULHost {
    pub(crate) fn settle(&mut self, _: SystemTime) {}
}
pub(crate) fn fill(_: &mut State) {}
