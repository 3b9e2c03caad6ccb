//! /can-bo/ky-so: what waits for an officer's signature or seal.

use askama::Template;
use identity::Actor;
use platform::web::{Page, Problem, View};

use super::at_desk;

#[derive(Template)]
#[template(path = "queue.html")]
struct QueueTemplate<'a> {
    view: &'a View,
}

pub(crate) async fn list(view: View, actor: Actor) -> Result<Page, Problem> {
    let page = Page::new(&view, view.t("signing-queue"), &QueueTemplate { view: &view })?;
    Ok(at_desk(&view, &actor, page).await)
}
