//! The skeleton around every page.

use http::StatusCode;

use super::{house, signed_in};
use crate::web::safe_return;
use crate::words::Locale;

#[tokio::test]
async fn a_page_has_one_heading_a_skip_link_and_its_language() {
    let house = house().await;
    for path in ["/thu", "/tro-giup", "/tro-nang", "/quyen-rieng-tu", "/khong-co"] {
        let answer = house.get(path).await;
        assert_eq!(answer.text.matches("<h1").count(), 1, "{path}");
        assert!(answer.has("<html lang=\"vi\">"), "{path}");
        assert!(answer.has("<a class=\"skip\" href=\"#main\">"), "{path}");
        assert!(answer.has("<main id=\"main\""), "{path}");
    }
}

#[tokio::test]
async fn the_language_switch_leads_to_the_same_page() {
    let house = house().await;
    let answer = house.get("/thu?trang=2&q=khai+sinh").await;
    let link = "href=\"/thu?trang=2&#38;q=khai+sinh&#38;lang=en\" lang=\"en\" hreflang=\"en\"";
    assert!(answer.has(link), "{}", answer.text);
}

#[tokio::test]
async fn every_sentence_of_the_common_pages_is_there_in_both_languages() {
    let house = house().await;
    let problems =
        ["sign-in", "changed", "later", "too-often", "too-large", "unreadable", "broken"];
    let mut paths: Vec<String> =
        problems.iter().map(|kind| format!("/mau-giao-dien/loi/{kind}")).collect();
    let pages = ["/tro-giup", "/tro-nang", "/quyen-rieng-tu", "/khong-co", "/mau-giao-dien"];
    paths.extend(pages.map(str::to_owned));
    paths.push("/mau-giao-dien/bieu-mau".to_owned());
    paths.push("/mau-giao-dien/ban-lam-viec".to_owned());
    for tag in ["vi", "en"] {
        let mut visitor = signed_in(&house, "citizen").await;
        visitor.get(&format!("/thu?lang={tag}")).await;
        for path in &paths {
            visitor.get(path).await;
        }
        visitor.post("/mau-giao-dien/bieu-mau", &[]).await;
    }
    assert_eq!(house.ctx.words.missing().into_iter().collect::<Vec<_>>(), Vec::<String>::new());
}

#[tokio::test]
async fn both_languages_hold_the_same_words() {
    let house = house().await;
    let keys = |locale| {
        let all = house.ctx.words.keys(locale).iter();
        all.filter(|key| key.starts_with("web-")).cloned().collect::<Vec<_>>()
    };
    assert_eq!(keys(Locale::Vi), keys(Locale::En));
}

#[tokio::test]
async fn navigation_shows_what_the_visitor_may_use() {
    let house = house().await;
    let stranger = house.get("/thu").await;
    assert!(stranger.has("<a href=\"/thu\" aria-current=\"page\">Cửa chung</a>"));
    assert!(!stranger.has("Cửa riêng") && stranger.has("Đăng nhập"));
    let citizen = signed_in(&house, "citizen").await.get("/thu").await;
    assert!(citizen.has("Cửa riêng") && citizen.has("Đăng xuất"));
    let officer = signed_in(&house, "officer").await.get("/thu").await;
    assert!(!officer.has("Cửa riêng"));
}

#[tokio::test]
async fn the_desk_marks_the_nearest_place_and_counts_what_waits() {
    let house = house().await;
    let desk = signed_in(&house, "officer").await.get("/can-bo/hang-doi").await;
    let here = "<a href=\"/can-bo/hang-doi\" aria-current=\"page\"><span>Chờ xử lý</span> \
                <span class=\"count\">1.234</span></a>";
    assert!(desk.has(here), "{}", desk.text);
    assert!(desk.has("<a href=\"/can-bo\"><span>Bàn làm việc</span></a>"), "{}", desk.text);
    assert!(desk.has("<span>Chờ tôi</span> <span class=\"count\">99+</span>"), "{}", desk.text);
    assert!(!desk.has("Cửa chung"), "the public line is not for the desk");
}

#[tokio::test]
async fn an_officer_may_choose_a_denser_page() {
    let house = house().await;
    let mut officer = signed_in(&house, "officer").await;
    assert!(officer.get("/can-bo/hang-doi").await.has("href=\"/can-bo/hang-doi?mat-do=gon\""));
    let dense = officer.get("/can-bo/hang-doi?mat-do=gon").await;
    assert!(dense.has("<html lang=\"vi\" class=\"compact\">"), "{}", dense.text);
    assert!(officer.get("/can-bo/hang-doi").await.has("class=\"compact\""));
    assert!(!officer.get("/can-bo/hang-doi?mat-do=thoang").await.has("class=\"compact\""));
}

