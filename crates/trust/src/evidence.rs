//! Evidence from others over the network: what a verdict wants to know, and signed time.
//!
//! Only addresses in certificates whose path holds are asked: those an anchor vouches for. For
//! people at a terminal; the site asks nobody on behalf of a stranger.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::Client;
use wire::algorithm::Digest;
use wire::pki::crl::Crl;
use wire::pki::ocsp::{CertId, Request as Inquiry, Response as Answer};
use wire::pki::time_stamp::{Imprint, Request};

use crate::clockwork::{Asker, TimeFault, answered, body, client, read_address};
use crate::verdict::{Believed, Wanted};

const PATIENCE_TO_CONNECT: Duration = Duration::from_secs(8);
const ANSWER_BYTES_MAX: usize = 16 << 20;
/// Addresses asked for one file.
const ADDRESSES_MAX: usize = 16;

/// What was got, as DER: to be kept with a signature.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// OCSPResponse each.
    pub ocsp: Vec<Vec<u8>>,
    pub crls: Vec<Vec<u8>>,
}

/// Asks over the network. Make it once.
#[derive(Clone)]
pub struct Gatherer {
    client: Client,
    asker: Asker,
}

impl Gatherer {
    pub fn new() -> Result<Gatherer, TimeFault> {
        Ok(Gatherer { client: client(PATIENCE_TO_CONNECT)?, asker: Asker::new()? })
    }

    /// A token over these bytes. Whether its authority is believed, a verdict says.
    pub async fn stamp(
        &self,
        address: &str,
        over: &[u8],
        random: [u8; 8],
    ) -> Result<(Vec<u8>, Timestamp), TimeFault> {
        let question = Request {
            imprint: Imprint::of(Digest::Sha256, over),
            policy: None,
            nonce: Some(Request::nonce_of(random)),
            wants_certificate: true,
        };
        let answer = self.asker.ask(address, &question).await?;
        let (der, token) = answered(&answer, &question)?;
        Ok((der, token.at))
    }

    /// Asks about each certificate: its responders first, then its lists. What does not answer,
    /// or answers something else, is passed over; the verdict says what is missing.
    pub async fn gather(&self, wanted: &[Wanted]) -> Gathered {
        let mut gathered = Gathered::default();
        let mut left = ADDRESSES_MAX;
        for one in wanted {
            if let Some(der) = self.status(one, &mut left).await {
                gathered.ocsp.push(der);
            } else if let Some(der) = self.list(one, &mut left).await
                && !gathered.crls.contains(&der)
            {
                gathered.crls.push(der);
            }
        }
        gathered
    }

    async fn status(&self, wanted: &Wanted, left: &mut usize) -> Option<Vec<u8>> {
        let serial = &wanted.certificate.serial;
        // SHA-1 only names the issuer here; it is the digest that every responder knows.
        let id = CertId::new(Digest::Sha1, &wanted.issuer, serial);
        let question = Inquiry::write(&[id], None).ok()?;
        for address in wanted.certificate.extensions.ocsp_addresses().filter_map(read_address) {
            *left = left.checked_sub(1)?;
            let request = self
                .client
                .post(&address)
                .header("Content-Type", "application/ocsp-request")
                .body(question.clone());
            if let Some(der) = taken(request).await
                && let Ok(answer) = Answer::read(&der)
                && answer.answer(&wanted.issuer, serial).is_some()
            {
                return Some(der);
            }
        }
        None
    }

    async fn list(&self, wanted: &Wanted, left: &mut usize) -> Option<Vec<u8>> {
        for address in wanted.certificate.extensions.crl_addresses().filter_map(read_address) {
            *left = left.checked_sub(1)?;
            if let Some(bytes) = taken(self.client.get(&address)).await
                && let Ok(list) = Crl::read(&bytes)
                && list.issuer == wanted.certificate.issuer
            {
                return Some(list.der().to_vec());
            }
        }
        None
    }
}

impl Gathered {
    pub fn is_empty(&self) -> bool {
        self.ocsp.is_empty() && self.crls.is_empty()
    }

    /// Adds it to what is at hand. All was read once already.
    pub fn put(&self, believed: &mut Believed) {
        for der in &self.ocsp {
            believed.ocsp.extend(Answer::read(der));
        }
        for der in &self.crls {
            believed.crls.extend(Crl::read_der(der.clone()));
        }
    }
}

async fn taken(request: reqwest::RequestBuilder) -> Option<Vec<u8>> {
    let answer = request.send().await.ok()?;
    if !answer.status().is_success() {
        return None;
    }
    body(answer, ANSWER_BYTES_MAX).await.ok()?
}
