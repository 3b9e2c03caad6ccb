//! The real program with its demo people, on a port and in a folder of its own.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use clap::Parser;
use lienthong::commands::quiet_house;
use lienthong::settings::Home;
use platform::Ctx;
use tempfile::TempDir;

/// Where a house stands, as an operator would say it.
#[derive(Parser)]
struct Line {
    #[command(flatten)]
    home: Home,
}

pub struct Program {
    pub address: String,
    child: Child,
    _folder: TempDir,
}

impl Program {
    /// Up, with the demo's journey played once, so that every list has something in it.
    pub fn start() -> Program {
        Program::start_on(tempfile::tempdir().unwrap())
    }

    /// The same in a house that stands already, after `first` did something to it.
    pub async fn start_after<F>(folder: TempDir, first: impl FnOnce(Ctx) -> F) -> Program
    where
        F: Future<Output = ()>,
    {
        let Line { home } = Line::parse_from(["", "--data", folder.path().to_str().unwrap()]);
        let house = quiet_house(&home).await.unwrap();
        first(house.ctx.clone()).await;
        house.close(None).await;
        Program::start_on(folder)
    }

    fn start_on(folder: TempDir) -> Program {
        let port = free_port();
        let mut child = Command::new(env!("CARGO_BIN_EXE_lienthong"))
            .args(["demo", "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = lines.by_ref().map_while(Result::ok).any(|line| line.contains("What to try"));
        assert!(ready, "the demo ended before it was ready");
        // What it prints from now on is nobody's business, but somebody must read it.
        std::thread::spawn(move || lines.for_each(drop));
        Program { address: format!("http://127.0.0.1:{port}"), child, _folder: folder }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
