//! A chart within a text: the picture, and the same as a table for those who do not see it.

use std::fmt::Write;

use super::html::{open_link, other_language};
use super::reading::caption;
use crate::app::App;
use crate::domain::chart::{self, Chart, Note, WIDTH};
use crate::domain::html::escaped;
use crate::domain::message::Voice;
use crate::domain::path;
use crate::domain::read::Record;
use crate::domain::statistic_set::StatisticSet;
use crate::domain::view::Stage;

/// How wide the picture is on a narrow screen, and up to which width a screen is narrow.
const NARROW: i32 = 340;
const NARROW_SCREEN: &str = "(max-width: 30em)";

/// The chart of a set as one `<figure>`, which names the set in `data-chart`. The picture is a file that everybody gets, so
/// that drafts have the table alone.
pub(super) fn chart_html(
    app: &App,
    set: &Record<StatisticSet>,
    chart: &Chart,
    language: Option<&str>,
) -> String {
    let mut html = format!("<figure data-chart=\"{}\"", escaped(&set.name.slug));
    other_language(&mut html, language);
    html.push_str(">\n");
    if set.row.stage == Stage::Published {
        let voice = Voice::of([&set.name.language]);
        let say = |message| escaped(&voice.say(message, &[]));
        picture(&mut html, app, set, chart);
        // Writing into a string does not fail, here and below.
        let _ = writeln!(html, "<details>\n<summary>{}</summary>", say("chart-as-table"));
        table(&mut html, set, chart);
        html.push_str("<p>");
        open_link(&mut html, &chart::url(app, set, "csv", &[]), "", &path::url(app, ""));
        let _ = writeln!(html, ">{}</a></p>\n</details>", say("chart-as-csv"));
    } else {
        table(&mut html, set, chart);
    }
    let notes: Vec<Note> = chart.notes().collect();
    caption(&mut html, notes.iter().map(|note| (note.words.as_str(), note.language.as_deref())));
    html.push_str("</figure>\n");
    html
}

/// The picture in two widths, since the words in a picture shrink with it.
fn picture(html: &mut String, app: &App, set: &Record<StatisticSet>, chart: &Chart) {
    let size = |width: i32| format!("width=\"{width}\" height=\"{}\"", chart.image(width).height);
    let url = |width: i32| escaped(&chart::url(app, set, "svg", &[("width", &width.to_string())]));
    let (narrow, alt) = (url(NARROW), escaped(&chart.alt()));
    let _ = writeln!(
        html,
        "<picture><source media=\"{NARROW_SCREEN}\" srcset=\"{narrow}\" {}>\
         <img src=\"{}\" alt=\"{alt}\" {}></picture>",
        size(NARROW),
        url(WIDTH),
        size(WIDTH),
    );
}

fn table(html: &mut String, set: &Record<StatisticSet>, chart: &Chart) {
    let (title, subtitle) = (escaped(&set.name.title), escaped(&set.text.subtitle));
    let _ = write!(html, "<table>\n<caption>{title}<br>\n{subtitle}</caption>\n<thead>\n<tr>");
    for column in chart.columns() {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escaped(&column));
    }
    html.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in chart.rows() {
        for (index, cell) in row.iter().map(|cell| escaped(cell)).enumerate() {
            let _ = match index {
                0 => write!(html, "<tr><th scope=\"row\">{cell}</th>"),
                _ => write!(html, "<td>{cell}</td>"),
            };
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n");
}
