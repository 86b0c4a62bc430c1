//! Putting right what readers see, at once: the only way in which a published figure changes, and never unseen.
//!
//! Every correction works alike, urgent ones of [channels](super::urgent_correction) too: it starts from what is
//! published, carries nothing else of the draft to readers, and becomes the next version of the draft.

use entity::Id;
use entity::change::Action;
use entity::document;
pub use entity::statistic::correction::Model as Correction;
use entity::statistic::figure;

use super::access::{self, Right};
use super::check::{self, Extent};
use super::content::Content;
use super::edit::{Edit, Patch};
use super::figure::{self as figures, Qualifier, unknown};
use super::language::LanguageTag;
use super::problem::{Problem, ProblemCode};
use super::revision::{self, Deed};
use super::save::{SaveError, Saved, conflict};
use super::search;
use super::statistic::Statistic;
use super::text;
use super::value;
use super::view::View;
use crate::app::App;
use crate::store::change::{self, NewChange};
use crate::store::{Db, Stage, StoreError, Tx, draft, statistic};

/// What is wrong, and what is right.
pub struct Wrong {
    /// Which figure; `None` where the id could not be read.
    pub figure_id: Option<Id>,
    /// The statistic's version that was looked at.
    pub expected_version: i32,
    /// What is right.
    pub right: RightFigure,
    /// Why the old one was wrong.
    pub reason: String,
}

/// What a figure should have said; period, area and source say which figure it is, and stay.
#[derive(Default)]
pub struct RightFigure {
    /// The number.
    pub value: String,
    /// How exact it is; as it was unless said.
    pub qualifier: Option<Qualifier>,
    /// Lower bound.
    pub lower: Patch<String>,
    /// Upper bound.
    pub upper: Patch<String>,
    /// Where in the source.
    pub locator: Patch<String>,
    /// The source's words.
    pub quote: Patch<String>,
}

/// Puts a published figure right for readers and in the draft at once; the old value and the reason stay on record. The
/// statistic gets its next version, and keeps what else its draft has that readers do not see.
///
/// # Errors
/// Denied, not found, a conflict, values that do not fit, or a figure that is not published.
pub async fn correct(app: &App, db: &Db, view: &View, wrong: Wrong) -> Result<Saved, SaveError> {
    let viewer = access::require(view.viewer.as_ref(), Right::Publish)?;
    let Wrong { figure_id, expected_version, right, reason } = wrong;
    let now = app.now();
    let tx = db.begin().await?;
    let (figure_id, document) = locked(&tx, figure_id).await?;
    if let Some(conflict) = conflict(&tx, &document, expected_version).await? {
        return Err(SaveError::Conflict(Box::new(conflict)));
    }
    let published = statistic::published(&tx, figure_id).await?;
    let (figure, reason) = check(published.as_ref(), right, &reason).map_err(SaveError::Problems)?;
    let Some(published) = published else { return Err(unpublished().into()) };

    let correction = Correction {
        id: app.ids.next(),
        figure_id,
        document_id: document.id,
        previous_value: published.value,
        reason: reason.clone(),
        corrected_at: now,
    };
    statistic::correct(&tx, figure, correction).await?;
    let deed = correction_of(vec!["figures".into()], reason, viewer.actor_id);
    let saved = go_live::<Statistic>(app, &tx, document, deed).await?;
    tx.commit().await?;
    Ok(saved)
}

async fn locked(tx: &Tx, figure_id: Option<Id>) -> Result<(Id, document::Model), SaveError> {
    let not_found = || SaveError::Problems(vec![unknown()]);
    let figure_id = figure_id.ok_or_else(not_found)?;
    let owner = statistic::owner(tx, figure_id).await?.ok_or_else(not_found)?;
    let document = draft::locked(tx, owner).await?.ok_or_else(not_found)?;
    Ok((figure_id, document))
}

/// The figure as it should be and the reason; all that is wrong at once.
fn check(
    published: Option<&figure::Model>,
    right: RightFigure,
    reason: &str,
) -> Result<(figure::Model, String), Vec<Problem>> {
    let mut problems = Vec::new();
    let reason = text::said("reason", reason).map_err(|problem| problems.push(problem)).ok();
    let Some(published) = published else {
        let RightFigure { value, .. } = right;
        if let Err((code, message)) = value::decimal(&value) {
            problems.push(Problem::at(&["value"], code, message));
        }
        problems.push(unpublished());
        return Err(problems);
    };
    let mut edit = Edit::new(LanguageTag::undetermined());
    let figure = figures::corrected(&mut edit, published, right);
    // These are arguments of their own, not fields of an input.
    problems.extend(edit.problems.into_iter().map(|mut problem| {
        problem.path.remove(0);
        problem
    }));
    match (figure, reason) {
        (Some(figure), Some(reason)) if problems.is_empty() => Ok((figure, reason)),
        _ => Err(problems),
    }
}

