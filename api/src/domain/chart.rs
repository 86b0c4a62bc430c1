//! Charts of statistic sets: one model, told as an SVG image, as words, as a table and as CSV.
//!
//! ```text
//! data (what is in sight) ──► Chart::of ──┬─► alt, long_description, columns, rows, csv
//!                                         └─► layout (boxes in pixels) ──► svg (markup)
//! ```
//!
//! Words and numbers are those of the language of the set's words, as in every sentence with a figure in it.

mod csv;
mod data;
mod layout;
mod letters;
mod svg;
#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;

use entity::Decimal;
use entity::statistic::{Qualifier, StatisticUnit};

use super::figure::{Figure, total, written};
use super::message::{Value, Voice};
use super::number::{Measure, formatted};
use super::read::Record;
use super::statistic_set::{StatisticSet, label, sum};
use super::{area, citation};
use crate::app::App;

pub use data::{Shown, shown};

/// How wide a chart may be, in pixels.
pub const WIDTHS: RangeInclusive<i32> = 240..=1600;
/// How wide it is unless asked for otherwise.
pub const WIDTH: i32 = 640;
/// The longest population, in characters, that is told in the alternative text; a longer one is the subtitle's matter.
const MAX_POPULATION: usize = 120;

/// How the parts are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A bar for each part.
    Bar,
    /// A hundred squares, shared among the parts.
    Waffle,
}

/// A chart that can be drawn and told.
pub struct Chart {
    kind: Kind,
    language: String,
    title: String,
    subtitle: String,
    bars: Vec<Bar>,
    about: Option<String>,
    total: Option<String>,
    whole: Option<Decimal>,
    citations: Vec<String>,
    sources: Vec<String>,
    caveats: Vec<Caveat>,
}

/// One part, as it is drawn and told.
struct Bar {
    label: String,
    value: Decimal,
    qualifier: Qualifier,
    lower: Option<Decimal>,
    upper: Option<Decimal>,
    written: String,
    unit: String,
    period: String,
    area: String,
    source: String,
}

/// What is to be borne in mind about all parts, or about one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Caveat {
    /// The label of the part that it is about.
    label: Option<String>,
    words: String,
    /// The language of the words, where that is not the chart's.
    language: Option<String>,
}

/// A line below a chart.
#[derive(Debug, PartialEq, Eq)]
pub struct Note {
    /// Its words.
    pub words: String,
    /// Their language, where that is not the chart's.
    pub language: Option<String>,
}

/// An image and how high it is.
pub struct Image {
    /// The SVG document.
    pub svg: String,
    /// Its height in pixels.
    pub height: i32,
}

impl Chart {
    /// The chart of a set. A waffle is drawn as bars where the parts are not parts of one whole.
    #[must_use]
    pub fn of(set: &Record<StatisticSet>, shown: &[Shown], kind: Kind) -> Self {
        let language = set.name.language.clone();
        let bars: Vec<Bar> = shown.iter().map(|shown| bar(&language, set, shown)).collect();
        let measure = shared(shown.iter().map(|shown| {
            let row = &shown.statistic.row;
            (row.unit, row.per, row.currency.as_deref())
        }));
        let values: Vec<Decimal> = bars.iter().map(|bar| bar.value).collect();
        let whole = measure.and_then(|(unit, ..)| whole(unit, &values, sum(&values)?));
        let kind = if whole.is_none() { Kind::Bar } else { kind };
        let is_share = matches!(measure, Some((StatisticUnit::Percent, ..)));
        let population =
            shared(shown.iter().map(|shown| shown.statistic.text.population.trim_end_matches('.')))
                .filter(|population| is_share && population.chars().count() <= MAX_POPULATION);
        let about = population.map(|population| {
            let place = shared(bars.iter().map(|bar| bar.area.as_str()));
            let period = shared(bars.iter().map(|bar| bar.period.as_str()));
            list(&Voice::of([&language]), [Some(population), place, period].into_iter().flatten())
        });
        let is_told = shown.len() > 1 && set.row.is_complete;
        let total = measure
            .and_then(|_| total(shown.iter().map(|shown| &shown.figure.row)))
            .zip(shown.first())
            .filter(|_| is_told)
            .map(|(total, first)| formatted(&language, total, Measure::of(&first.statistic.row)));
        let sources = || shown.iter().filter_map(|shown| Some((shown.source.as_ref()?, shown)));
        Self {
            kind,
            title: set.name.title.clone(),
            subtitle: set.text.subtitle.clone(),
            about,
            total,
            whole,
            citations: unique(sources().map(|(source, _)| citation::short(source))),
            sources: unique(
                sources().map(|(source, shown)| citation::full(source, shown.figure.row.locator.as_deref())),
            ),
            caveats: caveats(&language, &bars, shown),
            bars,
            language,
        }
    }

