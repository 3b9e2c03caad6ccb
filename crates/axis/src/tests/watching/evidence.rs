//! The evidence of a packet, checked as strangers check it.

use bytes::Bytes;
use futures_util::TryStreamExt;
use jiff::SignedDuration;
use organisations::UnitId;
use platform::words::Locale;
use serde_json::Value;
use trust::verdict::{Believed, Policy, Question, Standing, judge};
use wire::asice::{Container, Limits};
use wire::vxp::TransportStatus;

use super::super::nation::*;
use super::{administrator, administrator_called, scribe, verbs};
use crate::commands::keeping;
use crate::evidence;
use crate::packet::PacketId;

async fn sent(nation: &Nation) -> (PacketId, Vec<u8>) {
    let packet = written(&document(HUE, &[JUSTICE, DANANG], 1), "the text of the letter");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    nation.say(accepted.deliveries[0], (TransportStatus::Done, "")).await.unwrap();
    nation.send("sys.hub", &status(JUSTICE, HUE, 1, "03")).await.unwrap();
    (accepted.packet, packet)
}

/// The whole file, as it is handed out.
async fn made(nation: &Nation, id: PacketId, home: Option<UnitId>) -> Vec<u8> {
    let made = evidence::export(nation.ctx(), (&scribe(nation), home), id).await.unwrap();
    let pieces: Vec<Bytes> = made.body.try_collect().await.unwrap();
    let all = pieces.concat();
    assert_eq!(all.len() as u64, made.size_bytes, "as long as it was said to be");
    all
}

fn container(bytes: &[u8]) -> Container {
    Container::read(bytes, &Limits::default()).unwrap()
}

fn json(container: &Container, name: &str) -> Value {
    serde_json::from_slice(&container.entry(name).unwrap().bytes).unwrap()
}

async fn verdict(nation: &Nation, bytes: &[u8]) -> Standing {
    let own = nation.ctx().clone();
    let key = own.clone().store.write(move |tx| crate::receipt::own_key(tx, &own)).await.unwrap();
    let mut believed = Believed::default();
    believed.add_anchors(&key.certificate).unwrap();
    let policy = Policy::default();
    let at = nation.now() + SignedDuration::from_secs(60);
    let question = Question { at, policy: &policy, content: None };
    judge(bytes, &believed.trust(), &question).standing
}

