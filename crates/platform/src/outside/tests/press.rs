//! The press, with a shell script that keeps the protocol, and breaks it when asked.

use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use serde_json::json;
use tempfile::TempDir;

use crate::outside::{FieldPlace, Press, PressError, PressPlan, Printed, SignatureBlock};

/// Answers its process id, or does what the template says.
const SCRIPT: &str = r#"#!/bin/sh
part() { printf "\000\000\\$(printf %03o $((${#1} / 256)))\\$(printf %03o $((${#1} % 256)))%s" "$1"; }
answer() { printf "\\00$1"; part "$2"; [ "$1" = 1 ] || part "${3:-null}"; }
while :; do
  set -- $(dd bs=1 count=4 2>/dev/null | od -An -tu1)
  [ $# -eq 4 ] || exit 0
  request=$(dd bs=1 count=$(( ($3 * 256) + $4 )) 2>/dev/null)
  case "$request" in
    *'"refuse"'*) answer 1 "no such field" ;;
    *'"die"'*) exit 3 ;;
    *'"half"'*) printf '\000\000\000\001\000abc'; exit 0 ;;
    *'"hang"'*) while :; do :; done ;;
    *'"nonsense"'*) printf 'hello, world' ;;
    *'"enormous"'*) printf '\000\377\377\377\377' ;;
    *'"environment"'*) answer 0 "$(env | grep -c '^CARGO')" ;;
    *'"signed"'*) answer 0 "paper" '{"page":2,"centre_x":425.5,"position_y":300,"name_y":240}' ;;
    *'"numbered-late"'*) answer 0 "paper" '{"page":1,"centre_x":1,"position_y":3,"name_y":2,
      "fields":[{"name":"so-ky-hieu","page":1,"left":110.5,"bottom":700,"width":90,"height":14,
      "size_points":13,"is_italic":false}]}' ;;
    *'"somewhere"'*) answer 0 "paper" '"in the middle"' ;;
    *'"complain"'*) echo "a warning" >&2; answer 0 "fine" ;;
    *) answer 0 "$$" ;;
  esac
done
"#;

fn press(workers: usize) -> (Press, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("printer");
    std::fs::write(&program, SCRIPT).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let document_max = Duration::from_millis(1_500);
    (Press::new(PressPlan { program: Some(program), workers, document_max }), folder)
}

async fn print(press: &Press, template: &str) -> Result<String, PressError> {
    let pdf = press.print(template, &json!({ "name": "Nguyễn Văn A" })).await?;
    Ok(String::from_utf8(pdf).unwrap())
}

#[tokio::test]
async fn one_worker_prints_document_after_document() {
    let (press, _folder) = press(2);
    let first = print(&press, "pid").await.unwrap();
    assert_eq!(print(&press, "pid").await.unwrap(), first);
}

#[tokio::test]
async fn a_paper_comes_with_the_place_where_it_is_signed() {
    let (press, _folder) = press(1);
    let block = SignatureBlock { page: 2, centre_x: 425.5, position_y: 300.0, name_y: 240.0 };
    let printed = Printed { pdf: b"paper".to_vec(), block: Some(block), fields: vec![] };
    assert_eq!(press.print_to_sign("signed", &json!({})).await, Ok(printed));
    assert_eq!(press.print_to_sign("pid", &json!({})).await.unwrap().block, None);
}

#[tokio::test]
async fn a_paper_that_is_numbered_late_comes_with_the_places_for_it() {
    let (press, _folder) = press(1);
    let printed = press.print_to_sign("numbered-late", &json!({})).await.unwrap();
    let field = FieldPlace {
        name: "so-ky-hieu".to_owned(),
        page: 1,
        left: 110.5,
        bottom: 700.0,
        width: 90.0,
        height: 14.0,
        size_points: 13.0,
        is_italic: false,
    };
    assert_eq!(printed.fields, [field]);
    assert_eq!(printed.block.map(|block| block.name_y), Some(2.0));
}

#[tokio::test]
async fn a_refused_document_is_told_why_and_the_worker_goes_on() {
    let (press, _folder) = press(1);
    let worker = print(&press, "pid").await.unwrap();
    let refused = PressError::Refused("no such field".to_owned());
    assert_eq!(print(&press, "refuse").await, Err(refused));
    assert_eq!(print(&press, "pid").await.unwrap(), worker);
}

#[tokio::test]
async fn a_worker_that_dies_or_talks_nonsense_is_replaced() {
    let (press, _folder) = press(1);
    for fault in ["die", "half", "nonsense", "enormous", "somewhere"] {
        let before = print(&press, "pid").await.unwrap();
        assert_eq!(print(&press, fault).await, Err(PressError::Died), "{fault}");
        assert_ne!(print(&press, "pid").await.unwrap(), before, "{fault}");
    }
}

#[tokio::test]
async fn a_worker_that_died_while_it_waited_costs_no_document() {
    let (press, _folder) = press(1);
    let worker = print(&press, "pid").await.unwrap();
    let killed = std::process::Command::new("kill").args(["-9", &worker]).status().unwrap();
    assert!(killed.success());
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_ne!(print(&press, "pid").await.unwrap(), worker);
}

#[tokio::test]
async fn a_document_that_hangs_is_given_up_and_its_worker_killed() {
    let (press, _folder) = press(1);
    let worker = print(&press, "pid").await.unwrap();
    let begun = Instant::now();
    assert_eq!(print(&press, "hang").await, Err(PressError::TooSlow));
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert_ne!(print(&press, "pid").await.unwrap(), worker);
    let alive = std::process::Command::new("kill").args(["-0", &worker]).status().unwrap();
    assert!(!alive.success(), "the worker is still there");
}

#[tokio::test]
async fn a_caller_who_goes_away_does_not_leave_an_answer_for_the_next() {
    let (press, _folder) = press(1);
    let worker = print(&press, "pid").await.unwrap();
    let impatient = tokio::time::timeout(Duration::from_millis(50), print(&press, "hang")).await;
    assert!(impatient.is_err());
    assert_ne!(print(&press, "pid").await.unwrap(), worker);
}

#[tokio::test]
async fn no_more_workers_than_planned() {
    let (press, _folder) = press(2);
    let mut printing = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let press = press.clone();
        printing.spawn(async move { print(&press, "pid").await.unwrap() });
    }
    let mut workers = printing.join_all().await;
    workers.sort();
    workers.dedup();
    assert!(workers.len() <= 2, "{workers:?}");
}

#[tokio::test]
async fn a_worker_is_told_nothing_of_our_environment() {
    let (press, _folder) = press(1);
    assert_eq!(print(&press, "environment").await.unwrap(), "0");
    assert_eq!(print(&press, "complain").await.unwrap(), "fine");
}

#[tokio::test]
async fn where_there_is_no_program_nothing_is_installed() {
    let nowhere = Press::new(PressPlan::with(None));
    let gone = Press::new(PressPlan::with(Some("/nowhere/lienthong-printer".into())));
    for press in [nowhere, gone] {
        assert!(!press.is_installed());
        assert_eq!(print(&press, "pid").await, Err(PressError::NotInstalled));
    }
    assert!(press(1).0.is_installed());
}
