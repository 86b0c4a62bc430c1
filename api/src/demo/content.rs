//! A small charity's content, written through the same mutations that editors use.
//!
//! `demo/content.toml` is the script: each step is one mutation, or a list of things to publish or to verify.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::Variables;
use async_graphql::parser::parse_query;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use thiserror::Error;

use crate::app::App;
use crate::domain::site;
use crate::domain::view::{Moment, Scope, Stage, View, Viewer};
use crate::graphql::{self, ApiSchema, Operation};
use crate::store::StoreError;

const SCRIPT: &str = include_str!("../../demo/content.toml");

/// Why the content cannot be written.
#[derive(Debug, Error)]
pub enum ContentError {
    /// The script is no TOML of the right shape.
    #[error("the demonstration content cannot be read: {0}")]
    Script(#[from] toml::de::Error),
    /// A step was refused.
    #[error("step {step} of the demonstration ({what}) was refused: {why}")]
    Step {
        /// Which, from 1.
        step: usize,
        /// What it does.
        what: String,
        /// What was wrong.
        why: String,
    },
    /// An earlier start was stopped half-way.
    #[error(
        "the demonstration database is unfinished; remove demo.db from the data directory and start again"
    )]
    Unfinished,
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[derive(Deserialize)]
struct Script {
    step: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    mutation: Option<String>,
    #[serde(rename = "as")]
    name: Option<String>,
    on: Option<String>,
    language: Option<String>,
    year: Option<i32>,
    input: Option<Map<String, Value>>,
    #[serde(default)]
    publish: Vec<String>,
    #[serde(default)]
    verify: Vec<String>,
}

/// Who writes the content.
pub struct Cast {
    /// Writes and publishes.
    pub editor: Viewer,
    /// Signs off what goes to readers.
    pub lead: Viewer,
}

/// Writes the content into an empty database; does nothing where it is there already.
///
/// # Errors
/// A step that was refused, or a database that an earlier start left unfinished.
pub async fn write(app: &Arc<App>, cast: Cast) -> Result<(), ContentError> {
    // The last step is the site's own, so that its settings tell a whole demonstration from a part of one.
    if site::find(&app.db).await?.organisation_name.is_some() {
        return Ok(());
    }
    if site::content_version(&app.db).await? > 0 {
        return Err(ContentError::Unfinished);
    }
    let script: Script = toml::from_str(SCRIPT)?;
    let mut stage = Performance { app, schema: graphql::schema(app), cast, things: HashMap::new() };
    for (index, step) in script.step.into_iter().enumerate() {
        let lists = if step.verify.is_empty() { "contentPublish" } else { "contactChannelVerify" };
        let what = step.mutation.clone().unwrap_or_else(|| lists.into());
        stage.perform(step).await.map_err(|why| ContentError::Step { step: index + 1, what, why })?;
    }
    Ok(())
}

/// A script being performed.
struct Performance<'a> {
    app: &'a Arc<App>,
    schema: ApiSchema,
    cast: Cast,
    /// Id and version of what was made, by its name in the script.
    things: HashMap<String, (String, i32)>,
}

