//! The server on a real socket: slow callers, too many of them, and the end.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::{house, house_with};
use crate::testing::House;
use crate::web::{BindError, Ended, Server, Site};

/// A server that ends when its `end` is dropped or sent to.
pub(super) struct Running {
    pub address: std::net::SocketAddr,
    pub end: oneshot::Sender<()>,
    pub ended: JoinHandle<Ended>,
}

pub(super) async fn run(house: &House, tls: Option<crate::web::TlsFiles>) -> Running {
    run_with(house.site.clone(), tls).await
}

pub(super) async fn run_site(site: Site) -> Running {
    run_with(site, None).await
}

async fn run_with(site: Site, tls: Option<crate::web::TlsFiles>) -> Running {
    let any = "127.0.0.1:0".parse().unwrap();
    let server = Server::bind(site, any, tls).await.expect("a free port");
    let address = server.address();
    let (end, told) = oneshot::channel();
    let ended = tokio::spawn(server.run(async move { drop(told.await) }));
    Running { address, end, ended }
}

/// Sends bytes and reads until the server closes.
async fn talk(address: std::net::SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    // A reset by the server after its answer is an end like another.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn pages_come_over_the_wire_whole() {
    let house = house().await;
    let server = run(&house, None).await;
    for path in ["/thu", "/cong-khai", "/cong-khai", "/tro-giup", "/khong-co", "/health/live"] {
        let client = reqwest::Client::new();
        let answer = client.get(format!("http://{}{path}", server.address)).send().await.unwrap();
        let length: usize = answer.headers()["content-length"].to_str().unwrap().parse().unwrap();
        assert_eq!(answer.bytes().await.unwrap().len(), length, "{path}");
    }
    let head =
        talk(server.address, b"HEAD /thu HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert!(head.ends_with("\r\n\r\n"), "no body: {head}");
    assert!(!head.contains("content-length: 0"), "{head}");
}

#[tokio::test]
async fn the_second_version_of_http_is_spoken_too() {
    let house = house().await;
    let server = run(&house, None).await;
    let client = reqwest::Client::builder().http2_prior_knowledge().build().unwrap();
    let answer = client.get(format!("http://{}/thu", server.address)).send().await.unwrap();
    assert_eq!(answer.version(), reqwest::Version::HTTP_2);
    assert_eq!(answer.status(), 200);
    let long = "x".repeat(40_000);
    let request = client.get(format!("http://{}/thu", server.address)).header("x-long", long);
    let refused = request.send().await;
    assert!(refused.is_err() || refused.unwrap().status() == 431, "headers have a limit");
}

#[tokio::test]
async fn a_caller_who_never_finishes_the_headers_is_cut() {
    let house = house_with(|options| options.limits.header_seconds = 1).await;
    let server = run(&house, None).await;
    for bytes in [&b""[..], b"G", b"GET /thu HTTP/1.1\r\nhost: a\r\nx-slow: "] {
        let begun = Instant::now();
        let answer = talk(server.address, bytes).await;
        let took = begun.elapsed();
        assert!(!answer.contains("200 OK"), "{answer}");
        assert!(took >= Duration::from_millis(900) && took < Duration::from_secs(10), "{took:?}");
    }
}

#[tokio::test]
async fn headers_larger_than_allowed_are_refused() {
    let house = house().await;
    let server = run(&house, None).await;
    let long = format!("GET /thu HTTP/1.1\r\nhost: a\r\nx-long: {}\r\n\r\n", "x".repeat(40_000));
    assert!(talk(server.address, long.as_bytes()).await.starts_with("HTTP/1.1 431"));
    let many = (0..200).map(|number| format!("x-{number}: 1\r\n")).collect::<String>();
    let many = format!("GET /thu HTTP/1.1\r\nhost: a\r\n{many}\r\n");
    assert!(talk(server.address, many.as_bytes()).await.starts_with("HTTP/1.1 431"));
}

#[tokio::test]
async fn a_machine_may_write_long_headers_and_nobody_else() {
    let house = house().await;
    let server = run(&house, None).await;
    let ask = |first: &str, length: usize| {
        let long = "x".repeat(length);
        format!(
            "{first} HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\nconnection: close\r\n\
             x-long: {long}\r\n\r\n"
        )
    };
    let cases = [
        ("POST /may/goi", 200_000, "HTTP/1.1 200"),
        ("POST //may/goi", 200_000, "HTTP/1.1 200"),
        ("POST /may/goi", 300_000, "HTTP/1.1 431"),
        ("GET /thu", 10_000, "HTTP/1.1 200"),
        ("GET /thu", 40_000, "HTTP/1.1 431"),
        ("GET /cong-khai", 40_000, "HTTP/1.1 431"),
        ("GET /khong-co", 40_000, "HTTP/1.1 431"),
        ("GET /may/goi", 40_000, "HTTP/1.1 431"),
    ];
    for (first, length, expected) in cases {
        let heard = talk(server.address, ask(first, length).as_bytes()).await;
        assert!(heard.starts_with(expected), "{first} {length}: {}", &heard[..heard.len().min(80)]);
    }
    let said = talk(server.address, ask("GET /thu", 40_000).as_bytes()).await;
    assert!(said.contains("Yêu cầu quá dài"), "what happened, and what to do: {said}");
    let client = reqwest::Client::builder().http2_prior_knowledge().build().unwrap();
    for (path, status) in [("/may/goi", 200), ("/cong-khai", 431)] {
        let url = format!("http://{}{path}", server.address);
        let long = "x".repeat(100_000);
        let answer = client.post(url).header("x-long", long).send().await.unwrap();
        assert_eq!(answer.status(), status, "{path} in the second version of HTTP");
    }
}

#[tokio::test]
async fn a_request_that_is_none_is_refused() {
    let house = house().await;
    let server = run(&house, None).await;
    for bytes in [&b"\x00\x01\x02\x03\r\n\r\n"[..], b"GET /\xff HTTP/1.1\r\nhost: a\r\n\r\n"] {
        let answer = talk(server.address, bytes).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
    }
}

#[tokio::test]
async fn one_address_opens_only_so_many_lines() {
    let house = house_with(|options| options.limits.connections_per_address = 2).await;
    let server = run(&house, None).await;
    let request = b"GET /health/live HTTP/1.1\r\nhost: a\r\n\r\n";
    let mut kept = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(request).await.unwrap();
        let mut buffer = [0u8; 16];
        stream.read_exact(&mut buffer).await.unwrap();
        assert_eq!(&buffer[..12], b"HTTP/1.1 200");
        kept.push(stream);
    }
    assert_eq!(talk(server.address, request).await, "", "the third is closed unheard");
    drop(kept);
    for attempt in 0.. {
        let close = b"GET /health/live HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
        if talk(server.address, close).await.starts_with("HTTP/1.1 200") {
            break;
        }
        assert!(attempt < 100, "closed lines are free again");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn ending_finishes_what_is_under_way_and_takes_nothing_new() {
    let house = house().await;
    let server = run(&house, None).await;
    let address = server.address;
    let under_way =
        tokio::spawn(async move { talk(address, b"GET /cham HTTP/1.1\r\nhost: a\r\n\r\n").await });
    tokio::time::sleep(Duration::from_secs(1)).await;
    server.end.send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(TcpStream::connect(address).await.is_err(), "the door is closed");
    let answer = under_way.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(answer.contains("Chậm mà chắc"));
    assert_eq!(server.ended.await.unwrap(), Ended { cut: 0 });
}

#[tokio::test]
async fn ending_waits_no_longer_than_its_deadline() {
    let house = house_with(|options| options.limits.drain_seconds = 1).await;
    let server = run(&house, None).await;
    let address = server.address;
    let under_way =
        tokio::spawn(async move { talk(address, b"GET /cham HTTP/1.1\r\nhost: a\r\n\r\n").await });
    tokio::time::sleep(Duration::from_secs(1)).await;
    server.end.send(()).unwrap();
    assert_eq!(server.ended.await.unwrap(), Ended { cut: 1 });
    assert!(!under_way.await.unwrap().contains("200 OK"));
}

#[tokio::test]
async fn an_idle_line_does_not_hold_up_the_end() {
    let house = house().await;
    let server = run(&house, None).await;
    let mut idle = TcpStream::connect(server.address).await.unwrap();
    idle.write_all(b"GET /health/live HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    let mut buffer = [0u8; 12];
    idle.read_exact(&mut buffer).await.unwrap();
    let begun = Instant::now();
    server.end.send(()).unwrap();
    assert_eq!(server.ended.await.unwrap(), Ended { cut: 0 });
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn pages_that_listen_for_news_do_not_hold_up_the_end() {
    let house = house().await;
    let mut visitor = super::signed_in(&house, "citizen").await;
    visitor.get("/cong-dan").await;
    let secret = visitor.cookie("__Host-session").unwrap().to_owned();
    let server = run(&house, None).await;
    let address = server.address;
    let listening = tokio::spawn(async move {
        let cookie = format!("cookie: __Host-session={secret}\r\nhost: localhost\r\n");
        let request = format!("GET /su-kien?mai=1 HTTP/1.1\r\n{cookie}\r\n");
        talk(address, request.as_bytes()).await
    });
    tokio::time::sleep(Duration::from_secs(1)).await;
    let begun = Instant::now();
    server.end.send(()).unwrap();
    assert_eq!(server.ended.await.unwrap(), Ended { cut: 0 });
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(listening.await.unwrap().contains("data: Trần Văn Bảo"));
}

#[tokio::test]
async fn a_port_in_use_is_said_in_words() {
    let house = house().await;
    let server = run(&house, None).await;
    let second = Server::bind(house.site.clone(), server.address, None).await;
    let Err(error) = second else { panic!("two servers on one port") };
    assert!(matches!(error, BindError::InUse(_)));
    assert!(error.to_string().contains("is in use by another program"), "{error}");
    let nowhere = Server::bind(house.site.clone(), "192.0.2.1:80".parse().unwrap(), None).await;
    assert!(matches!(nowhere.err(), Some(BindError::NotHere(_) | BindError::NotAllowed(_))));
}
