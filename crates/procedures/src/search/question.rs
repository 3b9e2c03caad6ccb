//! What is asked of the catalogue: words, filters, a page; and what comes back.

use super::facets::{Facet, Fit};
use super::highlight::{Segment, highlight};
use super::index::{Index, Listed};
use super::ranking::{Hit, Ranking, rank};
use crate::code::{Code, Spelling};
use crate::level::{Level, OnlineLevel};
use crate::life_event::LifeEvent;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Question {
    pub words: String,
    pub filter: Filter,
}

/// Each is one choice or none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub event: Option<LifeEvent>,
    pub field: Option<String>,
    /// The publishing agency, by code or, where it has none, by name.
    pub agency: Option<String>,
    pub level: Option<Level>,
    pub subject: Option<String>,
    pub online: Option<OnlineLevel>,
}

impl Filter {
    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }
}

/// All answers, best first. Pages are cut from it.
pub struct Found<'a> {
    index: &'a Index,
    ranking: Ranking,
    /// What answers the words but is kept out by one filter alone, and by which.
    near: Vec<(u32, Facet)>,
}

impl Index {
    pub fn ask(&self, question: &Question) -> Found<'_> {
        let mut ranking = match Spelling::parse(&question.words) {
            Ok(spelling) => self.by_code(&spelling.code),
            Err(_) if question.words.trim().is_empty() => self.everything(),
            Err(_) => rank(self, &question.words),
        };
        let mut near = Vec::new();
        if !question.filter.is_empty() {
            let filter = self.facets.compile(&question.filter);
            ranking.hits.retain(|hit| match filter.fit(hit.entry) {
                Fit::Passes => true,
                Fit::But(facet) => {
                    near.push((hit.entry, facet));
                    false
                }
                Fit::Fails => false,
            });
        }
        Found { index: self, ranking, near }
    }

    pub fn listed(&self, entry: u32) -> &Listed {
        &self.entries[entry as usize]
    }

    fn by_code(&self, code: &Code) -> Ranking {
        let hits = self.position(code).map(|entry| Hit { entry, score: 1.0 }).into_iter().collect();
        Ranking { hits, marked: Vec::new() }
    }

    /// No words: everything, the most asked-for first, then by name.
    fn everything(&self) -> Ranking {
        let hit = |entry: &u32| Hit { entry: *entry, score: self.listed(*entry).weight };
        Ranking { hits: self.by_weight.iter().map(hit).collect(), marked: Vec::new() }
    }
}

impl Found<'_> {
    pub fn count(&self) -> usize {
        self.ranking.hits.len()
    }

    /// So many answers, behind the one with this code; from the first without one.
    pub fn page(&self, after: Option<&Code>, size: usize) -> Vec<&Listed> {
        let mut entries = self.ranking.hits.iter().map(|hit| hit.entry);
        if let Some(code) = after {
            let position = self.index.position(code);
            // Moves behind it; where it is not among the answers, to their end.
            let _ = entries.find(|entry| Some(*entry) == position);
        }
        entries.take(size).map(|entry| self.index.listed(entry)).collect()
    }

    /// Where the next page begins, if more follow behind this one.
    pub fn next<'p>(&self, page: &[&'p Listed]) -> Option<&'p Code> {
        let last = page.last()?;
        let end = self.ranking.hits.last()?;
        (self.index.listed(end.entry).code != last.code).then_some(&last.code)
    }

    /// The name in pieces, those that were asked for marked.
    pub fn marked_name<'t>(&self, name: &'t str) -> Vec<Segment<'t>> {
        highlight(&self.index.words, &self.ranking.marked, name)
    }

    /// How many answers each choice of a facet would leave, the other filters kept; the most
    /// first.
    pub fn facet(&self, facet: Facet) -> Vec<(String, usize)> {
        let hits = self.ranking.hits.iter().map(|hit| hit.entry);
        let near = self.near.iter().filter(|(_, but)| *but == facet).map(|(entry, _)| *entry);
        self.index.facets.count(facet, hits.chain(near))
    }

    /// The name behind a facet's value, for values that are codes.
    pub fn agency_name(&self, value: &str) -> Option<&str> {
        self.index.agencies.get(value).map(String::as_str)
    }
}
