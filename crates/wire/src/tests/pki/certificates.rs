//! Certificates, requests and lists, with openssl as the judge.

use jiff::Timestamp;

use super::kit::{KINDS, Key, Kind, OpenSsl, Party, at_time, days, make, name, now, oid, serial};
use crate::algorithm::AlgorithmFault;
use crate::pki::certificate::{Certificate, CertificateFault, Serial};
use crate::pki::cms::SignedData;
use crate::pki::crl::{self, Crl, CrlFault, CrlProfile, CrlUnfit, Entry, IssuingPoint, Reason};
use crate::pki::der::{DerFault, tag, write};
use crate::pki::extension::{
    DistributionPoint, ExtensionBuilder, KeyUsage, NameConstraints, Policy, PolicyConstraints,
    QcStatement, key_id,
};
use crate::pki::general_name::GeneralName;
use crate::pki::issue::{self, CertificateProfile, IssueFault};
use crate::pki::name::Name;
use crate::pki::request::{self, Request, RequestFault};
use crate::pki::{oids, pem};

fn full_extensions(spec: &mut super::kit::Spec) {
    spec.extend(|extensions| {
        extensions
            .extended_key_usage(&[oids::DOCUMENT_SIGNING, oids::EMAIL_PROTECTION])
            .subject_names(&[
                GeneralName::Dns("tuphap.example.vn".to_owned()),
                GeneralName::Email("an@tuphap.example.vn".to_owned()),
                GeneralName::Uri("https://tuphap.example.vn/an".to_owned()),
                GeneralName::Ip(vec![192, 0, 2, 1]),
                GeneralName::Directory(name("Bí danh")),
                GeneralName::Other {
                    kind: oid("1.3.6.1.4.1.311.20.2.3"),
                    value: write::utf8("an@x"),
                },
            ])
            .policies(&[Policy {
                policy: oid("1.3.6.1.4.1.99999.1"),
                qualifiers: vec![(oids::POLICY_CPS, write::ia5("https://ca.example.vn/cps"))],
            }])
            .crl_points(&[DistributionPoint::at("http://ca.example.vn/1.crl")])
            .authority_access(&["http://ocsp.example.vn"], &["http://ca.example.vn/ca.cer"])
            .qc_statements(&[QcStatement { kind: oids::QC_COMPLIANCE, value: None }])
    });
}

#[test]
fn openssl_reads_and_verifies_what_every_kind_of_key_issues() {
    let Some(openssl) = OpenSsl::find() else { return };
    for kind in KINDS {
        let root = Party::root("Gốc thử nghiệm", kind);
        let authority = root.authority("Cơ quan cấp chứng thư");
        let end = authority.end_with("Nguyễn Văn An", kind, full_extensions);
        openssl.put("root.pem", root.certificate.pem());
        openssl.put("authority.pem", authority.certificate.pem());
        openssl.put("end.pem", end.certificate.pem());
        let at = at_time();
        openssl.run(&format!(
            "verify -x509_strict -attime {at} -CAfile root.pem -untrusted authority.pem end.pem"
        ));
        let said =
            openssl.run("x509 -in end.pem -noout -text -nameopt utf8,sep_comma_plus -serial");
        for expected in [
            "CN=Nguyễn Văn An",
            "Digital Signature, Non Repudiation",
            "E-mail Protection",
            "DNS:tuphap.example.vn, email:an@tuphap.example.vn",
            "IP Address:192.0.2.1",
            "URI:http://ca.example.vn/1.crl",
            "OCSP - URI:http://ocsp.example.vn",
            "CPS: https://ca.example.vn/cps",
            &format!("serial={:0>4}", end.certificate.serial.to_string()),
        ] {
            assert!(said.contains(expected), "{kind:?}: {expected} is not in\n{said}");
        }
    }
}

