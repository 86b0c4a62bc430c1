//! What people said of drafts on their way to readers, and when they go.

pub(crate) const TABLES: &str = r"
create table review (
  document_id {text} primary key references document (id),
  submitted_at {instant},
  submitted_by {text},
  note {text}
) {strict};
create index review_submitted on review (submitted_at, document_id);

create table approval (
  document_id {text} not null references document (id),
  version {int} not null,
  kind {text} not null check (kind in ('EDITORIAL','SAFEGUARDING')),
  approved_by {text} not null,
  approved_at {instant} not null,
  note {text},
  ended_at {instant},
  primary key (document_id, version, kind, approved_by)
) {strict};

create table schedule (
  document_id {text} primary key references document (id),
  version {int} not null,
  external_reference {text},
  publish_at {instant},
  withdraw_at {instant},
  scheduled_by {text} not null,
  scheduled_at {instant} not null,
  due_at {instant},
  failures {int} not null,
  failure {text},
  claimed_by {text},
  claimed_until {instant},
  check (publish_at is not null or withdraw_at is not null)
) {strict};
create index schedule_due on schedule (due_at);
create index schedule_publish on schedule (publish_at, document_id)
";
