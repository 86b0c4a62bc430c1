//! Blocks and spans: the text for clients that show no HTML.

use serde_json::json;

use super::shelf::{Shelf, TEXT, body};
use crate::support::World;

specs! {
    in_a_world {
        a_reference_alone_in_a_paragraph_is_a_block,
        references_stand_wherever_words_may_stand,
        a_span_keeps_what_it_refers_to_beside_what_it_shows,
        a_page_of_the_site_is_linked_with_its_origin,
        headings_have_anchors_of_their_own,
        lists_quotes_and_tables_keep_their_shape,
    }
}

async fn a_reference_alone_in_a_paragraph_is_a_block(world: &World) {
    let ada = world.editor("ada").await;
    Shelf::published(&ada).await;
    let text = "[[statistic:women-share]]\n\n[[chart:who-is-found]]\n\n[[contact:safe-line]]\n\n[[service:safe-team]]\n\n\
        [[campaign:world-day|The day]]\n\n[[post:sleep]]\n\n***\n\n[[post:no-such]]\n\n[[post:no-such|Words]]";
    ada.publishes_post(body(text)).await;

    let query = "{ posts(first: 1) { nodes { body { blocks { __typename plainText
        ... on StatisticBlock { statistic { slug } figure { formatted } } ... on ChartBlock { statisticSet { slug } }
        ... on ContactBlock { channel { slug } } ... on ServiceBlock { service { slug } }
        ... on CampaignBlock { campaign { slug } } ... on PostBlock { post { slug } } } } } } }";
    let answer = world.reader().ask(query).await.expect_ok();

    assert_eq!(
        *answer.data("/posts/nodes/0/body/blocks"),
        json!([
            { "__typename": "StatisticBlock", "plainText": "49% of detected victims were women\nUNODC, n.d.",
              "statistic": { "slug": "women-share" }, "figure": { "formatted": "49%" } },
            { "__typename": "ChartBlock",
              "plainText": "Who is found\nDetected victims, world, 2016\nWomen\t49%\nUNODC, n.d.",
              "statisticSet": { "slug": "who-is-found" } },
            { "__typename": "ContactBlock", "plainText": "Safe line: 01632 960123", "channel": { "slug": "safe-line" } },
            { "__typename": "ServiceBlock", "plainText": "Safe team", "service": { "slug": "safe-team" } },
            { "__typename": "CampaignBlock", "plainText": "The day", "campaign": { "slug": "world-day" } },
            { "__typename": "PostBlock", "plainText": "Sleep", "post": { "slug": "sleep" } },
            { "__typename": "DividerBlock", "plainText": "" },
            { "__typename": "ParagraphBlock", "plainText": "Words" },
        ])
    );
}

async fn references_stand_wherever_words_may_stand(world: &World) {
    let ada = world.editor("ada").await;
    Shelf::published(&ada).await;
    let text = "# Of [[statistic:women-share]]\n\n- [[statistic:women-share]]\n  1. *so **[[statistic:women-share]]***\n\n\
        > [[statistic:women-share]]\n\n| [[post:sleep\\|A]] | b |\n|---|--:|\n| [[statistic:women-share]] | c |\n\n\
        [see [[statistic:women-share]]](/there) in an [open bracket: [[statistic:women-share]]";
    ada.publishes_post(body(text)).await;

    let answer = world.reader().ask(TEXT).await.expect_ok();

    assert_eq!(
        answer.text("/posts/nodes/0/body/html"),
        "<div lang=\"en\" dir=\"ltr\"><h1 id=\"of-women-share\">Of 49%</h1>\n<ul>\n<li>49%\n<ol>\n\
         <li><em>so <strong>49%</strong></em></li>\n</ol>\n</li>\n</ul>\n<blockquote>\n<p>49%</p>\n</blockquote>\n\
         <table>\n<thead>\n<tr><th><a href=\"/posts/sleep\">A</a></th><th align=\"right\">b</th></tr>\n</thead>\n<tbody>\n\
         <tr><td>49%</td><td align=\"right\">c</td></tr>\n</tbody>\n</table>\n\
         <p><a href=\"/there\">see 49%</a> in an [open bracket: 49%</p>\n</div>"
    );
    assert_eq!(
        answer.text("/posts/nodes/0/body/plainText"),
        "Of 49%\n\n- 49%\n1. so 49%\n\n49%\n\nA\tb\n49%\tc\n\nsee 49% in an [open bracket: 49%"
    );
}

