//! Documents that want to seem signed. None of them is ever valid.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use wire::asice::{Container, Limits, NewFile};

use super::kit::{Holder, Job, Wish, World, XML, authority, holder, pdf, stamp};
use crate::signing::Format;
use crate::verdict::{Report, Standing};

const AT: &str = "2026-06-12";

struct Court {
    world: World,
    crls: Vec<wire::pki::crl::Crl>,
}

impl Court {
    fn open() -> Court {
        let world = World::new();
        let crls = world.crls("2026-06-10", &[]);
        Court { world, crls }
    }

    fn judge(&self, file: &[u8]) -> Report {
        self.world.judge(file, AT, &self.crls)
    }

    fn sign(&self, format: Format, file: &[u8]) -> Vec<u8> {
        self.world.signed(&Job::new(format, file, &self.world.person))
    }

    fn refuses(&self, file: &[u8], code: &str) {
        let report = self.judge(file);
        let own = report.findings.iter().flat_map(|one| &one.reasons);
        let codes: Vec<_> = report.reasons.iter().chain(own).map(|why| why.code()).collect();
        assert_ne!(report.standing, Standing::Valid, "{codes:?}");
        assert!(codes.contains(&code), "wanted {code}, found {codes:?}");
    }
}

fn replaced(file: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(file.to_vec()).unwrap();
    assert!(text.contains(from), "{text}");
    text.replacen(from, to, 1).into_bytes()
}

#[test]
fn changed_content_is_found_in_every_format() {
    let court = Court::open();
    let xml = court.sign(Format::Xades, XML.as_bytes());
    court.refuses(&replaced(&xml, "12/QĐ-UBND", "13/QĐ-UBND"), "changed");
    let cms = court.sign(Format::Cades, b"van ban");
    let report = court.world.judge_with(&cms, Some(b"van ban khac"), AT, &court.crls);
    assert_eq!(report.standing, Standing::Invalid);
    court.refuses(&cms, "content-missing");
    let mut paper = court.sign(Format::Pades, &pdf());
    let at = paper.windows(9).position(|part| part == b"Quyet din").unwrap();
    paper[at] = b'q';
    court.refuses(&paper, "changed");
    let jws = String::from_utf8(court.sign(Format::Jws, b"van ban")).unwrap();
    let parts: Vec<&str> = jws.split('.').collect();
    let other = format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode("khac"), parts[2]);
    court.refuses(other.as_bytes(), "wrong-value");
}

/// The eight ways of wrapping (McIntosh, Somorovsky), on a signature of one element.
#[test]
fn wrapped_xml_is_never_valid() {
    let court = Court::open();
    let body = "<VanBan><NoiDung Id=\"nd\">thật</NoiDung></VanBan>";
    let signed = part_signed(&court.world, body);
    assert_eq!(court.judge(signed.as_bytes()).standing, Standing::Valid);
    let at = signed.find("<ds:Signature").unwrap();
    let end = signed.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    let signature = &signed[at..end];
    let own = "<NoiDung Id=\"nd\">thật</NoiDung>";
    let forged = "<NoiDung Id=\"gia\">giả</NoiDung>";
    let same = "<NoiDung Id=\"nd\">giả</NoiDung>";
    let with_object = signature
        .replace("</ds:Signature>", &format!("<ds:Object>{own}</ds:Object></ds:Signature>"));
    let beside_properties = signature.replace("</ds:Object>", &format!("{forged}</ds:Object>"));
    assert_ne!(beside_properties, signature);
    let documents = [
        format!("<VanBan>{forged}{own}{signature}</VanBan>"),
        format!("<VanBan>{own}{forged}{signature}</VanBan>"),
        format!("<VanBan>{own}{signature}{forged}</VanBan>"),
        format!("<VanBan>{same}{own}{signature}</VanBan>"),
        format!("<VanBan>{own}{same}{signature}</VanBan>"),
        format!("<VanBan><NoiDung Id=\"gia\">giả{own}</NoiDung>{signature}</VanBan>"),
        format!("<VanBan>{forged}{with_object}</VanBan>"),
        format!("<VanBan>{forged}<Kho>{own}{signature}</Kho></VanBan>"),
        format!(
            "<VanBan><NoiDung Id=\"gia\">giả</NoiDung><x:a xmlns:x=\"urn:x\">{own}</x:a>{signature}</VanBan>"
        ),
        format!("<VanBan DaDuyet=\"co\">{own}{signature}</VanBan>"),
        format!("<VanBan>{own}<DaDuyet/>{signature}</VanBan>"),
        format!("<VanBan>giả{own}{signature}</VanBan>"),
        format!("<?xml-stylesheet href=\"a.xsl\"?><VanBan>{own}{signature}</VanBan>"),
        format!("<VanBan>{own}{beside_properties}</VanBan>"),
        format!("<VanBan>{own}<TraceHeaderList>{forged}</TraceHeaderList>{signature}</VanBan>"),
    ];
    for document in documents {
        let report = court.judge(document.as_bytes());
        assert_ne!(report.standing, Standing::Valid, "{document}");
    }
}

