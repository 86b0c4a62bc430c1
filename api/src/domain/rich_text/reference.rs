//! References to living content: `[[statistic:women-share@2016]]`, `[[post:sleep|link text]]`.

use entity::document::NodeKind;

use super::Position;

/// What a reference leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A statistic, for its figure.
    Statistic,
    /// A contact channel.
    Contact,
    /// A campaign.
    Campaign,
    /// A service.
    Service,
    /// A post.
    Post,
    /// A statistic set, for its chart.
    Chart,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Statistic, Self::Contact, Self::Campaign, Self::Service, Self::Post, Self::Chart];

    /// The names of all kinds.
    #[must_use]
    pub fn names() -> [&'static str; 6] {
        Self::ALL.map(Self::name)
    }

    /// Its name in a text.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Statistic => "statistic",
            Self::Contact => "contact",
            Self::Campaign => "campaign",
            Self::Service => "service",
            Self::Post => "post",
            Self::Chart => "chart",
        }
    }

    /// By its name in a text.
    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// By what it is as a document.
    #[must_use]
    pub fn of_node(node: NodeKind) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.node() == node)
    }

    /// What it is as a document.
    #[must_use]
    pub fn node(self) -> NodeKind {
        match self {
            Self::Statistic => NodeKind::Statistic,
            Self::Contact => NodeKind::ContactChannel,
            Self::Campaign => NodeKind::Campaign,
            Self::Service => NodeKind::Service,
            Self::Post => NodeKind::Post,
            Self::Chart => NodeKind::StatisticSet,
        }
    }
}

/// A reference as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// All before the bar: `statistic:women-share@2016`.
    pub target: String,
    /// What it leads to; `None` for a kind that there is not.
    pub kind: Option<Kind>,
    /// The slug of that: `women-share`.
    pub slug: String,
    /// For a statistic: the label of the period that is pinned, `2016`.
    pub period: Option<String>,
    /// What editors wrote behind the bar.
    pub text: Option<String>,
    /// Where it was written.
    pub position: Position,
}

impl Reference {
    /// Reads what stands between the brackets; `None` for what does not name a kind, and so is text.
    pub(super) fn parse(target: &str, text: Option<String>, position: Position) -> Option<Self> {
        let target = target.trim();
        let (name, address) = target.split_once(':')?;
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        let kind = Kind::parse(name);
        let (slug, period) = match address.split_once('@') {
            Some((slug, period)) if kind == Some(Kind::Statistic) => (slug, Some(period.trim().to_owned())),
            _ => (address, None),
        };
        Some(Self {
            target: target.to_owned(),
            kind,
            slug: slug.trim().to_owned(),
            period,
            text: text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
            position,
        })
    }

    /// What stands for it where nothing is looked up: the editors' words, or else those of the slug.
    #[must_use]
    pub fn written(&self) -> String {
        self.text.clone().unwrap_or_else(|| self.slug.replace('-', " "))
    }
}
