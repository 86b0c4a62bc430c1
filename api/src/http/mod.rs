//! Bytes and headers: what leaves and enters over HTTP, and who is asking.
//!
//! ```text
//! serve ── log (id, panics, one line) ──► graphql ── cache ── gate ──► the executor
//!                                         charts, pages, health
//! ```

mod cache;
mod charts;
mod client;
mod cors;
pub mod fault;
pub mod gate;
mod graphql;
mod health;
pub mod log;
mod pages;
mod refusal;
pub mod serve;
mod validated;
mod viewer;

use std::sync::Arc;

use axum::Router;
use axum::middleware;
use axum::routing::{any, get};

use crate::app::App;
use crate::graphql::ApiSchema;
use cache::Answers;
use gate::{Gate, Limits};
pub use log::{Observer, RequestLine};

/// What every request is handled with.
pub(crate) struct Floor {
    app: Arc<App>,
    schema: ApiSchema,
    gate: Gate,
    answers: Answers,
}

/// All routes. The observer, if any, sees the line of each request as it is logged.
///
/// # Panics
/// When the schema of the program is invalid; a test sees to it.
pub fn router(app: Arc<App>, observer: Option<Observer>) -> Router {
    let sdl = crate::graphql::sdl();
    let logging = Arc::new(log::Logging { app: app.clone(), observer });
    let schema = crate::graphql::schema(&app);
    let (gate, answers) = (Gate::new(&sdl, Limits::default()), Answers::new(app.config.cache_bytes));
    let floor = Arc::new(Floor { gate, answers, schema, app });
    let pages = pages::router(&floor.app.config, sdl);
    Router::new()
        .route("/graphql", any(graphql::handle))
        .route("/charts/{file}", get(charts::chart))
        .layer(cors::layer(&floor.app))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .with_state(floor)
        .merge(pages)
        .fallback(pages::not_found)
        .layer(middleware::from_fn_with_state(logging, log::observe))
}
