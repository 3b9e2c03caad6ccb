//! Work dossiers, links, the log of readers, metadata; registers, slips, statistics; the catalogue.

use jiff::SignedDuration;
use jiff::civil::date;
use serde_json::Value;

use super::mail::{DANANG, Mail, act, incoming_page};
use crate::catalogue::paper_allowed;
use crate::commands::indexing::INDEX;
use crate::document::IncomingId;
use crate::queries::statistics::Course;
use crate::work_dossier::archive_due;

const DOSSIERS: &str = "/can-bo/ho-so-cong-viec";
const REMIND: &str = "office.remind-of-archive";

/// Three letters in the book, the first handed out with three working days.
async fn three_letters(mail: &Mail) -> Vec<IncomingId> {
    let mut ids = Vec::new();
    for number in 7..10 {
        ids.push(mail.arrive(number).await);
    }
    let mut clerk = mail.at_work("vanthu").await;
    for id in &ids {
        let page = incoming_page(*id, "tiep-nhan");
        assert_eq!(act(&mut clerk, &page, &[]).await.status, 303);
    }
    let mut head = mail.at_work("lanhdao").await;
    let main = mail.account("chuyenvien").await;
    let fields = [("main", main.as_str()), ("days", "3"), ("instruction", "Tham mưu trả lời")];
    let assigned = act(&mut head, &incoming_page(ids[0], "phan-cong"), &fields).await;
    assert_eq!(assigned.status, 303, "{}", assigned.text);
    mail.run(INDEX).await;
    ids
}

#[tokio::test]
async fn a_dossier_is_opened_filled_closed_reminded_of_handed_on_and_given_to_the_archive() {
    let mail = Mail::new().await;
    let ids = three_letters(&mail).await;
    let mut clerk = mail.at_work("vanthu").await;
    clerk.get(&format!("{DOSSIERS}/mo")).await;
    let new = format!("{DOSSIERS}/mo");
    let fields = [("ma", "12/TCCB"), ("tieu-de", "Phối hợp với Huế"), ("bao-quan", "20")];
    assert_eq!(clerk.post(&new, &fields[..2]).await.status, 422, "no retention period");
    let opened = clerk.post(&new, &fields).await;
    assert_eq!(opened.status, 303, "{}", opened.text);
    let here = opened.location().to_owned();
    let taken = clerk.post(&new, &fields).await;
    assert_eq!(taken.status, 422);
    assert!(taken.has("Phối hợp với Huế"), "what was typed is still there");

    let close = format!("{here}/dong");
    assert_eq!(clerk.post(&close, &[("bao-quan", "20")]).await.status, 409, "it is empty");
    let put = format!("{here}/them");
    for (named, status) in [
        ("7/UBND-VP", 303),
        (format!("/can-bo/van-ban-den/{}", ids[1]).as_str(), 303),
        ("7/UBND-VP", 422),
        ("99/UBND-VP", 422),
        ("", 422),
    ] {
        let answer = clerk.post(&put, &[("van-ban", named), ("loi-ghi", "")]).await;
        assert_eq!(answer.status.as_u16(), status, "{named}: {}", answer.title());
    }
    let page = clerk.get(&here).await;
    assert!(page.has("V/v phối hợp tháng 7") && page.has("V/v phối hợp tháng 8"), "{}", page.text);
    let second = ids[1].0.to_string();
    let out = [("van-ban", second.as_str())];
    assert_eq!(clerk.post(&format!("{here}/lay-ra"), &out).await.status, 303);

    // Nobody else's business, but the leader's.
    assert_eq!(mail.at_work("chuyenvien").await.get(&here).await.status, 404);
    assert_eq!(mail.at_work("lanhdao").await.get(&here).await.status, 200);
    assert_eq!(mail.at_work("vanthu.hue").await.get(&here).await.status, 404);

    assert_eq!(clerk.post(&close, &[("bao-quan", "50")]).await.status, 303);
    assert_eq!(clerk.post(&put, &[("van-ban", "8/UBND-VP")]).await.status, 409, "it is closed");
    let page = clerk.get(&here).await;
    assert!(page.has("23/11/2027") && page.has("50 năm"), "{}", page.text);

    mail.run(REMIND).await;
    assert!(mail.log(REMIND).await.is_empty(), "it is a year until then");
    mail.pass(SignedDuration::from_hours(24 * 340));
    mail.run(REMIND).await;
    mail.run(REMIND).await;
    assert_eq!(mail.log(REMIND).await.len(), 1, "reminded once");
    let mut clerk = mail.at_work("vanthu").await;
    let due = clerk.get(&format!("{DOSSIERS}?xem=den-han-nop-luu")).await;
    assert!(due.has("Phối hợp với Huế"), "{}", due.text);

    let taker = mail.account("chuyenvien").await;
    let nobody = clerk.post(&format!("{here}/chuyen"), &[("can-bo", "")]).await;
    assert_eq!(nobody.status, 422);
    let given = clerk.post(&format!("{here}/chuyen"), &[("can-bo", &taker)]).await;
    assert_eq!(given.status, 303, "{}", given.text);
    let mut holder = mail.at_work("chuyenvien").await;
    assert_eq!(holder.get(&here).await.status, 200);
    let archive = format!("{here}/nop-luu");
    let early = [("den-day", "1"), ("den-month", "1"), ("den-year", "2026")];
    assert_eq!(holder.post(&archive, &early).await.status, 422, "before it was closed");
    let archived = holder.post(&archive, &[("noi-nhan", "Lưu trữ cơ quan")]).await;
    assert_eq!(archived.status, 303, "{}", archived.text);
    assert!(holder.get(&here).await.has("Lưu trữ cơ quan"));
    for verb in ["open", "close", "transfer", "archive"] {
        assert_eq!(mail.log(&format!("office.{verb}-work-dossier")).await.len(), 1, "{verb}");
    }
}

