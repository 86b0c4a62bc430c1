//! Whether the process is alive, and whether it can answer.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};

use super::Floor;
use crate::domain::health;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// `/healthz`: 200 while the process lives.
pub(super) async fn alive() -> Response {
    ([(CACHE_CONTROL, "no-store")], "ok").into_response()
}

/// `/readyz`: 200 while the database answers within two seconds, else 503.
pub(super) async fn ready(State(floor): State<Arc<Floor>>) -> Response {
    let (status, text) = match tokio::time::timeout(PATIENCE, health::ready(&floor.app)).await {
        Ok(Ok(())) => (StatusCode::OK, "ok"),
        Ok(Err(error)) => {
            tracing::warn!(error = %error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database is away")
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    };
    (status, [(CACHE_CONTROL, "no-store")], text).into_response()
}
