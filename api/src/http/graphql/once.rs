//! `Idempotency-Key`: a mutation that is sent again is carried out once.

use std::panic::resume_unwind;
use std::sync::Arc;

use async_graphql::{Response, ServerError, Value};
use axum::http::{HeaderMap, StatusCode};
use serde_json::json;
use sha2::{Digest, Sha256};
use tracing::Instrument;

use super::{Wanted, in_time};
use crate::app::hex;
use crate::domain::access::Denied;
use crate::domain::idempotency::{self, Claim, Claimed, IdempotencyError, Keyed};
use crate::domain::view::{View, ViewError, Viewer};
use crate::graphql::error::Code;
use crate::graphql::{self, Operation};
use crate::http::Floor;
use crate::http::fault::Fault;
use crate::http::gate::Kind;
use crate::http::refusal::Refusal;

/// The header.
pub(in crate::http) const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Longest key, in characters.
const MAX_KEY: usize = 255;

/// A mutation that is carried out once.
pub(super) struct Once {
    keyed: Keyed,
    viewer: Viewer,
    /// Whether an error leaves nothing done: with several mutations the first may have been carried out.
    is_one: bool,
}

impl Once {
    /// The mutation under the key of a request; `None` without a key, for queries, and where nothing is to be written.
    ///
    /// # Errors
    /// 400 for what is no key, and for a mutation whose answer holds a secret; 401 for nobody.
    pub(super) fn of(headers: &HeaderMap, wanted: Wanted<'_>, view: &View) -> Result<Option<Self>, Refusal> {
        let Some(key) = key(headers)? else { return Ok(None) };
        let Wanted { prepared, chosen, parameters, .. } = wanted;
        if chosen.kind != Kind::Mutation || prepared.is_dry(chosen, &parameters.variables) {
            return Ok(None);
        }
        if let Some(field) = chosen.root_fields.iter().find(|field| graphql::is_secret(field)) {
            let message =
                format!("The answer of {field} is kept for nobody: send it without Idempotency-Key.");
            return Err(refused(&message));
        }
        let viewer = view.viewer.clone().ok_or(ViewError::Denied(Denied::Unauthenticated))?;
        let request = json!([prepared.text(), parameters.operation_name, parameters.variables]).to_string();
        let keyed = Keyed { key, fingerprint: hex(&Sha256::digest(request.as_bytes())) };
        Ok(Some(Self { keyed, viewer, is_one: chosen.root_fields.len() == 1 }))
    }

    /// The first answer, and how many statements it took now. Goes on to the end when the client has gone.
    ///
    /// # Errors
    /// 400 when the key was used for another request or an erasure took its answer, 403 when rights were lost since, 503 when the database is away.
    pub(super) async fn run(
        self,
        floor: &Arc<Floor>,
        operation: Operation,
    ) -> Result<(Response, u32), Refusal> {
        let claim = match idempotency::claim(&floor.app, &self.viewer, &self.keyed).await? {
            Claimed::New(claim) => claim,
            Claimed::Answered(answer) => return Ok((read(&answer), 0)),
        };
        let (floor, is_one) = (floor.clone(), self.is_one);
        let work = async move {
            let carried_out = async {
                let (response, count) = graphql::execute(&floor.schema, &floor.app, operation).await;
                settle(&floor, claim, &response, is_one).await;
                Ok((response, count))
            };
            in_time(&floor, carried_out).await
        };
        match tokio::spawn(work.in_current_span()).await {
            Ok(outcome) => outcome,
            Err(error) if error.is_panic() => resume_unwind(error.into_panic()),
            // The server ends, and nobody knows.
            Err(_) => Err(IdempotencyError::Unknown.into()),
        }
    }
}

/// Keeps the answer. An error of the only mutation is not one: nothing was done, and it may be sent again. Of a defect of
/// ours, and of a database that went away, nobody knows when it happened.
async fn settle(floor: &Floor, claim: Claim, response: &Response, is_one: bool) {
    let is_unclear = |error: &ServerError| {
        let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
        [Code::Internal, Code::Unavailable].iter().any(|unclear| code == Some(&unclear.as_str().into()))
    };
    let has_none = response.data == Value::Null && !response.errors.is_empty();
    let was_refused = is_one && has_none && !response.errors.iter().any(is_unclear);
    let answer = if was_refused { None } else { serde_json::to_string(response).ok() };
    if let Err(error) = idempotency::settle(&floor.app, claim, answer).await {
        tracing::error!(error = %error, "the answer to a mutation under a key was not kept");
    }
}

/// An answer that was kept.
fn read(answer: &str) -> Response {
    serde_json::from_str(answer).unwrap_or_else(|error| {
        tracing::error!(error = %error, "an answer that was kept cannot be read");
        Response::default()
    })
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let mut lines = headers.get_all(IDEMPOTENCY_KEY).iter();
    let Some(line) = lines.next() else { return Ok(None) };
    match line.to_str() {
        Ok(key)
            if lines.next().is_none()
                && (1..=MAX_KEY).contains(&key.len())
                && key.bytes().all(|b| b.is_ascii_graphic()) =>
        {
            Ok(Some(key.to_owned()))
        }
        _ => Err(refused("The header Idempotency-Key must hold 1 to 255 visible ASCII characters.")),
    }
}

fn refused(message: &str) -> Refusal {
    Refusal::parameter("Idempotency-Key", message)
}

impl From<IdempotencyError> for Refusal {
    fn from(error: IdempotencyError) -> Self {
        let message = error.to_string();
        match error {
            IdempotencyError::AnotherRequest | IdempotencyError::Forgotten => refused(&message),
            IdempotencyError::Unknown => {
                Self::with(StatusCode::SERVICE_UNAVAILABLE, Fault::new(Code::Unavailable, &message))
            }
            IdempotencyError::Denied(denied) => ViewError::Denied(denied).into(),
            IdempotencyError::Store(error) => ViewError::Store(error).into(),
        }
    }
}
