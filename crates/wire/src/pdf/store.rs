//! The document security store: the certificates, OCSP answers and CRLs with which a signature can
//! still be checked when nobody answers any more.
//!
//! Specification: ETSI EN 319 142-1 §5.4.2.

use std::collections::HashMap;

use super::PdfFault;
use super::document::Document;
use super::object::{Dictionary, Id, Object};
use super::update::{Update, write_hexadecimal};
use crate::algorithm::Digest;

const ITEMS_MAX: usize = 10_000;
const ITEM_BYTES_MAX: usize = 16 << 20;
const ALL_BYTES_MAX: usize = 128 << 20;

/// DER by DER, as it stands in the file or is to be put there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Store {
    pub certificates: Vec<Vec<u8>>,
    pub ocsps: Vec<Vec<u8>>,
    pub crls: Vec<Vec<u8>>,
    pub related: Vec<Related>,
}

/// What belongs to one signature (VRI), as DER too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Related {
    /// [`super::Signature::vri_key`].
    pub key: String,
    pub certificates: Vec<Vec<u8>>,
    pub ocsps: Vec<Vec<u8>>,
    pub crls: Vec<Vec<u8>>,
}

impl Store {
    pub fn is_empty(&self) -> bool {
        self == &Store::default()
    }

    /// What the catalog names; a file without a store has an empty one.
    pub fn read(document: &Document<'_>) -> Result<Store, PdfFault> {
        let Some(dictionary) = dictionary(document)? else { return Ok(Store::default()) };
        let mut reader = Reader { document, items: ITEMS_MAX, bytes: ALL_BYTES_MAX };
        let mut store = Store {
            certificates: reader.list(&dictionary, "Certs")?,
            ocsps: reader.list(&dictionary, "OCSPs")?,
            crls: reader.list(&dictionary, "CRLs")?,
            related: Vec::new(),
        };
        let Some(all) = document.value(&dictionary, "VRI")? else { return Ok(store) };
        for (key, value) in &all.as_dictionary().ok_or(PdfFault::Store)?.0 {
            let value = document.resolve(value)?;
            let Some(value) = value.as_dictionary() else { continue };
            store.related.push(Related {
                key: String::from_utf8_lossy(key).into_owned(),
                certificates: reader.list(value, "Cert")?,
                ocsps: reader.list(value, "OCSP")?,
                crls: reader.list(value, "CRL")?,
            });
        }
        Ok(store)
    }
}

/// Appends a revision with this evidence beside what the file has; the same DER is kept once.
///
/// # Errors
/// [`PdfFault`] when the file cannot be read.
pub fn add(pdf: &[u8], evidence: &Store) -> Result<Vec<u8>, PdfFault> {
    let document = Document::open(pdf)?;
    let (root_id, root) = document.root()?;
    let mut root = root.as_dictionary().cloned().ok_or(PdfFault::NoCatalog)?;
    let mut store = dictionary(&document)?.unwrap_or_default();
    let mut update = Update::new(&document);
    let mut writer = Writer { document: &document, known: HashMap::new() };
    writer.learn(&store)?;
    let parts =
        [("Certs", &evidence.certificates), ("OCSPs", &evidence.ocsps), ("CRLs", &evidence.crls)];
    for (key, items) in parts {
        writer.list(&mut update, &mut store, key, items)?;
    }
    let related = document.value(&store, "VRI")?;
    let mut related = related.and_then(|held| held.as_dictionary().cloned()).unwrap_or_default();
    for one in &evidence.related {
        let mut entry = match document.value(&related, &one.key)? {
            Some(entry) => entry.as_dictionary().cloned().ok_or(PdfFault::Store)?,
            None => Dictionary::default(),
        };
        let parts = [
            ("Cert", "Certs", &one.certificates),
            ("OCSP", "OCSPs", &one.ocsps),
            ("CRL", "CRLs", &one.crls),
        ];
        for (key, all, items) in parts {
            writer.list(&mut update, &mut entry, key, items)?;
            // What one signature needs is always in the lists of all, too.
            writer.list(&mut update, &mut store, all, items)?;
        }
        related.set(&one.key, Object::Dictionary(entry));
    }
    if !related.0.is_empty() {
        store.set("VRI", Object::Dictionary(related));
    }
    store.set("Type", Object::name_of("DSS"));
    match root.reference("DSS") {
        Some(id) => update.put(id, &Object::Dictionary(store)),
        None => {
            let id = update.allot();
            update.put(id, &Object::Dictionary(store));
            root.set("DSS", Object::Reference(id));
            update.put(root_id, &Object::Dictionary(root));
        }
    }
    Ok(update.finish().bytes)
}

