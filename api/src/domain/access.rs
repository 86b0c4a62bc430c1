//! Who may do what: people by their role, machines by their scopes.

use entity::api_client;
use thiserror::Error;

use super::view::{Principal, Role, Viewer};

pub use api_client::Scope;

/// Something that needs a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// See drafts and the editorial fields.
    ReadDrafts,
    /// Write drafts.
    Write,
    /// Change what readers see.
    Publish,
    /// Decide on the drafts of others.
    Review,
    /// Sign off sensitive content.
    Approve,
    /// Erase what must not be kept.
    Erase,
    /// Show a draft to somebody without an account.
    Share,
    /// Manage accounts, clients and the site.
    Administer,
}

impl Right {
    /// The least role that has the right; each role has all that the ones before it have.
    #[must_use]
    pub fn least_role(self) -> Role {
        match self {
            Self::ReadDrafts => Role::Viewer,
            Self::Write | Self::Share => Role::Author,
            Self::Publish | Self::Review => Role::Editor,
            Self::Approve | Self::Erase => Role::SafeguardingLead,
            Self::Administer => Role::Admin,
        }
    }

    /// The scope that gives machines the right; `None` for what only people may.
    #[must_use]
    pub fn scope(self) -> Option<Scope> {
        match self {
            Self::ReadDrafts => Some(Scope::DraftRead),
            Self::Write => Some(Scope::ContentWrite),
            Self::Publish => Some(Scope::ContentPublish),
            Self::Share | Self::Review | Self::Approve | Self::Erase | Self::Administer => None,
        }
    }
}

/// Why somebody may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Denied {
    /// Nobody signed in.
    #[error("Sign in first: this needs an access token from sessionCreate in the Authorization header.")]
    Unauthenticated,
    /// Somebody did, who lacks something.
    #[error("{0}")]
    Forbidden(Lack),
}

/// What somebody lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Lack {
    /// A person, this role or a higher one.
    #[error("Your role does not allow this; it needs {} or higher.", .0.as_str())]
    Role(Role),
    /// A machine, this scope.
    #[error("These credentials do not allow this; they need the scope {}.", .0.as_str())]
    Scope(Scope),
    /// A machine, being a person.
    #[error("Only people may do this: sign in with sessionCreate.")]
    Person,
    /// Whoever repeats a request, a right that they had the first time.
    #[error("You had rights when you first sent this that you lack now.")]
    Former,
    /// Whoever an identity provider vouches for, any role.
    #[error("Your identity provider says nothing that gives you a role here.")]
    Mapped,
    /// Whoever has other credentials, a session.
    #[error("This needs a session: sign in with sessionCreate.")]
    Session,
}

/// Whether a viewer has a right.
#[must_use]
pub fn has(viewer: Option<&Viewer>, right: Right) -> bool {
    require(viewer, right).is_ok()
}

/// The viewer, if they have the right.
///
/// # Errors
/// [`Denied`] otherwise.
pub fn require(viewer: Option<&Viewer>, right: Right) -> Result<&Viewer, Denied> {
    let viewer = viewer.ok_or(Denied::Unauthenticated)?;
    let least = right.least_role();
    let lack = match (&viewer.principal, right.scope()) {
        (Principal::User { role, .. }, _) => (*role < least).then_some(Lack::Role(least)),
        (Principal::ApiClient { .. } | Principal::Preview, None) => Some(Lack::Person),
        (Principal::ApiClient { scopes }, Some(scope)) => {
            (!scopes.contains(&scope)).then_some(Lack::Scope(scope))
        }
        (Principal::Preview, Some(scope)) => Some(Lack::Scope(scope)),
    };
    lack.map_or(Ok(viewer), |lack| Err(Denied::Forbidden(lack)))
}

/// The rights that can be lent to machines.
const LENDABLE: [Right; 3] = [Right::ReadDrafts, Right::Write, Right::Publish];

/// The least role of those who may lend a scope; reading what is published needs none.
#[must_use]
pub fn least_lender(scope: Scope) -> Option<Role> {
    LENDABLE.into_iter().find(|right| right.scope() == Some(scope)).map(Right::least_role)
}

/// What a machine may do of what it was given, all that it implies included: never more than its owner may.
#[must_use]
pub fn lent(given: &[Scope], owner: Role) -> Vec<Scope> {
    let is_given = |scope: &Scope| given.iter().any(|given| implies(*given, *scope));
    let is_owned = |scope: &Scope| least_lender(*scope).is_none_or(|least| owner >= least);
    Scope::ALL.iter().copied().filter(is_given).filter(is_owned).collect()
}

fn implies(given: Scope, scope: Scope) -> bool {
    let changes = matches!(given, Scope::ContentWrite | Scope::ContentPublish);
    given == scope || scope == Scope::ContentRead || (scope == Scope::DraftRead && changes)
}

/// What a viewer's credentials allow, in the words that machines are given rights in. Reading what is published needs none.
#[must_use]
pub fn scopes(viewer: &Viewer) -> Vec<Scope> {
    let allowed = LENDABLE.into_iter().filter(|right| has(Some(viewer), *right)).filter_map(Right::scope);
    std::iter::once(Scope::ContentRead).chain(allowed).collect()
}
