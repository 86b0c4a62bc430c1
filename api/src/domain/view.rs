//! The one value through which every read happens.

use std::sync::Arc;

use entity::Id;
pub use entity::user::Role;
use thiserror::Error;

use super::access::{self, Denied, Right};
use super::language::LanguageTag;
use super::session;
use crate::app::App;
use crate::store::StoreError;
pub use crate::store::{Scope, Stage};

/// Who is asking, and what they see.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct View {
    /// The person behind the credentials; `None` for an anonymous reader.
    pub viewer: Option<Viewer>,
    /// The rows that are in sight: stage, languages and moment.
    pub scope: Scope,
}

/// A person whose credentials were accepted for this request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Viewer {
    /// The account.
    pub user_id: Id,
    /// The session that the access token belongs to.
    pub session_id: Id,
    /// What to call them.
    pub name: String,
    /// Read from the database at this request, never from the token.
    pub role: Role,
}

/// What a request says of itself.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The access token of an `Authorization: Bearer` header.
    pub token: Option<String>,
    /// Whether `X-Include-Drafts: true` was sent.
    pub drafts: bool,
    /// The wish list of `?languages=` or else of `Accept-Language`, best first.
    pub languages: Vec<LanguageTag>,
}

/// Why a request has no view.
#[derive(Debug, Error)]
pub enum ViewError {
    /// The token is malformed, expired or revoked.
    #[error(
        "The access token is malformed, expired or revoked. Get a new one with sessionRefresh or sessionCreate."
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
        let viewer = match &asked.token {
            Some(token) => Some(session::authenticate(app, token).await?),
            None => None,
        };
        if asked.drafts {
            access::require(viewer.as_ref(), Right::ReadDrafts)?;
        }
        let stage = if asked.drafts { Stage::Draft } else { Stage::Published };
        Ok(Self { viewer, scope: Scope { stage, languages: wishes(app, &asked.languages), at: app.now() } })
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
        Self {
            scope: Scope { stage: Stage::Draft, languages: languages.into(), at: self.scope.at },
            ..self.clone()
        }
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
