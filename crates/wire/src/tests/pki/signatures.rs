//! Signed messages, ours read by openssl and openssl's read by us.

use super::kit::{KINDS, Kind, OpenSsl, Party, at_time, name, now};
use crate::algorithm::{AlgorithmFault, Digest};
use crate::pki::certificate::Certificate;
use crate::pki::cms::{
    self, Additions, Attribute, CheckFault, CmsFault, Content, Original, SignatureProfile,
    SignedData,
};
use crate::pki::der::{tag, to_der, write};
use crate::pki::oids;

const TEXT: &[u8] = "Quyết định số 12/QĐ-UBND về việc công nhận\r\n".as_bytes();

struct House {
    root: Party,
    end: Party,
}

fn house(kind: Kind) -> House {
    let root = Party::root("Gốc", kind);
    let end = root.end("Nguyễn Văn An", kind);
    House { root, end }
}

impl House {
    fn sign(&self, is_attached: bool) -> Vec<u8> {
        let digest = self.end.key.digest();
        let hash = digest.of(TEXT);
        let content =
            if is_attached { Content::Attached(TEXT) } else { Content::Detached { digest: &hash } };
        let profile = SignatureProfile {
            content,
            digest,
            certificate: &self.end.certificate,
            chain: std::slice::from_ref(&self.root.certificate),
            signing_time: Some(now()),
        };
        self.end.key.finish(&cms::prepare(&profile, self.end.key.algorithm()).unwrap())
    }

    fn openssl(&self) -> Option<OpenSsl> {
        let openssl = OpenSsl::find()?;
        openssl.put("root.pem", self.root.certificate.pem());
        openssl.put("end.pem", self.end.certificate.pem()).put("end.key", self.end.key.pem());
        openssl.put("text", TEXT);
        Some(openssl)
    }
}

#[test]
fn openssl_verifies_ours_as_cades_with_every_kind_of_key() {
    // 3.0 has no Ed25519 in CMS.
    for kind in KINDS.into_iter().filter(|kind| *kind != Kind::Ed25519) {
        let house = house(kind);
        let Some(openssl) = house.openssl() else { return };
        openssl.put("in.der", house.sign(true)).put("out.der", house.sign(false));
        let common =
            format!("-inform DER -CAfile root.pem -attime {} -purpose any -cades", at_time());
        openssl.run(&format!("cms -verify -in in.der -out got {common} -binary"));
        assert_eq!(openssl.get("got"), TEXT);
        openssl.run(&format!("cms -verify -in out.der -content text -binary -out got {common}"));
        openssl.put("text", b"something else");
        let (is_well, _) =
            openssl.try_run(&format!("cms -verify -in out.der -content text -binary {common}"));
        assert!(!is_well);
    }
}

#[test]
fn what_is_checked_is_what_was_signed() {
    for kind in KINDS {
        let house = house(kind);
        let certificate = &house.end.certificate;
        let attached = SignedData::read(&house.sign(true)).unwrap();
        let signer = &attached.signers[0];
        let covered = attached.check(signer, Original::Inside, certificate).unwrap();
        assert_eq!(attached.content(), Some(TEXT));
        assert_eq!(covered.message_digest, house.end.key.digest().of(TEXT));
        assert_eq!((covered.content_type, covered.signing_time), (oids::DATA, Some(now())));
        assert!(covered.is_certificate_signed && covered.attributes.len() == 5);
        assert_eq!(attached.certificate_of(signer), Some(certificate));
        let detached = SignedData::read(&house.sign(false)).unwrap();
        let signer = &detached.signers[0];
        let check = |original| detached.check(signer, original, certificate);
        assert!(check(Original::Bytes(TEXT)).is_ok());
        let digest = house.end.key.digest().of(TEXT);
        assert!(check(Original::Digest(&digest)).is_ok());
        assert_eq!(check(Original::Bytes(b"x")), Err(CheckFault::ContentChanged));
        assert_eq!(check(Original::Inside), Err(CheckFault::ContentMissing));
        let root = &house.root.certificate;
        let other = detached.check(signer, Original::Bytes(TEXT), root);
        assert_eq!(other, Err(CheckFault::OtherCertificate));
    }
}

