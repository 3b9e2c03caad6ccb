//! The register for programs: what is public of it, to be read.
//!
//! Public are the certificates of agencies and their servers, and the authorities. The certificate
//! of a person is found by whoever holds it already, by its fingerprint: then it tells whether it
//! is in force, and no list of officers can be drawn from here.

pub(crate) mod services;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use jiff::Timestamp;
use platform::Ctx;
use platform::web::{Problem, Reply};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::authority::Authority;
use crate::certificate::{Certificate, Standing, reason_code};
use crate::profile::{SEAL, SERVER};
use crate::queries;
use crate::refusal::Refusal;
use crate::store::register::{self, After, Filter};

const LIMIT: i64 = 50;
const LIMIT_MAX: i64 = 200;

/// The operations of this capability, for the program's one document.
#[derive(utoipa::OpenApi)]
#[openapi(
    paths(list, one, authorities),
    components(schemas(CertificateBody, CertificatesBody, AuthorityBody, AuthoritiesBody)),
    tags((name = "trust", description = "Chứng thư chữ ký số · Certificates and authorities"))
)]
pub struct OpenApi;

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Words of a name, a serial or an issuer: no diacritics needed.
    pub q: Option<String>,
    /// `seal` (agencies, the default) or `server`.
    pub profile: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// At most 200; without it, 50.
    pub limit: Option<i64>,
}

/// A certificate of the register.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CertificateBody {
    /// SHA-256 of the DER, hexadecimal.
    fingerprint: String,
    /// Hexadecimal.
    serial: String,
    #[schema(example = "CN=Ủy ban nhân dân phường Thuận Hóa,O=…,C=VN")]
    subject: String,
    issuer: String,
    #[schema(example = "seal")]
    profile: String,
    #[schema(value_type = String, format = DateTime)]
    not_before: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    not_after: Timestamp,
    /// `good`, `ending`, `ended`, `suspended`, `revoked`, `not-yet`.
    standing: &'static str,
    #[schema(value_type = Option<String>, format = DateTime)]
    revoked_at: Option<Timestamp>,
    reason: Option<&'static str>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CertificatesBody {
    items: Vec<CertificateBody>,
    /// Ask with `after` set to this for the next page.
    next: Option<String>,
}

/// An authority whose keys are here.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AuthorityBody {
    name: String,
    is_root: bool,
    /// For trying out: without legal force.
    sandbox: bool,
    certificate: String,
    revocation_list: String,
    ocsp: String,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AuthoritiesBody {
    items: Vec<AuthorityBody>,
    /// Where time is stamped (RFC 3161).
    time_stamps: String,
}

/// Certificates of agencies and their servers, in the order in which they end.
#[utoipa::path(
    get,
    path = "/api/v1/certificates",
    tag = "trust",
    params(Asked),
    responses((status = 200, body = CertificatesBody))
)]
pub(crate) async fn list(
    State(ctx): State<Ctx>,
    Query(asked): Query<Asked>,
) -> Result<Reply, Problem> {
    let limit = asked.limit.unwrap_or(LIMIT).clamp(1, LIMIT_MAX);
    let (filter, after) = wanted(&asked)?;
    let now = ctx.clock.now();
    let mut rows = found(&ctx, filter, (after, limit + 1), now).await?;
    let more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or_default());
    let next = rows.last().filter(|_| more).map(write_key);
    let items = rows.iter().map(|one| body(one, now)).collect();
    Reply::json(StatusCode::OK, &CertificatesBody { items, next })
}

fn wanted(asked: &Asked) -> Result<(Filter, After), Problem> {
    let profile = asked.profile.as_deref().unwrap_or(SEAL);
    if profile != SEAL && profile != SERVER {
        return Err(Refusal::NoSuchProfile.into());
    }
    let after = asked.after.as_deref().map(read_key).unwrap_or_default();
    let words = asked.q.clone().unwrap_or_default();
    Ok((Filter { words, standing: None, profile: Some(profile.to_owned()) }, after))
}

async fn found(
    ctx: &Ctx,
    filter: Filter,
    place: (After, i64),
    now: Timestamp,
) -> Result<Vec<Certificate>, Problem> {
    let times = (now, queries::soon(now));
    Ok(ctx.store.read(move |tx| register::list(tx, &filter, times, place)).await?)
}

/// The last row of a page, as an address carries it.
pub(crate) fn write_key(last: &Certificate) -> String {
    format!("{}~{}", last.not_after.as_microsecond(), last.id)
}

pub(crate) fn read_key(key: &str) -> After {
    let (at, id) = key.split_once('~').unwrap_or_default();
    let at = at.parse().ok().and_then(|at| Timestamp::from_microsecond(at).ok());
    After {
        not_after: at.unwrap_or(Timestamp::UNIX_EPOCH),
        id: Uuid::try_parse(id).unwrap_or_default(),
    }
}

/// One certificate of the register, by the SHA-256 of its DER.
#[utoipa::path(
    get,
    path = "/api/v1/certificates/{fingerprint}",
    tag = "trust",
    params(("fingerprint" = String, Path, description = "SHA-256, 64 hexadecimal digits")),
    responses((status = 200, body = CertificateBody), (status = 404))
)]
pub(crate) async fn one(
    State(ctx): State<Ctx>,
    Path(fingerprint): Path<String>,
) -> Result<Reply, Problem> {
    let found = ctx.store.read(move |tx| queries::by_fingerprint(tx, &fingerprint)).await?;
    let one = found.ok_or_else(Problem::not_found)?;
    Reply::json(StatusCode::OK, &body(&one, ctx.clock.now()))
}

fn body(one: &Certificate, now: Timestamp) -> CertificateBody {
    let standing = one.standing(now);
    let held = matches!(standing, Standing::Revoked | Standing::Suspended);
    CertificateBody {
        fingerprint: one.fingerprint.clone(),
        serial: one.serial.clone(),
        subject: one.subject.clone(),
        issuer: one.issuer.clone(),
        profile: one.profile.clone(),
        not_before: one.not_before,
        not_after: one.not_after,
        standing: standing.code(),
        revoked_at: one.state_since.filter(|_| held),
        reason: one.reason().filter(|_| standing == Standing::Revoked).map(reason_code),
    }
}

/// The authorities of this installation and their addresses.
#[utoipa::path(
    get,
    path = "/api/v1/authorities",
    tag = "trust",
    responses((status = 200, body = AuthoritiesBody))
)]
pub(crate) async fn authorities(State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    let all: Vec<Authority> = ctx.store.read(queries::authorities).await?;
    let public = &ctx.settings.public_address;
    let items = all.iter().map(|one| authority_body(one, public)).collect();
    let body = AuthoritiesBody { items, time_stamps: format!("{public}/tsa") };
    Reply::json(StatusCode::OK, &body)
}

fn authority_body(one: &Authority, public_address: &str) -> AuthorityBody {
    let addresses = one.addresses(public_address);
    AuthorityBody {
        name: one.name.clone(),
        is_root: one.is_root(),
        sandbox: one.sandbox,
        certificate: addresses.certificate,
        revocation_list: addresses.crl,
        ocsp: addresses.ocsp,
    }
}
