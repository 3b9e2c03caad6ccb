//! What we sign: read again by us, accepted by xmlsec1, and nothing else of the document changed.

use super::tools::*;
use crate::algorithm::{Digest, SignatureAlgorithm};
use crate::xml::canonical::{Form, Method};
use crate::xml::document::Document;
use crate::xml::sign::{
    self, Part, Place, Properties, Recipe, SIGNATURE_LIST, SignFault, Values, prepare,
};
use crate::xml::signature::{self, Covered, Fault};
use crate::xml::xades::{self, Policy, ProductionPlace, Xades};

const LETTER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<edXML xmlns=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\">\r\n  <edXML:edXMLEnvelope xmlns:edXML=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\"><edXML:edXMLHeader><edXML:MessageHeader><edXML:Subject>V\u{103}n b\u{1ea3}n li\u{ea}n th\u{f4}ng &amp; ch\u{1ec9} \u{111}\u{1ea1}o</edXML:Subject></edXML:MessageHeader><edXML:TraceHeaderList><edXML:TraceHeader/></edXML:TraceHeaderList></edXML:edXMLHeader><edXML:Body note='a&#10;b'><![CDATA[<b>]]></edXML:Body></edXML:edXMLEnvelope><edXML:AttachmentEncoded xmlns:edXML=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\">QUJD</edXML:AttachmentEncoded>\r\n</edXML>\r\n";
const HEADER: [&str; 3] = ["edXML", "edXMLEnvelope", "edXMLHeader"];

fn key_parts<'a>(document: &Document<'_>) -> Vec<Part<'a>> {
    let paths: [&[&str]; 3] = [
        &["edXML", "edXMLEnvelope", "edXMLHeader", "MessageHeader"],
        &["edXML", "edXMLEnvelope", "Body"],
        &["edXML", "AttachmentEncoded"],
    ];
    paths.iter().map(|path| Part::Element(document.at(path).unwrap().node())).collect()
}

fn properties() -> Properties {
    Properties {
        signing_time: "2026-11-22T09:00:00.5+07:00".parse().unwrap(),
        policy: None,
        production_place: None,
    }
}

fn finish(document: &Document<'_>, recipe: &Recipe<'_>, key: &Key) -> Vec<u8> {
    let prepared = prepare(document, recipe).unwrap();
    let signature = key.sign(recipe.algorithm, prepared.to_be_signed());
    prepared.finish(&signature).unwrap()
}

/// The letter signed by its parts, with properties.
pub fn signed_letter(key: &Key, parts: bool, canonical: Method) -> Vec<u8> {
    signed_letter_with(key, parts, canonical, None)
}

pub fn signed_letter_with(
    key: &Key,
    parts: bool,
    canonical: Method,
    algorithm: Option<SignatureAlgorithm>,
) -> Vec<u8> {
    let document = document(LETTER.as_bytes());
    let certificates = [key.certificate.clone()];
    let place = Place::LastIn(document.at(&HEADER).unwrap().node());
    let recipe = Recipe {
        parts: if parts { key_parts(&document) } else { vec![Part::Document] },
        canonical,
        certificates: &certificates,
        properties: Some(properties()),
        ..Recipe::new("so-1", place, &key.public)
    };
    let algorithm = algorithm.unwrap_or(recipe.algorithm);
    let recipe = Recipe { algorithm, ..recipe };
    finish(&document, &recipe, key)
}

fn xades_of(bytes: &[u8]) -> Xades {
    let document = document(bytes);
    let node = signature::find(&document).unwrap().signatures[0];
    let signature = signature::read(&document, node).unwrap();
    xades::read(&document, &signature).unwrap().unwrap()
}

fn forms() -> Vec<Method> {
    let prefixes = vec!["edXML".to_owned(), String::new()];
    vec![
        Method::new(Form::Exclusive),
        Method { prefixes, ..Method::new(Form::Exclusive) },
        Method::new(Form::Inclusive10),
        Method::new(Form::Inclusive11),
        Method { comments: true, ..Method::new(Form::Exclusive) },
    ]
}

#[test]
fn a_letter_is_signed_by_its_parts_or_as_a_whole_in_every_form() {
    let keys = keys();
    for key in [&keys.rsa, &keys.p256, &keys.p384] {
        for form in forms() {
            for parts in [true, false] {
                let signed = signed_letter(key, parts, form.clone());
                let proved = checked(&signed, &key.public);
                assert!(proved.is_ok(), "{form:?} {parts}: {proved:?}");
                assert_eq!(proved.unwrap().weaknesses, []);
                if xmlsec1_is_here() {
                    let theirs = xmlsec1_accepts_x509(&signed, key);
                    assert_eq!(theirs, Ok(()), "{form:?} {parts}");
                }
            }
        }
    }
}

