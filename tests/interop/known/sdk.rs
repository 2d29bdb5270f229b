//! What the SDK's call by name does otherwise.

use super::{EXPONENT, FILE, FORM, invoke};
use crate::{ledger::Known, wire::Kind};

pub(super) const KNOWN: &[Known] = &[
    invoke(&["update, a small price"], Kind::Changes, &["Price"], EXPONENT),
    invoke(&["update, a small price"], Kind::Answered, &["230"], EXPONENT),
    invoke(&["GetCompShareInstanceMonitor"], Kind::Encodes, &[], FORM),
    invoke(&["GetCompShareInstanceMonitor"], Kind::Answered, &["230"], FORM),
    invoke(&["DownloadTeamOrder"], Kind::Fails, &[], FILE),
];
