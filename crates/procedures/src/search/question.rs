//! What is asked of the catalogue: words, filters, a page; and what comes back.

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

/// The kinds of filter, for counting what each choice would leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    Event,
    Field,
    Agency,
    Level,
    Subject,
    Online,
}

impl Facet {
    pub const ALL: [Facet; 6] =
        [Facet::Event, Facet::Field, Facet::Agency, Facet::Level, Facet::Subject, Facet::Online];
}

/// All answers, best first. Pages are cut from it.
pub struct Found<'a> {
    index: &'a Index,
    ranking: Ranking,
    filter: Filter,
    pub hits: Vec<Hit>,
}

impl Index {
    pub fn ask(&self, question: &Question) -> Found<'_> {
        let ranking = match Spelling::parse(&question.words) {
            Ok(spelling) => self.by_code(&spelling.code),
            Err(_) if question.words.trim().is_empty() => self.everything(),
            Err(_) => rank(self, &question.words),
        };
        let fits = |hit: &&Hit| question.filter.fits(self.listed(**hit), None);
        let hits = ranking.hits.iter().filter(fits).copied().collect();
        Found { index: self, ranking, filter: question.filter.clone(), hits }
    }

    pub fn listed(&self, hit: Hit) -> &Listed {
        &self.entries[hit.entry as usize]
    }

    fn by_code(&self, code: &Code) -> Ranking {
        let hits = self.position(code).map(|entry| Hit { entry, score: 1.0 }).into_iter().collect();
        Ranking { hits, marked: Vec::new() }
    }

    /// No words: everything, the most asked-for first, then by name.
    fn everything(&self) -> Ranking {
        let mut hits: Vec<Hit> = self
            .entries
            .iter()
            .zip(0u32..)
            .map(|(listed, entry)| Hit { entry, score: listed.weight })
            .collect();
        hits.sort_by(|a, b| {
            let names = || self.listed(*a).listing.name.cmp(&self.listed(*b).listing.name);
            b.score.total_cmp(&a.score).then_with(names)
        });
        Ranking { hits, marked: Vec::new() }
    }
}

impl Found<'_> {
    pub fn count(&self) -> usize {
        self.hits.len()
    }

    /// So many answers, behind the one with this code; from the first without one.
    pub fn page(&self, after: Option<&Code>, size: usize) -> Vec<&Listed> {
        let listed = self.hits.iter().map(|hit| self.index.listed(*hit));
        match after {
            Some(code) => {
                listed.skip_while(|entry| entry.code != *code).skip(1).take(size).collect()
            }
            None => listed.take(size).collect(),
        }
    }

    /// Where the next page begins, if more follow behind this one.
    pub fn next<'p>(&self, page: &[&'p Listed]) -> Option<&'p Code> {
        let last = page.last()?;
        let is_last = self.hits.last().is_some_and(|hit| self.index.listed(*hit).code == last.code);
        (!is_last).then_some(&last.code)
    }

    /// The name in pieces, those that were asked for marked.
    pub fn marked_name<'t>(&self, name: &'t str) -> Vec<Segment<'t>> {
        highlight(&self.index.words, &self.ranking.marked, name)
    }

    /// How many answers each choice of a facet would leave, the other filters kept; the most
    /// first.
    pub fn facet(&self, facet: Facet) -> Vec<(String, usize)> {
        let mut counts: Vec<(String, usize)> = Vec::new();
        let fits = |hit: &&Hit| self.filter.fits(self.index.listed(**hit), Some(facet));
        for hit in self.ranking.hits.iter().filter(fits) {
            for value in facet.values(self.index.listed(*hit)) {
                match counts.iter_mut().find(|(known, _)| *known == value) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((value, 1)),
                }
            }
        }
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts
    }

    /// The name behind a facet's value, for values that are codes.
    pub fn agency_name(&self, value: &str) -> Option<&str> {
        self.index.entries.iter().find_map(|listed| {
            let agency = listed.listing.publishing.as_ref()?;
            (agency_key(listed) == Some(value)).then_some(agency.name.as_str())
        })
    }
}

fn agency_key(listed: &Listed) -> Option<&str> {
    let agency = listed.listing.publishing.as_ref()?;
    Some(agency.code.as_deref().unwrap_or(&agency.name))
}

impl Facet {
    fn values(self, listed: &Listed) -> Vec<String> {
        let listing = &listed.listing;
        match self {
            Facet::Event => {
                listing.life_events.iter().map(|event| event.as_str().to_owned()).collect()
            }
            Facet::Field => listing.fields.iter().map(|field| field.name.clone()).collect(),
            Facet::Agency => agency_key(listed).map(str::to_owned).into_iter().collect(),
            Facet::Level => {
                listing.levels.list().iter().map(|level| level.as_str().to_owned()).collect()
            }
            Facet::Subject => listing.subjects.clone(),
            Facet::Online => vec![listing.online_level.as_str().to_owned()],
        }
    }
}

impl Filter {
    /// Whether an entry passes; the filter of `without` is not asked.
    fn fits(&self, listed: &Listed, without: Option<Facet>) -> bool {
        let listing = &listed.listing;
        let asked = |facet| without != Some(facet);
        let passes = |facet, fits: Option<bool>| !asked(facet) || fits.unwrap_or(true);
        passes(Facet::Event, self.event.map(|event| listing.life_events.contains(&event)))
            && passes(
                Facet::Field,
                self.field
                    .as_ref()
                    .map(|name| listing.fields.iter().any(|field| field.name == *name)),
            )
            && passes(
                Facet::Agency,
                self.agency.as_deref().map(|key| agency_key(listed) == Some(key)),
            )
            && passes(Facet::Level, self.level.map(|level| listing.levels.has(level)))
            && passes(
                Facet::Subject,
                self.subject.as_ref().map(|name| listing.subjects.contains(name)),
            )
            && passes(Facet::Online, self.online.map(|level| listing.online_level == level))
    }

    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }
}
