//! Signing in and staying signed in, for tests that are about just that.

use serde_json::json;

use super::{Answer, Person};

const SIGN_IN: &str = "mutation SignIn($email: String!, $password: String!) {
  sessionCreate(email: $email, password: $password) {
    accessToken expiresAt refreshToken
    viewer { kind name role }
    userErrors { code message path }
  }
}";

const REFRESH: &str = "mutation Refresh($token: String!) {
  sessionRefresh(refreshToken: $token) {
    accessToken expiresAt refreshToken
    viewer { kind name role }
    userErrors { code message path }
  }
}";

const CHANGE_PASSWORD: &str = "mutation Change($current: String!, $new: String!) {
  passwordChange(current: $current, new: $new) {
    accessToken expiresAt refreshToken
    viewer { kind name role }
    userErrors { code message path }
  }
}";

/// The tokens of one signed-in device.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// For the header `Authorization`.
    pub(crate) access: String,
    /// Good for one exchange.
    pub(crate) refresh: String,
}

impl Person {
    /// Signs in anew, whatever session there is: the payload of `sessionCreate`.
    pub(crate) async fn signs_in(&self) -> Answer {
        self.signs_in_as(self.email(), self.password()).await
    }

    /// Tries to sign in, as anybody may.
    pub(crate) async fn signs_in_as(&self, email: &str, password: &str) -> Answer {
        self.signed_out().ask_with(SIGN_IN, json!({ "email": email, "password": password })).await
    }

    /// Signs in on one more device.
    pub(crate) async fn opens_session(&self) -> Session {
        Session::in_answer(&self.signs_in().await.expect_ok(), "sessionCreate")
    }

    /// Fails to sign in to an account, many times over.
    pub(crate) async fn fails_to_sign_in_as(&self, email: &str, times: u32) {
        for _ in 0..times {
            let answer = self.signs_in_as(email, "not the password").await;
            assert_eq!(answer.user_errors(), ["INVALID_CREDENTIALS"]);
        }
    }

    /// Tries to exchange a refresh token.
    pub(crate) async fn refreshes(&self, refresh_token: &str) -> Answer {
        self.signed_out().ask_with(REFRESH, json!({ "token": refresh_token })).await
    }

    /// Exchanges a refresh token and takes it for granted that it works.
    pub(crate) async fn renews(&self, session: &Session) -> Session {
        Session::in_answer(&self.refreshes(&session.refresh).await.expect_ok(), "sessionRefresh")
    }

    /// Tries to give the account another password.
    pub(crate) async fn changes_password(&self, current: &str, new: &str) -> Answer {
        self.ask_with(CHANGE_PASSWORD, json!({ "current": current, "new": new })).await
    }
}

impl Session {
    /// The tokens in the payload of a mutation.
    pub(crate) fn in_answer(answer: &Answer, mutation: &str) -> Self {
        let token = |name| answer.text(&format!("/{mutation}/{name}")).to_owned();
        Self { access: token("accessToken"), refresh: token("refreshToken") }
    }
}
