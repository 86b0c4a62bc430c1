//! Goals: how far an edition has come, and moving that while readers look on.

use chrono::{DateTime, Utc};
use entity::Id;
pub use entity::campaign::edition::Goal;
use entity::change::Action;
use entity::document::{NodeKind, Stage};
use serde::Deserialize;

use super::access::{self, Right};
use super::edit::{Edit, MAX_LIST, Parsed, Patch, Reference, of_kind};
use super::edition::Edition;
use super::problem::{Problem, ProblemCode};
use super::save::SaveError;
use super::view::View;
use super::{share, text, value};
use crate::app::App;
use crate::store::change::{self, NewChange};
use crate::store::{Db, campaign, draft};

/// A goal, as an input has it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GoalInput {
    /// What is counted.
    pub metric: String,
    /// How many are wanted.
    pub target: i32,
    /// How many there are.
    pub current: i32,
    /// When that was counted.
    pub as_of: String,
}

/// How far a goal has come, as a client reports it.
pub struct Progress {
    /// The year of the edition.
    pub year: i32,
    /// Which of its goals.
    pub metric: String,
    /// How many there are.
    pub current: i32,
    /// When that was counted.
    pub as_of: DateTime<Utc>,
}

/// Whole percent of the target, rounded down: 9,999 of 10,000 are 99. More than the target is more than 100.
#[must_use]
pub fn percent(goal: &Goal) -> i64 {
    i64::try_from(i128::from(goal.current) * 100 / i128::from(goal.target.max(1))).unwrap_or(i64::MAX)
}

/// Carries the goals of an input into an edition, all of them at once; what was counted later than an input says stays.
pub(super) fn apply(edit: &mut Edit, patch: Patch<Vec<GoalInput>>, slot: &mut Vec<Goal>) {
    let Some(inputs) = share::bounded(edit, "goals", patch, MAX_LIST) else { return };
    let (mut goals, problems) = parse(inputs);
    edit.problems.extend(problems);
    for goal in &mut goals {
        // Recorded while somebody had the old number before their eyes.
        let newer = slot.iter().find(|known| known.metric == goal.metric && known.as_of > goal.as_of);
        if let Some(newer) = newer {
            (goal.current, goal.as_of) = (newer.current, newer.as_of);
        }
    }
    edit.put("goals", slot, goals);
}

/// Reads the goals of an input; each problem comes with its path below the list.
fn parse(inputs: Vec<GoalInput>) -> (Vec<Goal>, Vec<Problem>) {
    let mut goals: Vec<Goal> = Vec::with_capacity(inputs.len());
    let mut problems = Vec::new();
    for (index, GoalInput { metric, target, current, as_of }) in inputs.into_iter().enumerate() {
        let mut part = |part: &str, (code, message): (ProblemCode, String)| {
            problems.push(Problem::at(&["input", "goals", &index.to_string(), part], code, message));
        };
        let metric = text::parse(&metric, text::CODE)
            .and_then(|metric| unlike(&goals, metric))
            .map_err(|wrong| part("metric", wrong));
        let target = value::between(target, 1, i32::MAX).map_err(|wrong| part("target", wrong));
        let current = value::between(current, 0, i32::MAX).map_err(|wrong| part("current", wrong));
        let as_of = value::instant(&as_of).map_err(|wrong| part("asOf", wrong));
        if let (Ok(metric), Ok(target), Ok(current), Ok(as_of)) = (metric, target, current, as_of) {
            goals.push(Goal { metric, target: target.into(), current: current.into(), as_of });
        }
    }
    (goals, problems)
}

fn unlike(goals: &[Goal], metric: String) -> Parsed<String> {
    if goals.iter().any(|goal| goal.metric == metric) {
        return Err((ProblemCode::Invalid, "Another goal of this edition has this metric.".into()));
    }
    Ok(metric)
}

