//! Who and what is believed, owned: read from files, or taken from the register.

use wire::pki::certificate::{Certificate, CertificateFault};
use wire::pki::crl::{Crl, CrlFault};
use wire::pki::ocsp::{OcspFault, Response};
use wire::pki::path::Anchor;

use super::Trust;

#[derive(Default)]
pub struct Believed {
    pub anchors: Vec<Anchor>,
    pub certificates: Vec<Certificate>,
    pub crls: Vec<Crl>,
    pub ocsp: Vec<Response>,
    /// Of keys of this very house that nobody vouches for.
    pub own: Vec<Certificate>,
}

impl Believed {
    pub fn trust(&self) -> Trust<'_> {
        Trust {
            anchors: &self.anchors,
            certificates: &self.certificates,
            crls: &self.crls,
            ocsp: &self.ocsp,
            own: &self.own,
        }
    }

    /// Believes every certificate of a file, DER or PEM, for everything.
    pub fn add_anchors(&mut self, bytes: &[u8]) -> Result<(), CertificateFault> {
        self.anchors.extend(Certificate::read_bundle(bytes)?.into_iter().map(Anchor::new));
        Ok(())
    }

    /// Helps with every certificate of a file; none is believed for that.
    pub fn add_certificates(&mut self, bytes: &[u8]) -> Result<(), CertificateFault> {
        self.certificates.extend(Certificate::read_bundle(bytes)?);
        Ok(())
    }

    pub fn add_crl(&mut self, bytes: &[u8]) -> Result<(), CrlFault> {
        self.crls.push(Crl::read(bytes)?);
        Ok(())
    }

    pub fn add_ocsp(&mut self, der: &[u8]) -> Result<(), OcspFault> {
        self.ocsp.push(Response::read(der)?);
        Ok(())
    }
}
