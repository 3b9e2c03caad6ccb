//! What the official Java kit 2.0.1 really sent, taken by the real doors. The requests lie beside
//! the repository; look-alikes of our own making are in `kit.rs`.

use std::io::Read;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use http::StatusCode as Http;
use serde_json::Value;

use super::kit::{SECRET, asked};
use super::nation::*;
use crate::commands::systems::{self, Change};
use crate::secret::Secret;
use crate::system::SystemId;

const AGENCY: &str = concat!(
    r#"{"code":"H57.01","mail":"x@example.vn","pcode":"G22","name":"Sở A","mobile":"","#,
    r#""id":"1","fax":""}"#
);
const DOC_ID: &str = "11111111-2222-3333-4444-555555555555";

struct Captured {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body_bytes: usize,
}

fn beside() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data")
}

fn captured() -> Option<Vec<Captured>> {
    let text = std::fs::read_to_string(beside().join("vxp/sdk_2.0.1_requests.txt")).ok()?;
    let mut all: Vec<Captured> = Vec::new();
    let mut in_head = false;
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            [method @ ("GET" | "POST"), path, "HTTP/1.1"] => {
                let (method, path) = (method.to_string(), path.to_string());
                all.push(Captured { method, path, headers: Vec::new(), body_bytes: 0 });
                in_head = true;
            }
            _ if line.is_empty() => in_head = false,
            _ if in_head => {
                let (name, value) = line.split_once(": ").unwrap();
                let own = all.last_mut().unwrap();
                if name == "Content-Length" {
                    own.body_bytes = value.parse().unwrap();
                }
                own.headers.push((name.to_owned(), value.to_owned()));
            }
            _ => {}
        }
    }
    Some(all)
}

/// The file that was sent, and the line end that the kit puts behind it.
fn body(one: &Captured) -> Vec<u8> {
    let sample = |name: &str| std::fs::read(beside().join("edxml").join(name)).unwrap();
    let body = match one.body_bytes {
        2 => return b"{}".to_vec(),
        367_852 => sample("edoc_new.edxml"),
        1_705 => sample("status_inbox__01.edxml"),
        99 => AGENCY.into(),
        _ => return Vec::new(),
    };
    if one.path == "/sendEdoc" { [&body[..], b"\r\n"].concat() } else { body }
}

/// The kit takes small answers packed.
fn unpacked(heard: Vec<u8>) -> Vec<u8> {
    let mut plain = Vec::new();
    match heard.starts_with(&[0x1f, 0x8b]) {
        true => GzDecoder::new(&heard[..]).read_to_end(&mut plain).map(|_| plain).unwrap(),
        false => heard,
    }
}

/// Huế's own system with the secret of the capture, for all whom it spoke for that day.
async fn as_it_was(nation: &Nation) {
    let (ctx, scribe, id) = (nation.ctx(), nation.clerk(), SystemId::parse("sys.H57").unwrap());
    let codes = [HUE, "000.00.00.A80", "000.00.00.G22", "000.00.00.H41"];
    let change = Change {
        version: 1,
        name: String::new(),
        agencies: codes.iter().map(|code| (*code).to_owned()).collect(),
        registers: true,
    };
    systems::change(ctx, &scribe, id.clone(), change).await.unwrap();
    let given = Some(Secret::given(SECRET).unwrap());
    systems::renew_secret(ctx, &scribe, id, (given, 0)).await.unwrap();
    nation.connect_with("sys.H17", &["28.22.H17"], SECRET).await;
    ctx.clock.set("2026-11-21T13:59:00Z".parse().unwrap());
}

/// The kit was asked for a packet of this name: one that waits gets it.
async fn give_name(nation: &Nation) {
    const NAME: &str = "UPDATE axis_delivery SET id = $1 WHERE id =
        (SELECT id FROM axis_delivery WHERE to_code = '000.00.00.H41' ORDER BY id LIMIT 1)";
    let id = uuid::Uuid::try_parse(DOC_ID).unwrap();
    let named = nation.write(move |tx, _| Ok(tx.execute(NAME, &[&id])?)).await.unwrap();
    assert_eq!(named, 1);
}

#[tokio::test]
async fn every_captured_request_is_taken() {
    let Some(all) = captured() else {
        println!("skipped: the captured requests of the official kit are not here");
        return;
    };
    assert_eq!(all.len(), 13);
    let nation = Nation::new().await;
    as_it_was(&nation).await;
    let packet = std::fs::read(beside().join("edxml/edoc_new.edxml")).unwrap();
    for (place, one) in all.iter().enumerate() {
        // As it lies before us, with the slashes that the kit writes, and below /axis.
        let paths = [("/axis", one.path.clone()), ("/axis", format!("/{}", one.path))];
        for (under, path) in [("", format!("/axis{}", one.path))].into_iter().chain(paths) {
            let (status, heard) =
                asked(&nation, (under, &one.method, &path), &one.headers, body(one)).await;
            assert_eq!(status, Http::OK, "{place} {path}");
            if path.ends_with("downloadEdoc") {
                assert!(heard == packet, "the bytes are those that were sent");
                continue;
            }
            let heard = unpacked(heard);
            let told = || format!("{place} {path}: {}", String::from_utf8_lossy(&heard));
            let heard: Value =
                serde_json::from_slice(&heard).unwrap_or_else(|_| panic!("{}", told()));
            // Registered once, it is withdrawn once.
            let again = one.path == "/deleteAgency" && !under.is_empty();
            let expected = if again { "FAIL" } else { "OK" };
            assert_eq!(heard["status"], expected, "{place} {path}: {heard}");
            if path.ends_with("getEdoc") {
                assert!(STANDARD.decode(heard["data"].as_str().unwrap()).unwrap() == packet);
            }
        }
        if place == 2 {
            give_name(&nation).await;
        }
    }
}
