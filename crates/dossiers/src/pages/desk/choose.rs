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
    let page = ChoosePage {
        words: search_field(&view, &asked),
        found: found(&ctx, &catalogue, &asked, &unit).await?,
        asked: !asked.is_empty(),
        unit: &unit,
        view: &view,
    };
    let menu = identity::desk(&view, &actor).await;
    let title = view.t("dossiers-counter-title");
    Ok(Page::new(&view, title, &page)?.menu(menu).back("/can-bo/ho-so").into())
}

fn search_field(view: &View, asked: &str) -> Field {
    Field::new(&view.speech, Kind::Search, "q", view.t("dossiers-counter-search"))
        .hint(view.t("dossiers-counter-search-hint"))
        .value(asked)
}

/// Address, name and code of each procedure that fits; nothing while nothing is asked.
async fn found(
    ctx: &Ctx,
    catalogue: &Catalogue,
    asked: &str,
    unit: &Unit,
) -> Result<Vec<(String, String, String)>, Problem> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let index = catalogue.index(ctx).await?;
    let answer = index.ask(&Question { words: asked.to_owned(), filter: Filter::default() });
    let line = |line: &procedures::search::Listed| {
        let path = format!("/can-bo/tiep-nhan/{}?don-vi={}", line.code, unit.code);
        (path, line.listing.name.clone(), line.code.to_string())
    };
    Ok(answer.page(None, PAGE_ROWS).into_iter().map(line).collect())
}
