//! The site's own settings that editors change: who publishes, the channels of last resort, the way off any page.

use entity::Id;
use entity::change::Action;
use entity::document::{Model as Document, NodeKind, State};
pub use entity::site::Model as Settings;
use entity::site::Model;
pub use entity::site::Registration;
use entity::value::List;
use serde_json::{Value, json};

use super::access::{self, Right};
use super::edit::{Edit, Parsed, Patch, Reference, missing};
use super::post::{ExitLink, apply_exit_link, exit_link};
use super::problem::ProblemCode;
use super::revision::{self, Deed};
use super::save::SaveError;
use super::view::View;
use super::{global_id, text, value};
use crate::app::App;
pub use crate::store::change::content_version;
use crate::store::change::{self, NewChange};
use crate::store::{Db, StoreError, site};

/// The id of the site's document: there is one, and it is always the same.
pub const ID: Id = site::ID;

/// What an input may say about the site.
#[derive(Default)]
pub struct SitePatch {
    /// Channels shown where content, campaign and topic name none.
    pub channel_ids: Patch<Vec<Reference>>,
    /// The way off any page.
    pub exit_link: Patch<ExitLink>,
    /// Who publishes.
    pub organisation_name: Patch<String>,
    /// Their page.
    pub organisation_url: Patch<String>,
    /// Where they are registered.
    pub registrations: Patch<Vec<Registration>>,
}

/// The settings, blank where nobody has said anything yet.
///
/// # Errors
/// The database's.
pub async fn find(db: &Db) -> Result<Model, StoreError> {
    Ok(site::find(db).await?.unwrap_or_else(blank))
}

fn blank() -> Model {
    Model {
        document_id: ID,
        organisation_name: None,
        organisation_url: None,
        registrations: List::default(),
        exit_url: None,
        exit_label: None,
    }
}

/// Changes the settings; readers see them at once.
///
/// # Errors
/// Denied, or all that is wrong with the input.
pub async fn update(app: &App, db: &Db, view: &View, patch: SitePatch) -> Result<(), SaveError> {
    let viewer = access::require(view.viewer.as_ref(), Right::Administer)?;
    let now = app.now();
    let tx = db.begin().await?;
    let (before, mut document) = site::lock(&tx).await?;
    let mut row = before.unwrap_or_else(blank);
    let mut channels = site::channels(&tx).await?;
    let mut edit = Edit::new(app.config.languages[0].clone());
    apply(&mut edit, patch, &mut row, &mut channels);
    let ids: Vec<Id> = edit.references.iter().map(|(_, _, id)| *id).collect();
    let known = crate::store::draft::existing(&tx, &ids).await?;
    for (path, kind, id) in std::mem::take(&mut edit.references) {
        if !known.iter().any(|document| document.id == id && document.node_kind == kind) {
            edit.problems.push(missing(path, kind));
        }
    }
    if !edit.problems.is_empty() {
        return Err(SaveError::Problems(edit.problems));
    }
    let version = document.as_ref().map_or(1, |document| document.version + 1);
    let document = document.take().unwrap_or(Document {
        id: ID,
        node_kind: NodeKind::Site,
        version,
        state: State::Published,
        published_version: None,
        external_reference: None,
        published_reference: None,
        created_at: now,
        created_by: viewer.actor_id,
        saved_at: now,
        saved_by: viewer.actor_id,
        updated_at: now,
    });
    let document = Document {
        version,
        published_version: Some(version),
        saved_at: now,
        saved_by: viewer.actor_id,
        updated_at: now,
        ..document
    };
    site::write(&tx, &document, &row, &channels).await?;
    let fields = edit.changed.into_iter().map(str::to_owned).collect();
    let deed = Deed { action: Action::Saved, fields, note: None, actor_id: viewer.actor_id };
    revision::keep(app, &tx, &document, &content(&row, &channels), &deed).await?;
    let change = NewChange {
        document_id: Some(ID),
        node_kind: Some(NodeKind::Site),
        action: deed.action,
        version: Some(version),
        // What changes nothing is seen by nobody.
        is_public: !deed.fields.is_empty(),
        fields: deed.fields,
        reason: deed.note,
        actor_id: deed.actor_id,
        at: now,
    };
    change::append(&tx, change).await?;
    Ok(tx.commit().await?)
}

/// What inputs would say to make the settings what they are.
fn content(row: &Model, channels: &[Id]) -> Value {
    json!({
        "channelIds": global_id::all(NodeKind::ContactChannel, channels),
        "exitLink": exit_link(row.exit_url.as_deref(), row.exit_label.as_deref()),
        "organisationName": row.organisation_name,
        "organisationUrl": row.organisation_url,
        "registrations": row.registrations,
    })
}

fn apply(edit: &mut Edit, patch: SitePatch, row: &mut Model, channels: &mut Vec<Id>) {
    let SitePatch { channel_ids, exit_link, organisation_name, organisation_url, registrations } = patch;
    edit.links("channelIds", channel_ids, channels, NodeKind::ContactChannel);
    apply_exit_link(edit, exit_link, &mut row.exit_url, &mut row.exit_label);
    edit.text("organisationName", organisation_name, &mut row.organisation_name, text::TITLE);
    edit.optional("organisationUrl", organisation_url, &mut row.organisation_url, |url| value::url(&url));
    edit.list("registrations", registrations, &mut row.registrations.0, registration);
}

/// Scheme `GB-CHC` and a number as the register writes it.
fn registration(input: Registration) -> Parsed<Registration> {
    let scheme = text::parse(&input.scheme, text::CODE)?;
    if !scheme.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-') {
        return Err((
            ProblemCode::Invalid,
            "A scheme has capital letters, digits and hyphens, such as GB-CHC (org-id.guide).".into(),
        ));
    }
    Ok(Registration { scheme, number: text::parse(&input.number, text::CODE)? })
}
