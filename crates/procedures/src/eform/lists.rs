//! National lists a form can offer: the countries by their ISO 3166 codes, and the ethnic groups of
//! Vietnam by the codes of the General Statistics Office (decision 121-TCTK/PPCĐ of 1979).

use platform::words::Locale;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    Country,
    EthnicGroup,
}

/// One line of a list: a code and its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub code: &'static str,
    pub vi: &'static str,
    pub en: &'static str,
}

impl List {
    pub fn entries(self) -> impl Iterator<Item = Entry> {
        let text = match self {
            List::Country => include_str!("lists/countries.csv"),
            List::EthnicGroup => include_str!("lists/ethnic_groups.csv"),
        };
        text.lines().filter_map(|line| {
            let mut cells = line.split(';');
            Some(Entry { code: cells.next()?, vi: cells.next()?, en: cells.next()? })
        })
    }

    pub fn has(self, code: &str) -> bool {
        self.entries().any(|entry| entry.code == code)
    }

    pub fn name(self, code: &str, locale: Locale) -> Option<&'static str> {
        self.entries().find(|entry| entry.code == code).map(|entry| entry.name(locale))
    }
}

impl Entry {
    pub fn name(self, locale: Locale) -> &'static str {
        match locale {
            Locale::Vi => self.vi,
            Locale::En => self.en,
        }
    }
}
