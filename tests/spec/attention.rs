//! Attention: what needs somebody's eyes, by when, and in which words.

use serde_json::{Value, json};

use super::support::drafts::{figure, set};
use super::support::verbs::Doc;
use super::support::{Person, World};

specs! {
    in_a_world {
        nothing_is_due_where_all_is_well,
        a_channel_that_nobody_tried_is_unverified,
        a_channel_is_due_again_after_its_days,
        figures_and_posts_are_due_after_their_day,
        a_pinned_figure_is_superseded_where_it_is_in_use,
        a_translation_is_outdated_until_it_is_saved,
        a_draft_that_was_submitted_waits_for_approval,
        an_edition_that_is_near_wants_to_be_confirmed,
        an_urgent_correction_wants_a_second_person,
        what_could_hurt_waits_for_a_signature_after_it_was_approved,
        what_is_scheduled_waits_for_nobody,
        a_schedule_that_could_not_be_kept_is_reported_with_its_reason,
        a_reference_that_leads_to_nothing_is_reported,
        it_is_reported_of_every_text,
        a_set_that_lost_a_part_is_reported,
        what_is_wrong_in_a_biography_is_told_of_the_newest_post,
        it_is_said_in_the_words_of_whoever_asks,
        the_longest_overdue_comes_first_page_by_page,
        attention_is_for_those_who_may_read_drafts,
        it_takes_as_many_statements_however_much_is_due,
    }
}

/// What is due: the kind, the content's id, the day and the message.
async fn due(person: &Person) -> Vec<[String; 4]> {
    let question = "{ attention { totalCount nodes { kind node { id } dueOn message } } }";
    let answer = person.ask(question).await.expect_ok();
    let nodes = answer.data("/attention/nodes").as_array().cloned().unwrap_or_default();
    assert_eq!(answer.data("/attention/totalCount"), nodes.len());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    nodes.iter().map(|item| [&item["kind"], &item["node"]["id"], &item["dueOn"], &item["message"]].map(text)).collect()
}

fn item(kind: &str, doc: &Doc, due_on: &str, message: &str) -> [String; 4] {
    [kind, &doc.id, due_on, message].map(str::to_owned)
}

async fn published_channel(ada: &Person) -> Doc {
    let service = ada.publishes(&ada.writes_service().await).await;
    ada.publishes(&ada.writes_channel(&service).await).await
}

async fn nothing_is_due_where_all_is_well(world: &World) {
    let ada = world.editor("ada").await;
    let line = published_channel(&ada).await;
    ada.does("contactChannelVerify", json!({ "id": line.id, "method": "Rang it" })).await;
    ada.publishes(&ada.writes_statistic().await).await;
    ada.publishes_post(json!({ "title": "A day" })).await;

    assert_eq!(due(&ada).await, [[""; 4]; 0]);
}

async fn a_channel_that_nobody_tried_is_unverified(world: &World) {
    let ada = world.editor("ada").await;
    let line = published_channel(&ada).await;

    let message = "Nobody has tried this yet. Try it, and say whether it works.";
    assert_eq!(due(&ada).await, [item("CHANNEL_UNVERIFIED", &line, "2026-07-01", message)]);
}

async fn a_channel_is_due_again_after_its_days(world: &World) {
    let ada = world.editor("ada").await;
    let line = published_channel(&ada).await;
    ada.does("contactChannelVerify", json!({ "id": line.id, "method": "Rang it" })).await;
    world.clock.set("2026-09-29T09:00:00Z");
    assert_eq!(due(&ada).await, [[""; 4]; 0]);
    world.clock.advance(1);

    let message = "Nobody has tried this since 1 July 2026. Try it, and say whether it works.";
    assert_eq!(due(&ada).await, [item("CHANNEL_UNVERIFIED", &line, "2026-09-29", message)]);
}

async fn figures_and_posts_are_due_after_their_day(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let women = ada.creates("statisticCreate", super::support::drafts::statistic()).await;
    let mut reviewed = figure(&source, 2016, "49");
    reviewed["reviewDueOn"] = json!("2026-08-01");
    let women = ada.publishes(&ada.writes_figure(&women, reviewed).await).await;
    let post = ada.publishes_post(json!({ "title": "A day", "reviewDueOn": "2026-07-31" })).await;
    world.clock.set("2026-07-31T22:59:59Z");
    assert_eq!(due(&ada).await, [[""; 4]; 0]);

    world.clock.set("2026-08-02T00:00:00Z");

    assert_eq!(
        due(&ada).await,
        [
            item("POST_REVIEW_DUE", &post, "2026-07-31", "It was due for review on 31 July 2026."),
            item("FIGURE_REVIEW_DUE", &women, "2026-08-01", "Its figures were due for review on 1 August 2026."),
        ]
    );
}

