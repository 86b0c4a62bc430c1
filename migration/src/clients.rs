//! Credentials of machines and of guests.

pub(crate) const TABLES: &str = r#"
create table api_client (
  id {text} primary key,
  owner_id {text} not null references "user" (id),
  name {text} not null,
  prefix {text} not null unique,
  hash {text} not null,
  former_hash {text},
  former_until {instant},
  scopes {json} not null,
  origins {json} not null,
  expires_at {instant},
  last_used_on {date},
  revoked_at {instant},
  created_at {instant} not null
) {strict};
create index api_client_by_owner on api_client (owner_id);
create index api_client_oldest on api_client (created_at, id);

create table preview (
  hash {text} primary key,
  id {text} not null unique,
  owner_id {text} not null references "user" (id),
  document_id {text},
  at {instant},
  created_at {instant} not null,
  expires_at {instant} not null,
  revoked_at {instant}
) {strict};
create index preview_by_owner on preview (owner_id)
"#;
