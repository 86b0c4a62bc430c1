//! From what was answered or refused to a response.

use std::collections::BTreeMap;

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response as HttpResponse;
use serde::Serialize;

use super::Media;
use crate::graphql::error::Code;
use crate::http::fault::{self, Fault};
use crate::http::refusal::Refusal;

/// What the answer depends on besides the URL and the body.
pub(crate) const DEPENDS_ON: &str =
    "Accept, Accept-Encoding, Accept-Language, Authorization, X-Include-Drafts";

/// An answer as it is written: errors first, so that a reader sees them before a long `data`.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    data: &'a Value,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

impl Media {
    /// The response to a request that was refused: `errors` without `data`.
    pub(crate) fn refuse(self, refusal: Refusal, request_id: &str) -> HttpResponse {
        let status = refusal.status.unwrap_or_else(|| self.status_of_document_errors());
        let mut response = self.respond(status, fault::body(&refusal.faults, request_id));
        response.headers_mut().extend(refusal.headers);
        response
    }

    /// The response to a request that was carried out for one person, or with errors: 200, also with errors beside or in
    /// place of the data.
    pub(super) fn answer(self, executed: Response, request_id: &str) -> HttpResponse {
        match written(executed, request_id) {
            Ok(body) => self.respond(StatusCode::OK, body),
            Err(refusal) => self.refuse(refusal, request_id),
        }
    }

    fn respond(self, status: StatusCode, body: Vec<u8>) -> HttpResponse {
        let mut response = HttpResponse::new(Body::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type()));
        headers.insert(VARY, HeaderValue::from_static(DEPENDS_ON));
        headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        response
    }
}

/// An answer as it is sent.
///
/// # Errors
/// When a value cannot be written as JSON; all can.
pub(super) fn body(executed: &Response) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&Document {
        errors: &executed.errors,
        data: &executed.data,
        extensions: &executed.extensions,
    })
}

/// What the executor said, as JSON, with nothing of the inside.
///
/// # Errors
/// The executor refused it after all, and nothing was carried out; or the answer cannot be written.
pub(in crate::http) fn written(mut executed: Response, request_id: &str) -> Result<Vec<u8>, Refusal> {
    for error in &mut executed.errors {
        disclose(error, request_id);
    }
    if executed.data == Value::Null
        && !executed.errors.is_empty()
        && executed.errors.iter().all(|e| e.path.is_empty())
    {
        return Err(Refusal::of_document(executed.errors.iter().map(refused).collect()));
    }
    body(&executed).map_err(|error| {
        tracing::error!(error = %error, request_id, "an answer cannot be written as JSON");
        Refusal::with(StatusCode::INTERNAL_SERVER_ERROR, Fault::internal())
    })
}

/// Errors of the executor, as JSON, with nothing of the inside.
pub(in crate::http) fn errors(mut errors: Vec<ServerError>, request_id: &str) -> Vec<serde_json::Value> {
    for error in &mut errors {
        disclose(error, request_id);
    }
    errors.iter().filter_map(|error| serde_json::to_value(error).ok()).collect()
}

/// Sees to it that an error of the executor has a code and tells nothing of the inside.
fn disclose(error: &mut ServerError, request_id: &str) {
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    if extensions.get("code").is_none() {
        let code = code_of_others(&error.message);
        extensions.set("code", code.as_str());
        if code == Code::Internal {
            tracing::error!(error = error.message, request_id, "the executor failed");
            error.message = Fault::internal().message;
        }
    }
    if extensions.get("code") == Some(&Value::from(Code::Internal.as_str())) {
        extensions.set("requestId", request_id);
    }
}

/// The code of an error that has none, because it is not ours. About a value that a scalar refused, its words are for the client.
pub(in crate::http) fn code_of_others(message: &str) -> Code {
    if message.starts_with("Failed to parse") { Code::BadInput } else { Code::Internal }
}

/// A request error of the executor as the gate would have said it.
fn refused(error: &ServerError) -> Fault {
    let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    let internal = code == Some(&Value::from(Code::Internal.as_str()));
    Fault::new(if internal { Code::Internal } else { Code::BadInput }, &error.message)
        .at(error.locations.first().copied())
}

#[cfg(test)]
mod tests {
    use async_graphql::{PathSegment, Pos, value};

    use super::*;

    async fn told(response: HttpResponse) -> (u16, String) {
        let status = response.status().as_u16();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        (status, String::from_utf8(body.to_vec()).expect("text"))
    }

    fn failed(message: &str) -> ServerError {
        ServerError::new(message, Some(Pos { line: 1, column: 3 }))
            .with_path(vec![PathSegment::Field("a".to_owned())])
    }

    #[tokio::test]
    async fn document_errors_have_the_status_of_the_media_type() {
        let refusal = || Refusal::of_document(vec![Fault::new(Code::GraphqlParseFailed, "no")]);
        let body = r#"{"errors":[{"message":"no","extensions":{"code":"GRAPHQL_PARSE_FAILED"}}]}"#.to_owned();
        assert_eq!(told(Media::Json.refuse(refusal(), "1")).await, (200, body.clone()));
        assert_eq!(told(Media::GraphqlResponse.refuse(refusal(), "1")).await, (400, body));
    }

    #[tokio::test]
    async fn an_error_without_a_code_shows_its_request_and_nothing_else() {
        let mut response = Response::new(value!({ "a": null }));
        response.errors = vec![failed("no such table: post")];
        let (status, body) = told(Media::Json.answer(response, "r1")).await;
        assert_eq!(status, 200);
        assert_eq!(
            body,
            r#"{"errors":[{"message":"Something went wrong on our side.","locations":[{"line":1,"column":3}],"path":["a"],"extensions":{"code":"INTERNAL","requestId":"r1"}}],"data":{"a":null}}"#
        );
    }

    #[tokio::test]
    async fn a_null_answer_is_an_answer_and_a_refusal_has_no_data() {
        let mut response = Response::new(Value::Null);
        response.errors = vec![failed("Failed to parse \"Date\": no day")];
        let (status, body) = told(Media::GraphqlResponse.answer(response, "r1")).await;
        assert_eq!((status, body.ends_with("\"data\":null}")), (200, true), "{body}");
        let response = Response::from_errors(vec![ServerError::new("x", None)]);
        let (status, body) = told(Media::GraphqlResponse.answer(response, "r1")).await;
        assert_eq!((status, body.contains("data")), (400, false), "{body}");
    }
}
