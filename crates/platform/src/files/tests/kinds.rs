//! Content decides what a file is.

use super::*;
use crate::files::media;

async fn judged(name: &str, content: &[u8], media: &'static [Media]) -> Result<Media, FileRefusal> {
    let house = House::build(Vec::new()).await;
    let rules = KeepRules { media, ..rules(name) };
    let kept = house.ctx.files.keep_bytes(Bytes::copy_from_slice(content), &rules).await;
    if kept.is_err() {
        assert_eq!(lying_in(&house.ctx, "incoming"), [] as [PathBuf; 0], "rubbish is left");
        assert_eq!(lying_in(&house.ctx, "files"), [] as [PathBuf; 0], "rubbish is left");
        assert_eq!(used(&house.ctx).await, 0);
    }
    kept.map(|kept| Media::parse(&kept.media).unwrap())
}

#[tokio::test]
async fn every_kind_is_known_by_its_content_and_by_each_of_its_endings() {
    for media in Media::ALL {
        for ending in media.extensions() {
            let name = format!("Đơn.{}", ending.to_uppercase());
            assert_eq!(judged(&name, &samples::of(media), &Media::ALL).await, Ok(media));
        }
    }
}

#[tokio::test]
async fn every_kind_is_refused_where_it_is_not_allowed() {
    for media in Media::ALL {
        let allowed: &'static [Media] =
            if media == Media::Pdf { &[Media::Png] } else { &[Media::Pdf] };
        let refused = judged("a", &samples::of(media), allowed).await;
        assert_eq!(refused, Err(FileRefusal::Kind { allowed }), "{media:?}");
    }
    // An archive is none of the papers, though papers may be archives.
    let archive = samples::zip(&[("a.pdf", &samples::pdf())]);
    let refused = judged("a.zip", &archive, Media::PAPERS).await;
    assert_eq!(refused, Err(FileRefusal::Kind { allowed: Media::PAPERS }));
}

#[tokio::test]
async fn a_name_that_says_something_else_is_refused() {
    for (name, content, found) in [
        ("a.png", samples::pdf(), Media::Pdf),
        ("a.pdf", samples::jpeg(), Media::Jpeg),
        ("a.xlsx", samples::docx(), Media::Docx),
        ("đơn.exe", samples::pdf(), Media::Pdf),
        ("a.pdf.js", samples::pdf(), Media::Pdf),
    ] {
        let named = name.rsplit_once('.').unwrap().1.to_owned();
        let refused = judged(name, &content, &Media::ALL).await;
        assert_eq!(refused, Err(FileRefusal::Disguised { named, found }));
    }
}

#[tokio::test]
async fn where_others_decide_what_they_send_everything_is_kept_as_it_came() {
    let kept = async |name: &str, content: &[u8]| {
        let house = House::build(Vec::new()).await;
        let rules = KeepRules { media: Media::WHATEVER, ..rules(name) };
        let kept = house.ctx.files.keep_bytes(Bytes::copy_from_slice(content), &rules).await;
        kept.map(|kept| (kept.media, kept.name)).unwrap()
    };
    let other = Media::Other.content_type().to_owned();
    // An old office document, a PDF that says it is something else, half an archive.
    let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on";
    assert_eq!(kept("cv.doc", old).await, (other.clone(), "cv.doc".to_owned()));
    let pdf = (Media::Pdf.content_type().to_owned(), "cv.doc".to_owned());
    assert_eq!(kept("../cv.doc", &samples::pdf()).await, pdf);
    assert_eq!(kept("a.docx", b"PK\x03\x04").await, (other, "a.docx".to_owned()));
}

#[tokio::test]
async fn what_is_nothing_we_know_is_refused() {
    let allowed = Media::PAPERS;
    for content in [
        b"MZ\x90\0 a program".as_slice(),
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old or a locked office document",
        b"\n%PDF-1.7 not at its beginning %%EOF",
        b"RIFF\0\0\0\0WAVE",
        b"x",
    ] {
        let refused = judged("a", content, allowed).await;
        assert_eq!(refused, Err(FileRefusal::Kind { allowed }), "{content:?}");
    }
}

#[tokio::test]
async fn what_is_cut_off_is_refused() {
    for (whole, found) in [
        (samples::pdf(), Media::Pdf),
        (samples::png(), Media::Png),
        (samples::jpeg(), Media::Jpeg),
        (samples::webp(), Media::Webp),
        (samples::docx(), Media::Zip),
        (samples::odt(), Media::Zip),
    ] {
        let half = &whole[..whole.len() * 2 / 3];
        let refused = judged("a", half, Media::PAPERS).await;
        assert_eq!(refused, Err(FileRefusal::Damaged { found }));
    }
}

