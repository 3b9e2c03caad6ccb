//! What is said about documents.

use wire::edxml::packet::ResponseFor;
use wire::edxml::{PacketDate, StatusCode};

use super::nation::*;
use crate::packet::Packet;
use crate::refusal::Refusal;
use crate::standing::{Ask, Nonsense};
use crate::trace::What;
use crate::{Kind, TransportStatus, commands};

/// Huế has sent document 1 to the ministry of justice and to Đà Nẵng.
async fn sent() -> (Nation, commands::Accepted) {
    let nation = Nation::new().await;
    let packet = written(&document(HUE, &[JUSTICE, DANANG], 1), "text");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    (nation, accepted)
}

/// By which its recipient speaks of it.
fn about(number: u32) -> ResponseFor {
    ResponseFor {
        organ_id: HUE.to_owned(),
        code: format!("{number}/UBND-VP"),
        document_id: document_id(HUE, number),
        promulgation_date: PacketDate::received("2026/11/20"),
    }
}

fn said(delivery: &crate::Delivery) -> &str {
    delivery.business().map_or("", |code| code.code())
}

#[tokio::test]
async fn a_status_moves_the_document_and_reaches_its_sender() {
    let (nation, accepted) = sent().await;
    let told = nation.send("sys.hub", &status(JUSTICE, HUE, 1, "01")).await.unwrap();
    let packet: Packet = nation.packet(told.packet).await;
    assert_eq!((packet.kind, packet.business.as_str()), (Kind::Status, "s01"));
    assert_eq!(packet.status_code.as_deref(), Some("01"));
    assert_eq!(packet.about_code.as_deref(), Some(HUE));
    assert_eq!(packet.document_id, document_id(HUE, 1));
    assert_eq!(nation.waiting("sys.H57", Kind::Status).await, told.deliveries);
    assert!(nation.waiting("sys.H57", Kind::Document).await.is_empty());

    let delivery = nation.delivery(accepted.deliveries[0]).await;
    assert_eq!(said(&delivery), "01");
    assert_eq!(delivery.standing_at, Some(nation.now()));
    assert_eq!(said(&nation.delivery(accepted.deliveries[1]).await), "", "of the other nothing");
    let trace = nation.trace(accepted.packet).await;
    assert_eq!(trace[1], (What::Said, "01".to_owned()));
}

#[tokio::test]
async fn late_and_repeated_words_are_written_down_and_change_nothing() {
    let (nation, accepted) = sent().await;
    for code in ["03", "01", "05", "04", "02"] {
        nation.send("sys.hub", &status(JUSTICE, HUE, 1, code)).await.unwrap();
    }
    let delivery = nation.delivery(accepted.deliveries[0]).await;
    assert_eq!(said(&delivery), "05");
    let again = nation.send("sys.hub", &status(JUSTICE, HUE, 1, "05")).await.unwrap();
    assert!(again.repeated);
    // The same word at another time is another packet, and passed on.
    let later = status_at(JUSTICE, HUE, (1, "05"), "2026/11/23 10:00:00");
    assert!(!nation.send("sys.hub", &later).await.unwrap().repeated);
    let trace = nation.trace(accepted.packet).await;
    let words: Vec<_> = trace.iter().map(|(what, code)| (*what, code.as_str())).collect();
    let expected = [
        (What::Accepted, ""),
        (What::Said, "03"),
        (What::SaidLate, "01"),
        (What::Said, "05"),
        (What::SaidLate, "04"),
        (What::SaidLate, "02"),
        (What::SaidLate, "05"),
    ];
    assert_eq!(words, expected);
    assert_eq!(nation.waiting("sys.H57", Kind::Status).await.len(), 6);
}

