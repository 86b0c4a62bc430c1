//! Somebody who asks.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use api::app::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

use super::Answer;
use super::chance::{TestClock, instant};
use super::world::{Deputy, Observed};

/// Where a server listens, and the client that reaches it.
#[derive(Clone)]
pub(crate) struct Line {
    /// The server's address.
    pub(crate) address: SocketAddr,
    /// Keeps connections open between requests.
    pub(crate) client: Client,
    /// What the server noted of each request; nothing where it is another process.
    pub(crate) observed: Option<Arc<Observed>>,
    /// Who signs off what others write; nobody where the server is another process.
    pub(crate) deputy: Option<Arc<Deputy>>,
}

/// The media type of GraphQL over HTTP; with plain JSON a document that fails is answered with 200.
pub(crate) const BY_THE_BOOK: &str = "application/graphql-response+json";

/// Somebody who asks; cloned cheaply, with one more thing said each time.
#[derive(Clone)]
pub(crate) struct Person {
    line: Line,
    credentials: Credentials,
    headers: Vec<(&'static str, String)>,
}

#[derive(Clone)]
enum Credentials {
    Nobody,
    Token(String),
    Account(Arc<Account>),
}

/// An account and its present session.
struct Account {
    email: String,
    password: String,
    clock: Arc<TestClock>,
    session: Mutex<Option<(String, DateTime<Utc>)>>,
}

impl Person {
    /// Somebody without an account.
    pub(crate) fn anonymous(line: Line) -> Self {
        Self { line, credentials: Credentials::Nobody, headers: Vec::new() }
    }

    /// Somebody who signs in when they first ask, and again whenever their token has run out.
    pub(crate) fn with_account(line: Line, clock: Arc<TestClock>, email: &str, password: &str) -> Self {
        let (email, password) = (email.to_owned(), password.to_owned());
        let account = Account { email, password, clock, session: Mutex::new(None) };
        Self { line, credentials: Credentials::Account(Arc::new(account)), headers: Vec::new() }
    }

    /// The same person with this access token, whatever it is.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self { credentials: Credentials::Token(token.to_owned()), ..self.clone() }
    }

    /// The same person, reading drafts.
    pub(crate) fn with_drafts(&self) -> Self {
        self.saying("x-include-drafts", "true")
    }

    /// The same person with an ordered wish list: `cy,en`.
    pub(crate) fn in_languages(&self, wishes: &str) -> Self {
        self.saying("accept-language", wishes)
    }

    /// The same person at another address.
    pub(crate) fn at_address(&self, address: &str) -> Self {
        self.saying("x-forwarded-for", address)
    }

    /// The same person with one more header on each request.
    pub(crate) fn saying(&self, name: &'static str, value: &str) -> Self {
        let mut person = self.clone();
        person.headers.push((name, value.to_owned()));
        person
    }

    /// The address that they sign in with.
    #[track_caller]
    pub(crate) fn email(&self) -> &str {
        let Credentials::Account(account) = &self.credentials else { panic!("no account, no address") };
        &account.email
    }

    /// The password that they sign in with.
    #[track_caller]
    pub(crate) fn password(&self) -> &str {
        let Credentials::Account(account) = &self.credentials else { panic!("no account, no password") };
        &account.password
    }

    /// Somebody else, who signs off what this person writes.
    #[track_caller]
    pub(crate) fn deputy(&self) -> impl Future<Output = Self> {
        let Some(deputy) = self.line.deputy.clone() else { panic!("no deputy in another process") };
        let line = Line { deputy: None, ..self.line.clone() };
        async move { deputy.person(line).await }
    }

    /// The same person without credentials.
    pub(crate) fn signed_out(&self) -> Self {
        Self { credentials: Credentials::Nobody, ..self.clone() }
    }

    /// Asks in GraphQL.
    pub(crate) async fn ask(&self, query: &str) -> Answer {
        self.ask_with(query, json!({})).await
    }

    /// Asks in GraphQL with variables, and for an answer whose status says how it went.
    pub(crate) async fn ask_with(&self, query: &str, variables: Value) -> Answer {
        let body = json!({ "query": query, "variables": variables });
        let request = self.post("/graphql").await.json(&body);
        let is_said = self.headers.iter().any(|(name, _)| *name == "accept");
        let request = if is_said { request } else { request.header("accept", BY_THE_BOOK) };
        request.sent().await
    }

    /// A GET request, still to be sent.
    pub(crate) async fn get(&self, path: &str) -> Request {
        self.request(Method::GET, path).await
    }

    /// A POST request, still to be sent.
    pub(crate) async fn post(&self, path: &str) -> Request {
        self.request(Method::POST, path).await
    }

    /// A request, still to be sent: with the person's credentials and headers.
    pub(crate) async fn request(&self, method: Method, path: &str) -> Request {
        let token = match &self.credentials {
            Credentials::Nobody => None,
            Credentials::Token(token) => Some(token.clone()),
            Credentials::Account(account) => Some(self.signed_in(account).await),
        };
        let mut builder = self.line.client.request(method, format!("http://{}{path}", self.line.address));
        for (name, value) in &self.headers {
            builder = builder.header(*name, value);
        }
        if let Some(token) = token {
            builder = builder.bearer_auth(token);
        }
        Request { builder, observed: self.line.observed.clone() }
    }

    /// An access token that is good at this moment.
    async fn signed_in(&self, account: &Account) -> String {
        let session = account.session.lock().expect("nobody panics holding it").clone();
        if let Some((token, expires)) = session
            && expires > account.clock.now() + TimeDelta::seconds(1)
        {
            return token;
        }
        // A request of its own: what they say with others is not said here.
        let anybody = Self::anonymous(self.line.clone());
        let answer = Box::pin(anybody.signs_in_as(&account.email, &account.password)).await.expect_ok();
        let token = answer.text("/sessionCreate/accessToken").to_owned();
        let expires = instant(answer.text("/sessionCreate/expiresAt"));
        *account.session.lock().expect("nobody panics holding it") = Some((token.clone(), expires));
        token
    }
}

/// A request that can still be changed.
pub(crate) struct Request {
    builder: RequestBuilder,
    observed: Option<Arc<Observed>>,
}

impl Request {
    /// With a header.
    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        Self { builder: self.builder.header(name, value), ..self }
    }

    /// With a JSON body and its content type.
    pub(crate) fn json(self, body: &Value) -> Self {
        Self { builder: self.builder.json(body), ..self }
    }

    /// With any body and no content type.
    pub(crate) fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { builder: self.builder.body(body.into()), ..self }
    }

    /// Sends it, and reads no more than the head of the answer.
    pub(crate) async fn opened(self) -> reqwest::Response {
        self.builder.send().await.expect("the server answers")
    }

    /// Sends it and reads the whole answer.
    pub(crate) async fn sent(self) -> Answer {
        self.answered().await.expect("the server answers, and the answer is whole")
    }

    /// Sends it to a server that may be gone, or go before its answer is whole.
    pub(crate) async fn answered(self) -> Option<Answer> {
        let response = self.builder.send().await.ok()?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.text().await.ok()?;
        let id = headers.get("x-request-id").and_then(|id| id.to_str().ok());
        let statements = match (&self.observed, id) {
            (Some(observed), Some(id)) => observed.statements_of(id).await,
            _ => 0,
        };
        let json = serde_json::from_str(&body).unwrap_or_default();
        Some(Answer { status, headers, body, json, statements })
    }
}
