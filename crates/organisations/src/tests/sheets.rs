//! Sheets in every shape that spreadsheets save, and in shapes that nobody should.

use proptest::prelude::*;

use super::house::Town;
use crate::commands::{self, ImportMode, Report};
use crate::mandate::Scope;
use crate::sheet::{self, RowFault, Sheet};
use crate::{Code, Kind, Refusal, export};

const HEAD: &str = "code,name,kind";

fn numbers(report: &Report) -> (usize, usize, usize, usize, usize) {
    let refused = report.refused.len();
    (report.read, report.new, report.changed, report.unchanged, refused)
}

fn whys(report: &Report) -> Vec<(u64, Refusal)> {
    report.refused.iter().map(|row| (row.line, row.why.clone())).collect()
}

#[tokio::test]
async fn new_units_come_in_and_a_second_time_nothing_changes() {
    let town = Town::small().await;
    let hue = town.mandate_over("H57").await;
    let sheet = "code,name,kind,short_name,valid_from,provisional,phone,aliases\n\
        H57.14,Sở Y tế thành phố Huế,department,Sở Y tế,01/07/2025,no,0234 382 2222,000.00.14.H57\n\
        H57.14.01,Văn phòng Sở Y tế,department,,2025-07-01,yes,,\n";
    let report = town.import(&hue, sheet).await.unwrap();
    assert_eq!(numbers(&report), (2, 2, 0, 0, 0), "{report:?}");
    let unit = town.unit("000.00.14.H57").await;
    assert_eq!(unit.short_name.unwrap().as_str(), "Sở Y tế");
    assert_eq!(unit.valid_from, Some(jiff::civil::date(2025, 7, 1)));
    assert!(town.unit("H57.14.01").await.provisional);
    let again = town.import(&hue, sheet).await.unwrap();
    assert_eq!(numbers(&again), (2, 0, 0, 2, 0));
}

#[tokio::test]
async fn a_preview_says_the_same_and_changes_nothing() {
    let town = Town::small().await;
    let hue = town.mandate_over("H57").await;
    let sheet = "code,name,kind\nH57.14,Sở Y tế,department\nH57.02,Sở Tư pháp,department\n\
        H57.15,Sai,ministry\n";
    let mode = ImportMode::Preview;
    let preview = commands::import(town.ctx(), &hue, sheet.as_bytes(), mode).await.unwrap();
    assert_eq!(town.by_code("H57.14").await, None);
    let report = town.import(&hue, sheet).await.unwrap();
    assert_eq!(preview, report);
    assert_eq!(numbers(&report), (3, 1, 1, 0, 1));
}

#[tokio::test]
async fn every_way_of_saving_a_spreadsheet_is_read() {
    let shapes = [
        ("byte order mark", "\u{feff}code,name,kind\nH57.14,Sở Y tế,department\n"),
        ("windows line ends", "code,name,kind\r\nH57.14,Sở Y tế,department\r\n"),
        ("old Mac line ends", "code,name,kind\rH57.14,Sở Y tế,department\r"),
        ("semicolons", "code;name;kind\nH57.14;Sở Y tế;department"),
        ("tabs", "code\tname\tkind\nH57.14\tSở Y tế\tdepartment"),
        ("quotes", "\"code\",\"name\",\"kind\"\n\"h57.14\",\"Sở Y tế\",\"department\"\n"),
        ("other order", "Kind,unknown,NAME, Code \ndepartment,?,Sở Y tế,H57.14"),
        ("empty lines", "code,name,kind\n,,\nH57.14,Sở Y tế,department\n  ,,\n\n"),
        ("short line", "code,name,kind,note,phone\nH57.14,Sở Y tế,department"),
    ];
    for (shape, sheet) in shapes {
        let town = Town::small().await;
        let report = town.import(&town.everything(), sheet).await.unwrap();
        assert_eq!(numbers(&report), (1, 1, 0, 0, 0), "{shape}: {report:?}");
        assert_eq!(town.unit("H57.14").await.name.as_str(), "Sở Y tế", "{shape}");
    }
}

