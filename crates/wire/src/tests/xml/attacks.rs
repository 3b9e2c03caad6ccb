//! What attackers do with signed XML. Where xmlsec1 can be asked, the genuine document is one that
//! it accepts.

use super::signing::signed_letter;
use super::tools::*;
use crate::algorithm::{AlgorithmFault, Digest, PublicKey};
use crate::xml::canonical::{Form, Method};
use crate::xml::read::{Limits, ReadFault, read};
use crate::xml::signature::{self, Covered, Fault};

/// `<doc><part Id="p">pay 1</part>…</doc>` with the part signed by its identifier, as text in
/// pieces: the part, and the signature.
fn genuine() -> (String, String, String) {
    use crate::xml::sign::{Part, Place, Recipe, prepare};
    let part = "<part Id=\"p\"><pay>1</pay></part>";
    let text = format!("<doc>{part}</doc>");
    let document = document(text.as_bytes());
    let key = &keys().p256;
    let mut recipe = Recipe::new("s", Place::LastIn(document.root().node()), &key.public);
    recipe.parts = vec![Part::Element(document.at(&["doc", "part"]).unwrap().node())];
    let prepared = prepare(&document, &recipe).unwrap();
    let value = key.sign(recipe.algorithm, prepared.to_be_signed());
    let whole = String::from_utf8(prepared.finish(&value).unwrap()).unwrap();
    let begin = whole.find("<ds:Signature ").unwrap();
    let end = whole.find("</doc>").unwrap();
    let signature = whole[begin..end].to_owned();
    (whole, part.to_owned(), signature)
}

/// True when nothing that says `pay 1000` counts as signed: refused, or not covered.
fn forged_is_not_covered(text: &str) -> bool {
    let Ok(document) = read(text.as_bytes(), &Limits::default()) else { return true };
    let key = &keys().p256.public;
    let found = signature::find(&document).unwrap();
    for node in found.signatures {
        let Ok(one) = signature::read(&document, node) else { continue };
        let Ok(proved) = signature::check(&document, &one, key, &[]) else { continue };
        let covered = document.elements().any(|element| {
            element.name() == "pay" && element.text() == "1000" && proved.covers(element.node())
        });
        let in_bytes = proved
            .references
            .iter()
            .any(|one| String::from_utf8_lossy(&one.bytes).contains("1000"));
        if covered || in_bytes {
            return false;
        }
    }
    true
}

#[test]
fn wrapping_never_makes_a_forged_part_signed() {
    let (whole, part, signature) = genuine();
    assert!(checked(whole.as_bytes(), &keys().p256.public).is_ok());
    if xmlsec1_is_here() {
        assert_eq!(xmlsec1_accepts(whole.as_bytes(), &keys().p256), Ok(()));
    }
    let forged = "<part Id=\"q\"><pay>1000</pay></part>";
    let same = "<part Id=\"p\"><pay>1000</pay></part>";
    let bare = "<part><pay>1000</pay></part>";
    let object = |inside: &str| {
        signature
            .replace("</ds:Signature>", &format!("<ds:Object>{inside}</ds:Object></ds:Signature>"))
    };
    let evil_with = |inside: &str| same.replace("</part>", &format!("{inside}</part>"));
    let family = [
        // 1, 2: the genuine part moves into the signature, or behind it; the forged in its place.
        format!("<doc>{forged}{}</doc>", object(&part)),
        format!("<doc>{forged}{signature}{part}</doc>"),
        // 3, 4: the forged part before, or around the genuine one.
        format!("<doc>{forged}{part}{signature}</doc>"),
        format!("<doc>{}</doc>", forged.replace("</part>", &format!("{part}{signature}</part>"))),
        // 5, 6: the signature moves into the forged part, the genuine behind or inside of it.
        format!("<doc>{}{part}</doc>", evil_with(&signature)),
        format!("<doc>{}</doc>", evil_with(&object(&part))),
        // 7, 8: hidden in an extension, or in an object.
        format!("<doc><Extensions>{same}</Extensions>{part}{signature}</doc>"),
        format!("<doc>{same}{}</doc>", object(&part)),
        // The same without an identifier, or with one in another spelling.
        format!("<doc>{bare}{part}{signature}</doc>"),
        format!("<doc>{bare}{}</doc>", object(&part)),
        format!("<doc>{}{part}{signature}</doc>", same.replace("Id=", "ID=")),
        format!("<doc>{}{part}{signature}</doc>", same.replace("Id=", "id=")),
        format!("<doc>{}{part}{signature}</doc>", same.replace("Id=", "xml:id=")),
        format!("<doc>{part}{signature}{signature}{forged}</doc>"),
        format!("<evil>{forged}<doc>{part}{signature}</doc></evil>"),
    ];
    for (number, text) in family.iter().enumerate() {
        assert!(forged_is_not_covered(text), "{number}: {text}");
    }
}

