//! Authorities: a root, below it one that issues, and the certificates of their own services.
//!
//! Law: NĐ 68/2024/NĐ-CP

use platform::Ctx;
use platform::clock::local;
use serde_json::json;
use wire::algorithm::PublicKey;
use wire::pki::certificate::Certificate as X509;
use wire::pki::name::Name;
use wire::pki::oids;

use super::Scribe;
use super::issuing::{self, Issuer, Wanted, certify_root, dates};
use crate::authority::{Authority, AuthorityId, Slug};
use crate::certificate::Certificate;
use crate::key::{Keeper, KeyKind};
use crate::keyring::{self, NewKey};
use crate::profile::{AUTHORITY, Profile, RESPONDER, STAMP};
use crate::refusal::Refusal;
use crate::store::{authorities, certificates, keys};
use crate::{revocation, store};

const ROOT_DAYS: i32 = 20 * 365;
const ISSUING_DAYS: i32 = 10 * 365;
const NAME_LETTERS_MAX: usize = 64;
/// Service certificates are exchanged when a third of their time is left.
const SERVICES: [&str; 2] = [RESPONDER, STAMP];

#[derive(Debug, Clone)]
pub struct NewAuthority {
    pub name: String,
    /// In addresses; made from the name when nobody chose.
    pub slug: Option<Slug>,
    pub kind: KeyKind,
    pub keeper: Keeper,
    /// For trying out: says so in its certificates.
    pub sandbox: bool,
}

/// Makes root and issuing authority, their keys, the certificates of their services, and the first
/// lists. Answers with the issuing one.
pub async fn create(ctx: &Ctx, scribe: &Scribe, new: NewAuthority) -> Result<Authority, Refusal> {
    let name = new.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME_LETTERS_MAX {
        return Err(Refusal::NameWrong);
    }
    let slug = new.slug.clone().or_else(|| Slug::from_name(&name)).ok_or(Refusal::NameUnusable)?;
    let asked = slug.clone();
    if ctx.store.read(move |tx| authorities::by_slug(tx, &asked)).await?.is_some() {
        return Err(Refusal::AuthorityTaken);
    }
    let root = make_root(ctx, &new, (&name, slug.of_root())).await?;
    let issuing = make_issuing(ctx, &new, (&name, slug), &root).await?;
    let mut made = vec![root, issuing];
    let mut services = Vec::new();
    for (place, one) in made.iter().enumerate() {
        services.push(appoint(ctx, &one.issuer, RESPONDER, new.keeper).await?);
        if place == 1 {
            services.push(appoint(ctx, &one.issuer, STAMP, new.keeper).await?);
        }
    }
    put(ctx, scribe, &made, services).await?;
    for one in &made {
        revocation::rebuild(ctx, one.issuer.authority.id).await?;
    }
    let issuing = made.pop().ok_or(Refusal::NoAuthority)?;
    Ok(issuing.issuer.authority)
}

/// An authority that is not in the database yet.
struct Made {
    issuer: Issuer,
    key: NewKey,
    row: Certificate,
}

async fn make_root(
    ctx: &Ctx,
    new: &NewAuthority,
    (name, slug): (&str, Slug),
) -> Result<Made, Refusal> {
    let key = keyring::make(ctx, new.kind, new.keeper).await?;
    let (not_before, not_after) = dates(ctx.clock.now(), ROOT_DAYS);
    let title = format!("{name} - Gốc");
    let wanted = Wanted {
        subject: authority_name(name, &title, new.sandbox)?,
        names: Vec::new(),
        key: key.signer.public_key(),
        not_before,
        not_after,
    };
    let certificate = certify_root(&ctx.ids, &key.signer, &wanted).await?;
    made(ctx, (new, slug, title), None, (key, certificate))
}

async fn make_issuing(
    ctx: &Ctx,
    new: &NewAuthority,
    (name, slug): (&str, Slug),
    root: &Made,
) -> Result<Made, Refusal> {
    let key = keyring::make(ctx, new.kind, new.keeper).await?;
    let (not_before, not_after) = dates(ctx.clock.now(), ISSUING_DAYS);
    let wanted = Wanted {
        subject: authority_name(name, name, new.sandbox)?,
        names: Vec::new(),
        key: key.signer.public_key(),
        not_before,
        not_after,
    };
    let door = (&ctx.ids, ctx.settings.public_address.as_str());
    let certificate = root.issuer.certify_authority(door, &wanted).await?;
    let above = Some(root.issuer.authority.id);
    made(ctx, (new, slug, name.to_owned()), above, (key, certificate))
}

fn made(
    ctx: &Ctx,
    (new, slug, name): (&NewAuthority, Slug, String),
    parent: Option<AuthorityId>,
    (key, certificate): (NewKey, X509),
) -> Result<Made, Refusal> {
    let now = ctx.clock.now();
    let authority = Authority {
        id: AuthorityId(ctx.ids.next()),
        slug,
        name,
        parent,
        key: key.row.id,
        der: certificate.der().to_vec(),
        sandbox: new.sandbox,
        crl_number: 0,
        made_at: now,
    };
    let issuer = parent.unwrap_or(authority.id);
    let mut row = issuing::row(&ctx.ids, None, (&certificate, AUTHORITY), now);
    row.authority = Some(issuer);
    row.key = Some(key.row.id);
    let signer = key.signer.clone();
    Ok(Made { issuer: Issuer { authority, certificate, signer }, key, row })
}

