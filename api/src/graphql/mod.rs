//! The public language: types, inputs, payloads, loaders and error codes.
//!
//! `post/` is the exemplary room; what all rooms share lies beside it.

pub mod api_client;
pub mod area;
pub mod attention;
pub mod attribution;
pub mod batch;
pub mod budget;
pub mod campaign;
pub mod change;
pub mod check;
pub mod connection;
pub mod contact_channel;
#[expect(clippy::duplicated_attributes, reason = "fields of one interface share their type")]
mod content;
pub mod contents;
pub mod editorial;
pub mod editorial_item;
pub mod error;
pub mod filter;
pub mod freshness;
pub mod id;
mod list;
pub mod live;
pub mod loader;
pub mod lower;
mod mention;
pub mod node;
mod object;
pub mod payload;
pub mod person;
pub mod post;
pub mod preview;
pub mod reads;
pub mod revision;
pub mod rich_text;
pub mod scalar;
pub mod schedule;
pub mod search;
pub mod service;
pub mod session;
pub mod signpost;
pub mod site;
pub mod source;
pub mod statistic;
pub mod statistic_set;
pub mod subscription;
mod together;
pub mod topic;
mod types;
pub mod user;
pub mod workflow;

use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;

use async_graphql::parser::types::ExecutableDocument;
use async_graphql::registry::Registry;
use async_graphql::{
    Context, ContextSelectionSet, MergedObject, ObjectType, OutputType, Positioned, Request, Response,
    SDLExportOptions, Schema, SchemaBuilder, ServerResult, SubscriptionType, ValidationMode, Value,
    Variables,
};

use crate::app::App;
use crate::domain::read::Db;
use crate::domain::view::View;
use content::Sight;

/// The entry points for reading.
#[derive(MergedObject, Default)]
pub struct Query(
    site::SiteQuery,
    node::NodeQuery,
    session::SessionQuery,
    user::UserQuery,
    api_client::ApiClientQuery,
    post::PostQuery,
    topic::TopicQuery,
    person::PersonQuery,
    source::SourceQuery,
    contents::ContentsQuery,
    statistic::StatisticQuery,
    statistic_set::StatisticSetQuery,
    service::ServiceQuery,
    contact_channel::ContactChannelQuery,
    signpost::SignpostQuery,
    campaign::CampaignQuery,
    search::SearchQuery,
    change::ChangeQuery,
    editorial_item::EditorialItemQuery,
    attention::AttentionQuery,
);

/// The entry points for writing. Payloads answer in the draft view, in the language that was written.
#[derive(MergedObject, Default)]
pub struct Mutation(
    session::SessionMutation,
    user::UserMutation,
    api_client::ApiClientMutation,
    preview::PreviewMutation,
    site::SiteMutation,
    post::PostMutation,
    node::ContentMutation,
    workflow::WorkflowMutation,
    schedule::ScheduleMutation,
    topic::TopicMutation,
    person::PersonMutation,
    source::SourceMutation,
    statistic::StatisticMutation,
    statistic::FigureMutation,
    statistic_set::StatisticSetMutation,
    service::ServiceMutation,
    contact_channel::ContactChannelMutation,
    campaign::CampaignMutation,
);

/// The executable schema.
pub type ApiSchema = Schema<Query, Mutation, subscription::Announced>;

/// The schema. Documents come validated from the gate in front of it.
#[must_use]
pub fn schema(app: &Arc<App>) -> ApiSchema {
    builder().data(app.clone()).validation_mode(ValidationMode::Fast).finish()
}

fn builder() -> SchemaBuilder<Query, Mutation, subscription::Announced> {
    register(Schema::build(Query::default(), Mutation::default(), subscription::Announced))
}

/// What every schema needs to know of the interfaces.
fn register<Q, M, S>(builder: SchemaBuilder<Q, M, S>) -> SchemaBuilder<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    builder
        .register_output_type::<content::Node>()
        .register_output_type::<content::Content>()
        .register_output_type::<ContentIsNode>()
        .disable_suggestions()
}

/// The schema as text, as `schema.graphql` has it.
#[must_use]
pub fn sdl() -> String {
    builder()
        .finish()
        .sdl_with_options(SDLExportOptions::new().include_specified_by().prefer_single_line_descriptions())
}

/// Mutations whose answer holds a secret, or which are about who may do what: their answers are kept for nobody.
const SECRET: [&str; 12] = [
    "sessionCreate",
    "sessionRefresh",
    "sessionRevoke",
    "passwordChange",
    "previewTokenCreate",
    "previewTokenRevoke",
    "userCreate",
    "userUpdate",
    "apiClientCreate",
    "apiClientUpdate",
    "apiClientRotate",
    "apiClientRevoke",
];

