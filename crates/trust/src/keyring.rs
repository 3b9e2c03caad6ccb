//! From the id of a key to whoever can sign with it.
//!
//! An opened software key is kept for the life of the process under the digest of its sealed bytes,
//! so that a busy service does not unseal the same key for each signature; a key that is sealed
//! anew is another one. At most a few hundred are kept.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use platform::Ctx;
use platform::store::StoreError;
use platform::vault::{Place, VaultFault};
use wire::algorithm::Digest;
use wire::pki::identifier;
use zeroize::Zeroizing;

use crate::key::{Keeper, KeyId, KeyKind};
use crate::refusal::Refusal;
use crate::signer::{Signer, SigningFault};
use crate::software::{self, KeyFault, Pkcs8, SoftwareKey};
use crate::store::keys::{self, KeyRow};
use crate::token::{Token, TokenKey};

const OPEN_MAX: usize = 500;

static OPEN: LazyLock<RwLock<HashMap<Vec<u8>, Arc<SoftwareKey>>>> = LazyLock::new(RwLock::default);

/// A key that was made or brought and is not in the database yet.
pub(crate) struct NewKey {
    pub row: KeyRow,
    pub signer: Signer,
}

/// The signer of a key, for every capability that signs.
pub async fn signer(ctx: &Ctx, id: KeyId) -> Result<Signer, Refusal> {
    let row = ctx.store.read(move |tx| keys::read(tx, id)).await?;
    open(ctx, row.ok_or(SigningFault::KeyGone)?).await
}

async fn open(ctx: &Ctx, row: KeyRow) -> Result<Signer, Refusal> {
    match (row.keeper, row.sealed, row.token_id) {
        (Keeper::Software, Some(sealed), _) => {
            let name = Digest::Sha256.of(&sealed);
            let known = OPEN.read().unwrap_or_else(PoisonError::into_inner).get(&name).cloned();
            if let Some(key) = known {
                return Ok(Signer::software(row.id, key));
            }
            let place = place(&row.id);
            let pkcs8 = Zeroizing::new(ctx.vault.open(place.of(), &sealed).map_err(untold)?);
            let key = off_thread(move || SoftwareKey::open(&pkcs8)).await?;
            let key = Arc::new(key);
            keep(name, &key);
            Ok(Signer::software(row.id, key))
        }
        (Keeper::Token, _, Some(token_id)) => {
            let settings = ctx.settings.token.as_ref().ok_or(SigningFault::NoToken)?;
            let public = identifier::read_key(&row.spki).map_err(|_| SigningFault::KeyGone)?;
            let key = TokenKey::new(Token::of(settings)?, token_id, public);
            Ok(Signer::token(row.id, key.ok_or(SigningFault::Unfitting)?))
        }
        _ => Err(SigningFault::KeyGone.into()),
    }
}

fn keep(name: Vec<u8>, key: &Arc<SoftwareKey>) {
    let mut open = OPEN.write().unwrap_or_else(PoisonError::into_inner);
    if open.len() >= OPEN_MAX {
        open.clear();
    }
    open.insert(name, Arc::clone(key));
}

/// A new key, in software or in the token.
pub(crate) async fn make(ctx: &Ctx, kind: KeyKind, keeper: Keeper) -> Result<NewKey, Refusal> {
    match keeper {
        Keeper::Software => {
            let (pkcs8, key) = off_thread(move || {
                let pkcs8 = software::generate(kind)?;
                let key = SoftwareKey::open(&pkcs8)?;
                Ok((pkcs8, key))
            })
            .await?;
            seal(ctx, pkcs8, key)
        }
        Keeper::Token => {
            let settings = ctx.settings.token.as_ref().ok_or(SigningFault::NoToken)?;
            let token = Token::of(settings)?;
            let id = KeyId(ctx.ids.next());
            let token_id = id.0.as_bytes().to_vec();
            let label = format!("lienthong {id}");
            let public = token.generate(kind, token_id.clone(), label).await?;
            let row = KeyRow {
                id,
                kind,
                keeper,
                sealed: None,
                token_id: Some(token_id.clone()),
                spki: identifier::write_key(&public),
                made_at: ctx.clock.now(),
            };
            let key = TokenKey::new(token, token_id, public).ok_or(SigningFault::Unfitting)?;
            Ok(NewKey { row, signer: Signer::token(id, key) })
        }
    }
}

/// A key that somebody brings as PKCS#8.
pub(crate) async fn bring(ctx: &Ctx, file: Zeroizing<Vec<u8>>) -> Result<NewKey, Refusal> {
    let (pkcs8, key) = off_thread(move || software::read(&file)).await?;
    seal(ctx, pkcs8, key)
}

fn seal(ctx: &Ctx, pkcs8: Pkcs8, key: SoftwareKey) -> Result<NewKey, Refusal> {
    let id = KeyId(ctx.ids.next());
    let place = place(&id);
    let sealed = ctx.vault.seal(place.of(), &pkcs8).map_err(untold)?;
    let row = KeyRow {
        id,
        kind: key.kind(),
        keeper: Keeper::Software,
        sealed: Some(sealed.clone()),
        token_id: None,
        spki: identifier::write_key(key.public_key()),
        made_at: ctx.clock.now(),
    };
    let key = Arc::new(key);
    keep(Digest::Sha256.of(&sealed), &key);
    Ok(NewKey { row, signer: Signer::software(id, key) })
}

struct SealedAt([u8; 16]);

fn place(id: &KeyId) -> SealedAt {
    SealedAt(*id.0.as_bytes())
}

impl SealedAt {
    fn of(&self) -> Place<'_> {
        Place { table: keys::TABLE, column: keys::SEALED, row: &self.0 }
    }
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, KeyFault> + Send + 'static,
) -> Result<T, Refusal> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|_| KeyFault::Provider)??)
}

fn untold(fault: VaultFault) -> StoreError {
    StoreError::from(fault)
}
