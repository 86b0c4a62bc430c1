//! `/graphql`: GraphQL over HTTP, between a request's bytes and the executor.
//!
//! Why not the executor's own integration: docs/decisions/0002-the-gate.md.

mod media;
mod parameters;
mod reply;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::Response;

pub(super) use media::Media;
use parameters::Parameters;

use super::Floor;
use super::fault::Fault;
use super::gate::{self, Chosen, Kind, Prepared};
use super::log::{Facts, RequestId};
use super::refusal::Refusal;
use super::{client, viewer};
use crate::domain::view::{Stage, View};
use crate::graphql::error::Code;
use crate::graphql::{self, Operation};

/// How long an operation may take, from its credentials to its answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Answers any request to `/graphql`, also the wrong ones, in a media type that the client accepts.
pub(super) async fn handle(State(floor): State<Arc<Floor>>, request: Request) -> Response {
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let mut facts = Facts::default();
    let mut response = match Media::negotiate(request.headers()) {
        Some(media) => match answer(&floor, request, &mut facts).await {
            Ok(answered) => media.answer(answered, &id),
            Err(refusal) => media.refuse(refusal, &id),
        },
        None => Media::default().refuse(not_acceptable(), &id),
    };
    response.extensions_mut().insert(facts);
    response
}

/// What the executor said, and whether anybody may keep it.
struct Answered {
    response: async_graphql::Response,
    public: bool,
}

async fn answer(floor: &Floor, request: Request, facts: &mut Facts) -> Result<Answered, Refusal> {
    let (head, body) = request.into_parts();
    let parameters = match head.method {
        Method::GET | Method::HEAD => Parameters::of_url(&head.uri)?,
        Method::POST => Parameters::of_body(&head.headers, body).await?,
        _ => return Err(Refusal::method("GET, HEAD, POST", "Use POST, or GET for a query.")),
    };
    let prepared = floor.gate.prepare(&parameters.query).map_err(Refusal::of_document)?;
    let chosen = prepared
        .choose(parameters.operation_name.as_deref())
        .map_err(|fault| Refusal::of_document(vec![fault]))?;
    facts.operation = Some(chosen.kind);
    if chosen.kind != Kind::Query && head.method != Method::POST {
        return Err(Refusal::method("POST", "Only queries run over GET; send this operation by POST."));
    }
    let work = async {
        let asked = viewer::asked(&head.headers, &head.uri, &chosen.root_fields)?;
        let view = View::of(&floor.app, asked).await?;
        facts.signed_in = view.viewer.is_some();
        let public =
            chosen.kind == Kind::Query && view.viewer.is_none() && view.scope.stage == Stage::Published;
        let response =
            run(floor, &head, view, (&prepared, &chosen, parameters), &mut facts.statements).await?;
        Ok(Answered { public: public && response.errors.is_empty(), response })
    };
    tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(|_| Err(Refusal::timeout()))
}

/// Runs the chosen operation: in the gate, in the executor, or in both.
async fn run(
    floor: &Floor,
    head: &Parts,
    view: View,
    (prepared, chosen, parameters): (&Prepared, &Chosen<'_>, Parameters),
    statements: &mut u32,
) -> Result<async_graphql::Response, Refusal> {
    let Parameters { operation_name, variables, .. } = parameters;
    floor.gate.check_variables(prepared, chosen.operation, &variables).map_err(Refusal::of_document)?;
    let introspected = (chosen.introspects() || chosen.is_introspection())
        .then(|| floor.gate.introspect(prepared, chosen.operation, &variables))
        .transpose()
        .map_err(|fault| Refusal::of_document(vec![fault]))?;
    if chosen.is_introspection()
        && let Some(response) = introspected
    {
        return Ok(response);
    }
    let declared = |name: &str| chosen.operation.variables.iter().any(|variable| variable.name == name);
    let variables = variables.into_iter().filter(|(name, _)| declared(name)).collect::<gate::Values>();
    let operation = Operation {
        document: prepared.executable(),
        operation_name,
        variables: async_graphql::Variables::from_json(variables.into()),
        view,
        client: client::address(peer(head), &head.headers, &floor.app.config.trusted_proxies),
    };
    let (mut response, count) = graphql::execute(&floor.schema, &floor.app, operation).await;
    *statements = count;
    if let Some(introspected) = introspected {
        gate::merge(&mut response, introspected);
    }
    Ok(response)
}

fn peer(head: &Parts) -> IpAddr {
    let connection = head.extensions.get::<ConnectInfo<SocketAddr>>();
    connection.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip())
}

fn not_acceptable() -> Refusal {
    let message = "The answer is application/graphql-response+json or application/json; accept one of them.";
    Refusal::with(StatusCode::NOT_ACCEPTABLE, Fault::new(Code::BadInput, message))
}
