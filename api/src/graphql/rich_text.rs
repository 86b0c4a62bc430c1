//! Text that editors write as `CommonMark`.

use async_graphql::Object;

use super::error::{GqlError, Result};
use super::scalar::HTML;
use crate::domain::rich_text;

/// Text that editors write as CommonMark, with tables and strikethrough. Raw HTML in it is shown as text.
pub struct RichText {
    /// As written.
    pub markdown: String,
    /// The language it is written in.
    pub language: String,
}

#[Object]
impl RichText {
    /// As written.
    async fn markdown(&self) -> &str {
        &self.markdown
    }

    /// Rendered and sanitised, in one element that carries `lang` and `dir`.
    async fn html(
        &self,
        #[graphql(
            desc = "How far headings move down, 0 to 4, so that the text fits the page around it: with 1, `##` becomes `h3`. Never below `h6`.",
            default_with = "Some(0)"
        )]
        heading_offset: Option<i32>,
    ) -> Result<HTML> {
        let offset = heading_offset.unwrap_or(0);
        let offset = u8::try_from(offset).ok().filter(|offset| *offset <= 4);
        let offset = offset.ok_or_else(|| {
            GqlError::bad_input(&["headingOffset"], "headingOffset must be between 0 and 4.")
        })?;
        Ok(HTML(rich_text::html(&self.markdown, &self.language, offset)))
    }

    /// Without any marks: paragraphs are separated by an empty line, list items begin with `- ` or their number.
    async fn plain_text(&self) -> String {
        rich_text::plain_text(&self.markdown)
    }
}
