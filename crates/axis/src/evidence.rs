//! The evidence of one packet, in one file that anybody can check without this installation: the
//! bytes as they were received, what is in them, every station with its time and digest, every
//! receipt, and one signature over all of it.
//!
//! An ASiC-E container with a XAdES signature: by the seal of whoever looks after the axis, with
//! signed time, when its key is at hand; else by the key of the receipts, under a certificate that
//! it has given itself and that stands at `/axis/chung-thu`.
//!
//! Law: Luật Giao dịch điện tử 20/2023/QH15 art. 11 (data messages as evidence)
//! Law: QĐ 28/2018/QĐ-TTg art. 10

use futures_util::TryStreamExt;
use identity::Scribe;
use jiff::Timestamp;
use organisations::UnitId;
use platform::Ctx;
use platform::hex::to_hex;
use platform::store::{StoreError, Tx};
use serde_json::{Value, json};
use trust::Stamper;
use trust::clockwork::Asker;
use wire::algorithm::{Digest, PublicKey};
use wire::asice::{self, NewFile};
use wire::edxml::read::{Limits as PacketLimits, read as read_packet};
use wire::pki::time_stamp::Imprint;
use wire::xml::sign::{self, Part, Place, Properties, Recipe, SIGNATURE_LIST};
use wire::xml::{Limits, read as read_xml, signature};

use crate::packet::PacketId;
use crate::queries;
use crate::queries::watching::{Whole, whole};
use crate::receipt;
use crate::refusal::Refusal;

/// Larger packets are proved by their digest; their bytes are handed out beside.
const PACKET_BYTES_MAX: i64 = 64 << 20;
const PACKET: &str = "goi-tin.edxml";
const CONTENT: &str = "noi-dung.json";
const TRACE: &str = "hanh-trinh.json";
const RECEIPT: &str = "bien-nhan-nop.jws";
const RECEIPTS: &str = "bien-nhan-giao.json";
const KEYS: &str = "khoa.json";

/// One file of the container.
struct Piece {
    name: &'static str,
    media_type: &'static str,
    bytes: Vec<u8>,
}

/// Whoever signs: a certificate with those above it, and what the key does.
struct Hand {
    certificates: Vec<Vec<u8>>,
    public: PublicKey,
    key: Key,
}

enum Key {
    Seal(Box<trust::Signer>),
    Own(receipt::OwnKey),
}

/// Makes it, and writes down that it was handed out, to whom and under which seal.
pub(crate) async fn export(
    ctx: &Ctx,
    (scribe, home): (&Scribe, Option<UnitId>),
    id: PacketId,
) -> Result<Vec<u8>, Refusal> {
    let read = move |tx: &mut Tx| Ok::<_, StoreError>((whole(tx, id)?, queries::keys(tx)?));
    let (found, keys) = ctx.store.read(read).await?;
    let found = found.ok_or(Refusal::Nothing)?;
    let bytes = bytes_of(ctx, &found).await?;
    let pieces = pieces(&found, bytes, &keys)?;
    let (hand, sealed_by) = hand(ctx, home, scribe.now).await?;
    let bytes = signed(ctx, &pieces, (&hand, scribe.now)).await?;
    let told = json!({ "sha256": to_hex(&Digest::Sha256.of(&bytes)), "seal": sealed_by });
    let scribe = scribe.clone();
    ctx.store
        .write(move |tx| {
            let what = ("axis.export-evidence", format!("axis-packet:{id}"));
            scribe.note_over(tx, None, what, told.clone())
        })
        .await?;
    Ok(bytes)
}

/// None when they are too many, or were taken away by a rule.
async fn bytes_of(ctx: &Ctx, found: &Whole) -> Result<Option<Vec<u8>>, Refusal> {
    if found.packet.size_bytes > PACKET_BYTES_MAX {
        return Ok(None);
    }
    let opened = match queries::open(ctx, found.packet.id).await {
        Ok(opened) => opened,
        Err(Refusal::Discarded) => return Ok(None),
        Err(refusal) => return Err(refusal),
    };
    let gathered: Result<Vec<u8>, _> = opened
        .body
        .try_fold(Vec::new(), |mut all, piece| async move {
            all.extend_from_slice(&piece);
            Ok(all)
        })
        .await;
    Ok(Some(gathered.map_err(unmade)?))
}

fn pieces(found: &Whole, bytes: Option<Vec<u8>>, keys: &Value) -> Result<Vec<Piece>, Refusal> {
    let json = |name, value: &Value| {
        let bytes = serde_json::to_vec_pretty(value).map_err(unmade)?;
        Ok::<_, Refusal>(Piece { name, media_type: "application/json", bytes })
    };
    let receipts: Vec<Value> = found
        .deliveries
        .iter()
        .filter_map(|one| {
            let receipt = one.receipt.as_ref()?;
            Some(json!({ "docId": one.id.0, "to": one.to_code, "receipt": receipt }))
        })
        .collect();
    let mut all = vec![
        json(CONTENT, &content(found, bytes.as_deref()))?,
        json(TRACE, &trace(found))?,
        json(RECEIPTS, &Value::from(receipts))?,
        json(KEYS, keys)?,
        Piece {
            name: RECEIPT,
            media_type: "application/jose",
            bytes: found.packet.receipt.clone().into_bytes(),
        },
    ];
    if let Some(bytes) = bytes {
        all.insert(0, Piece { name: PACKET, media_type: "application/xml", bytes });
    }
    Ok(all)
}

