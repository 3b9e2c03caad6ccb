//! Whether the recipients have it, and the receipts.

use wire::algorithm::{Curve, PublicKey};
use wire::jws;

use super::nation::*;
use crate::receipt::{Claim, ClaimKind};
use crate::refusal::Refusal;
use crate::system::SystemId;
use crate::trace::What;
use crate::work::TaskKind;
use crate::{Kind, TransportStatus, queries};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Checked with the published key alone.
async fn claim(nation: &Nation, receipt: &str) -> Claim {
    let keys = nation.read(queries::keys).await;
    let read = jws::read(receipt, None).unwrap();
    let signature = &read.signatures[0];
    let kid = signature.header.key_id.as_deref();
    let key = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"].as_str() == kid);
    let number = |name: &str| URL_SAFE_NO_PAD.decode(key.unwrap()[name].as_str().unwrap()).unwrap();
    let point = [&[4][..], &number("x"), &number("y")].concat();
    let key = PublicKey::Ec { curve: Curve::P256, point };
    serde_json::from_slice(read.check(signature, &key).unwrap()).unwrap()
}

#[tokio::test]
async fn both_sides_get_a_receipt_that_names_the_very_bytes() {
    let nation = Nation::new().await;
    let packet = written(&document(HUE, &[JUSTICE, DANANG], 1), "text");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    let kept = nation.packet(accepted.packet).await;
    let said = claim(&nation, &accepted.receipt).await;
    let expected = Claim {
        kind: ClaimKind::Accepted,
        doc_id: accepted.packet.0,
        from: HUE.to_owned(),
        to: vec![JUSTICE.to_owned(), DANANG.to_owned()],
        document_id: document_id(HUE, 1),
        sha256: kept.sha256.clone(),
        size_bytes: packet.len() as i64,
        at: nation.now(),
        axis: "http://localhost".to_owned(),
    };
    assert_eq!(said, expected);
    assert_eq!(kept.receipt, accepted.receipt);

    let delivery = accepted.deliveries[0];
    assert_eq!(nation.delivery(delivery).await.receipt, None);
    nation.pass_seconds(90);
    nation.fetch(delivery).await.unwrap();
    let fetched = nation.delivery(delivery).await;
    assert_eq!(fetched.transport, TransportStatus::Processing);
    let receipt = fetched.receipt.unwrap();
    let said = claim(&nation, &receipt).await;
    assert_eq!((said.kind, said.doc_id), (ClaimKind::Delivered, delivery.0));
    assert_eq!((said.to, said.sha256), (vec![JUSTICE.to_owned()], kept.sha256));
    assert_eq!(said.at, nation.now());
    nation.say(delivery, (TransportStatus::Done, "")).await.unwrap();
    assert_eq!(nation.delivery(delivery).await.receipt.unwrap(), receipt, "given once");
    // One key signs all, and only its public half is published.
    let keys = nation.read(queries::keys).await;
    assert_eq!(keys["keys"].as_array().unwrap().len(), 1);
    assert!(!keys.to_string().contains("\"d\""));
}

