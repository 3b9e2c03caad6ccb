//! Importing, end to end: what comes in, what a second run does, what a damaged source leaves.

use std::fs;
use std::path::Path;

use platform::testing::House;
use tempfile::TempDir;

use super::{house, version};
use crate::code::Code;
use crate::import::{ImportError, Tally, import};
use crate::procedure::{Entry, Origin, Status};
use crate::{commands, queries};

fn native(code: &str, name: &str) -> String {
    serde_json::json!({
        "code": code, "name": name, "isWard": true, "isFullProcess": true,
        "executionSteps": [{ "name": "", "description": "Nộp hồ sơ." }],
        "executionMethods": [{ "submissionMethod": "ONLINE", "processingTime": 3,
            "processingTimeUnit": "WORKING_DAY", "description": "", "fees": [] }],
        "executionCases": [{ "name": "", "profileComponents": [
            { "originalQty": 1, "copyQty": 0, "name": "Đơn" }] }],
        "subjectTypesDetails": [{ "name": "Công dân Việt Nam", "code": "ĐT1" }],
        "unitGroupsExecuting": [{ "id": "x", "name": "Ủy ban nhân dân cấp xã" }],
        "departmentPromulgateCode": "G15", "departmentPromulgateName": "Bộ Tư pháp"
    })
    .to_string()
}

/// A capture whose page cannot be taken apart.
fn strange(code: &str) -> String {
    serde_json::json!({ "ma_thu_tuc": code, "ten_thu_tuc": "Thủ tục lạ", "cap_thuc_hien": "Cấp xã",
        "raw_text": "Thủ tục lạTên thủ tụcThủ tục lạMã thủ tục1.888888Số quyết định" })
    .to_string()
}

async fn run(house: &House, path: &Path) -> (Result<Tally, ImportError>, String) {
    let mut report = Vec::new();
    let tally = import(&house.ctx, path, &mut report).await;
    (tally, String::from_utf8(report).unwrap())
}

