//! Mutations that are carried out once.

pub(crate) const TABLES: &str = r"
create table idempotency (
  actor_id {text} not null,
  key {text} not null,
  fingerprint {text} not null,
  role {text},
  scopes {json} not null,
  answer {text},
  claimed_at {instant} not null,
  primary key (actor_id, key)
) {strict};
create index idempotency_claimed on idempotency (claimed_at)
";
