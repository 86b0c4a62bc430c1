//! Putting a published figure right: the only way in which a number that readers have seen changes, and never unseen.

use chrono::{DateTime, Utc};
use entity::change::Action;
use entity::document;
pub use entity::statistic::correction::Model as Correction;
use entity::statistic::figure;
use entity::{Decimal, Id};

use super::access::{self, Right};
use super::edit::Reference;
use super::figure::unknown;
use super::problem::{Problem, ProblemCode};
use super::save::{SaveError, conflict};
use super::view::View;
use super::{text, value};
use crate::app::App;
use crate::store::change::{self, NewChange};
use crate::store::{Db, Tx, draft, statistic};

/// What is wrong, and what is right.
pub struct Wrong {
    /// Which figure; `None` where the id could not be read.
    pub figure_id: Reference,
    /// The statistic's version that was looked at.
    pub expected_version: i32,
    /// The right value.
    pub value: String,
    /// Why the old one was wrong.
    pub reason: String,
}

/// Puts the value of a published figure right for readers and in the draft at once; the old value and the reason stay on
/// record. The statistic gets its next version, and keeps what else its draft has that readers do not see.
///
/// # Errors
/// Denied, not found, a conflict, a value that does not fit, or a figure that is not published.
pub async fn correct(app: &App, db: &Db, view: &View, wrong: Wrong) -> Result<Option<Id>, SaveError> {
    let viewer = access::require(view.viewer.as_ref(), Right::Publish)?;
    let Wrong { figure_id, expected_version, value, reason } = wrong;
    let now = app.now();
    let tx = db.begin().await?;
    let (figure_id, mut document) = locked(&tx, figure_id).await?;
    if let Some(conflict) = conflict(&tx, &document, expected_version).await? {
        return Err(SaveError::Conflict(Box::new(conflict)));
    }
    let published = statistic::published(&tx, figure_id).await?;
    let (value, reason) = check(published.as_ref(), &value, &reason).map_err(SaveError::Problems)?;
    let Some(published) = published else { return Err(SaveError::Problems(vec![unpublished()])) };

    let correction = Correction {
        id: app.ids.next(),
        figure_id,
        document_id: document.id,
        previous_value: published.value,
        reason: reason.clone(),
        corrected_at: now,
    };
    statistic::correct(&tx, value, correction).await?;
    next_version(&mut document, viewer.user_id, now);
    draft::put_document(&tx, &document).await?;
    change::append(&tx, record(&document, reason)).await?;
    tx.commit().await?;
    Ok(Some(document.id))
}

async fn locked(tx: &Tx, figure_id: Reference) -> Result<(Id, document::Model), SaveError> {
    let not_found = || SaveError::Problems(vec![unknown()]);
    let figure_id = figure_id.ok_or_else(not_found)?;
    let owner = statistic::owner(tx, figure_id).await?.ok_or_else(not_found)?;
    let document = draft::locked(tx, owner).await?.ok_or_else(not_found)?;
    Ok((figure_id, document))
}

/// Value and reason of a correction of what is published; all that is wrong at once.
fn check(
    published: Option<&figure::Model>,
    value: &str,
    reason: &str,
) -> Result<(Decimal, String), Vec<Problem>> {
    let mut problems = Vec::new();
    let mut refuse =
        |argument: &str, code, message: String| problems.push(Problem::at(&[argument], code, message));
    let value = value::decimal(value).map_err(|(code, message)| refuse("value", code, message)).ok();
    let reason =
        text::parse(reason, text::SUMMARY).map_err(|(code, message)| refuse("reason", code, message)).ok();
    if let (Some(value), Some(published)) = (value, published) {
        let is_outside = published.lower.is_some_and(|lower| value < lower)
            || published.upper.is_some_and(|upper| value > upper);
        if value.to_string() == published.value.to_string() {
            refuse("value", ProblemCode::Invalid, "This is the published value already.".into());
        } else if is_outside {
            refuse("value", ProblemCode::OutOfRange, "The value lies between the figure's bounds.".into());
        }
    }
    if published.is_none() {
        problems.push(unpublished());
    }
    match (value, reason) {
        (Some(value), Some(reason)) if problems.is_empty() => Ok((value, reason)),
        _ => Err(problems),
    }
}

fn unpublished() -> Problem {
    let message = "Readers do not see this figure: change it with figureUpsert.";
    Problem::at(&["figureId"], ProblemCode::NotAllowedInState, message)
}

/// A draft that was what readers see still is.
fn next_version(document: &mut document::Model, actor_id: Id, now: DateTime<Utc>) {
    let was_equal = document.published_version == Some(document.version);
    document.version += 1;
    if was_equal {
        document.published_version = Some(document.version);
    }
    document.saved_at = now;
    document.saved_by = actor_id;
    document.updated_at = now;
}

fn record(document: &document::Model, reason: String) -> NewChange {
    NewChange {
        document_id: Some(document.id),
        node_kind: Some(document.node_kind),
        action: Action::Saved,
        version: Some(document.version),
        fields: vec!["figures".into()],
        reason: Some(reason),
        actor_id: document.saved_by,
        at: document.saved_at,
        is_public: true,
    }
}

#[cfg(test)]
mod tests {
    use entity::statistic::{AreaScheme, Qualifier};
    use uuid::Uuid;

    use super::*;
    use crate::domain::content::DRAFT;

    fn published(lower: Option<&str>) -> figure::Model {
        let day = chrono::NaiveDate::default();
        figure::Model {
            id: Id(Uuid::nil()),
            stage: DRAFT,
            document_id: Id(Uuid::nil()),
            value: "49".parse().expect("a decimal"),
            qualifier: Qualifier::Exact,
            lower: lower.map(|lower| lower.parse().expect("a decimal")),
            upper: None,
            period_label: "2016".into(),
            period_start: day,
            period_end: day,
            area_scheme: AreaScheme::M49,
            area_code: "001".into(),
            source_id: Id(Uuid::nil()),
            locator: None,
            quote: None,
            review_due_on: day,
            is_latest: true,
        }
    }

    fn problems(published: Option<&figure::Model>, value: &str, reason: &str) -> Vec<(ProblemCode, String)> {
        let problems = check(published, value, reason).err().unwrap_or_default();
        problems.into_iter().map(|problem| (problem.code, problem.path.join("."))).collect()
    }

    #[test]
    fn a_correction_says_what_is_right_and_why() {
        let figure = published(None);
        let checked = check(Some(&figure), "49.0", " Typing error ");
        assert_eq!(
            checked.map(|(value, reason)| (value.to_string(), reason)),
            Ok(("49.0".into(), "Typing error".into()))
        );
        let expected =
            [(ProblemCode::Required, "reason".to_owned()), (ProblemCode::Invalid, "value".to_owned())];
        assert_eq!(problems(Some(&figure), "49", ""), expected);
    }

    #[test]
    fn a_corrected_value_stays_within_its_bounds_and_is_published() {
        let outside = (ProblemCode::OutOfRange, "value".to_owned());
        assert_eq!(problems(Some(&published(Some("48.5"))), "48", "Typing error"), [outside]);
        let unseen = (ProblemCode::NotAllowedInState, "figureId".to_owned());
        assert_eq!(problems(None, "48", "Typing error"), [unseen]);
    }
}
