//! A province's axis under the nation's: both at work, one or the other killed again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinHandle;
use wire::edxml::StatusCode;
use wire::vxp::MessageType;

use super::kit::{Kit, document, sha256, status_about, text_of};
use super::{MINISTRY, SECRET, codes, system};
use crate::faults::program::{Program, is_whole, run};
use crate::faults::{Chance, empty_house, is_wanted, new_house};

const KILLS: u64 = 12;
/// After a kill, a packet that was on its way waits half a minute for its next try, then a minute.
const DRAINED_AT_MOST: Duration = Duration::from_secs(240);
const SIZES: [usize; 2] = [3_000, 90_000];

/// A system at work on one side: sends letters to the other, fetches what comes, and says of each
/// letter that it has arrived and is accepted.
struct Office {
    kit: Kit,
    other: String,
    next: u64,
    /// Packets that are to be handed in, the oldest first.
    pending: Vec<(MessageType, Vec<u8>)>,
    /// SHA-256 of what was acknowledged.
    acknowledged: BTreeSet<String>,
}

impl Office {
    fn new(kit: Kit, other: &str) -> Office {
        let (other, pending) = (other.to_owned(), Vec::new());
        Office { kit, other, next: 1, pending, acknowledged: BTreeSet::new() }
    }

    async fn work(mut self, open: Arc<AtomicBool>) -> Office {
        while open.load(Ordering::Relaxed) {
            let size_bytes = SIZES[self.next as usize % SIZES.len()];
            let to = [self.other.clone()];
            let letter = document((&self.kit.code, &to), self.next, size_bytes);
            self.next += 1;
            self.pending.push((MessageType::Edoc, letter));
            self.turn().await;
            tokio::time::sleep(Duration::from_millis(120)).await;
        }
        self
    }

    /// Hands in what waits, in order, and fetches what is there.
    async fn turn(&mut self) {
        while let Some((kind, packet)) = self.pending.first() {
            match self.kit.send(*kind, packet).await {
                Some(Ok(_)) => {
                    self.acknowledged.insert(sha256(packet));
                    self.pending.remove(0);
                }
                Some(Err(said)) => {
                    assert!(!said.starts_with("22") && !said.starts_with("1"), "{said}");
                    return;
                }
                None => return,
            }
        }
        for letter in self.kit.fetch(MessageType::Edoc).await {
            let about = (text_of(&letter, "OrganId"), text_of(&letter, "DocumentId"));
            for code in [StatusCode::Arrived, StatusCode::Accepted] {
                let word = status_about(&self.kit.code, (&about.0, &about.1), code);
                self.pending.push((MessageType::Status, word));
            }
        }
        self.kit.fetch(MessageType::Status).await;
    }

    fn fetched(&self) -> BTreeMap<String, usize> {
        let names = self.kit.fetched.iter();
        names.map(|(packet, names)| (packet.clone(), names.len())).collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_axes_exchange_while_one_or_the_other_is_killed_and_each_packet_arrives_once() {
    if !is_wanted() {
        return;
    }
    let mut chance = Chance::of_this_run();
    let folder = tempfile::tempdir().unwrap();
    let (above, below) = (folder.path().join("above"), folder.path().join("below"));
    let commune = codes(empty_house(&below).await, 1).await.remove(0);
    // Two installations that were never one.
    new_house(&above).await.close(None).await;
    system(&above, "bo", MINISTRY).await;
    system(&above, "truc.H57", &commune).await;
    system(&below, "xa", &commune).await;
    let mut nation = Program::start(&above, &[]).await;
    let there = format!("{}/axis", nation.address);
    let link = ["axis", "link", "add", &there, "--system", "truc.H57", "--secret", SECRET];
    run(&below, &[&link[..], &["--covers", "*", "--every", "1"]].concat()).await;
    let mut province = Program::start(&below, &[]).await;

    let ministry = Office::new(Kit::new(&nation.address, "bo", MINISTRY), &commune);
    let village = Office::new(Kit::new(&province.address, "xa", &commune), MINISTRY);
    let open = Arc::new(AtomicBool::new(true));
    let work: Vec<JoinHandle<Office>> =
        [ministry, village].map(|one| tokio::spawn(one.work(Arc::clone(&open)))).into();
    let mut of_province = 0;
    for _ in 0..KILLS {
        tokio::time::sleep(Duration::from_millis(700 + chance.below(2_500))).await;
        if chance.below(2) == 0 {
            province.kill();
            province = Program::start_at(&below, &province.address, &[]).await;
            of_province += 1;
        } else {
            nation.kill();
            nation = Program::start_at(&above, &nation.address, &[]).await;
        }
    }
    open.store(false, Ordering::Relaxed);
    let mut offices = Vec::new();
    for one in work {
        offices.push(one.await.unwrap());
    }
    let took = drain(&mut offices).await;
    nation.kill();
    province.kill();
    is_whole(&above).await;
    is_whole(&below).await;
    let packets: usize = offices.iter().map(|one| one.acknowledged.len()).sum();
    println!(
        "campaign: two axes, kills {KILLS} ({of_province} of the province), packets acknowledged \
         {packets}, lost 0, doubled 0, at rest after {:.0} s",
        took.as_secs_f64()
    );
    assert!(packets > 4 * KILLS as usize, "hardly any load: {packets}");
    for (from, to) in [(0, 1), (1, 0)] {
        let sent = offices[from].acknowledged.iter().map(|packet| (packet.clone(), 1)).collect();
        assert_eq!(offices[to].fetched(), sent, "letters and statuses, each once");
    }
}

/// Until everything that was acknowledged on one side has come to the other.
async fn drain(offices: &mut [Office]) -> Duration {
    let begun = Instant::now();
    loop {
        for office in offices.iter_mut() {
            office.turn().await;
        }
        let arrived = |from: usize, to: usize| {
            let fetched = &offices[to].kit.fetched;
            offices[from].acknowledged.iter().all(|packet| fetched.contains_key(packet))
        };
        let idle = offices.iter().all(|office| office.pending.is_empty());
        if idle && arrived(0, 1) && arrived(1, 0) {
            return begun.elapsed();
        }
        let missing: usize = [(0, 1), (1, 0)]
            .iter()
            .map(|(from, to)| {
                offices[*from].acknowledged.len()
                    - offices[*to].kit.fetched.len().min(offices[*from].acknowledged.len())
            })
            .sum();
        assert!(begun.elapsed() < DRAINED_AT_MOST, "{missing} packets are still on their way");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
