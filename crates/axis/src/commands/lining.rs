//! What is about one document reaches a recipient in the order of acceptance. While an earlier
//! packet has no way, whatever follows it waits behind it, though there may be a way by now: a job
//! takes the earlier one along first.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6

use std::collections::{BTreeSet, HashMap};

use platform::Ctx;
use platform::store::{StoreError, Tx};
use wire::edxml::{BusinessKind, Document};

use super::batch::Batch;
use super::documents::targets;
use super::rerouting;
use super::routing::Way;
use super::writing::Recipient;
use crate::delivery::{DeliveryId, Route};
use crate::store::deliveries::Before;
use crate::store::leaving as store;

/// Whether something of the same document may wait without a way: stranded, or where a way has
/// ended.
pub(super) fn is_line(tx: &mut Tx, batch: &mut Batch, before: &Before) -> Result<bool, StoreError> {
    Ok(before.is_stranded || (before.is_on_the_way && batch.is_leaving(tx)?))
}

/// The documents that a packet is about and must not overtake. `is_line` says whether anything of
/// its own DocumentId is known to wait: whoever sends a new document asks for nothing more.
pub(super) fn about(document: &Document, is_line: bool) -> BTreeSet<&str> {
    let own = document.document_id.trim();
    let mut ids: BTreeSet<&str> = match document.business_kind() {
        BusinessKind::New => BTreeSet::new(),
        _ => targets(document).into_iter().filter(|id| *id != own).collect(),
    };
    let business = document.business.iter().flat_map(|business| &business.replacements);
    ids.extend(business.map(|one| one.document_id.trim()).filter(|id| *id != own));
    ids.extend(is_line.then_some(own));
    ids
}

/// Recipients for whom an earlier packet waits get this one after it.
pub(super) fn wait_behind(
    tx: &mut Tx,
    ctx: &Ctx,
    batch: &mut Batch,
    (from_key, documents): (&str, &BTreeSet<&str>),
    recipients: &mut [Recipient],
) -> Result<(), StoreError> {
    let mut last: HashMap<String, DeliveryId> = HashMap::new();
    for document in documents {
        for (id, code) in store::wayless(tx, (from_key, document))? {
            // By the code: the catalogue may have learned it since.
            let key = batch.party(tx, &code)?.key;
            let latest = last.entry(key).or_insert(id);
            *latest = id.max(*latest);
        }
    }
    let mut has_way = false;
    for one in recipients.iter_mut().filter(|one| !one.withheld) {
        if let Some(before) = last.get(&one.party.key) {
            has_way |= one.way.route != Route::Nowhere;
            one.way = Way::behind(*before);
        }
    }
    match has_way {
        true => rerouting::seek(tx, ctx),
        false => Ok(()),
    }
}

impl Recipient {
    /// Nobody can deliver it to this one.
    pub fn is_stranded(&self) -> bool {
        !self.withheld && self.way.route == Route::Nowhere
    }
}
