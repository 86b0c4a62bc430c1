//! Whether somebody tried a channel, and when: told by people, not written in drafts.
//!
//! A verification is of the number as it was then. It counts for whatever has that number: a draft with another one is
//! not verified, and a publication that changes the number clears it. Where readers see a channel, what they see is
//! what was tried; else its draft. Only the last verification counts, for the time before it too.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use entity::Id;
use entity::change::Action;
use entity::contact_channel::Model;
pub use entity::contact_channel::verification::Model as Verification;
use entity::document::{NodeKind, State};

use super::access::{self, Right};
use super::edit::{Reference, missing, of_kind};
use super::problem::Problem;
use super::save::SaveError;
use super::text;
use super::view::View;
use crate::app::App;
use crate::store::change::{self, NewChange};
pub use crate::store::contact_channel::verifications;
use crate::store::{Db, Stage, StoreError, Tx, api_client, contact_channel, draft};

/// How far a verification can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Within the days that the channel says.
    Fresh,
    /// Within twice as many.
    Due,
    /// After that, or never.
    Stale,
}

/// When a channel was last tried, if it was with the number that it has.
#[must_use]
pub fn verified_at(channel: &Model, last: Option<&Verification>) -> Option<DateTime<Utc>> {
    last.filter(|last| last.number == number(channel)).map(|last| last.verified_at)
}

/// How far the verification of a channel can be trusted at a moment.
#[must_use]
pub fn freshness(channel: &Model, verified_at: Option<DateTime<Utc>>, at: DateTime<Utc>) -> Freshness {
    match (due_at(channel, verified_at), stale_at(channel, verified_at)) {
        (Some(due_at), _) if at < due_at => Freshness::Fresh,
        (_, Some(stale_at)) if at < stale_at => Freshness::Due,
        _ => Freshness::Stale,
    }
}

/// When a verification that somebody looks at next ages; `None` where it is as old as it gets.
#[must_use]
pub fn ages_at(
    channel: &Model,
    verified_at: Option<DateTime<Utc>>,
    at: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let ages = [due_at(channel, verified_at), stale_at(channel, verified_at)];
    ages.into_iter().flatten().find(|ages| at < *ages)
}

/// The first moment at which a verification is due again.
fn due_at(channel: &Model, verified_at: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    verified_at.map(|at| after(at, channel.verify_every_days))
}

/// The first moment at which it no longer counts.
#[must_use]
pub fn stale_at(channel: &Model, verified_at: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    verified_at.map(|at| after(at, 2 * channel.verify_every_days))
}

/// The first whole second that is more than some days after a moment.
fn after(at: DateTime<Utc>, days: i32) -> DateTime<Utc> {
    at.trunc_subsecs(0) + TimeDelta::days(days.into()) + TimeDelta::seconds(1)
}

/// What somebody tries: the kind, and whatever leads to whom it reaches. Grouping digits otherwise is no other number.
#[must_use]
pub fn number(channel: &Model) -> String {
    let reaches = channel.dial_string.as_ref().unwrap_or(&channel.display);
    let mut parts = vec![channel.channel_kind.as_str(), reaches];
    let further = [("extension", channel.extension.as_deref()), ("keyword", channel.keyword.as_deref())];
    for (name, value) in further {
        parts.extend(value.map(|value| [name, value]).into_iter().flatten());
    }
    parts.join(" ")
}

