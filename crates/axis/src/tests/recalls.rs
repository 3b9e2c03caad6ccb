//! Recalls, updates and replacements that come as packets of their own.

use wire::edxml::BusinessKind;

use super::nation::*;
use crate::refusal::Refusal;
use crate::standing::{Ask, Nonsense};
use crate::trace::What;
use crate::{Kind, TransportStatus, commands};

async fn sent(to: &[&str]) -> (Nation, commands::Accepted) {
    let nation = Nation::new().await;
    let packet = written(&document(HUE, to, 1), "text");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    (nation, accepted)
}

fn recall(to: &[&str], text: &str) -> Vec<u8> {
    written(&with_business(document(HUE, to, 1), BusinessKind::Recall), text)
}

#[tokio::test]
async fn a_recall_asks_those_who_have_it_and_takes_it_from_those_who_do_not() {
    let (nation, accepted) = sent(&[JUSTICE, HOME]).await;
    nation.fetch(accepted.deliveries[0]).await.unwrap();
    let recalled = nation.send("sys.H57", &recall(&[JUSTICE, HOME], "why")).await.unwrap();
    let [has, has_not] = [accepted.deliveries[0], accepted.deliveries[1]];
    assert_eq!(nation.delivery(has).await.standing.asked, Some(Ask::Recall));
    assert_eq!(nation.delivery(has).await.recalled_at, None);
    assert_eq!(nation.delivery(has_not).await.recalled_at, Some(nation.now()));
    // Only the one who has it is told.
    let waiting = nation.waiting("sys.hub", Kind::Document).await;
    assert_eq!(waiting, [has, recalled.deliveries[0]]);
    let withheld = nation.delivery(recalled.deliveries[1]).await;
    assert_eq!(withheld.transport, TransportStatus::Done);
    let opened = crate::queries::open_delivery(nation.ctx(), withheld.id).await;
    assert!(matches!(opened, Err(Refusal::Recalled)), "nor does it see why");

    let again = nation.send("sys.H57", &recall(&[JUSTICE], "why again")).await.unwrap_err();
    assert!(matches!(&again, Refusal::OutOfPlace { why: Nonsense::AskedAlready, .. }));
    assert_eq!(again.code(), "22");
    assert!(nation.send("sys.H57", &recall(&[JUSTICE, HOME], "why")).await.unwrap().repeated);

    nation.send("sys.hub", &status(JUSTICE, HUE, 1, "16")).await.unwrap();
    nation.send("sys.H57", &recall(&[JUSTICE], "why again")).await.unwrap();
    nation
        .send("sys.hub", &status_at(JUSTICE, HUE, (1, "15"), "2026/11/23 11:00:00"))
        .await
        .unwrap();
    assert!(nation.delivery(has).await.recalled_at.is_some());
    let opened = crate::queries::open_delivery(nation.ctx(), has).await;
    assert!(matches!(opened, Err(Refusal::Recalled)));
    assert!(nation.bytes(accepted.packet).await.is_ok(), "the sender's own is not touched");
}

#[tokio::test]
async fn a_recall_touches_no_document_of_others() {
    let (nation, accepted) = sent(&[JUSTICE]).await;
    // Home affairs recalls what Huế sent: the DocumentId is the same, the sender is not.
    let mut foreign = document(HOME, &[JUSTICE], 1);
    foreign.document_id = document_id(HUE, 1);
    let foreign = with_business(foreign, BusinessKind::Recall);
    let taken = nation.send("sys.hub", &written(&foreign, "text")).await.unwrap();
    assert_eq!(nation.delivery(accepted.deliveries[0]).await.standing, Default::default());
    assert_eq!(nation.delivery(taken.deliveries[0]).await.transport, TransportStatus::Initial);
    assert_eq!(nation.trace(accepted.packet).await.len(), 1);
}

#[tokio::test]
async fn a_recall_names_its_document_in_one_of_three_places() {
    let (nation, accepted) = sent(&[JUSTICE, HOME]).await;
    for delivery in &accepted.deliveries {
        nation.fetch(*delivery).await.unwrap();
    }
    // A recall with a DocumentId of its own, which answers to the first.
    let mut other = with_business(document(HUE, &[JUSTICE], 9), BusinessKind::Recall);
    other.response_for = vec![wire::edxml::ResponseFor {
        organ_id: HUE.to_owned(),
        document_id: document_id(HUE, 1),
        ..Default::default()
    }];
    nation.send("sys.H57", &written(&other, "text")).await.unwrap();
    assert_eq!(nation.delivery(accepted.deliveries[0]).await.standing.asked, Some(Ask::Recall));
    // Of a document that never went this way nothing is known: the recipient judges.
    let unknown = with_business(document(HUE, &[HOME], 77), BusinessKind::Recall);
    let unknown = nation.send("sys.H57", &written(&unknown, "text")).await.unwrap();
    assert!(nation.waiting("sys.hub", Kind::Document).await.contains(&unknown.deliveries[0]));
    assert_eq!(nation.delivery(accepted.deliveries[1]).await.standing.asked, None);
}

