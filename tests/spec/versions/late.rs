//! Late saves: translators do not wait for each other, and nobody writes over what they did not see.

use serde_json::json;

use super::CONFLICT;
use crate::support::drafts::figure;
use crate::support::World;

specs! {
    in_a_world {
        translators_do_not_wait_for_each_other,
        translators_of_editions_and_figures_do_not_wait_either,
        late_words_are_as_old_as_what_they_were_written_from,
        a_publication_and_a_count_make_no_words_late,
        what_others_are_translated_from_is_new_however_late_it_comes,
        a_late_save_in_a_language_that_was_saved_is_a_conflict,
        a_late_save_of_what_all_languages_share_is_a_conflict,
        a_late_save_after_a_change_for_all_languages_is_a_conflict,
    }
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
