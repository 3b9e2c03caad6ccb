//! The list of doors, and what is known of a request before any of them.

use axum::extract::Request;
use http::Method;

use super::{house, probe};
use crate::web::visit::{Visit, network};
use crate::web::{Caller, Class, Metrics, Problem, Routes, Site, SiteError, View, Who};

async fn nothing(_: View) -> Problem {
    Problem::not_found()
}

#[tokio::test]
async fn the_list_names_every_door_with_who_may_come() {
    let house = house().await;
    let find = |method: Method, path: &str| {
        let mut all = house.site.routes().iter();
        all.find(|route| route.method == method && route.path == path).cloned()
    };
    let route = find(Method::POST, "/cong-dan").expect("a route");
    assert_eq!((route.who, route.class), (Who::Citizen, Class::Form));
    assert_eq!(find(Method::POST, "/doan").unwrap().class, Class::Attempt);
    assert_eq!(find(Method::POST, "/tep").unwrap().class, Class::Upload);
    assert_eq!(find(Method::GET, "/su-kien").unwrap().class, Class::Events);
    assert_eq!(find(Method::GET, "/api/v1/thu").unwrap().class, Class::Api);
    assert_eq!(find(Method::GET, "/health/live").unwrap().who, Who::Anyone);
}

#[tokio::test]
async fn two_capabilities_cannot_answer_to_one_address() {
    let house = house().await;
    for path in ["/thu", "/tro-giup"] {
        let mut parts = crate::parts();
        parts.push(probe());
        let mut second = probe();
        second.routes = Routes::new().get(path, Who::Anyone, nothing);
        parts.push(second);
        let metrics = Metrics::apart().unwrap();
        let opened = Site::open(house.ctx.clone(), parts, Default::default(), metrics).await;
        let Err(SiteError::Routes(clash)) = opened else { panic!("it was not noticed") };
        assert_eq!(clash.to_string(), format!("two capabilities answer to GET {path}"));
    }
}

/// What a caller at `peer` is taken for, behind so many trusted proxies.
fn visit(headers: &[(&str, &str)], trusted_proxies: u8) -> Visit {
    let mut request = Request::post("/thu");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let (parts, ()) = request.body(()).unwrap().into_parts();
    let caller = Caller { address: "198.51.100.7".parse().unwrap(), tls: false };
    Visit::read(&parts, (caller, trusted_proxies), "https://dvc.example.vn", "1".to_owned())
}

#[test]
fn only_trusted_proxies_are_believed() {
    let chain = ("x-forwarded-for", "203.0.113.66, 203.0.113.5, 10.0.0.2");
    let cases = [(0, "198.51.100.7"), (1, "10.0.0.2"), (2, "203.0.113.5"), (3, "203.0.113.66")];
    for (trusted, expected) in cases {
        assert_eq!(visit(&[chain], trusted).address.to_string(), expected, "{trusted}");
    }
    assert_eq!(visit(&[("x-forwarded-for", "nonsense")], 1).address.to_string(), "198.51.100.7");
    let proto = ("x-forwarded-proto", "https");
    assert!(!visit(&[proto], 0).https);
    assert!(visit(&[proto], 1).https);
}

#[test]
fn behind_a_trusted_proxy_nobody_counts_as_asking_on_this_machine() {
    let local = |trusted_proxies| {
        let request = Request::get("/metrics").header("host", "localhost").body(()).unwrap();
        let (parts, ()) = request.into_parts();
        Visit::read(&parts, (Caller::local(), trusted_proxies), "https://a.vn", "1".to_owned())
            .local
    };
    assert!(local(0));
    assert!(!local(1));
}

#[test]
fn only_a_trusted_proxy_may_name_a_request_and_only_plainly() {
    let named = |name: &str, trusted| {
        let mut headers = http::HeaderMap::new();
        headers.insert("x-request-id", name.parse().unwrap());
        crate::web::log::named_by_proxy(&headers, trusted)
    };
    assert_eq!(named("0198f3c2-77aa", 1).as_deref(), Some("0198f3c2-77aa"));
    assert_eq!(named("0198f3c2-77aa", 0), None);
    for wrong in ["short", "a b c d e f g h", "0198f3c2\"}{", &"a".repeat(65)] {
        assert_eq!(named(wrong, 1), None, "{wrong}");
    }
}

#[test]
fn a_form_from_the_public_address_is_our_own() {
    use crate::web::csrf::Origin;
    let from = |origin| visit(&[("origin", origin), ("host", "may-1.noi-bo")], 0).origin;
    assert_eq!(from("https://dvc.example.vn"), Origin::Own);
    assert_eq!(from("http://may-1.noi-bo"), Origin::Own);
    assert_eq!(from("https://dvc.example.vn.evil.example"), Origin::Foreign);
}

#[test]
fn of_version_six_only_the_network_counts() {
    let same =
        |one: &str, other: &str| network(one.parse().unwrap()) == network(other.parse().unwrap());
    assert!(same("2001:db8::1", "2001:db8::2"));
    assert!(!same("2001:db8::1", "2001:db8:0:1::1"));
    assert!(same("::ffff:192.0.2.1", "192.0.2.1"));
    assert!(!same("192.0.2.1", "192.0.2.2"));
}
