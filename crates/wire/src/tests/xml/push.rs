//! The reader in pieces and the reader of wholes see one document.

use proptest::prelude::*;

use super::tools::official_samples;
use crate::xml::canonical::{self, Form, Method, Selection};
use crate::xml::push::{Canonical, Lexer, PlacedFault, Token};
use crate::xml::read::{Limits, read};
use crate::xml::{Element, ReadFault};

/// A document as a list of what happens in it, the text of an element at its end.
fn told(bytes: &[u8], pieces: impl Iterator<Item = usize>) -> Result<Vec<String>, PlacedFault> {
    let mut lexer = Lexer::new(Limits::default());
    let mut out: Vec<String> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    let mut left = bytes;
    for length in pieces {
        let (mut piece, rest) = left.split_at(length.min(left.len()));
        left = rest;
        while let Some(token) = lexer.next(&mut piece)? {
            match token {
                Token::Start(tag) => {
                    let mut line = format!("<{} {}", tag.namespace(), tag.qualified_name());
                    for (address, name, value) in tag.attributes() {
                        let name = name.rsplit(':').next().unwrap();
                        line.push_str(&format!(" {address} {name}={value:?}"));
                    }
                    out.push(line);
                    texts.push(String::new());
                }
                Token::End => out.push(format!("/{}", texts.pop().unwrap())),
                Token::Text(text) => texts.last_mut().unwrap().push_str(&text),
            }
        }
        assert!(piece.is_empty());
    }
    assert!(left.is_empty());
    lexer.finish()?;
    Ok(out)
}

fn whole(bytes: &[u8]) -> Result<Vec<String>, PlacedFault> {
    told(bytes, std::iter::once(bytes.len()))
}

/// The same of a document that was read whole.
fn told_of(bytes: &[u8]) -> Result<Vec<String>, ReadFault> {
    let document = read(bytes, &Limits::default())?;
    let mut out = Vec::new();
    tell(document.root(), &mut out);
    Ok(out)
}

fn tell(element: Element<'_>, out: &mut Vec<String>) {
    let mut line = format!("<{} {}", element.namespace(), element.qualified_name());
    for attribute in element.attributes() {
        let (address, name, value) = (attribute.namespace, attribute.name, attribute.value);
        line.push_str(&format!(" {address} {name}={value:?}"));
    }
    out.push(line);
    element.children().for_each(|child| tell(child, out));
    out.push(format!("/{}", element.text()));
}

fn agree(bytes: &[u8]) {
    let (ours, theirs) = (whole(bytes), told_of(bytes));
    let shown = String::from_utf8_lossy(bytes);
    match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs, "{shown:?}"),
        (Err(_), Err(_)) => {}
        _ => panic!("{shown:?}: in pieces {ours:?}, whole {theirs:?}"),
    }
    let each = told(bytes, std::iter::repeat_n(1, bytes.len()));
    assert_eq!(each.as_ref().ok(), ours.as_ref().ok(), "{shown:?} byte by byte");
}

const DOCUMENT: &str = "\u{feff}<?xml version='1.0' encoding='UTF-8'?>\r\n<!-- trước -->\n\
<edXML xmlns='urn:a' xmlns:e=\"urn:b\" e:x='1 &lt; 2' y='\t&#10;'>\r\n <e:ô>Văn bản &amp; số\r7816\
]] &#x1F600; <![CDATA[]]<&amp;>]]]]><![CDATA[>\r\n]]></e:ô><!----><a/><b xmlns=''  a=''\n/>\
<c xmlns:e='urn:c'><e:d xml:lang='vi'/>]</c\t><?x y?></edXML>\n<?z?>\r";

#[test]
fn in_pieces_and_whole_are_one_document() {
    assert!(whole(DOCUMENT.as_bytes()).is_ok());
    agree(DOCUMENT.as_bytes());
    for cut in 0..=DOCUMENT.len() {
        let pieces = [cut, DOCUMENT.len() - cut];
        assert_eq!(told(DOCUMENT.as_bytes(), pieces.into_iter()), whole(DOCUMENT.as_bytes()));
        agree(&DOCUMENT.as_bytes()[..cut]);
    }
}

#[test]
fn what_one_reader_refuses_the_other_refuses() {
    for text in [
        "",
        " ",
        "<",
        "<a",
        "<a>",
        "</a>",
        "<a></b>",
        "<a/><b/>",
        "x<a/>",
        "<a/>x",
        "<a>]]></a>",
        "<a>]]&gt;</a>",
        "<a>&x;</a>",
        "<a>&#0;</a>",
        "<a>&amp</a>",
        "<a>&aaaaaaaaaaaaaaaaaaaaa;</a>",
        "<a b='1' b='2'/>",
        "<a b='<'/>",
        "<a b=1/>",
        "<a b/>",
        "<a b='1'c='2'/>",
        "<a:b/>",
        "<a xmlns:b=''/>",
        "<a xmlns:xml='urn:x'/>",
        "<a xmlns:xmlns='urn:x'/>",
        "<a b:xmlns='x'/>",
        "<!DOCTYPE a><a/>",
        "<!doctype a [<!ENTITY x 'y'>]><a>&x;</a>",
        "<!ELEMENT a><a/>",
        "<![CDATA[x]]><a/>",
        "<a><![CDATA[x]]</a>",
        "<a><![CDATB[x]]></a>",
        "<a><!-- -- --></a>",
        "<a><!--->",
        "<!--><a/>",
        "<a><!-x--></a>",
        "<?xml version='1.1'?><a/>",
        "<?xml version='1.0' encoding='latin1'?><a/>",
        " <?xml version='1.0'?><a/>",
        "<?xml?><a/>",
        "<a><?xml version='1.0'?></a>",
        "<a><?b:c d?></a>",
        "<a><??></a>",
        "<a>\u{1}</a>",
        "<a>\u{ffff}</a>",
        "<a b='\u{fffe}'/>",
        "<a xmlns:b='u' xmlns:c='u' b:x='' c:x=''/>",
        "<a/ >",
        "< a/>",
        "<a//>",
        "<a></a b>",
        "<a>\u{c}</a>",
        "<-a/>",
        "<a\u{a0}/>",
        "<a><b></a></b>",
    ] {
        agree(text.as_bytes());
    }
    for bytes in
        [&b"<a>\xff</a>"[..], b"<a>\xc3</a>", b"<a>\xe1\xbb</a>", b"<a b='\xc3'/>", b"\xef\xbb<a/>"]
    {
        assert!(whole(bytes).is_err());
        agree(bytes);
    }
}

