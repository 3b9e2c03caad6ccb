//! Searching the catalogue: it forgives missing diacritics, slips of typing, word order and words
//! run together, and knows words of daily life. The whole index is kept in memory, made anew when
//! the catalogue's generation changes, in whatever process.

mod catalogue;
mod distance;
mod facets;
mod highlight;
mod index;
mod question;
mod ranking;
mod synonyms;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use catalogue::Catalogue;
pub use facets::Facet;
pub use highlight::Segment;
pub use index::{Index, Listed, Source};
pub use question::{Filter, Found, Question};
