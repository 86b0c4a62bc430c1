//! Who may do what: the table in docs/API.md, held against every mutation and every role.

use std::sync::atomic::{AtomicU32, Ordering};

use api::domain::view::Role;
use apollo_compiler::Name;
use serde_json::{Value, json};

use super::support::drafts::{campaign, channel, figure, service, set, source, statistic};
use super::support::verbs::{Doc, schema};
use super::support::{Person, World};

specs! {
    in_a_world {
        every_mutation_keeps_the_table_of_rights,
        an_author_deletes_only_what_readers_never_saw,
        an_author_does_not_delete_what_is_live_at_once,
        an_editor_deletes_what_was_published_and_taken_down,
        a_refused_mutation_writes_nothing,
    }
    once {
        the_table_of_rights_has_every_mutation_and_no_other,
    }
}

const API: &str = include_str!("../../docs/API.md");
const HEAD: &str = "| mutation | nobody | VIEWER | AUTHOR | EDITOR | SAFEGUARDING_LEAD | ADMIN |";

/// The rows of the table in docs/API.md, by mutation.
fn documented() -> Vec<&'static str> {
    let table = API.split_once(HEAD).expect("docs/API.md has the table of rights").1;
    let mut rows: Vec<&str> =
        table.lines().skip(2).map(str::trim).take_while(|line| line.starts_with('|')).collect();
    rows.sort_unstable();
    rows
}

/// The names of all mutations that the schema has.
fn mutations() -> Vec<&'static str> {
    let mutation = schema().get_object("Mutation").expect("the schema has mutations");
    let mut names: Vec<&str> = mutation.fields.keys().map(Name::as_str).collect();
    names.sort_unstable();
    names
}

fn the_table_of_rights_has_every_mutation_and_no_other() {
    let in_the_table: Vec<&str> = documented().iter().filter_map(|row| row.split('`').nth(1)).collect();

    assert_eq!(in_the_table, mutations());
}

async fn every_mutation_keeps_the_table_of_rights(world: &World) {
    let company = Company::gather(world).await;
    let mut rows = Vec::new();

    for mutation in mutations() {
        rows.push(company.row(mutation).await);
    }

    assert_eq!(rows.join("\n"), documented().join("\n"));
}

async fn an_author_deletes_only_what_readers_never_saw(world: &World) {
    let ada = world.editor("ada").await;
    let amy = world.author("amy").await;
    let hidden = amy.writes_post(json!({ "title": "Never shown" })).await;
    let shown = ada.publishes_post(json!({ "title": "Shown" })).await;

    let refused = amy.tries("contentDelete", shown.named()).await;

    assert_eq!(refused.error_code(), "FORBIDDEN");
    amy.tries("contentDelete", hidden.named()).await.expect_ok();
}

async fn an_author_does_not_delete_what_is_live_at_once(world: &World) {
    let amy = world.author("amy").await;
    let topic = amy.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let person = amy.creates("personCreate", json!({ "name": "Rosa" })).await;
    let source = amy.writes_source().await;

    let of_topic = amy.tries("contentDelete", topic.named()).await;
    let of_person = amy.tries("contentDelete", person.named()).await;
    let of_source = amy.tries("contentDelete", source.named()).await;

    assert_eq!(of_topic.error_code(), "FORBIDDEN");
    assert_eq!(of_person.error_code(), "FORBIDDEN");
    assert_eq!(of_source.error_code(), "FORBIDDEN");
}

async fn an_editor_deletes_what_was_published_and_taken_down(world: &World) {
    let ada = world.editor("ada").await;
    let amy = world.author("amy").await;
    let post = ada.publishes_post(json!({ "title": "Shown once" })).await;
    ada.withdraws(&post, "The partner asked for it").await;

    let refused = amy.tries("contentDelete", post.named()).await;

    assert_eq!(refused.error_code(), "FORBIDDEN");
    ada.tries("contentDelete", post.named()).await.expect_ok();
}

