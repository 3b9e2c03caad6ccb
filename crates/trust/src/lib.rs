//! Trust: keys, certificates, signed time, and who is believed.
//!
//! The State signs documents with certificates of the authority for public duty (Ban Cơ yếu Chính
//! phủ). This capability keeps the register of all of them, asks for them in two pairs of hands,
//! sees their end coming, and has an authority of its own for what is tried out and for what stays
//! inside: with lists of revoked certificates, OCSP and time stamps that anyone's tools can check.
//!
//! * [`Signer`] signs with a key, wherever it is kept: [`signer_of`].
//! * [`queries`] is what other capabilities call inside their units of work: who seals for a unit,
//!   who signs for an officer, whom we believe.
//! * [`Stamper`] and [`clockwork::Asker`] give signed time.
//! * [`judged`] says of a signed file who signed what, when, and whether it still is so, by all
//!   that this installation knows; [`verdict::judge`] does by what it is handed.
//! * [`commands`] change; [`part`] is what the program serves.
//!
//! Law: Luật 20/2023/QH15 art. 22
//! Law: NĐ 23/2025/NĐ-CP art. 5
//! Law: NĐ 68/2024/NĐ-CP
//!
//! | word | Vietnamese | meaning |
//! |---|---|---|
//! | certificate | chứng thư chữ ký số | says whose a public key is |
//! | authority | cơ quan chứng thực | issues certificates and answers for them |
//! | root | chứng thực gốc | signs itself and the authorities below |
//! | holder | thuê bao | the agency, officer or server a certificate is about |
//! | carrier | thiết bị lưu khóa | token, SIM, hardware module, remote, software |
//! | request | đề nghị | made by the managing unit, decided by a second person |
//! | letter | văn bản đề nghị | by which the managing unit asks, signed and sealed |
//! | managing unit | cơ quan quản lý trực tiếp | asks for its people's certificates |
//! | renew | gia hạn | a new certificate before the end of the old |
//! | recover | cấp lại do mất, hỏng thiết bị | the old revoked, a new one issued |
//! | suspend, resume | tạm dừng, khôi phục | on hold, and in force again |
//! | revoke | thu hồi | never in force again |
//! | list | danh sách thu hồi (CRL) | all that are revoked, signed |
//! | responder | máy trả lời trạng thái (OCSP) | tells about one certificate |
//! | time stamp | dấu thời gian | a digest and a time, signed |
//! | evidence | bằng chứng thu hồi | lists and answers of other authorities, fetched and kept |
//! | anchor | gốc tin cậy | an authority that is believed, for a purpose, from day to day |
//! | verdict | kết luận | valid, invalid, unverifiable or absent, with reasons |
//! | finding | chữ ký được kiểm tra | one signature of a file and what is to be said about it |
//! | seal | con dấu, chữ ký số cơ quan | the certificate of an agency |

mod api;
mod authority;
mod believing;
mod certificate;
pub mod clockwork;
pub mod commands;
pub mod evidence;
mod fetching;
mod jobs;
mod judging;
mod key;
mod keyring;
mod letter;
mod pages;
mod profile;
pub mod queries;
mod refusal;
mod request;
mod responder;
mod revocation;
mod routes;
pub mod sentence;
mod signer;
pub mod signing;
mod software;
mod stamping;
mod store;
mod subject;
#[cfg(test)]
mod tests;
mod token;
pub mod verdict;
mod vouching;

use platform::Part;
use platform::store::Tables;
use platform::web::{Count, MenuItem};
use platform::words::WordFile;

pub use api::OpenApi;
pub use authority::{Authority, AuthorityId, Slug};
pub use believing::{believed, know_own_key};
pub use certificate::{Carrier, Certificate, Standing, State};
pub use fetching::Outlook;
pub use judging::{Asked, Judged, judged};
pub use key::{Keeper, KeyId, KeyKind};
pub use keyring::signer as signer_of;
pub use letter::{About, Letter, LetterRule, NUMBER_LETTERS_MAX, Need, Paper, Subject, is_number};
pub use refusal::Refusal;
pub use request::{Decision, Kind, Request};
pub use responder::{Answer, answer};
pub use revocation::rebuild;
pub use signer::{Signer, SigningFault};
pub use software::{KeyFault, SoftwareKey, generate as generate_key, read as read_key};
pub use stamping::Stamper;
pub use store::stamps::PolicyRow;
pub use vouching::vouched;

/// Where officers look after certificates.
pub(crate) const HERE: &str = "/quan-tri/chung-thu";
/// The gauge of requests that wait for a decision.
pub const WAITING: &str = "trust.waiting";

pub const TABLES: Tables = Tables {
    namespace: "trust",
    steps: &[
        ("0001_first", include_str!("tables/0001_first.sql")),
        ("0002_own_keys", include_str!("tables/0002_own_keys.sql")),
    ],
};

const WORDS: WordFile =
    WordFile { name: "trust", vi: include_str!("words/vi.ftl"), en: include_str!("words/en.ftl") };

const MENU: &[MenuItem] = &[
    MenuItem { path: HERE, word: "trust-menu", right: "manage-certificates", count: None },
    MenuItem {
        path: "/quan-tri/chung-thu/yeu-cau",
        word: "trust-menu-requests",
        right: "approve-certificates",
        count: Some(Count::OfOffices(WAITING)),
    },
];

pub fn part() -> Part {
    Part {
        name: "trust",
        tables: TABLES,
        words: WORDS,
        routes: routes::routes(),
        jobs: jobs::kinds(),
        schedules: jobs::schedules(),
        menu: MENU,
    }
}
