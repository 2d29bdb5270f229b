//! `Transport`: what carries a client's requests.

use std::{io::Write, time::Duration};

use bytes::Bytes;
use compshare_proto::machine::Failure;

/// Carries one request to the server and its answer back.
///
/// # At most once
///
/// A transport sends each request **at most once**. This one rule is what keeps an action of
/// [`Effect::Once`](compshare_proto::Effect::Once) from being carried out twice: the client retries, and
/// only it knows what may be repeated. Turn off the retries of the stack below, and put no middleware or
/// proxy in between that retries. A stack may pick another connection only if no byte of the request has
/// been written, as hyper does; libcurl goes further, and sends a request again if a reused connection
/// ends without a response, so there, reuse has to be off (`CURLOPT_FORBID_REUSE`).
///
/// A transport that retries creates a second instance where the response to the first request was lost,
/// and the client reports one success.
///
/// # Closures
///
/// A closure is a transport, which is how to bring an HTTP stack of your own, and how to test without
/// a network:
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
    /// Sends the request, once, and returns the answer whatever its status; redirects are not followed.
    ///
    /// # Errors
    ///
    /// No answer within `timeout`, or none at all. [`Failure`] says how far the request got;
    /// where that is not known, it must say [`MaybeSent`](compshare_proto::Delivery::MaybeSent).
    fn exchange(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, Failure>;

    /// Like [`exchange`](Self::exchange), but where the answer is a success with headers that `accept`
    /// takes, its body goes to `writer` as it comes in, and the response that is returned has none.
    ///
    /// Unless a transport does better, the body is held whole.
    ///
    /// # Errors
    ///
    /// Those of [`exchange`](Self::exchange). Once something was written, a failure must say
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