async fn a_refused_mutation_writes_nothing(world: &World) {
    let ada = world.editor("ada").await;
    let vera = world.viewer("vera").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;

    let refused = vera.tries("postUpdate", post.with(json!({ "title": "Hers" }))).await;

    assert_eq!(refused.error_code(), "FORBIDDEN");
    let kept = "{ posts { nodes { title editorial { version } } totalCount } }";
    insta::assert_snapshot!(ada.with_drafts().ask(kept).await.expect_ok().told(), @r#"
    {
      "data": {
        "posts": {
          "nodes": [
            {
              "title": "A day",
              "editorial": {
                "version": 1
              }
            }
          ],
          "totalCount": 1
        }
      }
    }
    "#);
}

/// Somebody in each role, and an editor who prepares what they work on.
struct Company {
    roles: Vec<Person>,
    editor: Person,
    source: Doc,
    /// So many that they need titles of their own: few slugs follow from one.
    posts: AtomicU32,
}

impl Company {
    async fn gather(world: &World) -> Self {
        let roles = vec![
            world.reader(),
            world.person("vera", Role::Viewer).await,
            world.person("amy", Role::Author).await,
            world.person("ben", Role::Editor).await,
            world.person("cara", Role::SafeguardingLead).await,
            world.person("root", Role::Admin).await,
        ];
        let editor = world.editor("ada").await;
        let source = editor.writes_source().await;
        Self { roles, editor, source, posts: AtomicU32::new(0) }
    }

    /// What each role may, as the table has it. Who may succeeds; who may not is told so, with the right code.
    async fn row(&self, mutation: &str) -> String {
        let mut row = format!("| `{mutation}` |");
        for (place, person) in self.roles.iter().enumerate() {
            let arguments = self.arguments(mutation, place).await;
            let answer = person.tries(mutation, arguments).await;
            if answer.errors().is_empty() {
                answer.expect_ok();
                row.push_str(" ✓ |");
            } else {
                let code = if place == 0 { "UNAUTHENTICATED" } else { "FORBIDDEN" };
                assert_eq!(answer.error_code(), code, "{mutation}: {answer:?}");
                row.push_str(" – |");
            }
        }
        row
    }

    /// Arguments with which the mutation succeeds, made anew each time.
    async fn arguments(&self, mutation: &str, place: usize) -> Value {
        match mutation {
            "sessionCreate" => json!({ "email": self.editor.email(), "password": self.editor.password() }),
            "sessionRefresh" | "sessionRevoke" => {
                json!({ "refreshToken": self.editor.opens_session().await.refresh })
            }
            // To the same one, so that the person can still sign in. Nobody has one.
            "passwordChange" => {
                let password = if place == 0 { "no password at all" } else { self.roles[place].password() };
                json!({ "current": password, "new": password })
            }
            "siteUpdate" => json!({ "input": { "organisationName": "The Charity" } }),
            "userCreate" => {
                let email = format!("number.{place}@charity.example");
                json!({ "input": { "email": email, "name": "Somebody", "role": "VIEWER" } })
            }
            "apiClientUpdate" => json!({ "id": self.client().await, "input": { "name": "The app" } }),
            "apiClientRotate" | "apiClientRevoke" => json!({ "id": self.client().await }),
            "previewTokenCreate" => json!({ "id": self.draft("postCreate").await.id }),
            "previewTokenRevoke" => json!({ "token": "bpt_of_nothing" }),
            "userUpdate" => json!({ "id": self.somebody().await, "input": { "name": "Somebody else" } }),
            _ if mutation.ends_with("Create") => json!({ "input": self.input(mutation).await }),
            _ if mutation.ends_with("Update") => {
                let doc = self.draft(&mutation.replace("Update", "Create")).await;
                doc.with(json!({}))
            }
            "contentPublish" | "contentDelete" | "contentSubmit" => self.draft("postCreate").await.named(),
            "contentApprove" => self.draft("postCreate").await.approved("EDITORIAL"),
            "contentSchedule" => {
                merged(
                    self.draft("postCreate").await.named(),
                    json!({ "publishAt": "2027-07-29T23:01:00Z" }),
                )
            }
            "contentUnschedule" => {
                let post = self.draft("postCreate").await.named();
                let moment = json!({ "publishAt": "2027-07-29T23:01:00Z" });
                self.editor.does("contentSchedule", merged(post.clone(), moment)).await;
                post
            }
            "contentRequestChanges" => {
                merged(self.draft("postCreate").await.named(), json!({ "reason": "Name the source" }))
            }
            "contentErase" => {
                let post = self.editor.publishes(&self.draft("postCreate").await).await;
                self.editor.withdraws(&post, "She asked for it").await;
                json!({ "id": post.id, "reason": "She asked for it" })
            }
            "contentRestore" => merged(self.draft("postCreate").await.named(), json!({ "version": 1 })),
            "contentWithdraw" => {
                let post = self.editor.publishes(&self.draft("postCreate").await).await;
                json!({ "id": post.id, "reason": "The partner asked for it" })
            }
            "contactChannelVerify" => {
                let channel = self.draft("contactChannelCreate").await;
                json!({ "id": channel.id, "method": "Rang it" })
            }
            "contactChannelUrgentCorrection" => {
                let service = self.editor.publishes(&self.draft("serviceCreate").await).await;
                let channel = self.editor.publishes(&self.editor.writes_channel(&service).await).await;
                merged(channel.with(json!({ "value": "01632 960124" })), json!({ "reason": "It was cut off" }))
            }
            _ => self.arguments_of_parts(mutation).await,
        }
    }

    /// Of mutations that work on a part of something.
    async fn arguments_of_parts(&self, mutation: &str) -> Value {
        let editor = &self.editor;
        if mutation.starts_with("campaign") {
            let goal = json!({ "metric": "signatures", "target": 10, "current": 0,
                "asOf": "2026-07-01T09:00:00Z" });
            let campaign = editor.writes_campaign().await;
            let campaign = editor.writes_edition(&campaign, 2026, json!({ "goals": [goal] })).await;
            let edition =
                json!({ "campaignId": campaign.id, "expectedVersion": campaign.version, "year": 2026 });
            return match mutation {
                "campaignEditionUpsert" => merged(edition, json!({ "input": {} })),
                "campaignEditionRemove" => edition,
                "campaignGoalRecord" => {
                    editor.publishes(&campaign).await;
                    json!({ "campaignId": campaign.id, "year": 2026, "metric": "signatures", "current": 1,
                        "asOf": "2026-07-01T09:00:00Z" })
                }
                _ => panic!("say with which arguments {mutation} succeeds"),
            };
        }
        let statistic = editor.writes_statistic_from(&self.source).await;
        let figure_id = editor.figure_of(&statistic).await;
        let named = json!({ "figureId": figure_id, "expectedVersion": statistic.version });
        match mutation {
            "figureUpsert" => {
                json!({ "statisticId": statistic.id, "expectedVersion": statistic.version,
                    "input": figure(&self.source, 2018, "46") })
            }
            "figureRemove" => named,
            "figureCorrect" => {
                editor.publishes(&statistic).await;
                merged(named, json!({ "value": "48", "reason": "A misprint" }))
            }
            _ => panic!("say with which arguments {mutation} succeeds"),
        }
    }

    /// The shortest input of a creation.
    async fn input(&self, creation: &str) -> Value {
        match creation {
            "postCreate" => {
                json!({ "title": format!("Day {}", self.posts.fetch_add(1, Ordering::Relaxed)) })
            }
            "apiClientCreate" => json!({ "name": "The website", "scopes": ["CONTENT_READ"] }),
            "topicCreate" => json!({ "name": "Modern slavery" }),
            "personCreate" => json!({ "name": "Rosa" }),
            "campaignCreate" => campaign(),
            "serviceCreate" => service(),
            "statisticCreate" => statistic(),
            "sourceCreate" => source(),
            "contactChannelCreate" => channel(&self.editor.writes_service().await),
            "statisticSetCreate" => set(&self.editor.writes_statistic_from(&self.source).await),
            _ => panic!("say with which input {creation} succeeds"),
        }
    }

    async fn draft(&self, creation: &str) -> Doc {
        self.editor.creates(creation, self.input(creation).await).await
    }

    /// The id of a new client.
    async fn client(&self) -> String {
        let admin = self.roles.last().expect("there is an administrator");
        admin.creates("apiClientCreate", self.input("apiClientCreate").await).await.id
    }

    /// The id of the first account that there is.
    async fn somebody(&self) -> String {
        let admin = self.roles.last().expect("there is an administrator");
        let answer = admin.ask("{ users(first: 1) { nodes { id } } }").await.expect_ok();
        answer.text("/users/nodes/0/id").to_owned()
    }
}

fn merged(mut arguments: Value, more: Value) -> Value {
    let more = more.as_object().cloned().unwrap_or_default();
    arguments.as_object_mut().expect("arguments are an object").extend(more);
    arguments
}
