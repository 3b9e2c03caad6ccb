//! Bytes on the shelf: small and large, whole and cut off.

use std::convert::Infallible;

use bytes::Bytes;
use futures_util::stream;
use wire::vxp::file::{padded, unpadded};

use super::nation::*;
use crate::commands;
use crate::packet::SignatureState;
use crate::refusal::Refusal;
use crate::shelf::Intake;
use crate::{Kind, queries};

fn pieces(bytes: &[u8], length: usize) -> Vec<Result<Bytes, Infallible>> {
    bytes.chunks(length).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect()
}

/// Its attachment has so many bytes that nothing compresses.
fn packet(bytes: usize) -> Vec<u8> {
    let text: String =
        (0..bytes as u64).map(|at| char::from(b'a' + (at * at % 97 % 26) as u8)).collect();
    written(&document(HUE, &[JUSTICE], 1), &text)
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    wire::algorithm::Digest::Sha256.of(bytes)
}

async fn taken(nation: &Nation, sent: &[u8], intake: &Intake) -> Result<Vec<u8>, Refusal> {
    let body = stream::iter(pieces(sent, 40_000));
    let shelved = commands::shelve(nation.ctx(), body, intake).await?;
    let accepted =
        nation.reception.receive(nation.ctx(), &sender("sys.H57"), &shelved, None).await?;
    let kept = nation.packet(accepted.packet).await;
    let bytes = nation.bytes(accepted.packet).await?;
    assert_eq!(kept.sha256, padded(&sha256(&bytes)));
    assert_eq!(kept.size_bytes, bytes.len() as i64);
    Ok(bytes)
}

#[tokio::test]
async fn packets_of_every_size_come_back_byte_by_byte() {
    for bytes in [1, 40_000, 48_000, 49_000, 70_000, 200_000, 3_000_000] {
        let nation = Nation::new().await;
        let sent = packet(bytes);
        assert_eq!(taken(&nation, &sent, &intake()).await.unwrap(), sent, "{bytes}");
    }
}

#[tokio::test]
async fn the_line_end_that_the_kit_adds_is_not_the_packets() {
    for bytes in [100, 200_000] {
        let packet = packet(bytes);
        let sent = [packet.as_slice(), b"\r\n"].concat();
        for hash in [padded(&sha256(&packet)), unpadded(&sha256(&packet))] {
            let nation = Nation::new().await;
            let intake = Intake { hash_file: Some(hash), ..intake() };
            assert_eq!(taken(&nation, &sent, &intake).await.unwrap(), packet);
            assert_eq!(taken(&nation, &packet, &intake).await.unwrap(), packet);
        }
        // Who hashed the line end, too, meant it.
        let nation = Nation::new().await;
        let intake = Intake { hash_file: Some(padded(&sha256(&sent))), ..intake() };
        assert_eq!(taken(&nation, &sent, &intake).await.unwrap(), sent);
    }
}

#[tokio::test]
async fn another_hash_is_refused_and_broken_bytes_are_told_by_it() {
    let nation = Nation::new().await;
    for bytes in [100, 200_000] {
        let packet = packet(bytes);
        let intake = Intake { hash_file: Some(padded(&sha256(b"other"))), ..intake() };
        let refused = taken(&nation, &packet, &intake).await.unwrap_err();
        assert!(matches!(refused, Refusal::HashWrong));
        assert_eq!(refused.code(), "10");
    }
    let packet = packet(100);
    let hash = padded(&sha256(&packet));
    let mut damaged = packet.clone();
    damaged[200] = b'<';
    let intake = Intake { hash_file: Some(hash), ..intake() };
    assert!(matches!(taken(&nation, &damaged, &intake).await, Err(Refusal::HashWrong)));
    // The sender meant it so: then it is the sender's fault, and where is said.
    let intake = Intake { hash_file: Some(padded(&sha256(&damaged))), ..intake };
    let refused = taken(&nation, &damaged, &intake).await.unwrap_err();
    assert!(matches!(refused, Refusal::NotPacket(_)), "{refused}");
    assert!(refused.both(nation.ctx()).contains("dòng "));
}

#[tokio::test]
async fn what_is_too_large_is_refused_early_and_leaves_nothing_behind() {
    let nation = Nation::new().await;
    let intake = Intake { packet_bytes_max: 100_000, ..intake() };
    let refused = taken(&nation, &packet(300_000), &intake).await.unwrap_err();
    assert!(matches!(refused, Refusal::TooLarge { max_bytes: 100_000 }));
    // 75 000 bytes in base64 and their frame: over by a little.
    let refused = taken(&nation, &packet(75_000), &intake).await.unwrap_err();
    assert!(matches!(refused, Refusal::TooLarge { .. }));
    let folder = nation.ctx().files.folder().join("incoming");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0);
    assert_eq!(nation.count("SELECT COUNT(*) FROM axis_packet").await, 0);
}

