//! Files of other makers: our press, qpdf, poppler; and signatures that pyHanko made.

use std::sync::Arc;

use super::sign::{SERIF, spot};
use super::tools::{Desk, pdfsig_agrees, pyhanko, pyhanko_says, qpdf_agrees, request, run, said};
use crate::pdf::appearance::{copy_lines, on_page, top_right};
use crate::pdf::changes::Level;
use crate::pdf::document::Document;
use crate::pdf::picture::{Ink, Picture};
use crate::pdf::sign::{Purpose, Request, Shown, prepare};
use crate::pdf::stamp::{Rectangle, Stamp};
use crate::pdf::store::{Store, add};
use crate::pdf::{Format, SignedFile};
use crate::tests::judges::judged_by;

/// A result as the press prints it: PDF/A-2b, tagged.
pub const RESULT: &[u8] = include_bytes!("../corpus/pdf/result.pdf");

/// The result as others would write it again.
fn rewritten(desk: &Desk) -> Vec<(String, Vec<u8>)> {
    let path = desk.keep("result.pdf", RESULT);
    let out = desk.path("out.pdf");
    let ways: [(&str, Vec<&str>); 5] = [
        ("qpdf", vec!["--object-streams=generate", &path, &out]),
        ("qpdf", vec!["--linearize", &path, &out]),
        ("qpdf", vec!["--linearize", "--object-streams=generate", &path, &out]),
        ("qpdf", vec!["--qdf", &path, &out]),
        ("pdftocairo", vec!["-pdf", &path, &out]),
    ];
    let mut files = vec![("press".to_owned(), RESULT.to_vec())];
    for (program, arguments) in ways {
        let Some(output) = run(program, &arguments) else { continue };
        assert!(output.status.success(), "{}", said(&output));
        let name = format!("{program} {}", arguments[0]);
        files.push((name, std::fs::read(&out).unwrap()));
    }
    files
}

#[test]
fn files_of_other_makers_are_signed_and_judged_valid() {
    let Some(desk) = Desk::open() else { return };
    let picture = Arc::new(Picture::read(&spot([20, 40, 200], 0), Ink::Blue).unwrap());
    for (name, file) in rewritten(&desk) {
        let page = Document::open(&file).unwrap().pages().unwrap()[0];
        let place = Rectangle { left: 350.0, bottom: 200.0, width: 90.0, height: 45.0 };
        let place = on_page(place, page.shown_size()).unwrap();
        let stamp = Stamp::picture(Arc::clone(&picture), place.width, place.height);
        let shown = Shown { page: 1, rectangle: place, stamp: &stamp };
        let first = desk.sign(prepare(&file, &request("person", Some(shown))).unwrap(), "person");
        let second = prepare(&first, &request("organisation", None)).unwrap();
        let second = desk.sign(second, "organisation");
        qpdf_agrees(&desk, &second);
        pdfsig_agrees(&desk, &second, 2);
        let read = SignedFile::read(&second).unwrap();
        assert!(read.refused.is_empty(), "{name}: {:?}", read.refused);
        assert_eq!(read.signatures[0].changes.level, Level::Signatures, "{name}");
        assert_eq!(read.signatures[0].signed_file(&read), first);
        if let Some(lines) = pyhanko_says(&desk, &second) {
            assert_eq!(lines.len(), 2);
            assert!(lines.iter().all(|line| line.ends_with("True")), "{name}: {lines:?}");
        }
    }
}

#[test]
fn a_copy_of_the_press_keeps_its_text_and_gets_that_of_the_copy() {
    let Some(desk) = Desk::open() else { return };
    let Ok(font) = std::fs::read(SERIF) else {
        println!("skipped: Liberation Serif is not installed");
        return;
    };
    let signed = "2026-04-20T07:30:45Z".parse().unwrap();
    let lines = copy_lines("Sao y", "Ủy ban nhân dân xã Tân Lập", signed);
    let stamp = Stamp::text(&font, &lines, 10.0).unwrap();
    let page = Document::open(RESULT).unwrap().pages().unwrap()[0];
    let place = top_right(page.shown_size(), (stamp.width, stamp.height)).unwrap();
    let shown = Shown { page: 1, rectangle: place, stamp: &stamp };
    let prepared = prepare(RESULT, &request("organisation", Some(shown))).unwrap();
    let file = desk.sign(prepared, "organisation");
    pdfsig_agrees(&desk, &file, 1);
    qpdf_agrees(&desk, &file);
    let path = desk.keep("copy.pdf", &file);
    let Some(text) = run("pdftotext", &[&path, "-"]) else { return };
    for words in ["Ủy ban nhân dân xã Tân Lập", "2026-04-20T14:30:45+07:00", "Đã đăng ký."]
    {
        assert!(said(&text).contains(words), "{}", said(&text));
    }
    let Some(fonts) = run("pdffonts", &[&path]) else { return };
    let line = said(&fonts);
    let line =
        line.lines().find(|line| line.contains("+LiberationSerif") && line.contains("Ident"));
    assert!(line.is_some_and(|line| line.contains("yes yes yes")), "{}", said(&fonts));
}

