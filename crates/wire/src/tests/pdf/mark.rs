//! Marks on copies.

use super::files::both;
use super::sign::SERIF;
use super::tools::{qpdf_agrees_in, run};
use crate::pdf::document::Document;
use crate::pdf::mark::first_page;
use crate::pdf::stamp::{Rectangle, Stamp};

#[test]
fn a_copy_bears_the_stamp_and_begins_with_the_bytes_it_was_made_of() {
    let Ok(font) = std::fs::read(SERIF) else {
        println!("skipped: Liberation Serif is not installed");
        return;
    };
    let lines = ["UBND PHƯỜNG THUẬN HÓA", "ĐẾN", "Số: 12", "Ngày: 23/11/2026"];
    let lines: Vec<String> = lines.map(str::to_owned).into();
    let stamp = Stamp::block(&font, &lines, (142.0, 99.0), 11.0).unwrap();
    assert_eq!((stamp.width, stamp.height), (142.0, 99.0));
    let place = |(width, height): (f64, f64)| Rectangle {
        left: width - 150.0,
        bottom: height - 110.0,
        width: 142.0,
        height: 99.0,
    };
    let folder = tempfile::TempDir::new().unwrap();
    for (kind, file) in both() {
        let marked = first_page(&file, &stamp, &place).unwrap();
        assert!(marked.starts_with(&file), "{kind}");
        qpdf_agrees_in(folder.path(), &marked);
        // A second mark stands beside the first.
        let twice = first_page(&marked, &stamp, &place).unwrap();
        let document = Document::open(&twice).unwrap();
        let page = document.object(document.pages().unwrap()[0].id).unwrap();
        let list = document.value(page.as_dictionary().unwrap(), "Annots").unwrap().unwrap();
        assert_eq!(list.as_array().unwrap().len(), 2, "{kind}");
        let path = folder.path().join("marked.pdf");
        std::fs::write(&path, &marked).unwrap();
        if let Some(text) = run("pdftotext", &[path.to_str().unwrap(), "-"]) {
            let text = String::from_utf8_lossy(&text.stdout).into_owned();
            assert!(lines.iter().all(|line| text.contains(line)), "{kind}: {text}");
        }
    }
    assert!(first_page(b"%PDF-1.7", &stamp, &place).is_err());
}
