//! Hostile files that are kept: what was once told about them is told for ever.

use crate::pdf::SignedFile;

const FILES: [(&str, &[u8], &str); 10] = [
    (
        "byte range past the end",
        include_bytes!("../corpus/pdf/byte-range.pdf"),
        "person: the byte range is not four numbers that begin at 0, ascend and lie in the file",
    ),
    (
        "byte range wrapped around an insertion",
        include_bytes!("../corpus/pdf/wrapped.pdf"),
        "unreadable: the cross-reference: startxref or Prev leads to no section",
    ),
    (
        "two names for the signature value",
        include_bytes!("../corpus/pdf/contents-twice.pdf"),
        "unreadable: before byte 1960: a dictionary has one name twice",
    ),
    (
        "another page saved behind the signature",
        include_bytes!("../corpus/pdf/incremental.pdf"),
        "person: Content, not permitted",
    ),
    (
        "an overlay freed after signing",
        include_bytes!("../corpus/pdf/shadow-hide.pdf"),
        "person: Content, not permitted",
    ),
    (
        "a hidden page tree switched on",
        include_bytes!("../corpus/pdf/shadow-hide-and-replace.pdf"),
        "person: Content, not permitted",
    ),
    (
        "a field filled in after signing",
        include_bytes!("../corpus/pdf/shadow-replace.pdf"),
        "person: FormFilled, not permitted",
    ),
    (
        "an object that was only referred to",
        include_bytes!("../corpus/pdf/filled-later.pdf"),
        "person: Content, not permitted",
    ),
    (
        "cross-references in a circle",
        include_bytes!("../corpus/pdf/xref-loop.pdf"),
        "unreadable: the cross-reference sections lead in a circle",
    ),
    ("the result of the press", include_bytes!("../corpus/pdf/result.pdf"), ""),
];

fn told(file: &[u8]) -> String {
    let read = match SignedFile::read(file) {
        Ok(read) => read,
        Err(fault) => return format!("unreadable: {fault}"),
    };
    let signed = read.signatures.iter().map(|signature| {
        let permitted = if signature.changes.permitted { "permitted" } else { "not permitted" };
        format!("{}: {:?}, {permitted}", signature.field, signature.changes.level)
    });
    let refused = read.refused.iter().map(|one| format!("{}: {}", one.field, one.fault));
    signed.chain(refused).collect::<Vec<_>>().join("; ")
}

#[test]
fn kept_files_are_judged_as_they_always_were() {
    for (name, file, expected) in FILES {
        assert_eq!(told(file), expected, "{name}");
    }
}
