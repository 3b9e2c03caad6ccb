//! Archive time stamps: what they are over is computed as others compute it, they hold up what is
//! older, and what they are not over they do not hold up.

use std::path::PathBuf;
use std::process::Command;

use wire::algorithm::Digest;
use wire::pki::cms::{Additions, Attribute, SignedData};
use wire::pki::crl::Crl;
use wire::pki::oids;

use super::kit::{Holder, Job, Wish, World, XML, day, holder, stamp};
use super::mutants::{Chance, changed, signed};
use crate::signing::Format;
use crate::verdict::{Note, ProofKind, Report, Standing};

const FORMATS: [Format; 3] = [Format::Xades, Format::Cades, Format::Asice];

struct Desk {
    world: World,
    /// Ends on 1 July.
    signer: Holder,
    /// Ends on 10 July.
    ended: Holder,
    crls: Vec<Crl>,
}

impl Desk {
    fn open() -> Desk {
        let world = World::new();
        let signer = holder(&world.issuing, &Wish { until: "2026-07-01", ..Wish::default() });
        let ended = World::clock(&world.issuing, "2026-07-10");
        let crls = world.crls("2026-06-25", &[]);
        Desk { world, signer, ended, crls }
    }

    fn judge(&self, format: Format, signed: &[u8]) -> Report {
        let content = (format == Format::Cades).then_some(XML.as_bytes());
        self.world.judge_with(signed, content, "2026-07-20", &self.crls)
    }

    fn job(&self, format: Format) -> Job<'_> {
        Job::new(format, XML.as_bytes(), &self.signer)
    }
}

fn notes(report: &Report) -> Vec<String> {
    let all = report.findings.iter().flat_map(|one| &one.notes);
    all.map(|note| format!("{} {:?}", note.code(), note.detail())).collect()
}

#[test]
fn an_archive_stamp_proves_when_and_holds_up_an_older_stamp() {
    let desk = Desk::open();
    let clock = &desk.world.clock;
    for format in FORMATS {
        let early = desk.job(format).stamped(&desk.ended, "2026-06-02");
        let report = desk.judge(format, &desk.world.signed(&early));
        assert_eq!(report.standing, Standing::Unverifiable, "{format:?}");
        let archives = [(clock, "2026-07-05")];
        let job = Job { archives: &archives, evidence: Some(&desk.crls), ..early };
        let report = desk.judge(format, &desk.world.signed(&job));
        assert_eq!(report.standing, Standing::Valid, "{format:?} {:?}", notes(&report));
        let proof = report.findings[0].time.proved.clone().unwrap();
        assert_eq!((proof.at, proof.kind), (day("2026-06-02"), ProofKind::Signature));
        // Alone it proves its own time.
        let archives = [(clock, "2026-06-20")];
        let job = Job { archives: &archives, ..desk.job(format) };
        let report = desk.judge(format, &desk.world.signed(&job));
        assert_eq!(report.standing, Standing::Valid, "{format:?} {:?}", notes(&report));
        let proof = report.findings[0].time.proved.clone().unwrap();
        assert_eq!((proof.at, proof.kind), (day("2026-06-20"), ProofKind::Archive));
    }
}

#[test]
fn each_archive_stamp_holds_up_the_one_before() {
    let desk = Desk::open();
    let chain = [(&desk.ended, "2026-06-20"), (&desk.world.clock, "2026-07-05")];
    for format in FORMATS {
        for (archives, wanted) in
            [(&chain[..], Standing::Valid), (&chain[..1], Standing::Unverifiable)]
        {
            let job = Job { archives, ..desk.job(format) };
            let report = desk.judge(format, &desk.world.signed(&job));
            assert_eq!(report.standing, wanted, "{format:?} {:?}", notes(&report));
        }
    }
}

/// Who has the key of a clock that ended can write any day into a stamp, and put it there later.
#[test]
fn a_stamp_that_came_after_the_archive_stamp_is_not_held_up() {
    let desk = Desk::open();
    let chain = desk.world.chain();
    let archives = [(&desk.world.clock, "2026-07-05")];
    let job = Job { archives: &archives, ..desk.job(Format::Cades) };
    let signed = SignedData::read(&desk.world.signed(&job)).unwrap();
    let token = stamp(&desk.ended, &signed.signers[0].signature, "2026-06-02", &chain);
    let unsigned = [Attribute::new(oids::SIGNATURE_TIME_STAMP, token)];
    let more = Additions { unsigned: &unsigned, ..Additions::default() };
    let report = desk.judge(Format::Cades, &signed.complete(0, &more).unwrap());
    assert_eq!(report.standing, Standing::Invalid, "{:?}", notes(&report));
    assert!(notes(&report).iter().any(|note| note.starts_with("stamp-unproved")));
    assert_eq!(report.findings[0].reasons[0].code(), "outside-validity");

    let job =
        Job { archives: &archives, ..desk.job(Format::Xades).stamped(&desk.ended, "2026-06-02") };
    let signed = String::from_utf8(desk.world.signed(&job)).unwrap();
    assert_eq!(desk.judge(Format::Xades, signed.as_bytes()).standing, Standing::Valid);
    let (from, to) = ("<xades:SignatureTimeStamp>", "</xades:SignatureTimeStamp>");
    let (start, end) = (signed.find(from).unwrap(), signed.find(to).unwrap() + to.len());
    let own = signed[start..end].to_owned();
    let moved = signed
        .replace(&own, "")
        .replace("</xades141:ArchiveTimeStamp>", &format!("</xades141:ArchiveTimeStamp>{own}"));
    let report = desk.judge(Format::Xades, moved.as_bytes());
    assert_eq!(report.standing, Standing::Unverifiable, "{:?}", notes(&report));
}

