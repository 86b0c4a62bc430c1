//! Campaigns: hashtags that everybody can read, messages that fit, dates that were announced somewhere.

use std::collections::HashSet;

use entity::campaign::DateStatus;

use super::hashtag::{self, Case};
use super::text::{self, Texts};
use super::{CheckCode, Context, Finding, Needs, is_on_sensitive_topic, topics};
use crate::domain::campaign::Campaign;
use crate::domain::edition::EditionText;
use crate::domain::network;
use crate::store::draft::Draft;

pub(in crate::domain) fn needs(draft: &Draft<Campaign>, needs: &mut Needs) {
    needs.topics.extend(topics(draft));
    for words in draft.words.values() {
        text::needs(words.text.summary.as_deref(), Some(&words.text.body), needs);
    }
    for text in &draft.parts.texts {
        text::needs(text.summary.as_deref(), text.body.as_deref(), needs);
    }
}

pub(in crate::domain) fn find(draft: &Draft<Campaign>, context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (document_id, is_sensitive) = (draft.document.id, is_on_sensitive_topic(draft, context));
    for (language, words) in &draft.words {
        let texts = Texts { document_id, language, within: &[], is_sensitive };
        findings.extend(texts.plain("summary", words.text.summary.as_deref(), context));
        findings.extend(texts.markdown("body", Some(&words.text.body), context));
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
            let within = &["editions", year.as_str()];
            let texts = Texts { document_id, language: &text.language, within, is_sensitive };
            findings.extend(texts.plain("summary", text.summary.as_deref(), context));
            findings.extend(texts.markdown("body", text.body.as_deref(), context));
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
