//! Connections: accepting, limits on slow senders, and an orderly end.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::http::header::UPGRADE;
use axum::response::Response;
use futures_util::FutureExt;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{self, AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_io_timeout::TimeoutStream;

use super::live::Live;
use super::patience::{self, Patience};
use super::room::{Places, Room};
use super::{Observer, linger};
use crate::app::App;
use crate::domain::trusted_document;

/// How long a client may take nothing of its answer.
const SLOW: Duration = Duration::from_secs(30);
/// How long a connection too many may take to hear that it is one.
const TURNED_AWAY: Duration = Duration::from_secs(1);
/// Most connections that are told so at a time; of more than those nothing is kept at all.
const MOST_TURNED_AWAY: u32 = 256;
/// What they are told.
const BUSY: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
/// Most requests at a time on one HTTP/2 connection.
const MAX_STREAMS: u32 = 100;
/// Largest head of a request, in bytes.
const MAX_HEAD: u32 = 64 * 1024;
/// How often an HTTP/2 connection is asked whether it still lives.
const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// How long running requests have after the call to stop.
const DRAIN: Duration = Duration::from_secs(30);
/// How long to wait when the system has no more sockets.
const EXHAUSTED: Duration = Duration::from_millis(200);

/// Where a server listens.
pub struct Doors {
    /// For everybody.
    pub public: TcpListener,
    /// For operators: `/metrics`, where they want it.
    pub metrics: Option<TcpListener>,
}

/// Serves the app until `shutdown` completes; then accepts no more connections, lets running requests finish for at most
/// 30 seconds, and cuts the rest.
///
/// # Errors
/// When the listener is not usable from the start. Later failures of single connections are theirs alone.
pub async fn serve(
    app: Arc<App>,
    doors: Doors,
    observer: Option<Observer>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let Doors { public: listener, metrics } = doors;
    tracing::info!(address = %listener.local_addr()?, "listening");
    // Ends with this function.
    let mut background = JoinSet::new();
    background.spawn({
        let app = app.clone();
        async move { app.follow().await }
    });
    if let Err(error) = trusted_document::follow(&app).await {
        tracing::error!(error = %error, "the trusted documents cannot be read; it is tried again");
    }
    let live = Live::new();
    let room = Arc::new(Room::new(app.config.max_connections, app.config.max_operations));
    let turned_away = Places::new(MOST_TURNED_AWAY);
    let (front, for_operators) = super::doors(app, observer, (live.clone(), room.clone()));
    if let Some(listener) = metrics {
        background.spawn(async {
            if let Err(error) = axum::serve(listener, for_operators).await {
                tracing::error!(error = %error, "the metrics are no longer served");
            }
        });
    }
    let connections = GracefulShutdown::new();
    let builder = builder();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let _ = stream.set_nodelay(true);
                    let Some(place) = room.connections.enter() else {
                        turn_away(stream, &turned_away);
                        continue;
                    };
                    let (front, place) = (front.clone(), Arc::new(place));
                    let answer = move |mut request: Request| {
                        // A WebSocket outlives the connection that it was, and keeps the head of its request.
                        if request.headers().contains_key(UPGRADE) {
                            request.extensions_mut().insert(place.clone());
                        }
                        let front = front.clone();
                        async move { front.answer(peer.ip(), request).await }
                    };
                    tokio::spawn(connection(builder.clone(), answer, stream, connections.watcher()));
                }
                Err(error) => {
                    tracing::warn!(error = %error, "a connection could not be accepted");
                    tokio::time::sleep(EXHAUSTED).await;
                }
            },
        }
    }
    drop(listener);
    tracing::info!(connections = connections.count(), "stopping");
    let drained = async { tokio::join!(live.stop(), connections.shutdown()) };
    if tokio::time::timeout(DRAIN, drained).await.is_err() {
        tracing::warn!("requests were cut after 30 seconds");
    }
    Ok(())
}

/// How connections are served; HTTP/1 is given the [`Patience`] of each.
fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().header_read_timeout(patience::LONGEST).max_buf_size(MAX_HEAD as usize * 2);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(MAX_STREAMS)
        .max_header_list_size(MAX_HEAD)
        .keep_alive_interval(KEEP_ALIVE);
    builder
}

/// Answers a connection too many 503, whatever it asks for.
fn turn_away(mut stream: TcpStream, places: &Places) {
    let Some(place) = places.enter() else { return };
    tokio::spawn(async move {
        let told = async {
            stream.write_all(BUSY).await?;
            stream.shutdown().await?;
            // What it has sent is taken: to close before that would reset the connection, and lose the answer.
            io::copy(&mut stream, &mut io::sink()).await
        };
        let _ = tokio::time::timeout(TURNED_AWAY, told).await;
        drop(place);
    });
}

