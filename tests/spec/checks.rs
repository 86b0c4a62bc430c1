//! What stops or troubles a publication: told at every save, held at every publication.

pub(crate) mod texts;

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::support::drafts::{channel, figure, statistic};
use super::support::verbs::Doc;
use super::support::{Answer, Person, World};

specs! {
    in_a_world {
        a_figure_from_a_report_is_not_published_without_its_place_in_it,
        a_figure_of_one_s_own_records_needs_no_place,
        a_statistic_without_a_figure_is_warned_of,
        a_sentence_names_its_population,
        shares_add_up_to_a_hundred_and_rounding,
        parts_that_are_no_whole_are_only_warned_of,
        a_review_that_is_overdue_is_told,
        hours_open_on_boxing_day_are_warned_of_when_they_are_saved,
        hours_that_name_holidays_without_a_region_are_warned_of,
        what_is_shown_is_the_number_that_is_dialled,
        a_hashtag_begins_its_words_with_capitals,
        a_message_that_is_too_long_for_its_network_is_told,
        a_sensitive_post_is_not_published_while_readers_can_turn_to_nobody,
        an_old_translation_is_told,
        a_dry_run_tells_what_the_checks_find,
        what_stops_a_publication_is_told_with_the_draft,
        only_the_languages_that_are_published_are_checked,
        what_does_not_go_out_with_a_language_does_not_stop_it,
        an_error_that_is_none_of_the_editor_s_business_is_not_overridden,
        readers_see_no_checks,
    }
}

/// The `warnings` of the only mutation, as `SEVERITY CODE path suggestion`.
fn warnings(answer: &Answer) -> Vec<String> {
    let payloads = answer.json["data"].as_object().unwrap_or_else(|| panic!("no data in {answer:?}"));
    let checks = payloads.values().find_map(|payload| payload["warnings"].as_array());
    checks.unwrap_or_else(|| panic!("no warnings in {answer:?}")).iter().map(check).collect()
}

/// The checks of the user errors `CHECK_FAILED` of the only mutation.
fn failed(answer: &Answer) -> Vec<String> {
    let payloads = answer.json["data"].as_object().unwrap_or_else(|| panic!("no data in {answer:?}"));
    let errors = payloads.values().find_map(|payload| payload["userErrors"].as_array());
    let errors = errors.unwrap_or_else(|| panic!("no userErrors in {answer:?}"));
    errors.iter().filter(|error| error["code"] == "CHECK_FAILED").map(|error| check(&error["check"])).collect()
}

