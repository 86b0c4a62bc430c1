//! Statistics: every figure can be looked up, and every sentence says whom it is about.

use entity::source::SourceKind;

use super::{CheckCode, Circumstance, Context, Finding, Needs, overdue, population};
use crate::domain::statistic::Statistic;
use crate::store::draft::Draft;

pub(in crate::domain) fn needs(draft: &Draft<Statistic>, needs: &mut Needs) {
    needs.sources.extend(draft.parts.figures.iter().map(|figure| figure.source_id));
}

pub(in crate::domain) fn find(draft: &Draft<Statistic>, context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let figures = &draft.parts.figures;
    if figures.is_empty() {
        let message = "There is no figure yet, and so no source: add one before readers look for it.";
        findings.push(Finding::new(CheckCode::SourceRequired, &["figures"], message));
    }
    for figure in figures {
        if !context.facts.sources.contains_key(&figure.source_id) {
            let message = format!("Say where the figure of {} is from.", figure.period_label);
            let path = ["figures", &figure.period_label, "sourceId"];
            let finding = Finding::new(CheckCode::SourceRequired, &path, message);
            findings.push(finding.when(true, Circumstance::Figure));
        }
        let is_report = context.facts.sources.get(&figure.source_id).is_some_and(|kind| is_report(*kind));
        if is_report && figure.locator.is_none() {
            let message = format!(
                "Say where in its source the figure of {} is: a page, a table or a figure number.",
                figure.period_label
            );
            let path = ["figures", &figure.period_label, "locator"];
            findings.push(Finding::new(CheckCode::LocatorRequired, &path, message));
        }
    }
    for (language, words) in &draft.words {
        let Some(pattern) = &words.text.statement_pattern else { continue };
        let missing = population::missing(language, &words.text.population, pattern);
        if !missing.is_empty() {
            let message = format!(
                "The sentence does not name the population, \"{}\": it lacks {}.",
                words.text.population,
                missing.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
            );
            let finding = Finding::new(CheckCode::PopulationMissing, &["statement"], message);
            findings.push(finding.in_language(language));
        }
    }
    findings.extend(overdue(draft.row.review_due_on, &["figures"], context));
    findings
}

/// Publications that have pages or tables to point at. Records, the press and the rest may be short, or no document.
fn is_report(kind: SourceKind) -> bool {
    match kind {
        SourceKind::OfficialStatistics
        | SourceKind::InternationalBody
        | SourceKind::PeerReviewed
        | SourceKind::CharityResearch
        | SourceKind::Survey => true,
        SourceKind::AdministrativeData | SourceKind::Media | SourceKind::Other => false,
    }
}
