//! The specification of Beacon: what it promises, asked over real HTTP, on SQLite and on PostgreSQL.
//!
//! Each file is a room of the house and begins with the list of its promises. CONTRIBUTING.md says how a
//! specification is written; `tests/support` is the language it is written in.

#[path = "../support/mod.rs"]
#[macro_use]
mod support;

mod campaigns;
mod canary;
mod channels;
mod editions;
mod figures;
mod filters;
mod corrections;
mod hostile;
mod house_rules;
mod http;
mod languages;
mod paging;
mod posts;
mod process;
mod resolve;
mod posts;
mod process;
mod publication;
mod rights;
mod sessions;
mod statements;
mod statistic_sets;
mod statistics;
mod translations;
mod versions;
mod writing;

use std::process::ExitCode;

fn main() -> ExitCode {
    let specs = [
        campaigns::specs(),
        editions::specs(),
        canary::specs(),
        channels::specs(),
        figures::specs(),
        filters::specs(),
        filters::rules::specs(),
        corrections::specs(),
        hostile::specs(),
        house_rules::specs(),
        http::specs(),
        languages::specs(),
        paging::specs(),
        posts::specs(),
        process::specs(),
        resolve::specs(),
        resolve::gone::specs(),
        posts::specs(),
        process::specs(),
        publication::specs(),
        rights::specs(),
        sessions::specs(),
        statements::specs(),
        statistic_sets::specs(),
        statistics::specs(),
        versions::specs(),
        writing::specs(),
        translations::specs(),
    ];
    support::trial::run(specs.into_iter().flatten().collect())
}
