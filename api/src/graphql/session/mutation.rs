//! Signing in and out, and changing one's password.

use async_graphql::{Context, Object, SimpleObject};

use super::Viewer;
use crate::app::CryptoError;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::session::{
    self, Credentials, NewPassword, PasswordError, RefreshError, SignInError, SignedIn,
};
use crate::graphql::error::{Code, GqlError, Result};
use crate::graphql::payload::UserError;
use crate::graphql::scalar::DateTime;
use crate::graphql::{app, client, db, view};

/// What somebody who signed in is given. With any user error all of it is null.
#[derive(Default, SimpleObject)]
pub struct SessionPayload {
    /// For the header `Authorization: Bearer …`. Good for fifteen minutes, and only while the session and the account are.
    access_token: Option<String>,
    /// From when on the access token is refused.
    expires_at: Option<DateTime>,
    /// Good for one `sessionRefresh`, within 30 days of being issued and 90 days of signing in. Keep it secret: a used one that comes back ends the session.
    refresh_token: Option<String>,
    /// Who signed in.
    viewer: Option<Viewer>,
    /// What was wrong.
    user_errors: Vec<UserError>,
}

/// Whether something was ended.
#[derive(SimpleObject)]
pub struct RevokePayload {
    /// False when there was nothing to end: the token is unknown, or what it is of had ended before.
    revoked: bool,
    /// What was wrong.
    user_errors: Vec<UserError>,
}

impl From<bool> for RevokePayload {
    fn from(revoked: bool) -> Self {
        Self { revoked, user_errors: Vec::new() }
    }
}

impl From<SignedIn> for SessionPayload {
    fn from(signed_in: SignedIn) -> Self {
        let SignedIn { access_token, expires_at, refresh_token, viewer } = signed_in;
        Self {
            access_token: Some(access_token),
            expires_at: Some(expires_at.into()),
            refresh_token: Some(refresh_token),
            viewer: Some(Viewer::of(&viewer)),
            user_errors: Vec::new(),
        }
    }
}

impl SessionPayload {
    fn refused(problems: Vec<Problem>) -> Self {
        Self { user_errors: problems.into_iter().map(UserError::from).collect(), ..Self::default() }
    }

    /// A refusal of the whole, which does not say which argument is wrong.
    fn refused_as(code: ProblemCode, error: &impl ToString) -> Self {
        Self::refused(vec![Problem::at(&[], code, error.to_string())])
    }
}

/// Logged here, once.
impl From<CryptoError> for GqlError {
    fn from(error: CryptoError) -> Self {
        match error {
            CryptoError::Busy => {
                Self::new(Code::Unavailable, "Too many people sign in at the moment. Try again shortly.")
            }
            CryptoError::Failed(_) => {
                tracing::error!(error = %error, "no tokens or hashes");
                Self::internal()
            }
        }
    }
}

/// Fields of `Mutation`.
#[derive(Default)]
pub struct SessionMutation;

#[Object]
impl SessionMutation {
    /// Signs somebody in. A wrong password, an unknown address and an account that is switched off all give
    /// `INVALID_CREDENTIALS` with an empty path, after the same time; ten failures in fifteen minutes from one network
    /// address with one account, or a hundred with any, give `TOO_MANY_ATTEMPTS`. The Authorization header is not looked at.
    async fn session_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account's e-mail address; case does not count.")] email: String,
        #[graphql(desc = "The account's password.")] password: String,
    ) -> Result<SessionPayload> {
        let credentials = Credentials { email, password, address: client(ctx) };
        match session::sign_in(app(ctx), db(ctx), credentials).await {
            Ok(signed_in) => Ok(signed_in.into()),
            Err(error @ SignInError::InvalidCredentials) => {
                Ok(SessionPayload::refused_as(ProblemCode::InvalidCredentials, &error))
            }
            Err(error @ SignInError::TooManyAttempts) => {
                Ok(SessionPayload::refused_as(ProblemCode::TooManyAttempts, &error))
            }
            Err(SignInError::Store(error)) => Err(error.into()),
            Err(SignInError::Crypto(error)) => Err(error.into()),
        }
    }

    /// Exchanges a refresh token for the next tokens and uses it up. `TOKEN_EXPIRED` when it is too old,
    /// `INVALID_CREDENTIALS` when it is unknown or was used, or its session or account is no more. The Authorization
    /// header is not looked at.
    async fn session_refresh(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From the last `sessionCreate`, `sessionRefresh` or `passwordChange`.")]
        refresh_token: String,
    ) -> Result<SessionPayload> {
        match session::refresh(app(ctx), db(ctx), &refresh_token).await {
            Ok(signed_in) => Ok(signed_in.into()),
            Err(error @ RefreshError::InvalidCredentials) => {
                Ok(SessionPayload::refused_as(ProblemCode::InvalidCredentials, &error))
            }
            Err(error @ RefreshError::TokenExpired) => {
                Ok(SessionPayload::refused_as(ProblemCode::TokenExpired, &error))
            }
            Err(RefreshError::Store(error)) => Err(error.into()),
            Err(RefreshError::Crypto(error)) => Err(error.into()),
        }
    }

    /// Signs out: the session's refresh and access tokens are refused from now on. The Authorization header is not looked at.
    async fn session_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Any refresh token of the session, used or not.")] refresh_token: String,
    ) -> Result<RevokePayload> {
        let revoked = session::revoke(app(ctx), db(ctx), &refresh_token).await?;
        Ok(revoked.into())
    }

    /// Changes the viewer's own password, ends all their other sessions, and gives this one new tokens; its old refresh
    /// token is used up. A wrong current password counts like a failed sign-in. Needs an access token.
    async fn password_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password that it replaces.")] current: String,
        #[graphql(desc = "12 to 256 characters, any that you like.")] new: String,
    ) -> Result<SessionPayload> {
        let wish = NewPassword { current, new, address: client(ctx) };
        match session::change_password(app(ctx), db(ctx), view(ctx).viewer.as_ref(), wish).await {
            Ok(signed_in) => Ok(signed_in.into()),
            Err(PasswordError::Problems(problems)) => Ok(SessionPayload::refused(problems)),
            Err(PasswordError::Denied(denied)) => Err(denied.into()),
            Err(PasswordError::Store(error)) => Err(error.into()),
            Err(PasswordError::Crypto(error)) => Err(error.into()),
        }
    }
}