async fn entries(house: &House, code: &str) -> Vec<Entry> {
    let code = Code::parse(code).unwrap();
    house.ctx.store.read(move |tx| queries::versions(tx, &code)).await.unwrap()
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[tokio::test]
async fn a_second_run_changes_nothing() {
    let house = house().await;
    let source = folder(&[
        ("1.json", &native("1.900001", "Thủ tục một")),
        ("2.json", &native("1.900002", "Thủ tục hai")),
    ]);
    let (tally, report) = run(&house, source.path()).await;
    assert_eq!(tally.unwrap(), Tally { read: 2, new: 2, ..Tally::default() });
    let last = report.lines().last().unwrap();
    assert_eq!(last, r#"{"read":2,"new":2,"changed":0,"unchanged":0,"failed":0}"#);
    assert!(report.contains("components"), "the table of shares is told:\n{report}");
    let (tally, _) = run(&house, source.path()).await;
    assert_eq!(tally.unwrap(), Tally { read: 2, unchanged: 2, ..Tally::default() });
    let entry = &entries(&house, "1.900001").await[0];
    assert_eq!((entry.status, entry.origin, entry.number), (Status::Published, Origin::Native, 1));
}

#[tokio::test]
async fn a_changed_record_makes_a_version_and_the_old_source_stays_known() {
    let house = house().await;
    let source = folder(&[("1.json", &native("1.900001", "Tên cũ"))]);
    run(&house, source.path()).await.0.unwrap();
    house.ctx.clock.advance(jiff::SignedDuration::from_hours(1));
    fs::write(source.path().join("1.json"), native("1.900001", "Tên mới")).unwrap();
    let (tally, _) = run(&house, source.path()).await;
    assert_eq!(tally.unwrap(), Tally { read: 1, changed: 1, ..Tally::default() });
    // Coming back to an old text is no change: this record was seen.
    fs::write(source.path().join("1.json"), native("1.900001", "Tên cũ")).unwrap();
    let (tally, _) = run(&house, source.path()).await;
    assert_eq!(tally.unwrap(), Tally { read: 1, unchanged: 1, ..Tally::default() });
    assert_eq!(entries(&house, "1.900001").await.len(), 2);
}

#[tokio::test]
async fn what_a_person_must_see_waits_as_a_draft_and_is_told() {
    let house = house().await;
    let source = folder(&[("1.json", &strange("1.900001"))]);
    let (tally, report) = run(&house, source.path()).await;
    assert_eq!(tally.unwrap().new, 1);
    assert!(report.contains("new_draft") && report.contains("page_not_split"), "{report}");
    assert_eq!(entries(&house, "1.900001").await[0].status, Status::Draft);
    assert_eq!(house.get("/thu-tuc/1.900001").await.status, 404, "a draft is nobody's business");
}

#[tokio::test]
async fn a_text_under_which_dossiers_are_filed_is_not_replaced_by_an_import() {
    let house = house().await;
    let mut ours = version("1.900001", "Thủ tục của ta");
    let shipped = crate::shipped::read().unwrap();
    ours.form = shipped.into_iter().find_map(|shipped| shipped.version.form);
    assert!(ours.form.is_some(), "the program ships a form");
    commands::ship(&house.ctx, vec![ours]).await.unwrap();
    house.ctx.clock.advance(jiff::SignedDuration::from_hours(1));
    let source = folder(&[("1.json", &native("1.900001", "Tên của cổng"))]);
    let (tally, report) = run(&house, source.path()).await;
    assert_eq!(tally.unwrap().changed, 1);
    assert!(report.contains("changed_draft"), "{report}");
    let all = entries(&house, "1.900001").await;
    assert_eq!((all[0].status, all[0].version.name.as_str()), (Status::Draft, "Tên của cổng"));
    assert!(all[0].version.form.is_some(), "the form went over to the draft");
    let (tally, _) = run(&house, source.path()).await;
    assert_eq!(tally.unwrap(), Tally { read: 1, unchanged: 1, ..Tally::default() });
    assert_eq!(
        (all[1].status, all[1].version.name.as_str()),
        (Status::Published, "Thủ tục của ta")
    );
}

/// The portal's text loses the network; people here file on it every day.
#[tokio::test]
async fn an_import_does_not_close_the_network_and_tells_that_the_source_would() {
    let house = house().await;
    let shipped = crate::shipped::read().unwrap().into_iter().map(|shipped| shipped.version);
    let ours = shipped.into_iter().find(|version| version.code.as_str() == "1.001193").unwrap();
    commands::ship(&house.ctx, vec![ours.clone()]).await.unwrap();
    house.ctx.clock.advance(jiff::SignedDuration::from_hours(1));
    let silent = native("1.001193", "Tên của cổng").replace("ONLINE", "DIRECT");
    let source = folder(&[("1.json", &silent)]);
    let (tally, report) = run(&house, source.path()).await;
    assert_eq!(tally.unwrap(), Tally { read: 1, changed: 1, ..Tally::default() });
    assert!(report.contains("online_kept") && report.contains("form_asks_more"), "{report}");
    let draft = entries(&house, "1.001193").await.remove(0);
    assert_eq!((draft.status, draft.origin), (Status::Draft, Origin::Native));
    assert_eq!((&draft.version.form, &draft.version.route), (&ours.form, &ours.route));
    assert!(draft.version.is_filed_online());
    let mut officer = super::administrator_of(&house, "G15").await;
    let page = officer.get("/quan-tri/thu-tuc/1.001193").await;
    assert!(page.has("Hình thức trực tuyến được giữ lại"), "{}", page.text);
}

/// What an import left as a draft and a person then worked on is theirs.
#[tokio::test]
async fn an_import_does_not_write_over_a_draft_that_a_person_worked_on() {
    let house = house().await;
    let mut ours = version("1.900001", "Thủ tục của ta");
    ours.form = crate::shipped::read().unwrap().into_iter().find_map(|it| it.version.form);
    commands::ship(&house.ctx, vec![ours]).await.unwrap();
    house.ctx.clock.advance(jiff::SignedDuration::from_hours(1));
    let source = folder(&[("1.json", &native("1.900001", "Tên của cổng"))]);
    run(&house, source.path()).await.0.unwrap();
    let mut officer = super::administrator_of(&house, "G15").await;
    officer.get("/quan-tri/thu-tuc/1.900001/sua").await;
    let draft = entries(&house, "1.900001").await.remove(0);
    let code = Code::parse("1.900001").unwrap();
    let read = move |tx: &mut platform::store::Tx| queries::revision(tx, &code);
    let revision = house.ctx.store.read(read).await.unwrap().unwrap().to_string();
    let id = draft.id.0.to_string();
    let fields = [
        ("version", id.as_str()),
        ("revision", &revision),
        ("name", "Tên người quản trị đã sửa"),
        ("steps", "Nộp hồ sơ."),
        ("online", "part"),
        ("document", "{}"),
    ];
    let saved = officer.post("/quan-tri/thu-tuc/1.900001/sua", &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    fs::write(source.path().join("1.json"), native("1.900001", "Tên mới của cổng")).unwrap();
    let (tally, _) = run(&house, source.path()).await;
    assert_eq!(tally.unwrap().changed, 1);
    let names: Vec<(Status, String)> = entries(&house, "1.900001")
        .await
        .into_iter()
        .map(|entry| (entry.status, entry.version.name.clone()))
        .collect();
    let draft = |name: &str| (Status::Draft, name.to_owned());
    assert!(names.contains(&draft("Tên người quản trị đã sửa")), "{names:?}");
    assert!(names.contains(&draft("Tên mới của cổng")), "{names:?}");
}

#[tokio::test]
async fn a_damaged_source_leaves_nothing_behind() {
    let house = house().await;
    let source = folder(&[("1.json", &native("1.900001", "Một")), ("2.json", "{ cut off")]);
    let (tally, _) = run(&house, source.path()).await;
    let error = tally.unwrap_err().to_string();
    assert!(error.contains("2.json") && error.contains("nothing was imported"), "{error}");
    assert!(entries(&house, "1.900001").await.is_empty());
    let (tally, _) = run(&house, &source.path().join("none.tar.gz")).await;
    assert!(matches!(tally, Err(ImportError::Source(_))));
}

#[tokio::test]
async fn a_record_that_is_no_procedure_is_told_and_the_others_come_in() {
    let house = house().await;
    let source = folder(&[("1.json", &native("1.900001", "Một")), ("2.json", r#"{"a": 1}"#)]);
    let (tally, report) = run(&house, source.path()).await;
    assert_eq!(tally.unwrap(), Tally { read: 2, new: 1, failed: 1, ..Tally::default() });
    assert!(report.contains("neither of the two formats"), "{report}");
}

/// The real records, where the shared data lies beside the repository. The captures are tried on
/// the readers elsewhere; here some hundred go all the way.
#[tokio::test]
async fn the_native_records_come_in_whole() {
    let native =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/procedures/native");
    if !native.exists() {
        println!("skipped: {} is not there", native.display());
        return;
    }
    let house = house().await;
    let (tally, _) = run(&house, &native).await;
    assert_eq!(tally.unwrap(), Tally { read: 14, new: 14, ..Tally::default() });
    let (tally, _) = run(&house, &native).await;
    assert_eq!(tally.unwrap(), Tally { read: 14, unchanged: 14, ..Tally::default() });
    let page = house.get("/thu-tuc/1.001193").await;
    assert_eq!(page.status, 200);
    assert!(page.text.len() < 30 * 1024, "{} bytes", page.text.len());
    assert!(page.has("Lưu ý (19)"), "notes stand apart from papers");
}