#[test]
fn rsa_pss_and_ed25519_are_signed_and_checked() {
    let keys = keys();
    let document = document(LETTER.as_bytes());
    let place = Place::After(document.at(&["edXML", "edXMLEnvelope"]).unwrap().node());
    for key in [&keys.rsa, &keys.ed25519] {
        let mut recipe = Recipe::new("s", place, &key.public);
        recipe.parts = vec![Part::Document];
        if recipe.algorithm == SignatureAlgorithm::RsaPkcs1(Digest::Sha256) {
            recipe.algorithm = SignatureAlgorithm::RsaPss(Digest::Sha256);
        }
        let signed = finish(&document, &recipe, key);
        assert!(checked(&signed, &key.public).unwrap().covers_document());
        assert!(checked(&signed, &keys.other_rsa.public).unwrap_err().is_refuted());
        if recipe.algorithm != SignatureAlgorithm::Ed25519 {
            let prepared = prepare(&document, &recipe).unwrap();
            let value = key.sign(recipe.algorithm, prepared.to_be_signed());
            assert!(openssl_accepts_pss(key, prepared.to_be_signed(), &value));
            assert!(!openssl_accepts_pss(key, b"other", &value));
        }
        // The same with the parameters written out.
        let text = String::from_utf8(signed).unwrap();
        let explicit = text.replace(
            "<ds:SignatureMethod Algorithm=\"http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1\"></ds:SignatureMethod>",
            "<ds:SignatureMethod Algorithm=\"http://www.w3.org/2007/05/xmldsig-more#rsa-pss\"><p:RSAPSSParams xmlns:p=\"http://www.w3.org/2007/05/xmldsig-more#\"><p:SaltLength>20</p:SaltLength></p:RSAPSSParams></ds:SignatureMethod>",
        );
        if explicit != text {
            // Another salt is read, and is not the one that was signed with.
            assert!(checked(explicit.as_bytes(), &key.public).unwrap_err().is_refuted());
            let long = explicit.replace(">20<", ">2000<");
            assert_eq!(checked(long.as_bytes(), &key.public), Err(Fault::PssParameters));
        }
    }
}

#[test]
fn the_same_recipe_prepares_the_same_again() {
    let key = &keys().p256;
    let document = document(LETTER.as_bytes());
    let place = Place::LastIn(document.at(&HEADER).unwrap().node());
    let recipe = Recipe { parts: key_parts(&document), ..Recipe::new("so-1", place, &key.public) };
    let first = prepare(&document, &recipe).unwrap();
    assert_eq!(prepare(&document, &recipe), Ok(first.clone()));
    let value = key.sign(recipe.algorithm, first.to_be_signed());
    let later = prepare(&document, &recipe).unwrap().finish(&value).unwrap();
    assert!(checked(&later, &key.public).is_ok());
}

#[test]
fn nothing_but_the_signature_and_identifiers_is_inserted() {
    let signed = String::from_utf8(signed_letter(&keys().p256, true, forms()[0].clone())).unwrap();
    let begin = signed.find("<ds:Signature ").unwrap();
    let end = signed.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    let mut rest = format!("{}{}", &signed[..begin], &signed[end..]);
    for at in 1..=3 {
        rest = rest.replacen(&format!(" Id=\"so-1-part-{at}\""), "", 1);
    }
    assert_eq!(rest, LETTER);
}

#[test]
fn trace_headers_added_on_the_way_do_not_break_a_signature_over_parts() {
    let key = &keys().p256;
    let signed = String::from_utf8(signed_letter(key, true, forms()[0].clone())).unwrap();
    let travelled = signed.replacen(
        "<edXML:TraceHeader/>",
        "<edXML:TraceHeader/><edXML:TraceHeader>x</edXML:TraceHeader>",
        1,
    );
    let proved = checked(travelled.as_bytes(), &key.public).unwrap();
    let document = document(travelled.as_bytes());
    let node = |name| document.elements().find(|it| it.name() == name).unwrap().node();
    for name in ["MessageHeader", "Subject", "Body", "AttachmentEncoded", "SignedProperties"] {
        assert!(proved.covers(node(name)), "{name}");
    }
    for name in ["TraceHeader", "edXMLHeader", "edXML", "SignatureValue", "KeyInfo"] {
        assert!(!proved.covers(node(name)), "{name}");
    }
    let body = proved.references.iter().find(|one| one.covers(node("Body"))).unwrap();
    assert_eq!(body.bytes.as_ref(), b"<edXML:Body xmlns:edXML=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\" Id=\"so-1-part-2\" note=\"a&#xA;b\">&lt;b&gt;</edXML:Body>");
    let Covered::Element { range, name, .. } = &body.covered else { panic!("{body:?}") };
    assert_eq!(name, "edXML:Body");
    assert!(travelled[range.clone()].starts_with("<edXML:Body Id="));
    let changed = travelled.replace("CDATA[<b>]", "CDATA[<c>]");
    assert_eq!(checked(changed.as_bytes(), &key.public), Err(Fault::Changed { reference: 1 }));
}