fn part_signed(world: &World, body: &str) -> String {
    use wire::xml::sign::{Part, Place, Properties, Recipe, prepare};
    let document = wire::xml::read::read(body.as_bytes(), &wire::xml::Limits::default()).unwrap();
    let node = document.root().children().next().unwrap().node();
    let key = super::kit::key_of(&world.person.certificate);
    let certificates =
        [world.person.certificate.der().to_vec(), world.issuing.certificate.der().to_vec()];
    let mut recipe = Recipe::new("ky", Place::LastIn(document.root().node()), key);
    recipe.parts = vec![Part::Element(node)];
    recipe.certificates = &certificates;
    recipe.properties = Some(Properties {
        signing_time: super::kit::day("2026-06-01"),
        policy: None,
        production_place: None,
    });
    let algorithm = recipe.algorithm;
    let prepared = prepare(&document, &recipe).unwrap();
    let value = world.person.sign(algorithm, prepared.to_be_signed());
    String::from_utf8(prepared.finish(&value).unwrap()).unwrap()
}

#[test]
fn a_key_that_vouches_for_itself_and_a_certificate_of_ones_own_are_not_believed() {
    let court = Court::open();
    let signed = String::from_utf8(court.sign(Format::Xades, XML.as_bytes())).unwrap();
    let (at, end) = (signed.find("<ds:KeyInfo").unwrap(), signed.find("</ds:KeyInfo>").unwrap());
    let bare = format!(
        "{}<ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>\
         AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>{}",
        &signed[..at],
        &signed[end..]
    );
    court.refuses(bare.as_bytes(), "key-only");
    let own = authority(None, "Tự phong");
    let forger = holder(&own, &Wish::default());
    for format in [Format::Xades, Format::Jws, Format::Asice] {
        let file = court.world.signed(&Job::new(format, XML.as_bytes(), &forger));
        court.refuses(&file, "issuer-missing");
    }
    let file = court.world.signed(&Job::new(Format::Pades, &pdf(), &own));
    court.refuses(&file, "no-anchor");
}

#[test]
fn a_certificate_of_another_with_the_same_key_is_refused() {
    let court = Court::open();
    let world = &court.world;
    let twin = Holder {
        key: holder(&world.issuing, &Wish::default()).key,
        certificate: world.seal.certificate.clone(),
    };
    // Signed by one key and named as another's: never the seal's.
    for (format, file) in [(Format::Cades, &b"x"[..]), (Format::Jws, b"x"), (Format::Asice, b"x")] {
        let signed = world.signed(&Job::new(format, file, &twin));
        let report =
            world.judge_with(&signed, (format == Format::Cades).then_some(file), AT, &court.crls);
        assert_eq!(report.standing, Standing::Invalid, "{format:?}");
    }
}

#[test]
fn pdf_files_that_were_changed_behind_the_signature_are_not_valid() {
    let court = Court::open();
    let signed = court.sign(Format::Pades, &pdf());
    let previous = last_xref(&signed);
    let appended = |objects: &str, numbers: &[u32]| {
        let mut file = signed.clone();
        let mut table = "xref\n0 1\n0000000000 65535 f \n".to_owned();
        for (number, body) in numbers.iter().zip(objects.split('|')) {
            table.push_str(&format!("{number} 1\n{:010} 00000 n \n", file.len()));
            file.extend_from_slice(format!("{number} 0 obj\n{body}\nendobj\n").as_bytes());
        }
        let at = file.len();
        file.extend_from_slice(table.as_bytes());
        let root = root_of(&signed);
        let end = format!(
            "trailer\n<</Size 90/Root {root} 0 R/Prev {previous}>>\nstartxref\n{at}\n%%EOF\n"
        );
        file.extend_from_slice(end.as_bytes());
        file
    };
    let text = "BT /F 14 Tf 72 700 Td (Quyet dinh so 99) Tj ET";
    let other = format!("<</Length {}>>\nstream\n{text}\nendstream", text.len());
    court.refuses(&appended(&other, &[4]), "changed-after");
    let pages = "<</Type/Pages/Kids[3 0 R 80 0 R]/Count 2>>|<</Type/Page/Parent 2 0 R\
                 /MediaBox[0 0 595 842]/Contents 4 0 R>>";
    court.refuses(&appended(pages, &[2, 80]), "changed-after");
    court
        .refuses(&appended("<</Type/Font/Subtype/Type1/BaseFont/Courier>>", &[5]), "changed-after");
    // A byte range that leaves out more than the signature.
    let text = String::from_utf8_lossy(&signed).into_owned();
    let at = text.find("/ByteRange [").unwrap();
    let range = &text[at..at + text[at..].find(']').unwrap()];
    let mut wider = signed.clone();
    let numbers: Vec<usize> =
        range.split(['[', ' ']).filter_map(|word| word.parse().ok()).collect();
    let forged = format!("/ByteRange [0 {} {} {}", numbers[1] - 10, numbers[2], numbers[3]);
    let place = signed.windows(11).position(|part| part == b"/ByteRange ").unwrap();
    wider[place..place + range.len()].fill(b' ');
    wider[place..place + forged.len()].copy_from_slice(forged.as_bytes());
    assert_ne!(court.judge(&wider).standing, Standing::Valid);
}

