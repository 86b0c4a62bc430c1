//! Text: one source of words, in which every number, helpline and link is looked up when it is read.

pub(super) mod blocks;
pub(super) mod hostile;
pub(super) mod shelf;
pub(super) mod statements;

use serde_json::{Value, json};

use self::shelf::{Shelf, body, TEXT};
use super::support::World;

specs! {
    in_a_world {
        a_figure_in_a_sentence_is_the_latest_one,
        a_corrected_figure_shows_on_the_next_request_and_the_old_one_nowhere,
        a_pinned_figure_stays_and_says_its_period,
        a_number_that_changes_leaves_no_old_digits_anywhere,
        a_number_is_read_with_its_extension,
        a_figure_is_told_as_exactly_as_it_is_known,
        a_text_never_says_whether_a_line_is_open,
        what_is_withdrawn_shows_the_link_text_or_nothing,
        nothing_empty_stands_where_something_was_withdrawn,
        what_was_renamed_is_found_by_its_old_slug,
        what_is_made_later_is_found_when_the_text_is_published,
        links_lead_to_pages_in_the_language_that_is_read,
        words_in_another_language_say_so,
        a_caveat_in_another_language_says_so,
        drafts_never_leak_through_a_reference,
        each_language_of_a_text_has_references_of_its_own,
        a_post_names_its_statistics_in_the_order_of_its_text,
        posts_are_found_by_the_statistics_that_they_refer_to,
        what_a_published_text_refers_to_cannot_be_deleted,
        the_texts_of_campaigns_services_and_people_refer_as_posts_do,
    }
}

async fn a_figure_in_a_sentence_is_the_latest_one(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    ada.publishes_post(body("Of all, [[statistic:women-share]] were women.")).await;
    let before = world.reader().ask(TEXT).await.expect_ok();

    let statistic = ada.writes_figure(&shelf.statistic, shelf.figure(2022, "39")).await;
    ada.publishes(&statistic).await;

    let after = world.reader().ask(TEXT).await.expect_ok();
    assert_eq!(before.text("/posts/nodes/0/body/plainText"), "Of all, 49% were women.");
    assert_eq!(after.text("/posts/nodes/0/body/plainText"), "Of all, 39% were women.");
    assert_eq!(
        after.text("/posts/nodes/0/body/html"),
        "<div lang=\"en\" dir=\"ltr\"><p>Of all, 39% were women.</p>\n</div>"
    );
}

async fn a_corrected_figure_shows_on_the_next_request_and_the_old_one_nowhere(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    ada.publishes_post(body("# [[statistic:women-share]]\n\n- [[statistic:women-share]]\n\n[[statistic:women-share]]\n\n[[chart:who-is-found]]")).await;
    let before = world.reader().ask(TEXT).await.expect_ok();

    let figure = ada.figure_of(&shelf.statistic).await;
    let wrong = json!({
        "figureId": figure, "expectedVersion": shelf.statistic.version, "value": "48", "reason": "A misprint",
    });
    ada.does("figureCorrect", wrong).await;

    let after = world.reader().ask(TEXT).await.expect_ok();
    assert!(before.body.contains("49%"));
    assert_eq!(after.body, before.body.replace("49%", "48%"));
}

async fn a_pinned_figure_stays_and_says_its_period(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    ada.publishes_post(body(
        "From [[statistic:women-share@2016]] to [[statistic:women-share]], [[statistic:women-share@2022]].\n\n\
         [[statistic:women-share@2016]]\n\n[[statistic:women-share@1999|no such period]]",
    ))
    .await;

    let statistic = ada.writes_figure(&shelf.statistic, shelf.figure(2022, "39")).await;
    ada.publishes(&statistic).await;

    let answer = world.reader().ask(TEXT).await.expect_ok();
    assert_eq!(
        answer.text("/posts/nodes/0/body/plainText"),
        "From 49% (2016) to 39%, 39%.\n\n49% of detected victims were women (2016)\nUNODC, n.d.\n\nno such period"
    );
}

