//! The text of pages: what was set is found, whatever the file says reading it ends.

use std::collections::BTreeSet;

use super::files::{CATALOG, PAGE, PAGES, objects, stream, with_streams, with_table};
use super::others::RESULT;
use super::tools::{Desk, run};
use crate::pdf::text::{Limits, Text, read};

fn page(content: &str, font: &str) -> Vec<u8> {
    let parts = [CATALOG.to_owned(), PAGES.to_owned(), PAGE.to_owned(), stream(content)];
    with_table(&parts.into_iter().chain([font.to_owned()]).collect::<Vec<_>>())
}

fn shown(content: &str, font: &str) -> Text {
    read(&page(content, font), &Limits::default()).unwrap()
}

const TIMES: &str = "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>";

#[test]
fn what_the_press_prints_is_found_letter_by_letter() {
    let text = read(RESULT, &Limits::default()).unwrap();
    assert!(text.is_whole);
    assert!(text.text.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "{}", text.text);
    assert!(text.text.contains("Độc lập - Tự do - Hạnh phúc"), "{}", text.text);
}

#[test]
fn every_word_that_pdftotext_finds_is_found() {
    let Some(desk) = Desk::open() else { return };
    for (name, file) in [("result", RESULT.to_vec()), ("ours", with_streams(&objects()))] {
        let path = desk.keep(&format!("{name}.pdf"), &file);
        let Some(judge) = run("pdftotext", &["-enc", "UTF-8", &path, "-"]) else { return };
        let theirs = String::from_utf8(judge.stdout).unwrap();
        let ours = read(&file, &Limits::default()).unwrap().text;
        let words = |text: &str| -> BTreeSet<String> {
            text.split_whitespace().map(str::to_owned).collect()
        };
        let missing: Vec<String> = words(&theirs).difference(&words(&ours)).cloned().collect();
        assert!(!theirs.trim().is_empty());
        assert!(missing.is_empty(), "{name}: {missing:?}\n{ours}");
    }
}

#[test]
fn words_and_lines_end_where_the_text_moves() {
    let moved = shown(
        "BT /F 10 Tf 1 0 0 1 72 700 Tm [(Quy) -300 (et d) 20 (inh)] TJ 0 -14 Td (dong hai) Tj \
         T* ET BT /F 10 Tf 72 600 Td (dong ba) Tj 60 0 Td (cuoi) Tj ET",
        TIMES,
    );
    assert_eq!(moved.text, "Quy et dinh\ndong hai\ndong ba cuoi\n");
    let quoted = shown("BT /F 10 Tf 12 TL 72 700 Td (mot) ' (hai) ' 0 0 (ba) \" ET", TIMES);
    assert_eq!(quoted.text, "mot\nhai\nba\n");
    let turned = shown("BT /F 10 Tf 0 1 -1 0 72 100 Tm (doc theo) Tj ( le) Tj ET", TIMES);
    assert_eq!(turned.text, "doc theo le\n");
}

#[test]
fn codes_mean_what_the_file_says() {
    let map = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange \
        2 beginbfchar <0001> <0110> <0002> <1EDB0303> endbfchar \
        2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<00660066> <0078>] endbfrange endcmap";
    let parts = [
        CATALOG.to_owned(),
        PAGES.to_owned(),
        PAGE.to_owned(),
        stream("BT /F 12 Tf 72 700 Td <000100100011001200200021> Tj ET"),
        "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[7 0 R]\
         /ToUnicode 6 0 R>>"
            .to_owned(),
        stream(map),
        "<</Type/Font/Subtype/CIDFontType2/DW 600/W[1[500 500] 16 18 400]>>".to_owned(),
    ];
    let text = read(&with_table(&parts), &Limits::default()).unwrap();
    assert_eq!((text.text.as_str(), text.is_whole), ("Đabcffx\n", true));
}