#[test]
fn person_then_agency_both_hold_when_each_signs_parts() {
    let keys = keys();
    let first = signed_letter(&keys.p256, true, forms()[0].clone());
    let document = document(&first);
    let place = Place::LastIn(document.at(&HEADER).unwrap().node());
    let mut recipe = Recipe::new("so-2", place, &keys.rsa.public);
    recipe.parts = key_parts(&document);
    recipe.parts.push(Part::Element(signature::find(&document).unwrap().signatures[0]));
    let both = finish(&document, &recipe, &keys.rsa);
    let document = super::tools::document(&both);
    let found = signature::find(&document).unwrap().signatures;
    for (node, key) in found.iter().zip([&keys.p256, &keys.rsa]) {
        let one = signature::read(&document, *node).unwrap();
        let proved = signature::check(&document, &one, &key.public, &[]).unwrap();
        assert_eq!(proved.covers(found[0]), *node == found[1]);
    }
}

#[test]
fn the_properties_say_who_when_where_and_under_which_policy() {
    let key = &keys().p384;
    let document = document(b"<?xml version='1.0'?><doc/>");
    let certificates = [key.certificate.clone()];
    let policy = Policy::Named {
        id: "urn:oid:1.2.3".to_owned(),
        digest: Digest::Sha256,
        digest_value: vec![7; 32],
    };
    let place = ProductionPlace {
        city: "Phường <Bến Nghé> & \"lân cận\"".to_owned(),
        country: "VN".to_owned(),
        ..ProductionPlace::default()
    };
    let recipe = Recipe {
        parts: vec![Part::Document],
        certificates: &certificates,
        properties: Some(Properties {
            policy: Some(policy.clone()),
            production_place: Some(place.clone()),
            ..properties()
        }),
        ..Recipe::new("chữ-ký", Place::LastIn(document.root().node()), &key.public)
    };
    let signed = finish(&document, &recipe, key);
    assert!(signed.starts_with(b"<?xml version='1.0'?><doc><ds:Signature "));
    assert!(signed.ends_with(b"</ds:Signature></doc>"));
    let proved = checked(&signed, &key.public).unwrap();
    let about = xades_of(&signed);
    assert!(proved.covers(about.signed));
    assert!(proved.references.iter().any(|one| matches!(one.covered, Covered::Properties { .. })));
    assert_eq!(about.signing_time, Some("2026-11-22T02:00:00Z".parse().unwrap()));
    assert_eq!(about.names_certificate(&key.certificate), Some(true));
    assert_eq!(about.names_certificate(&keys().rsa.certificate), Some(false));
    assert_eq!((about.policy, about.production_place), (Some(policy), Some(place)));
    assert_eq!(about.formats[0].media_type.as_deref(), Some("text/xml"));
    assert_eq!(about.formats[0].reference, "#chữ-ký-reference-1");
}

