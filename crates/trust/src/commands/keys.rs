//! Keys that are made or brought without an authority: for signing elsewhere, for tests of a token.

use platform::Ctx;
use serde_json::json;
use zeroize::Zeroizing;

use super::Scribe;
use crate::key::{Keeper, KeyId, KeyKind};
use crate::keyring::{self, NewKey};
use crate::refusal::Refusal;
use crate::signer::Signer;
use crate::store;

/// Makes a key and keeps it.
pub async fn make(
    ctx: &Ctx,
    scribe: &Scribe,
    (kind, keeper): (KeyKind, Keeper),
) -> Result<Signer, Refusal> {
    let new = keyring::make(ctx, kind, keeper).await?;
    keep(ctx, scribe, "trust.make-key", new).await
}

/// Takes in a private key (PKCS#8, DER or PEM) and keeps it sealed.
pub async fn bring(
    ctx: &Ctx,
    scribe: &Scribe,
    file: Zeroizing<Vec<u8>>,
) -> Result<Signer, Refusal> {
    let new = keyring::bring(ctx, file).await?;
    keep(ctx, scribe, "trust.bring-key", new).await
}

async fn keep(
    ctx: &Ctx,
    scribe: &Scribe,
    verb: &'static str,
    new: NewKey,
) -> Result<Signer, Refusal> {
    let (scribe, row) = (scribe.clone(), new.row);
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            store::keys::insert(tx, &row)?;
            let detail = json!({ "kind": row.kind.code(), "keeper": row.keeper.code() });
            Ok(scribe.note_over(tx, None, (verb, object(row.id)), detail)?)
        })
        .await?;
    Ok(new.signer)
}

pub(crate) fn object(id: KeyId) -> String {
    format!("key:{id}")
}
