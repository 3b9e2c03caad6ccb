//! Who refers to what in one state of a file.
//!
//! An object that a later revision may replace in one role (the metadata, an appearance) must not
//! also play another (the content of a page): this index answers that.

use std::collections::HashMap;

use crate::pdf::PdfFault;
use crate::pdf::document::Document;
use crate::pdf::object::{Id, Object};
use crate::pdf::xref::Entry;

const ROLES_MAX: usize = 8;

/// For each object the names under which others refer to it.
pub struct References(HashMap<Id, Vec<Vec<u8>>>);

impl References {
    /// Reads every object in use, once.
    pub fn of(document: &Document<'_>) -> Result<References, PdfFault> {
        let mut index = References(HashMap::new());
        for (number, entry) in document.entries() {
            let generation = match entry {
                Entry::Free => continue,
                Entry::At { generation, .. } => *generation,
                Entry::In { .. } => 0,
            };
            let object = document.object(Id { number: *number, generation })?;
            index.note(&object, &[]);
        }
        for key in ["Root", "Info"] {
            if let Some(id) = document.trailer().reference(key) {
                index.role(id, &[key.as_bytes()]);
            }
        }
        Ok(index)
    }

    pub fn has(&self, id: Id) -> bool {
        self.0.contains_key(&id)
    }

    /// Whether all roles of an object are among `allowed`; `N/*` stands for every name below N.
    /// The elements of an array that is an object of its own have the role `[]`.
    pub fn only(&self, id: Id, allowed: &[&str]) -> bool {
        let Some(roles) = self.0.get(&id) else { return true };
        roles.iter().all(|role| {
            allowed.iter().any(|allowed| match allowed.strip_suffix('*') {
                Some(start) => role.starts_with(start.as_bytes()),
                None => role == allowed.as_bytes(),
            })
        })
    }

    fn note(&mut self, object: &Object, path: &[&[u8]]) {
        match object {
            Object::Reference(id) => self.role(*id, path),
            Object::Array(items) => {
                let path = if path.is_empty() { &[b"[]".as_slice()] } else { path };
                items.iter().for_each(|item| self.note(item, path));
            }
            Object::Dictionary(_) | Object::Stream(_) => {
                let Some(entries) = object.entries() else { return };
                for (key, value) in &entries.0 {
                    match path.last() {
                        Some(last) => self.note(value, &[last, key]),
                        None => self.note(value, &[key]),
                    }
                }
            }
            _ => {}
        }
    }

    fn role(&mut self, id: Id, path: &[&[u8]]) {
        let roles = self.0.entry(id).or_default();
        let role = path.join(&b'/');
        // More roles than are kept: one that nobody allows stands for the rest.
        if roles.len() == ROLES_MAX {
            roles.push(b"?".to_vec());
        } else if roles.len() < ROLES_MAX && !roles.contains(&role) {
            roles.push(role);
        }
    }
}
