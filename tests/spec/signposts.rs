//! Signposts: who can help now, in which order, and always somebody.

use serde_json::{Value, json};

use super::support::verbs::Doc;
use super::support::{Answer, Person, World};

specs! {
    in_a_world {
        the_language_decides_among_the_lines_that_are_open,
        on_christmas_day_a_closed_team_is_shown_with_a_line_that_is_open,
        a_post_on_a_sensitive_topic_without_channels_names_somebody,
        a_post_names_its_own_channels_else_the_campaigns_else_the_topics_else_the_sites,
        what_cannot_be_used_is_never_named,
        what_a_service_says_today_stands_with_its_channels,
        a_topic_finds_its_services_and_its_channels,
        an_age_leaves_services_out_but_never_the_emergency_number,
        the_area_decides_the_emergency_number_and_the_order,
        without_channels_the_emergency_number_is_left,
        a_draft_is_no_help,
        the_words_are_in_the_language_of_the_reader,
        the_words_of_editors_are_no_markup,
        what_is_out_of_bounds_is_refused,
        the_number_of_statements_does_not_grow_with_the_posts,
    }
}

/// Monday noon in London.
const NOON: &str = "2026-07-20T11:00:00Z";
const EVENING: &str = "2026-07-20T19:00:00Z";

/// Everybody who is named, in order: `Team: Line, Line (REASON)`.
fn named(answer: &Answer, pointer: &str) -> Vec<String> {
    let items = answer.data(&format!("{pointer}/items")).as_array().expect("a list");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let item = |item: &Value| {
        let channels = item["channels"].as_array().into_iter().flatten().map(|one| text(&one["label"]));
        let channels = channels.collect::<Vec<_>>().join(", ");
        format!("{}: {channels} ({})", text(&item["service"]["name"]), text(&item["reason"]))
    };
    items.iter().map(item).collect()
}

const ITEMS: &str = "items { service { name } channels { label } reason }";

async fn published_service(editor: &Person, input: Value) -> Doc {
    let service = editor.creates("serviceCreate", input).await;
    editor.publishes(&service).await
}

/// A published line that was tried just now; without hours, an address.
async fn line(editor: &Person, service: &Doc, label: &str, language: &str, hours: Option<&str>) -> Doc {
    let hours = hours.map(|expression| {
        json!({ "expression": expression, "timeZone": "Europe/London", "holidays": "ENGLAND_AND_WALES" })
    });
    let input = json!({
        "kind": "PHONE", "label": label, "serviceId": service.id, "value": "01632 960123", "hours": hours,
        "languages": [{ "language": language }],
    });
    let channel = editor.creates("contactChannelCreate", input).await;
    let channel = editor.publishes(&channel).await;
    editor.does("contactChannelVerify", json!({ "id": channel.id, "method": "Rang it" })).await
}

/// A published line of a team of its own.
async fn team(editor: &Person, name: &str, language: &str, hours: Option<&str>) -> Doc {
    let service = published_service(editor, json!({ "name": format!("{name} team") })).await;
    line(editor, &service, &format!("{name} line"), language, hours).await
}

async fn what_a_service_says_today_stands_with_its_channels(world: &World) {
    let (ada, cara) = (world.editor("ada").await, world.lead("cara").await);
    let alert = json!({ "text": "Phones are down <today>.", "from": "2026-07-20T08:00:00Z", "until": "2026-07-20T15:00:00Z" });
    let service = ada.creates("serviceCreate", json!({ "name": "Safe team", "alert": alert })).await;
    cara.signs_off(&service).await;
    let service = ada.publishes(&service).await;
    line(&ada, &service, "Safe line", "en", Some("24/7")).await;

    let ask = format!(
        r#"{{ noon: signpost(at: "{NOON}") {{ plainText html validUntil }} evening: signpost(at: "{EVENING}") {{ plainText html }} }}"#
    );
    let answer = world.reader().ask(&ask).await.expect_ok();

    let text = answer.text("/noon/plainText");
    assert!(text.contains("Safe team\nPhones are down <today>.\n- Safe line"), "{text}");
    let html = answer.text("/noon/html");
    assert!(html.contains("<strong>Safe team</strong><p>Phones are down &lt;today&gt;.</p><ul>"), "{html}");
    assert_eq!(answer.text("/noon/validUntil"), "2026-07-20T15:00:00Z");
    assert!(!answer.data("/evening").to_string().contains("Phones"), "{answer:?}");
}