async fn a_number_that_changes_leaves_no_old_digits_anywhere(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    ada.publishes_post(body("Ring [[contact:safe-line]] or [[contact:safe-line|us]].\n\n[[contact:safe-line]]")).await;
    let before = world.reader().ask(TEXT).await.expect_ok();

    let channel = ada.saves("contactChannelUpdate", &shelf.channel, json!({ "value": "01632 960456" })).await;
    ada.publishes(&channel).await;

    let after = world.reader().ask(TEXT).await.expect_ok();
    assert_eq!(
        before.text("/posts/nodes/0/body/html"),
        "<div lang=\"en\" dir=\"ltr\"><p>Ring <a href=\"tel:+441632960123\" dir=\"ltr\">01632 960123</a> or \
         <a href=\"tel:+441632960123\">us</a>.</p>\n<p><strong>Safe line</strong>: \
         <a href=\"tel:+441632960123\" dir=\"ltr\">01632 960123</a></p>\n</div>"
    );
    assert_eq!(after.body, before.body.replace("960123", "960456"));
    let elsewhere = "{ old: search(query: \"960123\") { totalCount } new: search(query: \"960456\") { totalCount }
        posts(first: 1) { nodes { signpost { html plainText } } } }";
    let elsewhere = world.reader().ask(elsewhere).await.expect_ok();
    assert_eq!((elsewhere.data("/old/totalCount"), elsewhere.data("/new/totalCount")), (&json!(0), &json!(2)));
    assert!(!elsewhere.body.contains("960123"), "{elsewhere:?}");
}

async fn a_number_is_read_with_its_extension(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    let channel = ada.saves("contactChannelUpdate", &shelf.channel, json!({ "extension": "77" })).await;
    ada.publishes(&channel).await;
    ada.publishes_post(body("Ring [[contact:safe-line]].\n\n[[contact:safe-line]]")).await;

    let answer = world.reader().ask(TEXT).await.expect_ok();

    let number = "<a href=\"tel:+441632960123;ext=77\" dir=\"ltr\">01632 960123 × 77</a>";
    assert_eq!(
        answer.text("/posts/nodes/0/body/html"),
        format!(
            "<div lang=\"en\" dir=\"ltr\"><p>Ring {number}.</p>\n<p><strong>Safe line</strong>: {number}</p>\n</div>"
        )
    );
    assert_eq!(
        answer.text("/posts/nodes/0/body/plainText"),
        "Ring 01632 960123 × 77.\n\nSafe line: 01632 960123 × 77"
    );
}

async fn a_figure_is_told_as_exactly_as_it_is_known(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    let mut range = shelf.figure(2022, "40");
    range["qualifier"] = "RANGE".into();
    (range["lower"], range["upper"]) = ("30".into(), "60".into());
    ada.publishes(&ada.writes_figure(&shelf.statistic, range).await).await;
    let mut over = shelf.figure(2031, "50");
    over["qualifier"] = "OVER".into();
    let second = shelf.second_statistic(&ada).await;
    ada.publishes(&ada.writes_figure(&second, over).await).await;
    ada.publishes_post(body("Of all, [[statistic:women-share]], and [[statistic:second]].\n\n[[statistic:women-share]]")).await;

    let answer = world.reader().ask(TEXT).await.expect_ok();
    let statement = r#"{ statistic(slug: "women-share") { statement { text html } figure { value formatted } } }"#;
    let statement = world.reader().ask(statement).await.expect_ok();

    assert_eq!(
        answer.text("/posts/nodes/0/body/blocks/0/html"),
        "<div lang=\"en\" dir=\"ltr\"><p>Of all, 40% (30–60), and &gt;50%.</p>\n</div>"
    );
    let block = answer.text("/posts/nodes/0/body/blocks/1/plainText");
    assert!(block.starts_with("40% (30–60) of detected victims were women\n"), "{block}");
    let told = json!({
        "statement": { "text": "40% (30–60) of detected victims were women", "html": "40% (30–60) of detected victims were women" },
        "figure": { "value": "40", "formatted": "40%" },
    });
    assert_eq!(statement.data("/statistic"), &told);
}

async fn a_text_never_says_whether_a_line_is_open(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    let hours = json!({ "expression": "Mo-Fr 09:00-17:00", "timeZone": "Europe/London", "holidays": "NONE" });
    let channel = ada.saves("contactChannelUpdate", &shelf.channel, json!({ "hours": hours })).await;
    ada.publishes(&channel).await;
    ada.does("contactChannelVerify", json!({ "id": channel.id, "method": "Rang it" })).await;
    ada.publishes_post(body("Ring [[contact:safe-line]].\n\n[[contact:safe-line]]")).await;
    let state = "{ contactChannel(slug: \"safe-line\") { openState { status } } }";

    world.clock.set("2026-07-02T10:00:00Z");
    let (open, by_day) = (world.reader().ask(state).await, world.reader().ask(TEXT).await);
    world.clock.set("2026-07-02T22:00:00Z");
    let (closed, by_night) = (world.reader().ask(state).await, world.reader().ask(TEXT).await);

    assert_eq!(open.data("/contactChannel/openState/status"), "OPEN");
    assert_eq!(closed.data("/contactChannel/openState/status"), "CLOSED");
    assert_eq!(by_day.expect_ok().body, by_night.expect_ok().body);
}

