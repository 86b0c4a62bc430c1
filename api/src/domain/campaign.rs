//! Campaigns: what an editor may say about one, and how that becomes a draft.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use entity::Id;
use entity::campaign::{self, ObservanceKind, occurrence};
use entity::document::NodeKind;
use entity::link::Field;
use serde::Deserialize;
use serde_json::{Value, json};

use super::check::{self, Context, Finding, Needs};
use super::content::{Content, DRAFT};
use super::edit::{Edit, Patch, Reference};
use super::era::start_of_day;
use super::observance::{self, ObservanceInput, Turn};
use super::post::{SeoPatch, apply_seo, seo};
use super::text_reference::{self, Prose};
use super::view::Look;
use super::{edition, global_id, goal, revision, text, value};
use crate::app::App;
pub use crate::store::campaign::Campaign;
use crate::store::draft::{Draft, Words};
use crate::store::noun::{Row, Text};

/// How many years ahead the days of a campaign are reckoned at each save.
const YEARS_AHEAD: i32 = 30;

/// What an input may say about a campaign.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CampaignPatch {
    /// Its name.
    pub name: Patch<String>,
    /// Its slug.
    pub slug: Patch<String>,
    /// One or two sentences.
    pub summary: Patch<String>,
    /// `CommonMark`.
    pub body: Patch<String>,
    /// Who runs it, where that is somebody else.
    pub organiser: Patch<String>,
    /// Their page on it.
    pub organiser_url: Patch<String>,
    /// How it comes round.
    pub observance: Patch<ObservanceInput>,
    /// What it is about.
    #[serde(deserialize_with = "global_id::list_patch")]
    pub topic_ids: Patch<Vec<Reference>>,
    /// The statistics that belong to it.
    #[serde(deserialize_with = "global_id::list_patch")]
    pub statistic_ids: Patch<Vec<Reference>>,
    /// Which channels its readers should see.
    #[serde(deserialize_with = "global_id::list_patch")]
    pub channel_ids: Patch<Vec<Reference>>,
    /// For search engines.
    pub seo: Patch<SeoPatch>,
    /// The importer's own key.
    pub external_reference: Patch<String>,
}

impl Content for Campaign {
    type Patch = CampaignPatch;
    const TITLE: &'static str = "name";

    fn blank_row(id: Id, _: DateTime<Utc>) -> Row<Self> {
        campaign::Model {
            document_id: id,
            stage: DRAFT,
            organiser: None,
            organiser_url: None,
            observance_kind: ObservanceKind::Announced,
            month: None,
            day: None,
            weekday: None,
            nth: None,
            easter_offset: None,
            starts_on: None,
            length_days: 1,
        }
    }

    fn blank_text(id: Id, language: String) -> Text<Self> {
        campaign::text::Model {
            document_id: id,
            stage: DRAFT,
            language,
            summary: None,
            body: String::new(),
            seo_title: None,
            seo_description: None,
        }
    }

    fn apply(edit: &mut Edit, draft: &mut Draft<Self>, patch: CampaignPatch, now: DateTime<Utc>) {
        let CampaignPatch {
            name,
            slug,
            summary,
            body,
            organiser,
            organiser_url,
            observance,
            topic_ids,
            statistic_ids,
            channel_ids,
            seo,
            external_reference,
        } = patch;
        let id = draft.document.id;
        edit.optional(
            "externalReference",
            external_reference,
            &mut draft.document.external_reference,
            |key| text::parse(&key, text::CODE),
        );
        edit.text("organiser", organiser, &mut draft.row.organiser, text::TITLE);
        edit.optional("organiserUrl", organiser_url, &mut draft.row.organiser_url, |url| value::url(&url));
        observance::apply(edit, observance, &mut draft.row);
        reckon(draft, now);
        for (field, name, patch, kind) in [
            (Field::Topics, "topicIds", topic_ids, NodeKind::Topic),
            (Field::Statistics, "statisticIds", statistic_ids, NodeKind::Statistic),
            (Field::Channels, "channelIds", channel_ids, NodeKind::ContactChannel),
        ] {
            edit.links(name, patch, draft.links.entry((id, field)).or_default(), kind);
        }
        if let Some(Words { translation, text: words }) = draft.words.get_mut(edit.language.as_str()) {
            edit.title("name", name, slug, &mut translation.title);
            edit.text("summary", summary, &mut words.summary, text::SUMMARY);
            edit.body("body", body, &mut words.body);
            apply_seo(edit, seo, &mut words.seo_title, &mut words.seo_description);
        }
    }