#[test]
fn an_identifier_that_is_meant_must_be_the_only_one() {
    let (whole, ..) = genuine();
    let key = &keys().p256.public;
    let wsu = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    for attribute in
        ["Id='p'", "ID='p'", "id='p'", "xml:id='p'", &format!("xmlns:w='{wsu}' w:Id='p'")]
    {
        let text = whole.replace("</doc>", &format!("<x {attribute}/></doc>"));
        assert_eq!(checked(text.as_bytes(), key), Err(Fault::DuplicateId { id: "p".to_owned() }));
    }
    let unmeant = whole.replace("</doc>", "<x Id='z'/><y Id='z'/></doc>");
    assert!(checked(unmeant.as_bytes(), key).is_ok());
    let gone = whole.replace("<part Id=\"p\">", "<part>");
    assert_eq!(checked(gone.as_bytes(), key), Err(Fault::Missing { id: "p".to_owned() }));
}

#[test]
fn the_enveloped_transform_leaves_out_only_its_own_signature() {
    let key = &keys().rsa;
    let signed = signed_letter(key, false, Method::new(Form::Exclusive));
    let text = String::from_utf8(signed).unwrap();
    let proved = checked(text.as_bytes(), &key.public).unwrap();
    assert!(matches!(proved.references[0].covered, Covered::Document { enveloped: true }));
    let (_, _, other) = genuine();
    let changed = text.replace("<edXML:TraceHeader/>", &other);
    let document = document(changed.as_bytes());
    let nodes = signature::find(&document).unwrap().signatures;
    for node in nodes {
        let one = signature::read(&document, node).unwrap();
        assert!(signature::check(&document, &one, &key.public, &[]).is_err());
    }
    // Enveloped in name only.
    let (whole, ..) = genuine();
    let name = "<ds:Transforms><ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></ds:Transform>";
    let outside = whole.replace("<ds:Transforms>", name);
    assert!(checked(outside.as_bytes(), &keys().p256.public).is_err());
}

/// A template with parts exchanged, read but not checked.
fn read_fault(change: &dyn Fn(String) -> String) -> Fault {
    let text = change(genuine().0);
    let document = document(text.as_bytes());
    let node = signature::find(&document).unwrap().signatures[0];
    match signature::read(&document, node) {
        Ok(_) => panic!("was read: {text}"),
        Err(fault) => fault,
    }
}

const EXC: &str =
    "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform>";

