//! A dossier and what may happen to it. Pure: no clock, no storage; a moment is handed in.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 17
//! Law: NĐ 61/2018/NĐ-CP art. 19
//! Law: NĐ 61/2018/NĐ-CP art. 20

use std::fmt;

use identity::{AccountId, Role};
use jiff::Timestamp;
use organisations::UnitId;
use platform::words::Locale;
use procedures::{ChannelKind, TimeLimit, VersionId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::applicant::{Applicant, PaperTaken};
use crate::due::Piece;
use crate::refusal::Refusal;
use crate::route::{Places, Route};
use crate::status::Status;

/// A draft and the dossier it becomes share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DossierId(pub Uuid);

#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    pub id: DossierId,
    /// As read; it rises when the dossier is stored.
    pub version: i64,
    pub status: Status,
    /// Of a request sent online.
    pub request_number: Option<String>,
    /// From acceptance on.
    pub code: Option<String>,
    pub procedure: Procedure,
    pub channel: ChannelKind,
    /// The account it is for, and the one that sent it; none for somebody without an account.
    pub owner: Option<AccountId>,
    pub sent_by: Option<AccountId>,
    pub applicant: Applicant,
    /// In which the applicant is written to.
    pub language: Locale,
    pub answers: serde_json::Value,
    pub papers: Vec<PaperTaken>,
    /// None where the published text gives the time only in words.
    pub time_limit: Option<TimeLimit>,
    pub places: Places,
    pub sent_at: Timestamp,
    /// By when a request sent online is answered.
    pub answer_due_at: Option<Timestamp>,
    pub accepted_at: Option<Timestamp>,
    pub due: Option<Appointment>,
    /// Set while the clock stands.
    pub stood: Option<Standing>,
    pub holder: Holder,
    pub next_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    pub handed_over_at: Option<Timestamp>,
    /// Refused, withdrawn or stopped.
    pub ended_at: Option<Timestamp>,
}

/// The version of the procedure that was in force when the request began; it never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    pub code: String,
    pub name: String,
    pub version: VersionId,
    /// Of the electronic form, where one was filled in.
    pub form_hash: Option<String>,
}

/// Ngày hẹn trả kết quả.
#[derive(Debug, Clone, PartialEq)]
pub struct Appointment {
    pub at: Timestamp,
    /// As it stood on the first receipt.
    pub first_at: Timestamp,
    pub because: Vec<Piece>,
    pub calendar_version: i64,
    /// How often the office apologised and named a new day.
    pub reappointments: u32,
}

/// The clock stands while the citizen has something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub at: Timestamp,
    /// The status it returns to.
    pub from: Status,
}

/// Who has the dossier in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    pub step: usize,
    pub unit: UnitId,
    pub role: Role,
    pub since: Timestamp,
    pub due_at: Option<Timestamp>,
}

impl Dossier {
    /// Every change of status goes through here.
    pub fn become_status(&mut self, next: Status) -> Result<(), Refusal> {
        if !self.status.may_become(next) {
            return Err(Refusal::NotNow { status: self.status });
        }
        self.status = next;
        Ok(())
    }

    /// 1 → 2: from now on the office's time runs.
    pub fn accept(&mut self, code: String, at: Timestamp, due: Appointment) -> Result<(), Refusal> {
        self.become_status(Status::Accepted)?;
        self.code = Some(code);
        self.accepted_at = Some(at);
        self.answer_due_at = None;
        self.next_at = due.at;
        self.due = Some(due);
        Ok(())
    }

    /// 3, 7 or 8: the end without a result.
    pub fn end(&mut self, as_status: Status, at: Timestamp) -> Result<(), Refusal> {
        self.become_status(as_status)?;
        self.ended_at = Some(at);
        self.next_at = at;
        self.stood = None;
        self.answer_due_at = None;
        self.holder.due_at = None;
        Ok(())
    }

    /// → 5 or 6: the clock stops until the citizen has answered.
    pub fn stop_clock(
        &mut self,
        for_status: Status,
        at: Timestamp,
        answer_by: Timestamp,
    ) -> Result<(), Refusal> {
        let from = self.status;
        self.become_status(for_status)?;
        self.stood = Some(Standing { at, from });
        self.next_at = answer_by;
        Ok(())
    }

    /// 5 → 1, 2 or 4; 6 → 4: back to work, with what was left of the time.
    pub fn start_clock(&mut self, clock: Restarted) -> Result<(), Refusal> {
        let Some(stood) = self.stood else {
            return Err(Refusal::NotNow { status: self.status });
        };
        let back_to = match self.status {
            // Money is asked for in the course of handling, and handling goes on.
            Status::MoneyDue => Status::Handling,
            _ => stood.from,
        };
        self.become_status(back_to)?;
        self.stood = None;
        self.holder.due_at = clock.step_due_at;
        if let (Some(due), Some((at, because))) = (&mut self.due, clock.due) {
            due.at = at;
            due.because = because;
        }
        if back_to == Status::Registered {
            self.answer_due_at = clock.answer_due_at;
        }
        self.next_at = self.deadline().unwrap_or(clock.at);
        Ok(())
    }

