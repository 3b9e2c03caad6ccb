//! What a recipient says became of a document, and what the sender asks of it. Pure.
//!
//! `sent → 01 → (02 | 03) → 04 → 05 → 06`; steps may be left out, and come in any order. A lower
//! rank that comes later changes nothing. Beside it the sender may ask for the document back or
//! for a change (13, or a packet of type 1 or 2), and the recipient answers 15 or 16.
//!
//! A recall may be asked for after 06, too: the law knows no day after which a wrong document may
//! not be called back.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6, art. 8, art. 9, art. 10
//! Law: NĐ 30/2020/NĐ-CP art. 18

use platform::store::{Arg, Cell, FromCell, ToArg};
use wire::edxml::StatusCode;

/// Of one document at one recipient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The furthest that was said: 01, 03, 04, 05, 06; or 02, with which it ends.
    pub reached: Option<StatusCode>,
    /// What the sender waits for an answer to.
    pub asked: Option<Ask>,
    /// How often the recipient said no to what was asked.
    pub refusals: i64,
    /// Called back: the recipient has agreed, or never had it.
    pub withdrawn: bool,
}

/// What a sender asks a recipient to agree to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ask {
    /// To take the document away.
    Recall,
    /// To take the new version for it.
    Update,
}

/// What a word changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// It stands differently now.
    Changed(Standing),
    /// It was known, or was overtaken by what came before it: written down, and nothing else.
    Late,
    /// It has no sense here.
    Refused(Nonsense),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Nonsense {
    #[error("nothing was asked that this would answer")]
    NothingAsked,
    #[error("the same is asked already, and not answered")]
    AskedAlready,
    #[error("the document was called back")]
    Withdrawn,
    #[error("the recipient has sent the document back")]
    SentBack,
}

impl Standing {
    /// The recipient says this.
    pub fn heard(&self, code: &StatusCode) -> Effect {
        match code {
            StatusCode::ChangeAgreed => self.agreed(),
            StatusCode::ChangeRefused => self.declined(),
            StatusCode::Refused => self.refused(),
            code => self.moved(code),
        }
    }

    /// The sender asks for this.
    pub fn ask(&self, ask: Ask) -> Effect {
        if self.withdrawn {
            return Effect::Refused(Nonsense::Withdrawn);
        }
        if self.reached == Some(StatusCode::Refused) {
            return Effect::Refused(Nonsense::SentBack);
        }
        match (self.asked, ask) {
            (Some(Ask::Recall), Ask::Recall) => Effect::Refused(Nonsense::AskedAlready),
            // A recall weighs more than an update that nobody has answered yet.
            (Some(Ask::Recall), Ask::Update) => Effect::Late,
            _ => Effect::Changed(Standing { asked: Some(ask), ..self.clone() }),
        }
    }

    /// The recipient never had it: nothing is to be agreed to.
    pub fn withdraw(&self) -> Standing {
        Standing { asked: None, withdrawn: true, ..self.clone() }
    }

    fn moved(&self, code: &StatusCode) -> Effect {
        let Some(rank) = code.rank() else { return Effect::Late };
        let over = self.withdrawn || self.reached == Some(StatusCode::Refused);
        let before = self.reached.as_ref().and_then(StatusCode::rank).unwrap_or(0);
        if over || rank <= before {
            return Effect::Late;
        }
        Effect::Changed(Standing { reached: Some(code.clone()), ..self.clone() })
    }

    fn refused(&self) -> Effect {
        let taken = self.reached.as_ref().is_some_and(|code| *code != StatusCode::Arrived);
        if self.withdrawn || taken {
            return Effect::Late;
        }
        let reached = Some(StatusCode::Refused);
        // Sent back is sent back: there is nothing left to agree to.
        Effect::Changed(Standing { reached, asked: None, ..self.clone() })
    }

    fn agreed(&self) -> Effect {
        match self.asked {
            None if self.withdrawn => Effect::Late,
            None => Effect::Refused(Nonsense::NothingAsked),
            Some(ask) => {
                let withdrawn = ask == Ask::Recall;
                Effect::Changed(Standing { asked: None, withdrawn, ..self.clone() })
            }
        }
    }

    fn declined(&self) -> Effect {
        match self.asked {
            None if self.refusals > 0 || self.withdrawn => Effect::Late,
            None => Effect::Refused(Nonsense::NothingAsked),
            Some(_) => {
                let refusals = self.refusals + 1;
                Effect::Changed(Standing { asked: None, refusals, ..self.clone() })
            }
        }
    }
}

impl Ask {
    pub fn code(self) -> &'static str {
        match self {
            Ask::Recall => "recall",
            Ask::Update => "update",
        }
    }

    pub fn parse(code: &str) -> Option<Ask> {
        [Ask::Recall, Ask::Update].into_iter().find(|ask| ask.code() == code)
    }
}

impl ToArg for Ask {
    fn to_arg(&self) -> Arg<'_> {
        self.code().to_arg()
    }
}

impl FromCell for Ask {
    const EXPECTED: &'static str = "recall or update";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        Ask::parse(&String::from_cell(cell)?)
    }
}
