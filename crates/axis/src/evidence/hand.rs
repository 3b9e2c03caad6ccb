//! Whoever signs evidence: the seal of an agency with signed time and word about revocation, or the
//! axis' own key.

use jiff::Timestamp;
use organisations::UnitId;
use platform::Ctx;
use platform::store::{StoreError, Tx};
use trust::Stamper;
use trust::clockwork::Asker;
use wire::algorithm::{Digest, PublicKey};
use wire::pki::certificate::Certificate;
use wire::pki::time_stamp::Imprint;
use wire::xml::sign::{self, Part, Place, Properties, Recipe, SIGNATURE_LIST};
use wire::xml::{Limits, read as read_xml, signature};

use super::unmade;
use crate::receipt;
use crate::refusal::Refusal;

/// A certificate with those above it, and what the key does.
pub(super) struct Hand {
    certificates: Vec<Vec<u8>>,
    public: PublicKey,
    key: Key,
}

enum Key {
    Seal(Box<trust::Signer>),
    Own(receipt::OwnKey),
}

/// The seal of the unit where whoever exports is at home, else the axis' own key.
pub(super) async fn hand(
    ctx: &Ctx,
    home: Option<UnitId>,
    now: Timestamp,
) -> Result<(Hand, Option<String>), Refusal> {
    if let Some(unit) = home
        && let Some(found) = seal(ctx, unit, now).await?
    {
        return Ok(found);
    }
    let own = ctx.clone();
    let key = ctx.store.write(move |tx| known_key(tx, &own)).await?;
    let (certificates, public) = (vec![key.certificate.clone()], key.public().clone());
    Ok((Hand { certificates, public, key: Key::Own(key) }, None))
}

/// The key of the receipts under its certificate, which whoever checks files here recognises.
pub(crate) fn known_key(tx: &mut Tx, ctx: &Ctx) -> Result<receipt::OwnKey, Refusal> {
    let key = receipt::own_key(tx, ctx)?;
    trust::know_own_key(tx, &key.certificate, ctx.clock.now())?;
    Ok(key)
}

async fn seal(
    ctx: &Ctx,
    unit: UnitId,
    now: Timestamp,
) -> Result<Option<(Hand, Option<String>)>, Refusal> {
    let read = move |tx: &mut Tx| match trust::queries::seal_of(tx, unit, now)? {
        Some(one) => {
            let chain = trust::queries::chain(tx, &one)?;
            Ok::<_, StoreError>(Some((one, chain)))
        }
        None => Ok(None),
    };
    let Some((one, chain)) = ctx.store.read(read).await? else { return Ok(None) };
    let (Some(key), Ok(certificate)) = (one.key, one.x509()) else { return Ok(None) };
    let signer = match trust::signer_of(ctx, key).await {
        Ok(signer) => signer,
        // A token that was pulled out: the axis' own key is always here.
        Err(refusal) => {
            tracing::warn!(%refusal, "evidence is not sealed");
            return Ok(None);
        }
    };
    let mut certificates = vec![certificate.der().to_vec()];
    certificates.extend(chain.iter().map(|one| one.der().to_vec()));
    let (public, key) = (signer.public_key().clone(), Key::Seal(Box::new(signer)));
    Ok(Some((Hand { certificates, public, key }, Some(one.holder_name))))
}

/// The list of signatures with one over these parts.
pub(super) async fn signed(
    ctx: &Ctx,
    parts: Vec<Part<'_>>,
    (hand, at): (&Hand, Timestamp),
) -> Result<Vec<u8>, Refusal> {
    let list = read_xml::read(SIGNATURE_LIST.as_bytes(), &Limits::default()).map_err(unmade)?;
    let mut recipe = Recipe::new("bang-chung", Place::LastIn(list.root().node()), &hand.public);
    recipe.parts = parts;
    recipe.certificates = &hand.certificates;
    recipe.properties = Some(Properties { signing_time: at, policy: None, production_place: None });
    let prepared = sign::prepare(&list, &recipe).map_err(unmade)?;
    let value = match &hand.key {
        Key::Seal(signer) => {
            let usual = signer.usual_algorithm();
            signer.sign(usual, prepared.to_be_signed()).await.map_err(unmade)?
        }
        Key::Own(key) => key.sign(prepared.to_be_signed())?,
    };
    let list = prepared.finish(&value).map_err(unmade)?;
    match &hand.key {
        Key::Seal(_) => stamped(ctx, list, &hand.certificates).await,
        Key::Own(_) => Ok(list),
    }
}

/// With signed time where somebody gives it, and with what the authorities say about revocation
/// where they are at hand (B-LT); without either the seal still says when.
async fn stamped(ctx: &Ctx, list: Vec<u8>, certificates: &[Vec<u8>]) -> Result<Vec<u8>, Refusal> {
    let over = {
        let document = read_xml::read(&list, &Limits::default()).map_err(unmade)?;
        sign::stamped_bytes(&document, &only(&document)?).map_err(unmade)?
    };
    let imprint = Imprint::of(Digest::Sha256, &over);
    let asker = Asker::new().map_err(unmade)?;
    let token = match asker.stamp(ctx, &Stamper::default(), imprint).await {
        Ok(stamped) => stamped.token,
        Err(fault) => {
            tracing::warn!(%fault, "evidence is sealed without signed time");
            return Ok(list);
        }
    };
    let signer = certificates.first().and_then(|der| Certificate::read(der).ok());
    let values = match &signer {
        Some(signer) => trust::vouched(ctx, signer, &token).await?,
        None => None,
    };
    let stamped = {
        let document = read_xml::read(&list, &Limits::default()).map_err(unmade)?;
        sign::add_time_stamp(&document, &only(&document)?, &token).map_err(unmade)?
    };
    match values {
        Some(values) => with_values(&stamped, &values),
        None => Ok(stamped),
    }
}

fn with_values(list: &[u8], values: &trust::signing::Values) -> Result<Vec<u8>, Refusal> {
    let document = read_xml::read(list, &Limits::default()).map_err(unmade)?;
    let certificates: Vec<Vec<u8>> =
        values.certificates.iter().map(|one| one.der().to_vec()).collect();
    let more = sign::Values { certificates: &certificates, ocsp: &values.ocsp, crls: &values.crls };
    Ok(sign::add_values(&document, &only(&document)?, more).map_err(unmade)?)
}

fn only(document: &wire::xml::Document<'_>) -> Result<signature::Signature, Refusal> {
    let found = signature::find(document).map_err(unmade)?;
    let one = found.signatures.last().ok_or_else(|| unmade("no signature"))?;
    Ok(signature::read(document, *one).map_err(unmade)?)
}