#[test]
fn what_was_written_is_read_back() {
    let root = Party::root("Gốc", Kind::P256);
    let end = root.end_with("Lê Thị Bình", Kind::P256, full_extensions);
    let certificate = &end.certificate;
    assert_eq!(certificate.subject.common_name(), Some("Lê Thị Bình"));
    assert_eq!(certificate.subject.to_string(), "CN=Lê Thị Bình,O=Sở Tư pháp,C=VN");
    assert_eq!((certificate.not_before, certificate.not_after), (days(-10), days(355)));
    assert_eq!(certificate.key, Ok(end.key.public.clone()));
    let extensions = &certificate.extensions;
    assert_eq!(extensions.subject_key_id, Some(key_id(&end.key.public)));
    assert_eq!(extensions.authority_key.as_ref().unwrap().key_id, Some(root.key_id()));
    assert!(certificate.allows(KeyUsage::CONTENT_COMMITMENT));
    assert!(!certificate.allows(KeyUsage::CERTIFICATE_SIGN));
    assert_eq!(extensions.ocsp_addresses().collect::<Vec<_>>(), ["http://ocsp.example.vn"]);
    assert_eq!(extensions.issuer_addresses().collect::<Vec<_>>(), ["http://ca.example.vn/ca.cer"]);
    assert_eq!(extensions.crl_addresses().collect::<Vec<_>>(), ["http://ca.example.vn/1.crl"]);
    assert_eq!(extensions.subject_names.len(), 6);
    let policy = &extensions.policies.as_ref().unwrap()[0];
    assert_eq!(policy.practice_statement(), Some("https://ca.example.vn/cps"));
    assert_eq!(extensions.qc_statements[0].kind, oids::QC_COMPLIANCE);
    assert!(certificate.is_for(&oids::DOCUMENT_SIGNING));
    assert!(!certificate.is_for(&oids::TIME_STAMPING));
    assert_eq!(certificate.is_signed_by(&root.certificate), Ok(()));
    assert_eq!(certificate.is_signed_by(certificate), Err(AlgorithmFault::Wrong));
    assert_eq!(certificate.fingerprint().len(), 32);
}

#[test]
fn constraints_of_authorities_are_read_back() {
    let root = Party::root("Gốc", Kind::P256);
    let constraints = NameConstraints {
        permitted: vec![GeneralName::Directory(name("x")), GeneralName::Dns("vn".to_owned())],
        excluded: vec![GeneralName::Ip(vec![10, 0, 0, 0, 255, 0, 0, 0])],
    };
    let policies = PolicyConstraints { require_explicit: Some(0), inhibit_mapping: Some(3) };
    let authority = root.authority_with("Trung gian", |spec| {
        spec.extend(|extensions| {
            extensions
                .authority(Some(2))
                .name_constraints(&constraints)
                .policy_constraints(policies)
                .policy_mappings(&[(oid("1.2.3"), oid("1.2.4"))])
                .inhibit_any_policy(300)
        });
    });
    let extensions = &authority.certificate.extensions;
    assert_eq!(extensions.basic_constraints.unwrap().path_length, Some(2));
    assert_eq!(extensions.name_constraints.as_ref(), Some(&constraints));
    assert_eq!(extensions.policy_constraints, Some(policies));
    assert_eq!(extensions.policy_mappings, [(oid("1.2.3"), oid("1.2.4"))]);
    assert_eq!(extensions.inhibit_any_policy, Some(300));
    if let Some(openssl) = OpenSsl::find() {
        openssl.put("a.pem", authority.certificate.pem());
        let said = openssl.run("x509 -in a.pem -noout -text");
        for expected in
            ["pathlen:2", "IP:10.0.0.0/255.0.0.0", "Require Explicit Policy:0", "1.2.3:1.2.4"]
        {
            assert!(said.contains(expected), "{expected}\n{said}");
        }
    }
}

#[test]
fn certificates_that_openssl_makes_are_read() {
    let Some(openssl) = OpenSsl::find() else { return };
    let subject = "/C=VN/O=Sở-Tư-pháp/CN=Máy-chủ";
    for key in ["rsa:2048", "ec -pkeyopt ec_paramgen_curve:P-384", "ed25519"] {
        openssl.run(&format!(
            "req -x509 -newkey {key} -nodes -keyout k.pem -out c.pem -days 10 -utf8 -subj {subject} \
             -addext subjectAltName=DNS:a.vn,IP:2001:db8::1 -addext certificatePolicies=1.2.3.4"
        ));
        let read = Certificate::read_bundle(&openssl.get("c.pem")).unwrap();
        let certificate = &read[0];
        assert_eq!(certificate.subject.common_name(), Some("Máy-chủ"));
        assert!(certificate.is_self_issued() && certificate.is_authority());
        assert_eq!(certificate.is_signed_by(certificate), Ok(()));
        assert_eq!(certificate.extensions.policies.as_ref().unwrap()[0].policy, oid("1.2.3.4"));
        assert_eq!(
            certificate.extensions.subject_names[1].ip().unwrap().to_string(),
            "2001:db8::1"
        );
    }
}

