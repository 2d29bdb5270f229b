//! What happens before a request can be sent, marked so that its failures can be told apart.

use std::{error::Error as StdError, fmt};

use http::Uri;
use ureq::{
    Error,
    config::Config,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{ConnectionDetails, Connector, DefaultConnector, NextTimeout, Transport},
    },
};

/// A connection did not come about, so nothing was sent.
#[derive(Debug)]
pub(crate) struct NotConnected(Error);

impl NotConnected {
    /// Whether the time was up.
    pub(crate) fn timed_out(&self) -> bool {
        matches!(self.0, Error::Timeout(_))
    }

    fn mark(error: Error) -> Error {
        Error::Other(Box::new(Self(error)))
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

/// Looks names up as usual, and marks failures.
#[derive(Debug, Default)]
pub(crate) struct Lookup(DefaultResolver);

impl Resolver for Lookup {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        self.0.resolve(uri, config, timeout).map_err(NotConnected::mark)
    }
}

/// Connects as usual (TCP, proxy, TLS), and marks failures.
#[derive(Debug, Default)]
pub(crate) struct Connect(DefaultConnector);

impl<In: Transport> Connector<In> for Connect
where
    DefaultConnector: Connector<In>,
{
    type Out = <DefaultConnector as Connector<In>>::Out;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        self.0.connect(details, chained).map_err(NotConnected::mark)
    }
}
