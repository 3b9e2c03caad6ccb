//! Thousands of signed things, each changed in its structure and well formed again: what we still
//! accept, openssl has to accept, and it has to say the same.

use super::kit::{Kind, OpenSsl, Party, at_time, days, now, oid, serial};
use crate::algorithm::Digest;
use crate::pki::certificate::Certificate;
use crate::pki::cms::{self, Content, Original, SignatureProfile, SignedData, SignerId};
use crate::pki::der::{Reader, write};
use crate::pki::extension::{DistributionPoint, Policy};
use crate::pki::general_name::GeneralName;
use crate::pki::ocsp::{self, CertId, ResponderId, ResponseProfile, SingleResponse, Status};
use crate::pki::oids;
use crate::pki::path::{Anchor, Demand, Question, find};
use crate::pki::time_stamp::{self, Imprint, Request, StampProfile, Token};

const MUTANTS: u64 = 10_000;

#[derive(Clone)]
enum Tree {
    Leaf(u8, Vec<u8>),
    Branch(u8, Vec<Tree>),
}

impl Tree {
    fn read(der: &[u8]) -> Vec<Tree> {
        Reader::new(der)
            .map(|element| {
                let element = element.unwrap();
                if element.tag & 0x20 != 0 {
                    Tree::Branch(element.tag, Tree::read(element.value))
                } else {
                    Tree::Leaf(element.tag, element.value.to_vec())
                }
            })
            .collect()
    }

    fn write(&self) -> Vec<u8> {
        match self {
            Tree::Leaf(tag, value) => write::tlv(*tag, &[value]),
            Tree::Branch(tag, children) => {
                write::tlv(*tag, &[&children.iter().flat_map(Tree::write).collect::<Vec<_>>()])
            }
        }
    }

    fn count(&self) -> u64 {
        match self {
            Tree::Leaf(..) => 1,
            Tree::Branch(_, children) => 1 + children.iter().map(Tree::count).sum::<u64>(),
        }
    }

    /// Changes what is below the `at`th node, counted from the root.
    fn change(&mut self, at: &mut u64, chance: &mut Chance) {
        if *at == 0 {
            self.mutate(chance);
        }
        *at = at.wrapping_sub(1);
        if let Tree::Branch(_, children) = self {
            children.iter_mut().for_each(|child| child.change(at, chance));
        }
    }

    fn mutate(&mut self, chance: &mut Chance) {
        match self {
            Tree::Leaf(tag, value) => match chance.below(5) {
                0 => *tag = chance.below(31) as u8,
                1 => value.push(chance.below(256) as u8),
                2 => value.truncate(value.len() / 2),
                3 => value.clear(),
                _ => {
                    let at = chance.below(value.len().max(1) as u64) as usize;
                    if let Some(byte) = value.get_mut(at) {
                        *byte ^= 1 << chance.below(8);
                    }
                }
            },
            Tree::Branch(tag, children) => {
                let (one, other) = (chance.place(children.len()), chance.place(children.len()));
                match chance.below(5) {
                    0 => *tag ^= 1 << chance.below(3),
                    1 if !children.is_empty() => {
                        children.remove(one);
                    }
                    2 if !children.is_empty() => children.insert(other, children[one].clone()),
                    3 if !children.is_empty() => children.swap(one, other),
                    _ => children.push(Tree::Leaf(5, Vec::new())),
                }
            }
        }
    }
}

/// The same numbers every time, so that what is found can be found again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn place(&mut self, length: usize) -> usize {
        self.below(length.max(1) as u64) as usize
    }
}

/// Ten thousand changes of one message.
pub fn mutants(der: &[u8]) -> impl Iterator<Item = Vec<u8>> + use<> {
    let tree = Tree::read(der).remove(0);
    let nodes = tree.count();
    let der = der.to_vec();
    (0..MUTANTS)
        .map(move |seed| {
            let mut chance = Chance(seed);
            let mut mutant = tree.clone();
            for _ in 0..=chance.below(2) {
                mutant.change(&mut chance.below(nodes), &mut chance);
            }
            mutant.write()
        })
        .filter(move |mutant| *mutant != der)
}

struct House {
    root: Party,
    end: Party,
}

fn house() -> House {
    let root = Party::root("Gốc", Kind::P256);
    let end = root.end_with("Nguyễn Văn An", Kind::P256, |spec| {
        spec.extend(|all| {
            all.subject_names(&[GeneralName::Dns("a.vn".to_owned())])
                .crl_points(&[DistributionPoint::at("http://c.vn")])
                .policies(&[Policy { policy: oids::ANY_POLICY, qualifiers: Vec::new() }])
        });
    });
    House { root, end }
}

impl House {
    fn is_trusted(&self, certificate: &Certificate) -> bool {
        find(&Question {
            target: certificate,
            pool: &[],
            anchors: &[Anchor::new(self.root.certificate.clone())],
            at: now(),
            demand: &Demand::default(),
        })
        .is_ok()
    }
}

