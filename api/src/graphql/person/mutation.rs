//! Writing people.

use async_graphql::{Context, ID, Object, SimpleObject};

use super::Person;
use super::input::{PersonCreateInput, PersonUpdateInput};
use crate::domain;
use crate::domain::save::{Target, save};
use crate::graphql::error::Result;
use crate::graphql::lower::Lower;
use crate::graphql::payload::{self, UserError, manner, outcome, shown};
use crate::graphql::scalar::LanguageTag;
use crate::graphql::{app, db, view};

/// What became of a person.
#[derive(SimpleObject)]
pub struct PersonPayload {
    /// The person as they are now; null with any user error but a conflict.
    person: Option<Person>,
    /// What was wrong; with any, nothing was saved.
    user_errors: Vec<UserError>,
}

impl PersonPayload {
    async fn save(
        ctx: &Context<'_>,
        target: Target,
        patch: domain::person::PersonPatch,
        language: Option<LanguageTag>,
    ) -> Result<Self> {
        let manner = manner(language, None)?;
        let sight = payload::sight(ctx, manner.language.as_ref());
        let saved = save::<domain::person::Person>(app(ctx), db(ctx), view(ctx), target, patch, manner).await;
        let outcome = outcome(saved)?;
        Ok(Self { person: shown(ctx, &sight, outcome.id).await?, user_errors: outcome.user_errors })
    }
}

/// Fields of `Mutation`.
#[derive(Default)]
pub struct PersonMutation;

#[Object]
impl PersonMutation {
    /// Writes a new person. There is no draft: readers see them as soon as something published is theirs. Needs the role AUTHOR.
    async fn person_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be said of them.")] input: PersonCreateInput,
        #[graphql(desc = "Which language the words are in; the site's default unless said.")]
        language: Option<LanguageTag>,
    ) -> Result<PersonPayload> {
        PersonPayload::save(ctx, Target::New, input.lower(), language).await
    }

    /// Changes a person. There is no draft: readers see the change at once. Needs the role EDITOR.
    async fn person_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which person.")] id: ID,
        #[graphql(desc = "The `version` that the edit was based on.")] expected_version: i32,
        #[graphql(desc = "What changes.")] input: PersonUpdateInput,
        #[graphql(desc = "Which language the words are in; the site's default unless said.")]
        language: Option<LanguageTag>,
    ) -> Result<PersonPayload> {
        let target = Target::Existing { id: id.lower(), expected_version };
        PersonPayload::save(ctx, target, input.lower(), language).await
    }
}
