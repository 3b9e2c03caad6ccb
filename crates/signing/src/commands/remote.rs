//! Remote signing services: which there are, which credentials officers link, and signing with
//! them. Nothing of the network is inside a unit of work.
//!
//! Law: Luật 20/2023/QH15 art. 22

use identity::{Actor, Right};
use platform::Ctx;
use platform::store::{StoreError, Tx};
use serde_json::json;
use trust::{Carrier, Certificate};
use uuid::Uuid;
use wire::pki::certificate::Certificate as X509;
use zeroize::Zeroizing;

use super::Scribe;
use crate::refusal::Refusal;
use crate::remote::client::{Entered, Typed, read_address};
use crate::remote::messages::Credential;
use crate::remote::{Access, AccessKind, Client, Link, RemoteFault, Service, sealed_at};
use crate::store::remote as store;

const NAME_LETTERS_MAX: usize = 200;
const SECRET_LETTERS_MAX: usize = 4_000;
const USER_LETTERS_MAX: usize = 200;

/// What the operator enters.
pub(crate) struct NewService {
    pub name: String,
    pub address: String,
    pub access: AccessKind,
    pub client_id: String,
    pub secret: Zeroizing<String>,
}

/// Whoever decides which authorities are believed decides which services sign; for others there is
/// nothing here.
pub(crate) fn may_manage(actor: &Actor) -> Result<(), Refusal> {
    match actor.has_everywhere(Right::ApproveCertificates) {
        true => Ok(()),
        false => Err(Refusal::Nothing),
    }
}

/// Allows a service, once it has shown that it is one and lets this installation in.
pub(crate) async fn add_service(
    ctx: &Ctx,
    actor: &Actor,
    new: NewService,
) -> Result<Uuid, Refusal> {
    may_manage(actor)?;
    check(&new)?;
    let address = read_address(&new.address).ok_or(RemoteFault::Address)?;
    let bare = Client::new(&address, Access::Bearer(new.secret.clone()))?;
    let info = bare.info().await?;
    let token_address = match new.access {
        AccessKind::ClientCredentials => bare.token_address(&info).await?,
        AccessKind::Bearer => String::new(),
    };
    let scribe = Scribe::of(ctx, actor);
    let id = ctx.ids.next();
    let sealed = ctx.vault.seal(sealed_at(&id), new.secret.as_bytes());
    let service = Service {
        id,
        name: new.name.trim().to_owned(),
        address,
        access: new.access,
        client_id: new.client_id.trim().to_owned(),
        token_address,
        secret: sealed.map_err(StoreError::from)?,
        made_by: actor.account.0,
        made_name: actor.name.clone(),
        made_at: scribe.now,
        ended_at: None,
    };
    client_of(ctx, &service)?.enter().await?;
    ctx.store
        .write(move |tx| {
            store::insert_service(tx, &service)?;
            let detail = json!({ "name": service.name, "address": service.address });
            let told = ("signing.add-remote-service", object(id));
            Ok::<(), Refusal>(scribe.note_over(tx, None, told, detail)?)
        })
        .await?;
    Ok(id)
}

fn check(new: &NewService) -> Result<(), RemoteFault> {
    let fits = |text: &str, letters_max: usize| {
        !text.trim().is_empty() && text.chars().count() <= letters_max
    };
    let needs_id = new.access == AccessKind::ClientCredentials;
    if !fits(&new.name, NAME_LETTERS_MAX) {
        return Err(RemoteFault::NameMissing);
    }
    if !fits(&new.secret, SECRET_LETTERS_MAX)
        || (needs_id && !fits(&new.client_id, NAME_LETTERS_MAX))
    {
        return Err(RemoteFault::SecretMissing);
    }
    Ok(())
}

