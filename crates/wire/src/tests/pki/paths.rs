//! Paths, in the manner of NIST's PKITS: each case says what has to come out, and `openssl verify`
//! has to agree unless the case says why it does not.

use std::sync::OnceLock;
use std::time::Instant;

use super::kit::{KINDS, Kind, OpenSsl, Party, Spec, at_time, days, name, now, oid, serial};
use crate::pki::certificate::Certificate;
use crate::pki::der::Oid;
use crate::pki::extension::{KeyUsage, NameConstraints, Policy, PolicyConstraints};
use crate::pki::general_name::GeneralName;
use crate::pki::name::Name;
use crate::pki::oids;
use crate::pki::path::{Anchor, Demand, Limits, Path, PathFault, PathReason, Question, find};

type Expected = Result<(), PathReason>;

struct Trial {
    anchors: Vec<Anchor>,
    pool: Vec<Certificate>,
    target: Certificate,
    demand: Demand,
    flags: String,
}

fn trial(root: &Party, pool: &[&Party], target: &Party) -> Trial {
    Trial {
        anchors: vec![Anchor::new(root.certificate.clone())],
        pool: pool.iter().map(|party| party.certificate.clone()).collect(),
        target: target.certificate.clone(),
        demand: Demand::default(),
        flags: String::new(),
    }
}

impl Trial {
    fn find(&self) -> Result<Path, PathFault> {
        find(&Question {
            target: &self.target,
            pool: &self.pool,
            anchors: &self.anchors,
            at: now(),
            demand: &self.demand,
        })
    }

    fn demand(mut self, change: impl FnOnce(&mut Demand)) -> Trial {
        change(&mut self.demand);
        self
    }

    fn flags(mut self, flags: &str) -> Trial {
        self.flags = flags.to_owned();
        self
    }

    /// Asks for one of these policies, of openssl as well.
    fn policies(self, wanted: &[&str]) -> Trial {
        let flags: String = wanted.iter().map(|policy| format!("-policy {policy} ")).collect();
        let wanted: Vec<Oid> = wanted.iter().map(|policy| oid(policy)).collect();
        self.demand(|demand| {
            demand.policies = wanted;
            demand.needs_policy = true;
        })
        .flags(&format!("-policy_check -explicit_policy {flags}"))
    }

    /// Openssl has to agree.
    #[track_caller]
    fn expect(self, title: &str, expected: Expected) {
        self.expect_ours(title, expected);
        let Some(is_accepted) = self.ask_openssl() else { return };
        assert_eq!(is_accepted.0, expected.is_ok(), "{title}: openssl says {}", is_accepted.1);
    }

    /// Openssl is known to see it otherwise, for the reason that the case gives.
    #[track_caller]
    fn expect_alone(self, title: &str, expected: Expected, reason: &str) {
        self.expect_ours(title, expected);
        let Some(is_accepted) = self.ask_openssl() else { return };
        assert_ne!(is_accepted.0, expected.is_ok(), "{title}: openssl agrees now: {reason}");
    }

    #[track_caller]
    fn expect_ours(&self, title: &str, expected: Expected) {
        let found = self.find().map(|_| ()).map_err(|fault| fault.reason);
        assert_eq!(found, expected, "{title}");
    }

    fn ask_openssl(&self) -> Option<(bool, String)> {
        static HAS: OnceLock<bool> = OnceLock::new();
        if !*HAS.get_or_init(|| OpenSsl::find().is_some()) {
            return None;
        }
        let openssl = OpenSsl::find()?;
        let bundle = |all: &mut dyn Iterator<Item = &Certificate>| -> String {
            all.map(|certificate| certificate.pem()).collect()
        };
        openssl
            .put("roots.pem", bundle(&mut self.anchors.iter().map(|anchor| &anchor.certificate)));
        openssl.put("target.pem", self.target.pem());
        let untrusted = if self.pool.is_empty() { "" } else { "-untrusted pool.pem" };
        openssl.put("pool.pem", bundle(&mut self.pool.iter()));
        let at = at_time();
        Some(openssl.try_run(&format!(
            "verify -attime {at} -CAfile roots.pem {untrusted} {} target.pem",
            self.flags
        )))
    }
}

fn root() -> Party {
    Party::root("Gốc", Kind::P256)
}

/// Root, one authority that the test changes, and an end below.
fn three(change: impl FnOnce(&mut Spec)) -> (Party, Party, Party) {
    let root = root();
    let authority = root.authority_with("Trung gian", change);
    let end = authority.end("An", Kind::P256);
    (root, authority, end)
}

