//! Documents are taken in, once each, from those who may send them.

use platform::testing::MONDAY_MORNING;
use wire::edxml::BusinessKind;

use super::nation::*;
use crate::delivery::Route;
use crate::refusal::Refusal;
use crate::trace::What;
use crate::work::TaskKind;
use crate::{Kind, Origin, SignatureState, TransportStatus, queries};

#[tokio::test]
async fn a_document_goes_to_each_of_its_recipients_and_the_bytes_come_back_as_they_were() {
    let nation = Nation::new().await;
    let packet = written(&document(HUE, &[JUSTICE, DANANG], 1), "text of the letter");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    assert!(!accepted.repeated);
    assert!(accepted.stranded.is_empty());

    let kept = nation.packet(accepted.packet).await;
    assert_eq!(kept.kind, Kind::Document);
    assert_eq!(kept.origin, Origin::System("sys.H57".to_owned()));
    assert_eq!((kept.from_code.as_str(), kept.from_name.as_str()), (HUE, "Cơ quan H57"));
    assert_eq!(kept.from_unit, Some(nation.unit(HUE).await.0));
    assert_eq!(kept.document_id, document_id(HUE, 1));
    assert_eq!(kept.number_and_notation(), "1/UBND-VP");
    assert_eq!((kept.business.as_str(), kept.attachments), ("0", 1));
    assert_eq!(kept.size_bytes, packet.len() as i64);
    assert_eq!(kept.signature, SignatureState::Absent);
    assert_eq!(kept.accepted_at, MONDAY_MORNING);
    assert_eq!(kept.sent_by_name, "sys.H57");
    assert_eq!(nation.bytes(accepted.packet).await.unwrap(), packet);

    let deliveries = nation.deliveries(accepted.packet).await;
    let ways: Vec<_> = deliveries.iter().map(|one| (one.to_code.as_str(), one.route)).collect();
    assert_eq!(ways, [(JUSTICE, Route::Mailbox), (DANANG, Route::Desk)]);
    assert!(deliveries.iter().all(|one| one.transport == TransportStatus::Initial));
    assert_eq!(accepted.deliveries, [deliveries[0].id, deliveries[1].id]);
    assert_eq!(nation.waiting("sys.hub", Kind::Document).await, [deliveries[0].id]);
    assert_eq!(nation.told().await, [deliveries[1].id]);
    assert_eq!(nation.trace(accepted.packet).await, [(What::Accepted, String::new())]);

    let log = nation.log().await;
    let entry = log.iter().find(|entry| entry.verb == "axis.accept").unwrap();
    assert_eq!(entry.actor_name, "sys.H57");
    assert_eq!(entry.object, format!("packet:{}", accepted.packet));
}

#[tokio::test]
async fn nothing_of_a_packet_can_be_read_in_the_database() {
    let nation = Nation::new().await;
    let text = "a text that nobody may read";
    let packet = written(&document(HUE, &[JUSTICE], 1), text);
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    let id = accepted.packet;
    let row = nation.read(move |tx| crate::store::bodies::body(tx, id)).await.unwrap();
    let sealed = row.sealed.unwrap();
    let encoded = b"YSB0ZXh0IHRoYXQgbm9ib2R5IG1heSByZWFk";
    assert!(packet.windows(encoded.len()).any(|window| window == encoded));
    for secret in [encoded.as_slice(), b"<edXML", b"OrganId"] {
        assert!(!sealed.windows(secret.len()).any(|window| window == secret));
    }
}

#[tokio::test]
async fn the_same_again_is_the_same_packet() {
    let nation = Nation::new().await;
    let packet = written(&document(HUE, &[JUSTICE, DANANG], 1), "text");
    let first = nation.send("sys.H57", &packet).await.unwrap();
    let again = nation.send("sys.H57", &packet).await.unwrap();
    assert!(again.repeated);
    assert_eq!((again.packet, &again.receipt), (first.packet, &first.receipt));
    assert_eq!(again.deliveries, first.deliveries);
    assert_eq!(nation.count("SELECT COUNT(*) FROM axis_packet").await, 1);
    assert_eq!(nation.count("SELECT COUNT(*) FROM axis_delivery").await, 2);
    assert_eq!(nation.told().await.len(), 1);
    assert_eq!(nation.trace(first.packet).await[1].0, What::Repeated);
    // A recipient named by another code is the same recipient.
    let old = written(&document(JUSTICE, &[HUE], 7), "text");
    let (one, two) = (
        nation.send_to("sys.hub", &old, Some(&[HUE])).await.unwrap(),
        nation.send_to("sys.hub", &old, Some(&[HUE_OLD])).await.unwrap(),
    );
    assert_eq!((two.packet, two.repeated), (one.packet, true));
}