#[tokio::test]
async fn an_update_takes_from_some_and_brings_to_others() {
    let (nation, accepted) = sent(&[JUSTICE, HOME]).await;
    nation.fetch(accepted.deliveries[0]).await.unwrap();
    nation.fetch(accepted.deliveries[1]).await.unwrap();
    let document = document(HUE, &[JUSTICE], 1);
    let update = with_receivers(document, &[(HOME, "0"), (FINANCE, "1")]);
    let updated = nation.send("sys.H57", &written(&update, "new text")).await.unwrap();
    let deliveries = nation.deliveries(updated.packet).await;
    let named: Vec<&str> = deliveries.iter().map(|one| one.to_code.as_str()).collect();
    assert_eq!(named, [JUSTICE, HOME, FINANCE]);
    assert_eq!(nation.delivery(accepted.deliveries[0]).await.standing.asked, Some(Ask::Update));
    assert_eq!(nation.delivery(accepted.deliveries[1]).await.standing.asked, Some(Ask::Recall));
    // Who agrees to an update keeps the document; who agrees to be taken off the list does not.
    nation.send("sys.hub", &status(JUSTICE, HUE, 1, "15")).await.unwrap();
    nation.send("sys.hub", &status(HOME, HUE, 1, "15")).await.unwrap();
    assert_eq!(nation.delivery(accepted.deliveries[0]).await.recalled_at, None);
    assert!(nation.delivery(accepted.deliveries[1]).await.recalled_at.is_some());
    assert_eq!(nation.live(HUE, &document_id(HUE, 1), HOME).await, 0);
    // The new recipient speaks about what it got.
    nation.send("sys.hub", &status(FINANCE, HUE, 1, "03")).await.unwrap();
    let said = nation.delivery(deliveries[2].id).await;
    assert_eq!(said.business().unwrap().code(), "03");
}

#[tokio::test]
async fn who_was_taken_off_the_list_before_fetching_never_gets_it() {
    let (nation, accepted) = sent(&[JUSTICE, HOME]).await;
    let update = with_receivers(document(HUE, &[JUSTICE], 1), &[(HOME, "0")]);
    let updated = nation.send("sys.H57", &written(&update, "new text")).await.unwrap();
    let waiting = nation.waiting("sys.hub", Kind::Document).await;
    assert_eq!(waiting, [accepted.deliveries[0], updated.deliveries[0]]);
    assert!(nation.delivery(accepted.deliveries[1]).await.recalled_at.is_some());
}

#[tokio::test]
async fn a_corrected_document_may_follow_one_that_was_sent_back() {
    let (nation, accepted) = sent(&[JUSTICE]).await;
    nation.fetch(accepted.deliveries[0]).await.unwrap();
    nation.send("sys.hub", &status(JUSTICE, HUE, 1, "02")).await.unwrap();
    let refused = nation.send("sys.H57", &recall(&[JUSTICE], "why")).await.unwrap_err();
    assert!(matches!(&refused, Refusal::OutOfPlace { why: Nonsense::SentBack, .. }));
    let update = with_business(document(HUE, &[JUSTICE], 1), BusinessKind::Update);
    let updated = nation.send("sys.H57", &written(&update, "better")).await.unwrap();
    assert!(nation.waiting("sys.hub", Kind::Document).await.contains(&updated.deliveries[0]));
}

#[tokio::test]
async fn a_replacement_marks_the_old_document_and_comes_once() {
    let (nation, accepted) = sent(&[JUSTICE, HOME]).await;
    let replacement = with_business(document(HUE, &[JUSTICE, HOME], 2), BusinessKind::Replacement);
    nation.send("sys.H57", &written(&replacement, "text")).await.unwrap();
    let trace = nation.trace(accepted.packet).await;
    let marks: Vec<_> = trace.iter().filter(|(what, _)| *what == What::Superseded).collect();
    assert_eq!(marks, [&(What::Superseded, document_id(HUE, 2))], "for the one it names");
    let again = nation.send("sys.H57", &written(&replacement, "other")).await.unwrap_err();
    assert!(matches!(again, Refusal::SentAlready { .. }));
}