#[tokio::test]
async fn nobody_says_a_word_about_the_documents_of_others() {
    let (nation, accepted) = sent().await;
    // Home affairs never got it: what it says moves nothing, and is passed on with a remark.
    let stranger = nation.send("sys.hub", &status(HOME, HUE, 1, "06")).await.unwrap();
    assert_eq!(nation.trace(stranger.packet).await[1].0, What::AboutUnknown);
    for delivery in nation.deliveries(accepted.packet).await {
        assert_eq!(said(&delivery), "");
    }
    // Huế cannot speak for the ministry.
    let forged = nation.send("sys.H57", &status(JUSTICE, HUE, 1, "06")).await;
    assert!(matches!(forged, Err(Refusal::SenderNotYours { .. })));
    // A recipient cannot call back what it did not send.
    let theirs = String::from_utf8(status(JUSTICE, HUE, 1, "02")).unwrap();
    let theirs = theirs.replace("StatusCode>02<", "StatusCode>13<");
    let refused = nation.send("sys.hub", theirs.as_bytes()).await.unwrap_err();
    assert!(matches!(refused, Refusal::NotYourDocument), "{refused}");
    // Nor is there anything to agree to.
    for code in ["15", "16"] {
        let refused = nation.send("sys.hub", &status(JUSTICE, HUE, 1, code)).await.unwrap_err();
        let Refusal::OutOfPlace { why: Nonsense::NothingAsked, codes } = refused else { panic!() };
        assert_eq!(codes, JUSTICE);
    }
}

#[tokio::test]
async fn codes_on_no_list_and_missing_fields_are_refused() {
    let (nation, _) = sent().await;
    let whole = String::from_utf8(status(JUSTICE, HUE, 1, "03")).unwrap();
    let strange = whole.replace("StatusCode>03<", "StatusCode>07<");
    let refused = nation.send("sys.hub", strange.as_bytes()).await.unwrap_err();
    assert!(matches!(&refused, Refusal::UnknownStatus { code } if code == "07"));
    let id = document_id(HUE, 1);
    let nameless = whole.replace(&format!("<edXML:DocumentId>{id}</edXML:DocumentId>"), "");
    let refused = nation.send("sys.hub", nameless.as_bytes()).await.unwrap_err();
    assert_eq!(refused.code(), "22");
    assert!(refused.to_string().contains("DocumentId is missing"), "{refused}");
    let nobody = whole.replace(">H57<", ">X99<");
    let refused = nation.send("sys.hub", nobody.as_bytes()).await.unwrap_err();
    assert_eq!(refused.code(), "18");
}

#[tokio::test]
async fn a_recall_is_asked_refused_asked_again_and_agreed_to() {
    let (nation, accepted) = sent().await;
    let delivery = accepted.deliveries[0];
    nation.fetch(delivery).await.unwrap();
    nation.send("sys.hub", &status(JUSTICE, HUE, 1, "03")).await.unwrap();

    let ask = |at: &str| status_at(HUE, JUSTICE, (1, "13"), at);
    let asked = nation.send("sys.H57", &ask("2026/11/23 09:00:00")).await.unwrap();
    assert!(nation.waiting("sys.hub", Kind::Status).await.contains(&asked.deliveries[0]));
    let stands = nation.delivery(delivery).await;
    assert_eq!((stands.standing.asked, said(&stands)), (Some(Ask::Recall), "03"));
    assert_eq!(stands.asked_at, Some(nation.now()));
    let refused = nation.send("sys.H57", &ask("2026/11/23 09:05:00")).await.unwrap_err();
    assert!(matches!(&refused, Refusal::OutOfPlace { why: Nonsense::AskedAlready, .. }));

    nation.send("sys.hub", &status(JUSTICE, HUE, 1, "16")).await.unwrap();
    let stands = nation.delivery(delivery).await;
    assert_eq!((stands.standing.asked, stands.standing.refusals), (None, 1));
    assert_eq!(stands.recalled_at, None);
    assert!(crate::queries::open_delivery(nation.ctx(), delivery).await.is_ok());

    nation.send("sys.H57", &ask("2026/11/23 10:00:00")).await.unwrap();
    nation.send("sys.hub", &status(JUSTICE, HUE, 1, "15")).await.unwrap();
    let stands = nation.delivery(delivery).await;
    assert_eq!(stands.recalled_at, Some(nation.now()));
    let opened = crate::queries::open_delivery(nation.ctx(), delivery).await;
    assert!(matches!(opened, Err(Refusal::Recalled)));
    let done = nation.say(delivery, (TransportStatus::Done, "")).await;
    assert!(matches!(done, Err(Refusal::Recalled)));
    let again = nation.send("sys.H57", &ask("2026/11/23 11:00:00")).await.unwrap_err();
    assert!(matches!(&again, Refusal::OutOfPlace { why: Nonsense::Withdrawn, .. }));
    let trace = nation.trace(accepted.packet).await;
    let stations: Vec<What> = trace.iter().map(|(what, _)| *what).collect();
    assert_eq!(
        stations,
        [
            What::Accepted,
            What::Fetched,
            What::Said,
            What::Asked,
            What::Said,
            What::Asked,
            What::Said,
            What::Withdrawn,
        ]
    );
    // The other recipient is not touched.
    assert_eq!(nation.delivery(accepted.deliveries[1]).await.recalled_at, None);
}