async fn what_is_withdrawn_shows_the_link_text_or_nothing(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    ada.publishes_post(body(
        "A [[statistic:women-share]] b [[contact:safe-line|our line]] c [[campaign:world-day]] d [[service:safe-team|Safe]] e \
         [[post:sleep]] f [[chart:who-is-found]].\n\n[[statistic:women-share|about half]]\n\n[[contact:safe-line]]\n\n[[chart:who-is-found]]",
    ))
    .await;

    shelf.withdrawn(&ada).await;

    let answer = world.reader().ask(TEXT).await.expect_ok();
    assert_eq!(
        answer.text("/posts/nodes/0/body/html"),
        "<div lang=\"en\" dir=\"ltr\"><p>A  b our line c  d Safe e  f .</p>\n<p>about half</p>\n</div>"
    );
    assert_eq!(answer.text("/posts/nodes/0/body/plainText"), "A  b our line c  d Safe e  f .\n\nabout half");
    let spans = answer.data("/posts/nodes/0/body/blocks/0/spans").as_array().expect("a list");
    assert!(spans.iter().all(|span| span["target"].is_null() && span["href"].is_null()), "{spans:?}");
    assert_eq!(answer.data("/posts/nodes/0/body/blocks").as_array().map(Vec::len), Some(2));
}

async fn nothing_empty_stands_where_something_was_withdrawn(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    ada.publishes_post(body(
        "# [[campaign:world-day]]\n\nCall **[[contact:safe-line]]** now.\n\n1. Breathe\n2. *[[contact:safe-line]]*\n3. Rest\n\n\
         - [[service:safe-team]]\n\n> [[post:sleep]]\n\n~~[[post:sleep]]~~",
    ))
    .await;

    shelf.withdrawn(&ada).await;

    let answer = world.reader().ask(TEXT).await.expect_ok();
    assert_eq!(
        answer.text("/posts/nodes/0/body/html"),
        "<div lang=\"en\" dir=\"ltr\"><p>Call  now.</p>\n<ol>\n<li>Breathe</li>\n<li>Rest</li>\n</ol>\n</div>"
    );
    assert_eq!(answer.text("/posts/nodes/0/body/plainText"), "Call  now.\n\n1. Breathe\n2. Rest");
}

async fn what_was_renamed_is_found_by_its_old_slug(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    let campaign = ada.saves("campaignUpdate", &shelf.campaign, json!({ "slug": "the-day" })).await;
    ada.publishes(&campaign).await;

    ada.publishes_post(body("[[campaign:world-day]]")).await;

    let answer = world.reader().ask(TEXT).await.expect_ok();
    let html = answer.text("/posts/nodes/0/body/html");
    assert!(html.contains("<a href=\"/campaigns/the-day\">World Day</a>"), "{html}");
}

async fn what_is_made_later_is_found_when_the_text_is_published(world: &World) {
    let ada = world.editor("ada").await;
    let post = ada.writes_post(body("See [[post:sleep|how to sleep]].")).await;
    Shelf::published(&ada).await;

    ada.publishes(&post).await;

    let answer = world.reader().ask("{ post(slug: \"with-references\") { body { html } } }").await.expect_ok();
    let html = answer.text("/post/body/html");
    assert!(html.contains("<a href=\"/posts/sleep\">how to sleep</a>"), "{html}");
}

