//! Runs each promise on every database.
//!
//! A file lists its promises at the top:
//!
//! ```text
//! specs! {
//!     in_a_world { a_draft_is_invisible_to_partners }
//!     in_an_empty_place { sigterm_finishes_running_requests }
//!     once { a_pure_rule }
//! }
//! ```
//!
//! A function that is not listed is dead code, which the compiler reports. Where PostgreSQL is not
//! installed its half is reported as ignored, never as passed.

use std::env;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use libtest_mimic::{Arguments, Trial};

use super::database::Backend;
use super::place;
use super::postgres;
use super::{Place, World};

/// Lists the promises of a file.
macro_rules! specs {
    ($($how:ident { $($name:ident),* $(,)? })*) => {
        pub(crate) fn specs() -> Vec<libtest_mimic::Trial> {
            let trials = [$($(specs!(@ $how $name)),*),*];
            trials.into_iter().flatten().collect()
        }
    };
    (@ once $name:ident) => {
        Vec::from([$crate::support::trial::once(module_path!(), stringify!($name), $name)])
    };
    (@ $how:ident $name:ident) => {
        Vec::from($crate::support::trial::$how(module_path!(), stringify!($name), |given| Box::pin($name(given))))
    };
}

/// How many trials ran on each database.
static ON_SQLITE: AtomicU32 = AtomicU32::new(0);
static ON_POSTGRES: AtomicU32 = AtomicU32::new(0);

/// A promise kept inside a world: a server in this process over a migrated database.
pub(crate) fn in_a_world(
    module: &str,
    name: &str,
    body: for<'a> fn(&'a World) -> LocalBoxFuture<'a, ()>,
) -> [Trial; 2] {
    on_each_database(module, name, move |backend| {
        Box::pin(async move {
            let world = World::begin(backend, &[]).await;
            let outcome = AssertUnwindSafe(body(&world)).catch_unwind().await;
            world.end().await;
            outcome.unwrap_or_else(|panic| resume_unwind(panic));
        })
    })
}

/// A promise of the process itself: the binary, a data directory and an empty database.
pub(crate) fn in_an_empty_place(
    module: &str,
    name: &str,
    body: for<'a> fn(&'a Place) -> LocalBoxFuture<'a, ()>,
) -> [Trial; 2] {
    on_each_database(module, name, move |backend| {
        Box::pin(async move {
            let place = Place::begin(backend).await;
            let outcome = AssertUnwindSafe(body(&place)).catch_unwind().await;
            place.end().await;
            outcome.unwrap_or_else(|panic| resume_unwind(panic));
        })
    })
}

/// A promise that needs no database.
pub(crate) fn once(module: &str, name: &str, body: fn()) -> Trial {
    Trial::test(sentence(module, name), move || {
        body();
        Ok(())
    })
}

fn on_each_database(
    module: &str,
    name: &str,
    body: impl Fn(Backend) -> LocalBoxFuture<'static, ()> + Copy + Send + 'static,
) -> [Trial; 2] {
    let trial = |backend: Backend, suffix, count: &'static AtomicU32| {
        Trial::test(format!("{}::{suffix}", sentence(module, name)), move || {
            count.fetch_add(1, Ordering::Relaxed);
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime can be made");
            // The same snapshot is met once on each database.
            insta::allow_duplicates! { runtime.block_on(body(backend)); }
            Ok(())
        })
    };
    [
        trial(Backend::Sqlite, "on_sqlite", &ON_SQLITE),
        trial(Backend::Postgres, "on_postgres", &ON_POSTGRES).with_ignored_flag(postgres::found().is_none()),
    ]
}

/// `spec::posts` and `a_draft_…` make `posts::a_draft_…`.
fn sentence(module: &str, name: &str) -> String {
    let room = module.split_once("::").map_or(module, |(_, room)| room);
    format!("{room}::{name}")
}

/// Runs the specification by the arguments of the command line, then takes down what it put up.
pub(crate) fn run(trials: Vec<Trial>) -> ExitCode {
    let arguments = Arguments::from_args();
    if postgres::found().is_none() && !arguments.list {
        if env::var_os("BEACON_TEST_REQUIRE_POSTGRES").is_some_and(|value| value == "1") {
            eprintln!("PostgreSQL not found, and BEACON_TEST_REQUIRE_POSTGRES=1 asks for it");
            return ExitCode::FAILURE;
        }
        eprintln!("PostgreSQL not found: the specification ran on SQLite only");
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    if !arguments.list {
        let (sqlite, postgres) = (ON_SQLITE.load(Ordering::Relaxed), ON_POSTGRES.load(Ordering::Relaxed));
        eprintln!("databases: SQLite ran {sqlite}, PostgreSQL ran {postgres}\n");
    }
    postgres::leave();
    place::leave();
    conclusion.exit_code()
}