/// Says that somebody tried a channel and it works. The version stays; readers see the moment. It is the second look at
/// an urgent correction, unless it is by the same person.
///
/// # Errors
/// Denied, no such channel, or a method that is missing.
pub async fn verify(
    app: &App,
    db: &Db,
    view: &View,
    id: Reference,
    method: &str,
) -> Result<Option<Id>, SaveError> {
    let viewer = access::require(view.viewer.as_ref(), Right::Write)?;
    let method = text::parse(method, text::LINE)
        .map_err(|(code, message)| SaveError::Problems(vec![Problem::at(&["method"], code, message)]))?;
    let now = app.now();
    let tx = db.begin().await?;
    let not_found = || SaveError::Problems(vec![missing(vec!["id".into()], NodeKind::ContactChannel)]);
    let id = of_kind(id, NodeKind::ContactChannel).ok_or_else(not_found)?;
    let mut document = draft::locked(&tx, id)
        .await?
        .filter(|document| document.node_kind == NodeKind::ContactChannel)
        .ok_or_else(not_found)?;
    let is_public = document.state == State::Published;
    let stage = if is_public { Stage::Published } else { Stage::Draft };
    let channel = contact_channel::row(&tx, id, stage).await?.ok_or_else(not_found)?;
    let verification = Verification {
        document_id: id,
        verified_at: now,
        verified_by: viewer.actor_id,
        method: method.clone(),
        number: number(&channel),
    };
    contact_channel::put_verification(&tx, verification).await?;
    if let Some(correction) = contact_channel::urgent_correction(&tx, id).await? {
        // One's own eyes are not a second pair, nor are those of one's own client.
        let corrected = api_client::people(&tx, [correction.corrected_by].into()).await?;
        let tried = api_client::people(&tx, [viewer.actor_id].into()).await?;
        if corrected.is_disjoint(&tried) {
            contact_channel::forget_urgent_correction(&tx, id).await?;
        }
    }
    if is_public {
        document.updated_at = now;
        draft::put_document(&tx, &document).await?;
    }
    let change = NewChange {
        document_id: Some(id),
        node_kind: Some(document.node_kind),
        action: Action::Verified,
        version: Some(document.version),
        fields: Vec::new(),
        reason: Some(method),
        actor_id: viewer.actor_id,
        at: now,
        is_public,
    };
    change::append(&tx, change).await?;
    tx.commit().await?;
    Ok(Some(id))
}

/// After a publication: the verification of a number that readers no longer see is gone.
pub(super) async fn settle(tx: &Tx, id: Id) -> Result<(), StoreError> {
    let Some(channel) = contact_channel::row(tx, id, Stage::Published).await? else { return Ok(()) };
    let last = verifications(tx, &[id]).await?.remove(&id);
    if last.is_some_and(|last| last.number != number(&channel)) {
        contact_channel::forget_verification(tx, id).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact_channel::{ChannelKind, ContactChannel};
    use crate::domain::content::Content;

    fn channel() -> Model {
        let mut channel = ContactChannel::blank_row(Id(uuid::Uuid::nil()), DateTime::UNIX_EPOCH);
        channel.display = "01632 960123".into();
        channel.dial_string = Some("+441632960123".into());
        channel
    }

    #[test]
    fn a_verification_is_fresh_then_due_then_stale() {
        let (channel, verified) = (channel(), "2026-07-01T09:00:00.5Z".parse().ok());
        let at = |moment: &str| freshness(&channel, verified, moment.parse().expect("a moment"));
        assert_eq!(at("2025-01-01T00:00:00Z"), Freshness::Fresh);
        assert_eq!(at("2026-09-29T09:00:00Z"), Freshness::Fresh);
        assert_eq!(at("2026-09-29T09:00:01Z"), Freshness::Due);
        assert_eq!(at("2026-12-28T09:00:00Z"), Freshness::Due);
        assert_eq!(at("2026-12-28T09:00:01Z"), Freshness::Stale);
        assert_eq!(freshness(&channel, None, DateTime::UNIX_EPOCH), Freshness::Stale);
    }

    #[test]
    fn another_number_was_not_verified() {
        let channel = channel();
        let last = Verification {
            document_id: channel.document_id,
            verified_at: DateTime::UNIX_EPOCH,
            verified_by: channel.document_id,
            method: "rang".into(),
            number: number(&channel),
        };
        let regrouped = Model { display: "01632 960 123".into(), ..channel.clone() };
        assert!(verified_at(&regrouped, Some(&last)).is_some());
        for other in [
            Model { dial_string: Some("+441632960124".into()), ..channel.clone() },
            Model { channel_kind: ChannelKind::Sms, ..channel.clone() },
            Model { extension: Some("7".into()), ..channel.clone() },
        ] {
            assert_eq!(verified_at(&other, Some(&last)), None);
        }
        assert_eq!(verified_at(&channel, None), None);
    }
}
