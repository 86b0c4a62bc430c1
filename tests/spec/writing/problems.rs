//! All that is wrong with an input is told in one answer, each with its path, and then nothing is written.

use serde_json::json;

use crate::support::World;
use crate::support::drafts::{campaign, channel, figure, service, set, statistic};
use crate::support::verbs::Doc;

specs! {
    in_a_world {
        all_that_is_wrong_with_a_post_is_told_at_once,
        all_that_is_wrong_with_a_campaign_is_told_at_once,
        all_that_is_wrong_with_an_edition_is_told_at_once,
        all_that_is_wrong_with_a_statistic_is_told_at_once,
        all_that_is_wrong_with_a_figure_is_told_at_once,
        all_that_is_wrong_with_a_set_is_told_at_once,
        all_that_is_wrong_with_a_service_is_told_at_once,
        all_that_is_wrong_with_a_channel_is_told_at_once,
        all_that_is_wrong_with_a_source_is_told_at_once,
        all_that_is_wrong_with_the_site_is_told_at_once,
        with_one_wrong_field_none_is_saved,
        a_problem_is_told_in_words_for_the_person_who_typed,
        a_reference_of_another_type_is_not_found,
        an_external_reference_is_taken_once_per_type,
        an_old_path_belongs_to_one_post,
        an_old_path_is_named_once,
        a_language_that_the_site_does_not_have_is_refused,
    }
}

async fn all_that_is_wrong_with_a_post_is_told_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let rosa = ada.creates("personCreate", json!({ "name": "Rosa" })).await;

    let answer = ada
        .tries(
            "postCreate",
            json!({ "input": {
                "title": "",
                "slug": "Not a slug",
                "summary": "x".repeat(1_001),
                "body": "a\u{0}b",
                "authorIds": [rosa.id, rosa.id],
                "topicIds": [rosa.id],
                "campaignIds": ["nonsense"],
                "contentNotes": [{ "topic": "SLAVERY", "strength": "MENTIONS", "text": " " }],
                "exitLink": { "url": "javascript:alert(1)", "label": "" },
                "reviewDueOn": "2026-02-30",
                "seo": { "title": "x".repeat(201), "description": "a\u{0}b" },
                "externalReference": "two\nlines",
                "publishedAt": "yesterday",
                "oldPaths": ["/fine", "not/rooted"],
            } }),
        )
        .await;

    assert_eq!(
        answer.user_errors(),
        [
            "INVALID input.externalReference",
            "INVALID input.publishedAt",
            "INVALID input.reviewDueOn",
            "INVALID input.authorIds.1",
            "NOT_FOUND input.topicIds.0",
            "NOT_FOUND input.campaignIds.0",
            "INVALID input.oldPaths.1",
            "REQUIRED input.title",
            "INVALID input.slug",
            "TOO_LONG input.summary",
            "INVALID input.body",
            "REQUIRED input.contentNotes.0",
            "INVALID input.exitLink.url",
            "REQUIRED input.exitLink.label",
            "TOO_LONG input.seo.title",
            "INVALID input.seo.description",
        ]
    );
}

async fn all_that_is_wrong_with_a_campaign_is_told_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let mut input = campaign();
    input["name"] = "two\nlines".into();
    input["observance"] = json!({ "kind": "FIXED", "month": 13, "nth": 2, "lengthDays": 400 });
    input["organiserUrl"] = "http://example.org".into();
    input["statisticIds"] = json!(["nonsense"]);

    let answer = ada.tries("campaignCreate", json!({ "input": input })).await;

    assert_eq!(
        answer.user_errors(),
        [
            "INVALID input.organiserUrl",
            "OUT_OF_RANGE input.observance.month",
            "REQUIRED input.observance.day",
            "INVALID input.observance.nth",
            "OUT_OF_RANGE input.observance.lengthDays",
            "NOT_FOUND input.statisticIds.0",
            "INVALID input.name",
        ]
    );
}

