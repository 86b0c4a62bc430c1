//! Posts: what an editor may say about one, and how that becomes a draft.

use chrono::{DateTime, Days, Utc};
use entity::Id;
use entity::document::NodeKind;
use entity::link::Field;
pub use entity::post::ContentNote;
use entity::post::{self, old_path};
use entity::value::List;
use serde::Deserialize;
use serde_json::{Value, json};

use super::check::{self, Context, Finding, Needs};
use super::content::{Content, DRAFT};
use super::edit::{Edit, Patch, Reference};
use super::problem::{Problem, ProblemCode};
use super::service::leaf;
use super::text_reference::{self, Prose};
use super::{global_id, revision, text, value};
use crate::store::draft::{Draft, Words};
use crate::store::noun::{Row, Text};
pub use crate::store::post::Post;
pub use entity::post::{NoteStrength, SensitiveTopic};

/// How long after a save a post is due for review, unless it says otherwise.
const REVIEW_AFTER: Days = Days::new(365);

/// What an input may say about a post.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PostPatch {
    /// Its title.
    pub title: Patch<String>,
    /// Its slug.
    pub slug: Patch<String>,
    /// One or two sentences.
    pub summary: Patch<String>,
    /// `CommonMark`.
    pub body: Patch<String>,
    /// Who wrote it.
    #[serde(deserialize_with = "global_id::list_patch")]
    pub author_ids: Patch<Vec<Reference>>,
    /// What it is about.
    #[serde(deserialize_with = "global_id::list_patch")]
    pub topic_ids: Patch<Vec<Reference>>,
    /// Which campaigns it belongs to.
    #[serde(deserialize_with = "global_id::list_patch")]
    pub campaign_ids: Patch<Vec<Reference>>,
    /// Which channels its readers should see.
    #[serde(deserialize_with = "global_id::list_patch")]
    pub channel_ids: Patch<Vec<Reference>>,
    /// What readers may want to know first.
    pub content_notes: Patch<Vec<ContentNote>>,
    /// A way off the page.
    pub exit_link: Patch<ExitLink>,
    /// When somebody should read it again.
    pub review_due_on: Patch<String>,
    /// For search engines.
    pub seo: Patch<SeoPatch>,
    /// The importer's own key.
    pub external_reference: Patch<String>,
    /// The date shown to readers.
    pub published_at: Patch<String>,
    /// Paths it had elsewhere.
    pub old_paths: Patch<Vec<String>>,
}

/// A way off the page, as an input has it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExitLink {
    /// Where to.
    pub url: String,
    /// What it is called.
    pub label: String,
}

/// What search engines are told, where it differs; absent parts are cleared with the whole.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SeoPatch {
    /// Instead of the title.
    pub title: Option<String>,
    /// Instead of the summary.
    pub description: Option<String>,
}

impl Content for Post {
    type Patch = PostPatch;
    const TITLE: &'static str = "title";

    fn blank_row(id: Id, now: DateTime<Utc>) -> Row<Self> {
        let review_due_on = now.date_naive() + REVIEW_AFTER;
        post::Model { document_id: id, stage: DRAFT, published_at: None, sorted_at: now, review_due_on }
    }

    fn blank_text(id: Id, language: String) -> Text<Self> {
        post::text::Model {
            document_id: id,
            stage: DRAFT,
            language,
            summary: None,
            body: String::new(),
            content_notes: List::default(),
            exit_url: None,
            exit_label: None,
            seo_title: None,
            seo_description: None,
        }
    }

    fn apply(edit: &mut Edit, draft: &mut Draft<Self>, patch: PostPatch, now: DateTime<Utc>) {
        let PostPatch {
            title,
            slug,
            summary,
            body,
            author_ids,
            topic_ids,
            campaign_ids,
            channel_ids,
            content_notes,
            exit_link,
            review_due_on,
            seo,
            external_reference,
            published_at,
            old_paths,
        } = patch;
        let id = draft.document.id;
        edit.optional(
            "externalReference",
            external_reference,
            &mut draft.document.external_reference,
            |key| text::parse(&key, text::CODE),
        );
        edit.optional("publishedAt", published_at, &mut draft.row.published_at, |at| value::instant(&at));
        draft.row.sorted_at = draft.row.published_at.unwrap_or(draft.document.created_at);
        edit.defaulted(
            "reviewDueOn",
            review_due_on,
            &mut draft.row.review_due_on,
            now.date_naive() + REVIEW_AFTER,
            |day| value::date(&day),
        );
        for (field, name, patch, kind) in [
            (Field::Authors, "authorIds", author_ids, NodeKind::Person),
            (Field::Topics, "topicIds", topic_ids, NodeKind::Topic),
            (Field::Campaigns, "campaignIds", campaign_ids, NodeKind::Campaign),
            (Field::Channels, "channelIds", channel_ids, NodeKind::ContactChannel),
        ] {
            edit.links(name, patch, draft.links.entry((id, field)).or_default(), kind);
        }
        apply_old_paths(edit, draft, old_paths);
        if let Some(Words { translation, text: words }) = draft.words.get_mut(edit.language.as_str()) {
            edit.title("title", title, slug, &mut translation.title);
            edit.text("summary", summary, &mut words.summary, text::SUMMARY);
            edit.body("body", body, &mut words.body);
            edit.list("contentNotes", content_notes, &mut words.content_notes.0, content_note);
            apply_exit_link(edit, exit_link, &mut words.exit_url, &mut words.exit_label);
            apply_seo(edit, seo, &mut words.seo_title, &mut words.seo_description);
        }
    }

