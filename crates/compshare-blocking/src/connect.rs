//! What happens before a request can be sent, marked so that its failures can be told apart, and a
//! connection that tells when it breaks.

use std::{error::Error as StdError, fmt, io, time::Instant};

use http::Uri;
use ureq::{
    Error,
    config::Config,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{
            Buffers, ConnectionDetails, Connector, DefaultConnector, NextTimeout, Transport,
        },
    },
};

/// A connection did not come about, so nothing was sent.
#[derive(Debug)]
pub(crate) struct NotConnected(pub(crate) Error);

impl NotConnected {
    fn marker(error: Error) -> Error {
        match error {
            // That of the proxy's own connection, below this one.
            Error::Other(marked) if marked.is::<Self>() => Error::Other(marked),
            error => Error::Other(Box::new(Self(error))),
        }
    }
}

impl fmt::Display for NotConnected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Error::Timeout(_) => f.write_str("no connection in time"),
            Error::Io(error) => error.fmt(f),
            error => error.fmt(f),
        }
    }
}

impl StdError for NotConnected {}

/// PollPolicy no name up. [`Connect`] does so where a connection is needed, within its time: the HTTP library
/// would look a name up for each request, even for one that goes over a kept connection.
#[derive(Debug)]
pub(crate) struct Later;

impl Resolver for Later {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        Ok(self.empty())
    }
}

/// PollPolicy the name up, and connects (TCP, proxy, TLS), all within the time to connect.
#[derive(Debug, Default)]
pub(crate) struct Connect<R = DefaultResolver> {
    names: R,
    inner: DefaultConnector,
}

#[cfg(test)]
impl<R> Connect<R> {
    /// With names looked up in another way.
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
        // A proxy looks names up by itself; its own comes by here on its own.
        let addrs = match details.config.proxy() {
            Some(_) => details.resolver.empty(),
            None => {
                let found = self.names.resolve(details.uri, details.config, details.timeout);
                found.map_err(NotConnected::marker)?
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
            // The TLS settings are the same for all requests, so they are made once.
            request_level: false,
            resolver: details.resolver,
            now: (details.current_time)(),
            timeout,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        let connected = self.inner.connect(&details, chained).map_err(NotConnected::marker)?;
        Ok(connected.map(Whole))
    }
}

/// A connection whose breaking is always an error.
///
/// The HTTP library takes a reset, and TLS that ends without saying so, for the end of a body that has
/// no length.
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
            // Of another kind, with the same text.
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
