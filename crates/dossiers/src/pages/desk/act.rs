//! The acts an officer can do with a dossier: which are open at this moment, what each asks, and
//! the command it becomes.

use identity::Right;
use organisations::UnitId;
use platform::web::View;

use crate::commands::step_right;
use crate::dossier::Dossier;
use crate::queries::Whole;
use crate::queries::desk::{Powers, concerned_unit};
use crate::status::Status;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Accept,
    Supplement,
    Refuse,
    HandOn,
    HandBack,
    Propose,
    Decide,
    Recall,
    Money,
    MoneySettled,
    Reappoint,
    Stop,
    TakeSupplement,
    Expire,
    Deliver,
    Note,
}

impl Act {
    const ALL: [Act; 16] = [
        Act::Accept,
        Act::Decide,
        Act::Recall,
        Act::HandOn,
        Act::Deliver,
        Act::TakeSupplement,
        Act::MoneySettled,
        Act::Supplement,
        Act::Refuse,
        Act::Propose,
        Act::HandBack,
        Act::Money,
        Act::Reappoint,
        Act::Stop,
        Act::Expire,
        Act::Note,
    ];

    /// In the address.
    pub fn slug(self) -> &'static str {
        match self {
            Act::Accept => "tiep-nhan",
            Act::Supplement => "bo-sung",
            Act::Refuse => "tu-choi",
            Act::HandOn => "chuyen",
            Act::HandBack => "tra-lai",
            Act::Propose => "du-thao",
            Act::Decide => "quyet-dinh",
            Act::Recall => "rut-trinh-ky",
            Act::Money => "nghia-vu-tai-chinh",
            Act::MoneySettled => "da-nop-tien",
            Act::Reappoint => "hen-lai",
            Act::Stop => "dung",
            Act::TakeSupplement => "nhan-bo-sung",
            Act::Expire => "qua-han-bo-sung",
            Act::Deliver => "tra-ket-qua",
            Act::Note => "ghi-chu",
        }
    }

    pub fn parse(slug: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.slug() == slug)
    }

    /// `dossiers-act-tiep-nhan`, and with `-lead`, `-button`.
    pub fn word(self, part: &str) -> String {
        match part {
            "" => format!("dossiers-act-{}", self.slug()),
            part => format!("dossiers-act-{}-{part}", self.slug()),
        }
    }

    /// What cannot be taken back looks grave.
    pub fn is_grave(self) -> bool {
        matches!(self, Act::Refuse | Act::Stop | Act::Expire)
    }

    /// The right it needs, and over which unit.
    pub fn right(self, actor: &identity::Actor, dossier: &Dossier) -> (Right, UnitId) {
        let places = dossier.places;
        match self {
            Act::Accept | Act::Refuse | Act::TakeSupplement => {
                (Right::ReceiveDossiers, places.receiving)
            }
            Act::Decide | Act::Recall | Act::Stop | Act::Reappoint => {
                (Right::DecideDossiers, places.deciding)
            }
            Act::Deliver => (Right::HandOverResults, places.receiving),
            Act::MoneySettled => (Right::CollectFees, places.receiving),
            Act::Note => (Right::SeeDossiers, concerned_unit(actor, dossier)),
            Act::Supplement
            | Act::HandOn
            | Act::HandBack
            | Act::Propose
            | Act::Money
            | Act::Expire => (step_right(dossier.holder.role), dossier.holder.unit),
        }
    }

    /// Whether this officer may do it with the dossier as it stands.
    pub fn is_open(self, whole: &Whole, powers: Powers) -> bool {
        let dossier = &whole.dossier;
        let may = |status: Status| dossier.status.may_become(status);
        let at_work = matches!(dossier.status, Status::Accepted | Status::Handling);
        if whole.awaits_signature() {
            return self == Act::Note || (self == Act::Recall && powers.decides);
        }
        match self {
            Act::Accept => powers.receives && may(Status::Accepted) && !waits(dossier),
            Act::Refuse => powers.receives && dossier.status == Status::Registered,
            Act::Supplement => powers.holds && (at_work || dossier.status == Status::Registered),
            Act::HandOn => powers.holds && at_work && !later(whole).is_empty(),
            Act::HandBack => powers.holds && at_work && dossier.holder.step > 0,
            Act::Propose => powers.holds && at_work && !powers.decides,
            Act::Decide => powers.decides && at_work,
            Act::Money => powers.holds && at_work,
            Act::MoneySettled => powers.collects && dossier.status == Status::MoneyDue,
            Act::Reappoint => powers.decides && at_work,
            Act::Stop => powers.decides && may(Status::Stopped) && !waits(dossier),
            Act::TakeSupplement => powers.receives && dossier.status == Status::Supplement,
            Act::Expire => powers.holds && dossier.status == Status::Supplement,
            Act::Deliver => powers.hands_over && dossier.status == Status::Finished,
            Act::Recall => false,
            Act::Note => true,
        }
    }

    /// The open ones, what is usually done next in front.
    pub fn open(whole: &Whole, powers: Powers) -> Vec<Act> {
        Act::ALL.into_iter().filter(|act| act.is_open(whole, powers)).collect()
    }
}

fn waits(dossier: &Dossier) -> bool {
    dossier.status == Status::Supplement
}

/// The steps it may be handed on to.
pub(super) fn later(whole: &Whole) -> std::ops::Range<usize> {
    whole.route.later(whole.dossier.holder.step)
}

/// A link to an act.
pub(super) struct ActLink {
    pub path: String,
    pub label: String,
    pub grave: bool,
}

pub(super) fn links(view: &View, whole: &Whole, powers: Powers) -> Vec<ActLink> {
    let link = |act: Act| ActLink {
        path: format!("/can-bo/ho-so/{}/viec/{}", whole.dossier.id, act.slug()),
        label: view.t(&act.word("")),
        grave: act.is_grave(),
    };
    Act::open(whole, powers).into_iter().map(link).collect()
}
