//! `Connect`: makes connections, whose failures are told apart from those of requests.

use std::{error::Error as StdError, fmt, io, time::Instant};

use http::Uri;
use ureq::{
    Error,
    config::Config,
    unversioned::{
        resolver::{ResolvedSocketAddrs, Resolver},
        transport::{
            Buffers, ConnectionDetails, Connector, DefaultConnector, NextTimeout, Transport,
        },
    },
};

/// The connection failed, so nothing was sent.
#[derive(Debug)]
pub(crate) struct NotConnected(pub(crate) Error);

impl NotConnected {
    fn wrap(error: Error) -> Error {
        match error {
            // Already wrapped by the connection to the proxy.
            Error::Other(wrapped) if wrapped.is::<Self>() => Error::Other(wrapped),
            error => Error::Other(Box::new(Self(error))),
        }
    }
}

impl fmt::Display for NotConnected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Error::Io(error) => error.fmt(f),
            error => error.fmt(f),
        }
    }
}

impl StdError for NotConnected {}

/// Resolves nothing. [`Connect`] resolves the name when a connection is needed, within its timeout: the
/// HTTP library would resolve it for each request, even for one over an idle connection.
#[derive(Debug)]
pub(crate) struct Later;

impl Resolver for Later {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        Ok(self.empty())
    }
}

/// Resolves the name and connects (TCP, proxy, TLS), all within the connect timeout.
#[derive(Debug)]
pub(crate) struct Connect<R> {
    names: R,
    inner: DefaultConnector,
}

impl<R> Connect<R> {
    /// Connects to the addresses that this resolver finds.
    pub(crate) fn with(names: R) -> Self {
        Self { names, inner: DefaultConnector::default() }
    }
}

impl<R: Resolver> Connector for Connect<R> {
    type Out = Whole;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<Whole>, Error> {
        let began = Instant::now();
        // A proxy resolves the name. Its own name is resolved by a call of its own.
        let addrs = match details.config.proxy() {
            Some(_) => details.resolver.empty(),
            None => {
                let found = self.names.resolve(details.uri, details.config, details.timeout);
                found.map_err(NotConnected::wrap)?
            }
        };
        let mut timeout = details.timeout;
        if !timeout.after.is_not_happening() {
            timeout.after = timeout.after.saturating_sub(began.elapsed()).into();
        }
        let details = ConnectionDetails {
            uri: details.uri,
            addrs,
            config: details.config,
            // All requests share the TLS settings, so they are made once.
            request_level: false,
            resolver: details.resolver,
            now: (details.current_time)(),
            timeout,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        let connected = self.inner.connect(&details, chained).map_err(NotConnected::wrap)?;
        Ok(connected.map(Whole))
    }
}

/// A connection that always reports when it breaks.
///
/// The HTTP library treats a reset, and TLS without a closing alert, as the end of a body without a length.
#[derive(Debug)]
pub(crate) struct Whole(Box<dyn Transport>);

impl Transport for Whole {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.0.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(timeout).map_err(|error| match error {
            // The same text, with a kind that the library does not treat as an end.
            Error::Io(error) => Error::Io(io::Error::other(error)),
            error => error,
        })
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}
