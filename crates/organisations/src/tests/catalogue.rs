//! The seeded catalogue of the whole country: found, walked, seeded again.

use std::time::Instant;

use jiff::civil::{Date, date};
use platform::store::{StoreError, Tx};

use super::house::Town;
use crate::commands::{self, Edit, Recoding, Seeded};
use crate::queries::{self, After, Filter, Meaning};
use crate::{Code, Kind, Name};

const TODAY: Date = date(2026, 11, 23);

async fn read<T: Send + 'static>(
    town: &Town,
    unit: impl Fn(&mut Tx) -> Result<T, StoreError> + Send + 'static,
) -> T {
    town.ctx().store.read(unit).await.unwrap()
}

#[tokio::test]
async fn seeding_again_changes_nothing_and_keeps_what_agencies_made() {
    let town = Town::country().await;
    let (ctx, all) = (town.ctx(), town.everything());
    let first = read(&town, queries::revision).await;
    let again = commands::seed(ctx).await.unwrap();
    assert_eq!(again, Seeded { new: 0, present: 7_954, successions: 0 });
    assert_eq!(read(&town, queries::revision).await, first);

    let recoding = Recoding {
        code: Code::issue("H57.33").unwrap(),
        provisional: false,
        reason: String::new(),
    };
    commands::recode(ctx, &all, town.target("H57.105").await, recoding).await.unwrap();
    let edit = Edit {
        name: Name::parse("Bộ Pháp luật").unwrap(),
        short_name: None,
        note: None,
        renamed_on: None,
        reason: String::new(),
    };
    commands::edit(ctx, &all, town.target("G15").await, edit).await.unwrap();
    commands::reopen(ctx, &all, town.target("H02").await, "thử".to_owned()).await.unwrap();
    let third = commands::seed(ctx).await.unwrap();
    assert_eq!(third, Seeded { new: 0, present: 7_954, successions: 0 });
    assert_eq!(town.unit("H57.105").await.code.as_str(), "H57.33");
    assert_eq!(town.unit("G15").await.name.as_str(), "Bộ Pháp luật");
    let reopened = town.unit("H02").await;
    assert_eq!(reopened.valid_to, None);
    let heirs = read(&town, move |tx| queries::successors(tx, reopened.id, TODAY)).await;
    assert_eq!(heirs, [], "who reopened it meant that nobody took over");
}

#[tokio::test]
async fn words_find_without_diacritics_in_any_order() {
    let town = Town::country().await;
    let table = [
        ("so tu phap hue", "H57.03"),
        ("HUẾ sở tư pháp", "H57.03"),
        ("chau thoi ca mau", "H12.113"),
        ("h57.101", "H57.101"),
        ("H57", "H57"),
        ("000.00.00.h57", "H57"),
        ("Thừa Thiên Huế", "H57"),
        ("bo nong nghiep va phat trien nong thon", "G10"),
        ("bo tu phap", "G15"),
        ("van phong chinh phu", "G22"),
        ("dak lak", "H15"),
        ("huyện a lưới", "H57.D481"),
        ("dac khu hoang sa", "H17.116"),
    ];
    for (asked, expected) in table {
        let found = town.found(asked).await;
        assert_eq!(found.first().map(String::as_str), Some(expected), "{asked}: {found:?}");
    }
    assert_eq!(town.found("khong co dau").await, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_in_force_comes_before_what_has_ended() {
    let town = Town::country().await;
    let found = town.found("ninh thuan").await;
    assert_eq!(found[0], "H43", "the name itself, though it ended: {found:?}");
    let found = town.found("phu vang").await;
    let (open, ended) = ("H57.119", "H57.D478");
    let place = |code: &str| found.iter().position(|found| found == code).unwrap();
    assert!(place(open) < place(ended), "the commune before the district: {found:?}");
}

#[tokio::test]
async fn a_list_is_walked_page_by_page_without_gap_or_double() {
    let town = Town::country().await;
    let walked = read(&town, |tx| {
        let hue = queries::by_code(tx, "H57")?.unwrap();
        let mut filters =
            vec![Filter { within: Some(hue.code), direct: true, ..Filter::default() }];
        filters.push(Filter { kind: Some(Kind::ProvinceCommittee), ..Filter::default() });
        let mut walks = Vec::new();
        for (text, filter) in
            filters.iter().map(|filter| ("", filter)).chain([("tân thành", &filters[0].clone())])
        {
            let filter = if text.is_empty() { filter.clone() } else { Filter::default() };
            let (mut codes, mut after, mut total) = (Vec::new(), None, 0);
            loop {
                let slice = queries::search(tx, text, &filter, after.as_ref(), (TODAY, 7))?;
                codes.extend(slice.units.iter().map(|unit| unit.code.to_string()));
                total = slice.total.max(total);
                let Some(next) = slice.next else { break };
                after = After::parse(&next.written());
                assert!(after.is_some(), "what is written can be read");
            }
            walks.push((codes, total));
        }
        Ok(walks)
    })
    .await;
    for (codes, total) in &walked {
        assert_eq!(codes.len() as i64, *total);
        let mut once = codes.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), codes.len());
    }
    assert_eq!(walked[0].0.len(), 14 + 40 + 9, "departments, communes, ended districts");
    assert_eq!(walked[0].0[..2], ["H57.01", "H57.02"], "departments first");
    assert_eq!(walked[1].0.len(), 63);
}

