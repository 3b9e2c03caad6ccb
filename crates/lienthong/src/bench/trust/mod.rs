//! `lienthong bench trust`: what a signature costs beside the bare operation of the cryptographic
//! library (aws-lc) on the same bytes, on one thread, in the same run.

pub mod stage;

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::json;
use trust::KeyKind;
use trust::signing::{self, Format, Order};
use trust::verdict::{Believed, Policy, Question, Standing, judge};
use wire::algorithm::{Digest, EcdsaForm};
use wire::pki::ocsp::{self, CertId, ResponderId, ResponseProfile, SingleResponse, Status};
use wire::pki::path::Anchor;
use wire::pki::time_stamp::{self, Imprint, Request, StampProfile};

use super::process;
use crate::say;
use stage::{Holder, Stage};

/// A line of JSON for each operation and kind of key.
pub fn run(seconds: u64) -> Result<()> {
    let time = Duration::from_secs(seconds.max(1));
    for kind in [KeyKind::Rsa2048, KeyKind::P256] {
        let stage = Stage::set(kind)?;
        let bench = Bench { stage: &stage, time, key: kind.code() };
        bench.document("xml-8k", Format::Xades, &stage::xml())?;
        bench.document("pades-28k", Format::Pades, &stage::pdf())?;
        bench.time_stamp()?;
        bench.ocsp()?;
        bench.certificate()?;
    }
    Ok(())
}

struct Bench<'a> {
    stage: &'a Stage,
    time: Duration,
    key: &'static str,
}

