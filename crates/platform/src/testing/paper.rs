//! A small PDF, and a press that prints it.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A one-page PDF, with a table, that shows this line.
pub fn pdf(line: &str) -> Vec<u8> {
    let text = format!("BT /F 14 Tf 72 700 Td ({line}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
         /Resources<</Font<</F 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>\nstream\n{text}\nendstream", text.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>".to_owned(),
    ];
    let mut file = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, body) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.extend_from_slice(format!("{} 0 obj\n{body}\nendobj\n", index + 1).as_bytes());
    }
    let (at, size) = (file.len(), objects.len() + 1);
    file.extend_from_slice(table.as_bytes());
    let end = format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n");
    file.extend_from_slice(end.as_bytes());
    file
}

/// What a press answers: such a page, and where it is signed.
pub fn printed(line: &str) -> Vec<u8> {
    let block = br#"{"page":1,"centre_x":400.0,"position_y":300.0,"name_y":230.0}"#;
    let mut answer = vec![0];
    for part in [pdf(line).as_slice(), block] {
        answer.extend((part.len() as u32).to_be_bytes());
        answer.extend(part);
    }
    answer
}

/// A press that prints such a page whatever it is asked: the file `answer` of this folder. What it
/// was asked it keeps in the file `asked`; without an answer it ends.
pub fn press(folder: &Path, line: &str) -> io::Result<PathBuf> {
    let (press, answer) = (folder.join("press"), folder.join("answer"));
    fs::write(&answer, printed(line))?;
    let script = format!(
        "#!/bin/sh
while :; do
  set -- $(dd bs=1 count=4 2>/dev/null | od -An -tu1)
  [ $# -eq 4 ] || exit 0
  dd bs=1 count=$(( ($2 * 65536) + ($3 * 256) + $4 )) 2>/dev/null >'{}'
  cat '{}' || exit 1
done
",
        folder.join("asked").display(),
        answer.display()
    );
    fs::write(&press, script)?;
    fs::set_permissions(&press, fs::Permissions::from_mode(0o755))?;
    Ok(press)
}