#[test]
fn names_of_every_kind_of_string_are_equal_when_people_say_so() {
    let encode = |tag: u8, bytes: &[u8]| {
        let part = write::sequence(&[&write::oid(&oids::COMMON_NAME), &write::tlv(tag, &[bytes])]);
        Name::read(&write::sequence(&[&write::tlv(tag::SET, &[&part])])).unwrap()
    };
    let text = "Ủy ban  NHÂN dân";
    let bmp: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let decomposed = "u\u{309}y ban nha\u{302}n da\u{302}n";
    let one = encode(tag::UTF8, text.as_bytes());
    assert_eq!(one, encode(tag::BMP, &bmp));
    assert_eq!(encode(tag::BMP, &bmp).common_name(), Some(text));
    assert_eq!(one, encode(tag::UTF8, decomposed.as_bytes()));
    assert_ne!(one, encode(tag::UTF8, "Uy ban nhan dan".as_bytes()));
    assert_eq!(encode(tag::T61, b"S\xe3o"), encode(tag::UTF8, "São".as_bytes()));
    assert_eq!(encode(tag::UTF8, b"a,b+c").to_string(), "CN=a\\,b\\+c");
    assert!(Name::build(&[(oids::COUNTRY, "Việt Nam")]).is_err());
}

#[test]
fn a_certificate_that_never_ends_says_so() {
    let root = Party::root_with("Mãi mãi", Kind::P256, |spec| spec.until = Timestamp::MAX);
    assert_eq!(root.certificate.not_after, Timestamp::MAX);
    if let Some(openssl) = OpenSsl::find() {
        openssl.put("r.pem", root.certificate.pem());
        assert!(openssl.run("x509 -in r.pem -noout -enddate").contains("Dec 31 23:59:59 9999"));
    }
}

#[test]
fn a_certificate_with_anything_around_or_against_its_form_is_refused() {
    let root = Party::root("Gốc", Kind::P256);
    let der = root.certificate.der().to_vec();
    let longer = [der.clone(), vec![0]].concat();
    let refused = Certificate::read(&longer).unwrap_err();
    assert_eq!(refused, CertificateFault::Der(DerFault::Trailing));
    assert!(Certificate::read(&der[..der.len() - 1]).is_err());
    let twice = make(
        &super::kit::Spec {
            serial: serial(5),
            subject: name("a"),
            issuer: name("a"),
            from: now(),
            until: now(),
            extensions: ExtensionBuilder::new().with(oid("1.2.3.4"), true, vec![5, 0]),
        },
        &root.key.public,
        &root.key,
    );
    assert_eq!(twice.extensions.unknown_critical, [oid("1.2.3.4")]);
}

#[test]
fn what_must_not_be_issued_is_not() {
    let key = Key::new(Kind::P256);
    let (number, issuer, nobody) = (serial(1), name("a"), Name::build(&[]).unwrap());
    let twice = [
        ExtensionBuilder::new().ocsp_no_check().finish(),
        ExtensionBuilder::new().ocsp_no_check().finish(),
    ]
    .concat();
    let good = CertificateProfile {
        serial: &number,
        issuer: &issuer,
        subject: &issuer,
        not_before: now(),
        not_after: days(1),
        key: &key.public,
        extensions: &[],
    };
    let fault = |profile: CertificateProfile<'_>| issue::prepare(&profile, key.algorithm()).err();
    assert_eq!(fault(good), None);
    assert_eq!(
        fault(CertificateProfile { issuer: &nobody, ..good }),
        Some(IssueFault::IssuerUnnamed)
    );
    assert_eq!(
        fault(CertificateProfile { subject: &nobody, ..good }),
        Some(IssueFault::SubjectUnnamed)
    );
    assert_eq!(fault(CertificateProfile { not_after: days(-1), ..good }), Some(IssueFault::Dates));
    assert_eq!(
        fault(CertificateProfile { extensions: &twice, ..good }),
        Some(IssueFault::ExtensionTwice)
    );
    let sha1 = crate::algorithm::SignatureAlgorithm::RsaPkcs1(crate::algorithm::Digest::Sha1);
    assert!(issue::prepare(&good, sha1).is_err());
    assert!(Serial::new(&[0, 0]).is_err() && Serial::new(&[1; 21]).is_err());
}

#[test]
fn requests_are_made_and_read_and_their_signature_counts() {
    let wish = ExtensionBuilder::new()
        .subject_names(&[GeneralName::Dns("a.example.vn".to_owned())])
        .finish();
    for kind in KINDS {
        let key = Key::new(kind);
        let prepared =
            request::prepare(&name("Máy chủ"), &key.public, &wish, key.algorithm()).unwrap();
        let der = key.finish(&prepared);
        let read = Request::read(&der).unwrap();
        assert_eq!((&read.subject, &read.key), (&name("Máy chủ"), &key.public));
        assert_eq!(read.extensions.subject_names, [GeneralName::Dns("a.example.vn".to_owned())]);
        let forged = prepared.finish(&Key::new(kind).sign(b"something else"));
        assert_eq!(
            Request::read(&forged).unwrap_err(),
            RequestFault::Algorithm(AlgorithmFault::Wrong)
        );
        if let Some(openssl) = OpenSsl::find() {
            openssl.put("r.pem", pem::write("CERTIFICATE REQUEST", &der));
            openssl.run("req -in r.pem -verify -noout");
        }
    }
}

