//! Evidence from others over the network: what a verdict wants to know, and signed time.
//!
//! Only addresses in certificates whose path holds are asked: those an anchor vouches for. People
//! at a terminal ask at once; the site asks by a job (see [`crate::fetching`]), and only hosts
//! within its reach.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::Client;
use wire::algorithm::Digest;
use wire::pki::certificate::Certificate;
use wire::pki::crl::Crl;
use wire::pki::ocsp::{CertId, Request as Inquiry, Response as Answer};
use wire::pki::time_stamp::{Imprint, Request};

use crate::clockwork::{Asker, TimeFault, answered, body, client, read_address};
use crate::reach::Reach;
use crate::verdict::{Believed, Wanted};

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
            let Some(less) = left.checked_sub(addresses(&one.certificate)) else { break };
            left = less;
            if let Ok(answer) = self.status(one).await {
                gathered.ocsp.push(answer.der);
            } else if let Ok(list) = self.list(one).await
                && !gathered.crls.iter().any(|der| der == list.der())
            {
                gathered.crls.push(list.der().to_vec());
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
        let mut nearest = Silence::NoAddress;
        for address in self.open(wanted.certificate.extensions.ocsp_addresses()) {
            let request = self
                .client
                .post(&address)
                .header("Content-Type", "application/ocsp-request")
                .body(question.clone());
            nearest = match taken(request).await {
                Ok(der) => match Answer::read(&der) {
                    Ok(answer) if speaks(&answer, wanted) => return Ok(Told { der, answer }),
                    _ => Silence::NotTheirs,
                },
                Err(silence) => silence,
            };
        }
        Err(nearest)
    }

    /// The list that tells about a certificate.
    pub(crate) async fn list(&self, wanted: &Wanted) -> Result<Crl, Silence> {
        let mut nearest = Silence::NoAddress;
        for address in self.open(wanted.certificate.extensions.crl_addresses()) {
            nearest = match taken(self.client.get(&address)).await {
                Ok(bytes) => match Crl::read(&bytes) {
                    Ok(list) if tells(&list, wanted) => return Ok(list),
                    _ => Silence::NotTheirs,
                },
                Err(silence) => silence,
            };
        }
        Err(nearest)
    }

    fn open<'a>(&self, addresses: impl Iterator<Item = &'a str>) -> Vec<String> {
        let may = |address: &String| self.reach.allows(address);
        addresses.filter_map(read_address).filter(may).take(ADDRESSES_OF_ONE_MAX).collect()
    }
}

/// What a responder said, as it came.
pub(crate) struct Told {
    pub der: Vec<u8>,
    pub answer: Answer,
}

fn addresses(certificate: &Certificate) -> usize {
    let extensions = &certificate.extensions;
    let all = extensions.ocsp_addresses().chain(extensions.crl_addresses());
    all.filter_map(read_address).count().min(2 * ADDRESSES_OF_ONE_MAX)
}

/// Signed by the issuer or whom it appointed, and about this certificate.
fn speaks(answer: &Answer, wanted: &Wanted) -> bool {
    answer.answer(&wanted.issuer, &wanted.certificate.serial).is_some()
        && answer.verify(&wanted.issuer, answer.produced_at).is_ok()
}

/// Signed by the issuer, and deciding about this certificate.
fn tells(list: &Crl, wanted: &Wanted) -> bool {
    list.covers(&wanted.certificate).is_ok() && list.is_signed_by(&wanted.issuer).is_ok()
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

async fn taken(request: reqwest::RequestBuilder) -> Result<Vec<u8>, Silence> {
    let answer = request.send().await.map_err(|_| Silence::NoAnswer)?;
    if !answer.status().is_success() {
        return Err(Silence::NoAnswer);
    }
    let bytes = body(answer, ANSWER_BYTES_MAX).await.map_err(|_| Silence::NoAnswer)?;
    bytes.ok_or(Silence::TooLarge)
}