fn below(change: impl FnOnce(&mut Spec)) -> Trial {
    let (root, authority, end) = three(change);
    trial(&root, &[&authority], &end)
}

/// Root, an authority, and an end that the test changes.
fn with_end(change: impl FnOnce(&mut Spec)) -> Trial {
    let root = root();
    let authority = root.authority("Trung gian");
    let end = authority.end_with("An", Kind::P256, change);
    trial(&root, &[&authority], &end)
}

#[test]
fn signatures() {
    for kind in KINDS {
        let root = Party::root("Gốc", kind);
        let end = root.end("An", kind);
        trial(&root, &[], &end).expect(&format!("{kind:?} is verified"), Ok(()));
    }
    below(|_| {}).expect("a path of two", Ok(()));
    let (root, _, end) = three(|_| {});
    let impostor = root.authority("Trung gian");
    trial(&root, &[&impostor], &end)
        .demand(|_| {})
        .expect_ours("another key of the name", Err(PathReason::Signature));
    let stranger = Party::root("Gốc", Kind::P256);
    let forged = stranger.authority("Trung gian");
    let victim = forged.end("An", Kind::P256);
    trial(&root, &[&forged], &victim)
        .expect("an authority that the root did not sign", Err(PathReason::Signature));
    let direct = stranger.end("An", Kind::P256);
    trial(&root, &[], &direct)
        .expect("an end that the root did not sign", Err(PathReason::Signature));
}

#[test]
fn weak_digests_and_keys() {
    let Some(openssl) = OpenSsl::find() else { return };
    let root = Party::root("Gốc", Kind::Rsa);
    openssl.put("root.pem", root.certificate.pem()).put("root.key", root.key.pem());
    let issue = |bits: u32, digest: &str| {
        openssl
            .run(&format!("req -newkey rsa:{bits} -nodes -keyout k.pem -out r.pem -subj /CN=An"));
        openssl.run(&format!(
            "x509 -req -in r.pem -CA root.pem -CAkey root.key -{digest} -set_serial 9 -out c.pem \
             -days 36500"
        ));
        Certificate::read_bundle(&openssl.get("c.pem")).unwrap().remove(0)
    };
    let at = |target: Certificate| {
        let demand = Demand::default();
        let at = target.not_before;
        let anchors = [Anchor { from: at, ..Anchor::new(root.certificate.clone()) }];
        let question = |demand: &Demand| {
            find(&Question { target: &target, pool: &[], anchors: &anchors, at, demand })
                .map(|_| ())
                .map_err(|fault| fault.reason)
        };
        let lenient = Demand { allows_sha1: true, rsa_bits_min: 1024, ..Demand::default() };
        (question(&demand), question(&lenient))
    };
    assert_eq!(at(issue(2048, "sha1")), (Err(PathReason::WeakDigest), Ok(())));
    assert_eq!(at(issue(1024, "sha256")), (Err(PathReason::WeakKey), Ok(())));
    assert_eq!(at(issue(2048, "sha256")), (Ok(()), Ok(())));
    let unknown = Err(PathReason::UnknownAlgorithm);
    assert_eq!(at(issue(2048, "md5")), (unknown, unknown));
}

#[test]
fn validity() {
    with_end(|spec| spec.until = days(-1)).expect("an end that expired", Err(PathReason::Expired));
    with_end(|spec| spec.from = days(1))
        .expect("an end from tomorrow", Err(PathReason::NotYetValid));
    with_end(|spec| spec.until = now()).expect_alone(
        "the last second counts",
        Ok(()),
        "openssl takes notAfter as the first moment when it is over",
    );
    with_end(|spec| spec.from = now()).expect("the first second counts", Ok(()));
    below(|spec| spec.until = days(-1))
        .expect("an authority that expired", Err(PathReason::Expired));
    below(|spec| spec.from = days(1))
        .expect("an authority from tomorrow", Err(PathReason::NotYetValid));
    below(|spec| spec.until = days(12_000)).expect("dates after 2050", Ok(()));
    below(|spec| spec.from = days(-26_000)).expect("dates of 1955", Ok(()));
    let old = Party::root_with("Gốc", Kind::P256, |spec| spec.until = days(-1));
    let end = old.end("An", Kind::P256);
    trial(&old, &[], &end).expect("an anchor that expired", Err(PathReason::AnchorNotInForce));
    let mut trusted_on = trial(&old, &[], &end);
    trusted_on.anchors[0].until = days(5);
    trusted_on.expect_ours("an anchor that is trusted longer", Ok(()));
    let mut no_more = with_end(|_| {});
    no_more.anchors[0].until = days(-5);
    no_more.expect_ours("an anchor that is trusted no more", Err(PathReason::AnchorNotInForce));
}