#[test]
fn letters_by_name_and_letters_from_before_unicode_are_vietnamese() {
    let named = "<</Type/Font/Subtype/TrueType/BaseFont/A/Encoding<</Differences\
        [65/acircumflexacute/dcroat/Uhorn/uni1EC7/space.alt]>>>>";
    assert_eq!(shown("BT /F 9 Tf 9 9 Td (ABCDE) Tj ET", named).text, "ấđƯệ \n");
    let old = "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+.VnTime/Encoding/WinAnsiEncoding>>";
    // "Cộng hòa xã hội" as it was typed.
    let typed = "BT /F 9 Tf 9 9 Td <43E96E672068DF612078B72068E969> Tj ET";
    assert_eq!(shown(typed, old).text, "Cộng hòa xã hội\n");
    let plain = "<</Type/Font/Subtype/TrueType/BaseFont/Times/Encoding/WinAnsiEncoding>>";
    assert_eq!(shown("BT /F 9 Tf 9 9 Td <C9E9> Tj ET", plain).text, "Éé\n");
}

#[test]
fn what_cannot_be_read_is_passed_over_and_said() {
    let silent = "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H>>";
    let text = shown("BT /F 9 Tf 9 9 Td <0001> Tj ET", silent);
    assert_eq!((text.text.as_str(), text.is_whole), ("", false));
    let broken = shown("BT /F 9 Tf 9 9 Td (mot) Tj <zz> Tj (hai) Tj ET", TIMES);
    assert!(broken.text.contains("mot") && broken.text.contains("hai"));
    assert!(!broken.is_whole);
    let picture = "BI /W 2 /H 2 /BPC 8 ID (BT (x) Tj EI BT /F 9 Tf 9 9 Td (sau anh) Tj ET";
    assert_eq!(shown(picture, TIMES).text, "sau anh\n");
    assert!(read(b"khong phai pdf", &Limits::default()).is_err());
}

/// A page and a chain of forms, each of which draws the next several times.
fn forms(depth: usize, times: usize) -> Vec<u8> {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R\
        /Resources<</XObject<</N 6 0 R>>/Font<</F 5 0 R>>>>>>";
    let mut parts = vec![CATALOG.to_owned(), PAGES.to_owned(), page.to_owned()];
    parts.push(stream("/N Do"));
    parts.push(TIMES.to_owned());
    for number in 0..depth {
        let next = if number + 1 == depth { 6 } else { 7 + number };
        let body = "/N Do ".repeat(times) + "BT /F 9 Tf 1 1 Td (bom) Tj ET";
        parts.push(format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</N {next} 0 R>>\
             /Font<</F 5 0 R>>>>/Length {}>>\nstream\n{body}\nendstream",
            body.len()
        ));
    }
    with_table(&parts)
}

#[test]
fn forms_are_read_and_a_bomb_of_forms_costs_what_is_allowed() {
    let limits = Limits { work_bytes: 200_000, ..Limits::default() };
    let text = read(&forms(1, 0), &limits).unwrap();
    assert_eq!((text.text.as_str(), text.is_whole), ("bom\n", true));
    for bomb in [forms(1, 1), forms(20, 9), forms(3, 200)] {
        let text = read(&bomb, &limits).unwrap();
        assert!(!text.is_whole);
        assert!(text.text.len() < 200_000);
    }
}

#[test]
fn a_page_of_open_brackets_ends() {
    let limits = Limits { work_bytes: 1 << 20, ..Limits::default() };
    for letter in ["(", "[", "<<", "<", "BI ID ", "/", "+", "q ", "{"] {
        let file = page(&letter.repeat(100_000), TIMES);
        assert!(read(&file, &limits).is_ok());
    }
    let long = page(&format!("BT /F 9 Tf ({}) Tj ET", "a".repeat(50_000)), TIMES);
    let limits = Limits { text_bytes: 1_000, ..Limits::default() };
    let text = read(&long, &limits).unwrap();
    assert!(text.text.len() <= 1_002 && !text.is_whole);
}

#[test]
fn a_file_with_any_byte_changed_is_read_or_refused() {
    for at in (0..RESULT.len()).step_by(37) {
        let mut file = RESULT.to_vec();
        file[at] ^= 0x5A;
        let _ = read(&file, &Limits { work_bytes: 1 << 20, ..Limits::default() });
    }
}
