//! Files that were signed elsewhere and come back: taken when they are what was sent with one
//! signature more, refused with a sentence when they are not.

use jiff::SignedDuration;
use platform::clock::Clock;
use platform::store::StoreError;
use platform::testing::{Answer, Visitor};
use trust::verdict::{Order, Standing};
use wire::pdf::Certification;

use super::commune::{COMMUNE, Town, pdf, sign};
use super::others::{pyhanko, said};
use super::token::{Token, appended};
use crate::step::{DriverKind, StepState};
use crate::submission::{Ending, Scope, State, SubmissionId};

const FIELD: &str = "Signature1";

/// A town whose leader has a token, and the clerk's seal a key here.
async fn town() -> (Town, Token) {
    let mut town = Town::bare(platform::testing::MONDAY_MORNING).await;
    let token = Token::of(&mut town, "lanhdao").await;
    town.certify_seal().await;
    (town, token)
}

async fn bring(visitor: &mut Visitor, id: SubmissionId, file: &[u8]) -> Answer {
    let place = format!("/can-bo/ky-so/{id}/nop");
    let page = visitor.get(&place).await;
    let shown = page.input("sha256").unwrap_or_default().to_owned();
    bring_shown(visitor, (id, &shown), file).await
}

async fn bring_shown(
    visitor: &mut Visitor,
    (id, sha256): (SubmissionId, &str),
    file: &[u8],
) -> Answer {
    let files = [("tep", "van-ban-da-ky.pdf", "application/pdf", file)];
    visitor.upload(&format!("/can-bo/ky-so/{id}/nop"), &[("sha256", sha256)], &files).await
}

/// Of the commune, which owns what is submitted and signed.
async fn kept_bytes(town: &Town) -> u64 {
    let unit = town.unit(COMMUNE).await;
    let read = town
        .ctx()
        .store
        .read::<_, StoreError, _>(move |tx| platform::files::used_bytes(tx, unit.0));
    read.await.unwrap()
}

/// As it was before anybody signed.
async fn is_untouched(town: &Town, id: SubmissionId, before: &[u8]) -> bool {
    let (submission, steps) = town.submission(id).await;
    submission.state == State::Waiting
        && submission.sha256 == submission.first_sha256
        && steps.iter().all(|step| step.state == StepState::Waiting)
        && town.file(id).await == before
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_token_signed_elsewhere_is_taken_stamped_and_sealed_here() {
    let (town, token) = town().await;
    let id = town.result().await;
    let sent = town.file(id).await;
    let mut leader = town.at_work("lanhdao").await;
    let page = leader.get(&format!("/can-bo/ky-so/{id}/nop")).await;
    assert!(page.has("Ký bằng phần mềm khác") && page.has(&format!("/can-bo/ky-so/{id}/tep")));
    let fetched = leader.get(&format!("/can-bo/ky-so/{id}/tep")).await;
    assert_eq!(fetched.bytes, sent);

    let answer = bring(&mut leader, id, &token.sign(&town, &fetched.bytes, FIELD)).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/can-bo/ky-so"));
    let (submission, steps) = town.submission(id).await;
    assert_eq!(steps[0].state, StepState::Signed);
    assert_eq!(steps[0].driver, Some(DriverKind::ByHand));
    assert_eq!(steps[0].certificate.as_deref(), Some(token.certificate.fingerprint.as_str()));
    assert_eq!(steps[0].authorisation, None);
    assert_eq!(steps[0].sha256_before.as_ref(), Some(&submission.first_sha256));
    let file = town.file(id).await;
    assert!(file.starts_with(&sent) && file.len() > sent.len());
    let report = town.judged(id).await;
    assert_eq!(report.standing, Standing::Valid, "{:?}", report.findings);
    assert!(report.stamps.iter().all(Result::is_ok) && report.stamps.len() == 1);
    assert!(report.findings[0].time.proved.is_some());

    let mut clerk = town.at_work("vanthu").await;
    let code = town.code();
    assert_eq!(sign(&mut clerk, id, &code).await.status, 303);
    let report = town.judged(id).await;
    assert_eq!((report.standing, report.order), (Standing::Valid, Order::PersonThenOrganisation));
    assert_eq!(report.findings.len(), 2);
    let told = town.told().await;
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].ending, told[0].subject), (Ending::Signed, submission.subject));
    let acts = town.acts("signing.sign").await;
    assert!(acts[0].detail.contains("by-hand") && acts[0].actor_name == "Cán bộ lanhdao");
}

const SIGNER: &str = r"
import sys
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
before, after, key, certificate = sys.argv[1:]
signer = signers.SimpleSigner.load(key, certificate)
said = signers.PdfSignatureMetadata(
    field_name='ChuKy', subfilter=fields.SigSeedSubFilter.PADES, md_algorithm='sha256')
box = fields.SigFieldSpec('ChuKy', on_page=0, box=(300, 100, 500, 160))
writer = IncrementalPdfFileWriter(open(before, 'rb'))
with open(after, 'wb') as out:
    signers.PdfSigner(said, signer=signer, new_field_spec=box).sign_pdf(writer, output=out)
