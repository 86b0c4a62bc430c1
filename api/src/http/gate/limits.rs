//! How large a document may be.

/// The bounds of the gate. Each is checked before the work that it bounds; the defaults are what production runs.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the document's text. Default 64 KiB. Beyond: `TOO_LARGE`.
    pub document_bytes: usize,
    /// Lexical tokens, white space and comments included. Default 15,000: a document of 64 KiB in ordinary layout.
    /// Beyond: `TOO_COMPLEX`.
    pub tokens: usize,
    /// Fields inside fields, fragments expanded. Default 16: the standard introspection query has 15. Beyond: `TOO_DEEP`.
    pub depth: u32,
    /// Selection sets inside selection sets, those of fragments counted too. Default 30: the executor itself
    /// refuses 33. Beyond: `TOO_DEEP`.
    pub nesting: u32,
    /// Lists and objects inside each other in a literal or a variable. Default 24. Beyond: `TOO_DEEP`.
    pub value_depth: u32,
    /// Fields selected, each fragment counted as often as it is spread. Default 5,000. Beyond: `TOO_COMPLEX`.
    pub fields: u32,
    /// Aliased fields, counted like fields. Default 500. Beyond: `TOO_COMPLEX`.
    pub aliases: u32,
    /// Fields at the root of an operation, counted like fields. Default 100. Beyond: `TOO_COMPLEX`.
    pub root_fields: u32,
    /// Directives, counted like fields. Default 200. Beyond: `TOO_COMPLEX`.
    pub directives: u32,
    /// Operations in a document. Default 50. Beyond: `TOO_COMPLEX`.
    pub operations: usize,
    /// Scalars, lists and objects in all variables together. Default 20,000. Beyond: `TOO_LARGE`.
    pub variable_values: u32,
    /// Bytes that the prepared documents may take, by estimate. Default 16 MiB. Beyond: the least used are forgotten.
    pub cache_bytes: u64,
    /// Errors in one answer. Default 10. Beyond: the rest is left out.
    pub errors: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
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
            cache_bytes: 16 * 1024 * 1024,
            errors: 10,
        }
    }
}
