//! Accounts, and who is signed in.

pub(crate) const TABLES: &str = r#"
create table "user" (
  id {text} primary key,
  email {text} not null,
  email_key {text} unique,
  name {text} not null,
  role {text} not null check (role in ('VIEWER','AUTHOR','EDITOR','SAFEGUARDING_LEAD','ADMIN')),
  password_hash {text},
  is_active {bool} not null,
  created_at {instant} not null
) {strict};

create table identity (
  issuer {text} not null,
  subject {text} not null,
  user_id {text} not null references "user" (id),
  primary key (issuer, subject)
) {strict};

create table session (
  id {text} primary key,
  user_id {text} not null references "user" (id),
  created_at {instant} not null,
  used_at {instant} not null,
  revoked_at {instant}
) {strict};
create index session_by_user on session (user_id);

create table refresh_token (
  hash {text} primary key,
  session_id {text} not null references session (id),
  created_at {instant} not null,
  used_at {instant}
) {strict};
create index refresh_token_session on refresh_token (session_id);

create table sign_in_failure (
  id {text} primary key,
  account {text} not null,
  address {text} not null,
  at {instant} not null
) {strict};
create index sign_in_failure_account on sign_in_failure (account, address, at);
create index sign_in_failure_address on sign_in_failure (address, at)
"#;