#[test]
fn names_that_chain() {
    let root = root();
    let folded = |common: &str| {
        Name::build(&[
            (oids::COUNTRY, "VN"),
            (oids::ORGANIZATION, "SỞ  tư pháp"),
            (oids::COMMON_NAME, common),
        ])
    };
    let end = root.end_with("An", Kind::P256, |spec| spec.issuer = folded("gốc").unwrap());
    trial(&root, &[], &end).expect_alone(
        "letter case and spaces make no difference",
        Ok(()),
        "openssl folds only ASCII letters",
    );
    let end = root.end_with("An", Kind::P256, |spec| spec.issuer = name("Goc"));
    trial(&root, &[], &end).expect("another name", Err(PathReason::IssuerMissing));
    let order = Name::build(&[
        (oids::ORGANIZATION, "Sở Tư pháp"),
        (oids::COUNTRY, "VN"),
        (oids::COMMON_NAME, "Gốc"),
    ]);
    let end = root.end_with("An", Kind::P256, |spec| spec.issuer = order.unwrap());
    trial(&root, &[], &end).expect("another order", Err(PathReason::IssuerMissing));
    let alone = Party::root("Tự ký", Kind::P256);
    trial(&root, &[], &alone).expect("a root that nobody trusts", Err(PathReason::NoAnchor));
    let (root, _, end) = three(|_| {});
    trial(&root, &[], &end)
        .expect("an authority that is not at hand", Err(PathReason::IssuerMissing));
}

#[test]
fn basic_constraints() {
    below(|spec| spec.extend(|all| all.end_entity()))
        .expect("cA is false", Err(PathReason::NotAuthority));
    below(|spec| {
        spec.extensions =
            crate::pki::extension::ExtensionBuilder::new().key_usage(KeyUsage::CERTIFICATE_SIGN);
    })
    .expect("no basic constraints", Err(PathReason::NotAuthority));
    below(|spec| spec.extensions = crate::pki::extension::ExtensionBuilder::new())
        .expect("no extensions", Err(PathReason::NotAuthority));
    below(|spec| spec.extend(|all| all.authority(Some(0)))).expect("length 0, an end", Ok(()));
    let depth = |lengths: &[Option<u32>]| {
        let root = root();
        let mut parties = vec![];
        for (at, length) in lengths.iter().enumerate() {
            let above = parties.last().unwrap_or(&root);
            let made = above.authority_with(&format!("Cấp {at}"), |spec| {
                spec.extend(|all| all.authority(*length));
            });
            parties.push(made);
        }
        let end = parties.last().unwrap_or(&root).end("An", Kind::P256);
        trial(&root, &parties.iter().collect::<Vec<_>>(), &end)
    };
    let too_long = Err(PathReason::PathLength);
    depth(&[Some(0), None]).expect("length 0, an authority below", too_long);
    depth(&[Some(1), Some(0)]).expect("lengths 1 and 0", Ok(()));
    depth(&[Some(1), Some(5), None]).expect("what is below cannot lengthen", too_long);
    depth(&[None, Some(1), None, None]).expect("length 1, two below", too_long);
    depth(&[Some(6), Some(4), Some(2), Some(0)]).expect("ever shorter", Ok(()));
    depth(&[None; 7]).expect("seven authorities", Ok(()));
    depth(&[None; 8]).expect_alone(
        "eight authorities",
        Err(PathReason::TooLong),
        "openssl allows a hundred",
    );
    let short =
        Party::root_with("Gốc", Kind::P256, |spec| spec.extend(|all| all.authority(Some(0))));
    let authority = short.authority("Trung gian");
    let end = authority.end("An", Kind::P256);
    trial(&short, &[&authority], &end).expect("the anchor's own length", too_long);
}

/// An authority that certifies a new key of its own.
fn renewed(of: &Party, common: &str, change: impl FnOnce(&mut Spec)) -> Party {
    of.authority_with(common, change)
}