/// Lets the goals of editions be as far as those of the same year and metric are at present.
pub fn keep_progress(present: &[Edition], editions: &mut [Edition]) {
    for edition in editions {
        let Some(present) = present.iter().find(|present| present.year == edition.year) else { continue };
        for goal in &mut edition.goals.0 {
            if let Some(present) = present.goals.0.iter().find(|present| present.metric == goal.metric) {
                (goal.current, goal.as_of) = (present.current, present.as_of);
            }
        }
    }
}

/// Moves the progress of a published goal, for readers and in the draft at once; nothing else of the draft is
/// published, and its version stays.
///
/// # Errors
/// Denied, or a campaign, year or metric that readers do not see.
pub async fn record(
    app: &App,
    db: &Db,
    view: &View,
    id: Reference,
    progress: Progress,
) -> Result<Id, SaveError> {
    let Progress { year, metric, current, as_of } = progress;
    let viewer = access::require(view.viewer.as_ref(), Right::Publish)?;
    let now = app.now();
    let tx = db.begin().await?;
    let document = match of_kind(id, NodeKind::Campaign) {
        Some(id) => draft::locked(&tx, id).await?.filter(|document| document.node_kind == NodeKind::Campaign),
        None => None,
    };
    let mut document = document.ok_or_else(|| SaveError::not_found("campaignId", NodeKind::Campaign))?;
    let mut editions = campaign::stages_of_edition(&tx, document.id, year).await?;
    let published = editions.iter().find(|edition| edition.stage == Stage::Published);
    let mut problems = Vec::new();
    match published {
        None => problems.push(Problem::at(
            &["year"],
            ProblemCode::NotFound,
            format!("There is no published edition of {year}."),
        )),
        Some(edition) if !edition.goals.0.iter().any(|goal| goal.metric == metric) => {
            problems.push(Problem::at(
                &["metric"],
                ProblemCode::NotFound,
                format!("The edition of {year} has no published goal with this metric."),
            ));
        }
        Some(_) => {}
    }
    if let Err((code, message)) = value::between(current, 0, i32::MAX) {
        problems.push(Problem::at(&["current"], code, message));
    }
    if !problems.is_empty() {
        return Err(SaveError::Problems(problems));
    }
    for edition in &mut editions {
        // A report that is late says nothing new.
        let is_older = |goal: &&mut Goal| goal.metric == metric && goal.as_of <= as_of;
        for goal in edition.goals.0.iter_mut().filter(is_older) {
            goal.current = current.into();
            goal.as_of = as_of;
        }
        campaign::put_goals(&tx, edition).await?;
    }
    document.updated_at = now;
    draft::put_document(&tx, &document).await?;
    let change = NewChange {
        document_id: Some(document.id),
        node_kind: Some(NodeKind::Campaign),
        action: Action::Published,
        version: document.published_version,
        fields: vec!["goals".into()],
        reason: None,
        actor_id: viewer.actor_id,
        at: now,
        is_public: true,
    };
    change::append(&tx, change).await?;
    tx.commit().await?;
    Ok(document.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goal(metric: &str, target: i32, current: i32) -> GoalInput {
        GoalInput { metric: metric.into(), target, current, as_of: "2026-07-30T09:00:00Z".into() }
    }

    #[test]
    fn percent_is_rounded_down() {
        let percent_of = |current, target| {
            percent(&Goal { metric: "signatures".into(), target, current, as_of: DateTime::UNIX_EPOCH })
        };
        assert_eq!(percent_of(9_999, 10_000), 99);
        assert_eq!(percent_of(10_000, 10_000), 100);
        assert_eq!(percent_of(15, 10), 150);
        assert_eq!(percent_of(0, 3), 0);
    }

    #[test]
    fn every_wrong_part_of_a_goal_is_told_with_its_path() {
        let (goals, problems) = parse(vec![goal("signatures", 10, 0), goal("signatures", 0, -1)]);
        let paths: Vec<_> = problems.iter().map(|problem| problem.path[1..].join(".")).collect();
        assert_eq!(paths, ["goals.1.metric", "goals.1.target", "goals.1.current"]);
        assert_eq!(goals.len(), 1);
    }
}
