//! Connections that stay open: a WebSocket, and a stream of events.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use super::{Person, World};

/// Long enough for anything that a test waits for.
const PATIENCE: Duration = Duration::from_secs(20);

/// A client's end of a WebSocket.
pub(crate) struct Socket(WebSocketStream<TcpStream>);

impl World {
    /// A socket that speaks graphql-transport-ws and has said nothing yet.
    pub(crate) async fn socket(&self) -> Socket {
        let connected = self.opens_socket(&[("sec-websocket-protocol", "graphql-transport-ws")]).await;
        connected.unwrap_or_else(|status| panic!("no socket: {status}"))
    }

    /// A socket that was acknowledged.
    pub(crate) async fn acknowledged(&self, payload: Value) -> Socket {
        let mut socket = self.socket().await;
        socket.says(json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.hears().await, json!({ "type": "connection_ack" }));
        socket
    }

    /// A socket with these headers, or the status with which it is refused.
    pub(crate) async fn opens_socket(&self, headers: &[(&'static str, &str)]) -> Result<Socket, u16> {
        let url = format!("ws://{}/graphql/ws", self.address());
        let mut request = url.into_client_request().expect("it is a URL");
        for (name, value) in headers {
            request.headers_mut().insert(*name, HeaderValue::from_str(value).expect("a header's value"));
        }
        let stream = TcpStream::connect(self.address()).await.expect("the server listens");
        match client_async(request, stream).await {
            Ok((socket, _)) => Ok(Socket(socket)),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("no socket: {error}"),
        }
    }
}

impl Socket {
    /// Sends a message.
    pub(crate) async fn says(&mut self, message: Value) {
        self.says_text(&message.to_string()).await;
    }

    /// Sends a text that may be no message.
    pub(crate) async fn says_text(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.expect("the socket is open");
    }

    /// Asks for an operation.
    pub(crate) async fn subscribes(&mut self, id: &str, query: &str, variables: Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.says(json!({ "id": id, "type": "subscribe", "payload": payload })).await;
    }

    /// The next message.
    pub(crate) async fn hears(&mut self) -> Value {
        match self.next().await {
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text).expect("messages are JSON"),
            other => panic!("a message was expected, not {other:?}"),
        }
    }

    /// The code with which the server closes it, whatever it says before.
    pub(crate) async fn is_closed(&mut self) -> u16 {
        loop {
            match self.next().await {
                Some(Ok(Message::Close(frame))) => return frame.map_or(1005, |frame| frame.code.into()),
                Some(Ok(_)) => {}
                other => panic!("a close frame was expected, not {other:?}"),
            }
        }
    }

    async fn next(&mut self) -> Option<Result<Message, Error>> {
        loop {
            let next = tokio::time::timeout(PATIENCE, self.0.next()).await.expect("something comes");
            if !matches!(next, Some(Ok(Message::Ping(_)))) {
                return next;
            }
        }
    }
}

/// A client's end of a stream of events.
pub(crate) struct Events {
    response: reqwest::Response,
    read: String,
}

impl Person {
    /// Opens a stream with an operation.
    pub(crate) async fn streams(&self, query: &str, variables: Value) -> Events {
        let body = json!({ "query": query, "variables": variables });
        let request = self.post("/graphql/stream").await.json(&body).header("accept", "text/event-stream");
        let response = request.opened().await;
        assert_eq!(response.status().as_u16(), 200);
        Events { response, read: String::new() }
    }
}

impl Events {
    /// The next event and its data.
    pub(crate) async fn next(&mut self) -> (String, Value) {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.read = rest;
                let line = |name: &str| event.lines().find_map(|line| line.strip_prefix(name));
                if let (Some(name), Some(data)) = (line("event: "), line("data: ")) {
                    return (name.to_owned(), serde_json::from_str(data).unwrap_or_default());
                }
                continue;
            }
            let chunk = tokio::time::timeout(PATIENCE, self.response.chunk()).await.expect("something comes");
            let chunk = chunk.expect("the stream is whole").expect("there is another event");
            self.read.push_str(std::str::from_utf8(&chunk).expect("events are text"));
        }
    }
}
