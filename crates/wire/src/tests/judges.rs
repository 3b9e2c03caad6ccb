//! Verifiers that are not ours and come as Python packages. `./test` installs them into
//! target/python; without it the tests that want them say that they were skipped.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use serde_json::json;

/// A Python that has this module.
pub fn python_with(module: &str) -> Option<PathBuf> {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/python/bin/python");
    let found = [ours, PathBuf::from("python3")].into_iter().find(|python| has(python, module));
    if found.is_none() {
        println!("skipped: {module} for Python is not installed");
    }
    found
}

fn has(python: &Path, module: &str) -> bool {
    let mut command = Command::new(python);
    let command = command.args(["-c", &format!("import {module}")]).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Runs a program in a Python that stays for the next one: to import a judge takes far longer than
/// to hear it. What it printed, or with which error it ended.
pub fn judged_by(python: &Path, program: &str, words: &[&str]) -> Result<String, String> {
    static STAYING: Mutex<Vec<(PathBuf, Staying)>> = Mutex::new(Vec::new());
    let mut staying = STAYING.lock().unwrap_or_else(PoisonError::into_inner);
    if !staying.iter().any(|(known, _)| known == python) {
        staying.push((python.to_owned(), Staying::start(python)));
    }
    let one = staying.iter_mut().find(|(known, _)| known == python);
    one.map(|(_, one)| one.ask(program, words)).unwrap()
}

/// Each program has names of its own; what it prints and raises is answered in a line.
const STAYS: &str = r"
import contextlib, io, json, sys, traceback
answers = sys.stdout
for line in sys.stdin:
    program, words = json.loads(line)
    said, failed = io.StringIO(), None
    sys.argv = ['-c', *words]
    with contextlib.redirect_stdout(said):
        try:
            exec(program, {'__name__': '__main__'})
        except BaseException:
            failed = traceback.format_exc()
    answers.write(json.dumps([said.getvalue(), failed]) + '\n')
    answers.flush()
";

/// Ends when the tests do, for then nobody asks any more.
struct Staying {
    _process: Child,
    asked: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Staying {
    fn start(python: &Path) -> Staying {
        let mut command = Command::new(python);
        command.args(["-c", STAYS]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let (asked, answers) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        Staying { _process: process, asked, answers: BufReader::new(answers) }
    }

    fn ask(&mut self, program: &str, words: &[&str]) -> Result<String, String> {
        writeln!(self.asked, "{}", json!([program, words])).unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        let (said, failed): (String, Option<String>) = serde_json::from_str(&answer).unwrap();
        failed.map_or(Ok(said), Err)
    }
}
