//! Names.

use proptest::prelude::*;

use crate::files::clean_name;
use crate::files::name::{disposition, extension};

#[test]
fn names_are_made_harmless() {
    for (given, clean) in [
        ("Giấy khai sinh.pdf", "Giấy khai sinh.pdf"),
        ("C:\\Users\\An\\Đơn.docx", "Đơn.docx"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("đơn\u{202e}fdp.exe", "đơn fdp.exe"),
        ("  a   b\u{200b}.pdf  ", "a b .pdf"),
        (".htaccess", "htaccess"),
        ("e\u{302}\u{301}.pdf", "ế.pdf"),
        ("..", "tep"),
        ("", "tep"),
        ("///", "tep"),
    ] {
        assert_eq!(clean_name(given), clean, "{given:?}");
    }
}

#[test]
fn a_long_name_keeps_its_ending() {
    let long = format!("{}.pdf", "ế".repeat(500));
    let clean = clean_name(&long);
    assert_eq!(clean.chars().count(), 120);
    assert!(clean.ends_with("ế.pdf") && clean.contains('…'));
}

#[test]
fn an_ending_is_letters_and_figures_and_not_the_figures_of_a_number() {
    for (name, ending) in [
        ("a.PDF", Some("pdf")),
        ("a.tar.gz", Some("gz")),
        ("Đơn số 1.2026", None),
        ("a.b c", None),
        ("a.", None),
        ("a", None),
        ("Hợp đồng.số", None),
        ("a.mp3", Some("mp3")),
    ] {
        assert_eq!(extension(name).as_deref(), ending, "{name}");
    }
}

#[test]
fn the_header_has_a_plain_name_and_the_whole_one() {
    assert_eq!(
        disposition("attachment", "Đơn \"xin\" 50%.pdf"),
        "attachment; filename=\"Don _xin_ 50_.pdf\"; \
         filename*=UTF-8''%C4%90%C6%A1n%20%22xin%22%2050%25.pdf"
    );
}

proptest! {
    #[test]
    fn no_name_leaves_its_header(name in any::<String>()) {
        let header = disposition("attachment", &clean_name(&name));
        prop_assert!(header.bytes().all(|byte| (0x20..0x7f).contains(&byte)), "{header}");
        prop_assert_eq!(header.matches('"').count(), 2);
        prop_assert_eq!(header.matches(';').count(), 2);
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(name in any::<String>()) {
        let clean = clean_name(&name);
        prop_assert!(!clean.is_empty() && clean.chars().count() <= 120);
        prop_assert!(!clean.contains(['/', '\\', '\0', '\n']));
        prop_assert_eq!(clean_name(&clean), clean);
    }
}