#[test]
fn no_changed_signature_is_accepted_that_openssl_refuses() {
    let house = house();
    let Some(openssl) = OpenSsl::find() else { return };
    openssl.put("root.pem", house.root.certificate.pem());
    let profile = SignatureProfile {
        content: Content::Attached(b"content"),
        digest: Digest::Sha256,
        certificate: &house.end.certificate,
        // Alone: of a certificate that is of no use openssl asks more than we do.
        chain: &[],
        signing_time: Some(now()),
    };
    let prepared = cms::prepare(&profile, house.end.key.algorithm()).unwrap();
    let signed = house.end.key.finish(&prepared);
    let accepts = |der: &[u8]| -> Option<Vec<u8>> {
        let read = SignedData::read(der).ok()?;
        let [signer] = read.signers.as_slice() else { return None };
        let certificate = read.certificate_of(signer)?;
        let covered = read.check(signer, Original::Inside, certificate).ok()?;
        let is_whole = covered.is_certificate_signed && house.is_trusted(certificate);
        let is_whole = is_whole && read.unread_certificates == 0;
        // Openssl knows no capital of "ố": names that only we find equal are not its business.
        let SignerId::IssuerAndSerial(issuer, _) = &signer.id else { return None };
        let is_whole = is_whole && issuer.der() == certificate.issuer.der();
        is_whole.then(|| read.content().unwrap_or_default().to_vec())
    };
    assert!(accepts(&signed).is_some());
    let mut accepted = 0;
    for mutant in mutants(&signed) {
        let Some(content) = accepts(&mutant) else { continue };
        accepted += 1;
        openssl.put("m.der", &mutant);
        let at = at_time();
        let (is_well, said) = openssl.try_run(&format!(
            "cms -verify -inform DER -in m.der -binary -CAfile root.pem -attime {at} -purpose any \
             -cades -out got"
        ));
        assert!(is_well, "openssl refuses {}\n{said}", hex(&mutant));
        assert_eq!(openssl.get("got"), content);
        assert_eq!(content, b"content");
    }
    println!("{accepted} of {MUTANTS} changed signatures say what they said before");
}

#[test]
fn no_changed_answer_is_accepted_that_openssl_refuses() {
    let house = house();
    let Some(openssl) = OpenSsl::find() else { return };
    let issuer = &house.root.certificate;
    let serial = &house.end.certificate.serial;
    openssl.put("root.pem", issuer.pem()).put("end.pem", house.end.certificate.pem());
    let answer = SingleResponse {
        id: CertId::new(Digest::Sha1, issuer, serial),
        status: Status::Good,
        this_update: now(),
        next_update: Some(days(1)),
        archive_cutoff: None,
    };
    let responder = ResponderId::by_key(issuer);
    let profile = ResponseProfile {
        responder: &responder,
        produced_at: now(),
        answers: &[answer],
        nonce: Some(&[5; 16]),
        certificates: &[],
    };
    let prepared = ocsp::prepare(&profile, house.root.key.algorithm()).unwrap();
    let der = house.root.key.finish(&prepared);
    for mutant in mutants(&der) {
        let Ok(read) = ocsp::Response::read(&mutant) else { continue };
        let status = read.answer(issuer, serial).map(|answer| answer.status);
        if read.verify(issuer, now()).is_err() || status.is_none() {
            continue;
        }
        assert_eq!(status, Some(Status::Good));
        let (is_well, said) = openssl.put("m.der", &mutant).try_run(&format!(
            "ocsp -respin m.der -issuer root.pem -cert end.pem -CAfile root.pem -no_nonce \
             -attime {} -validity_period 999999999",
            at_time()
        ));
        let agrees = is_well && said.contains("verify OK") && said.contains("end.pem: good");
        assert!(agrees, "openssl refuses {}\n{said}", hex(&mutant));
    }
}

#[test]
fn no_changed_stamp_is_accepted_that_openssl_refuses() {
    let root = Party::root("Gốc", Kind::P256);
    let stamper = root.end_with("Dấu thời gian", Kind::P256, |spec| {
        spec.extend(|all| all.extended_key_usage(&[oids::TIME_STAMPING]));
    });
    let house = House { root, end: stamper };
    let Some(openssl) = OpenSsl::find() else { return };
    openssl.put("root.pem", house.root.certificate.pem()).put("data", b"content");
    let request = Request {
        imprint: Imprint::of(Digest::Sha256, b"content"),
        policy: None,
        nonce: Some(vec![5]),
        wants_certificate: true,
    };
    let number = serial(9);
    let profile = StampProfile {
        policy: oid("1.2.3.4"),
        serial: &number,
        at: now(),
        accuracy: None,
        is_ordered: false,
        certificate: &house.end.certificate,
        chain: &[],
        digest: Digest::Sha256,
    };
    let prepared = time_stamp::prepare(&request, &profile, house.end.key.algorithm()).unwrap();
    let der = house.end.key.finish(&prepared);
    let accepts = |der: &[u8]| -> Option<Token> {
        let time_stamp::Response::Granted(token) = time_stamp::read_response(der).ok()? else {
            return None;
        };
        let token = Token::read(&token).ok()?;
        let certificate = token.certificate()?;
        token.check(&request.imprint, certificate).ok()?;
        let SignerId::IssuerAndSerial(issuer, _) = &token.signer().ok()?.id else { return None };
        let is_same_name = issuer.der() == certificate.issuer.der();
        let is_whole = is_same_name && token.signed.unread_certificates == 0;
        (house.is_trusted(certificate) && is_whole).then_some(token)
    };
    assert!(accepts(&der).is_some());
    for mutant in mutants(&der) {
        let Some(token) = accepts(&mutant) else { continue };
        assert_eq!((token.at, token.policy), (now(), oid("1.2.3.4")));
        let (is_well, said) = openssl.put("m.tsr", &mutant).try_run(&format!(
            "ts -verify -in m.tsr -data data -CAfile root.pem -attime {}",
            at_time()
        ));
        assert!(is_well, "openssl refuses {}\n{said}", hex(&mutant));
    }
}

#[test]
fn no_changed_certificate_is_accepted() {
    let house = house();
    for mutant in mutants(house.end.certificate.der()) {
        let Ok(read) = Certificate::read(&mutant) else { continue };
        assert!(!house.is_trusted(&read), "{}", hex(&mutant));
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
