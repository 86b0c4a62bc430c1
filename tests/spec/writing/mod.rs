//! Writing: what each input says, what an update leaves and clears, and what is refused.

mod campaigns;
mod channels;
mod dry_runs;
mod figures;
mod limits;
mod posts;
mod problems;
mod services;
mod slugs;
mod statistics;
mod topics;

use libtest_mimic::Trial;

pub(crate) fn specs() -> Vec<Trial> {
    let specs = [
        campaigns::specs(),
        channels::specs(),
        dry_runs::specs(),
        figures::specs(),
        limits::specs(),
        posts::specs(),
        problems::specs(),
        services::specs(),
        slugs::specs(),
        statistics::specs(),
        topics::specs(),
    ];
    specs.into_iter().flatten().collect()
}