#[tokio::test]
async fn documents_are_linked_read_and_described() {
    let mail = Mail::new().await;
    let ids = three_letters(&mail).await;
    let mut clerk = mail.at_work("vanthu").await;
    let here = format!("/can-bo/van-ban/den/{}", ids[0]);
    clerk.get(&here).await;
    let link = format!("{here}/lien-ket");
    for (fields, status) in [
        ([("kieu", "answers"), ("van-ban", "8/UBND-VP")], 303),
        ([("kieu", "answers"), ("van-ban", "8/UBND-VP")], 422),
        ([("kieu", "refers"), ("van-ban", "7/UBND-VP")], 422),
        ([("kieu", "refers"), ("van-ban", "không có")], 422),
        ([("kieu", "loves"), ("van-ban", "9/UBND-VP")], 422),
    ] {
        let answer = clerk.post(&link, &fields).await;
        assert_eq!(answer.status.as_u16(), status, "{fields:?}: {}", answer.title());
    }
    let other = clerk.get(&format!("/can-bo/van-ban/den/{}", ids[1])).await;
    assert!(other.has("Được trả lời bằng") && other.has("V/v phối hợp tháng 7"), "{}", other.text);
    // The handler of the first sees the link, and not what it leads to.
    let mut handler = mail.at_work("chuyenvien").await;
    let seen = handler.get(&here).await;
    assert!(seen.has("không được mở") && !seen.has("tháng 8"), "{}", seen.text);
    assert_eq!(handler.get(&format!("/can-bo/van-ban/den/{}", ids[1])).await.status, 404);
    assert!(!seen.has("Nhật ký mở văn bản"), "the log is for clerks and leaders");

    for _ in 0..2 {
        assert_eq!(handler.get(&format!("/can-bo/van-ban-den/{}", ids[0])).await.status, 200);
    }
    let log = clerk.get(&here).await;
    assert!(log.has("Nhật ký mở văn bản") && log.has("Cán bộ chuyenvien"), "{}", log.text);
    let readings = mail.log("office.read").await;
    let theirs = readings.iter().filter(|act| act.actor_name == "Cán bộ chuyenvien");
    assert_eq!(theirs.count(), 1, "once a day");

    let json = clerk.get(&format!("{here}/sieu-du-lieu.json")).await;
    let described: Value = serde_json::from_str(&json.text).unwrap();
    assert_eq!(described["CodeNumber"], "7");
    assert_eq!(described["CodeNotation"], "UBND-VP");
    assert_eq!(described["IssuedDate"], "2026-11-20");
    assert_eq!(described["ArrivalNumber"], "01");
    assert_eq!(described["FileCode"]["OrganId"], DANANG);
    assert_eq!(described["SignerInfo"]["FullName"], "Trần Văn Huế");
    let sheet = clerk.get(&format!("{here}/sieu-du-lieu.csv")).await;
    assert!(sheet.has("Subject,V/v phối hợp tháng 7"), "{}", sheet.text);
    let other = ids[1].0.to_string();
    let fields = [("kieu", "answers"), ("kia", other.as_str())];
    assert_eq!(clerk.post(&format!("{here}/lien-ket/bo"), &fields).await.status, 303);
    assert_eq!(clerk.post(&format!("{here}/lien-ket/bo"), &fields).await.status, 404);
}

