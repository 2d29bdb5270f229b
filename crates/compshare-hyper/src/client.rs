//! `Client`: sends actions and awaits their responses.

use std::{
    fmt,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU32, Ordering},
    },
    time::SystemTime,
};

use compshare_proto::{
    Action, Condition, Config, CsvFile, Error, Listing, Response,
    actions::{DescribeCompShareGpuInventory, DescribeCompShareSupportZone},
    error::{ConfigError, OnceError, WaitError},
    inventory::Inventory,
    machine::{Call, Machine, SendOnce, Wait},
    once::{CreateOnce, Created},
    types::SupportZone,
};
use tokio::io::AsyncWrite;

use crate::{
    driver::Driver,
    environment,
    http_transport::HttpTransport,
    pages::{Items, Pages},
    transport::Transport,
};

/// Sends actions and awaits their responses.
///
/// Clones share their connections, and so do the clients that [`Client::region`] and the like return.
#[derive(Clone)]
pub struct Client {
    config: Config,
    driver: Driver,
}

impl Client {
    /// Returns a client with the keys and defaults of the environment, else of the official CLI's
    /// profile file; [`Source::config`](compshare_proto::profile::Source::config) lists what is read.
    ///
    /// # Errors
    ///
    /// There are no keys, the profile file is invalid, or the proxy cannot be used. The text says what to
    /// set.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::builder(environment().config(None)?).build()
    }

    /// Like [`Client::from_env`], with the keys of the named profile.
    ///
    /// # Errors
    ///
    /// Those of [`Client::from_env`], and a profile that the file does not have.
    pub fn from_profile(profile: &str) -> Result<Self, ConfigError> {
        Self::builder(environment().config(Some(profile))?).build()
    }

    /// Returns a client with that configuration.
    ///
    /// # Errors
    ///
    /// The proxy in the environment cannot be used, or the platform has no root certificates.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        Self::builder(config).build()
    }

    /// Starts a client with a transport of your own, or with other settings of the usual one.
    pub fn builder(config: Config) -> Builder {
        Builder { config, transport: None, root_certificates: None }
    }

    /// Returns a client with that default region.
    #[must_use]
    pub fn region(self, region: impl Into<String>) -> Self {
        self.with(|config| config.region(region))
    }

    /// Returns a client with that default zone.
    #[must_use]
    pub fn zone(self, zone: impl Into<String>) -> Self {
        self.with(|config| config.zone(zone))
    }

    /// Returns a client with that default project.
    #[must_use]
    pub fn project_id(self, project_id: impl Into<String>) -> Self {
        self.with(|config| config.project_id(project_id))
    }

    /// Returns a client with another configuration over the same connections.
    ///
    /// Settings that the transport read when it was built do not change: connect timeout, response and
    /// connection limits. The endpoint decides whether a request goes through a proxy.
    #[must_use]
    pub fn with(self, change: impl FnOnce(Config) -> Config) -> Self {
        Self { config: change(self.config), driver: self.driver }
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Sends an action and returns its response; retries it where its effect allows.
    ///
    /// The fields of the response are reached through `Deref`. To keep them, take the response apart with
    /// [`Response::into_body`]:
    ///
    /// ```no_run
    /// # use compshare_hyper::{
    ///     Client, Error, actions::DescribeCompShareImages, types::CompShareImage,
    /// };
    /// # async fn images(client: Client) -> Result<Vec<CompShareImage>, Error> {
    /// let response = client.send(DescribeCompShareImages::new()).await?;
    /// println!("{} images", response.total_count.unwrap_or_default());
    /// Ok(response.into_body().image_set)
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The request cannot be built, no response came, the server refused, or the response cannot be read.
    /// [`Error::may_have_acted`] says whether the action may have been carried out all the same.
    pub async fn send<A: Action>(&self, action: A) -> Result<Response<A::Response>, Error> {
        self.drive(&mut self.start(Call::new, action)).await
    }

    /// Lists the regions and zones of the platform. The client needs no region for it.
    ///
    /// # Errors
    ///
    /// As [`Client::send`].
    pub async fn zones(&self) -> Result<Vec<SupportZone>, Error> {
        // The action requires a region. Production does not check it, and the documented response lists the
        // zones of all regions.
        let zones = DescribeCompShareSupportZone::new().region("cn-wlcb");
        Ok(self.send(zones).await?.into_body().zone_info)
    }

    /// Counts the free GPUs of every zone, one call for the zones and one for each region. The client needs
    /// no region for it.
    ///
    /// ```no_run
    /// # async fn example(client: compshare_hyper::Client) -> Result<(), compshare_hyper::Error> {
    /// for (zone, free) in client.inventory().await?.in_stock("4090") {
    ///     println!("{} in {}: {free}", zone.zone, zone.region);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::send`].
    pub async fn inventory(&self) -> Result<Inventory, Error> {
        let every_zone = self.clone().zone("");
        let mut inventory = Inventory::new(self.zones().await?);
        for region in inventory.clone().regions() {
            let counts = DescribeCompShareGpuInventory::new().region(region);
            inventory.add(&*every_zone.send(counts).await?);
        }
        Ok(inventory)
    }

    /// Lists page by page; the first page is requested when it is asked for.
    pub fn pages<A: Listing<Response: Send> + Send + 'static>(&self, action: A) -> Pages<A> {
        Pages::new(self.driver.clone(), self.start(compshare_proto::machine::Pages::new, action))
    }

    /// Lists row by row, over as many pages as it takes.
    ///
    /// Each row comes once. If fewer rows come than the list says there are, an error follows them, and
    /// [`DecodeError::rows`](compshare_proto::error::DecodeError::rows) has both numbers. A list whose total
    /// counts rows that the server does not show ends in that error each time.
    pub fn items<A: Listing<Response: Send> + Send + 'static>(&self, action: A) -> Items<A> {
        Items::new(self.pages(action))
    }

    /// Waits for a condition with the usual poll intervals and deadline; dropping the future ends the wait.
    ///
    /// # Errors
    ///
    /// The deadline passed, the condition failed, or a poll was refused; the error holds the last state.
    pub async fn wait<G: Condition>(&self, condition: G) -> Result<G::Done, WaitError> {
        self.drive(&mut self.waiting(condition)).await
    }

    /// Returns the machine that waits for a condition, to set its intervals or to watch it; then pass it
    /// to [`Client::drive`].
    pub fn waiting<G: Condition>(&self, condition: G) -> Wait<G> {
        self.start(Wait::new, condition)
    }

    /// Sends an action that creates something, and makes sure that it is created once even if the
    /// response is lost.
    ///
    /// It appends a random marker to a text parameter of the action (see [`CreateOnce`]). If the response is
    /// lost, it polls the list for the marker. If the marker has not appeared by the time the server must
    /// have finished (2 minutes, [`PollPolicy::in_flight`](compshare_proto::PollPolicy::in_flight)), it may send the
    /// request again. The whole call ends within [`Config::call_timeout`] if that is set, else within
    /// 5 minutes. [`SendOnce`] says how much time it needs, and what the API cannot guarantee.
    ///
    /// ```no_run
    /// use compshare_hyper::{Client, actions::CreateCompShareInstance, error::OnceError};
    ///
    /// # async fn rent(client: Client, create: CreateCompShareInstance) {
    /// match client.send_once(create).await {
    ///     Ok(created) => println!("created {}", created.ids.join(", ")),
    ///     Err(OnceError::NotCreated(error)) => println!("nothing was created, try again: {error}"),
    ///     Err(unknown) => println!("check by hand what exists: {unknown}"),
    /// }
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`OnceError::NotCreated`] if nothing was created, and [`OnceError::Unknown`] with the marker if the
    /// polls failed too or time ran out.
    pub async fn send_once<A: CreateOnce>(
        &self,
        action: A,
    ) -> Result<Created<A::Response>, OnceError> {
        self.drive(&mut self.sending_once(action)).await
    }

    /// Returns the machine that creates something once, to set its marker or its polls; then pass it to
    /// [`Client::drive`].
    ///
    /// To survive a crash, choose the marker, store it, and then drive the machine:
    /// [`SendOnce::marked`] takes a new marker. After the crash, [`SendOnce::resumed`] takes it again, and
    /// polls for 2 minutes before anything is sent.
    ///
    /// ```no_run
    /// use compshare_hyper::{Client, Marker, actions::CreateCompShareInstance};
    ///
    /// # async fn rent(client: Client, create: CreateCompShareInstance) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut machine = client.sending_once(create).resumed(Marker::new("order-17")?);
    /// let created = client.drive(&mut machine).await?; // one instance, however often this runs
    /// # Ok(())
    /// # }
    /// ```
    pub fn sending_once<A: CreateOnce>(&self, action: A) -> SendOnce<A> {
        SendOnce::new(self.config.clone(), action, SystemTime::now(), random())
    }

    /// Sends an action whose response is a file, and writes the file as it arrives; the response that is
    /// returned has its name and no content.
    ///
    /// It may take as long as [`Config::call_timeout`], and be larger than [`Config::max_response`]. Once
    /// a part is written, a failure is not retried: discard the part.
    ///
    /// # Errors
    ///
    /// Those of [`Client::send`], and those of the writer.
    pub async fn download<A, W>(
        &self,
        action: A,
        writer: &mut W,
    ) -> Result<Response<CsvFile>, Error>
    where
        A: Action<Response = CsvFile>,
        W: AsyncWrite + Send + Unpin,
    {
        let client = self.clone().with(Config::attempt_timeout_from_call);
        client.driver.run(&mut client.start(Call::new, action), Some(writer)).await
    }

    /// Takes turns with a machine until it ends.
    ///
    /// It starts the machine afresh. If an earlier run was given up, what that run sent may still have been
    /// carried out; [`SendOnce`] polls for that first.
    pub async fn drive<M: Machine>(&self, machine: &mut M) -> M::End {
        self.driver.run(machine, None).await
    }

    /// Makes a machine from what the caller wants, the time, and a seed for its delays.
    fn start<X, M>(&self, new: fn(Config, X, SystemTime, u64) -> M, wanted: X) -> M {
        new(self.config.clone(), wanted, SystemTime::now(), seed())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("config", &self.config).finish_non_exhaustive()
    }
}

