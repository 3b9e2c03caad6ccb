//! Which objects a later revision may replace, and how: the whole list, nothing else may.
//!
//! A rule looks at one place (catalog, form, field, page), compares key by key, and claims the
//! objects it has understood. What nobody claims counts as content.

use std::collections::HashSet;

use super::references::References;
use super::{Change, Compared, Deed, Part, Touch, different_keys};
use crate::pdf::PdfFault;
use crate::pdf::document::{Document, Held};
use crate::pdf::object::{Dictionary, Id, Object};

pub struct Rules<'r, 'a> {
    pub(super) before: &'r Document<'a>,
    pub(super) after: &'r Document<'a>,
    pub(super) compared: &'r Compared,
    references: [&'r References; 2],
    pub(super) claimed: HashSet<u32>,
    /// Widgets of signature fields that are new or newly signed.
    pub(super) widgets: HashSet<Id>,
    pub found: Vec<Change>,
}

impl<'r, 'a> Rules<'r, 'a> {
    pub fn new(
        before: &'r Document<'a>,
        after: &'r Document<'a>,
        compared: &'r Compared,
        references: [&'r References; 2],
    ) -> Rules<'r, 'a> {
        let (claimed, widgets, found) = (HashSet::new(), HashSet::new(), Vec::new());
        Rules { before, after, compared, references, claimed, widgets, found }
    }

    pub fn apply(&mut self) -> Result<(), PdfFault> {
        if let Some(id) = self.before.trailer().reference("Info")
            && self.claim(id, &["Info"])
        {
            self.found.push(Change::Metadata);
        }
        self.catalog()?;
        self.existing_fields()?;
        if self.unclaimed().next().is_some() {
            self.pages()?;
        }
        Ok(())
    }

    /// What was replaced or dropped and no rule knows.
    pub fn unclaimed(&self) -> impl Iterator<Item = Change> + use<'_, 'r, 'a> {
        let open = self.compared.touched.iter();
        open.filter(|(number, _)| !self.claimed.contains(number)).map(|(number, touch)| match touch
        {
            Touch::Replaced => Change::Replaced { number: *number },
            Touch::Dropped => Change::Dropped { number: *number },
        })
    }

    pub(super) fn touched(&self, id: Id) -> bool {
        self.compared.touched.get(&id.number) == Some(&Touch::Replaced)
    }

    /// Accepts the replacement of an object when it plays no other role than these.
    pub(super) fn claim(&mut self, id: Id, roles: &[&str]) -> bool {
        let alone = self.references.iter().all(|references| references.only(id, roles));
        let claims = self.touched(id) && alone;
        if claims {
            self.claimed.insert(id.number);
        }
        claims
    }

    pub(super) fn differ(&mut self, of: Part, key: &str) {
        self.found.push(Change::Key { of, key: key.to_owned() });
    }

    fn catalog(&mut self) -> Result<(), PdfFault> {
        let (id, before) = self.before.root()?;
        let (_, after) = self.after.root()?;
        let (Some(before), Some(after)) = (before.as_dictionary(), after.as_dictionary()) else {
            return Err(PdfFault::NoCatalog);
        };
        for key in different_keys(&before.0, &after.0) {
            match key.as_str() {
                "AcroForm" | "DSS" | "Extensions" => {}
                "Metadata" | "Version" if after.get(&key).is_some() => {
                    self.found.push(Change::Metadata);
                }
                _ => self.differ(Part::Catalog, &key),
            }
        }
        if self.touched(id) {
            self.claimed.insert(id.number);
        }
        if let Some(metadata) = before.reference("Metadata")
            && self.claim(metadata, &["Metadata"])
        {
            self.found.push(Change::Metadata);
        }
        self.extensions(before, after)?;
        self.store(before, after)?;
        self.form(before, after)
    }

    /// Extensions of the language are announced, never withdrawn.
    fn extensions(&mut self, before: &Dictionary, after: &Dictionary) -> Result<(), PdfFault> {
        let (old, new) =
            (self.before.value(before, "Extensions")?, self.after.value(after, "Extensions")?);
        let empty = Dictionary::default();
        let entries =
            |held: &Option<Held<'_>>| held.as_ref().and_then(|held| held.as_dictionary().cloned());
        let (old, new) = (entries(&old), entries(&new));
        if old == new {
            return Ok(());
        }
        let old = old.unwrap_or(empty);
        let keeps = new.is_some_and(|new| {
            old.0.iter().all(|(key, value)| key == b"Type" || new.0.get(key) == Some(value))
        });
        if keeps {
            if let Some(id) = before.reference("Extensions") {
                self.claim(id, &["Extensions"]);
            }
            self.found.push(Change::Extensions);
        } else {
            self.differ(Part::Catalog, "Extensions");
        }
        Ok(())
    }

