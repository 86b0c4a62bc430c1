//! What people do most often, in their words.
//!
//! A mutation's variables and selection are made from the schema, so that the words of a test are the
//! name of the mutation and its arguments as JSON.

use std::sync::OnceLock;

use api::graphql::sdl;
use apollo_compiler::Schema;
use apollo_compiler::schema::{ExtendedType, FieldDefinition};
use apollo_compiler::validation::Valid;
use serde_json::{Value, json};

use super::{Answer, Person};

/// A thing that was saved: which, and the version that the next edit is based on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Doc {
    /// Its global id.
    pub(crate) id: String,
    /// Its last version.
    pub(crate) version: i64,
}

impl Person {
    /// Creates something and takes it for granted that it works: `creates("topicCreate", input)`.
    pub(crate) async fn creates(&self, mutation: &str, input: Value) -> Doc {
        self.does(mutation, json!({ "input": input })).await
    }

    /// Creates something in a language.
    pub(crate) async fn creates_in(&self, language: &str, mutation: &str, input: Value) -> Doc {
        self.does(mutation, json!({ "input": input, "language": language })).await
    }

    /// Creates a post.
    pub(crate) async fn writes_post(&self, input: Value) -> Doc {
        self.creates("postCreate", input).await
    }

    /// Saves a change based on the version at hand: `saves("postUpdate", &post, input)`.
    pub(crate) async fn saves(&self, mutation: &str, doc: &Doc, input: Value) -> Doc {
        let arguments = json!({ "id": doc.id, "expectedVersion": doc.version, "input": input });
        self.does(mutation, arguments).await
    }

    /// Saves a change to one translation.
    pub(crate) async fn saves_in(&self, language: &str, mutation: &str, doc: &Doc, input: Value) -> Doc {
        let arguments =
            json!({ "id": doc.id, "expectedVersion": doc.version, "input": input, "language": language });
        self.does(mutation, arguments).await
    }

    /// Publishes every language of it; if that needs somebody else's signature, it is given first.
    pub(crate) async fn publishes(&self, doc: &Doc) -> Doc {
        let answer = self.tries("contentPublish", doc.named()).await;
        if answer.user_errors().iter().all(|error| error != "CHECK_FAILED id") {
            return done("contentPublish", answer);
        }
        self.has_it_signed_off(doc).await;
        self.does("contentPublish", doc.named()).await
    }

    /// Lets somebody else sign it off, who has not written any of it.
    pub(crate) async fn has_it_signed_off(&self, doc: &Doc) {
        self.deputy().await.signs_off(doc).await;
    }

    /// Signs it off.
    pub(crate) async fn signs_off(&self, doc: &Doc) -> Doc {
        self.does("contentApprove", doc.approved("SAFEGUARDING")).await
    }

    /// Takes it down.
    pub(crate) async fn withdraws(&self, doc: &Doc, reason: &str) -> Doc {
        self.does("contentWithdraw", json!({ "id": doc.id, "reason": reason })).await
    }

    /// Writes a post and publishes it.
    pub(crate) async fn publishes_post(&self, input: Value) -> Doc {
        let post = self.writes_post(input).await;
        self.publishes(&post).await
    }

    /// Publishes many posts that are alike but for their titles.
    pub(crate) async fn publishes_posts(&self, count: usize, input: Value) -> Vec<Doc> {
        let mut posts = Vec::new();
        for number in 1..=count {
            let mut input = input.clone();
            input["title"] = format!("Post number {number}").into();
            posts.push(self.publishes_post(input).await);
        }
        posts
    }

    /// Any mutation that answers with the thing it is about, taking success for granted.
    pub(crate) async fn does(&self, mutation: &str, arguments: Value) -> Doc {
        done(mutation, self.tries(mutation, arguments).await)
    }

    /// Any mutation, whatever comes of it. The answer has the thing's id and version, and the user errors.
    pub(crate) async fn tries(&self, mutation: &str, arguments: Value) -> Answer {
        self.ask_with(&document(mutation, &arguments), arguments).await
    }

    /// Any mutation, to a server that may be gone or go before it has answered.
    pub(crate) async fn attempts(&self, mutation: &str, arguments: Value) -> Option<Answer> {
        let body = json!({ "query": document(mutation, &arguments), "variables": arguments });
        self.post("/graphql").await.json(&body).answered().await
    }

    /// Any mutation, whatever comes of it, with more to be told: `tries_for("postCreate", arguments, "post { slug }")`.
    pub(crate) async fn tries_for(&self, mutation: &str, arguments: Value, selection: &str) -> Answer {
        self.ask_with(&document_for(mutation, &arguments, selection), arguments).await
    }

    /// An update as a generated client writes it: a variable for each field of the input, of which only `input`'s are
    /// sent.
    pub(crate) async fn tries_by_variables(&self, mutation: &str, arguments: Value, input: Value) -> Answer {
        let mut variables = arguments.as_object().cloned().expect("arguments are an object");
        variables.extend(input.as_object().cloned().expect("an input is an object"));
        self.ask_with(&document_by_variables(mutation, &arguments), variables.into()).await
    }

    /// Something in the draft view: `reads(&post, "... on Post { title }")`.
    pub(crate) async fn reads(&self, doc: &Doc, selection: &str) -> Answer {
        let query = format!("query($id: ID!) {{ node(id: $id) {{ {selection} }} }}");
        self.with_drafts().ask_with(&query, json!({ "id": doc.id })).await.expect_ok()
    }
}

