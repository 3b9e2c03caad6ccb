//! Killed while agencies send.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::task::JoinHandle;
use wire::vxp::MessageType;

use super::kit::{Kit, document, sha256};
use super::{MINISTRY, SENDER, receiver, settle};
use crate::faults::program::{Program, is_whole};
use crate::faults::{Chance, is_wanted};

const KILLS: u32 = 12;
const SENDERS: usize = 6;
const COMMUNES: usize = 4;
/// Held in the row, and in a file of the shelf.
const SIZES: [usize; 3] = [500, 6_000, 120_000];

/// A caller that sends until it is not answered.
struct Caller {
    kit: Kit,
    codes: Vec<String>,
    next: Arc<AtomicU64>,
    /// Sent, and not acknowledged.
    pending: Option<Vec<u8>>,
    /// Its recipients, by its SHA-256.
    acknowledged: BTreeMap<String, Vec<String>>,
}

impl Caller {
    async fn send_until_it_fails(mut self) -> Caller {
        loop {
            let (packet, to) = match self.pending.take() {
                Some(packet) => (packet.clone(), self.recipients_of(&packet)),
                None => self.letter(),
            };
            self.pending = Some(packet.clone());
            match self.kit.send(MessageType::Edoc, &packet).await {
                Some(Ok(_)) => {
                    self.pending = None;
                    self.acknowledged.insert(sha256(&packet), to);
                }
                Some(Err(refusal)) => {
                    assert!(!refusal.starts_with("22"), "{refusal}");
                    return self;
                }
                None => return self,
            }
        }
    }

    fn letter(&self) -> (Vec<u8>, Vec<String>) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let many = 1 + (number as usize % self.codes.len());
        let to: Vec<String> = self.codes.iter().take(many).cloned().collect();
        let size_bytes = SIZES[number as usize % SIZES.len()];
        (document((MINISTRY, &to), number, size_bytes), to)
    }

    fn recipients_of(&self, packet: &[u8]) -> Vec<String> {
        let text = String::from_utf8_lossy(packet);
        let is_named = |code: &&String| text.contains(&format!("<edXML:OrganId>{code}<"));
        self.codes.iter().filter(is_named).cloned().collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_axis_acknowledged_arrives_once_after_a_dozen_kills() {
    if !is_wanted() {
        return;
    }
    let mut chance = Chance::of_this_run();
    let folder = tempfile::tempdir().unwrap();
    let codes = settle(folder.path(), COMMUNES).await;
    let mut program = Program::start(folder.path(), &[]).await;
    let next = Arc::new(AtomicU64::new(1));
    let mut callers: Vec<Caller> = (0..SENDERS)
        .map(|_| Caller {
            kit: Kit::new(&program.address, SENDER, MINISTRY),
            codes: codes.clone(),
            next: Arc::clone(&next),
            pending: None,
            acknowledged: BTreeMap::new(),
        })
        .collect();
    for _ in 0..KILLS {
        let load: Vec<JoinHandle<Caller>> =
            callers.drain(..).map(|caller| tokio::spawn(caller.send_until_it_fails())).collect();
        tokio::time::sleep(Duration::from_millis(150 + chance.below(900))).await;
        program.kill();
        for caller in load {
            callers.push(caller.await.unwrap());
        }
        program = Program::start_at(folder.path(), &program.address, &[]).await;
    }
    // What nobody acknowledged is sent once more: perhaps it is there, perhaps it is not.
    for caller in &mut callers {
        let Some(packet) = caller.pending.take() else { continue };
        let to = caller.recipients_of(&packet);
        let said = caller.kit.send(MessageType::Edoc, &packet).await.expect("an answer");
        said.expect("taken, or known");
        caller.acknowledged.insert(sha256(&packet), to);
    }
    let mut expected: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (packet, to) in callers.iter().flat_map(|caller| &caller.acknowledged) {
        for code in to {
            *expected.entry((code.clone(), packet.clone())).or_default() += 1;
        }
    }
    let mut found: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (place, code) in codes.iter().enumerate() {
        let mut kit = Kit::new(&program.address, &receiver(place), code);
        while !kit.fetch(MessageType::Edoc).await.is_empty() {}
        for (packet, names) in kit.fetched {
            found.insert((code.clone(), packet), names.len());
        }
    }
    program.kill();
    is_whole(folder.path()).await;
    let packets: usize = callers.iter().map(|caller| caller.acknowledged.len()).sum();
    println!(
        "campaign: axis, kills {KILLS}, packets acknowledged {packets}, deliveries {}, lost 0, \
         doubled 0",
        expected.len()
    );
    assert!(packets > 2 * KILLS as usize, "hardly any load: {packets}");
    assert_eq!(found, expected, "by recipient and digest");
}
