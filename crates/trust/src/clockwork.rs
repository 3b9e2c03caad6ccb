//! Time from others (RFC 3161, the asking side): several authorities, one after the other until one
//! answers with what counts; and what their time says about our clock.
//!
//! A token counts when it is over what was sent, with the nonce that was sent, signed with a
//! certificate for time stamps alone that leads to an anchor believed for time.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use platform::Ctx;
use platform::clock::local;
use platform::store::StoreError;
use reqwest::{Client, Url};
use wire::algorithm::Digest;
use wire::pki::certificate::Certificate as X509;
use wire::pki::extension::KeyUsage;
use wire::pki::oids;
use wire::pki::path::{self, Anchor, Demand};
use wire::pki::time_stamp::{Imprint, Request, Response, StampFault, Token, read_response};

use crate::commands::anchors::Purpose;
use crate::queries;
use crate::refusal::Refusal;
use crate::stamping::Stamper;
use crate::store::stamps::{self, Source};
use platform::outside::reach::{self, Reach};

const PATIENCE: Duration = Duration::from_secs(8);
const PATIENCE_TO_CONNECT: Duration = Duration::from_secs(3);
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// A token that counts.
#[derive(Debug, Clone)]
pub struct Stamped {
    /// The DER of the token, for signatures and archives.
    pub token: Vec<u8>,
    pub at: Timestamp,
    /// Who stamped, as the operator called it.
    pub authority: String,
}

/// Why one authority's answer does not count.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TimeFault {
    #[error("no answer: {0}")]
    Silent(String),
    #[error("the answer is no time stamp: {0}")]
    Stamp(#[from] StampFault),
    #[error("it refused: {0}")]
    Refused(String),
    #[error("the token does not say whose key signed it")]
    NoCertificate,
    #[error("the certificate was not valid at the time of the stamp")]
    OutOfDate,
    #[error("the certificate leads to nobody who is believed for time")]
    NotBelieved,
    #[error("nobody stamped: {0}")]
    Nobody(String),
    #[error("the database does not answer: {0}")]
    Broken(String),
}

/// Asks authorities over the network. Make it once: it holds connections and the machine's anchors.
#[derive(Clone)]
pub struct Asker {
    client: Client,
}

impl Asker {
    pub fn new() -> Result<Asker, TimeFault> {
        Ok(Asker { client: client((PATIENCE_TO_CONNECT, PATIENCE), &Reach::Anywhere)? })
    }

    /// A stamp over `imprint` from the first of the operator's authorities that gives one that
    /// counts; the installation's own comes last.
    pub async fn stamp(
        &self,
        ctx: &Ctx,
        stamper: &Stamper,
        imprint: Imprint,
    ) -> Result<Stamped, TimeFault> {
        let broken = |error: Refusal| TimeFault::Broken(error.to_string());
        let (sources, anchors) = known(ctx).await.map_err(broken)?;
        let mut failed = Vec::new();
        for source in &sources {
            let question = question(ctx.ids.secret(), imprint.clone());
            match self.ask(&source.address, &question).await {
                Ok(answer) => match judge(&answer, &question, &anchors) {
                    Ok((token, at)) => {
                        return Ok(Stamped { token, at, authority: source.name.clone() });
                    }
                    Err(fault) => failed.push(format!("{}: {fault}", source.name)),
                },
                Err(fault) => failed.push(format!("{}: {fault}", source.name)),
            }
            tracing::warn!(authority = %source.name, "no time stamp that counts; the next is asked");
        }
        let question = question(ctx.ids.secret(), imprint);
        let own = stamper.answer(ctx, &question.write()).await.map_err(broken)?;
        match judge(&own, &question, &anchors) {
            Ok((token, at)) => {
                Ok(Stamped { token, at, authority: ctx.settings.public_address.clone() })
            }
            Err(fault) => {
                failed.push(fault.to_string());
                Err(TimeFault::Nobody(failed.join("; ")))
            }
        }
    }

    pub(crate) async fn ask(
        &self,
        address: &str,
        question: &Request,
    ) -> Result<Vec<u8>, TimeFault> {
        let silent = |error: reqwest::Error| TimeFault::Silent(kind(&error).to_owned());
        let answer = self
            .client
            .post(address)
            .header("Content-Type", "application/timestamp-query")
            .body(question.write())
            .send()
            .await
            .map_err(silent)?;
        if !answer.status().is_success() {
            return Err(TimeFault::Silent(format!("status {}", answer.status().as_u16())));
        }
        let bytes = body(answer, ANSWER_BYTES_MAX).await.map_err(silent)?;
        bytes.ok_or(TimeFault::Stamp(StampFault::TooLarge))
    }

    /// By how many milliseconds our clock is ahead of this authority's, at least: what the way
    /// there and back and its own accuracy can explain is taken off.
    async fn compare(
        &self,
        ctx: &Ctx,
        source: &Source,
        anchors: &[X509],
    ) -> Result<i64, TimeFault> {
        let random: [u8; 32] = ctx.ids.secret();
        let question = question(ctx.ids.secret(), Imprint::of(Digest::Sha256, &random));
        let before = ctx.clock.now();
        let answer = self.ask(&source.address, &question).await?;
        let after = ctx.clock.now();
        let token = believed(&answer, &question, anchors)?.1;
        let (at, accuracy) = (token.at, token.accuracy.unwrap_or_default());
        let way = after.duration_since(before).as_millis() / 2;
        // Stamps without a fraction of a second were cut down to the second.
        let cut = if at.subsec_nanosecond() == 0 { 1000 } else { 0 };
        let doubt =
            way + cut + i128::from(accuracy.seconds) * 1000 + i128::from(accuracy.milliseconds) + 1;
        let middle = before + SignedDuration::from_millis(i64::try_from(way).unwrap_or_default());
        let difference = middle.duration_since(at).as_millis();
        let left = (difference.abs() - doubt).max(0) * difference.signum();
        Ok(i64::try_from(left).unwrap_or(i64::MAX))
    }
}