    fn shared(draft: &Draft<Self>) -> Value {
        let id = draft.document.id;
        let linked = |field, kind| revision::linked(draft, id, field, kind);
        let mut shared = json!({
            "reviewDueOn": draft.row.review_due_on,
            "authorIds": linked(Field::Authors, NodeKind::Person),
            "topicIds": linked(Field::Topics, NodeKind::Topic),
            "campaignIds": linked(Field::Campaigns, NodeKind::Campaign),
            "channelIds": linked(Field::Channels, NodeKind::ContactChannel),
            "oldPaths": draft.parts.0.iter().map(|old| &old.path).collect::<Vec<_>>(),
        });
        // Left out before it has one: a publication dates a draft, and a restored one keeps that date.
        if let Some(at) = draft.row.published_at {
            shared["publishedAt"] = json!(at);
        }
        shared
    }

    fn worded(text: &Text<Self>) -> Value {
        json!({
            "summary": text.summary,
            "body": text.body,
            "contentNotes": text.content_notes,
            "exitLink": exit_link(text.exit_url.as_deref(), text.exit_label.as_deref()),
            "seo": seo(text.seo_title.as_deref(), text.seo_description.as_deref()),
        })
    }

    fn cleared(present: &Draft<Self>, now: DateTime<Utc>) -> Draft<Self> {
        let mut draft = revision::blank(present, now);
        draft.row.published_at = present.row.published_at;
        draft
    }

    fn needs(draft: &Draft<Self>, needs: &mut Needs) {
        check::post::needs(draft, needs);
    }

    fn checks(draft: &Draft<Self>, context: &Context<'_>) -> Vec<Finding> {
        check::post::find(draft, context)
    }

    fn prose(draft: &Draft<Self>) -> Vec<Prose<'_>> {
        text_reference::own(draft, |words| Some(&words.body))
    }
}

fn content_note(note: ContentNote) -> super::edit::Parsed<ContentNote> {
    Ok(ContentNote { text: text::parse(&note.text, text::LINE)?, ..note })
}

fn apply_old_paths(edit: &mut Edit, draft: &mut Draft<Post>, patch: Patch<Vec<String>>) {
    let document_id = draft.document.id;
    let mut paths: Vec<String> = draft.parts.0.iter().map(|old| old.path.clone()).collect();
    edit.list("oldPaths", patch, &mut paths, |path| value::path(&path));
    for (index, path) in paths.iter().enumerate() {
        if paths[..index].contains(path) {
            let problem = Problem::at(
                &["input", "oldPaths", &index.to_string()],
                ProblemCode::Invalid,
                "This is in the list already.",
            );
            edit.problems.push(problem);
        }
    }
    if edit.changed.contains("oldPaths") {
        edit.paths.clone_from(&paths);
    }
    let rows = (0..).zip(paths).map(|(position, path)| old_path::Model {
        stage: DRAFT,
        path,
        document_id,
        position,
    });
    draft.parts.0 = rows.collect();
}

/// An exit link as inputs have it; null where there is none.
pub(super) fn exit_link(url: Option<&str>, label: Option<&str>) -> Value {
    url.zip(label).map_or(Value::Null, |(url, label)| json!({ "url": url, "label": label }))
}

/// URL and label of an exit link, replaced and cleared together.
pub(super) fn apply_exit_link(
    edit: &mut Edit,
    patch: Patch<ExitLink>,
    url: &mut Option<String>,
    label: &mut Option<String>,
) {
    let link = match patch {
        Patch::Absent => return,
        Patch::Clear => None,
        Patch::Set(link) => {
            let url = leaf(edit, &["input", "exitLink", "url"], value::url(&link.url));
            let label = leaf(edit, &["input", "exitLink", "label"], text::parse(&link.label, text::TITLE));
            let (Some(url), Some(label)) = (url, label) else { return };
            Some((url, label))
        }
    };
    let (new_url, new_label) = link.unzip();
    edit.put("exitLink", url, new_url);
    edit.put("exitLink", label, new_label);
}

/// What search engines are told, as inputs have it; null where nothing is.
pub(super) fn seo(title: Option<&str>, description: Option<&str>) -> Value {
    title.or(description).map_or(Value::Null, |_| json!({ "title": title, "description": description }))
}

/// What search engines are told, replaced whole.
pub(super) fn apply_seo(
    edit: &mut Edit,
    patch: Patch<SeoPatch>,
    title: &mut Option<String>,
    description: &mut Option<String>,
) {
    let seo = match patch {
        Patch::Absent => return,
        Patch::Clear => SeoPatch::default(),
        Patch::Set(seo) => seo,
    };
    let mut part = |name, text: Option<String>, kind| match text.filter(|text| !text.trim().is_empty()) {
        Some(text) => leaf(edit, &["input", "seo", name], text::parse(&text, kind)).map(Some),
        None => Some(None),
    };
    let new_title = part("title", seo.title, text::TITLE);
    let new_description = part("description", seo.description, text::SUMMARY);
    let (Some(new_title), Some(new_description)) = (new_title, new_description) else { return };
    edit.put("seo", title, new_title);
    edit.put("seo", description, new_description);
}
