//! Services: their texts.

use super::text::{self, Texts};
use super::{Context, Finding, Needs, is_on_sensitive_topic, topics};
use crate::domain::service::Service;
use crate::store::draft::Draft;

pub(in crate::domain) fn needs(draft: &Draft<Service>, needs: &mut Needs) {
    needs.topics.extend(topics(draft));
    for words in draft.words.values() {
        text::needs(words.text.summary.as_deref(), Some(&words.text.body), needs);
    }
}

pub(in crate::domain) fn find(draft: &Draft<Service>, context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_sensitive = is_on_sensitive_topic(draft, context);
    for (language, words) in &draft.words {
        let texts = Texts { document_id: draft.document.id, language, within: &[], is_sensitive };
        findings.extend(texts.plain("summary", words.text.summary.as_deref(), context));
        findings.extend(texts.markdown("body", Some(&words.text.body), context));
    }
    findings
}
