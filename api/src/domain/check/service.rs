//! Services: their texts.

use entity::link::Field;

use super::text::{self, Text};
use super::{Context, Finding, Needs};
use crate::domain::service::Service;
use crate::store::draft::Draft;

pub(in crate::domain) fn needs(draft: &Draft<Service>, needs: &mut Needs) {
    needs.topics.extend(draft.links.get(&(draft.document.id, Field::Topics)).into_iter().flatten());
    for words in draft.words.values() {
        text::needs(&words.text.body, needs);
        text::needs(words.text.summary.as_deref().unwrap_or_default(), needs);
    }
}

pub(in crate::domain) fn find(draft: &Draft<Service>, context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut topics = draft.links.get(&(draft.document.id, Field::Topics)).into_iter().flatten();
    let is_sensitive = topics.any(|topic| context.facts.sensitive.contains(topic));
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
        findings.extend(text("summary", words.text.summary.as_deref().unwrap_or_default(), false));
        findings.extend(text("body", &words.text.body, true));
    }
    findings
}
