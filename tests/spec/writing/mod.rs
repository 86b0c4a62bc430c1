//! Writing: what each input says, what an update leaves and clears, and what is refused.

mod campaigns;
mod channels;
mod figures;
mod posts;
mod services;
mod statistics;
mod topics;

use libtest_mimic::Trial;

pub(crate) fn specs() -> Vec<Trial> {
    let specs = [
        campaigns::specs(),
        channels::specs(),
        figures::specs(),
        posts::specs(),
        services::specs(),
        statistics::specs(),
        topics::specs(),
    ];
    specs.into_iter().flatten().collect()
}
