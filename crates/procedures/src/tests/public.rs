//! What everybody sees.

use super::{house_with, version};
use crate::time_limit::{TimeLimit, TimeUnit};
use crate::version::Version;

const CODE: &str = "1.999999";

fn shipped() -> Vec<Version> {
    crate::shipped::read().unwrap().into_iter().map(|shipped| shipped.version).collect()
}

#[tokio::test]
async fn the_home_page_begins_with_the_search() {
    let house = house_with(shipped()).await;
    let page = house.get("/").await;
    assert_eq!(page.status, 200);
    let search = page.text.find("name=\"q\"").unwrap();
    assert!(search < page.text.find("/tra-cuu").unwrap(), "the box comes first");
    assert!(page.has("/thu-tuc/1.001193"), "what people ask for most");
    assert!(page.has("su-kien=birth"));
    assert!(page.text.len() < 30_000, "{} bytes", page.text.len());
    let english = house.get("/?lang=en").await;
    assert!(english.has("What do you need to do?") && english.has("Having and raising a child"));
}

#[tokio::test]
async fn the_page_says_what_how_long_how_much_and_where() {
    let house = house_with(vec![version(CODE, "Cấp thẻ đọc sách")]).await;
    let page = house.get("/thu-tuc/1.999999").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.title(), "Cấp thẻ đọc sách – Liên Thông");
    for words in [
        "2 loại giấy tờ",
        "2 bản chính",
        "Lưu ý (1)",
        "3 ngày làm việc",
        "Lệ phí: 20.000 ₫",
        "Trực tuyến, Trực tiếp",
        "Ủy ban nhân dân cấp xã",
        "Từ 6 tuổi trở lên.",
        "<li>qua mạng</li>",
        "46/2019/QH14",
        "12/QĐ-BTP",
    ] {
        assert!(page.has(words), "{words} is not on the page:\n{}", page.text);
    }
    assert!(!page.has("/nop-ho-so/"), "there is no form, so there is no button");
    assert_eq!(page.text.matches("<h1").count(), 1);
}

#[tokio::test]
async fn in_english_the_official_text_says_that_it_is_vietnamese() {
    let house = house_with(shipped()).await;
    let page = house.get("/thu-tuc/1.001193?lang=en").await;
    assert!(page.has("<h1>Registration of a birth</h1>"), "{}", page.text);
    assert!(page.has("lang=\"vi\">"), "{}", page.text);
    assert!(page.has("What you need"));
}

#[tokio::test]
async fn in_english_every_passage_of_the_text_is_marked_and_none_of_our_own() {
    let mut text = version(CODE, "Cấp thẻ đọc sách");

    text.channels[1].time_limit = Some(TimeLimit::told("Ngay trong ngày"));
    text.cases[0].name = "Cấp lần đầu".to_owned();
    text.cases[0].time_limit = Some(TimeLimit::new(2, TimeUnit::Day));
    let house = house_with(vec![text]).await;
    let page = house.get("/thu-tuc/1.999999?lang=en").await;
    assert!(page.has("The official text is in Vietnamese"), "{}", page.text);
    for marked in [
        "<span lang=\"vi\">Ngay trong ngày</span>",
        "<span lang=\"vi\">Cấp lần đầu</span>: <span>2 days</span>",
        "<div lang=\"vi\"><p>Nhận thẻ.</p></div>",
        "<dd lang=\"vi\">Thư viện</dd>",
        "<span>3 working days</span>",
        "<dd>1.999999</dd>",
    ] {
        assert!(page.has(marked), "{marked}\n{}", page.text);
    }
    let list = house.get("/thu-tuc?q=the&linh-vuc=Th%C6%B0+vi%E1%BB%87n&lang=en").await;
    assert!(list.has("lang=\"vi\" selected>Thư viện (1)</option>"), "{}", list.text);
    let vietnamese = house.get("/thu-tuc/1.999999").await;
    assert!(!vietnamese.has("lang=\"vi\">Nh") && !vietnamese.has("Văn bản chính thức bằng"));
}

#[tokio::test]
async fn a_procedure_with_a_form_can_be_filed_here() {
    let house = house_with(shipped()).await;
    let page = house.get("/thu-tuc/1.001193").await;
    assert!(page.has("href=\"/nop-ho-so/1.001193\""));
}

