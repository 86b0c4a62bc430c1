-- The content of the peers: what somebody would make for these questions alone.
create table author (id int primary key, name text not null, slug text not null unique);
create table topic (id int primary key, name text not null, slug text not null unique);
create table campaign (id int primary key, name text not null, slug text not null unique, summary text not null, next_on date not null);
create table source (id int primary key, title text not null, url text not null);
create table statistic (id int primary key, name text not null, value numeric not null, source_id int not null references source (id), campaign_id int not null references campaign (id), place int not null);
create table contact_channel (id int primary key, kind text not null, display text not null, label text not null);
create table post (id int primary key, title text not null, slug text not null unique, summary text not null, body text not null, published_at timestamptz not null, author_id int not null references author (id));
create table post_topic (post_id int not null references post (id), place int not null, topic_id int not null references topic (id), primary key (post_id, place));
create table post_campaign (post_id int not null references post (id), place int not null, campaign_id int not null references campaign (id), primary key (post_id, place));
create index on post (published_at desc, id desc);
create index on post (author_id);
create index on campaign (next_on, id);
create index on statistic (campaign_id, place);
create index on statistic (source_id);
create index on contact_channel (kind, id);
create index on post_topic (topic_id);
create index on post_campaign (campaign_id);
