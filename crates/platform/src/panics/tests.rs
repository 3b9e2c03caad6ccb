//! A panic in a process of its own, this test binary again: the hook is the whole process's.

use std::process::{Command, Stdio};

use super::*;

/// How the child is told that it is one.
const CHILD: &str = "PANICS_CHILD";

#[expect(clippy::disallowed_methods, reason = "tests hand their children everything this way")]
fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

#[test]
fn a_panic_is_one_structured_line_that_quotes_nobody() {
    if is_child() {
        return fall();
    }
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", "--test-threads=1"])
        .arg("panics::tests::a_panic_is_one_structured_line_that_quotes_nobody")
        .env(CHILD, "1")
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(child.stderr).unwrap();
    assert!(child.status.success(), "{said}");
    let lines: Vec<serde_json::Value> =
        said.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let [first, second] = lines.as_slice() else { panic!("{said}") };
    assert_eq!(first["level"], "ERROR");
    assert_eq!(first["target"], "panic");
    assert_eq!(first["message"], "a letter without an office");
    assert_eq!(first["thread"], "lane 3");
    let location = first["location"].as_str().unwrap();
    assert!(location.contains("panics/tests.rs:"), "{location}");
    assert_eq!(second["message"], "called `Result::unwrap()` on an `Err` value");
    assert!(!said.contains("Nguyễn Thị An"), "{said}");
}

/// Two threads that panic: one with words of the source, one with somebody's name in them.
fn fall() {
    tracing_subscriber::fmt().json().with_writer(std::io::stderr).flatten_event(true).init();
    log_them();
    let lane = std::thread::Builder::new().name("lane 3".to_owned());
    let fallen = lane.spawn(|| panic!("a letter without an office")).unwrap().join();
    assert!(fallen.is_err());
    assert!(std::thread::spawn(|| no_letter_of("Nguyễn Thị An").unwrap()).join().is_err());
}

fn no_letter_of(name: &str) -> Result<(), String> {
    Err(format!("no letter of {name}"))
}

#[test]
fn of_a_message_put_together_only_the_beginning_is_kept() {
    let cases = [
        ("index out of bounds: the len is 3 but the index is 5", "index out of bounds"),
        (
            "byte index 1 is not a char boundary; it is inside 'ế'",
            "byte index 1 is not a char boundary",
        ),
        ("assertion `left == right` failed\n  left: An", "assertion `left == right` failed"),
        ("attempt to add with overflow", "attempt to add with overflow"),
    ];
    for (made, kept) in cases {
        assert_eq!(text(&made.to_owned()), kept);
    }
    assert_eq!(text(&"written: whole"), "written: whole");
    assert_eq!(text(&7), "-");
}