#[tokio::test]
async fn what_was_not_fetched_is_called_back_at_once_and_never_handed_out() {
    let (nation, accepted) = sent().await;
    let asked = nation.send("sys.H57", &status(HUE, JUSTICE, 1, "13")).await.unwrap();
    let stands = nation.delivery(accepted.deliveries[0]).await;
    assert_eq!(stands.recalled_at, Some(nation.now()));
    assert!(nation.waiting("sys.hub", Kind::Document).await.is_empty());
    assert!(nation.waiting("sys.hub", Kind::Status).await.is_empty(), "nobody is bothered");
    assert_eq!(nation.delivery(asked.deliveries[0]).await.transport, TransportStatus::Done);
    let trace = nation.trace(accepted.packet).await;
    assert_eq!(trace[1], (What::Withdrawn, "not-fetched".to_owned()));

    // A desk that comes too late is told so.
    nation.send("sys.H57", &status(HUE, DANANG, 1, "13")).await.unwrap();
    let late = accepted.deliveries[1];
    let taken = nation.write(move |tx, ctx| commands::take(tx, ctx, late)).await;
    assert!(matches!(taken, Err(Refusal::Recalled)));
}

#[tokio::test]
async fn an_office_says_what_becomes_of_a_document_and_hears_about_its_own() {
    let (nation, accepted) = sent().await;
    let delivery = accepted.deliveries[1];
    assert_eq!(nation.told().await, [delivery]);
    nation.write(move |tx, ctx| commands::take(tx, ctx, delivery)).await.unwrap();
    for code in [StatusCode::Arrived, StatusCode::Accepted] {
        nation.post_status(about(1), code, "").await.unwrap();
    }
    assert_eq!(said(&nation.delivery(delivery).await), "03");
    let waiting = nation.waiting("sys.H57", Kind::Status).await;
    assert_eq!(waiting.len(), 2);
    let packet = nation.delivery(waiting[1]).await.packet;
    let bytes = String::from_utf8(nation.bytes(packet).await.unwrap()).unwrap();
    assert!(bytes.contains("<edXML:StatusCode>03</edXML:StatusCode>"));
    assert!(bytes.contains("<edXML:OrganName>Ủy ban nhân dân thành phố Đà Nẵng</edXML:OrganName>"));
    // A refusal without a reason is not written.
    let silent = nation.post_status(about(1), StatusCode::Refused, "").await.unwrap_err();
    assert!(matches!(silent, Refusal::NotWritten(_)));

    nation.post(&written(&document(DANANG, &[HUE], 5), "text")).await.unwrap();
    let answer = nation.send("sys.H57", &status(HUE, DANANG, 5, "01")).await.unwrap();
    assert_eq!(nation.told().await, [delivery, answer.deliveries[0]]);
    assert_eq!(said(&nation.standing(DANANG, &document_id(DANANG, 5), HUE).await), "01");
}
