//! Express at a set time: typed, sent, judged when it comes, listed by the hour, told of in time.

use jiff::civil::{date, time};
use jiff::{SignedDuration, Timestamp};
use wire::edxml::Packet;

use super::mail::{DANANG, HUE, Mail, act, document_id, incoming_page, letter, packet, pdf};
use super::noticing::{address, told};
use super::outgoing::{DRAFTS, Office, add, does};
use crate::commands::incoming::unpacking;
use crate::express::{Nearness, hour, moment, read, written};
use crate::incoming::Sender;
use crate::store::incoming;

const LIST: &str = "/can-bo/van-ban-den";

#[test]
fn an_hour_is_written_as_people_write_it_and_read_back() {
    for (typed, expected) in [
        ("14:30", Some(time(14, 30, 0, 0))),
        ("14h30", Some(time(14, 30, 0, 0))),
        ("7 giờ", Some(time(7, 0, 0, 0))),
        ("24:00", None),
        ("14:75", None),
        ("14:30:15", None),
        ("chiều", None),
        ("", None),
    ] {
        assert_eq!(hour(typed), expected, "{typed}");
    }
    let at = moment(date(2026, 11, 25), time(14, 30, 0, 0));
    assert_eq!(written(at), "Hỏa tốc hẹn giờ: 14:30 ngày 25/11/2026");
    assert_eq!(read(&written(at), ""), Some(at));
    assert_eq!(read("V/v họp. Hoả tốc hẹn giờ 14 giờ 30, ngày 25-11-2026.", ""), Some(at));
    assert_eq!(read("", "2026/11/25 14:30:00"), Some(at), "as other systems may have it");
    for nonsense in ["Hỏa tốc hẹn giờ: 14:30", "Hỏa tốc hẹn giờ: 99:30 ngày 25/11/2026", "14:30"]
    {
        assert_eq!(read(nonsense, "2026/11/25"), None, "{nonsense}");
    }
    let near = |minutes| Nearness::of(at, at - SignedDuration::from_mins(minutes));
    assert_eq!([near(61), near(60), near(0)], [Nearness::Ahead, Nearness::Near, Nearness::Over]);
}

/// Monday, the 23rd, at this hour.
fn monday(hour: i8, minute: i8) -> Timestamp {
    moment(date(2026, 11, 23), time(hour, minute, 0, 0))
}

const DAY: [(&str, &str); 3] =
    [("express-day", "23"), ("express-month", "11"), ("express-year", "2026")];

