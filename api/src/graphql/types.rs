//! The objects of the public language by their names.

pub(super) use super::api_client::ApiClient;
pub(super) use super::campaign::{Campaign, CampaignEdition};
pub(super) use super::contact_channel::ContactChannel;
pub(super) use super::person::Person;
pub(super) use super::post::Post;
pub(super) use super::revision::Revision;
pub(super) use super::service::Service;
pub(super) use super::site::Site;
pub(super) use super::source::Source;
pub(super) use super::statistic::{Figure, Statistic};
pub(super) use super::statistic_set::StatisticSet;
pub(super) use super::topic::Topic;
pub(super) use super::user::User;
