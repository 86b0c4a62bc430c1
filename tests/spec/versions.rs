//! Versions: two people who save at the same time, and nothing that is lost.

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
        translators_do_not_wait_for_each_other,
        translators_of_editions_and_figures_do_not_wait_either,
        late_words_are_as_old_as_what_they_were_written_from,
        a_publication_and_a_count_make_no_words_late,
        what_others_are_translated_from_is_new_however_late_it_comes,
        a_late_save_in_a_language_that_was_saved_is_a_conflict,
        a_late_save_of_what_all_languages_share_is_a_conflict,
        a_late_save_after_a_change_for_all_languages_is_a_conflict,
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

async fn translators_do_not_wait_for_each_other(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.author("ben").await);
    let post = amy.writes_post(json!({ "title": "A day" })).await;
    let translated = |language, title| {
        let input = json!({ "title": title });
        json!({ "id": post.id, "expectedVersion": post.version, "language": language, "input": input })
    };

    let (welsh, persian) = tokio::join!(
        amy.tries("postUpdate", translated("cy", "Diwrnod")),
        ben.tries("postUpdate", translated("fa", "روز"))
    );

    welsh.expect_ok();
    persian.expect_ok();
    let kept = amy.reads(&post, "... on Post { translations { title } editorial { version } }").await;
    assert_eq!(kept.data("/node"), &json!({
        "translations": [{ "title": "A day" }, { "title": "Diwrnod" }, { "title": "روز" }], "editorial": { "version": 3 } }));
}