/// Whether the answer of a mutation is kept for nobody.
#[must_use]
pub fn is_secret(mutation: &str) -> bool {
    SECRET.contains(&mutation)
}

/// One operation that the gate let through.
pub struct Operation {
    /// The validated, normalised document.
    pub document: ExecutableDocument,
    /// Which of its operations to run.
    pub operation_name: Option<String>,
    /// The values of its variables.
    pub variables: Variables,
    /// Who is asking, and what they see.
    pub view: View,
    /// The most objects that the lists of its answer may hold together.
    pub objects: u32,
    /// Whether it is an anonymous reader's query of what is published, which a replica may answer.
    pub is_public: bool,
    /// Where the request came from, for the sign-in limits. Never stored in clear.
    pub client: IpAddr,
}

/// The address a request came from.
pub struct Client(pub IpAddr);

/// Runs an operation; its answer, and how many statements it took.
pub async fn execute(schema: &ApiSchema, app: &Arc<App>, operation: Operation) -> (Response, u32) {
    run(schema, app, operation, |request| request).await
}

/// Runs an operation with a view, loaders and a count of its own, and with what is added to its request.
async fn run<Q, M, S>(
    schema: &Schema<Q, M, S>,
    app: &Arc<App>,
    operation: Operation,
    add: impl FnOnce(Request) -> Request,
) -> (Response, u32)
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    let Operation { document, operation_name, variables, view, objects, is_public, client } = operation;
    let db = if is_public { app.db.for_public().await } else { app.db.counted() };
    let mut request = Request::new("").variables(variables);
    request.operation_name = operation_name;
    request.set_parsed_query(document);
    let batches = batch::Batches::default();
    let request = loader::attach(request, app, &db, &batches)
        .data(Arc::new(view))
        .data(Client(client))
        .data(site::Settings::default())
        .data(budget::Budget::new(objects))
        .data(db.clone());
    (batch::drive(schema.execute(add(request)), &batches, &db).await, db.statements())
}

/// The app behind a request.
#[must_use]
pub fn app<'a>(ctx: &Context<'a>) -> &'a Arc<App> {
    ctx.data_unchecked()
}

/// The request's handle to the database.
#[must_use]
pub fn db<'a>(ctx: &Context<'a>) -> &'a Db {
    ctx.data_unchecked()
}

/// Where the request came from, for the sign-in limits.
#[must_use]
pub fn client(ctx: &Context<'_>) -> IpAddr {
    ctx.data_unchecked::<Client>().0
}

/// The request's own view; objects carry the one they were read in.
#[must_use]
pub fn view<'a>(ctx: &Context<'a>) -> &'a Sight {
    ctx.data_unchecked()
}

/// Says in the schema that content is a node: nesting the interfaces would print an invalid schema.
struct ContentIsNode;

impl OutputType for ContentIsNode {
    fn type_name() -> Cow<'static, str> {
        <content::Content as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = <content::Content as OutputType>::create_type_info(registry);
        registry.add_implements(&Self::type_name(), &<content::Node as OutputType>::type_name());
        name
    }

    async fn resolve(
        &self,
        _: &ContextSelectionSet<'_>,
        _: &Positioned<async_graphql::parser::types::Field>,
    ) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::Context;
    use async_graphql::resolver_utils::ContainerType;

    use super::content::Doc;
    use crate::domain::read::Noun;

    /// How much room each field of an object takes while it is resolved.
    fn room<'a, T: ContainerType + 'a>() -> usize {
        fn of<'a, T: 'a, F>(_: impl FnOnce(&'a T, &'a Context<'a>) -> F) -> usize {
            size_of::<F>()
        }
        of::<T, _>(T::resolve_field)
    }

    fn of_kind<'a, N: Noun>() -> (&'static str, usize)
    where
        Doc<N>: ContainerType + 'a,
    {
        (N::KIND.as_str(), room::<Doc<N>>())
    }

    #[test]
    fn no_field_takes_the_room_of_a_whole_page() {
        use crate::domain::{
            campaign, contact_channel, person, post, service, source, statistic, statistic_set, topic,
        };
        let rooms = [
            of_kind::<post::Post>(),
            of_kind::<campaign::Campaign>(),
            of_kind::<statistic::Statistic>(),
            of_kind::<statistic_set::StatisticSet>(),
            of_kind::<contact_channel::ContactChannel>(),
            of_kind::<service::Service>(),
            of_kind::<topic::Topic>(),
            of_kind::<person::Person>(),
            of_kind::<source::Source>(),
        ];
        let large: Vec<_> = rooms.into_iter().filter(|(_, bytes)| *bytes > 1_536).collect();
        assert_eq!(large, Vec::new());
    }
}
