//! The catalogue as the search keeps it: every published entry with the words it is found by.

use std::collections::HashMap;

use jiff::Timestamp;

use super::facets::{Facets, agency_key};
use super::synonyms::Synonyms;
use super::vocabulary::{Vocabulary, WordId, words as words_of};
use crate::code::Code;
use crate::level::Level;
use crate::listing::Listing;
use crate::procedure::VersionId;

/// How much a word counts by where it stands.
const IN_NAME: f32 = 1.0;
const IN_KEYWORDS: f32 = 0.8;
const IN_RESULTS: f32 = 0.5;
const IN_FIELD: f32 = 0.35;
const IN_AGENCY: f32 = 0.15;

pub struct Index {
    pub generation: i64,
    /// When a version begins or ends next: from then on this index is old.
    pub good_until: Option<Timestamp>,
    /// In the order of their codes.
    pub entries: Vec<Listed>,
    pub facets: Facets,
    /// Positions, the most asked-for first, then by name.
    pub by_weight: Vec<u32>,
    /// Names of the publishing agencies, by what filters call them.
    pub agencies: HashMap<String, String>,
    pub words: Vocabulary,
    pub synonyms: Synonyms,
    codes: HashMap<Code, u32>,
}

/// A published procedure.
pub struct Listed {
    pub code: Code,
    pub version: VersionId,
    pub listing: Listing,
    pub name_words: Vec<WordId>,
    /// Popularity and nearness to people: added to every score.
    pub weight: f32,
}

/// An entry to be indexed.
pub struct Source {
    pub code: Code,
    pub version: VersionId,
    pub listing: Listing,
}

impl Index {
    pub fn build(
        generation: i64,
        good_until: Option<Timestamp>,
        mut sources: Vec<Source>,
    ) -> Index {
        sources.sort_by(|a, b| a.code.cmp(&b.code));
        let popular = popularity();
        let mut words = Vocabulary::default();
        let mut entries = Vec::with_capacity(sources.len());
        for source in sources {
            let entry = entries.len() as u32;
            let name_words = post_all(&mut words, entry, &source.listing);
            let weight = weight(&popular, &source);
            let Source { code, version, listing } = source;
            entries.push(Listed { code, version, listing, name_words, weight });
        }
        words.close(entries.len());
        Index {
            generation,
            good_until,
            facets: Facets::of(&entries),
            by_weight: by_weight(&entries),
            agencies: agencies(&entries),
            codes: entries.iter().zip(0..).map(|(listed, at)| (listed.code.clone(), at)).collect(),
            synonyms: Synonyms::load(),
            entries,
            words,
        }
    }

    pub fn find(&self, code: &Code) -> Option<&Listed> {
        self.codes.get(code).map(|at| &self.entries[*at as usize])
    }

    pub fn position(&self, code: &Code) -> Option<u32> {
        self.codes.get(code).copied()
    }

    /// The most asked-for entries.
    pub fn popular(&self, count: usize) -> Vec<&Listed> {
        self.by_weight.iter().take(count).map(|entry| self.listed(*entry)).collect()
    }
}

fn by_weight(entries: &[Listed]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..).take(entries.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&entries[*a as usize], &entries[*b as usize]);
        b.weight.total_cmp(&a.weight).then_with(|| a.listing.name.cmp(&b.listing.name))
    });
    order
}

fn agencies(entries: &[Listed]) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for listed in entries {
        if let (Some(key), Some(agency)) = (agency_key(listed), &listed.listing.publishing) {
            names.entry(key.to_owned()).or_insert_with(|| agency.name.clone());
        }
    }
    names
}

/// Learns every word of an entry; answers those of its name in order.
fn post_all(words: &mut Vocabulary, entry: u32, listing: &Listing) -> Vec<WordId> {
    let name_words: Vec<WordId> =
        words_of(&listing.name).iter().map(|token| words.learn(token)).collect();
    for word in &name_words {
        words.post(*word, entry, IN_NAME);
    }
    let english = listing.name_en.iter().map(|name| (name, IN_NAME));
    let keywords = listing.keywords.iter().map(|text| (text, IN_KEYWORDS));
    let results = listing.results.iter().map(|text| (text, IN_RESULTS));
    let fields = listing.fields.iter().map(|field| (&field.name, IN_FIELD));
    let publisher = listing.publishing.iter().map(|agency| (&agency.name, IN_AGENCY));
    let agencies = listing.executing.iter().map(|name| (name, IN_AGENCY));
    let rest = english.chain(keywords).chain(results).chain(fields).chain(publisher);
    for (text, weight) in rest.chain(agencies) {
        for token in words_of(text) {
            let word = words.learn(&token);
            words.post(word, entry, weight);
        }
    }
    name_words
}

const POPULAR: &str = include_str!("popular.txt");

fn popularity() -> HashMap<&'static str, f32> {
    let codes: Vec<&str> = POPULAR.lines().map(str::trim).filter(|line| line.len() == 8).collect();
    let count = codes.len() as f32;
    codes.iter().zip(0u16..).map(|(code, rank)| (*code, 1.0 - f32::from(rank) / count)).collect()
}

/// Small against what the words say: it decides between equals.
fn weight(popular: &HashMap<&str, f32>, source: &Source) -> f32 {
    let asked = popular.get(source.code.as_str()).map_or(0.0, |share| 0.10 + 0.15 * share);
    let near = match source.listing.levels.list().first() {
        Some(Level::Ward) => 0.05,
        Some(Level::Province) => 0.03,
        _ => 0.0,
    };
    let here = if source.listing.has_form { 0.04 } else { 0.0 };
    asked + near + here
}
