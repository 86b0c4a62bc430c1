//! Versions: two people who save at the same time, and nothing that is lost.

pub(super) mod late;

use std::collections::HashSet;

use futures_util::future::join_all;
use serde_json::json;

use super::support::drafts::figure;
use super::support::verbs::Doc;
use super::support::{Answer, Person, World};

specs! {
    in_a_world {
        the_second_of_two_people_is_told_who_when_and_what,
        a_conflict_tells_every_field_since_the_expected_version,
        what_the_first_one_saved_is_still_there,
        after_a_conflict_the_next_try_is_based_on_the_current_version,
        a_version_that_is_not_yet_is_a_conflict_too,
        of_twelve_writers_on_one_version_one_wins,
        of_twelve_publications_none_is_lost,
        of_twelve_who_choose_one_slug_one_gets_it,
        of_twelve_who_import_one_reference_one_creates_it,
        of_twelve_with_one_title_each_has_a_slug_of_its_own,
        a_save_adds_exactly_one_version_even_if_nothing_changes,
        nothing_but_a_save_adds_a_version,
        parts_are_versions_of_the_whole,
        a_conflict_of_a_part_shows_the_whole,
        publishing_another_version_is_a_conflict,
        deleting_another_version_is_a_conflict,
        topics_people_and_sources_have_versions_too,
    }
}

const CONFLICT: &str = "post { title summary editorial { version savedBy { name } } }
  userErrors { code message path conflict { currentVersion changedBy { name kind } changedAt changedFields } }";

/// A post at version 4.
async fn at_version_four(ada: &Person) -> Doc {
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    let post = ada.saves("postUpdate", &post, json!({ "summary": "One" })).await;
    let post = ada.saves("postUpdate", &post, json!({ "summary": "Two" })).await;
    let post = ada.saves("postUpdate", &post, json!({ "summary": "Three" })).await;
    assert_eq!(post.version, 4);
    post
}

async fn the_second_of_two_people_is_told_who_when_and_what(world: &World) {
    let ada = world.author("ada").await;
    let ben = world.author("ben").await;
    let post = at_version_four(&ada).await;
    world.clock.set("2026-07-01T09:30:00Z");
    ada.saves("postUpdate", &post, json!({ "title": "A better day", "reviewDueOn": "2027-01-01" })).await;
    world.clock.advance(10);

    let answer = ben.tries_for("postUpdate", post.with(json!({ "title": "His day" })), CONFLICT).await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "postUpdate": {
          "post": {
            "title": "A better day",
            "summary": "Three",
            "editorial": {
              "version": 5,
              "savedBy": {
                "name": "ada"
              }
            }
          },
          "userErrors": [
            {
              "code": "VERSION_CONFLICT",
              "message": "Somebody saved in between: this is version 5 now.",
              "path": [
                "expectedVersion"
              ],
              "conflict": {
                "currentVersion": 5,
                "changedBy": {
                  "name": "ada",
                  "kind": "USER"
                },
                "changedAt": "2026-07-01T09:30:00Z",
                "changedFields": [
                  "reviewDueOn",
                  "title"
                ]
              }
            }
          ]
        }
      }
    }
    "#);
}

async fn a_conflict_tells_every_field_since_the_expected_version(world: &World) {
    let ada = world.author("ada").await;
    let ben = world.author("ben").await;
    let old = ada.writes_post(json!({ "title": "A day" })).await;
    let post = ada.saves("postUpdate", &old, json!({ "summary": "What it is" })).await;
    ada.saves("postUpdate", &post, json!({ "body": "All of it", "oldPaths": ["/news/1"] })).await;

    let late = ben.tries_for("postUpdate", old.with(json!({ "title": "His" })), CONFLICT).await;
    let later = ben.tries_for("postUpdate", post.with(json!({ "title": "His" })), CONFLICT).await;

    let fields = "/postUpdate/userErrors/0/conflict/changedFields";
    assert_eq!(late.data(fields), &json!(["body", "oldPaths", "summary"]));
    assert_eq!(later.data(fields), &json!(["body", "oldPaths"]));
}

async fn what_the_first_one_saved_is_still_there(world: &World) {
    let ada = world.author("ada").await;
    let ben = world.author("ben").await;
    let post = at_version_four(&ada).await;
    ada.saves("postUpdate", &post, json!({ "summary": "Hers" })).await;

    ben.tries("postUpdate", post.with(json!({ "title": "His", "summary": "His" }))).await;

    let kept = ben.reads(&post, "... on Post { title summary editorial { version savedBy { name } } }").await;
    assert_eq!(
        kept.data("/node"),
        &json!({ "title": "A day", "summary": "Hers", "editorial": { "version": 5, "savedBy": { "name": "ada" } } })
    );
}

