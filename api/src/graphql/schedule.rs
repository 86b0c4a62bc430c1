//! Schedules: when a version goes to readers, and when it is taken from them.

use async_graphql::{Context, ID, Object};

use super::error::Result;
use super::node::{ContentPayload, content_payload};
use super::payload::outcome;
use super::scalar::{self, DateTime};
use super::{app, db, id, view};
use crate::domain::schedule::{self, Plan};
use crate::domain::value;
use crate::domain::workflow::Which;

/// Fields of `Mutation`.
#[derive(Default)]
pub struct ScheduleMutation;

#[Object]
impl ScheduleMutation {
    /// Sets a version aside until it goes to readers, or says when what they see is taken from them, in place of what was
    /// scheduled before. Later saves neither travel with it nor cancel it. It is checked now and again at its moment. The
    /// version stays. Needs the role EDITOR.
    async fn content_schedule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which content.")] id: ID,
        #[graphql(desc = "The `editorial.version` that goes out.")] expected_version: i32,
        #[graphql(desc = "When it goes to readers, in the future; an offset says which moment is meant.")]
        publish_at: Option<DateTime>,
        #[graphql(desc = "When all of it is taken from readers, after `publishAt`.")] withdraw_at: Option<
            DateTime,
        >,
    ) -> Result<ContentPayload> {
        let read = |name, at: Option<DateTime>| {
            at.map(|at| scalar::read(&[name], &at.0, value::instant)).transpose()
        };
        let which = Which { id: id::document(&id), expected_version };
        let plan = Plan {
            publish_at: read("publishAt", publish_at)?,
            withdraw_at: read("withdrawAt", withdraw_at)?,
        };
        let scheduled = schedule::schedule(app(ctx), db(ctx), view(ctx), which, plan).await;
        content_payload(ctx, outcome(scheduled)?).await
    }

    /// Takes back what was scheduled. NOT_ALLOWED_IN_STATE where nothing is. The version stays. Needs the role EDITOR.
    async fn content_unschedule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which content.")] id: ID,
        #[graphql(desc = "The `editorial.version` that was looked at.")] expected_version: i32,
    ) -> Result<ContentPayload> {
        let which = Which { id: id::document(&id), expected_version };
        let unscheduled = schedule::unschedule(app(ctx), db(ctx), view(ctx), which).await;
        content_payload(ctx, outcome(unscheduled.map(Some))?).await
    }
}
