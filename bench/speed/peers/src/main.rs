//! What is possible: `static` gives bytes from memory, `rows` asks PostgreSQL in SQL written by hand.
//!
//! `peers static PORT DIRECTORY` answers with `DIRECTORY/post.json` and its like; `peers rows PORT URL` reads the plain tables.
//! The operation's name says which question it is; the document is not looked at.

mod rows;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::post;
use serde::Deserialize;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A request, as far as it matters.
#[derive(Deserialize)]
struct Request<'a> {
    #[serde(rename = "operationName")]
    operation_name: &'a str,
    #[serde(default, borrow)]
    variables: HashMap<&'a str, &'a str>,
}

enum Server {
    Static(HashMap<String, Bytes>),
    Rows(rows::Pool),
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kind, port, place] = arguments.as_slice() else {
        panic!("peers static PORT DIRECTORY, or peers rows PORT URL");
    };
    let server = match kind.as_str() {
        "static" => Server::Static(
            ["post", "posts", "home"]
                .map(|name| {
                    let bytes = std::fs::read(format!("{place}/{name}.json")).expect("the answer was kept");
                    (name.to_owned(), Bytes::from(bytes))
                })
                .into(),
        ),
        _ => Server::Rows(rows::Pool::connect(place).await),
    };
    let router = Router::new().route("/graphql", post(answer)).with_state(Arc::new(server));
    let listener =
        tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await.expect("the port is free");
    axum::serve(listener, router).await.expect("it listens");
}

async fn answer(State(server): State<Arc<Server>>, body: Bytes) -> impl IntoResponse {
    let request: Request<'_> = serde_json::from_slice(&body).expect("it is a request");
    let bytes = match &*server {
        Server::Static(answers) => answers[request.operation_name].clone(),
        Server::Rows(pool) => pool.next().answer(&request).await,
    };
    ([(CONTENT_TYPE, "application/json")], bytes)
}