#[test]
fn a_fault_says_the_line_and_the_column_as_people_count() {
    let text = "<?xml version='1.0'?>\n<a>\n  Ủy ban <b>x</c>\n</a>";
    let fault = whole(text.as_bytes()).unwrap_err();
    assert_eq!((fault.place.line, fault.place.column), (3, 14));
    assert!(matches!(fault.reason, ReadFault::EndTag { .. }));
    assert_eq!(fault.place.offset as usize, text.find("</c>").unwrap());
    let each = told(text.as_bytes(), std::iter::repeat_n(1, text.len())).unwrap_err();
    assert_eq!(each, fault);
}

#[test]
fn what_is_held_is_bounded() {
    let mut lexer = Lexer::new(Limits::default());
    let mut first: &[u8] = b"<a b='";
    while lexer.next(&mut first).unwrap().is_some() {}
    let piece = vec![b'x'; 8 << 10];
    let mut pushed = 0;
    let fault = loop {
        let mut input: &[u8] = &piece;
        match lexer.next(&mut input) {
            Ok(token) => assert!(token.is_none()),
            Err(fault) => break fault,
        }
        pushed += piece.len();
        assert!(pushed < 1 << 20, "a tag without end is held for ever");
    };
    assert!(matches!(fault.reason, ReadFault::TooLong { .. }));
}

#[test]
fn the_official_samples_are_read_alike() {
    let Some(folder) = official_samples() else { return };
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        match bytes.len() < 20_000 {
            true => agree(&bytes),
            false => assert_eq!(whole(&bytes).ok(), told_of(&bytes).ok()),
        }
    }
}

/// The canonical form of the document element, written as it is read.
fn canonical_in_pieces(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut lexer = Lexer::new(Limits::default());
    let mut canonical = Canonical::new(Vec::new());
    let mut left = bytes;
    while let Some(token) = lexer.next(&mut left).ok()? {
        match token {
            Token::Start(tag) => canonical.start(tag),
            Token::Text(text) => canonical.text(&text),
            Token::End => drop(canonical.end()),
        }
    }
    lexer.finish().ok()?;
    canonical.finish().filter(|_| lexer.instructions() == 0)
}

fn canonical_of(bytes: &[u8]) -> Option<Vec<u8>> {
    let document = read(bytes, &Limits::default()).ok()?;
    let root = Selection::element(document.root().node());
    canonical::bytes(&document, root, &Method::new(Form::Exclusive)).ok()
}

#[test]
fn the_exclusive_form_is_the_same_in_pieces() {
    for text in [
        "<a/>",
        "<a xmlns='urn:a'><b xmlns=''><c xmlns='urn:a'/></b></a>",
        "<p:a xmlns:p='urn:p' xmlns:q='urn:q' b='&#9;\t' q:b='\"' xml:lang='vi'>&lt;&#13;</p:a>",
        "<a xmlns:p='urn:p'><p:b xmlns:p='urn:p'/><p:b xmlns:p='urn:o'><p:c/></p:b><p:d/></a>",
        "<a xmlns:q='urn:q' xmlns:p='urn:p' p:z='1' q:a='2' a='3'><!-- x -->y<![CDATA[<z>]]></a>",
    ] {
        assert!(canonical_of(text.as_bytes()).is_some(), "{text}");
        assert_eq!(canonical_in_pieces(text.as_bytes()), canonical_of(text.as_bytes()), "{text}");
    }
    let without = DOCUMENT.replace("<?x y?>", "");
    let ours = canonical_in_pieces(without.as_bytes());
    assert_eq!(ours, canonical_of(without.as_bytes()));
    assert!(ours.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn damaged_documents_are_read_alike(
        changes in prop::collection::vec((0..DOCUMENT.len(), any::<u8>(), 0..4u8), 1..4),
    ) {
        let mut bytes = DOCUMENT.as_bytes().to_vec();
        for (at, byte, kind) in changes {
            let at = at.min(bytes.len() - 1);
            let likely = b"<>&;'\"=/!?[]- \r\nax:\xc3"[usize::from(byte) % 20];
            match kind {
                0 => bytes[at] = byte,
                1 => bytes[at] = likely,
                2 => bytes.insert(at, likely),
                _ => drop(bytes.remove(at)),
            }
        }
        agree(&bytes);
        if let Some(ours) = canonical_in_pieces(&bytes) {
            prop_assert!(canonical_of(&bytes).is_none_or(|theirs| theirs == ours));
        }
    }

    #[test]
    fn where_it_is_cut_makes_no_difference(cuts in prop::collection::vec(0..40usize, 0..60)) {
        let pieces = cuts.into_iter().chain(std::iter::once(DOCUMENT.len()));
        prop_assert_eq!(told(DOCUMENT.as_bytes(), pieces), whole(DOCUMENT.as_bytes()));
    }
}