/// The key of a signature: SHA-1 of the whole string that holds it, zeros included, in capitals.
pub fn vri_key(contents: &[u8]) -> String {
    let mut key = Vec::with_capacity(40);
    write_hexadecimal(&mut key, &Digest::Sha1.of(contents));
    String::from_utf8(key).unwrap_or_default()
}

fn dictionary(document: &Document<'_>) -> Result<Option<Dictionary>, PdfFault> {
    let (_, root) = document.root()?;
    let root = root.as_dictionary().ok_or(PdfFault::NoCatalog)?;
    let Some(store) = document.value(root, "DSS")? else { return Ok(None) };
    Ok(Some(store.as_dictionary().ok_or(PdfFault::Store)?.clone()))
}

struct Reader<'r, 'a> {
    document: &'r Document<'a>,
    items: usize,
    bytes: usize,
}

impl Reader<'_, '_> {
    fn list(&mut self, dictionary: &Dictionary, key: &str) -> Result<Vec<Vec<u8>>, PdfFault> {
        let Some(list) = self.document.value(dictionary, key)? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for item in list.as_array().ok_or(PdfFault::Store)? {
            self.items = self.items.checked_sub(1).ok_or(PdfFault::TooLarge)?;
            let item = self.document.resolve(item)?;
            let stream = item.as_stream().ok_or(PdfFault::Store)?;
            let der = self.document.decoded(stream, ITEM_BYTES_MAX.min(self.bytes))?;
            self.bytes -= der.len();
            found.push(der);
        }
        Ok(found)
    }
}

/// Knows which DER stands in which object already.
struct Writer<'w, 'a> {
    document: &'w Document<'a>,
    known: HashMap<Vec<u8>, Id>,
}

impl Writer<'_, '_> {
    fn learn(&mut self, store: &Dictionary) -> Result<(), PdfFault> {
        for key in ["Certs", "OCSPs", "CRLs"] {
            let Some(list) = self.document.value(store, key)? else { continue };
            let items = list.as_array().unwrap_or_default();
            for id in items.iter().filter_map(Object::as_reference) {
                let item = self.document.object(id)?;
                let Some(stream) = item.as_stream() else { continue };
                let der = self.document.decoded(stream, ITEM_BYTES_MAX)?;
                self.known.insert(Digest::Sha256.of(&der), id);
            }
        }
        Ok(())
    }

    fn list(
        &mut self,
        update: &mut Update<'_, '_>,
        dictionary: &mut Dictionary,
        key: &str,
        items: &[Vec<u8>],
    ) -> Result<(), PdfFault> {
        if items.is_empty() {
            return Ok(());
        }
        let list = self.document.value(dictionary, key)?;
        let list = list.and_then(|list| list.as_array().map(<[Object]>::to_vec));
        let mut list = list.unwrap_or_default();
        for der in items {
            let id = *self.known.entry(Digest::Sha256.of(der)).or_insert_with(|| {
                let id = update.allot();
                update.put_stream(id, Dictionary::default(), der);
                id
            });
            if !list.contains(&Object::Reference(id)) {
                list.push(Object::Reference(id));
            }
        }
        dictionary.set(key, Object::Array(list));
        Ok(())
    }
}