#[test]
fn self_issued_certificates() {
    let root = root();
    let first = root.authority_with("Trung gian", |spec| spec.extend(|all| all.authority(Some(0))));
    let second = renewed(&first, "Trung gian", |spec| spec.extend(|all| all.authority(Some(0))));
    let end = second.end("An", Kind::P256);
    trial(&root, &[&first, &second], &end).expect("renewal does not count for the length", Ok(()));
    let lower = second.authority("Thấp hơn");
    let end = lower.end("An", Kind::P256);
    trial(&root, &[&first, &second, &lower], &end)
        .expect("but others below do", Err(PathReason::PathLength));
    let new_root = renewed(&root, "Gốc", |_| {});
    let end = new_root.end("An", Kind::P256);
    trial(&root, &[&new_root], &end).expect("the root renews its key", Ok(()));
    let mut both = trial(&root, &[], &end);
    both.anchors.push(Anchor::new(new_root.certificate.clone()));
    both.expect("the new key is an anchor too", Ok(()));
}

#[test]
fn key_usage() {
    below(|spec| spec.extend(|all| all.key_usage(KeyUsage::CRL_SIGN)))
        .expect("an authority that may only sign lists", Err(PathReason::KeyUsage));
    let root_without = root();
    let bare = root_without.authority_with("Trung gian", |spec| {
        spec.extensions = crate::pki::extension::ExtensionBuilder::new().authority(None);
    });
    let end = bare.end_with("An", Kind::P256, |spec| {
        spec.extensions = crate::pki::extension::ExtensionBuilder::new();
    });
    trial(&root_without, &[&bare], &end).expect("an authority without key usage", Ok(()));
    let wants = |usage| with_end(|_| {}).demand(|demand| demand.key_usage = Some(usage));
    wants(KeyUsage::CONTENT_COMMITMENT).expect_ours("a signer's key", Ok(()));
    wants(KeyUsage::KEY_AGREEMENT).expect_ours("not for agreement", Err(PathReason::KeyUsage));
    wants(KeyUsage::KEY_AGREEMENT.and(KeyUsage::DIGITAL_SIGNATURE))
        .expect_ours("one of both", Ok(()));
}

#[test]
fn purposes() {
    let wants = |trial: Trial| {
        trial.demand(|demand| demand.purposes = vec![oids::CLIENT_AUTH]).flags("-purpose sslclient")
    };
    let for_purpose =
        |purpose: Oid| with_end(move |spec| spec.extend(|all| all.extended_key_usage(&[purpose])));
    wants(for_purpose(oids::CLIENT_AUTH)).expect("for this purpose", Ok(()));
    wants(for_purpose(oids::SERVER_AUTH)).expect("for another", Err(PathReason::Purpose));
    wants(for_purpose(oids::ANY_PURPOSE)).expect_alone(
        "for any",
        Ok(()),
        "openssl wants it by name",
    );
    wants(with_end(|_| {})).expect("for none in particular", Ok(()));
    let limited =
        |purpose: Oid| below(move |spec| spec.extend(|all| all.extended_key_usage(&[purpose])));
    wants(limited(oids::SERVER_AUTH)).expect("an authority for another", Err(PathReason::Purpose));
    wants(limited(oids::CLIENT_AUTH)).expect("an authority for this", Ok(()));
    let mut anchored = wants(with_end(|_| {}));
    anchored.anchors[0].purposes = vec![oids::TIME_STAMPING];
    anchored.expect_ours("an anchor for another", Err(PathReason::AnchorPurpose));
    let mut anchored = with_end(|_| {});
    anchored.anchors[0].purposes = vec![oids::TIME_STAMPING];
    anchored.expect_ours("an anchor that is limited", Err(PathReason::AnchorPurpose));
    let mut anchored = wants(with_end(|_| {}));
    anchored.anchors[0].purposes = vec![oids::TIME_STAMPING, oids::CLIENT_AUTH];
    anchored.expect_ours("an anchor for this too", Ok(()));
}

#[test]
fn critical_extensions() {
    let unknown = oid("1.3.6.1.4.1.99999.7");
    let refused = Err(PathReason::UnknownCritical(unknown));
    with_end(|spec| spec.extend(|all| all.with(unknown, true, vec![5, 0])))
        .expect("of the end", refused);
    below(|spec| spec.extend(|all| all.with(unknown, true, vec![5, 0])))
        .expect("of an authority", refused);
    with_end(|spec| spec.extend(|all| all.with(unknown, false, vec![5, 0])))
        .expect("not critical", Ok(()));
}

fn dns(text: &str) -> GeneralName {
    GeneralName::Dns(text.to_owned())
}

fn email(text: &str) -> GeneralName {
    GeneralName::Email(text.to_owned())
}

fn uri(text: &str) -> GeneralName {
    GeneralName::Uri(text.to_owned())
}

