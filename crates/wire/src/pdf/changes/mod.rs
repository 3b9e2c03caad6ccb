//! What became of a file after a signature: nothing, or how much, and whether that was allowed.
//!
//! Two states of the object graph are compared. An object that was replaced must be one that the
//! rules (`rules`) recognise, changed in a way they know; every other difference is content.
//! So hiding, replacing and hide-and-replace shadow attacks, appended pages and overlays, and
//! updates that do not build on what was signed all come out as [`Level::Content`].
//!
//! Specification: ETSI EN 319 142-1 §5.4 and ISO 32000-2 §12.8.2.2 (DocMDP).

mod form;
mod references;
mod rules;

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use super::PdfFault;
use super::document::Document;
use super::object::{Id, Object};
use super::permission::{Certification, FieldLock};
use super::xref::Entry;
use references::References;
use rules::Rules;

const DETAILS_MAX: usize = 200;

/// How much changed, from nothing to everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Nothing,
    /// Evidence and time stamps for the long term, metadata; nothing that is seen.
    LongTerm,
    /// Signatures were added.
    Signatures,
    /// Number and date were given: the two fields that a document leaves open until its issue.
    Completed,
    /// Fields of the form were filled in.
    FormFilled,
    /// Notes, stamps and the like were added, changed or taken away.
    Annotated,
    /// Pages, their content or the structure of the file.
    Content,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The later revision does not continue the one that was signed.
    NotBuiltOn,
    /// A key of the trailer, the catalog, the form or a page is another than before.
    Key {
        of: Part,
        key: String,
    },
    /// An object that was there is another, and no rule allows it.
    Replaced {
        number: u32,
    },
    Dropped {
        number: u32,
    },
    /// An object came into being that the signed revision already referred to.
    Filled {
        number: u32,
    },
    SecurityStore,
    Metadata,
    Extensions,
    /// New objects that nothing refers to.
    Unused,
    /// A signature came later; its own verdict says what it is worth.
    SignatureAdded {
        field: String,
        shown: bool,
        time_stamp: bool,
    },
    /// An empty field to sign in was added.
    EmptyFieldAdded {
        field: String,
        shown: bool,
    },
    /// The empty number or date of a document got its value (see [`super::fill`]).
    FieldCompleted {
        field: String,
    },
    FieldFilled {
        field: String,
    },
    AppearancesAsked,
    Annotation {
        page: usize,
        deed: Deed,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Trailer,
    Catalog,
    Form,
    /// The page, counted from 1.
    Page(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    Added,
    Changed,
    Removed,
}

impl Change {
    pub fn level(&self) -> Level {
        match self {
            Change::SecurityStore
            | Change::Metadata
            | Change::Extensions
            | Change::Unused
            | Change::SignatureAdded { shown: false, time_stamp: true, .. } => Level::LongTerm,
            Change::SignatureAdded { .. } | Change::EmptyFieldAdded { shown: false, .. } => {
                Level::Signatures
            }
            Change::FieldCompleted { .. } => Level::Completed,
            Change::FieldFilled { .. } | Change::AppearancesAsked => Level::FormFilled,
            // An empty field that can be seen is a known way to cover what was signed.
            Change::Annotation { .. } | Change::EmptyFieldAdded { .. } => Level::Annotated,
            Change::NotBuiltOn
            | Change::Key { .. }
            | Change::Replaced { .. }
            | Change::Dropped { .. }
            | Change::Filled { .. } => Level::Content,
        }
    }
}

/// The comparison of the signed revision with the last one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    pub level: Level,
    /// At most 200, ordered; the level counts all.
    pub details: Vec<Change>,
    /// Whether the certification and the field locks allow it. Without a certification only
    /// evidence, further signatures, and number and date where they were left open are.
    pub permitted: bool,
}

impl Changes {
    /// Decides `permitted` by the certification in force and the locks of the signature.
    pub fn judge(&mut self, certified: Option<Certification>, locks: Option<&FieldLock>) {
        let limit = match certified {
            None => Level::Completed,
            Some(Certification::NoChanges) => Level::LongTerm,
            Some(Certification::FormFilling) => Level::FormFilled,
            Some(Certification::Annotations) => Level::Annotated,
        };
        let locked = |change: &Change| match change {
            Change::FieldFilled { field } | Change::FieldCompleted { field } => {
                locks.is_some_and(|locks| locks.holds(field))
            }
            _ => false,
        };
        self.permitted = self.level <= limit && !self.details.iter().any(locked);
    }
}

/// Compares a signed revision with a later state of the same file.
pub fn between(before: &Document<'_>, after: &Document<'_>) -> Result<Changes, PdfFault> {
    Later::new(after).since(before)
}

/// A state of a file with which several earlier ones are compared.
pub struct Later<'d, 'a> {
    document: &'d Document<'a>,
    references: OnceCell<References>,
}

impl<'d, 'a> Later<'d, 'a> {
    pub fn new(document: &'d Document<'a>) -> Later<'d, 'a> {
        Later { document, references: OnceCell::new() }
    }

    /// What became of an earlier revision.
    pub fn since(&self, before: &Document<'_>) -> Result<Changes, PdfFault> {
        Ok(summary(self.differences(before)?))
    }

