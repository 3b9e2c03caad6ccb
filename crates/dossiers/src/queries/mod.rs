//! What is shown.
//!
//! | who | query |
//! |---|---|
//! | citizen | [`mine`] list and wallet · [`Whole`] one dossier · [`filling`] a draft |
//! | anyone | [`track`] by number and telephone · [`check`] a result by its code |
//! | officer | [`desk`] queue, one dossier, what may be done with it · [`register`] |
//! | administrator | [`calendar`] |

pub mod calendar;
pub mod check;
pub mod desk;
pub mod filling;
pub mod mine;
pub mod register;
pub mod track;
mod whole;

pub use whole::{UnitCard, Whole};