#[test]
fn an_archive_stamp_over_something_else_proves_nothing_and_breaks_nothing() {
    let desk = Desk::open();
    let archives = [(&desk.world.clock, "2026-06-20")];
    let job = Job { evidence: Some(&desk.crls), archives: &archives, ..desk.job(Format::Xades) };
    let signed = String::from_utf8(desk.world.signed(&job)).unwrap();
    let at = signed.find("<xades:RevocationValues>").unwrap();
    let end = signed.find("</xades:RevocationValues>").unwrap() + "</xades:RevocationValues>".len();
    let stripped = [&signed[..at], &signed[end..]].concat();
    let report = desk.judge(Format::Xades, stripped.as_bytes());
    assert_eq!(report.standing, Standing::Unverifiable);
    let stranger = |note: &Note| note.detail().as_deref() == Some("stamp-foreign");
    assert!(report.findings[0].notes.iter().any(stranger), "{:?}", notes(&report));
    assert_eq!(report.findings[0].reasons[0].code(), "expired");
    // A signer who needs no stamp stays valid.
    let job = Job { signer: &desk.world.person, ..job };
    let signed = String::from_utf8(desk.world.signed(&job)).unwrap();
    for changed in [
        signed.replace("<xades:CRLValues>", "<xades:CRLValues> "),
        signed.replace("xades141:ArchiveTimeStamp>", "xades:ArchiveTimeStamp>").replace(
            "<xades141:ArchiveTimeStamp xmlns:xades141=\"http://uri.etsi.org/01903/v1.4.1#\">",
            "<xades:ArchiveTimeStamp>",
        ),
        signed.replace(
            "</xades141:Arch",
            "<xades:Include URI=\"#x\"></xades:Include></xades141:Arch",
        ),
    ] {
        assert_ne!(changed, signed);
        let report = desk.judge(Format::Xades, changed.as_bytes());
        assert_eq!(report.standing, Standing::Valid, "{:?}", notes(&report));
        assert!(report.findings[0].time.proved.is_none());
        assert!(notes(&report).iter().any(|note| note.starts_with("stamp-unproved")));
    }
}

#[test]
fn an_index_that_names_what_is_gone_or_that_is_not_there_proves_nothing() {
    let desk = Desk::open();
    let world = &desk.world;
    let archives = [(&world.clock, "2026-06-20")];
    let job = Job { archives: &archives, ..Job::new(Format::Cades, XML.as_bytes(), &world.person) };
    let signed = SignedData::read(&world.signed(&job)).unwrap();
    let token = signed.signers[0].archive_time_stamps().next().unwrap().to_vec();
    let bare = SignedData::read(&world.signed(&Job { archives: &[], ..job })).unwrap();
    let with = |token: Vec<u8>, kind| {
        let unsigned = [Attribute::new(kind, token)];
        let more = Additions { unsigned: &unsigned, ..Additions::default() };
        desk.judge(Format::Cades, &bare.complete(0, &more).unwrap())
    };
    let over =
        bare.to_be_archived(0, (Digest::Sha256, &Digest::Sha256.of(XML.as_bytes()))).unwrap();
    let plain = stamp(&world.clock, &over.0, "2026-06-20", &world.chain());
    // Another signature's, one without its index, one of an older version.
    for (token, kind) in [
        (token, oids::ARCHIVE_TIME_STAMP_V3),
        (plain.clone(), oids::ARCHIVE_TIME_STAMP_V3),
        (plain, oids::ARCHIVE_TIME_STAMP_V2),
        (b"\x30\x00".to_vec(), oids::ARCHIVE_TIME_STAMP_V3),
    ] {
        let report = with(token, kind);
        assert_eq!(report.standing, Standing::Valid, "{:?}", notes(&report));
        assert!(report.findings[0].time.proved.is_none());
        assert!(notes(&report).iter().any(|note| note.starts_with("stamp-unproved")));
    }
}

