//! The handlers: a module per family of actions, a file per action or per few that belong together.

pub(crate) mod disk;
pub(crate) mod image;
pub(crate) mod instance;
pub(crate) mod misc;
pub(crate) mod network;
mod prelude;
pub(crate) mod team;
pub(crate) mod ulhost;