/// Compares our clock with every other authority's and writes down what came of it.
pub async fn check_clock(ctx: &Ctx) -> Result<Vec<(Source, Result<i64, String>)>, Refusal> {
    let (sources, anchors) = known(ctx).await?;
    if sources.is_empty() {
        return Ok(Vec::new());
    }
    let asker = Asker::new().map_err(no_client)?;
    let mut all = Vec::new();
    for source in sources {
        let found = asker.compare(ctx, &source, &anchors).await;
        let found = found.map_err(|fault| fault.to_string());
        let (id, at, kept) = (source.id, ctx.clock.now(), found.clone());
        ctx.store.write(move |tx| stamps::put_check(tx, id, at, &kept)).await?;
        all.push((source, found));
    }
    Ok(all)
}

/// Nobody was asked yet: there is nothing to ask with.
pub(crate) fn no_client(fault: TimeFault) -> Refusal {
    Refusal::Store(StoreError::Other { reason: fault.to_string() })
}

async fn known(ctx: &Ctx) -> Result<(Vec<Source>, Vec<X509>), Refusal> {
    let today = local(ctx.clock.now()).date();
    ctx.store
        .read::<_, Refusal, _>(move |tx| {
            Ok((stamps::sources(tx)?, queries::anchors(tx, Purpose::Stamp, today)?))
        })
        .await
}

/// What any authority is asked, under whatever policy it has.
pub(crate) fn question(random: [u8; 8], imprint: Imprint) -> Request {
    let nonce = Some(Request::nonce_of(random));
    Request { imprint, policy: None, nonce, wants_certificate: true }
}

/// Patience to connect, and for all of it.
pub(crate) fn client(patience: (Duration, Duration), reach: &Reach) -> Result<Client, TimeFault> {
    reach::client(patience, reach).map_err(|error| TimeFault::Silent(kind(&error).to_owned()))
}

/// The whole body; none when it is longer than that.
pub(crate) async fn body(
    mut answer: reqwest::Response,
    bytes_max: usize,
) -> Result<Option<Vec<u8>>, reqwest::Error> {
    let mut bytes = Vec::new();
    while let Some(more) = answer.chunk().await? {
        bytes.extend_from_slice(&more);
        if bytes.len() > bytes_max {
            return Ok(None);
        }
    }
    Ok(Some(bytes))
}

/// The token in an answer and its time, if it counts.
pub fn judge(
    answer: &[u8],
    question: &Request,
    anchors: &[X509],
) -> Result<(Vec<u8>, Timestamp), TimeFault> {
    believed(answer, question, anchors).map(|(der, token)| (der, token.at))
}

/// The token that answers the question, with its DER, signed by whom it names. Whether that one is
/// believed is another question.
pub(crate) fn answered(answer: &[u8], question: &Request) -> Result<(Vec<u8>, Token), TimeFault> {
    let der = match read_response(answer)? {
        Response::Granted(der) => der,
        Response::Rejected { failure, words } => {
            return Err(TimeFault::Refused(format!("{failure:?} {}", words.join(" "))));
        }
    };
    let token = Token::read(&der)?;
    token.answers(question)?;
    token.check(&question.imprint, token.certificate().ok_or(TimeFault::NoCertificate)?)?;
    Ok((der, token))
}

fn believed(
    answer: &[u8],
    question: &Request,
    anchors: &[X509],
) -> Result<(Vec<u8>, Token), TimeFault> {
    let (der, token) = answered(answer, question)?;
    let certificate = token.certificate().ok_or(TimeFault::NoCertificate)?;
    if !certificate.is_valid_at(token.at) {
        return Err(TimeFault::OutOfDate);
    }
    if !leads_to(certificate, &token.signed.certificates, anchors, token.at) {
        return Err(TimeFault::NotBelieved);
    }
    Ok((der, token))
}

/// Whether a path of authorities, valid at that time and for time stamps, leads to an anchor.
fn leads_to(certificate: &X509, pool: &[X509], anchors: &[X509], at: Timestamp) -> bool {
    let anchors: Vec<Anchor> = anchors.iter().cloned().map(Anchor::new).collect();
    let demand = Demand {
        key_usage: Some(KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::CONTENT_COMMITMENT)),
        purposes: vec![oids::TIME_STAMPING],
        ..Demand::default()
    };
    let question =
        path::Question { target: certificate, pool, anchors: &anchors, at, demand: &demand };
    path::find(&question).is_ok()
}

/// An address the operator may name: http or https, with a host, without a password.
pub fn read_address(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    let plain = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    let bare = url.username().is_empty() && url.password().is_none();
    (plain && bare).then(|| url.to_string())
}

/// Without the address.
fn kind(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "it took too long"
    } else if error.is_connect() {
        "no connection"
    } else {
        "broken off"
    }
}
