//! The parameters of a request, from its URL or its body.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode, Uri};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::Value;
use url::form_urlencoded;

use crate::domain::trusted_document::LONGEST_ID;
use crate::graphql::error::Code;
use crate::http::fault::Fault;
use crate::http::gate::Values;
use crate::http::refusal::Refusal;
use crate::http::room::Room;

/// Largest body.
const MAX_BODY: usize = 1024 * 1024;
/// How long a client may take to send it.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a GraphQL request consists of. Of the `extensions` only `persistedQuery` and `cost` are known.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::http) struct Parameters {
    /// The document; `None` where it is named instead.
    pub(in crate::http) query: Option<String>,
    /// The name of the document: `documentId`, or the hash of `extensions.persistedQuery`.
    pub(in crate::http) document_id: Option<String>,
    /// Which of its operations; `None` when left out, null or empty.
    pub(in crate::http) operation_name: Option<String>,
    /// Empty when left out or null.
    pub(in crate::http) variables: Values,
    /// Whether the answer is to tell what it cost: `extensions.cost`.
    pub(in crate::http) tells_cost: bool,
}

impl Parameters {
    /// The parameters of a GET request.
    ///
    /// # Errors
    /// 400 naming the parameter that is missing, given twice or malformed.
    pub(in crate::http) fn of_url(uri: &Uri) -> Result<Self, Refusal> {
        let text = uri.query().unwrap_or_default();
        // What is not UTF-8 decodes to U+FFFD; whoever sends that character itself spells it out.
        let spelled = text.contains('\u{fffd}') || text.to_ascii_uppercase().contains("%EF%BF%BD");
        let mut given = Values::new();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            if !["query", "documentId", "operationName", "variables", "extensions"].contains(&name.as_ref()) {
                continue;
            }
            if !spelled && value.contains('\u{fffd}') {
                return Err(Refusal::parameter(
                    &name,
                    &format!("The parameter `{name}` is not valid UTF-8."),
                ));
            }
            let value = match name.as_ref() {
                "variables" | "extensions" if value.is_empty() => Value::Null,
                "variables" | "extensions" => serde_json::from_str(&value).map_err(|_| {
                    Refusal::parameter(&name, &format!("The parameter `{name}` is not valid JSON."))
                })?,
                _ => value.into_owned().into(),
            };
            if given.insert(name.clone().into_owned(), value).is_some() {
                return Err(Refusal::parameter(&name, &format!("The parameter `{name}` is given twice.")));
            }
        }
        Self::of(given)
    }

    /// The parameters of a POST request, in its body as [`read`] read it.
    ///
    /// # Errors
    /// 400 when it is malformed.
    pub(in crate::http) fn of_body(bytes: &[u8]) -> Result<Self, Refusal> {
        let text =
            std::str::from_utf8(bytes).map_err(|_| Refusal::malformed("The body is not valid UTF-8."))?;
        match serde_json::from_str(text) {
            Ok(Value::Object(given)) => Self::of(given),
            Ok(Value::Array(_)) => {
                Err(Refusal::malformed("Batches are not supported: the body must be one JSON object."))
            }
            Ok(_) => Err(Refusal::malformed("The body must be a JSON object.")),
            Err(_) => Err(Refusal::malformed("The body is not valid JSON.")),
        }
    }

    /// The parameters that a JSON object holds.
    ///
    /// # Errors
    /// 400 naming the parameter that is missing or malformed.
    pub(in crate::http) fn of(mut given: Values) -> Result<Self, Refusal> {
        let query = string(&mut given, "query")?;
        let operation_name = string(&mut given, "operationName")?.filter(|name| !name.is_empty());
        let variables = map(&mut given, "variables")?;
        let mut extensions = map(&mut given, "extensions")?;
        let document_id = match string(&mut given, "documentId")? {
            None => persisted(&mut extensions)?,
            id => id,
        };
        if document_id.as_ref().is_some_and(|id| id.len() > LONGEST_ID) {
            return Err(Refusal::parameter(
                "documentId",
                "The name of the document is too long: at most 200 bytes.",
            ));
        }
        if query.is_none() && document_id.is_none() {
            return Err(Refusal::parameter("query", "The parameter `query` is missing."));
        }
        let tells_cost = extensions.get("cost") == Some(&Value::Bool(true));
        Ok(Self { query, document_id, operation_name, variables, tells_cost })
    }
}

