//! A disk that is full.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use wire::vxp::MessageType;

use super::kit::{Kit, document, sha256};
use super::{MINISTRY, SENDER, receiver, settle};
use crate::faults::disk::SmallDisk;
use crate::faults::is_wanted;
use crate::faults::program::{Program, is_whole};

const WAIT: Duration = Duration::from_secs(20);
const SIZES: [usize; 2] = [2_000, 200_000];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_packets_that_may_be_sent_again_and_loses_none() {
    if !is_wanted() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let Some(disk) = SmallDisk::mount(&data) else {
        println!("skipped: a full disk needs a user who may mount a small one (root)");
        return;
    };
    let codes = settle(&data, 1).await;
    let mut program = Program::start(&data, &[]).await;
    let ministry = Kit::new(&program.address, SENDER, MINISTRY);
    let mut number = 0;
    let (mut acknowledged, mut refused) = (BTreeMap::new(), Vec::new());
    for _ in 0..10 {
        number += 1;
        let packet = document((MINISTRY, &codes), number, SIZES[number as usize % 2]);
        ministry.send(MessageType::Edoc, &packet).await.unwrap().unwrap();
        acknowledged.insert(sha256(&packet), 1);
    }
    disk.fill();
    let begun = Instant::now();
    while refused.len() < 12 {
        assert!(begun.elapsed() < WAIT, "there is still space");
        number += 1;
        let packet = document((MINISTRY, &codes), number, SIZES[number as usize % 2]);
        match ministry.send(MessageType::Edoc, &packet).await.expect("an answer, not a cut line") {
            Ok(_) => {
                acknowledged.insert(sha256(&packet), 1);
                disk.fill_up();
            }
            Err(said) => {
                let may_go_later = said.starts_with("20 ") || said.starts_with("21 ");
                assert!(may_go_later, "a kit that reads this would give up: {said}");
                refused.push(packet);
            }
        }
    }
    assert!(program.is_alive());
    disk.empty();
    let freed = Instant::now();
    for packet in &refused {
        while ministry.send(MessageType::Edoc, packet).await.expect("an answer").is_err() {
            assert!(freed.elapsed() < WAIT, "it does not take packets again");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        acknowledged.insert(sha256(packet), 1);
    }
    program.kill();
    is_whole(&data).await;
    program = Program::start_at(&data, &program.address, &[]).await;
    let mut commune = Kit::new(&program.address, &receiver(0), &codes[0]);
    while !commune.fetch(MessageType::Edoc).await.is_empty() {}
    let found: BTreeMap<String, usize> =
        commune.fetched.iter().map(|(packet, names)| (packet.clone(), names.len())).collect();
    program.kill();
    println!(
        "campaign: axis, full disk, acknowledged {}, refused and sent again {}, lost 0, doubled 0",
        acknowledged.len(),
        refused.len()
    );
    assert_eq!(found, acknowledged);
}
