//! In which office an officer looks: chosen in the address where there are several.

use identity::Actor;
use platform::Ctx;
use platform::store::StoreError;
use platform::web::form::{Choice, Field, Kind};
use platform::web::{Problem, View};
use uuid::Uuid;

use crate::hand::Asker;
use crate::queries::offices::{Office, offices, overseen};

/// The offices of an officer, and the one that is looked at.
#[derive(Clone)]
pub(crate) struct At {
    pub office: Office,
    pub offices: Vec<Office>,
}

/// Without an office there is nothing here; an office that is not the officer's is not there.
pub(crate) async fn at(view: &View, ctx: &Ctx, actor: &Actor) -> Result<At, Problem> {
    let asker = Asker::of(ctx, actor);
    let read: Result<Vec<Office>, StoreError> = ctx.store.read(move |tx| offices(tx, &asker)).await;
    let offices = read?;
    let chosen = match view.query("don-vi").filter(|text| !text.is_empty()) {
        Some(id) => {
            let id = Uuid::try_parse(&id).ok();
            offices.iter().find(|office| Some(office.unit.0) == id)
        }
        None => offices.first(),
    };
    let office = chosen.cloned().ok_or_else(Problem::not_found)?;
    Ok(At { office, offices })
}

/// As [`at`], for whoever looks after the work of others, too: with the offices below theirs.
pub(crate) async fn at_figures(view: &View, ctx: &Ctx, actor: &Actor) -> Result<Figures, Problem> {
    let asker = Asker::of(ctx, actor);
    let read: Result<_, StoreError> =
        ctx.store.read(move |tx| Ok((offices(tx, &asker)?, overseen(tx, &asker)?))).await;
    let (own, overseen) = read?;
    let chosen = match view.query("don-vi").filter(|text| !text.is_empty()) {
        Some(id) => {
            let id = Uuid::try_parse(&id).ok();
            own.iter().chain(&overseen).find(|office| Some(office.unit.0) == id)
        }
        None => own.first().or(overseen.first()),
    };
    let office = chosen.cloned().ok_or_else(Problem::not_found)?;
    let mut offices = own;
    if offices.iter().all(|one| one.unit != office.unit) {
        offices.push(office.clone());
    }
    let below = overseen.into_iter().filter(|one| one.unit != office.unit).collect();
    Ok(Figures { at: At { office, offices }, below })
}

/// The office whose figures are looked at, and the others that the officer looks after.
#[derive(Clone)]
pub(crate) struct Figures {
    pub at: At,
    pub below: Vec<Office>,
}

impl At {
    /// Nothing to choose where there is one.
    pub fn field(&self, view: &View) -> Option<Field> {
        if self.offices.len() < 2 {
            return None;
        }
        let choice = |one: &Office| Choice::new(one.unit.0.to_string(), one.name.as_str());
        let choices = Kind::Select(self.offices.iter().map(choice).collect());
        let field = Field::new(&view.speech, choices, "don-vi", view.t("office-unit"));
        Some(field.value(self.office.unit.0.to_string()))
    }

    /// Goes with every address of this office; empty where there is one.
    pub fn code(&self) -> String {
        match self.offices.len() {
            0 | 1 => String::new(),
            _ => self.office.unit.0.to_string(),
        }
    }
}
