//! signxml (Python, lxml) as a second judge: it knows RSA-PSS and XAdES, which xmlsec1 does not.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::signing::signed_letter_with;
use super::tools::*;
use crate::algorithm::{Digest, SignatureAlgorithm};
use crate::tests::judges::{judged_by, python_with};
use crate::xml::canonical::{Form, Method};
use crate::xml::signature;
use crate::xml::xades;

fn signxml() -> Option<&'static Path> {
    static FOUND: OnceLock<Option<PathBuf>> = OnceLock::new();
    FOUND.get_or_init(|| python_with("signxml")).as_deref()
}

fn signxml_is_here() -> bool {
    signxml().is_some()
}

/// Runs a program over a file and hands back what it wrote.
fn python(program: &str, file: &[u8], key: &Key) -> Result<Vec<u8>, String> {
    let folder = tempfile::tempdir().unwrap();
    let (input, output) = (folder.path().join("in.xml"), folder.path().join("out.xml"));
    std::fs::write(&input, file).unwrap();
    let places =
        [&input, &output, &key.pem, &key.certificate_pem].map(|path| path.to_str().unwrap());
    judged_by(signxml().unwrap(), program, &places)?;
    Ok(std::fs::read(&output).unwrap_or_default())
}

const VERIFY_ALL: &str = r#"
import os, sys
from lxml import etree
from signxml import SignatureConfiguration, XMLVerifier
expect = SignatureConfiguration(expect_references=True)
for line in open(os.path.join(sys.argv[1], "list")):
    number, certificate = line.split()
    data = open(os.path.join(sys.argv[1], number), "rb").read()
    try:
        etree.fromstring(data)
    except etree.XMLSyntaxError as fault:
        print(number, "Unreadable", str(fault).replace("\n", " "))
        continue
    try:
        XMLVerifier().verify(data, x509_cert=open(certificate).read(), expect_config=expect)
    except Exception as fault:
        print(number, type(fault).__name__, str(fault).replace("\n", " "))
"#;

/// Which of these signxml refuses, by their number, and why; `None` when it is not here. One run of
/// it for all of them.
pub fn refused(files: &[(Vec<u8>, &Key)]) -> Option<BTreeMap<usize, String>> {
    let python = signxml()?;
    let folder = tempfile::tempdir().unwrap();
    let mut list = String::new();
    for (number, (bytes, key)) in files.iter().enumerate() {
        std::fs::write(folder.path().join(number.to_string()), bytes).unwrap();
        list.push_str(&format!("{number} {}\n", key.certificate_pem.display()));
    }
    std::fs::write(folder.path().join("list"), list).unwrap();
    let told = judged_by(python, VERIFY_ALL, &[folder.path().to_str().unwrap()]).unwrap();
    let split = |line: &str| {
        let (number, why) = line.split_once(' ').unwrap();
        (number.parse().unwrap(), why.to_owned())
    };
    Some(told.lines().map(split).collect())
}

const VERIFY: &str = r#"
import sys
from signxml.xades import XAdESVerifier
from signxml import SignatureConfiguration
data, certificate = open(sys.argv[1], "rb").read(), open(sys.argv[4]).read()
expect = SignatureConfiguration(expect_references=data.count(b"<ds:Reference "))
XAdESVerifier().verify(data, x509_cert=certificate, expect_config=expect)
"#;

#[test]
fn signxml_accepts_what_we_sign_with_its_properties() {
    if !signxml_is_here() {
        return;
    }
    let keys = keys();
    let pss = SignatureAlgorithm::RsaPss(Digest::Sha256);
    for (key, algorithm) in
        [(&keys.rsa, None), (&keys.rsa, Some(pss)), (&keys.p256, None), (&keys.p384, None)]
    {
        for form in [Form::Exclusive, Form::Inclusive10, Form::Inclusive11] {
            for parts in [true, false] {
                let signed = signed_letter_with(key, parts, Method::new(form), algorithm);
                assert!(checked(&signed, &key.public).is_ok());
                let answer = python(VERIFY, &signed, key);
                assert!(answer.is_ok(), "{algorithm:?} {form:?} {parts}: {}", answer.unwrap_err());
                let changed = String::from_utf8(signed).unwrap().replace("liên thông", "khác");
                assert!(python(VERIFY, changed.as_bytes(), key).is_err());
            }
        }
    }
}

const SIGN: &str = r#"
import sys
from lxml import etree
from signxml import SignatureMethod, DigestAlgorithm, CanonicalizationMethod
from signxml.xades import XAdESSigner
root = etree.fromstring(open(sys.argv[1], "rb").read())
method, digest, form = root.get("method"), root.get("digest"), root.get("form")
signer = XAdESSigner(signature_algorithm=SignatureMethod[method],
    digest_algorithm=DigestAlgorithm[digest], c14n_algorithm=CanonicalizationMethod[form])
key, certificate = open(sys.argv[3], "rb").read(), open(sys.argv[4]).read()
signed = signer.sign(root, key=key, cert=certificate, always_add_key_value=True)
open(sys.argv[2], "wb").write(etree.tostring(signed))
"#;

#[test]
fn we_accept_what_signxml_signs_and_read_its_properties() {
    if !signxml_is_here() {
        return;
    }
    let keys = keys();
    for (key, method) in [
        (&keys.rsa, "RSA_SHA256"),
        (&keys.rsa, "SHA256_RSA_MGF1"),
        (&keys.rsa, "SHA512_RSA_MGF1"),
        (&keys.p256, "ECDSA_SHA256"),
        (&keys.p384, "ECDSA_SHA384"),
    ] {
        // With the exclusive form signxml 5.2 writes properties that it does not accept itself.
        for form in ["CANONICAL_XML_1_0", "CANONICAL_XML_1_1"] {
            let text = format!(
                "<h:thu xmlns:h='urn:h' method='{method}' digest='SHA512' form='{form}'>\
                 <h:ten xml:lang='vi'>Nguyễn Thị Ánh &amp; con</h:ten></h:thu>"
            );
            let signed = python(SIGN, text.as_bytes(), key).unwrap();
            let proved = checked(&signed, &key.public);
            assert!(proved.is_ok(), "{method} {form}: {proved:?}");
            let document = document(&signed);
            let node = signature::find(&document).unwrap().signatures[0];
            let one = signature::read(&document, node).unwrap();
            assert!(one.key_info.key_value);
            assert_eq!(one.key_info.certificates[0], key.certificate);
            let about = xades::read(&document, &one).unwrap().unwrap();
            assert!(proved.unwrap().covers(about.signed));
            assert_eq!(about.names_certificate(&key.certificate), Some(true));
            assert!(about.signing_time.is_some());
        }
    }
}
