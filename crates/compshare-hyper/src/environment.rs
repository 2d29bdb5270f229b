//! The environment and the files that configuration comes from.

use std::{env, fs, io, path::Path};

use compshare_proto::profile::Source;

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
    // On other systems, a file's mode does not say who may read it.
    #[cfg(unix)]
    warn_if_open(path);
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

/// Warns once per process of a file with keys that other users may read.
#[cfg(unix)]
fn warn_if_open(path: &Path) {
    use std::{os::unix::fs::MetadataExt as _, sync::Once};

    static ONCE: Once = Once::new();
    let Ok(metadata) = fs::metadata(path) else { return };
    if let Some(warning) = compshare_proto::profile::open_to_others(path, metadata.mode()) {
        ONCE.call_once(|| tracing::warn!("{warning}"));
    }
}
