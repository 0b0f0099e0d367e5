//! TLS with a certificate of the site's own, which is read again when it was renewed.

use crate::{
    config::TlsFiles,
    failure::{Failure, Result},
};
use rustls::{
    ServerConfig,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use std::{
    fmt, fs, io,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

/// How long a client may take to shake hands.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// The bit of a file's mode that lets everybody read it.
const READABLE_BY_ALL: u32 = 0o004;

/// What encrypts connections.
pub(super) struct Tls {
    acceptor: TlsAcceptor,
    certificate: Arc<Certificate>,
}

impl Tls {
    /// Reads the certificate and its key.
    ///
    /// # Errors
    /// Files that cannot be read or do not belong together, by their settings' names.
    pub(super) fn open(files: &TlsFiles) -> Result<Self> {
        let provider = Arc::new(ring::default_provider());
        let certificate = Arc::new(Certificate {
            current: RwLock::new(Arc::new(read(files, &provider)?)),
            files: files.clone(),
            provider: Arc::clone(&provider),
        });
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(Failure::refused)?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(&certificate) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            certificate,
        })
    }

    /// Shakes hands with a client.
    ///
    /// # Errors
    /// The client speaks no TLS, or not in time.
    pub(super) async fn accept(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        timeout(HANDSHAKE, self.acceptor.accept(stream)).await?
    }

    /// Reads the files again. Connections that are open go on; if the files make no sense, the certificate before goes on too.
    pub(super) fn reload(&self) -> Result<()> {
        let certificate = &self.certificate;
        let fresh = read(&certificate.files, &certificate.provider)?;
        let mut current = certificate
            .current
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *current = Arc::new(fresh);
        Ok(())
    }
}

/// A certificate and its key, and where they come from.
struct Certificate {
    files: TlsFiles,
    provider: Arc<CryptoProvider>,
    current: RwLock<Arc<CertifiedKey>>,
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(&current))
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

fn read(files: &TlsFiles, provider: &CryptoProvider) -> Result<CertifiedKey> {
    let wrong = |setting, path: &Path, why: &dyn fmt::Display| {
        Failure::refused(format_args!("{setting}: {}: {why}", path.display()))
    };
    let of_certificate =
        |why: &dyn fmt::Display| wrong("PROVOST_TLS_CERTIFICATE", &files.certificate, why);
    let of_key = |why: &dyn fmt::Display| wrong("PROVOST_TLS_KEY", &files.key, why);
    let pem = fs::read(&files.certificate).map_err(|error| of_certificate(&error))?;
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&pem)
        .collect::<std::result::Result<_, _>>()
        .map_err(|error| of_certificate(&error))?;
    if chain.is_empty() {
        return Err(of_certificate(&"there is no certificate in PEM in it"));
    }
    let pem = fs::read(&files.key).map_err(|error| of_key(&error))?;
    let key = PrivateKeyDer::from_pem_slice(&pem)
        .map_err(|_| of_key(&"there is no private key in PEM in it, without a passphrase"))?;
    warn_of_readers(&files.key);
    CertifiedKey::from_der(chain, key, provider).map_err(|error| match error {
        rustls::Error::InconsistentKeys(_) => of_key(&format_args!(
            "this is not the key of the first certificate in {}",
            files.certificate.display()
        )),
        rustls::Error::InvalidCertificate(_) => of_certificate(&error),
        error => of_key(&error),
    })
}

fn warn_of_readers(key: &Path) {
    let all_read = fs::metadata(key)
        .is_ok_and(|metadata| metadata.permissions().mode() & READABLE_BY_ALL != 0);
    if all_read {
        tracing::warn!(
            key = %key.display(),
            "everybody on this machine may read the key of the certificate: chmod o= it"
        );
    }
}
