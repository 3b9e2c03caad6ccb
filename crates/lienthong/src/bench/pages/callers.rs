//! Callers over loopback: HTTP/1.1 written by hand, one connection each, kept. As little work as
//! possible: they share the processors with what they measure.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::bench::process;

pub struct Run {
    pub n: u64,
    pub time: Duration,
    pub cpu_us: u64,
    pub rss_mib: u64,
    pub body_bytes: u64,
    /// How long each request took, sorted.
    waits_us: Vec<u32>,
}

impl Run {
    pub fn per_second(&self) -> f64 {
        self.n as f64 / self.time.as_secs_f64()
    }

    pub fn wait_ms(&self, percent: usize) -> f64 {
        let at = (self.waits_us.len() * percent / 100).min(self.waits_us.len().saturating_sub(1));
        self.waits_us.get(at).map_or(0.0, |wait_us| (f64::from(*wait_us) / 10.0).round() / 100.0)
    }
}

/// What was answered once.
#[derive(Clone)]
pub struct Answer {
    pub body: Vec<u8>,
    /// `gzip` or `identity`.
    pub coding: String,
}

impl Answer {
    /// The body as text; asks for one that is not compressed.
    pub fn text(self) -> Result<String> {
        match self.coding.as_str() {
            "identity" => Ok(String::from_utf8(self.body)?),
            coding => bail!("the answer is compressed by {coding}"),
        }
    }
}

/// One answer: compressed, as browsers ask for it, unless it is to be read here.
pub async fn fetch(address: SocketAddr, path: &str) -> Result<Answer> {
    let is_read_here = path == "/tro-nang";
    let coding = if is_read_here { "identity" } else { "gzip" };
    let mut line = Line::open(address).await?;
    let head = line.send(&request(address, path, coding)).await?;
    let coding = if head.is_gzip { "gzip" } else { "identity" }.to_owned();
    Ok(Answer { body: line.body(&head).to_vec(), coding })
}

/// Asks for the paths in turn, `n` times in all.
pub async fn ask(address: SocketAddr, paths: &[String], callers: usize, n: u64) -> Result<Run> {
    let requests: Vec<Vec<u8>> = paths.iter().map(|path| request(address, path, "gzip")).collect();
    let requests = Arc::new(requests);
    let next = Arc::new(AtomicU64::new(0));
    let cpu_before_us = process::cpu_us()?;
    let begun = Instant::now();
    let tasks: Vec<_> = (0..callers)
        .map(|_| tokio::spawn(call(address, Arc::clone(&requests), Arc::clone(&next), n)))
        .collect();
    let (mut waits_us, mut body_bytes) = (Vec::with_capacity(n as usize), 0);
    for task in tasks {
        let (waits, bytes) = task.await??;
        waits_us.extend(waits);
        body_bytes += bytes;
    }
    let time = begun.elapsed();
    waits_us.sort_unstable();
    let cpu_us = process::cpu_us()? - cpu_before_us;
    Ok(Run { n, time, cpu_us, rss_mib: process::rss_mib()?, body_bytes, waits_us })
}

async fn call(
    address: SocketAddr,
    requests: Arc<Vec<Vec<u8>>>,
    next: Arc<AtomicU64>,
    n: u64,
) -> Result<(Vec<u32>, u64)> {
    let mut line = Line::open(address).await?;
    let (mut waits_us, mut body_bytes) = (Vec::new(), 0);
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= n {
            return Ok((waits_us, body_bytes));
        }
        let request = &requests[number as usize % requests.len()];
        let asked = Instant::now();
        let head = line.send(request).await?;
        waits_us.push(asked.elapsed().as_micros().min(u128::from(u32::MAX)) as u32);
        if head.status != 200 {
            let asked = String::from_utf8_lossy(request);
            bail!("{} for {}", head.status, asked.lines().next().unwrap_or_default());
        }
        body_bytes += head.body_bytes as u64;
    }
}

fn request(address: SocketAddr, path: &str, coding: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nhost: {address}\r\naccept: text/html\r\naccept-encoding: {coding}\r\n\r\n"
    )
    .into_bytes()
}

/// A connection that is kept.
struct Line {
    stream: TcpStream,
    buffer: Vec<u8>,
}

struct Head {
    status: u16,
    head_bytes: usize,
    body_bytes: usize,
    is_gzip: bool,
}

const BUFFER_BYTES: usize = 64 * 1024;

impl Line {
    async fn open(address: SocketAddr) -> Result<Line> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Line { stream, buffer: Vec::with_capacity(BUFFER_BYTES) })
    }

    /// Sends a request and reads the whole answer.
    async fn send(&mut self, request: &[u8]) -> Result<Head> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break Head::read(&self.buffer[..end], end + 4)?;
            }
            self.more().await?;
        };
        while self.buffer.len() < head.head_bytes + head.body_bytes {
            self.more().await?;
        }
        Ok(head)
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(())
    }

    fn body(&self, head: &Head) -> &[u8] {
        &self.buffer[head.head_bytes..head.head_bytes + head.body_bytes]
    }
}

impl Head {
    fn read(bytes: &[u8], head_bytes: usize) -> Result<Head> {
        let text = std::str::from_utf8(bytes)?;
        let status = text.get(9..12).context("no status line")?.parse()?;
        let value = |name: &str| {
            text.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case(name).then_some(value.trim())
            })
        };
        let length = value("content-length").context("an answer without its length")?;
        Ok(Head {
            status,
            head_bytes,
            body_bytes: length.parse()?,
            is_gzip: value("content-encoding") == Some("gzip"),
        })
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}