async fn translators_of_editions_and_figures_do_not_wait_either(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.author("ben").await);
    let source = amy.writes_source().await;
    let mut women = amy.writes_statistic_from(&source).await;
    let mut day = amy.writes_edition(&amy.writes_campaign().await, 2026, json!({ "theme": "Left behind" })).await;
    for language in ["cy", "fa"] {
        let words = json!({ "name": language, "definition": language, "population": language });
        women = amy.saves_in(language, "statisticUpdate", &women, words).await;
        day = amy.saves_in(language, "campaignUpdate", &day, json!({ "name": language })).await;
    }
    let themed = |language, theme| {
        json!({ "campaignId": day.id, "expectedVersion": day.version, "year": 2026, "language": language,
            "input": { "theme": theme } })
    };
    let noted = |language, value, caveat| {
        let mut input = figure(&source, 2016, value);
        input["caveat"] = json!(caveat);
        json!({ "statisticId": women.id, "expectedVersion": women.version, "language": language, "input": input })
    };

    amy.does("campaignEditionUpsert", themed("cy", "Ar ôl")).await;
    ben.does("campaignEditionUpsert", themed("fa", "جامانده")).await;
    let again = ben.tries("campaignEditionUpsert", themed("cy", "Hwyr")).await;
    amy.does("figureUpsert", noted("cy", "49", "Dioddefwyr")).await;
    ben.does("figureUpsert", noted("fa", "49", "قربانیان")).await;
    let other = ben.tries("figureUpsert", noted("en", "50", "Victims")).await;

    assert_eq!(again.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
    assert_eq!(other.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
    let words = "... on Campaign { editions { theme } } ... on Statistic { figure { value caveat } }";
    for (language, theme, caveat) in [("cy", "Ar ôl", "Dioddefwyr"), ("fa", "جامانده", "قربانیان")] {
        let campaign = amy.in_languages(language).reads(&day, words).await;
        let statistic = amy.in_languages(language).reads(&women, words).await;
        assert_eq!(campaign.data("/node"), &json!({ "editions": [{ "theme": theme }] }));
        assert_eq!(statistic.data("/node"), &json!({ "figure": { "value": "49", "caveat": caveat } }));
    }
}

async fn late_words_are_as_old_as_what_they_were_written_from(world: &World) {
    let (ada, amy) = (world.author("ada").await, world.author("amy").await);
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    world.clock.advance(10);
    ada.saves("postUpdate", &post, json!({ "title": "Another day" })).await;
    world.clock.advance(10);

    let post = amy.saves_in("cy", "postUpdate", &post, json!({ "title": "Diwrnod" })).await;

    let kept = amy.reads(&post, "... on Post { title editorial { translations { language isOutdated } } }").await;
    assert_eq!(
        kept.data("/node"),
        &json!({ "title": "Another day", "editorial": { "translations": [
            { "language": "cy", "isOutdated": true }, { "language": "en", "isOutdated": false }] } })
    );
}

async fn a_publication_and_a_count_make_no_words_late(world: &World) {
    let (ada, amy) = (world.editor("ada").await, world.author("amy").await);
    let post = ada.publishes_post(json!({ "title": "A day" })).await;
    let goals = json!({ "goals": [{ "metric": "signatures", "target": 10, "current": 1, "asOf": "2026-06-01T08:00:00Z" }] });
    let campaign = ada.writes_edition(&ada.writes_campaign().await, 2026, goals).await;
    let campaign = ada.publishes(&campaign).await;
    let count = json!({
        "campaignId": campaign.id, "year": 2026, "metric": "signatures", "current": 2, "asOf": "2026-06-02T08:00:00Z",
    });
    ada.does("campaignGoalRecord", count).await;

    ada.saves_in("fa", "postUpdate", &post, json!({ "title": "روز" })).await;
    amy.saves_in("cy", "postUpdate", &post, json!({ "title": "Diwrnod" })).await;
    ada.saves_in("fa", "campaignUpdate", &campaign, json!({ "name": "روز" })).await;
    amy.saves_in("cy", "campaignUpdate", &campaign, json!({ "name": "Diwrnod" })).await;
}

async fn what_others_are_translated_from_is_new_however_late_it_comes(world: &World) {
    let (ada, amy) = (world.author("ada").await, world.author("amy").await);
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    world.clock.advance(10);
    amy.saves_in("cy", "postUpdate", &post, json!({ "title": "Diwrnod" })).await;
    world.clock.advance(10);

    let post = ada.saves("postUpdate", &post, json!({ "title": "Another day" })).await;

    let kept = ada.reads(&post, "... on Post { title editorial { translations { language isOutdated } } }").await;
    assert_eq!(
        kept.data("/node"),
        &json!({ "title": "Another day", "editorial": { "translations": [
            { "language": "cy", "isOutdated": true }, { "language": "en", "isOutdated": false }] } })
    );
}

async fn a_late_save_in_a_language_that_was_saved_is_a_conflict(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.author("ben").await);
    let post = amy.writes_post(json!({ "title": "A day" })).await;
    let post = amy.saves_in("cy", "postUpdate", &post, json!({ "title": "Diwrnod" })).await;
    amy.saves_in("cy", "postUpdate", &post, json!({ "title": "Dydd" })).await;

    let late = json!({ "id": post.id, "expectedVersion": post.version, "language": "cy", "input": { "summary": "Hwyr" } });
    let refused = ben.tries_for("postUpdate", late, CONFLICT).await;

    assert_eq!(refused.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
    assert_eq!(refused.data("/postUpdate/userErrors/0/conflict"), &json!({ "currentVersion": 3,
        "changedBy": { "name": "amy", "kind": "USER" }, "changedAt": "2026-07-01T09:00:00Z", "changedFields": ["title"] }));
}

async fn a_late_save_of_what_all_languages_share_is_a_conflict(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.author("ben").await);
    let post = amy.writes_post(json!({ "title": "A day" })).await;
    amy.saves("postUpdate", &post, json!({ "title": "Another day" })).await;

    let late = json!({ "id": post.id, "expectedVersion": post.version, "language": "cy",
        "input": { "title": "Diwrnod", "reviewDueOn": "2027-01-01" } });
    let refused = ben.tries("postUpdate", late).await;

    assert_eq!(refused.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
    let kept = amy.reads(&post, "... on Post { translations { title } }").await;
    assert_eq!(kept.data("/node/translations"), &json!([{ "title": "Another day" }]));
}

async fn a_late_save_after_a_change_for_all_languages_is_a_conflict(world: &World) {
    let (amy, ben) = (world.author("amy").await, world.author("ben").await);
    let post = amy.writes_post(json!({ "title": "A day" })).await;
    amy.saves("postUpdate", &post, json!({ "reviewDueOn": "2027-01-01" })).await;

    let late = json!({ "id": post.id, "expectedVersion": post.version, "language": "cy", "input": { "title": "Diwrnod" } });

    assert_eq!(ben.tries("postUpdate", late).await.user_errors(), ["VERSION_CONFLICT expectedVersion"]);
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