/// An authority that is limited, and an end with this alternative name.
fn limited(permitted: &[GeneralName], excluded: &[GeneralName], name: GeneralName) -> Trial {
    let constraints =
        NameConstraints { permitted: permitted.to_vec(), excluded: excluded.to_vec() };
    let root = root();
    let authority = root.authority_with("Trung gian", |spec| {
        spec.extend(|all| all.name_constraints(&constraints));
    });
    let end = authority.end_with("An", Kind::P256, |spec| {
        spec.extend(|all| all.subject_names(std::slice::from_ref(&name)));
    });
    trial(&root, &[&authority], &end)
}

const OUTSIDE: Expected = Err(PathReason::NameConstraint);

#[test]
fn name_constraints_of_hosts_and_addresses() {
    let vn = [dns("tuphap.vn")];
    limited(&vn, &[], dns("tuphap.vn")).expect("the domain itself", Ok(()));
    limited(&vn, &[], dns("a.b.TuPhap.vn")).expect("below the domain", Ok(()));
    limited(&vn, &[], dns("xtuphap.vn")).expect("only the same ending", OUTSIDE);
    limited(&vn, &[], dns("example.com")).expect("another domain", OUTSIDE);
    limited(&vn, &[], email("a@example.com")).expect("another kind of name", Ok(()));
    limited(&[], &vn, dns("a.tuphap.vn")).expect("excluded", OUTSIDE);
    limited(&[], &vn, dns("example.com")).expect("not excluded", Ok(()));
    limited(&vn, &[dns("x.tuphap.vn")], dns("y.tuphap.vn"))
        .expect("permitted, not excluded", Ok(()));
    limited(&vn, &[dns("x.tuphap.vn")], dns("x.tuphap.vn"))
        .expect("permitted and excluded", OUTSIDE);
    limited(&[email("tuphap.vn")], &[], email("an@tuphap.vn"))
        .expect("a mailbox of the host", Ok(()));
    limited(&[email("tuphap.vn")], &[], email("an@x.tuphap.vn")).expect("of another host", OUTSIDE);
    limited(&[email(".tuphap.vn")], &[], email("an@x.tuphap.vn")).expect("of a host below", Ok(()));
    limited(&[email("an@tuphap.vn")], &[], email("an@tuphap.vn")).expect("the mailbox", Ok(()));
    limited(&[email("an@tuphap.vn")], &[], email("binh@tuphap.vn"))
        .expect("another mailbox", OUTSIDE);
    limited(&[], &[email("tuphap.vn")], email("an@tuphap.vn")).expect("an excluded host", OUTSIDE);
    limited(&[uri("a.vn")], &[], uri("https://a.vn/x?y")).expect("the host", Ok(()));
    limited(&[uri("a.vn")], &[], uri("https://b.a.vn:8443/"))
        .expect("a host below is another", OUTSIDE);
    limited(&[uri(".a.vn")], &[], uri("https://b.a.vn:8443/")).expect("hosts below", Ok(()));
    limited(&[uri("a.vn")], &[], uri("urn:x:y")).expect("no host", OUTSIDE);
    limited(&[], &[uri("a.vn")], uri("https://a.vn@b.vn/"))
        .expect("the host is after the @", Ok(()));
    let network = [GeneralName::Ip(vec![10, 1, 0, 0, 255, 255, 0, 0])];
    let address = |last: [u8; 4]| GeneralName::Ip(last.to_vec());
    limited(&network, &[], address([10, 1, 2, 3])).expect("an address of the network", Ok(()));
    limited(&network, &[], address([10, 2, 2, 3])).expect("an address outside", OUTSIDE);
    limited(&[], &network, address([10, 1, 2, 3])).expect("an excluded address", OUTSIDE);
    let other = GeneralName::Registered(oid("1.2.3"));
    limited(std::slice::from_ref(&other), &[], other.clone())
        .expect("kinds that nobody compares", OUTSIDE);
}