#[tokio::test]
async fn a_changed_receipt_proves_nothing() {
    let nation = Nation::new().await;
    let packet = written(&document(HUE, &[JUSTICE], 1), "text");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    let mut parts: Vec<&str> = accepted.receipt.split('.').collect();
    let payload = String::from_utf8(URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    let forged = URL_SAFE_NO_PAD.encode(payload.replace("H57", "H17"));
    parts[1] = &forged;
    let forged = parts.join(".");
    let keys = nation.read(queries::keys).await;
    let number =
        |name: &str| URL_SAFE_NO_PAD.decode(keys["keys"][0][name].as_str().unwrap()).unwrap();
    let point = [&[4][..], &number("x"), &number("y")].concat();
    let key = PublicKey::Ec { curve: Curve::P256, point };
    let read = jws::read(&forged, None).unwrap();
    assert!(read.check(&read.signatures[0], &key).is_err());
}

#[tokio::test]
async fn what_is_not_marked_done_comes_back_and_what_is_done_does_not() {
    let nation = Nation::new().await;
    let mut ids = Vec::new();
    for number in 1..=3 {
        let packet = written(&document(HUE, &[JUSTICE], number), "text");
        ids.extend(nation.send("sys.H57", &packet).await.unwrap().deliveries);
    }
    assert_eq!(nation.waiting("sys.hub", Kind::Document).await, ids);
    nation.fetch(ids[0]).await.unwrap();
    assert_eq!(nation.waiting("sys.hub", Kind::Document).await, ids, "fetched is not done");
    nation.pass_seconds(400);
    nation.say(ids[0], (TransportStatus::Done, "")).await.unwrap();
    nation.say(ids[1], (TransportStatus::Fail, "không mở được tệp")).await.unwrap();
    assert_eq!(nation.waiting("sys.hub", Kind::Document).await, [ids[2]]);
    let system = SystemId::parse("sys.hub").unwrap();
    let waiting = nation.read(move |tx| queries::count_waiting(tx, &system, Kind::Document)).await;
    assert_eq!(waiting, 1);
    let failed = nation.delivery(ids[1]).await;
    assert_eq!(failed.description, "không mở được tệp");
    let tasks = nation.read(|tx| queries::tasks(tx, 10)).await;
    assert_eq!(
        (tasks.len(), tasks[0].kind, tasks[0].delivery),
        (1, TaskKind::Failed, Some(ids[1]))
    );

    // Done is the end; what failed may still be fetched, and then nobody has to look any more.
    let back = nation.say(ids[0], (TransportStatus::Fail, "")).await;
    assert!(matches!(back, Err(Refusal::DoneAlready)));
    nation.say(ids[0], (TransportStatus::Done, "again")).await.unwrap();
    nation.say(ids[1], (TransportStatus::Done, "")).await.unwrap();
    assert!(nation.read(|tx| queries::tasks(tx, 10)).await.is_empty());
    let trace = nation.trace(nation.delivery(ids[1]).await.packet).await;
    let stations: Vec<What> = trace.iter().map(|(what, _)| *what).collect();
    assert_eq!(stations, [What::Accepted, What::Failed, What::Done]);
    let taken = nation
        .read(|tx| {
            let all = platform::figures::Period {
                first: "2026-11-01".parse().unwrap(),
                last: "2026-11-30".parse().unwrap(),
            };
            let slow = [("agency", JUSTICE), ("delay", "1-hour")];
            platform::figures::total(tx, "axis.delivered", &slow, all)
        })
        .await;
    assert_eq!(taken, 2);
}

#[tokio::test]
async fn a_system_sees_its_own_mailboxes_and_what_it_sent_and_nothing_else() {
    let nation = Nation::new().await;
    let packet = written(&document(HUE, &[JUSTICE, DANANG], 1), "text");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    let see = async |system: &str, id: uuid::Uuid| {
        let system = SystemId::parse(system).unwrap();
        let found = nation.read(move |tx| queries::for_system(tx, &system, id)).await;
        found.map(|(packet, own)| (packet, own.first().map(|one| one.id)))
    };
    let (id, mailbox, desk) = (accepted.packet, accepted.deliveries[0], accepted.deliveries[1]);
    assert_eq!(see("sys.hub", mailbox.0).await, Some((id, Some(mailbox))));
    assert_eq!(see("sys.hub", id.0).await, Some((id, Some(mailbox))));
    assert_eq!(see("sys.H57", id.0).await, Some((id, None)));
    assert_eq!(see("sys.H57", mailbox.0).await, None);
    assert_eq!(see("sys.hub", desk.0).await, None);
    assert_eq!(see("sys.unknown", id.0).await, None);

    let sent = async |system: &str| {
        let system = SystemId::parse(system).unwrap();
        nation.read(move |tx| queries::sent(tx, &system, id)).await
    };
    assert!(sent("sys.hub").await.is_empty());
    nation.send("sys.hub", &status(JUSTICE, HUE, 1, "03")).await.unwrap();
    let rows = sent("sys.H57").await;
    let rows: Vec<_> = rows.iter().map(|row| (row.to_code.as_str(), row.said.as_str())).collect();
    assert_eq!(rows, [(JUSTICE, "03"), (DANANG, "")]);
    let system = SystemId::parse("sys.H57").unwrap();
    let asked = queries::Asked { limit: 10, ..Default::default() };
    let since = nation
        .read(move |tx| queries::sent_since(tx, (&system, Kind::Document), None, &asked))
        .await;
    assert_eq!(since.len(), 2);
}

#[tokio::test]
async fn lists_come_in_pages_and_by_time() {
    let nation = Nation::new().await;
    let mut ids = Vec::new();
    for number in 1..=5 {
        let packet = written(&document(HUE, &[JUSTICE], number), "text");
        ids.extend(nation.send("sys.H57", &packet).await.unwrap().deliveries);
        nation.pass_seconds(60);
    }
    let page = async |asked: queries::Asked| {
        let system = SystemId::parse("sys.hub").unwrap();
        let rows = nation
            .read(move |tx| queries::received(tx, (&system, Kind::Document), None, &asked))
            .await;
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let asked = queries::Asked { limit: 2, ..Default::default() };
    assert_eq!(page(asked.clone()).await, ids[..2]);
    assert_eq!(page(queries::Asked { after: Some(ids[1]), ..asked.clone() }).await, ids[2..4]);
    assert_eq!(page(queries::Asked { after: Some(ids[4]), ..asked.clone() }).await, []);
    let (from, until) = (nation.delivery(ids[1]).await, nation.delivery(ids[3]).await);
    let between = queries::Asked {
        from: Some(from.accepted_at),
        until: Some(until.accepted_at),
        limit: 10,
        ..Default::default()
    };
    assert_eq!(page(between).await, ids[1..3]);
    nation.say(ids[0], (TransportStatus::Done, "")).await.unwrap();
    let system = SystemId::parse("sys.hub").unwrap();
    let done = nation
        .read(move |tx| {
            let done = Some(TransportStatus::Done);
            let asked = queries::Asked { limit: 10, ..Default::default() };
            queries::received(tx, (&system, Kind::Document), done, &asked)
        })
        .await;
    assert_eq!(done.iter().map(|row| row.id).collect::<Vec<_>>(), ids[..1]);
}

#[tokio::test]
async fn what_several_agencies_sent_is_one_list_from_the_latest_on() {
    let nation = Nation::new().await;
    let mut sent = Vec::new();
    for number in 1..=6 {
        let from = if number % 2 == 0 { JUSTICE } else { HOME };
        let packet = written(&document(from, &[HUE, DANANG], number), "text");
        sent.insert(0, nation.send("sys.hub", &packet).await.unwrap().packet);
        nation.pass_seconds(60);
    }
    let page = async |asked: queries::Asked| {
        let system = SystemId::parse("sys.hub").unwrap();
        let rows = nation
            .read(move |tx| queries::sent_since(tx, (&system, Kind::Document), None, &asked))
            .await;
        rows.into_iter().map(|row| (row.id, row.to_code, row.delivery)).collect::<Vec<_>>()
    };
    let all = page(queries::Asked { limit: 100, ..Default::default() }).await;
    let packets: Vec<_> = all.iter().map(|(packet, ..)| *packet).collect();
    let expected: Vec<_> = sent.iter().flat_map(|packet| [*packet, *packet]).collect();
    assert_eq!(packets, expected);
    assert_eq!((all[0].1.as_str(), all[1].1.as_str()), (DANANG, HUE));
    // Pages by their number, and by the last row seen.
    let second = queries::Asked { limit: 5, offset: 5, ..Default::default() };
    assert_eq!(page(second).await, all[5..10]);
    let after = queries::Asked { limit: 5, after: Some(all[4].2), ..Default::default() };
    assert_eq!(page(after).await, all[5..10]);
    // By time, by sender, by recipient.
    let (from, until) = (nation.packet(sent[4]).await, nation.packet(sent[2]).await);
    let between = queries::Asked {
        from: Some(from.accepted_at),
        until: Some(until.accepted_at),
        limit: 100,
        ..Default::default()
    };
    assert_eq!(page(between).await, all[6..10]);
    let justice = nation.unit(JUSTICE).await.to_string();
    let own = queries::Asked { limit: 100, sender: Some(justice), ..Default::default() };
    let own: Vec<_> = page(own).await.into_iter().map(|(packet, ..)| packet).collect();
    assert_eq!(own, [sent[0], sent[0], sent[2], sent[2], sent[4], sent[4]]);
    let hue = nation.unit(HUE).await.to_string();
    let to = queries::Asked { limit: 100, recipient: Some(hue), ..Default::default() };
    assert!(page(to).await.iter().all(|(_, code, _)| code == HUE));
}

#[tokio::test]
async fn from_the_first_byte_on_a_recall_has_to_ask() {
    let nation = Nation::new().await;
    let packet = written(&document(HUE, &[JUSTICE], 1), "text");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    let delivery = accepted.deliveries[0];
    let hand_over = async || {
        let justice = SystemId::parse("sys.hub").unwrap();
        nation.handover.begin(nation.ctx(), &justice, delivery.0).await
    };
    hand_over().await.unwrap();
    let begun = nation.delivery(delivery).await;
    assert_eq!((begun.transport, begun.receipt), (TransportStatus::Processing, None));
    nation.send("sys.H57", &status(HUE, JUSTICE, 1, "13")).await.unwrap();
    let asked = nation.delivery(delivery).await;
    assert!(asked.recalled_at.is_none() && asked.asked_at.is_some());
    // It goes on to its end, and only then the axis says that the recipient has it.
    nation.fetch(delivery).await.unwrap();
    let receipt = nation.delivery(delivery).await.receipt.unwrap();
    nation.fetch(delivery).await.unwrap();
    assert_eq!(nation.delivery(delivery).await.receipt.unwrap(), receipt);
    let trace = nation.trace(accepted.packet).await;
    let fetched = trace.iter().filter(|(what, _)| *what == What::Fetched);
    assert_eq!(fetched.count(), 1);
    nation.send("sys.hub", &status(JUSTICE, HUE, 1, "15")).await.unwrap();
    assert!(matches!(hand_over().await, Err(Refusal::Recalled)));
}
