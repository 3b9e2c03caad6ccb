//! Changed packets: whatever comes, reading ends, in the same way wherever it is cut.

use std::time::{Duration, Instant};

use super::kit::*;
use crate::edxml::Packet;
use crate::edxml::write::write;
use crate::tests::xml::tools::Chance;

fn seeds() -> Vec<Vec<u8>> {
    let zipped = zip("a.xls", PDF);
    let documents = [letter(), update(), replacement()];
    let mut all: Vec<Vec<u8>> = documents
        .into_iter()
        .map(|one| {
            let packet = Packet::Document(Box::new(one));
            let heads =
                [(attachment(1, "a.xls"), zipped.as_slice()), (attachment(2, "b.pdf"), PDF)];
            write(&packet, &heads).unwrap()
        })
        .collect();
    let status = status(crate::edxml::StatusCode::Refused);
    all.push(write(&Packet::Status(Box::new(status)), &[]).unwrap());
    all
}

fn mutate(source: &[u8], chance: &mut Chance) -> Vec<u8> {
    const PIECES: [&str; 16] = [
        "<",
        ">",
        "</edXML:To>",
        "<edXML:To>",
        "&amp;",
        "&#x0;",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "\"",
        "=",
        "\u{0}",
        "\u{feff}",
        "UEsDBA",
        " xmlns=''",
    ];
    let mut bytes = source.to_vec();
    for _ in 0..=chance.below(3) {
        let at = chance.below(bytes.len());
        let length = chance.below(40).min(bytes.len() - at);
        match chance.below(6) {
            0 => bytes[at] = chance.below(256) as u8,
            1 => drop(bytes.drain(at..at + length)),
            2 => {
                let copy = bytes[at..at + length].to_vec();
                let to = chance.below(bytes.len());
                bytes.splice(to..to, copy);
            }
            3 => bytes.truncate(at + 1),
            _ => {
                let piece = PIECES[chance.below(PIECES.len())];
                bytes.splice(at..at, piece.bytes());
            }
        }
    }
    bytes
}

#[test]
fn changed_packets_are_read_or_refused_wherever_they_are_cut() {
    let mut chance = Chance(0x1EED_5EED);
    let seeds = seeds();
    let begun = Instant::now();
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..4_000 {
        if begun.elapsed() > Duration::from_secs(20) {
            break;
        }
        let mutant = mutate(&seeds[chance.below(seeds.len())], &mut chance);
        let whole = in_pieces(&mutant, std::iter::once(mutant.len()));
        let size = 1 + chance.below(97);
        let pieces = std::iter::repeat_n(size, mutant.len().div_ceil(size));
        let cut = in_pieces(&mutant, pieces);
        assert_eq!(cut.as_ref().ok(), whole.as_ref().ok(), "{}", String::from_utf8_lossy(&mutant));
        assert_eq!(cut.is_err(), whole.is_err());
        match whole {
            Ok(_) => taken += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(taken > 50 && refused > 50, "{taken} taken, {refused} refused");
}

#[test]
fn a_packet_cut_short_anywhere_is_refused() {
    let bytes = packet();
    let end = bytes.len() - "\n".len();
    for length in 0..end {
        assert!(in_pieces(&bytes[..length], std::iter::once(length)).is_err(), "{length}");
    }
    assert!(in_pieces(&bytes[..end], std::iter::once(end)).is_ok());
    // The kit puts a line end behind the file.
    let longer = [bytes.as_slice(), b"\r\n"].concat();
    assert!(in_pieces(&longer, std::iter::repeat_n(1, longer.len())).is_ok());
}

#[test]
fn a_packet_cut_at_every_byte_is_the_same() {
    for seed in seeds() {
        let whole = in_pieces(&seed, std::iter::once(seed.len())).unwrap();
        let each = in_pieces(&seed, std::iter::repeat_n(1, seed.len())).unwrap();
        assert_eq!(each, whole);
        for cut in (0..seed.len()).step_by(7) {
            let two = in_pieces(&seed, [cut, seed.len() - cut].into_iter()).unwrap();
            assert_eq!(two, whole, "{cut}");
        }
    }
}
