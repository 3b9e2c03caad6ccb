//! What is typed without diacritics finds what was written with them.

use proptest::prelude::*;

use super::{fold, tokens};

#[test]
fn folding() {
    for (given, folded) in [
        ("Đăng ký", "dang ky"),
        ("ĐĂNG KÝ KHAI SINH", "dang ky khai sinh"),
        ("Giấy chứng nhận quyền sử dụng đất", "giay chung nhan quyen su dung dat"),
        // The same word, composed and taken apart.
        ("ế ệ ở ư", "e e o u"),
        ("e\u{302}\u{301} o\u{31b}", "e o"),
        ("Ðường (Icelandic letter)", "duong icelandic letter"),
        ("  Thừa Thiên – Huế, TP.HCM  ", "thua thien hue tp hcm"),
        ("1.012345/QĐ-UBND", "1 012345 qd ubnd"),
        ("ＡＢＣ １２３ m²", "abc 123 m2"),
        ("Straße ΑΒΓ 北京", "straße αβγ 北京"),
        ("", ""),
        (" \t\n …", ""),
    ] {
        assert_eq!(fold(given), folded, "{given}");
    }
}

#[test]
fn tokens_are_the_folded_words_in_order() {
    assert_eq!(tokens(" Đăng ký,  khai-sinh "), ["dang", "ky", "khai", "sinh"]);
    assert!(tokens(" … ").is_empty());
}

const VIETNAMESE: &str =
    "[a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ ]{0,40}";

proptest! {
    #[test]
    fn folding_twice_is_folding_once(text in "\\PC*") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn folded_text_has_single_spaces_between_words_and_none_around(text in "\\PC*") {
        let folded = fold(&text);
        prop_assert!(!folded.contains("  ") && folded.trim() == folded);
    }

    #[test]
    fn case_and_composition_make_no_difference(text in VIETNAMESE) {
        use unicode_normalization::UnicodeNormalization;
        let apart: String = text.nfd().collect();
        prop_assert_eq!(fold(&apart), fold(&text));
        prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
    }
}