async fn all_that_is_wrong_with_an_edition_is_told_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let day = ada.writes_campaign().await;

    let answer = ada
        .tries(
            "campaignEditionUpsert",
            json!({ "campaignId": day.id, "expectedVersion": 1, "year": 2026, "input": {
                "startsOn": "2027-07-30",
                "dateSource": "nowhere",
                "theme": "x".repeat(201),
                "postIds": [day.id],
                "hashtags": ["#EndHumanTrafficking", "#end human trafficking", "endhumantrafficking"],
                "actions": [
                    { "kind": "GET_HELP", "label": "Talk", "url": "https://charity.example" },
                    { "kind": "LEARN", "label": "", "url": "ftp://charity.example" },
                ],
                "shareMessages": [{ "network": "X", "text": "", "url": "nowhere" }],
                "goals": [{ "metric": "x", "target": 0, "current": -1, "asOf": "soon" }],
            } }),
        )
        .await;

    assert_eq!(
        answer.user_errors(),
        [
            "OUT_OF_RANGE input.startsOn",
            "INVALID input.dateSource",
            "NOT_FOUND input.postIds.0",
            "OUT_OF_RANGE input.goals.0.target",
            "OUT_OF_RANGE input.goals.0.current",
            "INVALID input.goals.0.asOf",
            "TOO_LONG input.theme",
            "INVALID input.hashtags.1",
            "INVALID input.hashtags.2",
            "INVALID input.actions.0.url",
            "REQUIRED input.actions.0.channelIds",
            "REQUIRED input.actions.1.label",
            "INVALID input.actions.1.url",
            "REQUIRED input.shareMessages.0.text",
            "INVALID input.shareMessages.0.url",
        ]
    );
}

async fn all_that_is_wrong_with_a_statistic_is_told_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let mut input = statistic();
    input["definition"] = " ".into();
    input["per"] = 1.into();
    input["currency"] = "pounds".into();
    input["population"] = "x".repeat(1_001).into();

    let answer = ada.tries("statisticCreate", json!({ "input": input })).await;

    assert_eq!(
        answer.user_errors(),
        [
            "OUT_OF_RANGE input.per",
            "INVALID input.currency",
            "REQUIRED input.definition",
            "TOO_LONG input.population",
        ]
    );
}

async fn all_that_is_wrong_with_a_figure_is_told_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let women = ada.creates("statisticCreate", statistic()).await;
    let mut input = figure(&women, 2016, "1e3");
    input["qualifier"] = "RANGE".into();
    input["lower"] = "48,5".into();
    input["period"]["label"] = "".into();
    input["period"]["end"] = "2015-12-31".into();
    input["area"]["code"] = "Atlantis".into();
    input["reviewDueOn"] = "9999-12-31".into();

    let which = json!({ "statisticId": women.id, "expectedVersion": 1, "input": input });
    let answer = ada.tries("figureUpsert", which).await;

    assert_eq!(
        answer.user_errors(),
        [
            "REQUIRED input.period.label",
            "INVALID input.area.code",
            "OUT_OF_RANGE input.period.end",
            "INVALID input.value",
            "NOT_FOUND input.sourceId",
            "INVALID input.lower",
            "REQUIRED input.upper",
            "OUT_OF_RANGE input.reviewDueOn",
        ]
    );
}

async fn all_that_is_wrong_with_a_set_is_told_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let women = ada.writes_statistic().await;
    let mut input = set(&women);
    input["title"] = "a\u{202E}b".into();
    input["subtitle"] = "".into();
    input["parts"] = json!([
        { "label": "Women", "statisticId": women.id },
        { "label": "", "statisticId": "nonsense" },
        { "label": "Again", "statisticId": women.id },
        { "label": "Then", "statisticId": women.id, "period": "x".repeat(51) },
    ]);

    let answer = ada.tries("statisticSetCreate", json!({ "input": input })).await;

    assert_eq!(
        answer.user_errors(),
        [
            "NOT_FOUND input.parts.1.statisticId",
            "REQUIRED input.parts.1.label",
            "INVALID input.parts.2.statisticId",
            "TOO_LONG input.parts.3.period",
            "INVALID input.title",
            "REQUIRED input.subtitle",
        ]
    );
}

