//! The handlers: a module per family of actions, a file per action or per few that belong together.

pub(crate) mod disks;
pub(crate) mod images;
pub(crate) mod instances;
pub(crate) mod misc;
pub(crate) mod network;
mod prelude;
pub(crate) mod teams;
pub(crate) mod ulhosts;
