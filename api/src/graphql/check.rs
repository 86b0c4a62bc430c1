//! Checks: what would stop or trouble a publication.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Enum, InputObject, SimpleObject};

use super::error::{GqlError, Result};
use crate::app::App;
use crate::domain::check;
use crate::domain::publication::Override;
use crate::domain::read::Db;
use crate::domain::{Id, NodeKind};

/// How grave a check is at a publication.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "check::Severity")]
pub enum CheckSeverity {
    /// It stops the publication.
    Error,
    /// It does not.
    Warning,
}

/// Which rule was broken. More may come: keep a default branch.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "check::CheckCode")]
pub enum CheckCode {
    /// The post is on a sensitive topic, and readers can see no contact channel at all.
    SignpostRequired,
    /// A statistic without any figure, or a confirmed date of a campaign without a source.
    SourceRequired,
    /// A figure from a report without the place in it.
    LocatorRequired,
    /// The sentence of a statistic does not name its population.
    PopulationMissing,
    /// Shares of a whole add up to more than it, beyond rounding (half a point for each).
    #[graphql(name = "SHARES_EXCEED_100")]
    SharesExceed100,
    /// A telephone number was typed; the suggestion refers to the contact channel that has it.
    LoosePhoneNumber,
    /// A figure was typed: a percentage, a ratio such as "1 in 4", or a count of ten or more before a noun.
    UnboundFigure,
    /// The words of a link do not say where it leads.
    VagueLinkText,
    /// A heading more than one level below the one before.
    HeadingSkipped,
    /// Words to avoid; the suggestion says what to write instead.
    LanguageToAvoid,
    /// A reference in a text leads to nothing.
    BrokenReference,
    /// A reference in a text leads to something that readers do not see, or no longer do.
    ReferenceNotPublished,
    /// It is on a sensitive topic or has a content note, is a new or changed channel, or has a new or changed alert, and
    /// nobody with the role SAFEGUARDING_LEAD has approved this version. See `contentApprove`.
    SafeguardingApprovalRequired,
    /// The words are older than those of the default language.
    TranslationOutdated,
    /// A message to share is longer than its network takes.
    MessageTooLong,
    /// A hashtag of several words without capitals; the suggestion has them.
    HashtagCase,
    /// A channel is open on a Saturday or Sunday that many take for a holiday, because its bank holiday is another day; or
    /// its hours have `PH`, and no region says whose holidays these are.
    OpenOnHoliday,
    /// A number is shown with other digits than are dialled.
    DisplayMismatch,
    /// A review was due before today.
    ReviewOverdue,
}

/// Something that stops or troubles a publication.
#[derive(Clone, SimpleObject)]
pub struct Check {
    /// Whether it stops the publication.
    severity: CheckSeverity,
    /// Which rule.
    code: CheckCode,
    /// In words for the person who writes.
    message: String,
    /// Where: first the language, for words that belong to one; then the field as inputs call it and the way within it.
    /// `["en", "statement"]`, `["hours", "expression"]`, `["cy", "editions", "2026", "hashtags", "0"]`. In texts the last
    /// part is line and character, from 1: `["en", "body", "3:14"]`.
    path: Vec<String>,
    /// What to put in its place; null where that is for a person to find.
    suggestion: Option<String>,
}

impl From<check::Check> for Check {
    fn from(check: check::Check) -> Self {
        let check::Check { severity, code, message, path, suggestion } = check;
        Self { severity: severity.into(), code: code.into(), message, path, suggestion }
    }
}

/// A check that does not stop this publication.
#[derive(InputObject)]
pub struct CheckOverrideInput {
    /// Which rule may be broken.
    code: CheckCode,
    /// Why, in at most 1,000 characters; kept in the audit trail.
    reason: String,
}

impl CheckOverrideInput {
    /// Down to the domain.
    pub(super) fn lower(self) -> Override {
        let Self { code, reason } = self;
        Override { code: code.into(), reason }
    }
}

/// Loads the checks of drafts.
pub struct Checks {
    pub(super) app: Arc<App>,
    pub(super) db: Db,
}

impl Loader<(NodeKind, Id)> for Checks {
    type Value = Arc<Vec<check::Check>>;
    type Error = GqlError;
    async fn load(&self, keys: &[(NodeKind, Id)]) -> Result<HashMap<(NodeKind, Id), Self::Value>> {
        let mut found = HashMap::new();
        for (kind, ids) in super::loader::by_group(keys, |key| *key) {
            let checks =
                check::of_publications(&self.app, &self.db, (kind, &ids), check::Extent::WHOLE).await?;
            found.extend(checks.into_iter().map(|(id, checks)| ((kind, id), Arc::new(checks))));
        }
        Ok(found)
    }
}
