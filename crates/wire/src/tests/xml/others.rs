//! What xmlsec1 signs, we accept; what is read of it.

use super::tools::*;
use crate::algorithm::Digest;
use crate::xml::signature::{self, Fault, Weakness};
use crate::xml::xades;

fn named(
    key: &Key,
    text: &str,
    algorithm: &str,
    form: &str,
    references: &[(&str, &[&str])],
) -> Vec<u8> {
    let template = text.replace("SIGNATURE", &template(form, algorithm, references));
    signed_by_xmlsec1(template.as_bytes(), key).unwrap()
}

const TEXT: &str = "<doc xmlns:u='urn:u'><part Id='p'>Ủy ban nhân dân phường <![CDATA[& <x>]]></part>SIGNATURE</doc>";

#[test]
fn xmlsec1_signs_and_we_accept_with_every_algorithm() {
    if !xmlsec1_is_here() {
        return;
    }
    let keys = keys();
    let more = "http://www.w3.org/2001/04/xmldsig-more#";
    for (key, name) in [
        (&keys.rsa, "rsa-sha256"),
        (&keys.rsa, "rsa-sha384"),
        (&keys.rsa, "rsa-sha512"),
        (&keys.p256, "ecdsa-sha256"),
        (&keys.p256, "ecdsa-sha512"),
        (&keys.p384, "ecdsa-sha384"),
        (&keys.p384, "ecdsa-sha256"),
    ] {
        let algorithm = format!("{more}{name}");
        let references: [(&str, &[&str]); 2] =
            [("", &[ENVELOPED, EXCLUSIVE]), ("#p", &[EXCLUSIVE])];
        let signed = named(key, TEXT, &algorithm, EXCLUSIVE, &references);
        let proved = checked(&signed, &key.public).unwrap();
        assert!(proved.covers_document(), "{name}");
        assert_eq!(proved.weaknesses, []);
        let answer = checked(&signed, &keys.other_rsa.public).unwrap_err();
        assert!(answer.is_refuted());
    }
}

#[test]
fn the_certificate_that_xmlsec1_sends_along_is_a_hint() {
    if !xmlsec1_is_here() {
        return;
    }
    let key = &keys().rsa;
    let signature = template(EXCLUSIVE, RSA_SHA256, &[("", &[ENVELOPED, EXCLUSIVE])]);
    let data = "<ds:KeyInfo><ds:X509Data/></ds:KeyInfo></ds:Signature>";
    let text = TEXT.replace("SIGNATURE", &signature.replace("</ds:Signature>", data));
    let signed = signed_by_xmlsec1(text.as_bytes(), key).unwrap();
    assert_eq!(xmlsec1_accepts_x509(&signed, key), Ok(()));
    let document = document(&signed);
    let node = signature::find(&document).unwrap().signatures[0];
    let one = signature::read(&document, node).unwrap();
    assert_eq!(one.key_info.certificates, std::slice::from_ref(&key.certificate));
    assert!(signature::check(&document, &one, &key.public, &[]).is_ok());
}

#[test]
fn old_algorithms_are_read_and_called_weak() {
    if !xmlsec1_is_here() {
        return;
    }
    let key = &keys().small_rsa;
    let text = TEXT.replace(
        "SIGNATURE",
        &template(
            "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
            "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
            &[("", &[ENVELOPED])],
        ),
    );
    let text = text.replace(SHA256, "http://www.w3.org/2000/09/xmldsig#sha1");
    let Ok(signed) = signed_by_xmlsec1(text.as_bytes(), key) else {
        println!("skipped: this xmlsec1 does not sign with SHA-1");
        return;
    };
    let proved = checked(&signed, &key.public).unwrap();
    assert_eq!(
        proved.weaknesses,
        [
            Weakness::Sha1Signature,
            Weakness::Sha1Digest { reference: 0 },
            Weakness::SmallKey { bits: 1024 }
        ]
    );
}