#[tokio::test]
async fn the_same_to_one_more_reaches_just_that_one() {
    let nation = Nation::new().await;
    let packet = written(&document(HUE, &[JUSTICE], 1), "text");
    let first = nation.send("sys.H57", &packet).await.unwrap();
    let more = nation.send_to("sys.H57", &packet, Some(&[JUSTICE, HOME])).await.unwrap();
    assert!(!more.repeated);
    assert_ne!(more.packet, first.packet);
    let new = nation.deliveries(more.packet).await;
    assert_eq!(new.iter().map(|one| one.to_code.as_str()).collect::<Vec<_>>(), [HOME]);
    assert_eq!(more.deliveries, [first.deliveries[0], new[0].id]);
}

#[tokio::test]
async fn the_same_document_with_another_content_is_refused_and_says_what_to_do() {
    let nation = Nation::new().await;
    let one = document(HUE, &[JUSTICE, HOME], 1);
    nation.send("sys.H57", &written(&one, "text")).await.unwrap();
    let again = nation.send("sys.H57", &written(&one, "another text")).await.unwrap_err();
    assert!(matches!(&again, Refusal::SentAlready { codes, .. } if codes == "G15, G09"));
    assert_eq!((again.code(), again.is_passing()), ("22", false));
    let said = again.both(nation.ctx());
    assert!(said.contains("gói cập nhật (loại 2)") && said.contains(" / "), "{said}");
    // As an update it is welcome, as often as there is something new.
    let update = with_business(one, BusinessKind::Update);
    for text in ["new", "newer"] {
        assert!(!nation.send("sys.H57", &written(&update, text)).await.unwrap().repeated);
    }
    assert!(nation.send("sys.H57", &written(&update, "new")).await.unwrap().repeated);
}

#[tokio::test]
async fn two_who_send_the_same_at_the_same_moment_send_it_once() {
    let nation = Nation::new().await;
    let packet = written(&document(HUE, &[JUSTICE, HOME, DANANG], 1), "text");
    let sending = (0..12).map(|_| nation.send("sys.H57", &packet));
    let accepted: Vec<_> = futures_util::future::join_all(sending).await;
    let accepted: Vec<_> = accepted.into_iter().map(Result::unwrap).collect();
    assert_eq!(accepted.iter().filter(|one| !one.repeated).count(), 1);
    assert!(accepted.iter().all(|one| one.packet == accepted[0].packet));
    assert_eq!(nation.count("SELECT COUNT(*) FROM axis_packet").await, 1);
    assert_eq!(nation.count("SELECT COUNT(*) FROM axis_delivery").await, 3);
}

#[tokio::test]
async fn nobody_speaks_for_others() {
    let nation = Nation::new().await;
    let forged = written(&document(JUSTICE, &[HUE], 1), "text");
    let refused = nation.send("sys.H57", &forged).await.unwrap_err();
    assert!(matches!(&refused, Refusal::SenderNotYours { code } if code == JUSTICE));
    assert_eq!(refused.code(), "19");
    let nobody = written(&document("Z99", &[HUE], 1), "text");
    let refused = nation.send("sys.H57", &nobody).await.unwrap_err();
    assert!(matches!(refused, Refusal::SenderUnknown { .. }));
    assert!(matches!(nation.post(&forged).await, Err(Refusal::SenderNotYours { .. })));
    // Named by an old code it is still its own.
    let old = written(&document(HUE_OLD, &[JUSTICE], 2), "text");
    let kept = nation.packet(nation.send("sys.H57", &old).await.unwrap().packet).await;
    assert_eq!(kept.from_code, HUE_OLD);
    assert_eq!(kept.from_unit, Some(nation.unit(HUE).await.0));
    assert_eq!(nation.count("SELECT COUNT(*) FROM axis_packet").await, 1);
}

