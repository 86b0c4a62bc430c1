//! What a value may be: lengths, control characters, dates, URLs, numbers, zones.

use serde_json::{Value, json};

use crate::support::drafts::channel;
use crate::support::verbs::Doc;
use crate::support::{Person, World};

specs! {
    in_a_world {
        a_title_of_a_megabyte_is_refused,
        a_body_beyond_a_megabyte_is_not_even_read,
        a_title_is_as_long_as_readers_see_it,
        nul_is_refused_wherever_text_is_typed,
        what_turns_the_direction_of_writing_is_for_bodies_only,
        text_is_trimmed,
        a_day_that_does_not_exist_is_refused,
        days_and_moments_lie_between_1900_and_2200,
        a_url_is_https_and_without_credentials,
        a_list_has_fifty_entries_at_most,
        a_value_of_the_wrong_json_type_is_bad_input,
        a_number_is_dialled_as_it_is_and_shown_as_it_was_typed,
        a_short_number_has_no_international_form,
        a_short_freephone_number_is_complete,
        numbers_for_drama_are_taken_and_their_neighbours_are_not,
        hours_are_in_a_named_zone,
        a_hashtag_is_one_word_of_any_script,
    }
}

async fn post_with(ada: &Person, field: &str, value: impl Into<Value>) -> Vec<String> {
    let mut input = json!({ "title": "A day" });
    input[field] = value.into();
    ada.tries("postCreate", json!({ "input": input })).await.user_errors()
}

async fn a_title_of_a_megabyte_is_refused(world: &World) {
    let ada = world.editor("ada").await;

    let problems = post_with(&ada, "title", "x".repeat(1_000_000)).await;

    assert_eq!(problems, ["TOO_LONG input.title"]);
}

async fn a_body_beyond_a_megabyte_is_not_even_read(world: &World) {
    let ada = world.editor("ada").await;

    let answer = ada.tries("postCreate", json!({ "input": { "title": "x".repeat(1_100_000) } })).await;

    assert_eq!((answer.status, answer.error_code()), (413, "TOO_LARGE"));
    let posts = ada.with_drafts().ask("{ posts { totalCount } }").await;
    assert_eq!(posts.expect_ok().data("/posts/totalCount"), 0);
}

async fn a_title_is_as_long_as_readers_see_it(world: &World) {
    let ada = world.editor("ada").await;

    let families = post_with(&ada, "title", "👨‍👩‍👧‍👦".repeat(200)).await;
    let one_more = post_with(&ada, "title", "é".repeat(201)).await;

    assert_eq!(families, [""; 0]);
    assert_eq!(one_more, ["TOO_LONG input.title"]);
}

async fn nul_is_refused_wherever_text_is_typed(world: &World) {
    let ada = world.editor("ada").await;

    assert_eq!(post_with(&ada, "title", "a\0b").await, ["INVALID input.title"]);
    assert_eq!(post_with(&ada, "slug", "a\0b").await, ["INVALID input.slug"]);
    assert_eq!(post_with(&ada, "summary", "a\0b").await, ["INVALID input.summary"]);
    assert_eq!(post_with(&ada, "body", "a\0b").await, ["INVALID input.body"]);
    assert_eq!(post_with(&ada, "externalReference", "a\0b").await, ["INVALID input.externalReference"]);
    assert_eq!(post_with(&ada, "topicIds", json!(["a\0b"])).await, ["NOT_FOUND input.topicIds.0"]);
    assert_eq!(post_with(&ada, "oldPaths", json!(["/a\0b"])).await, ["INVALID input.oldPaths.0"]);
    assert_eq!(post_with(&ada, "reviewDueOn", "2026-07-30\0").await, ["INVALID input.reviewDueOn"]);
}

async fn what_turns_the_direction_of_writing_is_for_bodies_only(world: &World) {
    let ada = world.editor("ada").await;

    assert_eq!(post_with(&ada, "title", "gpj.\u{202E}exe").await, ["INVALID input.title"]);
    assert_eq!(post_with(&ada, "title", "a\u{2066}b").await, ["INVALID input.title"]);
    assert_eq!(post_with(&ada, "title", "می\u{200C}خواهم").await, [""; 0]);
    assert_eq!(post_with(&ada, "body", "He said \u{2067}سلام\u{2069}.").await, [""; 0]);
}

