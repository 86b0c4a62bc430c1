//! Connections: accepting, limits on slow senders, and an orderly end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::{Extension, Router};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tower::Layer;
use tower::util::MapRequest;

use super::Observer;
use super::live::Live;
use crate::app::App;

/// How long a client may take to send the head of a request.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);
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
    let live = Live::new();
    let (router, for_operators) = super::routers(app, observer, live.clone());
    if let Some(listener) = metrics {
        background.spawn(async {
            if let Err(error) = axum::serve(listener, for_operators).await {
                tracing::error!(error = %error, "the metrics are no longer served");
            }
        });
    }
    let connections = GracefulShutdown::new();
    let builder = Arc::new(builder());
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let _ = stream.set_nodelay(true);
                    tokio::spawn(connection(builder.clone(), router.clone(), (stream, peer), connections.watcher()));
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

fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_PATIENCE)
        .max_buf_size(MAX_HEAD as usize * 2);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(MAX_STREAMS)
        .max_header_list_size(MAX_HEAD)
        .keep_alive_interval(KEEP_ALIVE);
    builder
}

async fn connection(
    builder: Arc<Builder<TokioExecutor>>,
    router: Router,
    (stream, peer): (TcpStream, SocketAddr),
    watcher: Watcher,
) {
    let spoke = Arc::new(AtomicBool::new(false));
    let hears = spoke.clone();
    let service = MapRequest::new(Extension(ConnectInfo(peer)).layer(router), move |request| {
        hears.store(true, Ordering::Relaxed);
        request
    });
    let served =
        builder.serve_connection_with_upgrades(TokioIo::new(stream), TowerToHyperService::new(service));
    tokio::select! {
        outcome = watcher.watch(served.into_owned()) => if let Err(error) = outcome {
            tracing::debug!(error = %error, "a connection ended early");
        },
        () = silence(&spoke) => tracing::debug!("a connection never sent a request"),
    }
}

/// Ends when a connection has not sent the head of a request in time. The limit on heads alone does not see one that
/// stops before it is clear which version of HTTP it speaks.
async fn silence(spoke: &AtomicBool) {
    tokio::time::sleep(HEAD_PATIENCE).await;
    if spoke.load(Ordering::Relaxed) {
        std::future::pending::<()>().await;
    }
}
