//! The one value through which every read happens.

use std::sync::Arc;

use entity::{Id, user};
use thiserror::Error;

use super::access::{self, Denied, Right};
use super::language::LanguageTag;
use super::preview::{self, Shown};
use super::{api_client, identity, session};
use crate::app::App;
use crate::store::StoreError;
pub use crate::store::{Apart, Look, Moment, Read, Reads, Scope, Stage};
pub use entity::user::Role;

/// Who is asking, and what they see.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct View {
    /// Who is behind the credentials; `None` for an anonymous reader.
    pub viewer: Option<Viewer>,
    /// The rows that are in sight: stage, languages and moment.
    pub scope: Scope,
}

/// Somebody whose credentials were accepted for this request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Viewer {
    /// Who goes on record for what they do: an account, a client or a preview.
    pub actor_id: Id,
    /// What to call them.
    pub name: String,
    /// Where their rights come from.
    pub principal: Principal,
}

/// What kind of credentials somebody has. Rights are read from the database at this request, never from a token.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Principal {
    /// A person.
    User {
        /// What they may do.
        role: Role,
        /// The session that the access token belongs to; `None` for tokens that are not ours.
        session_id: Option<Id>,
    },
    /// A machine.
    ApiClient {
        /// What it may do, all that it implies included.
        scopes: Vec<access::Scope>,
    },
    /// Whoever was given a preview. May do nothing but read.
    Preview,
}

impl Principal {
    /// What the log calls it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::User { .. } => "user",
            Self::ApiClient { .. } => "api_client",
            Self::Preview => "preview",
        }
    }
}

impl Viewer {
    /// The person of an account.
    #[must_use]
    pub fn of_user(user: user::Model, session_id: Option<Id>) -> Self {
        let principal = Principal::User { role: user.role, session_id };
        Self { actor_id: user.id, name: user.name, principal }
    }

    /// The role of a person; `None` for machines.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        match self.principal {
            Principal::User { role, .. } => Some(role),
            Principal::ApiClient { .. } | Principal::Preview => None,
        }
    }
}

/// What a request says of itself.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The access token or the secret of an `Authorization: Bearer` header.
    pub token: Option<String>,
    /// Whether `X-Include-Drafts: true` was sent.
    pub drafts: bool,
    /// The wish list of `?languages=` or else of `Accept-Language`, best first.
    pub languages: Vec<LanguageTag>,
}

/// Why a request has no view.
#[derive(Debug, Error)]
pub enum ViewError {
    /// The token or secret is malformed, expired or revoked.
    #[error(
        "The access token or secret is malformed, expired or revoked. People get a new one with sessionRefresh or sessionCreate."
    )]
    BadToken,
    /// Drafts were asked for without the right.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The database is away.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl View {
    /// The view that a request asks for. Without a token it is an anonymous reader's.
    ///
    /// # Errors
    /// A token that is not good is never treated as none; drafts without the right are never silently what is published.
    pub async fn of(app: &App, asked: Asked) -> Result<Self, ViewError> {
        if let Some(token) = asked.token.as_ref().filter(|token| preview::is_token(token)) {
            return Self::of_preview(app, token, &asked).await;
        }
        let viewer = match &asked.token {
            Some(secret) if api_client::is_secret(secret) => {
                Some(api_client::authenticate(app, secret).await?)
            }
            Some(token) if app.issuers.know(token) => Some(identity::authenticate(app, token).await?),
            Some(token) => Some(session::authenticate(app, token).await?),
            None => None,
        };
        if asked.drafts {
            access::require(viewer.as_ref(), Right::ReadDrafts)?;
        }
        let stage = if asked.drafts { Stage::Draft } else { Stage::Published };
        let scope = Scope::new(stage, wishes(app, &asked.languages), Moment::new(app.now()));
        Ok(Self { viewer, scope })
    }

    /// The view that a preview's token selects, with or without the switch for drafts.
    async fn of_preview(app: &App, token: &str, asked: &Asked) -> Result<Self, ViewError> {
        let Shown { viewer, stage, apart, at } = preview::authenticate(app, token).await?;
        let at = Moment::new(at.unwrap_or_else(|| app.now()));
        let scope =
            Scope { apart: apart.map(Arc::new), ..Scope::new(stage, wishes(app, &asked.languages), at) };
        Ok(Self { viewer: Some(viewer), scope })
    }

    /// The same view with another wish list.
    #[must_use]
    pub fn in_languages(&self, app: &App, languages: &[LanguageTag]) -> Self {
        Self { scope: Scope { languages: wishes(app, languages), ..self.scope.clone() }, ..self.clone() }
    }

    /// The same view over drafts, in a language first: what the payload of a mutation answers in.
    #[must_use]
    pub fn of_drafts(&self, first: Option<&LanguageTag>) -> Self {
        let mut languages = self.scope.languages.to_vec();
        if let Some(first) = first {
            languages.retain(|language| language != first.as_str());
            languages.insert(0, first.to_string());
        }
        let scope = Scope::new(Stage::Draft, languages.into(), self.scope.at.clone());
        Self { scope, ..self.clone() }
    }

    /// Whether the viewer may see drafts and editorial fields.
    #[must_use]
    pub fn reads_drafts(&self) -> bool {
        access::has(self.viewer.as_ref(), Right::ReadDrafts)
    }
}

/// The wish list, the site's default language last.
fn wishes(app: &App, languages: &[LanguageTag]) -> Arc<[String]> {
    let mut wishes: Vec<String> = Vec::with_capacity(languages.len() + 1);
    for language in languages.iter().chain(&app.config.languages[..1]) {
        if !wishes.iter().any(|wish| wish == language.as_str()) {
            wishes.push(language.to_string());
        }
    }
    wishes.into()
}
