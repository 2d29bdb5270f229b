//! `Transport`: what carries a client's requests.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use compshare_proto::Failure;

/// Carries one request to the server and its answer back.
///
/// A closure is a transport, which is how to bring an HTTP stack of your own, and how to test without
/// a network. To implement it for a type, use the `async_trait` attribute.
///
/// ```
/// use bytes::Bytes;
/// use compshare_hyper::{Client, Config, Credentials, Failure, Raw};
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
    /// Sends the request, and returns the answer whatever its status; redirects are not followed.
    ///
    /// # Errors
    ///
    /// No answer within `timeout`, or none at all. [`Failure`] says whether the server may have acted;
    /// where that is not known, it must say [`MaybeSent`](compshare_proto::Delivery::MaybeSent).
    async fn exchange(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, Failure>;
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
