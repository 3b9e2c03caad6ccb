//! The outbox: messages kept here instead of being sent.

use askama::Template;
use axum::extract::State;

use super::{KeepsJobs, PAGE_READ, cut, place};
use crate::Ctx;
use crate::outside::{self, Sent};
use crate::store::StoreError;
use crate::web::form::{Field, Kind, Width};
use crate::web::pieces::Paging;
use crate::web::{MenuEntry, Page, Problem, View};

#[derive(Template)]
#[template(path = "outbox.html")]
struct List<'a> {
    view: &'a View,
    recipient: Field,
    messages: Vec<Sent>,
    paging: Paging,
}

pub(super) async fn list(
    view: View,
    KeepsJobs(keeper): KeepsJobs,
    State(ctx): State<Ctx>,
) -> Result<Page, Problem> {
    messages(&ctx, &view, keeper.menu).await
}

/// Open to all in a demonstration, and not there anywhere else.
pub(super) async fn demo(view: View, State(ctx): State<Ctx>) -> Result<Page, Problem> {
    if !view.demo() {
        return Err(Problem::not_found());
    }
    messages(&ctx, &view, Vec::new()).await
}

async fn messages(ctx: &Ctx, view: &View, menu: Vec<MenuEntry>) -> Result<Page, Problem> {
    let to = view.query("den").map(|to| to.trim().to_owned()).filter(|to| !to.is_empty());
    let (before, wanted) = (place(view), to.clone());
    let (mut messages, total) = ctx
        .store
        .read(move |tx| {
            let messages = outside::sent(tx, wanted.as_deref(), before, PAGE_READ)?;
            Ok::<_, StoreError>((messages, outside::sent_count(tx, wanted.as_deref())?))
        })
        .await?;
    let next = cut(&mut messages, |message| (message.at, message.id));
    let label = view.t("platform-outbox-filter-recipient");
    let recipient = Field::new(&view.speech, Kind::Text, "den", label)
        .value(to.unwrap_or_default())
        .width(Width::Twenty);
    let paging = Paging::new(view, total, next.as_deref());
    let content = List { view, recipient, messages, paging };
    Ok(Page::new(view, view.t("platform-outbox-title"), &content)?.menu(menu))
}

impl List<'_> {
    fn channel(&self, message: &Sent) -> String {
        self.view.t(match message.channel.as_str() {
            "sms" => "platform-outbox-sms",
            _ => "platform-outbox-mail",
        })
    }
}
