//! Evidence from others over the network: what a verdict wants to know, and signed time.
//!
//! Only addresses in certificates whose path holds are asked: those an anchor vouches for. People
//! at a terminal ask at once; the site asks by a job (see [`crate::fetching`]), and only hosts
//! within its reach.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::{Client, RequestBuilder};
use wire::algorithm::Digest;
use wire::pki::certificate::Certificate;
use wire::pki::crl::Crl;
use wire::pki::ocsp::{CertId, Request as Inquiry, Response as Answer};
use wire::pki::time_stamp::Imprint;

use crate::clockwork::{Asker, TimeFault, answered, body, client, question, read_address};
use crate::verdict::{Believed, Wanted};
use platform::outside::reach::Reach;

const PATIENCE_TO_CONNECT: Duration = Duration::from_secs(8);
/// For one answer; the longest lists are of some megabytes.
const PATIENCE: Duration = Duration::from_secs(40);
const ANSWER_BYTES_MAX: usize = 16 << 20;
/// Addresses asked for one file.
const ADDRESSES_MAX: usize = 16;
/// Addresses asked about one certificate.
const ADDRESSES_OF_ONE_MAX: usize = 4;

/// What was got, as DER: to be kept with a signature.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// OCSPResponse each.
    pub ocsp: Vec<Vec<u8>>,
    pub crls: Vec<Vec<u8>>,
}

/// Why nothing was got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Silence {
    /// The certificate names none that may be asked.
    NoAddress,
    NoAnswer,
    TooLarge,
    /// What came is not the issuer's word about this certificate.
    NotTheirs,
    /// It is theirs and too old to say anything about today.
    Stale,
}

impl Silence {
    /// What is kept, and the end of the key of its words.
    pub fn code(self) -> &'static str {
        match self {
            Silence::NoAddress => "no-address",
            Silence::NoAnswer => "no-answer",
            Silence::TooLarge => "too-large",
            Silence::NotTheirs => "not-theirs",
            Silence::Stale => "stale",
        }
    }
}

/// Asks over the network. Make it once.
#[derive(Clone)]
pub struct Gatherer {
    client: Client,
    asker: Asker,
    reach: Reach,
}

impl Gatherer {
    /// For somebody at a terminal, who may ask anybody.
    pub fn new() -> Result<Gatherer, TimeFault> {
        Gatherer::within(Reach::Anywhere)
    }

    pub(crate) fn within(reach: Reach) -> Result<Gatherer, TimeFault> {
        let client = client((PATIENCE_TO_CONNECT, PATIENCE), &reach)?;
        Ok(Gatherer { client, asker: Asker::new()?, reach })
    }

    /// A token over these bytes. Whether its authority is believed, a verdict says.
    pub async fn stamp(
        &self,
        address: &str,
        over: &[u8],
        random: [u8; 8],
    ) -> Result<(Vec<u8>, Timestamp), TimeFault> {
        let question = question(random, Imprint::of(Digest::Sha256, over));
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
            let Some(less) = left.checked_sub(addresses(&one.certificate)) else { break };
            left = less;
            if let Ok(answer) = self.status(one).await {
                gathered.ocsp.push(answer.der);
            } else if let Ok(list) = self.list(one).await
                && !gathered.crls.contains(&list.der)
            {
                gathered.crls.push(list.der);
            }
        }
        gathered
    }

    /// What a responder says about one certificate.
    pub(crate) async fn status(&self, wanted: &Wanted) -> Result<Told, Silence> {
        let serial = &wanted.certificate.serial;
        // SHA-1 only names the issuer here; it is the digest that every responder knows.
        let id = CertId::new(Digest::Sha1, &wanted.issuer, serial);
        let question = Inquiry::write(&[id], None).map_err(|_| Silence::NoAddress)?;
        let addresses = self.open(wanted.certificate.extensions.ocsp_addresses());
        let ask = |address| {
            let request = self.client.post(address);
            request.header("Content-Type", "application/ocsp-request").body(question.clone())
        };
        first(addresses.into_iter().map(ask), |der| answer(der, wanted)).await
    }

    /// The list that tells about a certificate.
    pub(crate) async fn list(&self, wanted: &Wanted) -> Result<Told, Silence> {
        let addresses = self.open(wanted.certificate.extensions.crl_addresses());
        let ask = |address| self.client.get(address);
        first(addresses.into_iter().map(ask), |bytes| list(&bytes, wanted)).await
    }

    fn open<'a>(&self, addresses: impl Iterator<Item = &'a str>) -> Vec<String> {
        let may = |address: &String| self.reach.allows(address);
        addresses.filter_map(read_address).filter(may).take(ADDRESSES_OF_ONE_MAX).collect()
    }
}

/// What an authority says about revocation, and of when.
pub(crate) struct Told {
    pub der: Vec<u8>,
    pub this_update: Timestamp,
    pub next_update: Option<Timestamp>,
}

fn addresses(certificate: &Certificate) -> usize {
    let extensions = &certificate.extensions;
    let all = extensions.ocsp_addresses().chain(extensions.crl_addresses());
    all.filter_map(read_address).count().min(2 * ADDRESSES_OF_ONE_MAX)
}

/// Signed by the issuer or whom it appointed, and about this certificate.
fn answer(der: Vec<u8>, wanted: &Wanted) -> Option<Told> {
    let answer = Answer::read(&der).ok()?;
    let single = answer.answer(&wanted.issuer, &wanted.certificate.serial)?;
    answer.verify(&wanted.issuer, answer.produced_at).ok()?;
    Some(Told { der, this_update: single.this_update, next_update: single.next_update })
}

/// Signed by the issuer, and deciding about this certificate.
fn list(bytes: &[u8], wanted: &Wanted) -> Option<Told> {
    let list = Crl::read(bytes).ok()?;
    list.covers(&wanted.certificate).ok()?;
    list.is_signed_by(&wanted.issuer).ok()?;
    let (this_update, next_update) = (list.this_update, list.next_update);
    Some(Told { der: list.der().to_vec(), this_update, next_update })
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

/// What the first of them says that is asked and speaks; else why the last did not.
async fn first(
    requests: impl Iterator<Item = RequestBuilder>,
    read: impl Fn(Vec<u8>) -> Option<Told>,
) -> Result<Told, Silence> {
    let mut nearest = Silence::NoAddress;
    for request in requests {
        nearest = match taken(request).await.map(&read) {
            Ok(Some(told)) => return Ok(told),
            Ok(None) => Silence::NotTheirs,
            Err(silence) => silence,
        };
    }
    Err(nearest)
}

async fn taken(request: RequestBuilder) -> Result<Vec<u8>, Silence> {
    let answer = request.send().await.map_err(|_| Silence::NoAnswer)?;
    if !answer.status().is_success() {
        return Err(Silence::NoAnswer);
    }
    let bytes = body(answer, ANSWER_BYTES_MAX).await.map_err(|_| Silence::NoAnswer)?;
    bytes.ok_or(Silence::TooLarge)
}
