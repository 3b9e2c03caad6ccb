//! What changes. Each command is one unit of work and one story: may → rule → store → event,
//! audit, figures, paper → notice; nothing leaves the building inside it.
//!
//! - citizen: [`draft`] begin, answer, attach, detach, move, discard; [`send`]; [`reply`] to a
//!   demand; [`withdraw`]; [`rate`]
//! - counter: [`reception`] accept, refuse; [`counter`] take in; [`demand`] supplement, money,
//!   settled, expired; [`deliver`]
//! - handling: [`handling`] hand on, hand back, note, propose; [`decision`] decide, recall, stop,
//!   reappoint
//! - program: [`signatures`] papers put before those who sign them, and taken in again
//! - administrator: [`calendar`] days, hours, rules

mod act;
pub mod calendar;
pub mod counter;
mod counting;
pub mod decision;
pub mod deliver;
pub mod demand;
pub mod draft;
pub(crate) mod editing;
pub mod handling;
pub mod rate;
pub mod reception;
mod reopened;
pub mod reply;
pub mod send;
pub(crate) mod signatures;
pub mod withdraw;

pub(crate) use act::{
    Act, Telling, by_authority, by_person, citizen_act, need, officer_act, officer_act_anytime,
    reckoning, step_right,
};
pub(crate) use counting::unit_code;

/// What every act on a dossier names: which one, and the version its page was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    pub id: crate::dossier::DossierId,
    /// As read by whoever acts; when the dossier has moved on since, they are told what happened.
    pub version: i64,
}