#[test]
fn nothing_that_chance_changed_proves_another_time() {
    let desk = Desk::open();
    let archives = [(&desk.world.clock, "2026-07-05")];
    let mut chance = Chance(20_261_124);
    for format in FORMATS {
        let job = desk.job(format).stamped(&desk.ended, "2026-06-02");
        let job = Job { archives: &archives, evidence: Some(&desk.crls), ..job };
        let original = desk.world.signed(&job);
        let wanted = signed(&desk.judge(format, &original));
        for _ in 0..400 {
            let report = desk.judge(format, &changed(&original, &mut chance));
            if report.standing == Standing::Valid {
                let proof = report.findings[0].time.proved.clone().unwrap();
                assert_eq!(proof.at, day("2026-06-02"), "{format:?}");
                assert_eq!(signed(&report), wanted, "{format:?}");
            }
        }
    }
}

/// asn1crypto and lxml, put together by the texts of the two standards.
const JUDGE: &str = r#"
import base64, copy, hashlib, sys
from asn1crypto import cms, tsp
sha = lambda data: hashlib.sha256(data).digest()
def imprint(token):
    info = cms.ContentInfo.load(token)["content"]
    return info, info["encap_content_info"]["content"].parsed["message_imprint"]["hashed_message"].native
if sys.argv[1] == "cades":
    signed = cms.ContentInfo.load(open(sys.argv[2], "rb").read())["content"]
    signer = signed["signer_infos"][0]
    values = [(one["type"], value) for one in signer["unsigned_attrs"] for value in one["values"]]
    [token] = [value.dump() for kind, value in values if kind.dotted == "0.4.0.1733.2.4"]
    info, wanted = imprint(token)
    [index] = [one["values"][0].dump() for one in info["signer_infos"][0]["unsigned_attrs"]
               if one["type"].dotted == "0.4.0.19122.1.5"]
    names = ["version", "sid", "digest_algorithm", "signed_attrs", "signature_algorithm", "signature"]
    fields = b"".join(signer[name].dump() for name in names)
    content = open(sys.argv[3], "rb").read()
    kind = signed["encap_content_info"]["content_type"].dump()
    assert sha(kind + sha(content) + fields + index) == wanted, "imprint"
    held = [sha(one.chosen.dump()) for one in signed["certificates"]]
    held += [sha(one.chosen.dump()) for one in signed["crls"]]
    held += [sha(kind.dump() + value.dump()) for kind, value in values
             if kind.dotted != "0.4.0.1733.2.4"]
    assert held and all(one in index for one in held), "index"
else:
    from lxml import etree
    tree = etree.parse(sys.argv[2]).getroot()
    ds, x, y = ("{http://www.w3.org/2000/09/xmldsig#}", "{http://uri.etsi.org/01903/v1.3.2#}",
                "{http://uri.etsi.org/01903/v1.4.1#}")
    c14n = lambda node: etree.tostring(node, method="c14n", exclusive=True, with_comments=False)
    signature = tree.find(ds + "Signature")
    bare = copy.deepcopy(tree)
    bare.remove(bare.find(ds + "Signature"))
    parts = [c14n(bare), c14n(signature.find(".//" + x + "SignedProperties"))]
    digests = [base64.b64decode(one.text) for one in
               signature.findall(ds + "SignedInfo/" + ds + "Reference/" + ds + "DigestValue")]
    assert [sha(part) for part in parts] == digests, "references"
    parts += [c14n(signature.find(ds + name)) for name in ["SignedInfo", "SignatureValue", "KeyInfo"]]
    for one in signature.find(".//" + x + "UnsignedSignatureProperties"):
        if one.tag == y + "ArchiveTimeStamp":
            token = base64.b64decode(one.find(x + "EncapsulatedTimeStamp").text)
            break
        parts.append(c14n(one))
    assert len(parts) == 7, len(parts)
    assert sha(b"".join(parts)) == imprint(token)[1], "imprint"
"#;

#[test]
fn others_compute_the_same_imprints() {
    let python =
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/python/bin/python"));
    if !python.exists() {
        println!("skipped: {} is not there", python.display());
        return;
    }
    let desk = Desk::open();
    let folder = tempfile::TempDir::new().unwrap();
    let (path, content) = (folder.path().join("signed"), folder.path().join("content"));
    std::fs::write(&content, XML).unwrap();
    for format in [Format::Cades, Format::Xades] {
        let archives = [(&desk.world.clock, "2026-06-20")];
        let job = desk.job(format).stamped(&desk.world.clock, "2026-06-02");
        let job = Job { archives: &archives, evidence: Some(&desk.crls), ..job };
        std::fs::write(&path, desk.world.signed(&job)).unwrap();
        let mut command = Command::new(&python);
        command.args(["-c", JUDGE, format.code()]).args([&path, &content]);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
