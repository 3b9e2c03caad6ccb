//! Electronic forms (biểu mẫu điện tử): one JSON document says what is asked, in which order and
//! under which conditions, in both languages; this module asks it, one question per page, keeps
//! every answer right or wrong, says what is wrong and how to mend it, and hands in typed JSON.
//!
//! Pure: no store, no network, no clock. The day and the names of communes are handed in.
//!
//! | what | where |
//! |---|---|
//! | the document, its shape, its faults | [`Definition::parse`], [`document`], [`DefinitionFault`] |
//! | the schema's subset | [`document::schema`](document) |
//! | conditions, checks, calculated fields | [`expression`] |
//! | what was typed, path → text | [`Answers`]; [`Answers::take`] a page, [`Answers::prefill`] |
//! | the way through | [`Flow`]: `next`, `previous`, `after_change`, `tasks`, `progress`, `faults` |
//! | a page to show | [`Flow::shape`] → [`Shape`] with fields of `platform::web::form` |
//! | the answers told back | [`Flow::summary`] for people and paper, [`Flow::submission`] for machines |
//!
//! A page's handler, whole:
//!
//! ```ignore
//! let around = Surroundings { today, places: &places };
//! let step = Step::find(&definition, &address).ok_or_else(Problem::not_found)?;
//! answers.take(&definition, step, &posted);                  // every answer is kept …
//! answers.prefill(&definition, &account, around);
//! let flow = Flow::new(&definition, &answers, around);
//! match flow.faults_on(step).is_empty() {
//!     true if from_check => see(flow.after_change(step).address(&definition)),
//!     true => see(flow.next(step).address(&definition)),
//!     false => show(flow.shape(step, &view.speech, true)),   // … and shown again with its error
//! }
//! ```
//!
//! The smallest form:
//!
//! ```json
//! { "form": "stay-notice", "version": 1,
//!   "sections": [{ "id": "guest" }],
//!   "pages": [{ "id": "name", "section": "guest", "fields": ["guest_name"] }],
//!   "schema": { "type": "object", "required": ["guest_name"],
//!               "properties": { "guest_name": { "type": "string", "format": "person-name" } } },
//!   "words": {
//!     "vi": { "title": "Thông báo lưu trú", "sections": { "guest": "Khách" },
//!             "fields": { "guest_name": { "label": "Khách tên là gì?", "short": "Họ tên" } } },
//!     "en": { "title": "Notice of stay", "sections": { "guest": "Guest" },
//!             "fields": { "guest_name": { "label": "What is the guest's name?", "short": "Name" } } } } }
//! ```

mod answer_fault;
mod answers;
mod check;
mod definition;
pub mod document;
pub mod expression;
mod fault;
mod field;
mod flow;
mod formats;
mod lists;
mod normalise;
mod places;
mod prefill;
mod reading;
mod render;
mod step;
mod submission;
mod summary;
mod tasks;

#[cfg(test)]
mod tests;

pub use answer_fault::{AnswerFault, FaultKind};
pub use answers::{Answers, Attachment};
pub use definition::{Attribute, Definition, Page};
pub use fault::{DefinitionFault, DefinitionFaultKind, DefinitionFaults};
pub use field::{Field, FileRule, Group, Kind};
pub use flow::{Flow, Progress, Surroundings};
pub use lists::List;
pub use places::{Place, Places};
pub use prefill::{Account, Known};
pub use render::{Ask, FileAsk, Item, Shape};
pub use step::Step;
pub use summary::{SummaryBlock, SummaryRow, SummarySection};
pub use tasks::{Task, TaskState};
