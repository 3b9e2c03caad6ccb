//! Which time counts: expiry, revocation, stamps that hold and stamps that do not.

use wire::pki::certificate::Certificate;
use wire::pki::crl::Reason as RevokedFor;

use super::kit::{Holder, Job, Wish, World, XML, authority, holder, pdf};
use crate::signing::Format;
use crate::verdict::{Report, Standing};

const FORMATS: [Format; 4] = [Format::Pades, Format::Xades, Format::Cades, Format::Asice];

struct Case<'a> {
    world: &'a World,
    signer: &'a Holder,
    stamp: Option<(&'a Holder, &'a str)>,
    revoked: &'a [(&'a Certificate, &'a str, RevokedFor)],
    at: &'a str,
}

impl Case<'_> {
    /// The same in every format.
    fn all(&self, wanted: Standing, code: &str) {
        let paper = pdf();
        for format in FORMATS {
            let file = match format {
                Format::Pades => &paper[..],
                _ => XML.as_bytes(),
            };
            let job = Job { stamp: self.stamp, ..Job::new(format, file, self.signer) };
            let signed = self.world.signed(&job);
            let content = (format == Format::Cades).then_some(file);
            let crls = self.world.crls(self.at, self.revoked);
            let report = self.world.judge_with(&signed, content, self.at, &crls);
            assert_eq!(report.standing, wanted, "{format:?} {:?}", codes(&report));
            assert!(code.is_empty() || codes(&report).contains(&code), "{format:?} {report:?}");
        }
    }
}

fn codes(report: &Report) -> Vec<&'static str> {
    let own = report.findings.iter().flat_map(|one| one.reasons.iter().map(|why| why.code()));
    let notes = report.findings.iter().flat_map(|one| one.notes.iter().map(|why| why.code()));
    report.reasons.iter().map(|why| why.code()).chain(own).chain(notes).collect()
}

fn short_lived(world: &World) -> Holder {
    holder(&world.issuing, &Wish { until: "2026-07-01", ..Wish::default() })
}

#[test]
fn revoked_before_the_stamp_is_invalid_after_it_is_valid() {
    let world = World::new();
    let stamp = Some((&world.clock, "2026-06-02"));
    let person = &world.person.certificate;
    let early = [(person, "2026-05-20", RevokedFor::KeyCompromise)];
    let late = [(person, "2026-06-10", RevokedFor::KeyCompromise)];
    let case = |revoked, stamp| Case {
        world: &world,
        signer: &world.person,
        stamp,
        revoked,
        at: "2026-06-20",
    };
    case(&early, stamp).all(Standing::Invalid, "revoked");
    case(&late, stamp).all(Standing::Valid, "revoked-later");
    // Nobody vouches for the time: it could have been signed after the revocation.
    case(&late, None).all(Standing::Invalid, "revoked");
}

#[test]
fn expired_is_valid_only_with_a_stamp_from_before() {
    let world = World::new();
    let signer = short_lived(&world);
    let case =
        |stamp| Case { world: &world, signer: &signer, stamp, revoked: &[], at: "2026-08-01" };
    case(None).all(Standing::Unverifiable, "expired");
    // The list is from after the end of the certificate and need not name it any more.
    case(Some((&world.clock, "2026-06-02"))).all(Standing::Unverifiable, "revocation-unknown");
    case(Some((&world.clock, "2026-07-20"))).all(Standing::Invalid, "outside-validity");
    let crls = world.crls("2026-06-25", &[]);
    let paper = pdf();
    let job = Job::new(Format::Pades, &paper, &signer).stamped(&world.clock, "2026-06-02");
    let report = world.judge(&world.signed(&job), "2026-07-20", &crls);
    assert_eq!(report.standing, Standing::Valid, "{:?}", codes(&report));
}

#[test]
fn a_stamp_of_a_stranger_or_of_an_ended_clock_proves_nothing() {
    let world = World::new();
    let signer = short_lived(&world);
    let stranger = World::clock(&authority(None, "Người lạ"), "2036-01-01");
    let ended = World::clock(&world.issuing, "2026-07-10");
    for clock in [&stranger, &ended, &world.person, &world.server] {
        let stamp = Some((clock, "2026-06-02"));
        let case = Case { world: &world, signer: &signer, stamp, revoked: &[], at: "2026-08-01" };
        case.all(Standing::Unverifiable, "stamp-unproved");
    }
    // A clock that was revoked does not help either.
    let clock = &world.clock.certificate;
    let revoked = [(clock, "2026-06-01", RevokedFor::KeyCompromise)];
    let stamp = Some((&world.clock, "2026-06-02"));
    let case = Case { world: &world, signer: &signer, stamp, revoked: &revoked, at: "2026-08-01" };
    case.all(Standing::Unverifiable, "expired");
    // And a stamp from the future is none.
    let stamp = Some((&world.clock, "2027-06-02"));
    let case = Case { world: &world, signer: &signer, stamp, revoked: &[], at: "2026-08-01" };
    case.all(Standing::Unverifiable, "expired");
}

#[test]
fn other_purposes_other_anchors_and_short_keys_are_not_valid() {
    let world = World::new();
    let case = |signer| Case { world: &world, signer, stamp: None, revoked: &[], at: "2026-06-20" };
    case(&world.server).all(Standing::Invalid, "not-for-signing");
    case(&world.clock).all(Standing::Invalid, "not-for-signing");
    let foreign = holder(&authority(None, "Người lạ"), &Wish::default());
    case(&foreign).all(Standing::Unverifiable, "issuer-missing");
    // Under a person's certificate nothing can be issued.
    let below = holder(&world.person, &Wish::default());
    let paper = pdf();
    let signed = world.signed(&Job::new(Format::Pades, &paper, &below));
    assert_ne!(world.judge(&signed, "2026-06-20", &[]).standing, Standing::Valid);
}