/// Signs with it no more; what was signed stays signed.
pub(crate) async fn end_service(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<(), Refusal> {
    may_manage(actor)?;
    let scribe = Scribe::of(ctx, actor);
    ctx.store
        .write(move |tx| {
            if !store::end_service(tx, id, scribe.now)? {
                return Err(Refusal::Nothing);
            }
            let told = ("signing.end-remote-service", object(id));
            Ok(scribe.note_over(tx, None, told, json!({}))?)
        })
        .await
}

/// The service as a client, its secret opened.
pub(crate) fn client_of(ctx: &Ctx, service: &Service) -> Result<Client, Refusal> {
    let opened = ctx.vault.open(sealed_at(&service.id), &service.secret);
    let opened = String::from_utf8(opened.map_err(StoreError::from)?);
    let secret = opened.map_err(|_| StoreError::Other { reason: "a secret".to_owned() })?;
    let secret = Zeroizing::new(secret);
    let access = match service.access {
        AccessKind::Bearer => Access::Bearer(secret),
        AccessKind::ClientCredentials => Access::ClientCredentials {
            id: service.client_id.clone(),
            secret,
            token_address: service.token_address.clone(),
        },
    };
    Ok(Client::new(&service.address, access)?)
}

/// All of them, the oldest first; for the operator.
pub(crate) async fn services(ctx: &Ctx) -> Result<Vec<Service>, Refusal> {
    Ok(ctx.store.read(store::services).await?)
}

/// Those at which officers may link credentials.
pub(crate) async fn services_in_use(ctx: &Ctx) -> Result<Vec<Service>, Refusal> {
    let mut all = services(ctx).await?;
    all.retain(|one| one.ended_at.is_none());
    Ok(all)
}

/// A link with its service and what the register says of its certificate.
#[derive(Clone)]
pub(crate) struct Linked {
    pub link: Link,
    pub service: Service,
    pub certificate: Certificate,
}

/// What an officer signs with today. Certificates that are over are left out.
pub(crate) async fn linked(ctx: &Ctx, actor: &Actor) -> Result<Vec<Linked>, Refusal> {
    let (account, now) = (actor.account.0, ctx.clock.now());
    ctx.store
        .read(move |tx| {
            let mut found = Vec::new();
            for link in store::links_of(tx, account)? {
                let service = store::service(tx, link.service)?;
                let certificate = trust::queries::by_fingerprint(tx, &link.fingerprint)?;
                let certificate = certificate.filter(|one| one.is_usable(now));
                if let (Some(service), Some(certificate)) = (service, certificate) {
                    found.push(Linked { link, service, certificate });
                }
            }
            Ok(found)
        })
        .await
}

pub(crate) async fn one_linked(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<Linked, Refusal> {
    let all = linked(ctx, actor).await?;
    all.into_iter().find(|one| one.link.id == id).ok_or(Refusal::Remote(RemoteFault::NotLinked))
}

/// Links every credential of the officer at a service whose certificate the register knows as
/// theirs, or as the seal of an agency they seal for. Answers with how many.
pub(crate) async fn link(
    ctx: &Ctx,
    actor: &Actor,
    (service, user): (Uuid, &str),
) -> Result<usize, Refusal> {
    let user: String = user.trim().chars().take(USER_LETTERS_MAX).collect();
    if user.is_empty() {
        return Err(RemoteFault::UserMissing.into());
    }
    let service = ctx.store.read(move |tx| store::service(tx, service)).await?;
    let service = service.filter(|one| one.ended_at.is_none());
    let service = service.ok_or(RemoteFault::ServiceMissing)?;
    let client = client_of(ctx, &service)?;
    let credentials = client.enter().await?.credentials(&user).await?;
    let found: Vec<(String, String)> = credentials.iter().filter_map(named).collect();
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    let linked = ctx
        .store
        .write(move |tx| {
            let mut linked = 0;
            for (credential, fingerprint) in &found {
                if !is_theirs(tx, &actor, (fingerprint, scribe.now))? {
                    continue;
                }
                let link = Link {
                    id: scribe.ids.next(),
                    service: service.id,
                    account: actor.account.0,
                    credential: credential.clone(),
                    fingerprint: fingerprint.clone(),
                    linked_at: scribe.now,
                    ended_at: None,
                };
                store::put_link(tx, &link)?;
                let detail = json!({ "certificate": fingerprint });
                let told = ("signing.link-credential", object(service.id));
                scribe.note_over(tx, None, told, detail)?;
                linked += 1;
            }
            Ok::<usize, Refusal>(linked)
        })
        .await?;
    if linked == 0 { Err(RemoteFault::NothingToLink.into()) } else { Ok(linked) }
}

/// A credential that could sign, and the fingerprint of its certificate.
fn named(credential: &Credential) -> Option<(String, String)> {
    let usable = credential.is_explicit() && credential.is_enabled() && !credential.is_over();
    let fingerprint = usable.then(|| fingerprint_of(credential))??;
    Some((credential.id.clone(), fingerprint))
}

/// Of the signer's certificate, hexadecimal.
pub(crate) fn fingerprint_of(credential: &Credential) -> Option<String> {
    let first = credential.certificates()?.into_iter().next()?;
    let certificate = X509::read(&first).ok()?;
    Some(platform::hex::to_hex(&certificate.fingerprint()))
}

/// Their own, or the seal of an agency they seal for; carried by a service, and in force.
fn is_theirs(
    tx: &mut Tx,
    actor: &Actor,
    (fingerprint, now): (&str, jiff::Timestamp),
) -> Result<bool, StoreError> {
    let Some(known) = trust::queries::by_fingerprint(tx, fingerprint)? else { return Ok(false) };
    if known.carrier != Carrier::Remote || !known.is_usable(now) {
        return Ok(false);
    }
    match (known.account, known.unit) {
        (Some(account), _) => Ok(account == actor.account.0),
        (None, Some(unit)) => Ok(actor.authority(tx, Right::SealDocuments, unit)?.is_some()),
        (None, None) => Ok(false),
    }
}

pub(crate) async fn unlink(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<(), Refusal> {
    let (scribe, account) = (Scribe::of(ctx, actor), actor.account.0);
    ctx.store
        .write(move |tx| {
            if !store::end_link(tx, (id, account), scribe.now)? {
                return Err(Refusal::Nothing);
            }
            let told = ("signing.unlink-credential", format!("remote-link:{id}"));
            Ok(scribe.note_over(tx, None, told, json!({}))?)
        })
        .await
}

/// What the service says about a linked credential now: what it asks for, how many it signs at
/// once.
pub(crate) async fn credential(
    ctx: &Ctx,
    linked: &Linked,
    lang: &str,
) -> Result<Credential, Refusal> {
    let client = client_of(ctx, &linked.service)?;
    credential_at(&client.enter().await?, linked, lang).await
}

/// The same at a service that was entered.
pub(crate) async fn credential_at(
    entered: &Entered<'_>,
    linked: &Linked,
    lang: &str,
) -> Result<Credential, Refusal> {
    let found = entered.credential(&linked.link.credential, lang).await?;
    if fingerprint_of(&found).as_deref() != Some(linked.link.fingerprint.as_str()) {
        return Err(RemoteFault::OtherCertificate.into());
    }
    if !found.is_explicit() {
        return Err(RemoteFault::OtherMode.into());
    }
    if found.is_over() {
        return Err(RemoteFault::CertificateOver.into());
    }
    Ok(found)
}

/// Has codes sent to the officer for everything that needs one. Answers with the question, where
/// the service gives it to us to show.
pub(crate) async fn challenge(ctx: &Ctx, linked: &Linked) -> Result<Vec<String>, Refusal> {
    let client = client_of(ctx, &linked.service)?;
    let entered = client.enter().await?;
    let found = credential_at(&entered, linked, "vi").await?;
    let mut questions = Vec::new();
    for object in found.auth.objects.iter().filter(|object| object.needs_challenge()) {
        questions.extend(entered.challenge(&linked.link.credential, &object.id).await?);
    }
    Ok(questions)
}

/// What was typed into the fields `secret-0`, `secret-1`, … in the order of what is asked for.
pub(crate) fn typed(credential: &Credential, value: impl Fn(&str) -> String) -> Typed {
    let objects = credential.auth.objects.iter().filter(|object| object.is_typed());
    objects
        .enumerate()
        .map(|(at, object)| (object.id.clone(), Zeroizing::new(value(&field_of(at)))))
        .collect()
}

/// The name of the field for the thing at this place; pages never hold what is in such fields.
pub(crate) fn field_of(at: usize) -> String {
    format!("secret-{at}")
}

fn object(service: Uuid) -> String {
    format!("remote-service:{service}")
}
