//! SQL written by hand: few statements, prepared once, sent together where they do not need each other; rows become JSON
//! without anything between.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Bytes;
use chrono::{DateTime, Utc};
use serde::Serialize;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Row, Statement};

use crate::Request;

/// As many connections as Beacon has.
const CONNECTIONS: usize = 8;

const POST: &str = "select p.id, p.title, p.slug, p.summary, p.body, p.published_at, a.name, a.slug from post p \
    join author a on a.id = p.author_id where p.slug = $1";
const TOPICS_OF_POST: &str = "select t.name, t.slug from post p join post_topic l on l.post_id = p.id \
    join topic t on t.id = l.topic_id where p.slug = $1 order by l.place";
const NEWEST: &str = "select p.id, p.title, p.slug, p.summary, p.published_at, a.name, a.slug from post p \
    join author a on a.id = p.author_id order by p.published_at desc, p.id desc limit 20";
const TOPICS: &str = "select l.post_id, t.name, t.slug from post_topic l join topic t on t.id = l.topic_id \
    where l.post_id = any($1) order by l.place";
const CAMPAIGNS_OF_POSTS: &str = "select l.post_id, c.name, c.slug from post_campaign l \
    join campaign c on c.id = l.campaign_id where l.post_id = any($1) order by l.place";
const CAMPAIGNS: &str = "select id, name, slug, summary from campaign where next_on >= current_date order by next_on, id limit 10";
const STATISTICS: &str = "select s.campaign_id, s.name, s.value::text, o.title, o.url from statistic s \
    join source o on o.id = s.source_id where s.campaign_id = any($1) order by s.place";
const CHANNELS: &str =
    "select kind, display, label from contact_channel where kind = $1 order by id limit 100";

/// Some connections, taken in turn.
pub struct Pool {
    connections: Vec<Connection>,
    next: AtomicUsize,
}

/// A connection and what was prepared on it.
pub struct Connection {
    client: Client,
    post: Statement,
    topics_of_post: Statement,
    newest: Statement,
    topics: Statement,
    campaigns_of_posts: Statement,
    campaigns: Statement,
    statistics: Statement,
    channels: Statement,
}

impl Pool {
    pub async fn connect(url: &str) -> Self {
        let mut connections = Vec::new();
        for _ in 0..CONNECTIONS {
            connections.push(Connection::open(url).await);
        }
        Self { connections, next: AtomicUsize::new(0) }
    }

    pub fn next(&self) -> &Connection {
        &self.connections[self.next.fetch_add(1, Ordering::Relaxed) % self.connections.len()]
    }
}

#[derive(Serialize)]
struct Named<'a> {
    name: &'a str,
    slug: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Post<'a> {
    id: i32,
    title: &'a str,
    slug: &'a str,
    summary: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Body<'a>>,
    published_at: DateTime<Utc>,
    authors: [Named<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    topics: Option<Vec<Named<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    campaigns: Option<Vec<Named<'a>>>,
}

#[derive(Serialize)]
struct Body<'a> {
    markdown: &'a str,
}

#[derive(Serialize)]
struct Campaign<'a> {
    id: i32,
    name: &'a str,
    slug: &'a str,
    summary: &'a str,
    statistics: Vec<Statistic<'a>>,
}

#[derive(Serialize)]
struct Statistic<'a> {
    name: &'a str,
    figure: Figure<'a>,
}

#[derive(Serialize)]
struct Figure<'a> {
    value: &'a str,
    source: Source<'a>,
}

#[derive(Serialize)]
struct Source<'a> {
    title: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Channel<'a> {
    kind: &'a str,
    display: &'a str,
    label: &'a str,
}

#[derive(Serialize)]
struct Nodes<T> {
    nodes: Vec<T>,
}

#[derive(Serialize)]
struct One<'a> {
    post: Option<Post<'a>>,
}

#[derive(Serialize)]
struct Posts<'a> {
    posts: Nodes<Post<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Home<'a> {
    posts: Nodes<Post<'a>>,
    campaigns: Nodes<Campaign<'a>>,
    contact_channels: Nodes<Channel<'a>>,
}

impl Connection {
    async fn open(url: &str) -> Self {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("the database is up");
        tokio::spawn(connection);
        let prepare = async |sql| client.prepare(sql).await.expect("the tables are there");
        let (post, topics_of_post, newest) =
            (prepare(POST).await, prepare(TOPICS_OF_POST).await, prepare(NEWEST).await);
        let (topics, campaigns_of_posts) = (prepare(TOPICS).await, prepare(CAMPAIGNS_OF_POSTS).await);
        let (campaigns, statistics) = (prepare(CAMPAIGNS).await, prepare(STATISTICS).await);
        let channels = prepare(CHANNELS).await;
        Self {
            client,
            post,
            topics_of_post,
            newest,
            topics,
            campaigns_of_posts,
            campaigns,
            statistics,
            channels,
        }
    }