    /// The security store holds evidence; nothing in it is shown.
    fn store(&mut self, before: &Dictionary, after: &Dictionary) -> Result<(), PdfFault> {
        let (old, new) = (self.before.value(before, "DSS")?, self.after.value(after, "DSS")?);
        let Some(new) = new else {
            if old.is_some() {
                self.differ(Part::Catalog, "DSS");
            }
            return Ok(());
        };
        let mut news = before.get("DSS") != after.get("DSS");
        if let Some(id) = before.reference("DSS") {
            news |= self.claim(id, &["DSS"]);
        }
        if let Some(old) = old
            && let (Some(old), Some(new)) = (old.as_dictionary(), new.as_dictionary())
        {
            for key in ["Certs", "OCSPs", "CRLs", "VRI"] {
                if let Some(id) = old.reference(key) {
                    news |= self.claim(id, &[key, &format!("DSS/{key}")]);
                }
                news |= old.get(key) != new.get(key);
            }
            let vri = self.before.value(old, "VRI")?;
            for value in vri.iter().filter_map(|vri| vri.as_dictionary()).flat_map(|vri| &vri.0) {
                let role = String::from_utf8_lossy(value.0).into_owned();
                if role.len() == 40
                    && let Some(id) = value.1.as_reference()
                {
                    news |= self.claim(id, &[&role, &format!("VRI/{role}")]);
                }
            }
        }
        if news {
            self.found.push(Change::SecurityStore);
        }
        Ok(())
    }

    fn pages(&mut self) -> Result<(), PdfFault> {
        for (index, page) in self.before.pages()?.into_iter().enumerate() {
            let (before, after) = (self.before.object(page.id)?, self.after.object(page.id)?);
            let (Some(before), Some(after)) = (before.as_dictionary(), after.as_dictionary())
            else {
                continue;
            };
            if self.touched(page.id) {
                for key in different_keys(&before.0, &after.0) {
                    // The second is a note of editors, which no reader shows.
                    if key != "Annots" && key != "LastModified" {
                        self.differ(Part::Page(index + 1), &key);
                    }
                }
                self.claimed.insert(page.id.number);
            }
            if let Some(id) = before.reference("Annots") {
                self.claim(id, &["Annots"]);
            }
            self.annotations(index + 1, before, after)?;
        }
        Ok(())
    }

    fn annotations(
        &mut self,
        page: usize,
        before: &Dictionary,
        after: &Dictionary,
    ) -> Result<(), PdfFault> {
        const ROLES: [&str; 6] = ["Annots", "[]", "Popup", "Parent", "IRT", "Obj"];
        let old = self.list(self.before, before, "Annots")?;
        let new = self.list(self.after, after, "Annots")?;
        for annotation in &old {
            let Some(id) = annotation.as_reference() else { continue };
            let held = self.before.object(id)?;
            let dictionary = held.as_dictionary();
            let widget = dictionary.is_some_and(|one| one.name("Subtype") == Some(b"Widget"));
            if !widget && dictionary.is_some() && self.claim(id, &ROLES) {
                self.found.push(Change::Annotation { page, deed: Deed::Changed });
            }
        }
        if !is_kept(&old, &new) {
            self.found.push(Change::Annotation { page, deed: Deed::Removed });
        }
        let known: HashSet<Id> = old.iter().filter_map(Object::as_reference).collect();
        let expected = |object: &Object| {
            let id = object.as_reference();
            id.is_some_and(|id| known.contains(&id) || self.widgets.contains(&id))
        };
        let strange = new.iter().filter(|object| !expected(object)).count();
        let direct = old.iter().filter(|object| object.as_reference().is_none()).count();
        if strange > direct {
            self.found.push(Change::Annotation { page, deed: Deed::Added });
        }
        Ok(())
    }

    pub(super) fn list(
        &self,
        document: &Document<'_>,
        of: &Dictionary,
        key: &str,
    ) -> Result<Vec<Object>, PdfFault> {
        let list = document.value(of, key)?;
        Ok(list.and_then(|list| list.as_array().map(<[Object]>::to_vec)).unwrap_or_default())
    }
}

/// The old elements are all there, in their order.
pub(super) fn is_kept(old: &[Object], new: &[Object]) -> bool {
    let mut rest = new.iter();
    old.iter().all(|element| rest.any(|other| other == element))
}
