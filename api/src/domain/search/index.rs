//! Which words of which content are indexed: those that readers see.

use entity::document::{NodeKind, State};
use entity::{Id, translation};

use super::words::words;
use crate::app::App;
use crate::domain::contents::KINDS;
use crate::domain::figure::written;
use crate::domain::number::Measure;
use crate::domain::rich_text::{OwnWords, Reading, RichText};
use crate::domain::statement::Pattern;
use crate::domain::text_reference;
use crate::domain::view::{Moment, Scope, Stage};
use crate::store::noun::{Noun, Row, Text};
use crate::store::search::{self as store, Entry};
use crate::store::{StoreError, Tx, draft};
use crate::store::{campaign, contact_channel, post, service, statistic, statistic_set};

/// The longest text that is kept for snippets, in characters.
const MAX_TEXT: usize = 100_000;

/// Brings the index up to date with what the transaction has done to a document, and to those whose text shows something of it.
///
/// # Errors
/// The database's, here and below.
pub async fn refresh(app: &App, tx: &Tx, kind: NodeKind, id: Id) -> Result<(), StoreError> {
    index(app, tx, kind, id).await?;
    for (kind, id) in store::referring(tx, id).await? {
        index(app, tx, kind, id).await?;
    }
    Ok(())
}

/// Makes the whole index anew; how many documents are in it.
pub async fn rebuild(app: &App) -> Result<usize, StoreError> {
    let tx = app.db.begin().await?;
    store::clear(&tx).await?;
    let published = store::published(&tx, &KINDS).await?;
    // Nothing is looked for among what was just added: PostgreSQL made its plan for that while there was nothing, and would
    // walk through all of it each time.
    for &(kind, id) in &published {
        store::add(&tx, kind, id, &entries(app, &tx, kind, id).await?).await?;
    }
    tx.commit().await?;
    Ok(published.len())
}

async fn index(app: &App, tx: &Tx, kind: NodeKind, id: Id) -> Result<(), StoreError> {
    if !KINDS.contains(&kind) {
        return Ok(());
    }
    let is_seen = draft::existing(tx, &[id]).await?.iter().any(|document| document.state == State::Published);
    let entries = if is_seen { entries(app, tx, kind, id).await? } else { Vec::new() };
    store::put(tx, kind, id, &entries).await
}

async fn entries(app: &App, tx: &Tx, kind: NodeKind, id: Id) -> Result<Vec<Entry>, StoreError> {
    match kind {
        NodeKind::Post => {
            of::<post::Post>(app, tx, id, |_, _, text| {
                (summary(text.summary.as_ref()), Body::Markdown(text.body.clone()))
            })
            .await
        }
        NodeKind::Campaign => {
            of::<campaign::Campaign>(app, tx, id, |_, _, text| {
                (summary(text.summary.as_ref()), Body::Markdown(text.body.clone()))
            })
            .await
        }
        NodeKind::Service => {
            of::<service::Service>(app, tx, id, |_, _, text| {
                (summary(text.summary.as_ref()), Body::Markdown(text.body.clone()))
            })
            .await
        }
        NodeKind::StatisticSet => {
            // Its labels are of parts that readers may not see.
            of::<statistic_set::StatisticSet>(app, tx, id, |_, _, text| {
                (text.subtitle.clone(), Body::Plain(String::new()))
            })
            .await
        }
        NodeKind::ContactChannel => {
            of::<contact_channel::ContactChannel>(app, tx, id, |row, _, text| {
                (row.display.clone(), Body::Plain(text.safety_notes.0.join("\n")))
            })
            .await
        }
        NodeKind::Statistic => {
            let figures = store::newest_figures(tx, id).await?;
            of::<statistic::Statistic>(app, tx, id, |row, translation, text| {
                let pattern =
                    text.statement_pattern.as_deref().and_then(|pattern| Pattern::parse(pattern).ok());
                let statements = figures.iter().map(|figure| {
                    let written = written(&translation.language, figure, Measure::of(row));
                    pattern.as_ref().map_or(written.clone(), |pattern| {
                        pattern.fill(&translation.language, figure.value, &written)
                    })
                });
                let statements: Vec<String> = statements.collect();
                (
                    text.definition.clone(),
                    Body::Plain(format!("{}\n{}", statements.join("\n"), text.population)),
                )
            })
            .await
        }
        _ => Ok(Vec::new()),
    }
}

/// What is searched after title and summary.
enum Body {
    Plain(String),
    /// With references, which are found by what they show.
    Markdown(String),
}

/// The entries of a document; `words` says its summary and the rest.
async fn of<N: Noun>(
    app: &App,
    tx: &Tx,
    id: Id,
    words_of: impl Fn(&Row<N>, &translation::Model, &Text<N>) -> (String, Body),
) -> Result<Vec<Entry>, StoreError> {
    let Some((row, texts)) = store::published_words::<N>(tx, id).await? else { return Ok(Vec::new()) };
    let mut entries = Vec::with_capacity(texts.len());
    for (translation, text) in &texts {
        let (summary, body) = words_of(&row, translation, text);
        let language = translation.language.clone();
        let body = match body {
            Body::Plain(body) => body,
            Body::Markdown(markdown) => rendered(app, tx, id, &language, &markdown).await?,
        };
        let stems = |text: &str| words(&language, text).map(|(_, word)| word).collect();
        entries.push(Entry {
            words: [stems(&translation.title), stems(&summary), stems(&body)],
            title: translation.title.clone(),
            text: format!("{summary}\n\n{body}").trim().chars().take(MAX_TEXT).collect(),
            language,
        });
    }
    Ok(entries)
}

fn summary(summary: Option<&String>) -> String {
    summary.cloned().unwrap_or_default()
}

/// A text in plain words, as readers of its language read it now.
async fn rendered(app: &App, tx: &Tx, id: Id, language: &str, markdown: &str) -> Result<String, StoreError> {
    let text = RichText::parse(markdown);
    if text.references().is_empty() {
        return Ok(text.plain_text(&OwnWords));
    }
    let languages: Vec<String> = [language, app.config.languages[0].as_str()].map(str::to_owned).to_vec();
    let scope = Scope::new(Stage::Published, languages.into(), Moment::new(app.now()));
    let targets = text_reference::targets(tx, &scope, (id, language.to_owned()), &text).await?;
    Ok(text.plain_text(&Reading { app, language, wish: language, targets: &targets }))
}
