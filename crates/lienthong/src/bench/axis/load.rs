//! The load client: a process of its own, so that what it costs is not counted to the axis. It
//! reads its order from standard input and says on standard output how it went; both are JSON.

use std::collections::BTreeMap;
use std::io::Read;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use wire::edxml::StatusCode;
use wire::vxp::answer::ReceivedRow;
use wire::vxp::{Answer, Call, MessageType, Operation, TransportStatus};

use super::ceiling::Ceiling;
use super::line::Line;
use super::packets::{self, Mould};
use super::signer::{Pen, Seal};
use crate::bench::process;
use crate::say;

/// What the client is to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Order {
    pub address: SocketAddr,
    pub root: String,
    pub callers: usize,
    pub act: Act,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Act {
    /// Sends documents with these numbers.
    Send(Sending),
    /// Fetches the documents that wait in these mailboxes, acknowledges them and says what became
    /// of them: a list, a download, an acknowledgement and a status for each code.
    Receive { boxes: Vec<(Account, String)>, codes: Vec<String> },
    /// Fetches and acknowledges the statuses that wait for these systems.
    Collect { boxes: Vec<(Account, String)> },
    /// Sends nothing: what the machine could do with the same packets at most.
    Ceiling { sending: Sending, file: PathBuf },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sending {
    pub by: Account,
    pub from: String,
    pub to: Vec<String>,
    /// Each packet goes to one of them in turn, not to all.
    pub in_turn: bool,
    pub size_bytes: usize,
    pub first: u64,
    pub count: u64,
    /// Whoever signs them.
    pub seal: Option<Seal>,
}

/// A system, as the axis knows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Account {
    pub system: String,
    pub secret: String,
}

/// How it went.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Report {
    pub seconds: f64,
    pub cpu_us: u64,
    /// What was done well, by operation.
    pub done: BTreeMap<String, Waits>,
    pub failed: u64,
    pub first_failure: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Waits {
    pub n: u64,
    pub p50_ms: f64,
    pub p99_ms: f64,
}

/// What one caller, or all of them, saw.
#[derive(Default)]
struct Tally {
    waits_us: BTreeMap<&'static str, Vec<u32>>,
    failed: u64,
    first_failure: String,
}

/// `lienthong bench axis-load`: reads one order, answers with one report.
pub async fn run() -> Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let order: Order = serde_json::from_str(&text).context("the order on standard input")?;
    let report = match &order.act {
        Act::Ceiling { sending, file } => Ceiling::measure(file, sending, order.callers)?,
        _ => measured(&order).await?,
    };
    say::line(&serde_json::to_string(&report)?);
    Ok(())
}

async fn measured(order: &Order) -> Result<Report> {
    let (cpu_before_us, begun) = (process::cpu_us()?, Instant::now());
    let tally = match &order.act {
        Act::Send(sending) => send(order, sending).await?,
        Act::Receive { boxes, codes } => {
            let codes = codes.iter().map(|code| StatusCode::read(code)).collect();
            empty_all(order, boxes, Errand { kind: MessageType::Edoc, codes }).await?
        }
        Act::Collect { boxes } => {
            empty_all(order, boxes, Errand { kind: MessageType::Status, codes: Vec::new() }).await?
        }
        Act::Ceiling { .. } => Tally::default(),
    };
    let seconds = begun.elapsed().as_secs_f64();
    Ok(tally.report(seconds, process::cpu_us()? - cpu_before_us))
}

async fn send(order: &Order, sending: &Sending) -> Result<Tally> {
    let form = Arc::new(Form { moulds: sending.moulds()?, pen: sending.pen()? });
    let next = Arc::new(AtomicU64::new(sending.first));
    let callers = (0..order.callers).map(|_| {
        let (form, next) = (Arc::clone(&form), Arc::clone(&next));
        let (order, sending) = (order.clone(), sending.clone());
        tokio::spawn(async move { send_in_turn((&order, &sending), &form, &next).await })
    });
    gathered(callers.collect()).await
}

async fn gathered(callers: Vec<JoinHandle<Result<Tally>>>) -> Result<Tally> {
    let mut tally = Tally::default();
    for caller in callers {
        tally.add(caller.await??);
    }
    Ok(tally)
}

/// What packets are made of.
struct Form {
    moulds: Vec<Mould>,
    pen: Option<Pen>,
}

async fn send_in_turn(
    (order, sending): (&Order, &Sending),
    form: &Form,
    next: &AtomicU64,
) -> Result<Tally> {
    let mut line = open(order, &sending.by).await?;
    let mut tally = Tally::default();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= sending.first + sending.count {
            return Ok(tally);
        }
        let mould = &form.moulds[number as usize % form.moulds.len()];
        let (packet, sha256) = packets::cast(mould, form.pen.as_ref(), number)?;
        let asked = Instant::now();
        let call = Call::send(MessageType::Edoc, &sending.from, &[], &sha256);
        let answer = line.send(&call, &packet).await?;
        tally.note("send", asked.elapsed(), &answer);
    }
}

/// What is done with a mailbox.
#[derive(Clone)]
struct Errand {
    kind: MessageType,
    codes: Vec<StatusCode>,
}

