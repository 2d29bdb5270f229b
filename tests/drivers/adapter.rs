//! The two clients behind one face, so that each case is written once.

use std::time::Duration;

use bytes::Bytes;
use compshare_proto::{
    Action, Config, Credentials, CsvFile, Error, Listing, Response, RetryPolicy,
    actions::DownloadTeamOrder, profile::Proxies,
};
use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY, Sim};

/// One of the two clients, with a runtime of its own where it needs one.
pub(crate) enum Adapter {
    Blocking(compshare_blocking::Client),
    Hyper(tokio::runtime::Runtime, compshare_hyper::Client),
}

/// How a client reaches its server, beside the configuration.
#[derive(Clone, Default)]
pub(crate) struct Route {
    pub(crate) root_certificates: Option<Vec<Vec<u8>>>,
    pub(crate) proxies: Proxies,
}

impl Adapter {
    /// Both clients of that configuration.
    pub(crate) fn both(config: &Config) -> [Self; 2] {
        Self::both_by(config, &Route::default())
    }

    /// Both clients of that configuration and route.
    pub(crate) fn both_by(config: &Config, route: &Route) -> [Self; 2] {
        let Route { root_certificates: roots, proxies } = route;
        let blocking =
            compshare_blocking::HttpTransport::new(config, roots.clone(), proxies.clone());
        let blocking = compshare_blocking::Client::builder(config.clone())
            .transport(blocking.unwrap())
            .build();
        let hyper = compshare_hyper::HttpTransport::new(config, roots.clone(), proxies.clone());
        let hyper =
            compshare_hyper::Client::builder(config.clone()).transport(hyper.unwrap()).build();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        [Self::Blocking(blocking.unwrap()), Self::Hyper(runtime.unwrap(), hyper.unwrap())]
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Blocking(_) => "blocking",
            Self::Hyper(..) => "hyper",
        }
    }

    pub(crate) fn send<A: Action>(&self, action: A) -> Result<Response<A::Response>, Error> {
        match self {
            Self::Blocking(client) => client.send(action),
            Self::Hyper(runtime, client) => runtime.block_on(client.send(action)),
        }
    }

    /// Fetches a file, and writes it as it comes.
    pub(crate) fn download(
        &self,
        action: DownloadTeamOrder,
        written: &mut Vec<u8>,
    ) -> Result<Response<CsvFile>, Error> {
        match self {
            Self::Blocking(client) => client.download(action, written),
            Self::Hyper(runtime, client) => runtime.block_on(client.download(action, written)),
        }
    }

    /// Number of rows of each page, up to the end or the first error.
    pub(crate) fn page_sizes<A>(&self, action: A) -> Vec<usize>
    where
        A: Listing<Response: Send> + Clone + Send + 'static,
    {
        match self {
            Self::Blocking(client) => {
                let pages = client.pages(action.clone());
                pages.map_while(|page| Some(action.rows(&*page.ok()?).len())).collect()
            }
            Self::Hyper(runtime, client) => runtime.block_on(async {
                let (mut pages, mut sizes) = (client.pages(action.clone()), Vec::new());
                while let Some(Ok(page)) = pages.next().await {
                    sizes.push(action.rows(&page).len());
                }
                sizes
            }),
        }
    }

    /// Every row, and the error that ended the list, if one did.
    pub(crate) fn rows<A>(&self, action: A) -> (Vec<A::Item>, Option<Error>)
    where
        A: Listing<Response: Send> + Send + 'static,
    {
        let (mut rows, mut failed) = (Vec::new(), None);
        let mut note = |row: Result<A::Item, Error>| match row {
            Ok(row) => rows.push(row),
            Err(error) => failed = Some(error),
        };
        match self {
            Self::Blocking(client) => client.items(action).for_each(&mut note),
            Self::Hyper(runtime, client) => runtime.block_on(async {
                let mut items = client.items(action);
                while let Some(row) = items.next().await {
                    note(row);
                }
            }),
        }
        (rows, failed)
    }
}

/// A configuration for the simulator, with delays that no test has to wait for.
pub(crate) fn config(endpoint: &str) -> Config {
    config_of(endpoint, PRIVATE_KEY)
}

/// Like [`config`], with another private key.
pub(crate) fn config_of(endpoint: &str, private_key: &str) -> Config {
    let mut retry = RetryPolicy::default();
    retry.base_delay = Duration::from_millis(1);
    Config::new(Credentials::new(PUBLIC_KEY, private_key))
        .region("cn-wlcb")
        .zone("cn-wlcb-01")
        .retry(retry)
        .allow_plain_http()
        .endpoint(endpoint)
        .unwrap()
}

/// Runs a case on each client, each with a simulator of its own.
pub(crate) fn each(case: impl FnMut(&Sim, &Adapter)) {
    each_with(|config| config, case);
}

/// Like [`each`], with another configuration.
pub(crate) fn each_with(change: impl Fn(Config) -> Config, mut case: impl FnMut(&Sim, &Adapter)) {
    for which in 0..2 {
        let sim = Sim::start().unwrap();
        let adapter = &Adapter::both(&change(config(sim.endpoint())))[which];
        println!("{}", adapter.name());
        case(&sim, adapter);
        assert_eq!(sim.faults_left(), 0, "a fault was not met");
    }
}

/// An error with all its causes, as a reporter prints it.
pub(crate) fn report(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// A response with that body.
pub(crate) fn response(body: &'static str) -> http::Response<Bytes> {
    http::Response::new(Bytes::from_static(body.as_bytes()))
}
