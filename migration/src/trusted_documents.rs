//! Documents that the operator trusts, beside those of a manifest file.

pub(crate) const TABLES: &str = r"
create table trusted_document (
  id {text} primary key,
  text {text} not null,
  imported_at {instant} not null
) {strict};
insert into counter (name, value) values ('trusted_documents', 0)
";
