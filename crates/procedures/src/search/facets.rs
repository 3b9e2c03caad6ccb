//! What entries are filtered by and counted by. Each value has a number, so that counting what a
//! choice would leave is adding up in a list, and asking whether an entry passes compares numbers.

use std::collections::BTreeSet;

use super::index::Listed;
use super::question::Filter;

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

    fn values(self, listed: &Listed) -> Vec<&str> {
        let listing = &listed.listing;
        match self {
            Facet::Event => listing.life_events.iter().map(|event| event.as_str()).collect(),
            Facet::Field => listing.fields.iter().map(|field| field.name.as_str()).collect(),
            Facet::Agency => agency_key(listed).into_iter().collect(),
            Facet::Level => listing.levels.list().iter().map(|level| level.as_str()).collect(),
            Facet::Subject => listing.subjects.iter().map(String::as_str).collect(),
            Facet::Online => vec![listing.online_level.as_str()],
        }
    }

    fn wanted(self, filter: &Filter) -> Option<&str> {
        match self {
            Facet::Event => filter.event.map(|event| event.as_str()),
            Facet::Field => filter.field.as_deref(),
            Facet::Agency => filter.agency.as_deref(),
            Facet::Level => filter.level.map(|level| level.as_str()),
            Facet::Subject => filter.subject.as_deref(),
            Facet::Online => filter.online.map(|level| level.as_str()),
        }
    }
}

/// The publishing agency, by code or, where it has none, by name.
pub fn agency_key(listed: &Listed) -> Option<&str> {
    let agency = listed.listing.publishing.as_ref()?;
    Some(agency.code.as_deref().unwrap_or(&agency.name))
}

type ValueId = u32;

/// All values of all entries, facet by facet in the order of [`Facet::ALL`].
pub struct Facets([Table; Facet::ALL.len()]);

struct Table {
    /// In alphabetical order; the place of a value is its number.
    values: Vec<String>,
    /// The values of entry `n` are `of[starts[n]..starts[n + 1]]`.
    starts: Vec<usize>,
    of: Vec<ValueId>,
}

impl Facets {
    pub fn of(entries: &[Listed]) -> Facets {
        Facets(Facet::ALL.map(|facet| Table::of(facet, entries)))
    }

    /// What a filter asks for, in numbers.
    pub fn compile(&self, filter: &Filter) -> Compiled<'_> {
        let wanted = Facet::ALL.map(|facet| {
            let value = facet.wanted(filter)?;
            // What no entry has lets none through.
            Some(self.0[facet as usize].id(value).unwrap_or(ValueId::MAX))
        });
        Compiled { facets: self, wanted }
    }

    /// How often each value of a facet stands at these entries; the most frequent first.
    pub fn count(&self, facet: Facet, entries: impl Iterator<Item = u32>) -> Vec<(String, usize)> {
        let table = &self.0[facet as usize];
        let mut counts = vec![0usize; table.values.len()];
        for entry in entries {
            for value in table.at(entry) {
                counts[*value as usize] += 1;
            }
        }
        let mut counted: Vec<(usize, usize)> =
            counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
        counted.sort_by_key(|(value, count)| (std::cmp::Reverse(*count), *value));
        counted.into_iter().map(|(value, count)| (table.values[value].clone(), count)).collect()
    }
}

impl Table {
    fn of(facet: Facet, entries: &[Listed]) -> Table {
        let all: BTreeSet<&str> = entries.iter().flat_map(|listed| facet.values(listed)).collect();
        let mut table = Table {
            values: all.into_iter().map(str::to_owned).collect(),
            starts: vec![0],
            of: Vec::new(),
        };
        for listed in entries {
            let mut ids: Vec<ValueId> =
                facet.values(listed).into_iter().filter_map(|value| table.id(value)).collect();
            ids.sort_unstable();
            ids.dedup();
            table.of.extend(ids);
            table.starts.push(table.of.len());
        }
        table
    }

    fn id(&self, value: &str) -> Option<ValueId> {
        let place = self.values.binary_search_by(|known| known.as_str().cmp(value)).ok()?;
        Some(place as ValueId)
    }

    fn at(&self, entry: u32) -> &[ValueId] {
        &self.of[self.starts[entry as usize]..self.starts[entry as usize + 1]]
    }
}

pub struct Compiled<'a> {
    facets: &'a Facets,
    wanted: [Option<ValueId>; Facet::ALL.len()],
}

/// How an entry fares with a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    Passes,
    /// It would pass without the filter of this facet.
    But(Facet),
    Fails,
}

impl Compiled<'_> {
    pub fn fit(&self, entry: u32) -> Fit {
        let mut fit = Fit::Passes;
        for (facet, wanted) in Facet::ALL.into_iter().zip(self.wanted) {
            let Some(wanted) = wanted else { continue };
            if !self.facets.0[facet as usize].at(entry).contains(&wanted) {
                match fit {
                    Fit::Passes => fit = Fit::But(facet),
                    _ => return Fit::Fails,
                }
            }
        }
        fit
    }
}
