//! Campaigns, and when they come round.

pub(crate) const TABLES: &str = r"
create table campaign (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  organiser {text},
  organiser_url {text},
  observance_kind {text} not null check (observance_kind in ('FIXED','NTH_WEEKDAY','EASTER','ANNOUNCED','ONCE')),
  month {int} check (month between 1 and 12),
  day {int} check (day between 1 and 31),
  weekday {text} check (weekday in ('MONDAY','TUESDAY','WEDNESDAY','THURSDAY','FRIDAY','SATURDAY','SUNDAY')),
  nth {int} check (nth between -1 and 5),
  easter_offset {int},
  starts_on {date},
  length_days {int} not null check (length_days between 1 and 366),
  primary key (document_id, stage)
) {strict};

create table campaign_text (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  language {text} not null,
  summary {text},
  body {text} not null,
  seo_title {text},
  seo_description {text},
  primary key (document_id, stage, language)
) {strict};

create table campaign_edition (
  id {text} not null,
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  document_id {text} not null references document (id),
  year {int} not null,
  starts_on {date} not null,
  ends_on {date} not null,
  date_status {text} not null check (date_status in ('PROVISIONAL','CONFIRMED')),
  date_source {text},
  goals {json} not null,
  primary key (id, stage),
  unique (document_id, stage, year)
) {strict};

create table campaign_edition_text (
  edition_id {text} not null,
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  language {text} not null,
  document_id {text} not null references document (id),
  theme {text},
  summary {text},
  body {text},
  hashtags {json} not null,
  actions {json} not null,
  share_messages {json} not null,
  primary key (edition_id, stage, language)
) {strict};
create index campaign_edition_text_document on campaign_edition_text (document_id, stage);

create table campaign_edition_seen (
  document_id {text} not null references document (id),
  year {int} not null,
  primary key (document_id, year)
) {strict};

create table campaign_occurrence (
  document_id {text} not null references document (id),
  stage {text} not null check (stage in ('PUBLISHED','DRAFT','SCHEDULED')),
  starts_on {date} not null,
  ends_on {date} not null,
  next_from {date} not null,
  primary key (document_id, stage, starts_on)
) {strict};
create index campaign_occurrence_days on campaign_occurrence (stage, ends_on, starts_on);
create index campaign_occurrence_next on campaign_occurrence (stage, next_from, ends_on)
";
