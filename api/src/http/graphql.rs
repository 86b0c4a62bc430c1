//! `/graphql`: GraphQL over HTTP, between a request's bytes and the executor.
//!
//! Why not the executor's own integration: docs/decisions/0002-the-gate.md.

mod media;
mod once;
mod parameters;
pub(super) mod reply;

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_graphql::value;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use tracing::Instrument;

pub(super) use media::Media;
pub(super) use once::IDEMPOTENCY_KEY;
use once::Once;
pub(super) use parameters::{Parameters, read};
pub(super) use reply::DEPENDS_ON;

use super::Floor;
use super::cache::{Kept, Key, Made};
use super::fault::Fault;
use super::gate::{self, Chosen, Kind, Limits, Prepared, Standing};
use super::log::{CacheUse, Caller, Facts};
use super::rate::{Left, Rates};
use super::refusal::Refusal;
use super::{client, documents, trace, viewer};
use crate::domain::caching::Lasting;
use crate::domain::view::{Stage, View, ViewError};
use crate::graphql::error::Code;
use crate::graphql::{self, Operation};

/// Answers any request to `/graphql` that comes through the router.
pub(super) async fn handle(State(floor): State<Arc<Floor>>, request: Request) -> Response {
    let (mut response, facts) = answer(&floor, request).await;
    response.extensions_mut().insert(facts);
    response
}

/// Answers any request to `/graphql`, also the wrong ones, in a media type that the client accepts.
pub(super) async fn answer(floor: &Arc<Floor>, request: Request) -> (Response, Facts) {
    let (head, body) = request.into_parts();
    let id = &Caller::of(&head.extensions).request_id;
    let Some(media) = Media::negotiate(&head.headers) else {
        return (Media::default().refuse(not_acceptable(), id), Facts::default());
    };
    let facts = Mutex::default();
    let asked = Asked { floor, media, head: &head, id, facts: &facts };
    let mut response = asked.answer(body).await.unwrap_or_else(|refusal| media.refuse(refusal, id));
    let facts = facts.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(left) = facts.left {
        left.tell(response.headers_mut());
    }
    (response, facts)
}

/// A request in a media type, and what becomes known of it.
struct Asked<'a> {
    floor: &'a Arc<Floor>,
    media: Media,
    head: &'a Parts,
    id: &'a str,
    facts: &'a Mutex<Facts>,
}

/// What is to be run: an operation of a document that the gate let through.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) prepared: &'a Prepared,
    pub(super) chosen: &'a Chosen<'a>,
    pub(super) parameters: &'a Parameters,
    pub(super) is_trusted: bool,
}

impl Wanted<'_> {
    /// In units of the rate limit.
    fn cost(&self) -> u64 {
        self.prepared.cost(self.chosen, &self.parameters.variables)
    }

    /// The name of the operation, where its document is trusted: all others are the words of a client.
    pub(super) fn name(&self) -> Option<Arc<str>> {
        let name = self.chosen.operation.name.as_ref();
        name.filter(|_| self.is_trusted).map(|name| name.as_str().into())
    }

    /// Whether its answer is for everybody who sees what is published.
    fn is_public(&self, view: &View) -> bool {
        self.chosen.is_for_everybody() && view.viewer.is_none() && view.scope.stage == Stage::Published
    }

    /// Whose limits apply.
    pub(super) fn standing(&self, view: &View) -> Standing {
        if self.is_trusted || view.viewer.is_some() { Standing::Known } else { Standing::Anybody }
    }

    /// Whether somebody may run it. Where nothing but trusted documents runs for those who are not signed in, sessions alone
    /// are left to them.
    ///
    /// # Errors
    /// `TOO_COMPLEX` for what costs too much, 403 for anything else.
    pub(super) fn is_allowed(&self, floor: &Floor, view: &View) -> Result<(), Refusal> {
        let (cost, most) = (self.cost(), Limits::of(self.standing(view)).cost);
        if cost > most {
            let message =
                format!("The operation may cost {cost} units: at most {most}. Ask for smaller pages.");
            return Err(Refusal::of_document(vec![Fault::new(Code::TooComplex, &message)]));
        }
        let is_open = !floor.app.config.trusted_documents_only || self.is_trusted || view.viewer.is_some();
        if is_open || viewer::is_about_sessions(&self.chosen.root_fields) {
            return Ok(());
        }
        let message = "Only documents that the operator trusts run here for those who are not signed in.";
        Err(Refusal::with(StatusCode::FORBIDDEN, Fault::new(Code::Forbidden, message)))
    }
}