#[test]
fn a_certificate_in_the_place_of_the_signed_one_is_seen() {
    let house = house(Kind::P256);
    // The same name, serial and key, but other rights.
    let twin = super::kit::make(
        &super::kit::Spec {
            serial: house.end.certificate.serial.clone(),
            subject: name("Người khác"),
            issuer: house.root.certificate.subject.clone(),
            from: house.end.certificate.not_before,
            until: house.end.certificate.not_after,
            extensions: crate::pki::extension::ExtensionBuilder::new().end_entity(),
        },
        &house.end.key.public,
        &house.root.key,
    );
    let signed = SignedData::read(&house.sign(true)).unwrap();
    let check = signed.check(&signed.signers[0], Original::Inside, &twin);
    assert_eq!(check, Err(CheckFault::SigningCertificate));
}

#[test]
fn openssl_signs_in_der_and_in_streams_and_we_check() {
    for kind in KINDS.into_iter().filter(|kind| *kind != Kind::Ed25519) {
        let house = house(kind);
        let Some(openssl) = house.openssl() else { return };
        let pss = if kind == Kind::RsaPss {
            "-keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:-1"
        } else {
            ""
        };
        let digest = if kind == Kind::P384 { "sha384" } else { "sha256" };
        for form in [
            "-nodetach",
            "-nodetach -stream",
            "",
            "-noattr -nodetach",
            "-keyid -nodetach",
            "-cades -nodetach",
        ] {
            if kind == Kind::RsaPss && form.contains("stream") {
                continue; // openssl 3.0 cannot: "illegal zero content"
            }
            openssl.run(&format!(
                "cms -sign -in text -binary -signer end.pem -inkey end.key {pss} -md {digest} \
                 -outform DER -out s.der {form}"
            ));
            let bytes = openssl.get("s.der");
            assert_eq!(form.contains("stream"), bytes[1] == 0x80, "BER when streamed");
            let signed = SignedData::read(&bytes).unwrap();
            let original = if form.is_empty() { Original::Bytes(TEXT) } else { Original::Inside };
            let covered = signed
                .check(&signed.signers[0], original, &house.end.certificate)
                .unwrap_or_else(|fault| panic!("{kind:?} {form}: {fault}"));
            assert_eq!(covered.is_certificate_signed, form.contains("cades"));
            assert_eq!(covered.signing_time.is_none(), form.contains("noattr"));
        }
    }
}

#[test]
fn pss_is_read_with_salts_of_any_length() {
    let house = house(Kind::RsaPss);
    let Some(openssl) = house.openssl() else { return };
    // 222 is all the room that a modulus of 2048 bits leaves.
    for (salt, name) in [
        ("0", "RSA-PSS SHA-256 (salt 0)"),
        ("20", "RSA-PSS SHA-256 (salt 20)"),
        ("32", "RSA-PSS SHA-256"),
        ("222", "RSA-PSS SHA-256 (salt 222)"),
    ] {
        openssl.run(&format!(
            "cms -sign -in text -binary -signer end.pem -inkey end.key -nodetach -md sha256 \
             -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:{salt} -outform DER -out s.der"
        ));
        let signed = SignedData::read(&openssl.get("s.der")).unwrap();
        let signer = &signed.signers[0];
        assert_eq!(signer.algorithm.unwrap().to_string(), name);
        let check = signed.check(signer, Original::Inside, &house.end.certificate);
        assert!(check.is_ok(), "{salt}: {check:?}");
        openssl.run(&format!(
            "req -x509 -new -key end.key -subj /CN=x -sha256 -sigopt rsa_padding_mode:pss \
             -sigopt rsa_pss_saltlen:{salt} -outform DER -out own.der"
        ));
        let own = openssl.get("own.der");
        let read = Certificate::read(&own).unwrap();
        assert_eq!(read.signature_algorithm().unwrap().to_string(), name);
        assert_eq!(read.is_signed_by(&read), Ok(()), "{salt}");
        let mut other = own.clone();
        *other.last_mut().unwrap() ^= 1;
        let other = Certificate::read(&other).unwrap();
        assert!(other.is_signed_by(&read).is_err(), "{salt}");
    }
}

