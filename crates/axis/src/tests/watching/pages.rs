//! The pages of whoever looks after the axis.

use platform::testing::Visitor;
use wire::vxp::TransportStatus;

use super::super::nation::*;
use super::{administrator, verbs};
use crate::commands::keeping;
use crate::queries;

const HERE: &str = "/quan-tri/truc";

/// Vietnamese and English; nothing of a page may be an unknown word.
async fn seen(admin: &mut Visitor, path: &str) -> String {
    let mut all = String::new();
    for lang in ["en", "vi"] {
        let mark = if path.contains('?') { '&' } else { '?' };
        let page = admin.get(&format!("{path}{mark}lang={lang}")).await;
        assert_eq!(page.status, 200, "{path} {lang}: {}", page.title());
        assert!(!page.text.contains("axis-"), "{path} {lang} shows a key: {}", page.text);
        all = page.text;
    }
    all
}

async fn busy(nation: &Nation) -> Vec<crate::commands::Accepted> {
    let mut sent = Vec::new();
    for number in 1..=3 {
        let packet = written(&document(HUE, &[JUSTICE, LANGSON, DANANG], number), "text");
        sent.push(nation.send("sys.H57", &packet).await.unwrap());
    }
    nation.say(sent[0].deliveries[0], (TransportStatus::Done, "")).await.unwrap();
    nation.send("sys.hub", &status(JUSTICE, HUE, 1, "03")).await.unwrap();
    nation.send("sys.hub", &status(HOME, HUE, 77, "06")).await.unwrap();
    nation.say(sent[1].deliveries[0], (TransportStatus::Done, "")).await.unwrap();
    sent
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_there_empty_and_full_in_both_languages() {
    let nation = Nation::new().await;
    let mut admin = administrator(&nation).await;
    let pages = [
        "",
        "/goi-tin",
        "/viec",
        "/viec?xem=da-xong",
        "/doi-soat",
        "/luu-giu",
        "/luu-giu/quy-tac",
        "/luu-giu/canh-bao",
        "/bao-tin",
        "/bao-tin/sys.hub",
        "/cau-hinh",
        "/cau-hinh/replay-hours",
        "/cau-hinh/packet-bytes-max",
    ];
    for page in pages {
        seen(&mut admin, &format!("{HERE}{page}")).await;
    }
    let sent = busy(&nation).await;
    for page in pages {
        seen(&mut admin, &format!("{HERE}{page}")).await;
    }
    let packet = seen(&mut admin, &format!("{HERE}/goi-tin/{}", sent[0].packet)).await;
    for expected in ["H37", "đã giao", "03: đã tiếp nhận", "Chưa có đường giao"] {
        assert!(packet.contains(expected), "{expected}: {packet}");
    }
    assert!(packet.contains(&nation.packet(sent[0].packet).await.sha256));
    let overview = seen(&mut admin, HERE).await;
    assert!(overview.contains("<dd>3</dd>"), "three documents: {overview}");
}

#[tokio::test(flavor = "multi_thread")]
async fn packets_are_found_by_words_codes_states_days_and_either_doc_id() {
    let nation = Nation::new().await;
    let sent = busy(&nation).await;
    let mut admin = administrator(&nation).await;
    let list = format!("{HERE}/goi-tin");
    let table = [
        ("?q=bao+cao+thang", 3),
        ("?q=3%2FUBND", 1),
        ("?q=khong+co", 0),
        ("?loai=edoc", 3),
        ("?loai=status", 2),
        ("?tu=000.00.00.H57", 3),
        ("?tu=G15", 1),
        ("?den=H37", 3),
        ("?den=G09", 0),
        ("?den=H57&loai=status", 2),
        ("?trang-thai=done", 2),
        ("?nghiep-vu=0", 3),
        ("?nghiep-vu=1", 0),
        ("?tu-ngay-day=23&tu-ngay-month=11&tu-ngay-year=2026", 5),
        ("?tu-ngay-day=24&tu-ngay-month=11&tu-ngay-year=2026", 0),
        ("?den-ngay-day=22&den-ngay-month=11&den-ngay-year=2026", 0),
    ];
    for (query, count) in table {
        let page = admin.get(&format!("{list}{query}")).await;
        let rows = page.text.matches("<th scope=\"row\">").count();
        assert_eq!(rows, count, "{query}: {}", page.text);
    }
    for id in [sent[0].packet.to_string(), sent[0].deliveries[0].to_string()] {
        let page = admin.get(&format!("{list}?q={id}")).await;
        assert!(page.has(&format!("/goi-tin/{}\"", sent[0].packet)), "{}", page.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_goes_on_where_the_page_before_ended() {
    let nation = Nation::new().await;
    for number in 1..=45 {
        let packet = written(&document(HUE, &[JUSTICE], number), "text");
        nation.send("sys.H57", &packet).await.unwrap();
    }
    let mut admin = administrator(&nation).await;
    for query in ["", "?q=bao+cao"] {
        let (mut path, mut seen) = (format!("{HERE}/goi-tin{query}"), Vec::new());
        loop {
            let page = admin.get(&path).await;
            let hrefs = page.text.split("href=\"/quan-tri/truc/goi-tin/").skip(1);
            seen.extend(hrefs.map(|rest| rest.split('"').next().unwrap().to_owned()));
            let next = page.text.split("rel=\"next\"").next().unwrap().rsplit("href=\"").next();
            match page.has("rel=\"next\"") {
                true => path = next.unwrap().split('"').next().unwrap().replace("&#38;", "&"),
                false => break,
            }
        }
        assert_eq!(seen.len(), 45, "{query}");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 45, "{query}: none twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_settled_on_its_page_and_mistakes_keep_what_was_typed() {
    let nation = Nation::new().await;
    busy(&nation).await;
    let mut admin = administrator(&nation).await;
    let tasks = nation.read(|tx| queries::tasks(tx, 10)).await;
    assert_eq!(tasks.len(), 3);
    let place = format!("{HERE}/viec/{}", tasks[0].id);
    seen(&mut admin, &place).await;
    let wrong = admin.post(&format!("{place}/chuyen"), &[("code", "H99.1")]).await;
    assert!(wrong.title().starts_with("Lỗi: ") && wrong.status == 422, "{}", wrong.title());
    assert_eq!(wrong.input("code"), Some("H99.1"));
    let wrong = admin.post(&format!("{place}/gui-lai"), &[]).await;
    assert!(wrong.title().starts_with("Lỗi: "), "{}", wrong.title());
    let moved = admin.post(&format!("{place}/chuyen"), &[("code", HOME)]).await;
    assert_eq!(moved.status, 303, "{}", moved.text);
    let place = format!("{HERE}/viec/{}", tasks[1].id);
    admin.get(&place).await;
    let without = admin.post(&format!("{place}/dong"), &[("note", "")]).await;
    assert!(without.title().starts_with("Lỗi: "));
    let closed = admin.post(&format!("{place}/dong"), &[("note", "Đã gọi điện")]).await;
    assert_eq!(closed.status, 303, "{}", closed.text);
    let settled = seen(&mut admin, &format!("{HERE}/viec?xem=da-xong")).await;
    assert_eq!(settled.matches("<th scope=\"row\">").count(), 2, "{settled}");
    let one = seen(&mut admin, &place).await;
    assert!(one.contains("Đã gọi điện") && one.contains("Trần Thị Quản Trị"), "{one}");
    let again = admin.post(&format!("{place}/dong"), &[("note", "nữa")]).await;
    assert!(again.title().starts_with("Lỗi: "), "{}", again.title());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reconciliation_names_each_kind_and_its_sheet_has_them_all() {
    let nation = Nation::new().await;
    busy(&nation).await;
    nation.pass_seconds(5 * 24 * 60 * 60);
    let mut admin = administrator(&nation).await;
    let page = seen(&mut admin, &format!("{HERE}/doi-soat?ngay=3")).await;
    // Delivered and silent; begun and not finished; two statuses not fetched; one about nothing.
    assert_eq!(page.matches("<th scope=\"row\">").count(), 1 + 1 + 2 + 1, "{page}");
    let none = seen(&mut admin, &format!("{HERE}/doi-soat?ngay=30")).await;
    assert_eq!(none.matches("<th scope=\"row\">").count(), 0);
    for (part, rows) in [("im-lang", 1), ("chua-xong", 1), ("chua-ve", 2), ("khong-khop", 1)] {
        let sheet = admin.get(&format!("{HERE}/doi-soat/xuat?phan={part}&ngay=3")).await;
        assert_eq!(sheet.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(sheet.text.lines().count(), rows + 1, "{part}: {}", sheet.text);
    }
    assert_eq!(admin.get(&format!("{HERE}/doi-soat/xuat?phan=gi")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposed_rule_is_adopted_with_one_button_and_not_in_force_before_its_day() {
    let nation = Nation::new().await;
    let mut admin = administrator(&nation).await;
    let here = format!("{HERE}/luu-giu");
    let page = admin.get(&here).await;
    assert!(page.has("Quy tắc đề xuất, chưa áp dụng") && page.has("giữ mãi"), "{}", page.text);
    assert_eq!(page.text.matches("/luu-giu/de-xuat\"").count(), 2);
    assert_eq!(page.input("from"), Some("2027-01-01"), "a month to think, then the first day");
    let adopt = format!("{here}/de-xuat");
    for _ in 0..2 {
        let fields = [("kind", "edoc"), ("from", "2027-01-01")];
        assert_eq!(admin.post(&adopt, &fields).await.status, 303);
    }
    assert_eq!(nation.count("SELECT COUNT(*) FROM axis_retention_rule").await, 1, "once");
    assert_eq!(verbs(&nation, "axis.set-retention").await, 1);
    let page = admin.get(&here).await;
    assert_eq!(page.text.matches("/luu-giu/de-xuat\"").count(), 1, "statuses are still proposed");
    assert!(page.has("730 ngày") && page.has("01/01/2027"), "{}", page.text);
    for (kind, from, status) in
        [("letter", "2027-01-01", 422), ("status", "2026-01-01", 422), ("status", "soon", 404)]
    {
        let refused = admin.post(&adopt, &[("kind", kind), ("from", from)]).await;
        assert_eq!(refused.status, status, "{kind} {from}: {}", refused.text);
    }
    // Neither before its day, nor for what is younger, does anything go.
    let packet = written(&document(HUE, &[JUSTICE], 1), "text");
    let sent = nation.send("sys.H57", &packet).await.unwrap();
    nation.say(sent.deliveries[0], (TransportStatus::Done, "")).await.unwrap();
    nation.pass_seconds(60 * 24 * 3_600);
    assert_eq!(keeping::remove_overdue(nation.ctx()).await.unwrap(), 0);
    nation.pass_seconds(671 * 24 * 3_600);
    assert_eq!(keeping::remove_overdue(nation.ctx()).await.unwrap(), 1, "after two years");
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_holds_and_webhooks_are_set_on_their_pages() {
    let nation = Nation::new().await;
    let sent = busy(&nation).await;
    let mut admin = administrator(&nation).await;
    let rule = format!("{HERE}/luu-giu/quy-tac");
    let keeping = admin.get(&format!("{HERE}/luu-giu")).await;
    assert!(keeping.has("quy-tac?loai=edoc&#38;so-ngay=730"), "a proposal: {}", keeping.text);
    let form = admin.get(&format!("{rule}?loai=edoc&so-ngay=730")).await;
    assert_eq!(form.input("days"), Some("730"));
    admin.get(&rule).await;
    let day = [("from-day", "1"), ("from-month", "12"), ("from-year", "2026")];
    let fields = |kind: &'static str, days: &'static str| {
        [("kind", kind), ("days", days), day[0], day[1], day[2]]
    };
    let wrong = admin.post(&rule, &fields("edoc", "nhiều")).await;
    assert!(wrong.title().starts_with("Lỗi: ") && wrong.has("nhiều"), "{}", wrong.text);
    assert!(admin.post(&rule, &fields("", "30")).await.title().starts_with("Lỗi: "));
    assert_eq!(admin.post(&rule, &fields("edoc", "3.650")).await.status, 303);
    let alarm = format!("{HERE}/luu-giu/canh-bao");
    admin.get(&alarm).await;
    let fields = [("urgency", "3"), ("minutes", "15"), day[0], day[1], day[2]];
    assert_eq!(admin.post(&alarm, &fields).await.status, 303);
    let rules = seen(&mut admin, &format!("{HERE}/luu-giu")).await;
    assert!(rules.contains("3650 ngày") || rules.contains("3.650 ngày"), "{rules}");
    assert!(rules.contains("15 phút") && rules.contains("01/12/2026"), "{rules}");

    let place = format!("{HERE}/goi-tin/{}", sent[0].packet);
    admin.get(&place).await;
    let without = admin.post(&format!("{place}/giu"), &[("reason", "")]).await;
    assert!(without.title().starts_with("Lỗi: "), "{}", without.title());
    let held = admin.post(&format!("{place}/giu"), &[("reason", "Khiếu nại")]).await;
    assert_eq!(held.status, 303, "{}", held.text);
    assert!(seen(&mut admin, &format!("{HERE}/luu-giu")).await.contains("Khiếu nại"));
    assert!(seen(&mut admin, &place).await.contains("Khiếu nại"));
    assert_eq!(admin.post(&format!("{place}/bo-giu"), &[]).await.status, 303);

    let hook = format!("{HERE}/bao-tin/sys%2Ehub");
    admin.get(&hook).await;
    let inner = [("address", "https://10.0.0.9/told"), ("inside", "khong")];
    let wrong = admin.post(&hook, &inner).await;
    assert!(wrong.title().starts_with("Lỗi: ") && wrong.has("10.0.0.9"), "{}", wrong.text);
    let nothing = admin.post(&hook, &[inner[0], ("inside", "co")]).await;
    assert!(nothing.title().starts_with("Lỗi: "), "told nothing: {}", nothing.text);
    let topics = [("topics", "statuses"), ("topics", "delivered")];
    let set = admin.post(&hook, &[inner[0], ("inside", "co"), topics[0], topics[1]]).await;
    assert_eq!(set.status, 200, "{}", set.text);
    let secret = set.text.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(secret.len(), 64);
    let list = seen(&mut admin, &format!("{HERE}/bao-tin")).await;
    assert!(list.contains("10.0.0.9") && !list.contains(&secret), "shown once");
    let known = seen(&mut admin, &hook).await;
    assert_eq!(known.matches(" checked").count(), 3, "the place and two topics: {known}");
    let same = admin.post(&hook, &[inner[0], ("inside", "co"), topics[0]]).await;
    assert_eq!(same.status, 303, "the secret stays: {}", same.text);
    assert_eq!(admin.post(&format!("{hook}/dung"), &[]).await.status, 303);
    assert_eq!(verbs(&nation, "axis.set-webhook").await, 2);

    let bytes = admin.get(&format!("{place}/goi")).await;
    assert_eq!(bytes.status, 200);
    assert_eq!(verbs(&nation, "axis.read-packet").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_finds_any_of_it() {
    let nation = Nation::new().await;
    let sent = busy(&nation).await;
    for path in ["", "/goi-tin", "/viec", "/doi-soat", "/luu-giu", "/bao-tin", "/cau-hinh"] {
        let answer = nation.house.get(&format!("{HERE}{path}")).await;
        assert!(answer.location().starts_with("/dang-nhap"), "{path}");
    }
    let bytes = format!("{HERE}/goi-tin/{}/goi", sent[0].packet);
    assert!(nation.house.get(&bytes).await.location().starts_with("/dang-nhap"));
}
