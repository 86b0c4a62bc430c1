//! How much an operation may be, and who may ask for more.

/// Who asks, as far as limits are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Anybody.
    Anybody,
    /// Whoever the operator knows: people and clients that are signed in, and frontends by their trusted documents.
    Known,
}

/// The bounds of an operation. Each is checked before the work that it bounds.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the document's text. Beyond: `TOO_LARGE`.
    pub document_bytes: usize,
    /// Lexical tokens, white space and comments included: those of a document of as many bytes in ordinary layout.
    /// Beyond: `TOO_COMPLEX`.
    pub tokens: usize,
    /// Fields inside fields, fragments expanded: the standard introspection query has 15. Beyond: `TOO_DEEP`.
    pub depth: u32,
    /// Selection sets inside selection sets, those of fragments counted too: the executor itself
    /// refuses 33. Beyond: `TOO_DEEP`.
    pub nesting: u32,
    /// Lists and objects inside each other in a literal or a variable. Beyond: `TOO_DEEP`.
    pub value_depth: u32,
    /// Fields selected, each fragment counted as often as it is spread. Beyond: `TOO_COMPLEX`.
    pub fields: u32,
    /// Aliased fields, counted like fields. Beyond: `TOO_COMPLEX`.
    pub aliases: u32,
    /// Fields at the root of an operation, counted like fields. Beyond: `TOO_COMPLEX`.
    pub root_fields: u32,
    /// Directives, counted like fields. Beyond: `TOO_COMPLEX`.
    pub directives: u32,
    /// Operations in a document. Beyond: `TOO_COMPLEX`.
    pub operations: usize,
    /// Scalars, lists and objects in all variables together. Beyond: `TOO_LARGE`.
    pub variable_values: u32,
    /// Units that the operation may cost with its variables: one for each object that it may read. Far above what [`Limits::objects`]
    /// lets an answer hold, since lists are seldom full; it refuses what multiplies beyond all reason before anything is
    /// read. Beyond: `TOO_COMPLEX`.
    pub cost: u64,
    /// Objects that all lists of an answer together may hold. Beyond: `TOO_COMPLEX`.
    pub objects: u32,
    /// Errors in one answer. Beyond: the rest is left out.
    pub errors: usize,
}

const ANYBODY: Limits = Limits {
    document_bytes: 64 * 1024,
    tokens: 15_000,
    depth: 16,
    nesting: 30,
    value_depth: 24,
    fields: 5_000,
    aliases: 500,
    root_fields: 100,
    directives: 200,
    operations: 50,
    variable_values: 20_000,
    cost: 1_000_000_000,
    objects: 20_000,
    errors: 10,
};

const KNOWN: Limits = Limits {
    document_bytes: 256 * 1024,
    tokens: 60_000,
    depth: 24,
    fields: 20_000,
    aliases: 2_000,
    root_fields: 200,
    directives: 800,
    variable_values: 100_000,
    cost: 1_000_000_000_000,
    objects: 50_000,
    ..ANYBODY
};

impl Limits {
    /// The bounds for whoever asks.
    #[must_use]
    pub fn of(standing: Standing) -> &'static Self {
        match standing {
            Standing::Anybody => &ANYBODY,
            Standing::Known => &KNOWN,
        }
    }
}
