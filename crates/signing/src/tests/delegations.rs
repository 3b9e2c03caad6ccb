//! Signing in another's place: given, handed on once, ended, and never beyond its bounds.

use jiff::civil::date;
use platform::testing::{Answer, Visitor};

use super::commune::{COMMUNE, Town, sign};
use super::office::{bare, certified, pass_days, verbs};
use crate::queries;
use crate::submission::{Capacity, Scope, Signatory};

const LIST: &str = "/can-bo/ky-so/uy-quyen";
const NEW: &str = "/can-bo/ky-so/uy-quyen/tao";
/// A written authorisation for the head of the office, from Monday for a week.
const AUTHORISATION: [(&str, &str); 14] = [
    ("unit", COMMUNE),
    ("kind", "authorisation"),
    ("giver_title", "Chủ tịch"),
    ("login", "chanhvanphong"),
    ("taker_title", "Chánh Văn phòng"),
    ("scopes", "result"),
    ("matter", "Trích lục khai sinh"),
    ("ground", "Giấy ủy quyền số 15/GUQ-UBND ngày 20/11/2026"),
    ("from-day", "23"),
    ("from-month", "11"),
    ("from-year", "2026"),
    ("to-day", "30"),
    ("to-month", "11"),
    ("to-year", "2026"),
];

/// The usual answers, some of them others; an empty one is not sent.
fn but<'a>(others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let other = |name: &str| others.iter().any(|(given, _)| *given == name);
    let usual = AUTHORISATION.iter().filter(|(name, _)| !other(name)).copied();
    usual.chain(others.iter().copied()).filter(|(_, value)| !value.is_empty()).collect()
}

/// Asked, looked at, confirmed.
async fn give(town: &Town, giver: &mut Visitor, others: &[(&str, &str)]) -> Answer {
    giver.get(NEW).await;
    let code = town.code();
    let mut fields = but(others);
    fields.extend([("checked", "1"), ("code", code.as_str())]);
    giver.post(NEW, &fields).await
}

async fn given(town: &Town, giver: &str, others: &[(&str, &str)]) -> String {
    let mut giver = town.at_work(giver).await;
    let answer = give(town, &mut giver, others).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    answer.location().to_owned()
}

