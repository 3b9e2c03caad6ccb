//! What verifiers that are not ours say of what was signed here.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::commune::{Town, sign};

const JUDGE: &str = r"
import sys, datetime
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.keys import load_cert_from_pemder
root = load_cert_from_pemder(sys.argv[2])
now = datetime.datetime.fromisoformat(sys.argv[3])
reader = PdfFileReader(open(sys.argv[1], 'rb'))
# Revocation must be known, and only the store of the document may say it.
context = DocumentSecurityStore.read_dss(reader).as_validation_context(
    {'trust_roots': [root], 'moment': now, 'revocation_mode': 'require', 'allow_fetching': False})
for s in reader.embedded_regular_signatures:
    v = validate_pdf_signature(s, context)
    stamp = v.timestamp_validity
    print(s.field_name, v.bottom_line, stamp.valid and stamp.trusted)
";

#[tokio::test(flavor = "multi_thread")]
async fn pyhanko_and_pdfsig_agree_that_it_is_signed_with_time_and_evidence() {
    let town = Town::today().await;
    let id = town.result().await;
    for who in ["lanhdao", "vanthu"] {
        let mut officer = town.at_work(who).await;
        let code = town.code();
        let answer = sign(&mut officer, id, &code).await;
        assert_eq!(answer.status, 303, "{who}: {}", answer.text);
    }
    agreed(&town, &town.file(id).await, &["nguoi-ky-1 True True", "co-quan-ky-2 True True"]).await;
}

/// pdfsig finds so many valid signatures, and pyHanko says of each what is expected.
pub(super) async fn agreed(town: &Town, pdf: &[u8], expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let (file, root) = (folder.path().join("a.pdf"), folder.path().join("root.cer"));
    std::fs::write(&file, pdf).unwrap();
    let parent = town.authority.parent.unwrap();
    let all = town.ctx().store.read(trust::queries::authorities).await.unwrap();
    let above = all.into_iter().find(|one| one.id == parent).unwrap();
    std::fs::write(&root, above.der).unwrap();

    if let Some(said) = said(Path::new("pdfsig"), &["-nocert", file.to_str().unwrap()]) {
        assert_eq!(said.matches("Signature is Valid.").count(), expected.len(), "{said}");
        assert!(said.contains("ETSI.CAdES.detached"), "{said}");
    }
    let Some(python) = pyhanko() else { return };
    let now = town.ctx().clock.now().to_string();
    let arguments = ["-c", JUDGE, file.to_str().unwrap(), root.to_str().unwrap(), now.as_str()];
    let said = said(&python, &arguments).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines, expected, "{said}");
}

/// What a program prints; none when it is not installed.
pub(super) fn said(program: &Path, words: &[&str]) -> Option<String> {
    match Command::new(program).args(words).output() {
        Ok(output) => {
            let out = String::from_utf8_lossy(&output.stdout).into_owned();
            let complaint = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{out}{complaint}");
            Some(out)
        }
        Err(error) => {
            println!("skipped: {}: {error}", program.display());
            None
        }
    }
}

/// A Python that has pyHanko; `./test` installs one into target/python.
pub(super) fn pyhanko() -> Option<PathBuf> {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/python/bin/python");
    let has = |python: &PathBuf| {
        let mut command = Command::new(python);
        let command = command.args(["-c", "import pyhanko"]).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    let found = [ours, PathBuf::from("python3")].into_iter().find(has);
    if found.is_none() {
        println!("skipped: pyHanko for Python is not installed");
    }
    found
}
