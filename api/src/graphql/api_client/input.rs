//! What is written about clients.

use crate::domain;
use crate::domain::api_client::ClientPatch;
use crate::graphql::lower::{Lower, inputs};
use crate::graphql::scalar::DateTime;
use crate::graphql::session::Scope;

impl Lower<domain::access::Scope> for Scope {
    fn lower(self) -> domain::access::Scope {
        self.into()
    }
}

inputs! {
    /// A new client.
    ApiClientInput,
    /// What of a client changes, from its next request on. What is left out stays.
    ApiClientUpdateInput => ClientPatch {
        required {
            /// What to call it: one line of 1 to 120 characters. Cannot be null.
            name: String,
            /// What it may do; at least one, none beyond its owner's rights. Cannot be null.
            scopes: Vec<Scope>,
        }
        optional {
            /// Whose pages may ask from a browser: `https://www.example.org`, `http` on loopback only. At most 50.
            origins: Vec<String>,
            /// From when on it is refused, in the future; null for never.
            expires_at: DateTime,
        }
    }
}