    fn differences(&self, before: &Document<'_>) -> Result<Vec<Change>, PdfFault> {
        let after = self.document;
        let places = |document: &Document<'_>| -> Vec<usize> {
            document.sections().iter().map(|section| section.at).collect()
        };
        let (earlier, later) = (places(before), places(after));
        if earlier == later {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        if !later.ends_with(&earlier) {
            found.push(Change::NotBuiltOn);
        }
        trailer(before, after, &mut found);
        let compared = Compared::of(before, after)?;
        if compared.touched.is_empty() && compared.added.is_empty() {
            return Ok(found);
        }
        let earlier = References::of(before)?;
        for id in &compared.added {
            if earlier.has(*id) {
                found.push(Change::Filled { number: id.number });
            }
        }
        if compared.touched.is_empty() && found.is_empty() {
            found.push(Change::Unused);
            return Ok(found);
        }
        let later = match self.references.get() {
            Some(known) => known,
            None => {
                let found = References::of(after)?;
                self.references.get_or_init(|| found)
            }
        };
        let mut rules = Rules::new(before, after, &compared, [&earlier, later]);
        rules.apply()?;
        found.extend(rules.unclaimed());
        found.append(&mut rules.found);
        Ok(found)
    }
}

/// The gravest first, so that what is cut off is the least.
fn summary(found: Vec<Change>) -> Changes {
    let level = found.iter().map(Change::level).max().unwrap_or(Level::Nothing);
    let mut details = found;
    details.sort_by(|one, other| other.level().cmp(&one.level()).then_with(|| one.cmp(other)));
    details.dedup();
    details.truncate(DETAILS_MAX);
    let mut changes = Changes { level, details, permitted: false };
    changes.judge(None, None);
    changes
}

/// Keys of a trailer that are not those of every section: the catalog above all.
fn trailer(before: &Document<'_>, after: &Document<'_>, found: &mut Vec<Change>) {
    const OWN: [&str; 14] = [
        "Size",
        "Prev",
        "XRefStm",
        "ID",
        "Info",
        "Type",
        "W",
        "Index",
        "Length",
        "Filter",
        "DecodeParms",
        "DL",
        "DocChecksum",
        "FFilter",
    ];
    for key in different_keys(&before.trailer().0, &after.trailer().0) {
        if !OWN.contains(&key.as_str()) {
            found.push(Change::Key { of: Part::Trailer, key });
        }
    }
}

/// Names that have another value, or only one side has.
pub fn different_keys(
    before: &std::collections::BTreeMap<Vec<u8>, Object>,
    after: &std::collections::BTreeMap<Vec<u8>, Object>,
) -> Vec<String> {
    let gone = before.keys().filter(|key| !after.contains_key(*key));
    let other = after.iter().filter(|(key, value)| before.get(*key) != Some(*value));
    let keys = gone.chain(other.map(|(key, _)| key));
    keys.map(|key| String::from_utf8_lossy(key).into_owned()).collect()
}

/// The objects in which two states differ.
pub struct Compared {
    pub touched: HashMap<u32, Touch>,
    pub added: HashSet<Id>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    Replaced,
    Dropped,
}

impl Compared {
    fn of(before: &Document<'_>, after: &Document<'_>) -> Result<Compared, PdfFault> {
        let mut compared = Compared { touched: HashMap::new(), added: HashSet::new() };
        let numbers = before
            .entries()
            .keys()
            .chain(after.entries().keys().filter(|number| !before.entries().contains_key(*number)));
        for number in numbers {
            let entry = |document: &Document<'_>| {
                document.entries().get(number).copied().unwrap_or(Entry::Free)
            };
            compared.note(before, after, *number, [entry(before), entry(after)])?;
        }
        Ok(compared)
    }

    fn note(
        &mut self,
        before: &Document<'_>,
        after: &Document<'_>,
        number: u32,
        entries: [Entry; 2],
    ) -> Result<(), PdfFault> {
        let [old, new] = entries.map(|entry| identity(number, entry));
        match (old, new) {
            (None, None) => {}
            (None, Some(id)) => {
                self.added.insert(id);
            }
            (Some(_), None) => {
                self.touched.insert(number, Touch::Dropped);
            }
            (Some(old), Some(new)) => {
                if same_place(before, after, entries) {
                    return Ok(());
                }
                let (was, is) = (before.object(old)?, after.object(new)?);
                let same = old == new && same_value(before, &was, after, &is);
                // A section may stand where one stood: it says nothing by itself.
                let section = |object: &Object| {
                    object.as_stream().is_some_and(|stream| stream.dictionary.is_type("XRef"))
                };
                let sections = section(&was) && section(&is);
                if !same && !sections {
                    self.touched.insert(number, Touch::Replaced);
                }
            }
        }
        Ok(())
    }
}

fn identity(number: u32, entry: Entry) -> Option<Id> {
    match entry {
        Entry::Free => None,
        Entry::At { generation, .. } => Some(Id { number, generation }),
        Entry::In { .. } => Some(Id { number, generation: 0 }),
    }
}

fn same_place(before: &Document<'_>, after: &Document<'_>, entries: [Entry; 2]) -> bool {
    match entries {
        [Entry::At { offset, .. }, Entry::At { offset: other, .. }] => {
            entries[0] == entries[1] && offset == other && offset < before.bytes().len()
        }
        [Entry::In { container, .. }, Entry::In { .. }] => {
            let holder = |document: &Document<'_>| document.entries().get(&container).copied();
            entries[0] == entries[1] && holder(before) == holder(after)
        }
        _ => false,
    }
}

fn same_value(before: &Document<'_>, was: &Object, after: &Document<'_>, is: &Object) -> bool {
    match (was, is) {
        (Object::Stream(was), Object::Stream(is)) => {
            was.dictionary == is.dictionary && before.data(was) == after.data(is)
        }
        _ => was == is,
    }
}
