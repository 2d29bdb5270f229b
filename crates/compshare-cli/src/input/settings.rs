//! `Settings`: the global flags, and the configuration that they form with the environment.

#[cfg(unix)]
use std::fs;
use std::{env, path::Path, time::Duration};

use clap::ArgMatches;
use compshare_blocking::{
    Config, Credentials, environment,
    error::ConfigError,
    profile::{self, Source, word},
};
use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY, Sim};

use crate::{
    error::CliError,
    text::{lang::Lang, terminal::eprint},
};

const PRODUCT: &str = concat!("compshare-cli/", env!("CARGO_PKG_VERSION"));

/// Region and zone of the simulator, where no other is given.
pub(crate) const SIM_REGION: &str = "cn-wlcb";
const SIM_ZONE: &str = "cn-wlcb-01";

/// The global flags: those before the action and those after it, which go first.
#[derive(Debug)]
pub(crate) struct Settings {
    region: Option<String>,
    zone: Option<String>,
    project_id: Option<String>,
    profile: Option<String>,
    endpoint: Option<String>,
    timeout: Option<Duration>,
    pub(crate) sim: bool,
    pub(crate) dry_run: bool,
    pub(crate) json: bool,
    /// Whether to list every row.
    pub(crate) all: bool,
    pub(crate) allow_partial: bool,
    /// Whether to create once.
    pub(crate) once: bool,
    /// The marker of an earlier attempt.
    pub(crate) marker: Option<String>,
    pub(crate) show_secrets: bool,
    /// Path for a returned file.
    pub(crate) output: Option<String>,
    /// Whether that file may replace another.
    pub(crate) force: bool,
    /// Language that a `RetCode` is explained in.
    pub(crate) lang: Lang,
    /// `--param` in the order given.
    pub(crate) extra: Vec<(String, String)>,
}

impl Settings {
    /// Reads the flags.
    ///
    /// # Errors
    ///
    /// A flag with an invalid value, or flags that exclude each other.
    pub(crate) fn read(root: &ArgMatches, action: &ArgMatches) -> Result<Self, CliError> {
        let text = |name: &str| match action.get_one(name).or_else(|| root.get_one::<String>(name))
        {
            Some(text) if text.is_empty() => {
                Err(CliError::usage(format!("--{name} is empty; set a value or remove it")))
            }
            text => Ok(text.cloned()),
        };
        let plain = |name: &str| -> Result<_, CliError> {
            let given = text(name)?;
            let word = given.map(|given| word(&format!("--{name}"), &given).map(str::to_owned));
            Ok(word.transpose()?)
        };
        let switch = |name: &str| root.get_flag(name) || action.get_flag(name);
        let all = [root, action].map(|matches| matches.get_many::<String>("param"));
        let extra = all.into_iter().flatten().flatten().map(|text| split(text));
        let marker = text("marker")?;
        let settings = Self {
            region: plain("region")?,
            zone: plain("zone")?,
            project_id: plain("project-id")?,
            profile: text("profile")?,
            endpoint: plain("endpoint")?,
            timeout: text("timeout")?.map(|text| seconds(&text)).transpose()?,
            sim: switch("sim"),
            dry_run: switch("dry-run"),
            json: switch("json"),
            all: switch("all"),
            allow_partial: switch("allow-partial"),
            once: switch("once") || marker.is_some(),
            marker,
            show_secrets: switch("show-secrets"),
            output: text("output")?.filter(|name| name != "-"),
            force: switch("force"),
            lang: Lang::of(text("lang")?.as_deref(), |name| env::var(name).ok()),
            extra: extra.collect::<Result<_, _>>()?,
        };
        let own =
            [("endpoint", settings.endpoint.is_some()), ("profile", settings.profile.is_some())];
        match own.into_iter().find(|(_, given)| settings.sim && *given) {
            None => Ok(settings),
            Some((name, _)) => Err(CliError::usage(format!(
                "--sim has its own endpoint and keys; remove --{name} or --sim"
            ))),
        }
    }

    /// Whether that flag sets a default.
    pub(crate) fn sets(&self, global: &str) -> bool {
        match global {
            "region" => self.region.is_some(),
            "zone" => self.zone.is_some(),
            _ => self.project_id.is_some(),
        }
    }