fn check(check: &Value) -> String {
    let path: Vec<&str> = check["path"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let suggestion = check["suggestion"].as_str().map(|suggestion| format!(" -> {suggestion}"));
    let text = |field: &str| check[field].as_str().unwrap_or("?").to_owned();
    format!("{} {} {}{}", text("severity"), text("code"), path.join("."), suggestion.unwrap_or_default())
}

const CHECKS: &str = "warnings { severity code message path suggestion }
  userErrors { code message path check { severity code message path suggestion } }";

/// Saves with a mutation and tells what it warns of.
async fn warned(person: &Person, mutation: &str, arguments: Value) -> Vec<String> {
    warnings(&person.tries_for(mutation, arguments, CHECKS).await.expect_ok())
}

/// Tries to publish and tells which checks stop it.
async fn stopped(person: &Person, doc: &Doc) -> Vec<String> {
    failed(&person.tries_for("contentPublish", doc.named(), CHECKS).await)
}

async fn a_figure_from_a_report_is_not_published_without_its_place_in_it(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let statistic = ada.creates("statisticCreate", statistic()).await;
    let mut nowhere = figure(&source, 2016, "49");
    nowhere["locator"] = Value::Null;
    let which = json!({ "statisticId": statistic.id, "expectedVersion": statistic.version, "input": nowhere });

    let told = warned(&ada, "figureUpsert", which).await;
    let statistic = Doc { version: 2, ..statistic };
    let stopped = ada.tries_for("contentPublish", statistic.named(), CHECKS).await;

    assert_eq!(told, ["ERROR LOCATOR_REQUIRED figures.2016.locator"]);
    assert_eq!(failed(&stopped), told);
    assert_eq!(stopped.user_errors(), ["CHECK_FAILED id"]);
    let statistic = ada.writes_figure(&statistic, figure(&source, 2016, "49")).await;
    ada.publishes(&statistic).await;
}

async fn a_figure_of_one_s_own_records_needs_no_place(world: &World) {
    let ada = world.editor("ada").await;
    let records = json!({ "title": "Casework records", "publisher": "Wrenfold", "kind": "ADMINISTRATIVE_DATA" });
    let source = ada.creates("sourceCreate", records).await;
    let statistic = ada.creates("statisticCreate", statistic()).await;
    let mut nowhere = figure(&source, 2016, "49");
    nowhere["locator"] = Value::Null;

    let statistic = ada.writes_figure(&statistic, nowhere).await;

    ada.publishes(&statistic).await;
}

async fn a_statistic_without_a_figure_is_warned_of(world: &World) {
    let ada = world.editor("ada").await;

    let told = warned(&ada, "statisticCreate", json!({ "input": statistic() })).await;

    assert_eq!(told, ["WARNING SOURCE_REQUIRED figures"]);
}

async fn a_sentence_names_its_population(world: &World) {
    let ada = world.editor("ada").await;
    let statistic = ada.writes_statistic().await;
    let saying = |pattern: &str| json!({ "statement": pattern });

    let all = statistic.with(saying("{ $value } of victims were women"));
    let told = warned(&ada, "statisticUpdate", all).await;
    let statistic = Doc { version: statistic.version + 1, ..statistic };

    assert_eq!(told, ["ERROR POPULATION_MISSING en.statement"]);
    assert_eq!(stopped(&ada, &statistic).await, told);
    let named = saying("{ $value } of detected victims were women");
    let statistic = ada.saves("statisticUpdate", &statistic, named).await;
    ada.publishes(&statistic).await;
}

/// A set of published shares of one whole.
async fn writes_shares(ada: &Person, shares: &[&str], is_complete: bool) -> Answer {
    let source = ada.writes_source().await;
    let mut parts = Vec::new();
    for share in shares {
        let statistic = ada.creates("statisticCreate", statistic()).await;
        let statistic = ada.writes_figure(&statistic, figure(&source, 2016, share)).await;
        ada.publishes(&statistic).await;
        parts.push(json!({ "label": format!("{share} in a hundred"), "statisticId": statistic.id }));
    }
    let set = json!({
        "title": "Who is found", "subtitle": "Detected victims, world, 2016", "parts": parts, "isComplete": is_complete,
    });
    let selection = format!("statisticSet {{ id editorial {{ version }} }} {CHECKS}");
    ada.tries_for("statisticSetCreate", json!({ "input": set }), &selection).await.expect_ok()
}

async fn shares_add_up_to_a_hundred_and_rounding(world: &World) {
    let ada = world.editor("ada").await;

    let whole = writes_shares(&ada, &["49", "23", "21", "7"], true).await;
    let rounded = writes_shares(&ada, &["49", "23", "21", "8"], true).await;
    let too_much = writes_shares(&ada, &["49", "23", "21", "17"], true).await;

    assert_eq!(warnings(&whole), [""; 0]);
    assert_eq!(warnings(&rounded), [""; 0]);
    assert_eq!(warnings(&too_much), ["ERROR SHARES_EXCEED_100 parts"]);
    let set = Doc { id: too_much.text("/statisticSetCreate/statisticSet/id").to_owned(), version: 1 };
    assert_eq!(stopped(&ada, &set).await, ["ERROR SHARES_EXCEED_100 parts"]);
}

async fn parts_that_are_no_whole_are_only_warned_of(world: &World) {
    let ada = world.editor("ada").await;

    let answer = writes_shares(&ada, &["49", "59"], false).await;

    assert_eq!(warnings(&answer), ["WARNING SHARES_EXCEED_100 parts"]);
    let set = Doc { id: answer.text("/statisticSetCreate/statisticSet/id").to_owned(), version: 1 };
    ada.publishes(&set).await;
}

async fn a_review_that_is_overdue_is_told(world: &World) {
    let ada = world.editor("ada").await;
    let post = json!({ "title": "A day against trafficking", "reviewDueOn": "2026-06-30" });
    let today = json!({ "title": "Another day", "reviewDueOn": "2026-07-01" });

    let told = warned(&ada, "postCreate", json!({ "input": post })).await;

    assert_eq!(told, ["WARNING REVIEW_OVERDUE reviewDueOn"]);
    assert_eq!(warned(&ada, "postCreate", json!({ "input": today })).await, [""; 0]);
}

async fn hours_open_on_boxing_day_are_warned_of_when_they_are_saved(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.writes_service().await;
    let open = |expression: &str| {
        let mut channel = channel(&service);
        channel["hours"] = json!({
            "expression": expression, "timeZone": "Europe/London", "holidays": "ENGLAND_AND_WALES",
        });
        json!({ "input": channel })
    };
    let saturdays = "Mo-Fr 09:00-17:00; Sa 10:00-14:00; PH off";

    let told = warned(&ada, "contactChannelCreate", open(saturdays)).await;
    let closed = format!("{saturdays}; 2026 Dec 26 off");

    let expected = format!("WARNING OPEN_ON_HOLIDAY hours.expression -> {closed}");
    assert_eq!(told, [expected]);
    assert_eq!(warned(&ada, "contactChannelCreate", open(&closed)).await, [""; 0]);
    assert_eq!(warned(&ada, "contactChannelCreate", open("Mo-Fr 09:00-17:00; PH off")).await, [""; 0]);
    assert_eq!(warned(&ada, "contactChannelCreate", open("24/7")).await, [""; 0]);
}

async fn hours_that_name_holidays_without_a_region_are_warned_of(world: &World) {
    let ada = world.editor("ada").await;
    let mut channel = channel(&ada.writes_service().await);
    channel["hours"] = json!({ "expression": "Mo-Fr 09:00-17:00; PH off", "timeZone": "Europe/London" });

    let told = warned(&ada, "contactChannelCreate", json!({ "input": channel })).await;

    assert_eq!(told, ["WARNING OPEN_ON_HOLIDAY hours.holidays"]);
}

/// What is warned of when an edition of a campaign is saved.
async fn warned_of_edition(ada: &Person, edition: Value) -> Vec<String> {
    let campaign = json!({
        "name": "World Day Against Trafficking in Persons",
        "summary": "A day to end human trafficking.",
        "observance": { "kind": "FIXED", "month": 7, "day": 30 },
    });
    let campaign = ada.creates("campaignCreate", campaign).await;
    let which = json!({
        "campaignId": campaign.id, "expectedVersion": campaign.version, "year": 2026, "input": edition,
    });
    warned(ada, "campaignEditionUpsert", which).await
}

async fn what_is_shown_is_the_number_that_is_dialled(world: &World) {
    let ada = world.editor("ada").await;
    let channel = ada.writes_channel(&ada.publishes(&ada.writes_service().await).await).await;
    ada.has_it_signed_off(&channel).await;
    // No input can say this: it comes in by hand, or with another database.
    let otherwise = "update contact_channel set dial_string = '+441632960999'";
    world.app.db.writer().execute_unprepared(otherwise).await.expect("it is a statement");

    let told = stopped(&ada, &channel).await;

    assert_eq!(told, ["ERROR DISPLAY_MISMATCH value"]);
}

async fn a_hashtag_begins_its_words_with_capitals(world: &World) {
    let ada = world.editor("ada").await;
    let tags = json!({ "hashtags": ["#EndHumanTrafficking2026", "#endhumantrafficking", "#trafficking"] });

    let told = warned_of_edition(&ada, tags).await;

    let suggestion = "en.editions.2026.hashtags.1 -> #EndHumanTrafficking";
    assert_eq!(told, [format!("WARNING HASHTAG_CASE {suggestion}")]);
}

async fn a_message_that_is_too_long_for_its_network_is_told(world: &World) {
    let ada = world.editor("ada").await;
    let url = "https://www.example.org/campaigns/world-day-against-trafficking-in-persons/2026";
    let message = |length| json!({ "network": "X", "text": "a".repeat(length), "url": url });

    let told = warned_of_edition(&ada, json!({ "shareMessages": [message(172), message(270)] })).await;

    assert_eq!(told, ["WARNING MESSAGE_TOO_LONG en.editions.2026.shareMessages.1.text"]);
}

async fn a_sensitive_post_is_not_published_while_readers_can_turn_to_nobody(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery", "isSensitive": true })).await;
    let post = ada.writes_post(json!({ "title": "What it looks like", "topicIds": [topic.id] })).await;

    let told = stopped(&ada, &post).await;

    assert_eq!(
        told,
        ["ERROR SAFEGUARDING_APPROVAL_REQUIRED topicIds", "ERROR SIGNPOST_REQUIRED channelIds"]
    );
    let service = ada.publishes(&ada.writes_service().await).await;
    ada.publishes(&ada.writes_channel(&service).await).await;
    ada.publishes(&post).await;
}

async fn an_old_translation_is_told(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    let post = ada.saves_in("cy", "postUpdate", &post, json!({ "title": "Diwrnod" })).await;
    world.clock.advance(60);
    let post = ada.saves("postUpdate", &post, json!({ "title": "A day for all" })).await;

    let published = ada.tries_for("contentPublish", post.named(), CHECKS).await.expect_ok();

    assert_eq!(warnings(&published), ["WARNING TRANSLATION_OUTDATED cy"]);
}

async fn a_dry_run_tells_what_the_checks_find(world: &World) {
    let ada = world.editor("ada").await;
    let post = json!({ "title": "A day", "reviewDueOn": "2026-06-30" });
    let statistic = ada.writes_statistic().await;
    let all = json!({ "statement": "{ $value } of victims were women" });
    let mut publication = ada.saves("statisticUpdate", &statistic, all).await.named();
    publication["dryRun"] = true.into();

    let saving = warned(&ada, "postCreate", json!({ "input": post, "dryRun": true })).await;
    let publishing = ada.tries_for("contentPublish", publication, CHECKS).await;

    assert_eq!(saving, ["WARNING REVIEW_OVERDUE reviewDueOn"]);
    assert_eq!(failed(&publishing), ["ERROR POPULATION_MISSING en.statement"]);
}

async fn what_stops_a_publication_is_told_with_the_draft(world: &World) {
    let ada = world.editor("ada").await;
    ada.writes_statistic().await;
    ada.creates("statisticCreate", statistic()).await;
    ada.writes_post(json!({ "title": "A day", "reviewDueOn": "2026-06-30" })).await;
    let query = "{ contents { nodes { editorial { checks { severity code path } } } } }";

    let answer = ada.with_drafts().ask(query).await.expect_ok();

    let told = |checks: Value| json!({ "editorial": { "checks": checks } });
    let sourceless = json!([{ "severity": "WARNING", "code": "SOURCE_REQUIRED", "path": ["figures"] }]);
    let overdue = json!([{ "severity": "WARNING", "code": "REVIEW_OVERDUE", "path": ["reviewDueOn"] }]);
    let expected = json!([told(json!([])), told(sourceless), told(overdue)]);
    assert_eq!(answer.data("/contents/nodes"), &expected);
}

async fn only_the_languages_that_are_published_are_checked(world: &World) {
    let ada = world.editor("ada").await;
    let statistic = ada.writes_statistic().await;
    let welsh = json!({
        "name": "Menywod", "definition": "Cyfran y menywod", "population": "Dioddefwyr a ganfuwyd",
        "statement": "Roedd { $value } yn fenywod",
    });
    let statistic = ada.saves_in("cy", "statisticUpdate", &statistic, welsh).await;

    let whole = stopped(&ada, &statistic).await;
    let mut english = statistic.named();
    english["languages"] = json!(["en"]);

    assert_eq!(whole, ["ERROR POPULATION_MISSING cy.statement"]);
    ada.does("contentPublish", english).await;
}

async fn what_does_not_go_out_with_a_language_does_not_stop_it(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let statistic = ada.publishes(&ada.writes_statistic_from(&source).await).await;
    let mut nowhere = figure(&source, 2022, "39");
    nowhere["locator"] = Value::Null;
    let statistic = ada.writes_figure(&statistic, nowhere).await;
    let welsh = json!({ "name": "Menywod", "definition": "Cyfran", "population": "Dioddefwyr" });
    let statistic = ada.saves_in("cy", "statisticUpdate", &statistic, welsh).await;

    let whole = stopped(&ada, &statistic).await;
    let mut alone = statistic.named();
    alone["languages"] = json!(["cy"]);

    assert_eq!(whole, ["ERROR LOCATOR_REQUIRED figures.2022.locator"]);
    ada.does("contentPublish", alone).await;
}

async fn an_error_that_is_none_of_the_editor_s_business_is_not_overridden(world: &World) {
    let ada = world.editor("ada").await;
    let statistic = ada.creates("statisticCreate", statistic()).await;
    let mut overriding = statistic.named();
    overriding["overrides"] = json!([{ "code": "SOURCE_REQUIRED", "reason": " " }]);

    let answer = ada.tries("contentPublish", overriding).await;

    assert_eq!(answer.user_errors(), ["INVALID overrides.0.code", "REQUIRED overrides.0.reason"]);
}

async fn readers_see_no_checks(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(json!({ "title": "A day", "reviewDueOn": "2026-06-30" })).await;

    let answer = world.reader().ask("{ posts { nodes { editorial { checks { code } } } } }").await;

    assert_eq!(answer.expect_ok().data("/posts/nodes/0/editorial"), &Value::Null);
}
