//! The press: worker processes that turn a template and JSON into PDF.
//!
//! Setting a document is foreign code over foreign text: it may hang, or eat all memory. So it
//! happens in processes of its own, which may die. A worker reads requests from its standard input
//! and answers on its standard output:
//!
//! * request: four bytes of length (big-endian), then JSON `{"template": …, "data": …}`;
//! * answer: one byte (0 done, 1 refused), four bytes of length, then the PDF or a UTF-8 sentence;
//!   after a PDF, four bytes of length and JSON: a [`SignatureBlock`], or `null`; beside the block
//!   `"fields"`, a list of [`FieldPlace`], on papers that are numbered after they are signed.
//!
//! Workers start when they are first needed. One that is too slow, dies or answers nonsense is
//! killed, and the next document gets a new one.

use std::io;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::sync::{Mutex, Semaphore};
use tokio::time::timeout;

/// How the press is set up.
#[derive(Debug, Clone)]
pub struct PressPlan {
    /// The worker's program; none where nothing can be printed.
    pub program: Option<PathBuf>,
    pub workers: usize,
    /// A document that takes longer on the wall's clock is given up and its worker killed.
    pub document_max: Duration,
}

impl PressPlan {
    pub fn with(program: Option<PathBuf>) -> PressPlan {
        PressPlan { program, workers: 2, document_max: Duration::from_secs(10) }
    }
}

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PressError {
    #[error("nothing can be printed here: the printing program is not installed")]
    NotInstalled,
    /// The template or the data are at fault; it will not go better later.
    #[error("the document was refused: {0}")]
    Refused(String),
    #[error("the printing program ended in the middle of the document")]
    Died,
    #[error("the document took too long")]
    TooSlow,
}

/// A document and where on it whoever acts for the agency signs.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    pub pdf: Vec<u8>,
    /// None on papers that nobody signs.
    pub block: Option<SignatureBlock>,
    /// Where number and date will stand; empty on papers that have them from the start.
    pub fields: Vec<FieldPlace>,
}

/// The place between the signer's position and name, in points from the lower left corner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignatureBlock {
    /// Counted from 1.
    pub page: u32,
    /// The middle of the signer's column.
    pub centre_x: f64,
    /// The base of the last line above: the position, or the note under it.
    pub position_y: f64,
    /// The top of the name.
    pub name_y: f64,
}

/// An empty place that becomes a field of the form, in points from the lower left corner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldPlace {
    /// `so-ky-hieu` or `ngay-ban-hanh`.
    pub name: String,
    /// Counted from 1.
    pub page: u32,
    pub left: f64,
    pub bottom: f64,
    pub width: f64,
    pub height: f64,
    pub size_points: f64,
    pub is_italic: bool,
}

/// What a worker tells beside the document.
#[derive(Deserialize)]
struct Places {
    #[serde(flatten)]
    block: SignatureBlock,
    #[serde(default)]
    fields: Vec<FieldPlace>,
}

/// Cheap to clone; all clones share the workers.
#[derive(Clone)]
pub struct Press {
    house: Arc<House>,
}

struct House {
    plan: PressPlan,
    turns: Semaphore,
    /// Those that wait for the next document.
    idle: Mutex<Vec<Printer>>,
}

struct Printer {
    /// Killed when it is dropped.
    child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// Nothing the State prints is larger; an answer that says so is nonsense.
const ANSWER_MAX_BYTES: u32 = 64 * 1024 * 1024;
const PLACES_MAX_BYTES: u32 = 8 * 1024;

impl Press {
    pub fn new(plan: PressPlan) -> Press {
        let turns = Semaphore::new(plan.workers.max(1));
        Press { house: Arc::new(House { plan, turns, idle: Mutex::default() }) }
    }

    /// Whether there is a program to print with.
    pub fn is_installed(&self) -> bool {
        self.house.plan.program.as_ref().is_some_and(|program| program.is_file())
    }

