//! The index of what is published: one row for each document and language.
//!
//! The rows are narrow and texts and words lie elsewhere, because counting the matches of a common word walks all of them.

/// For both databases; `{entry}` stands for the columns that differ.
pub(crate) const TABLES: &str = r"
create table search_entry (
  {entry},
  document_id {text} not null references document (id),
  language {text} not null,
  node_kind {text} not null,
  languages {text} not null,
  is_first {bool} not null,
  title {text} not null
  {words}
) {strict};
create unique index search_entry_document on search_entry (document_id, language);

create table search_text (
  id {long} primary key references search_entry (id) on delete cascade,
  text {text} not null
) {strict}
";

/// The full-text index of SQLite. Its words come folded and stemmed.
pub(crate) const SQLITE: &str = r#"
create virtual table search_index using fts5(
  title, summary, body, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
)
"#;

/// The full-text index of PostgreSQL.
///
/// The planner does not know that words lie outside their rows and cost much to fetch: of a common word it would rather
/// read all rows than the index. Within the function it may not; it gives all that is asked of matches beside their words, since to
/// look them up again took longer than to find them.
pub(crate) const POSTGRES: &str = r"
alter table search_entry set (toast_tuple_target = 128);
alter table search_entry alter column words set storage external;
create index search_entry_words on search_entry using gin (words);
create index search_entry_title_words on search_entry using gin (title_words);
create function search_hits(wanted tsquery)
  returns table (id bigint, document_id text, language text, node_kind text, languages text, is_first boolean)
  language sql stable rows 20000
  set enable_seqscan to off set enable_indexscan to off
  as 'select id, document_id, language, node_kind, languages, is_first from search_entry where words @@ wanted'
";
