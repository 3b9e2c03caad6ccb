//! Containers: ours before unzip, hostile ones before us.

use proptest::prelude::*;

use crate::algorithm::PublicKey;
use crate::asice::{
    AsiceFault, Checksum, Container, LargeFile, Limits, MEDIA_TYPE, NewFile, ZipFault, write,
    write_around,
};
use crate::xml;
use crate::xml::sign::{Part, Place, Recipe, SIGNATURE_LIST};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};

const FILES: [NewFile<'static>; 2] = [
    NewFile { name: "quyết định.xml", media_type: "text/xml", bytes: b"<a>1</a>" },
    NewFile { name: "phu-luc/bang.csv", media_type: "text/csv", bytes: &[b'1'; 5_000] },
];

fn key() -> (Ed25519KeyPair, PublicKey) {
    let key = Ed25519KeyPair::from_seed_unchecked(&[5; 32]).unwrap();
    let public = PublicKey::Ed25519(key.public_key().as_ref().to_vec());
    (key, public)
}

/// A signature file over some of the files.
fn signature(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (key, public) = key();
    let list = xml::read::read(SIGNATURE_LIST.as_bytes(), &xml::Limits::default()).unwrap();
    let mut recipe = Recipe::new("S0", Place::LastIn(list.root().node()), &public);
    recipe.parts = files
        .iter()
        .map(|(uri, bytes)| Part::External { uri, bytes, media_type: "text/plain" })
        .collect();
    let prepared = xml::sign::prepare(&list, &recipe).unwrap();
    let value = key.sign(prepared.to_be_signed());
    prepared.finish(value.as_ref()).unwrap()
}

fn read(bytes: &[u8]) -> Result<Container, AsiceFault> {
    Container::read(bytes, &Limits::default())
}

#[test]
fn a_container_comes_back_as_it_was_put_and_its_signature_holds() {
    let uri = "quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh.xml";
    let signed = signature(&[(uri, FILES[0].bytes)]);
    let bytes = write(&FILES, std::slice::from_ref(&signed)).unwrap();
    assert_eq!(bytes, write(&FILES, std::slice::from_ref(&signed)).unwrap());
    assert_eq!(&bytes[30..38], b"mimetype");
    assert_eq!(&bytes[38..38 + MEDIA_TYPE.len()], MEDIA_TYPE.as_bytes());
    let container = read(&bytes).unwrap();
    assert_eq!(container.files().count(), 2);
    assert_eq!(container.comment.as_deref(), Some(format!("mimetype={MEDIA_TYPE}").as_str()));
    for file in FILES {
        assert_eq!(container.entry(file.name).unwrap().bytes, file.bytes);
    }
    let coverage = container.coverage().unwrap();
    let (name, index, covered) = &coverage.signed[0];
    assert_eq!((name.as_str(), *index), ("META-INF/signatures0.xml", 0));
    assert!(covered.contains("quyết định.xml") && covered.len() == 1);
    assert_eq!(coverage.unsigned.iter().collect::<Vec<_>>(), ["phu-luc/bang.csv"]);
    assert!(coverage.missing.is_empty());
    let file = container.signature_files().next().unwrap();
    let document = xml::read::read(file.bytes, &xml::Limits::default()).unwrap();
    let node = xml::signature::find(&document).unwrap().signatures[0];
    let signature = xml::signature::read(&document, node).unwrap();
    let externals = container.externals(&signature);
    let checked = xml::signature::check(&document, &signature, &key().1, &externals).unwrap();
    assert_eq!(checked.external(uri), Some(FILES[0].bytes));
}

#[test]
fn unzip_agrees_with_what_we_write() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("a.asice");
    std::fs::write(&path, write(&FILES, &[signature(&[("a.txt", b"a")])]).unwrap()).unwrap();
    let judge =
        "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), z.namelist())";
    let python = ["-c", judge, path.to_str().unwrap()];
    for (program, arguments) in
        [("unzip", &["-t", path.to_str().unwrap()][..]), ("python3", &python)]
    {
        let Ok(output) = std::process::Command::new(program).args(arguments).output() else {
            println!("skipped: {program} is not installed");
            continue;
        };
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}");
        assert!(said.contains("No errors") || said.starts_with("None"), "{said}");
    }
}

