//! The first schema.
//!
//! One text for both databases; `{text}` and its like stand for what differs. Text sorts by bytes on both,
//! so that pages and ranges agree: what people sort by is kept folded in `_key` columns.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::{
    accounts, campaigns, clients, history, idempotency, search, trusted_documents, visible_change, workflow,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let types: &[(&str, &str)] = match manager.get_database_backend() {
            DbBackend::Postgres => &[
                ("{text}", "text collate \"C\""),
                ("{instant}", "timestamptz"),
                ("{date}", "date"),
                ("{json}", "jsonb"),
                ("{bool}", "boolean"),
                ("{long}", "bigint"),
                ("{int}", "integer"),
                ("{strict}", ""),
                ("{entry}", "id bigint generated always as identity primary key"),
                ("{words}", ", title_words tsvector not null, words tsvector not null"),
            ],
            _ => &[
                ("{text}", "text"),
                ("{instant}", "text"),
                ("{date}", "text"),
                ("{json}", "text"),
                ("{bool}", "integer"),
                ("{long}", "integer"),
                ("{int}", "integer"),
                ("{strict}", "strict"),
                ("{entry}", "id integer primary key autoincrement"),
                ("{words}", ""),
            ],
        };
        let index = if types[0].1 == "text" { search::SQLITE } else { search::POSTGRES };
        let tables = [
            SCRIPT,
            campaigns::TABLES,
            accounts::TABLES,
            clients::TABLES,
            workflow::TABLES,
            history::TABLES,
            idempotency::TABLES,
            trusted_documents::TABLES,
            visible_change::TABLES,
            search::TABLES,
            index,
        ];
        let mut script = tables.join(";");
        for (placeholder, kind) in types {
            script = script.replace(placeholder, kind);
        }
        for statement in script.split(';').map(str::trim).filter(|statement| !statement.is_empty()) {
            connection.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

const SCRIPT: &str = r"
create table counter (
  name {text} primary key,
  value {long} not null
) {strict};

insert into counter (name, value) values ('change', 0), ('content_version', 0);

create table document (
  id {text} primary key,
  node_kind {text} not null check (node_kind in ('POST','CAMPAIGN','STATISTIC','STATISTIC_SET','SERVICE','CONTACT_CHANNEL','TOPIC','PERSON','SOURCE','SITE')),
  version {int} not null check (version >= 1),
  state {text} not null check (state in ('DRAFT','PUBLISHED','WITHDRAWN')),
  published_version {int},
  external_reference {text},
  published_reference {text},
  created_at {instant} not null,
  created_by {text} not null,
  saved_at {instant} not null,
  saved_by {text} not null,
  updated_at {instant} not null,
  unique (node_kind, external_reference)
) {strict};
create index document_published_reference on document (node_kind, published_reference);
create index document_updated on document (node_kind, updated_at, id);
create index document_saved on document (node_kind, saved_at, id);

create table translation (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  language {text} not null,
  slug {text} not null,
  title {text} not null,
  title_key {text} not null,
  translated_at {instant} not null,
  primary key (document_id, stage, language)
) {strict};
create index translation_slug on translation (slug, stage);
create index translation_title on translation (stage, title_key, document_id);

create table slug (
  node_kind {text} not null,
  language {text} not null,
  slug {text} not null,
  document_id {text} not null,
  is_public {bool} not null,
  primary key (node_kind, language, slug)
) {strict};
create index slug_any_language on slug (node_kind, slug);
create index slug_document on slug (document_id);

create table link (
  from_id {text} not null,
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  field {text} not null check (field in ('AUTHORS','TOPICS','CAMPAIGNS','CHANNELS','STATISTICS','POSTS','SOURCE','SERVICE','REFERENCES')),
  position {int} not null,
  document_id {text} not null references document (id),
  to_id {text} not null references document (id),
  primary key (from_id, stage, field, position)
) {strict};
create index link_to on link (to_id, stage, field, from_id);
create index link_document on link (document_id, stage);

create table text_reference (
  from_id {text} not null,
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  language {text} not null,
  position {int} not null,
  document_id {text} not null references document (id),
  node_kind {text} not null,
  slug {text} not null,
  period {text},
  to_id {text} references document (id),
  primary key (from_id, stage, language, position)
) {strict};
create index text_reference_document on text_reference (document_id, stage);
create index text_reference_to on text_reference (to_id);

create table change (
  sequence {long} primary key,
  content_version {long} unique,
  document_id {text},
  node_kind {text},
  action {text} not null,
  version {int},
  fields {json} not null,
  reason {text},
  actor_id {text} not null,
  at {instant} not null
) {strict};
create index change_document on change (document_id, sequence);

create table post (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  published_at {instant},
  sorted_at {instant} not null,
  review_due_on {date} not null,
  primary key (document_id, stage)
) {strict};
create index post_newest on post (stage, sorted_at, document_id);

create table post_text (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  language {text} not null,
  summary {text},
  body {text} not null,
  content_notes {json} not null,
  exit_url {text},
  exit_label {text},
  seo_title {text},
  seo_description {text},
  primary key (document_id, stage, language)
) {strict};

create table post_old_path (
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  path {text} not null,
  document_id {text} not null references document (id),
  position {int} not null,
  primary key (stage, path)
) {strict};
create index post_old_path_document on post_old_path (document_id, stage);

create table statistic (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  unit {text} not null check (unit in ('PERCENT','COUNT','RATE','CURRENCY','YEARS','RATIO','OTHER')),
  per {int},
  currency {text},
  review_due_on {date} not null,
  primary key (document_id, stage)
) {strict};
create index statistic_review on statistic (stage, review_due_on, document_id);

create table statistic_text (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  language {text} not null,
  definition {text} not null,
  population {text} not null,
  statement_pattern {text},
  primary key (document_id, stage, language)
) {strict};

create table figure (
  id {text} not null,
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  document_id {text} not null references document (id),
  value {text} not null,
  qualifier {text} not null check (qualifier in ('EXACT','ABOUT','AT_LEAST','OVER','UP_TO','UNDER','RANGE')),
  lower {text},
  upper {text},
  period_label {text} not null,
  period_start {date} not null,
  period_end {date} not null,
  area_scheme {text} not null check (area_scheme in ('M49','ISO3166_1','ISO3166_2','ONS_GSS')),
  area_code {text} not null,
  source_id {text} not null references document (id),
  locator {text},
  quote {text},
  review_due_on {date} not null,
  is_latest {bool} not null,
  primary key (id, stage),
  unique (document_id, stage, area_scheme, area_code, period_label)
) {strict};
create index figure_newest on figure (document_id, stage, period_end, id);
create index figure_source on figure (source_id, stage);

create table figure_text (
  figure_id {text} not null,
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  language {text} not null,
  document_id {text} not null references document (id),
  caveat {text},
  primary key (figure_id, stage, language)
) {strict};
create index figure_text_document on figure_text (document_id, stage);

create table figure_correction (
  id {text} primary key,
  figure_id {text} not null,
  document_id {text} not null references document (id),
  previous_value {text} not null,
  reason {text} not null,
  corrected_at {instant} not null
) {strict};
create index figure_correction_figure on figure_correction (figure_id, corrected_at);

create table statistic_set (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  is_complete {bool} not null,
  primary key (document_id, stage)
) {strict};

create table statistic_set_text (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  language {text} not null,
  subtitle {text} not null,
  labels {json} not null,
  primary key (document_id, stage, language)
) {strict};

create table statistic_set_part (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  position {int} not null,
  statistic_id {text} not null references document (id),
  period {text},
  primary key (document_id, stage, position)
) {strict};
create index statistic_set_part_statistic on statistic_set_part (statistic_id, stage);

create table service (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  status {text} not null check (status in ('ACTIVE','TEMPORARILY_CLOSED','INACTIVE','DEFUNCT')),
  alert_from {instant},
  alert_until {instant},
  min_age {int},
  max_age {int},
  roles {json} not null,
  confidentiality {text} check (confidentiality in ('ANONYMOUS','CONFIDENTIAL','CONFIDENTIAL_WITH_LIMITS','NOT_CONFIDENTIAL')),
  primary key (document_id, stage)
) {strict};

create table service_text (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  language {text} not null,
  summary {text},
  body {text} not null,
  alert_text {text},
  confidentiality_statement {text},
  primary key (document_id, stage, language)
) {strict};

create table service_area (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  position {int} not null,
  scheme {text} not null check (scheme in ('M49','ISO3166_1','ISO3166_2','ONS_GSS')),
  code {text} not null,
  primary key (document_id, stage, position)
) {strict};

create table contact_channel (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  channel_kind {text} not null check (channel_kind in ('PHONE','SMS','WHATSAPP','EMAIL','WEBCHAT','WEB_FORM','VIDEO','POST','IN_PERSON','OTHER')),
  service_id {text} not null references document (id),
  display {text} not null,
  e164 {text},
  dial_string {text},
  country {text},
  extension {text},
  keyword {text},
  cost {text} not null check (cost in ('FREE','STANDARD_RATE','CHARGED','UNKNOWN')),
  shows_on_bill {text} not null check (shows_on_bill in ('NO','MAY','YES','UNKNOWN')),
  response_hours {int},
  hours_expression {text},
  hours_time_zone {text},
  hours_holidays {text} check (hours_holidays in ('NONE','ENGLAND_AND_WALES','SCOTLAND','NORTHERN_IRELAND')),
  text_relay {bool} not null,
  priority {int} not null,
  verify_every_days {int} not null,
  suspended_until {instant},
  primary key (document_id, stage)
) {strict};
create index contact_channel_service on contact_channel (service_id, stage);
create index contact_channel_priority on contact_channel (stage, priority, document_id);
create index contact_channel_kind on contact_channel (stage, channel_kind, priority, document_id);

create table contact_channel_text (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  language {text} not null,
  safety_notes {json} not null,
  primary key (document_id, stage, language)
) {strict};

create table contact_channel_language (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  position {int} not null,
  answers_in {text} not null,
  via_interpreter {bool} not null,
  primary key (document_id, stage, position)
) {strict};

create table contact_channel_verification (
  document_id {text} primary key references document (id),
  verified_at {instant} not null,
  verified_by {text} not null,
  method {text} not null,
  number {text} not null
) {strict};

create table contact_channel_urgent_correction (
  document_id {text} primary key references document (id),
  corrected_at {instant} not null,
  corrected_by {text} not null,
  reason {text} not null,
  review_due_at {instant} not null
) {strict};

create table topic (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  is_sensitive {bool} not null,
  primary key (document_id, stage)
) {strict};

create table topic_text (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  language {text} not null,
  description {text},
  primary key (document_id, stage, language)
) {strict};

create table person (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  is_pseudonym {bool} not null,
  primary key (document_id, stage)
) {strict};

create table person_text (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  language {text} not null,
  role {text},
  bio {text},
  primary key (document_id, stage, language)
) {strict};

create table source (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  source_kind {text} not null check (source_kind in ('OFFICIAL_STATISTICS','INTERNATIONAL_BODY','PEER_REVIEWED','ADMINISTRATIVE_DATA','CHARITY_RESEARCH','SURVEY','MEDIA','OTHER')),
  url {text},
  doi {text},
  issued_on {date},
  accessed_on {date},
  archived_url {text},
  next_expected_on {date},
  primary key (document_id, stage)
) {strict};

create table source_text (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  language {text} not null,
  publisher {text} not null,
  licence {text},
  primary key (document_id, stage, language)
) {strict};

create table site (
  document_id {text} primary key references document (id),
  organisation_name {text},
  organisation_url {text},
  registrations {json} not null,
  exit_url {text},
  exit_label {text}
) {strict}
";
