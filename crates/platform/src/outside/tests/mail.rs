//! Mail, with a relay of twenty lines.

use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::*;
use crate::clock::Clock;
use crate::outside::{Encryption, Mail, MailServer};
use crate::testing::MONDAY_MORNING;

/// A relay that answers `MAIL FROM` and the end of a letter as told; gives what it received.
async fn relay(to_sender: &'static str, to_letter: &'static str) -> (u16, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (received, receiver) = mpsc::channel(10);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (read, mut write) = stream.into_split();
            let mut lines = BufReader::new(read).lines();
            write.write_all(b"220 relay ready\r\n").await.unwrap();
            let (mut letter, mut in_letter) = (String::new(), false);
            while let Ok(Some(line)) = lines.next_line().await {
                let answer = match line.as_str() {
                    "." if in_letter => {
                        in_letter = false;
                        received.send(std::mem::take(&mut letter)).await.unwrap();
                        to_letter
                    }
                    _ if in_letter => {
                        letter.push_str(&line);
                        letter.push('\n');
                        continue;
                    }
                    "DATA" => {
                        in_letter = true;
                        "354 go on"
                    }
                    line if line.starts_with("MAIL FROM") => to_sender,
                    _ => "250 fine",
                };
                write.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
            }
        }
    });
    (port, receiver)
}

fn mail(port: u16, encryption: Encryption) -> Mail {
    let server = MailServer {
        host: "127.0.0.1".to_owned(),
        port,
        encryption,
        user: None,
        from: "Một cửa <mot-cua@phuong.example.vn>".to_owned(),
        timeout: Duration::from_millis(500),
    };
    Mail::smtp(&server, Clock::fixed(MONDAY_MORNING)).unwrap()
}

fn plain(port: u16) -> Mail {
    mail(port, Encryption::Plain)
}

#[tokio::test]
async fn a_letter_arrives_with_its_key_as_its_name() {
    let (port, mut letters) = relay("250 fine", "250 taken").await;
    let mail = plain(port);
    mail.send(message("dossier:1")).await.unwrap();
    mail.send(message("dossier:1")).await.unwrap();
    mail.send(message("dossier:2")).await.unwrap();
    let name = |letter: &str| {
        letter.lines().find(|line| line.starts_with("Message-ID")).unwrap().to_owned()
    };
    let letters = [
        letters.recv().await.unwrap(),
        letters.recv().await.unwrap(),
        letters.recv().await.unwrap(),
    ];
    assert_eq!(name(&letters[0]), name(&letters[1]));
    assert_ne!(name(&letters[0]), name(&letters[2]));
    insta::assert_snapshot!(letters[0], @"
    From: =?utf-8?b?TeG7mXQgY+G7rWE=?= <mot-cua@phuong.example.vn>
    To: nguoi.dan@example.vn
    Subject: =?utf-8?b?SOG7kyBzxqEgxJHDoyDEkcaw4bujYyB0aeG6v3Agbmjhuq1u?=
    Date: Mon, 23 Nov 2026 02:00:00 +0000
    Message-ID: <32ea753d92cd779840ffc00ec920c70e@phuong.example.vn>
    Auto-Submitted: auto-generated
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: base64

    S8OtbmggZ+G7rWkgw5RuZy9Cw6AsDQpI4buTIHPGoSBHMjIuMTYtMjYxMTIzLTAwMDEgxJHDoyDE
    kcaw4bujYyB0aeG6v3Agbmjhuq1uLg==
    ");
}

#[tokio::test]
async fn a_subject_cannot_bring_headers_of_its_own() {
    let (port, mut letters) = relay("250 fine", "250 taken").await;
    let subject = "A\r\nBcc: all@example.vn".to_owned();
    plain(port).send(Message { subject, ..message("k") }).await.unwrap();
    let letter = letters.recv().await.unwrap();
    assert!(!letter.lines().any(|line| line.starts_with("Bcc")), "{letter}");
}

#[tokio::test]
async fn what_the_relay_says_decides_whether_to_try_again() {
    for (to_sender, to_letter, again) in [
        ("550 unknown sender", "250", false),
        ("451 come back later", "250", true),
        ("250 fine", "554 refused", false),
        ("250 fine", "452 full", true),
    ] {
        let (port, _letters) = relay(to_sender, to_letter).await;
        let outcome = plain(port).send(message("k")).await;
        assert_eq!(is_not_now(&outcome), again, "{to_sender} {to_letter}");
        assert_eq!(is_never(&outcome), !again, "{to_sender} {to_letter}");
    }
}

#[tokio::test]
async fn a_relay_that_is_away_or_silent_is_asked_again_later() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let outcome = plain(silent.local_addr().unwrap().port()).send(message("k")).await;
    assert!(is_not_now(&outcome), "{outcome:?}");
    let port = silent.local_addr().unwrap().port();
    drop(silent);
    assert!(is_not_now(&plain(port).send(message("k")).await));
}

#[tokio::test]
async fn a_letter_never_travels_in_the_open_where_it_should_not() {
    for encryption in [Encryption::StartTls, Encryption::Tls] {
        let (port, mut letters) = relay("250 fine", "250 taken").await;
        assert!(mail(port, encryption).send(message("k")).await.is_err());
        assert!(letters.try_recv().is_err());
    }
}

#[tokio::test]
async fn an_address_that_is_none_never_goes() {
    let (port, _letters) = relay("250 fine", "250 taken").await;
    for to in ["", "không có", "a@b@c", "a@example.vn\r\nRCPT TO:<b@example.vn>"] {
        let outcome = plain(port).send(Message { to: to.to_owned(), ..message("k") }).await;
        assert!(is_never(&outcome), "{to:?}");
        assert!(to.is_empty() || !format!("{outcome:?}").contains(to), "it goes into logs");
    }
}

#[test]
fn a_sender_that_is_none_is_told_at_the_start() {
    let server = MailServer {
        host: "127.0.0.1".to_owned(),
        port: 25,
        encryption: Encryption::Plain,
        user: None,
        from: "một cửa".to_owned(),
        timeout: Duration::from_secs(1),
    };
    assert!(Mail::smtp(&server, Clock::fixed(MONDAY_MORNING)).is_err());
}