impl Bench<'_> {
    /// Signing and the whole verdict: signature, path, revocation, report.
    fn document(&self, name: &str, format: Format, file: &[u8]) -> Result<()> {
        let (stage, person) = (self.stage, &self.stage.person);
        let order = Order {
            format,
            file,
            name: "a",
            media_type: "application/octet-stream",
            certificate: &person.certificate,
            chain: &[],
            at: stage.now,
            field: "ky",
            reason: None,
            shown: None,
            id: "ky",
        };
        let sign = || -> Result<Vec<u8>> {
            let draft = signing::prepare(&order)?;
            let value = person.key.sign(draft.algorithm(), draft.to_be_signed())?;
            Ok(draft.sign(&value)?.finish()?)
        };
        let digest_and_sign = || self.bare_sign(person, file);
        self.print(&format!("{name}-sign"), "digest and sign", digest_and_sign, || {
            sign().map(drop)
        })?;

        let signed = sign()?;
        let mut believed = Believed::default();
        believed.anchors.push(Anchor::new(stage.root.certificate.clone()));
        believed.add_crl(stage.crl.der())?;
        let policy = Policy::default();
        let question = Question { at: stage.now, policy: &policy, content: None };
        let verify = || -> Result<()> {
            let report = judge(&signed, &believed.trust(), &question);
            ensure!(report.standing == Standing::Valid, "{:?}", report.reasons);
            black_box(report);
            Ok(())
        };
        let algorithm = person.key.kind().usual_algorithm();
        let value = person.key.sign(algorithm, file)?;
        let key = person.key.public_key();
        // The signer's signature and the certificate's, over these many bytes once.
        let bare = || -> Result<()> {
            black_box(Digest::Sha256.of(&signed));
            key.verify(algorithm, EcdsaForm::Asn1, file, &value)?;
            Ok(person.certificate.is_signed_by(&stage.root.certificate)?)
        };
        self.print(&format!("{name}-verify"), "digest and two verifications", bare, verify)
    }

    fn bare_sign(&self, holder: &Holder, message: &[u8]) -> Result<()> {
        black_box(holder.key.sign(holder.key.kind().usual_algorithm(), message)?);
        Ok(())
    }

    fn time_stamp(&self) -> Result<()> {
        let (stage, clock) = (self.stage, &self.stage.clock);
        let question = Request {
            imprint: Imprint::of(Digest::Sha256, b"signature"),
            policy: None,
            nonce: Some(Request::nonce_of([7; 8])),
            wants_certificate: true,
        };
        let question = question.write();
        let serial = stage.person.certificate.serial.clone();
        let policy = "2.25.4863095605019916444741836685303659846".parse()?;
        let stamp = || -> Result<()> {
            let request = Request::read(&question)?;
            let profile = StampProfile {
                policy,
                serial: &serial,
                at: stage.now,
                accuracy: None,
                is_ordered: false,
                certificate: &clock.certificate,
                chain: &[],
                digest: Digest::Sha256,
            };
            let algorithm = clock.key.kind().usual_algorithm();
            let prepared = time_stamp::prepare(&request, &profile, algorithm)?;
            let value = clock.key.sign(algorithm, prepared.to_be_signed())?;
            black_box(prepared.finish(&value));
            Ok(())
        };
        self.print("time-stamp", "sign", || self.bare_sign(clock, &question), stamp)
    }

    fn ocsp(&self) -> Result<()> {
        let (stage, root) = (self.stage, &self.stage.root);
        let responder = ResponderId::by_key(&root.certificate);
        let serial = &stage.person.certificate.serial;
        let answer = || -> Result<()> {
            let single = SingleResponse {
                id: CertId::new(Digest::Sha1, &root.certificate, serial),
                status: Status::Good,
                this_update: stage.now,
                next_update: None,
                archive_cutoff: None,
            };
            let profile = ResponseProfile {
                responder: &responder,
                produced_at: stage.now,
                answers: &[single],
                nonce: None,
                certificates: &[],
            };
            let algorithm = root.key.kind().usual_algorithm();
            let prepared = ocsp::prepare(&profile, algorithm)?;
            let value = root.key.sign(algorithm, prepared.to_be_signed())?;
            black_box(prepared.finish(&value));
            Ok(())
        };
        self.print("ocsp-answer", "sign", || self.bare_sign(root, serial_bytes()), answer)
    }

    fn certificate(&self) -> Result<()> {
        let (stage, root) = (self.stage, &self.stage.root);
        let issue = || -> Result<()> {
            let about = ("Người đo", &[][..], stage.now);
            let prepared = stage::prepared(Some(root), &stage.person.key, about)?;
            let value = root.key.sign(prepared.algorithm(), prepared.to_be_signed())?;
            black_box(prepared.finish(&value));
            Ok(())
        };
        let bare = || self.bare_sign(root, stage.person.certificate.der());
        self.print("certificate-issue", "sign", bare, issue)
    }

    fn print(
        &self,
        name: &str,
        ceiling: &str,
        bare: impl FnMut() -> Result<()>,
        work: impl FnMut() -> Result<()>,
    ) -> Result<()> {
        let top = measure(self.time, bare)?;
        let own = measure(self.time, work)?;
        let line = json!({
            "bench": format!("trust-{name}"),
            "key": self.key,
            "n": own.n,
            "per_second": own.per_second.round(),
            "per_cpu_second": own.per_cpu_second.round(),
            "rss_mib": process::rss_mib()?,
            "ceiling": ceiling,
            "ceiling_per_cpu_second": top.per_cpu_second.round(),
            "ratio": (own.per_cpu_second / top.per_cpu_second * 1000.0).round() / 1000.0,
        });
        say::line(&line.to_string());
        Ok(())
    }
}

/// As long as the message of an OCSP answer is.
fn serial_bytes() -> &'static [u8] {
    &[0x30; 200]
}

struct Pace {
    n: u64,
    per_second: f64,
    per_cpu_second: f64,
}

/// Runs for about so long after a tenth of it to warm up.
fn measure(time: Duration, mut work: impl FnMut() -> Result<()>) -> Result<Pace> {
    let warm = Instant::now();
    while warm.elapsed() < time / 10 {
        work()?;
    }
    let (begun, cpu_before_us) = (Instant::now(), process::cpu_us()?);
    let mut n = 0;
    while begun.elapsed() < time {
        work()?;
        n += 1;
    }
    let (elapsed, cpu_us) = (begun.elapsed(), process::cpu_us()? - cpu_before_us);
    let per = |seconds: f64| n as f64 / seconds;
    Ok(Pace {
        n,
        per_second: per(elapsed.as_secs_f64()),
        per_cpu_second: per((cpu_us.max(1) as f64) / 1e6),
    })
}
