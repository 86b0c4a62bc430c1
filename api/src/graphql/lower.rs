//! From the shapes of inputs to those of the domain: nothing is parsed here, only carried down.

use async_graphql::{ID, MaybeUndefined};

use super::id;
use super::scalar::{Date, DateTime, Decimal, LanguageTag, TimeZone, URL};
use crate::domain::edit::{Patch, Reference};

/// Carries a value one floor down.
pub trait Lower<T> {
    /// The domain's shape of it.
    fn lower(self) -> T;
}

/// Values that are the same on both floors.
macro_rules! same {
    ($($kind:ty),+) => {
        $(impl Lower<$kind> for $kind {
            fn lower(self) -> $kind {
                self
            }
        })+
    };
}
same!(String, i32, bool);

/// Scalars are text that the domain reads.
macro_rules! text {
    ($($kind:ty),+) => {
        $(impl Lower<String> for $kind {
            fn lower(self) -> String {
                self.0
            }
        })+
    };
}
text!(Date, DateTime, Decimal, LanguageTag, TimeZone, URL);

/// An id that cannot be read is like one that does not exist.
impl Lower<Reference> for ID {
    fn lower(self) -> Reference {
        id::document(&self)
    }
}

impl<T: Lower<U>, U> Lower<Vec<U>> for Vec<T> {
    fn lower(self) -> Vec<U> {
        self.into_iter().map(Lower::lower).collect()
    }
}

impl<A: Lower<B>, B> Lower<Patch<B>> for MaybeUndefined<A> {
    fn lower(self) -> Patch<B> {
        match self {
            Self::Undefined => Patch::Absent,
            Self::Null => Patch::Clear,
            Self::Value(value) => Patch::Set(value.lower()),
        }
    }
}

/// What a creation must say.
pub struct Required<T>(pub T);

impl<A: Lower<B>, B> Lower<Patch<B>> for Required<A> {
    fn lower(self) -> Patch<B> {
        Patch::Set(self.0.lower())
    }
}

/// Declares the two inputs of a kind of content, which differ only in what a creation must say, and how both
/// become the same patch.
macro_rules! inputs {
    ($(#[$create_doc:meta])* $create:ident, $(#[$update_doc:meta])* $update:ident => $patch:ty {
        $(required { $($(#[$required_doc:meta])* $required:ident: $required_ty:ty,)* })?
        optional { $($(#[$optional_doc:meta])* $optional:ident: $optional_ty:ty,)* }
    }) => {
        $(#[$create_doc])*
        #[derive(async_graphql::InputObject)]
        pub struct $create {
            $($($(#[$required_doc])* pub $required: $required_ty,)*)?
            $($(#[$optional_doc])* pub $optional: async_graphql::MaybeUndefined<$optional_ty>,)*
        }

        $(#[$update_doc])*
        #[derive(async_graphql::InputObject)]
        pub struct $update {
            $($($(#[$required_doc])* pub $required: async_graphql::MaybeUndefined<$required_ty>,)*)?
            $($(#[$optional_doc])* pub $optional: async_graphql::MaybeUndefined<$optional_ty>,)*
        }

        impl $crate::graphql::lower::Lower<$patch> for $create {
            fn lower(self) -> $patch {
                use $crate::graphql::lower::{Lower, Required};
                type Patch = $patch;
                Patch {
                    $($($required: Required(self.$required).lower(),)*)?
                    $($optional: Lower::lower(self.$optional),)*
                }
            }
        }

        impl $crate::graphql::lower::Lower<$patch> for $update {
            fn lower(self) -> $patch {
                use $crate::graphql::lower::Lower;
                type Patch = $patch;
                Patch {
                    $($($required: Lower::lower(self.$required),)*)?
                    $($optional: Lower::lower(self.$optional),)*
                }
            }
        }
    };
}
pub(crate) use inputs;