#[tokio::test(flavor = "multi_thread")]
async fn the_hour_goes_from_the_draft_to_the_receiver() {
    let Some(office) = Office::new().await else { return };
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    drafter.get(&format!("{DRAFTS}/tao")).await;
    let base = [("kind", "cong-van"), ("subject", "Ứng phó bão"), ("urgency", "4")];
    for (more, fault) in [
        (vec![], "Chưa ghi ngày hẹn"),
        (DAY.to_vec(), "Nhập giờ hẹn"),
        ([&DAY[..], &[("express-hour", "25:10")]].concat(), "Nhập giờ hẹn"),
        ([&DAY[..], &[("express-hour", "8:00")]].concat(), "Giờ hẹn đã qua"),
    ] {
        let fields = [&base[..], &more].concat();
        let answer = drafter.post(&format!("{DRAFTS}/tao"), &fields).await;
        assert!(answer.title().starts_with("Lỗi: ") && answer.has(fault), "{}", answer.text);
        assert!(answer.has("Ứng phó bão"), "nothing typed is lost");
    }
    let hour = [&DAY[..], &[("express-hour", "15h30"), ("urgency", "4")]].concat();
    let id = office.begun(&mut drafter, "Ứng phó bão", &hour).await;
    assert_eq!(office.one(id).await.express_at, Some(monday(15, 30)));
    let form = drafter.get(&format!("{DRAFTS}/{id}/sua")).await;
    assert_eq!(
        (form.input("express-hour"), form.input("express-day")),
        (Some("15:30"), Some("23"))
    );
    assert!(drafter.get(DRAFTS).await.has("Hẹn giờ: 23/11/2026 15:30"));
    drafter.get(&format!("{DRAFTS}/{id}/tep")).await;
    let pdf = platform::testing::pdf("Ung pho bao");
    let files = [("main", "bao.pdf", "application/pdf", pdf.as_slice())];
    drafter.upload(&format!("{DRAFTS}/{id}/tep"), &[], &files).await;
    add(&mut drafter, id, &[("add", "agency"), ("code", DANANG)]).await;
    office.on_to_its_issue(&mut drafter, id).await;

    let one = office.one(id).await;
    let sent = axis::PacketId(one.packet.unwrap());
    let reading = unpacking::reading(office.mail.ctx(), sent).await.unwrap();
    let Packet::Document(document) = reading.packet else { panic!("a document was sent") };
    assert_eq!(document.other.priority, "4");
    assert_eq!(document.content, "Hỏa tốc hẹn giờ: 15:30 ngày 23/11/2026");
    let (unit, named) = (office.mail.unit(DANANG).await, one.document_id.unwrap());
    let from = Sender { code: HUE, unit: None };
    let came = office.mail.read(move |tx| incoming::by_document(tx, unit, (from, &named))).await;
    assert_eq!(came.unwrap().express_at, Some(monday(15, 30)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_whose_hour_is_over_goes_to_no_signer() {
    let office = Office::bare(None).await;
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let hour = [&DAY[..], &[("express-hour", "10:00"), ("urgency", "4")]].concat();
    let id = office.begun(&mut drafter, "Trễ giờ", &hour).await;
    office.mail.pass(SignedDuration::from_hours(2));
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    drafter.get(&format!("{DRAFTS}/{id}/tep")).await;
    let pdf = platform::testing::pdf("Tre gio");
    let files = [("main", "a.pdf", "application/pdf", pdf.as_slice())];
    drafter.upload(&format!("{DRAFTS}/{id}/tep"), &[], &files).await;
    let answer = super::outgoing::tries(&mut drafter, id, "trinh-ky", &[]).await;
    assert!(answer.has("Giờ hẹn đã qua"), "{}", answer.text);
}

/// A letter of Huế that had to be here by this hour.
async fn arrived(mail: &Mail, number: u32, content: String) -> crate::document::IncomingId {
    let mut document = letter(number);
    document.other.priority = "4".to_owned();
    document.content = content;
    mail.post(&packet(&document, &[("van-ban.pdf", &pdf())])).await;
    mail.of(&document_id(number)).await.id
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_is_judged_by_its_hour_and_stands_first_by_the_hour() {
    let mail = Mail::new().await;
    let later = arrived(&mail, 71, written(monday(17, 0))).await;
    let sooner = arrived(&mail, 72, written(monday(11, 0))).await;
    let late = arrived(&mail, 73, written(monday(8, 30))).await;
    let unsaid = arrived(&mail, 74, String::new()).await;
    let mut clerk = mail.at_work("vanthu").await;
    let list = clerk.get(LIST).await;
    let (_, first) = list.text.split_once("Hỏa tốc hẹn giờ, theo giờ").unwrap();
    let first = first.split("</ul>").next().unwrap();
    let at = |id: &crate::document::IncomingId| first.find(&id.to_string());
    assert!(at(&late) < at(&sooner) && at(&sooner) < at(&later), "{first}");
    assert!(at(&late).is_some() && at(&unsaid).is_none(), "{first}");
    assert!(
        first.contains("Quá giờ hẹn: 23/11/2026 08:30")
            && first.contains("Hẹn giờ: 23/11/2026 17:00"),
        "{first}"
    );
    for (id, said) in [(late, "Đến trễ giờ hẹn"), (sooner, "Đến kịp giờ hẹn")] {
        let page = clerk.get(&format!("{LIST}/{id}")).await;
        assert!(page.has(said), "{said}: {}", page.text);
    }
    assert!(clerk.get(&format!("{LIST}/{unsaid}")).await.has("Bên gửi không ghi giờ hẹn"));
    // Done with is done with.
    let back = [("reason", "Không thuộc thẩm quyền")];
    assert_eq!(act(&mut clerk, &incoming_page(sooner, "tra-lai"), &back).await.status, 303);
    let list = clerk.get(LIST).await;
    let (_, first) = list.text.split_once("Hỏa tốc hẹn giờ, theo giờ").unwrap();
    assert!(!first.split("</ul>").next().unwrap().contains(&sooner.to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_it_in_hand_is_told_an_hour_before_and_when_the_hour_is_over() {
    let mail = Mail::new().await;
    let (clerk_at, handler_at) =
        (address(&mail, "vanthu").await, address(&mail, "chuyenvien").await);
    let id = arrived(&mail, 75, written(monday(14, 0))).await;
    let heard = told(&mail, &clerk_at).await;
    assert_eq!(heard.len(), 1, "it came: {heard:?}");
    let mut clerk = mail.at_work("vanthu").await;
    act(&mut clerk, &incoming_page(id, "tiep-nhan"), &[]).await;
    mail.ctx().clock.set(monday(13, 0));
    let heard = told(&mail, &clerk_at).await;
    assert!(heard[1].contains("còn chưa đầy một giờ (đến 23/11/2026 14:00"), "{heard:?}");
    let main = mail.account("chuyenvien").await;
    let mut head = mail.at_work("lanhdao").await;
    act(&mut head, &incoming_page(id, "phan-cong"), &[("main", &main)]).await;
    mail.ctx().clock.set(monday(14, 0));
    let heard = told(&mail, &handler_at).await;
    assert!(heard[1].starts_with("Văn bản hỏa tốc đã quá giờ hẹn (23/11/2026 14:00"), "{heard:?}");
    assert_eq!(told(&mail, &clerk_at).await.len(), 2, "the clerk has it no more");

    // What was sent back is nobody's hour.
    let id = arrived(&mail, 76, written(monday(16, 0))).await;
    let mut clerk = mail.at_work("vanthu").await;
    let back = [("reason", "Gửi nhầm")];
    assert_eq!(act(&mut clerk, &incoming_page(id, "tra-lai"), &back).await.status, 303);
    let before = told(&mail, &clerk_at).await.len();
    mail.ctx().clock.set(monday(17, 0));
    assert_eq!(told(&mail, &clerk_at).await.len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_author_hears_when_the_hour_of_what_waits_for_its_signer_is_near() {
    let Some(office) = Office::new().await else { return };
    let mail = &office.mail;
    let author = address(mail, "chuyenvien.hue").await;
    let mut drafter = mail.at_work("chuyenvien.hue").await;
    let id = office.drafted(&mut drafter, "Điều động").await;
    let page = drafter.get(&format!("{DRAFTS}/{id}/sua")).await;
    let version = page.input("version").unwrap().to_owned();
    let signer = mail.account("lanhdao.hue").await;
    let fields = [
        ("version", version.as_str()),
        ("kind", "cong-van"),
        ("subject", "Điều động"),
        ("urgency", "4"),
        ("signer", &signer),
        ("express-hour", "16:00"),
    ];
    let changed = drafter.post(&format!("{DRAFTS}/{id}/sua"), &[&fields[..], &DAY].concat()).await;
    assert_eq!(changed.status, 303, "{}", changed.text);
    does(&mut drafter, id, "trinh-ky", &[]).await;
    assert!(told(mail, &author).await.is_empty());
    mail.ctx().clock.set(monday(15, 1));
    let heard = told(mail, &author).await;
    assert!(heard[0].contains("còn chưa đầy một giờ (đến 23/11/2026 16:00"), "{heard:?}");
}
