//! What people said of a draft on its way to readers.

/// Where a draft is with those who decide on it; none for a draft that nobody was asked about.
pub mod review {
    use crate::Id;
    use sea_orm::entity::prelude::*;

    /// The last word of each side.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder)]
    #[sea_orm(table_name = "review")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub document_id: Id,
        /// When somebody asked for a decision; null while nobody waits for one.
        pub submitted_at: Option<DateTimeUtc>,
        /// Who asked; null as `submitted_at` is.
        pub submitted_by: Option<Id>,
        /// What the last reviewer asked for; null once somebody approved.
        pub note: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// That somebody agreed to one version of a draft.
pub mod approval {
    use crate::{Id, text_enum};
    use sea_orm::entity::prelude::*;

    text_enum! {
        /// What somebody agreed to.
        ApprovalKind {
            /// The words.
            Editorial = "EDITORIAL",
            /// That nobody comes to harm by it.
            Safeguarding = "SAFEGUARDING",
        }
    }

    /// One person's word; said again, the last one counts.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::cells::InOrder)]
    #[sea_orm(table_name = "approval")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub document_id: Id,
        /// The version that was looked at.
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i32,
        /// To what.
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: ApprovalKind,
        /// Who.
        #[sea_orm(primary_key, auto_increment = false)]
        pub approved_by: Id,
        /// When.
        pub approved_at: DateTimeUtc,
        /// In their words.
        pub note: Option<String>,
        /// When a withdrawal or a wish for changes ended it; null while it stands.
        pub ended_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
