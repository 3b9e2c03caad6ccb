//! Killed in the middle of everything, twenty times.

use std::time::Duration;

use super::citizen::Citizen;
use super::program::{Program, is_whole};
use super::{CALLERS, Chance, back, callers, is_wanted, load, login, rows_of_drafts, settle};

const KILLS: u32 = 20;
const RESTART_AT_MOST: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_twenty_kills() {
    if !is_wanted() {
        return;
    }
    let mut chance = Chance::of_this_run();
    let folder = tempfile::tempdir().unwrap();
    settle(folder.path()).await;
    let mut program = Program::start(folder.path(), &[]).await;
    let mut callers = callers(&program).await;
    let mut slowest_restart = Duration::ZERO;
    for round in 0..KILLS {
        let load = load(&mut callers);
        // Somebody signs in meanwhile: a row of the sealed log in each round.
        let login = login(round % CALLERS);
        let stranger = tokio::spawn(Citizen::only_sign_in(program.address.clone(), login));
        tokio::time::sleep(Duration::from_millis(200 + chance.below(1_000))).await;
        program.kill();
        stranger.await.unwrap();
        callers = back(load).await;
        program = Program::start_at(folder.path(), &program.address, &[]).await;
        slowest_restart = slowest_restart.max(program.start_time);
        for caller in &mut callers {
            caller.look_after().await;
        }
    }
    for caller in &mut callers {
        caller.look_at_all().await;
        caller.repeat().await;
    }
    program.kill();
    let drafts: usize = callers.iter().map(Citizen::drafts).sum();
    let acknowledged: usize = callers.iter().map(|caller| caller.acknowledged).sum();
    let doubled = rows_of_drafts(folder.path()).await.abs_diff(drafts);
    println!(
        "campaign: kills {KILLS}, acknowledged {acknowledged} ({drafts} drafts begun), lost 0, \
         doubled {doubled}, slowest restart {:.1} s",
        slowest_restart.as_secs_f64()
    );
    assert_eq!(doubled, 0, "as many rows as drafts that were acknowledged");
    assert!(acknowledged > 4 * KILLS as usize, "hardly any load");
    assert!(slowest_restart < RESTART_AT_MOST, "{slowest_restart:?}");
    is_whole(folder.path()).await;
}
