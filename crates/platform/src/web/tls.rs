//! Certificates from PEM files, exchanged while serving.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwap;
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio::signal::unix::{SignalKind, signal};
use tokio_rustls::TlsAcceptor;

use super::secret::sha256;
use crate::hex::to_hex;

/// A chain, the server's own certificate first, and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{} holds no certificate in PEM", .0.display())]
    NoCertificate(PathBuf),
    #[error("{} holds no private key in PEM", .0.display())]
    NoKey(PathBuf),
    #[error("certificate and key do not serve: {0}")]
    Unfit(#[from] rustls::Error),
}

/// Holds the certificate in use and looks whether the files changed.
pub(crate) struct Keeper {
    files: TlsFiles,
    served: ArcSwap<Served>,
    seen: Mutex<Seen>,
}

struct Served {
    config: Arc<ServerConfig>,
    /// SHA-256 of the server's own certificate: what an operator compares.
    certificate: String,
}

/// When the files were last changed.
type Seen = [Option<SystemTime>; 2];

const LOOK: Duration = Duration::from_secs(5);

impl Keeper {
    pub fn open(files: TlsFiles) -> Result<Keeper, TlsError> {
        let seen = Mutex::new(changed_at(&files));
        let served = ArcSwap::from_pointee(read(&files)?);
        Ok(Keeper { files, served, seen })
    }

    pub fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(self.served.load().config.clone())
    }

    /// The fingerprint of the certificate in use.
    pub fn certificate(&self) -> String {
        self.served.load().certificate.clone()
    }

    /// Reads the files again when they changed or the process gets SIGHUP.
    pub async fn watch(&self) {
        let mut hang_up = signal(SignalKind::hangup()).ok();
        loop {
            let told = async {
                match &mut hang_up {
                    Some(signal) => signal.recv().await.is_some(),
                    None => std::future::pending().await,
                }
            };
            let forced = tokio::select! {
                told = told => told,
                () = tokio::time::sleep(LOOK) => false,
            };
            self.look(forced);
        }
    }

    /// A certificate that does not fit never takes the place of one that does.
    pub fn look(&self, forced: bool) {
        let now = changed_at(&self.files);
        {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            if *seen == now && !forced {
                return;
            }
            *seen = now;
        }
        match read(&self.files) {
            Ok(served) => {
                self.served.store(Arc::new(served));
                tracing::info!(certificate = self.certificate(), "the certificate was read anew");
            }
            Err(error) => tracing::error!(%error, "the new certificate is not used"),
        }
    }
}

fn changed_at(files: &TlsFiles) -> Seen {
    let of = |path: &Path| std::fs::metadata(path).and_then(|file| file.modified()).ok();
    [of(&files.certificate), of(&files.key)]
}

fn read(files: &TlsFiles) -> Result<Served, TlsError> {
    let chain = CertificateDer::pem_slice_iter(&bytes(&files.certificate)?)
        .collect::<Result<Vec<_>, _>>()
        .ok()
        .filter(|chain| !chain.is_empty())
        .ok_or_else(|| TlsError::NoCertificate(files.certificate.clone()))?;
    let certificate = chain.first().map(|own| to_hex(&sha256(own))).unwrap_or_default();
    let key = PrivateKeyDer::from_pem_slice(&bytes(&files.key)?)
        .map_err(|_| TlsError::NoKey(files.key.clone()))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Served { config: Arc::new(config), certificate })
}

fn bytes(path: &Path) -> Result<Vec<u8>, TlsError> {
    std::fs::read(path).map_err(|source| TlsError::Unreadable { path: path.to_owned(), source })
}