impl Asked<'_> {
    fn facts(&self) -> MutexGuard<'_, Facts> {
        self.facts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer: one that is kept, or else a new one.
    async fn answer(&self, body: Body) -> Result<Response, Refusal> {
        let Self { floor, media, head, .. } = *self;
        let body = match head.method {
            Method::GET | Method::HEAD => Bytes::new(),
            Method::POST => read(&floor.room, &head.headers, body).await?,
            _ => return Err(Refusal::method("GET, HEAD, POST", "Use POST, or GET for a query.")),
        };
        let key = floor.answers.key(&floor.app, media, head, &body).await;
        if let Some(key) = &key
            && let Some((kept, now)) = floor.answers.find(&floor.app, key).await
        {
            *self.facts() = Facts {
                operation: Some(Kind::Query),
                cache: CacheUse::Hit,
                name: kept.operation.clone(),
                ..Facts::default()
            };
            return Ok(kept.respond(head, now).await);
        }
        // On the heap, where no kept answer has to carry its room.
        Box::pin(self.made_anew(key, &body)).await
    }

    /// A new answer; kept under the key, where it may be.
    async fn made_anew(&self, key: Option<Key>, body: &[u8]) -> Result<Response, Refusal> {
        let Self { floor, head, .. } = *self;
        let is_post = head.method == Method::POST;
        let parameters = if is_post { Parameters::of_body(body)? } else { Parameters::of_url(&head.uri)? };
        let (prepared, is_trusted) = prepare(floor, head, &parameters).await?;
        let chosen = prepared
            .choose(parameters.operation_name.as_deref())
            .map_err(|fault| Refusal::of_document(vec![fault]))?;
        self.facts().operation = Some(chosen.kind);
        if chosen.kind != Kind::Query && !is_post {
            return Err(Refusal::method("POST", "Only queries run over GET; send this operation by POST."));
        }
        if chosen.kind == Kind::Subscription {
            let message = "Subscriptions are streamed: send this operation over WebSocket (graphql-transport-ws) to \
                           /graphql/ws, or to /graphql/stream for server-sent events (graphql-sse).";
            return Err(Refusal::malformed(message));
        }
        let wanted = Wanted { prepared: &prepared, chosen: &chosen, parameters: &parameters, is_trusted };
        self.facts().name = wanted.name();
        self.facts().left = charge(floor, head, wanted)?;
        let work = Box::pin(async {
            match key.filter(|_| chosen.is_for_everybody()) {
                Some(key) => {
                    self.facts().cache = CacheUse::Miss;
                    Box::pin(floor.answers.through(&floor.app, key, || self.made(&wanted))).await
                }
                None => self.made(&wanted).await,
            }
        });
        let made = in_time(floor, work).await?;
        Ok(match made {
            Made::Public(kept) => kept.respond(head, floor.app.now()).await,
            Made::Private(response) => response,
        })
    }

    /// Carries the operation out.
    async fn made(&self, wanted: &Wanted<'_>) -> Result<Made, Refusal> {
        let Self { floor, media, head, id, .. } = *self;
        let _place = floor.room.for_operation()?;
        let asked = viewer::asked(&head.headers, &head.uri, &wanted.chosen.root_fields)?;
        let view = View::of(&floor.app, asked).await?;
        let is_public = wanted.is_public(&view);
        self.facts().viewer = view.viewer.as_ref().map(|viewer| viewer.principal.as_str());
        let moment = view.scope.at.clone();
        let (executed, statements) = execute((floor, head), view, *wanted).await?;
        self.facts().statements = statements;
        if is_public
            && executed.errors.is_empty()
            && let Ok(body) = reply::body(&executed)
        {
            let lasting = Lasting::of(&floor.app, &moment).await.map_err(ViewError::from)?;
            let kept = Kept::new(media, body, lasting, floor.app.config.cache_max_age);
            let kept = kept.of_operation(wanted.name());
            return Ok(Made::Public(Arc::new(kept)));
        }
        Ok(Made::Private(media.answer(executed, id)))
    }
}

/// The document that a request holds or names, let through the gate, and whether the operator trusts it.
///
/// # Errors
/// A name that is not known, a limit, or what is wrong with the document.
pub(super) async fn prepare(
    floor: &Floor,
    head: &Parts,
    parameters: &Parameters,
) -> Result<(Arc<Prepared>, bool), Refusal> {
    let (text, is_trusted) = documents::meant(floor, parameters).await?;
    let standing = if is_trusted { Standing::Known } else { Standing::Anybody };
    let prepared = match floor.gate.prepare(&text, standing) {
        // Who asks is found out where it matters, and after that once more with the operation.
        Err(faults) if faults.iter().any(is_about_limits) && is_signed_in(floor, head).await => {
            floor.gate.prepare(&text, Standing::Known)
        }
        prepared => prepared,
    };
    let prepared = prepared.map_err(Refusal::of_document)?;
    floor.documents.register(parameters, &text);
    Ok((prepared, is_trusted))
}

fn is_about_limits(fault: &Fault) -> bool {
    matches!(fault.code, Code::TooLarge | Code::TooDeep | Code::TooComplex)
}

/// Whether a request has credentials, and good ones.
async fn is_signed_in(floor: &Floor, head: &Parts) -> bool {
    match viewer::asked(&head.headers, &head.uri, &[]) {
        Ok(asked) if asked.token.is_some() => {
            View::of(&floor.app, asked).await.is_ok_and(|view| view.viewer.is_some())
        }
        _ => false,
    }
}

