//! Sends an action that is named at run time: as it is, once, page by page, or as a dry run.

pub(crate) mod all_pages;
pub(crate) mod dry_run;
pub(crate) mod once;
pub(crate) mod raw_action;
pub(crate) mod scope_notes;
