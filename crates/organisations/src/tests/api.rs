//! The catalogue for programs.

use serde_json::{Value, json};
use utoipa::OpenApi as _;

use super::house::Town;
use crate::Code;
use crate::commands;

async fn json_at(town: &Town, path: &str) -> (u16, Value) {
    let answer = town.get(path).await;
    let value = serde_json::from_str(&answer.text).unwrap_or_else(|_| panic!("{}", answer.text));
    (answer.status.as_u16(), value)
}

fn codes(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|unit| unit["code"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn lists_are_narrowed_by_words_place_kind_and_day() {
    let town = Town::small().await;
    let table: [(&str, &[&str]); 7] = [
        ("", &["G15", "H17", "H47", "H57", "H57.02", "H57.20", "H57.101", "H57.102"]),
        ("?q=tu%20phap", &["G15", "H57.02"]),
        ("?parent=h57", &["H57.02", "H57.20", "H57.101", "H57.102"]),
        ("?parent=H57&kind=commune_committee", &["H57.101", "H57.102"]),
        ("?kind=province_committee", &["H17", "H47", "H57"]),
        ("?kind=province_committee&at=2026-11-23", &["H17", "H57"]),
        ("?kind=province_committee&at=2025-06-30", &["H17", "H47", "H57"]),
    ];
    for (query, expected) in table {
        let (status, list) = json_at(&town, &format!("/api/v1/organisations{query}")).await;
        assert_eq!((status, codes(&list)), (200, expected.to_vec()), "{query}");
        assert_eq!(list["total"], expected.len(), "{query}");
    }
}

#[tokio::test]
async fn pages_are_walked_by_the_key_of_the_last_row() {
    let town = Town::small().await;
    let (mut seen, mut path) = (Vec::new(), "/api/v1/organisations?limit=3".to_owned());
    loop {
        let (_, list) = json_at(&town, &path).await;
        seen.extend(codes(&list).into_iter().map(str::to_owned));
        let Some(next) = list["next"].as_str() else { break };
        path = format!("/api/v1/organisations?limit=3&after={next}");
    }
    assert_eq!(seen, ["G15", "H17", "H47", "H57", "H57.02", "H57.20", "H57.101", "H57.102"]);
}

#[tokio::test]
async fn one_unit_is_found_by_any_code_that_means_it() {
    let town = Town::small().await;
    let alias = Code::receive("000.00.00.H47").unwrap();
    let at = town.target("H47").await;
    commands::add_alias(town.ctx(), &town.everything(), at, alias).await.unwrap();
    let (status, unit) = json_at(&town, "/api/v1/organisations/000.00.00.h47").await;
    assert_eq!(status, 200);
    assert_eq!(unit["code"], "H47");
    assert_eq!(unit["asked_code"], "000.00.00.h47");
    assert_eq!((&unit["closed"], &unit["standing"]), (&json!(true), &json!("closed")));
    assert_eq!(unit["valid_to"], "2025-06-30");
    assert_eq!(unit["codes"], json!([{ "code": "000.00.00.H47", "standing": "alias" }]));
    let heirs =
        json!([{ "code": "H17", "name": "Ủy ban nhân dân thành phố Đà Nẵng", "matter": null }]);
    assert_eq!(unit["successors"], heirs);
    let (_, own) = json_at(&town, "/api/v1/organisations/H57.101").await;
    assert_eq!((&own["asked_code"], &own["path"]), (&Value::Null, &json!(["H57"])));
}

#[tokio::test]
async fn what_cannot_be_answered_is_a_problem_with_its_own_word() {
    let town = Town::small().await;
    let table = [
        ("/api/v1/organisations/H99", 404, "not-found"),
        ("/api/v1/organisations/000.00.02.H57", 404, "perhaps"),
        ("/api/v1/organisations?parent=H99", 404, "not-found"),
        ("/api/v1/organisations?at=30.6.2025", 422, "date"),
    ];
    for (path, status, kind) in table {
        let (found, problem) = json_at(&town, path).await;
        assert_eq!(found, status, "{path}");
        assert!(problem["type"].as_str().unwrap().ends_with(kind), "{path}: {problem}");
    }
    let (_, problem) = json_at(&town, "/api/v1/organisations/000.00.02.H57").await;
    assert!(problem["detail"].as_str().unwrap().contains("H57.02"), "{problem}");
    let answer = town.get("/api/v1/organisations?kind=sở").await;
    assert_eq!(answer.status, 400);
}

#[test]
fn the_document_lists_both_operations() {
    let document = crate::OpenApi::openapi();
    let paths: Vec<&String> = document.paths.paths.keys().collect();
    assert_eq!(paths, ["/api/v1/organisations", "/api/v1/organisations/{code}"]);
}