#[tokio::test]
async fn a_cut_off_document_is_called_by_the_name_its_sender_knows() {
    for (name, whole, found) in [
        ("đơn.docx", samples::docx(), Media::Docx),
        ("bảng.xlsx", samples::xlsx(), Media::Xlsx),
        ("đơn.odt", samples::odt(), Media::Odt),
    ] {
        let refused = judged(name, &whole[..whole.len() - 30], Media::PAPERS).await;
        assert_eq!(refused, Err(FileRefusal::Damaged { found }));
    }
}

/// What its content is found to be, without a house around it.
fn identified(content: &[u8]) -> Result<Media, FileRefusal> {
    let size_bytes = content.len() as u64;
    media::identify(&mut std::io::Cursor::new(content), size_bytes, Media::PAPERS)
}

#[test]
fn a_picture_is_refused_wherever_it_was_cut() {
    let damaged = |found| Err(FileRefusal::Damaged { found });
    for (whole, found) in [(samples::photograph(), Media::Jpeg), (samples::png(), Media::Png)] {
        assert_eq!(identified(&whole), Ok(found));
        for length in media::MAGIC_BYTES..whole.len() {
            assert_eq!(identified(&whole[..length]), damaged(found), "{found:?} {length}");
        }
        let with_film = [whole.as_slice(), b"a film behind it \xff\xd8 cut o"].concat();
        assert_eq!(identified(&with_film), Ok(found), "what others append is theirs");
    }
}

#[test]
fn a_document_cut_behind_an_earlier_end_is_refused() {
    let first = samples::pdf();
    let update = b"2 0 obj<</V 2>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".as_slice();
    let changed = [first.as_slice(), update].concat();
    assert_eq!(identified(&changed), Ok(Media::Pdf));
    let damaged = Err(FileRefusal::Damaged { found: Media::Pdf });
    for length in first.len() + 7..changed.len() - 6 {
        assert_eq!(identified(&changed[..length]), damaged, "{length}");
    }
    let signed = [changed.as_slice(), b"\r\n\0\0 something a program left here"].concat();
    assert_eq!(identified(&signed), Ok(Media::Pdf));
    // Laid out for the web: the first part ends like a document, and says that more follows.
    let first = b"%PDF-1.7\n1 0 obj<</Linearized 1>>endobj\nstartxref\r\n0\r\n%%EOF\n".as_slice();
    assert_eq!(identified(first), damaged);
    let second = b"2 0 obj<<>>endobj\nstartxref\n116\n%%EOF\n";
    assert_eq!(identified(&[first, second].concat()), Ok(Media::Pdf));
}

#[tokio::test]
async fn documents_that_carry_programs_are_refused() {
    let types = ("[Content_Types].xml", b"<Types/>".as_slice());
    let kind = ("mimetype", b"application/vnd.oasis.opendocument.text".as_slice());
    for members in [
        vec![types, ("word/document.xml", b""), ("word/vbaProject.bin", b"")],
        vec![types, ("xl/workbook.xml", b""), ("xl/VBAPROJECT.BIN", b"")],
        vec![kind, ("Basic/Standard/Module1.xml", b"")],
        vec![kind, ("Scripts/python/a.py", b"")],
    ] {
        let refused = judged("a", &samples::zip(&members), Media::PAPERS).await;
        assert_eq!(refused, Err(FileRefusal::Macros));
    }
}

#[tokio::test]
async fn text_is_unicode_without_control_characters() {
    const TEXT: &[Media] = &[Media::Text];
    // A letter cut in two by the border of a piece.
    let long = [vec![b'a'; 64 * 1024 - 1], "ế".repeat(50_000).into_bytes()].concat();
    assert_eq!(judged("a.txt", &long, TEXT).await, Ok(Media::Text));
    let cut = &long[..long.len() - 1];
    for content in [b"a\0b".as_slice(), b"\x1b[31m red", b"Vi\xeat", b"\xff\xfea\0", cut] {
        let refused = judged("a.txt", content, TEXT).await;
        assert_eq!(refused, Err(FileRefusal::Kind { allowed: TEXT }));
    }
}

#[tokio::test]
async fn archives_that_lie_about_themselves_are_damaged_not_deadly() {
    let whole = samples::docx();
    let end = whole.len() - 22;
    // Count, length and start of the directory, each made absurd.
    for (at, bytes) in [(10, 2), (12, 4), (16, 4)] {
        let mut lie = whole.clone();
        lie[end + at..end + at + bytes].fill(0xff);
        let refused = judged("a", &lie, Media::PAPERS).await;
        assert_eq!(refused, Err(FileRefusal::Damaged { found: Media::Zip }), "at {at}");
    }
}

#[test]
fn the_lists_that_people_and_browsers_see() {
    let media = &[Media::Pdf, Media::Jpeg];
    assert_eq!(Media::list(media), "PDF, JPEG");
    assert_eq!(Media::accept(media), ".pdf,.jpg,.jpeg,.jfif");
}