";

#[tokio::test(flavor = "multi_thread")]
async fn what_other_software_signed_and_shows_on_the_page_is_taken() {
    let Some(python) = pyhanko() else { return };
    let mut town = Town::bare(Clock::System.now() - SignedDuration::from_hours(1)).await;
    let token = Token::of(&mut town, "lanhdao").await;
    town.certify_seal().await;
    let id = town.result().await;
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let key = wire::pki::pem::write("PRIVATE KEY", &token.pkcs8);
    std::fs::write(place("a.pdf"), town.file(id).await).unwrap();
    std::fs::write(place("key.pem"), key).unwrap();
    std::fs::write(place("certificate.cer"), &token.certificate.der).unwrap();
    let files = ["a.pdf", "b.pdf", "key.pem", "certificate.cer"].map(place);
    let words: Vec<&str> =
        ["-c", SIGNER].into_iter().chain(files.iter().map(String::as_str)).collect();
    said(&python, &words).unwrap();
    let signed = std::fs::read(place("b.pdf")).unwrap();
    let mut leader = town.at_work("lanhdao").await;
    let answer = bring(&mut leader, id, &signed).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let mut clerk = town.at_work("vanthu").await;
    let code = town.code();
    assert_eq!(sign(&mut clerk, id, &code).await.status, 303);
    let report = town.judged(id).await;
    assert_eq!(report.order, Order::PersonThenOrganisation);
    assert_eq!(report.standing, Standing::Valid, "{:?}", report.findings);
}