async fn a_pinned_figure_is_superseded_where_it_is_in_use(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let women = ada.publishes(&ada.writes_statistic_from(&source).await).await;
    let slug = "women-among-detected-victims";
    let body = format!("It was [[statistic:{slug}@2016]], and is [[statistic:{slug}]].");
    let post = ada.publishes_post(json!({ "title": "A day", "body": body })).await;
    let mut pinned = set(&women);
    pinned["parts"][0]["period"] = json!("2016");
    let chart = ada.publishes(&ada.creates("statisticSetCreate", pinned).await).await;
    assert_eq!(due(&ada).await, [[""; 4]; 0]);

    world.clock.set("2026-07-03T09:00:00Z");
    ada.publishes(&ada.writes_figure(&women, figure(&source, 2022, "39")).await).await;

    let message = "It shows “Women among detected victims” for 2016, and there is a later figure.";
    assert_eq!(
        due(&ada).await,
        [
            item("FIGURE_SUPERSEDED_IN_USE", &post, "2026-07-03", message),
            item("FIGURE_SUPERSEDED_IN_USE", &chart, "2026-07-03", message),
        ]
    );
}

async fn a_translation_is_outdated_until_it_is_saved(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    let post = ada.saves_in("cy", "postUpdate", &post, json!({ "title": "Diwrnod" })).await;
    world.clock.advance(1);
    let post = ada.saves("postUpdate", &post, json!({ "title": "Another day" })).await;

    let message = "The words in Cymraeg are older than those they translate.";
    assert_eq!(due(&ada).await, [item("TRANSLATION_OUTDATED", &post, "2026-07-01", message)]);
    world.clock.advance(1);
    ada.saves_in("cy", "postUpdate", &post, json!({ "title": "Diwrnod arall" })).await;
    assert_eq!(due(&ada).await, [[""; 4]; 0]);
}

async fn a_draft_that_was_submitted_waits_for_approval(world: &World) {
    let ada = world.author("ada").await;
    let ben = world.editor("ben").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    ada.does("contentSubmit", post.named()).await;

    let message = "Somebody has waited for a decision on this since 1 July 2026.";
    assert_eq!(due(&ben).await, [item("AWAITING_APPROVAL", &post, "2026-07-01", message)]);
    ben.does("contentApprove", post.approved("EDITORIAL")).await;
    assert_eq!(due(&ben).await, [[""; 4]; 0]);
}

async fn an_edition_that_is_near_wants_to_be_confirmed(world: &World) {
    let ada = world.editor("ada").await;
    let day = ada.writes_edition(&ada.writes_campaign().await, 2026, json!({})).await;
    let day = ada.publishes(&ada.writes_edition(&day, 2028, json!({})).await).await;

    let message = "Confirm its days: by the rule it begins on 30 July 2026.";
    assert_eq!(due(&ada).await, [item("EDITION_UNCONFIRMED", &day, "2026-07-30", message)]);
}

async fn an_urgent_correction_wants_a_second_person(world: &World) {
    let ada = world.editor("ada").await;
    let ben = world.author("ben").await;
    let line = published_channel(&ada).await;
    let wrong = json!({ "id": line.id, "expectedVersion": line.version, "reason": "It was cut off.", "input": { "value": "01632 960124" } });
    ada.does("contactChannelUrgentCorrection", wrong).await;
    ada.does("contactChannelVerify", json!({ "id": line.id, "method": "Rang it" })).await;

    let message = "It was put right at once: “It was cut off.” Somebody else must try it by 2 July 2026.";
    assert_eq!(due(&ada).await, [item("URGENT_CORRECTION_REVIEW", &line, "2026-07-02", message)]);
    ben.does("contactChannelVerify", json!({ "id": line.id, "method": "Rang it" })).await;
    assert_eq!(due(&ada).await, [[""; 4]; 0]);
}

async fn what_could_hurt_waits_for_a_signature_after_it_was_approved(world: &World) {
    let ada = world.author("ada").await;
    let (ben, cara) = (world.editor("ben").await, world.lead("cara").await);
    let topic = cara.creates("topicCreate", json!({ "name": "Slavery", "isSensitive": true })).await;
    let on_topic = ada.writes_post(json!({ "title": "A day", "topicIds": [topic.id] })).await;
    let with_note = ada.writes_post(json!({ "title": "A night", "contentNotes": [note()] })).await;
    let alert = json!({ "text": "Closed", "from": "2026-07-01T09:00:00Z" });
    let closed = ada.creates("serviceCreate", json!({ "name": "Safe team", "alert": alert })).await;
    let line = ada.writes_channel(&closed).await;
    let all = [on_topic, with_note, closed, line];
    for doc in &all {
        ada.does("contentSubmit", doc.named()).await;
        ben.does("contentApprove", doc.approved("EDITORIAL")).await;
    }

    let waiting = due(&ben).await;
    for doc in &all {
        cara.signs_off(doc).await;
    }

    let message = "Somebody with the safeguarding role must sign this off. It has waited since 1 July 2026.";
    assert_eq!(waiting, all.map(|doc| item("AWAITING_APPROVAL", &doc, "2026-07-01", message)));
    assert_eq!(due(&ben).await, [[""; 4]; 0]);
}