#[test]
fn requests_that_openssl_makes_are_read() {
    let Some(openssl) = OpenSsl::find() else { return };
    openssl.run(
        "req -new -newkey rsa:2048 -nodes -keyout k.pem -out r.pem -utf8 -subj /C=VN/CN=Bình \
         -addext keyUsage=digitalSignature -addext subjectAltName=email:b@x.vn",
    );
    let read = Request::read(&openssl.get("r.pem")).unwrap();
    assert_eq!(read.subject.common_name(), Some("Bình"));
    assert_eq!(read.extensions.key_usage, Some(KeyUsage::DIGITAL_SIGNATURE));
    assert_eq!(read.key.size_bits(), 2048);
}

fn entries(count: u64) -> Vec<Entry> {
    let reasons = [Reason::Unspecified, Reason::KeyCompromise, Reason::Hold, Reason::Superseded];
    let entry = |at: u64| Entry {
        serial: serial(at * 7 + 1),
        revoked_at: days(-5),
        reason: reasons[(at % 4) as usize],
        invalid_since: (at % 4 == 1).then(|| days(-9)),
    };
    (0..count).map(entry).collect()
}

fn list(party: &Party, entries: &[Entry]) -> Vec<u8> {
    let profile = CrlProfile {
        issuer: &party.certificate.subject,
        issuer_key_id: &party.key_id(),
        this_update: days(-1),
        next_update: days(6),
        number: 42,
    };
    party.key.finish(&crl::prepare(&profile, entries, party.key.algorithm()).unwrap())
}

#[test]
fn lists_are_read_by_openssl_and_by_us() {
    for kind in [Kind::Rsa, Kind::P256, Kind::Ed25519] {
        let root = Party::root("Gốc", kind);
        let der = list(&root, &entries(5));
        let read = Crl::read(&der).unwrap();
        assert_eq!(read.entries().collect::<Vec<_>>(), entries(5));
        assert_eq!((read.this_update, read.next_update), (days(-1), Some(days(6))));
        assert_eq!(read.number, Some(vec![42]));
        assert_eq!(read.is_signed_by(&root.certificate), Ok(()));
        let other = Party::root("Khác", Kind::P256);
        assert_eq!(read.is_signed_by(&other.certificate), Err(CrlUnfit::OtherIssuer));
        let Some(openssl) = OpenSsl::find() else { return };
        openssl.put("crl.der", &der).put("root.pem", root.certificate.pem());
        let said = openssl.run("crl -inform DER -in crl.der -CAfile root.pem -text -noout");
        assert!(said.contains("verify OK") && said.contains("Key Compromise"), "{said}");
        assert!(said.contains("X509v3 CRL Number") && said.contains("Certificate Hold"), "{said}");
    }
}

#[test]
fn a_list_of_authorities_at_one_place_is_for_those_that_name_the_place() {
    let root = Party::root("Gốc", Kind::P256);
    let address = "http://ca.example.vn/authorities.crl";
    let point = IssuingPoint {
        name: DistributionPoint::at(address).name,
        only_authorities: true,
        ..IssuingPoint::default()
    };
    let profile = CrlProfile {
        issuer: &root.certificate.subject,
        issuer_key_id: &root.key_id(),
        this_update: days(-1),
        next_update: days(6),
        number: 7,
    };
    let prepared = crl::prepare_part(&profile, Some(&point), &[], root.key.algorithm()).unwrap();
    let der = root.key.finish(&prepared);
    let read = Crl::read(&der).unwrap();
    assert_eq!(read.issuing_point, Some(point));
    let with_point = |spec: &mut super::kit::Spec| {
        spec.extend(|all| all.crl_points(&[DistributionPoint::at(address)]));
    };
    let below = root.authority_with("Trung gian", with_point);
    assert_eq!(read.covers(&below.certificate), Ok(()));
    let elsewhere = root.authority("Trung gian");
    assert_eq!(read.covers(&elsewhere.certificate), Err(CrlUnfit::OtherPoint));
    let end = root.end_with("An", Kind::P256, with_point);
    assert_eq!(read.covers(&end.certificate), Err(CrlUnfit::OtherKind));
    let Some(openssl) = OpenSsl::find() else { return };
    let said = openssl.put("crl.der", &der).run("crl -inform DER -in crl.der -text -noout");
    assert!(said.contains("Only CA Certificates") && said.contains(address), "{said}");
}

