//! Sentences in two languages: found, filled, and written the way each language writes.

use jiff::civil::date;

use super::{Locale, Speech, Word, WordFile, Words, WordsError};
use crate::clock::instant;

const SAMPLE: WordFile = WordFile {
    name: "sample",
    vi: "
sample-title = Hồ sơ của tôi
sample-count = { $count ->
    [0] Chưa có hồ sơ nào
   *[other] Có { $count } hồ sơ
 }
sample-for = Gửi { $name }, hạn { $date }
sample-field = Ngày sinh
    .hint = Ví dụ: 21/11/2026
",
    en: "
sample-title = My applications
sample-count = { $count ->
    [0] No applications yet
    [one] One application
   *[other] { $count } applications
 }
sample-for = To { $name }, due { $date }
sample-field = Date of birth
    .hint = For example, 21 November 2026
",
};

fn words() -> Words {
    let ground: Vec<WordFile> = crate::parts().iter().map(|part| part.words).collect();
    Words::load(&[ground, vec![SAMPLE]].concat()).unwrap()
}

fn vi() -> Speech {
    words().speak(Locale::Vi)
}

fn en() -> Speech {
    words().speak(Locale::En)
}

#[test]
fn every_sentence_of_the_ground_is_there_in_both_languages() {
    let words = words();
    assert_eq!(words.keys(Locale::Vi), words.keys(Locale::En));
    assert!(words.keys(Locale::Vi).contains("platform-weekday-1"));
}

#[test]
fn a_sentence_is_found_in_each_language() {
    assert_eq!(vi().t("sample-title"), "Hồ sơ của tôi");
    assert_eq!(en().t("sample-title"), "My applications");
}

#[test]
fn an_attribute_is_a_key_with_a_full_stop() {
    assert_eq!(vi().t("sample-field.hint"), "Ví dụ: 21/11/2026");
    assert!(words().keys(Locale::En).contains("sample-field.hint"));
}

#[test]
fn values_are_put_in_without_invisible_marks() {
    let values = [("name", Word::from("Nguyễn Văn A")), ("date", Word::from("21/11/2026"))];
    assert_eq!(vi().with("sample-for", &values), "Gửi Nguyễn Văn A, hạn 21/11/2026");
}

#[test]
fn a_value_is_never_read_as_a_sentence() {
    let values = [("name", Word::from("{ $date } <b>")), ("date", Word::from("x"))];
    assert_eq!(en().with("sample-for", &values), "To { $date } <b>, due x");
}

#[test]
fn numbers_choose_and_are_written_as_the_language_does() {
    let told =
        |speech: &Speech, count: i64| speech.with("sample-count", &[("count", Word::from(count))]);
    for (count, in_vi, in_en) in [
        (0, "Chưa có hồ sơ nào", "No applications yet"),
        (1, "Có 1 hồ sơ", "One application"),
        (1_234_567, "Có 1.234.567 hồ sơ", "1,234,567 applications"),
    ] {
        assert_eq!(told(&vi(), count), in_vi);
        assert_eq!(told(&en(), count), in_en);
    }
}

#[test]
fn a_missing_key_is_shown_as_itself_and_remembered() {
    let words = words();
    assert!(words.missing().is_empty());
    assert_eq!(words.speak(Locale::En).t("sample-forgotten"), "sample-forgotten");
    assert_eq!(words.missing().into_iter().collect::<Vec<_>>(), ["en sample-forgotten"]);
}

#[test]
fn a_missing_value_is_remembered_too() {
    let words = words();
    let told = words.speak(Locale::Vi).with("sample-for", &[("name", Word::from("A"))]);
    assert_eq!(told, "Gửi A, hạn {$date}");
    assert!(words.missing().iter().any(|missing| missing.starts_with("vi sample-for")));
}

#[test]
fn words_that_cannot_be_read_are_told_at_the_start() {
    let load = |vi: &'static str| {
        let file = WordFile { name: "sample", vi, en: "" };
        Words::load(&[file]).unwrap_err()
    };
    let part = "sample";
    let key = || "sample-a".to_owned();
    assert_eq!(
        load("sample-a = A\nsample-a = B\n"),
        WordsError::Twice { part, locale: "vi", key: key() }
    );
    assert_eq!(
        load("other-a = A\n"),
        WordsError::Foreign { part, locale: "vi", key: "other-a".to_owned() }
    );
    let WordsError::Unreadable { reason, .. } = load("sample-a = A\nsample-b = { $x\n") else {
        panic!("read all the same");
    };
    assert!(reason.contains("line 2"), "{reason}");
}

#[test]
fn dates_and_times_are_those_on_the_wall_in_vietnam() {
    // 02:05 UTC.
    let at = instant(date(2026, 11, 23).at(9, 5, 0, 0));
    for (told, in_vi, in_en) in [
        (Speech::day as fn(&Speech, _) -> String, "23/11/2026", "23 November 2026"),
        (Speech::time, "09:05", "09:05"),
        (Speech::date_time, "23/11/2026 09:05", "23 November 2026, 09:05"),
        (Speech::weekday_date, "thứ hai, 23/11/2026", "Monday, 23 November 2026"),
        (
            Speech::weekday_date_time,
            "09:05 thứ hai, 23/11/2026",
            "09:05 on Monday, 23 November 2026",
        ),
    ] {
        assert_eq!(told(&vi(), at), in_vi);
        assert_eq!(told(&en(), at), in_en);
    }
    assert_eq!(vi().date(date(2026, 2, 1)), "01/02/2026");
    assert_eq!(vi().weekday(date(2026, 11, 22)), "chủ nhật");
}

#[test]
fn just_before_midnight_in_vietnam_it_is_still_today() {
    let last = instant(date(2026, 12, 31).at(23, 59, 59, 0));
    assert_eq!(vi().date_time(last), "31/12/2026 23:59");
}

#[test]
fn money_and_numbers() {
    for (amount, in_vi, in_en) in [
        (0, "0 ₫", "0 VND"),
        (999, "999 ₫", "999 VND"),
        (1_000, "1.000 ₫", "1,000 VND"),
        (1_234_567, "1.234.567 ₫", "1,234,567 VND"),
        (-50_000, "-50.000 ₫", "-50,000 VND"),
        (i64::MIN, "-9.223.372.036.854.775.808 ₫", "-9,223,372,036,854,775,808 VND"),
    ] {
        assert_eq!(vi().money(amount), in_vi);
        assert_eq!(en().money(amount), in_en);
    }
    for (number, in_vi, in_en) in [
        (0.5, "0,5", "0.5"),
        (1234.5, "1.234,5", "1,234.5"),
        (-1234.25, "-1.234,25", "-1,234.25"),
        (100_000.0, "100.000", "100,000"),
    ] {
        assert_eq!(vi().decimal(number), in_vi);
        assert_eq!(en().decimal(number), in_en);
    }
    assert_eq!(vi().percent(0.9643), "96,4%");
}

#[test]
fn sizes_are_counted_as_on_a_telephone() {
    for (bytes, told) in [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1 KB"),
        (3_449_000, "3,4 MB"),
        (999_960, "1 MB"),
        (20_000_000, "20 MB"),
        (5_000_000_000_000, "5.000 GB"),
    ] {
        assert_eq!(vi().size(bytes), told);
    }
}

#[test]
fn sentences_without_a_place_to_fill_never_reach_the_formatter() {
    let words = words();
    let plain = &words.language(Locale::Vi).plain;
    assert!(plain.contains_key("sample-title"));
    assert!(!plain.contains_key("sample-for"));
}