#[tokio::test]
async fn each_bad_line_is_reported_and_harms_no_other() {
    let town = Town::small().await;
    let hue = town.mandate_over("H57").await;
    let code = |text: &str| Code::issue(text).unwrap();
    let lines = [
        "code,name,kind,parent,valid_from,provisional,commune_gso,email",
        "H57.14,Tốt,department,H57,,,,",
        "H57.14,Lại mã ấy,department,,,,,",
        "H57.99.01,Không có trên,department,,,,,",
        "H57.15,Sai cơ quan trên,department,H17,,,,",
        "H17.15,Tỉnh khác,department,,,,,",
        "G99,Cấp một,ministry,,,,,",
        "H57.16,Sai loại,sở,,,,,",
        "H57.17,Sai ngày,department,,31/02/2025,,,",
        "H57.18,Sai tạm,department,,,maybe,,",
        "H57.19,Sai GSO,department,,,,12x,",
        "H57.21,Sai thư,department,,,,,abc",
        "H57.22,,department,,,,,",
        "57.23,Sai mã,department,,,,,",
        "H57.02,Sở Tư pháp,public_service,,,,,",
        "H57,Kinh đô,province_committee,,,,,",
        "H57.24,Cũng tốt,department,,,,,",
    ];
    let report = town.import(&hue, &lines.join("\n")).await.unwrap();
    assert_eq!(numbers(&report), (16, 2, 0, 0, 14));
    let text = |text: &str| text.to_owned();
    let expected = vec![
        (3, RowFault::CodeTwice { line: 2 }.into()),
        (4, Refusal::NothingAbove { code: code("H57.99") }),
        (5, RowFault::ParentDiffers { code: code("H57.15"), above: text("H57") }.into()),
        (6, Refusal::NothingAbove { code: code("H17") }),
        (7, Refusal::LevelOneIsIssuedAbove),
        (8, RowFault::KindUnknown { text: text("sở") }.into()),
        (9, RowFault::DateUnreadable { column: "valid_from", text: text("31/02/2025") }.into()),
        (10, RowFault::NeitherYesNorNo { text: text("maybe") }.into()),
        (11, RowFault::GsoUnreadable { text: text("12x") }.into()),
        (12, Refusal::ContactWrong(vec![crate::ContactFault::EmailUnreadable])),
        (13, Refusal::NameWrong(crate::NameFault::Empty)),
        (14, Refusal::CodeWrong(crate::CodeFault::NotStandard)),
        (15, RowFault::KindDiffers { kind: Kind::Department }.into()),
        (16, Refusal::OwnUnit),
    ];
    assert_eq!(whys(&report), expected);
}

#[tokio::test]
async fn lines_may_stand_in_any_order() {
    let town = Town::small().await;
    let sheet = "code,name,kind,valid_to,successors\n\
        H57.30.01.01,Tổ,department,,\nH57.30.01,Phòng,department,,\n\
        H57.31,Sở cũ,department,2026-06-30,H57.30: hộ tịch\nH57.30,Sở mới,department,,\n";
    let report = town.import(&town.everything(), sheet).await.unwrap();
    assert_eq!(numbers(&report), (4, 4, 0, 0, 0), "{report:?}");
    let closed = town.unit("H57.31").await;
    let heirs = town
        .ctx()
        .store
        .read(move |tx| crate::queries::successors(tx, closed.id, jiff::civil::date(2026, 11, 23)));
    let heirs = heirs.await.unwrap();
    assert_eq!(heirs[0].unit.code.as_str(), "H57.30");
    assert_eq!(heirs[0].matter.as_deref(), Some("hộ tịch"));
}

#[tokio::test]
async fn a_parent_and_its_children_may_end_in_one_sheet() {
    let town = Town::small().await;
    town.create("H57.101.01", "Trung tâm", Kind::OneStopCentre).await;
    let sheet = "code,name,kind,valid_to,successors\n\
        H57.101,Ủy ban nhân dân phường Thuận Hóa,commune_committee,2026-06-30,H57.102\n\
        H57.101.01,Trung tâm,one_stop_centre,2026-06-30,\n";
    let report = town.import(&town.everything(), sheet).await.unwrap();
    assert_eq!(numbers(&report), (2, 0, 2, 0, 0), "{report:?}");
    assert!(town.unit("H57.101").await.valid_to.is_some());
}

