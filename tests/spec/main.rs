//! The specification of Beacon: what it promises, asked over real HTTP, on SQLite and on PostgreSQL.
//!
//! Each file is a room of the house and begins with the list of its promises. CONTRIBUTING.md says how a
//! specification is written; `tests/support` is the language it is written in.

#[path = "../support/mod.rs"]
#[macro_use]
mod support;

use std::process::ExitCode;

/// Declares the rooms and collects what they promise; a room may have a back room.
macro_rules! rooms {
    ($($room:ident $(:: $back:ident)*),* $(,)?) => {
        $(mod $room;)*

        fn main() -> ExitCode {
            let specs = [$($room::specs(), $($room::$back::specs(),)*)*];
            support::trial::run(specs.into_iter().flatten().collect())
        }
    };
}

rooms! {
    accounts,
    attention,
    audit,
    backups,
    caching,
    campaigns,
    canary,
    changes,
    channels::holidays::services,
    charts,
    checks::texts,
    clients,
    corrections::channels,
    crashes,
    editions,
    editorial_items,
    erasure,
    faults,
    figures,
    filters::rules,
    hostile,
    house_rules,
    http,
    idempotency,
    identities,
    languages,
    limits,
    metrics,
    overload,
    paging,
    persisted::imports,
    posts,
    previews,
    process,
    publication::languages,
    pulse,
    rates,
    replicas,
    resolve::gone,
    revisions,
    rights,
    schedules,
    search,
    seo,
    sessions,
    signposts,
    statements,
    statistic_sets,
    statistics,
    subscriptions,
    text::blocks::hostile::statements,
    traces,
    translations,
    versions::late,
    workflow::safeguarding,
    writing,
}
