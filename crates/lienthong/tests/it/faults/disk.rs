//! A disk that is full, and one that fails: refused in words, never half-kept, and taken up again
//! as soon as the disk does its work.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::citizen::Citizen;
use super::program::{self, Program, is_whole};
use super::{callers, is_wanted, login, settle};

const WAIT: Duration = Duration::from_secs(20);
/// Which of the site's words a refusal holds: nothing is saved, and what to do.
const WORDS: &str = "Hãy thử lại sau ít phút";

/// A file system of its own in memory, small enough to be filled.
pub struct SmallDisk(PathBuf);

impl SmallDisk {
    /// None where this user may not mount.
    pub fn mount(at: &Path) -> Option<SmallDisk> {
        fs::create_dir(at).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=192m", "tmpfs"])
            .arg(at)
            .output()
            .is_ok_and(|ended| ended.status.success());
        mounted.then(|| SmallDisk(at.to_owned()))
    }

    pub fn fill(&self) {
        let mut ballast = File::create(self.ballast()).unwrap();
        for piece in [1 << 20, 4096] {
            while ballast.write_all(&vec![0; piece]).is_ok() {}
        }
    }

    /// Space gets free and is taken again: programs write in between.
    pub fn fill_up(&self) {
        let mut ballast = OpenOptions::new().append(true).open(self.ballast()).unwrap();
        while ballast.write_all(&[0; 4096]).is_ok() {}
    }

    pub fn empty(&self) {
        fs::remove_file(self.ballast()).unwrap();
    }

    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_said_clearly_and_nothing_acknowledged_is_lost() {
    if !is_wanted() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let Some(disk) = SmallDisk::mount(&data) else {
        println!("skipped: a full disk needs a user who may mount a small one (root)");
        return;
    };
    settle(&data).await;
    let mut program = Program::start(&data, &[]).await;
    let mut callers = callers(&program).await;
    disk.fill();
    let mut refused = 0;
    for caller in &mut callers {
        write_until_refused(caller, &disk).await;
        for _ in 0..3 {
            let Some(draft) = caller.begin().await else {
                refused += 1;
                assert_refused_in_words(caller);
                continue;
            };
            caller.save_next(&draft).await;
        }
    }
    assert!(refused > callers.len(), "hardly anything was refused: {refused}");
    assert!(program.is_alive());
    for caller in &mut callers {
        caller.look_at_all().await;
    }
    disk.empty();
    let freed = Instant::now();
    for caller in &mut callers {
        while caller.begin().await.is_none() {
            assert!(freed.elapsed() < WAIT, "it does not write again");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
    let recovered = freed.elapsed();
    for caller in &mut callers {
        caller.look_at_all().await;
    }
    program.kill();
    is_whole(&data).await;
    program = Program::start_at(&data, &program.address, &[]).await;
    for caller in &mut callers {
        caller.look_at_all().await;
    }
    program.kill();
    let acknowledged: usize = callers.iter().map(|caller| caller.acknowledged).sum();
    println!(
        "campaign: full disk, acknowledged {acknowledged}, refused in words {refused}, lost 0, \
         all {} callers write again after {:.1} s",
        callers.len(),
        recovered.as_secs_f64()
    );
}

async fn write_until_refused(caller: &mut Citizen, disk: &SmallDisk) {
    let begun = Instant::now();
    while let Some(draft) = caller.begin().await {
        if !caller.save_next(&draft).await {
            break;
        }
        disk.fill_up();
        assert!(begun.elapsed() < WAIT, "there is still space");
    }
    assert_refused_in_words(caller);
}

fn assert_refused_in_words(caller: &Citizen) {
    let refusal = caller.refusal.as_ref().expect("an answer, not a cut line");
    assert!(matches!(refusal.status, 503 | 507), "{}: {}", refusal.status, refusal.page);
    assert!(refusal.page.contains(WORDS), "{}", refusal.page);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_fails_is_refused_clearly_and_used_again() {
    if !is_wanted() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    settle(&data).await;
    let (library, control) = program::failing_disk(folder.path());
    let faults = [("LD_PRELOAD", library.as_path()), ("STORE_FAULTS", control.as_path())];
    let does = |what: &str| fs::write(&control, what).unwrap();
    does("none");
    let mut program = Program::start(&data, &faults).await;
    let mut citizen = Citizen::sign_in(&program.address, &login(0), 0).await;
    let draft = citizen.begin().await.expect("a draft begins");
    assert_eq!(citizen.save(&draft, "Nguyễn Một").await, 200);
    for fault in ["enospc", "eio-sync", "eio-write"] {
        does(fault);
        // The first that meets a failing disk may not know how it ended; nobody after it is let in.
        citizen.save(&draft, "Nguyễn Hai").await;
        for _ in 0..3 {
            let status = citizen.save(&draft, "Nguyễn Ba").await;
            assert_eq!(status, 503, "{fault}: said to come again later");
        }
        assert_eq!(citizen.status_of("/thu-tuc").await, 200, "{fault}: reading goes on");
        does("none");
        assert_eq!(citizen.save(&draft, "Nguyễn Một").await, 200, "{fault}: it recovers");
    }
    program.kill();
    program = Program::start_at(&data, &program.address, &[]).await;
    assert_eq!(citizen.name_on(&draft).await.as_deref(), Some("Nguyễn Một"));
    program.kill();
    is_whole(&data).await;
}
