//! The token: signed data over the time and the digest of what is stamped.

use jiff::Timestamp;

use super::{Accuracy, Imprint, Request, bounded};
use crate::pki::certificate::Certificate;
use crate::pki::cms::{CheckFault, CmsFault, Covered, Original, SignedData, Signer};
use crate::pki::der::{DerFault, Oid, Reader, tag};
use crate::pki::extension;
use crate::pki::general_name::GeneralName;
use crate::pki::oids;

/// Why a time stamp, or a question for one, is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StampFault {
    #[error("the message is not well formed: {0}")]
    Der(#[from] DerFault),
    #[error("the message is larger than allowed")]
    TooLarge,
    #[error("the version is not known")]
    Version,
    #[error("the digest is not known or has not its length")]
    Digest,
    #[error("the message holds something critical that is not understood")]
    UnknownCritical,
    #[error("the status of the answer is not known, or does not fit what it holds")]
    Status,
    #[error("the token is not signed data: {0}")]
    Cms(#[from] CmsFault),
    #[error("the token does not hold a time stamp")]
    NotStamp,
    #[error("a token has exactly one signer")]
    Signers,
    #[error("the token is over something else")]
    OtherImprint,
    #[error("the nonce is not the one that was sent")]
    Nonce,
    #[error("the token is under another policy than the one asked for")]
    Policy,
    #[error("the certificate is not for time stamps alone")]
    Purpose,
    #[error("the certificate was not signed along")]
    CertificateUnsigned,
    #[error("the signature of the token does not hold: {0}")]
    Check(#[from] CheckFault),
}

/// A time-stamp token. Nothing in it is to be believed before [`Token::check`].
#[derive(Debug, Clone)]
pub struct Token {
    pub signed: SignedData,
    pub policy: Oid,
    pub imprint: Imprint,
    /// Contents of an INTEGER.
    pub serial: Vec<u8>,
    pub at: Timestamp,
    pub accuracy: Option<Accuracy>,
    /// Tokens of this authority can be ordered by their times alone.
    pub is_ordered: bool,
    pub nonce: Option<Vec<u8>>,
    pub authority: Option<GeneralName>,
}

impl Token {
    /// The DER (or BER) of a token.
    pub fn read(bytes: &[u8]) -> Result<Token, StampFault> {
        let signed = SignedData::read(bytes)?;
        if signed.content_type != oids::TST_INFO {
            return Err(StampFault::NotStamp);
        }
        if signed.signers.len() != 1 {
            return Err(StampFault::Signers);
        }
        let info = signed.content().ok_or(StampFault::NotStamp)?.to_vec();
        let mut fields = Reader::of_sequence(&info)?;
        if fields.small()? != 1 {
            return Err(StampFault::Version);
        }
        let policy = fields.oid()?;
        let imprint = Imprint::read(fields.any()?)?.ok_or(StampFault::Digest)?;
        let serial = bounded(&mut fields)?.to_vec();
        let at = fields.tagged(tag::GENERALIZED_TIME)?.time()?;
        let accuracy = fields.optional(tag::SEQUENCE)?.map(Accuracy::read).transpose()?;
        let is_ordered = fields.flag()?;
        let nonce = match fields.peek() {
            Some(tag::INTEGER) => Some(bounded(&mut fields)?.to_vec()),
            _ => None,
        };
        let authority = match fields.optional_inside(0)? {
            Some(mut inside) => {
                let name = GeneralName::read(inside.any()?)?;
                inside.finish()?;
                Some(name)
            }
            None => None,
        };
        if let Some(list) = fields.optional_inside(1)?
            && extension::read_list(list)?.iter().any(|extension| extension.is_critical)
        {
            return Err(StampFault::UnknownCritical);
        }
        fields.finish()?;
        Ok(Token { signed, policy, imprint, serial, at, accuracy, is_ordered, nonce, authority })
    }

    pub fn signer(&self) -> Result<&Signer, StampFault> {
        self.signed.signers.first().ok_or(StampFault::Signers)
    }

    /// The authority's certificate, when it is inside.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.signed.certificate_of(self.signed.signers.first()?)
    }

    /// Whether the token is over `imprint` and signed with the key of `certificate`, which is for
    /// time stamps and for nothing else (RFC 3161 §2.3). Its path is [`crate::pki::path`]'s, with
    /// the purpose [`oids::TIME_STAMPING`].
    pub fn check(
        &self,
        imprint: &Imprint,
        certificate: &Certificate,
    ) -> Result<Covered, StampFault> {
        if self.imprint != *imprint {
            return Err(StampFault::OtherImprint);
        }
        let purposes = certificate.extensions.get(&oids::EXTENDED_KEY_USAGE);
        let is_for_stamps = purposes.is_some_and(|extension| extension.is_critical)
            && certificate.extensions.extended_key_usage.as_deref()
                == Some(&[oids::TIME_STAMPING][..]);
        if !is_for_stamps {
            return Err(StampFault::Purpose);
        }
        let covered = self.signed.check(self.signer()?, Original::Inside, certificate)?;
        if !covered.is_certificate_signed {
            return Err(StampFault::CertificateUnsigned);
        }
        Ok(covered)
    }

    /// Whether it answers this question: imprint, nonce and policy (RFC 3161 §2.4.2).
    pub fn answers(&self, request: &Request) -> Result<(), StampFault> {
        if self.imprint != request.imprint {
            return Err(StampFault::OtherImprint);
        }
        if self.nonce != request.nonce {
            return Err(StampFault::Nonce);
        }
        match request.policy {
            Some(policy) if policy != self.policy => Err(StampFault::Policy),
            _ => Ok(()),
        }
    }
}
