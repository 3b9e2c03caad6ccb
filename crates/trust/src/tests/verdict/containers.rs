//! Containers whose signatures are CMS, or whose time stamps lie beside the files: what they are
//! over is what their manifests say, and nothing else.

use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use wire::algorithm::Digest;
use wire::asice::{Container, Limits, MEDIA_TYPE, SIMPLE_MEDIA_TYPE};
use wire::pki::certificate::Certificate;
use wire::pki::crl::Crl;
use wire::pki::path::Anchor;

use super::super::openssl::Judge;
use super::kit::{Holder, Job, Wish, World, holder, stamp};
use super::mutants::{Chance, changed, signed};
use crate::signing::Format;
use crate::verdict::{Kind, Policy, Question, Report, Standing, Trust, judge};

const AT: &str = "2026-06-12";
const ONE: (&str, &[u8]) = ("tờ trình.txt", "tờ trình số 5".as_bytes());
const TWO: (&str, &[u8]) = ("phu-luc/bang.csv", b"1;2;3");
const P7S: &str = "META-INF/signature001.p7s";
const TST: &str = "META-INF/timestamp001.tst";
const MANIFEST: &str = "META-INF/ASiCManifest001.xml";

type File<'f> = (&'f str, &'f [u8]);

/// An archive in which everything is stored.
fn zip(entries: &[File<'_>]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, data) in entries {
        let mut head = vec![20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
        head.extend(crc(data).to_le_bytes());
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

fn crc(data: &[u8]) -> u32 {
    let mut crc = !0u32;
    for byte in data {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}

fn extended(entries: &[File<'_>]) -> Vec<u8> {
    zip(&[&[("mimetype", MEDIA_TYPE.as_bytes())], entries].concat())
}

fn simple(entries: &[File<'_>]) -> Vec<u8> {
    zip(&[&[("mimetype", SIMPLE_MEDIA_TYPE.as_bytes())], entries].concat())
}

fn reference((name, data): File<'_>) -> String {
    let uri = percent_encoding::utf8_percent_encode(name, percent_encoding::CONTROLS);
    let value = STANDARD.encode(Digest::Sha256.of(data));
    format!(
        "<asic:DataObjectReference URI=\"{uri}\" MimeType=\"text/plain\">\
         <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>\
         <ds:DigestValue>{value}</ds:DigestValue></asic:DataObjectReference>"
    )
}

fn manifest(proof: &str, files: &[File<'_>]) -> String {
    let references: String = files.iter().map(|file| reference(*file)).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<asic:ASiCManifest \
         xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\" \
         xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\n  <asic:SigReference URI=\"{proof}\" \
         MimeType=\"application/pkcs7-signature\"/>{references}</asic:ASiCManifest>"
    )
}

struct Desk {
    world: World,
    crls: Vec<Crl>,
}

impl Desk {
    fn open() -> Desk {
        let world = World::new();
        let crls = world.crls("2026-06-10", &[]);
        Desk { world, crls }
    }

    fn message(&self, over: &[u8], signer: &Holder) -> Vec<u8> {
        self.world.signed(&Job::new(Format::Cades, over, signer))
    }

    fn token(&self, over: &[u8], at: &str) -> Vec<u8> {
        stamp(&self.world.clock, over, at, &self.world.chain())
    }

    fn judge(&self, file: &[u8]) -> Report {
        self.world.judge(file, AT, &self.crls)
    }

    /// A container with these files, of which the manifest is signed.
    fn signed(&self, manifest: &str, files: &[File<'_>]) -> Vec<u8> {
        let message = self.message(manifest.as_bytes(), &self.world.person);
        let own: [File<'_>; 2] = [(MANIFEST, manifest.as_bytes()), (P7S, &message)];
        extended(&[files, &own].concat())
    }

    fn refuses(&self, file: &[u8], wanted: &str) {
        let report = self.judge(file);
        assert_ne!(report.standing, Standing::Valid, "{wanted}");
        assert!(codes(&report).contains(&wanted), "wanted {wanted}: {:?}", codes(&report));
    }
}

fn codes(report: &Report) -> Vec<&'static str> {
    let own = report.findings.iter().flat_map(|one| &one.reasons);
    report.reasons.iter().chain(own).map(|why| why.code()).collect()
}

#[test]
fn a_container_signed_by_message_is_valid_and_hands_back_the_files_of_its_manifest() {
    let desk = Desk::open();
    let text = manifest(P7S, &[ONE, TWO]);
    let report = desk.judge(&desk.signed(&text, &[ONE, TWO]));
    assert_eq!(report.standing, Standing::Valid, "{:?}", codes(&report));
    assert_eq!((report.kind, report.findings.len()), (Kind::Container, 1));
    let finding = &report.findings[0];
    assert!(finding.whole && finding.name == format!("{P7S} 1"));
    let parts: Vec<File<'_>> =
        finding.parts.iter().map(|part| (part.name.as_str(), &part.bytes[..])).collect();
    assert_eq!(parts, [ONE, TWO]);
}

#[test]
fn several_manifests_share_the_files_and_each_says_only_what_it_names() {
    let desk = Desk::open();
    let other = "META-INF/signature002.p7s";
    let (first, second) = (manifest(P7S, &[ONE]), manifest(other, &[TWO]));
    let messages = [
        desk.message(first.as_bytes(), &desk.world.person),
        desk.message(second.as_bytes(), &desk.world.seal),
    ];
    let entries: [File<'_>; 6] = [
        ONE,
        TWO,
        (MANIFEST, first.as_bytes()),
        (P7S, &messages[0]),
        ("META-INF/ASiCManifest002.xml", second.as_bytes()),
        (other, &messages[1]),
    ];
    let report = desk.judge(&extended(&entries));
    assert_eq!(report.standing, Standing::Valid, "{:?}", codes(&report));
    let parts: Vec<&str> = report.findings.iter().map(|one| one.parts[0].name.as_str()).collect();
    assert_eq!(parts, [ONE.0, TWO.0]);
    assert!(report.findings.iter().all(|one| !one.whole && one.parts.len() == 1));
    // With one of them, the other's file is signed by nobody.
    let report = desk.judge(&extended(&entries[..4]));
    assert_eq!(report.standing, Standing::Invalid);
    let named = report.reasons[0].detail().unwrap();
    assert_eq!((report.reasons[0].code(), named.as_str()), ("files-unsigned", TWO.0));
}

#[test]
fn what_was_changed_added_or_taken_away_is_named() {
    let desk = Desk::open();
    let text = manifest(P7S, &[ONE, TWO]);
    desk.refuses(&desk.signed(&text, &[ONE, (TWO.0, b"1;2;4")]), "changed");
    desk.refuses(&desk.signed(&text, &[ONE]), "files-missing");
    desk.refuses(&desk.signed(&text, &[ONE, TWO, ("them.txt", b"them")]), "files-unsigned");
    // In the folder of the container, too, what is none of its own files has to be signed.
    for name in ["META-INF/doc.html", "META-INF/sub/ASiCManifest.xml", "meta-inf/x.txt"] {
        desk.refuses(&desk.signed(&text, &[ONE, TWO, (name, b"<b>them</b>")]), "files-unsigned");
    }
    // The manifest was changed after it was signed.
    let message = desk.message(text.as_bytes(), &desk.world.person);
    let wider = manifest(P7S, &[ONE, TWO, ("them.txt", b"them")]);
    let own: [File<'_>; 3] = [("them.txt", b"them"), (MANIFEST, wider.as_bytes()), (P7S, &message)];
    desk.refuses(&extended(&[&[ONE, TWO], &own[..]].concat()), "changed");
    // The signature is not there.
    desk.refuses(&extended(&[ONE, TWO, (MANIFEST, text.as_bytes())]), "files-missing");
    // What was signed is inside of the message, and is not the manifest.
    let stray: [File<'_>; 3] = [ONE, TWO, (P7S, &message)];
    desk.refuses(&extended(&stray), "not-understood");
    desk.refuses(&extended(&[ONE, ("META-INF/x.p7m", &message)]), "not-understood");
    desk.refuses(
        &extended(&[ONE, (MANIFEST, text.as_bytes()), (P7S, b"0\x03\x02\x01\x05")]),
        "unreadable",
    );
}

#[test]
fn hostile_manifests_are_refused_although_they_are_signed() {
    let desk = Desk::open();
    let good = manifest(P7S, &[ONE]);
    assert_eq!(desk.judge(&desk.signed(&good, &[ONE])).standing, Standing::Valid);
    let uri = "URI=\"t%E1%BB%9D tr%C3%ACnh.txt\"";
    let with = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        desk.signed(&good.replacen(from, to, 1), &[ONE])
    };
    let outside = [
        "../to.txt",
        "/etc/passwd/../x",
        "file:///etc/passwd",
        "http://them.vn/x",
        "a%2f..%2fb",
        "%2e%2e/x",
        "C:\\x",
        "",
        "a#b",
        "a?b",
        "a%00b",
    ];
    for address in outside {
        desk.refuses(&with(uri, &format!("URI=\"{address}\"")), "broken");
    }
    for proof in [
        "signature001.p7s",
        "META-INF/../signature001.p7s",
        "META-INF/sub/signature001.p7s",
        "meta-inf/signature001.p7s",
        "META-INF/signature001.txt",
        "tờ trình.txt",
        "http://them.vn/META-INF/signature001.p7s",
        "META-INF/signatures001.xml",
    ] {
        desk.refuses(&with(&format!("URI=\"{P7S}\""), &format!("URI=\"{proof}\"")), "broken");
    }
    let again = reference(ONE);
    desk.refuses(&with(&again, &again.repeat(2)), "broken");
    desk.refuses(&with(&again, ""), "broken");
    desk.refuses(&with("</asic:ASiCManifest>", "<asic:Other/></asic:ASiCManifest>"), "broken");
    desk.refuses(&with("<asic:SigReference", "<asic:Sig"), "broken");
    desk.refuses(
        &with(
            "ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\"",
            "ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.2#\"",
        ),
        "broken",
    );
    desk.refuses(&with("xmlenc#sha256", "xmldsig-more#md5"), "not-understood");
    let critical = "<asic:ASiCManifestExtensions><asic:Extension Critical=\"true\"/>\
                    </asic:ASiCManifestExtensions></asic:ASiCManifest>";
    desk.refuses(&with("</asic:ASiCManifest>", critical), "not-understood");
    let harmless = critical.replace("true", "false");
    let report = desk.judge(&with("</asic:ASiCManifest>", &harmless));
    assert_eq!(report.standing, Standing::Valid);
    desk.refuses(&with("<?xml version", "<!DOCTYPE a><!-- --><?xml version"), "unreadable");
}

#[test]
fn two_first_files_and_weak_digests_are_refused_and_a_first_file_is_only_a_hint() {
    let desk = Desk::open();
    let both = manifest(P7S, &[ONE, TWO]);
    let root = both.replacen(" MimeType=\"text", " Rootfile=\"true\" MimeType=\"text", 1);
    let files = [ONE, TWO];
    assert_eq!(desk.judge(&desk.signed(&root, &files)).standing, Standing::Valid);
    let roots = both.replace(" MimeType=\"text", " Rootfile=\"true\" MimeType=\"text");
    desk.refuses(&desk.signed(&roots, &files), "broken");
    // The file that is to be shown first is another in capitals: two programs, two files.
    let folded = both.replace("phu-luc/bang.csv", "TỜ TRÌNH.txt");
    desk.refuses(&desk.signed(&folded, &files), "broken");
    let strong = STANDARD.encode(Digest::Sha256.of(ONE.1));
    let weak = manifest(P7S, &[ONE])
        .replace(
            "http://www.w3.org/2001/04/xmlenc#sha256",
            "http://www.w3.org/2000/09/xmldsig#sha1",
        )
        .replace(&strong, &STANDARD.encode(Digest::Sha1.of(ONE.1)));
    desk.refuses(&desk.signed(&weak, &[ONE]), "weak-algorithm");
    let shown = desk.signed(&weak.replace("#sha1", "#sha256"), &[ONE]);
    desk.refuses(&shown, "not-understood");
}

#[test]
fn one_name_twice_is_no_container_and_a_signature_over_no_file_signs_nothing() {
    let desk = Desk::open();
    let text = manifest(P7S, &[ONE]);
    let message = desk.message(text.as_bytes(), &desk.world.person);
    let own: [File<'_>; 2] = [(MANIFEST, text.as_bytes()), (P7S, &message)];
    for other in [ONE.0, "TỜ TRÌNH.TXT", P7S, MANIFEST] {
        desk.refuses(&extended(&[&own[..], &[ONE, (other, b"them")]].concat()), "unreadable");
    }
    let listing: File<'_> = ("META-INF/manifest.xml", b"<a/>");
    let text = manifest(P7S, &[listing]);
    desk.refuses(&desk.signed(&text, &[ONE, listing]), "wrapped");
    // The first entry may be named; it is what it is.
    let text = manifest(P7S, &[ONE, ("mimetype", MEDIA_TYPE.as_bytes())]);
    assert_eq!(desk.judge(&desk.signed(&text, &[ONE])).standing, Standing::Valid);
}

#[test]
fn the_simple_form_holds_one_file_and_its_signature() {
    let desk = Desk::open();
    let message = desk.message(ONE.1, &desk.world.person);
    let p7s: File<'_> = ("META-INF/signature.p7s", &message);
    let report = desk.judge(&simple(&[ONE, p7s]));
    assert_eq!(report.standing, Standing::Valid, "{:?}", codes(&report));
    assert_eq!(report.kind, Kind::SimpleContainer);
    assert!(report.findings[0].whole && report.findings[0].parts[0].bytes == ONE.1);
    desk.refuses(&simple(&[(ONE.0, b"khac"), p7s]), "changed");
    desk.refuses(&simple(&[ONE, TWO, p7s]), "unreadable");
    desk.refuses(&simple(&[ONE, ("META-INF/them.html", b"x"), p7s]), "unreadable");
    desk.refuses(&simple(&[ONE, ("META-INF/signature2.p7s", &message)]), "not-understood");
    // Without a manifest there is no signature of the extended form.
    desk.refuses(&extended(&[ONE, p7s]), "not-understood");
    // Signatures in XML name the file as in the other form.
    let xml = desk.world.signed(&Job::new(Format::Asice, ONE.1, &desk.world.person));
    let container = Container::read(&xml, &Limits::default()).unwrap();
    let file = container.signature_files().next().unwrap();
    let report = desk.judge(&simple(&[ONE, ("META-INF/signatures.xml", file.bytes)]));
    assert_eq!(report.standing, Standing::Valid, "{:?}", codes(&report));
}

#[test]
fn a_time_stamp_says_when_and_not_who() {
    let desk = Desk::open();
    let token = desk.token(ONE.1, "2026-06-02");
    let file = simple(&[ONE, ("META-INF/timestamp.tst", &token)]);
    let report = desk.judge(&file);
    assert_eq!((report.standing, report.findings.len()), (Standing::Absent, 0));
    assert_eq!(report.stamps[0].as_ref().unwrap().authority.name, "Giờ thử");
    let foreign = simple(&[(ONE.0, b"khac"), ("META-INF/timestamp.tst", &token)]);
    desk.refuses(&foreign, "stamp-foreign");
    let text = manifest(TST, &[ONE, TWO]);
    let token = desk.token(text.as_bytes(), "2026-06-02");
    let own: [File<'_>; 2] = [(MANIFEST, text.as_bytes()), (TST, &token)];
    let report = desk.judge(&extended(&[&own[..], &[ONE, TWO]].concat()));
    assert_eq!(report.standing, Standing::Absent);
    assert!(report.stamps[0].is_ok());
    desk.refuses(&extended(&[&own[..], &[ONE, (TWO.0, b"4")]].concat()), "changed");
    desk.refuses(&extended(&[&own[..], &[ONE]].concat()), "files-missing");
    let report = desk.judge(&extended(&[&own[..], &[ONE, TWO, ("a", b"b")]].concat()));
    assert_eq!(report.stamps[0].as_ref().unwrap_err().code(), "part-only");
    // Nobody says what these are over.
    let strays: [File<'_>; 3] = [ONE, (TST, &token), ("META-INF/evidencerecord.ers", b"0")];
    let report = desk.judge(&extended(&strays));
    let codes: Vec<_> = report.stamps.iter().map(|one| one.as_ref().unwrap_err().code()).collect();
    assert_eq!(codes, ["not-understood", "not-understood"]);
    assert_eq!(report.standing, Standing::Absent);
}

#[test]
fn a_stamp_over_the_signature_files_holds_them_up() {
    let desk = Desk::open();
    let world = &desk.world;
    let signer = holder(&world.issuing, &Wish { until: "2026-07-01", ..Wish::default() });
    let crls = world.crls("2026-06-25", &[]);
    let text = manifest(P7S, &[ONE]);
    let message = desk.message(text.as_bytes(), &signer);
    let own: [File<'_>; 3] = [ONE, (MANIFEST, text.as_bytes()), (P7S, &message)];
    let standing = |entries: &[File<'_>]| {
        let report = world.judge(&extended(entries), "2026-07-20", &crls);
        (report.standing, report.findings[0].time.proved.clone().map(|proof| proof.at))
    };
    assert_eq!(standing(&own), (Standing::Unverifiable, None));
    let archive = manifest(TST, &own);
    let (name, at) = ("META-INF/ASiCArchiveManifest.xml", "2026-06-20");
    let token = desk.token(archive.as_bytes(), at);
    let stamped: [File<'_>; 2] = [(name, archive.as_bytes()), (TST, &token)];
    let all = [&own[..], &stamped].concat();
    assert_eq!(standing(&all), (Standing::Valid, Some(super::kit::day(at))));
    // One that is over the file and not over its signature does not.
    let other = manifest(TST, &[ONE]);
    let token = desk.token(other.as_bytes(), at);
    let beside: [File<'_>; 2] = [(name, other.as_bytes()), (TST, &token)];
    assert_eq!(standing(&[&own[..], &beside].concat()), (Standing::Unverifiable, None));
    // A clock that has ended is held up by the next, when that is over its stamp.
    let ended = World::clock(&world.issuing, "2026-07-10");
    let first = stamp(&ended, archive.as_bytes(), at, &world.chain());
    let early: [File<'_>; 2] = [(name, archive.as_bytes()), (TST, &first)];
    let all = [&own[..], &early].concat();
    assert_eq!(standing(&all), (Standing::Unverifiable, None));
    for (covered, wanted) in [(&all[..], Standing::Valid), (&own[..], Standing::Invalid)] {
        let next = manifest("META-INF/timestamp002.tst", covered);
        let token = desk.token(next.as_bytes(), "2026-07-05");
        let later: [File<'_>; 2] = [
            ("META-INF/ASiCArchiveManifest2.xml", next.as_bytes()),
            ("META-INF/timestamp002.tst", &token),
        ];
        let found = standing(&[&all[..], &later].concat());
        assert_eq!(found.0, wanted, "{found:?}");
    }
}

#[test]
fn what_chance_changed_in_a_container_is_valid_only_with_the_same_files() {
    let desk = Desk::open();
    let text = manifest(P7S, &[ONE, TWO]);
    let message = desk.message(text.as_bytes(), &desk.world.person);
    let own: [File<'_>; 4] = [ONE, TWO, (MANIFEST, text.as_bytes()), (P7S, &message)];
    let over = manifest(TST, &own);
    let token = desk.token(over.as_bytes(), "2026-06-02");
    let stamped: [File<'_>; 2] =
        [("META-INF/ASiCArchiveManifest.xml", over.as_bytes()), (TST, &token)];
    let all = [&own[..], &stamped].concat();
    let original = desk.judge(&extended(&all));
    assert_eq!(original.standing, Standing::Valid);
    let (mut chance, mut still_valid) = (Chance(20_261_123), 0);
    for _ in 0..600 {
        let place = chance.below(all.len());
        let (name, mutant) = (all[place].0, changed(all[place].1, &mut chance));
        let mut files = all.clone();
        files[place] = (name, &mutant);
        let report = desk.judge(&extended(&files));
        if report.standing == Standing::Valid && mutant != all[place].1 {
            still_valid += 1;
            assert!(place >= 4, "{name}");
            assert_eq!(signed(&report), signed(&original));
        }
    }
    // What is outside of the signatures in a token, such as its certificates.
    assert!(still_valid < 150, "{still_valid}");
}

#[test]
fn a_container_signed_and_stamped_by_others_is_valid() {
    let Some(openssl) = Judge::new() else { return };
    let (archive, text) = ("META-INF/ASiCArchiveManifest.xml", manifest(P7S, &[ONE, TWO]));
    openssl.write("manifest", text.as_bytes());
    openssl.write(
        "ts.cnf",
        b"[tsa]\ndefault_tsa=own\n[own]\nserial=serial\ndefault_policy=1.2.3.4\n\
          digests=sha256\ness_cert_id_alg=sha256\nsigner_digest=sha256\n",
    );
    let request = |name: &str, more: &str| {
        format!(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout {name}.key \
             -out {name}.pem -days 30 -subj /C=VN/CN={name} {more}"
        )
    };
    let under = "-CA root.pem -CAkey root.key -addext basicConstraints=critical,CA:FALSE \
                 -addext keyUsage=critical,digitalSignature";
    openssl.agrees(&request("root", "-addext keyUsage=critical,keyCertSign,cRLSign"));
    openssl.agrees(&request("an", under));
    let purpose = "-addext extendedKeyUsage=critical,timeStamping";
    openssl.agrees(&request("clock", &format!("{under} {purpose}")));
    openssl.agrees(
        "cms -sign -binary -cades -md sha256 -in manifest -signer an.pem -inkey an.key \
         -outform DER -out message",
    );
    let message = openssl.read("message");
    let own: [File<'_>; 4] = [ONE, TWO, (MANIFEST, text.as_bytes()), (P7S, &message)];
    let over = manifest(TST, &own);
    openssl.write("over", over.as_bytes());
    openssl.agrees("ts -query -data over -sha256 -cert -out query");
    openssl.agrees(
        "ts -reply -config ts.cnf -queryfile query -signer clock.pem -inkey clock.key \
         -token_out -out token",
    );
    let token = openssl.read("token");
    let stamped: [File<'_>; 2] = [(archive, over.as_bytes()), (TST, &token)];
    let root = Certificate::read_bundle(&openssl.read("root.pem")).unwrap().remove(0);
    let anchors = [Anchor::new(root)];
    let trust = Trust { anchors: &anchors, certificates: &[], crls: &[], ocsp: &[], own: &[] };
    let policy = Policy { needs_revocation: false, ..Policy::default() };
    let now = platform::clock::Clock::System.now();
    let question = Question { at: now, policy: &policy, content: None };
    let all = [&own[..], &stamped].concat();
    let report = judge(&extended(&all), &trust, &question);
    assert_eq!(report.standing, Standing::Valid, "{:?}", codes(&report));
    assert!(report.findings[0].time.proved.is_some() && report.stamps[0].is_ok());
    let changed: Vec<File<'_>> =
        all.iter().map(|file| if file.0 == TWO.0 { (TWO.0, &b"4"[..]) } else { *file }).collect();
    assert_eq!(judge(&extended(&changed), &trust, &question).standing, Standing::Invalid);
    if !pyhanko_signs(openssl.folder()) {
        return;
    }
    let container = |name: &str| {
        let message = openssl.read(name);
        judge(
            &extended(&[ONE, TWO, (MANIFEST, text.as_bytes()), (P7S, &message)]),
            &trust,
            &question,
        )
    };
    let report = container("detached");
    assert_eq!(report.standing, Standing::Valid, "{:?}", codes(&report));
    // The manifest is in the container; a message that brings its own could show another.
    let report = container("attached");
    assert_eq!(codes(&report), ["broken"]);
    assert_eq!(judge(&openssl.read("attached"), &trust, &question).standing, Standing::Valid);
}

/// The manifest signed by pyHanko, once beside and once inside of the message; false when it is
/// not there.
fn pyhanko_signs(folder: &std::path::Path) -> bool {
    const SIGN: &str = r#"
import asyncio
from pyhanko.sign import signers
signer = signers.SimpleSigner.load("an.key", "an.pem", ca_chain_files=("root.pem",))
data = open("manifest", "rb").read()
for name, detached in [("detached", True), ("attached", False)]:
    message = signer.async_sign_general_data(data, "sha256", detached=detached, use_cades=True)
    open(name, "wb").write(asyncio.run(message).dump())
"#;
    let python = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/python/bin/python");
    let Ok(output) = Command::new(python).args(["-c", SIGN]).current_dir(folder).output() else {
        println!("skipped: {python} is not there");
        return false;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    true
}
