//! TLS towards PostgreSQL: asked for, checked, and never given up quietly. The server here is a
//! door that speaks TLS; behind it stands the PostgreSQL of `TEST_DB`, or nobody.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::{TABLES, count, id, register};
use crate::store::{Address, Options, Schema, Store, StoreError};
use crate::testing::test_db;

struct Door {
    port: u16,
    /// The certificate to trust.
    root: PathBuf,
    /// First bytes that came through TLS, and first bytes that came in the clear.
    heard: Arc<Mutex<(Vec<u8>, Vec<u8>)>>,
}

/// A door for `localhost` that agrees to TLS, or refuses it.
async fn door(folder: &Path, agrees: bool) -> Door {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let root = folder.join(format!("{agrees}.pem"));
    std::fs::write(&root, made.cert.pem()).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Mutex::new((Vec::new(), Vec::new())));
    let shared = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            tokio::spawn(serve(near, acceptor.clone(), agrees, Arc::clone(&shared)));
        }
    });
    Door { port, root, heard }
}

async fn serve(
    mut near: TcpStream,
    acceptor: TlsAcceptor,
    agrees: bool,
    heard: Arc<Mutex<(Vec<u8>, Vec<u8>)>>,
) -> std::io::Result<()> {
    let mut request = [0; 8];
    near.read_exact(&mut request).await?;
    near.write_all(if agrees { b"S" } else { b"N" }).await?;
    if !agrees {
        let mut clear = vec![0; 512];
        let length = near.read(&mut clear).await?;
        heard.lock().unwrap().1.extend(&clear[..length]);
        return Ok(());
    }
    let mut secured = acceptor.accept(near).await?;
    let mut first = vec![0; 512];
    let length = secured.read(&mut first).await?;
    heard.lock().unwrap().0.extend(&first[..length]);
    if let Some(url) = test_db() {
        let (_, server) = url.split_once('@').unwrap();
        let mut far = TcpStream::connect(server.split('/').next().unwrap()).await?;
        far.write_all(&first[..length]).await?;
        copy_bidirectional(&mut secured, &mut far).await?;
    }
    Ok(())
}

async fn open(url: String) -> Result<Store, StoreError> {
    let options = Options {
        busy_wait: std::time::Duration::from_millis(100),
        read_lanes: Some(1),
        write_lanes: Some(1),
        ..Options::default()
    };
    Store::open_with(&Address::Postgres(url), options).await
}

fn reason(outcome: Result<Store, StoreError>) -> String {
    match outcome {
        Err(StoreError::Unavailable { reason } | StoreError::Other { reason }) => reason,
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("it opened"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trusted_server_is_spoken_to_in_secret() {
    let folder = tempfile::tempdir().unwrap();
    let door = door(folder.path(), true).await;
    let ends = format!("sslmode=require&sslrootcert={}", door.root.display());
    match test_db() {
        None => {
            let url = format!("postgres://clerk@localhost:{}/letters?{ends}", door.port);
            assert!(open(url).await.is_err(), "nobody stands behind the door");
        }
        Some(url) => {
            let schema = Schema::make(&url, &format!("tls_{}", std::process::id())).unwrap();
            let (user, rest) = schema.url.split_once('@').unwrap();
            let (_, database) = rest.split_once('/').unwrap();
            let store =
                open(format!("{user}@localhost:{}/{database}&{ends}", door.port)).await.unwrap();
            store.migrate(&[TABLES]).await.unwrap();
            store.write(|tx| register(tx, id(1), "H01")).await.unwrap();
            assert_eq!(count(&store).await, 1);
            store.close().await;
        }
    }
    let heard = door.heard.lock().unwrap();
    assert!(String::from_utf8_lossy(&heard.0).contains("user\0"), "the greeting came through TLS");
    assert!(heard.1.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_nobody_vouches_for_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let own = door(folder.path(), true).await;
    let url = format!("postgres://clerk@localhost:{}/letters?sslmode=require", own.port);
    let said = reason(open(url).await);
    assert!(said.contains("certificate"), "{said}");
    assert!(own.heard.lock().unwrap().0.is_empty(), "not a word before the certificate is checked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_refuses_tls_hears_nothing_in_the_clear() {
    let folder = tempfile::tempdir().unwrap();
    let door = door(folder.path(), false).await;
    // Asking for an authority is asking for TLS.
    let root = door.root.display();
    let url = format!("postgres://clerk:secret@localhost:{}/letters?sslrootcert={root}", door.port);
    let said = reason(open(url).await);
    assert!(!said.contains("secret"), "{said}");
    assert!(door.heard.lock().unwrap().1.is_empty());
}

#[test]
fn tls_is_asked_for_wherever_the_server_is_not_this_host() {
    use crate::store::pg::asks_for_tls;
    for (url, asked) in [
        ("postgres://u@localhost/d", false),
        ("postgres://u@127.0.0.1:5433/d", false),
        ("postgres://u@%2Frun%2Fpostgresql/d", false),
        ("postgres://u@[::1]/d", false),
        ("postgres://u@localhost/d?sslmode=require", true),
        ("postgres://u@db.tinh.gov.vn/d", true),
        ("postgres://u@db.tinh.gov.vn/d?sslmode=prefer", true),
        ("postgres://u@localhost,10.0.0.7/d", true),
        ("postgres://u@db.tinh.gov.vn/d?sslmode=disable", false),
    ] {
        assert_eq!(asks_for_tls(url), Ok(asked), "{url}");
    }
    assert!(asks_for_tls("mysql://u@localhost/d").is_err());
    let missing = asks_for_tls("postgres://u@db/d?sslrootcert=/there/is/no/such.pem");
    assert!(matches!(missing, Err(StoreError::Other { reason }) if reason.contains("such.pem")));
}
