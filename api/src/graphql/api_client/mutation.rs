//! Managing clients.

use async_graphql::{Context, ID, Object, SimpleObject};

use super::input::{ApiClientInput, ApiClientUpdateInput};
use super::{ApiClient, PREFIX};
use crate::domain::account::AccountError;
use crate::domain::api_client::{self, Issued, Maker};
use crate::domain::user::Manager;
use crate::graphql::error::Result;
use crate::graphql::lower::Lower;
use crate::graphql::payload::{UserError, refused};
use crate::graphql::{app, db, id, view};

/// How long two secrets are good unless said, in minutes: a day.
const OVERLAP: i32 = 1440;

/// What became of a client.
#[derive(Default, SimpleObject)]
pub struct ApiClientPayload {
    /// The client as it is now; null with any user error.
    api_client: Option<ApiClient>,
    /// For the header `Authorization: Bearer …`. Shown once, when it is made or rotated; null otherwise.
    secret: Option<String>,
    /// What was wrong; with any, nothing was saved.
    user_errors: Vec<UserError>,
}

impl From<Issued> for ApiClientPayload {
    fn from(issued: Issued) -> Self {
        let Issued { client, secret } = issued;
        Self { secret: Some(secret), ..client.into() }
    }
}

impl From<api_client::ApiClient> for ApiClientPayload {
    fn from(client: api_client::ApiClient) -> Self {
        Self { api_client: Some(client.into()), ..Self::default() }
    }
}

impl ApiClientPayload {
    fn of(result: Result<impl Into<Self>, AccountError>) -> Result<Self> {
        result.map(Into::into).or_else(|error| Ok(Self { user_errors: refused(error)?, ..Self::default() }))
    }
}

/// Fields of `Mutation`.
#[derive(Default)]
pub struct ApiClientMutation;

#[Object]
impl ApiClientMutation {
    /// Makes a client on the viewer's account and shows its secret, this once. Needs the role ADMIN.
    async fn api_client_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The client to be.")] input: ApiClientInput,
    ) -> Result<ApiClientPayload> {
        let maker = Maker::Viewer(view(ctx).viewer.as_ref());
        ApiClientPayload::of(api_client::create(app(ctx), db(ctx), maker, input.lower()).await)
    }

    /// Changes a client. One that was ended cannot be changed: `NOT_ALLOWED_IN_STATE`. Needs the role ADMIN.
    async fn api_client_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which client.")] id: ID,
        #[graphql(desc = "What changes.")] input: ApiClientUpdateInput,
    ) -> Result<ApiClientPayload> {
        let (viewer, id) = (view(ctx).viewer.as_ref(), id::part(&id, PREFIX));
        ApiClientPayload::of(api_client::update(app(ctx), db(ctx), viewer, id, input.lower()).await)
    }

    /// Gives a client another secret and shows it, this once. The present one works on until the overlap ends; one that
    /// was replaced before is refused from now on. Needs the role ADMIN.
    async fn api_client_rotate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which client.")] id: ID,
        #[graphql(
            desc = "For how many minutes the present secret still works: 0 to 10,080, which is a week.",
            default_with = "Some(OVERLAP)"
        )]
        overlap_minutes: Option<i32>,
    ) -> Result<ApiClientPayload> {
        let (viewer, id) = (view(ctx).viewer.as_ref(), id::part(&id, PREFIX));
        let overlap = overlap_minutes.unwrap_or(OVERLAP);
        ApiClientPayload::of(api_client::rotate(app(ctx), db(ctx), viewer, id, overlap).await)
    }

    /// Ends a client for good: its secrets are refused from the next request on. Needs the role ADMIN.
    async fn api_client_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which client.")] id: ID,
    ) -> Result<ApiClientPayload> {
        let manager = Manager::Viewer(view(ctx).viewer.as_ref());
        let id = id::part(&id, PREFIX);
        ApiClientPayload::of(api_client::revoke(app(ctx), db(ctx), manager, id).await)
    }
}
