//! `/graphql`: GraphQL over HTTP, between a request's bytes and the executor.
//!
//! Why not the executor's own integration: docs/decisions/0002-the-gate.md.

mod media;
mod parameters;
mod reply;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use chrono::{DateTime, Utc};

pub(super) use media::Media;
use parameters::Parameters;
pub(super) use reply::DEPENDS_ON;

use super::Floor;
use super::cache::{Kept, Made};
use super::fault::Fault;
use super::gate::{self, Chosen, Kind, Prepared};
use super::log::{CacheUse, Facts, RequestId};
use super::refusal::Refusal;
use super::{client, viewer};
use crate::domain::caching::Lasting;
use crate::domain::view::{Stage, View, ViewError};
use crate::graphql::error::Code;
use crate::graphql::{self, Operation};

/// How long an operation may take, from its credentials to its answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Answers any request to `/graphql`, also the wrong ones, in a media type that the client accepts.
pub(super) async fn handle(State(floor): State<Arc<Floor>>, request: Request) -> Response {
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let facts = Mutex::default();
    let mut response = match Media::negotiate(request.headers()) {
        Some(media) => {
            let (head, body) = request.into_parts();
            let asked =
                Asked { floor: &floor, media, head: &head, id: &id, now: floor.app.now(), facts: &facts };
            asked.answer(body).await.unwrap_or_else(|refusal| media.refuse(refusal, &id))
        }
        None => Media::default().refuse(not_acceptable(), &id),
    };
    response.extensions_mut().insert(facts.into_inner().unwrap_or_else(PoisonError::into_inner));
    response
}

/// A request in a media type, and what becomes known of it.
struct Asked<'a> {
    floor: &'a Floor,
    media: Media,
    head: &'a Parts,
    id: &'a str,
    now: DateTime<Utc>,
    facts: &'a Mutex<Facts>,
}

/// What is to be run: an operation of a document that the gate let through.
struct Wanted<'a> {
    prepared: &'a Prepared,
    chosen: &'a Chosen<'a>,
    parameters: &'a Parameters,
}

impl Asked<'_> {
    fn facts(&self) -> MutexGuard<'_, Facts> {
        self.facts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer: one that is kept, or else a new one.
    async fn answer(&self, body: Body) -> Result<Response, Refusal> {
        let Self { floor, head, now, .. } = *self;
        let is_post = head.method == Method::POST;
        let body = match head.method {
            Method::GET | Method::HEAD => Bytes::new(),
            Method::POST => parameters::read(&head.headers, body).await?,
            _ => return Err(Refusal::method("GET, HEAD, POST", "Use POST, or GET for a query.")),
        };
        let key = floor.answers.key(&floor.app, self.media, head, &body).await;
        if let Some(key) = &key
            && let Some(kept) = floor.answers.find(key, now).await
        {
            *self.facts() = Facts { operation: Some(Kind::Query), cache: CacheUse::Hit, ..Facts::default() };
            return Ok(kept.respond(head, now).await);
        }
        let parameters = if is_post { Parameters::of_body(&body)? } else { Parameters::of_url(&head.uri)? };
        let prepared = floor.gate.prepare(&parameters.query).map_err(Refusal::of_document)?;
        let chosen = prepared
            .choose(parameters.operation_name.as_deref())
            .map_err(|fault| Refusal::of_document(vec![fault]))?;
        self.facts().operation = Some(chosen.kind);
        if chosen.kind != Kind::Query && !is_post {
            return Err(Refusal::method("POST", "Only queries run over GET; send this operation by POST."));
        }
        let wanted = Wanted { prepared: &prepared, chosen: &chosen, parameters: &parameters };
        let work = async {
            match key.filter(|_| chosen.is_for_everybody()) {
                Some(key) => {
                    self.facts().cache = CacheUse::Miss;
                    floor.answers.through((&floor.app, key, now), || self.made(&wanted)).await
                }
                None => self.made(&wanted).await,
            }
        };
        let made = tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(|_| Err(Refusal::timeout()))?;
        Ok(match made {
            Made::Public(kept) => kept.respond(head, now).await,
            Made::Private(response) => response,
        })
    }

    /// Carries the operation out.
    async fn made(&self, wanted: &Wanted<'_>) -> Result<Made, Refusal> {
        let Self { floor, media, head, id, .. } = *self;
        let asked = viewer::asked(&head.headers, &head.uri, &wanted.chosen.root_fields)?;
        let view = View::of(&floor.app, asked).await?;
        let is_public =
            wanted.chosen.is_for_everybody() && view.viewer.is_none() && view.scope.stage == Stage::Published;
        self.facts().viewer = view.viewer.as_ref().map(|viewer| viewer.principal.as_str());
        let moment = view.scope.at.clone();
        let executed = self.run(view, wanted).await?;
        if is_public
            && executed.errors.is_empty()
            && let Ok(body) = reply::body(&executed)
        {
            let lasting = Lasting::of(&floor.app, &moment).await.map_err(ViewError::from)?;
            let kept = Kept::new(media, body, lasting, floor.app.config.cache_max_age);
            return Ok(Made::Public(Arc::new(kept)));
        }
        Ok(Made::Private(media.answer(executed, id)))
    }

    /// Runs the operation: in the gate, in the executor, or in both.
    async fn run(&self, view: View, wanted: &Wanted<'_>) -> Result<async_graphql::Response, Refusal> {
        let Self { floor, head, .. } = *self;
        let Wanted { prepared, chosen, parameters } = *wanted;
        let variables = &parameters.variables;
        floor.gate.check_variables(prepared, chosen.operation, variables).map_err(Refusal::of_document)?;
        let introspected = (chosen.introspects() || chosen.is_introspection())
            .then(|| floor.gate.introspect(prepared, chosen.operation, variables))
            .transpose()
            .map_err(|fault| Refusal::of_document(vec![fault]))?;
        if chosen.is_introspection()
            && let Some(response) = introspected
        {
            return Ok(response);
        }
        let declared = chosen.operation.variables.iter().map(|variable| variable.name.as_str());
        let given = declared.filter_map(|name| Some((name.to_owned(), variables.get(name)?.clone())));
        let operation = Operation {
            document: prepared.executable(),
            operation_name: parameters.operation_name.clone(),
            variables: async_graphql::Variables::from_json(given.collect::<gate::Values>().into()),
            view,
            client: client::address(peer(head), &head.headers, &floor.app.config.trusted_proxies),
        };
        let (mut response, count) = graphql::execute(&floor.schema, &floor.app, operation).await;
        self.facts().statements = count;
        if let Some(introspected) = introspected {
            gate::merge(&mut response, introspected);
        }
        Ok(response)
    }
}

fn peer(head: &Parts) -> IpAddr {
    let connection = head.extensions.get::<ConnectInfo<SocketAddr>>();
    connection.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip())
}

fn not_acceptable() -> Refusal {
    let message = "The answer is application/graphql-response+json or application/json; accept one of them.";
    Refusal::with(StatusCode::NOT_ACCEPTABLE, Fault::new(Code::BadInput, message))
}