/// How a province brings the official codes of its communes in place of the provisional ones.
#[tokio::test]
async fn official_codes_replace_provisional_ones_and_bring_along_what_is_below() {
    let town = Town::small().await;
    let hue = town.mandate_over("H57").await;
    let stand_ins = "code,name,kind,provisional,commune_gso\n\
        H57.201,Ủy ban nhân dân xã A,commune_committee,yes,20001\n\
        H57.201.01,Trung tâm xã A,one_stop_centre,yes,\n";
    town.import(&hue, stand_ins).await.unwrap();
    let before = town.unit("H57.201").await;
    let again = "code,name,kind,commune_gso\n\
        H57.33,Ủy ban nhân dân xã A,commune_committee,20001\n";
    let refused = town.import(&hue, again).await.unwrap();
    let twin = Refusal::GsoTaken { gso: "20001".to_owned(), code: before.code.clone() };
    assert_eq!(whys(&refused), [(2, twin)], "no commune twice");

    let official = "code,replaces,name,kind,phone\n\
        H57.33,h57.201,Ủy ban nhân dân xã A,commune_committee,0234 3\n\
        H57.33.01,,Trung tâm xã A mới,one_stop_centre,\n\
        H57.34,H57.299,Ủy ban nhân dân xã B,commune_committee,\n\
        H57.102,H57.101,Ủy ban nhân dân xã C,commune_committee,\n";
    let preview = commands::import(town.ctx(), &hue, official.as_bytes(), ImportMode::Preview);
    let preview = preview.await.unwrap();
    let report = town.import(&hue, official).await.unwrap();
    assert_eq!(preview, report);
    assert_eq!(numbers(&report), (4, 0, 2, 0, 2), "{report:?}");
    let unknown = Refusal::NoSuchReplaced { code: "H57.299".to_owned() };
    let holder = town.unit("H57.102").await;
    let taken = Refusal::CodeTaken { code: holder.code, holder: holder.name.to_string() };
    assert_eq!(whys(&report), [(4, unknown), (5, taken)]);
    let after = town.unit("H57.201").await;
    assert_eq!((after.id, after.code.as_str()), (before.id, "H57.33"));
    assert!(!after.provisional && after.contact.phone.is_some());
    assert_eq!(town.unit("H57.201.01").await.name.as_str(), "Trung tâm xã A mới");
    let same = town.import(&hue, official).await.unwrap();
    assert_eq!(numbers(&same), (4, 0, 0, 2, 2), "a second time nothing changes: {same:?}");
}

/// The parent is in the code, so a ring can only be claimed by the column beside it.
#[tokio::test]
async fn rings_are_refused() {
    let town = Town::small().await;
    let sheet = "code,name,kind,parent\nH57.40,A,department,H57.41\nH57.41,B,department,H57.40\n\
        H57.42,C,department,H57.42\n";
    let report = town.import(&town.everything(), sheet).await.unwrap();
    assert_eq!(numbers(&report), (3, 0, 0, 0, 3));
    for (_, why) in whys(&report) {
        assert!(matches!(why, Refusal::RowWrong(RowFault::ParentDiffers { .. })), "{why:?}");
    }
}

#[tokio::test]
async fn a_cell_of_a_million_letters_is_one_bad_line() {
    let town = Town::small().await;
    let long = "ệ".repeat(1_000_000);
    let sheet = format!("{HEAD}\nH57.40,{long},department\nH57.41,Sở,department\n");
    let report = town.import(&town.everything(), &sheet).await.unwrap();
    assert_eq!(numbers(&report), (2, 1, 0, 0, 1));
    let fault = RowFault::CellTooLong { column: "name" };
    assert_eq!(whys(&report), [(2, fault.into())]);
}

#[tokio::test]
async fn lines_that_are_no_text_are_refused_by_themselves() {
    let town = Town::small().await;
    let mut sheet = format!("{HEAD}\nH57.41,Sở,department\nH57.40,").into_bytes();
    sheet.extend([0xff, 0xfe, b'S']);
    sheet.extend(b",department\n");
    let mode = ImportMode::Apply;
    let all = town.everything();
    let report = commands::import(town.ctx(), &all, sheet.as_slice(), mode).await.unwrap();
    assert_eq!(whys(&report), [(3, RowFault::NotText.into())]);
    assert_eq!(report.new, 1);
}

#[tokio::test]
async fn what_is_no_sheet_is_refused_as_a_whole() {
    let town = Town::small().await;
    let table = [
        ("", "code"),
        ("\u{feff}", "code"),
        ("name,kind\nSở,department", "code"),
        ("code,kind\nH57.1,department", "name"),
        ("code,name\nH57.1,Sở", "kind"),
        ("%PDF-1.7 \u{0} …", "code"),
    ];
    for (sheet, column) in table {
        let refused = town.import(&town.everything(), sheet).await;
        assert_eq!(refused, Err(Refusal::ColumnMissing { column }), "{sheet:?}");
    }
}

