//! Posts: a sensitive page never goes out without a way to get help, and none grows old unseen.

use entity::post::{NoteStrength, SensitiveTopic};

use super::text::{self, Texts};
use super::tokens::{places, tokens};
use super::{CheckCode, Circumstance, Context, Finding, Needs, is_on_sensitive_topic, overdue, topics};
use crate::domain::post::Post;
use crate::store::draft::Draft;

pub(in crate::domain) fn needs(draft: &Draft<Post>, needs: &mut Needs) {
    needs.topics.extend(topics(draft));
    needs.channels = true;
    for words in draft.words.values() {
        text::needs(words.text.summary.as_deref(), Some(&words.text.body), needs);
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
        let texts = Texts { document_id: draft.document.id, language, within: &[], is_sensitive };
        findings.extend(texts.plain("title", Some(&words.translation.title), context));
        findings.extend(texts.plain("summary", words.text.summary.as_deref(), context));
        findings.extend(texts.markdown("body", Some(&words.text.body), context));
    }
    findings.extend(overdue(draft.row.review_due_on, &["reviewDueOn"], context));
    findings
}

/// Whether one of its topics is marked as sensitive, or a content note says that it looks closely at something.
fn is_sensitive(draft: &Draft<Post>, context: &Context<'_>) -> bool {
    let mut notes = draft.words.values().flat_map(|words| &words.text.content_notes.0);
    is_on_sensitive_topic(draft, context)
        || notes.any(|note| note.topic != SensitiveTopic::Other && note.strength != NoteStrength::Mentions)
}

/// Whether the name of one of its topics has a word that makes it likely to be sensitive.
fn sounds_sensitive(draft: &Draft<Post>, context: &Context<'_>) -> bool {
    let mut names = topics(draft).filter_map(|topic| context.facts.topic_names.get(topic)).flatten();
    names.any(|name| {
        let tokens = tokens(&name.title);
        let words = context.wordbook.of(&name.language);
        words.is_some_and(|words| words.sensitive.iter().any(|word| places(&tokens, word).next().is_some()))
    })
}