fn last_xref(file: &[u8]) -> usize {
    let text = String::from_utf8_lossy(file);
    let at = text.rfind("startxref").unwrap();
    text[at..].split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn root_of(file: &[u8]) -> u32 {
    let text = String::from_utf8_lossy(file);
    let at = text.rfind("/Root ").unwrap() + 6;
    text[at..].split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn containers_with_files_nobody_signed_or_without_signed_ones_are_not_valid() {
    let court = Court::open();
    let signed = court.sign(Format::Asice, b"van ban");
    let container = Container::read(&signed, &Limits::default()).unwrap();
    let list = container.signature_files().next().unwrap().bytes.to_vec();
    let file = |name, bytes| NewFile { name, media_type: "text/plain", bytes };
    let own = file("tờ trình.txt", &b"van ban"[..]);
    let more =
        wire::asice::write(&[own, file("them.txt", b"x")], std::slice::from_ref(&list)).unwrap();
    court.refuses(&more, "files-unsigned");
    let less = wire::asice::write(&[file("them.txt", b"x")], std::slice::from_ref(&list)).unwrap();
    court.refuses(&less, "files-missing");
    let other = wire::asice::write(&[file("tờ trình.txt", b"khac")], &[list]).unwrap();
    court.refuses(&other, "changed");
}

#[test]
fn a_stamp_over_something_else_makes_it_invalid() {
    let court = Court::open();
    let world = &court.world;
    let foreign = stamp(&world.clock, b"something else", "2026-06-02", &world.chain());
    for format in [Format::Xades, Format::Cades, Format::Asice, Format::Pades] {
        let paper = pdf();
        let file = if format == Format::Pades { &paper[..] } else { XML.as_bytes() };
        let order = crate::signing::Order {
            format,
            file,
            name: "a.xml",
            media_type: "text/xml",
            certificate: &world.person.certificate,
            chain: &world.chain(),
            at: super::kit::day("2026-06-01"),
            field: "ky1",
            reason: None,
            shown: None,
            id: "ky1",
        };
        let draft = crate::signing::prepare(&order).unwrap();
        let value = world.person.sign(draft.algorithm(), draft.to_be_signed());
        let signed = draft.sign(&value).unwrap().stamp(&foreign).unwrap().finish().unwrap();
        let content = (format == Format::Cades).then_some(file);
        let report = world.judge_with(&signed, content, AT, &court.crls);
        assert_eq!(report.standing, Standing::Invalid, "{format:?}");
        assert_eq!(report.findings[0].reasons[0].code(), "stamp-foreign");
    }
}

#[test]
fn shared_secrets_no_algorithm_and_placeholders_are_no_signatures() {
    let court = Court::open();
    for algorithm in ["none", "HS256"] {
        let header = URL_SAFE_NO_PAD.encode(format!("{{\"alg\":\"{algorithm}\"}}"));
        court.refuses(format!("{header}.e30.AAAA").as_bytes(), "not-a-signature");
    }
    let placeholder = "<edXML xmlns=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\"><Body>a</Body>\
        <Signature><SignedInfo/><SignatureValue>a</SignatureValue></Signature></edXML>";
    court.refuses(placeholder.as_bytes(), "placeholder");
    let doctype = format!("<!DOCTYPE a [<!ENTITY b \"c\">]>{XML}");
    court.refuses(doctype.as_bytes(), "unreadable");
}

#[test]
fn what_is_added_on_the_way_of_a_message_leaves_it_valid_and_is_named() {
    let court = Court::open();
    let signed = part_signed(&court.world, "<edXML><Body Id=\"b\">a</Body></edXML>");
    let traced = signed.replacen("<edXML>", "<edXML><TraceHeaderList>x</TraceHeaderList>", 1);
    let report = court.judge(traced.as_bytes());
    assert_eq!(report.standing, Standing::Valid);
    assert!(report.findings[0].notes.iter().any(|note| note.code() == "added-on-the-way"));
}

#[test]
fn a_second_signature_of_a_stranger_spoils_the_whole() {
    let court = Court::open();
    let stranger = holder(&authority(None, "Người lạ"), &Wish::default());
    let first = court.sign(Format::Pades, &pdf());
    let both =
        court.world.signed(&Job { field: "ky2", ..Job::new(Format::Pades, &first, &stranger) });
    let report = court.judge(&both);
    assert_eq!(report.standing, Standing::Unverifiable);
    assert_eq!(report.findings[0].standing, Standing::Valid);
}
