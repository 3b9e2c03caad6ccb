//! What can be done with a document that goes out, each under its own address:
//! /can-bo/van-ban-di/{id}/{deed}.

use platform::web::View;

use crate::HERE;
use crate::outgoing::State;
use crate::queries::outgoing_whole::Whole;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    Ask,
    Give,
    AskInitials,
    Initial,
    SendBack,
    Submit,
    TakeBack,
    Number,
    Seal,
    Cancel,
    Recall,
    Update,
}

/// A way on from the page of a document.
pub(crate) struct Way {
    pub label: String,
    pub path: String,
    /// None: a page to be opened; else a form that is sent with this value of `shown`.
    pub sends: Option<String>,
    pub is_first: bool,
}

/// What this officer can do now, the likeliest first.
pub(crate) fn ways(view: &View, whole: &Whole) -> Vec<Way> {
    let (one, part) = (&whole.one, &whole.part);
    let mut ways = Ways { view, here: format!("{HERE}/{}", one.id), all: Vec::new() };
    if part.initials {
        ways.send(Deed::Initial, one.edition.to_string());
        ways.open(Deed::SendBack);
    }
    if part.asked {
        ways.open(Deed::Give);
    }
    match one.state {
        State::Draft if part.author => ways.of_author(),
        State::Draft if part.clerk => ways.open(Deed::Cancel),
        State::Initialling if part.author => ways.send(Deed::TakeBack, String::new()),
        State::Signing => {
            if let Some(submission) = one.submission.filter(|_| part.signer) {
                ways.link("office-to-sign", format!("/can-bo/ky-so/{submission}"));
            }
            if part.author {
                ways.send(Deed::TakeBack, String::new());
            }
        }
        State::Signed if part.clerk => {
            ways.open(Deed::Number);
            ways.open(Deed::SendBack);
            ways.open(Deed::Cancel);
        }
        State::Numbered if part.clerk => {
            ways.send(Deed::Seal, String::new());
            ways.open(Deed::Cancel);
        }
        State::Sealing if part.clerk => {
            if let Some(sealing) = one.sealing {
                ways.link("office-to-seal", format!("/can-bo/ky-so/{sealing}"));
            }
        }
        State::Issued if part.clerk => {
            if one.packet.is_some() {
                ways.open(Deed::Recall);
                ways.open(Deed::Update);
            }
            ways.link("office-replace", format!("{HERE}/tao?thay-the={}", one.id));
        }
        _ => {}
    }
    ways.all
}

struct Ways<'v> {
    view: &'v View,
    here: String,
    all: Vec<Way>,
}

impl Ways<'_> {
    fn of_author(&mut self) {
        self.send(Deed::Submit, String::new());
        let here = self.here.clone();
        self.link("office-draft-edit", format!("{here}/sua"));
        self.link("office-recipients-edit", format!("{here}/noi-nhan"));
        self.link("office-files-edit", format!("{here}/tep"));
        self.open(Deed::Ask);
        self.open(Deed::AskInitials);
        self.open(Deed::Cancel);
    }

    fn open(&mut self, deed: Deed) {
        let path = format!("{}/{}", self.here, deed.code());
        self.put(deed.word(), path, None);
    }

    fn send(&mut self, deed: Deed, shown: String) {
        let path = format!("{}/{}", self.here, deed.code());
        self.put(deed.word(), path, Some(shown));
    }

    fn link(&mut self, word: &str, path: String) {
        self.put(word, path, None);
    }

    fn put(&mut self, word: &str, path: String, sends: Option<String>) {
        let is_first = self.all.is_empty();
        self.all.push(Way { label: self.view.t(word), path, sends, is_first });
    }
}

impl Deed {
    pub const ALL: [Deed; 12] = [
        Deed::Ask,
        Deed::Give,
        Deed::AskInitials,
        Deed::Initial,
        Deed::SendBack,
        Deed::Submit,
        Deed::TakeBack,
        Deed::Number,
        Deed::Seal,
        Deed::Cancel,
        Deed::Recall,
        Deed::Update,
    ];

    /// In the address.
    pub fn code(self) -> &'static str {
        match self {
            Deed::Ask => "xin-y-kien",
            Deed::Give => "y-kien",
            Deed::AskInitials => "trinh-ky-nhay",
            Deed::Initial => "ky-nhay",
            Deed::SendBack => "tra-lai",
            Deed::Submit => "trinh-ky",
            Deed::TakeBack => "rut",
            Deed::Number => "cap-so",
            Deed::Seal => "dong-dau",
            Deed::Cancel => "huy",
            Deed::Recall => "thu-hoi",
            Deed::Update => "cap-nhat",
        }
    }

    pub fn parse(code: &str) -> Option<Deed> {
        Deed::ALL.into_iter().find(|one| one.code() == code)
    }

    /// What its button says.
    pub fn word(self) -> &'static str {
        match self {
            Deed::Ask => "office-ask",
            Deed::Give => "office-opinion-give",
            Deed::AskInitials => "office-ask-initials",
            Deed::Initial => "office-initial",
            Deed::SendBack => "office-send-back",
            Deed::Submit => "office-submit",
            Deed::TakeBack => "office-take-back",
            Deed::Number => "office-give-number",
            Deed::Seal => "office-seal-again",
            Deed::Cancel => "office-cancel",
            Deed::Recall => "office-recall",
            Deed::Update => "office-update",
        }
    }

    /// What is said before it is done.
    pub fn lead(self) -> &'static str {
        match self {
            Deed::Ask => "office-ask-lead",
            Deed::Give => "office-give-lead",
            Deed::AskInitials => "office-ask-initials-lead",
            Deed::Initial => "office-initial-lead",
            Deed::SendBack => "office-send-back-lead",
            Deed::Submit => "office-submit-lead",
            Deed::TakeBack => "office-take-back-lead",
            Deed::Number => "office-give-number-lead",
            Deed::Seal => "office-seal-again-lead",
            Deed::Cancel => "office-cancel-lead",
            Deed::Recall => "office-recall-lead",
            Deed::Update => "office-update-lead",
        }
    }

    /// What is said when it is done.
    pub fn notice(self) -> &'static str {
        match self {
            Deed::Ask => "office-notice-asked",
            Deed::Give => "office-notice-opinion",
            Deed::AskInitials => "office-notice-initials-asked",
            Deed::Initial => "office-notice-initialled",
            Deed::SendBack => "office-notice-sent-back",
            Deed::Submit => "office-notice-to-signer",
            Deed::TakeBack => "office-notice-taken-back",
            Deed::Number => "office-notice-numbered",
            Deed::Seal => "office-notice-seal-asked",
            Deed::Cancel => "office-notice-cancelled",
            Deed::Recall => "office-notice-recalled",
            Deed::Update => "office-notice-updated",
        }
    }
}