#[tokio::test]
async fn a_connection_that_ends_leaves_nothing_behind_wherever_it_ends() {
    let nation = Nation::new().await;
    let small = packet(50);
    let large = packet(200_000);
    let ends = (0..small.len()).map(|end| &small[..end]);
    let ends = ends.chain([65_536, 65_537, 100_000, large.len() - 1].map(|end| &large[..end]));
    for part in ends {
        // Cut off, and somebody says so.
        let mut body: Vec<Result<Bytes, String>> =
            part.chunks(30_000).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        body.push(Err("reset by peer".to_owned()));
        let cut = commands::shelve(nation.ctx(), stream::iter(body), &intake()).await;
        assert!(matches!(cut.unwrap_err(), Refusal::Interrupted(_)));
        // Cut off, and nobody says so: it is no packet, whatever was left out.
        let body = stream::iter(pieces(part, 30_000));
        let cut = commands::shelve(nation.ctx(), body, &intake()).await;
        // Without the line end it is whole.
        let whole = part.ends_with(b"</edXML>");
        assert_eq!(cut.is_ok(), whole, "{}", part.len());
    }
    let folder = nation.ctx().files.folder().join("incoming");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0);
}

#[tokio::test]
async fn large_packets_are_sealed_on_the_disk() {
    let nation = Nation::new().await;
    let sent = packet(200_000);
    taken(&nation, &sent, &intake()).await.unwrap();
    let mut files = Vec::new();
    for shelf in std::fs::read_dir(nation.ctx().files.folder().join("files")).unwrap() {
        files.extend(std::fs::read_dir(shelf.unwrap().path()).unwrap());
    }
    assert_eq!(files.len(), 1);
    let sealed = std::fs::read(files[0].as_ref().unwrap().path()).unwrap();
    assert!(sealed.len() > sent.len());
    assert!(!sealed.windows(10).any(|window| window == b"<edXML:To>"));
    // Nothing of it is swept away: a row names it.
    nation.ctx().files.sweep().await.unwrap();
    assert!(nation.ctx().files.check().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_comes_again_or_is_refused_does_not_stay_on_the_disk() {
    let nation = Nation::new().await;
    let files = || {
        let shelves = std::fs::read_dir(nation.ctx().files.folder().join("files")).unwrap();
        let files = shelves.map(|shelf| std::fs::read_dir(shelf.unwrap().path()).unwrap().count());
        files.sum::<usize>()
    };
    let sent = packet(200_000);
    for _ in 0..3 {
        nation.send("sys.H57", &sent).await.unwrap();
        assert_eq!(files(), 1);
    }
    let forged = nation.send("sys.hub", &sent).await;
    assert!(matches!(forged, Err(Refusal::SenderNotYours { .. })));
    assert_eq!(files(), 1);
    let first = "SELECT id FROM axis_packet";
    let (id,) = nation.read(move |tx| tx.one::<(crate::PacketId,)>(first, &[])).await;
    assert_eq!(nation.bytes(id).await.unwrap(), sent);
}

#[tokio::test]
async fn a_document_announced_as_a_status_is_neither() {
    let nation = Nation::new().await;
    let as_status = Intake { kind: Some(Kind::Status), ..intake() };
    for bytes in [100, 200_000] {
        let refused = taken(&nation, &packet(bytes), &as_status).await.unwrap_err();
        assert!(matches!(refused, Refusal::OtherKind { found: Kind::Document }));
    }
    let as_document = Intake { kind: Some(Kind::Document), ..intake() };
    let refused = taken(&nation, &status(JUSTICE, HUE, 1, "01"), &as_document).await.unwrap_err();
    assert!(matches!(refused, Refusal::OtherKind { found: Kind::Status }));
}

#[tokio::test]
async fn the_official_samples_are_taken_in() {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/edxml");
    let Ok(samples) = std::fs::read_dir(&folder) else { return };
    let nation = Nation::new().await;
    let mut taken = 0;
    for sample in samples {
        let path = sample.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let shelved = nation.shelve(bytes.clone()).await;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "edoc.edxml" {
            assert!(matches!(shelved, Err(Refusal::NotPacket(_))), "{name}");
            continue;
        }
        let shelved = shelved.unwrap();
        let expected = match shelved.summary.kind() {
            Kind::Document => SignatureState::Unverifiable,
            Kind::Status => SignatureState::Absent,
        };
        assert_eq!(shelved.signature, expected, "{name}");
        assert_eq!(shelved.size_bytes, bytes.len() as i64);
        taken += 1;
    }
    assert_eq!(taken, 15);
}

#[tokio::test]
async fn what_was_taken_off_the_shelf_says_so() {
    let nation = Nation::new().await;
    let sent = packet(100);
    taken(&nation, &sent, &intake()).await.unwrap();
    let id =
        nation.read(|tx| tx.one::<(crate::PacketId,)>("SELECT id FROM axis_packet", &[])).await.0;
    let gone = "UPDATE axis_packet_body SET sealed = NULL";
    nation.write(move |tx, _| Ok(tx.execute(gone, &[])?)).await.unwrap();
    assert!(matches!(queries::open(nation.ctx(), id).await, Err(Refusal::Discarded)));
}
