//! Which procedure the person at the counter came for.

use askama::Template;
use identity::Actor;
use organisations::Unit;
use platform::Ctx;
use platform::web::form::{Field, Kind};
use platform::web::pieces::PAGE_ROWS;
use platform::web::{Page, Problem, Reply, View};
use procedures::Code;
use procedures::search::{Catalogue, Filter, Question};

use super::counter::counter_unit;

#[derive(Template)]
#[template(path = "counter_choose.html")]
struct ChoosePage<'a> {
    view: &'a View,
    unit: &'a Unit,
    words: Field,
    found: Vec<(String, String, String)>,
    asked: bool,
}

/// Which procedure: by code or by words.
pub async fn choose(
    view: View,
    actor: Actor,
    ctx: Ctx,
    catalogue: Catalogue,
) -> Result<Reply, Problem> {
    let unit = counter_unit(&ctx, &view, &actor).await?;
    let asked = view.query("q").unwrap_or_default();
    if let Ok(code) = Code::parse(&asked) {
        return Ok(Reply::see(&format!("/can-bo/tiep-nhan/{code}?don-vi={}", unit.code)));
    }
    let index = catalogue.index(&ctx).await?;
    let question = Question { words: asked.clone(), filter: Filter::default() };
    let answer = index.ask(&question);
    let shown = if asked.is_empty() { Vec::new() } else { answer.page(None, PAGE_ROWS) };
    let found = shown.into_iter().map(|line| {
        let path = format!("/can-bo/tiep-nhan/{}?don-vi={}", line.code, unit.code);
        (path, line.listing.name.clone(), line.code.to_string())
    });
    let page = ChoosePage {
        words: Field::new(&view.speech, Kind::Search, "q", view.t("dossiers-counter-search"))
            .hint(view.t("dossiers-counter-search-hint"))
            .value(&asked),
        found: found.collect(),
        asked: !asked.is_empty(),
        unit: &unit,
        view: &view,
    };
    let menu = identity::desk(&view, &actor).await;
    let title = view.t("dossiers-counter-title");
    Ok(Page::new(&view, title, &page)?.menu(menu).back("/can-bo/ho-so").into())
}
