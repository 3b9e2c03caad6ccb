//! Which objects a later revision may replace, and how: the whole list, nothing else may.
//!
//! A rule looks at one place (catalog, form, field, page), compares key by key, and claims the
//! objects it has understood. What nobody claims counts as content.

use std::collections::HashSet;

use super::PdfFault;
use super::changes::{Change, Compared, Deed, Part, Touch, different_keys};
use super::document::{Document, Held};
use super::field::{Field, fields, form};
use super::object::{Dictionary, Id, Object};
use super::references::References;

pub struct Rules<'r, 'a> {
    before: &'r Document<'a>,
    after: &'r Document<'a>,
    compared: &'r Compared,
    references: &'r [References; 2],
    claimed: HashSet<u32>,
    /// Widgets of signature fields that are new or newly signed.
    widgets: HashSet<Id>,
    pub found: Vec<Change>,
}

impl<'r, 'a> Rules<'r, 'a> {
    pub fn new(
        before: &'r Document<'a>,
        after: &'r Document<'a>,
        compared: &'r Compared,
        references: &'r [References; 2],
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
        open.filter(|(number, _)| !self.claimed.contains(number)).map(|(number, touch)| {
            match touch {
                Touch::Replaced => Change::Replaced { number: *number },
                Touch::Dropped => Change::Dropped { number: *number },
            }
        })
    }

    fn touched(&self, id: Id) -> bool {
        self.compared.touched.get(&id.number) == Some(&Touch::Replaced)
    }

    /// Accepts the replacement of an object when it plays no other role than these.
    fn claim(&mut self, id: Id, roles: &[&str]) -> bool {
        let alone = self.references.iter().all(|references| references.only(id, roles));
        let claims = self.touched(id) && alone;
        if claims {
            self.claimed.insert(id.number);
        }
        claims
    }

    fn differ(&mut self, of: Part, key: &str) {
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
        let entries = |held: &Option<Held<'_>>| {
            held.as_ref().and_then(|held| held.as_dictionary().cloned())
        };
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

    fn form(&mut self, before: &Dictionary, after: &Dictionary) -> Result<(), PdfFault> {
        let (old, new) = (form(self.before)?, form(self.after)?);
        let Some(new) = new else {
            if old.is_some() {
                self.differ(Part::Catalog, "AcroForm");
            }
            return Ok(());
        };
        let fresh = old.is_none();
        let old = old.unwrap_or_default();
        for key in different_keys(&old.0, &new.0) {
            match key.as_str() {
                "Fields" | "SigFlags" => {}
                "DA" | "DR" | "Q" if fresh || old.get(&key).is_none() => {}
                "DR" if self.keeps_resources(&old, &new)? => {}
                "NeedAppearances" => self.found.push(Change::AppearancesAsked),
                _ => self.differ(Part::Form, &key),
            }
        }
        if let (Some(id), true) = (before.reference("AcroForm"), after.get("AcroForm").is_some()) {
            self.claim(id, &["AcroForm"]);
        }
        if let Some(id) = old.reference("Fields") {
            self.claim(id, &["Fields", "AcroForm/Fields"]);
        }
        let kept = self.list(self.before, &old, "Fields")?;
        let now = self.list(self.after, &new, "Fields")?;
        if !is_kept(&kept, &now) {
            self.differ(Part::Form, "Fields");
        }
        let known: HashSet<Id> = kept.iter().filter_map(Object::as_reference).collect();
        let added: HashSet<Id> = now
            .iter()
            .filter_map(Object::as_reference)
            .filter(|id| !known.contains(id))
            .collect();
        self.new_fields(&added)
    }

