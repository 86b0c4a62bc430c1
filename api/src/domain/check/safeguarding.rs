//! Safeguarding: what could hurt somebody goes to readers only after a second person has signed it off.

use std::collections::HashMap;

use entity::Id;
use entity::document::{Model as Document, NodeKind, Stage};

use super::{CheckCode, Finding};
use crate::store::workflow::{alerts, on_sensitive_topic, signed_off, with_content_notes};
use crate::store::{Connection, StoreError};

/// Why a document must be signed off.
#[derive(Clone, Copy)]
enum Why {
    SensitiveTopic,
    ContentNote,
    Channel,
    Alert,
}

/// Which of some documents of a kind nobody has signed off at the version they have, although somebody must: whatever is
/// on a sensitive topic or has a content note, at any stage; channels and alerts that are new or changed at this one.
pub(super) async fn find<C: Connection>(
    db: &C,
    kind: NodeKind,
    stage: Stage,
    documents: &[Document],
) -> Result<HashMap<Id, Finding>, StoreError> {
    let ids: Vec<Id> = documents.iter().map(|document| document.id).collect();
    let signed_off = signed_off(db, &ids).await?;
    let is_unsigned = |document: &&Document| !signed_off.contains(&(document.id, document.version));
    let documents: Vec<&Document> = documents.iter().filter(is_unsigned).collect();
    let mut whys = on_own_account(db, kind, stage, &documents).await?;
    let on_topics = on_sensitive_topic(db, &ids).await?;
    whys.extend(on_topics.into_iter().map(|id| (id, Why::SensitiveTopic)));
    let unsigned = documents.iter().filter_map(|document| Some((document.id, whys.get(&document.id)?)));
    Ok(unsigned.map(|(id, why)| (id, finding(*why))).collect())
}

/// What of some documents must be signed off whatever their topics are.
async fn on_own_account<C: Connection>(
    db: &C,
    kind: NodeKind,
    stage: Stage,
    documents: &[&Document],
) -> Result<HashMap<Id, Why>, StoreError> {
    let ids: Vec<Id> = documents.iter().map(|document| document.id).collect();
    Ok(match kind {
        NodeKind::Post => {
            with_content_notes(db, &ids).await?.into_iter().map(|id| (id, Why::ContentNote)).collect()
        }
        NodeKind::ContactChannel => {
            let is_changed = |document: &&&Document| document.published_version != Some(document.version);
            documents.iter().filter(is_changed).map(|document| (document.id, Why::Channel)).collect()
        }
        NodeKind::Service => {
            let alerts = alerts(db, &ids).await?;
            let is_new = |id: &Id| {
                let alert = alerts.get(&(*id, stage));
                alert.is_some() && alert != alerts.get(&(*id, Stage::Published))
            };
            ids.into_iter().filter(is_new).map(|id| (id, Why::Alert)).collect()
        }
        _ => HashMap::new(),
    })
}

fn finding(why: Why) -> Finding {
    let (path, reason): (&[&str], _) = match why {
        Why::SensitiveTopic => (&["topicIds"], "This is on a sensitive topic"),
        Why::ContentNote => (&["contentNotes"], "This has a content note"),
        Why::Channel => (&[], "This channel is new or changed"),
        Why::Alert => (&["alert"], "This alert is new or changed"),
    };
    let message = format!(
        "{reason}: somebody with the role SAFEGUARDING_LEAD who has not written any of it must approve this version."
    );
    Finding::new(CheckCode::SafeguardingApprovalRequired, path, message)
}
