//! Campaigns: hashtags that everybody can read, messages that fit, dates that were announced somewhere.

use std::collections::HashSet;

use entity::campaign::DateStatus;
use entity::link::Field;

use super::hashtag::{self, Case};
use super::text::{self, Text};
use super::{CheckCode, Context, Finding, Needs};
use crate::domain::campaign::Campaign;
use crate::domain::edition::EditionText;
use crate::domain::network;
use crate::store::draft::Draft;

pub(in crate::domain) fn needs(draft: &Draft<Campaign>, needs: &mut Needs) {
    needs.topics.extend(draft.links.get(&(draft.document.id, Field::Topics)).into_iter().flatten());
    for words in draft.words.values() {
        text::needs(&words.text.body, needs);
        text::needs(words.text.summary.as_deref().unwrap_or_default(), needs);
    }
    for text in &draft.parts.texts {
        text::needs(text.body.as_deref().unwrap_or_default(), needs);
        text::needs(text.summary.as_deref().unwrap_or_default(), needs);
    }
}

pub(in crate::domain) fn find(draft: &Draft<Campaign>, context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut topics = draft.links.get(&(draft.document.id, Field::Topics)).into_iter().flatten();
    let is_sensitive = topics.any(|topic| context.facts.sensitive.contains(topic));
    let texts = |language: &str, before: &[&str], summary: Option<&str>, body: Option<&str>| {
        let find = |field, written: Option<&str>, is_markdown| {
            let path = before.iter().copied().chain([field]).collect();
            let written = written.unwrap_or_default();
            text::find(
                &Text { document_id: draft.document.id, language, path, written, is_markdown, is_sensitive },
                context,
            )
        };
        [find("summary", summary, false), find("body", body, true)].concat()
    };
    for (language, words) in &draft.words {
        findings.extend(texts(language, &[], words.text.summary.as_deref(), Some(&words.text.body)));
    }
    for edition in &draft.parts.editions {
        let year = edition.year.to_string();
        if edition.date_status == DateStatus::Confirmed && edition.date_source.is_none() {
            let message =
                format!("Say where the dates of {year} were announced: that is what confirmed means.");
            findings.push(Finding::new(
                CheckCode::SourceRequired,
                &["editions", &year, "dateSource"],
                message,
            ));
        }
        for text in draft.parts.texts.iter().filter(|text| text.edition_id == edition.id) {
            let before = ["editions", year.as_str()];
            findings.extend(texts(&text.language, &before, text.summary.as_deref(), text.body.as_deref()));
            let known = vocabulary(draft, text, context);
            findings.extend(hashtags(&year, text, &known));
            findings.extend(messages(&year, text));
        }
    }
    findings
}

fn hashtags(year: &str, text: &EditionText, known: &HashSet<String>) -> Vec<Finding> {
    let tags = text.hashtags.0.iter().enumerate();
    tags.filter_map(|(index, tag)| {
        let suggestion = match hashtag::wrong(tag, known)? {
            Case::Words(tag) => Some(tag),
            Case::Long => None,
        };
        let message = format!("Begin each word of {tag} with a capital, so that screen readers read words.");
        let path = ["editions", year, "hashtags", &index.to_string()];
        let finding = Finding::new(CheckCode::HashtagCase, &path, message).suggesting(suggestion);
        Some(finding.in_language(&text.language))
    })
    .collect()
}

fn messages(year: &str, text: &EditionText) -> Vec<Finding> {
    let messages = text.share_messages.0.iter().enumerate();
    let too_long = messages.filter_map(|(index, message)| {
        let measure = network::measure(message);
        (!measure.fits()).then(|| {
            let message = format!(
                "This counts {} on {}, which takes {}.",
                measure.length,
                message.network.as_str(),
                measure.limit
            );
            let path = ["editions", year, "shareMessages", &index.to_string(), "text"];
            Finding::new(CheckCode::MessageTooLong, &path, message).in_language(&text.language)
        })
    });
    too_long.collect()
}

/// The words by which a tag can be split: those of the campaign in the language, of all its hashtags that have capitals,
/// and of the list.
fn vocabulary(draft: &Draft<Campaign>, text: &EditionText, context: &Context<'_>) -> HashSet<String> {
    let own = draft.words.get(&text.language).into_iter().flat_map(|words| {
        [Some(&words.translation.title), words.text.summary.as_ref(), Some(&words.text.body)]
    });
    let of_edition = [text.theme.as_ref(), text.summary.as_ref(), text.body.as_ref()];
    let tags = draft.parts.texts.iter().flat_map(|text| &text.hashtags.0);
    let camels = tags.filter(|tag| tag.chars().skip(2).any(char::is_uppercase));
    let texts = own.chain(of_edition).flatten().chain(camels);
    let listed =
        context.wordbook.of(&text.language).into_iter().flat_map(|words| words.hashtag.iter().cloned());
    texts.flat_map(|text| hashtag::words(text)).chain(listed).collect()
}