#[test]
fn missing_files_and_addresses_outside_are_named() {
    let bytes = write(&FILES, &[signature(&[("gone.txt", b"x")])]).unwrap();
    let coverage = read(&bytes).unwrap().coverage().unwrap();
    assert_eq!(coverage.missing.iter().collect::<Vec<_>>(), ["gone.txt"]);
    assert_eq!(coverage.unsigned.len(), 2);
    for uri in ["http://evil/x", "file:///etc/passwd", "../x", "a/../../x", "%2e%2e/x", "a%00b"] {
        let bytes = write(&FILES, &[signature(&[(uri, b"x")])]).unwrap();
        let fault = read(&bytes).unwrap().coverage().unwrap_err();
        assert!(matches!(fault, AsiceFault::Outside { .. }), "{uri}: {fault}");
    }
}

/// A hand-made archive: names and contents, all stored.
fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, data) in entries {
        let mut crc = flate2::Crc::new();
        crc.update(data);
        let mut head = vec![20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
        head.extend(crc.sum().to_le_bytes());
        head.extend((data.len() as u32).to_le_bytes());
        head.extend((data.len() as u32).to_le_bytes());
        head.extend((name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend((out.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(head);
        out.extend(name.as_bytes());
        out.extend(*data);
    }
    let (start, size, count) = (out.len() as u32, directory.len() as u32, entries.len() as u16);
    out.extend(directory);
    out.extend(b"PK\x05\x06\x00\x00\x00\x00");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

const FIRST: (&str, &[u8]) = ("mimetype", MEDIA_TYPE.as_bytes());

#[test]
fn names_that_lead_elsewhere_are_refused() {
    for name in [
        "../x",
        "/etc/passwd",
        "a/../../b",
        "a\\b",
        "C:x",
        "",
        "a//b",
        "./a",
        "a/.",
        "a\0b",
        "a\nb",
        "tail.",
        "tail ",
    ] {
        let fault = read(&archive(&[FIRST, (name, b"x")])).unwrap_err();
        assert!(matches!(fault, AsiceFault::Name { .. }), "{name:?}: {fault}");
    }
    let long = "x".repeat(300);
    assert!(matches!(read(&archive(&[FIRST, (&long, b"x")])), Err(AsiceFault::Name { .. })));
    assert!(read(&archive(&[FIRST, ("folder/", b""), ("folder/a", b"x")])).is_ok());
}

#[test]
fn one_name_twice_is_refused_also_in_capitals() {
    for other in ["a.xml", "A.XML"] {
        let fault = read(&archive(&[FIRST, ("a.xml", b"1"), (other, b"2")])).unwrap_err();
        assert_eq!(fault, AsiceFault::Twice { name: other.into() });
    }
    let fault = read(&archive(&[FIRST, ("a", b"1"), ("mimetype", b"2")])).unwrap_err();
    assert_eq!(fault, AsiceFault::Twice { name: "mimetype".into() });
}

#[test]
fn the_media_type_is_first_stored_and_the_only_one() {
    assert_eq!(read(&archive(&[("a", b"1"), FIRST])), Err(AsiceFault::MediaType));
    let other = ("mimetype", b"application/zip".as_slice());
    assert_eq!(read(&archive(&[other, ("a", b"1")])), Err(AsiceFault::MediaType));
    assert_eq!(read(&archive(&[FIRST])), Err(AsiceFault::Empty));
    let mut comment = archive(&[FIRST, ("a", b"1")]);
    let end = comment.len();
    comment[end - 2] = 16;
    comment.extend_from_slice(b"mimetype=text/ab");
    assert_eq!(read(&comment), Err(AsiceFault::Comment));
}

#[test]
fn directory_and_heads_must_agree_and_leave_nothing_between() {
    let good = archive(&[FIRST, ("a", b"12345")]);
    assert!(read(&good).is_ok());
    let second = 30 + 8 + MEDIA_TYPE.len();
    let zip = |fault| Err(AsiceFault::Zip(fault));
    let changed = |at: usize, to: u8| {
        let mut bytes = good.clone();
        assert_ne!(bytes[at], to);
        bytes[at] = to;
        read(&bytes)
    };
    assert_eq!(changed(second + 30, b'b'), zip(ZipFault::Differs), "name in the head");
    assert_eq!(changed(second + 14, 9), zip(ZipFault::Differs), "checksum in the head");
    assert_eq!(changed(second + 31, b'9'), zip(ZipFault::Checksum), "data");
    assert_eq!(changed(second + 6, 1), zip(ZipFault::Differs), "flags in the head");
    let directory = second + 31 + 5;
    assert_eq!(changed(directory + 8, 1), zip(ZipFault::Encrypted));
    assert_eq!(changed(directory + 10, 12), zip(ZipFault::Method));
    let behind = [good.as_slice(), b"x"].concat();
    assert_eq!(read(&behind), zip(ZipFault::NotZip));
    let mut before = good.clone();
    before.splice(0..0, *b"#!/bin/sh\n");
    assert_eq!(read(&before), zip(ZipFault::Gap));
    assert_eq!(read(b""), zip(ZipFault::NotZip));
}

#[test]
fn bombs_are_not_inflated() {
    let zeros = vec![0u8; 20 << 20];
    let file = NewFile { name: "zeros", media_type: "x/y", bytes: &zeros };
    // Ours is stored, and so no bomb; made one, it is refused by its numbers alone.
    assert!(read(&write(&[file], &[]).unwrap()).is_ok());
    let mut archive = archive(&[FIRST, ("a", b"12345")]);
    let second = 30 + 8 + MEDIA_TYPE.len();
    let directory = second + 36 + 46 + 8;
    for (method, size) in [(second + 8, second + 22), (directory + 10, directory + 24)] {
        archive[method] = 8;
        archive[size..size + 4].copy_from_slice(&(100u32 << 20).to_le_bytes());
    }
    assert_eq!(read(&archive), Err(AsiceFault::Zip(ZipFault::Bomb)));
    let tight = Limits { entry_bytes: 4, ..Limits::default() };
    let small = self::archive(&[("m", b"12345")]);
    let fault = Container::read(&small, &tight).unwrap_err();
    assert_eq!(fault, AsiceFault::Zip(ZipFault::TooLarge));
    let few = Limits { entries: 1, ..Limits::default() };
    let two = self::archive(&[FIRST, ("a", b"1")]);
    assert_eq!(Container::read(&two, &few), Err(AsiceFault::Zip(ZipFault::TooLarge)));
}

#[test]
fn a_writer_refuses_what_its_reader_would() {
    let file = |name| NewFile { name, media_type: "x/y", bytes: b"1" };
    assert_eq!(write(&[], &[]), Err(AsiceFault::Empty));
    for name in ["mimetype", "META-INF/x", "meta-inf/signatures.xml"] {
        assert!(matches!(write(&[file(name)], &[]), Err(AsiceFault::Twice { .. })), "{name}");
    }
    assert!(matches!(write(&[file("../x")], &[]), Err(AsiceFault::Name { .. })));
    assert!(matches!(write(&[file("a"), file("A")], &[]), Err(AsiceFault::Twice { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn a_mutant_is_refused_or_has_the_same_files(at in any::<usize>(), bit in 0u8..8) {
        let original = write(&FILES, &[]).unwrap();
        let files = read(&original).unwrap();
        let mut mutant = original.clone();
        let at = at % mutant.len();
        mutant[at] ^= 1 << bit;
        // Times, versions and attributes mean nothing here; names and data mean everything.
        if let Ok(container) = read(&mutant) {
            prop_assert_eq!(container.entries, files.entries);
        }
    }

    #[test]
    fn any_bytes_end_in_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut bytes = bytes;
        let _ = read(&bytes);
        bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
        bytes.extend_from_slice(&[40, 0, 0, 0, 10, 0, 0, 0, 0, 0]);
        let _ = read(&bytes);
    }
}

#[test]
fn kept_archives_are_judged_as_they_always_were() {
    let name = |name: &str| Err(AsiceFault::Name { name: name.into() });
    let files: [(&[u8], Result<usize, AsiceFault>); 5] = [
        (include_bytes!("corpus/asice/traversal.asice"), name("../../etc/cron.d/x")),
        (
            include_bytes!("corpus/asice/name-twice.asice"),
            Err(AsiceFault::Twice { name: "a.xml".into() }),
        ),
        (include_bytes!("corpus/asice/prepended.asice"), Err(ZipFault::Gap.into())),
        (include_bytes!("corpus/asice/bomb.asice"), Err(ZipFault::Bomb.into())),
        (include_bytes!("corpus/asice/signed.asice"), Ok(1)),
    ];
    for (bytes, expected) in files {
        let unsigned = read(bytes).map(|container| container.coverage().unwrap().unsigned.len());
        assert_eq!(unsigned, expected);
    }
}

fn manifest(proof: &str, files: &[(&str, &[u8])]) -> String {
    use base64::Engine as _;
    let one = |(uri, bytes): &(&str, &[u8])| {
        let hash = crate::algorithm::Digest::Sha512.of(bytes);
        let value = base64::engine::general_purpose::STANDARD.encode(hash);
        format!(
            "<DataObjectReference URI=\"{uri}\"><DigestMethod \
             xmlns=\"http://www.w3.org/2000/09/xmldsig#\" \
             Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha512\"/><DigestValue \
             xmlns=\"http://www.w3.org/2000/09/xmldsig#\">{value}</DigestValue>\
             </DataObjectReference>"
        )
    };
    let files: String = files.iter().map(one).collect();
    format!(
        "<ASiCManifest xmlns=\"http://uri.etsi.org/02918/v1.2.1#\"><SigReference URI=\"{proof}\"/>\
         {files}</ASiCManifest>"
    )
}

#[test]
fn a_manifest_says_which_files_its_signature_is_over() {
    let text = manifest("/META-INF/s%C6%A1signature.p7s", &[("quy%E1%BB%83n.txt", b"1")]);
    let stamp = manifest("META-INF/timestamp.tst", &[("a.txt", b"1"), ("mimetype", b"2")]);
    let files: [(&str, &[u8]); 5] = [
        FIRST,
        ("quyển.txt", b"1"),
        ("META-INF/ASiCManifest.xml", text.as_bytes()),
        ("META-INF/ASiCArchiveManifest2.xml", stamp.as_bytes()),
        ("META-INF/ASiCManifest3.xml", b"<a/>"),
    ];
    let container = read(&archive(&files)).unwrap();
    let mut manifests = container.manifests();
    let (name, first) = manifests.next().unwrap();
    let first = first.unwrap();
    assert_eq!((name, first.is_stamp), ("META-INF/ASiCManifest.xml", false));
    assert_eq!(first.proof, "META-INF/sơsignature.p7s");
    assert_eq!((first.bytes, first.references.len()), (text.as_bytes(), 1));
    assert!(first.reference("quyển.txt").is_some());
    let second = manifests.next().unwrap().1.unwrap();
    assert!(second.is_stamp && second.references.len() == 2);
    assert_eq!(container.bytes_of("mimetype"), Some(MEDIA_TYPE.as_bytes()));
    assert!(matches!(manifests.next().unwrap().1, Err(AsiceFault::Manifest { .. })));
    assert!(manifests.next().is_none());
}

#[test]
fn a_name_says_what_an_entry_is_for() {
    use crate::asice::{Entry, Role};
    let cases = [
        ("META-INF/manifest.xml", Role::Listing),
        ("META-INF/container.xml", Role::Listing),
        ("META-INF/signatures.xml", Role::Signatures),
        ("META-INF/mySignatures.xml", Role::File),
        ("META-INF/signatures001.xml", Role::Signatures),
        ("META-INF/ASiCManifest1.xml", Role::Manifest),
        ("META-INF/xASiCArchiveManifest-signatures.xml", Role::Manifest),
        ("META-INF/ASiCEvidenceRecordManifest.xml", Role::Record),
        ("META-INF/evidencerecord.ers", Role::Record),
        ("META-INF/signature.p7s", Role::Message),
        ("meta-inf/SIGNATURE.P7M", Role::Message),
        ("META-INF/sub/a.tst", Role::Stamp),
        ("META-INF/a.html", Role::File),
        ("META-INF/sub/signatures.xml", Role::File),
        ("meta-inf/manifest.xml", Role::File),
        ("signatures.xml", Role::File),
        ("a.p7s", Role::File),
    ];
    for (name, role) in cases {
        let entry = Entry { name: name.to_owned(), bytes: Vec::new() };
        assert_eq!((entry.role(), entry.is_meta()), (role, role != Role::File), "{name}");
    }
}

#[test]
fn the_simple_form_holds_one_file() {
    let simple = ("mimetype", crate::asice::SIMPLE_MEDIA_TYPE.as_bytes());
    let container = read(&archive(&[simple, ("a", b"1"), ("META-INF/x.p7s", b"2")])).unwrap();
    assert_eq!(container.form, crate::asice::Form::Simple);
    let fault = read(&archive(&[simple, ("a", b"1"), ("b", b"1")])).unwrap_err();
    assert_eq!(fault, AsiceFault::Several { count: 2 });
    assert_eq!(read(&archive(&[simple, ("META-INF/x.p7s", b"2")])), Err(AsiceFault::Empty));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_changed_manifest_is_refused_or_names_only_plain_paths(
        at in any::<usize>(),
        with in "[a-zA-Z0-9/.%<>\"= :]{0,6}",
    ) {
        let text = manifest("META-INF/signature.p7s", &[("a/b.txt", b"1"), ("c.txt", b"2")]);
        let at = at % text.len();
        let mutant = [&text.as_bytes()[..at], with.as_bytes(), &text.as_bytes()[at + 1..]].concat();
        let files = [FIRST, ("a", b"1"), ("META-INF/ASiCManifest.xml", &mutant)];
        let container = read(&archive(&files)).unwrap();
        if let Ok(manifest) = container.manifests().next().unwrap().1 {
            prop_assert!(manifest.proof.starts_with("META-INF/"));
            for reference in manifest.references {
                let plain = |step: &str| !step.is_empty() && step != "." && step != "..";
                prop_assert!(reference.name.split('/').all(plain), "{}", reference.name);
            }
        }
    }
}

#[test]
fn a_large_file_is_put_in_by_whoever_writes_the_container_out() {
    let bytes = "nội dung dài ".repeat(10_000);
    let mut checksum = Checksum::default();
    bytes.as_bytes().chunks(1_000).for_each(|piece| checksum.update(piece));
    let small = [NewFile { name: "a.json", media_type: "application/json", bytes: b"{}" }];
    let large = LargeFile {
        name: "văn-bản.xml",
        media_type: "application/xml",
        size_bytes: bytes.len() as u64,
        checksum: checksum.value(),
    };
    let around = write_around(&small, &large, &[b"<list/>".to_vec()]).unwrap();
    let whole = [&around.before[..], bytes.as_bytes(), &around.behind].concat();
    let found = Container::read(&whole, &Limits::default()).unwrap();
    assert_eq!(found.entry("văn-bản.xml").unwrap().bytes, bytes.as_bytes());
    assert_eq!(found.entry("a.json").unwrap().bytes, b"{}");
    let other = bytes.replacen('d', "D", 1);
    let whole = [&around.before[..], other.as_bytes(), &around.behind].concat();
    assert!(Container::read(&whole, &Limits::default()).is_err(), "other bytes than were counted");
    let twice = LargeFile { name: "a.json", ..large };
    assert!(write_around(&small, &twice, &[]).is_err());
    let endless = LargeFile { size_bytes: u64::from(u32::MAX), ..large };
    let too_large = write_around(&small, &endless, &[]);
    assert_eq!(too_large, Err(AsiceFault::Zip(ZipFault::TooLarge)));
}