async fn all_that_is_wrong_with_a_service_is_told_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let mut input = service();
    input["name"] = "x".repeat(201).into();
    input["alert"] = json!({ "text": "", "from": "2026-07-01", "until": "soon" });
    input["audience"] = json!({ "minAge": -1, "maxAge": 121, "roles": ["CHILD", "CHILD"] });
    input["coverage"] = json!([{ "scheme": "ISO3166_1", "code": "GB" }, { "scheme": "M49", "code": "1" }]);
    input["confidentiality"] = json!({ "level": "ANONYMOUS", "statement": "" });

    let answer = ada.tries("serviceCreate", json!({ "input": input })).await;

    assert_eq!(
        answer.user_errors(),
        [
            "OUT_OF_RANGE input.audience.minAge",
            "OUT_OF_RANGE input.audience.maxAge",
            "INVALID input.audience.roles.1",
            "INVALID input.coverage.1.code",
            "REQUIRED input.alert.text",
            "INVALID input.alert.from",
            "INVALID input.alert.until",
            "REQUIRED input.confidentiality.statement",
            "TOO_LONG input.name",
        ]
    );
}

async fn all_that_is_wrong_with_a_channel_is_told_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "No service" })).await;
    let mut input = channel(&post);
    input["value"] = "0800 FLOWERS".into();
    input["extension"] = "12345678901".into();
    input["keyword"] = "SAFE".into();
    input["languages"] = json!([{ "language": "en" }, { "language": "EN" }, { "language": "!" }]);
    input["safetyNotes"] = json!(["fine", ""]);
    input["responseHours"] = 0.into();
    input["hours"] = json!({ "expression": "whenever", "timeZone": "BST" });
    input["priority"] = (-1).into();
    input["verifyEveryDays"] = 367.into();
    input["suspendedUntil"] = "3000-01-01T00:00:00Z".into();

    let answer = ada.tries("contactChannelCreate", json!({ "input": input })).await;

    assert_eq!(
        answer.user_errors(),
        [
            "NOT_FOUND input.serviceId",
            "INVALID input.value",
            "INVALID input.extension",
            "INVALID input.keyword",
            "OUT_OF_RANGE input.responseHours",
            "INVALID input.hours.expression",
            "INVALID input.hours.timeZone",
            "OUT_OF_RANGE input.priority",
            "OUT_OF_RANGE input.verifyEveryDays",
            "OUT_OF_RANGE input.suspendedUntil",
            "INVALID input.languages.1.language",
            "INVALID input.languages.2.language",
            "REQUIRED input.safetyNotes.1",
        ]
    );
}

async fn all_that_is_wrong_with_a_source_is_told_at_once(world: &World) {
    let ada = world.editor("ada").await;

    let answer = ada
        .tries(
            "sourceCreate",
            json!({ "input": {
                "title": " ", "publisher": "", "kind": "OTHER", "url": "https://me:secret@example.org",
                "doi": "no doi", "issuedOn": "0001-01-01", "accessedOn": "30 July", "archivedUrl": "file:///etc",
                "licence": "x".repeat(201),
            } }),
        )
        .await;

    assert_eq!(
        answer.user_errors(),
        [
            "INVALID input.url",
            "INVALID input.doi",
            "OUT_OF_RANGE input.issuedOn",
            "INVALID input.accessedOn",
            "INVALID input.archivedUrl",
            "REQUIRED input.title",
            "REQUIRED input.publisher",
            "TOO_LONG input.licence",
        ]
    );
}

async fn all_that_is_wrong_with_the_site_is_told_at_once(world: &World) {
    let root = world.admin("root").await;

    let answer = root
        .tries(
            "siteUpdate",
            json!({ "input": {
                "channelIds": ["nonsense"],
                "exitLink": { "url": "nowhere", "label": "Weather" },
                "organisationName": "a\nb",
                "organisationUrl": "nowhere",
                "registrations": [{ "scheme": "gb chc", "number": "1" }],
            } }),
        )
        .await;

    assert_eq!(
        answer.user_errors(),
        [
            "NOT_FOUND input.channelIds.0",
            "INVALID input.exitLink.url",
            "INVALID input.organisationName",
            "INVALID input.organisationUrl",
            "INVALID input.registrations.0",
        ]
    );
}

