//! What the XML signature of a packet is found to be worth.

use jiff::SignedDuration;
use trust::commands::anchors::{self, NewAnchors, Purpose};
use trust::{KeyKind, SoftwareKey, generate_key};
use wire::algorithm::{Digest, SignatureAlgorithm};
use wire::edxml::read::{Limits, read};
use wire::edxml::signature::prepare;
use wire::edxml::{PacketTime, TraceHeader, trace};
use wire::pki::certificate::Serial;
use wire::pki::extension::{Extension, ExtensionBuilder, KeyUsage};
use wire::pki::issue::{self, CertificateProfile};
use wire::pki::name::Name;
use wire::pki::oids;

use super::nation::*;
use crate::packet::SignatureState;

const ECDSA: SignatureAlgorithm = SignatureAlgorithm::Ecdsa(Digest::Sha256);

/// Somebody's key, the certificate of it, and the authority that gave it.
struct Signer {
    key: SoftwareKey,
    certificate: Vec<u8>,
    authority: Vec<u8>,
}

fn new_key() -> SoftwareKey {
    SoftwareKey::open(&generate_key(KeyKind::P256).unwrap()).unwrap()
}

fn named(name: &str) -> Name {
    Name::build(&[(oids::COMMON_NAME, name)]).unwrap()
}

fn signer(nation: &Nation) -> Signer {
    let (root, key) = (new_key(), new_key());
    let (authority, holder) = (named("CA thử"), named("Văn thư thử"));
    let for_root = ExtensionBuilder::new()
        .authority(None)
        .key_usage(KeyUsage::CERTIFICATE_SIGN)
        .subject_key_id(root.public_key())
        .finish();
    let for_holder = ExtensionBuilder::new()
        .end_entity()
        .key_usage(KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::CONTENT_COMMITMENT))
        .extended_key_usage(&[oids::DOCUMENT_SIGNING])
        .subject_key_id(key.public_key())
        .finish();
    let issue = |subject: &Name, key: &SoftwareKey, extensions: &[Extension], serial: u8| {
        let serial = Serial::new(&[0x41, serial]).unwrap();
        let profile = CertificateProfile {
            serial: &serial,
            issuer: &authority,
            subject,
            not_before: nation.now() - SignedDuration::from_hours(24),
            not_after: nation.now() + SignedDuration::from_hours(24 * 365),
            key: key.public_key(),
            extensions,
        };
        let prepared = issue::prepare(&profile, ECDSA).unwrap();
        prepared.finish(&root.sign(ECDSA, prepared.to_be_signed()).unwrap())
    };
    let certificate = issue(&holder, &key, &for_holder, 2);
    Signer { certificate, authority: issue(&authority, &root, &for_root, 1), key }
}

async fn believe(nation: &Nation, signer: &Signer) {
    let new = NewAnchors {
        bundle: signer.authority.clone(),
        name: String::new(),
        purposes: vec![Purpose::Sign],
        valid_from: Some("2026-01-01".parse().unwrap()),
        valid_to: None,
        source: "bản thử".to_owned(),
        note: String::new(),
    };
    anchors::import(nation.ctx(), &nation.clerk(), new).await.unwrap();
}

impl Signer {
    fn sign(&self, packet: &[u8]) -> Vec<u8> {
        let certificates = [self.certificate.clone()];
        let prepared = prepare(packet, self.key.public_key(), &certificates).unwrap();
        let signature = self.key.sign(ECDSA, prepared.to_be_signed()).unwrap();
        prepared.finish(&signature).unwrap()
    }
}

async fn verdict(nation: &Nation, packet: Vec<u8>) -> SignatureState {
    nation.shelve(packet).await.unwrap().signature
}

#[tokio::test]
async fn it_is_valid_only_when_it_holds_and_its_signer_is_believed() {
    let nation = Nation::new().await;
    let signer = signer(&nation);
    let signed = signer.sign(&written(&document(HUE, &[JUSTICE], 1), "text"));
    assert_eq!(verdict(&nation, signed.clone()).await, SignatureState::Unverifiable);

    believe(&nation, &signer).await;
    assert_eq!(verdict(&nation, signed.clone()).await, SignatureState::Valid);
    let changed = String::from_utf8(signed.clone()).unwrap().replace("tháng 11", "tháng 12");
    assert_eq!(verdict(&nation, changed.into_bytes()).await, SignatureState::Invalid);
    let accepted = nation.send("sys.H57", &signed).await.unwrap();
    assert_eq!(nation.packet(accepted.packet).await.signature, SignatureState::Valid);
}

#[tokio::test]
async fn a_large_packet_is_judged_though_nobody_holds_it() {
    let nation = Nation::new().await;
    let signer = signer(&nation);
    let text = "nội dung dài ".repeat(10_000);
    let signed = signer.sign(&written(&document(HUE, &[JUSTICE], 1), &text));
    assert_eq!(verdict(&nation, signed.clone()).await, SignatureState::Unverifiable);
    believe(&nation, &signer).await;
    assert_eq!(verdict(&nation, signed.clone()).await, SignatureState::Valid);
    let changed = String::from_utf8(signed).unwrap().replace("tháng 11", "tháng 12");
    assert_eq!(verdict(&nation, changed.into_bytes()).await, SignatureState::Invalid);
}

#[tokio::test]
async fn it_holds_with_the_stations_of_the_way() {
    let nation = Nation::new().await;
    let signer = signer(&nation);
    believe(&nation, &signer).await;
    let mut letter = document(HUE, &[JUSTICE], 1);
    let station = TraceHeader { organ_id: HUE.to_owned(), timestamp: PacketTime::of(nation.now()) };
    letter.trace.push(station.clone());
    let signed = signer.sign(&written(&letter, "text"));
    assert_eq!(verdict(&nation, signed.clone()).await, SignatureState::Valid);
    let end = read(&signed[..], Limits::default()).unwrap().trace_end.unwrap();
    let passed = trace::add(&signed, end, &station).unwrap();
    assert_eq!(verdict(&nation, passed).await, SignatureState::Valid);
}
