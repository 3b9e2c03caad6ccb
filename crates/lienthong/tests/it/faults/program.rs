//! The program as a process: started, listened to, killed, told to end.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

/// No start and no end takes longer, however busy the machine.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Program {
    process: Child,
    pub address: String,
    /// From the start of the process to the first answer that it is ready.
    pub start_time: Duration,
}

impl Program {
    pub async fn start(data: &Path, environment: &[(&str, &Path)]) -> Program {
        let port = crate::browser::free_port();
        Program::start_at(data, &format!("http://127.0.0.1:{port}"), environment).await
    }

    pub async fn start_at(data: &Path, address: &str, environment: &[(&str, &Path)]) -> Program {
        let begun = Instant::now();
        let mut process = lienthong(data, &["serve", "--listen", &address["http://".len()..]])
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let first = lines.next().expect("it says where it serves").unwrap();
        assert!(first.contains("Serving"), "{first}");
        let ready = format!("{address}/health/ready");
        while !reqwest::get(&ready).await.is_ok_and(|answer| answer.status() == 200) {
            assert!(begun.elapsed() < PATIENCE, "it never gets ready");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Program { process, address: address.to_owned(), start_time: begun.elapsed() }
    }

    /// As the kernel ends a process that uses too much memory: no word, no second.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// As systemd asks it to.
    pub fn tell_to_end(&self) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }

    pub async fn ended(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub fn is_alive(&mut self) -> bool {
        self.process.try_wait().unwrap().is_none()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Ended already, or the test failed half-way.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A command that has to end well.
pub async fn run(data: &Path, arguments: &[&str]) {
    let ended = ask(data, arguments).await;
    let (said, failed) = (String::from_utf8_lossy(&ended.stdout), words(&ended));
    assert!(ended.status.success(), "lienthong {arguments:?}: {said}{failed}");
}

/// A command, and how it ended. The callers go on meanwhile.
pub async fn ask(data: &Path, arguments: &[&str]) -> Output {
    let mut command = lienthong(data, arguments);
    let ended = tokio::task::spawn_blocking(move || command.output());
    tokio::time::timeout(PATIENCE, ended).await.expect("it ends").unwrap().unwrap()
}

/// What it said about why it failed.
pub fn words(ended: &Output) -> String {
    String::from_utf8_lossy(&ended.stderr).into_owned()
}

/// Nothing is damaged, and the sealed log is whole and not shorter than it was.
pub async fn is_whole(data: &Path) {
    run(data, &["check"]).await;
    run(data, &["audit", "verify"]).await;
}

fn lienthong(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lienthong"));
    command.args(arguments).arg("--data").arg(data).stdin(Stdio::null());
    command
}

/// The disk that fails, of the store's own tests: a library to load first, and the file that says
/// what it does.
pub fn failing_disk(folder: &Path) -> (PathBuf, PathBuf) {
    let (source, library) = (folder.join("faults.c"), folder.join("faults.so"));
    std::fs::write(&source, include_str!("../../../../platform/src/store/tests/faults.c")).unwrap();
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .args([&library, &source])
        .arg("-ldl")
        .status()
        .expect("a C compiler, which building SQLite needs too");
    assert!(compiled.success());
    (library, folder.join("faults"))
}
