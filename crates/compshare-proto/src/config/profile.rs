//! Configuration shared with the official CLI: environment variables and its profile file.
//!
//! Nothing here reads a variable or a file: both are functions that the caller gives.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::{
    config::{Config, Credentials},
    error::ConfigError,
    value::secret::Secret,
};

mod permissions;
mod stored;
mod word;

pub use super::proxy::{Proxies, ProxyUrl};
pub use permissions::open_to_others;
pub use word::word;
use word::{BYTE_ORDER_MARK, trimmed};

/// Where settings come from: variables by name, and files by path (`None` if there is no such file).
///
/// What is given of a key or a file is wiped once it is read; the environment itself is not.
pub struct Source<'a> {
    /// Reads an environment variable.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// Reads a file; an error in words where that fails.
    pub file: &'a dyn Fn(&Path) -> Result<Option<String>, String>,
}

impl std::fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Source(..)")
    }
}

impl Source<'_> {
    /// The configuration of the environment: keys of `COMPSHARE_PUBLIC_KEY` and
    /// `COMPSHARE_PRIVATE_KEY` (and the `COMPSHARE_SECURITY_TOKEN` that they were issued with), else of
    /// the profile file, as the official CLI reads them; and `COMPSHARE_REGION`, `COMPSHARE_ZONE`,
    /// `COMPSHARE_PROJECT_ID` and `COMPSHARE_ENDPOINT` where they are set.
    ///
    /// Keys and token come from one place. The profile is `profile`, for which the variables of keys are
    /// not read, else `COMPSHARE_PROFILE`, else the file's `current_profile`, else `default`. The file is
    /// `COMPSHARE_CONFIG_FILE`, else `compshare/config.json` in `XDG_CONFIG_HOME` or `~/.config`.
    ///
    /// White space, line breaks, quotes and a byte order mark around a value are not part of it.
    ///
    /// # Errors
    ///
    /// Keys that are nowhere, half a pair, a token without its keys, a profile that the file lacks, a
    /// file that cannot be read or is broken, and a value with white space in it; the text names the
    /// variable, or the file and the place in it, never a value.
    pub fn config(&self, profile: Option<&str>) -> Result<Config, ConfigError> {
        let config = Config::new(self.credentials(profile)?)
            .region(self.word("COMPSHARE_REGION")?.unwrap_or_default())
            .zone(self.word("COMPSHARE_ZONE")?.unwrap_or_default())
            .project_id(self.word("COMPSHARE_PROJECT_ID")?.unwrap_or_default());
        let Some(endpoint) = self.word("COMPSHARE_ENDPOINT")? else { return Ok(config) };
        let config = config.endpoint(endpoint);
        config.map_err(|error| ConfigError::new(format!("COMPSHARE_ENDPOINT: {error}")))
    }

    /// The proxies of the environment: `https_proxy` for https, `http_proxy` for plain http, each else
    /// `all_proxy`; and `no_proxy`.
    ///
    /// They are read as curl reads them, with three differences: a proxy without a port means port 80
    /// (curl: 1080); `*` also counts within a list, and `*.example.com` exempts what `example.com` does;
    /// plain http to another host goes through the proxy by CONNECT.
    ///
    /// Names are in lower case, else in upper case, but for `http_proxy`, which has to be in lower case,
    /// since a CGI program has a caller's header in `HTTP_PROXY`. A proxy is `http://host:port` or
    /// `http://user:password@host:port`. `no_proxy` is a list with commas or white space in between, of
    /// host names (each with all names below it), addresses, networks such as `10.0.0.0/8`, and `*` for
    /// every host; a port after an entry limits it to that port. Case and a dot at either end of a name do
    /// not matter, nor do brackets around an IPv6 address. Loopback is always reached directly, so that a
    /// simulator's calls stay on this machine.
    pub fn proxies(&self) -> Proxies {
        let first = |names: &[&str]| {
            let url = |name: &&str| Some(ProxyUrl::parse(name, Secret::new(self.set(name)?)));
            names.iter().find_map(url)
        };
        let http = first(&["http_proxy", "all_proxy", "ALL_PROXY"]);
        let https = first(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]);
        let exempt = self.set("no_proxy").or_else(|| self.set("NO_PROXY")).unwrap_or_default();
        Proxies::new(http, https, &exempt)
    }

    fn credentials(&self, profile: Option<&str>) -> Result<Credentials, ConfigError> {
        if profile.is_some() {
            return self.profile_credentials(profile).map_err(ConfigError::new);
        }
        let public = self.word("COMPSHARE_PUBLIC_KEY")?;
        let private = self.word("COMPSHARE_PRIVATE_KEY")?.map(Secret::new);
        let token = self.word("COMPSHARE_SECURITY_TOKEN")?.map(Secret::new);
        let (there, missing) = match (public, private, token) {
            (Some(public), Some(private), Some(token)) => {
                return Ok(Credentials::new(public, private).security_token(token));
            }
            (Some(public), Some(private), None) => return Ok(Credentials::new(public, private)),
            (None, None, None) => {
                return self.profile_credentials(None).map_err(ConfigError::new);
            }
            (Some(_), None, _) => ("COMPSHARE_PUBLIC_KEY", "COMPSHARE_PRIVATE_KEY"),
            (None, Some(_), _) => ("COMPSHARE_PRIVATE_KEY", "COMPSHARE_PUBLIC_KEY"),
            (None, None, Some(_)) => (
                "COMPSHARE_SECURITY_TOKEN",
                "the keys that it was issued with (COMPSHARE_PUBLIC_KEY, COMPSHARE_PRIVATE_KEY)",
            ),
        };
        let file = self.path().unwrap_or_else(|_| "a profile file".into());
        Err(ConfigError::new(format!(
            "{there} is set without {missing}: keys and token come from one place, so set what is \
             missing, or unset {there} to use the keys in {}",
            file.display()
        )))
    }

    fn profile_credentials(&self, profile: Option<&str>) -> Result<Credentials, String> {
        let path = self.path()?;
        let shown = path.display();
        let text = (self.file)(&path).map_err(|reason| format!("cannot read {shown}: {reason}"))?;
        let text = text.map(Zeroizing::new);
        let named = profile.map(str::to_owned).or_else(|| self.set("COMPSHARE_PROFILE"));
        let keys = match &text {
            Some(text) => stored::select(text, named.as_deref())
                .map_err(|reason| format!("{shown}: {reason}"))?,
            None => match profile {
                Some(name) => {
                    return Err(format!("there is no {shown} to read profile {name:?} from"));
                }
                None => (None, None),
            },
        };
        let missing = match keys {
            (Some(public), Some(private)) => return Ok(Credentials::new(public, private)),
            (None, None) => {
                return Err(format!(
                    "no keys: set COMPSHARE_PUBLIC_KEY and COMPSHARE_PRIVATE_KEY, or put a profile in \
                     {shown}; keys come from the console's API key page"
                ));
            }
            (None, Some(_)) => "public_key",
            (Some(_), None) => "private_key",
        };
        Err(format!(
            "no {missing} in the profile of {shown}: add it there, or set both COMPSHARE_PUBLIC_KEY and \
             COMPSHARE_PRIVATE_KEY"
        ))
    }

    fn path(&self) -> Result<PathBuf, &'static str> {
        if let Some(path) = self.set("COMPSHARE_CONFIG_FILE") {
            return Ok(match path.strip_prefix("~/") {
                Some(rest) => self.home()?.join(rest),
                None => PathBuf::from(path),
            });
        }
        let root = match self.set("XDG_CONFIG_HOME") {
            Some(root) => PathBuf::from(root),
            None => self.home()?.join(".config"),
        };
        Ok(root.join("compshare").join("config.json"))
    }

    fn home(&self) -> Result<PathBuf, &'static str> {
        let home = self.set("HOME").or_else(|| self.set("USERPROFILE"));
        home.map(PathBuf::from).ok_or(
            "no home folder to look for a profile in: set COMPSHARE_PUBLIC_KEY and \
             COMPSHARE_PRIVATE_KEY",
        )
    }

    /// A variable without what is around its value; `None` if nothing is left.
    fn set(&self, name: &str) -> Option<String> {
        let value = Zeroizing::new((self.variable)(name)?);
        Some(trimmed(&value).to_owned()).filter(|value| !value.is_empty())
    }

    /// A variable that is one word, such as a key.
    fn word(&self, name: &str) -> Result<Option<String>, ConfigError> {
        let Some(value) = (self.variable)(name).map(Zeroizing::new) else { return Ok(None) };
        Ok(Some(word(name, &value)?.to_owned()).filter(|value| !value.is_empty()))
    }
}

#[cfg(test)]
mod tests;