async fn a_span_keeps_what_it_refers_to_beside_what_it_shows(world: &World) {
    let ada = world.editor("ada").await;
    Shelf::published(&ada).await;
    ada.publishes_post(body("**Ring [[contact:safe-line]]**: [[statistic:women-share]] [say](https://x.example).")).await;

    let answer = world.reader().ask(TEXT).await.expect_ok();

    let span = |text: &str, marks: &[&str], href: Option<&str>| {
        json!({ "text": text, "marks": marks, "href": href, "language": null, "figure": null, "target": null })
    };
    let mut number = span("01632 960123", &["STRONG"], Some("tel:+441632960123"));
    number["target"] = json!({ "__typename": "ContactChannel", "title": "Safe line" });
    let mut share = span("49%", &[], None);
    share["target"] = json!({ "__typename": "Statistic", "title": "Women among detected victims" });
    share["figure"] = json!({ "formatted": "49%" });
    assert_eq!(
        *answer.data("/posts/nodes/0/body/blocks/0/spans"),
        json!([
            span("Ring ", &["STRONG"], None), number, span(": ", &[], None), share, span(" ", &[], None),
            span("say", &[], Some("https://x.example")), span(".", &[], None),
        ])
    );
}

async fn a_page_of_the_site_is_linked_with_its_origin(world: &World) {
    let ada = world.editor("ada").await;
    Shelf::published(&ada).await;
    ada.publishes_post(body("See [[post:sleep|how]] and [there](/there) and [below](#below).")).await;

    let answer = world.reader().ask(TEXT).await.expect_ok();

    let spans = answer.data("/posts/nodes/0/body/blocks/0/spans").as_array().expect("a list");
    let links: Vec<&str> = spans.iter().filter_map(|span| span["href"].as_str()).collect();
    assert_eq!(links, ["https://charity.example/posts/sleep", "https://charity.example/there", "#below"]);
}

async fn headings_have_anchors_of_their_own(world: &World) {
    let ada = world.editor("ada").await;
    ada.publishes_post(body("## Get help\n\n### Get *help*\n\n## کمک\n\n## Get help 2")).await;

    let query = "{ posts { nodes { body { html(headingOffset: 1) headings { level anchor plainText } } } } }";
    let answer = world.reader().ask(query).await.expect_ok();

    let heading = |level: u8, anchor: &str, words: &str| json!({ "level": level, "anchor": anchor, "plainText": words });
    assert_eq!(
        *answer.data("/posts/nodes/0/body/headings"),
        json!([
            heading(2, "get-help", "Get help"), heading(3, "get-help-2", "Get help"), heading(2, "khmkh", "کمک"),
            heading(2, "get-help-2-2", "Get help 2"),
        ])
    );
    assert!(answer.text("/posts/nodes/0/body/html").contains("<h3 id=\"get-help\">Get help</h3>"));
}

async fn lists_quotes_and_tables_keep_their_shape(world: &World) {
    let ada = world.editor("ada").await;
    let text = "1. a\n   - b\n\n   c\n\n> d\n>\n> e\n\n| f | g |\n|:-:|--:|\n| h | i |\n\n```\nj\n  k\n```";
    ada.publishes_post(body(text)).await;

    let query = "{ posts { nodes { body { blocks { __typename
        ... on ListBlock { ordered items { spans { text } list { ordered items { spans { text } } } } }
        ... on QuoteBlock { spans { text } } ... on ParagraphBlock { spans { text marks } }
        ... on TableBlock { header { align spans { text } } rows { align spans { text } } } } } } } }";
    let answer = world.reader().ask(query).await.expect_ok();

    let words = |texts: &[&str]| texts.iter().map(|text| json!({ "text": text })).collect::<Vec<_>>();
    let cell = |align: &str, text: &str| json!({ "align": align, "spans": words(&[text]) });
    assert_eq!(
        *answer.data("/posts/nodes/0/body/blocks"),
        json!([
            { "__typename": "ListBlock", "ordered": true, "items": [{
                "spans": words(&["a", "\n", "c"]),
                "list": { "ordered": false, "items": [{ "spans": words(&["b"]) }] },
            }] },
            { "__typename": "QuoteBlock", "spans": words(&["d", "\n", "e"]) },
            { "__typename": "TableBlock", "header": [cell("CENTER", "f"), cell("END", "g")],
              "rows": [[cell("CENTER", "h"), cell("END", "i")]] },
            { "__typename": "ParagraphBlock", "spans": [{ "text": "j\n  k", "marks": ["CODE"] }] },
        ])
    );
}
