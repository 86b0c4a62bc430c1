//! Sessions, their refresh tokens, and failed sign-ins.

use sea_orm::entity::prelude::*;

use crate::Id;

/// One signed-in device: a family of refresh tokens.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    pub user_id: Id,
    pub created_at: DateTimeUtc,
    /// When a refresh token was last used.
    pub used_at: DateTimeUtc,
    /// When it was ended.
    pub revoked_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Refresh tokens, hashed. A used one that comes back ends its session.
pub mod refresh_token {
    use super::Id;
    use sea_orm::entity::prelude::*;

    /// One token.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "refresh_token")]
    pub struct Model {
        /// SHA-256 of the token, hexadecimal.
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub session_id: Id,
        pub created_at: DateTimeUtc,
        /// When it was exchanged for the next.
        pub used_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Failed sign-ins of the last fifteen minutes.
pub mod sign_in_failure {
    use super::Id;
    use sea_orm::entity::prelude::*;

    /// One failure. Neither account nor address is kept in clear: both are keyed hashes.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_in_failure")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id,
        pub account: String,
        pub address: String,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
