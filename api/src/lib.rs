//! Beacon: one content source for charities, read and written through GraphQL.
//!
//! The same noun on each floor, stairs go down:
//!
//! ```text
//! http/      bytes, headers, limits, who is asking
//! graphql/   the public language: types, inputs, payloads, loaders, error codes
//! domain/    what may happen: verbs, rules, permissions, errors        <- jobs/ what happens at its time
//! store/     what is asked of the database: queries, pages, transactions
//! entity     what a row is (crate)
//! migration  how the rows came to be (crate)
//! ```
//!
//! Start with `graphql/post/`, the exemplary room, and follow one read or one
//! write down; docs/ARCHITECTURE.md walks both.

pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod domain;
pub mod graphql;
pub mod http;
pub mod jobs;
pub mod store;
