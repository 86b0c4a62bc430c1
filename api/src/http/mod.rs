//! Bytes and headers: what leaves and enters over HTTP, and who is asking.
//!
//! ```text
//! serve ── front ── log (id, panics, one line) ──► graphql ── cache ── gate ──► the executor
//!                                                  the router ──► live ── gate ──► the executor
//!                                                                 charts, pages, health
//! ```

mod admission;
mod cache;
mod charts;
mod client;
mod cors;
mod documents;
pub mod fault;
mod front;
pub mod gate;
mod graphql;
mod health;
mod linger;
mod live;
pub mod log;
mod metrics;
mod pages;
mod patience;
mod rate;
mod refusal;
mod room;
pub mod serve;
mod trace;
mod validated;
mod viewer;

use std::sync::Arc;

use axum::Router;
use axum::routing::{any, get};

use crate::app::App;
use crate::graphql::ApiSchema;
use crate::graphql::subscription::{self, EventSchema};
use cache::Answers;
use documents::Documents;
use front::Front;
use gate::Gate;
use live::Live;
pub use log::{Observer, RequestLine};
use metrics::Requests;
use rate::Rates;
use room::Room;

/// What every request is handled with.
pub(crate) struct Floor {
    app: Arc<App>,
    schema: ApiSchema,
    gate: Gate,
    answers: Answers,
    events: EventSchema,
    live: Live,
    documents: Documents,
    rates: Option<Rates>,
    room: Arc<Room>,
}

/// What answers everybody, and the routes for operators. The observer, if any, sees the line of each request as it is logged;
/// connections that stay open are kept in `live`, and what goes on has its place in `room`.
///
/// # Panics
/// When the schema of the program is invalid; a test sees to it.
fn doors(app: Arc<App>, observer: Option<Observer>, (live, room): (Live, Arc<Room>)) -> (Front, Router) {
    let sdl = crate::graphql::sdl();
    let requests = Arc::<Requests>::default();
    let logging = log::Logging { app: app.clone(), observer, requests: requests.clone() };
    let schema = crate::graphql::schema(&app);
    let (gate, answers) = (Gate::new(&sdl), Answers::new(app.config.cache_bytes));
    gate.warm(app.trusted.now().iter());
    let (documents, rates) = (Documents::default(), Rates::new(app.config.rate_limit));
    let events = subscription::schema(&app);
    let floor = Arc::new(Floor { app, schema, gate, answers, events, live, documents, rates, room });
    let pages = pages::router(&floor.app.config, sdl);
    let metrics = metrics::router(floor.clone(), &requests);
    let public = Router::new()
        .route("/graphql", any(graphql::handle))
        .route("/graphql/ws", any(live::ws::handle))
        .route("/graphql/stream", any(live::sse::handle))
        .route("/charts/{file}", get(charts::chart))
        .layer(cors::layer(&floor.app))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .with_state(floor.clone())
        .merge(pages)
        .fallback(pages::not_found);
    (Front::new(floor, logging, public), metrics)
}
