//! A state in a word, a colour and a shape: whoever misses one of them has the others.

use askama::Template;
use askama::filters::HtmlSafe;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Done, on time.
    Good,
    /// Soon to be late, needs a look.
    Warn,
    /// Late, wrong, refused.
    Bad,
    /// Under way.
    Info,
    /// Neither good nor bad.
    #[default]
    Plain,
}

impl Tone {
    pub fn class(self) -> &'static str {
        match self {
            Tone::Good => "good",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Info => "info",
            Tone::Plain => "plain",
        }
    }

    /// A tick, a clock, an exclamation mark, a ring; drawn, so that no font can lack it.
    pub(crate) fn shape(self) -> &'static str {
        match self {
            Tone::Good => "M2.5 8.5l3.500 3.500 7.500-8",
            Tone::Warn => "M8 1.500a6.500 6.500 0 1 0 .01 0M8 4.500V8.200l2.800 1.600",
            Tone::Bad => "M8 1.500v8.500M8 13.400v1.200",
            Tone::Info => "M8 2a6 6 0 1 0 .01 0",
            Tone::Plain => "",
        }
    }
}

#[derive(Template, Clone, Debug)]
#[template(
    ext = "html",
    source = "<span class=\"tag {{ tone.class() }}\">\
        {%- if !tone.shape().is_empty() -%}\
        <svg viewBox=\"0 0 16 16\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.4\" \
        aria-hidden=\"true\"><path d=\"{{ tone.shape() }}\"/></svg>\
        {%- endif -%}{{ word }}</span>"
)]
pub struct Tag {
    pub tone: Tone,
    pub word: String,
}

impl Tag {
    pub fn new(tone: Tone, word: impl Into<String>) -> Tag {
        Tag { tone, word: word.into() }
    }
}

/// A figure and what it counts; inside `<dl class="stats">`.
#[derive(Template, Clone, Debug)]
#[template(
    ext = "html",
    source = "<div class=\"{{ tone.class() }}\"><dt>{{ label }}</dt><dd>{{ figure }}</dd></div>"
)]
pub struct Stat {
    pub tone: Tone,
    pub label: String,
    /// Written the way the language writes numbers.
    pub figure: String,
}

impl HtmlSafe for Tag {}
impl HtmlSafe for Stat {}
