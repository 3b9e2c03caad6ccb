//! Every way a command here says no, and its words.

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use platform::store::StoreError;
use platform::web::Problem;
use platform::words::{Speech, Word};

use crate::hashing::HashingError;
use crate::password::PasswordFault;

#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Unknown name and wrong password are one refusal, in the same words.
    #[error("name or password is wrong")]
    NotRecognised,
    #[error("wrong attempts: wait until {until}")]
    Waiting { until: Timestamp },
    #[error("the account is switched off")]
    Disabled,
    #[error("the code is wrong")]
    CodeWrong,
    #[error("the account has no authenticator app")]
    NoApp,
    #[error("the code is too old or was tried too often")]
    CodeSpent,
    #[error("the conversation is over")]
    PassageOver,
    #[error("the link was used or is too old")]
    LinkOver,
    #[error("the present password is wrong")]
    PasswordWrong,
    #[error("the new password is refused: {0}")]
    Password(PasswordFault),
    /// The person has to show the password again before a thing of this weight.
    #[error("not proved lately")]
    ProveAgain,
    #[error("the user name is taken")]
    UsernameTaken,
    /// Not there, or not this officer's to know of.
    #[error("nothing here for this person")]
    NotThere,
    #[error("one's own account")]
    OwnAccount,
    #[error("this officer also serves where the administrator has no say")]
    BeyondReach,
    #[error("this role is not the administrator's to give")]
    RoleBeyondReach,
    #[error("a role must end after it begins")]
    DatesReversed,
    #[error("the officer holds this role there already")]
    RoleHeldAlready,
    #[error("the delegation is over or not there")]
    DelegationOver,
    #[error("a mandate to oneself")]
    DelegationToOneself,
    #[error("of age: acts for themselves")]
    OfAge,
    #[error("declared already")]
    DeclaredAlready,
    #[error("the holder's own identity has not been checked")]
    HolderNotChecked,
    #[error("somebody else changed it meanwhile")]
    ChangedMeanwhile,
    #[error(transparent)]
    Hashing(#[from] HashingError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<PasswordFault> for Refusal {
    fn from(fault: PasswordFault) -> Refusal {
        Refusal::Password(fault)
    }
}

impl Refusal {
    /// What stands beside the field; `None` for what no answer in a form could mend.
    pub fn told(&self, speech: &Speech) -> Option<String> {
        let sentence = match self {
            Refusal::Waiting { until } => {
                // The wall shows no seconds: the next whole minute is surely late enough.
                let until = speech.time(*until + SignedDuration::from_secs(59));
                return Some(speech.with("identity-refusal-waiting", &[("until", until.into())]));
            }
            Refusal::Password(fault) => return Some(password_told(*fault, speech)),
            Refusal::NotRecognised => "identity-refusal-not-recognised",
            Refusal::Disabled => "identity-refusal-disabled",
            Refusal::CodeWrong => "identity-refusal-code-wrong",
            Refusal::NoApp => "identity-refusal-no-app",
            Refusal::CodeSpent => "identity-refusal-code-spent",
            Refusal::PasswordWrong => "identity-refusal-password-wrong",
            Refusal::UsernameTaken => "identity-refusal-username-taken",
            Refusal::RoleBeyondReach => "identity-refusal-role-beyond-reach",
            Refusal::BeyondReach => "identity-refusal-beyond-reach",
            Refusal::OwnAccount => "identity-refusal-own-account",
            Refusal::DatesReversed => "identity-refusal-dates-reversed",
            Refusal::RoleHeldAlready => "identity-refusal-role-held-already",
            Refusal::DelegationOver => "identity-refusal-delegation-over",
            Refusal::DelegationToOneself => "identity-refusal-delegation-to-oneself",
            Refusal::OfAge => "identity-refusal-of-age",
            Refusal::DeclaredAlready => "identity-refusal-declared-already",
            Refusal::HolderNotChecked => "identity-refusal-holder-not-checked",
            Refusal::PassageOver
            | Refusal::LinkOver
            | Refusal::ProveAgain
            | Refusal::NotThere
            | Refusal::ChangedMeanwhile
            | Refusal::Hashing(_)
            | Refusal::Store(_) => return None,
        };
        Some(speech.t(sentence))
    }
}

/// Each fault of a new password, with what to do about it.
pub(crate) fn password_told(fault: PasswordFault, speech: &Speech) -> String {
    match fault {
        PasswordFault::Missing => speech.t("identity-password-missing"),
        PasswordFault::Short { least } => {
            speech.with("identity-password-short", &[("least", Word::from(least))])
        }
        PasswordFault::Long { most } => {
            speech.with("identity-password-long", &[("most", Word::from(most))])
        }
        PasswordFault::Common => speech.t("identity-password-common"),
        PasswordFault::Row => speech.t("identity-password-row"),
        PasswordFault::Own => speech.t("identity-password-own"),
    }
}

/// What a form cannot show beside a field becomes a page of its own.
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        let refused =
            |status, kind, title, detail| Problem::refused(status, kind, title, detail, &[]);
        match refusal {
            Refusal::Store(error) => error.into(),
            Refusal::Hashing(error) => Problem::broken(&error.to_string()),
            Refusal::NotThere => Problem::not_found(),
            Refusal::ChangedMeanwhile => Problem::changed_meanwhile(),
            Refusal::PassageOver => refused(
                StatusCode::GONE,
                "passage-over",
                "identity-passage-over",
                "identity-passage-over-detail",
            )
            .next("/dang-nhap", "identity-to-sign-in"),
            Refusal::LinkOver => refused(
                StatusCode::GONE,
                "link-over",
                "identity-link-over",
                "identity-link-over-detail",
            )
            .next("/dang-nhap", "identity-to-sign-in"),
            Refusal::DelegationOver => refused(
                StatusCode::GONE,
                "delegation-over",
                "identity-delegation-over",
                "identity-delegation-over-detail",
            )
            .next("/tai-khoan/uy-quyen", "identity-to-delegations"),
            // The forms show these beside a field; here they arrive only from a caller without one.
            Refusal::NotRecognised
            | Refusal::Waiting { .. }
            | Refusal::Disabled
            | Refusal::CodeWrong
            | Refusal::NoApp
            | Refusal::CodeSpent
            | Refusal::PasswordWrong
            | Refusal::Password(_)
            | Refusal::ProveAgain => refused(
                StatusCode::FORBIDDEN,
                "not-proved",
                "identity-not-proved",
                "identity-not-proved-detail",
            ),
            Refusal::UsernameTaken
            | Refusal::OwnAccount
            | Refusal::BeyondReach
            | Refusal::RoleBeyondReach
            | Refusal::DatesReversed
            | Refusal::RoleHeldAlready
            | Refusal::DelegationToOneself
            | Refusal::OfAge
            | Refusal::DeclaredAlready
            | Refusal::HolderNotChecked => refused(
                StatusCode::CONFLICT,
                "not-possible",
                "identity-not-possible",
                "identity-not-possible-detail",
            ),
        }
    }
}
