//! Configuration shared with the official CLI: environment variables and its profile file.
//!
//! Nothing here reads a variable or a file: both are functions that the caller gives.

use std::path::{Path, PathBuf};

use http::{Uri, uri::Scheme};
use zeroize::Zeroizing;

use crate::{Config, ConfigError, Credentials, Secret, is_loopback};

mod mode;
mod stored;

pub use mode::open_to_others;
use stored::Stored;

/// Where settings come from: variables by name, and files by path (`None` if there is no such file).
///
/// What is given of a key or a file is wiped once it is read; the environment itself is not.
pub struct Source<'a> {
    /// Looks an environment variable up.
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
    /// `COMPSHARE_PRIVATE_KEY`, else of the profile file, as the official CLI reads them; and
    /// `COMPSHARE_REGION`, `COMPSHARE_ZONE`, `COMPSHARE_PROJECT_ID`, `COMPSHARE_ENDPOINT`,
    /// `COMPSHARE_SECURITY_TOKEN` where they are set.
    ///
    /// The profile is `profile`, else `COMPSHARE_PROFILE`, else the file's `current_profile`, else
    /// `default`. The file is `COMPSHARE_CONFIG_FILE`, else `compshare/config.json` in
    /// `XDG_CONFIG_HOME` or `~/.config`.
    ///
    /// # Errors
    ///
    /// Keys that are nowhere, a profile that the file lacks, and a file that cannot be read or is
    /// broken; the text names the file and the place in it, never its content.
    pub fn config(&self, profile: Option<&str>) -> Result<Config, ConfigError> {
        let mut config = Config::new(self.credentials(profile)?);
        if let Some(region) = self.set("COMPSHARE_REGION") {
            config = config.region(region);
        }
        if let Some(zone) = self.set("COMPSHARE_ZONE") {
            config = config.zone(zone);
        }
        if let Some(project_id) = self.set("COMPSHARE_PROJECT_ID") {
            config = config.project_id(project_id);
        }
        if let Some(endpoint) = self.set("COMPSHARE_ENDPOINT") {
            config = config
                .endpoint(endpoint)
                .map_err(|error| ConfigError::new(format!("COMPSHARE_ENDPOINT: {error}")))?;
        }
        Ok(config)
    }

    /// The proxy of the environment for that endpoint: `HTTPS_PROXY` (for plain http `HTTP_PROXY`),
    /// else `ALL_PROXY`, in upper or lower case.
    ///
    /// There is none for a host that `NO_PROXY` names: by itself, by a domain that it is in, or by `*`,
    /// separated by commas. Nor is there one for loopback, so that a simulator's calls stay on this
    /// machine.
    ///
    /// # Errors
    ///
    /// A value that is no `http://host:port` or `http://user:password@host:port`; it is not in the text.
    pub fn proxy(&self, endpoint: &Uri) -> Result<Option<ProxyUrl>, ConfigError> {
        let either = |names: [&'static str; 2]| {
            names.into_iter().find_map(|name| Some((name, self.secret(name)?)))
        };
        let own = if endpoint.scheme() == Some(&Scheme::HTTP) {
            ["HTTP_PROXY", "http_proxy"]
        } else {
            ["HTTPS_PROXY", "https_proxy"]
        };
        let Some(host) = endpoint.host() else { return Ok(None) };
        let exempt = either(["NO_PROXY", "no_proxy"]).is_some_and(|(_, list)| {
            list.expose().split(',').any(|entry| covers(entry.trim(), host))
        });
        if exempt || is_loopback(host) {
            return Ok(None);
        }
        let found = either(own).or_else(|| either(["ALL_PROXY", "all_proxy"]));
        found.map(|(name, url)| ProxyUrl::parse(name, url)).transpose()
    }

    fn credentials(&self, profile: Option<&str>) -> Result<Credentials, ConfigError> {
        let keys = (self.set("COMPSHARE_PUBLIC_KEY"), self.secret("COMPSHARE_PRIVATE_KEY"));
        let credentials = match keys {
            (Some(public), Some(private)) if profile.is_none() => Credentials::new(public, private),
            (public, private) => self.profile_credentials(profile, public, private)?,
        };
        // The token goes with the environment's keys, not with those of a profile that was asked for.
        Ok(match self.secret("COMPSHARE_SECURITY_TOKEN").filter(|_| profile.is_none()) {
            Some(token) => credentials.security_token(token),
            None => credentials,
        })
    }

    fn profile_credentials(
        &self,
        profile: Option<&str>,
        public: Option<String>,
        private: Option<Secret>,
    ) -> Result<Credentials, ConfigError> {
        let path = self.path()?;
        let shown = path.display();
        let text = (self.file)(&path)
            .map_err(|reason| ConfigError::new(format!("cannot read {shown}: {reason}")))?
            .map(Zeroizing::new);
        let named = profile.map(str::to_owned).or_else(|| self.set("COMPSHARE_PROFILE"));
        let stored = match &text {
            Some(text) => Stored::select(text, named.as_deref())
                .map_err(|reason| ConfigError::new(format!("{shown}: {reason}")))?,
            None if profile.is_some() => {
                return Err(ConfigError::new(format!(
                    "there is no {shown} to read profile {:?} from",
                    named.unwrap_or_default()
                )));
            }
            None => Stored::default(),
        };
        // A profile that is asked for goes before the environment; the one in use goes after it.
        let (public, private) = if profile.is_some() {
            (stored.public_key, stored.private_key)
        } else {
            (public.or(stored.public_key), private.or(stored.private_key))
        };
        match (public, private) {
            (Some(public), Some(private)) => Ok(Credentials::new(public, private)),
            (public, _) => {
                let (key, variable) = match public {
                    None => ("public_key", "COMPSHARE_PUBLIC_KEY"),
                    Some(_) => ("private_key", "COMPSHARE_PRIVATE_KEY"),
                };
                Err(ConfigError::new(format!(
                    "no {key}: set COMPSHARE_PUBLIC_KEY and COMPSHARE_PRIVATE_KEY ({variable} is not \
                     set), or put a profile in {shown}; keys come from the console's API key page"
                )))
            }
        }
    }

    fn path(&self) -> Result<PathBuf, ConfigError> {
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

    fn home(&self) -> Result<PathBuf, ConfigError> {
        self.set("HOME").or_else(|| self.set("USERPROFILE")).map(PathBuf::from).ok_or_else(|| {
            ConfigError::new(
                "no home folder to look for a profile in: set COMPSHARE_PUBLIC_KEY and \
                 COMPSHARE_PRIVATE_KEY",
            )
        })
    }

    fn set(&self, name: &str) -> Option<String> {
        (self.variable)(name).filter(|value| !value.is_empty())
    }

    fn secret(&self, name: &str) -> Option<Secret> {
        self.set(name).map(Secret::new)
    }
}

