//! The environment and the files that configuration comes from.

use std::{env, fs, io, path::Path};

use compshare_proto::profile::Source;

/// This process's environment and file system: what [`Client::from_env`](crate::Client::from_env) reads.
///
/// ```
/// use compshare_blocking::environment;
///
/// match environment().config(None) {
///     Ok(config) => println!("calls go to {}", config.uri()),
///     Err(error) => println!("{error}"),
/// }
/// ```
pub fn environment() -> Source<'static> {
    Source { variable: &|name| env::var(name).ok(), file: &read }
}

fn read(path: &Path) -> Result<Option<String>, String> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}
