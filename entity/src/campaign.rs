//! Campaigns, their editions and the days they fall on.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::document::Stage;
use crate::{Id, text_enum};

text_enum! {
    /// How a campaign comes round.
    ObservanceKind {
        /// Same month and day every year.
        Fixed = "FIXED",
        /// The nth weekday of a month.
        NthWeekday = "NTH_WEEKDAY",
        /// Days from Western Easter Sunday.
        Easter = "EASTER",
        /// The organiser announces each year's dates.
        Announced = "ANNOUNCED",
        /// Happens once.
        Once = "ONCE",
    }
}

text_enum! {
    /// A day of the week.
    Weekday {
        /// Monday.
        Monday = "MONDAY",
        /// Tuesday.
        Tuesday = "TUESDAY",
        /// Wednesday.
        Wednesday = "WEDNESDAY",
        /// Thursday.
        Thursday = "THURSDAY",
        /// Friday.
        Friday = "FRIDAY",
        /// Saturday.
        Saturday = "SATURDAY",
        /// Sunday.
        Sunday = "SUNDAY",
    }
}

text_enum! {
    /// How sure a date is.
    DateStatus {
        /// By the rule.
        Provisional = "PROVISIONAL",
        /// Announced, with a source.
        Confirmed = "CONFIRMED",
    }
}

text_enum! {
    /// What a reader is asked to do.
    ActionKind {
        /// Get help.
        GetHelp = "GET_HELP",
        /// Learn.
        Learn = "LEARN",
        /// Share.
        Share = "SHARE",
        /// Sign.
        Sign = "SIGN",
        /// Donate.
        Donate = "DONATE",
        /// Attend.
        Attend = "ATTEND",
        /// Pledge.
        Pledge = "PLEDGE",
        /// Write.
        Write = "WRITE",
        /// Volunteer.
        Volunteer = "VOLUNTEER",
        /// Train.
        Train = "TRAIN",
        /// Report.
        Report = "REPORT",
        /// Download.
        Download = "DOWNLOAD",
        /// Raise money.
        Fundraise = "FUNDRAISE",
        /// Subscribe.
        Subscribe = "SUBSCRIBE",
        /// Anything else.
        Other = "OTHER",
    }
}

text_enum! {
    /// Where a message is shared.
    ShareNetwork {
        /// X.
        X = "X",
        /// Bluesky.
        Bluesky = "BLUESKY",
        /// Mastodon.
        Mastodon = "MASTODON",
        /// Threads.
        Threads = "THREADS",
        /// Facebook.
        Facebook = "FACEBOOK",
        /// Instagram.
        Instagram = "INSTAGRAM",
        /// LinkedIn.
        Linkedin = "LINKEDIN",
        /// WhatsApp.
        Whatsapp = "WHATSAPP",
        /// E-mail.
        Email = "EMAIL",
        /// Text message.
        Sms = "SMS",
    }
}

/// What is the same in every language.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
#[sea_orm(table_name = "campaign")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub document_id: Id,
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub stage: Stage,
    /// Who runs it, where that is somebody else.
    pub organiser: Option<String>,
    /// Their page on it.
    pub organiser_url: Option<String>,
    /// How it comes round.
    pub observance_kind: ObservanceKind,
    /// 1 to 12.
    pub month: Option<i32>,
    /// 1 to 31.
    pub day: Option<i32>,
    /// For `NTH_WEEKDAY`.
    pub weekday: Option<Weekday>,
    /// 1 to 5, or -1 for the last.
    pub nth: Option<i32>,
    /// Days from Easter Sunday.
    pub easter_offset: Option<i32>,
    /// For `ONCE`.
    pub starts_on: Option<Date>,
    /// How many days, from 1.
    pub length_days: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// What belongs to one language.
pub mod text {
    use super::{Id, Serialize, Stage};
    use sea_orm::entity::prelude::*;

    /// One language of a campaign.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
    #[sea_orm(table_name = "campaign_text")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub document_id: Id,
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub stage: Stage,
        #[sea_orm(primary_key, auto_increment = false)]
        pub language: String,
        /// One or two sentences.
        pub summary: Option<String>,
        /// CommonMark.
        pub body: String,
        /// Title for search engines, where it differs.
        pub seo_title: Option<String>,
        /// Description for search engines, where it differs from the summary.
        pub seo_description: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// One year's turn of a campaign.
pub mod edition {
    use super::{DateStatus, Deserialize, Id, Serialize, Stage};
    use crate::value::List;
    use sea_orm::entity::prelude::*;

    /// How far a campaign has come.
    #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub struct Goal {
        /// What is counted: `signatures`.
        pub metric: String,
        /// How many are wanted.
        pub target: i64,
        /// How many there are.
        pub current: i64,
        /// When that was counted.
        pub as_of: DateTimeUtc,
    }

    /// What is the same in every language.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "campaign_edition")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id,
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub stage: Stage,
        #[serde(skip)]
        pub document_id: Id,
        /// The year it belongs to; one edition a year.
        pub year: i32,
        /// First day.
        pub starts_on: Date,
        /// Last day, inclusive.
        pub ends_on: Date,
        /// How sure the dates are.
        pub date_status: DateStatus,
        /// Where the dates were announced.
        pub date_source: Option<String>,
        /// How far it has come.
        pub goals: List<Goal>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What belongs to one language of an edition.
pub mod edition_text {
    use super::{ActionKind, Deserialize, Id, Serialize, ShareNetwork, Stage};
    use crate::value::List;
    use sea_orm::entity::prelude::*;

    /// What a reader is asked to do.
    #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub struct CallToAction {
        /// What kind of thing.
        pub kind: ActionKind,
        /// What the button says.
        pub label: String,
        /// Where it leads.
        pub url: Option<String>,
        /// For `GET_HELP`: which channels.
        pub channel_ids: Vec<Id>,
    }

    /// A message ready to share.
    #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub struct ShareMessage {
        /// Where.
        pub network: ShareNetwork,
        /// The words.
        pub text: String,
        /// The page it points to.
        pub url: Option<String>,
    }

    /// One language of an edition.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "campaign_edition_text")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub edition_id: Id,
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub stage: Stage,
        #[sea_orm(primary_key, auto_increment = false)]
        pub language: String,
        #[serde(skip)]
        pub document_id: Id,
        /// The year's theme.
        pub theme: Option<String>,
        /// One or two sentences.
        pub summary: Option<String>,
        /// CommonMark.
        pub body: Option<String>,
        /// With the leading #, in the order of use.
        pub hashtags: List<String>,
        /// What readers can do.
        pub actions: List<CallToAction>,
        /// What they can share.
        pub share_messages: List<ShareMessage>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The years whose editions readers have ever seen: the path of one that was removed answers "gone".
pub mod edition_seen {
    use super::Id;
    use sea_orm::entity::prelude::*;

    /// One year.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "campaign_edition_seen")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub document_id: Id,
        #[sea_orm(primary_key, auto_increment = false)]
        pub year: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The days a campaign falls on, reckoned at each save, so that lists ask the database and not the rule.
pub mod occurrence {
    use super::{Id, Stage};
    use sea_orm::entity::prelude::*;

    /// One turn.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "campaign_occurrence")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub document_id: Id,
        #[sea_orm(primary_key, auto_increment = false)]
        pub stage: Stage,
        #[sea_orm(primary_key, auto_increment = false)]
        pub starts_on: Date,
        /// Last day, inclusive.
        pub ends_on: Date,
        /// From this day until its last one it is the turn that is running or comes next: the day after those before it ended.
        pub next_from: Date,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