#[tokio::test]
async fn the_questions_of_other_capabilities_are_answered() {
    let town = Town::country().await;
    read(&town, |tx| {
        let commune = queries::commune_of_gso(tx, "19789", TODAY)?.unwrap();
        assert_eq!(commune.label(), "Phường Thuận Hóa");
        assert_eq!(queries::path_names(tx, commune.id)?, ["Phường Thuận Hóa", "Thành phố Huế"]);
        let province = queries::province_of_gso(tx, "46", TODAY)?.unwrap();
        assert_eq!(province.code.as_str(), "H57");
        assert!(queries::is_within(tx, commune.id, province.id)?);
        assert!(!queries::is_within(tx, province.id, commune.id)?);
        assert_eq!(queries::communes(tx, province.id, TODAY)?.len(), 40);
        assert_eq!(queries::provinces(tx, TODAY)?.len(), 34);
        assert_eq!(queries::provinces(tx, date(2025, 6, 30))?.len(), 63);
        assert_eq!(queries::children(tx, province.id, TODAY)?.len(), 54);
        assert_eq!(queries::children(tx, province.id, date(2025, 6, 30))?.len(), 9);
        let centre = queries::one_stop_centre(tx, commune.id, TODAY)?.unwrap();
        assert_eq!(centre.code.as_str(), format!("{}.01", commune.code));
        let department = queries::by_code(tx, "H57.02")?.unwrap();
        let centre = queries::one_stop_centre(tx, department.id, TODAY)?.unwrap();
        assert_eq!(centre.code.as_str(), "H57.20", "a department's papers go to the province's");
        let ministry = queries::by_code(tx, "G15")?.unwrap();
        assert_eq!(queries::one_stop_centre(tx, ministry.id, TODAY)?, None);
        assert_eq!(queries::subtree(tx, commune.id)?.len(), 2);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn codes_of_before_mean_what_they_meant_or_ask_back() {
    let town = Town::country().await;
    let meaning = |text: &'static str| read(&town, move |tx| queries::meaning(tx, text));
    assert!(matches!(meaning("h57").await, Meaning::Current(_)));
    assert!(matches!(meaning("000.00.00.H57").await, Meaning::Former(unit) if
        unit.code.as_str() == "H57"));
    assert!(matches!(meaning("000.00.02.H57").await, Meaning::Perhaps(unit) if
        unit.code.as_str() == "H57.02"));
    assert_eq!(meaning("000.00.99.H57").await, Meaning::Unknown);
    assert_eq!(meaning("vxp.saas.02").await, Meaning::Unknown);
    assert_eq!(meaning("").await, Meaning::Unknown);
    assert_eq!(town.by_code("000.00.02.H57").await, None, "a guess resolves nothing");
    assert_eq!(town.unit("H02").await.valid_to, Some(date(2025, 6, 30)), "closed codes resolve");
}

#[tokio::test]
async fn a_district_offers_its_communes_and_the_province() {
    let town = Town::country().await;
    let district = town.unit("H57.D481").await;
    let heirs = read(&town, move |tx| queries::successors(tx, district.id, TODAY)).await;
    let told: Vec<(String, Option<&str>)> =
        heirs.iter().map(|heir| (heir.unit.label().to_owned(), heir.matter.as_deref())).collect();
    let commune = |number: u8| (format!("Xã A Lưới {number}"), None);
    let mut expected: Vec<(String, Option<&str>)> = [2, 5, 1, 3, 4].map(commune).to_vec();
    expected.push(("Thành phố Huế".to_owned(), Some("việc chuyển về cấp tỉnh")));
    assert_eq!(told, expected);
}

#[tokio::test]
async fn the_whole_country_is_seeded_and_searched_fast_enough_to_be_used() {
    let town = Town::empty().await;
    let begun = Instant::now();
    commands::seed(town.ctx()).await.unwrap();
    let seeded = begun.elapsed();
    let begun = Instant::now();
    for asked in ["so tu phap hue", "uy ban nhan dan", "chau thoi", "xa tan thanh", "H57.101"] {
        town.found(asked).await;
    }
    let searched = begun.elapsed() / 5;
    // Shown, not judged: a busy machine makes no test fail.
    println!("seeded in {seeded:?}, searched in {searched:?} each");
}
