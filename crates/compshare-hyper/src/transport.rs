//! `Transport`: what carries a client's requests.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use compshare_proto::machine::Failure;
use tokio::io::{AsyncWrite, AsyncWriteExt as _};

/// Carries one request to the server, and its response back.
///
/// # At most once
///
/// A transport sends each request **at most once**. This rule keeps an action of
/// [`Effect::Once`](compshare_proto::Effect::Once) from being carried out twice: the client retries, and
/// only it knows what may be repeated. Turn off the retries of the HTTP stack, and use no middleware or
/// proxy that retries. A stack may switch to another connection only if no byte of the request has been
/// written. libcurl sends a request again if a reused connection ends without a response, so turn its reuse
/// off (`CURLOPT_FORBID_REUSE`).
///
/// With a transport that retries, a lost response creates a second instance, and the client reports one
/// success.
///
/// # Closures
///
/// A closure is a transport. Use one to bring an HTTP stack of your own, or to test without a network. To implement it for a type, use the `async_trait` attribute.
///
/// ```
/// use bytes::Bytes;
/// use compshare_hyper::{Client, Config, Credentials, Raw, machine::Failure};
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let transport = |request: http::Request<Bytes>, _timeout: Duration| async move {
///     assert!(request.body().starts_with(b"Action=DescribeCompShareImages"));
///     Ok::<_, Failure>(http::Response::new(Bytes::from_static(br#"{"RetCode":0,"TotalCount":7}"#)))
/// };
/// let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
/// let client = Client::builder(config).transport(transport).build()?;
/// let response = client.send(Raw::new("DescribeCompShareImages")).await?;
/// assert_eq!(response["TotalCount"], 7);
/// # Ok(())
/// # }
/// ```
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends the request once, and returns the response whatever its status. It does not follow redirects.
    ///
    /// # Errors
    ///
    /// No response came, or none within `timeout`. The [`Failure`] says how far the request got; if that is
    /// not known, it must say [`MaybeSent`](compshare_proto::Delivery::MaybeSent).
    async fn exchange(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, Failure>;

    /// Like [`exchange`](Self::exchange), but if the response is a success whose headers `accept` approves,
    /// writes its body to `writer` and returns the response with an empty body.
    ///
    /// This default holds the whole body in memory; a transport may write it as it arrives.
    ///
    /// # Errors
    ///
    /// Those of [`exchange`](Self::exchange). Once something is written, a failure must say
    /// [`Answered`](compshare_proto::Delivery::Answered), so that it is not written again.
    async fn exchange_into(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
        accept: for<'a> fn(&'a http::HeaderMap) -> bool,
        writer: &mut (dyn AsyncWrite + Send + Unpin),
    ) -> Result<http::Response<Bytes>, Failure> {
        let mut response = self.exchange(request, timeout).await?;
        if response.status().is_success() && accept(response.headers()) {
            let body = std::mem::take(response.body_mut());
            writer.write_all(&body).await.map_err(Failure::answered)?;
            writer.flush().await.map_err(Failure::answered)?;
        }
        Ok(response)
    }
}

#[async_trait]
impl<F, R> Transport for F
where
    F: Fn(http::Request<Bytes>, Duration) -> R + Send + Sync,
    R: Future<Output = Result<http::Response<Bytes>, Failure>> + Send,
{
    async fn exchange(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, Failure> {
        self(request, timeout).await
    }
}