    /// Fonts and the like for new fields may come; those of existing fields stay.
    fn keeps_resources(&self, old: &Dictionary, new: &Dictionary) -> Result<bool, PdfFault> {
        let (old, new) = (self.before.value(old, "DR")?, self.after.value(new, "DR")?);
        let (Some(old), Some(new)) = (old, new) else { return Ok(false) };
        let (Some(old), Some(new)) = (old.as_dictionary(), new.as_dictionary()) else {
            return Ok(false);
        };
        for (key, value) in &old.0 {
            let was = self.before.resolve(value)?;
            let Some(is) = new.0.get(key) else { return Ok(false) };
            let is = self.after.resolve(is)?;
            let kept = match (was.as_dictionary(), is.as_dictionary()) {
                (Some(was), Some(is)) => {
                    was.0.iter().all(|(key, value)| is.0.get(key) == Some(value))
                }
                _ => *was == *is,
            };
            if !kept {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Only fields to sign in may be added, and only as objects that are new.
    fn new_fields(&mut self, added: &HashSet<Id>) -> Result<(), PdfFault> {
        if added.is_empty() {
            return Ok(());
        }
        let mut seen = 0;
        for field in fields(self.after)?.iter().filter(|field| added.contains(&field.id)) {
            seen += 1;
            let new = self.compared.added.contains(&field.id);
            if !new || !field.is_signature() {
                self.differ(Part::Form, &format!("Fields {}", field.name));
                continue;
            }
            self.signature_field(field)?;
        }
        // A new field that has fields below itself, or is no dictionary.
        if seen != added.len() {
            self.differ(Part::Form, "Fields");
        }
        Ok(())
    }

    fn signature_field(&mut self, field: &Field) -> Result<(), PdfFault> {
        self.widgets.extend(&field.widgets);
        let mut shown = false;
        for widget in &field.widgets {
            let widget = self.after.object(*widget)?;
            let Some(widget) = widget.as_dictionary() else { continue };
            let sides = self.after.rectangle(widget, "Rect")?;
            shown |= sides.is_some_and(|[a, b, c, d]| a < c && b < d);
        }
        let name = field.name.clone();
        self.found.push(match field.value {
            Some(_) => {
                let time_stamp = self.is_time_stamp(field)?;
                Change::SignatureAdded { field: name, shown, time_stamp }
            }
            None => Change::EmptyFieldAdded { field: name, shown },
        });
        Ok(())
    }

    fn is_time_stamp(&self, field: &Field) -> Result<bool, PdfFault> {
        let Some(value) = &field.value else { return Ok(false) };
        let value = self.after.resolve(value)?;
        let format = value.as_dictionary().and_then(|value| value.name("SubFilter"));
        Ok(format == Some(b"ETSI.RFC3161"))
    }

    /// Fields that were there may get a value; one that was signed stays as it is.
    fn existing_fields(&mut self) -> Result<(), PdfFault> {
        if self.unclaimed().next().is_none() {
            return Ok(());
        }
        let after = fields(self.after)?;
        let now: std::collections::HashMap<Id, &Field> =
            after.iter().map(|field| (field.id, field)).collect();
        for field in fields(self.before)? {
            let signed = field.is_signature() && field.value.is_some();
            let Some(now) = now.get(&field.id).filter(|_| !signed) else { continue };
            let mut filled = false;
            let own = [field.id];
            let parts = own.iter().chain(field.widgets.iter().filter(|id| **id != field.id));
            for id in parts {
                filled |= self.filled(*id, &field)?;
            }
            match (filled, field.is_signature()) {
                (false, _) => {}
                (true, true) => self.signature_field(now)?,
                (true, false) => {
                    self.found.push(Change::FieldFilled { field: field.name.clone() });
                }
            }
        }
        Ok(())
    }

    /// Claims a field or widget in which only what filling in changes is another.
    fn filled(&mut self, id: Id, field: &Field) -> Result<bool, PdfFault> {
        const VALUE: [&str; 6] = ["V", "AP", "AS", "RV", "I", "M"];
        let (before, after) = (self.before.object(id)?, self.after.object(id)?);
        let (Some(before), Some(after)) = (before.as_dictionary(), after.as_dictionary()) else {
            return Ok(false);
        };
        let mut filled = false;
        if self.touched(id) {
            let keys = different_keys(&before.0, &after.0);
            if !keys.iter().all(|key| VALUE.contains(&key.as_str())) {
                return Ok(false);
            }
            self.claimed.insert(id.number);
            filled = true;
        }
        if let (Some(value), false) = (before.reference("V"), field.is_signature()) {
            filled |= self.claim(value, &["V"]);
        }
        let appearances = before.get("AP").and_then(Object::as_dictionary);
        for (_, state) in appearances.into_iter().flat_map(|states| &states.0) {
            let below = state.as_dictionary().into_iter().flat_map(|states| states.0.values());
            for id in std::iter::once(state).chain(below).filter_map(Object::as_reference) {
                filled |= self.claim(id, &["AP/N", "AP/D", "AP/R", "N/*", "D/*", "R/*"]);
            }
        }
        Ok(filled)
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
                    if key != "Annots" {
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

    fn list(
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
fn is_kept(old: &[Object], new: &[Object]) -> bool {
    let mut rest = new.iter();
    old.iter().all(|element| rest.any(|other| other == element))
}
