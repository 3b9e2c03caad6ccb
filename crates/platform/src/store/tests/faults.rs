//! Disks that fail, power that goes, processes that are killed: nothing acknowledged is lost,
//! nothing is there twice, and the store says clearly what it did not do.
//!
//! Each trial runs in a process of its own, this test binary again with the same test: some under a
//! disk that fails (`faults.c`, between SQLite and the kernel), some killed from outside. A test
//! finds out by [`is_child`] whether it is the one that starts the trial or the trial itself.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{TABLES, count, id, register, somewhere};
use crate::store::{Address, Store, StoreError, Tx};
use crate::testing::test_db;

/// How a child process is told what to do.
#[expect(clippy::disallowed_methods, reason = "tests hand their children everything this way")]
fn told(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// Whether this process is a trial: it has been told where to write.
fn is_child() -> bool {
    !told("STORE_PATH").is_empty()
}

/// This binary again, running the same test; its `STORE_PATH` makes it the trial.
fn child(test: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "--nocapture", "--test-threads=1"]);
    command.arg(format!("store::tests::faults::{test}"));
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// The failing disk, compiled; every machine that built SQLite has a C compiler.
fn disk(folder: &Path) -> PathBuf {
    let (source, library) = (folder.join("faults.c"), folder.join("faults.so"));
    std::fs::write(&source, include_str!("faults.c")).unwrap();
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-Wall", "-o"])
        .args([&library, &source])
        .arg("-ldl")
        .status()
        .expect("a C compiler, which building SQLite needs too");
    assert!(compiled.success());
    library
}

/// Runs a trial under the failing disk and shows what it said when it did not hold.
fn under_the_disk(test: &str) {
    let folder = tempfile::tempdir().unwrap();
    let control = folder.path().join("faults");
    std::fs::write(&control, "none").unwrap();
    let ended = child(test)
        .env("LD_PRELOAD", disk(folder.path()))
        .env("STORE_FAULTS", &control)
        .env("STORE_PATH", folder.path().join("test.sqlite"))
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{said}");
    assert!(String::from_utf8_lossy(&ended.stdout).contains("1 passed"), "{said}");
}

fn disk_does(what: &str) {
    std::fs::write(told("STORE_FAULTS"), what).unwrap();
}

async fn on_the_disk() -> Store {
    let store = Store::open(&Address::Sqlite(told("STORE_PATH").into())).await.unwrap();
    store.migrate(&[TABLES]).await.unwrap();
    store
}

async fn write(store: &Store, number: u32) -> Result<i64, StoreError> {
    store.write(move |tx| register(tx, id(number), "H01")).await
}

/// Many at once, so that they share groups.
async fn write_many(store: &Store, numbers: std::ops::Range<u32>) -> Vec<Result<i64, StoreError>> {
    let units: Vec<_> = numbers
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move { write(&store, number).await })
        })
        .collect();
    let mut answers = Vec::new();
    for unit in units {
        answers.push(unit.await.unwrap());
    }
    answers
}

#[tokio::test]
async fn p05_a_full_disk_refuses_writes_and_recovers() {
    if !is_child() {
        return under_the_disk("p05_a_full_disk_refuses_writes_and_recovers");
    }
    let store = on_the_disk().await;
    assert_eq!(write(&store, 1).await, Ok(1));
    disk_does("enospc");
    for answer in write_many(&store, 100..160).await {
        assert_eq!(answer, Err(StoreError::Full));
    }
    assert_eq!(count(&store).await, 1, "reading goes on");
    disk_does("none");
    assert_eq!(write(&store, 2).await, Ok(2));
    // The same disk fills in the middle of a load, and is given space again.
    let load = tokio::spawn({
        let store = store.clone();
        async move { write_many(&store, 1000..1400).await }
    });
    disk_does("enospc");
    tokio::time::sleep(Duration::from_millis(30)).await;
    disk_does("none");
    let kept = load.await.unwrap().iter().filter(|answer| answer.is_ok()).count() as i64;
    store.close().await;
    let store = on_the_disk().await;
    assert_eq!(count(&store).await, kept + 2);
    assert_eq!(store.integrity_check().await, Ok(vec![]));
}