    async fn rows(&self, statement: &Statement, values: &[&(dyn ToSql + Sync)]) -> Vec<Row> {
        self.client.query(statement, values).await.expect("the database answers")
    }

    /// The answer to a request.
    pub async fn answer(&self, request: &Request<'_>) -> Bytes {
        match request.operation_name {
            "post" => self.post(request.variables["slug"]).await,
            "posts" => self.posts().await,
            _ => self.home(request.variables["kind"]).await,
        }
    }

    async fn post(&self, slug: &str) -> Bytes {
        let slug: [&(dyn ToSql + Sync); 1] = [&slug];
        let (posts, topics) =
            tokio::join!(self.rows(&self.post, &slug), self.rows(&self.topics_of_post, &slug));
        let Some(row) = posts.first() else { return bytes(&One { post: None }) };
        let post = Post {
            id: row.get(0),
            title: row.get(1),
            slug: row.get(2),
            summary: row.get(3),
            body: Some(Body { markdown: row.get(4) }),
            published_at: row.get(5),
            authors: [named(row, 6)],
            topics: Some(topics.iter().map(|row| named(row, 0)).collect()),
            campaigns: None,
        };
        bytes(&One { post: Some(post) })
    }

    async fn posts(&self) -> Bytes {
        let rows = self.rows(&self.newest, &[]).await;
        let ids: Vec<i32> = rows.iter().map(|row| row.get(0)).collect();
        let ids: [&(dyn ToSql + Sync); 1] = [&ids];
        let (topics, campaigns) =
            tokio::join!(self.rows(&self.topics, &ids), self.rows(&self.campaigns_of_posts, &ids));
        let of = |rows: &'_ [Row], id: i32| -> Vec<usize> {
            rows.iter()
                .enumerate()
                .filter(|(_, row)| row.get::<_, i32>(0) == id)
                .map(|(place, _)| place)
                .collect()
        };
        let nodes = rows
            .iter()
            .map(|row| {
                let mut post = brief(row);
                post.topics =
                    Some(of(&topics, post.id).into_iter().map(|place| named(&topics[place], 1)).collect());
                let mine = of(&campaigns, post.id);
                post.campaigns = Some(mine.into_iter().map(|place| named(&campaigns[place], 1)).collect());
                post
            })
            .collect();
        bytes(&Posts { posts: Nodes { nodes } })
    }

    async fn home(&self, kind: &str) -> Bytes {
        let campaigns = async {
            let campaigns = self.rows(&self.campaigns, &[]).await;
            let ids: Vec<i32> = campaigns.iter().map(|row| row.get(0)).collect();
            let statistics = self.rows(&self.statistics, &[&ids]).await;
            (campaigns, statistics)
        };
        let kind: [&(dyn ToSql + Sync); 1] = [&kind];
        let (posts, (campaigns, statistics), channels) =
            tokio::join!(self.rows(&self.newest, &[]), campaigns, self.rows(&self.channels, &kind));
        let campaigns = campaigns.iter().map(|row| {
            let id: i32 = row.get(0);
            let mine = statistics.iter().filter(|row| row.get::<_, i32>(0) == id);
            Campaign {
                id,
                name: row.get(1),
                slug: row.get(2),
                summary: row.get(3),
                statistics: mine
                    .map(|row| Statistic {
                        name: row.get(1),
                        figure: Figure {
                            value: row.get(2),
                            source: Source { title: row.get(3), url: row.get(4) },
                        },
                    })
                    .collect(),
            }
        });
        let channels =
            channels.iter().map(|row| Channel { kind: row.get(0), display: row.get(1), label: row.get(2) });
        bytes(&Home {
            posts: Nodes { nodes: posts.iter().map(brief).collect() },
            campaigns: Nodes { nodes: campaigns.collect() },
            contact_channels: Nodes { nodes: channels.collect() },
        })
    }
}

fn brief(row: &Row) -> Post<'_> {
    Post {
        id: row.get(0),
        title: row.get(1),
        slug: row.get(2),
        summary: row.get(3),
        body: None,
        published_at: row.get(4),
        authors: [named(row, 5)],
        topics: None,
        campaigns: None,
    }
}

fn named(row: &Row, at: usize) -> Named<'_> {
    Named { name: row.get(at), slug: row.get(at + 1) }
}

fn bytes(data: &impl Serialize) -> Bytes {
    #[derive(Serialize)]
    struct Answer<'a, T> {
        data: &'a T,
    }
    serde_json::to_vec(&Answer { data }).expect("it is JSON").into()
}