#[test]
fn name_constraints_of_names() {
    let base = |parts: &[(Oid, &str)]| GeneralName::Directory(Name::build(parts).unwrap());
    let ours = base(&[(oids::COUNTRY, "VN"), (oids::ORGANIZATION, "SỞ TƯ PHÁP")]);
    let same = base(&[(oids::COUNTRY, "VN"), (oids::ORGANIZATION, "Sở Tư pháp")]);
    let theirs = base(&[(oids::COUNTRY, "VN"), (oids::ORGANIZATION, "Sở Y tế")]);
    let any = dns("a.vn");
    let one = std::slice::from_ref;
    limited(one(&same), &[], any.clone()).expect("within", Ok(()));
    limited(one(&ours), &[], any.clone()).expect_alone(
        "within, in capitals",
        Ok(()),
        "only ASCII is folded",
    );
    limited(one(&theirs), &[], any.clone()).expect("outside", OUTSIDE);
    limited(&[theirs.clone(), same.clone()], &[], any.clone()).expect("within one of two", Ok(()));
    limited(&[], one(&same), any.clone()).expect("excluded", OUTSIDE);
    let root = root();
    let limit = |party: &Party, common: &str, names: NameConstraints| {
        party.authority_with(common, |spec| spec.extend(|all| all.name_constraints(&names)))
    };
    let permit =
        |name: &GeneralName| NameConstraints { permitted: vec![name.clone()], excluded: vec![] };
    let upper = limit(&root, "Trên", permit(&same));
    let lower = limit(&upper, "Dưới", permit(&theirs));
    let end = lower.end("An", Kind::P256);
    trial(&root, &[&upper, &lower], &end).expect("within both is needed", OUTSIDE);
    let with_mail = limit(&root, "Thư", permit(&email("tuphap.vn")));
    let end = with_mail.end_with("An", Kind::P256, |spec| {
        spec.subject =
            Name::build(&[(oids::EMAIL_ADDRESS, "an@ngoai.vn"), (oids::COMMON_NAME, "An")])
                .unwrap();
    });
    trial(&root, &[&with_mail], &end).expect("an address in the subject", OUTSIDE);
    let constrained = limit(&root, "Tự cấp", permit(&theirs));
    let renewal = renewed(&constrained, "Tự cấp", |_| {});
    let end = renewal.end_with("An", Kind::P256, |spec| {
        spec.subject = Name::build(&[
            (oids::COUNTRY, "VN"),
            (oids::ORGANIZATION, "Sở Y tế"),
            (oids::COMMON_NAME, "An"),
        ])
        .unwrap();
    });
    trial(&root, &[&constrained, &renewal], &end).expect("renewals are not limited", Ok(()));
    let strict = Party::root_with("Gốc chặt", Kind::P256, |spec| {
        spec.extend(|all| all.name_constraints(&permit(&theirs)));
    });
    let end = strict.end("An", Kind::P256);
    trial(&strict, &[], &end).expect("what the anchor limits", OUTSIDE);
}

fn policy(text: &str) -> Policy {
    Policy { policy: oid(text), qualifiers: Vec::new() }
}

const P1: &str = "1.3.6.1.4.1.99999.1.1";
const P2: &str = "1.3.6.1.4.1.99999.1.2";
const P3: &str = "1.3.6.1.4.1.99999.1.3";
const ANY: &str = "2.5.29.32.0";

/// An authority with these policies, which the test changes, and an end with others.
fn governed(upper: &[&str], lower: &[&str], change: impl FnOnce(&mut Spec)) -> Trial {
    let with = |policies: &[&str]| policies.iter().map(|text| policy(text)).collect::<Vec<_>>();
    let root = root();
    let authority = root.authority_with("Trung gian", |spec| {
        if !upper.is_empty() {
            spec.extend(|all| all.policies(&with(upper)));
        }
        change(spec);
    });
    let end = authority.end_with("An", Kind::P256, |spec| {
        if !lower.is_empty() {
            spec.extend(|all| all.policies(&with(lower)));
        }
    });
    trial(&root, &[&authority], &end)
}

const NONE_HOLDS: Expected = Err(PathReason::Policy);