async fn after_a_conflict_the_next_try_is_based_on_the_current_version(world: &World) {
    let ada = world.author("ada").await;
    let ben = world.author("ben").await;
    let post = at_version_four(&ada).await;
    ada.saves("postUpdate", &post, json!({ "summary": "Hers" })).await;
    let conflict = ben.tries_for("postUpdate", post.with(json!({ "title": "His" })), CONFLICT).await;
    let current = &conflict.data("/postUpdate/userErrors/0/conflict/currentVersion").clone();

    let again = json!({ "id": post.id, "expectedVersion": current, "input": { "title": "His" } });
    ben.tries("postUpdate", again).await.expect_ok();

    let both = ben.reads(&post, "... on Post { title summary }").await;
    assert_eq!(both.data("/node"), &json!({ "title": "His", "summary": "Hers" }));
}

async fn a_version_that_is_not_yet_is_a_conflict_too(world: &World) {
    let ada = world.author("ada").await;
    let post = at_version_four(&ada).await;
    let early = json!({ "id": post.id, "expectedVersion": 9, "input": { "title": "Too early" } });

    let answer = ada.tries_for("postUpdate", early, CONFLICT).await;

    let conflict = answer.data("/postUpdate/userErrors/0/conflict");
    assert_eq!(conflict["currentVersion"], 4);
    assert_eq!(conflict["changedFields"], json!([]));
    let said = answer.text("/postUpdate/userErrors/0/message");
    assert_eq!(said, "There is no version 9: the newest is 4.");
}

/// How many answers have no user errors, and the user errors of the others.
fn won_and_lost(answers: &[Answer]) -> (usize, Vec<String>) {
    let errors: Vec<Vec<String>> = answers.iter().map(Answer::user_errors).collect();
    let won = errors.iter().filter(|errors| errors.is_empty()).count();
    (won, errors.concat())
}

async fn of_twelve_writers_on_one_version_one_wins(world: &World) {
    let ada = world.author("ada").await;
    let post = at_version_four(&ada).await;
    let tries = (1..=12).map(|writer| {
        let title = format!("By writer {writer}");
        ada.tries_for("postUpdate", post.with(json!({ "title": title, "summary": title })), CONFLICT)
    });

    let answers = join_all(tries).await;

    let (won, lost) = won_and_lost(&answers);
    assert_eq!(won, 1);
    assert_eq!(lost, vec!["VERSION_CONFLICT expectedVersion"; 11]);
    let winner = answers.iter().find(|answer| answer.user_errors().is_empty()).expect("one won");
    let kept = ada.reads(&post, "... on Post { title summary editorial { version } }").await;
    assert_eq!(kept.data("/node/title"), winner.data("/postUpdate/post/title"));
    assert_eq!(kept.data("/node/summary"), winner.data("/postUpdate/post/title"));
    assert_eq!(kept.data("/node/editorial/version"), 5);
}

async fn of_twelve_publications_none_is_lost(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    let before = content_version(world).await;
    let tries = (1..=12).map(|_| ada.tries("contentPublish", post.named()));

    let answers = join_all(tries).await;

    assert_eq!(won_and_lost(&answers), (12, vec![]));
    assert_eq!(content_version(world).await, before + 12);
}

async fn of_twelve_who_choose_one_slug_one_gets_it(world: &World) {
    let ada = world.author("ada").await;
    let input = json!({ "title": "A day", "slug": "the-day" });
    let tries = (1..=12).map(|_| ada.tries("postCreate", json!({ "input": input })));

    let answers = join_all(tries).await;

    assert_eq!(won_and_lost(&answers), (1, vec!["TAKEN input.slug".to_owned(); 11]));
}

async fn of_twelve_who_import_one_reference_one_creates_it(world: &World) {
    let ada = world.author("ada").await;
    let tries = (1..=12).map(|number| {
        let input = json!({ "title": format!("Number {number}"), "externalReference": "17" });
        ada.tries("postCreate", json!({ "input": input }))
    });

    let answers = join_all(tries).await;

    assert_eq!(won_and_lost(&answers), (1, vec!["TAKEN input.externalReference".to_owned(); 11]));
}

async fn of_twelve_with_one_title_each_has_a_slug_of_its_own(world: &World) {
    let ada = world.author("ada").await;
    let tries = (1..=12).map(|_| ada.tries("postCreate", json!({ "input": { "title": "A day" } })));

    let answers = join_all(tries).await;

    assert_eq!(won_and_lost(&answers), (12, vec![]));
    let posts = ada.with_drafts().ask("{ posts { nodes { slug } } }").await.expect_ok();
    let posts = posts.data("/posts/nodes").as_array().cloned().unwrap_or_default();
    assert_eq!(posts.iter().map(|post| post["slug"].to_string()).collect::<HashSet<_>>().len(), 12);
}