#[test]
fn large_documents_go_both_ways() {
    if !xmlsec1_is_here() {
        return;
    }
    let key = &keys().rsa;
    let line = "Công văn số 1896/QĐ-TTg về việc phê duyệt &amp; thực hiện.\r\n";
    let attachment =
        "JVBERi0xLjcKJeLjz9MKMSAwIG9iago8PC9UeXBlL0NhdGFsb2c+PgplbmRvYmo=\n".repeat(5_000);
    let text = format!(
        "<doc xmlns='urn:v'><part Id='p'>{}<a>{attachment}</a></part>SIGNATURE</doc>",
        line.repeat(1_000)
    );
    assert!(text.len() > 400_000);
    for form in [EXCLUSIVE, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"] {
        let signed =
            named(key, &text, RSA_SHA256, form, &[("", &[ENVELOPED, form]), ("#p", &[form])]);
        let proved = checked(&signed, &key.public).unwrap();
        assert_eq!(proved.references.len(), 2);
    }
    use crate::xml::sign::{Part, Place, Recipe, prepare};
    let plain = text.replace("SIGNATURE", "");
    let document = document(plain.as_bytes());
    let mut recipe = Recipe::new("s", Place::LastIn(document.root().node()), &key.public);
    recipe.parts =
        vec![Part::Document, Part::Element(document.at(&["doc", "part"]).unwrap().node())];
    let prepared = prepare(&document, &recipe).unwrap();
    let value = key.sign(recipe.algorithm, prepared.to_be_signed());
    let signed = prepared.finish(&value).unwrap();
    assert!(checked(&signed, &key.public).is_ok());
    assert_eq!(xmlsec1_accepts(&signed, key), Ok(()));
}

#[test]
fn files_beside_the_signature_are_checked_as_they_are_or_in_a_canonical_form() {
    if !xmlsec1_is_here() {
        return;
    }
    let key = &keys().rsa;
    let letter = b"<?xml version='1.0'?>\r\n<thu xmlns:u='urn:u'  a='1'/>\r\n".as_slice();
    let scan = vec![7u8; 9 << 20];
    let others = [("thu.xml", letter), ("scan.pdf", scan.as_slice())];
    let references: [(&str, &[&str]); 2] = [("thu.xml", &[EXCLUSIVE]), ("scan.pdf", &[])];
    let template = template(EXCLUSIVE, RSA_SHA256, &references);
    let signed = signed_by_xmlsec1_beside(template.as_bytes(), key, &others);
    let proved = checked_with(&signed, &key.public, &others).unwrap();
    assert_eq!(proved.external("thu.xml"), Some(b"<thu a=\"1\"></thu>".as_slice()));
    assert_eq!(proved.external("scan.pdf"), Some(scan.as_slice()));
    let same = [("thu.xml", b"<thu a='1'/>".as_slice()), others[1]];
    assert!(checked_with(&signed, &key.public, &same).is_ok());
    let changed = [("thu.xml", b"<thu a='2'/>".as_slice()), others[1]];
    let answer = checked_with(&signed, &key.public, &changed);
    assert_eq!(answer, Err(Fault::Changed { reference: 0 }));
    let broken = [("thu.xml", b"<!DOCTYPE a><a/>".as_slice()), others[1]];
    assert!(matches!(checked_with(&signed, &key.public, &broken), Err(Fault::Read(_))));
}

#[test]
fn key_info_is_read_as_hints() {
    let certificate = "AQID";
    let text = format!(
        "<s:Signature xmlns:s='{}'><s:SignedInfo><s:CanonicalizationMethod Algorithm='{EXCLUSIVE}'/>\
         <s:SignatureMethod Algorithm='{RSA_SHA256}'/><s:Reference URI=''><s:DigestMethod \
         Algorithm='{SHA256}'/><s:DigestValue>{}</s:DigestValue></s:Reference></s:SignedInfo>\
         <s:SignatureValue>\n AA == \n</s:SignatureValue><s:KeyInfo><s:KeyName> k </s:KeyName>\
         <s:KeyValue><s:RSAKeyValue/></s:KeyValue><s:X509Data><s:X509Certificate>{certificate}\
         </s:X509Certificate><s:X509SKI>BAUG</s:X509SKI><s:X509SubjectName/><s:X509IssuerSerial>\
         <s:X509IssuerName>CN=Gốc</s:X509IssuerName><s:X509SerialNumber>123</s:X509SerialNumber>\
         </s:X509IssuerSerial></s:X509Data><x xmlns='urn:x'/></s:KeyInfo></s:Signature>",
        signature::DSIG,
        "A".repeat(43) + "=",
    );
    let document = document(text.as_bytes());
    let found = signature::find(&document).unwrap();
    let read = signature::read(&document, found.signatures[0]).unwrap();
    let info = &read.key_info;
    assert_eq!(info.certificates, [vec![1, 2, 3]]);
    assert_eq!(info.subject_key_ids, [vec![4, 5, 6]]);
    assert_eq!(
        (info.issuers[0].issuer.as_str(), info.issuers[0].serial.as_str()),
        ("CN=Gốc", "123")
    );
    assert_eq!(
        (info.key_names[0].as_str(), info.key_value, info.others[0].as_str()),
        ("k", true, "x")
    );
    assert_eq!(read.references[0].digest, Digest::Sha256);
    assert_eq!(xades::read(&document, &read), Ok(None));
}

