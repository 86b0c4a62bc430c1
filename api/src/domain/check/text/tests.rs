use std::collections::HashMap;

use chrono::{DateTime, NaiveDate};
use entity::Id;
use entity::document::Model as Document;
use uuid::Uuid;

use super::super::{Facts, Wordbook};
use crate::domain::holidays::Holidays;
use entity::document::NodeKind;

use super::*;

fn document(kind: NodeKind, state: State) -> Document {
    let (id, at) = (Id(Uuid::nil()), DateTime::UNIX_EPOCH);
    Document {
        id,
        node_kind: kind,
        version: 1,
        state,
        published_version: None,
        external_reference: None,
        published_reference: None,
        created_at: at,
        created_by: id,
        saved_at: at,
        saved_by: id,
        updated_at: at,
    }
}

/// What is found in a text, as `CODE place suggestion`.
fn found(language: &str, written: &str) -> Vec<String> {
    let number = |slug: &str, language: &str| ChannelNumber {
        dial_string: "+441632960123".into(),
        slug: slug.into(),
        language: language.into(),
    };
    let address = |kind, slug: &str, state| ((kind, slug.to_owned()), document(kind, state));
    let facts = Facts {
        numbers: vec![number("safe-line", "en"), number("llinell", "cy")],
        addresses: HashMap::from([
            address(NodeKind::Post, "sleep", State::Published),
            address(NodeKind::Post, "draft", State::Draft),
            address(NodeKind::Service, "closed", State::Withdrawn),
            address(NodeKind::Statistic, "women", State::Published),
        ]),
        ..Facts::default()
    };
    let wordbook = Wordbook::shipped();
    let context = Context {
        today: NaiveDate::default(),
        default_language: "en",
        wordbook: &wordbook,
        holidays: &Holidays::shipped(),
        facts: &facts,
    };
    let text = Text {
        document_id: Id(Uuid::from_u128(7)),
        language,
        path: vec!["body"],
        written,
        is_markdown: true,
        is_sensitive: false,
    };
    let told = |finding: Finding| {
        let place = finding.path.last().cloned().unwrap_or_default();
        let suggestion = finding.suggestion.map(|suggestion| format!(" {suggestion}"));
        format!("{} {place}{}", finding.code.as_str(), suggestion.unwrap_or_default())
    };
    find(&text, &context).into_iter().map(told).collect()
}

#[test]
fn a_typed_number_suggests_its_channel_in_the_language_of_the_text() {
    assert_eq!(found("en", "Please call 01632 960123."), ["LOOSE_PHONE_NUMBER 1:13 [[contact:safe-line]]"]);
    assert_eq!(found("cy", "Ffoniwch **01632 960123**"), ["LOOSE_PHONE_NUMBER 1:12 [[contact:llinell]]"]);
    assert_eq!(found("en", "Call 01632 960999."), ["LOOSE_PHONE_NUMBER 1:6"]);
    assert_eq!(
        found("en", "[Ring the Safe team](tel:01632960123)"),
        ["LOOSE_PHONE_NUMBER 1:1 [[contact:safe-line]]"]
    );
    assert_eq!(found("en", "[01632 960123](tel:01632960123)").len(), 1);
    assert_eq!(found("en", "`01632 960123` and [[contact:safe-line]]"), ["BROKEN_REFERENCE 1:20"]);
}

#[test]
fn a_typed_figure_is_told_wherever_it_stands() {
    assert_eq!(
        found("en", "## 72% of victims\n\n- 1 in 4 *women*\n\n> 120 people"),
        ["UNBOUND_FIGURE 1:4", "UNBOUND_FIGURE 3:3", "UNBOUND_FIGURE 5:3"]
    );
    assert_eq!(found("en", "`72%`\n\n```\n72% of victims\n```"), [""; 0]);
    assert_eq!(found("en", "| who | share |\n|---|---|\n| women | 72% |"), ["UNBOUND_FIGURE 3:11"]);
}

#[test]
fn a_link_says_where_it_leads() {
    for text in ["Click here to find out more", "here", "Read **more**", "this page"] {
        let link = format!("See [{text}](https://example.org).");
        assert_eq!(found("en", &link), ["VAGUE_LINK_TEXT 1:5"], "{text}");
    }
    for text in ["cliciwch yma", "Darllenwch fwy am hyn"] {
        let link = format!("[{text}](https://example.org)");
        let expected = if text == "cliciwch yma" { vec!["VAGUE_LINK_TEXT 1:1"] } else { vec![] };
        assert_eq!(found("cy", &link), expected, "{text}");
    }
    assert_eq!(found("en", "[Signs of trafficking](https://example.org)"), [""; 0]);
    assert_eq!(found("fa", "[here](https://example.org)"), [""; 0]);
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    assert_eq!(found("en", "## Signs\n\n#### What you may see"), ["HEADING_SKIPPED 3:1 ###"]);
    assert_eq!(found("en", "### Signs"), ["HEADING_SKIPPED 1:1 ##"]);
    assert_eq!(found("en", "# Signs\n\n## One\n\n### Two\n\n## Three"), [""; 0]);
}

#[test]
fn words_to_avoid_are_told_with_their_alternative() {
    assert_eq!(
        found("en", "They called her a *Child*\nprostitute."),
        ["LANGUAGE_TO_AVOID 1:20 child who has been sexually exploited"]
    );
    assert_eq!(found("cy", "Cyflawnodd hunanladdiad"), ["LANGUAGE_TO_AVOID 1:1 marw trwy hunanladdiad"]);
    assert_eq!(found("en", "A childish prostitute-like word"), [""; 0]);
}

#[test]
fn references_lead_to_something_that_readers_see() {
    for (text, told) in [
        ("[[post:sleep]]", ""),
        ("See [[post:draft|this]]", "REFERENCE_NOT_PUBLISHED 1:5"),
        ("[[service:closed]]", "REFERENCE_NOT_PUBLISHED 1:1"),
        ("One\n\nTwo [[statistic:no-such]]", "BROKEN_REFERENCE 3:5"),
        ("[[statistic:women@2016]]", "BROKEN_REFERENCE 1:1"),
        ("[[statistic:women]]", ""),
        ("[[leaflet:any]]", "BROKEN_REFERENCE 1:1"),
        ("[[campaign:sleep]]", "BROKEN_REFERENCE 1:1"),
    ] {
        assert_eq!(found("en", text).join("|"), told, "{text}");
    }
}
