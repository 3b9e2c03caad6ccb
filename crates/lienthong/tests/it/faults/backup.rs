//! Copied while people write, and brought back elsewhere.

use std::time::Duration;

use super::citizen::Citizen;
use super::program::{Program, is_whole, run};
use super::{back, callers, is_wanted, load, rows_of_drafts, settle};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_taken_while_people_write_holds_all_that_was_acknowledged_before() {
    if !is_wanted() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (data, elsewhere) = (folder.path().join("data"), folder.path().join("elsewhere"));
    let file = folder.path().join("backup.tar");
    settle(&data).await;
    let mut program = Program::start(&data, &[]).await;
    let mut callers = callers(&program).await;
    for caller in &mut callers {
        for _ in 0..5 {
            let draft = caller.begin().await.unwrap();
            assert!(caller.save_next(&draft).await);
        }
    }
    let before: Vec<Vec<String>> = callers.iter().map(Citizen::addresses).collect();
    let load = load(&mut callers);
    tokio::time::sleep(Duration::from_millis(200)).await;
    run(&data, &["backup", file.to_str().unwrap()]).await;
    assert!(load.iter().any(|caller| !caller.is_finished()), "nobody wrote meanwhile");
    program.kill();
    let callers = back(load).await;
    run(&elsewhere, &["restore", file.to_str().unwrap()]).await;
    is_whole(&elsewhere).await;
    let restored = rows_of_drafts(&elsewhere).await;
    // The program that has risen from the copy knows everybody's drafts, and everybody.
    let mut program = Program::start_at(&elsewhere, &program.address, &[]).await;
    for (caller, paths) in callers.iter().zip(&before) {
        for path in paths {
            assert_eq!(caller.status_of(path).await, 200, "{path} is not in the copy");
        }
    }
    program.kill();
    is_whole(&elsewhere).await;
    let acknowledged: usize = before.iter().map(Vec::len).sum();
    let written: usize = callers.iter().map(Citizen::drafts).sum();
    println!(
        "campaign: backup while writing, drafts acknowledged before {acknowledged}, in the copy \
         {restored}, begun by the end {written}, lost 0"
    );
    assert!(written > acknowledged, "nobody wrote meanwhile");
}
