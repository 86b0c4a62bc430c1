//! How the jobs of this process went, for those who operate it.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

/// The rounds of each job. Clones count together.
#[derive(Clone, Default)]
pub struct Rounds(Family<Round, Counter>);

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Round {
    job: &'static str,
    outcome: &'static str,
}

impl Rounds {
    /// Counts a round that has ended.
    pub fn ended<T, E>(&self, job: &'static str, outcome: &Result<T, E>) {
        let outcome = if outcome.is_ok() { "done" } else { "failed" };
        self.0.get_or_create(&Round { job, outcome }).inc();
    }

    /// Shows them as the counter `jobs`.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("jobs", "Rounds of each job, by how they ended", self.0.clone());
    }
}
