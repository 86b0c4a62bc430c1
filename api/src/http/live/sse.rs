//! `/graphql/stream`: graphql-sse, distinct connections mode. One request, one operation, one stream of events.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use futures_util::{Stream, StreamExt, stream};
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use super::{Asked, Asking, Denied, KEEP_ALIVE, SLOW, Told, is_allowed, operation, too_slow};
use crate::domain::view::ViewError;
use crate::graphql::error::Code;
use crate::http::Floor;
use crate::http::fault::{self, Fault};
use crate::http::gate::Kind;
use crate::http::graphql::{Media, Parameters, prepare, read};
use crate::http::refusal::Refusal;

const EVENT_STREAM: &str = "text/event-stream";
/// Nothing happened, and the connection lives.
const COMMENT: &str = ":\n\n";
const COMPLETE: &str = "event: complete\ndata: \n\n";

/// Opens a stream, or says by a status why not. What is wrong with the operation itself is an event: browsers do not let
/// a page see the body of a stream that was refused.
pub(in crate::http) async fn handle(State(floor): State<Arc<Floor>>, request: Request) -> Response {
    match open(floor, request).await {
        Ok(response) => response,
        Err((refusal, id)) => Media::default().refuse(refusal, &id),
    }
}

async fn open(floor: Arc<Floor>, request: Request) -> Result<Response, (Refusal, String)> {
    let (head, body) = request.into_parts();
    let asking = Arc::new(Asking { floor, head });
    let refused = |refusal| (refusal, asking.request_id().to_owned());
    let asked = asked(&asking, body).await.map_err(refused)?;
    let (sender, receiver) = mpsc::channel(1);
    let place = asking.floor.live.enter().map_err(refused)?;
    tokio::spawn(produce(asking.clone(), asked, sender, place));
    let mut response = Response::new(Body::from_stream(body_of(receiver)));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    // Proxies that keep answers until they are whole would keep these for ever.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// The operation that is asked for by somebody who may, and their view; none where a mutation may do without.
async fn asked(asking: &Asking, body: Body) -> Result<Asked, Refusal> {
    let head = &asking.head;
    if !accepts(&head.headers) {
        let message = "The answer is text/event-stream; accept it.";
        return Err(Refusal::with(StatusCode::NOT_ACCEPTABLE, Fault::new(Code::BadInput, message)));
    }
    if !is_allowed(&asking.floor, &head.headers).await {
        let message = "Pages of this origin may not connect.";
        return Err(Refusal::with(StatusCode::FORBIDDEN, Fault::new(Code::Forbidden, message)));
    }
    let parameters = match head.method {
        Method::GET => Parameters::of_url(&head.uri)?,
        Method::POST => Parameters::of_body(&read(&asking.floor.room, &head.headers, body).await?)?,
        _ => return Err(Refusal::method("GET, POST", "Use POST, or GET for queries and subscriptions.")),
    };
    let is_mutation = prepare(&asking.floor, head, &parameters).await.is_ok_and(|(prepared, _)| {
        let chosen = prepared.choose(parameters.operation_name.as_deref());
        chosen.is_ok_and(|chosen| chosen.kind == Kind::Mutation)
    });
    if is_mutation && head.method == Method::GET {
        return Err(Refusal::method("POST", "Mutations do not run over GET; send this operation by POST."));
    }
    match asking.view().await {
        Err(Denied::Refused(refusal)) => Err(refusal),
        Err(Denied::SignedOut) if is_mutation => Ok((parameters, None)),
        Err(Denied::SignedOut) => Err(ViewError::BadToken.into()),
        Ok(view) => Ok((parameters, Some(view))),
    }
}

fn accepts(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(ACCEPT);
    let mut ranges = lines.iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(','));
    let fits = |range: &str| {
        let name = range.split(';').next().unwrap_or_default().trim();
        [EVENT_STREAM, "text/*", "*/*"].iter().any(|fitting| name.eq_ignore_ascii_case(fitting))
    };
    !headers.contains_key(ACCEPT) || ranges.any(fits)
}

/// Makes the events, one at a time, until the operation or the reader's patience ends.
async fn produce(
    asking: Arc<Asking>,
    asked: Asked,
    reader: mpsc::Sender<Bytes>,
    _place: OwnedSemaphorePermit,
) {
    let mut told = std::pin::pin!(operation(asking.clone(), asked));
    loop {
        let event = tokio::select! {
            next = tokio::time::timeout(KEEP_ALIVE, told.next()) => match next {
                Ok(Some(Told::Answer(json))) => next_event(&json),
                Ok(Some(Told::Refused(errors))) => next_event(json!({ "errors": errors }).to_string().as_bytes()),
                Ok(Some(Told::SignedOut)) => return end(&reader, Some(signed_out())).await,
                Ok(None) => return end(&reader, None).await,
                Err(_) if asking.is_signed_in() && !asking.is_welcome().await => {
                    return end(&reader, Some(signed_out())).await;
                }
                Err(_) => Bytes::from_static(COMMENT.as_bytes()),
            },
            () = asking.floor.live.stopped() => return end(&reader, None).await,
            () = reader.closed() => return,
        };
        if reader.send_timeout(event, SLOW).await.is_err() {
            return;
        }
    }
}

/// Completes the operation, with a last word where there is one.
async fn end(reader: &mpsc::Sender<Bytes>, word: Option<Fault>) {
    let mut last = word.map(|fault| next_event(&fault::body(&[fault], "")).to_vec()).unwrap_or_default();
    last.extend_from_slice(COMPLETE.as_bytes());
    // Whoever does not take this either is gone.
    let _ = reader.send_timeout(last.into(), SLOW).await;
}

fn signed_out() -> Fault {
    Fault::new(Code::Unauthenticated, &ViewError::BadToken.to_string())
}

fn next_event(json: &[u8]) -> Bytes {
    [b"event: next\ndata: ", json, b"\n\n"].concat().into()
}

/// What the reader takes. Where the maker gave up before the end, the reader was too slow, and is told when they come to it.
fn body_of(events: mpsc::Receiver<Bytes>) -> impl Stream<Item = Result<Bytes, Infallible>> {
    stream::unfold(Some(events), |events| async {
        let mut events = events?;
        match events.recv().await {
            Some(event) if event.ends_with(COMPLETE.as_bytes()) => Some((Ok(event), None)),
            Some(event) => Some((Ok(event), Some(events))),
            None => {
                let mut last = next_event(&fault::body(&[too_slow()], "")).to_vec();
                last.extend_from_slice(COMPLETE.as_bytes());
                Some((Ok(last.into()), None))
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(events: mpsc::Receiver<Bytes>) -> String {
        let parts: Vec<_> = body_of(events).map(|part| part.expect("it cannot fail")).collect().await;
        String::from_utf8(parts.concat()).expect("text")
    }

    #[tokio::test]
    async fn an_operation_ends_with_complete() {
        let (sender, receiver) = mpsc::channel(4);
        sender.send(next_event(b"{}")).await.expect("there is room");
        end(&sender, None).await;
        drop(sender);
        assert_eq!(read(receiver).await, "event: next\ndata: {}\n\nevent: complete\ndata: \n\n");
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_who_takes_nothing_is_told_when_they_come_back() {
        let (sender, receiver) = mpsc::channel(1);
        sender.send(next_event(b"{}")).await.expect("there is room");
        assert!(sender.send_timeout(next_event(b"{}"), SLOW).await.is_err());
        drop(sender);
        let body = read(receiver).await;
        assert!(body.contains("TIMEOUT") && body.ends_with(COMPLETE), "{body}");
    }
}
