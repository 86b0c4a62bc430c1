//! What mutations answer: the thing, and all that was wrong.

use async_graphql::{Context, Enum, OutputType, SimpleObject};

use super::check::Check;
use super::content::{Doc, Sight};
use super::editorial::Actor;
use super::error::{GqlError, Result};
use super::scalar::{self, DateTime, LanguageTag};
use super::{db, view};
use crate::domain::account::AccountError;
use crate::domain::check::Severity;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::read::{self, Noun};
use crate::domain::save::{Conflict, Manner, SaveError, Saved};
use crate::domain::{self, Id, language, value};

/// What can be wrong with an input or a wish.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum UserErrorCode {
    /// It is missing, empty or was cleared, and must not be.
    Required,
    /// It is longer than it may be.
    TooLong,
    /// It is shorter than it may be.
    TooShort,
    /// It is not what it should be, such as a URL that is none.
    Invalid,
    /// It lies outside its bounds.
    OutOfRange,
    /// Another one has it.
    Taken,
    /// There is no such thing.
    NotFound,
    /// Somebody saved in between; see `conflict`.
    VersionConflict,
    /// A check stops the publication; see `check`.
    CheckFailed,
    /// Something else refers to it.
    InUse,
    /// You have written some of it: somebody else must approve it.
    ApproverIsAuthor,
    /// Not in the state that it is in.
    NotAllowedInState,
    /// The e-mail address or the password is wrong.
    InvalidCredentials,
    /// The token was good once.
    TokenExpired,
    /// Too many failed tries; wait a quarter of an hour.
    TooManyAttempts,
}

impl From<ProblemCode> for UserErrorCode {
    fn from(code: ProblemCode) -> Self {
        match code {
            ProblemCode::Required => Self::Required,
            ProblemCode::TooLong => Self::TooLong,
            ProblemCode::TooShort => Self::TooShort,
            ProblemCode::Invalid => Self::Invalid,
            ProblemCode::OutOfRange => Self::OutOfRange,
            ProblemCode::Taken => Self::Taken,
            ProblemCode::NotFound => Self::NotFound,
            ProblemCode::VersionConflict => Self::VersionConflict,
            ProblemCode::InUse => Self::InUse,
            ProblemCode::ApproverIsAuthor => Self::ApproverIsAuthor,
            ProblemCode::NotAllowedInState => Self::NotAllowedInState,
            ProblemCode::InvalidCredentials => Self::InvalidCredentials,
            ProblemCode::TokenExpired => Self::TokenExpired,
            ProblemCode::TooManyAttempts => Self::TooManyAttempts,
        }
    }
}

/// Something that is wrong, for the person who typed it. With any of these nothing was saved.
#[derive(Clone, SimpleObject)]
pub struct UserError {
    /// What kind of thing.
    code: UserErrorCode,
    /// In words for that person.
    message: String,
    /// Path in the arguments, e.g. `["input", "slug"]`.
    path: Vec<String>,
    /// For `CHECK_FAILED`: which check, with its suggestion.
    check: Option<Check>,
    /// For `VERSION_CONFLICT`; the payload then holds the current draft.
    conflict: Option<VersionConflict>,
}

/// Who saved in between, when, and what.
#[derive(Clone, SimpleObject)]
pub struct VersionConflict {
    /// The version that a new try must be based on.
    current_version: i32,
    /// Who saved it.
    changed_by: Actor,
    /// When.
    changed_at: DateTime,
    /// The input fields that were changed since the expected version, in alphabetical order.
    changed_fields: Vec<String>,
}

impl From<Problem> for UserError {
    fn from(problem: Problem) -> Self {
        Self {
            code: problem.code.into(),
            message: problem.message,
            path: problem.path,
            check: None,
            conflict: None,
        }
    }
}

impl From<domain::check::Check> for UserError {
    fn from(check: domain::check::Check) -> Self {
        Self {
            code: UserErrorCode::CheckFailed,
            message: check.message.clone(),
            path: vec!["id".into()],
            check: Some(check.into()),
            conflict: None,
        }
    }
}

