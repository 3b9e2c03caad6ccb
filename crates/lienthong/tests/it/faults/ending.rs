//! Told to end while people write, and started where somebody is already.

use std::time::{Duration, Instant};

use super::citizen::Citizen;
use super::program::{Program, ask, is_whole, words};
use super::{back, callers, is_wanted, load, login, settle};

/// What is under way takes moments; the deadline of the server is far longer.
const END_AT_MOST: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sigterm_drains() {
    if !is_wanted() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    settle(folder.path()).await;
    let mut program = Program::start(folder.path(), &[]).await;
    let mut callers = callers(&program).await;
    let load = load(&mut callers);
    tokio::time::sleep(Duration::from_millis(500)).await;
    program.tell_to_end();
    let told = Instant::now();
    let status = program.ended().await;
    let took = told.elapsed();
    let mut callers = back(load).await;
    assert_eq!(status.code(), Some(0), "{status}");
    assert!(took < END_AT_MOST, "{took:?}");
    is_whole(folder.path()).await;
    program = Program::start_at(folder.path(), &program.address, &[]).await;
    for caller in &mut callers {
        caller.look_at_all().await;
    }
    program.kill();
    let acknowledged: usize = callers.iter().map(|caller| caller.acknowledged).sum();
    assert!(acknowledged > callers.len(), "hardly any load: {acknowledged}");
    let seconds = took.as_secs_f64();
    println!("campaign: told to end, acknowledged {acknowledged}, lost 0, ended in {seconds:.1} s");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_server_on_the_port_says_so_and_breaks_nothing() {
    if !is_wanted() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    settle(folder.path()).await;
    let mut program = Program::start(folder.path(), &[]).await;
    let mut citizen = Citizen::sign_in(&program.address, &login(0), 0).await;
    let draft = citizen.begin().await.unwrap();
    let place = &program.address["http://".len()..];
    let second = ask(folder.path(), &["serve", "--listen", place]).await;
    assert_eq!(second.status.code(), Some(2), "{}", words(&second));
    let said = words(&second);
    for expected in [place, "không mở được địa chỉ này", "in use by another program", "--listen"]
    {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    assert!(program.is_alive());
    assert!(citizen.save_next(&draft).await, "the first goes on writing");
    citizen.look_at_all().await;
    program.kill();
    is_whole(folder.path()).await;
}
