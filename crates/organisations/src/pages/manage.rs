//! The administration of the catalogue, for officers with a mandate.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use jiff::civil::Date;
use platform::Ctx;
use platform::store::{StoreError, Tx};
use platform::web::form::{Answers, Errors, Field, Kind as Ask};
use platform::web::{Crumb, Form, Page, Problem, Reply, View};

use super::acts::Act;
use super::forms::{self, Asker, Faulty};
use super::lines::{Event, Listing, places};
use super::{ROWS, today};
use crate::code::Code;
use crate::commands;
use crate::mandate::{Mandate, Mandated, Scope};
use crate::queries::{self, After, Filter, Slice};
use crate::refusal::Refusal;
use crate::unit::{Unit, UnitId};

const HOME: &str = "/quan-tri/don-vi";
const EVENTS: i64 = 10;

pub async fn home(view: View, mandated: Mandated, State(ctx): State<Ctx>) -> Result<Page, Problem> {
    let (on, over) = (today(&view), mandated.mandate.over);
    let (text, after) = (view.query("q").unwrap_or_default(), after(&view));
    let (root, slice, above) =
        ctx.store.read(move |tx| part_of(tx, over, (&text, after.as_ref()), on)).await?;
    let found = Listing { base: HOME, ..Listing::of(&view, &slice, &above, on) };
    home_page(&view, &mandated, root.as_ref(), found)
}

pub async fn unit(
    view: View,
    mandated: Mandated,
    State(ctx): State<Ctx>,
    Path(code): Path<String>,
) -> Result<Page, Problem> {
    let on = today(&view);
    let mandate = mandated.mandate.clone();
    let after = after(&view);
    let managed =
        ctx.store.read(move |tx| Managed::load(tx, &mandate, &code, after.as_ref(), on)).await?;
    unit_page(&view, &mandated, &managed, on)
}

pub async fn new(view: View, mandated: Mandated, State(ctx): State<Ctx>) -> Result<Page, Problem> {
    let place = Place::find(&view, &mandated.mandate, &ctx).await?;
    new_page(&view, &mandated, &place, (&Answers::default(), &Errors::new()))
}

pub async fn post_new(
    view: View,
    mandated: Mandated,
    State(ctx): State<Ctx>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let place = Place::find(&view, &mandated.mandate, &ctx).await?;
    match create(&view, &mandated.mandate, &ctx, (&place, &answers)).await {
        Ok(unit) => Ok(seen(&unit).notice("organisations-notice-created")),
        Err(Faulty::Problem(problem)) => Err(problem),
        Err(Faulty::Mistakes(errors)) => {
            Ok(new_page(&view, &mandated, &place, (&answers, &errors))?.error().into())
        }
    }
}

pub async fn act(
    view: View,
    mandated: Mandated,
    State(ctx): State<Ctx>,
    Path((code, act)): Path<(String, String)>,
) -> Result<Page, Problem> {
    let act = Act::parse(&act).ok_or_else(Problem::not_found)?;
    let unit = reached(&ctx, &mandated.mandate, code).await?;
    let is_own = mandated.mandate.over == Scope::Subtree(unit.id);
    match act.barred(&unit, is_own) {
        Some(refusal) => Err(refusal.into()),
        None => act_page(&view, &mandated, (act, &unit), (&act.answers(&unit), &Errors::new())),
    }
}

pub async fn post_act(
    view: View,
    mandated: Mandated,
    State(ctx): State<Ctx>,
    Path((code, act)): Path<(String, String)>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let act = Act::parse(&act).ok_or_else(Problem::not_found)?;
    let unit = reached(&ctx, &mandated.mandate, code).await?;
    match act.run((&ctx, &mandated.mandate), &view, &unit, &answers).await {
        Ok(unit) => Ok(seen(&unit).notice(act.notice())),
        Err(Faulty::Problem(problem)) => Err(problem),
        Err(Faulty::Mistakes(errors)) => {
            Ok(act_page(&view, &mandated, (act, &unit), (&answers, &errors))?.error().into())
        }
    }
}

fn seen(unit: &Unit) -> Reply {
    Reply::see(&format!("{HOME}/{}", unit.code))
}

fn after(view: &View) -> Option<After> {
    view.query("sau").and_then(|after| After::parse(&after))
}

/// The unit of a code, if the mandate reaches it; else it is not there.
async fn reached(ctx: &Ctx, mandate: &Mandate, code: String) -> Result<Unit, Problem> {
    let over = mandate.over;
    Ok(ctx.store.read(move |tx| reached_in(tx, over, &code)).await?)
}

