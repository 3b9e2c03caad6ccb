//! Small things about secrets: hexadecimal, digests, the key kept in the store.

use aws_lc_rs::{constant_time, digest, hmac};
use http::{HeaderMap, header};

use crate::Ctx;
use crate::store::StoreError;

/// The key behind form tokens. One for all processes on one store, made by the first.
#[derive(Clone)]
pub(crate) struct SiteKey(hmac::Key);

const MAKE: &str = "INSERT INTO platform_secret (name, bytes) VALUES ($1, $2)
    ON CONFLICT (name) DO NOTHING";
const READ: &str = "SELECT bytes FROM platform_secret WHERE name = $1";

impl SiteKey {
    pub async fn load(ctx: &Ctx) -> Result<SiteKey, StoreError> {
        let fresh: [u8; 32] = ctx.ids.secret();
        let (bytes,): (Vec<u8>,) = ctx
            .store
            .write(move |tx| {
                tx.execute(MAKE, &[&"web", &&fresh[..]])?;
                tx.one::<(Vec<u8>,)>(READ, &[&"web"])
            })
            .await?;
        Ok(SiteKey::from_bytes(&bytes))
    }

    pub fn from_bytes(bytes: &[u8]) -> SiteKey {
        SiteKey(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// The tag of `parts` for `purpose`; lengths are mixed in, so parts cannot flow together.
    pub fn tag(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.0);
        for part in [&[purpose.as_bytes()], parts].concat() {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        let mut tag = [0u8; 32];
        tag.copy_from_slice(context.sign().as_ref());
        tag
    }
}

/// A token that machines bring as `Authorization: Bearer TOKEN`. Only its digest is kept: it can
/// neither be printed nor, by how long a comparison takes, be guessed letter by letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BearerToken([u8; 32]);

impl BearerToken {
    /// None when it is too short to be a secret.
    pub fn new(token: &str) -> Option<BearerToken> {
        (token.len() >= BearerToken::LENGTH_MIN).then(|| BearerToken(sha256(token.as_bytes())))
    }

    pub const LENGTH_MIN: usize = 16;

    pub(crate) fn is_brought_by(&self, headers: &HeaderMap) -> bool {
        let brought = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = brought.and_then(|text| text.split_once(' ')).and_then(|(scheme, token)| {
            scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
        });
        token.is_some_and(|token| same(&self.0, &sha256(token.as_bytes())))
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0u8; 32];
    out.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    out
}

pub(crate) fn same(left: &[u8], right: &[u8]) -> bool {
    constant_time::verify_slices_are_equal(left, right).is_ok()
}
