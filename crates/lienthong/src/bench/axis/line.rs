//! A connection to the axis that is kept: HTTP/1.1 written by hand, with the headers of the kit. As
//! little work as possible: it shares the processors with what it measures.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail};
use platform::clock::Clock;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use wire::vxp::{Answer, Call};

const BUFFER_BYTES: usize = 64 << 10;
/// The kit puts it behind the file.
const LINE_END: &[u8] = b"\r\n";

pub struct Line {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// Before the name of each operation.
    root: String,
    system: String,
    secret: Vec<u8>,
}

struct Head {
    status: u16,
    head_bytes: usize,
    body_bytes: Option<usize>,
}

impl Line {
    pub async fn open(
        (address, root): (SocketAddr, &str),
        (system, secret): (&str, &str),
    ) -> Result<Line> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Line {
            stream,
            buffer: Vec::with_capacity(BUFFER_BYTES),
            root: root.to_owned(),
            system: system.to_owned(),
            secret: secret.as_bytes().to_vec(),
        })
    }

    /// A packet, and what was said about it.
    pub async fn send(&mut self, call: &Call, packet: &[u8]) -> Result<Answer> {
        let head = self.head(call, packet.len() + LINE_END.len());
        self.stream.write_all(head.as_bytes()).await?;
        self.stream.write_all(packet).await?;
        self.stream.write_all(LINE_END).await?;
        self.answer().await
    }

    pub async fn ask(&mut self, call: &Call) -> Result<Answer> {
        self.write(call).await?;
        self.answer().await
    }

    /// The body as it came; what is no packet is an answer that says why.
    pub async fn download(&mut self, call: &Call) -> Result<Vec<u8>> {
        self.write(call).await?;
        self.body().await
    }

    async fn write(&mut self, call: &Call) -> Result<()> {
        let body: &[u8] = if call.operation.method() == "POST" { b"{}" } else { b"" };
        let mut request = self.head(call, body.len()).into_bytes();
        request.extend_from_slice(body);
        Ok(self.stream.write_all(&request).await?)
    }

    async fn answer(&mut self) -> Result<Answer> {
        let body = self.body().await?;
        Answer::read(&body).with_context(|| String::from_utf8_lossy(&body).into_owned())
    }

    fn head(&self, call: &Call, length: usize) -> String {
        let (method, name) = (call.operation.method(), call.operation.name());
        let mut head = format!("{method} {}/{name} HTTP/1.1\r\nHost: truc\r\n", self.root);
        for (name, value) in call.headers(&self.system, &self.secret, Clock::System.now()) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if method == "POST" {
            head.push_str(&format!("Content-Length: {length}\r\n"));
        }
        head.push_str("\r\n");
        head
    }

    async fn body(&mut self) -> Result<Vec<u8>> {
        self.buffer.clear();
        let head = loop {
            let end = self.buffer.windows(4).position(|window| window == b"\r\n\r\n");
            if let Some(end) = end {
                break Head::read(&self.buffer[..end], end + 4)?;
            }
            self.more().await?;
        };
        let body = match head.body_bytes {
            Some(length) => {
                while self.buffer.len() < head.head_bytes + length {
                    self.more().await?;
                }
                self.buffer[head.head_bytes..head.head_bytes + length].to_vec()
            }
            None => self.chunked(head.head_bytes).await?,
        };
        if head.status != 200 {
            bail!("HTTP {}: {}", head.status, String::from_utf8_lossy(&body));
        }
        Ok(body)
    }

    /// A body whose length was not said: piece by piece, each with its own.
    async fn chunked(&mut self, mut at: usize) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let end = loop {
                let rest = self.buffer.get(at..).unwrap_or_default();
                match rest.windows(2).position(|window| window == LINE_END) {
                    Some(end) => break at + end,
                    None => self.more().await?,
                }
            };
            let digits = std::str::from_utf8(&self.buffer[at..end])?;
            let length = usize::from_str_radix(digits.trim(), 16)?;
            at = end + 2;
            while self.buffer.len() < at + length + 2 {
                self.more().await?;
            }
            if length == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&self.buffer[at..at + length]);
            at += length + 2;
        }
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(())
    }
}

impl Head {
    fn read(bytes: &[u8], head_bytes: usize) -> Result<Head> {
        let text = std::str::from_utf8(bytes)?;
        let status = text.get(9..12).context("no status line")?.parse()?;
        let length = text.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
        });
        Ok(Head { status, head_bytes, body_bytes: length })
    }
}
