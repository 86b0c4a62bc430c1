//! Putting a dead or wrong channel right at once. It needs no second person beforehand, so it may do little: it changes
//! how readers get through and when, and nothing else. A second person is asked to look within a day.

use chrono::{DateTime, TimeDelta, Utc};
use entity::contact_channel::urgent_correction::Model as UrgentCorrection;
use entity::contact_channel::{CallCost, Model};
use entity::document::{NodeKind, State};

use super::access::{self, Right};
use super::contact_channel::{ContactChannel, ContactChannelPatch, UrgentPatch};
use super::correction::{correction_of, go_live};
use super::edit::{Edit, Reference, of_kind};
use super::language::LanguageTag;
use super::problem::{Problem, ProblemCode};
use super::save::{SaveError, Saved, conflict};
use super::view::View;
use super::{phone, text};
use crate::app::App;
use crate::store::{Db, Stage, contact_channel, draft};

/// How long a second person has to look.
const REVIEW_WITHIN: TimeDelta = TimeDelta::hours(24);

/// What is wrong with a channel, and what is right.
pub struct Wrong {
    /// Which.
    pub id: Reference,
    /// The version that was looked at.
    pub expected_version: i32,
    /// What is right.
    pub patch: ContactChannelPatch,
    /// Why it cannot wait.
    pub reason: String,
}

/// Corrects a published channel for readers and in the draft at once. Its verification is cleared: nobody has tried it as
/// it is now.
///
/// # Errors
/// Denied, not found, a conflict, a channel that is not published, a charged number, or a field that can wait.
pub async fn correct(app: &App, db: &Db, view: &View, wrong: Wrong) -> Result<Saved, SaveError> {
    let viewer = access::require(view.viewer.as_ref(), Right::Publish)?;
    let Wrong { id, expected_version, patch, reason } = wrong;
    let now = app.now();
    let tx = db.begin().await?;
    let not_found = || SaveError::not_found("id", NodeKind::ContactChannel);
    let id = of_kind(id, NodeKind::ContactChannel).ok_or_else(not_found)?;
    let document = draft::locked(&tx, id)
        .await?
        .filter(|document| document.node_kind == NodeKind::ContactChannel)
        .ok_or_else(not_found)?;
    if let Some(conflict) = conflict(&tx, &document, expected_version).await? {
        return Err(SaveError::Conflict(Box::new(conflict)));
    }
    let mut edit = Edit::new(LanguageTag::undetermined());
    if document.state != State::Published {
        let message = "Readers do not see this channel: change it with contactChannelUpdate.";
        edit.problems.push(Problem::at(&["id"], ProblemCode::NotAllowedInState, message));
    }
    let reason = text::said("reason", &reason).map_err(|problem| edit.problems.push(problem));
    let patch = UrgentPatch::of(&mut edit, patch);
    let mut published = contact_channel::row(&tx, id, Stage::Published).await?;
    if let Some(channel) = &mut published {
        apply(&mut edit, channel, patch.clone(), now);
    }
    let (Ok(reason), Some(published), true) = (reason, published, edit.problems.is_empty()) else {
        return Err(SaveError::Problems(edit.problems));
    };

    contact_channel::put_row(&tx, published).await?;
    for stage in [Stage::Draft, Stage::Scheduled] {
        let Some(mut channel) = contact_channel::row(&tx, id, stage).await? else { continue };
        let mut same = Edit::new(LanguageTag::undetermined());
        patch.clone().apply(&mut same, &mut channel);
        // A draft of another kind cannot have the same number: it stays as it is, and holds nothing up.
        if same.problems.is_empty() {
            contact_channel::put_row(&tx, channel).await?;
        }
    }
    contact_channel::forget_verification(&tx, id).await?;
    let review = UrgentCorrection {
        document_id: id,
        corrected_at: now,
        corrected_by: viewer.actor_id,
        reason: reason.clone(),
        review_due_at: now + REVIEW_WITHIN,
    };
    contact_channel::put_urgent_correction(&tx, review).await?;
    let fields = edit.changed.into_iter().map(str::to_owned).collect();
    let deed = correction_of(fields, reason, viewer.actor_id);
    let saved = go_live::<ContactChannel>(app, &tx, document, deed).await?;
    tx.commit().await?;
    Ok(saved)
}

