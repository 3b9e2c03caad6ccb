//! Pages for those who sign and seal.

pub(crate) mod queue;

use identity::{Actor, desk};
use platform::web::{Page, View};

/// The officer's navigation on the left.
pub(crate) async fn at_desk(view: &View, actor: &Actor, page: Page) -> Page {
    page.menu(desk(view, actor).await)
}