async fn connection<S, A, F>(mut builder: Builder<TokioExecutor>, answer: A, stream: S, watcher: Watcher)
where
    S: AsyncRead + AsyncWrite + Send + 'static,
    A: Fn(Request) -> F + Clone + Send + 'static,
    F: Future<Output = Response> + Send + 'static,
{
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(SLOW));
    let patience = Patience::new();
    builder.http1().timer(patience.clone());
    let hears = patience.clone();
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        hears.spoke();
        answer(linger::request(request)).map(Ok::<_, Infallible>)
    });
    let served = builder.serve_connection_with_upgrades(TokioIo::new(Box::pin(stream)), service);
    tokio::select! {
        outcome = watcher.watch(served.into_owned()) => if let Err(error) = outcome {
            tracing::debug!(error = %error, "a connection ended early");
        },
        () = patience.ended() => tracing::debug!("a connection sent no request in time"),
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use tokio::io::{AsyncReadExt, DuplexStream};
    use tokio::time::Instant;

    use super::*;

    const GET: &[u8] = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";

    /// The client's end of a connection that holds so many bytes which nobody has read.
    fn connected(buffer: usize) -> DuplexStream {
        let (client, server) = tokio::io::duplex(buffer);
        let answer = async |request: Request| match request.uri().path() {
            "/long" => Response::new(Body::from("long".repeat(1_000_000))),
            _ => Response::new(Body::from("short")),
        };
        tokio::spawn(async move {
            // Without it, all that it watches is called to stop.
            let connections = GracefulShutdown::new();
            connection(builder(), answer, server, connections.watcher()).await;
        });
        client
    }

    /// What is said until the server ends the connection, and how long that took.
    async fn said(client: &mut DuplexStream) -> (String, Duration) {
        let start = Instant::now();
        let mut said = Vec::new();
        let read = tokio::time::timeout(Duration::from_mins(5), client.read_to_end(&mut said)).await;
        read.expect("it ends").expect("it can be read");
        (String::from_utf8_lossy(&said).into_owned(), start.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_says_nothing_is_dropped() {
        let mut client = connected(1024);

        assert_eq!(said(&mut client).await, (String::new(), patience::LONGEST));
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_does_not_come_to_its_point_is_dropped() {
        let mut client = connected(1024);
        client.write_all(b"GET / HTTP/1.1\r\nx-slow: ").await.expect("it is read");

        let (said, time) = said(&mut client).await;

        assert!(!said.contains("200") && time == patience::LONGEST, "{said} after {time:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_has_no_more_to_ask_is_dropped() {
        let mut client = connected(1024);
        client.write_all(GET).await.expect("it is read");

        let (said, time) = said(&mut client).await;

        assert!(said.ends_with("short") && time == patience::LONGEST, "{said} after {time:?}");
    }

    /// The head of a request whose answer does not wait for its body.
    fn post(length: usize) -> String {
        format!("POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\n\r\n")
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_sends_all_before_it_reads_hears_the_answer() {
        let mut client = connected(1024);
        let body = vec![b' '; linger::MOST];
        client.write_all(post(body.len()).as_bytes()).await.expect("it is read");
        client.write_all(&body).await.expect("it is read");
        client.write_all(GET).await.expect("the connection is good for another request");

        let (said, time) = said(&mut client).await;

        assert_eq!((said.matches("HTTP/1.1 200").count(), time), (2, patience::LONGEST));
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_sends_without_end_is_dropped() {
        let mut client = connected(1024);
        let body = vec![b' '; 2 * linger::MOST];
        client.write_all(post(body.len()).as_bytes()).await.expect("it is read");

        client.write_all(&body).await.expect_err("it is not read");

        let (said, time) = said(&mut client).await;
        assert!(said.ends_with("short") && time.is_zero(), "{said} after {time:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_does_not_come_to_the_end_of_its_body_is_dropped() {
        let mut client = connected(1024);
        client.write_all(post(2).as_bytes()).await.expect("it is read");

        let (said, time) = said(&mut client).await;

        assert!(said.ends_with("short") && time == linger::LONGEST, "{said} after {time:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_takes_nothing_is_dropped() {
        let mut client = connected(1024);
        client.write_all(b"GET /long HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("it is read");

        tokio::time::sleep(SLOW + Duration::from_secs(1)).await;

        let (said, _) = said(&mut client).await;
        assert!(said.len() <= 1024, "{} bytes were sent", said.len());
    }
}
