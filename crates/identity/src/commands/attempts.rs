//! Under what an attempt is counted: the account, the browser, the network address.

use aws_lc_rs::digest::{SHA256, digest};
use platform::store::{StoreError, Tx};
use platform::web::View;

use super::sessions;
use crate::account::AccountId;
use crate::store::accounts;
use crate::store::throttles::{self, Counter};
use crate::throttle::{ACCOUNT, ADDRESS, KNOWN_BROWSER};
use platform::hex::to_hex;

/// What the attempts of one person from one browser are counted under. Hashes, so that the table
/// names nobody.
#[derive(Clone)]
pub(crate) struct Counters {
    account: String,
    browser: Option<(Vec<u8>, String)>,
    address: String,
}

impl Counters {
    /// A browser known to this account has a counter of its own and no other.
    pub fn list(&self, tx: &mut Tx, id: Option<AccountId>) -> Result<Vec<Counter>, StoreError> {
        if let (Some(id), Some((hash, key))) = (id, &self.browser)
            && accounts::knows_browser(tx, hash, id)?
        {
            return Ok(vec![Counter { key: key.clone(), rule: KNOWN_BROWSER }]);
        }
        Ok(vec![
            Counter { key: self.account.clone(), rule: ACCOUNT },
            Counter { key: self.address.clone(), rule: ADDRESS },
        ])
    }

    /// After a full sign-in: this person's slips are forgotten, the address's others are not.
    pub fn settle(&self, tx: &mut Tx, id: AccountId) -> Result<(), StoreError> {
        for counter in self.list(tx, Some(id))? {
            if counter.key == self.address {
                throttles::take_back(tx, &counter.key)?;
            } else {
                throttles::forget(tx, &counter.key)?;
            }
        }
        Ok(())
    }
}

pub(crate) fn counters(view: &View, login: &str) -> Counters {
    let browser = sessions::browser_hash(view);
    Counters {
        account: key("account", login.as_bytes()),
        browser: browser.map(|hash| {
            let under = key("browser", &[hash.as_slice(), login.as_bytes()].concat());
            (hash, under)
        }),
        address: address_key("address", view),
    }
}

pub(crate) fn address_key(kind: &str, view: &View) -> String {
    key(kind, network(view.address()).as_bytes())
}

/// One household, one counter: of IPv6 only the network counts.
fn network(address: std::net::IpAddr) -> String {
    match address {
        std::net::IpAddr::V4(address) => address.to_string(),
        std::net::IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(inner) => inner.to_string(),
            None => format!("{:x?}", &address.segments()[..4]),
        },
    }
}

pub(crate) fn key(kind: &str, about: &[u8]) -> String {
    let hash = digest(&SHA256, &[kind.as_bytes(), b":", about].concat());
    to_hex(&hash.as_ref()[..16])
}