#[test]
fn the_official_samples_are_told_apart() {
    let Some(folder) = official_samples() else { return };
    let placeholder = std::fs::read(folder.join("edoc_new.edxml")).unwrap();
    let found = signature::find(&document(&placeholder)).unwrap();
    assert_eq!(found.signatures, []);
    assert_eq!(found.look_alikes[0].namespace, "http://www.mic.gov.vn/TBT/QCVN_102_2016");
    // The hand-made one opens what it does not close and uses prefixes that it does not declare;
    // mended, it is still not genuine.
    let text = std::fs::read_to_string(folder.join("edoc.edxml")).unwrap();
    let root = "<edXML xmlns=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\"";
    let quoted = root.split_once('=').map(|(_, address)| address).unwrap();
    let declared = format!("{root} xmlns:edXML={quoted} xmlns:xlink=\"urn:xlink\"");
    let mended = text.replacen("<edXML:From>", "", 1).replacen(root, &declared, 1);
    let bytes = document(mended.as_bytes());
    let node = signature::find(&bytes).unwrap().signatures[0];
    match signature::read(&bytes, node) {
        Ok(one) => {
            let answer = signature::check(&bytes, &one, &keys().rsa.public, &[]);
            assert!(answer.unwrap_err().is_refuted());
        }
        Err(fault) => {
            assert!(matches!(fault, Fault::Value { .. } | Fault::Structure { .. }), "{fault}")
        }
    }
}

#[test]
fn version_one_properties_are_read() {
    let certificate = b"certificate";
    let digest = {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(Digest::Sha512.of(certificate))
    };
    let text = format!(
        "<s:Signature xmlns:s='{}' Id='S'><s:SignedInfo><s:CanonicalizationMethod Algorithm='{EXCLUSIVE}'/>\
         <s:SignatureMethod Algorithm='{RSA_SHA256}'/><s:Reference URI='#x'><s:DigestMethod \
         Algorithm='{SHA256}'/><s:DigestValue>{}</s:DigestValue></s:Reference></s:SignedInfo>\
         <s:SignatureValue>AA==</s:SignatureValue><s:Object>\
         <QualifyingProperties xmlns='{}' Target='#S'>\
         <SignedProperties Id='x'><SignedSignatureProperties>\
         <SigningTime>2024-05-06T07:08:09+07:00</SigningTime>\
         <SigningCertificate><Cert><CertDigest>\
         <s:DigestMethod Algorithm='http://www.w3.org/2001/04/xmlenc#sha512'/>\
         <s:DigestValue>{digest}</s:DigestValue></CertDigest><IssuerSerial>\
         <s:X509IssuerName>CN=a</s:X509IssuerName>\
         <s:X509SerialNumber>5</s:X509SerialNumber></IssuerSerial></Cert></SigningCertificate>\
         <SignaturePolicyIdentifier><SignaturePolicyImplied/></SignaturePolicyIdentifier>\
         <SignerRole/>\
         </SignedSignatureProperties></SignedProperties><UnsignedProperties>\
         <UnsignedSignatureProperties>\
         <CounterSignature><s:Signature/></CounterSignature><CompleteCertificateRefs/>\
         </UnsignedSignatureProperties></UnsignedProperties></QualifyingProperties></s:Object></s:Signature>",
        signature::DSIG,
        "A".repeat(43) + "=",
        xades::XADES,
    );
    let document = document(text.as_bytes());
    let nodes = signature::find(&document).unwrap().signatures;
    let one = signature::read(&document, nodes[0]).unwrap();
    let about = xades::read(&document, &one).unwrap().unwrap();
    assert_eq!(about.names_certificate(certificate), Some(true));
    assert_eq!(about.signing_time, Some("2024-05-06T00:08:09Z".parse().unwrap()));
    assert_eq!(about.policy, Some(xades::Policy::Implied));
    assert_eq!(about.counter_signatures, [nodes[1]]);
    assert_eq!(about.others, ["SignerRole", "CompleteCertificateRefs"]);
    let other = text.replace("Target='#S'", "Target='#T'");
    let document = super::tools::document(other.as_bytes());
    let one = signature::read(&document, nodes[0]).unwrap();
    assert!(matches!(xades::read(&document, &one), Err(Fault::Value { .. })));
}