/// Carries a correction into a channel. It must change something that readers see now, and lead nobody to a number that costs more.
fn apply(edit: &mut Edit, channel: &mut Model, patch: UrgentPatch, now: DateTime<Utc>) {
    let before = channel.dial_string.clone();
    patch.apply(edit, channel);
    let is_charged =
        channel.dial_string.as_deref().is_some_and(|number| phone::cost(number) == CallCost::Charged);
    if is_charged && channel.dial_string != before {
        edit.refuse(
            "value",
            ProblemCode::Invalid,
            "Callers are charged for this number: it needs a second person.",
        );
    }
    if edit.changed.contains("suspendedUntil") && channel.suspended_until.is_some_and(|until| until <= now) {
        let message = "A suspension ends in the future; null ends it now.";
        edit.refuse("suspendedUntil", ProblemCode::Invalid, message);
    }
    if edit.changed.is_empty() && edit.problems.is_empty() {
        let message = "Say what is right: readers see all of this already.";
        edit.problems.push(Problem::at(&["input"], ProblemCode::Required, message));
    }
}

#[cfg(test)]
mod tests {
    use entity::Id;
    use uuid::Uuid;

    use super::*;
    use crate::domain::contact_channel::{ChannelKind, ContactChannel};
    use crate::domain::content::Content;
    use crate::domain::edit::Patch;

    fn channel() -> Model {
        let mut channel = ContactChannel::blank_row(Id(Uuid::nil()), DateTime::UNIX_EPOCH);
        channel.channel_kind = ChannelKind::Phone;
        channel.display = "01632 960123".into();
        channel.e164 = Some("+441632960123".into());
        channel.dial_string.clone_from(&channel.e164);
        channel.country = Some("GB".into());
        channel.cost = CallCost::Free;
        channel
    }

    /// The channel after a correction, and what is wrong with it.
    fn corrected(patch: ContactChannelPatch) -> (Model, Vec<String>) {
        let (mut edit, mut channel) = (Edit::new(LanguageTag::undetermined()), channel());
        let patch = UrgentPatch::of(&mut edit, patch);
        apply(&mut edit, &mut channel, patch, DateTime::UNIX_EPOCH);
        (channel, edit.problems.into_iter().map(|problem| problem.path.join(".")).collect())
    }

    fn to_number(number: &str) -> ContactChannelPatch {
        ContactChannelPatch { value: Patch::Set(number.into()), ..ContactChannelPatch::default() }
    }

    #[test]
    fn a_new_number_brings_its_own_cost() {
        let (channel, problems) = corrected(to_number("01632 960124"));
        assert_eq!(problems, [""; 0]);
        assert_eq!(channel.dial_string.as_deref(), Some("+441632960124"));
        assert_eq!(channel.cost, CallCost::StandardRate);
    }

    #[test]
    fn what_costs_more_or_can_wait_or_changes_nothing_is_refused() {
        assert_eq!(corrected(to_number("0871 200 3000")).1, ["input.value"]);
        assert_eq!(corrected(to_number("118500")).1, ["input.value"]);
        assert_eq!(corrected(to_number("01632 960123")).1, ["input"]);
        assert_eq!(corrected(ContactChannelPatch::default()).1, ["input"]);
        let more = ContactChannelPatch {
            label: Patch::Set("Another".into()),
            priority: Patch::Clear,
            ..to_number("01632 960124")
        };
        assert_eq!(corrected(more).1, ["input.label", "input.priority"]);
    }

    #[test]
    fn a_suspension_ends_in_the_future() {
        let until = |moment: &str| ContactChannelPatch {
            suspended_until: Patch::Set(moment.into()),
            ..ContactChannelPatch::default()
        };
        assert_eq!(corrected(until("1970-01-01T00:00:00Z")).1, ["input.suspendedUntil"]);
        assert_eq!(corrected(until("1970-01-01T00:00:01Z")).1, [""; 0]);
    }
}