#[test]
fn time_stamps_and_values_are_added_without_touching_what_is_signed() {
    let key = &keys().rsa;
    let signed = signed_letter(key, true, forms()[2].clone());
    let read = |bytes: &[u8], act: &dyn Fn(&Document<'_>, &signature::Signature) -> Vec<u8>| {
        let document = document(bytes);
        let node = signature::find(&document).unwrap().signatures[0];
        act(&document, &signature::read(&document, node).unwrap())
    };
    let stamped =
        read(&signed, &|document, signature| sign::stamped_bytes(document, signature).unwrap());
    assert!(stamped.starts_with(b"<ds:SignatureValue xmlns:ds="));
    let with_time = read(&signed, &|document, signature| {
        sign::add_time_stamp(document, signature, b"token").unwrap()
    });
    let certificates = [b"certificate".to_vec(), b"issuer".to_vec()];
    let (ocsp, crls) = ([b"ocsp".to_vec()], [b"crl".to_vec()]);
    let values = Values { certificates: &certificates, ocsp: &ocsp, crls: &crls };
    let long = read(&with_time, &|document, signature| {
        sign::add_values(document, signature, values).unwrap()
    });
    let again = read(&long, &|document, signature| {
        sign::add_time_stamp(document, signature, b"second").unwrap()
    });
    for bytes in [&with_time, &long, &again] {
        assert!(checked(bytes, &key.public).is_ok());
        if xmlsec1_is_here() {
            assert_eq!(xmlsec1_accepts_x509(bytes, key), Ok(()));
        }
    }
    let about = xades_of(&again);
    let tokens: Vec<&[u8]> = about.time_stamps.iter().map(|it| it.token.as_slice()).collect();
    assert_eq!(tokens, [b"token".as_slice(), b"second"]);
    assert!(about.time_stamps.iter().all(|it| it.stamped == stamped));
    assert_eq!(about.embedded_certificates, certificates);
    assert_eq!((about.ocsp.as_slice(), about.crls.as_slice()), (ocsp.as_slice(), crls.as_slice()));
}

#[test]
fn files_of_a_container_are_signed_by_their_names() {
    let key = &keys().p256;
    let list = document(SIGNATURE_LIST.as_bytes());
    let certificates = [key.certificate.clone()];
    let (letter, scan) = (b"<letter/>".as_slice(), b"%PDF".as_slice());
    let recipe = Recipe {
        parts: vec![
            Part::External { uri: "letter.xml", bytes: letter, media_type: "text/xml" },
            Part::External {
                uri: "b%E1%BA%A3n%20qu%C3%A9t.pdf",
                bytes: scan,
                media_type: "application/pdf",
            },
        ],
        certificates: &certificates,
        properties: Some(properties()),
        ..Recipe::new("id-1", Place::LastIn(list.root().node()), &key.public)
    };
    let signed = finish(&list, &recipe, key);
    let files = [("letter.xml", letter), ("b%E1%BA%A3n%20qu%C3%A9t.pdf", scan)];
    let proved = checked_with(&signed, &key.public, &files).unwrap();
    assert_eq!(proved.external("letter.xml"), Some(letter));
    assert_eq!(proved.external("other"), None);
    assert!(!proved.covers_document());
    let other = [("letter.xml", b"<other/>".as_slice()), files[1]];
    assert_eq!(checked_with(&signed, &key.public, &other), Err(Fault::Changed { reference: 0 }));
    let missing = Fault::ExternalMissing { uri: "letter.xml".to_owned() };
    assert_eq!(checked_with(&signed, &key.public, &[]), Err(missing));
}

#[test]
fn what_cannot_be_signed_is_refused_with_a_reason() {
    let keys = keys();
    let document = document(b"<a><b Id='x'/><c id='x'/><d Id='s-9'/></a>");
    let root = document.root().node();
    let with = |change: &dyn Fn(&mut Recipe<'_>)| {
        let mut recipe = Recipe::new("t", Place::LastIn(root), &keys.p256.public);
        recipe.parts = vec![Part::Document];
        change(&mut recipe);
        prepare(&document, &recipe).unwrap_err()
    };
    let b = document.at(&["a", "b"]).unwrap().node();
    assert_eq!(with(&|it| it.parts.clear()), SignFault::Parts);
    assert_eq!(with(&|it| it.digest = Digest::Sha1), SignFault::Weak);
    assert_eq!(with(&|it| it.algorithm = SignatureAlgorithm::Ed25519), SignFault::Unfitting);
    assert_eq!(with(&|it| it.place = Place::After(root)), SignFault::Place);
    assert_eq!(with(&|it| it.id = "s"), SignFault::IdTaken { id: "s-9".to_owned() });
    assert_eq!(with(&|it| it.id = "1 2"), SignFault::Id { id: "1 2".to_owned() });
    assert_eq!(with(&|it| it.properties = Some(properties())), SignFault::NoCertificate);
    let double = with(&|it| it.parts = vec![Part::Element(b)]);
    assert_eq!(double, SignFault::DuplicateId { id: "x".to_owned() });
    let recipe = Recipe {
        parts: vec![Part::Document],
        ..Recipe::new("t", Place::LastIn(root), &keys.p256.public)
    };
    let unreadable = prepare(&document, &recipe).unwrap().finish(b"not DER");
    assert_eq!(unreadable, Err(SignFault::SignatureUnreadable));
}
