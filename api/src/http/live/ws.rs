//! `/graphql/ws`: graphql-transport-ws, many operations on one socket.
//!
//! The protocol: <https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md>. Each way of misusing it has its close
//! code there.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::stream::{AbortHandle, BoxStream, SelectAll, abortable, once};
use futures_util::{StreamExt, future};
use serde_json::{Map, Value, json};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, timeout};
use tokio_tungstenite::tungstenite;

use super::{Asking, KEEP_ALIVE, SLOW, Told, is_allowed, operation};
use crate::graphql::error::Code;
use crate::http::Floor;
use crate::http::fault::Fault;
use crate::http::graphql::{Media, Parameters};
use crate::http::log::Caller;
use crate::http::refusal::Refusal;

const PROTOCOL: &str = "graphql-transport-ws";
/// How long a client may take to initialise its connection.
const INIT_PATIENCE: Duration = Duration::from_secs(3);
/// Largest message, in bytes: as for a body.
const MAX_MESSAGE: usize = 1024 * 1024;
/// Most operations at a time on one socket.
const MAX_OPERATIONS: usize = 100;
/// What a client may say of itself when it initialises the connection: browsers set no headers on a socket.
const SAID: [&str; 3] = ["authorization", "accept-language", "x-include-drafts"];

/// Why a socket is closed.
struct Close(u16, &'static str);

impl Close {
    const GOING_AWAY: Self = Self(1001, "Going away");
    const TOO_LARGE: Self = Self(1009, "Message too large");
    const TOO_SLOW: Self = Self(1013, "You read too slowly");
    const BAD_REQUEST: Self = Self(4400, "Invalid message");
    const UNAUTHORIZED: Self = Self(4401, "Unauthorized");
    const FORBIDDEN: Self = Self(4403, "Forbidden");
    const BAD_SUBPROTOCOL: Self = Self(4406, "Subprotocol not acceptable");
    const INIT_TIMEOUT: Self = Self(4408, "Connection initialisation timeout");
    const DUPLICATE: Self = Self(4409, "Subscriber already exists");
    const TOO_MANY_INITS: Self = Self(4429, "Too many initialisation requests");
}

/// How a conversation ends: with a close frame, or because nobody is there.
enum End {
    Close(Close),
    Gone,
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

/// Opens a socket, or says by a status why not.
pub(in crate::http) async fn handle(State(floor): State<Arc<Floor>>, request: Request) -> Response {
    let (mut head, _) = request.into_parts();
    let id = Caller::of(&head.extensions).request_id.clone();
    if !is_allowed(&floor, &head.headers).await {
        let fault = Fault::new(Code::Forbidden, "Pages of this origin may not connect.");
        return Media::default().refuse(Refusal::with(StatusCode::FORBIDDEN, fault), &id);
    }
    let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut head, &()).await else {
        let message =
            "This is for WebSocket connections (graphql-transport-ws); send other requests to /graphql.";
        let fault = Fault::new(Code::BadInput, message);
        return Media::default().refuse(Refusal::with(StatusCode::UPGRADE_REQUIRED, fault), &id);
    };
    let asking = Asking { floor, head };
    let place = match asking.floor.live.enter() {
        Ok(place) => place,
        Err(refusal) => return Media::default().refuse(refusal, &id),
    };
    upgrade.protocols([PROTOCOL]).max_message_size(MAX_MESSAGE).on_upgrade(async |socket| {
        serve(asking, socket).await;
        drop(place);
    })
}

async fn serve(asking: Asking, socket: WebSocket) {
    let mut conversation = Conversation {
        socket,
        asking: Arc::new(asking),
        is_initialised: false,
        operations: SelectAll::new(),
        running: HashMap::new(),
    };
    let Err(end) = conversation.hold().await;
    let End::Close(Close(code, reason)) = end else { return };
    let frame = CloseFrame { code, reason: reason.into() };
    let _ = timeout(KEEP_ALIVE, conversation.socket.send(Message::Close(Some(frame)))).await;
}

/// What happened to an operation; with nothing told it is complete.
type Happened = (String, Option<Told>);

/// One socket.
struct Conversation {
    socket: WebSocket,
    asking: Arc<Asking>,
    is_initialised: bool,
    operations: SelectAll<BoxStream<'static, Happened>>,
    running: HashMap<String, AbortHandle>,
}

impl Conversation {
    /// Talks until there is a reason to end.
    async fn hold(&mut self) -> Result<Infallible, End> {
        if self.socket.protocol().is_none() {
            return Err(Close::BAD_SUBPROTOCOL.into());
        }
        let floor = self.asking.floor.clone();
        let mut pulse = floor.app.pulse();
        let mut ticks = interval(KEEP_ALIVE);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ticks.reset();
        let init_patience = sleep(INIT_PATIENCE);
        tokio::pin!(init_patience);
        let mut heard = Instant::now();
        loop {
            let is_signed_in = self.is_initialised && self.asking.is_signed_in();
            tokio::select! {
                message = self.socket.recv() => {
                    heard = Instant::now();
                    self.hear(message).await?;
                }
                Some((id, told)) = self.operations.next(), if !self.operations.is_empty() => {
                    self.tell(id, told).await?;
                }
                _ = ticks.tick() => {
                    if heard.elapsed() > 3 * KEEP_ALIVE {
                        return Err(End::Gone);
                    }
                    self.send(Message::Ping(Bytes::new())).await?;
                    self.check_welcome(is_signed_in).await?;
                }
                // A commit may have ended the session or changed the role.
                Ok(()) = pulse.changed(), if is_signed_in => self.check_welcome(true).await?,
                () = &mut init_patience, if !self.is_initialised => return Err(Close::INIT_TIMEOUT.into()),
                () = floor.live.stopped() => return Err(Close::GOING_AWAY.into()),
            }
        }
    }

    async fn check_welcome(&mut self, is_signed_in: bool) -> Result<(), End> {
        if is_signed_in && !self.asking.is_welcome().await { Err(Close::FORBIDDEN.into()) } else { Ok(()) }
    }

    /// A message of the client.
    async fn hear(&mut self, message: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        let text = match message {
            Some(Ok(Message::Text(text))) => text,
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => return Ok(()),
            Some(Ok(Message::Binary(_))) => return Err(Close::BAD_REQUEST.into()),
            Some(Err(error)) => {
                return Err(if is_too_large(error) { Close::TOO_LARGE.into() } else { End::Gone });
            }
            Some(Ok(Message::Close(_))) | None => return Err(End::Gone),
        };
        let Ok(Value::Object(mut message)) = serde_json::from_str(&text) else {
            return Err(Close::BAD_REQUEST.into());
        };
        let payload = message.remove("payload").filter(|payload| !payload.is_null());
        let id = message.get("id").and_then(Value::as_str).filter(|id| !id.is_empty()).map(str::to_owned);
        match (message.get("type").and_then(Value::as_str), id, payload) {
            (Some("connection_init"), _, None) => self.initialise(Map::new()).await,
            (Some("connection_init"), _, Some(Value::Object(payload))) => self.initialise(payload).await,
            (Some("ping"), _, payload) => self.pong(payload).await,
            (Some("pong"), ..) => Ok(()),
            (Some("subscribe"), Some(id), Some(Value::Object(payload))) => self.subscribe(id, payload).await,
            (Some("complete"), Some(id), _) => {
                if let Some(running) = self.running.remove(&id) {
                    running.abort();
                }
                Ok(())
            }
            _ => Err(Close::BAD_REQUEST.into()),
        }
    }

    async fn initialise(&mut self, payload: Map<String, Value>) -> Result<(), End> {
        if self.is_initialised {
            return Err(Close::TOO_MANY_INITS.into());
        }
        // Nobody else has it yet: there are no operations before this.
        if let Some(asking) = Arc::get_mut(&mut self.asking) {
            introduce(&mut asking.head.headers, &payload);
        }
        if self.asking.view().await.is_err() {
            return Err(Close::FORBIDDEN.into());
        }
        self.is_initialised = true;
        self.say(&json!({ "type": "connection_ack" })).await
    }

    async fn pong(&mut self, payload: Option<Value>) -> Result<(), End> {
        let mut pong = Map::from_iter([("type".to_owned(), "pong".into())]);
        pong.extend(payload.map(|payload| ("payload".to_owned(), payload)));
        self.say(&pong.into()).await
    }

    async fn subscribe(&mut self, id: String, payload: Map<String, Value>) -> Result<(), End> {
        if !self.is_initialised {
            return Err(Close::UNAUTHORIZED.into());
        }
        if self.running.contains_key(&id) {
            return Err(Close::DUPLICATE.into());
        }
        let Ok(parameters) = Parameters::of(payload) else { return Err(Close::BAD_REQUEST.into()) };
        if self.running.len() >= MAX_OPERATIONS {
            let message = format!("A socket carries at most {MAX_OPERATIONS} operations at a time.");
            let fault = Fault::new(Code::RateLimited, &message);
            let refused = self.asking.refused(&[fault]);
            return self.tell(id, Some(refused)).await;
        }
        let told =
            operation(self.asking.clone(), (parameters, None)).map(Some).chain(once(future::ready(None)));
        let (told, running) = abortable(told);
        self.running.insert(id.clone(), running);
        self.operations.push(told.map(move |told| (id.clone(), told)).boxed());
        Ok(())
    }

    /// Tells the client what happened to an operation.
    async fn tell(&mut self, id: String, told: Option<Told>) -> Result<(), End> {
        match told {
            Some(Told::Answer(json)) => {
                // Put in as it is, since it is JSON already.
                let (id, payload) = (Value::from(id), String::from_utf8_lossy(&json));
                let next = format!(r#"{{"id":{id},"type":"next","payload":{payload}}}"#);
                self.send(Message::text(next)).await
            }
            Some(Told::Refused(errors)) => {
                // An error ends it; there is no `complete` after it.
                if let Some(running) = self.running.remove(&id) {
                    running.abort();
                }
                self.say(&json!({ "id": id, "type": "error", "payload": errors })).await
            }
            Some(Told::SignedOut) => Err(Close::FORBIDDEN.into()),
            None => {
                self.running.remove(&id);
                self.say(&json!({ "id": id, "type": "complete" })).await
            }
        }
    }

    async fn say(&mut self, message: &Value) -> Result<(), End> {
        self.send(Message::text(message.to_string())).await
    }

    async fn send(&mut self, message: Message) -> Result<(), End> {
        match timeout(SLOW, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(End::Gone),
            Err(_) => Err(Close::TOO_SLOW.into()),
        }
    }
}

/// Takes what a client says of itself as if it were in the headers; names are compared as those are.
fn introduce(headers: &mut HeaderMap, payload: &Map<String, Value>) {
    for (name, value) in payload {
        let name = name.to_ascii_lowercase();
        if let Some(name) = SAID.into_iter().find(|said| *said == name)
            && let Some(Ok(value)) = value.as_str().map(HeaderValue::from_str)
        {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}

fn is_too_large(error: axum::Error) -> bool {
    let error = error.into_inner().downcast::<tungstenite::Error>();
    error.is_ok_and(|error| matches!(*error, tungstenite::Error::Capacity(_)))
}