async fn what_is_scheduled_waits_for_nobody(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(json!({ "title": "A day" })).await;
    ada.does("contentSubmit", post.named()).await;
    ada.does("contentSchedule", scheduled(&post)).await;

    assert_eq!(due(&ada).await, [[""; 4]; 0]);
    let post = ada.saves("postUpdate", &post, json!({ "title": "Another day" })).await;
    ada.does("contentSubmit", post.named()).await;
    let message = "Somebody has waited for a decision on this since 1 July 2026.";
    assert_eq!(due(&ada).await, [item("AWAITING_APPROVAL", &post, "2026-07-01", message)]);
}

fn scheduled(doc: &Doc) -> Value {
    json!({ "id": doc.id, "expectedVersion": doc.version, "publishAt": "2026-07-30T09:00:00+01:00" })
}

fn note() -> Value {
    json!({ "topic": "OTHER", "strength": "MENTIONS", "text": "Mentions threats." })
}

async fn a_schedule_that_could_not_be_kept_is_reported_with_its_reason(world: &World) {
    let (ada, cara) = (world.editor("ada").await, world.lead("cara").await);
    let post = ada.writes_post(json!({ "title": "A day", "contentNotes": [note()] })).await;
    cara.signs_off(&post).await;
    ada.does("contentSchedule", scheduled(&post)).await;
    let why = json!({ "id": post.id, "expectedVersion": 1, "reason": "On second thoughts" });
    cara.does("contentRequestChanges", why).await;
    world.reaches("2026-07-30T08:00:00Z").await;

    let failed = due(&ada).await;
    cara.signs_off(&post).await;
    world.reaches("2026-07-30T08:01:00Z").await;

    let message = "What was scheduled for 30 July 2026 did not happen: This has a content note: somebody with the \
                   role SAFEGUARDING_LEAD who has not written any of it must approve this version.";
    assert_eq!(failed, [item("SCHEDULE_FAILED", &post, "2026-07-30", message)]);
    assert_eq!(due(&ada).await, [[""; 4]; 0]);
}

async fn a_reference_that_leads_to_nothing_is_reported(world: &World) {
    let ada = world.editor("ada").await;
    let service = ada.publishes(&ada.writes_service().await).await;
    ada.publishes(&ada.writes_statistic().await).await;
    let body = "See [[service:safe-team]], [[post:nobody]] and [[statistic:women-among-detected-victims@2017]].";
    let post = ada.publishes_post(json!({ "title": "A day", "body": body })).await;

    world.clock.set("2026-07-03T09:00:00Z");
    ada.withdraws(&service, "It closed").await;

    let broken = |day, reference| {
        let message = format!("It refers to [[{reference}]], which readers do not see.");
        item("BROKEN_REFERENCE", &post, day, &message)
    };
    assert_eq!(
        due(&ada).await,
        [
            broken("2026-07-01", "post:nobody"),
            broken("2026-07-01", "statistic:women-among-detected-victims@2017"),
            broken("2026-07-03", "service:safe-team"),
        ]
    );
}

async fn it_is_reported_of_every_text(world: &World) {
    let ada = world.editor("ada").await;
    let body = |slug: &str| json!({ "body": format!("See [[post:{slug}]].") });
    let service = ada.saves("serviceUpdate", &ada.writes_service().await, body("of-service")).await;
    let service = ada.publishes(&service).await;
    let campaign = ada.saves("campaignUpdate", &ada.writes_campaign().await, body("of-campaign")).await;
    let campaign = ada.publishes(&ada.writes_edition(&campaign, 2027, body("of-edition")).await).await;

    let broken = |doc, slug| {
        let message = format!("It refers to [[post:{slug}]], which readers do not see.");
        item("BROKEN_REFERENCE", doc, "2026-07-01", &message)
    };
    assert_eq!(
        due(&ada).await,
        [broken(&campaign, "of-campaign"), broken(&campaign, "of-edition"), broken(&service, "of-service")]
    );
}