    /// What it is, for those who do not see it: kind, parts, what of, where, when and by whom.
    #[must_use]
    pub fn alt(&self) -> String {
        let parts: Vec<String> =
            self.bars.iter().map(|bar| format!("{} {}", bar.label, bar.written)).collect();
        let parts = if parts.is_empty() {
            self.say("chart-nothing", &[])
        } else {
            list(&Voice::of([&self.language]), parts.iter().map(String::as_str))
        };
        let (message, about) = match &self.about {
            Some(about) => ("chart-shares", about.as_str()),
            None => ("chart-parts", self.subtitle.trim_end_matches('.')),
        };
        let told = self.say(message, &[("kind", &self.kind_name()), ("parts", &parts), ("about", about)]);
        match self.source() {
            Some(source) => format!("{told} {source}"),
            None => told,
        }
    }

    /// The same at length: title, measure, every part, their sum, caveats, and the publications in full.
    #[must_use]
    pub fn long_description(&self) -> String {
        let mut sentences = vec![self.title.clone(), self.subtitle.clone(), self.kind_name()];
        sentences.extend(self.bars.iter().map(|bar| format!("{}: {}", bar.label, bar.written)));
        if self.bars.is_empty() {
            sentences.push(self.say("chart-nothing", &[]));
        }
        if let Some(total) = &self.total {
            sentences.push(self.say("chart-total", &[("total", total)]));
        }
        sentences.extend(self.caveats.iter().map(Caveat::told));
        if !self.sources.is_empty() {
            sentences.push(self.say("chart-source", &[("source", &self.sources.join("; "))]));
        }
        let closed = sentences.into_iter().filter(|sentence| !sentence.is_empty()).map(|sentence| {
            if sentence.ends_with(['.', '!', '?', '؟', '…']) { sentence } else { format!("{sentence}.") }
        });
        closed.collect::<Vec<_>>().join(" ")
    }

    /// The head of its table: part, value, period, area, source.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        let heads = ["part", "value", "period", "area", "source"];
        heads.map(|head| self.say(&format!("chart-column-{head}"), &[])).to_vec()
    }

    /// Its table, a row for each part.
    #[must_use]
    pub fn rows(&self) -> Vec<Vec<String>> {
        let cells =
            |bar: &Bar| [&bar.label, &bar.written, &bar.period, &bar.area, &bar.source].map(Clone::clone);
        self.bars.iter().map(|bar| cells(bar).to_vec()).collect()
    }

    /// Its parts by their labels, each with its number.
    pub fn bars(&self) -> impl Iterator<Item = (&str, &str)> {
        self.bars.iter().map(|bar| (bar.label.as_str(), bar.written.as_str()))
    }

    /// What is to be said beside it: caveats, then the publications in short.
    pub fn notes(&self) -> impl Iterator<Item = Note> {
        self.caveats.iter().flat_map(Caveat::notes).chain(self.citations.iter().cloned().map(Note::from))
    }

    /// Its table as CSV (RFC 4180), with plain numbers.
    #[must_use]
    pub fn csv(&self) -> String {
        csv::written(&self.bars)
    }

    /// The image at a width.
    #[must_use]
    pub fn image(&self, width: i32) -> Image {
        let drawing = layout::of(self, width);
        Image { svg: svg::written(self, &drawing), height: drawing.height }
    }

    fn kind_name(&self) -> String {
        match self.kind {
            Kind::Bar => self.say("chart-bar", &[]),
            Kind::Waffle => self.say("chart-waffle", &[]),
        }
    }

    fn source(&self) -> Option<String> {
        let told = || self.say("chart-source", &[("source", &self.citations.join("; "))]);
        (!self.citations.is_empty()).then(told)
    }

    fn say(&self, id: &str, texts: &[(&str, &str)]) -> String {
        let values: Vec<(&str, Value<'_>)> =
            texts.iter().map(|&(name, text)| (name, Value::Text(text))).collect();
        Voice::of([&self.language]).say(id, &values)
    }
}

