//! The public directory as people see it.

use platform::words::Locale;

use super::house::{Town, closing};
use crate::Code;
use crate::commands;

#[tokio::test]
async fn the_tree_shows_34_provinces_and_the_government() {
    let town = Town::country().await;
    let page = town.get("/don-vi").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.text.matches("href=\"/don-vi/H").count(), 34);
    assert!(page.has(">Tỉnh An Giang</a>") && page.text.len() < 30_000, "{}", page.text.len());
    assert!(page.has("href=\"/don-vi/G15\"") && !page.has("href=\"/don-vi/G04\""));
    let all = town.get("/don-vi?dong=1").await;
    assert_eq!(all.text.matches("href=\"/don-vi/H").count(), 63);
    assert!(all.has("href=\"/don-vi/G04\"") && all.has("Đã kết thúc hoạt động"));
}

#[tokio::test]
async fn a_search_shows_where_each_unit_stands() {
    let town = Town::country().await;
    let page = town.get("/don-vi?q=chau+thoi+ca+mau").await;
    assert!(page.has("Ủy ban nhân dân xã Châu Thới"), "{}", page.text);
    assert!(page.has("Tỉnh Cà Mau"));
    let none = town.get("/don-vi?q=zzz").await;
    assert!(none.has("Không tìm thấy cơ quan nào"));
    let english = town.get("/don-vi?q=zzz&lang=en").await;
    assert!(english.has("No agency was found"), "{}", english.text);
}

#[tokio::test]
async fn a_unit_page_tells_code_place_and_that_the_code_is_provisional() {
    let town = Town::country().await;
    let page = town.get("/don-vi/H57.101").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.title(), "Ủy ban nhân dân phường Phú Xuân – Liên Thông");
    assert!(page.has("Mã tạm, chờ cơ quan có thẩm quyền cấp"));
    assert!(page.has("href=\"/don-vi/H57\""), "the way up");
    assert!(page.has("href=\"/don-vi/H57.101.01\""), "the way down and the place for papers");
}

#[tokio::test]
async fn a_province_lists_what_is_below_a_page_at_a_time() {
    let town = Town::country().await;
    let page = town.get("/don-vi/H57").await;
    assert!(page.has("54 đơn vị trực thuộc"), "{}", page.text);
    assert!(page.has("href=\"/don-vi/H57.01\"") && !page.has("href=\"/don-vi/H57.110\""));
    let next = page.text.split("rel=\"next\"").next().unwrap().rsplit("href=\"").next().unwrap();
    let next = next.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    let second = town.get(&next).await;
    assert!(second.has("href=\"/don-vi/H57.110\""), "{next}");
    let communes = town.get("/don-vi/H57?loai=commune_committee").await;
    assert!(communes.has("40 đơn vị trực thuộc") && !communes.has("href=\"/don-vi/H57.01\""));
}

#[tokio::test]
async fn a_closed_unit_offers_who_took_over() {
    let town = Town::country().await;
    let page = town.get("/don-vi/G07").await;
    assert_eq!(page.status, 200);
    assert!(page.has("Cơ quan này đã kết thúc hoạt động") && page.has("28/02/2025"));
    for heir in ["G09", "G03", "G18", "G10", "G01"] {
        assert!(page.has(&format!("href=\"/don-vi/{heir}\"")), "{heir}");
    }
    assert!(page.has("giáo dục nghề nghiệp"));
    let heir = town.get("/don-vi/H57").await;
    assert!(heir.has("tỉnh Thừa Thiên Huế") && heir.has("đến 31/12/2024"));
    assert!(heir.has("Quận Thuận Hóa") || heir.has("quận Thuận Hóa"), "what it took over");
}

#[tokio::test]
async fn an_old_code_leads_to_the_unit_and_says_why() {
    let town = Town::country().await;
    let mut visitor = town.house.visitor();
    let moved = visitor.get("/don-vi/000.00.00.H57").await;
    assert_eq!((moved.status.as_u16(), moved.location()), (303, "/don-vi/H57"));
    let page = visitor.get("/don-vi/H57").await;
    assert!(page.has("Mã vừa tra là mã cũ"), "{}", page.text);
    let small = town.get("/don-vi/h57").await;
    assert_eq!((small.status.as_u16(), small.location()), (303, "/don-vi/H57"));
}