impl Performance<'_> {
    async fn perform(&mut self, step: Step) -> Result<(), String> {
        let Step { mutation, name, on, language, year, input, publish, verify } = step;
        for name in publish {
            let (id, version) = self.thing(&name)?;
            let variables = json!({ "id": id, "version": version });
            let approve = "mutation($id: ID!, $version: Int!) { contentApprove(id: $id, expectedVersion: $version, kind: SAFEGUARDING) { userErrors { message path } } }";
            self.run(&self.cast.lead, ("contentApprove", approve), variables.clone())
                .await
                .map_err(|why| format!("{name}: {why}"))?;
            let publish = "mutation($id: ID!, $version: Int!) { contentPublish(id: $id, expectedVersion: $version) { userErrors { message path } } }";
            self.run(&self.cast.editor, ("contentPublish", publish), variables)
                .await
                .map_err(|why| format!("{name}: {why}"))?;
        }
        for name in verify {
            let (id, _) = self.thing(&name)?;
            let document = "mutation($id: ID!, $method: String!) { contactChannelVerify(id: $id, method: $method) { userErrors { message path } } }";
            self.run(
                &self.cast.editor,
                ("contactChannelVerify", document),
                json!({ "id": id, "method": "Tried it for the demonstration" }),
            )
            .await
            .map_err(|why| format!("{name}: {why}"))?;
        }
        let Some(mutation) = mutation else { return Ok(()) };
        let mut variables = Map::new();
        let mut input = Value::Object(input.unwrap_or_default());
        self.fill(&mut input)?;
        variables.insert("input".into(), input);
        if let Some(on) = &on {
            let (id, version) = self.thing(on)?;
            variables.insert("id".into(), json!(id));
            variables.insert("version".into(), json!(version));
        }
        variables.extend(language.map(|language| ("language".into(), json!(language))));
        variables.extend(year.map(|year| ("year".into(), json!(year))));
        let document = document(&mutation, &variables);
        let answer = self.run(&self.cast.editor, (&mutation, &document), Value::Object(variables)).await?;
        if let Some(on) = on
            && let Some((_, version)) = self.things.get_mut(&on)
        {
            *version += 1;
        }
        if let Some(name) = name {
            let id = answer.pointer("/thing/id").and_then(Value::as_str).ok_or("nothing was made")?;
            self.things.insert(name, (id.to_owned(), 1));
        }
        Ok(())
    }

    fn thing(&self, name: &str) -> Result<(String, i32), String> {
        self.things.get(name).cloned().ok_or_else(|| format!("nothing is called {name}"))
    }

    /// Puts ids in the place of `@name`.
    fn fill(&self, value: &mut Value) -> Result<(), String> {
        match value {
            Value::String(text) => {
                if let Some(name) = text.strip_prefix('@') {
                    *text = self.thing(name)?.0;
                }
            }
            Value::Array(values) => values.iter_mut().try_for_each(|value| self.fill(value))?,
            Value::Object(fields) => fields.values_mut().try_for_each(|value| self.fill(value))?,
            _ => {}
        }
        Ok(())
    }

    async fn run(
        &self,
        viewer: &Viewer,
        (field, document): (&str, &str),
        variables: Value,
    ) -> Result<Value, String> {
        let languages = self.app.config.languages[..1].iter().map(ToString::to_string).collect();
        let scope = Scope::new(Stage::Published, languages, Moment::new(self.app.now()));
        let operation = Operation {
            document: parse_query(document).map_err(|error| error.to_string())?,
            operation_name: None,
            variables: Variables::from_json(variables),
            view: View { viewer: Some(viewer.clone()), scope },
            objects: 1_000,
            is_public: false,
            client: std::net::Ipv4Addr::LOCALHOST.into(),
        };
        let (response, _) = graphql::execute(&self.schema, self.app, operation).await;
        if let Some(error) = response.errors.first() {
            return Err(error.message.clone());
        }
        let data = response.data.into_json().map_err(|error| error.to_string())?;
        let answer = data.get(field).cloned().unwrap_or_default();
        match answer.get("userErrors").and_then(Value::as_array) {
            Some(errors) if !errors.is_empty() => Err(Value::from(errors.clone()).to_string()),
            _ => Ok(answer),
        }
    }
}

/// The document of a mutation: what it takes follows from its name and the variables at hand.
fn document(mutation: &str, variables: &Map<String, Value>) -> String {
    let (noun, input) = if let Some(noun) = mutation.strip_suffix("EditionUpsert") {
        (noun, "CampaignEditionInput".to_owned())
    } else if mutation == "figureUpsert" {
        ("statistic", "FigureInput".to_owned())
    } else if mutation == "siteUpdate" {
        ("site", "SiteInput".to_owned())
    } else {
        let noun = mutation.trim_end_matches("Create").trim_end_matches("Update");
        let (first, rest) = mutation.split_at(1);
        (noun, format!("{}{rest}Input", first.to_uppercase()))
    };
    let id = match mutation {
        "campaignEditionUpsert" => "campaignId",
        "figureUpsert" => "statisticId",
        _ => "id",
    };
    let known = [
        ("id", "ID!", id),
        ("version", "Int!", "expectedVersion"),
        ("year", "Int!", "year"),
        ("language", "LanguageTag", "language"),
        ("input", &format!("{input}!"), "input"),
    ];
    let used = || known.iter().filter(|(variable, _, _)| variables.contains_key(*variable));
    let declared: Vec<String> = used().map(|(variable, kind, _)| format!("${variable}: {kind}")).collect();
    let given: Vec<String> =
        used().map(|(variable, _, argument)| format!("{argument}: ${variable}")).collect();
    format!(
        "mutation({}) {{ {mutation}({}) {{ thing: {noun} {{ id }} userErrors {{ message path }} }} }}",
        declared.join(", "),
        given.join(", ")
    )
}
