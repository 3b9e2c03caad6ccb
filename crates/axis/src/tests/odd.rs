//! Packets as they are met in the wild, and packets that are none.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::nation::*;
use crate::refusal::Refusal;

/// As little as receivers were seen to take.
const LEAST: &str = r#"<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:edXMLEnvelope
xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:edXMLHeader><edXML:MessageHeader>
<edXML:From><edXML:OrganId>H57</edXML:OrganId></edXML:From>
<edXML:To><edXML:OrganId>G15</edXML:OrganId></edXML:To>
<edXML:DocumentId>H57,2014/02/30,7/VP</edXML:DocumentId>
</edXML:MessageHeader></edXML:edXMLHeader></edXML:edXMLEnvelope></edXML>"#;

async fn codes(nation: &Nation, packet: &str) -> Vec<String> {
    let accepted = nation.send("sys.H57", packet.as_bytes()).await.unwrap();
    assert_eq!(nation.bytes(accepted.packet).await.unwrap(), packet.as_bytes());
    let deliveries = nation.deliveries(accepted.packet).await;
    deliveries.into_iter().map(|one| one.to_code).collect()
}

#[tokio::test]
async fn strange_packets_that_say_what_they_mean_are_carried_as_they_are() {
    let nation = Nation::new().await;
    assert_eq!(codes(&nation, LEAST).await, [JUSTICE]);
    // Other prefixes are equal, whatever some receivers think.
    let bare = LEAST.replace("edXML:", "").replace("xmlns:edXML", "xmlns").replace("/30,7", "/1");
    assert_eq!(codes(&nation, &bare).await, [JUSTICE]);
    // A station without a code, one called null, unknown elements and attributes, an empty answer.
    let odd = LEAST
        .replace("/30,7", "/2")
        .replace("<edXML:To>", "<edXML:ResponseFor/><edXML:Later v=\"1\"/><edXML:To>")
        .replace(
            "</edXML:MessageHeader>",
            "</edXML:MessageHeader><edXML:TraceHeaderList id=\"x\"><edXML:TraceHeader>\
             <edXML:OrganId>null</edXML:OrganId></edXML:TraceHeader><edXML:TraceHeader>\
             <edXML:Timestamp>hôm qua</edXML:Timestamp></edXML:TraceHeader>\
             </edXML:TraceHeaderList>",
        );
    assert_eq!(codes(&nation, &odd).await, [JUSTICE]);
    // One recipient named twice, and by two codes.
    let twice = LEAST.replace("/30,7", "/3").replace(
        "<edXML:DocumentId>",
        "<edXML:To><edXML:OrganId>000.00.00.H17</edXML:OrganId></edXML:To>\
         <edXML:To><edXML:OrganId> g15 </edXML:OrganId></edXML:To><edXML:DocumentId>",
    );
    assert_eq!(codes(&nation, &twice).await, [JUSTICE, "000.00.00.H17"]);
}

#[tokio::test]
async fn what_could_hurt_a_reader_is_no_packet() {
    let nation = Nation::new().await;
    let with_type = format!("<!DOCTYPE edXML [<!ENTITY a \"b\">]>{LEAST}");
    let legacy = LEAST.replace("http://www.mic.gov.vn/TBT/QCVN_102_2016", "http://www.go.vn/eDoc");
    let deep = LEAST.replace("<edXML:To>", &format!("{}<edXML:To>", "<edXML:a>".repeat(100)));
    let twice = LEAST.replace(
        "<edXML:DocumentId>",
        "<edXML:DocumentId>H57,2014/02/30,8/VP</edXML:DocumentId><edXML:DocumentId>",
    );
    for packet in ["", " ", "{}", "<edXML/>", &with_type, &legacy, &deep, &twice] {
        let refused = nation.send("sys.H57", packet.as_bytes()).await.unwrap_err();
        assert!(matches!(refused, Refusal::NotPacket(_)), "{packet:.40}: {refused}");
        assert_eq!((refused.code(), refused.is_passing()), ("22", false));
    }
}

#[tokio::test]
async fn letters_that_nothing_can_show_are_left_out_of_codes() {
    let nation = Nation::new().await;
    let packet = written(&document(HUE, &[JUSTICE], 1), "text");
    let to = ["G15", "X\u{0}1", &"Y".repeat(500)];
    let accepted = nation.send_to("sys.H57", &packet, Some(&to)).await.unwrap();
    assert_eq!(accepted.stranded, ["X1".to_owned(), "Y".repeat(100)]);
}

/// Thousands of damaged packets: each is carried as it is, or refused with a code and a sentence.
#[test]
fn no_damage_does_any() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let nation = runtime.block_on(Nation::new());
    let whole = [
        written(&document(HUE, &[JUSTICE, DANANG], 1), "text"),
        status(HUE, JUSTICE, 1, "03"),
        LEAST.as_bytes().to_vec(),
    ];
    let damage = (0..whole.len(), prop::collection::vec((any::<usize>(), any::<u8>(), 0..4), 1..6));
    let mut runner = TestRunner::new(Config::with_cases(1_500));
    let outcome = runner.run(&damage, |(which, damage)| {
        let mut packet = whole[which].clone();
        for (at, byte, how) in damage {
            let at = at % packet.len();
            match how {
                0 => packet[at] = byte,
                1 => packet.insert(at, byte),
                2 if packet.len() > 1 => drop(packet.remove(at)),
                _ => packet.rotate_left(at.min(8)),
            }
        }
        match runtime.block_on(nation.send("sys.H57", &packet)) {
            Ok(accepted) => {
                let bytes = runtime.block_on(nation.bytes(accepted.packet)).unwrap();
                prop_assert!(accepted.repeated || bytes == packet);
            }
            Err(refusal) => {
                let known = ["18", "19", "22", "23"];
                prop_assert!(known.contains(&refusal.code()), "{refusal}");
                prop_assert!(refusal.both(nation.ctx()).contains(" / "));
            }
        }
        Ok(())
    });
    outcome.unwrap();
}

#[tokio::test]
async fn files_in_an_element_of_their_own_are_counted_and_carried_as_they_came() {
    let nation = Nation::new().await;
    let files = "<edXML:edXMLBody><edXML:edXMLManifest version=\"1.0\"><edXML:Reference>\
        <edXML:AttachmentName>cong-van.pdf</edXML:AttachmentName></edXML:Reference>\
        </edXML:edXMLManifest></edXML:edXMLBody><edXML:edXMLAttachments><edXML:AttachmentData>\
        JVBERi0xLjcK</edXML:AttachmentData></edXML:edXMLAttachments>";
    let packet = LEAST.replace("</edXML:edXMLHeader>", &format!("</edXML:edXMLHeader>{files}"));
    let accepted = nation.send("sys.H57", packet.as_bytes()).await.unwrap();
    assert_eq!(nation.packet(accepted.packet).await.attachments, 1);
    assert_eq!(nation.bytes(accepted.packet).await.unwrap(), packet.as_bytes());
}