#[tokio::test(flavor = "multi_thread")]
async fn signed_time_that_the_software_brought_is_enough() {
    let (town, token) = town().await;
    let id = town.result().await;
    let signed = token.sign_stamped(&town, &town.file(id).await, FIELD).await;
    let mut leader = town.at_work("lanhdao").await;
    assert_eq!(bring(&mut leader, id, &signed).await.status, 303);
    assert_eq!(town.file(id).await, signed, "nothing is added to what is complete");
    assert!(town.judged(id).await.stamps.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_seal_comes_back_from_a_token_as_well_and_only_after_the_person() {
    let mut town = Town::new().await;
    let seal = Token::seal(&mut town).await;
    let id = town.result().await;
    let mut clerk = town.at_work("vanthu").await;
    let early = seal.sign(&town, &town.file(id).await, FIELD);
    let place = format!("/can-bo/ky-so/{id}/nop");
    assert_ne!(clerk.get(&place).await.status, 200);
    clerk.get("/can-bo/ky-so").await;
    let (submission, _) = town.submission(id).await;
    let answer = bring_shown(&mut clerk, (id, &submission.sha256), &early).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);

    let mut leader = town.at_work("lanhdao").await;
    let code = town.code();
    assert_eq!(sign(&mut leader, id, &code).await.status, 303);
    let sealed = seal.sign(&town, &town.file(id).await, FIELD);
    assert_eq!(bring(&mut clerk, id, &sealed).await.status, 303);
    let (submission, steps) = town.submission(id).await;
    assert_eq!((submission.state, steps[1].driver), (State::Signed, Some(DriverKind::ByHand)));
    assert_eq!(steps[1].signed_by_name.as_deref(), Some("Cán bộ vanthu"));
    assert_eq!(town.judged(id).await.standing, Standing::Valid);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_but_one_signature_more_is_refused_by_its_own_sentence() {
    let (mut town, token) = town().await;
    let others = Token::of(&mut town, "motcua").await;
    let seal = Token::seal(&mut town).await;
    let id = town.result().await;
    let sent = town.file(id).await.to_vec();
    let sign = |file: &[u8]| token.sign(&town, file, FIELD);
    let mut changed = sent.clone();
    let at = changed.windows(2).position(|two| two == b"12").unwrap();
    changed[at] = b'9';
    let note = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
                /Resources<</Font<</F 5 0 R>>>>/Annots[6 0 R]>>";
    let stuck = "<</Type/Annot/Subtype/FreeText/Rect[70 690 300 720]/Contents(Sai)/DA(/F 9 Tf)>>";
    let annotated = appended(&sent, &[(3, note), (6, stuck)]);
    let text = "BT /F 14 Tf 72 700 Td (Quyet dinh so 99) Tj ET";
    let rewritten = format!("<</Length {}>>\nstream\n{text}\nendstream", text.len());
    let whole = sign(&sent);
    let cut = &whole[..whole.len() - 7];
    let mut spoilt = whole.clone();
    let inside = spoilt.len() - 40_000.min(spoilt.len() / 2);
    spoilt[inside] ^= 1;
    let locks = (FIELD, Some(Certification::NoChanges));
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("không phải PDF", b"PK\x03\x04 tep khac".to_vec()),
        ("không phải văn bản đã gửi ra", sign(&changed)),
        ("không phải văn bản đã gửi ra", pdf()[..200].to_vec()),
        ("chưa có chữ ký số nào", sent.clone()),
        ("chưa có chữ ký số nào", annotated.clone()),
        ("thêm 2 chữ ký", others.sign(&town, &whole, "Signature2")),
        ("còn bị sửa đổi", sign(&annotated)),
        ("còn bị sửa đổi", sign(&appended(&sent, &[(4, &rewritten)]))),
        ("bị sửa đổi", appended(&whole, &[(4, &rewritten)])),
        ("khóa văn bản", token.sign_as(&town, &sent, locks)),
        ("có thể che chữ", token.sign_shown(&town, &sent, 300.0)),
        ("của Cán bộ motcua", others.sign(&town, &sent, FIELD)),
        ("của Ủy ban nhân dân phường Thuận Hóa", seal.sign(&town, &sent, FIELD)),
        ("Không đọc được", cut.to_vec()),
    ];
    let mut leader = town.at_work("lanhdao").await;
    for (sentence, file) in &cases {
        let answer = bring(&mut leader, id, file).await;
        assert_eq!(answer.status, 422, "{sentence}: {}", answer.text);
        assert!(answer.title().starts_with("Lỗi: "), "{sentence}: {}", answer.title());
        assert!(answer.has(sentence), "{sentence}: {}", answer.text);
        assert!(is_untouched(&town, id, &sent).await, "{sentence}: something was kept");
    }
    let answer = bring(&mut leader, id, &spoilt).await;
    assert_eq!(answer.status, 422, "{}", answer.text);
    assert!(is_untouched(&town, id, &sent).await);
    // The same in the other language.
    leader.get("/can-bo/ky-so?lang=en").await;
    let answer = bring(&mut leader, id, &sent).await;
    assert!(answer.has("No digital signature was added"), "{}", answer.text);
    leader.get("/can-bo/ky-so?lang=vi").await;
    assert_eq!(kept_bytes(&town).await, sent.len() as u64, "only what was submitted is kept");
    // And the right file still goes through.
    let shown = token.sign_shown(&town, &sent, 100.0);
    assert_eq!(bring(&mut leader, id, &shown).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_revoked_or_that_nobody_registered_signs_nothing() {
    let (mut town, token) = town().await;
    let id = town.result().await;
    let sent = town.file(id).await.to_vec();
    let signed = token.sign(&town, &sent, FIELD);
    let certificate = token.certificate.clone();
    town.revoke(&certificate, None).await;
    let mut leader = town.at_work("lanhdao").await;
    let answer = bring(&mut leader, id, &signed).await;
    assert_eq!(answer.status, 422);
    assert!(answer.has("không hợp lệ") || answer.has("thu hồi"), "{}", answer.text);
    assert!(is_untouched(&town, id, &sent).await);

    // Issued by itself, and so by nobody who is believed.
    let stranger = token.of_nobody();
    let answer = bring(&mut leader, id, &stranger.sign(&town, &sent, FIELD)).await;
    assert_eq!(answer.status, 422, "{}", answer.text);
    assert!(answer.has("chưa tin cậy"), "{}", answer.text);
    assert!(is_untouched(&town, id, &sent).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_whose_turn_it_is_brings_and_only_over_what_was_shown() {
    let (town, token) = town().await;
    let id = town.result().await;
    let sent = town.file(id).await.to_vec();
    let signed = token.sign(&town, &sent, FIELD);
    let (submission, _) = town.submission(id).await;
    let mut stranger = town.at_work("nguoila").await;
    assert_eq!(stranger.get(&format!("/can-bo/ky-so/{id}/nop")).await.status, 404);
    stranger.get("/can-bo/ky-so").await;
    let answer = bring_shown(&mut stranger, (id, &submission.sha256), &signed).await;
    assert_eq!(answer.status, 404);
    let mut leader = town.at_work("lanhdao").await;
    leader.get(&format!("/can-bo/ky-so/{id}/nop")).await;
    let answer = bring_shown(&mut leader, (id, &"0".repeat(64)), &signed).await;
    assert_eq!(answer.status, 409, "{}", answer.text);
    assert!(is_untouched(&town, id, &sent).await);
    // No file at all.
    let answer = leader
        .upload(&format!("/can-bo/ky-so/{id}/nop"), &[("sha256", &submission.sha256)], &[])
        .await;
    assert!(answer.status == 422 && answer.has("Chưa chọn tệp"), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_browsers_with_the_same_step_one_wins() {
    let (town, token) = town().await;
    let signatories = vec![town.person("lanhdao", "CHỦ TỊCH").await];
    let id = town.submit(town.paper(Scope::Document, signatories).await).await.unwrap();
    let signed = token.sign(&town, &town.file(id).await, FIELD);
    let again = token.sign(&town, &town.file(id).await, "Signature9");
    let mut one = town.at_work("lanhdao").await;
    let mut other = town.at_work("lanhdao").await;
    let (first, second) = tokio::join!(bring(&mut one, id, &signed), bring(&mut other, id, &again));
    let statuses = [first.status.as_u16(), second.status.as_u16()];
    assert!(statuses.contains(&303), "{statuses:?}");
    assert!(statuses.iter().any(|status| *status != 303), "{statuses:?}");
    assert_eq!(town.judged(id).await.findings.len(), 1);
    assert_eq!(town.told().await.len(), 1);
}
