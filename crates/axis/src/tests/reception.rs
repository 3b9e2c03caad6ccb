//! Packets that come at the same moment are accepted together, and each is answered for itself.

use futures_util::FutureExt;
use futures_util::future::join_all;

use super::nation::*;
use crate::refusal::Refusal;
use crate::{Kind, queries};

const SENT: u32 = 40;

/// Every seventh is from somebody whom the system may not speak for.
fn is_strange(number: u32) -> bool {
    number.is_multiple_of(7)
}

fn letters() -> Vec<Vec<u8>> {
    let from = |number| if is_strange(number) { LANGSON } else { HUE };
    (1..=SENT)
        .map(|number| {
            let letter = document(from(number), &[JUSTICE, DANANG], number);
            written(&letter, &format!("text {number}"))
        })
        .collect()
}

#[tokio::test]
async fn who_comes_in_company_is_answered_like_one_who_comes_alone() {
    let nation = Nation::new().await;
    let letters = letters();
    let sent = join_all(letters.iter().map(|letter| nation.send("sys.H57", letter))).await;
    let mut good = 0;
    for ((number, letter), sent) in (1..).zip(&letters).zip(&sent) {
        if is_strange(number) {
            assert!(matches!(sent, Err(Refusal::SenderNotYours { .. })), "{number}: {sent:?}");
            continue;
        }
        let sent = sent.as_ref().unwrap();
        good += 1;
        assert_eq!(nation.bytes(sent.packet).await.unwrap(), *letter);
        let kept = nation.packet(sent.packet).await;
        assert_eq!(kept.document_id, document_id(HUE, number));
        assert_eq!(kept.receipt, sent.receipt);
        let deliveries = nation.deliveries(sent.packet).await;
        assert_eq!(deliveries.iter().map(|one| one.id).collect::<Vec<_>>(), sent.deliveries);
        assert_eq!(nation.trace(sent.packet).await.len(), 1);
    }
    assert_eq!(nation.waiting("sys.hub", Kind::Document).await.len(), good);
    assert_eq!(nation.told().await.len(), good);
    let log = nation.log().await;
    assert_eq!(log.iter().filter(|entry| entry.verb == "axis.accept").count(), good);
    let day = platform::clock::local(nation.now()).date();
    let period = platform::figures::Period::day(day);
    let counted = nation
        .read(move |tx| platform::figures::total(tx, "axis.accepted", &[("type", "0")], period));
    assert_eq!(counted.await, good as i64);
}

#[tokio::test]
async fn the_same_twice_in_one_company_is_sent_once() {
    let nation = Nation::new().await;
    let letters = letters();
    // The first keeps the hands busy, so that the rest is in one unit of work.
    let again = [&letters[..], &letters[10..12], &letters[10..12]].concat();
    let sent = join_all(again.iter().map(|letter| nation.send("sys.H57", letter))).await;
    let accepted: Vec<_> = sent.iter().filter_map(|one| one.as_ref().ok()).collect();
    let strange = (1..=SENT).filter(|number| is_strange(*number)).count();
    assert_eq!(accepted.len(), again.len() - strange);
    assert_eq!(accepted.iter().filter(|one| one.repeated).count(), 4);
    assert_eq!(sent[10].as_ref().unwrap().packet, sent[42].as_ref().unwrap().packet);
    let good = SENT as usize - strange;
    assert_eq!(nation.waiting("sys.hub", Kind::Document).await.len(), good);
}

#[tokio::test]
async fn words_in_company_change_where_their_documents_stand() {
    let nation = Nation::new().await;
    let letters: Vec<_> = (1..=20)
        .map(|number| written(&document(HUE, &[JUSTICE], number), &format!("text {number}")))
        .collect();
    let sent = join_all(letters.iter().map(|letter| nation.send("sys.H57", letter))).await;
    for sent in &sent {
        nation.fetch(sent.as_ref().unwrap().deliveries[0]).await.unwrap();
    }
    let words: Vec<_> = (1..=20)
        .flat_map(|number| ["01", "03"].map(|code| status(JUSTICE, HUE, number, code)))
        .chain([status(JUSTICE, HUE, 99, "01")])
        .collect();
    let said = join_all(words.iter().map(|word| nation.send("sys.hub", word))).await;
    assert!(said.iter().all(Result::is_ok));
    for sent in &sent {
        let stands = nation.delivery(sent.as_ref().unwrap().deliveries[0]).await;
        assert_eq!(stands.business().unwrap().code(), "03");
    }
    assert_eq!(nation.waiting("sys.H57", Kind::Status).await.len(), 41);
    let about_nothing = said[40].as_ref().unwrap().packet;
    assert_eq!(nation.trace(about_nothing).await.len(), 2, "accepted, and about nothing known");
}

#[tokio::test]
async fn what_was_handed_in_is_accepted_even_if_nobody_waits_for_the_answer() {
    let nation = Nation::new().await;
    let shelved = nation.shelve(letters().remove(0)).await.unwrap();
    let id = shelved.id;
    let hue = sender("sys.H57");
    let handed = nation.reception.receive(nation.ctx(), &hue, &shelved, None);
    assert!(handed.now_or_never().is_none(), "it has to wait for the disk");
    // Behind it in the queue, and so answered after it.
    nation.send("sys.H57", &letters()[1]).await.unwrap();
    while nation.read(move |tx| queries::packet(tx, id)).await.is_none() {
        tokio::task::yield_now().await;
    }
    assert_eq!(nation.waiting("sys.hub", Kind::Document).await.len(), 2);
}
