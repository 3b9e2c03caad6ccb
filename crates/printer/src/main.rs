//! The press: a worker that turns a template's name and JSON into PDF/A-2b.
//!
//! A process of its own, because typesetting has no bound of time or memory of its own: a loop in
//! a template hangs, a long string takes all memory. Here the kernel sets both bounds, and the
//! program that asked kills and restarts the worker when it is silent too long.
//!
//! Spoken on stdin and stdout, one document after another, until stdin ends:
//! * request: length (u32, big-endian) and that many bytes of JSON
//!   `{"template": NAME, "data": {…}}`
//! * answer: one byte (0 made, 1 refused), length (u32, big-endian), then the PDF or, in UTF-8,
//!   why not; after a PDF a second length and that many bytes of JSON: where the document is
//!   signed, `{"page", "centre_x", "position_y", "name_y"}` in points from the lower left corner,
//!   or `null`. Papers that are numbered after they are signed have `"fields"` beside that: the
//!   empty places, `{"name", "page", "left", "bottom", "width", "height", "size_points",
//!   "is_italic"}`.
//!
//! Nothing here reads the clock, the network or any file but its fonts: the same request gives the
//! same bytes on every machine.

mod block;
mod press;
mod templates;
mod world;

#[cfg(test)]
mod tests;

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use press::Printed;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// A request longer than this is not a document.
const REQUEST_BYTES_MAX: u32 = 16 << 20;
/// Address space of the worker. A register of 1,000 rows takes some 120 MiB.
const MEMORY_BYTES_MAX: u64 = 768 << 20;
/// Processor time one document may take.
const DOCUMENT_SECONDS_MAX: u64 = 10;

fn main() -> ExitCode {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    match run(&folders) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // The one line the supervisor shows to the operator.
            let _ = writeln!(io::stderr(), "lienthong-printer: {why}");
            ExitCode::from(2)
        }
    }
}

fn run(folders: &[PathBuf]) -> Result<(), String> {
    let fonts = world::Fonts::load(folders)?;
    let press = press::Press::new(fonts);
    limit_memory().map_err(|error| error.to_string())?;
    let (mut requests, mut answers) = (io::stdin().lock(), io::stdout().lock());
    while let Some(request) = read_frame(&mut requests).map_err(|error| error.to_string())? {
        limit_time().map_err(|error| error.to_string())?;
        let answer = press.print(&request);
        write_answer(&mut answers, &answer).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn limit_memory() -> io::Result<()> {
    let limit = Rlimit { current: Some(MEMORY_BYTES_MAX), maximum: Some(MEMORY_BYTES_MAX) };
    Ok(setrlimit(Resource::As, limit)?)
}

/// Processor time is counted over the life of the process, so the bound moves with each document.
fn limit_time() -> io::Result<()> {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    let used = Duration::new(used.tv_sec.unsigned_abs(), 0);
    let hard = getrlimit(Resource::Cpu).maximum;
    let current = Some(used.as_secs() + DOCUMENT_SECONDS_MAX);
    Ok(setrlimit(Resource::Cpu, Rlimit { current, maximum: hard })?)
}

/// `None` at the orderly end of the input.
fn read_frame(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0u8; 4];
    match from.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let length = u32::from_be_bytes(length);
    if length > REQUEST_BYTES_MAX {
        return Err(io::Error::other(format!("a request of {length} bytes is not a document")));
    }
    let mut bytes = vec![0; length as usize];
    from.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}

fn write_answer(to: &mut impl Write, answer: &Result<Printed, String>) -> io::Result<()> {
    match answer {
        Ok(printed) => {
            to.write_all(&[0])?;
            write_part(to, &printed.pdf)?;
            write_part(to, &serde_json::to_vec(&printed.places)?)?;
        }
        Err(why) => {
            to.write_all(&[1])?;
            write_part(to, why.as_bytes())?;
        }
    }
    to.flush()
}

fn write_part(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_be_bytes())?;
    to.write_all(bytes)
}
