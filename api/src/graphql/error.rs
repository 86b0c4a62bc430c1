//! The closed list of top-level error codes, and the one error type of the public language.

use async_graphql::{Error, ErrorExtensions};

use crate::domain::access::Denied;
use crate::domain::read::{StoreError, is_unavailable};

/// `extensions.code` of a top-level error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The document is no GraphQL.
    GraphqlParseFailed,
    /// The document does not fit the schema.
    GraphqlValidationFailed,
    /// A value is out of bounds or of the wrong type.
    BadInput,
    /// Credentials are missing, malformed, expired or revoked.
    Unauthenticated,
    /// The credentials do not give the right.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// The document asks for too much.
    TooComplex,
    /// The document is nested too deeply.
    TooDeep,
    /// The request is too large.
    TooLarge,
    /// No document is known by the name that was given instead.
    PersistedQueryNotFound,
    /// Too many requests.
    RateLimited,
    /// It took too long.
    Timeout,
    /// The database is away.
    Unavailable,
    /// Our fault.
    Internal,
}

impl Code {
    /// The code as clients see it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GraphqlParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::GraphqlValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::BadInput => "BAD_INPUT",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::TooComplex => "TOO_COMPLEX",
            Self::TooDeep => "TOO_DEEP",
            Self::TooLarge => "TOO_LARGE",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::RateLimited => "RATE_LIMITED",
            Self::Timeout => "TIMEOUT",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }
}

/// A top-level error: a code, words for the client's developer, and nothing of the inside.
///
/// Deliberately without `Display`: the executor would show the text of anything that has it.
#[derive(Clone, Debug)]
pub struct GqlError {
    code: Code,
    message: String,
    argument_path: Vec<String>,
}

/// What resolvers return.
pub type Result<T, E = GqlError> = std::result::Result<T, E>;

impl GqlError {
    /// An error with a code and a message that a client may read.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), argument_path: Vec::new() }
    }

    /// `BAD_INPUT` naming the argument: `["filter", "slug", "eq"]`.
    #[must_use]
    pub fn bad_input(path: &[&str], message: impl Into<String>) -> Self {
        Self {
            code: Code::BadInput,
            message: message.into(),
            argument_path: path.iter().map(|&part| part.to_owned()).collect(),
        }
    }

    /// A defect of ours.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(Code::Internal, "Something went wrong on our side.")
    }

    /// Its code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// Its message.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl From<GqlError> for Error {
    fn from(error: GqlError) -> Self {
        Self::new(error.message).extend_with(|_, extensions| {
            extensions.set("code", error.code.as_str());
            if !error.argument_path.is_empty() {
                extensions.set("argumentPath", error.argument_path);
            }
        })
    }
}

impl From<Denied> for GqlError {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Unauthenticated => Self::new(Code::Unauthenticated, denied.to_string()),
            Denied::Forbidden(_) => Self::new(Code::Forbidden, denied.to_string()),
        }
    }
}

/// Logged here, once; the client learns the code.
impl From<StoreError> for GqlError {
    fn from(error: StoreError) -> Self {
        tracing::error!(error = %error, "the database refused a statement");
        if is_unavailable(&error) {
            Self::new(Code::Unavailable, "The database cannot do this at the moment. Try again shortly.")
        } else {
            Self::internal()
        }
    }
}
