//! What changed for readers, folded: one row for each item that they ever saw.

/// No reference to `document`: a row outlives what it is about.
pub(crate) const TABLES: &str = r"
create table visible_change (
  document_id {text} primary key,
  node_kind {text} not null,
  kind {text} not null check (kind in ('PUBLISHED','UPDATED','REFERENCE_UPDATED','WITHDRAWN','DELETED')),
  content_version {long} not null,
  rank {int} not null,
  at {instant} not null
) {strict};
create index visible_change_newest on visible_change (content_version, rank, document_id);
create index visible_change_kind on visible_change (node_kind, document_id)
";