async fn the_language_decides_among_the_lines_that_are_open(world: &World) {
    let ada = world.editor("ada").await;
    team(&ada, "Welsh", "cy", Some("19:00-23:00")).await;
    team(&ada, "English", "en", Some("24/7")).await;

    let ask = format!(
        r#"{{ noon: signpost(languages: ["cy", "en"], at: "{NOON}") {{ {ITEMS} plainText validUntil }}
            evening: signpost(languages: ["cy", "en"], at: "{EVENING}") {{ {ITEMS} }}
            english: signpost(languages: ["en"], at: "{NOON}") {{ plainText }} }}"#
    );
    let answer = world.reader().ask(&ask).await.expect_ok();

    let (welsh, english) =
        ("Welsh team: Welsh line (SITE_DEFAULT)", "English team: English line (SITE_DEFAULT)");
    assert_eq!(named(&answer, "/noon"), [english, welsh]);
    assert_eq!(named(&answer, "/evening"), [welsh, english]);
    assert!(answer.text("/noon/plainText").contains("yn agor am 19:00"), "{answer:?}");
    assert!(answer.text("/english/plainText").contains("opens at 19:00"), "{answer:?}");
    assert_eq!(answer.text("/noon/validUntil"), "2026-07-20T18:00:00Z");
}

async fn on_christmas_day_a_closed_team_is_shown_with_a_line_that_is_open(world: &World) {
    world.clock.set("2026-12-25T10:00:00Z");
    let ada = world.editor("ada").await;
    let safe = team(&ada, "Safe", "en", Some("Mo-Fr 09:00-17:00; PH off")).await;
    team(&ada, "Night", "en", Some("24/7")).await;
    ada.publishes_post(json!({ "title": "A day", "channelIds": [safe.id] })).await;

    let ask = r#"{ post(slug: "a-day") { signpost { message items { service { name } channels { label } reason }
        emergency { country voice actionUrl textRelay sentence } plainText html validUntil } } }"#;
    let answer = world.reader().ask(ask).await;

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "post": {
          "signpost": {
            "message": "If you would like to talk to someone, these services can help.",
            "items": [
              {
                "service": {
                  "name": "Safe team"
                },
                "channels": [
                  {
                    "label": "Safe line"
                  }
                ],
                "reason": "CHOSEN"
              },
              {
                "service": {
                  "name": "Night team"
                },
                "channels": [
                  {
                    "label": "Night line"
                  }
                ],
                "reason": "OPEN_NOW"
              }
            ],
            "emergency": {
              "country": "GB",
              "voice": "999",
              "actionUrl": "tel:999",
              "textRelay": "18000",
              "sentence": "In an emergency, call 999, or 18000 by text relay."
            },
            "plainText": "If you would like to talk to someone, these services can help.\n\nSafe team\n- Safe line: 01632 960123 (opens Tuesday 29 December at 09:00)\n\nNight team\n- Night line: 01632 960123 (open day and night)\n\nIn an emergency, call 999, or 18000 by text relay.",
            "html": "<section class=\"signpost\" lang=\"en\" dir=\"ltr\"><p>If you would like to talk to someone, these services can help.</p><ul><li><strong>Safe team</strong><ul><li><span>Safe line</span>: <a href=\"tel:+441632960123\" dir=\"ltr\">01632 960123</a> (opens Tuesday 29 December at 09:00)</li></ul></li><li><strong>Night team</strong><ul><li><span>Night line</span>: <a href=\"tel:+441632960123\" dir=\"ltr\">01632 960123</a> (open day and night)</li></ul></li></ul><p>In an emergency, call <a href=\"tel:999\" dir=\"ltr\">999</a>, or <a href=\"tel:18000\" dir=\"ltr\">18000</a> by text relay.</p></section>",
            "validUntil": "2026-12-26T00:00:00Z"
          }
        }
      }
    }
    "#);
}

