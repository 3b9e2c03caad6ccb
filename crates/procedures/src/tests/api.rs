//! The catalogue for programs.

use platform::testing::House;
use serde_json::Value;
use utoipa::OpenApi;

use super::{house_with, version};

async fn json(house: &House, path: &str) -> Value {
    let answer = house.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    serde_json::from_str(&answer.text).unwrap()
}

#[tokio::test]
async fn the_list_is_searched_filtered_and_paged_by_key() {
    let versions = (1..=7).map(|n| version(&format!("1.90000{n}"), &format!("Thủ tục {n}")));
    let house = house_with(versions.collect()).await;
    let first = json(&house, "/api/v1/procedures?limit=5").await;
    assert_eq!((first["total"].as_u64(), first["items"].as_array().unwrap().len()), (Some(7), 5));
    let next = first["next"].as_str().unwrap();
    let rest = json(&house, &format!("/api/v1/procedures?limit=5&after={next}")).await;
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (2, &Value::Null));
    let found = json(&house, "/api/v1/procedures?q=thu+tuc+3&limit=1").await;
    assert_eq!(found["items"][0]["code"], "1.900003");
    assert_eq!(found["items"][0]["levels"], serde_json::json!(["ward"]));
    let none = json(&house, "/api/v1/procedures?level=ministry").await;
    assert_eq!(none["total"], 0);
    let agency = json(&house, "/api/v1/procedures?agency=G15&online=part").await;
    assert_eq!(agency["total"], 7);
}

#[tokio::test]
async fn one_procedure_is_its_whole_document() {
    let house = house_with(vec![version("1.999999", "Cấp thẻ đọc sách")]).await;
    let entry = json(&house, "/api/v1/procedures/1.999999").await;
    assert_eq!(entry["status"], "published");
    assert_eq!(entry["version"]["channels"][0]["time_limit"]["unit"], "working_day");
    let long = json(&house, "/api/v1/procedures/1.999999.000.00.00.H01").await;
    assert_eq!(long["id"], entry["id"]);
    let versions = json(&house, "/api/v1/procedures/1.999999/versions").await;
    assert_eq!(versions["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_document() {
    let house = house_with(vec![]).await;
    for path in [
        "/api/v1/procedures/1.000001",
        "/api/v1/procedures/x",
        "/api/v1/procedures/1.000001/versions",
    ] {
        let answer = house.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.header("content-type").contains("problem+json"), "{path}");
    }
}

#[test]
fn the_document_names_the_three_operations() {
    let document = crate::OpenApi::openapi().to_json().unwrap();
    for path in
        ["/api/v1/procedures", "/api/v1/procedures/{code}", "/api/v1/procedures/{code}/versions"]
    {
        assert!(document.contains(&format!("\"{path}\"")), "{path}");
    }
}