async fn empty_all(order: &Order, boxes: &[(Account, String)], errand: Errand) -> Result<Tally> {
    let lines = (order.callers / boxes.len().max(1)).max(1);
    let boxes = Arc::new(Mutex::new(boxes.to_vec()));
    let callers = (0..order.callers.div_ceil(lines)).map(|_| {
        let (boxes, order, errand) = (Arc::clone(&boxes), order.clone(), errand.clone());
        tokio::spawn(async move {
            let mut tally = Tally::default();
            loop {
                let Some((account, code)) = boxes.lock().await.pop() else { return Ok(tally) };
                tally.add(empty(&order, (&account, &code), (&errand, lines)).await?);
            }
        })
    });
    gathered(callers.collect()).await
}

/// Lists a mailbox until nothing is in it, and takes everything out, over several connections.
async fn empty(
    order: &Order,
    (account, code): (&Account, &str),
    (errand, lines): (&Errand, usize),
) -> Result<Tally> {
    let mut tally = Tally::default();
    loop {
        // Anew for each list: nobody keeps a connection open that is silent while a list is done.
        let mut line = open(order, account).await?;
        let asked = Instant::now();
        let answer = line.ask(&Call::received(errand.kind)).await?;
        tally.note("list", asked.elapsed(), &answer);
        let mut rows: Vec<ReceivedRow> = answer.rows()?;
        rows.retain(|row| TransportStatus::read(&row.status) != Some(TransportStatus::Done));
        if rows.is_empty() || tally.failed > 0 {
            return Ok(tally);
        }
        let rows = Arc::new(rows);
        let next = Arc::new(AtomicU64::new(0));
        let hands = (0..lines.min(rows.len())).map(|_| {
            let (rows, next) = (Arc::clone(&rows), Arc::clone(&next));
            let (order, account, code) = (order.clone(), account.clone(), code.to_owned());
            let errand = errand.clone();
            tokio::spawn(async move {
                let (mut line, mut tally) = (open(&order, &account).await?, Tally::default());
                while let Some(row) = rows.get(next.fetch_add(1, Ordering::Relaxed) as usize) {
                    take(&mut line, (&code, &row.doc_id), &errand.codes, &mut tally).await?;
                }
                Ok(tally)
            })
        });
        tally.add(gathered(hands.collect()).await?);
    }
}

async fn take(
    line: &mut Line,
    (code, doc_id): (&str, &str),
    codes: &[StatusCode],
    tally: &mut Tally,
) -> Result<()> {
    let asked = Instant::now();
    let packet = line.download(&Call::fetch(Operation::DownloadEdoc, doc_id)).await?;
    if !packet.starts_with(b"<?xml") {
        bail!("no packet: {}", String::from_utf8_lossy(&packet));
    }
    tally.waits_us.entry("get").or_default().push(micros(asked.elapsed()));
    let asked = Instant::now();
    let answer = line.ask(&Call::update(doc_id, TransportStatus::Done)).await?;
    tally.note("update", asked.elapsed(), &answer);
    for status in codes {
        let (bytes, sha256) = packets::status(code, &packet, status.clone())?;
        let asked = Instant::now();
        let call = Call::send(MessageType::Status, code, &[], &sha256);
        let answer = line.send(&call, &bytes).await?;
        tally.note("status", asked.elapsed(), &answer);
    }
    Ok(())
}

async fn open(order: &Order, account: &Account) -> Result<Line> {
    let (system, secret) = (account.system.as_str(), account.secret.as_str());
    Line::open((order.address, &order.root), (system, secret)).await
}

impl Sending {
    pub fn pen(&self) -> Result<Option<Pen>> {
        self.seal.as_ref().map(Seal::open).transpose()
    }

    /// One for all recipients, or one for each.
    pub fn moulds(&self) -> Result<Vec<Mould>> {
        let mould = |to: &[String]| Mould::document(&self.from, to, self.size_bytes);
        match self.in_turn {
            true => self.to.chunks(1).map(mould).collect(),
            false => Ok(vec![mould(&self.to)?]),
        }
    }
}

impl Tally {
    fn note(&mut self, what: &'static str, wait: Duration, answer: &Answer) {
        match answer {
            Answer::Done { .. } => {
                self.waits_us.entry(what).or_default().push(micros(wait));
            }
            Answer::Failed { code, reason } => {
                self.failed += 1;
                if self.first_failure.is_empty() {
                    self.first_failure = format!("{what}: {code} {reason}");
                }
            }
        }
    }

    fn add(&mut self, other: Tally) {
        for (what, waits) in other.waits_us {
            self.waits_us.entry(what).or_default().extend(waits);
        }
        self.failed += other.failed;
        if self.first_failure.is_empty() {
            self.first_failure = other.first_failure;
        }
    }

    fn report(self, seconds: f64, cpu_us: u64) -> Report {
        let done =
            self.waits_us.into_iter().map(|(what, waits)| (what.to_owned(), Waits::of(waits)));
        Report {
            seconds,
            cpu_us,
            done: done.collect(),
            failed: self.failed,
            first_failure: self.first_failure,
        }
    }
}

impl Waits {
    fn of(mut waits_us: Vec<u32>) -> Waits {
        waits_us.sort_unstable();
        let at = |percent: usize| {
            let place = (waits_us.len() * percent / 100).min(waits_us.len().saturating_sub(1));
            waits_us.get(place).map_or(0.0, |wait_us| (f64::from(*wait_us) / 10.0).round() / 100.0)
        };
        Waits { n: waits_us.len() as u64, p50_ms: at(50), p99_ms: at(99) }
    }
}

fn micros(wait: Duration) -> u32 {
    u32::try_from(wait.as_micros()).unwrap_or(u32::MAX)
}