fn authority_name(organization: &str, title: &str, sandbox: bool) -> Result<Name, Refusal> {
    let mut attributes = vec![(oids::COUNTRY, "VN"), (oids::ORGANIZATION, organization)];
    if sandbox {
        attributes.push((oids::ORGANIZATIONAL_UNIT, "Thử nghiệm, không có giá trị pháp lý"));
    }
    attributes.push((oids::COMMON_NAME, title));
    Name::build(&attributes).map_err(|_| Refusal::NameWrong)
}

/// Key and certificate for one of the authority's own services.
async fn appoint(
    ctx: &Ctx,
    issuer: &Issuer,
    code: &'static str,
    keeper: Keeper,
) -> Result<(NewKey, Certificate), Refusal> {
    let now = ctx.clock.now();
    let profile = Profile::on(code, local(now).date()).ok_or(Refusal::NoSuchProfile)?;
    let key = keyring::make(ctx, profile.key_kind, keeper).await?;
    let certificate = certify_service(ctx, issuer, profile, key.signer.public_key()).await?;
    let mut row = issuing::row(&ctx.ids, Some(&issuer.authority), (&certificate, code), now);
    row.key = Some(key.row.id);
    Ok((key, row))
}

async fn certify_service(
    ctx: &Ctx,
    issuer: &Issuer,
    profile: &Profile,
    key: &PublicKey,
) -> Result<X509, Refusal> {
    let (not_before, not_after) = dates(ctx.clock.now(), profile.days);
    let what = if profile.code == STAMP { "Cấp dấu thời gian" } else { "OCSP" };
    let title = format!("{what} - {}", issuer.authority.name);
    let organization = issuer.certificate.subject.organization().unwrap_or_default().to_owned();
    let attributes = [
        (oids::COUNTRY, "VN"),
        (oids::ORGANIZATION, organization.as_str()),
        (oids::COMMON_NAME, title.as_str()),
    ];
    let subject = Name::build(&attributes).map_err(|_| Refusal::NameWrong)?;
    let wanted = Wanted { subject, names: Vec::new(), key, not_before, not_after };
    issuer.certify((&ctx.ids, &ctx.settings.public_address), profile, &wanted).await
}

async fn put(
    ctx: &Ctx,
    scribe: &Scribe,
    made: &[Made],
    services: Vec<(NewKey, Certificate)>,
) -> Result<(), Refusal> {
    let authorities: Vec<Authority> = made.iter().map(|one| one.issuer.authority.clone()).collect();
    let mut held: Vec<(keys::KeyRow, Certificate)> =
        made.iter().map(|one| (one.key.row.clone(), one.row.clone())).collect();
    held.extend(services.into_iter().map(|(key, row)| (key.row, row)));
    let scribe = scribe.clone();
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            for (key, _) in &held {
                keys::insert(tx, key)?;
            }
            for authority in &authorities {
                authorities::insert(tx, authority)?;
                let object = format!("authority:{}", authority.id.0);
                let detail = json!({ "name": authority.name, "slug": authority.slug.as_str() });
                scribe.note_over(tx, None, ("trust.create-authority", object), detail)?;
            }
            for (_, row) in &held {
                certificates::insert(tx, row, &certificates::hay(row, ""))?;
            }
            Ok(())
        })
        .await
}

/// Exchanges what the authorities' own services sign with, in time. Returns how many were made.
pub async fn keep_services(ctx: &Ctx) -> Result<usize, Refusal> {
    let now = ctx.clock.now();
    let mut made = 0;
    for authority in ctx.store.read(authorities::all).await? {
        for code in SERVICES {
            if authority.is_root() && code == STAMP {
                continue;
            }
            let id = authority.id;
            let present =
                ctx.store.read(move |tx| certificates::of_service(tx, (id, code), now)).await?;
            let profile = Profile::on(code, local(now).date()).ok_or(Refusal::NoSuchProfile)?;
            let left = present.map_or(0, |one| one.days_left(now));
            if left > i64::from(profile.days) / 3 {
                continue;
            }
            exchange(ctx, authority.clone(), code).await?;
            made += 1;
        }
    }
    Ok(made)
}

async fn exchange(ctx: &Ctx, authority: Authority, code: &'static str) -> Result<(), Refusal> {
    let id = authority.key;
    let keeper = ctx.store.read(move |tx| keys::read(tx, id)).await?.map(|row| row.keeper);
    let issuer = Issuer::open(ctx, authority).await?;
    let (key, row) = appoint(ctx, &issuer, code, keeper.unwrap_or(Keeper::Software)).await?;
    let (key, scribe) = (key.row, Scribe::named(ctx, None, "lienthong"));
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            store::keys::insert(tx, &key)?;
            certificates::insert(tx, &row, &certificates::hay(&row, ""))?;
            let detail = json!({ "profile": row.profile, "serial": row.serial });
            let object = format!("certificate:{}", row.id);
            Ok(scribe.note_over(tx, None, ("trust.issue", object), detail)?)
        })
        .await
}