/// Whether an entry of `NO_PROXY` covers a host.
fn covers(entry: &str, host: &str) -> bool {
    let domain = entry.trim_start_matches("*.").trim_start_matches('.');
    if entry == "*" || host.eq_ignore_ascii_case(domain) {
        return true;
    }
    let (host, domain) = (host.to_ascii_lowercase(), domain.to_ascii_lowercase());
    !domain.is_empty() && host.strip_suffix(&domain).is_some_and(|rest| rest.ends_with('.'))
}

/// The URL of a proxy, which may hold a password; Debug does not print it.
#[derive(Clone, Debug)]
pub struct ProxyUrl(Secret);

impl ProxyUrl {
    fn parse(variable: &str, text: Secret) -> Result<Self, ConfigError> {
        let url = if text.expose().contains("://") {
            text
        } else {
            Secret::new(["http://", text.expose()].concat())
        };
        match url.expose().parse::<Uri>() {
            Ok(uri) if uri.scheme() == Some(&Scheme::HTTP) && uri.host().is_some() => Ok(Self(url)),
            _ => Err(ConfigError::new(format!(
                "{variable} is no proxy that can be used: it must look like http://host:port"
            ))),
        }
    }

    /// The URL: `http://`, perhaps a user and a password, a host, perhaps a port.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

#[cfg(test)]
mod tests;