#[test]
fn streams_come_in_pieces_and_are_made_whole() {
    let house = house(Kind::P256);
    let Some(openssl) = house.openssl() else { return };
    let long: Vec<u8> = (0..100_000_u32).map(|at| at as u8).collect();
    openssl.put("text", &long);
    openssl.run(
        "cms -sign -in text -binary -signer end.pem -inkey end.key -md sha256 -nodetach -stream \
         -outform DER -out s.der",
    );
    let signed = SignedData::read(&openssl.get("s.der")).unwrap();
    assert_eq!(signed.content(), Some(long.as_slice()));
    assert!(signed.check(&signed.signers[0], Original::Inside, &house.end.certificate).is_ok());
}

#[test]
fn additions_leave_what_was_signed_and_openssl_still_verifies() {
    let house = house(Kind::P256);
    let signed = SignedData::read(&house.sign(true)).unwrap();
    let token = Attribute::new(oids::SIGNATURE_TIME_STAMP, write::sequence(&[]));
    let crl = super::stamps::empty_list(&house.root);
    let additions = Additions {
        unsigned: std::slice::from_ref(&token),
        certificates: std::slice::from_ref(&house.root.certificate),
        crls: std::slice::from_ref(&crl),
        ocsp: &[],
    };
    let der = signed.complete(0, &additions).unwrap();
    let longer = SignedData::read(&der).unwrap();
    let signer = &longer.signers[0];
    assert!(longer.check(signer, Original::Inside, &house.end.certificate).is_ok());
    assert_eq!(signer.time_stamps().collect::<Vec<_>>(), [&[0x30, 0][..]]);
    assert_eq!(longer.evidence(signer).crls, std::slice::from_ref(&crl));
    assert_eq!(longer.certificates.len(), 2, "what is there is not added again");
    assert_eq!(signed.complete(1, &additions), Err(CmsFault::NoSigner));
    let Some(openssl) = house.openssl() else { return };
    openssl.put("s.der", der);
    openssl.run(&format!(
        "cms -verify -inform DER -in s.der -CAfile root.pem -attime {} -purpose any -cades -out got",
        at_time()
    ));
}

#[test]
fn signed_attributes_cannot_be_passed_off_as_content() {
    let house = house(Kind::P256);
    let signed = SignedData::read(&house.sign(true)).unwrap();
    let signer = &signed.signers[0];
    // The attack: the attributes become the content of a signature without attributes.
    let attributes: Vec<Vec<u8>> = signer
        .signed
        .iter()
        .map(|found| {
            let values = write::set_of(tag::SET, found.values.clone());
            write::sequence(&[&write::oid(&found.kind), &values])
        })
        .collect();
    let content = write::set_of(tag::SET, attributes);
    let digest = crate::pki::identifier::write_digest(Digest::Sha256);
    let algorithm = crate::pki::identifier::write_signature(house.end.key.algorithm()).unwrap();
    let serial = house.end.certificate.serial.to_string();
    let number = u64::from_str_radix(&serial, 16).unwrap();
    let named = write::sequence(&[house.end.certificate.issuer.der(), &write::small(number)]);
    let bare = write::sequence(&[
        &write::small(1),
        &named,
        &digest,
        &algorithm,
        &write::octets(&signer.signature),
    ]);
    let body = write::sequence(&[
        &write::small(1),
        &write::tlv(tag::SET, &[&digest]),
        &write::sequence(&[
            &write::oid(&oids::DATA),
            &write::explicit(0, &[&write::octets(&content)]),
        ]),
        &write::tlv(tag::SET, &[&bare]),
    ]);
    let forged = write::sequence(&[&write::oid(&oids::SIGNED_DATA), &write::explicit(0, &[&body])]);
    let forged = SignedData::read(&forged).unwrap();
    let check = forged.check(&forged.signers[0], Original::Inside, &house.end.certificate);
    assert_eq!(check, Err(CheckFault::Ambiguous));
}