impl Doc {
    /// Id and expected version, as updates and `contentPublish` take them.
    pub(crate) fn named(&self) -> Value {
        json!({ "id": self.id, "expectedVersion": self.version })
    }

    /// Id, expected version and what is approved, as `contentApprove` takes them.
    pub(crate) fn approved(&self, kind: &str) -> Value {
        json!({ "id": self.id, "expectedVersion": self.version, "kind": kind })
    }

    /// The same with an input.
    pub(crate) fn with(&self, input: Value) -> Value {
        json!({ "id": self.id, "expectedVersion": self.version, "input": input })
    }
}

/// An input whose every field that may be null is null, but for some.
pub(crate) fn nulls(input: &str, but: &[&str]) -> Value {
    let input = schema().get_input_object(input).unwrap_or_else(|| panic!("the schema has no input {input}"));
    let fields =
        input.fields.iter().filter(|(name, field)| !field.ty.is_non_null() && !but.contains(&name.as_str()));
    fields.map(|(name, _)| (name.to_string(), Value::Null)).collect::<serde_json::Map<_, _>>().into()
}

/// The thing that a mutation was about, if it succeeded.
#[track_caller]
fn done(mutation: &str, answer: Answer) -> Doc {
    let answer = answer.expect_ok();
    let payload = answer.data(&format!("/{mutation}")).as_object();
    let thing = payload.into_iter().flatten().find_map(|(_, value)| value.get("id").map(|_| value));
    let thing = thing.unwrap_or_else(|| panic!("{mutation} answers with nothing that has an id: {answer:?}"));
    Doc {
        id: thing["id"].as_str().unwrap_or_default().to_owned(),
        version: thing.pointer("/editorial/version").or(thing.get("version")).map_or(0, integer),
    }
}

fn integer(value: &Value) -> i64 {
    value.as_i64().unwrap_or_default()
}

/// The schema as the product prints it.
pub(crate) fn schema() -> &'static Valid<Schema> {
    static SCHEMA: OnceLock<Valid<Schema>> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        Schema::parse_and_validate(sdl(), "schema.graphql").unwrap_or_else(|error| panic!("{}", error.errors))
    })
}

/// `mutation($input: PostCreateInput!) { postCreate(input: $input) { post { … } userErrors { … } } }`
fn document(mutation: &str, arguments: &Value) -> String {
    let field = field(mutation);
    document_for(mutation, arguments, &selection(field.ty.inner_named_type().as_str()))
}

fn field(mutation: &str) -> &'static FieldDefinition {
    let field = schema().type_field("Mutation", mutation);
    field.unwrap_or_else(|_| panic!("the schema has no mutation {mutation}"))
}

/// The same with a selection of one's own.
fn document_for(mutation: &str, arguments: &Value, selection: &str) -> String {
    let field = field(mutation);
    let arguments = arguments.as_object().expect("arguments are an object");
    let (mut variables, mut passed) = (Vec::new(), Vec::new());
    for name in arguments.keys() {
        let argument = field.argument_by_name(name);
        let argument = argument.unwrap_or_else(|| panic!("{mutation} has no argument {name}"));
        variables.push(format!("${name}: {}", argument.ty));
        passed.push(format!("{name}: ${name}"));
    }
    if passed.is_empty() {
        return format!("mutation {{ {mutation} {{ {selection} }} }}");
    }
    format!("mutation({}) {{ {mutation}({}) {{ {selection} }} }}", variables.join(", "), passed.join(", "))
}

/// `mutation($id: ID!, $title: String) { postUpdate(id: $id, input: { title: $title }) { … } }`
fn document_by_variables(mutation: &str, arguments: &Value) -> String {
    let field = field(mutation);
    let input = field.argument_by_name("input").unwrap_or_else(|| panic!("{mutation} has no input"));
    let input = schema().get_input_object(input.ty.inner_named_type()).expect("inputs are input objects");
    let (mut variables, mut passed, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    for argument in field.arguments.iter().filter(|argument| arguments.get(argument.name.as_str()).is_some())
    {
        variables.push(format!("${}: {}", argument.name, argument.ty));
        passed.push(format!("{0}: ${0}", argument.name));
    }
    for (name, part) in &input.fields {
        variables.push(format!("${name}: {}", part.ty));
        parts.push(format!("{name}: ${name}"));
    }
    let (variables, passed, parts) = (variables.join(", "), passed.join(", "), parts.join(", "));
    let selection = selection(field.ty.inner_named_type().as_str());
    format!("mutation({variables}) {{ {mutation}({passed}, input: {{ {parts} }}) {{ {selection} }} }}")
}

/// What to select of a payload: scalars, and of objects what tells them apart.
fn selection(payload: &str) -> String {
    let schema = schema();
    let object = schema.get_object(payload).unwrap_or_else(|| panic!("{payload} is no object"));
    let mut selected = Vec::new();
    for (name, field) in &object.fields {
        let ty = field.ty.inner_named_type().as_str();
        let has = |field| schema.type_field(ty, field).is_ok();
        selected.push(match name.as_str() {
            "userErrors" => "userErrors { code message path }".to_owned(),
            "warnings" => "warnings { code message path }".to_owned(),
            _ if has("editorial") => format!("{name} {{ id editorial {{ version }} }}"),
            _ if has("version") => format!("{name} {{ id version }}"),
            _ if has("id") => format!("{name} {{ id }}"),
            _ if schema.types.get(ty).is_none_or(ExtendedType::is_leaf) => name.to_string(),
            _ => continue,
        });
    }
    selected.join(" ")
}
