//! Writing topics.

use async_graphql::{Context, ID, Object, SimpleObject};

use super::Topic;
use super::input::{TopicCreateInput, TopicUpdateInput};
use crate::domain;
use crate::domain::save::{Target, save};
use crate::graphql::error::Result;
use crate::graphql::lower::Lower;
use crate::graphql::payload::{self, UserError, manner, outcome, shown};
use crate::graphql::scalar::LanguageTag;
use crate::graphql::{app, db, view};

/// What became of a topic.
#[derive(SimpleObject)]
pub struct TopicPayload {
    /// The topic as it is now; null with any user error but a conflict.
    topic: Option<Topic>,
    /// What was wrong; with any, nothing was saved.
    user_errors: Vec<UserError>,
}

impl TopicPayload {
    async fn save(
        ctx: &Context<'_>,
        target: Target,
        patch: domain::topic::TopicPatch,
        language: Option<LanguageTag>,
    ) -> Result<Self> {
        let manner = manner(language, None)?;
        let sight = payload::sight(ctx, manner.language.as_ref());
        let saved = save::<domain::topic::Topic>(app(ctx), db(ctx), view(ctx), target, patch, manner).await;
        let outcome = outcome(saved)?;
        Ok(Self { topic: shown(ctx, &sight, outcome.id).await?, user_errors: outcome.user_errors })
    }
}

/// Fields of `Mutation`.
#[derive(Default)]
pub struct TopicMutation;

#[Object]
impl TopicMutation {
    /// Writes a new topic. It has no draft: readers see it as soon as something published is on it. Needs the role AUTHOR.
    async fn topic_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it says.")] input: TopicCreateInput,
        #[graphql(desc = "Which language the words are in; the site's default unless said.")]
        language: Option<LanguageTag>,
    ) -> Result<TopicPayload> {
        TopicPayload::save(ctx, Target::New, input.lower(), language).await
    }

    /// Changes a topic. It has no draft: readers see the change at once. Needs the role EDITOR.
    async fn topic_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which topic.")] id: ID,
        #[graphql(desc = "The `version` that the edit was based on.")] expected_version: i32,
        #[graphql(desc = "What changes.")] input: TopicUpdateInput,
        #[graphql(desc = "Which language the words are in; the site's default unless said.")]
        language: Option<LanguageTag>,
    ) -> Result<TopicPayload> {
        let target = Target::Existing { id: id.lower(), expected_version };
        TopicPayload::save(ctx, target, input.lower(), language).await
    }
}
