//! The closed lists of contact channels.

use async_graphql::Enum;

use crate::domain::contact_channel;
use crate::domain::read::{Sort, SortKey};
use crate::graphql::lower::Lower;

/// How a channel is used.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "contact_channel::ChannelKind")]
pub enum ChannelKind {
    /// Call a number.
    Phone,
    /// Text a number.
    Sms,
    /// Write or call with WhatsApp.
    Whatsapp,
    /// Write an e-mail.
    Email,
    /// Chat on a page.
    Webchat,
    /// Fill in a form on a page.
    WebForm,
    /// Meet on a page by video.
    Video,
    /// Write a letter to an address.
    Post,
    /// Come to an address.
    InPerson,
    /// Anything else, described in `display`.
    Other,
}

/// What a call costs from within the number's country.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "contact_channel::CallCost")]
pub enum CallCost {
    /// Nothing.
    Free,
    /// As much as a call to any landline.
    StandardRate,
    /// More than that.
    Charged,
    /// Not known.
    Unknown,
}

/// Whether a call or text can be seen on an itemised bill.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "contact_channel::ShowsOnBill")]
pub enum ShowsOnBill {
    /// It cannot.
    No,
    /// That depends on the provider.
    May,
    /// It can.
    Yes,
    /// Not known. Never derived from the number.
    Unknown,
}

/// Whose public holidays `PH` means in an expression of hours.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "contact_channel::HolidayRegion")]
pub enum HolidayRegion {
    /// Nobody's: `PH` never applies.
    None,
    /// Bank holidays in England and Wales.
    EnglandAndWales,
    /// Bank holidays in Scotland.
    Scotland,
    /// Bank holidays in Northern Ireland.
    NorthernIreland,
}

/// Enums that are carried one floor down as they are.
macro_rules! lowered {
    ($($name:ident),+) => {
        $(impl Lower<contact_channel::$name> for $name {
            fn lower(self) -> contact_channel::$name {
                self.into()
            }
        })+
    };
}
lowered!(ChannelKind, CallCost, ShowsOnBill);

/// The order of contact channels.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum ContactChannelSort {
    /// Smallest `priority` first.
    Priority,
    /// By label in the reader's language.
    Label,
    /// Last changed first.
    RecentlyUpdated,
}

impl From<ContactChannelSort> for Sort {
    fn from(sort: ContactChannelSort) -> Self {
        match sort {
            ContactChannelSort::Priority => Self { by: SortKey::Number("priority"), descending: false },
            ContactChannelSort::Label => Self { by: SortKey::Title, descending: false },
            ContactChannelSort::RecentlyUpdated => Self { by: SortKey::UpdatedAt, descending: true },
        }
    }
}
