//! Contact channels.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::document::Stage;
use crate::value::List;
use crate::{Id, text_enum};

text_enum! {
    /// How a channel is used.
    ChannelKind {
        /// Call.
        Phone = "PHONE",
        /// Text.
        Sms = "SMS",
        /// WhatsApp.
        Whatsapp = "WHATSAPP",
        /// E-mail.
        Email = "EMAIL",
        /// Chat on a page.
        Webchat = "WEBCHAT",
        /// A form on a page.
        WebForm = "WEB_FORM",
        /// Video call.
        Video = "VIDEO",
        /// A letter.
        Post = "POST",
        /// Come by.
        InPerson = "IN_PERSON",
        /// Anything else.
        Other = "OTHER",
    }
}

text_enum! {
    /// What a call costs.
    CallCost {
        /// Nothing.
        Free = "FREE",
        /// As any call.
        StandardRate = "STANDARD_RATE",
        /// More than that.
        Charged = "CHARGED",
        /// Not known.
        Unknown = "UNKNOWN",
    }
}

text_enum! {
    /// Whether a call can be seen on a bill.
    ShowsOnBill {
        /// It cannot.
        No = "NO",
        /// It depends.
        May = "MAY",
        /// It can.
        Yes = "YES",
        /// Not known.
        Unknown = "UNKNOWN",
    }
}

text_enum! {
    /// Whose public holidays count.
    HolidayRegion {
        /// Nobody's.
        None = "NONE",
        /// England and Wales.
        EnglandAndWales = "ENGLAND_AND_WALES",
        /// Scotland.
        Scotland = "SCOTLAND",
        /// Northern Ireland.
        NorthernIreland = "NORTHERN_IRELAND",
    }
}

/// What is the same in every language.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
#[sea_orm(table_name = "contact_channel")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub document_id: Id,
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub stage: Stage,
    /// How it is used.
    pub channel_kind: ChannelKind,
    /// Whom it reaches.
    pub service_id: Id,
    /// What to show: number, address or URL, as editors wrote it.
    pub display: String,
    /// For numbers: E.164; null for short numbers.
    pub e164: Option<String>,
    /// For numbers: the digits to dial.
    pub dial_string: Option<String>,
    /// For numbers: ISO 3166-1.
    pub country: Option<String>,
    /// For numbers: what to dial after it answers.
    pub extension: Option<String>,
    /// For texts: the word to send.
    pub keyword: Option<String>,
    /// What a call costs.
    pub cost: CallCost,
    /// Whether it shows on a bill.
    pub shows_on_bill: ShowsOnBill,
    /// Within how many hours an answer is promised.
    pub response_hours: Option<i32>,
    /// OpenStreetMap `opening_hours`; null where nobody answers live.
    pub hours_expression: Option<String>,
    /// The zone of the hours.
    pub hours_time_zone: Option<String>,
    /// Whose holidays count.
    pub hours_holidays: Option<HolidayRegion>,
    /// Whether text relay reaches it.
    pub text_relay: bool,
    /// Smaller comes first.
    pub priority: i32,
    /// How often somebody must try it.
    pub verify_every_days: i32,
    /// Not in use until then.
    pub suspended_until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What belongs to one language.
pub mod text {
    use super::{Id, List, Serialize, Stage};
    use sea_orm::entity::prelude::*;

    /// One language of a channel.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder, Serialize)]
    #[sea_orm(table_name = "contact_channel_text")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub document_id: Id,
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub stage: Stage,
        #[sea_orm(primary_key, auto_increment = false)]
        pub language: String,
        /// What callers should know to stay safe.
        pub safety_notes: List<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A language that a channel answers in.
pub mod language {
    use super::{Id, Serialize, Stage};
    use sea_orm::entity::prelude::*;

    /// One language.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "contact_channel_language")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub document_id: Id,
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub stage: Stage,
        /// Order of use, from 0.
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        /// BCP 47.
        pub answers_in: String,
        /// Whether somebody interprets.
        pub via_interpreter: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// That a channel was corrected in a hurry, and nobody else has looked since. It has no stage.
pub mod urgent_correction {
    use super::Id;
    use sea_orm::entity::prelude::*;

    /// The last one that no second person has looked at.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "contact_channel_urgent_correction")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub document_id: Id,
        /// When.
        pub corrected_at: DateTimeUtc,
        /// By whom: somebody else is to look.
        pub corrected_by: Id,
        /// Why, in their words.
        pub reason: String,
        /// Until when somebody is to look.
        pub review_due_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// That somebody tried a channel. It has no stage: it is of the number, wherever that stands.
pub mod verification {
    use super::Id;
    use sea_orm::entity::prelude::*;

    /// The last time.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "contact_channel_verification")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub document_id: Id,
        /// When.
        pub verified_at: DateTimeUtc,
        /// By whom.
        pub verified_by: Id,
        /// How, in their words.
        pub method: String,
        /// What they tried: kind and number as they were.
        pub number: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
