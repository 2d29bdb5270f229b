//! `Client`: sends actions and waits for their answers.

use std::{
    fmt,
    hash::{BuildHasher, RandomState},
    io::Write,
    sync::Arc,
    thread,
    time::{Duration, Instant, SystemTime},
};

use bytes::Bytes;
use compshare_proto::{
    Action, Condition, Config, CsvFile, Error, Listing, Response,
    error::{ConfigError, WaitError},
    machine::{Call, Failure, Input, Machine, Output, Wait},
};

use crate::{Cancel, HttpTransport, Items, Pages, Transport, files, log::Log};

type Exchanged = Result<http::Response<Bytes>, Failure>;

/// Sends actions and waits for their answers.
///
/// Clones share their connections. A client made by [`Client::region`] and the like is another one
/// over the same connections.
#[derive(Clone)]
pub struct Client {
    config: Config,
    transport: Arc<dyn Transport>,
}

impl Client {
    /// A client with the keys and defaults of the environment, else of the official CLI's profile
    /// file; see [`Source::config`](compshare_proto::profile::Source::config) for what is read.
    ///
    /// # Errors
    ///
    /// No keys, a broken profile file, or a proxy that cannot be used; the text says what to set.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::builder(files::environment().config(None)?).build()
    }

    /// Like [`Client::from_env`], with the keys of that profile.
    ///
    /// # Errors
    ///
    /// Those of [`Client::from_env`], and a profile that the file lacks.
    pub fn from_profile(profile: &str) -> Result<Self, ConfigError> {
        Self::builder(files::environment().config(Some(profile))?).build()
    }

    /// A client of that configuration.
    ///
    /// # Errors
    ///
    /// A proxy in the environment that cannot be used.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        Self::builder(config).build()
    }

    /// Starts a client with a transport of its own, or other settings of the usual one.
    pub fn builder(config: Config) -> Builder {
        Builder { config, transport: None, root_certificates: None }
    }

    /// A client with that default region.
    #[must_use]
    pub fn region(self, region: impl Into<String>) -> Self {
        self.with(|config| config.region(region))
    }

    /// A client with that default zone.
    #[must_use]
    pub fn zone(self, zone: impl Into<String>) -> Self {
        self.with(|config| config.zone(zone))
    }

    /// A client with that default project.
    #[must_use]
    pub fn project_id(self, project_id: impl Into<String>) -> Self {
        self.with(|config| config.project_id(project_id))
    }

    /// A client with another configuration over the same connections.
    ///
    /// What the transport took when it was built stays: connect timeout, limits of responses and
    /// connections. Whether a request goes through a proxy is decided by its endpoint.
    #[must_use]
    pub fn with(self, change: impl FnOnce(Config) -> Config) -> Self {
        Self { config: change(self.config), transport: self.transport }
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Sends an action and waits for its answer; repeats it where its effect allows.
    ///
    /// # Errors
    ///
    /// A request that cannot be built, no answer, a refusal, or an answer that cannot be read.
    /// [`Error::may_have_acted`] says whether the action may have been carried out anyway;
    /// [`Error::delivery`] says only whether the request was sent and answered.
    pub fn send<A: Action>(&self, action: A) -> Result<Response<A::Response>, Error> {
        let config = self.config.clone();
        self.drive(&mut Call::new(config, action, SystemTime::now(), seed()))
    }

    /// Walks a list page by page; nothing is sent before the first page is asked for.
    pub fn pages<A: Listing>(&self, action: A) -> Pages<A> {
        Pages::new(self.clone(), action)
    }

    /// Walks a list row by row, through as many pages as it takes.
    ///
    /// Each row comes once. Where fewer come than the list says that it has, an error comes after them;
    /// [`DecodeError::rows`](compshare_proto::error::DecodeError::rows) says how many of how many came. So a list whose
    /// total counts rows that the server does not show ends in that error each time.
    pub fn items<A: Listing>(&self, action: A) -> Items<A> {
        Items::new(self.pages(action))
    }

    /// Waits for a condition with the usual patience.
    ///
    /// # Errors
    ///
    /// The time was up, the condition became hopeless, or a look was refused; how things stood is in it.
    pub fn wait<G: Condition>(&self, condition: G) -> Result<G::Done, WaitError> {
        self.drive(&mut self.waiting(condition))
    }

    /// The machine that waits for a condition, to be given another patience or a watcher, and then to
    /// [`Client::drive`] or [`Client::drive_unless`].
    pub fn waiting<G: Condition>(&self, condition: G) -> Wait<G> {
        Wait::new(self.config.clone(), condition, SystemTime::now(), seed())
    }

    /// Sends an action that is answered with a file, and writes the file as it comes in; the response
    /// has its name, and no content.
    ///
    /// It may take as long as [`Config::call_timeout`], and be larger than [`Config::max_response`]. A
    /// failure after something was written is not repeated: discard what there is.
    ///
    /// # Errors
    ///
    /// Those of [`Client::send`], and those of the writer.
    pub fn download<A>(
        &self,
        action: A,
        writer: &mut impl Write,
    ) -> Result<Response<CsvFile>, Error>
    where
        A: Action<Response = CsvFile>,
    {
        let config = self.config.clone().attempt_timeout_from_call();
        let mut call = Call::new(config, action, SystemTime::now(), seed());
        self.turns(&mut call, |request, timeout| {
            self.transport.exchange_into(request, timeout, &CsvFile::is_in, writer)
        })
    }

    /// Takes turns with a machine until it ends.
    ///
    /// Each call begins at the machine's start: a machine that was given up half-way begins anew, though
    /// what it sent may have been carried out ([`SendOnce`](compshare_proto::machine::SendOnce) looks first).
    pub fn drive<M: Machine>(&self, machine: &mut M) -> M::End {
        self.turns(machine, |request, timeout| self.transport.exchange(request, timeout))
    }

    fn turns<M: Machine>(
        &self,
        machine: &mut M,
        mut exchange: impl FnMut(http::Request<Bytes>, Duration) -> Exchanged,
    ) -> M::End {
        let (mut log, mut input) = (Log::default(), Input::Start);
        let _entered = Log::span(machine).entered();
        loop {
            let output = machine.step(Instant::now(), input);
            log.decided(&output);
            input = match output {
                Output::Transmit { request, timeout } => {
                    let began = Instant::now();
                    let exchanged = exchange(request, timeout);
                    let input = exchanged.map_or_else(Input::Failed, Input::Response);
                    log.exchanged(machine, began, &input);
                    input
                }
                Output::Sleep(delay) => {
                    thread::sleep(delay);
                    Input::Woke
                }
                Output::End(end) => return end,
            };
        }
    }

    /// Takes turns with a machine until it ends, or until it is cancelled: then `None`.
    ///
    /// A request that is under way is seen to its end first; a sleep is broken off. After `None` the
    /// server may have acted on what was sent.
    pub fn drive_unless<M: Machine>(&self, cancel: &Cancel, machine: &mut M) -> Option<M::End> {
        let (mut log, mut input) = (Log::default(), Input::Start);
        let _entered = Log::span(machine).entered();
        loop {
            let output = machine.step(Instant::now(), input);
            log.decided(&output);
            input = match output {
                Output::End(end) => return Some(end),
                _ if cancel.is_cancelled() => return None,
                Output::Transmit { request, timeout } => {
                    let began = Instant::now();
                    let exchanged = self.transport.exchange(request, timeout);
                    let input = exchanged.map_or_else(Input::Failed, Input::Response);
                    log.exchanged(machine, began, &input);
                    input
                }
                Output::Sleep(delay) if cancel.sleep(delay) => return None,
                Output::Sleep(_) => Input::Woke,
            };
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("config", &self.config).finish_non_exhaustive()
    }
}

/// A number that is hard to guess, to spread the delays between attempts.
pub(crate) fn seed() -> u64 {
    RandomState::new().hash_one(0)
}

/// Settings of a client's transport.
#[must_use]
pub struct Builder {
    config: Config,
    transport: Option<Arc<dyn Transport>>,
    root_certificates: Option<Vec<Vec<u8>>>,
}

impl Builder {
    /// Carries the calls by this transport; a closure will do.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Trusts these certificates (DER) instead of the platform's, for a gateway of your own.
    pub fn root_certificates(
        mut self,
        certificates: impl IntoIterator<Item = impl Into<Vec<u8>>>,
    ) -> Self {
        self.root_certificates = Some(certificates.into_iter().map(Into::into).collect());
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// A proxy in the environment that cannot be used.
    pub fn build(self) -> Result<Client, ConfigError> {
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(HttpTransport::new(
                &self.config,
                self.root_certificates,
                files::environment().proxies(),
            )?),
        };
        Ok(Client { config: self.config, transport })
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("config", &self.config).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_may_be_shared_between_threads() {
        fn shared<T: Clone + Send + Sync + 'static>() {}
        shared::<Client>();
    }
}
