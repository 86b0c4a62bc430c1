//! What connections hand their requests to: `/graphql` at once, everything else through the router.
//!
//! Routers and layers are made for each request anew. They take longer than all else about an answer that is kept.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::Method;
use axum::response::Response;
use tower::ServiceExt;

use super::cors::Marks;
use super::log::{self, Facts, Logging};
use super::{Floor, graphql};

/// Where answers come from. Clones are the same.
#[derive(Clone)]
pub(super) struct Front(Arc<Parts>);

struct Parts {
    floor: Arc<Floor>,
    logging: Logging,
    marks: Marks,
    router: Router,
}

impl Front {
    /// In front of a router that knows every route.
    pub(super) fn new(floor: Arc<Floor>, logging: Logging, router: Router) -> Self {
        let marks = Marks::new(&floor.app);
        Self(Arc::new(Parts { floor, logging, marks, router }))
    }

    /// The answer to a request, and the line about it.
    pub(super) async fn answer(&self, peer: IpAddr, request: Request) -> Response {
        let Parts { floor, logging, marks, router } = &*self.0;
        log::observe(logging, peer, request, async |request| {
            let is_direct = matches!(*request.method(), Method::GET | Method::POST)
                && request.uri().path() == "/graphql"
                && marks.are_of(&request);
            if is_direct {
                let (mut response, facts) = graphql::answer(floor, request).await;
                marks.put(&mut response);
                return (response, facts);
            }
            let Ok(mut response) = Box::pin(router.clone().oneshot(request)).await;
            let facts = response.extensions_mut().remove::<Facts>().unwrap_or_default();
            (response, facts)
        })
        .await
    }
}
