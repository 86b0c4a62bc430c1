//! Posts: a sensitive page never goes out without a way to get help, and none grows old unseen.

use entity::link::Field;
use entity::post::{NoteStrength, SensitiveTopic};

use super::text::{self, Text};
use super::tokens::{places, tokens};
use super::{CheckCode, Circumstance, Context, Finding, Needs, overdue};
use crate::domain::post::Post;
use crate::store::draft::Draft;

pub(in crate::domain) fn needs(draft: &Draft<Post>, needs: &mut Needs) {
    needs.topics.extend(draft.links.get(&(draft.document.id, Field::Topics)).into_iter().flatten());
    needs.channels = true;
    for words in draft.words.values() {
        text::needs(&words.text.body, needs);
        text::needs(words.text.summary.as_deref().unwrap_or_default(), needs);
    }
}

pub(in crate::domain) fn find(draft: &Draft<Post>, context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_sensitive = is_sensitive(draft, context);
    if !context.facts.has_channel && (is_sensitive || sounds_sensitive(draft, context)) {
        let message =
            "This is on a sensitive topic, and readers can turn to nobody: publish a contact channel first.";
        let finding = Finding::new(CheckCode::SignpostRequired, &["channelIds"], message);
        findings.push(finding.when(is_sensitive, Circumstance::Sensitive));
    }
    for (language, words) in &draft.words {
        let text = |field, written, is_markdown| {
            text::find(
                &Text {
                    document_id: draft.document.id,
                    language,
                    path: vec![field],
                    written,
                    is_markdown,
                    is_sensitive,
                },
                context,
            )
        };
        findings.extend(text("title", &words.translation.title, false));
        findings.extend(text("summary", words.text.summary.as_deref().unwrap_or_default(), false));
        findings.extend(text("body", &words.text.body, true));
    }
    findings.extend(overdue(draft.row.review_due_on, &["reviewDueOn"], context));
    findings
}

/// Whether one of its topics is marked as sensitive, or a content note says that it looks closely at something.
fn is_sensitive(draft: &Draft<Post>, context: &Context<'_>) -> bool {
    let topics = draft.links.get(&(draft.document.id, Field::Topics));
    let mut notes = draft.words.values().flat_map(|words| &words.text.content_notes.0);
    topics.into_iter().flatten().any(|topic| context.facts.sensitive.contains(topic))
        || notes.any(|note| note.topic != SensitiveTopic::Other && note.strength != NoteStrength::Mentions)
}

/// Whether the name of one of its topics has a word that makes it likely to be sensitive.
fn sounds_sensitive(draft: &Draft<Post>, context: &Context<'_>) -> bool {
    let topics = draft.links.get(&(draft.document.id, Field::Topics)).into_iter().flatten();
    let mut names = topics.filter_map(|topic| context.facts.topic_names.get(topic)).flatten();
    names.any(|name| {
        let tokens = tokens(&name.title);
        let words = context.wordbook.of(&name.language);
        words.is_some_and(|words| words.sensitive.iter().any(|word| places(&tokens, word).next().is_some()))
    })
}