#[tokio::test]
async fn p05_a_disk_that_fails_is_never_believed() {
    if !is_child() {
        return under_the_disk("p05_a_disk_that_fails_is_never_believed");
    }
    let store = on_the_disk().await;
    let mut number = 0;
    for fault in ["eio-sync", "eio-write"] {
        let before = count(&store).await;
        disk_does(fault);
        // The first commit broke in the disk: perhaps kept. Who comes later is not even let in.
        number += 1;
        assert_eq!(write(&store, number).await, Err(StoreError::Unknown), "{fault}");
        for answer in write_many(&store, 10_000..10_040).await {
            assert!(
                matches!(&answer, Err(StoreError::Unavailable { reason }) if reason.contains("disk")),
                "{fault}: {answer:?}"
            );
        }
        assert_eq!(count(&store).await, before, "reading goes on");
        disk_does("none");
        // Asked again with the same id, as `Unknown` says: this time it is answered.
        assert_eq!(write(&store, number).await, Ok(i64::from(number)));
        assert_eq!(store.integrity_check().await, Ok(vec![]));
    }
}

/// What a killed process had answered, and where it had written.
struct Campaign {
    address: Address,
    acknowledged: HashSet<u32>,
    rounds: u32,
    slowest_start: Duration,
}

impl Campaign {
    /// Starts a process that writes, lets it be ended, and looks at what it leaves behind.
    async fn round(&mut self, command: &mut Command, end: impl FnOnce(&mut Child)) {
        self.rounds += 1;
        let address = match &self.address {
            Address::Sqlite(path) => path.display().to_string(),
            Address::Postgres(url) => url.clone(),
        };
        let mut process = command
            .env("STORE_PATH", address)
            .env("STORE_ROUND", self.rounds.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let reader = std::thread::spawn(move || {
            // The line the end cut off has no line end, and may be any number: it does not count.
            let whole = lines.map_while(Result::ok).filter_map(|line| {
                line.strip_prefix("kept ")?.strip_suffix('.')?.parse::<u32>().ok()
            });
            whole.collect::<Vec<u32>>()
        });
        end(&mut process);
        process.wait().unwrap();
        self.acknowledged.extend(reader.join().unwrap());
        self.look().await;
    }

    async fn look(&mut self) {
        let begun = Instant::now();
        let store = Store::open(&self.address).await.unwrap();
        store.migrate(&[TABLES]).await.unwrap();
        self.slowest_start = self.slowest_start.max(begun.elapsed());
        let (letters, trail) = store
            .read(|tx| {
                let letters: Vec<(uuid::Uuid, String, i64)> =
                    tx.all("SELECT id, office, no FROM letters_letter", &[])?;
                let trail: Vec<(uuid::Uuid,)> = tx.all("SELECT letter FROM letters_trail", &[])?;
                Ok::<_, StoreError>((letters, trail))
            })
            .await
            .unwrap();
        let stored: HashSet<_> = letters.iter().map(|(id, ..)| *id).collect();
        let lost =
            self.acknowledged.iter().filter(|number| !stored.contains(&id(**number))).count();
        assert_eq!(lost, 0, "acknowledged and lost, of {}", self.acknowledged.len());
        assert_eq!(letters.len(), trail.len(), "every unit whole and once");
        assert_eq!(trail.iter().map(|(id,)| *id).collect::<HashSet<_>>(), stored);
        let counters: Vec<(String, i64)> =
            store.read(|tx| tx.all("SELECT office, n FROM letters_counter", &[])).await.unwrap();
        for (office, n) in counters {
            let mut numbers: Vec<i64> =
                letters.iter().filter(|letter| letter.1 == office).map(|letter| letter.2).collect();
            numbers.sort_unstable();
            assert_eq!(numbers, (1..=n).collect::<Vec<_>>(), "numbers of {office} without a gap");
        }
        assert_eq!(store.integrity_check().await, Ok(vec![]));
        store.close().await;
    }

    fn report(&self, seed: u64) {
        println!(
            "seed {seed}: {} processes ended, {} units acknowledged, none lost, none twice, \
             slowest start {:?}",
            self.rounds,
            self.acknowledged.len(),
            self.slowest_start
        );
        assert!(self.acknowledged.len() > 20 * self.rounds as usize, "hardly any load");
        assert!(self.slowest_start < Duration::from_secs(5));
    }
}

/// Writes from many callers until somebody ends it, and says on standard output what was answered.
async fn write_until_ended() {
    let path = told("STORE_PATH");
    let address = match path.strip_prefix("postgres") {
        Some(_) => Address::Postgres(path),
        None => Address::Sqlite(path.into()),
    };
    let store = Store::open(&address).await.unwrap();
    let round: u32 = told("STORE_ROUND").parse().unwrap();
    let callers: Vec<_> = (0..48)
        .map(|caller: u32| {
            let store = store.clone();
            tokio::spawn(async move {
                let first = round * 10_000_000 + caller * 200_000;
                for number in first..first + 200_000 {
                    let office = ["H01", "H02", "H03"][number as usize % 3];
                    let unit = move |tx: &mut Tx| with_trail(tx, number, office);
                    if store.write(unit).await.is_ok() {
                        println!("kept {number}.");
                    }
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.unwrap();
    }
}

fn with_trail(tx: &mut Tx, number: u32, office: &str) -> Result<(), StoreError> {
    register(tx, id(number), office)?;
    tx.execute("INSERT INTO letters_trail (letter, word) VALUES ($1, 'kept')", &[&id(number)])?;
    Ok(())
}

/// A seed of this run, or the one of a run to repeat.
fn seed() -> u64 {
    told("STORE_SEED").parse().unwrap_or_else(|_| RandomState::new().hash_one("seed") % 1_000_000)
}

/// Numbers that follow from the seed (splitmix64).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

const KILLED: &str = "killed_at_any_moment_nothing_acknowledged_is_lost_or_doubled";
const POWER_GONE: &str = "when_the_power_goes_nothing_acknowledged_is_lost_or_doubled";

async fn campaign(address: Address) -> Campaign {
    let store = Store::open(&address).await.unwrap();
    store.migrate(&[TABLES]).await.unwrap();
    store.close().await;
    Campaign { address, acknowledged: HashSet::new(), rounds: 0, slowest_start: Duration::ZERO }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_moment_nothing_acknowledged_is_lost_or_doubled() {
    if is_child() {
        return write_until_ended().await;
    }
    let seed = seed();
    println!("STORE_SEED={seed}");
    let mut state = seed;
    let folder = tempfile::tempdir().unwrap();
    let (address, _schema) = somewhere(folder.path(), "killed");
    let mut campaign = campaign(address).await;
    for _ in 0..22 {
        let moment = Duration::from_millis(120 + next(&mut state) % 300);
        campaign
            .round(&mut child(KILLED), |process| {
                std::thread::sleep(moment);
                process.kill().unwrap();
            })
            .await;
    }
    campaign.report(seed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_power_goes_nothing_acknowledged_is_lost_or_doubled() {
    if is_child() {
        return write_until_ended().await;
    }
    if test_db().is_some() {
        return; // The disk is SQLite's; the run without TEST_DB has shown it.
    }
    let seed = seed();
    println!("STORE_SEED={seed}");
    let mut state = seed;
    let folder = tempfile::tempdir().unwrap();
    let disk = disk(folder.path());
    let control = folder.path().join("faults");
    let mut campaign = campaign(Address::Sqlite(folder.path().join("test.sqlite"))).await;
    for _ in 0..22 {
        // A moment within some thousand writes, so that checkpoints are hit as well.
        let calls = 1 + next(&mut state) % 8_000;
        let chance = next(&mut state) as u32;
        std::fs::write(&control, format!("die {calls} {chance}")).unwrap();
        let mut writer = child(POWER_GONE);
        writer.env("LD_PRELOAD", &disk).env("STORE_FAULTS", &control);
        campaign.round(&mut writer, |_| {}).await;
    }
    campaign.report(seed);
}
