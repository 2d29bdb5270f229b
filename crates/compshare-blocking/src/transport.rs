//! `Transport`: what carries a client's requests.

use std::{io::Write, time::Duration};

use bytes::Bytes;
use compshare_proto::machine::Failure;

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
/// A closure is a transport. Use one to bring an HTTP stack of your own, or to test without a network:
///
/// ```
/// use bytes::Bytes;
/// use compshare_blocking::{Client, Config, Credentials, Raw, machine::Failure};
/// use std::{io::Write, time::Duration};
///
/// let transport = |request: http::Request<Bytes>, _timeout: Duration| {
///     assert!(request.body().starts_with(b"Action=DescribeCompShareImages"));
///     Ok::<_, Failure>(http::Response::new(Bytes::from_static(br#"{"RetCode":0,"TotalCount":7}"#)))
/// };
/// let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
/// let client = Client::builder(config).transport(transport).build()?;
/// let response = client.send(Raw::new("DescribeCompShareImages"))?;
/// assert_eq!(response["TotalCount"], 7);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Transport: Send + Sync {
    /// Sends the request once, and returns the response whatever its status. It does not follow redirects.
    ///
    /// # Errors
    ///
    /// No response came, or none within `timeout`. The [`Failure`] says how far the request got; if that is
    /// not known, it must say [`MaybeSent`](compshare_proto::Delivery::MaybeSent).
    fn exchange(
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
    fn exchange_into(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
        accept: &dyn Fn(&http::HeaderMap) -> bool,
        writer: &mut dyn Write,
    ) -> Result<http::Response<Bytes>, Failure> {
        let mut response = self.exchange(request, timeout)?;
        if response.status().is_success() && accept(response.headers()) {
            let body = std::mem::take(response.body_mut());
            writer.write_all(&body).map_err(Failure::answered)?;
        }
        Ok(response)
    }
}

impl<F> Transport for F
where
    F: Fn(http::Request<Bytes>, Duration) -> Result<http::Response<Bytes>, Failure> + Send + Sync,
{
    fn exchange(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, Failure> {
        self(request, timeout)
    }
}
