//! Previews: a draft for somebody without an account.

use async_graphql::{Context, ID, Object, SimpleObject};

use super::error::Result;
use super::payload::{UserError, refused};
use super::scalar::{self, DateTime, URL};
use super::session::RevokePayload;
use super::{app, db, id, view};
use crate::domain::preview::{self, Issued, NewPreview, RevokeError};
use crate::domain::value;

/// How long a preview lasts unless said, in minutes.
const MINUTES: i32 = 60;

/// What somebody without an account is given. With any user error all of it is null.
#[derive(Default, SimpleObject)]
pub struct PreviewTokenPayload {
    /// For the header `Authorization: Bearer`. Shown once.
    token: Option<String>,
    /// The server's public URL with the token in the fragment, which browsers send to nobody: `https://…/#preview=bpt_…`.
    url: Option<URL>,
    /// From when on it is refused.
    expires_at: Option<DateTime>,
    /// What was wrong.
    user_errors: Vec<UserError>,
}

/// Fields of `Mutation`.
#[derive(Default)]
pub struct PreviewMutation;

#[Object]
impl PreviewMutation {
    /// A secret for one item's draft (or, without `id`, all drafts, as of `at`), for readers without an account. The token alone
    /// selects the draft view: the item with what it embeds directly, everything else as readers see it. It only reads, and
    /// ends when the item is taken down, and with the account or the right of whoever gave it. Needs the role AUTHOR, without
    /// `id` ADMIN.
    async fn preview_token_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose draft; all drafts when left out.")] id: Option<ID>,
        #[graphql(desc = "The moment that the answers are for; that of each request unless said.")]
        at: Option<DateTime>,
        #[graphql(
            desc = "For how many minutes: 1 to 43,200, which is 30 days; without `id` at most 1,440, which is a day.",
            default_with = "Some(MINUTES)"
        )]
        expires_in_minutes: Option<i32>,
    ) -> Result<PreviewTokenPayload> {
        let new = NewPreview {
            document: id.map(|id| id::document(&id).map(|(_, id)| id)),
            at: at.map(|at| scalar::read(&["at"], &at.0, value::moment)).transpose()?,
            minutes: expires_in_minutes.unwrap_or(MINUTES),
        };
        match preview::create(app(ctx), db(ctx), view(ctx).viewer.as_ref(), new).await {
            Ok(Issued { token, expires_at }) => {
                let mut url = app(ctx).config.public_url.clone();
                url.set_fragment(Some(&format!("preview={token}")));
                Ok(PreviewTokenPayload {
                    token: Some(token),
                    url: Some(URL(url.into())),
                    expires_at: Some(expires_at.into()),
                    user_errors: Vec::new(),
                })
            }
            Err(error) => {
                Ok(PreviewTokenPayload { user_errors: refused(error)?, ..PreviewTokenPayload::default() })
            }
        }
    }

    /// Ends a preview at its next request, whoever gave it. Needs the role AUTHOR.
    async fn preview_token_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token, as it was shown.")] token: String,
    ) -> Result<RevokePayload> {
        match preview::revoke(app(ctx), db(ctx), view(ctx).viewer.as_ref(), &token).await {
            Ok(revoked) => Ok(revoked.into()),
            Err(RevokeError::Denied(denied)) => Err(denied.into()),
            Err(RevokeError::Store(error)) => Err(error.into()),
        }
    }
}