#[test]
fn a_signature_by_another_key_is_wrong() {
    let house = house(Kind::P256);
    let digest = Digest::Sha256.of(TEXT);
    let profile = SignatureProfile {
        content: Content::Detached { digest: &digest },
        digest: Digest::Sha256,
        certificate: &house.end.certificate,
        chain: &[],
        signing_time: None,
    };
    let prepared = cms::prepare(&profile, house.end.key.algorithm()).unwrap();
    let forged = house.root.key.finish(&prepared);
    let signed = SignedData::read(&forged).unwrap();
    let check = signed.check(&signed.signers[0], Original::Bytes(TEXT), &house.end.certificate);
    assert_eq!(check, Err(CheckFault::Signature(AlgorithmFault::Wrong)));
    let short = SignatureProfile { content: Content::Detached { digest: &[1; 20] }, ..profile };
    let refused = cms::prepare(&short, house.end.key.algorithm()).unwrap_err();
    assert_eq!(refused, CmsFault::DigestLength);
}

#[test]
fn nesting_beyond_all_measure_is_refused() {
    let deep: Vec<u8> = [0x30, 0x80].repeat(100_000);
    assert!(to_der(&deep, usize::MAX).is_err());
    let deep: Vec<u8> = [0x24, 0x80].repeat(100_000);
    assert!(SignedData::read(&deep).is_err());
}

#[test]
fn attributes_in_another_order_than_was_signed_are_refused() {
    let house = house(Kind::P256);
    let der = house.sign(true);
    let signed = SignedData::read(&der).unwrap();
    let parts: Vec<Vec<u8>> = signed.signers[0]
        .signed
        .iter()
        .map(|found| {
            let values = write::set_of(tag::SET, found.values.clone());
            write::sequence(&[&write::oid(&found.kind), &values])
        })
        .collect();
    let backwards: Vec<u8> = parts.iter().rev().flatten().copied().collect();
    let at = der.windows(backwards.len()).position(|window| window == parts.concat()).unwrap();
    let mut changed = der.clone();
    changed[at..at + backwards.len()].copy_from_slice(&backwards);
    assert_ne!(changed, der);
    let changed = SignedData::read(&changed).unwrap();
    let check = changed.check(&changed.signers[0], Original::Inside, &house.end.certificate);
    assert_eq!(check, Err(CheckFault::Signature(AlgorithmFault::Wrong)));
}

#[test]
fn of_two_certificates_that_the_signer_names_the_signed_one_is_taken() {
    let house = house(Kind::P256);
    let stranger = super::kit::Key::new(Kind::P256);
    let decoy = super::kit::make(
        &super::kit::Spec {
            serial: house.end.certificate.serial.clone(),
            subject: house.end.certificate.subject.clone(),
            issuer: house.end.certificate.issuer.clone(),
            from: house.end.certificate.not_before,
            until: house.end.certificate.not_after,
            extensions: crate::pki::extension::ExtensionBuilder::new(),
        },
        &stranger.public,
        &stranger,
    );
    let signed = SignedData::read(&house.sign(true)).unwrap();
    let decoys = [decoy.clone()];
    let additions = Additions { certificates: &decoys, ..Additions::default() };
    let both = SignedData::read(&signed.complete(0, &additions).unwrap()).unwrap();
    assert!(both.certificates.contains(&decoy));
    assert_eq!(both.certificate_of(&both.signers[0]), Some(&house.end.certificate));
}
