//! What references show, once what they lead to is known.

use std::borrow::Cow;
use std::fmt::Write;

use super::chart::chart_html;
use super::html::{open_link, other_language, paragraph};
use super::targets::{Target, Targets};
use super::{Reference, Show, Shown};
use crate::app::App;
use crate::domain::chart::{self, Chart};
use crate::domain::contact;
use crate::domain::contact_channel::{ChannelKind, ContactChannel};
use crate::domain::figure::{self, Figure};
use crate::domain::html::escaped;
use crate::domain::number::Measure;
use crate::domain::read::{Name, Noun, Record};
use crate::domain::statistic::{Statistic, sentence};
use crate::domain::statistic_set::StatisticSet;
use crate::domain::{citation, path};

/// A text as one reader reads it. A reference to what is out of sight shows the words that the editor gave, or nothing.
pub struct Reading<'a> {
    /// For paths and the site's origin.
    pub app: &'a App,
    /// The language of the text.
    pub language: &'a str,
    /// The language in which numbers are written: the first one asked for.
    pub wish: &'a str,
    /// What its references lead to.
    pub targets: &'a Targets,
}

impl Show for Reading<'_> {
    fn span(&self, reference: &Reference) -> Shown {
        let own = || Shown::words(reference.text.clone().unwrap_or_default());
        let Some(target) = self.targets.find(reference) else { return own() };
        match target {
            Target::Statistic(statistic, figure) => {
                self.number(statistic, figure, reference.period.is_some())
            }
            Target::Contact(channel) => {
                let (text, is_number) = shown_value(channel);
                let given = reference.text.clone();
                let is_number = is_number && given.is_none();
                let href = contact::action_url(&channel.row);
                let is_label = !has_value(channel) && given.is_none();
                let language = is_label.then(|| self.other(&channel.name)).flatten();
                Shown { text: given.unwrap_or_else(|| text.into_owned()), href, language, is_number }
            }
            Target::Campaign(campaign) => self.page(campaign, reference),
            Target::Service(service) => self.page(service, reference),
            Target::Post(post) => self.page(post, reference),
            Target::Chart(set) if reference.text.is_none() => {
                let language = self.other(&set.name);
                Shown { language, ..Shown::words(set.name.title.clone()) }
            }
            Target::Chart(_) => own(),
        }
    }

    fn block_html(&self, reference: &Reference) -> String {
        match self.targets.find(reference) {
            Some(Target::Statistic(statistic, figure)) => self.statistic_html(statistic, figure, reference),
            Some(Target::Contact(channel)) => self.contact_html(channel, reference),
            Some(Target::Chart(set)) => self.chart_html(set),
            Some(Target::Campaign(_) | Target::Service(_) | Target::Post(_)) => {
                let shown = self.span(reference);
                let mut html = "<p>".to_owned();
                self.link(&mut html, shown.href.as_deref(), shown.language.as_deref(), &shown.text);
                html.push_str("</p>\n");
                html
            }
            None => paragraph(reference.text.as_deref().unwrap_or_default()),
        }
    }

    fn block_text(&self, reference: &Reference) -> String {
        match self.targets.find(reference) {
            Some(Target::Statistic(statistic, figure)) => {
                let citation = self.targets.source(figure).map(citation::short);
                let said = said(statistic, figure, reference.period.is_some());
                [Some(said), figure.caveat.clone(), citation]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join("\n")
            }
            Some(Target::Contact(channel)) => {
                let label = reference.text.as_deref().unwrap_or(&channel.name.title);
                format!("{label}: {}", contact::shown(&channel.row))
            }
            Some(Target::Chart(set)) => self.chart_text(set),
            _ => self.span(reference).text,
        }
    }
}

