//! What is still being sent when the answer is there.
//!
//! Whoever writes a whole request before they read would find the connection reset, and never hear why (RFC 9112 §9.6).

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::Version;
use axum::http::header::EXPECT;
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Bytes, Frame, Incoming, SizeHint};
use tokio::runtime::Handle;

/// For how long it is read.
pub(super) const LONGEST: Duration = Duration::from_secs(10);
/// How much of it is read, in bytes.
pub(super) const MOST: usize = 16 * 1024 * 1024;

/// A request whose body is read to its end within bounds, whether or not somebody wants it. Over HTTP/2 the rest is declined without
/// harm to the connection, and a client that waits for leave to send has sent nothing.
pub(super) fn request(request: hyper::Request<Incoming>) -> Request {
    let declines = request.version() >= Version::HTTP_2 || request.headers().contains_key(EXPECT);
    if declines { request.map(Body::new) } else { request.map(|body| Body::new(Lingering(Some(body)))) }
}

/// A body until its end was seen.
struct Lingering(Option<Incoming>);

impl HttpBody for Lingering {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let Some(body) = &mut self.0 else { return Poll::Ready(None) };
        let frame = ready!(Pin::new(body).poll_frame(context));
        if !matches!(frame, Some(Ok(_))) {
            self.0 = None;
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.as_ref().map_or_else(|| SizeHint::with_exact(0), HttpBody::size_hint)
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        if let Some(rest) = self.0.take().filter(|body| !body.is_end_stream())
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(tokio::time::timeout(LONGEST, throw_away(rest)));
        }
    }
}

async fn throw_away(mut body: Incoming) {
    let mut read = 0;
    while let Some(Ok(frame)) = body.frame().await {
        read += frame.data_ref().map_or(0, Bytes::len);
        if read > MOST {
            return;
        }
    }
}
