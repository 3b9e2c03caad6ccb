//! Tests of the search: a small catalogue of daily life and, where the shared data lies beside
//! the repository, the real one.

use std::path::Path;

use super::*;
use crate::code::Code;
use crate::level::{Level, Levels, OnlineLevel};
use crate::listing::Listing;
use crate::procedure::VersionId;
use crate::version::{Named, Version};

/// Code, name, field.
const CATALOGUE: [(&str, &str, &str); 16] = [
    ("1.001193", "Thủ tục đăng ký khai sinh", "Hộ tịch"),
    ("1.004772", "Đăng ký khai sinh cho người đã có hồ sơ, giấy tờ cá nhân", "Hộ tịch"),
    ("2.000528", "Thủ tục đăng ký khai sinh có yếu tố nước ngoài", "Hộ tịch"),
    ("2.000986", "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con", "Hộ tịch"),
    ("1.000894", "Thủ tục đăng ký kết hôn", "Hộ tịch"),
    ("1.000656", "Thủ tục đăng ký khai tử", "Hộ tịch"),
    ("1.004222", "Đăng ký thường trú", "Đăng ký, quản lý cư trú"),
    ("1.004194", "Đăng ký tạm trú", "Đăng ký, quản lý cư trú"),
    ("2.000815", "Thủ tục chứng thực bản sao từ bản chính", "Chứng thực"),
    ("3.000333", "Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam", "Lý lịch tư pháp"),
    ("1.012786", "Cấp lại Giấy chứng nhận quyền sử dụng đất do bị mất", "Đất đai"),
    ("1.001612", "Đăng ký thành lập hộ kinh doanh", "Thành lập hộ kinh doanh"),
    ("1.002755", "Cấp lại thẻ căn cước", "Cấp, quản lý căn cước"),
    ("2.001610", "Đăng ký thành lập doanh nghiệp tư nhân", "Thành lập doanh nghiệp"),
    ("1.002796", "Đổi giấy phép lái xe", "Sát hạch, cấp giấy phép lái xe"),
    ("1.009001", "Nhập khẩu thuốc thú y", "Thú y"),
];

fn source(code: &str, name: &str, field: &str) -> Source {
    let code = Code::parse(code).unwrap();
    let version = Version {
        fields: vec![Named::of(field)],
        levels: Levels::of(&[Level::Ward]),
        subjects: vec![Named::of("Công dân Việt Nam")],
        ..Version::new(code.clone(), name)
    };
    let id = VersionId(uuid::Uuid::from_u128(code.as_str()[2..].parse::<u128>().unwrap()));
    Source { code, version: id, listing: Listing::of(&version) }
}

fn index() -> Index {
    let sources = CATALOGUE.iter().map(|(code, name, field)| source(code, name, field)).collect();
    Index::build(1, None, sources)
}

fn first(index: &Index, words: &str) -> Option<String> {
    let question = Question { words: words.to_owned(), ..Question::default() };
    index.ask(&question).page(None, 1).first().map(|listed| listed.code.to_string())
}

#[test]
fn what_people_type_finds_what_they_mean() {
    let index = index();
    let table = [
        ("đăng ký khai sinh", "1.001193"),
        ("dang ky khai sinh", "1.001193"),
        ("DANG KY KHAI SINH", "1.001193"),
        ("khai sih", "1.001193"),
        ("khia sinh", "1.001193"),
        ("sinh khai dang ky", "1.001193"),
        ("dangkykhaisinh", "1.001193"),
        ("khaisinh", "1.001193"),
        ("khai si", "1.001193"),
        ("1.001193", "1.001193"),
        ("1.001193.000.00.00.H01", "1.001193"),
        ("ket hon", "1.000894"),
        ("cưới", "1.000894"),
        ("báo tử", "1.000656"),
        ("hộ khẩu", "1.004222"),
        ("ho khau", "1.004222"),
        ("sổ đỏ", "1.012786"),
        ("so do bi mat", "1.012786"),
        ("cccd", "1.002755"),
        ("công chứng bản sao", "2.000815"),
        ("sao y", "2.000815"),
        ("lltp", "3.000333"),
        ("ly lich tu phap", "3.000333"),
        ("mở quán", "1.001612"),
        ("bằng lái xe", "1.002796"),
        ("gplx", "1.002796"),
        ("khai sinh nước ngoài", "2.000528"),
    ];
    for (typed, code) in table {
        assert_eq!(first(&index, typed).as_deref(), Some(code), "typed: {typed}");
    }
}

