//! Sending an action that creates something so that it creates it once.

use std::time::SystemTime;

use compshare_proto::{
    error::OnceError,
    machine::SendOnce,
    once::{CreateOnce, Created},
};

use crate::{Client, client::seed};

impl Client {
    /// Sends an action that creates something, and sees to it that it is created once, whatever becomes
    /// of the answers.
    ///
    /// It puts a random marker behind the text that the action can carry (see [`CreateOnce`]). If the
    /// response is lost, it polls until the marker appears. If the marker has not appeared once the server
    /// must have finished (after 2 minutes, see [`PollPolicy::in_flight`](compshare_proto::PollPolicy)), it may send
    /// again. It takes up to [`Config::call_timeout`](compshare_proto::Config::call_timeout) where
    /// that is set, else up to 5 minutes. See [`SendOnce`] for how much time it needs, and for what the API
    /// cannot guarantee.
    ///
    /// ```no_run
    /// use compshare_hyper::{Client, actions::CreateCompShareInstance, error::OnceError};
    ///
    /// # async fn rent(client: Client, create: CreateCompShareInstance) {
    /// match client.send_once(create).await {
    ///     Ok(created) => println!("created {}", created.ids.join(", ")),
    ///     Err(OnceError::NotCreated(error)) => println!("nothing was created, try again: {error}"),
    ///     Err(unknown) => println!("a person has to look: {unknown}"),
    /// }
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`OnceError::NotCreated`] if nothing was created, and [`OnceError::Unknown`] with the marker if the
    /// looks failed too or time was short.
    pub async fn send_once<A: CreateOnce>(
        &self,
        action: A,
    ) -> Result<Created<A::Response>, OnceError> {
        self.drive(&mut self.sending_once(action)).await
    }

    /// The machine that sends an action once, to be given a marker of one's own or other looks, and then
    /// to [`Client::drive`].
    ///
    /// A program that writes the marker down before it drives the machine can go on after a crash. Take
    /// [`SendOnce::marked`] for a marker that is new, and [`SendOnce::resumed`] after the crash: it polls for
    /// 2 minutes before it sends anything.
    ///
    /// ```no_run
    /// use compshare_hyper::{Client, Marker, actions::CreateCompShareInstance};
    ///
    /// # async fn rent(client: Client, create: CreateCompShareInstance) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut machine = client.sending_once(create).resumed(Marker::new("order-17")?);
    /// let created = client.drive(&mut machine).await?; // however often, one after the other: one instance
    /// # Ok(())
    /// # }
    /// ```
    pub fn sending_once<A: CreateOnce>(&self, action: A) -> SendOnce<A> {
        SendOnce::new(self.config().clone(), action, SystemTime::now(), seed())
    }
}
