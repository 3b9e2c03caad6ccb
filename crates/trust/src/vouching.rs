//! Word about revocation that goes into a signed file, so that nobody need be asked later (B-LT):
//! of our own authorities, who are at hand.

use platform::Ctx;
use platform::store::{StoreError, Tx};
use wire::algorithm::Digest;
use wire::pki::certificate::Certificate as X509;
use wire::pki::crl::Crl;
use wire::pki::ocsp::{CertId, Request, Response};
use wire::pki::time_stamp::Token;

use crate::authority::Authority;
use crate::believing::believed;
use crate::responder;
use crate::signing::Values;
use crate::store::authorities;

/// More authorities stand above no certificate.
const DEPTH_MAX: usize = 8;

/// What is known here: the authorities, and their lists.
struct Known {
    authorities: Vec<(Authority, X509)>,
    crls: Vec<Crl>,
}

/// About the signer and about whoever stamped; `None` when some of it is not ours to tell.
pub async fn vouched(ctx: &Ctx, signer: &X509, token: &[u8]) -> Result<Option<Values>, StoreError> {
    let known = ctx.store.read::<_, StoreError, _>(known).await?;
    let stamped = Token::read(token).ok().and_then(|token| token.certificate().cloned());
    let Some(clock) = stamped else { return Ok(None) };
    let mut values = Values::default();
    for leaf in [signer, &clock] {
        if !tell(ctx, &known, leaf, &mut values).await? {
            return Ok(None);
        }
    }
    Ok(Some(values))
}

fn known(tx: &mut Tx) -> Result<Known, StoreError> {
    let all = authorities::all(tx)?;
    let read = |one: Authority| one.certificate().ok().map(|certificate| (one, certificate));
    let crls = believed(tx)?.crls;
    Ok(Known { authorities: all.into_iter().filter_map(read).collect(), crls })
}

/// The answer about a certificate, and the lists about those above it; false when one is missing.
async fn tell(
    ctx: &Ctx,
    known: &Known,
    leaf: &X509,
    values: &mut Values,
) -> Result<bool, StoreError> {
    let Some((authority, issuer)) = known.issuer_of(leaf) else { return Ok(false) };
    match answer(ctx, (authority, issuer), leaf).await? {
        Some(der) => values.ocsp.push(der),
        None if known.put_list(issuer, values) => {}
        None => return Ok(false),
    }
    let mut below = issuer;
    for _ in 0..DEPTH_MAX {
        put_certificate(below, values);
        if below.subject == below.issuer {
            return Ok(true);
        }
        let Some((_, above)) = known.issuer_of(below) else { return Ok(false) };
        if !known.put_list(above, values) {
            return Ok(false);
        }
        below = above;
    }
    Ok(false)
}

/// What our responder says; `None` when it cannot answer.
async fn answer(
    ctx: &Ctx,
    (authority, issuer): (&Authority, &X509),
    leaf: &X509,
) -> Result<Option<Vec<u8>>, StoreError> {
    let id = CertId::new(Digest::Sha1, issuer, &leaf.serial);
    let Ok(question) = Request::write(&[id], None) else { return Ok(None) };
    let said = match responder::answer(ctx, authority.slug.clone(), &question).await {
        Ok(said) => said.map(|answer| answer.der),
        Err(fault) => {
            tracing::warn!(%fault, "no OCSP answer for a signature: the list is taken");
            None
        }
    };
    let tells = |der: &Vec<u8>| {
        Response::read(der).is_ok_and(|read| read.answer(issuer, &leaf.serial).is_some())
    };
    Ok(said.filter(tells))
}

fn put_certificate(certificate: &X509, values: &mut Values) {
    if !values.certificates.contains(certificate) {
        values.certificates.push(certificate.clone());
    }
}

impl Known {
    fn issuer_of(&self, one: &X509) -> Option<(&Authority, &X509)> {
        let found = self.authorities.iter().find(|(_, other)| other.subject == one.issuer);
        found.map(|(authority, certificate)| (authority, certificate))
    }

    /// The list that this authority signed; false when there is none.
    fn put_list(&self, authority: &X509, values: &mut Values) -> bool {
        let Some(list) = self.crls.iter().find(|list| list.issuer == authority.subject) else {
            return false;
        };
        let der = list.der().to_vec();
        if !values.crls.contains(&der) {
            values.crls.push(der);
        }
        true
    }
}