async fn with_one_wrong_field_none_is_saved(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;

    let refused =
        ada.tries("postUpdate", post.with(json!({ "title": "Better", "reviewDueOn": "soon" }))).await;

    assert_eq!(refused.user_errors(), ["INVALID input.reviewDueOn"]);
    let kept = ada.reads(&post, "... on Post { title editorial { version } }").await;
    assert_eq!(kept.data("/node"), &json!({ "title": "A day", "editorial": { "version": 1 } }));
}

async fn a_problem_is_told_in_words_for_the_person_who_typed(world: &World) {
    let ada = world.editor("ada").await;

    let answer = ada.tries("postCreate", json!({ "input": { "title": "A day", "slug": "A Day!" } })).await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "postCreate": {
          "post": null,
          "userErrors": [
            {
              "code": "INVALID",
              "message": "A slug has lower-case letters, digits and single hyphens only, such as \"a-day\".",
              "path": [
                "input",
                "slug"
              ]
            }
          ],
          "warnings": []
        }
      }
    }
    "#);
}

async fn a_reference_of_another_type_is_not_found(world: &World) {
    let ada = world.editor("ada").await;
    let topic = ada.creates("topicCreate", json!({ "name": "Modern slavery" })).await;

    let as_author =
        ada.tries("postCreate", json!({ "input": { "title": "A", "authorIds": [topic.id] } })).await;
    let as_post = ada.tries("postUpdate", topic.with(json!({ "title": "A" }))).await;
    let post = ada.writes_post(json!({ "title": "A" })).await;
    let disguised = Doc { id: post.id.replace("post_", "topic_"), ..post };
    let as_topic = ada.tries("postUpdate", disguised.with(json!({ "title": "B" }))).await;

    assert_eq!(as_author.user_errors(), ["NOT_FOUND input.authorIds.0"]);
    assert_eq!(as_post.user_errors(), ["NOT_FOUND id"]);
    assert_eq!(as_topic.user_errors(), ["NOT_FOUND id"]);
}

async fn an_external_reference_is_taken_once_per_type(world: &World) {
    let ada = world.editor("ada").await;
    ada.writes_post(json!({ "title": "First", "externalReference": "17" })).await;
    let second = ada.writes_post(json!({ "title": "Second" })).await;

    let created =
        ada.tries("postCreate", json!({ "input": { "title": "A", "externalReference": "17" } })).await;
    let updated = ada.tries("postUpdate", second.with(json!({ "externalReference": "17" }))).await;

    assert_eq!(created.user_errors(), ["TAKEN input.externalReference"]);
    assert_eq!(updated.user_errors(), ["TAKEN input.externalReference"]);
    ada.creates("serviceCreate", json!({ "name": "Safe team", "externalReference": "17" })).await;
}

async fn an_old_path_belongs_to_one_post(world: &World) {
    let ada = world.editor("ada").await;
    ada.writes_post(json!({ "title": "First", "oldPaths": ["/news/1"] })).await;

    let answer = ada.tries("postCreate", json!({ "input": { "title": "A", "oldPaths": ["/news/1"] } })).await;

    assert_eq!(answer.user_errors(), ["TAKEN input.oldPaths.0"]);
}

async fn an_old_path_is_named_once(world: &World) {
    let ada = world.editor("ada").await;

    let input = json!({ "title": "A", "oldPaths": ["/news/1", "/news/1/"] });
    let answer = ada.tries("postCreate", json!({ "input": input })).await;

    assert_eq!(answer.user_errors(), ["INVALID input.oldPaths.1"]);
}

async fn a_language_that_the_site_does_not_have_is_refused(world: &World) {
    let ada = world.editor("ada").await;
    let input = json!({ "title": "Ein Tag" });

    let unknown = ada.tries("postCreate", json!({ "input": input, "language": "de" })).await;
    let nonsense = ada.tries("postCreate", json!({ "input": input, "language": "!" })).await;

    assert_eq!(unknown.user_errors(), ["INVALID language"]);
    assert_eq!(nonsense.error_code(), "BAD_INPUT");
}