#[tokio::test]
async fn registers_show_every_number_with_the_columns_of_the_decree() {
    let folder = tempfile::tempdir().unwrap();
    let press = platform::testing::press(folder.path(), "So").unwrap();
    let mail = Mail::with(Some(press)).await;
    let ids = three_letters(&mail).await;
    let mut clerk = mail.at_work("vanthu").await;
    let page = clerk.get("/can-bo/so-van-ban?so=van-ban-den").await;
    assert_eq!(page.status, 200);
    let heads = page.text.matches("<th scope=\"col\">").count();
    assert_eq!(heads, 10, "{}", page.text);
    for text in ["7/UBND-VP", "Công văn: V/v phối hợp tháng 9", "Cán bộ chuyenvien"] {
        assert!(page.has(text), "{text}: {}", page.text);
    }
    let follow = clerk.get("/can-bo/so-van-ban?so=theo-doi").await;
    assert_eq!(follow.text.matches("<th scope=\"col\">").count(), 7);
    assert!(follow.has("26/11/2026"), "three working days: {}", follow.text);
    let sheet = clerk.get("/can-bo/so-van-ban/xuat?so=theo-doi").await;
    assert_eq!(sheet.text.trim_end().split('\n').count(), 4, "{}", sheet.text);
    let earlier = "so=van-ban-den&tu-day=1&tu-month=10&tu-year=2026&den-day=31&den-month=10\
        &den-year=2026";
    assert!(clerk.get(&format!("/can-bo/so-van-ban?{earlier}")).await.has("không có dòng nào"));
    let reversed = "so=van-ban-den&tu-day=2&tu-month=11&tu-year=2026&den-day=1&den-month=11\
        &den-year=2026";
    assert_eq!(clerk.get(&format!("/can-bo/so-van-ban?{reversed}")).await.status, 422);
    assert_eq!(mail.at_work("chuyenvien").await.get("/can-bo/so-van-ban").await.status, 404);

    let asked = || -> Value {
        serde_json::from_slice(&std::fs::read(folder.path().join("asked")).unwrap()).unwrap()
    };
    let printed = clerk.get("/can-bo/so-van-ban/in?so=van-ban-den").await;
    assert!(printed.bytes.starts_with(b"%PDF"), "{}", printed.text);
    let sent = asked();
    assert_eq!(sent["template"], "register-in");
    assert_eq!(sent["data"]["year"], "2026");
    assert_eq!(sent["data"]["rows"][0]["number"], "01");
    assert_eq!(sent["data"]["rows"][2]["subject"], "Công văn: V/v phối hợp tháng 9");
    let slip = format!("/can-bo/van-ban/den/{}/phieu-giai-quyet", ids[0]);
    assert!(clerk.get(&slip).await.bytes.starts_with(b"%PDF"));
    let sent = asked();
    assert_eq!(sent["template"], "handling-slip");
    assert_eq!(sent["data"]["symbol"], "7/UBND-VP");
    let opinion = sent["data"]["leaders"][0]["text"].as_str().unwrap();
    assert!(opinion.contains("Chủ trì: Cán bộ chuyenvien"), "{opinion}");
    assert!(opinion.contains("Tham mưu trả lời"), "{opinion}");
    assert!(sent["data"]["qr"].as_str().unwrap().contains("<svg"));
    assert_eq!(mail.at_work("phoihop").await.get(&slip).await.status, 404);
    assert!(clerk.get("/can-bo/tim-van-ban/in?tim=phoi").await.bytes.starts_with(b"%PDF"));
    assert_eq!(asked()["data"]["rows"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn statistics_weigh_every_task_and_lead_to_it() {
    let mail = Mail::new().await;
    three_letters(&mail).await;
    let mut head = mail.at_work("lanhdao").await;
    let page = head.get("/can-bo/van-ban-thong-ke").await;
    assert_eq!(page.status, 200);
    let person = mail.account("chuyenvien").await;
    let running = format!("nguoi={person}&#38;loai=trong-han");
    assert!(page.has(&running) && page.has("Công văn"), "{}", page.text);
    let list = format!("/can-bo/van-ban-thong-ke/viec?nguoi={person}&loai=trong-han");
    assert!(head.get(&list).await.has("V/v phối hợp tháng 7"));
    mail.pass(SignedDuration::from_hours(24 * 7));
    let mut head = mail.at_work("lanhdao").await;
    assert!(!head.get(&list).await.has("V/v phối hợp tháng 7"), "it is late by now");
    let late = format!("/can-bo/van-ban-thong-ke/viec?nguoi={person}&loai=qua-han");
    assert!(head.get(&late).await.has("V/v phối hợp tháng 7"));
    let sheet = head.get("/can-bo/van-ban-thong-ke/xuat").await;
    assert!(sheet.has("Cán bộ chuyenvien,0,0,0,1,0,1,0"), "{}", sheet.text);
    assert_eq!(mail.at_work("chuyenvien").await.get("/can-bo/van-ban-thong-ke").await.status, 404);
    assert_eq!(mail.at_work("lanhdao.hue").await.get(&late).await.status, 200);
    assert!(!mail.at_work("lanhdao.hue").await.get(&late).await.has("tháng 7"));
}

#[tokio::test]
async fn whoever_leads_or_administers_sees_the_offices_below_one_by_one_and_by_person() {
    let mail = Mail::new().await;
    three_letters(&mail).await;
    let below = "H17.05";
    mail.open_desk(below).await;
    mail.officer("giamdoc", identity::Role::Leader, below).await;
    let mut chief = mail.at_work("giamdoc").await;
    chief.get("/can-bo/viec/giao").await;
    let person = mail.account("sonoivu").await;
    let task = [("title", "Rà soát biên chế"), ("person", person.as_str()), ("days", "2")];
    let given = chief.post("/can-bo/viec/giao", &task).await;
    assert_eq!(given.status, 303, "{}", given.text);
    let unit = mail.unit(below).await;

    for who in ["lanhdao", "quantri"] {
        let mut visitor = mail.at_work(who).await;
        let page = visitor.get("/can-bo/van-ban-thong-ke").await;
        assert_eq!(page.status, 200, "{who}");
        let link = format!("/can-bo/van-ban-thong-ke?don-vi={unit}");
        assert!(page.has(&link) && page.has("Sở Nội vụ thành phố Đà Nẵng"), "{who}: {}", page.text);
        let own = visitor.get(&link).await;
        assert!(own.has("Cán bộ sonoivu") && !own.has("Cán bộ chuyenvien"), "{who}: {}", own.text);
        let behind = format!("/can-bo/van-ban-thong-ke/viec?don-vi={unit}&loai=trong-han");
        assert!(visitor.get(&behind).await.has("Rà soát biên chế"), "{who}");
        let sheet = visitor.get("/can-bo/van-ban-thong-ke/xuat").await;
        for line in [
            "Ủy ban nhân dân thành phố Đà Nẵng,Cán bộ chuyenvien,0,0,1,0,0,1,–",
            "Sở Nội vụ thành phố Đà Nẵng,Cả đơn vị,0,0,1,0,0,1,–",
            "Sở Nội vụ thành phố Đà Nẵng,Cán bộ sonoivu,0,0,1,0,0,1,–",
        ] {
            assert!(sheet.has(line), "{who}: {line}: {}", sheet.text);
        }
    }
    // Not from below, not from beside, and not without the right.
    let own = chief.get("/can-bo/van-ban-thong-ke").await;
    assert!(!own.has("Cán bộ chuyenvien"), "{}", own.text);
    let above = mail.unit(DANANG).await;
    for (who, unit) in [("giamdoc", above), ("lanhdao.hue", unit), ("chuyenvien", unit)] {
        let mut visitor = mail.at_work(who).await;
        let path = format!("/can-bo/van-ban-thong-ke?don-vi={unit}");
        assert_eq!(visitor.get(&path).await.status, 404, "{who}");
        let path = format!("/can-bo/viec/qua-han?don-vi={unit}");
        assert_eq!(visitor.get(&path).await.status, 404, "{who}");
    }

    mail.pass(SignedDuration::from_hours(24 * 7));
    let late = "/can-bo/viec/qua-han?xem=ben-duoi";
    for who in ["lanhdao", "quantri"] {
        let mut visitor = mail.at_work(who).await;
        let page = visitor.get(late).await;
        assert_eq!(page.status, 200, "{who}");
        assert!(page.has("Rà soát biên chế") && page.has("V/v phối hợp tháng 7"), "{}", page.text);
        let opens = page.text.contains(given.location());
        assert!(!opens, "{who} sees that it is late, and not what is in it");
        assert!(page.has(&format!("/can-bo/viec/qua-han?don-vi={unit}")), "{}", page.text);
        let sheet = visitor.get("/can-bo/viec/qua-han/xuat?xem=ben-duoi").await;
        let line = "Sở Nội vụ thành phố Đà Nẵng,Cán bộ sonoivu,Rà soát biên chế,Chủ trì,25/11/2026";
        assert!(sheet.has(line), "{}", sheet.text);
    }
    assert_eq!(mail.at_work("giamdoc").await.get(late).await.status, 404, "nothing lies below");
    assert_eq!(mail.at_work("chuyenvien").await.get(late).await.status, 404);
}

#[tokio::test]
async fn a_slip_has_the_words_of_leaders_of_heads_and_of_handlers_in_their_own_places() {
    let folder = tempfile::tempdir().unwrap();
    let press = platform::testing::press(folder.path(), "Phieu").unwrap();
    let mail = Mail::with(Some(press)).await;
    mail.officer("truongphong", identity::Role::Head, DANANG).await;
    let id = mail.arrive(51).await;
    let mut clerk = mail.at_work("vanthu").await;
    act(&mut clerk, &incoming_page(id, "tiep-nhan"), &[]).await;
    let mut leader = mail.at_work("lanhdao").await;
    let head = mail.account("truongphong").await;
    let words = [("main", head.as_str()), ("instruction", "Phòng Nội vụ tham mưu")];
    act(&mut leader, &incoming_page(id, "phan-cong"), &words).await;
    let first = async || mail.read(move |tx| crate::store::tasks::of_incoming(tx, id)).await;
    let page = |task: &crate::task::Task, act: &str| format!("/can-bo/viec/{}/lam/{act}", task.id);
    let mut chief = mail.at_work("truongphong").await;
    let handler = mail.account("chuyenvien").await;
    let on = [("person", handler.as_str()), ("note", "Soạn trước thứ Năm")];
    act(&mut chief, &page(&first().await[0], "chuyen"), &on).await;
    let mut worker = mail.at_work("chuyenvien").await;
    let other = mail.account("phoihop").await;
    let on = [("person", other.as_str()), ("note", "Nhờ đối chiếu số liệu")];
    act(&mut worker, &page(&first().await[1], "chuyen"), &on).await;
    let slip = format!("/can-bo/van-ban/den/{id}/phieu-giai-quyet");
    assert!(clerk.get(&slip).await.bytes.starts_with(b"%PDF"));
    let asked = std::fs::read(folder.path().join("asked")).unwrap();
    let sent: Value = serde_json::from_slice(&asked).unwrap();
    let said = |place: &str| -> Vec<(String, String)> {
        let all = sent["data"][place].as_array().unwrap().iter();
        let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
        all.map(|one| (text(one, "name"), text(one, "text"))).collect()
    };
    let (leaders, heads, handlers) = (said("leaders"), said("heads"), said("handlers"));
    assert_eq!(leaders.len(), 1);
    assert!(leaders[0].0 == "Cán bộ lanhdao" && leaders[0].1.contains("Phòng Nội vụ tham mưu"));
    assert_eq!(heads.len(), 1);
    assert!(heads[0].0 == "Cán bộ truongphong" && heads[0].1.contains("Soạn trước thứ Năm"));
    assert_eq!(handlers[0].0, "Cán bộ chuyenvien");
    assert!(handlers[0].1.contains("Nhờ đối chiếu số liệu"), "{handlers:?}");
}

#[tokio::test]
async fn a_type_on_the_list_goes_without_paper_here_and_below_from_its_day_on() {
    let mail = Mail::new().await;
    let mut administrator = mail.at_work("quantri").await;
    let page = "/quan-tri/van-phong/danh-muc-dien-tu";
    assert_eq!(administrator.get(page).await.status, 200);
    let unit = mail.unit(DANANG).await.0.to_string();
    let days = [("tu-day", "1"), ("tu-month", "12"), ("tu-year", "2026")];
    let mut fields = vec![("cua", unit.as_str()), ("loai", "cong-van"), ("loai", "giay-moi")];
    fields.extend(days);
    assert_eq!(administrator.post(page, &fields).await.status, 422, "no decision is named");
    fields.push(("can-cu", "Quyết định số 12/QĐ-UBND"));
    assert_eq!(administrator.post(page, &fields).await.status, 303);
    assert_eq!(administrator.post(page, &fields).await.status, 422, "it counts already");
    let shown = administrator.get(page).await;
    assert!(shown.has("Giấy mời") && shown.has("12/QĐ-UBND"), "{}", shown.text);

    let above = mail.unit(DANANG).await;
    let below = mail.unit("H17.05").await;
    let beside = mail.unit("H57").await;
    let allowed = move |tx: &mut platform::store::Tx| {
        let mut found = Vec::new();
        for (unit, kind, day) in [
            (above, "cong-van", date(2026, 11, 30)),
            (above, "cong-van", date(2026, 12, 1)),
            (below, "cong-van", date(2027, 5, 1)),
            (below, "quyet-dinh", date(2027, 5, 1)),
            (beside, "cong-van", date(2027, 5, 1)),
        ] {
            found.push(paper_allowed(tx, unit, kind, day)?);
        }
        Ok(found)
    };
    assert_eq!(mail.read(allowed).await, [true, false, false, true, true]);
    let end = shown.text.split("action=\"").find(|piece| piece.contains("/ket-thuc\"")).unwrap();
    let end = end.split('"').next().unwrap().to_owned();
    for stranger in ["vanthu", "vanthu.hue"] {
        let mut visitor = mail.at_work(stranger).await;
        assert_eq!(visitor.get(page).await.status, 404, "{stranger}");
        assert_eq!(visitor.post(&end, &[]).await.status, 404, "{stranger}");
    }
    assert_eq!(administrator.post(&end, &[("cua", &unit)]).await.status, 303);
    assert_eq!(mail.log("office.add-paperless-type").await.len(), 2);
    assert_eq!(mail.log("office.end-paperless-type").await.len(), 1);
}

#[test]
fn a_course_is_weighed_by_days() {
    let (due, today) = (Some(date(2026, 11, 26)), date(2026, 11, 26));
    for (due, ended, expected) in [
        (None, None, Course::Untimed),
        (due, Some(date(2026, 11, 26)), Course::DoneInTime),
        (due, Some(date(2026, 11, 27)), Course::DoneLate),
        (due, None, Course::Running),
        (Some(date(2026, 11, 25)), None, Course::Overdue),
    ] {
        assert_eq!(Course::of(due, ended, today), expected);
    }
    assert_eq!(archive_due(date(2028, 2, 29)), date(2029, 2, 28));
}
