//! Subscriptions: what is streamed, and one event of it.
//!
//! A subscription has two halves (GraphQL specification, 6.2.3): its arguments say which events there are, and each event
//! is answered like a query whose root it is. So the executor runs a schema of its own in which `Subscription` is the root
//! to read from: with the loaders, the batches and the view of one request for each event.

use std::borrow::Cow;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};

use async_graphql::parser::types::{DocumentOperations, OperationType};
use async_graphql::registry::Registry;
use async_graphql::{
    Context, EmptyMutation, EmptySubscription, Object, OutputType, Response, Schema, SubscriptionType,
    ValidationMode,
};
use futures_util::Stream;

use super::change::{self, Change, NodeKind};
use super::content::sight;
use super::error::{GqlError, Result};
use super::scalar::LanguageTag;
use super::{Operation, register};
use crate::app::App;
use crate::domain::change::{Asked, Change as Changed, Feed};

/// What can be subscribed to.
#[derive(Default)]
pub struct Subscription;

/// What the root is asked for.
enum Root {
    /// Which events there are.
    Arguments(Arc<OnceLock<Asked>>),
    /// An event.
    Event(Changed),
}

/// Events as they happen, over WebSocket (graphql-transport-ws) at `/graphql/ws` and server-sent events (graphql-sse) at
/// `/graphql/stream`.
#[Object]
impl Subscription {
    /// Changes as they happen; `after` replays what was missed first, so a reconnect loses nothing: pass the cursor of the
    /// last change that was received.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Start after this cursor, from a change or from `Site.latestChangeCursor`; from now on when left out."
        )]
        after: Option<String>,
        #[graphql(desc = "Of which types; of all when left out.")] types: Option<Vec<NodeKind>>,
        #[graphql(desc = "Ordered wish list, at most 10; everything below inherits it.")] languages: Option<
            Vec<LanguageTag>,
        >,
    ) -> Result<Change> {
        let sight = sight(ctx, languages)?;
        match ctx.data_unchecked::<Root>() {
            Root::Event(changed) => Ok(Change::new(&sight, changed.clone())),
            Root::Arguments(asked) => {
                // Said once: a subscription has one field at its root.
                let _ = asked.set(change::asked(after.as_deref(), types)?);
                // Nothing has happened yet, so there is no answer; nobody reads this one.
                Err(GqlError::internal())
            }
        }
    }
}

/// The subscription type as the printed schema has it. It is never run: see [`EventSchema`].
pub struct Announced;

impl SubscriptionType for Announced {
    fn type_name() -> Cow<'static, str> {
        <Subscription as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Subscription as OutputType>::create_type_info(registry)
    }

    fn create_field_stream<'a>(
        &'a self,
        _: &'a Context<'_>,
    ) -> Option<Pin<Box<dyn Stream<Item = Response> + Send + 'a>>> {
        None
    }
}

/// The schema in which an event is answered.
pub type EventSchema = Schema<Subscription, EmptyMutation, EmptySubscription>;

/// That schema. Documents come validated from the gate in front of it.
#[must_use]
pub fn schema(app: &Arc<App>) -> EventSchema {
    register(Schema::build(Subscription, EmptyMutation, EmptySubscription))
        .data(app.clone())
        .validation_mode(ValidationMode::Fast)
        .finish()
}

/// Why there are no events.
pub enum NotOpened {
    /// The answer that says what is wrong with the arguments.
    Answer(Box<Response>),
    /// There is no feed for them.
    Error(GqlError),
}

/// The events of a subscription.
///
/// # Errors
/// What is wrong with its arguments, or the database's.
pub async fn open(schema: &EventSchema, app: &Arc<App>, operation: Operation) -> Result<Feed, NotOpened> {
    let asked = Arc::new(OnceLock::new());
    let answer = answer(schema, app, operation, Root::Arguments(asked.clone())).await;
    match asked.get().cloned() {
        Some(asked) => Feed::open(app, asked).await.map_err(|error| NotOpened::Error(error.into())),
        None => Err(NotOpened::Answer(Box::new(answer))),
    }
}

/// What a subscription says of an event.
pub async fn event(schema: &EventSchema, app: &Arc<App>, operation: Operation, changed: Changed) -> Response {
    answer(schema, app, operation, Root::Event(changed)).await
}

async fn answer(schema: &EventSchema, app: &Arc<App>, mut operation: Operation, root: Root) -> Response {
    let operations: Vec<_> = match &mut operation.document.operations {
        DocumentOperations::Single(single) => vec![single],
        DocumentOperations::Multiple(many) => many.values_mut().collect(),
    };
    for operation in operations {
        operation.node.ty = OperationType::Query;
    }
    super::run(schema, app, operation, |request| request.data(root)).await.0
}
