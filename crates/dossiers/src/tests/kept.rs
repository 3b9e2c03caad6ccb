//! Papers as PDF: printed once, the same bytes ever after, and the hash that was told of them.

use std::os::unix::fs::PermissionsExt;

use aws_lc_rs::digest::{SHA256, digest};

use super::town::{Town, pdf};
use platform::hex::to_hex;

/// Prints another document each time: its number stands in it.
const PRESS: &str = r#"#!/bin/sh
count=0
while :; do
  set -- $(dd bs=1 count=4 2>/dev/null | od -An -tu1)
  [ $# -eq 4 ] || exit 0
  dd bs=1 count=$(( ($2 * 65536) + ($3 * 256) + $4 )) >/dev/null 2>&1
  count=$((count + 1))
  page="%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
% $$ $count
trailer<</Root 1 0 R>>
%%EOF
"
  printf "\\000\\000\\000\\$(printf %03o $((${#page} / 256)))\\$(printf %03o $((${#page} % 256)))%s\\000\\000\\000\\004null" "$page"
done
"#;

fn sha256(bytes: &[u8]) -> String {
    to_hex(digest(&SHA256, bytes).as_ref())
}

#[tokio::test]
async fn a_paper_is_printed_once_and_its_bytes_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let press = folder.path().join("press");
    std::fs::write(&press, PRESS).unwrap();
    std::fs::set_permissions(&press, std::fs::Permissions::from_mode(0o755)).unwrap();
    let town = Town::printing(Some(press)).await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;

    let slip = format!("{dossier}/phieu/slip01/1/pdf");
    let first = binh.get(&slip).await;
    assert_eq!(first.header("content-type"), "application/pdf", "{}", first.text);
    assert_eq!(binh.get(&slip).await.bytes, first.bytes);
    let at_desk = clerk.get(&format!("/can-bo{slip}")).await;
    assert_eq!(at_desk.bytes, first.bytes, "the office has the very same paper");
    let other = binh.get(&format!("{dossier}/phieu/request/1/pdf")).await;
    assert_ne!(other.bytes, first.bytes, "the press makes another document each time");

    town.decided(&mut clerk, &dossier).await;
    let path = format!("{dossier}/ket-qua");
    let page = binh.get(&path).await;
    let code = page.text.split("/kiem-tra/").nth(1).unwrap()[..14].to_owned();
    let result = binh.get(&format!("{path}/pdf")).await;
    assert_eq!(binh.get(&format!("{path}/pdf")).await.bytes, result.bytes);
    let check = town.house.get(&format!("/kiem-tra/{code}")).await;
    assert!(check.has(&sha256(&result.bytes)), "{}", check.text);
}

#[tokio::test]
async fn the_confirmation_tells_the_hash_of_the_very_bytes_that_were_uploaded() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let told = binh.get(&format!("{dossier}/phieu/request/1")).await;
    assert!(told.has(&sha256(&pdf("chứng sinh"))), "{}", told.text);
    let page = binh.get(&dossier).await;
    let file = page.text.split(&format!("{dossier}/tep/")).nth(1).unwrap()[..36].to_owned();
    let kept = binh.get(&format!("{dossier}/tep/{file}")).await;
    assert_eq!(kept.bytes, pdf("chứng sinh"));
}
