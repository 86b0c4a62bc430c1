//! Clients that are machines.

mod input;
mod mutation;
mod query;

use async_graphql::{ComplexObject, ID, SimpleObject};

use super::editorial::Actor;
use super::id;
use super::scalar::{Date, DateTime};
use super::session::Scope;
use crate::domain;

pub use input::{ApiClientInput, ApiClientUpdateInput};
pub use mutation::{ApiClientMutation, ApiClientPayload};
pub use query::{ApiClientQuery, find};

/// What the id of a client begins with.
pub const PREFIX: &str = "client";

/// A machine that may ask: a website, an app, an importer. Seen by those with the role ADMIN.
#[derive(Clone, SimpleObject)]
#[graphql(complex)]
pub struct ApiClient {
    /// What to call it; others see it beside what it wrote.
    name: String,
    /// What its secrets begin with, to tell whose a leaked one is.
    prefix: String,
    /// What it was given. Of that only what its owner may do counts, as the owner's role is at the moment.
    scopes: Vec<Scope>,
    /// Whose pages may ask from a browser, beside those of `BEACON_ALLOWED_ORIGINS`; at most 50.
    origins: Vec<String>,
    /// Whose rights it is lent. It ends with the owner's account, and content that it saved is not approved by its owner.
    owner: Actor,
    /// When it was made.
    created_at: DateTime,
    /// From when on it is refused; null for never.
    expires_at: Option<DateTime>,
    /// The last day, in the site's zone, on which it was used; null for never.
    last_used_on: Option<Date>,
    /// When it was ended; null while it is not.
    revoked_at: Option<DateTime>,
    #[graphql(skip)]
    client: domain::Id,
}

#[ComplexObject]
impl ApiClient {
    /// Opaque, always the same for the same client.
    pub async fn id(&self) -> ID {
        id::with_prefix(PREFIX, self.client)
    }
}

impl From<domain::api_client::ApiClient> for ApiClient {
    fn from(client: domain::api_client::ApiClient) -> Self {
        let domain::api_client::ApiClient {
            id,
            owner_id,
            name,
            prefix,
            hash: _,
            former_hash: _,
            former_until: _,
            scopes,
            origins,
            expires_at,
            last_used_on,
            revoked_at,
            created_at,
        } = client;
        Self {
            client: id,
            name,
            prefix,
            scopes: scopes.0.into_iter().map(Scope::from).collect(),
            origins: origins.0,
            owner: Actor::of(owner_id),
            created_at: created_at.into(),
            expires_at: expires_at.map(DateTime::from),
            last_used_on: last_used_on.map(Date::from),
            revoked_at: revoked_at.map(DateTime::from),
        }
    }
}