/// The hash by Apollo's protocol of automatic persisted queries.
fn persisted(extensions: &mut Values) -> Result<Option<String>, Refusal> {
    match extensions.remove("persistedQuery") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(mut given)) if given.get("version") == Some(&Value::from(1)) => {
            match given.remove("sha256Hash") {
                Some(Value::String(hash)) => Ok(Some(hash)),
                _ => Err(Refusal::parameter("extensions", "`persistedQuery.sha256Hash` must be a string.")),
            }
        }
        Some(_) => Err(Refusal::parameter("extensions", "`persistedQuery` must be an object of version 1.")),
    }
}

fn string(given: &mut Values, name: &str) -> Result<Option<String>, Refusal> {
    match given.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Refusal::parameter(name, &format!("The parameter `{name}` must be a string."))),
    }
}

fn map(given: &mut Values, name: &str) -> Result<Values, Refusal> {
    match given.remove(name) {
        None | Some(Value::Null) => Ok(Values::new()),
        Some(Value::Object(map)) => Ok(map),
        Some(_) => Err(Refusal::parameter(name, &format!("The parameter `{name}` must be a JSON object."))),
    }
}

/// Whether the body says that it is uncompressed JSON, in UTF-8 if it says so much.
fn is_json(headers: &HeaderMap) -> bool {
    if headers
        .get(CONTENT_ENCODING)
        .is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
    {
        return false;
    }
    let Some(Ok(line)) = headers.get(CONTENT_TYPE).map(|line| line.to_str()) else { return false };
    let mut pieces = line.split(';').map(str::trim);
    let is_json = pieces.next().is_some_and(|name| name.eq_ignore_ascii_case("application/json"));
    let mut charsets = pieces
        .filter_map(|piece| piece.split_once('='))
        .filter(|(name, _)| name.eq_ignore_ascii_case("charset"));
    is_json && charsets.all(|(_, charset)| charset.trim_matches('"').eq_ignore_ascii_case("utf-8"))
}

/// The body of a POST request.
///
/// # Errors
/// 415 unless it says that it is JSON in UTF-8, 413 beyond 1 MiB, 408 when it takes more than ten seconds to arrive, 400 when
/// it breaks off, 503 when too many that are large arrive at once.
pub(in crate::http) async fn read(room: &Room, headers: &HeaderMap, body: Body) -> Result<Bytes, Refusal> {
    if !is_json(headers) {
        let message =
            "The body must be JSON: send `Content-Type: application/json`, in UTF-8 and not compressed.";
        return Err(Refusal::with(StatusCode::UNSUPPORTED_MEDIA_TYPE, Fault::new(Code::BadInput, message)));
    }
    let too_large = || {
        let message = format!("The body is too large: at most {MAX_BODY} bytes.");
        Refusal::with(StatusCode::PAYLOAD_TOO_LARGE, Fault::new(Code::TooLarge, &message))
    };
    if body.size_hint().lower() > MAX_BODY as u64 {
        return Err(too_large());
    }
    let _place = room.for_body(body.size_hint().upper())?;
    let mut collecting = pin!(Limited::new(body, MAX_BODY).collect());
    let collected = match without_waiting(collecting.as_mut()).await {
        Some(collected) => Ok(collected),
        None => tokio::time::timeout(PATIENCE, collecting).await,
    };
    match collected {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large()),
        Ok(Err(_)) => Err(Refusal::malformed("The body ended before its end.")),
        Err(_) => {
            let fault = Fault::new(Code::Timeout, "The body took too long to arrive.");
            Err(Refusal::with(StatusCode::REQUEST_TIMEOUT, fault))
        }
    }
}

