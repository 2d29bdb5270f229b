//! `Lane`: a client and its way to a server, and many calls on it at a time.

use std::{
    fmt,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use compshare_proto::{Config, Credentials, RetryPolicy};
use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY, Sim};

use crate::{
    identity::{Authority, Identity},
    proxy::{FaultProxy, Plan},
};

/// Time for one attempt.
pub(crate) const ATTEMPT: Duration = Duration::from_millis(500);
/// Calls at a time.
const CONCURRENCY: usize = 32;

/// Which client carries the calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    Blocking,
    Hyper,
}

/// A client, and whether it speaks TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lane {
    pub(crate) which: Which,
    pub(crate) tls: bool,
}

impl fmt::Display for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wire = if self.tls { "TLS" } else { "plain TCP" };
        write!(f, "{:?} over {wire}", self.which)
    }
}

/// A simulator behind a proxy that makes trouble, for a lane.
pub(crate) struct Course {
    pub(crate) sim: Sim,
    pub(crate) proxy: FaultProxy,
    lane: Lane,
    root: Vec<u8>,
}

impl Course {
    pub(crate) fn new(lane: Lane, plan: impl Plan) -> Self {
        let authority = Authority::new("of the soak");
        let identity: Option<Identity> = lane.tls.then(|| authority.sign("127.0.0.1", |_| {}));
        let sim = Sim::start().unwrap();
        let proxy = FaultProxy::start(sim.address(), plan, identity.as_ref());
        Self { sim, proxy, lane, root: authority.root() }
    }

    /// A client's configuration for calls and attempts of that time.
    fn config(&self, call: Duration, attempt: Duration) -> Config {
        let mut retry = RetryPolicy::default();
        retry.attempts = 12;
        retry.base_delay = Duration::from_millis(5);
        retry.max_delay = Duration::from_millis(100);
        Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY))
            .region("cn-wlcb")
            .zone("cn-wlcb-01")
            .endpoint(self.proxy.endpoint())
            .unwrap()
            .retry(retry)
            .attempt_timeout(attempt)
            .call_timeout(call)
            .max_response(1 << 20)
    }

    /// Makes so many calls on one client, each and each of its attempts of that time at most, and responses
    /// what came of them. Nothing is on its way any more afterwards.
    pub(crate) fn run<T, F>(
        &self,
        calls: usize,
        [time, attempt]: [Duration; 2],
        blocking: impl Fn(&compshare_blocking::Client, usize) -> T + Sync,
        hyper: impl Fn(compshare_hyper::Client, usize) -> F + Clone + Send + 'static,
    ) -> Vec<T>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send,
    {
        let (config, roots) = (self.config(time, attempt), [self.root.clone()]);
        let told = match self.lane.which {
            Which::Blocking => {
                let client = compshare_blocking::Client::builder(config).root_certificates(roots);
                in_threads(&client.build().unwrap(), calls, blocking)
            }
            Which::Hyper => {
                let client = compshare_hyper::Client::builder(config).root_certificates(roots);
                in_tasks(client.build().unwrap(), calls, hyper)
            }
        };
        self.proxy.settle();
        told
    }
}

fn in_threads<T: Send>(
    client: &compshare_blocking::Client,
    calls: usize,
    call: impl Fn(&compshare_blocking::Client, usize) -> T + Sync,
) -> Vec<T> {
    let (next, told) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(calls)));
    thread::scope(|scope| {
        for _ in 0..CONCURRENCY {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= calls {
                        return;
                    }
                    let one = call(client, number);
                    told.lock().unwrap().push(one);
                }
            });
        }
    });
    told.into_inner().unwrap()
}

fn in_tasks<T, F>(
    client: compshare_hyper::Client,
    calls: usize,
    call: impl Fn(compshare_hyper::Client, usize) -> F + Clone + Send + 'static,
) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send,
{
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().unwrap();
    let next = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..CONCURRENCY)
        .map(|_| {
            let (client, call, next) = (client.clone(), call.clone(), Arc::clone(&next));
            runtime.spawn(async move {
                let mut told = Vec::new();
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= calls {
                        return told;
                    }
                    told.push(call(client.clone(), number).await);
                }
            })
        })
        .collect();
    tasks.into_iter().flat_map(|task| runtime.block_on(task).unwrap()).collect()
}