    /// Prints one document. Waits for a worker when all are busy.
    pub async fn print(&self, template: &str, data: &Value) -> Result<Vec<u8>, PressError> {
        Ok(self.print_to_sign(template, data).await?.pdf)
    }

    /// The same document, and where it is signed.
    pub async fn print_to_sign(&self, template: &str, data: &Value) -> Result<Printed, PressError> {
        let request = json!({ "template": template, "data": data }).to_string();
        let Ok(_turn) = self.house.turns.acquire().await else { return Err(PressError::Died) };
        let mut printer = self.idle_or_new().await?;
        // The worker goes back to the others only after a whole answer. Dropped in between (an
        // error, or the caller has gone), it is killed: its next answer would be the wrong one.
        let answer = timeout(self.house.plan.document_max, printer.exchange(&request))
            .await
            .map_err(|_| PressError::TooSlow)?
            .map_err(|error| {
                tracing::error!(%error, template, "the printing program is gone");
                PressError::Died
            })?;
        self.house.idle.lock().await.push(printer);
        answer.map_err(PressError::Refused)
    }

    /// A worker that died while it waited, of old age or by the kernel's hand, is passed over.
    async fn idle_or_new(&self) -> Result<Printer, PressError> {
        let mut idle = self.house.idle.lock().await;
        while let Some(mut printer) = idle.pop() {
            if matches!(printer.child.try_wait(), Ok(None)) {
                return Ok(printer);
            }
        }
        drop(idle);
        self.start()
    }

    fn start(&self) -> Result<Printer, PressError> {
        let program = self.house.plan.program.as_ref().ok_or(PressError::NotInstalled)?;
        let mut child = Command::new(program)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                tracing::error!(%error, "the printing program does not start");
                match error.kind() {
                    io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied => {
                        PressError::NotInstalled
                    }
                    _ => PressError::Died,
                }
            })?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(requests), Some(answers), Some(complaints)) = pipes else {
            return Err(PressError::Died);
        };
        tokio::spawn(log(complaints));
        Ok(Printer { child, requests, answers: BufReader::new(answers) })
    }
}

impl Printer {
    /// The document, or why it was refused.
    async fn exchange(&mut self, request: &str) -> io::Result<Result<Printed, String>> {
        self.ask(request).await?;
        match self.answers.read_u8().await? {
            0 => {
                let pdf = self.part(ANSWER_MAX_BYTES).await?;
                let places: Option<Places> =
                    serde_json::from_slice(&self.part(PLACES_MAX_BYTES).await?)?;
                let (block, fields) = match places {
                    Some(places) => (Some(places.block), places.fields),
                    None => (None, Vec::new()),
                };
                Ok(Ok(Printed { pdf, block, fields }))
            }
            1 => {
                let why = self.part(ANSWER_MAX_BYTES).await?;
                Ok(Err(String::from_utf8_lossy(&why).into_owned()))
            }
            status => Err(io::Error::other(format!("nonsense: status {status}"))),
        }
    }

    /// Bytes after their length.
    async fn part(&mut self, max_bytes: u32) -> io::Result<Vec<u8>> {
        let length = self.answers.read_u32().await?;
        if length > max_bytes {
            return Err(io::Error::other(format!("nonsense: length {length}")));
        }
        let mut bytes = vec![0; length as usize];
        self.answers.read_exact(&mut bytes).await?;
        Ok(bytes)
    }

    async fn ask(&mut self, request: &str) -> io::Result<()> {
        let length = u32::try_from(request.len()).map_err(io::Error::other)?;
        self.requests.write_all(&length.to_be_bytes()).await?;
        self.requests.write_all(request.as_bytes()).await?;
        self.requests.flush().await
    }
}

/// What a worker complains about goes into our log, line by line, until it ends.
async fn log(complaints: ChildStderr) {
    let mut lines = BufReader::new(complaints.take(1024 * 1024)).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        tracing::warn!(line, "the printing program says");
    }
}