async fn a_post_on_a_sensitive_topic_without_channels_names_somebody(world: &World) {
    let ada = world.editor("ada").await;
    team(&ada, "Day", "en", Some("Mo 09:00-10:00")).await;
    let topic = ada.creates("topicCreate", json!({ "name": "Abuse", "isSensitive": true })).await;
    ada.publishes_post(json!({ "title": "A day", "topicIds": [topic.id] })).await;

    let ask = format!(r#"{{ post(slug: "a-day") {{ signpost(at: "{EVENING}") {{ {ITEMS} }} }} }}"#);
    let answer = world.reader().ask(&ask).await.expect_ok();

    assert_eq!(named(&answer, "/post/signpost"), ["Day team: Day line (SITE_DEFAULT)"]);
}

async fn a_post_names_its_own_channels_else_the_campaigns_else_the_topics_else_the_sites(world: &World) {
    let (ada, root) = (world.editor("ada").await, world.admin("root").await);
    let own = team(&ada, "Own", "en", Some("24/7")).await;
    let of_campaign = team(&ada, "Campaign", "en", Some("24/7")).await;
    let of_topic = team(&ada, "Topic", "en", Some("24/7")).await;
    let of_site = team(&ada, "Site", "en", Some("24/7")).await;
    let site = json!({ "input": { "channelIds": [of_site.id] } });
    root.tries("siteUpdate", site).await.expect_ok();
    let topic = ada.creates("topicCreate", json!({ "name": "Abuse", "channelIds": [of_topic.id] })).await;
    let observance = json!({ "kind": "FIXED", "month": 7, "day": 30 });
    let campaign = json!({ "name": "A campaign", "observance": observance, "channelIds": [of_campaign.id] });
    let campaign = ada.publishes(&ada.creates("campaignCreate", campaign).await).await;
    let all = json!({ "topicIds": [topic.id], "campaignIds": [campaign.id], "channelIds": [own.id] });
    let mut posts = vec![with(&all, "title", "first".into())];
    posts.push(with(&with(&all, "channelIds", json!([])), "title", "second".into()));
    posts.push(with(&with(&posts[1], "campaignIds", json!([])), "title", "third".into()));
    posts.push(json!({ "title": "fourth" }));
    ada.publishes_post(posts[0].clone()).await;
    ada.publishes_post(posts[1].clone()).await;
    ada.publishes_post(posts[2].clone()).await;
    ada.publishes_post(posts[3].clone()).await;

    let ask = format!("{{ posts(sort: OLDEST) {{ nodes {{ signpost {{ {ITEMS} }} }} }} }}");
    let answer = world.reader().ask(&ask).await.expect_ok();

    assert_eq!(named(&answer, "/posts/nodes/0/signpost"), ["Own team: Own line (CHOSEN)"]);
    assert_eq!(named(&answer, "/posts/nodes/1/signpost"), ["Campaign team: Campaign line (CAMPAIGN)"]);
    assert_eq!(named(&answer, "/posts/nodes/2/signpost"), ["Topic team: Topic line (TOPIC)"]);
    assert_eq!(named(&answer, "/posts/nodes/3/signpost"), ["Site team: Site line (SITE_DEFAULT)"]);
}

/// An input with another value.
fn with(input: &Value, key: &str, value: Value) -> Value {
    let mut input = input.clone();
    input[key] = value;
    input
}

async fn what_cannot_be_used_is_never_named(world: &World) {
    let ada = world.editor("ada").await;
    let suspended = team(&ada, "Suspended", "en", Some("24/7")).await;
    let until = json!({ "suspendedUntil": "2026-08-01T00:00:00Z" });
    let suspended = ada.saves("contactChannelUpdate", &suspended, until).await;
    ada.publishes(&suspended).await;
    let closed = json!({ "name": "Closed team", "status": "TEMPORARILY_CLOSED" });
    let closed = published_service(&ada, closed).await;
    let closed = line(&ada, &closed, "Closed line", "en", Some("24/7")).await;
    let withdrawn = team(&ada, "Withdrawn", "en", Some("24/7")).await;
    team(&ada, "Good", "en", Some("24/7")).await;
    let channels = json!([suspended.id, closed.id, withdrawn.id]);
    ada.publishes_post(json!({ "title": "A day", "channelIds": channels })).await;
    ada.withdraws(&withdrawn, "It is over").await;

    let ask = format!(r#"{{ signpost {{ {ITEMS} }} post(slug: "a-day") {{ signpost {{ {ITEMS} }} }} }}"#);
    let answer = world.reader().ask(&ask).await.expect_ok();

    assert_eq!(named(&answer, "/signpost"), ["Good team: Good line (SITE_DEFAULT)"]);
    assert_eq!(named(&answer, "/post/signpost"), ["Good team: Good line (SITE_DEFAULT)"]);
}

async fn a_topic_finds_its_services_and_its_channels(world: &World) {
    let ada = world.editor("ada").await;
    let named_by_topic = team(&ada, "Named", "en", Some("24/7")).await;
    let topic = json!({ "name": "Abuse", "channelIds": [named_by_topic.id] });
    let topic = ada.creates("topicCreate", topic).await;
    let about = published_service(&ada, json!({ "name": "About team", "topicIds": [topic.id] })).await;
    line(&ada, &about, "About line", "en", Some("19:00-23:00")).await;
    team(&ada, "Other", "en", Some("24/7")).await;

    let ask = format!(
        r#"{{ topic: signpost(topic: "abuse", at: "{NOON}") {{ {ITEMS} }}
            none: signpost(topic: "no-such", kinds: [EMAIL], at: "{NOON}") {{ {ITEMS} }} }}"#
    );
    let answer = world.reader().ask(&ask).await.expect_ok();

    assert_eq!(
        named(&answer, "/topic"),
        ["Named team: Named line (TOPIC)", "About team: About line (TOPIC)"]
    );
    assert_eq!(named(&answer, "/none"), ["Named team: Named line (OPEN_NOW)"]);
}