#[test]
fn pyhanko_reads_the_store_that_we_write() {
    const JUDGE: &str = r"
import sys
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
reader = PdfFileReader(open(sys.argv[1], 'rb'))
dss = DocumentSecurityStore.read_dss(reader)
print([c.subject.native['common_name'] for c in dss.load_certs()], sorted(dss.vri_entries))
";
    let (Some(desk), Some(python)) = (Desk::open(), pyhanko()) else { return };
    let out = desk.path("der");
    let made =
        run("openssl", &["x509", "-in", &desk.path("person.pem"), "-outform", "DER", "-out", &out]);
    assert!(made.unwrap().status.success());
    let certificate = std::fs::read(out).unwrap();
    let signed = desk.sign(prepare(RESULT, &request("person", None)).unwrap(), "person");
    let key = SignedFile::read(&signed).unwrap().signatures[0].vri_key.clone();
    let related = crate::pdf::store::Related {
        key: key.clone(),
        certificates: vec![certificate],
        ..Default::default()
    };
    let kept = add(&signed, &Store { related: vec![related], ..Store::default() }).unwrap();
    let stamp = Request { purpose: Purpose::TimeStamp, ..request("time", None) };
    let kept = desk.sign(prepare(&kept, &stamp).unwrap(), "organisation");
    let path = desk.keep("kept.pdf", &kept);
    let told = judged_by(python, JUDGE, &[&path]).unwrap();
    assert_eq!(told.trim(), format!("['Nguyen Van An'] ['/{key}']"));
    // pyHanko, too, sees evidence only.
    let lines = pyhanko_says(&desk, &kept).unwrap();
    assert_eq!(lines, ["True True True ENTIRE_REVISION LTA_UPDATES True"]);
}

#[test]
fn what_pyhanko_signs_we_read() {
    const SIGNER: &str = r"
import sys
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers, fields
from pyhanko.sign.fields import SigSeedSubFilter
source, target, key, cert, fmt = sys.argv[1:]
signer = signers.SimpleSigner.load(key, cert)
out = open(source, 'rb')
for index in (1, 2):
    w = IncrementalPdfFileWriter(out)
    meta = signers.PdfSignatureMetadata(field_name='S%d' % index, name='Pham Thi B', reason='Duyet',
        subfilter=SigSeedSubFilter(fmt))
    spec = fields.SigFieldSpec('S%d' % index, box=(10, 10, 110, 60), on_page=0)
    out = signers.PdfSigner(meta, signer, new_field_spec=spec).sign_pdf(w)
open(target, 'wb').write(out.getvalue())
";
    let (Some(desk), Some(python)) = (Desk::open(), pyhanko()) else { return };
    let formats =
        [("/ETSI.CAdES.detached", Format::Cades), ("/adbe.pkcs7.detached", Format::Pkcs7)];
    for (name, file) in rewritten(&desk).into_iter().take(3) {
        for (format, expected) in formats {
            let (source, target) = (desk.keep("source.pdf", &file), desk.path("theirs.pdf"));
            let (key, certificate) = (desk.path("person.key"), desk.path("person.pem"));
            let arguments = [source.as_str(), &target, &key, &certificate, format];
            judged_by(python, SIGNER, &arguments).unwrap();
            let theirs = std::fs::read(&target).unwrap();
            let read = SignedFile::read(&theirs).unwrap();
            assert!(read.refused.is_empty(), "{name}: {:?}", read.refused);
            let [first, second] = read.signatures.as_slice() else { panic!("{name}") };
            assert_eq!((first.format, second.format), (expected, expected));
            assert_eq!(first.changes.level, Level::Signatures, "{name}: {:?}", first.changes);
            assert!(first.changes.permitted && second.covers_all);
            // And ours behind theirs.
            let ours = prepare(&theirs, &request("organisation", None)).unwrap();
            let ours = desk.sign(ours, "organisation");
            pdfsig_agrees(&desk, &ours, 3);
            let lines = pyhanko_says(&desk, &ours).unwrap();
            assert!(lines.iter().all(|line| line.ends_with("True")), "{name}: {lines:?}");
        }
    }
}
