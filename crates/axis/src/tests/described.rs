//! The description of the API and the API itself.

use std::collections::BTreeSet;

use serde_json::Value;
use utoipa::OpenApi as _;

use crate::MOUNT;
use crate::news::News;

/// Method and path.
type Doors = BTreeSet<(String, String)>;

fn doors() -> Doors {
    let routes = crate::part().routes;
    let ours = routes.list().filter(|route| route.path.starts_with(MOUNT));
    ours.map(|route| (route.method.to_string(), route.path.to_owned())).collect()
}

fn described() -> Value {
    serde_json::to_value(crate::OpenApi::openapi()).unwrap()
}

#[test]
fn every_address_of_the_axis_is_described_and_nothing_else() {
    let described = described();
    let mut said = Doors::new();
    for (path, item) in described["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            said.insert((method.to_uppercase(), path.clone()));
        }
    }
    assert!(said.len() > 15, "{said:?}");
    assert_eq!(said, doors());
}

#[test]
fn every_operation_has_a_name_of_its_own_a_purpose_and_an_answer() {
    let described = described();
    let mut names = BTreeSet::new();
    for item in described["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "{name} twice");
            assert!(!operation["summary"].as_str().unwrap().is_empty(), "{name}");
            let answer = &operation["responses"]["200"];
            assert!(!answer["content"].as_object().unwrap().is_empty(), "{name}");
        }
    }
}

#[test]
fn news_are_described_as_they_are() {
    let news = News {
        id: uuid::Uuid::nil(),
        event: "arrived".to_owned(),
        doc_id: uuid::Uuid::nil(),
        message_type: "status".to_owned(),
        status_code: Some("03".to_owned()),
        from: "H57".to_owned(),
        to: Some("G15".to_owned()),
        document_id: "x".to_owned(),
        urgency: "0".to_owned(),
        sha256: "0".to_owned(),
        size_bytes: 1,
        detail: String::new(),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    let news = serde_json::to_value(news).unwrap();
    let names =
        |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<String>>();
    let described = described();
    let stream = &described["paths"]["/axis/events"]["get"]["responses"]["200"]["content"];
    let schema = &stream["text/event-stream"]["schema"]["properties"];
    assert_eq!(names(schema), names(&news));
    let wait = &described["paths"]["/axis/wait"]["post"]["responses"]["200"]["content"];
    let rows = &wait["application/json"]["schema"]["properties"]["data"]["items"]["properties"];
    assert_eq!(names(rows), names(&news));
}
