//! Pages for people: the home page, the search, a procedure and its versions, and the
//! administration of the catalogue.

pub mod acts;
pub mod edit;
pub mod home;
pub mod manage;
pub mod search;
pub mod show;
pub mod versions;

mod changes;
mod parts;
mod prose;
mod told;

use platform::web::{Crumb, View};
use platform::words::Locale;

use crate::listing::Listing;

/// A piece of text, and whether it is official, Vietnamese words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    pub is_official: bool,
}

impl Said {
    fn ours(text: String) -> Said {
        Said { text, is_official: false }
    }

    fn official(text: String) -> Said {
        Said { text, is_official: true }
    }
}

/// The name in the reader's language where there is one, and whether it is the official one.
fn name_of<'l>(view: &View, listing: &'l Listing) -> (&'l str, bool) {
    match (&listing.name_en, view.locale) {
        (Some(name), Locale::En) => (name, false),
        _ => (&listing.name, true),
    }
}

fn crumb(path: &str, label: String) -> Crumb {
    Crumb { path: path.to_owned(), label }
}

fn to_search(view: &View) -> Crumb {
    crumb("/thu-tuc", view.t("procedures-title"))
}