/// What the packet is, and what hangs on it, by their digests.
fn content(found: &Whole, bytes: Option<&[u8]>) -> Value {
    let packet = &found.packet;
    let reading = bytes.and_then(|bytes| read_packet(bytes, PacketLimits::default()).ok());
    let attachments = reading.iter().flat_map(|reading| &reading.attachments).map(|one| {
        let real = one.content();
        json!({
            "name": one.attachment_name,
            "mediaType": real.media_type,
            "sizeBytes": real.size_bytes,
            "sha256": to_hex(&real.sha256),
            "packedSha256": to_hex(&one.packed.sha256),
        })
    });
    let attachments: Vec<Value> = attachments.collect();
    json!({
        "docId": packet.id.0,
        "messageType": packet.kind.code(),
        "from": packet.from_code,
        "fromName": packet.from_name,
        "documentId": packet.document_id,
        "business": packet.business,
        "statusCode": packet.status_code,
        "number": packet.number_and_notation(),
        "subject": packet.subject,
        "sha256": packet.sha256,
        "sizeBytes": packet.size_bytes,
        "signature": packet.signature.code(),
        "acceptedAt": packet.accepted_at,
        "handedInBy": packet.sent_by_name,
        "bytesEnclosed": bytes.is_some(),
        "bytesRemovedAt": found.removal.as_ref().map(|one| one.removed_at),
        "attachmentCount": packet.attachments,
        "attachments": attachments,
    })
}

fn trace(found: &Whole) -> Value {
    let deliveries = found.deliveries.iter().map(|one| {
        json!({
            "docId": one.id.0,
            "to": one.to_code,
            "toName": one.to_name,
            "route": one.route.code(),
            "transport": one.transport.code(),
            "transportAt": one.transport_at,
            "description": one.description,
            "said": one.business().map(|code| code.code().to_owned()),
            "saidAt": one.standing_at,
            "recalledAt": one.recalled_at,
        })
    });
    let events = found.events.iter().map(|one| {
        json!({
            "at": one.at,
            "what": one.what.code(),
            "docId": one.delivery.map(|id| id.0),
            "by": one.by,
            "detail": one.detail,
            "sha256": one.sha256,
        })
    });
    let related = found.related.iter().map(|one| {
        json!({
            "docId": one.id,
            "messageType": one.kind.code(),
            "business": one.business,
            "from": one.from_code,
            "acceptedAt": one.accepted_at,
        })
    });
    json!({
        "deliveries": deliveries.collect::<Vec<_>>(),
        "events": events.collect::<Vec<_>>(),
        "aboutTheSameDocument": related.collect::<Vec<_>>(),
    })
}

/// The seal of the unit where whoever exports is at home, else the axis' own key.
async fn hand(
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
    let key = ctx.store.write(move |tx| receipt::own_key(tx, &own)).await?;
    let (certificates, public) = (vec![key.certificate.clone()], key.public().clone());
    Ok((Hand { certificates, public, key: Key::Own(key) }, None))
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

async fn signed(
    ctx: &Ctx,
    pieces: &[Piece],
    (hand, at): (&Hand, Timestamp),
) -> Result<Vec<u8>, Refusal> {
    let list = read_xml::read(SIGNATURE_LIST.as_bytes(), &Limits::default()).map_err(unmade)?;
    let mut recipe = Recipe::new("bang-chung", Place::LastIn(list.root().node()), &hand.public);
    recipe.parts = pieces.iter().map(part).collect();
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
    let list = match &hand.key {
        Key::Seal(_) => stamped(ctx, list).await?,
        Key::Own(_) => list,
    };
    let files: Vec<NewFile<'_>> = pieces.iter().map(file).collect();
    asice::write(&files, &[list]).map_err(|fault| unmade(fault).into())
}

fn part(piece: &Piece) -> Part<'_> {
    Part::External { uri: piece.name, bytes: &piece.bytes, media_type: piece.media_type }
}

fn file(piece: &Piece) -> NewFile<'_> {
    NewFile { name: piece.name, media_type: piece.media_type, bytes: &piece.bytes }
}

/// With signed time where somebody gives it; without it the seal still says when.
async fn stamped(ctx: &Ctx, list: Vec<u8>) -> Result<Vec<u8>, Refusal> {
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
    let document = read_xml::read(&list, &Limits::default()).map_err(unmade)?;
    Ok(sign::add_time_stamp(&document, &only(&document)?, &token).map_err(unmade)?)
}

fn only(document: &wire::xml::Document<'_>) -> Result<signature::Signature, Refusal> {
    let found = signature::find(document).map_err(unmade)?;
    let one = found.signatures.last().ok_or_else(|| unmade("no signature"))?;
    Ok(signature::read(document, *one).map_err(unmade)?)
}

fn unmade(reason: impl ToString) -> StoreError {
    StoreError::Other { reason: format!("no evidence: {}", reason.to_string()) }
}