#[test]
fn bundles_of_certificates_without_signers_are_read() {
    let Some(openssl) = OpenSsl::find() else { return };
    let root = Party::root("Gốc", Kind::P256);
    let below = root.authority("Trung gian");
    openssl.put("all.pem", [root.certificate.pem(), below.certificate.pem()].concat());
    openssl.run("crl2pkcs7 -nocrl -certfile all.pem -outform DER -out all.p7c");
    let bundle = SignedData::read(&openssl.get("all.p7c")).unwrap();
    assert!(bundle.signers.is_empty());
    assert_eq!(bundle.certificates, [root.certificate.clone(), below.certificate.clone()]);
    let read = Certificate::read_bundle(&openssl.get("all.pem")).unwrap();
    assert_eq!(read, bundle.certificates);
}

#[test]
fn an_empty_list_is_a_list() {
    let root = Party::root("Gốc", Kind::P256);
    let read = Crl::read(&list(&root, &[])).unwrap();
    assert!(read.is_empty() && read.find(&serial(1)).is_none());
}

#[test]
fn a_hundred_thousand_entries_are_found_in_any_order() {
    let root = Party::root("Gốc", Kind::P256);
    let mut all = entries(100_000);
    let forward = Crl::read_der(list(&root, &all)).unwrap();
    all.reverse();
    let backward = Crl::read_der(list(&root, &all)).unwrap();
    for at in (0..100_000).step_by(997) {
        let wanted = serial(at * 7 + 1);
        assert_eq!(forward.find(&wanted).unwrap().serial, wanted);
        assert_eq!(backward.find(&wanted), forward.find(&wanted));
        assert_eq!(forward.find(&serial(at * 7 + 2)), None);
    }
    assert_eq!(forward.len(), 100_000);
}

#[test]
fn lists_that_say_less_than_all_do_not_decide() {
    let root = Party::root("Gốc", Kind::P256);
    let end = root.end("An", Kind::P256);
    let with = |kind: crate::pki::der::Oid, value: Vec<u8>| {
        let extensions = ExtensionBuilder::new()
            .with(oids::CRL_NUMBER, false, write::small(1))
            .with(kind, true, value)
            .finish();
        Crl::read_der(own_list(&root, &extensions)).unwrap().covers(&end.certificate)
    };
    let point = |fields: &[u8]| write::sequence(&[fields]);
    assert_eq!(with(oids::DELTA_CRL, write::small(1)), Err(CrlUnfit::Delta));
    let indirect = point(&[0x84, 1, 0xff]);
    assert_eq!(with(oids::ISSUING_DISTRIBUTION_POINT, indirect), Err(CrlUnfit::Indirect));
    let authorities = point(&[0x82, 1, 0xff]);
    assert_eq!(with(oids::ISSUING_DISTRIBUTION_POINT, authorities), Err(CrlUnfit::OtherKind));
    let users = point(&[0x81, 1, 0xff]);
    assert_eq!(with(oids::ISSUING_DISTRIBUTION_POINT, users), Ok(()));
    let reasons = point(&[0x83, 2, 6, 0x40]);
    assert_eq!(with(oids::ISSUING_DISTRIBUTION_POINT, reasons), Err(CrlUnfit::SomeReasons));
    let unknown = oid("1.2.3.4");
    assert_eq!(with(unknown, vec![5, 0]), Err(CrlUnfit::UnknownCritical(unknown)));
}

fn own_list(root: &Party, extensions: &[crate::pki::extension::Extension]) -> Vec<u8> {
    let algorithm = crate::pki::identifier::write_signature(root.key.algorithm()).unwrap();
    let message = write::sequence(&[
        &write::small(1),
        &algorithm,
        root.certificate.subject.der(),
        &write::time(days(-1)),
        &write::time(days(1)),
        &write::explicit(0, &[&crate::pki::extension::Extension::write_all(extensions)]),
    ]);
    let signature = root.key.sign(&message);
    write::sequence(&[&message, &algorithm, &write::bits_of_bytes(&signature)])
}

#[test]
fn a_list_is_refused_when_it_is_not_one() {
    assert_eq!(
        Crl::read(b"-----BEGIN X509 CRL-----\n").unwrap_err(),
        CrlFault::Pem(pem::PemFault::Unfinished)
    );
    let root = Party::root("Gốc", Kind::P256);
    assert!(matches!(Crl::read(root.certificate.der()), Err(CrlFault::Der(_))));
}