/// What a future gives when it is asked, and asked once more after everything else of its task. Most bodies come with their heads,
/// but are not read until somebody asks; to set a clock for those costs more than to read them.
async fn without_waiting<F: Future>(mut future: Pin<&mut F>) -> Option<F::Output> {
    let mut is_asked = false;
    poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if is_asked => Poll::Ready(None),
        Poll::Pending => {
            is_asked = true;
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    async fn post(content_type: &'static str, body: impl Into<Body>) -> Result<Parameters, (u16, String)> {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(content_type))]);
        let read = read(&Room::new(1, 1), &headers, body.into()).await;
        read.and_then(|bytes| Parameters::of_body(&bytes)).map_err(|refusal| told(&refusal))
    }

    fn told(refusal: &Refusal) -> (u16, String) {
        (refusal.status.unwrap_or_default().as_u16(), refusal.faults[0].argument_path.concat())
    }

    fn get(uri: &'static str) -> Result<Parameters, (u16, String)> {
        Parameters::of_url(&Uri::from_static(uri)).map_err(|refusal| told(&refusal))
    }

    #[tokio::test]
    async fn json_is_read_and_unknown_keys_are_ignored() {
        let body = r#"{"query":"{a}","operationName":null,"variables":{"a":1},"extensions":{},"id":3}"#;
        for content_type in
            ["application/json", "application/json; charset=UTF-8", "Application/JSON;charset=\"utf-8\""]
        {
            let parameters = post(content_type, body).await.expect("parameters");
            assert_eq!(
                (parameters.query.as_deref(), parameters.operation_name, parameters.variables.len()),
                (Some("{a}"), None, 1)
            );
        }
    }

    #[tokio::test]
    async fn other_bodies_are_not_taken_for_json() {
        for content_type in [
            "",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/graphql",
            "application/json; charset=latin1",
        ] {
            assert_eq!(
                post(content_type, r#"{"query":"{a}"}"#).await,
                Err((415, String::new())),
                "{content_type}"
            );
        }
    }

    #[tokio::test]
    async fn malformed_bodies_are_told_what_is_wrong() {
        for body in ["", "{", "null", "3", "[]", r#"[{"query":"{a}"}]"#, "{} {}"] {
            let refused = post("application/json", body).await.err().map(|(status, _)| status);
            assert_eq!(refused, Some(400), "{body}");
        }
        assert_eq!(post("application/json", &b"{\"query\":\"\xff\"}"[..]).await, Err((400, String::new())));
        for (body, parameter) in [
            ("{}", "query"),
            (r#"{"query":null}"#, "query"),
            (r#"{"query":["{a}"]}"#, "query"),
            (r#"{"query":"{a}","operationName":0}"#, "operationName"),
            (r#"{"query":"{a}","variables":"{}"}"#, "variables"),
            (r#"{"query":"{a}","extensions":[]}"#, "extensions"),
            (r#"{"extensions":{"persistedQuery":{"version":2,"sha256Hash":"a"}}}"#, "extensions"),
            (r#"{"extensions":{"persistedQuery":{"version":1}}}"#, "extensions"),
            (r#"{"documentId":3}"#, "documentId"),
        ] {
            assert_eq!(post("application/json", body).await, Err((400, parameter.to_owned())), "{body}");
        }
    }

    #[tokio::test]
    async fn a_body_beyond_a_mebibyte_is_refused_with_and_without_a_length() {
        let large = vec![b' '; MAX_BODY + 1];
        assert_eq!(post("application/json", large.clone()).await, Err((413, String::new())));
        let chunks =
            large.chunks(64 * 1024).map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec())).collect::<Vec<_>>();
        let stream = Body::from_stream(futures_util::stream::iter(chunks));
        assert_eq!(post("application/json", stream).await, Err((413, String::new())));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_does_not_come_is_given_up() {
        let never = Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
        assert_eq!(post("application/json", never).await, Err((408, String::new())));
    }

    #[test]
    fn a_url_holds_the_same_parameters() {
        let parameters =
            get("/graphql?query=%7Ba%7D&variables=%7B%22a%22%3A1%7D&operationName=&languages=cy")
                .expect("parameters");
        assert_eq!(
            (parameters.query.as_deref(), parameters.operation_name, parameters.variables.len()),
            (Some("{a}"), None, 1)
        );
        assert_eq!(get("/graphql"), Err((400, "query".to_owned())));
        assert_eq!(get("/graphql?query=a&query=b"), Err((400, "query".to_owned())));
        assert_eq!(get("/graphql?query=%FF"), Err((400, "query".to_owned())));
        assert_eq!(get("/graphql?query=a&variables=%7B"), Err((400, "variables".to_owned())));
        assert_eq!(get("/graphql?query=a&variables=%5B%5D"), Err((400, "variables".to_owned())));
        assert!(get("/graphql?query=%EF%BF%BD").is_ok());
    }
}
