//! A PostgreSQL of our own for a measurement, in a folder that goes away, on a free port; with its
//! own fsync, as it would be in use.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

/// Ended when it is dropped.
pub struct Postgres {
    programs: PathBuf,
    data: PathBuf,
    pub url: String,
    /// The first of its processes; none of a server that is not ours.
    pub process: Option<u32>,
}

impl Postgres {
    /// `None` where none is installed.
    pub fn start(folder: &Path) -> Result<Option<Postgres>> {
        let Some(programs) = programs() else { return Ok(None) };
        let place = folder.join("pg");
        std::fs::create_dir_all(&place)?;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))?;
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(&place))?;
        }
        let data = place.join("data");
        run(as_postgres(&programs.join("initdb")).arg("-D").arg(&data).args([
            "-A",
            "trust",
            "-U",
            "lienthong",
            "-E",
            "UTF8",
            "--locale=C",
        ]))?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let options = format!(
            "-p {port} -k {} -c listen_addresses=127.0.0.1 -c max_connections=100 \
             -c shared_buffers=256MB -c max_wal_size=4GB",
            place.display()
        );
        run(as_postgres(&programs.join("pg_ctl"))
            .arg("-D")
            .arg(&data)
            .arg("-l")
            .arg(place.join("log"))
            .args(["-w", "-o", &options, "start"]))?;
        let lines = std::fs::read_to_string(data.join("postmaster.pid"))?;
        let process = lines.lines().next().and_then(|line| line.trim().parse().ok());
        let url = format!("postgres://lienthong@127.0.0.1:{port}/postgres");
        Ok(Some(Postgres { programs, data, url, process }))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let stopped = as_postgres(&self.programs.join("pg_ctl"))
            .arg("-D")
            .arg(&self.data)
            .args(["-m", "immediate", "stop"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if !stopped.is_ok_and(|status| status.success()) {
            tracing::warn!(folder = %self.data.display(), "the PostgreSQL of the bench goes on");
        }
    }
}

/// The folder of the newest version's programs, as Debian lays them.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<PathBuf> = versions.flatten().map(|one| one.path().join("bin")).collect();
    found.retain(|folder| folder.join("initdb").exists());
    found.sort_by_key(|folder| {
        let name = folder.parent().and_then(Path::file_name);
        name.and_then(|name| name.to_str()).and_then(|name| name.parse::<u32>().ok())
    });
    found.pop()
}

/// It refuses to run as root.
fn as_postgres(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program);
    command
}

fn is_root() -> bool {
    let asked = Command::new("id").arg("-u").output();
    asked.is_ok_and(|answer| answer.stdout.trim_ascii() == b"0")
}

fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_owned();
    // A server that goes on keeps what it was given: a pipe would never end.
    let status = command.current_dir("/").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let status = status.with_context(|| format!("{} cannot be started", program.display()))?;
    ensure!(status.success(), "{} failed: {status}", program.display());
    Ok(())
}

/// Time on a processor of a process and all its children, in microseconds.
pub fn cpu_us_of_family(first: u32) -> Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir("/proc")?.flatten() {
        let Ok(id) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
        let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else { continue };
        let Some((_, numbers)) = stat.rsplit_once(')') else { continue };
        let numbers: Vec<&str> = numbers.split_whitespace().collect();
        let number = |place: usize| numbers.get(place).and_then(|text| text.parse::<u64>().ok());
        let (Some(parent), Some(user), Some(system)) = (number(1), number(11), number(12)) else {
            bail!("/proc/{id}/stat is written in another way");
        };
        if id == first {
            // With its children that have ended.
            sum += user + system + number(13).unwrap_or(0) + number(14).unwrap_or(0);
        } else if parent == u64::from(first) {
            sum += user + system;
        }
    }
    Ok(sum * 10_000)
}