#[test]
fn nonsense_finds_nothing() {
    let index = index();
    for words in ["zzzzqqq", "🙂", "12345678901234567890"] {
        let question = Question { words: words.to_owned(), ..Question::default() };
        assert_eq!(index.ask(&question).count(), 0, "{words}");
    }
}

#[test]
fn no_words_list_everything_the_most_asked_for_first() {
    let index = index();
    let found = index.ask(&Question::default());
    assert_eq!(found.count(), CATALOGUE.len());
    let first = found.page(None, 10);
    assert_eq!(first[0].code.as_str(), "1.001193");
    let next = found.next(&first).unwrap();
    let rest = found.page(Some(next), 10);
    assert_eq!(rest.len(), CATALOGUE.len() - 10);
    assert_eq!(found.next(&rest), None);
    assert!(found.page(Some(&Code::parse("9.999999").unwrap()), 10).is_empty());
}

#[test]
fn filters_cut_and_facets_count_what_each_choice_would_leave() {
    let index = index();
    let filter = Filter { field: Some("Hộ tịch".to_owned()), ..Filter::default() };
    let found = index.ask(&Question { words: "đăng ký".to_owned(), filter });
    assert_eq!(found.count(), 6);
    let fields = found.facet(Facet::Field);
    assert_eq!(fields[0], ("Hộ tịch".to_owned(), 6));
    assert!(fields.iter().any(|(name, _)| name == "Đăng ký, quản lý cư trú"), "{fields:?}");
    assert_eq!(found.facet(Facet::Level), [("ward".to_owned(), 6)]);
    let online = Filter { online: Some(OnlineLevel::Whole), ..Filter::default() };
    assert_eq!(index.ask(&Question { words: String::new(), filter: online }).count(), 0);
}

#[test]
fn marks_stand_on_the_words_with_their_accents() {
    let index = index();
    let found =
        index.ask(&Question { words: "dang ki khai sinh".to_owned(), ..Question::default() });
    let marked: String = found
        .marked_name("Thủ tục Đăng ký khai sinh, lại")
        .iter()
        .map(
            |piece| {
                if piece.is_marked { format!("[{}]", piece.text) } else { piece.text.to_owned() }
            },
        )
        .collect();
    assert_eq!(marked, "Thủ tục [Đăng ký khai sinh], lại");
}

#[test]
fn slips_are_counted_as_people_make_them() {
    assert_eq!(super::distance::within("sih", "sinh", 1), Some(1));
    assert_eq!(super::distance::within("khia", "khai", 1), Some(1));
    assert_eq!(super::distance::within("khai", "khai", 1), Some(0));
    assert_eq!(super::distance::within("tu", "sinh", 1), None);
    assert_eq!(super::distance::within(&"a".repeat(80), "sinh", 2), None);
}

proptest::proptest! {
    /// Whatever is typed, the search answers and does not fall.
    #[test]
    fn anything_may_be_typed(words in ".{0,60}") {
        let index = index();
        let found = index.ask(&Question { words, ..Question::default() });
        for listed in found.page(None, 20) {
            let whole: String =
                found.marked_name(&listed.listing.name).iter().map(|piece| piece.text).collect();
            proptest::prop_assert_eq!(&whole, &listed.listing.name);
        }
    }
}

/// The real catalogue, when it lies beside the repository.
#[test]
fn the_real_catalogue_answers_as_the_small_one() {
    let archive = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/procedures/procedures_2642.tar.gz");
    if !archive.exists() {
        println!("skipped: {} is not there", archive.display());
        return;
    }
    let sources = crate::import::tests::all_readings(&archive)
        .iter()
        .zip(1u128..)
        .map(|(reading, id)| Source {
            code: reading.version.code.clone(),
            version: VersionId(uuid::Uuid::from_u128(id)),
            listing: Listing::of(&reading.version),
        })
        .collect();
    let index = Index::build(1, None, sources);
    let table = [
        ("dang ky khai sinh", "1.001193"),
        ("khai sih", "1.001193"),
        ("sinh khai dang ky", "1.001193"),
        ("thuong tru", "1.004222"),
        ("hộ khẩu", "1.004222"),
        ("chung thuc ban sao tu ban chinh", "2.000815"),
        ("ket hon", "1.000894"),
    ];
    for (typed, code) in table {
        assert_eq!(first(&index, typed).as_deref(), Some(code), "typed: {typed}");
    }
}