impl From<Conflict> for UserError {
    fn from(conflict: Conflict) -> Self {
        let Conflict { expected_version, current_version, changed_by, changed_at, changed_fields, .. } =
            conflict;
        let message = if expected_version > current_version {
            format!("There is no version {expected_version}: the newest is {current_version}.")
        } else {
            format!("Somebody saved in between: this is version {current_version} now.")
        };
        Self {
            code: UserErrorCode::VersionConflict,
            message,
            path: vec!["expectedVersion".into()],
            check: None,
            conflict: Some(VersionConflict {
                current_version,
                changed_by: Actor::of(changed_by),
                changed_at: changed_at.into(),
                changed_fields,
            }),
        }
    }
}

/// What became of a write: the document to show, and what was wrong.
pub struct Outcome {
    /// Saved, or in conflict; none after a dry run and with other problems.
    pub id: Option<Id>,
    /// What was wrong.
    pub user_errors: Vec<UserError>,
    /// What its checks found and does not stop it.
    pub warnings: Vec<Check>,
}

/// Business failures become user errors, the rest a top-level error.
///
/// # Errors
/// Denied, or the database's.
pub fn outcome(result: Result<impl Into<Saved>, SaveError>) -> Result<Outcome> {
    let refused = |id, user_errors| Outcome { id, user_errors, warnings: Vec::new() };
    match result {
        Ok(saved) => {
            let Saved { id, checks } = saved.into();
            let warnings = checks.into_iter().map(Check::from).collect();
            Ok(Outcome { id, user_errors: Vec::new(), warnings })
        }
        Err(SaveError::Problems(problems)) => {
            Ok(refused(None, problems.into_iter().map(UserError::from).collect()))
        }
        Err(SaveError::Checks(checks)) => {
            let (errors, warnings) =
                checks.into_iter().partition::<Vec<_>, _>(|check| check.severity == Severity::Error);
            let user_errors = errors.into_iter().map(UserError::from).collect();
            Ok(Outcome { id: None, user_errors, warnings: warnings.into_iter().map(Check::from).collect() })
        }
        Err(SaveError::Conflict(conflict)) => Ok(refused(Some(conflict.id), vec![(*conflict).into()])),
        Err(SaveError::Denied(denied)) => Err(denied.into()),
        Err(SaveError::Store(error)) => Err(error.into()),
    }
}

/// The problems of a write to an account, or to what it owns, become user errors, the rest a top-level error.
///
/// # Errors
/// Denied, the database's, or those of the system's randomness.
pub fn refused(error: AccountError) -> Result<Vec<UserError>> {
    match error {
        AccountError::Problems(problems) => Ok(problems.into_iter().map(UserError::from).collect()),
        AccountError::Denied(denied) => Err(denied.into()),
        AccountError::Store(error) => Err(error.into()),
        AccountError::Crypto(error) => Err(error.into()),
    }
}

/// How a save is meant, from the arguments that all writes share.
///
/// # Errors
/// `BAD_INPUT` for what is no language tag.
pub fn manner(language: Option<LanguageTag>, dry_run: Option<bool>) -> Result<Manner> {
    let language = language.map(|tag| scalar::read(&["language"], &tag.0, value::language)).transpose()?;
    Ok(Manner { language, dry_run: dry_run.unwrap_or(false) })
}

/// The view that a payload answers in: drafts, in the language that was written first.
#[must_use]
pub fn sight(ctx: &Context<'_>, language: Option<&language::LanguageTag>) -> Sight {
    std::sync::Arc::new(view(ctx).of_drafts(language))
}

/// The document of a write as an editor sees it now.
///
/// # Errors
/// The database's.
pub async fn shown<N: Noun>(
    ctx: &Context<'_>,
    sight: &Sight,
    id: Option<Id>,
) -> Result<Option<Doc<N>>, GqlError>
where
    Doc<N>: OutputType,
{
    let Some(id) = id else { return Ok(None) };
    let record = read::by_ids::<N>(db(ctx), &sight.scope, &[id]).await?.remove(&id);
    Ok(record.map(|record| Doc::new(sight, std::sync::Arc::new(record))))
}