async fn text_is_trimmed(world: &World) {
    let ada = world.editor("ada").await;

    let post = ada.writes_post(json!({ "title": " \u{A0}A day\n", "slug": " day " })).await;

    let read = ada.reads(&post, "... on Post { title slug }").await;
    assert_eq!(read.data("/node"), &json!({ "title": "A day", "slug": "day" }));
}

async fn a_day_that_does_not_exist_is_refused(world: &World) {
    let ada = world.editor("ada").await;

    assert_eq!(post_with(&ada, "reviewDueOn", "2026-02-29").await, ["INVALID input.reviewDueOn"]);
    assert_eq!(post_with(&ada, "reviewDueOn", "2028-02-29").await, [""; 0]);
    assert_eq!(post_with(&ada, "reviewDueOn", "30/07/2026").await, ["INVALID input.reviewDueOn"]);
    assert_eq!(post_with(&ada, "publishedAt", "2026-07-30").await, ["INVALID input.publishedAt"]);
    assert_eq!(post_with(&ada, "publishedAt", "2026-07-30T25:00:00Z").await, ["INVALID input.publishedAt"]);
}

async fn days_and_moments_lie_between_1900_and_2200(world: &World) {
    let ada = world.editor("ada").await;

    assert_eq!(post_with(&ada, "reviewDueOn", "1899-12-31").await, ["OUT_OF_RANGE input.reviewDueOn"]);
    assert_eq!(post_with(&ada, "reviewDueOn", "2201-01-01").await, ["OUT_OF_RANGE input.reviewDueOn"]);
    assert_eq!(post_with(&ada, "reviewDueOn", "2200-12-31").await, [""; 0]);
    assert_eq!(
        post_with(&ada, "publishedAt", "0001-01-01T00:00:00Z").await,
        ["OUT_OF_RANGE input.publishedAt"]
    );
    assert_eq!(
        post_with(&ada, "publishedAt", "9999-12-31T23:59:59Z").await,
        ["OUT_OF_RANGE input.publishedAt"]
    );
    assert_eq!(post_with(&ada, "publishedAt", "1900-01-01T00:00:00Z").await, [""; 0]);
}

async fn a_url_is_https_and_without_credentials(world: &World) {
    let ada = world.editor("ada").await;
    let exit = |url: &str| json!({ "url": url, "label": "Weather" });

    let refused = ["INVALID input.exitLink.url"];
    assert_eq!(post_with(&ada, "exitLink", exit("javascript:alert(1)")).await, refused);
    assert_eq!(post_with(&ada, "exitLink", exit("http://example.org")).await, refused);
    assert_eq!(post_with(&ada, "exitLink", exit("https://me:secret@example.org")).await, refused);
    assert_eq!(post_with(&ada, "exitLink", exit("//example.org")).await, refused);
    assert_eq!(post_with(&ada, "exitLink", exit("https://")).await, refused);
    assert_eq!(post_with(&ada, "exitLink", exit("http://localhost:3000/")).await, [""; 0]);
    let long = format!("https://example.org/{}", "x".repeat(2_000));
    assert_eq!(post_with(&ada, "exitLink", exit(&long)).await, ["TOO_LONG input.exitLink.url"]);
}

async fn a_list_has_fifty_entries_at_most(world: &World) {
    let ada = world.editor("ada").await;
    let paths = |count: usize| (0..count).map(|number| json!(format!("/old/{number}"))).collect::<Vec<_>>();

    assert_eq!(post_with(&ada, "oldPaths", paths(51)).await, ["TOO_LONG input.oldPaths"]);
    assert_eq!(post_with(&ada, "topicIds", vec![json!("x"); 51]).await, ["TOO_LONG input.topicIds"]);
    assert_eq!(post_with(&ada, "oldPaths", paths(50)).await, [""; 0]);
}

async fn a_value_of_the_wrong_json_type_is_bad_input(world: &World) {
    let ada = world.editor("ada").await;

    let answer = ada.tries("postCreate", json!({ "input": { "title": 5 } })).await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "errors": [
        {
          "message": "Variable \"$input\" at \"title\" is not a value of type \"String\".",
          "extensions": {
            "code": "BAD_INPUT",
            "argumentPath": [
              "input",
              "title"
            ],
            "variable": "input"
          }
        }
      ]
    }
    "#);
}