#[test]
fn transforms_that_could_sign_something_else_are_refused_by_name() {
    for (uri, word) in [
        ("http://www.w3.org/TR/1999/REC-xslt-19991116", "style sheet"),
        ("http://www.w3.org/TR/1999/REC-xpath-19991116", "XPath"),
        ("http://www.w3.org/2002/06/xmldsig-filter2", "XPath"),
        ("http://www.w3.org/2000/09/xmldsig#base64", "decodes"),
        ("urn:unknown", "not known"),
    ] {
        let with = format!("<ds:Transform Algorithm=\"{uri}\"><x xmlns=\"urn:x\"/></ds:Transform>");
        let fault = read_fault(&|text| text.replace(EXC, &with));
        let Fault::Transform { uri: named, reason } = fault else { panic!("{fault}") };
        assert_eq!(named, uri);
        assert!(reason.contains(word), "{reason}");
    }
    let twice = read_fault(&|text| text.replace(EXC, &EXC.repeat(2)));
    assert!(matches!(twice, Fault::Transform { .. }));
    let enveloped = EXC.replace("http://www.w3.org/2001/10/xml-exc-c14n#", ENVELOPED);
    let five = read_fault(&|text| text.replace(EXC, &enveloped.repeat(5)));
    assert!(matches!(five, Fault::Transform { .. }));
    let after = read_fault(&|text| text.replace(EXC, &format!("{EXC}{enveloped}")));
    assert!(matches!(after, Fault::Transform { .. }));
}

#[test]
fn no_and_thousands_of_references_are_refused() {
    let cut = |text: String| -> (String, String, String) {
        let begin = text.find("<ds:Reference ").unwrap();
        let end = text.find("</ds:Reference>").unwrap() + "</ds:Reference>".len();
        (text[..begin].to_owned(), text[begin..end].to_owned(), text[end..].to_owned())
    };
    let none = read_fault(&|text| {
        let (before, _, after) = cut(text);
        before + &after
    });
    assert_eq!(none, Fault::NoReference);
    let many = read_fault(&|text| {
        let (before, reference, after) = cut(text);
        before + &reference.repeat(5_000) + &after
    });
    assert_eq!(many, Fault::TooMany { what: "Reference", limit: 64 });
}

#[test]
fn hundreds_of_references_to_a_large_document_are_bounded() {
    // Sixty-four times the whole document: more than four times its length is not written.
    let key = &keys().rsa;
    let references: Vec<(&str, &[&str])> = (0..60).map(|_| ("#p", [].as_slice())).collect();
    let filler = "x".repeat(300_000);
    let text = format!(
        "<doc><part Id='p'>{filler}</part>{}</doc>",
        template(EXCLUSIVE, RSA_SHA256, &references)
    );
    if !xmlsec1_is_here() {
        return;
    }
    let signed = signed_by_xmlsec1(text.as_bytes(), key).unwrap();
    assert!(matches!(checked(&signed, &key.public), Err(Fault::Canonical(_))));
}

#[test]
fn keyed_hashes_and_unknown_algorithms_are_refused() {
    let ecdsa = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
    for hmac in [
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
        "http://www.w3.org/2001/04/xmldsig-more#hmac-md5",
    ] {
        assert_eq!(read_fault(&|text| text.replace(ecdsa, hmac)), Fault::Hmac);
    }
    for other in [
        "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
        "urn:none",
        "",
    ] {
        let fault = read_fault(&|text| text.replace(ecdsa, other));
        assert_eq!(fault, Fault::SignatureAlgorithm { uri: other.to_owned() });
    }
    let md5 = "http://www.w3.org/2001/04/xmldsig-more#md5";
    let fault = read_fault(&|text| text.replace(SHA256, md5));
    assert_eq!(fault, Fault::DigestAlgorithm { uri: md5.to_owned() });
    let length = read_fault(&|text| {
        text.replace(
            "ecdsa-sha256\">",
            "ecdsa-sha256\"><ds:HMACOutputLength>0</ds:HMACOutputLength>",
        )
    });
    assert!(matches!(length, Fault::Structure { .. }));
}

#[test]
fn a_key_of_another_kind_and_a_signature_in_another_form_are_refused() {
    let (whole, ..) = genuine();
    let keys = keys();
    for key in [&keys.rsa.public, &keys.p384.public, &keys.ed25519.public] {
        let answer = checked(whole.as_bytes(), key).unwrap_err();
        assert!(answer.is_refuted(), "{answer}");
    }
    let swapped = whole.replace("ecdsa-sha256", "rsa-sha256");
    let answer = checked(swapped.as_bytes(), &keys.p256.public);
    assert_eq!(answer, Err(Fault::Algorithm(AlgorithmFault::Unfitting)));
}