async fn a_set_that_lost_a_part_is_reported(world: &World) {
    let ada = world.editor("ada").await;
    let women = ada.publishes(&ada.writes_statistic().await).await;
    let set = ada.publishes(&ada.creates("statisticSetCreate", set(&women)).await).await;
    assert_eq!(due(&ada).await, [[""; 4]; 0]);

    world.clock.set("2026-07-03T09:00:00Z");
    ada.withdraws(&women, "It was miscounted").await;

    let message = "It refers to [[statistic:women-among-detected-victims]], which readers do not see.";
    assert_eq!(due(&ada).await, [item("BROKEN_REFERENCE", &set, "2026-07-03", message)]);
}

async fn what_is_wrong_in_a_biography_is_told_of_the_newest_post(world: &World) {
    let ada = world.editor("ada").await;
    let source = ada.writes_source().await;
    let women = ada.publishes(&ada.writes_statistic_from(&source).await).await;
    let bio = "She asks [[service:nobody]], and counted [[statistic:women-among-detected-victims@2016]].";
    let mary = ada.creates("personCreate", json!({ "name": "Mary Seacole", "bio": bio })).await;
    assert_eq!(due(&ada).await, [[""; 4]; 0]);
    ada.publishes_post(json!({ "title": "A day", "authorIds": [mary.id] })).await;
    let newest = ada.publishes_post(json!({ "title": "Another day", "authorIds": [mary.id] })).await;

    world.clock.set("2026-07-03T09:00:00Z");
    ada.publishes(&ada.writes_figure(&women, figure(&source, 2022, "39")).await).await;

    let broken = "Biography of Mary Seacole: It refers to [[service:nobody]], which readers do not see.";
    let pinned =
        "Biography of Mary Seacole: It shows “Women among detected victims” for 2016, and there is a later figure.";
    assert_eq!(
        due(&ada).await,
        [
            item("BROKEN_REFERENCE", &newest, "2026-07-01", broken),
            item("FIGURE_SUPERSEDED_IN_USE", &newest, "2026-07-03", pinned),
        ]
    );
    let question = "{ attention { nodes { person { id name } } } }";
    let answer = ada.ask(question).await.expect_ok();
    let person = json!({ "person": { "id": mary.id, "name": "Mary Seacole" } });
    assert_eq!(answer.data("/attention/nodes"), &json!([person, person]));
}

async fn it_is_said_in_the_words_of_whoever_asks(world: &World) {
    let ada = world.editor("ada").await;
    published_channel(&ada).await;

    let [[.., message]] = &due(&ada.in_languages("de")).await[..] else { panic!("one thing is due") };

    assert_eq!(message, "Das hat noch niemand ausprobiert. Probieren Sie es aus, und sagen Sie, ob es funktioniert.");
}

async fn the_longest_overdue_comes_first_page_by_page(world: &World) {
    let ada = world.editor("ada").await;
    for day in ["2026-07-03", "2026-07-02", "2026-07-04", "2026-07-02"] {
        ada.publishes_post(json!({ "title": "A day", "reviewDueOn": day })).await;
    }
    published_channel(&ada).await;
    world.clock.set("2026-08-01T00:00:00Z");
    let whole = due(&ada).await;

    let (mut pages, mut after) = (Vec::new(), "null".to_owned());
    loop {
        let question = format!(
            "{{ attention(first: 2, after: {after}) {{ nodes {{ dueOn node {{ id }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let answer = ada.ask(&question).await.expect_ok();
        let page = answer.data("/attention");
        pages.extend(page["nodes"].as_array().cloned().unwrap_or_default());
        if page["pageInfo"]["hasNextPage"] != true {
            break;
        }
        after = page["pageInfo"]["endCursor"].to_string();
    }

    let days: Vec<&str> = whole.iter().map(|[_, _, day, _]| day.as_str()).collect();
    assert_eq!(days, ["2026-07-01", "2026-07-02", "2026-07-02", "2026-07-03", "2026-07-04"]);
    let ids = |pages: &[Value]| pages.iter().map(|item| item["node"]["id"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(&pages), whole.iter().map(|[_, id, ..]| id.clone()).collect::<Vec<_>>());
}

async fn attention_is_for_those_who_may_read_drafts(world: &World) {
    let refused = world.reader().ask("{ attention { totalCount } }").await;

    assert_eq!(refused.error_code(), "UNAUTHENTICATED");
    assert_eq!(refused.data("/attention"), &Value::Null);
}

async fn it_takes_as_many_statements_however_much_is_due(world: &World) {
    let ada = world.editor("ada").await;
    let question = "{ attention { totalCount nodes { message node { title editorial { status } } } } }";
    published_channel(&ada).await;
    let few = ada.ask(question).await.expect_ok();

    for _ in 1..=4 {
        published_channel(&ada).await;
    }

    let many = ada.ask(question).await.expect_ok();
    assert_eq!(many.data("/attention/totalCount"), 5);
    assert_eq!(few.statements, many.statements);
}