    /// 2 or 4 → 4: into other hands.
    pub fn hand_on(&mut self, to: Holder) -> Result<Holder, Refusal> {
        self.become_status(Status::Handling)?;
        Ok(std::mem::replace(&mut self.holder, to))
    }

    /// 2 or 4 → 9: decided, and on its way to the desk that gives results out.
    pub fn finish(&mut self, at: Timestamp, desk: Holder) -> Result<Holder, Refusal> {
        self.become_status(Status::Finished)?;
        self.finished_at = Some(at);
        self.next_at = at;
        Ok(std::mem::replace(&mut self.holder, desk))
    }

    /// 9 → 10.
    pub fn hand_over(&mut self, at: Timestamp) -> Result<(), Refusal> {
        self.become_status(Status::HandedOver)?;
        self.handed_over_at = Some(at);
        self.next_at = at;
        self.holder.due_at = None;
        Ok(())
    }

    /// Apology and a new day, before the old one has passed, as often as the rule allows.
    pub fn reappoint(&mut self, new: Reappointment) -> Result<(), Refusal> {
        if !matches!(self.status, Status::Accepted | Status::Handling) {
            return Err(Refusal::NotNow { status: self.status });
        }
        let Some(due) = &mut self.due else {
            return Err(Refusal::NotNow { status: self.status });
        };
        if due.reappointments >= new.times_max {
            return Err(Refusal::ReappointedAlready { times_max: new.times_max });
        }
        if new.at <= due.at {
            return Err(Refusal::NewDayNotLater { due: due.at });
        }
        due.at = new.at;
        due.because = vec![Piece::Appointed { reason: new.reason }];
        due.reappointments += 1;
        self.next_at = new.at;
        Ok(())
    }

    /// The moment by which somebody in the office owes something.
    pub fn deadline(&self) -> Option<Timestamp> {
        match self.status {
            Status::Registered => self.answer_due_at,
            Status::Accepted | Status::Handling => self.due.as_ref().map(|due| due.at),
            _ => None,
        }
    }

    /// What people call it by.
    pub fn known_as(&self) -> &str {
        self.code.as_deref().or(self.request_number.as_deref()).unwrap_or_default()
    }

    /// Folded text of the queue's search.
    pub fn search_text(&self) -> String {
        let code = self.code.as_deref().unwrap_or_default();
        let request = self.request_number.as_deref().unwrap_or_default();
        platform::fold::fold(&format!("{code} {request} {}", self.applicant.search_text()))
    }

    /// Where it lies at a step of its route.
    pub fn holder_at(&self, route: &Route, step: usize, since: Timestamp) -> Option<Holder> {
        let told = route.step(step)?;
        let unit = told.unit(self.places);
        Some(Holder { step, unit, role: told.role, since, due_at: None })
    }
}

/// What the clock says when it runs again.
#[derive(Debug, Clone, PartialEq)]
pub struct Restarted {
    pub at: Timestamp,
    /// The new due date, where one had been given.
    pub due: Option<(Timestamp, Vec<Piece>)>,
    /// The new hour of answer, for a request not yet accepted.
    pub answer_due_at: Option<Timestamp>,
    pub step_due_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reappointment {
    pub at: Timestamp,
    pub reason: String,
    pub times_max: u32,
}

/// Ahead of time, in time, late: said with a word and a shape, never with colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Light {
    /// The clock stands, or nothing is owed any more.
    None,
    OnTime,
    /// Within a day.
    Soon,
    Overdue,
}

/// From this long before a deadline on, it is soon.
const SOON_HOURS: i64 = 24;

impl Light {
    pub fn of(deadline: Option<Timestamp>, now: Timestamp) -> Light {
        let Some(deadline) = deadline else { return Light::None };
        let left = deadline.duration_since(now);
        if left.is_negative() {
            Light::Overdue
        } else if left.as_hours() < SOON_HOURS {
            Light::Soon
        } else {
            Light::OnTime
        }
    }

    /// Its key in `words`, after `dossiers-light-`, and its class.
    pub fn word(self) -> &'static str {
        match self {
            Light::None => "none",
            Light::OnTime => "on-time",
            Light::Soon => "soon",
            Light::Overdue => "overdue",
        }
    }

    pub fn shape(self) -> &'static str {
        match self {
            Light::None => "–",
            Light::OnTime => "✓",
            Light::Soon => "◔",
            Light::Overdue => "!",
        }
    }
}

impl DossierId {
    pub fn parse(text: &str) -> Option<DossierId> {
        Uuid::try_parse(text.trim()).ok().map(DossierId)
    }

    /// How audit and jobs name it.
    pub fn object(self) -> String {
        format!("dossier:{}", self.0)
    }
}

impl fmt::Display for DossierId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}
