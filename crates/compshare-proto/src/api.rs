//! The API itself: its actions, their types, and what is known of them.

pub(crate) mod action;
pub mod actions;
pub(crate) mod acts_on;
pub(crate) mod create_once;
pub(crate) mod csv_file;
pub(crate) mod effect;
pub mod inventory;
pub mod login;
pub(crate) mod marker;
pub mod metadata;
pub(crate) mod parameter;
pub mod partial;
pub mod raw;
pub mod ret_code;
mod shorthand;
pub mod types;
pub(crate) mod with;