async fn capacity(town: &Town, login: &str, (scope, own): (Scope, &'static str)) -> Capacity {
    let (account, unit) = (town.account(login).await, town.unit(COMMUNE).await);
    let today = platform::clock::local(town.ctx().clock.now()).date();
    let found =
        town.ctx().store.read(move |tx| queries::capacity(tx, account, unit, (scope, own), today));
    found.await.unwrap()
}

const DEPUTY: [(&str, &str); 6] = [
    ("kind", "deputy"),
    ("login", "phochutich"),
    ("taker_title", "Phó Chủ tịch"),
    ("to-day", ""),
    ("to-month", ""),
    ("to-year", ""),
];
const ORDER: (&str, &str) = ("kind", "order");

#[tokio::test(flavor = "multi_thread")]
async fn what_would_be_printed_is_seen_and_confirmed_before_it_is_given() {
    let town = bare().await;
    let mut chair = town.at_work("lanhdao").await;
    let form = chair.get(NEW).await;
    assert!(form.has("Giao người khác ký"), "{}", form.text);
    let seen = chair.post(NEW, &AUTHORISATION).await;
    assert_eq!(seen.status.as_u16(), 200, "{}", seen.text);
    for words in ["TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Cán bộ chanhvanphong", "15/GUQ-UBND"]
    {
        assert!(seen.has(words), "{words}: {}", seen.text);
    }
    let edit = [&AUTHORISATION[..], &[("checked", "1"), ("edit", "1")]].concat();
    let back = chair.post(NEW, &edit).await;
    assert_eq!((back.status.as_u16(), back.input("login")), (200, Some("chanhvanphong")));
    let wrong = [&AUTHORISATION[..], &[("checked", "1"), ("code", "000000")]].concat();
    let refused = chair.post(NEW, &wrong).await;
    assert_eq!(refused.status.as_u16(), 422, "{}", refused.text);
    assert!(refused.has("TUQ. CHỦ TỊCH") && refused.title().starts_with("Lỗi: "));
    assert!(verbs(&town).await.is_empty(), "nothing was given");
    let page = give(&town, &mut chair, &[]).await;
    let page = chair.get(page.location()).await;
    assert!(page.has("Đang có hiệu lực") && page.has("TUQ. CHỦ TỊCH"), "{}", page.text);
    assert_eq!(verbs(&town).await, ["signing.delegate"]);
    let by = capacity(&town, "chanhvanphong", (Scope::Result, "Trưởng phòng")).await;
    assert_eq!(by.lines, ["TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]);
    assert!(by.delegation.is_some());
    let own = capacity(&town, "chanhvanphong", (Scope::Slip, "Trưởng phòng")).await;
    assert_eq!(own, Capacity { lines: vec!["Trưởng phòng".to_owned()], delegation: None });
    pass_days(&town, 8);
    let over = capacity(&town, "chanhvanphong", (Scope::Result, "Trưởng phòng")).await;
    assert_eq!(over.delegation, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_form_lacks_is_told_where_it_is_mended() {
    let town = bare().await;
    let mut chair = town.at_work("lanhdao").await;
    chair.get(NEW).await;
    let long = "một ".repeat(200);
    let cases: [(&[(&str, &str)], &str); 14] = [
        (&[("kind", "")], "Chọn cách ký"),
        (&[("giver_title", "")], "Nhập chức vụ"),
        (&[("taker_title", &long)], "Nhập chức vụ"),
        (&[("login", "")], "Không có cán bộ nào"),
        (&[("login", "quantri.danang")], "Không có cán bộ nào"),
        (&[("login", "lanhdao")], "chính người giao"),
        (&[("scopes", "")], "Chọn ít nhất một loại giấy tờ"),
        (&[("matter", "")], "Thừa ủy quyền phải có nội dung"),
        (&[("ground", "")], "Ghi số, ngày"),
        (&[("to-day", ""), ("to-month", ""), ("to-year", "")], "phải có ngày kết thúc"),
        (&[("to-day", "31")], "Ngày không đúng"),
        (&[("from-day", "22")], "không bắt đầu từ quá khứ"),
        (&[("from-day", ""), ("from-month", ""), ("from-year", "")], "Chưa nhập ngày bắt đầu"),
        (&[("to-month", "10")], "ở trước ngày bắt đầu"),
    ];
    for (others, why) in cases {
        let answer = chair.post(NEW, &but(others)).await;
        assert_eq!(answer.status.as_u16(), 422, "{why}");
        assert!(answer.has(why), "{why}: {}", answer.text);
        assert!(answer.has("15/GUQ-UBND") || why.starts_with("Ghi số"), "what was typed stays");
    }
    let elsewhere = chair.post(NEW, &but(&[("unit", "H17")])).await;
    assert!(elsewhere.has("Chọn cơ quan"), "{}", elsewhere.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_decides_has_anything_to_delegate() {
    let town = bare().await;
    for stranger in ["chanhvanphong", "motcua", "vanthu", "quantri.hue"] {
        let mut stranger = town.at_work(stranger).await;
        assert_eq!(stranger.get(NEW).await.status.as_u16(), 404);
        stranger.get(LIST).await;
        assert_eq!(stranger.post(NEW, &AUTHORISATION).await.status.as_u16(), 404);
    }
    let given = given(&town, "lanhdao", &[]).await;
    let mut taker = town.at_work("chanhvanphong").await;
    assert!(taker.get(&given).await.has("TUQ. CHỦ TỊCH"));
    assert_eq!(taker.get(NEW).await.status.as_u16(), 404, "an authorisation is not handed on");
    assert_eq!(taker.post(&format!("{given}/ket-thuc"), &[]).await.status.as_u16(), 404);
    for stranger in ["motcua", "quantri.danang"] {
        assert_eq!(town.at_work(stranger).await.get(&given).await.status.as_u16(), 404);
    }
    let list = town.at_work("quantri.hue").await.get(LIST).await;
    assert!(!list.has("Cán bộ chanhvanphong"), "the list is of one's own offices: {}", list.text);
    assert_eq!(town.at_work("quantri.hue").await.get(&given).await.status.as_u16(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deputy_signs_for_the_head_and_hands_nothing_on() {
    let town = bare().await;
    given(&town, "lanhdao", &DEPUTY).await;
    let own = "Phó Chủ tịch";
    let by = capacity(&town, "phochutich", (Scope::Result, own)).await;
    assert_eq!(by.lines, ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]);
    let collective = "TM. Ủy ban nhân dân\nPhó Chủ tịch";
    let by = capacity(&town, "phochutich", (Scope::Result, collective)).await;
    assert_eq!(by.lines, ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]);
    let mut deputy = town.at_work("phochutich").await;
    let refused = give(&town, &mut deputy, &[("giver_title", own)]).await;
    assert!(refused.has("không được giao tiếp"), "{}", refused.text);
    let back = give(&town, &mut deputy, &[("login", "lanhdao"), ORDER]).await;
    assert!(back.has("không được giao tiếp"), "nor back: {}", back.text);
    let mut chair = town.at_work("lanhdao").await;
    let twice = give(&town, &mut chair, &[DEPUTY[1]]).await;
    assert!(twice.has("trong cùng thời gian"), "{}", twice.text);
    assert_eq!(verbs(&town).await, ["signing.delegate"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_by_order_lets_a_deputy_sign_within_the_order_only() {
    let town = bare().await;
    let order = given(&town, "lanhdao", &[ORDER]).await;
    let mut office = town.at_work("chanhvanphong").await;
    let on = [
        ("kind", "deputy"),
        ("giver_title", "Chánh Văn phòng"),
        ("login", "phovanphong"),
        ("taker_title", "Phó Chánh Văn phòng"),
    ];
    let with = |other: (&'static str, &'static str)| {
        let mut all = on.to_vec();
        all.retain(|(name, _)| *name != other.0);
        all.push(other);
        all
    };
    let further = give(&town, &mut office, &with(("kind", "authorisation"))).await;
    assert!(further.has("không được giao tiếp"), "{}", further.text);
    for other in [("to-month", "12"), ("scopes", "slip")] {
        let beyond = give(&town, &mut office, &with(other)).await;
        assert!(beyond.has("đúng thời gian và loại giấy tờ"), "{other:?}: {}", beyond.text);
    }
    let handed = give(&town, &mut office, &on).await;
    assert_eq!(handed.status.as_u16(), 303, "{}", handed.text);
    let by = capacity(&town, "phovanphong", (Scope::Result, "Chuyên viên")).await;
    let lines = ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"];
    assert_eq!(by.lines, lines);
    let mut chair = town.at_work("lanhdao").await;
    chair.get(&order).await;
    assert_eq!(chair.post(&format!("{order}/ket-thuc"), &[]).await.location(), order);
    let own = capacity(&town, "phovanphong", (Scope::Result, "Chuyên viên")).await;
    assert_eq!(own.delegation, None, "with the order ends what hangs on it");
    let page = office.get(handed.location()).await;
    assert!(page.has("Không còn hiệu lực"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_at_once_by_the_giver_or_whoever_looks_after_the_unit() {
    let town = bare().await;
    for (ender, giver) in [("lanhdao", "lanhdao"), ("quantri.hue", "lanhdao")] {
        let one = given(&town, giver, &[]).await;
        let mut ender = town.at_work(ender).await;
        assert!(ender.get(&one).await.has("Chấm dứt giao ký"));
        assert_eq!(ender.post(&format!("{one}/ket-thuc"), &[]).await.location(), one);
        assert!(ender.get(&one).await.has("Đã chấm dứt"));
        let again = ender.post(&format!("{one}/ket-thuc"), &[]).await;
        assert!(again.has("đã hết hiệu lực từ trước"), "{}", again.text);
        let own = capacity(&town, "chanhvanphong", (Scope::Result, "Trưởng phòng")).await;
        assert_eq!(own.delegation, None);
    }
    let (given, ended) = ("signing.delegate", "signing.end-delegation");
    assert_eq!(verbs(&town).await, [ended, given, ended, given]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_signs_in_anothers_place_after_it_ended() {
    let town = certified().await;
    let one = given(&town, "lanhdao", &DEPUTY).await;
    let by = capacity(&town, "phochutich", (Scope::Result, "Phó Chủ tịch")).await;
    let mut signatory = town.person("phochutich", &by.lines.join("\n")).await;
    if let Signatory::Person { delegation, .. } = &mut signatory {
        *delegation = by.delegation;
    }
    let paper = town.paper(Scope::Result, vec![signatory.clone()]).await;
    let first = town.submit(paper).await.unwrap();
    let paper = town.paper(Scope::Result, vec![signatory]).await;
    let second = town.submit(paper).await.unwrap();
    let before = town.file(second).await;
    let mut deputy = town.at_work("phochutich").await;
    let signed = sign(&mut deputy, first, &town.code()).await;
    assert_eq!(signed.status.as_u16(), 303, "{}", signed.text);
    let mut chair = town.at_work("lanhdao").await;
    chair.get(&one).await;
    chair.post(&format!("{one}/ket-thuc"), &[]).await;
    let refused = sign(&mut deputy, second, &town.code()).await;
    assert_eq!(refused.status.as_u16(), 409, "{}", refused.text);
    assert_eq!(town.file(second).await, before, "the file is as it was");
}

#[test]
fn two_delegations_overlap_when_any_day_and_paper_is_in_both() {
    let one = crate::delegation::Delegation {
        id: uuid::Uuid::nil(),
        kind: crate::delegation::Kind::Order,
        unit: organisations::UnitId(uuid::Uuid::nil()),
        giver: uuid::Uuid::nil(),
        giver_name: String::new(),
        giver_title: "Chủ tịch".to_owned(),
        taker: uuid::Uuid::max(),
        taker_name: String::new(),
        taker_title: "Chánh Văn phòng".to_owned(),
        scopes: "slip result".to_owned(),
        matter: None,
        ground: String::new(),
        under: None,
        valid_from: date(2026, 11, 10),
        valid_to: Some(date(2026, 11, 20)),
        made_at: jiff::Timestamp::UNIX_EPOCH,
        ended_at: None,
        ended_by: None,
        ended_name: None,
    };
    let with = |scopes: &str, from: i8, to: Option<i8>| crate::delegation::Delegation {
        scopes: scopes.to_owned(),
        valid_from: date(2026, 11, from),
        valid_to: to.map(|day| date(2026, 11, day)),
        ..one.clone()
    };
    for (other, overlaps, inside) in [
        (with("slip", 10, Some(20)), true, true),
        (with("slip", 20, Some(30)), true, false),
        (with("slip", 1, None), true, false),
        (with("slip", 21, None), false, false),
        (with("slip", 1, Some(9)), false, false),
        (with("document", 10, Some(20)), false, false),
        (with("result document", 11, Some(12)), true, false),
        (with("result", 11, Some(12)), true, true),
    ] {
        let told = (other.overlaps(&one), one.overlaps(&other), other.is_inside(&one));
        assert_eq!(told, (overlaps, overlaps, inside), "{} {}", other.scopes, other.valid_from);
    }
}
