//! The way of a dossier through the office: the steps of the procedure version, in order.
//!
//! Every route begins at the counter and ends where results are handed over; a version that names
//! no steps gets the usual four. Hours are working hours of one step and never move the due date.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 18
//! Law: NĐ 61/2018/NĐ-CP art. 19

use identity::Role;
use organisations::UnitId;
use procedures::Version;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route(Vec<Step>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Empty where the version names no steps: then the role's own name stands in.
    pub name_vi: String,
    pub name_en: String,
    pub role: Role,
    /// None: the step has no time of its own.
    pub hours: Option<u32>,
}

/// The two units a dossier may lie in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    pub receiving: UnitId,
    pub deciding: UnitId,
}

impl Route {
    pub fn of(version: &Version) -> Route {
        let told = version.route.iter().filter_map(|step| {
            Some(Step {
                name_vi: step.name_vi.clone(),
                name_en: step.name_en.clone(),
                role: Role::parse(&step.role)?,
                hours: (step.hours > 0).then_some(step.hours),
            })
        });
        let mut steps: Vec<Step> = told.collect();
        if steps.is_empty() {
            steps.extend([Step::plain(Role::Specialist), Step::plain(Role::Leader)]);
        }
        if steps.first().is_none_or(|first| first.role != Role::Clerk) {
            steps.insert(0, Step::plain(Role::Clerk));
        }
        let gives_out = |step: &Step| matches!(step.role, Role::ResultDesk | Role::Clerk);
        if steps.len() < 2 || !steps.last().is_some_and(gives_out) {
            steps.push(Step::plain(Role::ResultDesk));
        }
        Route(steps)
    }

    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Steps are numbered from 0, the counter.
    pub fn step(&self, number: usize) -> Option<&Step> {
        self.0.get(number)
    }

    pub fn last(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// The steps a dossier may be handed on to from here: all that come later but the last, which
    /// only a result reaches.
    pub fn later(&self, from: usize) -> std::ops::Range<usize> {
        (from + 1).min(self.last())..self.last()
    }
}

impl Step {
    fn plain(role: Role) -> Step {
        Step { name_vi: String::new(), name_en: String::new(), role, hours: None }
    }

    /// The counter's steps happen where the dossier came in, the others where it is decided.
    pub fn unit(&self, places: Places) -> UnitId {
        match self.role {
            Role::Clerk | Role::ResultDesk | Role::FeeCollector => places.receiving,
            _ => places.deciding,
        }
    }
}