#[tokio::test]
async fn recipients_that_nobody_knows_or_that_ended_are_told_apart() {
    let nation = Nation::new().await;
    let nobody = written(&document(HUE, &["X01", "X02"], 1), "text");
    let refused = nation.send("sys.H57", &nobody).await.unwrap_err();
    assert!(matches!(&refused, Refusal::ReceiverUnknown { codes } if codes == "X01, X02"));
    assert_eq!(refused.code(), "18");

    let ended = written(&document(HUE, &[JUSTICE, PLANNING], 2), "text");
    let refused = nation.send("sys.H57", &ended).await.unwrap_err();
    assert_eq!(refused.code(), "23");
    let said = refused.both(nation.ctx());
    assert!(said.contains("G12 Bộ Tài chính"), "{said}");

    let empty = written(&document(HUE, &[JUSTICE], 3), "text");
    let nowhere = nation.send_to("sys.H57", &empty, Some(&["  "])).await.unwrap_err();
    assert!(matches!(nowhere, Refusal::NoReceiver));
    assert_eq!(nation.count("SELECT COUNT(*) FROM axis_packet").await, 0);
}

#[tokio::test]
async fn what_nobody_delivers_to_is_on_the_work_list_until_somebody_does() {
    let nation = Nation::new().await;
    let packet = written(&document(HUE, &[JUSTICE, LANGSON, "X01"], 1), "text");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    assert_eq!(accepted.stranded, [LANGSON, "X01"]);
    let tasks = nation.read(|tx| queries::tasks(tx, 10)).await;
    let listed: Vec<_> = tasks.iter().map(|task| (task.kind, task.detail.as_str())).collect();
    assert_eq!(listed, [(TaskKind::Stranded, LANGSON), (TaskKind::Stranded, "X01")]);

    nation.connect("sys.H37", &[LANGSON]).await;
    assert_eq!(nation.waiting("sys.H37", Kind::Document).await, [accepted.deliveries[1]]);
    let tasks = nation.read(|tx| queries::tasks(tx, 10)).await;
    assert_eq!(tasks.len(), 1);
    let trace = nation.trace(accepted.packet).await;
    assert_eq!(trace.last().unwrap(), &(What::Routed, "mailbox".to_owned()));
    assert_eq!(nation.bytes(accepted.packet).await.unwrap(), packet);
}

#[tokio::test]
async fn a_desk_that_opens_gets_what_waited_and_one_that_closes_gives_it_back() {
    let nation = Nation::new().await;
    let packet = written(&document(HUE, &[LANGSON], 1), "text");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    nation.open_desk(LANGSON).await;
    assert_eq!(nation.told().await, accepted.deliveries);
    // Opening it again tells nobody twice.
    nation.open_desk(LANGSON).await;
    assert_eq!(nation.told().await.len(), 1);
    let (unit, by) = (nation.unit(LANGSON).await, nation.clerk());
    let other = by.clone();
    let taken = nation
        .write(move |tx, ctx| crate::commands::open_desk(tx, ctx, unit, (&other, "other.told")))
        .await;
    assert!(matches!(taken, Err(Refusal::DeskTaken)));
    nation.write(move |tx, ctx| crate::commands::close_desk(tx, ctx, unit, &by)).await.unwrap();
    assert_eq!(nation.delivery(accepted.deliveries[0]).await.route, Route::Nowhere);
}