async fn a_save_adds_exactly_one_version_even_if_nothing_changes(world: &World) {
    let ada = world.author("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;

    let same = ada.saves("postUpdate", &post, json!({ "title": "A day" })).await;
    let nothing = ada.saves("postUpdate", &same, json!({})).await;

    assert_eq!((post.version, same.version, nothing.version), (1, 2, 3));
}

async fn nothing_but_a_save_adds_a_version(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;

    let published = ada.publishes(&post).await;
    let withdrawn = ada.withdraws(&post, "The partner asked for it").await;
    let again = ada.publishes(&post).await;
    ada.tries("postUpdate", post.with(json!({ "title": "" }))).await;

    assert_eq!((published.version, withdrawn.version, again.version), (1, 1, 1));
    assert_eq!(
        ada.reads(&post, "... on Post { editorial { version } }").await.data("/node/editorial/version"),
        1
    );
}

async fn parts_are_versions_of_the_whole(world: &World) {
    let ada = world.author("ada").await;
    let source = ada.writes_source().await;

    let day = ada.writes_campaign().await;
    let with_edition = ada.writes_edition(&day, 2026, json!({})).await;
    let women = ada.writes_statistic_from(&source).await;
    let with_another = ada.writes_figure(&women, figure(&source, 2018, "46")).await;

    assert_eq!((day.version, with_edition.version), (1, 2));
    assert_eq!((women.version, with_another.version), (2, 3));
}

async fn a_conflict_of_a_part_shows_the_whole(world: &World) {
    let ada = world.author("ada").await;
    let source = ada.writes_source().await;
    let women = ada.writes_statistic_from(&source).await;
    ada.writes_figure(&women, figure(&source, 2018, "46")).await;

    let late = json!({ "statisticId": women.id, "expectedVersion": women.version,
        "input": figure(&source, 2018, "45") });
    let selection = "statistic { figure { value } editorial { version } }
      userErrors { code path conflict { currentVersion changedFields } }";
    let answer = ada.tries_for("figureUpsert", late, selection).await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "figureUpsert": {
          "statistic": {
            "figure": {
              "value": "46"
            },
            "editorial": {
              "version": 3
            }
          },
          "userErrors": [
            {
              "code": "VERSION_CONFLICT",
              "path": [
                "expectedVersion"
              ],
              "conflict": {
                "currentVersion": 3,
                "changedFields": [
                  "figures"
                ]
              }
            }
          ]
        }
      }
    }
    "#);
}

async fn publishing_another_version_is_a_conflict(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    ada.saves("postUpdate", &post, json!({ "title": "Not looked at" })).await;

    let answer = ada.tries("contentPublish", post.named()).await;

    assert_eq!(answer.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
    let public = world.reader().ask("{ posts { totalCount } }").await;
    assert_eq!(public.expect_ok().data("/posts/totalCount"), 0);
}

async fn deleting_another_version_is_a_conflict(world: &World) {
    let ada = world.author("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    ada.saves("postUpdate", &post, json!({ "title": "Not looked at" })).await;

    let answer = ada.tries("contentDelete", post.named()).await;

    assert_eq!(answer.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
    assert_eq!(ada.reads(&post, "... on Post { title }").await.data("/node/title"), "Not looked at");
}

async fn topics_people_and_sources_have_versions_too(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;
    let rosa = ada.creates("personCreate", json!({ "name": "Rosa" })).await;
    let source = ada.writes_source().await;
    ada.saves("topicUpdate", &topic, json!({ "name": "Slavery" })).await;
    ada.saves("personUpdate", &rosa, json!({ "role": "Caseworker" })).await;
    ada.saves("sourceUpdate", &source, json!({ "licence": "CC BY 4.0" })).await;

    let of_topic = ada.tries("topicUpdate", topic.with(json!({ "name": "Late" }))).await;
    let of_rosa = ada.tries("personUpdate", rosa.with(json!({ "name": "Late" }))).await;
    let of_source = ada.tries("sourceUpdate", source.with(json!({ "title": "Late" }))).await;

    assert_eq!(of_topic.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
    assert_eq!(of_rosa.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
    assert_eq!(of_source.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
    assert_eq!(of_topic.data("/topicUpdate/topic/version"), 2);
}

async fn content_version(world: &World) -> i64 {
    let answer = world.reader().ask("{ site { contentVersion } }").await.expect_ok();
    answer.data("/site/contentVersion").as_i64().unwrap_or_default()
}