async fn an_age_leaves_services_out_but_never_the_emergency_number(world: &World) {
    let ada = world.editor("ada").await;
    let adults = json!({ "name": "Adults", "audience": { "minAge": 18, "roles": ["PROFESSIONAL"] } });
    let adults = published_service(&ada, adults).await;
    line(&ada, &adults, "Adult line", "en", Some("19:00-23:00")).await;
    let children = json!({ "name": "Children", "audience": { "maxAge": 17, "roles": ["CHILD"] } });
    let children = published_service(&ada, children).await;
    line(&ada, &children, "Child line", "en", None).await;

    let ask = format!(
        r#"{{ noon: signpost(age: 12, role: CHILD, at: "{NOON}") {{ {ITEMS} emergency {{ voice }} }}
            evening: signpost(age: 12, at: "{EVENING}") {{ {ITEMS} }}
            nobody: signpost(age: 12, role: PROFESSIONAL, at: "{NOON}") {{ {ITEMS} emergency {{ voice }} }} }}"#
    );
    let answer = world.reader().ask(&ask).await.expect_ok();

    assert_eq!(named(&answer, "/noon"), ["Children: Child line (SITE_DEFAULT)"]);
    let evening = ["Adults: Adult line (OPEN_NOW)", "Children: Child line (SITE_DEFAULT)"];
    assert_eq!(named(&answer, "/evening"), evening);
    assert_eq!(named(&answer, "/nobody"), [""; 0]);
    assert_eq!(answer.text("/nobody/emergency/voice"), "999");
}

async fn the_area_decides_the_emergency_number_and_the_order(world: &World) {
    let ada = world.editor("ada").await;
    let covering = |name: &str, scheme: &str, code: &str| {
        json!({ "name": name, "coverage": [{ "scheme": scheme, "code": code }] })
    };
    let kingdom = published_service(&ada, covering("Kingdom", "ISO3166_1", "GB")).await;
    line(&ada, &kingdom, "Line", "en", Some("24/7")).await;
    let wales = published_service(&ada, covering("Wales", "ISO3166_2", "GB-WLS")).await;
    line(&ada, &wales, "Line", "en", Some("24/7")).await;

    let ask = format!(
        r#"{{ swansea: signpost(area: {{ scheme: ONS_GSS, code: "W06000011" }}) {{ {ITEMS} emergency {{ voice textRelay }} }}
            glasgow: signpost(area: {{ scheme: ONS_GSS, code: "S12000049" }}) {{ {ITEMS} }}
            lyon: signpost(area: {{ scheme: ISO3166_2, code: "FR-69" }}, languages: ["fr"]) {{ {ITEMS} emergency {{ country voice textRelay sentence }} }} }}"#
    );
    let answer = world.reader().ask(&ask).await.expect_ok();

    assert_eq!(named(&answer, "/swansea"), ["Wales: Line (SITE_DEFAULT)", "Kingdom: Line (SITE_DEFAULT)"]);
    assert_eq!(answer.text("/swansea/emergency/textRelay"), "18000");
    assert_eq!(named(&answer, "/glasgow"), ["Kingdom: Line (SITE_DEFAULT)"]);
    assert_eq!(named(&answer, "/lyon"), ["Kingdom: Line (OPEN_NOW)"]);
    let emergency = json!({
        "country": "FR", "voice": "112", "textRelay": null, "sentence": "En cas d’urgence, appelez le 112."
    });
    assert_eq!(*answer.data("/lyon/emergency"), emergency);
}

async fn without_channels_the_emergency_number_is_left(world: &World) {
    world.editor("ada").await.publishes_post(json!({ "title": "A day" })).await;

    let ask = r#"{ post(slug: "a-day") { signpost { message items { reason } plainText validUntil } } }"#;
    let answer = world.reader().ask(ask).await.expect_ok();

    assert_eq!(*answer.data("/post/signpost/items"), json!([]));
    assert_eq!(
        answer.text("/post/signpost/plainText"),
        "If you or somebody else is in danger, ask for help now.\n\nIn an emergency, call 999, or 18000 by text relay."
    );
    assert_eq!(answer.text("/post/signpost/validUntil"), "2026-07-02T09:00:00Z");
}