#[tokio::test(flavor = "multi_thread")]
async fn the_evidence_holds_all_that_is_known_and_every_changed_byte_is_seen() {
    let nation = Nation::new().await;
    let (id, packet) = sent(&nation).await;
    let bytes = made(&nation, id, None).await;
    let found = container(&bytes);
    assert_eq!(found.entry("goi-tin.edxml").unwrap().bytes, packet, "verbatim");
    let content = json(&found, "noi-dung.json");
    assert_eq!(content["sha256"], nation.packet(id).await.sha256);
    assert_eq!(content["attachments"][0]["name"], "van-ban.pdf");
    assert_eq!(content["attachments"][0]["sizeBytes"], "the text of the letter".len());
    let trace = json(&found, "hanh-trinh.json");
    let events = trace["events"].as_array().unwrap();
    let whats: Vec<&str> = events.iter().map(|event| event["what"].as_str().unwrap()).collect();
    assert!(whats.starts_with(&["accepted"]) && whats.contains(&"done"), "{whats:?}");
    assert_eq!(trace["deliveries"][0]["said"], "03");
    assert_eq!(trace["aboutTheSameDocument"][0]["messageType"], "status");
    let receipt = &found.entry("bien-nhan-nop.jws").unwrap().bytes;
    assert_eq!(receipt, nation.packet(id).await.receipt.as_bytes());
    assert_eq!(json(&found, "bien-nhan-giao.json").as_array().unwrap().len(), 1);
    assert_eq!(json(&found, "khoa.json")["keys"][0]["crv"], "P-256");
    assert!(found.coverage().unwrap().unsigned.is_empty(), "everything is signed");
    assert_eq!(verdict(&nation, &bytes).await, Standing::Valid);
    assert_eq!(verbs(&nation, "axis.export-evidence").await, 1);

    let files: Vec<(String, Vec<u8>)> =
        found.files().map(|one| (one.name.clone(), one.bytes.clone())).collect();
    let signatures: Vec<Vec<u8>> = found.signature_files().map(|one| one.bytes.to_vec()).collect();
    for changed in 0..files.len() {
        let mut files = files.clone();
        let last = files[changed].1.len() - 2;
        files[changed].1[last] ^= 1;
        let files: Vec<wire::asice::NewFile<'_>> = files
            .iter()
            .map(|(name, bytes)| wire::asice::NewFile { name, media_type: "text/plain", bytes })
            .collect();
        let forged = wire::asice::write(&files, &signatures).unwrap();
        assert_eq!(verdict(&nation, &forged).await, Standing::Invalid, "{}", files[changed].name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_without_the_bytes_says_so_and_still_holds() {
    let nation = Nation::new().await;
    let (id, _) = sent(&nation).await;
    let deliveries = nation.deliveries(id).await;
    nation.say(deliveries[1].id, (TransportStatus::Done, "")).await.unwrap();
    let today = platform::clock::local(nation.now()).date();
    let rule = ("edoc", Some(1));
    keeping::set_retention(nation.ctx(), &scribe(&nation), rule, today).await.unwrap();
    nation.pass_seconds(3 * 24 * 60 * 60);
    assert_eq!(keeping::remove_overdue(nation.ctx()).await.unwrap(), 1);
    let bytes = made(&nation, id, None).await;
    let found = container(&bytes);
    assert!(found.entry("goi-tin.edxml").is_none());
    let content = json(&found, "noi-dung.json");
    assert_eq!(content["bytesEnclosed"], false);
    assert!(content["bytesRemovedAt"].is_string());
    assert_eq!(verdict(&nation, &bytes).await, Standing::Valid);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_downloads_it_and_others_find_the_certificate_that_it_is_checked_by() {
    let nation = Nation::new().await;
    let (id, _) = sent(&nation).await;
    let mut admin = administrator(&nation).await;
    let answer = admin.get(&format!("/quan-tri/truc/goi-tin/{id}/bang-chung")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/vnd.etsi.asic-e+zip");
    assert!(answer.header("content-disposition").contains(&format!("bang-chung-{id}.asice")));
    let pem = nation.house.get("/axis/chung-thu").await;
    assert!(pem.has("-----BEGIN CERTIFICATE-----"), "{}", pem.text);
    let again = nation.house.get("/axis/chung-thu").await;
    assert_eq!(pem.text, again.text, "always the same");
}

/// Asked for by one administrator, approved by another.
async fn seal_for_hue(nation: &Nation) {
    let by = identity::Scribe::named(nation.ctx(), None, "operator");
    let new = trust::commands::authority::NewAuthority {
        name: "Liên Thông thử nghiệm".to_owned(),
        slug: None,
        kind: trust::KeyKind::P256,
        keeper: trust::Keeper::Software,
        sandbox: true,
    };
    trust::commands::authority::create(nation.ctx(), &by, new).await.unwrap();
    let mut asker = administrator_called(nation, "nguoi.xin").await;
    let mut decider = administrator_called(nation, "nguoi.duyet").await;
    let form = "/quan-tri/chung-thu/yeu-cau/tao";
    asker.get(form).await;
    let fields = [("profile", "seal"), ("unit", HUE), ("carrier", "software")];
    let asked = asker.post(form, &fields).await;
    assert_eq!(asked.status, 303, "{}", asked.text);
    let request = asked.location().to_owned();
    decider.get(&request).await;
    let issued = decider.post(&format!("{request}/duyet"), &[]).await;
    assert_eq!(issued.status, 303, "{}", issued.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_seal_is_at_hand_the_evidence_bears_it_with_signed_time() {
    let nation = Nation::new().await;
    let (id, _) = sent(&nation).await;
    seal_for_hue(&nation).await;
    let mut admin = administrator(&nation).await;
    let answer = admin.get(&format!("/quan-tri/truc/goi-tin/{id}/bang-chung")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    // The page is a file: its bytes are made again here, by the same hand.
    let home = Some(nation.unit(HUE).await);
    let bytes = made(&nation, id, home).await;
    let mut believed = nation.read(trust::believed).await;
    // Whoever has the root and nothing else: what else is needed came along.
    believed.crls.clear();
    believed.certificates.clear();
    let policy = Policy::default();
    let question = Question { at: nation.now(), policy: &policy, content: None };
    let report = judge(&bytes, &believed.trust(), &question);
    assert_eq!(report.standing, Standing::Valid, "{:?}", report.findings[0].reasons);
    let signer = report.findings[0].signer.as_ref().unwrap();
    assert_eq!(signer.name, "Ủy ban nhân dân thành phố Huế");
    assert!(report.findings[0].time.proved.is_some(), "signed time");
    let log = nation.log().await;
    let entry = log.iter().find(|entry| entry.verb == "axis.export-evidence").unwrap();
    assert!(entry.detail.to_string().contains("thành phố Huế"), "{:?}", entry.detail);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_axis_recognises_evidence_that_its_own_key_signed_and_says_that_nobody_vouches_for_it()
{
    let nation = Nation::new().await;
    let (id, _) = sent(&nation).await;
    let bytes = made(&nation, id, None).await;
    let believed = nation.read(trust::believed).await;
    let policy = Policy::default();
    let at = nation.now() + SignedDuration::from_secs(60);
    let question = Question { at, policy: &policy, content: None };
    let report = judge(&bytes, &believed.trust(), &question);
    assert_eq!(report.standing, Standing::Unverifiable, "known is not believed");
    assert!(report.is_by_own_key(), "{:?}", report.findings[0].reasons);
    for (locale, expected) in [(Locale::Vi, "khóa riêng"), (Locale::En, "key of its own")] {
        let speech = nation.ctx().words.speak(locale);
        assert!(trust::sentence::summary(&report, &speech).contains(expected));
    }
    let nobody = Believed::default();
    let report = judge(&bytes, &nobody.trust(), &question);
    assert!(!report.is_by_own_key(), "to others it is a key like any other");
    let found = container(&bytes);
    let files = found.files().map(|one| wire::asice::NewFile {
        name: &one.name,
        media_type: "text/plain",
        bytes: if one.name == "hanh-trinh.json" { b"{}" } else { &one.bytes },
    });
    let signatures: Vec<Vec<u8>> = found.signature_files().map(|one| one.bytes.to_vec()).collect();
    let changed = wire::asice::write(&files.collect::<Vec<_>>(), &signatures).unwrap();
    let report = judge(&changed, &believed.trust(), &question);
    assert_eq!(report.standing, Standing::Invalid, "our own key excuses nothing");
    assert!(!report.is_by_own_key());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_packet_too_large_to_be_held_is_enclosed_while_it_passes() {
    let nation = Nation::new().await;
    let text = "một dòng của văn bản dài ".repeat(2_000_000);
    let packet = written(&document(HUE, &[JUSTICE], 1), &text);
    assert!(packet.len() > 64 << 20, "{}", packet.len());
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    let made =
        evidence::export(nation.ctx(), (&scribe(&nation), None), accepted.packet).await.unwrap();
    let (mut pieces, mut most) = (made.body, 0);
    let (mut all, mut counted) = (Vec::new(), 0);
    while let Some(piece) = pieces.try_next().await.unwrap() {
        most = most.max(piece.len());
        counted += 1;
        all.extend_from_slice(&piece);
    }
    assert!(most <= 2 << 20 && counted > 32, "{counted} pieces, the largest of {most} bytes");
    assert_eq!(all.len() as u64, made.size_bytes);
    let limits = Limits { entry_bytes: 256 << 20, all_bytes: 512 << 20, ..Limits::default() };
    let found = Container::read(&all, &limits).unwrap();
    assert_eq!(found.entry("goi-tin.edxml").unwrap().bytes, packet, "verbatim");
    let content = json(&found, "noi-dung.json");
    assert_eq!(content["attachments"][0]["sizeBytes"], text.len());
    let believed = nation.read(trust::believed).await;
    let policy = Policy { file_bytes_max: 256 << 20, ..Policy::default() };
    let at = nation.now() + SignedDuration::from_secs(60);
    let question = Question { at, policy: &policy, content: None };
    assert!(judge(&all, &believed.trust(), &question).is_by_own_key());
}