#[test]
fn policies() {
    let plain = |_: &mut Spec| {};
    governed(&[P1], &[P1], plain).policies(&[P1]).expect("the same all along", Ok(()));
    governed(&[P1], &[P1], plain).policies(&[P2]).expect("another is asked for", NONE_HOLDS);
    governed(&[P1], &[P1], plain).policies(&[P2, P1]).expect("one of two", Ok(()));
    governed(&[P1], &[P2], plain).policies(&[P1]).expect("the end has another", NONE_HOLDS);
    governed(&[P1], &[P2], plain)
        .flags("-policy_check -policy 2.5.29.32.0")
        .expect("nobody asks", Ok(()));
    governed(&[], &[P1], plain).policies(&[P1]).expect("the authority has none", NONE_HOLDS);
    governed(&[P1], &[], plain).policies(&[P1]).expect("the end has none", NONE_HOLDS);
    governed(&[P1, P2], &[P2, P3], plain).policies(&[P2]).expect("what both have", Ok(()));
    governed(&[P1, P2], &[P2, P3], plain).policies(&[P3]).expect("what only one has", NONE_HOLDS);
    governed(&[ANY], &[P1], plain).policies(&[P1]).expect("any above", Ok(()));
    governed(&[P1], &[ANY], plain).policies(&[P1]).expect("any below", Ok(()));
    governed(&[P1], &[ANY], plain).policies(&[P2]).expect("any below is not more", NONE_HOLDS);
    governed(&[ANY], &[ANY], plain).policies(&[P3]).expect("any all along", Ok(()));
    let path = governed(&[P1, P2], &[P2, P1], plain).find().unwrap();
    assert_eq!(path.policies, [oid(P1), oid(P2)]);
    let explicit = |skip| {
        move |spec: &mut Spec| {
            let constraints =
                PolicyConstraints { require_explicit: Some(skip), inhibit_mapping: None };
            spec.extend(|all| all.policy_constraints(constraints));
        }
    };
    governed(&[P1], &[P2], explicit(0))
        .flags("-policy_check -policy 2.5.29.32.0")
        .expect("the authority asks", NONE_HOLDS);
    governed(&[P1], &[P1], explicit(0))
        .flags("-policy_check -policy 2.5.29.32.0")
        .expect("the authority asks and gets", Ok(()));
    governed(&[P1], &[P2], explicit(1))
        .flags("-policy_check -policy 2.5.29.32.0")
        .expect("it asks from the next on, which is the end", NONE_HOLDS);
    governed(&[P1], &[P2], explicit(2))
        .flags("-policy_check -policy 2.5.29.32.0")
        .expect("it asks too far below", Ok(()));
    let no_any = |skip| move |spec: &mut Spec| spec.extend(|all| all.inhibit_any_policy(skip));
    governed(&[P1], &[ANY], no_any(0)).policies(&[P1]).expect("any is not allowed", NONE_HOLDS);
    governed(&[P1], &[ANY], no_any(1)).policies(&[P1]).expect("any is still allowed", Ok(()));
    governed(&[ANY], &[P1], |_| {})
        .policies(&[P1])
        .demand(|demand| demand.forbids_any_policy = true)
        .flags(&format!("-policy_check -explicit_policy -inhibit_any -policy {P1}"))
        .expect("the asker forbids any", NONE_HOLDS);
}

#[test]
fn policy_mappings() {
    let maps = |pairs: &'static [(&str, &str)]| {
        move |spec: &mut Spec| {
            let pairs: Vec<(Oid, Oid)> =
                pairs.iter().map(|(from, to)| (oid(from), oid(to))).collect();
            spec.extend(|all| all.policy_mappings(&pairs));
        }
    };
    governed(&[P1], &[P2], maps(&[(P1, P2)])).policies(&[P1]).expect("called another name", Ok(()));
    governed(&[P1], &[P2], maps(&[(P1, P2)]))
        .policies(&[P2])
        .expect("in the anchor's words", NONE_HOLDS);
    governed(&[P1], &[P1], maps(&[(P1, P2)]))
        .policies(&[P1])
        .expect("the old name ends", NONE_HOLDS);
    governed(&[P1], &[P3], maps(&[(P1, P2), (P1, P3)]))
        .policies(&[P1])
        .expect("two new names", Ok(()));
    governed(&[ANY], &[P2], maps(&[(P1, P2)])).policies(&[P1]).expect("mapped from any", Ok(()));
    governed(&[P1], &[P2], maps(&[(P1, P2)]))
        .policies(&[P1])
        .demand(|demand| demand.forbids_policy_mapping = true)
        .flags(&format!("-policy_check -explicit_policy -inhibit_map -policy {P1}"))
        .expect("the asker forbids mapping", NONE_HOLDS);
    governed(&[P1], &[P2], maps(&[(P1, ANY)]))
        .policies(&[P1])
        .expect("to any policy", Err(PathReason::PolicyMapping));
    let root = root();
    let upper = root.authority_with("Trên", |spec| {
        let constraints = PolicyConstraints { require_explicit: Some(0), inhibit_mapping: Some(0) };
        spec.extend(|all| all.policies(&[policy(P1)]).policy_constraints(constraints));
    });
    let lower = upper.authority_with("Dưới", |spec| {
        spec.extend(|all| all.policies(&[policy(P1)]).policy_mappings(&[(oid(P1), oid(P2))]));
    });
    let end =
        lower.end_with("An", Kind::P256, |spec| spec.extend(|all| all.policies(&[policy(P2)])));
    trial(&root, &[&upper, &lower], &end)
        .flags("-policy_check -policy 2.5.29.32.0")
        .expect("an authority forbids mapping", NONE_HOLDS);
}