async fn a_draft_is_no_help(world: &World) {
    let ada = world.editor("ada").await;
    let good = team(&ada, "Good", "en", Some("24/7")).await;
    ada.saves("contactChannelUpdate", &good, json!({ "label": "Secret line" })).await;
    let service = ada.creates("serviceCreate", json!({ "name": "Secret team" })).await;
    let secret = json!({ "kind": "PHONE", "label": "Secret line", "serviceId": service.id, "value": "01632 960999" });
    ada.creates("contactChannelCreate", secret).await;

    let ask = format!("{{ signpost {{ {ITEMS} html plainText }} }}");
    let answer = world.reader().ask(&ask).await.expect_ok();

    assert_eq!(named(&answer, "/signpost"), ["Good team: Good line (SITE_DEFAULT)"]);
    assert!(!answer.told().contains("Secret") && !answer.told().contains("960999"), "{answer:?}");
}

async fn the_words_are_in_the_language_of_the_reader(world: &World) {
    let ada = world.editor("ada").await;
    team(&ada, "Good", "en", Some("19:00-23:00")).await;

    let ask = format!(r#"{{ signpost(languages: ["fa"], at: "{NOON}") {{ plainText html }} }}"#);
    let answer = world.reader().ask(&ask).await.expect_ok();

    let lines: Vec<&str> = answer.text("/signpost/plainText").lines().collect();
    assert_eq!(
        lines,
        [
            "اگر می‌خواهید با کسی صحبت کنید، این خدمات می‌توانند کمک کنند.",
            "",
            "Good team",
            "- Good line: \u{2066}01632 960123\u{2069} (ساعت ۱۹:۰۰ باز می‌شود)",
            "",
            "در موارد اضطراری با 999 یا از راه رلهٔ متنی با 18000 تماس بگیرید.",
        ]
    );
    assert!(answer.text("/signpost/html").starts_with(r#"<section class="signpost" lang="fa" dir="rtl">"#));
    assert!(answer.text("/signpost/html").contains(r#"<strong lang="en" dir="ltr">Good team</strong>"#));
}

async fn the_words_of_editors_are_no_markup(world: &World) {
    let ada = world.editor("ada").await;
    let service = published_service(&ada, json!({ "name": "<img src=x onerror=alert(1)>" })).await;
    let input = json!({
        "kind": "SMS", "label": "A & \"B\"", "serviceId": service.id, "value": "85258", "keyword": "HELP <me>"
    });
    ada.publishes(&ada.creates("contactChannelCreate", input).await).await;

    let html = world.reader().ask("{ signpost { html } }").await.expect_ok().text("/signpost/html").to_owned();

    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;") && !html.contains("<img"), "{html}");
    assert!(html.contains("A &amp; &quot;B&quot;"), "{html}");
    assert!(html.contains(r#"<a href="sms:85258?body=HELP%20%3Cme%3E">"#), "{html}");
}

async fn what_is_out_of_bounds_is_refused(world: &World) {
    let refused = async |arguments: &str| {
        let answer = world.reader().ask(&format!("{{ signpost({arguments}) {{ message }} }}")).await;
        answer.error_code() == "BAD_INPUT"
    };

    assert!(refused("first: 0").await && refused("first: 51").await);
    assert!(refused("age: -1").await && refused("age: 121").await);
    assert!(refused(r#"at: "1969-12-31T23:59:59Z""#).await && refused(r#"at: "2201-01-01T00:00:00Z""#).await);
    assert!(refused(r#"area: { scheme: ISO3166_1, code: "GBR" }"#).await);
    assert!(refused(r#"languages: ["english language"]"#).await);
}

async fn the_number_of_statements_does_not_grow_with_the_posts(world: &World) {
    let ada = world.editor("ada").await;
    let own = team(&ada, "Own", "en", Some("19:00-23:00")).await;
    team(&ada, "Night", "en", Some("24/7")).await;
    let ask = "{ posts(first: 50) { nodes { signpost { html items { service { name } channels { label } } } } } }";
    ada.publishes_posts(2, json!({ "channelIds": [own.id] })).await;
    ada.publishes_posts(1, json!({})).await;
    let few = world.reader().ask(ask).await.expect_ok();

    ada.publishes_posts(9, json!({ "channelIds": [own.id] })).await;
    ada.publishes_posts(9, json!({})).await;

    let many = world.reader().ask(ask).await.expect_ok();
    assert_eq!(many.data("/posts/nodes").as_array().map(Vec::len), Some(21));
    assert_eq!(few.statements, many.statements);
}
