//! The language that the specification is written in.
//!
//! * [`world`]: a server of its own for each test, with a clock that can be moved.
//! * [`person`] and [`verbs`]: who speaks, and what they say most often.
//! * [`drafts`]: the shortest draft of each kind.
//! * [`session`]: signing in and staying signed in.
//! * [`answer`]: what they are told.
//! * [`issuer`]: an identity provider.
//! * [`socket`]: connections that stay open.
//! * [`walk`]: questions about everything, made from the schema.
//! * [`process`]: the real binary, where the process itself is the promise.
//! * [`fault`]: what can befall a database from outside.
//! * [`collector`]: who reads the server's traces.
//! * [`trial`]: runs one test on every database.
//! * [`database`], [`postgres`], [`place`]: where the databases come from and go.

#[macro_use]
pub(crate) mod trial;

pub(crate) mod answer;
pub(crate) mod chance;
pub(crate) mod collector;
pub(crate) mod database;
pub(crate) mod drafts;
pub(crate) mod fault;
pub(crate) mod issuer;
pub(crate) mod person;
pub(crate) mod place;
pub(crate) mod postgres;
pub(crate) mod process;
pub(crate) mod session;
pub(crate) mod socket;
pub(crate) mod verbs;
pub(crate) mod walk;
pub(crate) mod world;

pub(crate) use answer::Answer;
pub(crate) use person::Person;
pub(crate) use process::Place;
pub(crate) use world::World;