#[test]
fn a_key_that_came_along_is_never_used() {
    // An attacker signs with a key of his own and sends it along: there is no way to check that
    // takes no key, and the trusted one does not fit.
    if !xmlsec1_is_here() {
        return;
    }
    let keys = keys();
    let signature = template(EXCLUSIVE, RSA_SHA256, &[("", &[ENVELOPED, EXCLUSIVE])]);
    let with_key = signature
        .replace("</ds:Signature>", "<ds:KeyInfo><ds:KeyValue/></ds:KeyInfo></ds:Signature>");
    let text = format!("<doc><pay>1000</pay>{with_key}</doc>");
    let signed = signed_by_xmlsec1(text.as_bytes(), &keys.other_rsa).unwrap();
    let document = document(&signed);
    let one =
        signature::read(&document, signature::find(&document).unwrap().signatures[0]).unwrap();
    assert!(one.key_info.key_value);
    let answer = signature::check(&document, &one, &keys.rsa.public, &[]);
    assert_eq!(answer, Err(Fault::Algorithm(AlgorithmFault::Wrong)));
}

#[test]
fn structure_is_taken_exactly() {
    let changes: [(&str, &str); 14] = [
        ("<ds:SignedInfo>", "text<ds:SignedInfo>"),
        ("<ds:SignedInfo>", "<ds:SignedInfo x=\"1\">"),
        ("<ds:SignedInfo>", "<ds:SignedInfo xmlns:e=\"urn:e\" e:x=\"1\">"),
        ("<ds:SignedInfo>", "<ds:Object></ds:Object><ds:SignedInfo>"),
        ("<ds:SignatureMethod ", "<ds:SignatureMethod x=\"1\" "),
        ("</ds:SignedInfo>", "<ds:Reference URI=\"\"></ds:Reference></ds:SignedInfo>"),
        ("</ds:SignedInfo>", "<x/></ds:SignedInfo>"),
        ("<ds:Transforms>", "<ds:Transforms><x/>"),
        ("<ds:DigestValue>", "<ds:DigestValue><!-- x -->"),
        ("<ds:DigestValue>", "<ds:DigestValue>AAAA"),
        ("<ds:DigestValue>", "<ds:DigestValue>!"),
        ("</ds:DigestValue>", "</ds:DigestValue><ds:DigestValue></ds:DigestValue>"),
        (" URI=\"#p\"", ""),
        (" URI=\"#p\"", " URI=\"#xpointer(id(p))\""),
    ];
    for (from, to) in changes {
        let fault = read_fault(&|text| text.replacen(from, to, 1));
        assert!(!fault.is_refuted(), "{to}: {fault}");
    }
    for uri in ["#", "#a b", "#xpointer(//pay)", "#xpointer(id('p')|id('q'))", "#element(/1)"] {
        let fault = read_fault(&|text| text.replacen("#p", uri, 1));
        assert!(matches!(fault, Fault::Reference { .. }), "{uri}: {fault}");
    }
}

#[test]
fn external_references_reach_nothing_by_themselves() {
    for uri in ["http://127.0.0.1/", "file:///etc/passwd", "/etc/passwd", "cid:1"] {
        let text = genuine().0.replacen("#p", uri, 1);
        let document = document(text.as_bytes());
        let node = signature::find(&document).unwrap().signatures[0];
        let one = signature::read(&document, node).unwrap();
        assert_eq!(one.externals().collect::<Vec<_>>(), [uri]);
        let answer = signature::check(&document, &one, &keys().p256.public, &[]);
        assert!(answer.is_err());
    }
}