fn reached_in(tx: &mut Tx, over: Scope, code: &str) -> Result<Unit, Refusal> {
    let unit = queries::by_code(tx, code)?.ok_or(Refusal::NoSuchUnit)?;
    let reaches = match over {
        Scope::Everything => true,
        Scope::Subtree(root) => queries::is_within(tx, unit.id, root)?,
    };
    if reaches { Ok(unit) } else { Err(Refusal::NoSuchUnit) }
}

type Part = (Option<Unit>, Slice, HashMap<UnitId, String>);

/// The mandate's part of the tree: what stands at its top, or what was searched for in it.
fn part_of(
    tx: &mut Tx,
    over: Scope,
    (text, after): (&str, Option<&After>),
    on: Date,
) -> Result<Part, StoreError> {
    let root = match over {
        Scope::Everything => None,
        Scope::Subtree(id) => queries::unit(tx, id)?,
    };
    let within = root.as_ref().map(|root| root.code.clone());
    let filter = Filter { within, direct: text.trim().is_empty(), ..Filter::default() };
    let slice = queries::search(tx, text, &filter, after, (on, ROWS))?;
    let above = places(tx, &slice.units)?;
    Ok((root, slice, above))
}

#[derive(Template)]
#[template(path = "manage.html")]
struct HomePage<'a> {
    view: &'a View,
    root: Option<&'a Unit>,
    question: Field,
    found: Listing,
}

fn home_page(
    view: &View,
    mandated: &Mandated,
    root: Option<&Unit>,
    found: Listing,
) -> Result<Page, Problem> {
    let question = Field::new(&view.speech, Ask::Search, "q", view.t("organisations-search"))
        .hint(view.t("organisations-search-hint"))
        .value(view.query("q").unwrap_or_default());
    let content = HomePage { view, root, question, found };
    let page = Page::new(view, view.t("organisations-manage"), &content)?;
    Ok(page.menu(mandated.menu.clone()))
}

/// A unit with what its administrator needs to see.
struct Managed {
    unit: Unit,
    is_own: bool,
    children: Slice,
    events: Vec<queries::ChangeRow>,
    codes: Vec<queries::KnownCode>,
}

impl Managed {
    fn load(
        tx: &mut Tx,
        mandate: &Mandate,
        code: &str,
        after: Option<&After>,
        on: Date,
    ) -> Result<Managed, Refusal> {
        let unit = reached_in(tx, mandate.over, code)?;
        let within = Some(unit.code.clone());
        let filter = Filter { within, direct: true, ..Filter::default() };
        Ok(Managed {
            is_own: mandate.over == Scope::Subtree(unit.id),
            children: queries::search(tx, "", &filter, after, (on, ROWS))?,
            events: queries::history(tx, unit.id, None, EVENTS)?,
            codes: queries::codes(tx, unit.id)?,
            unit,
        })
    }
}

#[derive(Template)]
#[template(path = "managed.html")]
struct UnitPage<'a> {
    view: &'a View,
    managed: &'a Managed,
    acts: Vec<ActLink>,
    standing: String,
    kind: String,
    other_codes: Vec<String>,
    children: Listing,
    events: Vec<Event>,
}

struct ActLink {
    path: String,
    label: String,
}

fn unit_page(
    view: &View,
    mandated: &Mandated,
    managed: &Managed,
    on: Date,
) -> Result<Page, Problem> {
    let unit = &managed.unit;
    let open = |act: &Act| act.barred(unit, managed.is_own).is_none();
    let acts = Act::ALL.into_iter().filter(open);
    let former = managed.codes.iter().filter(|known| known.standing != "current");
    let none = HashMap::new();
    let content = UnitPage {
        view,
        managed,
        acts: acts
            .map(|act| ActLink {
                path: format!("{HOME}/{}/{}", unit.code, act.path()),
                label: act.title(view),
            })
            .collect(),
        standing: view.t(unit.standing(on).word()),
        kind: view.t(&unit.kind.word()),
        other_codes: former.map(|known| known.code.to_string()).collect(),
        children: Listing { base: HOME, ..Listing::of(view, &managed.children, &none, on) },
        events: managed.events.iter().map(|row| Event::of(view, row)).collect(),
    };
    let page = Page::new(view, unit.name.to_string(), &content)?;
    Ok(page.menu(mandated.menu.clone()).crumbs(crumbs(view, None)))
}