async fn links_lead_to_pages_in_the_language_that_is_read(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    let words = json!({ "name": "Diwrnod y Byd", "slug": "diwrnod-y-byd" });
    ada.publishes(&ada.saves_in("cy", "campaignUpdate", &shelf.campaign, words).await).await;
    let post = ada.writes_post(body("See [[campaign:world-day]].")).await;
    let words = json!({ "title": "Cymraeg", "body": "Gweler [[campaign:world-day]] a [[campaign:diwrnod-y-byd|hyn]]." });
    ada.publishes(&ada.saves_in("cy", "postUpdate", &post, words).await).await;

    let answer = world.reader().in_languages("cy").ask(TEXT).await.expect_ok();

    assert_eq!(
        answer.text("/posts/nodes/0/body/html"),
        "<div lang=\"cy\" dir=\"ltr\"><p>Gweler <a href=\"/cy/campaigns/diwrnod-y-byd\">Diwrnod y Byd</a> a \
         <a href=\"/cy/campaigns/diwrnod-y-byd\">hyn</a>.</p>\n</div>"
    );
}

async fn a_caveat_in_another_language_says_so(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    let mut figure = shelf.figure(2016, "49");
    figure["caveat"] = "Detected victims only.".into();
    let statistic = ada.writes_figure(&shelf.statistic, figure).await;
    let welsh = json!({ "name": "Merched", "definition": "Cyfran y merched", "population": "merched", "statement": "Merched oedd { $value }" });
    ada.publishes(&ada.saves_in("cy", "statisticUpdate", &statistic, welsh).await).await;
    let post = ada.writes_post(body("Unread")).await;
    let words = json!({ "title": "Cymraeg", "body": "[[statistic:women-share]]" });
    ada.publishes(&ada.saves_in("cy", "postUpdate", &post, words).await).await;

    let answer = world.reader().in_languages("cy").ask(TEXT).await.expect_ok();

    let html = answer.text("/posts/nodes/0/body/html");
    let caption = "<figcaption><span lang=\"en\" dir=\"ltr\">Detected victims only.</span><br>";
    assert!(html.contains("<p>Merched oedd 49%</p>") && html.contains(caption), "{html}");
}

async fn words_in_another_language_say_so(world: &World) {
    let ada = world.editor("ada").await;
    Shelf::published(&ada).await;
    let post = ada.writes_post(body("Unread")).await;
    let words = json!({ "title": "Persian", "body": "[[campaign:world-day]] و [[statistic:women-share]] و [[post:sleep|خواب]]\n\n[[statistic:women-share]]" });
    ada.publishes(&ada.saves_in("fa", "postUpdate", &post, words).await).await;

    let answer = world.reader().in_languages("fa").ask(TEXT).await.expect_ok();

    assert_eq!(
        answer.text("/posts/nodes/0/body/html"),
        "<div lang=\"fa\" dir=\"rtl\"><p><a href=\"/campaigns/world-day\" lang=\"en\" dir=\"ltr\">World Day</a> و ۴۹٪ و \
         <a href=\"/posts/sleep\">خواب</a></p>\n<figure lang=\"en\" dir=\"ltr\">\n<p>49% of detected victims were women</p>\n\
         <figcaption>UNODC, n.d.</figcaption>\n</figure>\n</div>"
    );
    let spans = answer.data("/posts/nodes/0/body/blocks/0/spans");
    assert_eq!((&spans[0]["language"], &spans[1]["language"]), (&json!("en"), &Value::Null));
    let fallback = world.reader().in_languages("cy").ask(TEXT).await.expect_ok();
    assert!(fallback.text("/posts/nodes/0/body/html").starts_with("<div lang=\"en\""));
}

async fn drafts_never_leak_through_a_reference(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    let everything = "[[statistic:women-share]] [[statistic:women-share@2031]] [[contact:safe-line]] [[campaign:world-day]] [[service:safe-team]] \
        [[post:sleep]] [[chart:who-is-found]] [[post:quokka]]\n\n[[chart:who-is-found]]\n\n[[post:quokka]]";
    ada.publishes_post(body(everything)).await;
    let before = world.reader().ask(TEXT).await.expect_ok();

    shelf.changed_in_drafts(&ada).await;
    ada.writes_post(json!({ "title": "Quokka", "body": "Quokka" })).await;

    let after = world.reader().ask(TEXT).await.expect_ok();
    assert_eq!(before.body, after.body);
    let drafts = ada.with_drafts().ask(TEXT).await.expect_ok();
    let html = drafts.text("/posts/nodes/1/body/html");
    assert!(html.contains("Quokka") && html.contains("960777") && html.contains("77%"), "{html}");
}