impl Caveat {
    /// As one text, whatever its language.
    fn told(&self) -> String {
        match &self.label {
            Some(label) => format!("{label}: {}", self.words),
            None => self.words.clone(),
        }
    }

    /// As lines of one language each.
    fn notes(&self) -> Vec<Note> {
        let Self { label, words, language } = self;
        if language.is_none() {
            return vec![self.told().into()];
        }
        let label = label.iter().map(|label| format!("{label}:").into());
        label.chain([Note { words: words.clone(), language: language.clone() }]).collect()
    }
}

impl From<String> for Note {
    fn from(words: String) -> Self {
        Self { words, language: None }
    }
}

/// The members of a list as a sentence has them.
fn list<'a>(voice: &Voice, mut members: impl Iterator<Item = &'a str>) -> String {
    let first = members.next().unwrap_or_default().to_owned();
    members.fold(first, |list, next| {
        voice.say("list-next", &[("list", Value::Text(&list)), ("next", Value::Text(next))])
    })
}

/// Where the chart of a set is served, as an image and as CSV.
#[must_use]
pub fn url(app: &App, set: &Record<StatisticSet>, ending: &str, query: &[(&str, &str)]) -> String {
    let mut url = app.config.public_url.clone();
    let base = url.path().trim_end_matches('/').to_owned();
    url.set_path(&format!("{base}/charts/{}.{ending}", set.name.slug));
    url.query_pairs_mut().extend_pairs(query).append_pair("languages", &set.name.language);
    url.into()
}

fn bar(language: &str, set: &Record<StatisticSet>, shown: &Shown) -> Bar {
    let Shown { part, statistic, figure, source } = shown;
    let (row, measure) = (&figure.row, Measure::of(&statistic.row));
    Bar {
        label: label(&set.text.labels.0, part).unwrap_or(&statistic.name.title).to_owned(),
        value: row.value,
        qualifier: row.qualifier,
        lower: row.lower,
        upper: row.upper,
        written: written(language, row, measure),
        unit: unit(measure),
        period: row.period_label.clone(),
        area: area::local_name(language, row.area_scheme, &row.area_code),
        source: source.as_deref().map(citation::short).unwrap_or_default(),
    }
}

fn unit(measure: Measure<'_>) -> String {
    match (measure.unit, measure.per, measure.currency) {
        (StatisticUnit::Percent, ..) => "%".to_owned(),
        (StatisticUnit::Rate, Some(per), _) => format!("per {per}"),
        (StatisticUnit::Currency, _, Some(code)) => code.to_owned(),
        (unit, ..) => unit.as_str().to_lowercase(),
    }
}

/// What a hundred squares stand for: 100 per cent, or else all parts together. `None` where parts are negative or more than that.
fn whole(unit: StatisticUnit, values: &[Decimal], total: Decimal) -> Option<Decimal> {
    let is_countable = !total.0.is_zero() && values.iter().all(|value| !value.0.is_sign_negative());
    let hundred = rust_decimal::Decimal::ONE_HUNDRED;
    // Parts that were rounded one by one may be half a point too much each.
    let slack = rust_decimal::Decimal::new(5, 1).checked_mul(values.len().into())?;
    match unit {
        StatisticUnit::Percent => {
            let fits = is_countable && total.0 <= hundred.checked_add(slack)?;
            fits.then(|| Decimal(total.0.max(hundred)))
        }
        StatisticUnit::Count | StatisticUnit::Currency => is_countable.then_some(total),
        _ => None,
    }
}

/// What all have in common.
fn shared<T: PartialEq>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.all(|item| item == first).then_some(first)
}

fn unique(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept
}

/// Each caveat once; under its part's label where others have another or none.
fn caveats(language: &str, bars: &[Bar], shown: &[Shown]) -> Vec<Caveat> {
    let caveat = |label: Option<&str>, figure: &Figure| {
        Some(Caveat {
            label: label.map(str::to_owned),
            words: figure.caveat.clone()?,
            language: figure.caveat_language.clone().filter(|own| own != language),
        })
    };
    if let (Some(Some(_)), Some(first)) =
        (shared(shown.iter().map(|shown| shown.figure.caveat.as_ref())), shown.first())
    {
        return caveat(None, &first.figure).into_iter().collect();
    }
    let each = bars.iter().zip(shown);
    each.filter_map(|(bar, shown)| caveat(Some(&bar.label), &shown.figure)).collect()
}