    /// The configuration, and the simulator that it leads to, if one is wanted.
    ///
    /// # Errors
    ///
    /// No keys, a setting that cannot be used, or a simulator that cannot start.
    pub(crate) fn connect(&self) -> Result<(Config, Option<Sim>), CliError> {
        let (config, sim) = if self.sim { self.simulated()? } else { (self.real()?, None) };
        let config = self.region.iter().fold(config, Config::region);
        let config = self.zone.iter().fold(config, Config::zone);
        let config = self.project_id.iter().fold(config, Config::project_id);
        let config = self.timeout.into_iter().fold(config, Config::call_timeout);
        Ok((config.user_agent(PRODUCT)?, sim))
    }

    /// The simulator's configuration; the environment has no part in it.
    fn simulated(&self) -> Result<(Config, Option<Sim>), CliError> {
        let sim = Sim::start().map_err(|error| {
            CliError::usage(format!("cannot start the simulator on 127.0.0.1: {error}"))
        })?;
        eprint(&format!("simulator on {}: no real resources are changed", sim.endpoint()));
        let mut config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY))
            .endpoint(sim.endpoint())?
            .region(SIM_REGION);
        // Another region has other zones.
        if self.region.as_deref().is_none_or(|region| region == SIM_REGION) {
            config = config.zone(SIM_ZONE);
        }
        Ok((config, Some(sim)))
    }

    fn real(&self) -> Result<Config, CliError> {
        let config = match self.environment(None) {
            Err(error) if self.dry_run && self.profile.is_none() => {
                // If it was not for the keys, this fails the same way.
                let config = self.environment(Some("placeholder"))?;
                eprint(&format!("note: {error}"));
                eprint("note: signed with placeholder keys; nothing is sent");
                config
            }
            Err(error) => {
                return Err(CliError::from(error).hint("use --sim to try it without keys"));
            }
            Ok(config) => config,
        };
        match &self.endpoint {
            None => Ok(config),
            Some(endpoint) => config
                .endpoint(endpoint)
                .map_err(|error| CliError::usage(format!("--endpoint: {error}"))),
        }
    }

    /// The configuration of the environment; with these keys if there are none.
    fn environment(&self, keys: Option<&str>) -> Result<Config, ConfigError> {
        let usual = environment();
        let variable = |name: &str| match (name, keys) {
            ("COMPSHARE_PUBLIC_KEY" | "COMPSHARE_PRIVATE_KEY", Some(key)) => Some(key.to_owned()),
            // The flag is in its place, so it need not be right.
            ("COMPSHARE_ENDPOINT", _) if self.endpoint.is_some() => None,
            _ => (usual.variable)(name),
        };
        let file = |path: &Path| {
            warn_if_open(path);
            (usual.file)(path)
        };
        let source = Source { variable: &variable, file: &file };
        source.config(self.profile.as_deref())
    }
}

/// Warns of a file of keys that others may read.
fn warn_if_open(path: &Path) {
    #[cfg(unix)]
    if let Ok(metadata) = fs::metadata(path) {
        use std::os::unix::fs::PermissionsExt as _;

        if let Some(warning) = profile::open_to_others(path, metadata.permissions().mode()) {
            eprint(&format!("warning: {warning}"));
        }
    }
    #[cfg(not(unix))]
    let _ = path;
}

fn split(text: &str) -> Result<(String, String), CliError> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(CliError::usage("--param needs a name and a value; use --param KEY=VALUE")),
    }
}

fn seconds(text: &str) -> Result<Duration, CliError> {
    let seconds = text.parse().ok().filter(|seconds: &f64| *seconds > 0.0 && *seconds <= 86_400.0);
    let duration = seconds.map(Duration::from_secs_f64).filter(|duration| !duration.is_zero());
    duration.ok_or_else(|| {
        CliError::usage(format!(
            "--timeout: {text:?} is not a valid timeout; use seconds, such as 30 or 2.5, up to \
             86400"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_seconds_with_or_without_a_fraction() {
        assert_eq!(seconds("2.5").unwrap(), Duration::from_millis(2500));
        for text in ["0", "-1", "NaN", "inf", "1e-12", "86401", "30s", ""] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_parameter_is_split_at_its_first_equals_sign() {
        assert_eq!(split("K=a=b").unwrap(), ("K".to_owned(), "a=b".to_owned()));
        assert_eq!(split("K=").unwrap(), ("K".to_owned(), String::new()));
        assert!(split("=v").is_err());
        assert!(split("secret").is_err_and(|error| !error.text().contains("secret")));
    }
}