async fn each_language_of_a_text_has_references_of_its_own(world: &World) {
    let ada = world.editor("ada").await;
    Shelf::published(&ada).await;
    let post = ada.writes_post(body("One [[post:sleep]].")).await;
    let words = json!({ "title": "Cymraeg", "body": "Dau [[statistic:women-share]]." });
    let post = ada.publishes(&ada.saves_in("cy", "postUpdate", &post, words).await).await;
    let found = "{ posts(filter: { statistic: { eq: \"women-share\" } }) { totalCount } }";
    let before = world.reader().ask(found).await.expect_ok();

    let welsh = json!({ "id": post.id, "reason": "A mistake", "languages": ["cy"] });
    ada.tries("contentWithdraw", welsh).await.expect_ok();

    let after = world.reader().ask(found).await.expect_ok();
    assert_eq!((before.data("/posts/totalCount"), after.data("/posts/totalCount")), (&json!(1), &json!(0)));
    let text = world.reader().ask(TEXT).await.expect_ok();
    assert_eq!(text.text("/posts/nodes/0/body/plainText"), "One Sleep.");
}

async fn a_post_names_its_statistics_in_the_order_of_its_text(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    shelf.second_statistic(&ada).await;
    ada.publishes_post(body("[[statistic:second]] [[post:sleep]] [[statistic:women-share]] [[statistic:second@2016]]")).await;

    let query = "{ posts(first: 1) { nodes { readingMinutes statistics { slug } } }
        statistics { nodes { slug posts { totalCount nodes { title } } } } }";
    let answer = world.reader().ask(query).await.expect_ok();

    assert_eq!(*answer.data("/posts/nodes/0/statistics"), json!([{ "slug": "second" }, { "slug": "women-share" }]));
    assert_eq!(answer.data("/posts/nodes/0/readingMinutes"), 1);
    assert_eq!(
        *answer.data("/statistics/nodes/1/posts"),
        json!({ "totalCount": 1, "nodes": [{ "title": "With references" }] })
    );
}

async fn posts_are_found_by_the_statistics_that_they_refer_to(world: &World) {
    let ada = world.editor("ada").await;
    Shelf::published(&ada).await;
    ada.publishes_post(body("[[statistic:women-share]]")).await;
    ada.publishes_post(json!({ "title": "Another", "body": "[[campaign:world-day]]" })).await;

    let query = r#"{
        found: posts(filter: { statistic: { eq: "women-share" } }) { nodes { title } }
        other: posts(filter: { statistic: { in: ["world-day"] } }) { nodes { title } }
        none: posts(filter: { statistic: { exists: false } }, sort: TITLE) { nodes { title } }
    }"#;
    let answer = world.reader().ask(query).await.expect_ok();

    assert_eq!(*answer.data("/found/nodes"), json!([{ "title": "With references" }]));
    assert_eq!(*answer.data("/other/nodes"), json!([]));
    assert_eq!(*answer.data("/none/nodes"), json!([{ "title": "Another" }, { "title": "Sleep" }]));
}

async fn what_a_published_text_refers_to_cannot_be_deleted(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    let post = ada.publishes_post(body("[[campaign:world-day]]")).await;

    let refused = ada.tries("contentDelete", shelf.campaign.named()).await;
    ada.withdraws(&post, "A mistake").await;
    let deleted = ada.tries("contentDelete", shelf.campaign.named()).await;

    assert_eq!(refused.user_errors(), ["IN_USE id"]);
    assert_eq!(deleted.user_errors(), [""; 0]);
}

async fn the_texts_of_campaigns_services_and_people_refer_as_posts_do(world: &World) {
    let ada = world.editor("ada").await;
    let shelf = Shelf::published(&ada).await;
    let text = "Of all, [[statistic:women-share]].";
    let campaign = ada.saves("campaignUpdate", &shelf.campaign, json!({ "body": text })).await;
    let campaign = ada.writes_edition(&campaign, 2026, json!({ "body": text })).await;
    ada.publishes(&campaign).await;
    ada.publishes(&ada.saves("serviceUpdate", &shelf.service, json!({ "body": text })).await).await;
    let person = ada.creates("personCreate", json!({ "name": "Bo", "bio": text })).await;
    ada.publishes_post(json!({ "title": "By Bo", "authorIds": [person.id] })).await;

    let query = "{ campaigns { nodes { body { plainText } edition(year: 2026) { body { plainText } } } }
        services { nodes { body { plainText } } } people { nodes { bio { plainText } } } }";
    let answer = world.reader().ask(query).await.expect_ok();

    assert_eq!(answer.body.matches("Of all, 49%.").count(), 4, "{}", answer.body);
}
