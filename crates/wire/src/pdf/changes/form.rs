//! The rules of the form: fields to sign in may come, empty fields may be filled in.

use std::collections::{HashMap, HashSet};

use super::rules::{Rules, is_kept};
use super::{Change, Part, different_keys};
use crate::pdf::PdfFault;
use crate::pdf::field::{Field, fields, form};
use crate::pdf::fill::{HEIGHT_POINTS_MAX, LATE, READ_ONLY, WIDTH_POINTS_MAX, text_of};
use crate::pdf::object::{Dictionary, Id, Object};

impl Rules<'_, '_> {
    pub(super) fn form(&mut self, before: &Dictionary, after: &Dictionary) -> Result<(), PdfFault> {
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
        let added: HashSet<Id> =
            now.iter().filter_map(Object::as_reference).filter(|id| !known.contains(id)).collect();
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
            // A widget that lay ready in the signed revision would be a known way to hide one.
            let mut parts = std::iter::once(&field.id).chain(&field.widgets);
            let new = parts.all(|id| self.compared.added.contains(id));
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
            // What acts by itself can change what is shown.
            for key in ["A", "AA"].into_iter().filter(|key| widget.get(key).is_some()) {
                self.found.push(Change::Key { of: Part::Form, key: key.to_owned() });
            }
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
    pub(super) fn existing_fields(&mut self) -> Result<(), PdfFault> {
        if self.unclaimed().next().is_none() {
            return Ok(());
        }
        let after = fields(self.after)?;
        let now: HashMap<Id, &Field> = after.iter().map(|field| (field.id, field)).collect();
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
                    let completed = self.is_completed(&field, now)?;
                    let field = field.name;
                    self.found.push(match completed {
                        true => Change::FieldCompleted { field },
                        false => Change::FieldFilled { field },
                    });
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
            let closes = |key: &str| key == "Ff" && is_closed(before, after);
            if !keys.iter().all(|key| VALUE.contains(&key.as_str()) || closes(key)) {
                return Ok(false);
            }
            // What was closed when it was signed is no form to fill in any more.
            if flags(before) & READ_ONLY != 0 && !field.is_signature() {
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

    /// A number or date that was empty when it was signed and has a value now: one line of text, in
    /// the one small place that the signer saw.
    fn is_completed(&self, before: &Field, after: &Field) -> Result<bool, PdfFault> {
        let is_late = LATE.contains(&before.name.as_str()) && before.kind == b"Tx";
        let is_alone = before.widgets == [before.id] && after.widgets == before.widgets;
        if !is_late || !is_alone || after.name != before.name {
            return Ok(false);
        }
        let held = self.before.object(before.id)?;
        let Some(widget) = held.as_dictionary() else { return Ok(false) };
        let sides = self.before.rectangle(widget, "Rect")?;
        let is_small = sides.is_some_and(|[left, bottom, right, top]| {
            right - left <= WIDTH_POINTS_MAX && top - bottom <= HEIGHT_POINTS_MAX
        });
        let was = match &before.value {
            Some(value) => text_of(self.before, value)?,
            None => Some(String::new()),
        };
        let is = match &after.value {
            Some(value) => text_of(self.after, value)?,
            None => None,
        };
        let was_empty = was.is_some_and(|text| text.is_empty());
        let is_line = is.is_some_and(|text| !text.is_empty() && !text.contains(char::is_control));
        Ok(is_small && was_empty && is_line)
    }
}

fn flags(field: &Dictionary) -> i64 {
    field.integer("Ff").unwrap_or(0)
}

/// Nothing is another but that the field may not be changed any more.
fn is_closed(before: &Dictionary, after: &Dictionary) -> bool {
    let numbers = |one: &Dictionary| one.get("Ff").is_none_or(|flags| flags.as_integer().is_some());
    numbers(before) && numbers(after) && flags(after) == flags(before) | READ_ONLY
}