#[tokio::test]
async fn sixty_three_recipients_get_it_each_once() {
    let nation = Nation::new().await;
    let codes: Vec<String> = (1..=60).map(|number| format!("X{number:02}")).collect();
    let mut to = vec![JUSTICE, HOME, DANANG];
    to.extend(codes.iter().map(String::as_str));
    let packet = written(&document(HUE, &to, 1), "text");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    assert_eq!(accepted.deliveries.len(), 63);
    assert_eq!(accepted.stranded.len(), 60);
    let deliveries = nation.deliveries(accepted.packet).await;
    let named: Vec<&str> = deliveries.iter().map(|one| one.to_code.as_str()).collect();
    assert_eq!(named, to);
    // Twice in one list is once.
    let twice = [to.as_slice(), to.as_slice()].concat();
    let again = nation.send_to("sys.H57", &packet, Some(&twice)).await.unwrap();
    assert_eq!((again.packet, again.deliveries.len()), (accepted.packet, 63));
    let many: Vec<String> = (0..2_001).map(|number| format!("Y{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let refused = nation.send_to("sys.H57", &packet, Some(&many)).await;
    assert!(matches!(refused, Err(Refusal::TooManyReceivers { limit: 2_000 })));
}

#[tokio::test]
async fn what_cannot_be_told_apart_is_refused_by_the_name_of_its_field() {
    let nation = Nation::new().await;
    let whole = String::from_utf8(written(&document(HUE, &[JUSTICE], 1), "text")).unwrap();
    let id = document_id(HUE, 1);
    let element = format!("<edXML:DocumentId>{id}</edXML:DocumentId>");
    let missing = whole.replace(&element, "");
    let refused = nation.send("sys.H57", missing.as_bytes()).await.unwrap_err();
    assert!(matches!(refused, Refusal::Missing { field: "MessageHeader/DocumentId" }));
    assert_eq!(refused.code(), "22");
    let long = whole.replace(&id, &"x".repeat(501));
    let refused = nation.send("sys.H57", long.as_bytes()).await.unwrap_err();
    assert!(matches!(refused, Refusal::TooLong { limit: 500, .. }));
    let strange = with_business(document(HUE, &[JUSTICE], 1), BusinessKind::New);
    let strange = String::from_utf8(written(&strange, "text")).unwrap();
    let strange = strange.replace("DocType>0<", "DocType>44<");
    let refused = nation.send("sys.H57", strange.as_bytes()).await.unwrap_err();
    assert!(matches!(&refused, Refusal::UnknownBusiness { code } if code == "44"));
    assert_eq!(nation.count("SELECT COUNT(*) FROM axis_packet").await, 0);
}

#[tokio::test]
async fn what_an_office_here_sends_is_in_the_same_unit_of_work_or_not_at_all() {
    let nation = Nation::new().await;
    let packet = written(&document(DANANG, &[HUE, JUSTICE], 1), "text");
    let accepted = nation.post(&packet).await.unwrap();
    let kept = nation.packet(accepted.packet).await;
    assert_eq!(kept.origin, Origin::Office(nation.unit(DANANG).await));
    assert_eq!(kept.sent_by_name, "Văn thư Đà Nẵng");
    let (unit, by) = (nation.unit(DANANG).await, nation.clerk());
    let other = nation.shelve(written(&document(DANANG, &[HUE], 2), "text")).await.unwrap();
    let undone: Result<(), Refusal> = nation
        .write(move |tx, ctx| {
            crate::commands::post(tx, ctx, (unit, &by), &other)?;
            Err(Refusal::Nothing)
        })
        .await;
    assert!(undone.is_err());
    assert_eq!(nation.count("SELECT COUNT(*) FROM axis_packet").await, 1);
    let (unit, by) = (nation.unit(HUE).await, nation.clerk());
    let other = nation.shelve(written(&document(HUE, &[JUSTICE], 2), "text")).await.unwrap();
    let no_desk =
        nation.write(move |tx, ctx| crate::commands::post(tx, ctx, (unit, &by), &other)).await;
    assert!(matches!(no_desk, Err(Refusal::NoDesk)));
}

#[tokio::test]
async fn packets_about_one_document_wait_in_the_order_in_which_they_were_accepted() {
    let nation = Nation::new().await;
    let one = document(HUE, &[JUSTICE], 1);
    let mut expected = Vec::new();
    for text in ["first", "second", "third", "fourth"] {
        let document = match text {
            "first" => one.clone(),
            _ => with_business(one.clone(), BusinessKind::Update),
        };
        expected
            .extend(nation.send("sys.H57", &written(&document, text)).await.unwrap().deliveries);
    }
    assert_eq!(nation.waiting("sys.hub", Kind::Document).await, expected);
    let latest =
        nation.read(|tx| queries::by_document(tx, HUE_OLD, &document_id(HUE, 1))).await.unwrap();
    assert_eq!(latest.id, nation.delivery(expected[3]).await.packet);
}
