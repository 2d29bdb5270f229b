//! `Target`: the file that `--output` names, which is there whole or not at all.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use crate::errors::Failed;

/// A file that is to be written once the answer is there.
#[derive(Debug)]
pub(crate) struct Target {
    path: PathBuf,
    /// Where it is written first, in the same folder; removed unless it became the file.
    part: PathBuf,
    file: File,
    force: bool,
}

impl Target {
    /// Makes sure that the file can be written; with `force`, a file that exists is replaced.
    ///
    /// # Errors
    ///
    /// A file that exists, or a place where none can be written.
    pub(crate) fn new(given: &str, force: bool) -> Result<Self, Failed> {
        let path = match fs::metadata(given) {
            Err(_) => PathBuf::from(given),
            Ok(there) if there.is_dir() => {
                return Err(Failed::usage(format!(
                    "--output: {given} is a folder: give a file name"
                )));
            }
            Ok(there) if !there.is_file() => {
                return Err(Failed::usage(format!(
                    "--output: {given} is no ordinary file: leave --output out, and redirect standard \
                     output"
                )));
            }
            Ok(_) if !force => return Err(Failed::usage(exists(given))),
            // What a link leads to is replaced, not the link.
            Ok(_) => fs::canonicalize(given).unwrap_or_else(|_| PathBuf::from(given)),
        };
        let cannot =
            |error: io::Error| Failed::usage(format!("--output: cannot write {given}: {error}"));
        let name = path.file_name().ok_or_else(|| {
            Failed::usage(format!("--output: {given:?} names no file: give a file name"))
        })?;
        let part = format!(".{}.{}.part", name.to_string_lossy(), std::process::id());
        let part = path.with_file_name(part);
        let file = OpenOptions::new().write(true).create_new(true).open(&part).map_err(cannot)?;
        Ok(Self { path, part, file, force })
    }

    /// The file, as it will be named.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the file and gives it its name.
    ///
    /// # Errors
    ///
    /// A full disk and the like, or a file of that name that has come into being since.
    pub(crate) fn write(mut self, content: &[u8]) -> Result<(), Failed> {
        let path = self.path.display().to_string();
        let cannot = |error: io::Error| {
            if error.kind() == io::ErrorKind::AlreadyExists {
                Failed::unusable(exists(&path))
            } else {
                Failed::unusable(format!("--output: cannot write {path}: {error}"))
            }
        };
        self.file.write_all(content).and_then(|()| self.file.sync_all()).map_err(cannot)?;
        if self.force {
            if let Ok(there) = fs::metadata(&self.path) {
                drop(fs::set_permissions(&self.part, there.permissions()));
            }
            return fs::rename(&self.part, &self.path).map_err(cannot);
        }
        name_anew(&self.part, &self.path).map_err(cannot)
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        // It is not there any more where all went well.
        drop(fs::remove_file(&self.part));
    }
}

fn exists(path: &str) -> String {
    format!("--output: {path} exists: give another name, or --force to replace it")
}

/// Gives a file a name that no file has: a link never replaces one.
fn name_anew(part: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(part, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            // Not every file system has links.
            if fs::symlink_metadata(path).is_ok() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            fs::rename(part, path)
        }
        done => done,
    }
}
