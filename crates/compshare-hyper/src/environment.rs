//! The environment and the files that configuration comes from.

use std::{
    env, fs,
    io::{self, Read as _},
    path::Path,
};
#[cfg(unix)]
use std::{os::unix::fs::PermissionsExt as _, sync::Once};

use compshare_proto::profile::Source;
#[cfg(unix)]
use compshare_proto::profile::open_to_others;

/// Returns the process's environment and file system, from which [`Client::from_env`](crate::Client::from_env)
/// reads.
///
/// A profile file that other users may read is logged once, as a warning.
///
/// ```
/// use compshare_hyper::environment;
///
/// match environment().config(None) {
///     Ok(config) => println!("calls go to {}", &config.settings().endpoint),
///     Err(error) => println!("{error}"),
/// }
/// ```
pub fn environment() -> Source<'static> {
    Source { variable: &variable, file: &read }
}

/// A variable. Bytes that are not Unicode are replaced, so that the value is refused instead of ignored.
fn variable(name: &str) -> Option<String> {
    env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

fn read(path: &Path) -> Result<Option<String>, String> {
    let read = || {
        let mut file = fs::File::open(path)?;
        warn_if_open(path, &file.metadata()?);
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        Ok(text)
    };
    match read() {
        Ok(text) => Ok(Some(text)),
        Err(error) if io::Error::kind(&error) == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

/// Warns once per process of a file with keys that other users may read.
#[cfg(unix)]
fn warn_if_open(path: &Path, metadata: &fs::Metadata) {
    static ONCE: Once = Once::new();
    if let Some(warning) = open_to_others(path, metadata.permissions().mode()) {
        ONCE.call_once(|| tracing::warn!("{warning}"));
    }
}

/// On other systems, a file's mode does not say who may read it.
#[cfg(not(unix))]
fn warn_if_open(_: &Path, _: &fs::Metadata) {}
