//! `OutputFile`: the file of `--output`, written completely or not at all.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use crate::error::CliError;

const EXISTS: &str = "already exists; use another name, or --force to replace it";

/// A file that is written under another name until it is whole.
#[derive(Debug)]
pub(crate) struct OutputFile {
    /// Name as given.
    given: String,
    path: PathBuf,
    /// Where it is written first, in the same folder; removed unless it became the file, also where a
    /// signal ends the process.
    part: PathBuf,
    /// What to write to.
    pub(crate) file: File,
    force: bool,
}

impl OutputFile {
    /// Makes sure that the file can be written; with `force`, a file that exists is replaced.
    ///
    /// # Errors
    ///
    /// A file that exists, or a place where none can be written.
    pub(crate) fn new(given: &str, force: bool) -> Result<Self, CliError> {
        let obstacle = match fs::metadata(given) {
            Ok(there) if there.is_dir() => "is a directory; use a file name",
            Ok(there) if !there.is_file() => {
                "is not a regular file; remove --output and redirect standard output"
            }
            Ok(_) if !force => EXISTS,
            _ => "",
        };
        if !obstacle.is_empty() {
            return Err(CliError::usage(format!("--output: {given} {obstacle}")));
        }
        // What a link leads to is replaced, not the link.
        let path = fs::canonicalize(given).unwrap_or_else(|_| PathBuf::from(given));
        let cannot =
            |error: io::Error| CliError::usage(format!("--output: cannot write {given}: {error}"));
        let name = path
            .file_name()
            .ok_or_else(|| CliError::usage(format!("--output: {given:?} is not a file name")))?;
        let part = format!(".{}.{}.part", name.to_string_lossy(), std::process::id());
        let part = path.with_file_name(part);
        #[cfg(unix)]
        remove_on_signal(part.clone()).map_err(cannot)?;
        let file = OpenOptions::new().write(true).create_new(true).open(&part).map_err(cannot)?;
        Ok(Self { given: given.to_owned(), path, part, file, force })
    }

    /// Renames the temporary file; returns the name and the number of bytes.
    ///
    /// # Errors
    ///
    /// A full disk and the like, or a file of that name that has come into being since.
    pub(crate) fn finish(self) -> Result<(String, u64), CliError> {
        let given = &self.given;
        let bytes = self.publish().map_err(|error| {
            CliError::bad_response(match error.kind() {
                io::ErrorKind::AlreadyExists => format!("--output: {given} {EXISTS}"),
                _ => format!("--output: cannot write {given}: {error}"),
            })
        })?;
        Ok((given.clone(), bytes))
    }

    fn publish(&self) -> io::Result<u64> {
        self.file.sync_all()?;
        let bytes = self.file.metadata()?.len();
        if self.force {
            if let Ok(there) = fs::metadata(&self.path) {
                drop(fs::set_permissions(&self.part, there.permissions()));
            }
            fs::rename(&self.part, &self.path)?;
        } else {
            name_anew(&self.part, &self.path)?;
        }
        Ok(bytes)
    }
}

impl Drop for OutputFile {
    fn drop(&mut self) {
        // It is not there any more where all went well.
        drop(fs::remove_file(&self.part));
    }
}

/// Lets the signals that end a command remove the file before they end the process as they always do.
///
/// One that is ignored, as under `nohup`, stays ignored on Linux; elsewhere it ends the process then.
#[cfg(unix)]
fn remove_on_signal(part: PathBuf) -> io::Result<()> {
    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM},
        iterator::Signals,
        low_level::emulate_default_handler,
    };

    let ignored = ignored();
    let ending = [SIGHUP, SIGINT, SIGQUIT, SIGTERM];
    let mut signals =
        Signals::new(ending.into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0))?;
    // It waits for as long as the process lives.
    std::thread::Builder::new().spawn(move || {
        if let Some(signal) = signals.forever().next() {
            drop(fs::remove_file(&part));
            drop(emulate_default_handler(signal));
        }
    })?;
    Ok(())
}

/// The signals that the process ignores, a bit for each; none where that is not told.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let digits = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    digits.and_then(|digits| u64::from_str_radix(digits.trim(), 16).ok()).unwrap_or_default()
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