#[test]
fn many_policies_that_map_to_each_other_take_no_time() {
    let root = root();
    let all: Vec<String> = (0..60).map(|at| format!("1.3.6.1.4.1.99999.2.{at}")).collect();
    let policies: Vec<Policy> = all.iter().map(|text| policy(text)).collect();
    let pairs: Vec<(Oid, Oid)> = all
        .iter()
        .take(16)
        .flat_map(|from| all.iter().map(move |to| (oid(from), oid(to))))
        .collect();
    let mut parties: Vec<Party> = Vec::new();
    for at in 0..7 {
        let above = parties.last().unwrap_or(&root);
        let made = above.authority_with(&format!("Cấp {at}"), |spec| {
            spec.extend(|all| all.policies(&policies).policy_mappings(&pairs));
        });
        parties.push(made);
    }
    let end = parties[6].end_with("An", Kind::P256, |spec| {
        spec.extend(|all| all.policies(&policies));
    });
    let begin = Instant::now();
    let found = trial(&root, &parties.iter().collect::<Vec<_>>(), &end).find();
    assert!(found.is_ok());
    assert!(begin.elapsed().as_millis() < 2000, "{:?}", begin.elapsed());
}

#[test]
fn the_right_one_is_found_among_many_of_the_same_name() {
    let root = root();
    let right = root.authority("Trung gian");
    let decoys: Vec<Party> = (0..20).map(|_| root.authority("Trung gian")).collect();
    let end = right.end("An", Kind::P256);
    let mut pool: Vec<&Party> = decoys.iter().collect();
    pool.push(&right);
    let path = trial(&root, &pool, &end).find().unwrap();
    assert_eq!(path.certificates, [end.certificate.clone(), right.certificate.clone()]);
    assert_eq!(path.issuer(0), &right.certificate);
    assert_eq!(path.issuer(1), &root.certificate);
    let expired = Party::root_with("Gốc", Kind::P256, |spec| spec.until = days(-1));
    let mut trusted = trial(&root, &pool, &end);
    trusted.anchors.insert(0, Anchor::new(expired.certificate));
    assert!(trusted.find().is_ok());
}

#[test]
fn a_certificate_that_is_trusted_itself_is_its_own_path() {
    let root = root();
    let end = root.end("An", Kind::P256);
    let mut own = trial(&root, &[], &end);
    own.anchors = vec![Anchor::new(end.certificate.clone())];
    assert_eq!(own.find().unwrap().certificates, std::slice::from_ref(&end.certificate));
    own.anchors[0].until = days(-1);
    assert_eq!(own.find().unwrap_err().reason, PathReason::AnchorNotInForce);
}

#[test]
fn authorities_that_certify_each_other_lead_nowhere_and_soon() {
    let names: Vec<String> = (0..12).map(|at| format!("Vòng {at}")).collect();
    let roots: Vec<Party> = names.iter().map(|common| Party::root(common, Kind::P256)).collect();
    let mut pool = Vec::new();
    for one in &roots {
        for other in &roots {
            let spec = Spec {
                serial: serial(pool.len() as u64 + 1),
                subject: other.certificate.subject.clone(),
                issuer: one.certificate.subject.clone(),
                from: days(-1),
                until: days(1),
                extensions: crate::pki::extension::ExtensionBuilder::new().authority(None),
            };
            pool.push(super::kit::make(&spec, &other.key.public, &one.key));
        }
    }
    let end = roots[0].end("An", Kind::P256);
    let mut hostile = trial(&root(), &[], &end);
    hostile.pool = pool;
    let begin = Instant::now();
    assert_eq!(hostile.find().unwrap_err().reason, PathReason::TooMuch);
    hostile.demand.limits = Limits { path_length: 8, signatures: 100_000 };
    assert_eq!(hostile.find().unwrap_err().reason, PathReason::TooMuch);
    assert!(begin.elapsed().as_secs() < 5, "{:?}", begin.elapsed());
}

#[test]
fn the_best_candidate_names_its_fault_and_its_certificate() {
    let (root, authority, end) = three(|spec| spec.until = days(-1));
    let fault = trial(&root, &[&authority], &end).find().unwrap_err();
    assert_eq!(fault.certificate, authority.certificate);
    assert_eq!(fault.candidate, [end.certificate.clone(), authority.certificate.clone()]);
    assert!(fault.to_string().contains("Trung gian"));
}