#[tokio::test]
async fn the_long_code_leads_to_the_page_and_nonsense_to_nothing() {
    let house = house_with(vec![version(CODE, "Cấp thẻ đọc sách")]).await;
    let answer = house.get("/thu-tuc/1.999999.000.00.00.H01").await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/thu-tuc/1.999999"));
    for path in ["/thu-tuc/1.000001", "/thu-tuc/abc", "/thu-tuc/..%2F..%2Fetc"] {
        assert_eq!(house.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn what_is_typed_finds_and_marks() {
    let house = house_with(shipped()).await;
    let page = house.get("/thu-tuc?q=dang+ky+khai+sih").await;
    assert_eq!(page.status, 200);
    let first = page.text.find("/thu-tuc/1.001193").unwrap();
    let others = ["/thu-tuc/1.001022", "/thu-tuc/2.000635"];
    assert!(others.iter().all(|path| page.text.find(path).is_none_or(|at| at > first)));
    assert!(page.has("<mark>đăng ký khai sinh</mark>"), "{}", page.text);
    assert_eq!(page.input("q"), Some("dang ky khai sih"), "what was typed is kept");
}

#[tokio::test]
async fn filters_stand_in_the_address_and_can_be_taken_away() {
    let house = house_with(shipped()).await;
    let page = house.get("/thu-tuc?q=dang+ky&su-kien=birth").await;
    assert!(page.has("/thu-tuc/1.001193") && !page.has("/thu-tuc/1.001612"));
    assert!(page.has("href=\"/thu-tuc?q=dang+ky\""), "the filter can be removed");
    let hostile =
        house.get("/thu-tuc?q=%3Cscript%3E&linh-vuc=%22%3E%3Cb%3E&cap=none&sau=zzz").await;
    assert_eq!(hostile.status, 200);
    assert!(!hostile.has("<script>alert") && !hostile.has("\"><b>"), "{}", hostile.text);
}

#[tokio::test]
async fn nothing_found_says_what_to_do() {
    let house = house_with(shipped()).await;
    let page = house.get("/thu-tuc?q=zzzzzz").await;
    assert!(page.has("Chưa tìm thấy thủ tục nào") && page.has("xem theo nhóm"));
}

#[tokio::test]
async fn long_lists_come_in_pages() {
    let house = house_with(shipped()).await;
    let all = shipped().len();
    let mut path = "/thu-tuc?tat-ca=1".to_owned();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..10 {
        let page = house.get(&path).await;
        let links = page.text.split("<h3><a href=\"/thu-tuc/").skip(1);
        seen.extend(links.map(|rest| rest.split('"').next().unwrap().to_owned()));
        let Some((before, _)) = page.text.split_once("\" rel=\"next\"") else { break };
        path = before.rsplit_once("href=\"").unwrap().1.replace("&amp;", "&").replace("&#38;", "&");
    }
    assert_eq!(seen.len(), all, "every procedure on exactly one page");
}

#[tokio::test]
async fn browsing_shows_every_way_in() {
    let house = house_with(shipped()).await;
    let page = house.get("/thu-tuc").await;
    for words in ["Theo lĩnh vực", "Hộ tịch", "Theo cơ quan công bố", "Bộ Tư pháp", "Cấp xã"]
    {
        assert!(page.has(words), "{words}");
    }
}

#[tokio::test]
async fn a_kept_page_is_shown_until_the_catalogue_changes() {
    let house = house_with(vec![version(CODE, "Tên cũ")]).await;
    assert!(house.get("/thu-tuc/1.999999").await.has("Tên cũ"));
    house.ctx.clock.advance(jiff::SignedDuration::from_secs(1));
    crate::commands::ship(&house.ctx, vec![version(CODE, "Tên mới")]).await.unwrap();
    assert!(house.get("/thu-tuc/1.999999").await.has("Tên mới"));
    assert!(house.get("/thu-tuc?q=ten+moi").await.has("/thu-tuc/1.999999"));
    let old = house.get("/thu-tuc/1.999999/phien-ban/1").await;
    assert!(old.has("Tên cũ") && old.has("Bản này hết hiệu lực"));
    let versions = house.get("/thu-tuc/1.999999/phien-ban").await;
    assert!(versions.has("<del>Tên cũ</del>") && versions.has("<ins>Tên mới</ins>"));
    assert_eq!(house.get("/thu-tuc/1.999999/phien-ban/9").await.status, 404);
}

#[tokio::test]
async fn papers_stand_in_the_order_of_their_numbers() {
    let mut mixed = version(CODE, "Cấp thẻ đọc sách");
    let paper = |name: &str| crate::component::Component {
        name: name.to_owned(),
        originals: 1,
        ..Default::default()
    };
    let names = ["(3) Ảnh", "Phong bì", "(1) Đơn", "(2) Căn cước"];
    mixed.cases[0].components = names.map(paper).to_vec();
    let house = house_with(vec![mixed]).await;
    let page = house.get("/thu-tuc/1.999999").await;
    let at = |name: &str| page.text.find(name).unwrap();
    assert!(at("(1) Đơn") < at("Phong bì"), "what has no number keeps its place");
    assert!(at("Phong bì") < at("(2) Căn cước") && at("(2) Căn cước") < at("(3) Ảnh"));
}