fn crumbs(view: &View, unit: Option<&Unit>) -> Vec<Crumb> {
    let home = Crumb { path: HOME.to_owned(), label: view.t("organisations-manage") };
    let unit = unit.map(|unit| Crumb {
        path: format!("{HOME}/{}", unit.code),
        label: unit.label().to_owned(),
    });
    [home].into_iter().chain(unit).collect()
}

/// Where a new unit would stand.
struct Place {
    /// None: at level 1.
    above: Option<Unit>,
    used: Vec<String>,
}

impl Place {
    /// `?duoi=H57`; without it, the mandate's own unit.
    async fn find(view: &View, mandate: &Mandate, ctx: &Ctx) -> Result<Place, Problem> {
        let (wanted, over) = (view.query("duoi").unwrap_or_default(), mandate.over);
        let place = ctx.store.read(move |tx| {
            let above = match (wanted.is_empty(), over) {
                (true, Scope::Everything) => None,
                (true, Scope::Subtree(root)) => queries::unit(tx, root)?,
                (false, _) => Some(reached_in(tx, over, &wanted)?),
            };
            let used = match &above {
                Some(above) => queries::used_groups(tx, &above.code)?,
                None => Vec::new(),
            };
            Ok::<_, Refusal>(Place { above, used })
        });
        Ok(place.await?)
    }

    fn code(&self) -> Option<&Code> {
        self.above.as_ref().map(|above| &above.code)
    }
}

async fn create(
    view: &View,
    mandate: &Mandate,
    ctx: &Ctx,
    (place, answers): (&Place, &Answers),
) -> Result<Unit, Faulty> {
    let draft = forms::draft(view, place.code(), answers)?;
    let created = commands::create(ctx, mandate, draft).await;
    created.map_err(|refusal| Faulty::of(view, refusal))
}

#[derive(Template)]
#[template(path = "act.html")]
struct FormPage<'a> {
    view: &'a View,
    errors: &'a Errors,
    title: String,
    about: Option<String>,
    lead: String,
    button: String,
    fields: Vec<Field>,
    version: i64,
    cancel: String,
}

fn new_page(
    view: &View,
    mandated: &Mandated,
    place: &Place,
    (answers, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let form = Asker { view, answers, errors };
    let content = FormPage {
        view,
        errors,
        title: view.t("organisations-act-create"),
        about: place.above.as_ref().map(|above| format!("{} ({})", above.name, above.code)),
        lead: view.t("organisations-act-create-lead"),
        button: view.t("organisations-act-create-button"),
        fields: forms::new_fields(&form, &stretches(&place.used)),
        version: 0,
        cancel: HOME.to_owned(),
    };
    let page = Page::new(view, content.title.clone(), &content)?;
    Ok(page.menu(mandated.menu.clone()).crumbs(crumbs(view, place.above.as_ref())))
}

fn act_page(
    view: &View,
    mandated: &Mandated,
    (act, unit): (Act, &Unit),
    (answers, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let content = FormPage {
        view,
        errors,
        title: act.title(view),
        about: Some(format!("{} ({})", unit.name, unit.code)),
        lead: act.lead(view),
        button: act.button(view),
        fields: act.fields(view, answers, errors),
        version: unit.version,
        cancel: format!("{HOME}/{}", unit.code),
    };
    let page = Page::new(view, content.title.clone(), &content)?;
    Ok(page.menu(mandated.menu.clone()).crumbs(crumbs(view, Some(unit))))
}

/// `01–13, 20, 101–140`: numbers in a row are told by their ends.
fn stretches(groups: &[String]) -> String {
    let mut parts: Vec<(String, String)> = Vec::new();
    for group in groups {
        match parts.last_mut() {
            Some((_, last)) if follows(last, group) => *last = group.clone(),
            _ => parts.push((group.clone(), group.clone())),
        }
    }
    let told = parts.iter().map(|(first, last)| match first == last {
        true => first.clone(),
        false => format!("{first}–{last}"),
    });
    told.collect::<Vec<_>>().join(", ")
}

/// `D475` follows `D474`: the same letters, the next number of the same width.
fn follows(last: &str, next: &str) -> bool {
    let digits = |group: &str| group.trim_start_matches(|sign: char| !sign.is_ascii_digit()).len();
    let (last_letters, last_number) = last.split_at(last.len() - digits(last));
    let (next_letters, next_number) = next.split_at(next.len() - digits(next));
    let numbers = last_number.parse::<u64>().ok().zip(next_number.parse::<u64>().ok());
    last.len() == next.len()
        && last_letters == next_letters
        && numbers.is_some_and(|(last, next)| next == last + 1)
}
