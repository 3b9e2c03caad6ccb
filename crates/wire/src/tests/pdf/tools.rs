//! Programs that are not ours, and signatures made with one of them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::pdf::sign::{Prepared, Purpose, Request, Shown, Statement, prepare};
use crate::tests::judges::{judged_by, python_with};

pub const TIME: &str = "D:20260420143045+07'00'";

/// A folder with two self-signed certificates and their keys: `person` and `organisation`.
pub struct Desk {
    pub folder: TempDir,
}

impl Desk {
    /// `None`, and said so, when openssl is not there.
    pub fn open() -> Option<Desk> {
        let desk = Desk { folder: TempDir::new().unwrap() };
        for (name, subject) in [("person", "/CN=Nguyen Van An"), ("organisation", "/CN=UBND Xa")] {
            let made = run(
                "openssl",
                &[
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-days",
                    "30",
                    "-subj",
                    subject,
                    "-addext",
                    "keyUsage=critical,digitalSignature,nonRepudiation",
                    "-keyout",
                    &desk.path(&format!("{name}.key")),
                    "-out",
                    &desk.path(&format!("{name}.pem")),
                ],
            )?;
            assert!(made.status.success(), "{}", said(&made));
        }
        Some(desk)
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }

    pub fn keep(&self, name: &str, bytes: &[u8]) -> String {
        std::fs::write(self.folder.path().join(name), bytes).unwrap();
        self.path(name)
    }

    /// A CAdES signature over what was prepared, put in its place.
    pub fn sign(&self, prepared: Prepared, who: &str) -> Vec<u8> {
        let content = self.keep("content", &prepared.to_be_signed());
        let signed = run(
            "openssl",
            &[
                "cms",
                "-sign",
                "-binary",
                "-cades",
                "-md",
                "sha256",
                "-outform",
                "DER",
                "-in",
                &content,
                "-out",
                &self.path("cms"),
                "-signer",
                &self.path(&format!("{who}.pem")),
                "-inkey",
                &self.path(&format!("{who}.key")),
            ],
        )
        .unwrap();
        assert!(signed.status.success(), "{}", said(&signed));
        prepared.finish(&std::fs::read(self.path("cms")).unwrap()).unwrap()
    }
}

/// A signature by `who` in a field of that name, shown or not.
pub fn request<'r>(who: &'r str, shown: Option<Shown<'r>>) -> Request<'r> {
    let statement = Statement {
        time: TIME,
        name: Some("Nguyễn Văn An"),
        reason: Some("Ký ban hành"),
        location: Some("Xã Tân Lập"),
    };
    Request {
        field: who,
        purpose: Purpose::Signature(statement),
        shown,
        reserved_bytes: 4_096,
        certification: None,
    }
}

/// Prepared with these fields and filled with a value that is DER, and no more than that.
pub fn dummy(file: &[u8], who: &str) -> Vec<u8> {
    let request = Request { reserved_bytes: 512, ..request(who, None) };
    let prepared = prepare(file, &request).unwrap();
    let mut value = vec![0x30, 0x20];
    value.extend(prepared.digest(crate::algorithm::Digest::Sha256));
    prepared.finish(&value).unwrap()
}

/// `None`, and said so, when the program is not there.
pub fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    match Command::new(program).args(arguments).output() {
        Ok(output) => Some(output),
        Err(_) => {
            println!("skipped: {program} is not installed");
            None
        }
    }
}

pub fn said(output: &Output) -> String {
    let out = String::from_utf8_lossy(&output.stdout);
    format!("{out}{}", String::from_utf8_lossy(&output.stderr))
}

pub fn qpdf_agrees(desk: &Desk, file: &[u8]) {
    qpdf_agrees_in(desk.folder.path(), file);
}

pub fn qpdf_agrees_in(folder: &Path, file: &[u8]) {
    let path = folder.join("checked.pdf");
    std::fs::write(&path, file).unwrap();
    let Some(output) = run("qpdf", &["--check", path.to_str().unwrap()]) else { return };
    assert!(output.status.success(), "{}", said(&output));
    assert!(!said(&output).contains("WARNING"), "{}", said(&output));
}

/// What pdfsig says of each signature: how many it finds, and that each is valid.
pub fn pdfsig_agrees(desk: &Desk, file: &[u8], count: usize) {
    pdfsig_agrees_in(desk.folder.path(), file, count);
}

pub fn pdfsig_agrees_in(folder: &Path, file: &[u8], count: usize) {
    let path = folder.join("checked.pdf");
    std::fs::write(&path, file).unwrap();
    let Some(output) = run("pdfsig", &["-nocert", path.to_str().unwrap()]) else { return };
    let said = said(&output);
    assert_eq!(said.matches("Signature is Valid.").count(), count, "{said}");
}

/// Where pyHanko was installed, if it was.
pub fn pyhanko() -> Option<&'static Path> {
    static FOUND: OnceLock<Option<PathBuf>> = OnceLock::new();
    FOUND.get_or_init(|| python_with("pyhanko")).as_deref()
}

/// The bottom line of pyHanko for each signature: `intact,valid,trusted,coverage,level`.
pub fn pyhanko_says(desk: &Desk, file: &[u8]) -> Option<Vec<String>> {
    const JUDGE: &str = r"
import sys
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko.keys import load_cert_from_pemder
roots = [load_cert_from_pemder(p) for p in sys.argv[2:]]
reader = PdfFileReader(open(sys.argv[1], 'rb'))
for s in reader.embedded_regular_signatures:
    v = validate_pdf_signature(s, ValidationContext(trust_roots=roots))
    print(v.intact, v.valid, v.trusted, v.coverage.name, v.modification_level.name, v.bottom_line)
";
    let python = pyhanko()?;
    let path = desk.keep("checked.pdf", file);
    let roots = [desk.path("person.pem"), desk.path("organisation.pem")];
    let said = judged_by(python, JUDGE, &[&path, &roots[0], &roots[1]]).unwrap();
    Some(said.lines().map(str::to_owned).collect())
}
