//! What was written, version by version. No foreign keys: history outlives what it is of.

pub(crate) const TABLES: &str = r"
create table revision (
  id {text} primary key,
  document_id {text} not null,
  node_kind {text} not null,
  version {int} not null check (version >= 1),
  saved_at {instant} not null,
  saved_by {text} not null,
  action {text} not null,
  note {text},
  content {text} not null,
  patch {text} not null,
  unique (document_id, version)
) {strict}
";