fn unpublished() -> Problem {
    let message = "Readers do not see this figure: change it with figureUpsert.";
    Problem::at(&["figureId"], ProblemCode::NotAllowedInState, message)
}

/// What the history says of a correction.
pub(super) fn correction_of(fields: Vec<String>, reason: String, actor_id: Id) -> Deed {
    Deed { action: Action::Corrected, fields, note: Some(reason), actor_id }
}

/// Makes a correction the next version of a document that readers see, and says what its checks find. A draft that was
/// what readers see still is.
///
/// # Errors
/// The database's.
pub(super) async fn go_live<N: Content>(
    app: &App,
    tx: &Tx,
    mut document: document::Model,
    deed: Deed,
) -> Result<Saved, StoreError> {
    let at = app.now();
    let was_equal = document.published_version == Some(document.version);
    document.version += 1;
    if was_equal {
        document.published_version = Some(document.version);
    }
    document.saved_at = at;
    document.saved_by = deed.actor_id;
    document.updated_at = at;
    draft::put_document(tx, &document).await?;
    search::refresh(app, tx, document.node_kind, document.id).await?;
    let id = document.id;
    let mut checks = Vec::new();
    for draft in draft::read::<N, _>(tx, &[id], Stage::Draft).await? {
        revision::keep(app, tx, &draft.document, &revision::content(&draft), &deed).await?;
        checks = check::of_draft(app, tx, &draft, Extent::SHARED).await?;
    }
    let change = NewChange {
        document_id: Some(id),
        node_kind: Some(N::KIND),
        action: deed.action,
        version: Some(document.version),
        fields: deed.fields,
        reason: deed.note,
        actor_id: deed.actor_id,
        at,
        is_public: true,
    };
    change::append(tx, change).await?;
    Ok(Saved { id: Some(id), checks })
}

#[cfg(test)]
mod tests {
    use entity::statistic::AreaScheme;
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

    fn right(value: &str) -> RightFigure {
        RightFigure { value: value.into(), ..RightFigure::default() }
    }

    fn problems(
        published: Option<&figure::Model>,
        right: RightFigure,
        reason: &str,
    ) -> Vec<(ProblemCode, String)> {
        let problems = check(published, right, reason).err().unwrap_or_default();
        problems.into_iter().map(|problem| (problem.code, problem.path.join("."))).collect()
    }

    #[test]
    fn a_correction_says_what_is_right_and_why() {
        let figure = published(None);
        let checked = check(Some(&figure), right("49.0"), " Typing error ");
        assert_eq!(
            checked.map(|(figure, reason)| (figure.value.to_string(), reason)),
            Ok(("49.0".into(), "Typing error".into()))
        );
        let expected =
            [(ProblemCode::Required, "reason".to_owned()), (ProblemCode::Invalid, "value".to_owned())];
        assert_eq!(problems(Some(&figure), right("49"), ""), expected);
    }

    #[test]
    fn the_same_value_may_have_other_bounds_words_or_exactness() {
        let set = |text: &str| Patch::Set(text.to_owned());
        for right in [
            RightFigure { lower: set("48"), ..right("49") },
            RightFigure { qualifier: Some(Qualifier::About), ..right("49") },
            RightFigure { locator: set("Page 10"), ..right("49") },
            RightFigure { quote: set("Nearly half"), ..right("49") },
        ] {
            assert!(check(Some(&published(None)), right, "Typing error").is_ok());
        }
        let cleared = RightFigure { lower: Patch::Clear, ..right("48") };
        let checked = check(Some(&published(Some("48.5"))), cleared, "Typing error");
        assert_eq!(checked.map(|(figure, _)| figure.lower), Ok(None));
    }

    #[test]
    fn a_corrected_value_stays_within_its_bounds_and_is_published() {
        let outside = |path: &str| vec![(ProblemCode::OutOfRange, path.to_owned())];
        assert_eq!(problems(Some(&published(Some("48.5"))), right("48"), "Typing error"), outside("value"));
        let bounded = RightFigure { lower: Patch::Set("50".into()), ..right("49") };
        assert_eq!(problems(Some(&published(None)), bounded, "Typing error"), outside("lower"));
        let range = RightFigure { qualifier: Some(Qualifier::Range), ..right("49") };
        assert_eq!(
            problems(Some(&published(Some("48"))), range, "Typing error"),
            [(ProblemCode::Required, "upper".to_owned())]
        );
        let unseen = (ProblemCode::NotAllowedInState, "figureId".to_owned());
        assert_eq!(problems(None, right("48"), "Typing error"), [unseen]);
    }
}
