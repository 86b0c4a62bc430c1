//! Asking who can help.

use async_graphql::{Context, Object};

use super::{Place, Signpost, asker, gather};
use crate::domain::area::Area;
use crate::domain::service::MAX_AGE;
use crate::domain::signpost::{self, Asked, Asker, Reason};
use crate::domain::value;
use crate::graphql::area::AreaInput;
use crate::graphql::contact_channel::{ChannelKind, moment};
use crate::graphql::content::sight;
use crate::graphql::error::{GqlError, Result};
use crate::graphql::scalar::{DateTime, LanguageTag};
use crate::graphql::service::AudienceRole;

/// The most services of one answer.
const MAX: i32 = 50;
/// The most kinds that can be asked for: all there are.
const MAX_KINDS: usize = 10;

/// Fields of `Query`.
#[derive(Default)]
pub struct SignpostQuery;

#[Object]
impl SignpostQuery {
    /// Who can help now: services and channels that fit, open at `at` before closed, then by the order of `languages`, narrowest
    /// area, audience and editors' priority. A line that is open at `at` is always among them, wherever one exists, even one
    /// that does not fit (reason OPEN_NOW); and `emergency` is always there, whatever is asked for. The first 200 channels that
    /// fit are looked at, by priority, and for an open line the first 1,000 with hours.
    #[expect(clippy::too_many_arguments, reason = "the contract's arguments")]
    async fn signpost(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Slug of a topic, in any language: services about it and channels that it names. Where there are none, those of the site."
        )]
        topic: Option<String>,
        #[graphql(
            desc = "Where the asker is. Services that say they work elsewhere are left out; decides the emergency number."
        )]
        area: Option<AreaInput>,
        #[graphql(desc = "How old the asker is, 0 to 120. Services for other ages are left out.")]
        age: Option<i32>,
        #[graphql(desc = "Who asks. Services for others are left out.")] role: Option<AudienceRole>,
        #[graphql(desc = "How the asker would like to talk; every way unless said. At most 10.")]
        kinds: Option<Vec<ChannelKind>>,
        #[graphql(
            desc = "Ordered wish list, at most 10: what language to talk in, and that of the words below."
        )]
        languages: Option<Vec<LanguageTag>>,
        #[graphql(desc = "When, 1970 to 2200; now unless said.")] at: Option<DateTime>,
        #[graphql(desc = "How many services, 1 to 50.", default_with = "Some(5)")] first: Option<i32>,
    ) -> Result<Signpost> {
        let sight = sight(ctx, languages)?;
        let look = moment(&sight, at)?;
        let (place, at) = (Place::of(ctx, area)?, look.at());
        let bounded = |value: Option<i32>, from, until, name: &str| {
            let checked = value.map(|value| value::between(value, from, until)).transpose();
            checked.map_err(|(_, message)| GqlError::bad_input(&[name], message))
        };
        let age = bounded(age, 0, MAX_AGE, "age")?;
        let first = bounded(Some(first.unwrap_or(5)), 1, MAX, "first")?.unwrap_or(1);
        let kinds = kinds.unwrap_or_default();
        if kinds.len() > MAX_KINDS {
            return Err(GqlError::bad_input(&["kinds"], "Name at most 10 kinds."));
        }
        let areas = place.around.iter().map(|(_, Area { scheme, code })| (*scheme, code.clone())).collect();
        let role = role.map(crate::domain::service::AudienceRole::from);
        let kinds = kinds.into_iter().map(crate::domain::contact_channel::ChannelKind::from).collect();
        let asked = Asked { topic: None, kinds, age, role, areas, is_live: false };
        let asker = Asker { age, role, ..asker(&sight, at, place.around) };
        let mut looked_at = match topic {
            Some(topic) => {
                let about = Asked { topic: Some(topic), ..asked.clone() };
                let found = gather::asked(ctx, &sight, &about, Reason::Topic, &look).await?;
                let is_some = found.candidates.iter().any(|candidate| candidate.is_usable(at));
                if is_some {
                    found
                } else {
                    gather::asked(ctx, &sight, &asked, Reason::SiteDefault, &look).await?
                }
            }
            None => gather::asked(ctx, &sight, &asked, Reason::SiteDefault, &look).await?,
        };
        let open = looked_at.open(ctx, &sight, &look).await?;
        let valid_until = looked_at.valid_until(at);
        look.until(Some(valid_until));
        let first = usize::try_from(first).unwrap_or(1);
        let items = signpost::ranked(looked_at.candidates, open, &asker, first);
        Ok(Signpost::of(&sight, items, &place.country, at..valid_until))
    }
}