#[tokio::test]
async fn an_empty_cell_changes_nothing_and_a_filled_one_does() {
    let town = Town::small().await;
    let all = town.everything();
    let first = "code,name,kind,phone,note\nH57.02,Sở Tư pháp,department,0234 382,Tầng 2\n";
    assert_eq!(numbers(&town.import(&all, first).await.unwrap()), (1, 0, 1, 0, 0));
    let second = "code,name,kind,phone,note,email\nH57.02,Sở Tư pháp,department,,,a@hue.gov.vn\n";
    town.import(&all, second).await.unwrap();
    let unit = town.unit("H57.02").await;
    assert_eq!(unit.note.as_deref(), Some("Tầng 2"));
    assert_eq!(unit.contact.phone.as_deref(), Some("0234 382"));
    assert_eq!(unit.contact.email.as_deref(), Some("a@hue.gov.vn"));
    assert_eq!(town.history("H57.02").await[0], "organisations.import");
}

#[tokio::test]
async fn a_rename_by_sheet_keeps_the_old_name_when_its_day_is_given() {
    let town = Town::small().await;
    let sheet = "code,name,kind,renamed_on\nH57.02,Sở Công lý Huế,department,2026-01-01\n";
    town.import(&town.everything(), sheet).await.unwrap();
    assert_eq!(town.found("so tu phap").await, ["H57.02"]);
    assert_eq!(town.found("so cong ly").await, ["H57.02"]);
}

#[tokio::test]
async fn what_is_taken_out_can_be_brought_in_elsewhere_and_is_the_same() {
    let town = Town::small().await;
    let all = town.everything();
    let alias = Code::receive("vxp.saas.02").unwrap();
    commands::add_alias(town.ctx(), &all, town.target("H57.02").await, alias).await.unwrap();
    let phone = "code,name,kind,phone\nH57.02,\"Sở \"\"Tư pháp\"\", Huế\",department,+84 234\n";
    town.import(&all, phone).await.unwrap();
    let taken_out = export::csv(town.ctx(), Scope::Everything).await.unwrap();
    assert!(taken_out.starts_with("\u{feff}code,replaces,name,".as_bytes()));
    let text = String::from_utf8(taken_out.clone()).unwrap();
    assert!(text.contains(",'+84 234,"), "no spreadsheet calculates a telephone number: {text}");
    let same = town.import(&all, &text).await.unwrap();
    assert_eq!(numbers(&same), (8, 0, 0, 8, 0), "{same:?}");

    let other = Town::empty().await;
    let report = other.import(&other.everything(), &text).await.unwrap();
    assert_eq!(numbers(&report), (8, 8, 0, 0, 0), "{report:?}");
    let again = export::csv(other.ctx(), Scope::Everything).await.unwrap();
    assert_eq!(String::from_utf8(again).unwrap(), text);
}

#[tokio::test]
async fn a_province_takes_out_its_own_part_only() {
    let town = Town::small().await;
    let hue = town.unit("H57").await;
    let sheet = export::csv(town.ctx(), Scope::Subtree(hue.id)).await.unwrap();
    let text = String::from_utf8(sheet).unwrap();
    let codes: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(codes, ["H57", "H57.02", "H57.20", "H57.101", "H57.102"]);
}

#[test]
fn successors_are_read_with_their_matter() {
    let read = sheet::successors(" G09: lao động, việc làm | G03 |  | G18 : trẻ em: y tế ");
    let told: Vec<(&str, Option<&str>)> =
        read.iter().map(|(code, matter)| (code.as_str(), matter.as_deref())).collect();
    assert_eq!(
        told,
        [("G09", Some("lao động, việc làm")), ("G03", None), ("G18", Some("trẻ em: y tế"))]
    );
}

proptest! {
    /// Whatever comes, every line is either understood or refused with a reason; none is lost.
    #[test]
    fn no_bytes_make_the_reader_stumble(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut sheet = b"code,name,kind\n".to_vec();
        sheet.extend(&bytes);
        for line in Sheet::open(sheet.as_slice()).unwrap() {
            let line = line.unwrap();
            prop_assert!(line.number >= 2 && line.code.chars().count() <= 60);
        }
    }
}