    fn shared(draft: &Draft<Self>) -> Value {
        let (row, id) = (&draft.row, draft.document.id);
        let linked = |field, kind| revision::linked(draft, id, field, kind);
        json!({
            "organiser": row.organiser,
            "organiserUrl": row.organiser_url,
            "observance": {
                "kind": row.observance_kind,
                "month": row.month,
                "day": row.day,
                "weekday": row.weekday,
                "nth": row.nth,
                "easterOffset": row.easter_offset,
                "startsOn": row.starts_on,
                "lengthDays": row.length_days,
            },
            "topicIds": linked(Field::Topics, NodeKind::Topic),
            "statisticIds": linked(Field::Statistics, NodeKind::Statistic),
            "channelIds": linked(Field::Channels, NodeKind::ContactChannel),
            "editions": edition::told(draft),
        })
    }

    fn worded(text: &Text<Self>) -> Value {
        json!({
            "summary": text.summary,
            "body": text.body,
            "seo": seo(text.seo_title.as_deref(), text.seo_description.as_deref()),
        })
    }

    fn rewrite_parts(
        edit: &mut Edit,
        draft: &mut Draft<Self>,
        content: &Value,
        now: DateTime<Utc>,
    ) -> serde_json::Result<()> {
        edition::rewrite(edit, draft, &content["editions"])?;
        reckon(draft, now);
        Ok(())
    }

    fn keep_facts(present: &Draft<Self>, draft: &mut Draft<Self>) {
        goal::keep_progress(&present.parts.editions, &mut draft.parts.editions);
    }

    fn needs(draft: &Draft<Self>, needs: &mut Needs) {
        check::campaign::needs(draft, needs);
    }

    fn checks(draft: &Draft<Self>, context: &Context<'_>) -> Vec<Finding> {
        check::campaign::find(draft, context)
    }

    fn prose(draft: &Draft<Self>) -> Vec<Prose<'_>> {
        let editions = draft.parts.texts.iter().filter_map(|text| {
            Some(Prose {
                from_id: text.edition_id,
                language: &text.language,
                markdown: text.body.as_deref()?,
            })
        });
        text_reference::own(draft, |words| Some(&words.body)).into_iter().chain(editions).collect()
    }
}

/// Reckons the days that a campaign falls on, from its first edition or else last year until thirty years from now,
/// so that lists ask the database and not the rule.
pub(super) fn reckon(draft: &mut Draft<Campaign>, now: DateTime<Utc>) {
    let editions = &draft.parts.editions;
    let once = draft.row.starts_on.map(|day| day.year());
    let years = || editions.iter().map(|edition| edition.year).chain(once);
    let first = years().chain([now.year() - 1]).min().unwrap_or_default();
    let last = years().chain([now.year() + YEARS_AHEAD]).max().unwrap_or_default();
    let document_id = draft.document.id;
    let mut turns = observance::turns(&draft.row, editions, first..=last);
    turns.sort_by_key(|turn| turn.starts_on);
    // No clock shows a day before this one.
    let mut next_from = NaiveDate::default();
    let rows = turns.into_iter().map(|Turn { starts_on, ends_on, .. }| {
        let row = occurrence::Model { document_id, stage: DRAFT, starts_on, ends_on, next_from };
        // Turns may overlap: the one that began first is the one that is running.
        next_from = next_from.max(ends_on + Days::new(1));
        row
    });
    draft.parts.occurrences = rows.collect();
}

/// The day that a moment falls on in a zone, the site's unless another is asked for: what is made of it holds until the
/// next one begins.
pub fn day_of(app: &App, look: &Look, zone: Option<Tz>) -> NaiveDate {
    let zone = zone.unwrap_or(app.config.time_zone);
    let day = look.at().with_timezone(&zone).date_naive();
    look.until(day.succ_opt().map(|next| start_of_day(next, zone)));
    day
}
