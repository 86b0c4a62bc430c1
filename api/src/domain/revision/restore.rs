//! Bringing an old version back: its content is written again, from nothing, as if somebody typed it today. So whatever a
//! save would refuse is refused.

use chrono::{DateTime, Utc};
use entity::Id;
use entity::change::Action;
use entity::document::NodeKind;
use serde_json::Value;

use super::{Deed, content, differences, read, unreadable};
use crate::app::App;
use crate::domain::access::{self, Right};
use crate::domain::check::{self, Extent};
use crate::domain::content::Content;
use crate::domain::edit::Edit;
use crate::domain::language::LanguageTag;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::publication::{Address, unknown};
use crate::domain::save::{SaveError, Saved, edit, open, store};
use crate::domain::view::{View, Viewer};
use crate::domain::{
    campaign, contact_channel, person, post, service, source, statistic, statistic_set, topic,
};
use crate::store::draft::Draft;
use crate::store::{Db, StoreError, Tx, revision};

/// Makes the content of an old version the next version of a draft. What verbs other than saves wrote stays: the date of a
/// publication, the figures that readers see, and how far goals have come.
///
/// # Errors
/// Denied, no such content or version, a conflict, or what a save would find wrong now.
pub async fn restore(
    app: &App,
    db: &Db,
    view: &View,
    id: Option<Address>,
    expected_version: i32,
    version: i32,
) -> Result<Saved, SaveError> {
    let which = Which { expected_version, version };
    let Some((kind, id)) = id else {
        access::require(view.viewer.as_ref(), Right::Write)?;
        return Err(unknown());
    };
    match kind {
        NodeKind::Post => restore_as::<post::Post>(app, db, view, id, which).await,
        NodeKind::Campaign => restore_as::<campaign::Campaign>(app, db, view, id, which).await,
        NodeKind::Statistic => restore_as::<statistic::Statistic>(app, db, view, id, which).await,
        NodeKind::StatisticSet => restore_as::<statistic_set::StatisticSet>(app, db, view, id, which).await,
        NodeKind::Service => restore_as::<service::Service>(app, db, view, id, which).await,
        NodeKind::ContactChannel => {
            restore_as::<contact_channel::ContactChannel>(app, db, view, id, which).await
        }
        NodeKind::Topic => restore_as::<topic::Topic>(app, db, view, id, which).await,
        NodeKind::Person => restore_as::<person::Person>(app, db, view, id, which).await,
        NodeKind::Source => restore_as::<source::Source>(app, db, view, id, which).await,
        NodeKind::Site => {
            access::require(view.viewer.as_ref(), Right::Write)?;
            Err(unknown())
        }
    }
}

/// Which version, and the one that was looked at.
struct Which {
    expected_version: i32,
    version: i32,
}

async fn restore_as<N: Content>(
    app: &App,
    db: &Db,
    view: &View,
    id: Id,
    Which { expected_version, version }: Which,
) -> Result<Saved, SaveError> {
    let right = if N::LIVE { Right::Publish } else { Right::Write };
    let Viewer { actor_id, .. } = access::require(view.viewer.as_ref(), right)?;
    let now = app.now();
    let tx = db.begin().await?;
    let present = open::<N>(&tx, "id", Some((N::KIND, id)), expected_version).await?;
    let Some(old) = revision::of_version(&tx, id, version).await? else {
        let message = format!("There is no version {version}.");
        return Err(Problem::at(&["version"], ProblemCode::NotFound, message).into());
    };
    let mut draft = rewritten(&tx, &present, &read(&old.content)?, now).await?;
    N::keep_facts(&present, &mut draft);
    keep_dates(&present, &mut draft);
    let checks = check::of_draft(app, &tx, &draft, Extent::WHOLE).await?;
    let fields = differences(&content(&present), &content(&draft));
    if N::guarded(&present).iter().any(|field| fields.contains(*field)) {
        access::require(view.viewer.as_ref(), Right::Approve)?;
    }
    let deed = Deed {
        action: Action::Restored,
        fields: fields.into_iter().collect(),
        note: Some(format!("As it was in version {version}.")),
        actor_id: *actor_id,
    };
    store(app, &tx, &mut draft, deed).await?;
    tx.commit().await?;
    Ok(Saved { id: Some(id), checks })
}

/// A draft into which a content was written, language by language; all that is wrong with that at once.
async fn rewritten<N: Content>(
    tx: &Tx,
    present: &Draft<N>,
    content: &Value,
    now: DateTime<Utc>,
) -> Result<Draft<N>, SaveError> {
    let mut draft = N::cleared(present, now);
    let mut problems = Vec::new();
    for (tag, words) in content["translations"].as_object().into_iter().flatten() {
        let language =
            if N::HAS_LANGUAGES { LanguageTag::parse(tag) } else { Some(LanguageTag::undetermined()) };
        let language =
            language.ok_or_else(|| StoreError::Custom(format!("a revision is in no language: {tag}")))?;
        let mut input = content.clone();
        json_patch::merge(&mut input, words);
        let patch = serde_json::from_value::<N::Patch>(input).map_err(unreadable)?;
        let mut parts = Ok(());
        let apply = |edit: &mut Edit, draft: &mut Draft<N>| {
            N::apply(edit, draft, patch, now);
            parts = N::rewrite_parts(edit, draft, content, now);
        };
        match edit(tx, &mut draft, language, now, apply).await {
            Ok(_) => parts.map_err(unreadable)?,
            Err(SaveError::Problems(found)) => {
                problems.extend(found.into_iter().map(|problem| at(tag, problem)));
            }
            Err(error) => return Err(error),
        }
    }
    if problems.is_empty() { Ok(draft) } else { Err(SaveError::Problems(problems)) }
}

/// A problem with a field of an input, as one with a field of the version.
fn at(language: &str, problem: Problem) -> Problem {
    let field = problem.path.into_iter().skip(1);
    Problem { path: ["version", language].into_iter().map(str::to_owned).chain(field).collect(), ..problem }
}

/// Words that are as they were are as old as they were.
fn keep_dates<N: Content>(present: &Draft<N>, draft: &mut Draft<N>) {
    for (language, words) in &mut draft.words {
        let Some(before) = present.words.get(language) else { continue };
        let date = std::mem::replace(&mut words.translation.translated_at, before.translation.translated_at);
        if words != before {
            words.translation.translated_at = date;
        }
    }
}
