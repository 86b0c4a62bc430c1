//! What is wrong with an input: all of it in one answer, each with a path.

/// The closed list of what can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemCode {
    /// It is missing or was cleared.
    Required,
    /// It is longer than it may be.
    TooLong,
    /// It is shorter than it may be.
    TooShort,
    /// It is not what it should be.
    Invalid,
    /// It lies outside its bounds.
    OutOfRange,
    /// Somebody else has it.
    Taken,
    /// There is no such thing.
    NotFound,
    /// Somebody saved in between.
    VersionConflict,
    /// Something published refers to it.
    InUse,
    /// Whoever wrote something does not approve it.
    ApproverIsAuthor,
    /// Not in the state that it is in.
    NotAllowedInState,
    /// Account or password are wrong.
    InvalidCredentials,
    /// The token was good once.
    TokenExpired,
    /// Too many failed tries.
    TooManyAttempts,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind of thing.
    pub code: ProblemCode,
    /// In words for the person who types.
    pub message: String,
    /// Where in the arguments: `["input", "authorIds", "0"]`.
    pub path: Vec<String>,
}

impl Problem {
    /// A problem with the argument at a path.
    #[must_use]
    pub fn at(path: &[&str], code: ProblemCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), path: path.iter().map(|&part| part.to_owned()).collect() }
    }
}
