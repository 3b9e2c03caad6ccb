//! Anchors of others: taken in with their reasons, believed from day to day.

use super::openssl::Judge;
use super::town::Town;
use crate::commands::anchors::Purpose;
use crate::queries;

#[tokio::test(flavor = "multi_thread")]
async fn an_anchor_is_believed_for_its_purpose_between_its_days() {
    let town = Town::new().await;
    let other = Town::new().await;
    let issuing = other.authority().await;
    let root = other.root_of(&issuing).await.certificate().unwrap();
    let mut decider = town.at_work("hethong.mot").await;
    let path = "/quan-tri/chung-thu/tin-cay/them";
    decider.get(path).await;
    let pem = root.pem();
    let empty = decider.post(path, &[("pem", "x"), ("purposes", "sign")]).await;
    assert!(empty.has("Chưa cho biết chứng thư lấy từ đâu"), "{}", empty.text);
    let fields = [("pem", "x"), ("purposes", "sign"), ("source", "Ban Cơ yếu")];
    let unreadable = decider.post(path, &fields).await;
    assert!(unreadable.has("Không đọc được chứng thư"), "{}", unreadable.text);
    let without = decider.post(path, &[("pem", &pem), ("source", "Ban Cơ yếu")]).await;
    assert!(without.has("Chưa chọn tin để kiểm tra việc gì"), "{}", without.text);
    let fields = [
        ("pem", pem.as_str()),
        ("purposes", "sign"),
        ("purposes", "stamp"),
        ("source", "Ban Cơ yếu"),
        ("from-day", "24"),
        ("from-month", "11"),
        ("from-year", "2026"),
    ];
    let answer = decider.post(path, &fields).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    let believed = async |purpose: Purpose, day: i8| {
        let on = jiff::civil::date(2026, 11, day);
        town.ctx().store.read(move |tx| queries::anchors(tx, purpose, on)).await.unwrap().len()
    };
    assert_eq!(believed(Purpose::Sign, 23).await, 0);
    assert_eq!(believed(Purpose::Sign, 24).await, 1);
    assert_eq!(believed(Purpose::Stamp, 24).await, 1);
    assert_eq!(believed(Purpose::Server, 24).await, 0);
    town.pass_days(3);
    let mut decider = town.at_work("hethong.mot").await;
    let page = decider.get("/quan-tri/chung-thu/tin-cay").await;
    assert!(page.has("Đang tin") && page.has("Ban Cơ yếu"), "{}", page.text);
    let start = page.text.find("/ket-thuc").unwrap();
    let action = page.text[..start].rsplit('"').next().unwrap();
    let answer = decider.post(&format!("{action}/ket-thuc"), &[]).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    assert_eq!(believed(Purpose::Sign, 25).await, 1, "what was believed stays known");
    assert_eq!(believed(Purpose::Sign, 26).await, 0);
    assert_eq!(town.verbs().await[..2], ["trust.end-anchor", "trust.add-anchor"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_no_authority_is_no_anchor() {
    let town = Town::new().await;
    let Some(judge) = Judge::new() else { return };
    judge.agrees(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k -subj \
                  /CN=x -addext basicConstraints=CA:FALSE -out leaf.pem",
    );
    let pem = String::from_utf8(judge.read("leaf.pem")).unwrap();
    let mut decider = town.at_work("hethong.mot").await;
    let path = "/quan-tri/chung-thu/tin-cay/them";
    decider.get(path).await;
    let fields = [("pem", pem.as_str()), ("purposes", "sign"), ("source", "x")];
    let answer = decider.post(path, &fields).await;
    assert!(answer.has("không phải chứng thư của một cơ quan chứng thực"), "{}", answer.text);
}
