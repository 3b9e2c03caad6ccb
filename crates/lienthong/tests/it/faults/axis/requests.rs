//! Requests twice, in the wrong order, and cut off at every byte.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;

use platform::clock::Clock;
use platform::store::{Address, Store, StoreError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use wire::algorithm::Digest;
use wire::edxml::StatusCode;
use wire::vxp::{Call, MessageType};

use super::kit::{Kit, document, sha256, status};
use super::{MINISTRY, SECRET, SENDER, receiver, settle};
use crate::faults::program::{Program, is_whole};
use crate::faults::{Chance, is_wanted};

const DOCUMENTS: u64 = 30;
const TIMES: usize = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_that_come_twice_and_in_any_order_do_their_work_once() {
    if !is_wanted() {
        return;
    }
    let mut chance = Chance::of_this_run();
    let folder = tempfile::tempdir().unwrap();
    let codes = settle(folder.path(), 1).await;
    let mut program = Program::start(folder.path(), &[]).await;
    let mut letters: Vec<Vec<u8>> = Vec::new();
    for number in 1..=DOCUMENTS {
        let letter = document((MINISTRY, &codes), number, 2_000);
        letters.extend(std::iter::repeat_n(letter, TIMES));
    }
    shuffle(&mut letters, &mut chance);
    let answers = all_at_once(&program, (SENDER, MINISTRY), (MessageType::Edoc, letters)).await;
    for same in &answers {
        assert_eq!(same.1.len(), 1, "one letter, one name: {:?}", same.1);
    }
    assert_eq!(answers.len() as u64, DOCUMENTS);

    // The statuses of all of them, each several times, in no order at all.
    let steps = [StatusCode::Arrived, StatusCode::Accepted, StatusCode::InProgress];
    let mut words: Vec<Vec<u8>> = Vec::new();
    for number in 1..=DOCUMENTS {
        for step in steps.iter().chain([&StatusCode::Completed]) {
            let word = status((&codes[0], MINISTRY), number, step.clone());
            words.extend(std::iter::repeat_n(word, TIMES));
        }
    }
    shuffle(&mut words, &mut chance);
    let from = (receiver(0), codes[0].clone());
    let answers = all_at_once(&program, (&from.0, &from.1), (MessageType::Status, words)).await;
    assert!(answers.values().all(|names| names.len() == 1));

    let mut commune = Kit::new(&program.address, &receiver(0), &codes[0]);
    let letters = commune.fetch(MessageType::Edoc).await;
    assert_eq!(letters.len() as u64, DOCUMENTS);
    let mut ministry = Kit::new(&program.address, SENDER, MINISTRY);
    let heard = ministry.fetch(MessageType::Status).await;
    assert_eq!(heard.len(), answers.len(), "each word once");
    program.kill();
    is_whole(folder.path()).await;
    let completed = vec![("06".to_owned(), i64::try_from(DOCUMENTS).unwrap())];
    assert_eq!(said(folder.path()).await, completed, "a step never goes back");
    println!(
        "campaign: axis, {} requests twice and out of order, documents {DOCUMENTS}, statuses {}, \
         doubled 0",
        TIMES * (DOCUMENTS as usize + answers.len()),
        answers.len()
    );
}

/// How many documents stand where, in the database of a program that has ended.
async fn said(data: &Path) -> Vec<(String, i64)> {
    let store = Store::open(&Address::Sqlite(data.join("lienthong.sqlite"))).await.unwrap();
    let counted: Result<Vec<(String, i64)>, StoreError> = store
        .read(|tx| {
            let counted = "SELECT said, COUNT(*) FROM axis_delivery WHERE kind = 'edoc'
                GROUP BY said";
            tx.all(counted, &[])
        })
        .await;
    store.close().await;
    counted.unwrap()
}

/// Which names were given to each packet.
async fn all_at_once(
    program: &Program,
    (system, code): (&str, &str),
    (kind, packets): (MessageType, Vec<Vec<u8>>),
) -> BTreeMap<String, BTreeSet<String>> {
    let mut answers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for some in packets.chunks(16) {
        let sent = some.iter().map(|packet| {
            let (kit, packet) = (Kit::new(&program.address, system, code), packet.clone());
            tokio::spawn(async move { (sha256(&packet), kit.send(kind, &packet).await) })
        });
        for answer in sent.collect::<Vec<_>>() {
            let (packet, said) = answer.await.unwrap();
            let name = said.expect("an answer").expect("taken, or known");
            answers.entry(packet).or_default().insert(name);
        }
    }
    answers
}

fn shuffle(all: &mut [Vec<u8>], chance: &mut Chance) {
    for place in (1..all.len()).rev() {
        all.swap(place, chance.below(place as u64 + 1) as usize);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_is_cut_off_at_any_byte_leaves_nothing_half() {
    if !is_wanted() {
        return;
    }
    let mut chance = Chance::of_this_run();
    let folder = tempfile::tempdir().unwrap();
    let codes = settle(folder.path(), 1).await;
    let mut program = Program::start(folder.path(), &[]).await;
    let small = document((MINISTRY, &codes), 1, 60);
    let large = document((MINISTRY, &codes), 2, 150_000);
    let whole = request(&program, &small);
    for cut in 0..whole.len() {
        cut_off(&program, &whole[..cut]).await;
    }
    let long = request(&program, &large);
    let mut cuts = 0;
    for _ in 0..200 {
        let at = chance.below(long.len() as u64) as usize;
        cut_off(&program, &long[..at]).await;
        cuts += 1;
    }
    let mut commune = Kit::new(&program.address, &receiver(0), &codes[0]);
    assert_eq!(commune.list(MessageType::Edoc).await, Some(Vec::new()), "nothing is there");
    let ministry = Kit::new(&program.address, SENDER, MINISTRY);
    for packet in [&small, &large] {
        ministry.send(MessageType::Edoc, packet).await.expect("an answer").expect("taken");
    }
    let got = commune.fetch(MessageType::Edoc).await;
    assert_eq!(got, [small, large]);
    program.kill();
    is_whole(folder.path()).await;
    println!(
        "campaign: axis, cut off at each of {} bytes and {cuts} times in a large packet, half \
         there 0",
        whole.len()
    );
}

/// The bytes of a whole request.
fn request(program: &Program, packet: &[u8]) -> Vec<u8> {
    let call = Call::send(MessageType::Edoc, MINISTRY, &[], &Digest::Sha256.of(packet));
    let mut request = b"POST /axis/sendEdoc HTTP/1.1\r\n".to_vec();
    request.extend(format!("Host: {}\r\n", &program.address["http://".len()..]).bytes());
    for (name, value) in call.headers(SENDER, SECRET.as_bytes(), Clock::System.now()) {
        request.extend(format!("{name}: {value}\r\n").bytes());
    }
    request.extend(format!("Content-Length: {}\r\n\r\n", packet.len() + 2).bytes());
    request.extend_from_slice(packet);
    request.extend_from_slice(b"\r\n");
    request
}

/// Sends so much and hangs up; whatever is answered is no acknowledgement.
async fn cut_off(program: &Program, bytes: &[u8]) {
    let address: SocketAddr = program.address["http://".len()..].parse().unwrap();
    let mut line = TcpStream::connect(address).await.unwrap();
    // The server may have said no and gone before all of it was written.
    let _ = line.write_all(bytes).await;
    let _ = line.shutdown().await;
    let mut answer = Vec::new();
    let _ = line.read_to_end(&mut answer).await;
    let said = String::from_utf8_lossy(&answer);
    let is_taken = said.contains(r#""status":"OK""#) || said.contains(r#""DocId":"0"#);
    assert!(!is_taken, "acknowledged after {} bytes: {said}", bytes.len());
}