#[test]
fn comments_do_not_cut_names_nor_values() {
    let text = "<a><name>agency<!-- -->.evil.example</name></a>";
    let document = document(text.as_bytes());
    assert_eq!(document.at(&["a", "name"]).unwrap().text(), "agency.evil.example");
    let (whole, ..) = genuine();
    let cut = whole.replace("<pay>1</pay>", "<pay>1<!-- -->000</pay>");
    assert_eq!(checked(cut.as_bytes(), &keys().p256.public), Err(Fault::Changed { reference: 0 }));
    // A comment alone changes nothing that is signed, and nothing that is read.
    let noted = whole.replace("<pay>1</pay>", "<pay><!-- x -->1</pay>");
    let proved = checked(noted.as_bytes(), &keys().p256.public).unwrap();
    assert_eq!(proved.references[0].bytes.as_ref(), b"<part Id=\"p\"><pay>1</pay></part>");
}

#[test]
fn a_signature_in_another_namespace_is_no_signature() {
    let (whole, ..) = genuine();
    let other = whole.replace(
        "http://www.w3.org/2000/09/xmldsig#\" Id",
        "http://www.mic.gov.vn/TBT/QCVN_102_2016\" Id",
    );
    let document = document(other.as_bytes());
    let found = signature::find(&document).unwrap();
    assert!(found.signatures.is_empty());
    assert_eq!(found.look_alikes.len(), 1);
    assert_eq!(signature::read(&document, found.look_alikes[0].node), Err(Fault::NotASignature));
}

#[test]
fn document_types_are_refused_before_anything_else() {
    let (whole, ..) = genuine();
    let bomb = format!(
        "<!DOCTYPE doc [<!ENTITY a 'aaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'><!ATTLIST part Id ID #IMPLIED>]>{whole}"
    );
    let answer = checked(bomb.as_bytes(), &keys().p256.public);
    assert!(matches!(answer, Err(Fault::Read(ReadFault::Doctype { .. }))));
}

#[test]
fn too_many_signatures_and_deep_ones_are_bounded() {
    let (_, part, signature) = genuine();
    let many = format!("<doc>{part}{}</doc>", signature.repeat(70));
    let document = document(many.as_bytes());
    assert_eq!(signature::find(&document), Err(Fault::TooMany { what: "Signature", limit: 64 }));
}

#[test]
fn the_empty_key_and_the_empty_signature_verify_nothing() {
    let (whole, ..) = genuine();
    let value = whole.split("-value\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let empty = whole.replace(&value, "");
    assert!(checked(empty.as_bytes(), &keys().p256.public).unwrap_err().is_refuted());
    use base64::Engine as _;
    let zeros = base64::engine::general_purpose::STANDARD.encode([0; 64]);
    let zeros = whole.replace(&value, &zeros);
    assert!(checked(zeros.as_bytes(), &keys().p256.public).unwrap_err().is_refuted());
    let nothing = PublicKey::Rsa { pkcs1: Vec::new(), modulus_bits: 2048 };
    assert!(checked(whole.as_bytes(), &nothing).is_err());
    assert_eq!(Digest::Sha256.size_bytes(), 32);
}

/// Small files of our own making; the first word of a name says what becomes of it: `refused` by
/// the reader, `read`, or a signature that is a `fault`.
#[test]
fn the_kept_corpus_is_read_as_its_names_say() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/corpus/xml");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = std::fs::read(&path).unwrap();
        let answer = read(&bytes, &Limits::default());
        let (word, _) = name.split_once('-').unwrap();
        assert_eq!(answer.is_err(), word == "refused", "{name}: {:?}", answer.err());
        if word == "fault" {
            let document = document(&bytes);
            let node = signature::find(&document).unwrap().signatures[0];
            let fault = signature::read(&document, node).unwrap_err();
            assert!(!fault.is_refuted(), "{name}: {fault}");
        }
        count += 1;
    }
    assert!(count > 30);
}