#[tokio::test]
async fn a_code_nobody_has_is_404_with_a_question_back_where_the_rule_knows_one() {
    let town = Town::country().await;
    let page = town.get("/don-vi/000.00.03.H57").await;
    assert_eq!(page.status, 404);
    assert!(page.has("href=\"/don-vi/H57.03\""));
    for nonsense in ["H99", "000.00.99.H57", "%3Cscript%3E", "a%0Ab", "x".repeat(3_000).as_str()] {
        let page = town.get(&format!("/don-vi/{nonsense}")).await;
        assert_eq!(page.status, 404, "{nonsense}");
        assert!(!page.has("<script>alert") && !page.has("<script></"), "{nonsense}");
    }
}

#[tokio::test]
async fn the_public_history_shows_what_changed_and_not_who() {
    let town = Town::small().await;
    town.close("H57.02", jiff::civil::date(2026, 6, 30), &["H17"]).await.unwrap();
    let page = town.get("/don-vi/H57.02/lich-su").await;
    assert!(page.has("Kết thúc hoạt động") && page.has("30/06/2026") && page.has("NQ 202/2025"));
    assert!(page.has("Cán bộ quản lý danh mục") && !page.has(super::house::OPERATOR));
    assert_eq!(town.get("/don-vi/H99/lich-su").await.status, 404);
}

#[tokio::test]
async fn a_change_is_on_the_next_page_at_once() {
    let town = Town::small().await;
    assert!(town.get("/don-vi/H57.02").await.has("Sở Tư pháp"));
    let at = town.target("H57.02").await;
    let ending = closing(jiff::civil::date(2026, 6, 30), &["H17"]);
    commands::close(town.ctx(), &town.everything(), at, ending).await.unwrap();
    assert!(town.get("/don-vi/H57.02").await.has("đã kết thúc hoạt động"));
}

#[tokio::test]
async fn names_that_look_like_markup_are_shown_as_they_are() {
    let town = Town::small().await;
    let name = "<script>alert(1)</script>";
    town.create("H57.66", name, crate::Kind::Department).await;
    let page = town.get("/don-vi/H57.66").await;
    assert!(!page.has(name) && page.has("&#60;script&#62;alert(1)"), "{}", page.text);
    let page = town.get("/don-vi/H57").await;
    assert!(!page.has(name));
}

#[tokio::test]
async fn every_page_speaks_both_languages_completely() {
    let town = Town::small().await;
    let alias = Code::receive("000.00.02.H57").unwrap();
    let at = town.target("H57.02").await;
    commands::add_alias(town.ctx(), &town.everything(), at, alias).await.unwrap();
    let mut officer = town.officer_of("H57").await;
    let paths = [
        "/don-vi",
        "/don-vi?q=hue",
        "/don-vi?dong=1",
        "/don-vi/H57",
        "/don-vi/H47",
        "/don-vi/H57.02",
        "/don-vi/H57.02/lich-su",
        "/don-vi/H99",
        "/quan-tri/don-vi",
        "/quan-tri/don-vi/tao",
        "/quan-tri/don-vi/nhap",
        "/quan-tri/don-vi/H57.02",
        "/quan-tri/don-vi/H57.02/ten",
        "/quan-tri/don-vi/H57.02/lien-he",
        "/quan-tri/don-vi/H57.02/ma",
        "/quan-tri/don-vi/H57.02/them-ma",
        "/quan-tri/don-vi/H57.02/bo-ma",
        "/quan-tri/don-vi/H57.02/ket-thuc",
        "/quan-tri/don-vi/H57.02/mo-lai",
    ];
    for path in paths {
        for locale in Locale::ALL {
            let mark = if path.contains('?') { '&' } else { '?' };
            let page = officer.get(&format!("{path}{mark}lang={}", locale.tag())).await;
            assert!(!page.has("organisations-"), "{path} {locale:?}: {}", page.text);
            assert_eq!(page.text.matches("<h1").count(), 1, "{path}");
        }
    }
    let missing = town.ctx().words.missing();
    let ours: Vec<&String> =
        missing.iter().filter(|word| word.contains("organisations-")).collect();
    assert_eq!(ours, Vec::<&String>::new());
}