/// Takes the cost of an operation from what is left to the address that asks; what is left then, where there is a limit.
///
/// # Errors
/// 429 where not enough is left.
pub(super) fn charge(floor: &Floor, head: &Parts, wanted: Wanted<'_>) -> Result<Option<Left>, Refusal> {
    let charged = |rates: &Rates| rates.take(&floor.app, client_of(floor, head), wanted.cost());
    floor.rates.as_ref().map(charged).transpose()
}

/// Runs a query or a mutation for whoever sent the head, past the kept answers; with their view, where that is made already.
///
/// # Errors
/// Credentials, variables, or the time it takes.
pub(super) async fn respond(
    floor: &Arc<Floor>,
    head: &Parts,
    wanted: Wanted<'_>,
    view: Option<View>,
) -> Result<async_graphql::Response, Refusal> {
    let work = Box::pin(async {
        let _place = floor.room.for_operation()?;
        let asked = viewer::asked(&head.headers, &head.uri, &wanted.chosen.root_fields)?;
        let view = match view {
            Some(view) => view,
            None => View::of(&floor.app, asked).await?,
        };
        Ok(execute((floor, head), view, wanted).await?.0)
    });
    in_time(floor, work).await
}

/// What an operation comes to, from its credentials to its answer. One that is given up takes its statements with it.
///
/// # Errors
/// 503 where it takes longer than the settings allow.
pub(super) async fn in_time<T>(
    floor: &Floor,
    work: impl Future<Output = Result<T, Refusal>>,
) -> Result<T, Refusal> {
    let patience = Duration::from_secs(floor.app.config.request_timeout.into());
    tokio::time::timeout(patience, work).await.unwrap_or_else(|_| Err(Refusal::timeout()))
}

/// Carries an operation out for somebody who may; its answer, and how many statements it took.
async fn execute(
    (floor, head): (&Arc<Floor>, &Parts),
    view: View,
    wanted: Wanted<'_>,
) -> Result<(async_graphql::Response, u32), Refusal> {
    wanted.is_allowed(floor, &view)?;
    let limit = Limits::of(wanted.standing(&view)).cost;
    let span = trace::of_operation(wanted);
    let outcome = run((floor, head), view, wanted).instrument(span.clone()).await;
    trace::ran(&span, &outcome);
    let (mut response, statements) = outcome?;
    if wanted.parameters.tells_cost {
        let cost = value!({ "requested": wanted.cost(), "limit": limit });
        response.extensions.insert("cost".to_owned(), cost);
    }
    Ok((response, statements))
}

/// Runs an operation in the gate, in the executor, or in both.
async fn run(
    (floor, head): (&Arc<Floor>, &Parts),
    view: View,
    wanted: Wanted<'_>,
) -> Result<(async_graphql::Response, u32), Refusal> {
    let Wanted { prepared, chosen, parameters, .. } = wanted;
    let once = Once::of(&head.headers, wanted, &view)?;
    let variables = &parameters.variables;
    let checked = floor.gate.check_variables((prepared, chosen.operation), variables, wanted.standing(&view));
    checked.map_err(Refusal::of_document)?;
    let introspected = (chosen.introspects() || chosen.is_introspection())
        .then(|| floor.gate.introspect(prepared, chosen.operation, variables))
        .transpose()
        .map_err(|fault| Refusal::of_document(vec![fault]))?;
    if chosen.is_introspection()
        && let Some(response) = introspected
    {
        return Ok((response, 0));
    }
    let operation = operation(floor, head, view, wanted);
    let execute = |operation| Box::pin(graphql::execute(&floor.schema, &floor.app, operation));
    let (mut response, statements) = match once {
        Some(once) => once.run(floor, operation).await?,
        None if chosen.kind == Kind::Query => floor.room.admission.run(execute(operation)).await,
        // Those who write wait for each other in the database.
        None => execute(operation).await,
    };
    if let Some(introspected) = introspected {
        gate::merge(&mut response, introspected);
    }
    Ok((response, statements))
}

/// The operation as the executor takes it. Its variables have been checked.
pub(super) fn operation(floor: &Floor, head: &Parts, mut view: View, wanted: Wanted<'_>) -> Operation {
    let Wanted { prepared, chosen, parameters, .. } = wanted;
    view.scope.reads = prepared.reads();
    let declared = chosen.operation.variables.iter().map(|variable| variable.name.as_str());
    let given = declared.filter_map(|name| Some((name.to_owned(), parameters.variables.get(name)?.clone())));
    Operation {
        document: prepared.executable(),
        operation_name: parameters.operation_name.clone(),
        variables: async_graphql::Variables::from_json(given.collect::<gate::Values>().into()),
        is_public: wanted.is_public(&view),
        objects: Limits::of(wanted.standing(&view)).objects,
        view,
        client: client_of(floor, head),
    }
}

/// Where a request came from.
fn client_of(floor: &Floor, head: &Parts) -> IpAddr {
    client::address(Caller::of(&head.extensions).peer, &head.headers, &floor.app.config.trusted_proxies)
}

fn not_acceptable() -> Refusal {
    let message = "The answer is application/graphql-response+json or application/json; accept one of them.";
    Refusal::with(StatusCode::NOT_ACCEPTABLE, Fault::new(Code::BadInput, message))
}
