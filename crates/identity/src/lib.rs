//! Identity: who people are, how they show it, and what they may do.
//!
//! Citizens open an account with their personal number; officers get one from the administrator of
//! their unit, with roles from one day to another; enterprises and children are acted for. Who
//! asks arrives in a handler as an [`Actor`]; what an officer may do arrives as an [`Authority`],
//! and there is no other way to get one. What one may not do is not there: 404.
//!
//! * [`Actor`] is the extractor; [`Actor::require`], [`Actor::citizen`], [`Actor::offices`].
//! * [`Role`] and [`Right`]: the one table of who may what, in `role.rs`.
//! * [`Person`]: for whom a citizen acts and who clicks, see [`Delegation`].
//! * [`Scribe`] writes the audit rows of whoever acts.
//! * [`confirm_again`] asks for the second factor once more, over an act of weight.
//! * [`desk`] is an officer's navigation, [`with_mandates`] hands the catalogue its mandates.
//! * [`commands`] change accounts, [`queries`] answer other capabilities, [`totp`] computes codes.
//!
//! Passwords are hashed with Argon2id at a cost that is handed in ([`Hashing`]). Nobody is told
//! whether an account exists. Nothing here asks for a puzzle; pasting is welcome.
//!
//! Law: Luật Căn cước 26/2023/QH15 art. 12
//! Law: NĐ 69/2024/NĐ-CP art. 7
//! Law: Luật 91/2025/QH15 art. 3
//! Law: TT 12/2022/TT-BTTTT art. 9
//!
//! | word | Vietnamese | meaning |
//! |---|---|---|
//! | personal number | số định danh cá nhân | twelve digits, once for life |
//! | tax code | mã số thuế | ten digits with a check digit, or a personal number |
//! | account | tài khoản | whoever an act can be about |
//! | officer | cán bộ, công chức | somebody at work for an agency |
//! | bond | phân công | the role of an officer in a unit, from one day to another |
//! | role | vai trò | what an officer is in a unit |
//! | right | quyền | one kind of act over a unit |
//! | authority | thẩm quyền | the proof that an officer may do it there |
//! | delegation | đại diện, ủy quyền | who may act for whom |
//! | ward | người được giám hộ | a child or a person in care |
//! | scope | phạm vi | act, or only follow |
//! | assurance | mức độ xác thực | declared, or checked against papers |
//! | authenticator app | ứng dụng tạo mã | shows six digits that change every 30 seconds |
//! | recovery code | mã dự phòng | opens once where the app is lost |
//! | confirmation | xác nhận lại | the second factor once more, for one act, used up |
//! | passage | lượt thao tác | a conversation of several pages before anybody is signed in |

mod account;
mod actor;
mod bond;
pub mod commands;
mod delegation;
mod desk;
mod doorkeeper;
mod email;
mod hashing;
mod jobs;
mod message_code;
mod pages;
mod password;
mod person_name;
mod personal_number;
mod phone_number;
pub mod queries;
mod refusal;
mod role;
mod routes;
mod scribe;
mod sealed;
mod secret_code;
mod store;
mod tax_code;
#[cfg(test)]
mod tests;
mod throttle;
pub mod totp;
mod username;

use platform::Part;
use platform::store::Tables;
use platform::web::{Count, MenuItem};
use platform::words::WordFile;

pub use account::{Account, AccountId, AccountKind, Assurance, Contact, Status};
pub use actor::{ActingFor, Actor, Authority, Person};
pub use bond::{Bond, BondId, BondStanding};
pub use commands::confirming::{Confirmed, Factor, confirm_again};
pub use delegation::{Delegation, DelegationId, Ground, Proof, Scope, Standing};
pub use desk::desk;
pub use doorkeeper::with_mandates;
pub use email::{Email, EmailFault};
pub use hashing::{Cost, Hashing, HashingError};
pub use password::{Password, PasswordFault, Strictness};
pub use person_name::{PersonName, PersonNameFault};
pub use personal_number::{BirthPlace, PersonalNumber, PersonalNumberFault, Sex};
pub use phone_number::{PhoneNumber, PhoneNumberFault};
pub use refusal::Refusal;
pub use role::{Reach, Right, Role};
pub use scribe::Scribe;
pub use tax_code::{EnterpriseCode, TaxCode, TaxCodeFault};
pub use username::{Username, UsernameFault};

pub const TABLES: Tables = Tables {
    namespace: "identity",
    steps: &[("0001_first", include_str!("tables/0001_first.sql"))],
};

const WORDS: WordFile = WordFile {
    name: "identity",
    vi: include_str!("words/vi.ftl"),
    en: include_str!("words/en.ftl"),
};

const MENU: &[MenuItem] = &[
    MenuItem {
        path: "/can-bo/doi-chieu",
        word: "identity-menu-identities",
        right: "check-identities",
        count: None,
    },
    MenuItem {
        path: "/quan-tri/tai-khoan",
        word: "identity-menu-officers",
        right: "manage-accounts",
        count: None,
    },
    MenuItem {
        path: "/quan-tri/nhat-ky",
        word: "identity-menu-audit",
        right: "see-audit",
        count: None,
    },
    MenuItem {
        path: "/quan-tri/viec-hong",
        word: "identity-menu-jobs",
        right: "manage-jobs",
        count: Some(Count::OfOffices(platform::jobs::DEAD_FIGURE)),
    },
    MenuItem {
        path: "/quan-tri/hop-thu",
        word: "identity-menu-outbox",
        right: "manage-jobs",
        count: None,
    },
];

/// What the program serves, passwords hashed at the cost that is right today.
pub fn part() -> Part {
    part_with(Hashing::standard())
}

/// The same at another cost: tests hand in [`Hashing::least`].
pub fn part_with(hashing: Hashing) -> Part {
    Part {
        name: "identity",
        tables: TABLES,
        words: WORDS,
        routes: routes::routes(hashing),
        jobs: jobs::kinds(),
        schedules: jobs::schedules(),
        menu: MENU,
    }
}