#[tokio::test]
async fn a_form_with_mistakes_says_so_first() {
    let house = house().await;
    let mut visitor = house.visitor();
    let answer =
        visitor.post("/mau-giao-dien/bieu-mau", &[("name", "A<b>"), ("how", "post")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.title(), "Lỗi: Mẫu biểu mẫu – Liên Thông");
    let summary = answer.text.find("class=\"error-summary\"").expect("a summary");
    assert!(summary < answer.text.find("<h1").expect("a heading"));
    assert!(answer.has("<a href=\"#f-born\">Hãy nhập ngày sinh</a>"));
    assert!(answer.has("<a href=\"#f-address\">Hãy nhập địa chỉ nhận kết quả</a>"));
    for id in ["f-born", "f-address", "f-number"] {
        assert_eq!(answer.text.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
    assert!(answer.has("value=\"A&#60;b&#62;\""), "what was typed is kept");
    assert!(answer.has("value=\"post\" checked"), "what was chosen is kept");
}

#[tokio::test]
async fn after_a_form_a_message_is_shown_once() {
    let house = house().await;
    let mut visitor = house.visitor();
    let answer = visitor.get("/xong").await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/thu"));
    assert!(visitor.get("/thu").await.has("<p>Đã xong việc</p>"));
    assert!(!visitor.get("/thu").await.has("Đã xong việc"));
}

#[tokio::test]
async fn only_our_own_messages_are_shown() {
    let house = house().await;
    for key in ["web-notice-<b>x</b>", "web-site-name", "x-notice-y"] {
        let cookie = format!("__Host-notice={key}");
        let answer = house
            .visitor()
            .go(http::Method::GET, "/thu", &[("cookie", cookie.as_str())], String::new())
            .await;
        assert!(!answer.has("class=\"notice good\""), "{key}");
    }
}

#[tokio::test]
async fn the_style_guide_is_only_in_a_demonstration() {
    let house = house().await;
    assert_eq!(house.get("/mau-giao-dien").await.status, StatusCode::OK);
    let mut ctx = house.ctx.clone();
    let settings = crate::Settings { demo: false, ..(*ctx.settings).clone() };
    ctx.settings = std::sync::Arc::new(settings);
    let metrics = crate::web::Metrics::apart().unwrap();
    let site = crate::web::Site::open(ctx, crate::parts(), Default::default(), metrics);
    let site = site.await.unwrap();
    for path in ["/mau-giao-dien", "/mau-giao-dien/bieu-mau", "/mau-giao-dien/loi/broken"] {
        let request = axum::extract::Request::get(path).body(axum::body::Body::empty()).unwrap();
        let response = site.answer(request, crate::web::Caller::local()).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_whole_first_view_stays_small() {
    let house = house().await;
    let page = house.get("/mau-giao-dien").await;
    assert!(page.bytes.len() < 30_000, "HTML: {}", page.bytes.len());
    for (at, most) in [("style", 30_000), ("script", 15_000)] {
        let name = page.text.split("\"/tinh/").find(|path| path.starts_with(at)).unwrap();
        let asset = house.get(&format!("/tinh/{}", name.split('"').next().unwrap())).await;
        assert_eq!(asset.status, StatusCode::OK);
        assert!(asset.bytes.len() < most, "{at}: {}", asset.bytes.len());
    }
}

#[tokio::test]
async fn assets_are_kept_for_ever_at_an_address_that_names_their_content() {
    let house = house().await;
    let page = house.get("/thu").await.text;
    let mut seen = 0;
    for at in page.split("\"/tinh/").skip(1) {
        let path = format!("/tinh/{}", at.split('"').next().unwrap());
        let asset = house.get(&path).await;
        assert_eq!(asset.status, StatusCode::OK, "{path}");
        assert_eq!(asset.header("cache-control"), "public, max-age=31536000, immutable");
        seen += 1;
    }
    assert_eq!(seen, 3);
    assert_eq!(house.get("/tinh/style-0000.css").await.status, StatusCode::NOT_FOUND);
}

#[test]
fn a_way_back_leads_nowhere_else() {
    for good in ["/", "/ho-so/1?x=2#f", "/%2F"] {
        assert_eq!(safe_return(good), good);
    }
    let bad =
        ["//evil.example", "https://evil.example", "/\\evil", "", "a", "/a\nb", "\\/x", "/\t/x"];
    for bad in bad {
        assert_eq!(safe_return(bad), "/", "{bad}");
    }
}
