//! What happened and what is still to come, in order.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Tone;
use crate::web::Markup;

#[derive(Template, Clone, Debug)]
#[template(path = "pieces/timeline.html")]
pub struct Timeline(pub Vec<Moment>);

/// `Good`: done; `Info`: where it stands now; `Plain`: to come; `Warn` and `Bad`: done, but look.
#[derive(Clone, Debug)]
pub struct Moment {
    pub tone: Tone,
    pub title: String,
    /// When and by whom, or when it is expected.
    pub when: String,
    pub text: Option<Markup>,
}

impl Moment {
    fn class(&self) -> &'static str {
        match self.tone {
            Tone::Good => "past",
            Tone::Warn => "past warn",
            Tone::Bad => "past bad",
            Tone::Info => "now",
            Tone::Plain => "later",
        }
    }

    fn here(&self) -> bool {
        self.tone == Tone::Info
    }
}

impl HtmlSafe for Timeline {}
