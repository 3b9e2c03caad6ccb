//! HTML that was made here, and may stand in a page as it is.

use std::fmt;

use askama::FastWritable;
use askama::filters::HtmlSafe;

/// Finished HTML. Templates do not escape it again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// The caller vouches that `html` holds nothing a person typed, unless escaped.
    pub fn trusted(html: String) -> Markup {
        Markup(html)
    }

    /// Plain text as markup.
    pub fn text(text: &str) -> Markup {
        Markup(escape(text))
    }

    /// Text of several lines: each keeps its own.
    pub fn lines(text: &str) -> Markup {
        Markup(escape(text.trim()).replace('\n', "<br>"))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

impl FastWritable for Markup {
    fn write_into(&self, to: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        to.write_str(&self.0)?;
        Ok(())
    }
}

impl HtmlSafe for Markup {}

pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
