//! /demo/hop-thu: what would have been sent to telephones and mailboxes. Only in a demonstration,
//! where all people are invented.

use askama::Template;
use axum::extract::State;
use platform::Ctx;
use platform::outside::{self, Sent};
use platform::store::StoreError;
use platform::web::{Page, Problem, View};

#[derive(Template)]
#[template(path = "outbox.html")]
struct OutboxTemplate<'a> {
    view: &'a View,
    messages: Vec<Row>,
}

struct Row {
    recipient: String,
    heading: String,
    at: String,
    text: String,
}

pub(crate) async fn list(view: View, State(ctx): State<Ctx>) -> Result<Page, Problem> {
    if !ctx.settings.demo {
        return Err(Problem::not_found());
    }
    let to = view.query("den").filter(|to| !to.is_empty());
    let messages: Result<Vec<Sent>, StoreError> =
        ctx.store.read(move |tx| outside::sent(tx, to.as_deref(), None, 50)).await;
    let messages = messages?.into_iter().map(|sent| row(&view, sent)).collect();
    let template = OutboxTemplate { view: &view, messages };
    Page::new(&view, view.t("identity-outbox"), &template)
}

fn row(view: &View, sent: Sent) -> Row {
    let heading = match sent.channel.as_str() {
        "sms" => view.t("identity-outbox-sms"),
        _ => format!("{}: {}", view.t("identity-outbox-mail"), sent.subject),
    };
    let at = view.speech.date_time(sent.at);
    Row { recipient: sent.recipient, heading, at, text: sent.text }
}
