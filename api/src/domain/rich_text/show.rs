//! What references show.

use super::Reference;

/// What references show to somebody who reads a text.
pub trait Show {
    /// Within a sentence.
    fn span(&self, reference: &Reference) -> Shown;
    /// Alone in a paragraph, as HTML that is sanitised later; empty where it shows nothing.
    fn block_html(&self, reference: &Reference) -> String;
    /// Alone in a paragraph, in words.
    fn block_text(&self, reference: &Reference) -> String;
}

/// What a reference shows within a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Words or a number; empty where it shows nothing.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
    /// The language of its words, where that is not the language of the text.
    pub language: Option<String>,
    /// Whether it is written from left to right in every language, as a telephone number is.
    pub is_number: bool,
}

impl Shown {
    /// Words alone.
    #[must_use]
    pub fn words(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

/// Shows of each reference the words that the editor gave, and nothing else: what a text says without anything being looked up.
pub struct OwnWords;

impl Show for OwnWords {
    fn span(&self, reference: &Reference) -> Shown {
        Shown::words(reference.text.clone().unwrap_or_default())
    }

    fn block_html(&self, reference: &Reference) -> String {
        super::html::paragraph(reference.text.as_deref().unwrap_or_default())
    }

    fn block_text(&self, reference: &Reference) -> String {
        reference.text.clone().unwrap_or_default()
    }
}
