//! Who may do what.

use thiserror::Error;

use super::view::{Role, Viewer};

/// Something that needs a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// See drafts and the editorial fields.
    ReadDrafts,
    /// Write drafts.
    Write,
    /// Change what readers see.
    Publish,
    /// Manage accounts and the site.
    Administer,
}

impl Right {
    /// The least role that has the right; each role has all that the ones before it have.
    #[must_use]
    pub fn least_role(self) -> Role {
        match self {
            Self::ReadDrafts => Role::Viewer,
            Self::Write => Role::Author,
            Self::Publish => Role::Editor,
            Self::Administer => Role::Admin,
        }
    }
}

/// Why somebody may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Denied {
    /// Nobody signed in.
    #[error("Sign in first: this needs an access token from sessionCreate in the Authorization header.")]
    Unauthenticated,
    /// Somebody did, with too small a role.
    #[error("Your role does not allow this; it needs {} or higher.", .least.as_str())]
    Forbidden {
        /// The least role that may.
        least: Role,
    },
}

/// Whether a viewer has a right.
#[must_use]
pub fn has(viewer: Option<&Viewer>, right: Right) -> bool {
    viewer.is_some_and(|viewer| viewer.role >= right.least_role())
}

/// The viewer, if they have the right.
///
/// # Errors
/// [`Denied`] otherwise.
pub fn require(viewer: Option<&Viewer>, right: Right) -> Result<&Viewer, Denied> {
    let viewer = viewer.ok_or(Denied::Unauthenticated)?;
    if viewer.role >= right.least_role() {
        Ok(viewer)
    } else {
        Err(Denied::Forbidden { least: right.least_role() })
    }
}
