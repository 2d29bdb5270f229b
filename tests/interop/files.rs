//! The files that the official CLI is given to read.

use std::{fs, io, path::Path};

pub(crate) const COVER: &[u8] = b"\x89PNG\r\n\x1a\n\x00\xff\xfe";
pub(crate) const COVER_BASE64: &str = "iVBORw0KGgoA//4=";
pub(crate) const COVER_FILE: &str = "cover.png";
pub(crate) const README: &str = "# 训练环境\n\nRun `train.py --lr 1e-4 && echo 100%`.\n";
pub(crate) const README_FILE: &str = "readme.md";

/// Writes them into a folder.
pub(crate) fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join(COVER_FILE), COVER)?;
    fs::write(folder.join(README_FILE), README)
}
