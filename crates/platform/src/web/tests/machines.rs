//! Doors of machines: found behind any number of slashes, without session or pace, and alone on a
//! listener that shows nothing else.

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::{Method, StatusCode};

use super::server::run_site;
use super::{house, house_with};
use crate::testing::House;
use crate::web::Caller;

async fn ask(house: &House, under: &'static str, method: Method, path: &str) -> Response {
    let request = Request::builder().method(method).uri(path).header("host", "localhost");
    let request = request.body(Body::from("abc")).unwrap();
    let site = if under.is_empty() { house.site.clone() } else { house.site.under(under) };
    site.answer(request, Caller::local()).await
}

#[tokio::test]
async fn any_number_of_slashes_leads_to_a_machines_door_and_to_no_other() {
    let house = house().await;
    for path in ["/may/goi", "//may//goi", "/may///goi?a=b"] {
        let answer = ask(&house, "", Method::POST, path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
    }
    assert_eq!(ask(&house, "", Method::GET, "//thu").await.status(), StatusCode::NOT_FOUND);
    let answer = ask(&house, "", Method::GET, "/may/goi").await;
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_mounted_part_shows_its_doors_at_the_root_and_nothing_else() {
    let house = house().await;
    for path in ["/goi", "//goi", "goi/"] {
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let answer = ask(&house, "/may", Method::POST, &path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
    }
    for path in ["/", "/thu", "/may/goi", "/health/live", "/../thu"] {
        let answer = ask(&house, "/may", Method::GET, path).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        let media = answer.headers()["content-type"].to_str().unwrap();
        assert_eq!(media, "application/problem+json", "{path}");
    }
}

#[tokio::test]
async fn machines_have_no_pace_of_one_network() {
    let house = house_with(|options| {
        options.limits.network.burst = 1;
        options.limits.network.per_minute = 1;
    })
    .await;
    for _ in 0..20 {
        assert_eq!(ask(&house, "", Method::POST, "/may/goi").await.status(), StatusCode::OK);
    }
    assert_eq!(ask(&house, "", Method::GET, "/thu").await.status(), StatusCode::OK);
    let answer = ask(&house, "", Method::GET, "/thu").await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn doors_of_machines_take_headers_that_name_the_whole_country_and_no_others_do() {
    let house = house().await;
    let named = "\"H57.101\",".repeat(4_000);
    let (alone, all) = (house.site.under("/may"), house.site.clone());
    for (site, path, status) in
        [(alone, "/goi", 200), (all.clone(), "/may/goi", 200), (all, "/thu", 431)]
    {
        let server = run_site(site).await;
        let client = reqwest::Client::new();
        let asked = client.post(format!("http://{}{path}", server.address));
        let asked = asked.header("x-to", &named).body("abc").send().await.unwrap();
        assert_eq!(asked.status(), status, "{path}");
    }
}
