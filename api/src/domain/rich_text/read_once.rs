//! Texts that were read, for whoever asks for the same one again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::RichText;

/// Each text that was asked for, read once: for as long as a request or a check goes on.
#[derive(Default)]
pub struct ReadOnce(Mutex<HashMap<String, Arc<RichText>>>);

impl ReadOnce {
    /// A text as [`RichText::parse`] reads it.
    #[must_use]
    pub fn read(&self, markdown: &str) -> Arc<RichText> {
        let mut texts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = texts.get(markdown) {
            return text.clone();
        }
        let text = Arc::new(RichText::parse(markdown));
        texts.insert(markdown.to_owned(), text.clone());
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_once() {
        let texts = ReadOnce::default();

        let (first, other, again) = (texts.read("*One*"), texts.read("Another"), texts.read("*One*"));

        assert!(Arc::ptr_eq(&first, &again) && !Arc::ptr_eq(&first, &other));
        assert_eq!(*again, RichText::parse("*One*"));
    }
}
