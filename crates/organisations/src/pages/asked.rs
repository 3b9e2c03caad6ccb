//! What the address of a list asks for.

use platform::web::View;

use crate::kind::Kind;
use crate::queries::After;

pub struct Asked {
    pub text: String,
    pub kind: Option<Kind>,
    /// Also what has ended.
    pub all: bool,
    pub after: Option<After>,
}

impl Asked {
    pub fn of(view: &View) -> Asked {
        Asked {
            text: view.query("q").unwrap_or_default(),
            kind: view.query("loai").and_then(|kind| Kind::parse(&kind)),
            all: view.query("dong").is_some(),
            after: view.query("sau").and_then(|after| After::parse(&after)),
        }
    }

    pub fn is_search(&self) -> bool {
        !self.text.trim().is_empty() || self.kind.is_some()
    }
}
