//! What is sent: an action named at run time, once, page by page, or not at all.

pub(crate) mod all_pages;
pub(crate) mod dry_run;
pub(crate) mod once;
pub(crate) mod partial;
pub(crate) mod raw_action;
pub(crate) mod scope_notes;