/// A random number, for a marker.
fn random() -> u64 {
    let mut bytes = [0; 8];
    // Without randomness of the system there is no TLS either, so this is for plain HTTP. A marker
    // also has the time in it.
    let drawn = getrandom::getrandom(&mut bytes);
    drawn.map_or_else(|_| std::process::id().into(), |()| u64::from_ne_bytes(bytes))
}

/// A number for the delays of one machine, different from those of other processes. To draw one each
/// time would take a system call.
fn seed() -> u64 {
    static FIRST: LazyLock<u64> = LazyLock::new(random);
    static NEXT: AtomicU32 = AtomicU32::new(0);
    FIRST.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed).into())
}

/// Settings of a client's transport.
#[must_use]
pub struct Builder {
    config: Config,
    transport: Option<Arc<dyn Transport>>,
    root_certificates: Option<Vec<Vec<u8>>>,
}

impl Builder {
    /// Sends the requests through this transport; a closure is one.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Trusts these certificates (DER) instead of the system's, for a gateway of your own.
    pub fn root_certificates(
        mut self,
        certificates: impl IntoIterator<Item = impl Into<Vec<u8>>>,
    ) -> Self {
        self.root_certificates = Some(certificates.into_iter().map(Into::into).collect());
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// The proxy in the environment cannot be used, or the platform has no root certificates.
    pub fn build(self) -> Result<Client, ConfigError> {
        let roots = self.root_certificates;
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(HttpTransport::new(&self.config, roots, environment().proxies())?),
        };
        Ok(Client { config: self.config, driver: Driver { transport } })
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

    #[test]
    fn a_call_may_be_spawned() {
        fn spawned<T: Send>(_: T) {}
        let config = Config::new(compshare_proto::Credentials::new("public", "private"));
        let transport = |_: http::Request<bytes::Bytes>, _: std::time::Duration| async {
            Err(compshare_proto::machine::Failure::not_sent("no network"))
        };
        let client = Client::builder(config).transport(transport).build().unwrap();
        spawned(client.send(compshare_proto::Raw::new("DescribeCompShareImages")));
        let images =
            || client.items(compshare_proto::actions::DescribeCompShareCustomImages::new());
        spawned(images());
        spawned(images().try_collect::<Vec<_>>());
        let orders = compshare_proto::actions::DownloadTeamOrder::new(1);
        spawned(client.download(orders, &mut Vec::new()));
    }
}
