//! The two clients behind one face.

use std::{collections::VecDeque, sync::Arc, sync::Mutex, time::Duration};

use bytes::Bytes;
use compshare_proto::{Action, Config, Error, Response, machine::Failure, profile::Proxies};

pub(crate) type Exchanged = Result<http::Response<Bytes>, Failure>;

/// One of the two clients, with a runtime of its own where it needs one.
#[derive(Debug)]
pub(crate) enum Client {
    Blocking(compshare_blocking::Client),
    Hyper(tokio::runtime::Runtime, compshare_hyper::Client),
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

impl Client {
    /// Both clients, over a transport of the test's own.
    pub(crate) fn both_over(
        config: &Config,
        transport: impl Fn(http::Request<Bytes>) -> Exchanged + Send + Sync + Clone + 'static,
    ) -> [Self; 2] {
        let own = transport.clone();
        let blocking = compshare_blocking::Client::builder(config.clone())
            .transport(move |request, _: Duration| own(request));
        let hyper = compshare_hyper::Client::builder(config.clone()).transport(
            move |request: http::Request<Bytes>, _: Duration| {
                let exchanged = transport(request);
                async move { exchanged }
            },
        );
        [Self::Blocking(blocking.build().unwrap()), Self::Hyper(runtime(), hyper.build().unwrap())]
    }

    /// Both clients, over the network.
    pub(crate) fn both(config: &Config, roots: Option<&[u8]>, proxies: Proxies) -> [Self; 2] {
        let roots = roots.map(|root| vec![root.to_vec()]);
        let blocking =
            compshare_blocking::HttpTransport::new(config, roots.clone(), proxies.clone());
        let hyper = compshare_hyper::HttpTransport::new(config, roots, proxies);
        let blocking =
            compshare_blocking::Client::builder(config.clone()).transport(blocking.unwrap());
        let hyper = compshare_hyper::Client::builder(config.clone()).transport(hyper.unwrap());
        [Self::Blocking(blocking.build().unwrap()), Self::Hyper(runtime(), hyper.build().unwrap())]
    }

    pub(crate) fn send<A: Action>(&self, action: A) -> Result<Response<A::Response>, Error> {
        match self {
            Self::Blocking(client) => client.send(action),
            Self::Hyper(runtime, client) => runtime.block_on(client.send(action)),
        }
    }
}

/// A transport that answers by a script, and keeps the bodies of what it was given.
#[derive(Clone)]
pub(crate) struct Script {
    responses: Arc<Mutex<VecDeque<Exchanged>>>,
    bodies: Arc<Mutex<Vec<Bytes>>>,
}

impl Script {
    pub(crate) fn new(responses: impl IntoIterator<Item = Exchanged>) -> Self {
        Self {
            responses: Arc::new(Mutex::new(responses.into_iter().collect())),
            bodies: Arc::default(),
        }
    }

    pub(crate) fn exchange(&self, request: http::Request<Bytes>) -> Exchanged {
        self.bodies.lock().unwrap().push(request.into_body());
        self.responses.lock().unwrap().pop_front().expect("a response for each request")
    }

    /// What was sent.
    pub(crate) fn bodies(&self) -> Vec<Bytes> {
        self.bodies.lock().unwrap().clone()
    }
}

/// A response with a request id.
pub(crate) fn response(status: u16, body: impl Into<Bytes>) -> Exchanged {
    let response =
        http::Response::builder().status(status).header("X-UCLOUD-REQUEST-UUID", "id-6f1c");
    Ok(response.body(body.into()).unwrap())
}
