//! Why a request is not carried out, and how HTTP says so.

use axum::http::header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderName, HeaderValue, StatusCode};

use super::fault::Fault;
use crate::domain::access::Denied;
use crate::domain::view::ViewError;
use crate::graphql::error::{Code, GqlError};

/// A request error: answered without `data`.
#[derive(Debug)]
pub(super) struct Refusal {
    /// `None` where the media type of the answer decides: the request was well formed, its document or variables were not.
    pub status: Option<StatusCode>,
    /// Never empty.
    pub faults: Vec<Fault>,
    /// What the status asks for: `Allow`, `WWW-Authenticate`, `Retry-After`.
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

impl Refusal {
    /// A request that is no GraphQL request, whatever the media type.
    pub(super) fn with(status: StatusCode, fault: Fault) -> Self {
        Self { status: Some(status), faults: vec![fault], headers: Vec::new() }
    }

    /// A malformed parameter.
    pub(super) fn parameter(name: &str, message: &str) -> Self {
        Self::with(StatusCode::BAD_REQUEST, Fault::parameter(name, message))
    }

    /// A malformed request.
    pub(super) fn malformed(message: &str) -> Self {
        Self::with(StatusCode::BAD_REQUEST, Fault::new(Code::BadInput, message))
    }

    /// A well-formed request whose document or variables are wrong.
    pub(super) fn of_document(faults: Vec<Fault>) -> Self {
        Self { status: None, faults, headers: Vec::new() }
    }

    /// Another method is needed.
    pub(super) fn method(allow: &'static str, message: &str) -> Self {
        let refusal = Self::with(StatusCode::METHOD_NOT_ALLOWED, Fault::new(Code::BadInput, message));
        refusal.and(ALLOW, HeaderValue::from_static(allow))
    }

    /// Credentials are needed, or others than these.
    pub(super) fn unauthenticated(challenge: &'static str, message: &str) -> Self {
        let refusal = Self::with(StatusCode::UNAUTHORIZED, Fault::new(Code::Unauthenticated, message));
        refusal.and(WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
    }

    /// There is too much to do at the moment.
    pub(super) fn busy() -> Self {
        let fault = Fault::new(Code::Unavailable, "The server has too much to do. Try again shortly.");
        let refusal = Self::with(StatusCode::SERVICE_UNAVAILABLE, fault);
        refusal.and(RETRY_AFTER, HeaderValue::from_static("1"))
    }

    /// It took too long.
    pub(super) fn timeout() -> Self {
        let fault =
            Fault::new(Code::Timeout, "The request took too long and was given up. Ask for less at once.");
        Self::with(StatusCode::SERVICE_UNAVAILABLE, fault)
    }

    fn and(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl From<ViewError> for Refusal {
    fn from(error: ViewError) -> Self {
        let message = error.to_string();
        match error {
            ViewError::BadToken => Self::unauthenticated("Bearer error=\"invalid_token\"", &message),
            ViewError::Denied(Denied::Unauthenticated) => Self::unauthenticated("Bearer", &message),
            ViewError::Denied(Denied::Forbidden(_)) => {
                Self::with(StatusCode::FORBIDDEN, Fault::new(Code::Forbidden, &message))
            }
            // Without a view there is nothing to answer in part: whatever the database said, try again.
            ViewError::Store(error) => {
                let mut fault = Fault::from(GqlError::from(error));
                if fault.code == Code::Internal {
                    fault = Fault::new(
                        Code::Unavailable,
                        "The database cannot answer at the moment. Try again shortly.",
                    );
                }
                let refusal = Self::with(StatusCode::SERVICE_UNAVAILABLE, fault);
                refusal.and(RETRY_AFTER, HeaderValue::from_static("5"))
            }
        }
    }
}