impl Reading<'_> {
    /// A figure and how exact it is; of another period than the latest, with that.
    fn number(&self, statistic: &Record<Statistic>, figure: &Figure, is_pinned: bool) -> Shown {
        let write = |language| figure::written(language, &figure.row, Measure::of(&statistic.row));
        let text = write(self.wish);
        // Most languages of a site write a number alike.
        let language =
            (self.wish != self.language && text != write(self.language)).then(|| self.wish.to_owned());
        Shown { text: with_period(text, figure, is_pinned), language, ..Shown::default() }
    }

    /// A link to the page of something: in the editor's words, or else by its title.
    fn page<N: Noun>(&self, record: &Record<N>, reference: &Reference) -> Shown {
        let words = &record.name;
        let href = path::of(self.app, N::KIND, &words.language, &words.slug);
        match &reference.text {
            Some(text) => Shown { href, ..Shown::words(text.clone()) },
            None => Shown { href, language: self.other(words), ..Shown::words(words.title.clone()) },
        }
    }

    /// The language of words that are not in the text's.
    fn other(&self, words: &Name) -> Option<String> {
        (words.language != self.language).then(|| words.language.clone())
    }

    fn link(&self, html: &mut String, href: Option<&str>, language: Option<&str>, words: &str) {
        match href {
            Some(href) => open_link(html, href, "", path::url(self.app, "").as_str()),
            None => html.push_str("<span"),
        }
        other_language(html, language);
        let end = if href.is_some() { "a" } else { "span" };
        // Writing into a string does not fail, here and below.
        let _ = write!(html, ">{}</{end}>", escaped(words));
    }

    fn statistic_html(
        &self,
        statistic: &Record<Statistic>,
        figure: &Figure,
        reference: &Reference,
    ) -> String {
        let mut html = "<figure".to_owned();
        other_language(&mut html, self.other(&statistic.name).as_deref());
        let _ = writeln!(html, ">\n<p>{}</p>", escaped(&said(statistic, figure, reference.period.is_some())));
        let language = figure.caveat_language.as_deref().filter(|&own| own != statistic.name.language);
        let caveat = figure.caveat.as_deref().map(|caveat| (caveat, language));
        let citation = self.targets.source(figure).map(citation::short);
        caption(&mut html, caveat.into_iter().chain(citation.as_deref().map(|citation| (citation, None))));
        html.push_str("</figure>\n");
        html
    }

    /// A channel's label and the way to it; never whether somebody answers now, since this may be kept.
    fn contact_html(&self, channel: &Record<ContactChannel>, reference: &Reference) -> String {
        let mut html = "<p><strong".to_owned();
        let label = reference.text.as_ref().unwrap_or(&channel.name.title);
        if reference.text.is_none() {
            other_language(&mut html, self.other(&channel.name).as_deref());
        }
        let _ = write!(html, ">{}</strong>: ", escaped(label));
        match contact::action_url(&channel.row) {
            Some(href) => open_link(&mut html, &href, "", path::url(self.app, "").as_str()),
            None => html.push_str("<span"),
        }
        if is_number(channel) {
            html.push_str(" dir=\"ltr\"");
        }
        let end = if contact::action_url(&channel.row).is_some() { "a" } else { "span" };
        let _ =
            writeln!(html, ">{}</{end}></p>", escaped(&contact::shown(&channel.row)).replace('\n', "<br>\n"));
        html
    }

    fn chart_html(&self, set: &Record<StatisticSet>) -> String {
        chart_html(self.app, set, &self.chart(set), self.other(&set.name).as_deref())
    }

    fn chart_text(&self, set: &Record<StatisticSet>) -> String {
        let chart = self.chart(set);
        let mut lines = vec![set.name.title.clone(), set.text.subtitle.clone()];
        lines.extend(chart.bars().map(|(label, number)| format!("{label}\t{number}")));
        lines.extend(chart.notes().map(|note| note.words));
        lines.join("\n")
    }

    fn chart(&self, set: &Record<StatisticSet>) -> Chart {
        Chart::of(set, &self.targets.drawn(set).collect::<Vec<_>>(), chart::Kind::Bar)
    }
}

/// The sentence of a statistic with a figure in it, or else its name and the number; both in the language of the words.
fn said(statistic: &Record<Statistic>, figure: &Figure, is_pinned: bool) -> String {
    let words = &statistic.name;
    let said = sentence(statistic, &figure.row).unwrap_or_else(|| {
        let number = figure::written(&words.language, &figure.row, Measure::of(&statistic.row));
        format!("{}: {number}", words.title)
    });
    with_period(said, figure, is_pinned)
}

/// What is pinned to another period than the latest says which: `49% (2016)`.
fn with_period(said: String, figure: &Figure, is_pinned: bool) -> String {
    if is_pinned && !figure.row.is_latest { format!("{said} ({})", figure.row.period_label) } else { said }
}

/// What stands below a figure or chart, a line each, with its language where that is another than the figure's.
pub(super) fn caption<'a>(html: &mut String, lines: impl Iterator<Item = (&'a str, Option<&'a str>)>) {
    let line = |(words, language): (_, Option<&str>)| match language {
        Some(_) => {
            let mut line = "<span".to_owned();
            other_language(&mut line, language);
            let _ = write!(line, ">{}</span>", escaped(words));
            line
        }
        None => escaped(words),
    };
    let lines: Vec<String> = lines.map(line).collect();
    if !lines.is_empty() {
        let _ = writeln!(html, "<figcaption>{}</figcaption>", lines.join("<br>\n"));
    }
}

/// Whether a channel's own value can stand in a sentence; pages are called by the label.
fn has_value(channel: &Record<ContactChannel>) -> bool {
    !matches!(channel.row.channel_kind, ChannelKind::Webchat | ChannelKind::WebForm | ChannelKind::Video)
}

fn is_number(channel: &Record<ContactChannel>) -> bool {
    contact::is_number(channel.row.channel_kind)
}

/// What stands for a channel in a sentence, and whether that is a number.
fn shown_value(channel: &Record<ContactChannel>) -> (Cow<'_, str>, bool) {
    if has_value(channel) {
        (contact::shown(&channel.row), is_number(channel))
    } else {
        (Cow::Borrowed(&channel.name.title), false)
    }
}
