//! TLS from files, exchanged while serving.

use std::path::Path;

use reqwest::{Certificate, Client};

use super::house;
use super::server::run;
use crate::web::tls::Keeper;
use crate::web::{Server, TlsError, TlsFiles};

/// Writes a certificate for `localhost` and its key; returns the certificate.
fn write_certificate(folder: &Path) -> (TlsFiles, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let files = TlsFiles { certificate: folder.join("cert.pem"), key: folder.join("key.pem") };
    std::fs::write(&files.certificate, made.cert.pem()).unwrap();
    std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
    (files, made.cert.pem())
}

/// A browser that trusts one certificate and keeps no line open.
fn trusting(certificate: &str) -> Client {
    Client::builder()
        .tls_certs_only([Certificate::from_pem(certificate.as_bytes()).unwrap()])
        .pool_max_idle_per_host(0)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

#[tokio::test]
async fn pages_come_over_tls_in_the_second_version_of_http() {
    let house = house().await;
    let folder = tempfile::tempdir().unwrap();
    let (files, certificate) = write_certificate(folder.path());
    let server = run(&house, Some(files)).await;
    let url = format!("https://localhost:{}/thu", server.address.port());
    let answer = trusting(&certificate).get(url).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.version()), (200, reqwest::Version::HTTP_2));
    assert_eq!(answer.headers()["strict-transport-security"], "max-age=31536000");
    assert!(answer.headers()["set-cookie"].to_str().unwrap().starts_with("__Host-form="));
}

#[tokio::test]
async fn who_speaks_plain_http_to_the_tls_door_is_shown_the_way() {
    let house = house().await;
    let folder = tempfile::tempdir().unwrap();
    let (files, certificate) = write_certificate(folder.path());
    let server = run(&house, Some(files)).await;
    let port = server.address.port();
    let url = format!("http://localhost:{port}/thu?a=1");
    let answer = trusting(&certificate).get(url).send().await.unwrap();
    assert_eq!(answer.status(), 308);
    assert_eq!(answer.headers()["location"], format!("https://localhost:{port}/thu?a=1"));
}

#[tokio::test]
async fn a_new_certificate_is_used_without_a_restart_and_a_broken_one_never() {
    let house = house().await;
    let folder = tempfile::tempdir().unwrap();
    let (files, _) = write_certificate(folder.path());
    let keeper = Keeper::open(files.clone()).unwrap();
    let first = keeper.certificate();
    let (_, second) = write_certificate(folder.path());
    keeper.look(true);
    assert_ne!(keeper.certificate(), first, "SIGHUP reads it anew");
    let good = keeper.certificate();
    std::fs::write(&files.key, "broken").unwrap();
    keeper.look(true);
    assert_eq!(keeper.certificate(), good, "what does not fit is not used");
    drop(house);
    assert!(second.contains("BEGIN CERTIFICATE"));
}

#[tokio::test]
async fn a_running_server_notices_changed_files() {
    let house = house().await;
    let folder = tempfile::tempdir().unwrap();
    let (files, first) = write_certificate(folder.path());
    let server = run(&house, Some(files)).await;
    let url = format!("https://localhost:{}/health/live", server.address.port());
    assert!(trusting(&first).get(&url).send().await.is_ok());
    let (_, second) = write_certificate(folder.path());
    for attempt in 0.. {
        if trusting(&second).get(&url).send().await.is_ok() {
            break;
        }
        assert!(attempt < 100, "the new certificate is never used");
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    assert!(trusting(&first).get(&url).send().await.is_err(), "the old one is gone");
}

#[tokio::test]
async fn what_is_wrong_with_the_files_is_said_at_the_start() {
    let house = house().await;
    let folder = tempfile::tempdir().unwrap();
    let (files, _) = write_certificate(folder.path());
    let any = "127.0.0.1:0".parse().unwrap();
    let missing = TlsFiles { certificate: folder.path().join("none.pem"), ..files.clone() };
    let error = Server::bind(house.site.clone(), any, Some(missing)).await.err().unwrap();
    assert!(error.to_string().contains("none.pem cannot be read"), "{error}");
    let swapped = TlsFiles { certificate: files.key.clone(), key: files.certificate.clone() };
    assert!(matches!(Keeper::open(swapped).err(), Some(TlsError::NoCertificate(_))));
    let keyless = TlsFiles { key: files.certificate.clone(), ..files.clone() };
    assert!(matches!(Keeper::open(keyless).err(), Some(TlsError::NoKey(_))));
    let other = tempfile::tempdir().unwrap();
    let (foreign, _) = write_certificate(other.path());
    let unfit = TlsFiles { key: foreign.key, ..files };
    assert!(matches!(Keeper::open(unfit).err(), Some(TlsError::Unfit(_))));
}