async fn channel_with(ada: &Person, value: &str) -> Result<Value, Vec<String>> {
    let service = ada.writes_service().await;
    let mut input = channel(&service);
    input["value"] = value.into();
    input["textRelay"] = true.into();
    let answer = ada.tries("contactChannelCreate", json!({ "input": input })).await;
    let Some(id) = answer.json.pointer("/data/contactChannelCreate/contactChannel/id") else {
        return Err(answer.user_errors());
    };
    let line = Doc { id: id.as_str().unwrap_or_default().into(), version: 1 };
    let read = "... on ContactChannel { display actionUrl cost phone { e164 dialString textRelayUrl } }";
    Ok(ada.reads(&line, read).await.data("/node").clone())
}

async fn a_number_is_dialled_as_it_is_and_shown_as_it_was_typed(world: &World) {
    let ada = world.editor("ada").await;

    let line = channel_with(&ada, "(01632) 960-123").await;

    assert_eq!(
        line,
        Ok(json!({
            "display": "(01632) 960-123", "actionUrl": "tel:+441632960123", "cost": "STANDARD_RATE",
            "phone": { "e164": "+441632960123", "dialString": "+441632960123",
                "textRelayUrl": "tel:1800101632960123" },
        }))
    );
}

async fn a_short_number_has_no_international_form(world: &World) {
    let ada = world.editor("ada").await;

    let line = channel_with(&ada, "116 123").await;

    assert_eq!(
        line,
        Ok(json!({
            "display": "116 123", "actionUrl": "tel:116123", "cost": "FREE",
            "phone": { "e164": null, "dialString": "116123", "textRelayUrl": "tel:18001116123" },
        }))
    );
}

async fn a_short_freephone_number_is_complete(world: &World) {
    let ada = world.editor("ada").await;

    let line = channel_with(&ada, "0800 1111").await;

    assert_eq!(
        line,
        Ok(json!({
            "display": "0800 1111", "actionUrl": "tel:+448001111", "cost": "FREE",
            "phone": { "e164": "+448001111", "dialString": "+448001111", "textRelayUrl": "tel:1800108001111" },
        }))
    );
}

async fn numbers_for_drama_are_taken_and_their_neighbours_are_not(world: &World) {
    let ada = world.editor("ada").await;
    let refused = Err(vec!["INVALID input.value".to_owned()]);

    assert!(channel_with(&ada, "01632 960999").await.is_ok());
    assert!(channel_with(&ada, "07700 900000").await.is_ok());
    assert!(channel_with(&ada, "08081 570000").await.is_ok());
    assert_eq!(channel_with(&ada, "01632 961000").await, refused);
    assert_eq!(channel_with(&ada, "07700 901000").await, refused);
    assert_eq!(channel_with(&ada, "01632 96012").await, refused);
    assert_eq!(channel_with(&ada, "call us").await, refused);
}

async fn hours_are_in_a_named_zone(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.writes_service().await;
    let with_zone = async |zone: &str| {
        let mut input = channel(&service);
        input["hours"] = json!({ "expression": "Mo-Fr 09:00-17:00; PH off", "timeZone": zone });
        ada.tries("contactChannelCreate", json!({ "input": input })).await.user_errors()
    };

    assert_eq!(with_zone("Europe/London").await, [""; 0]);
    assert_eq!(with_zone("UTC").await, [""; 0]);
    assert_eq!(with_zone("+01:00").await, ["INVALID input.hours.timeZone"]);
    assert_eq!(with_zone("BST").await, ["INVALID input.hours.timeZone"]);
    assert_eq!(with_zone("Mars/Olympus").await, ["INVALID input.hours.timeZone"]);
}

async fn a_hashtag_is_one_word_of_any_script(world: &World) {
    let ada = world.editor("ada").await;
    let day = ada.writes_campaign().await;
    let refused = json!({ "campaignId": day.id, "expectedVersion": 1, "year": 2026,
        "input": { "hashtags": ["#end human trafficking", "#2026", "#", "a#b"] } });

    let answer = ada.tries("campaignEditionUpsert", refused).await;
    ada.writes_edition(&day, 2026, json!({ "hashtags": ["EndHumanTrafficking", "#پایان_قاچاق", "日本語"] }))
        .await;

    assert_eq!(
        answer.user_errors(),
        [
            "INVALID input.hashtags.0",
            "INVALID input.hashtags.1",
            "INVALID input.hashtags.2",
            "INVALID input.hashtags.3"
        ]
    );
    let read = ada.reads(&day, "... on Campaign { edition(year: 2026) { hashtags } }").await;
    assert_eq!(
        read.data("/node/edition/hashtags"),
        &json!(["#EndHumanTrafficking", "#پایان_قاچاق", "#日本語"])
    );
}
