//! What the world's tools ask an authority: its certificate, its list, the status of one
//! certificate, the time. Addresses as they stand in certificates; answers are signed, so they may
//! travel over plain HTTP and be kept by whoever carries them.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use platform::Ctx;
use platform::web::Problem;
use wire::algorithm::Digest;

use crate::authority::Slug;
use crate::refusal::Refusal;
use crate::responder::{self, Answer, Lives};
use crate::stamping::Stamper;
use crate::store::authorities;
use platform::hex::to_hex;

/// Certificates of authorities never change under their address for as long as a day matters.
const CERTIFICATE_SECONDS: i64 = 24 * 60 * 60;
/// A revocation is seen within so much by whoever keeps lists.
const CRL_SECONDS: i64 = 60 * 60;

/// `/ca/{slug}.cer`, as DER.
pub(crate) async fn certificate(
    State(ctx): State<Ctx>,
    Path(file): Path<String>,
) -> Result<Response, Problem> {
    let slug = slug(&file, ".cer")?;
    let found = ctx.store.read(move |tx| authorities::by_slug(tx, &slug)).await?;
    let authority = found.ok_or_else(Problem::not_found)?;
    let mut response = sent("application/pkix-cert", authority.der);
    let keep = HeaderValue::from_str(&format!("public, max-age={CERTIFICATE_SECONDS}"));
    response.headers_mut().extend(keep.map(|keep| (header::CACHE_CONTROL, keep)));
    Ok(response)
}

/// `/crl/{slug}.crl`, as DER.
pub(crate) async fn list(
    State(ctx): State<Ctx>,
    Path(file): Path<String>,
) -> Result<Response, Problem> {
    let (slug, now) = (slug(&file, ".crl")?, ctx.clock.now());
    let found = ctx.store.read(move |tx| authorities::crl(tx, &slug)).await?;
    let crl = found.ok_or_else(Problem::not_found)?;
    let left = crl.next_update.duration_since(now).as_secs();
    let lives = Lives {
        this_update: crl.this_update,
        next_update: crl.next_update,
        max_age_seconds: left.clamp(0, CRL_SECONDS),
    };
    Ok(kept(sent("application/pkix-crl", crl.der.clone()), &crl.der, &lives))
}

fn slug(file: &str, ending: &str) -> Result<Slug, Problem> {
    let bare = file.strip_suffix(ending).and_then(Slug::parse);
    bare.ok_or_else(Problem::not_found)
}

/// The question in the body.
pub(crate) async fn post_status(
    State(ctx): State<Ctx>,
    Path(name): Path<String>,
    question: Bytes,
) -> Result<Response, Problem> {
    let answered = status(&ctx, &name, &question).await?;
    let mut response = sent("application/ocsp-response", answered.der);
    // Only a GET may be kept (RFC 5019 §5).
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The question in the address, in base64 (RFC 6960 appendix A.1).
pub(crate) async fn get_status(
    State(ctx): State<Ctx>,
    Path((name, question)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let question = STANDARD.decode(question.replace(' ', "+")).unwrap_or_default();
    let Answer { der, lives } = status(&ctx, &name, &question).await?;
    let response = sent("application/ocsp-response", der.clone());
    Ok(match lives {
        Some(lives) => kept(response, &der, &lives),
        None => response,
    })
}

async fn status(ctx: &Ctx, name: &str, question: &[u8]) -> Result<Answer, Problem> {
    let slug = Slug::parse(name).ok_or_else(Problem::not_found)?;
    let answered = responder::answer(ctx, slug, question).await.map_err(Problem::from)?;
    answered.ok_or_else(Problem::not_found)
}

/// `POST /tsa`: an application/timestamp-query.
pub(crate) async fn post_stamp(
    State(ctx): State<Ctx>,
    Extension(stamper): Extension<Stamper>,
    question: Bytes,
) -> Result<Response, Problem> {
    let answered = stamper.answer(&ctx, &question).await.map_err(|fault: Refusal| fault)?;
    Ok(sent("application/timestamp-reply", answered))
}

fn sent(media: &'static str, der: Vec<u8>) -> Response {
    let length = HeaderValue::from(der.len());
    let mut response = (StatusCode::OK, Body::from(der)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    response.headers_mut().insert(header::CONTENT_LENGTH, length);
    response
}

/// With the headers of RFC 5019 §6: how long, until when, since when, and which.
fn kept(mut response: Response, der: &[u8], lives: &Lives) -> Response {
    let tag = to_hex(&Digest::Sha256.of(der)[..16]);
    let told = [
        (
            header::CACHE_CONTROL,
            format!("max-age={}, public, no-transform, must-revalidate", lives.max_age_seconds),
        ),
        (header::ETAG, format!("\"{tag}\"")),
        (header::LAST_MODIFIED, http_date(lives.this_update)),
        (header::EXPIRES, http_date(lives.next_update)),
    ];
    for (name, value) in told {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn http_date(at: Timestamp) -> String {
    DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap_or_default()
}
