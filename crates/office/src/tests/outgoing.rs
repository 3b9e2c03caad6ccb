//! From a draft to what became of it: through the front door, between two offices.

use axis::PacketId;
use identity::commands::seeds::{self, SeedOfficer};
use identity::totp::TotpSecret;
use identity::{Hashing, Password, PersonName, Role, Scribe, Username};
use jiff::SignedDuration;
use platform::testing::{Answer, Visitor};
use trust::commands::authority::{NewAuthority, create};
use trust::verdict::{Policy, Standing};
use trust::{Keeper, KeyKind};
use wire::edxml::{BusinessKind, Packet, ReceiverKind};

use super::mail::{DANANG, HUE, Mail, act, incoming_page};
use crate::commands::incoming::unpacking;
use crate::document::OutgoingId;
use crate::outgoing::{Outgoing, State};
use crate::store::{changes, drafts, outgoing, outgoing_story};

const PASSWORD: &str = "con trâu ăn lúa ven sông";
const SECRET: [u8; 20] = [7; 20];
pub(super) const DRAFTS: &str = "/can-bo/van-ban-di";

/// Huế with those who draft, sign, number and seal; Đà Nẵng receives.
pub(super) struct Office {
    pub mail: Mail,
}

impl Office {
    /// None where no font is installed to fill in a number with.
    pub async fn new() -> Option<Office> {
        if signing::appearance::serif().is_none() {
            println!("skipped: no serif font is installed");
            return None;
        }
        Some(Office::certified(None).await)
    }

    async fn certified(press: Option<std::path::PathBuf>) -> Office {
        let office = Office::bare(press).await;
        let authority = NewAuthority {
            name: "Liên Thông thử nghiệm".to_owned(),
            slug: None,
            kind: KeyKind::P256,
            keeper: Keeper::Software,
            sandbox: true,
        };
        let ctx = office.mail.ctx();
        create(ctx, &Scribe::named(ctx, None, "operator"), authority).await.unwrap();
        let officer = [
            ("profile", "officer"),
            ("unit", HUE),
            ("login", "lanhdao.hue"),
            ("title", "Chủ tịch"),
            ("carrier", "software"),
        ];
        office.certify(&officer).await;
        office.certify(&[("profile", "seal"), ("unit", HUE), ("carrier", "software")]).await;
        office
    }

    /// Nobody has a certificate.
    pub async fn bare(press: Option<std::path::PathBuf>) -> Office {
        let mail = Mail::with(press).await;
        for (username, role) in [
            ("chuyenvien.hue", Role::Specialist),
            ("khac.hue", Role::Specialist),
            ("truongphong.hue", Role::Head),
            ("quantri.hue", Role::UnitAdministrator),
            ("kiemtra.hue", Role::Auditor),
        ] {
            mail.officer(username, role, HUE).await;
        }
        let seed = SeedOfficer {
            username: Username::parse("hethong").unwrap(),
            name: PersonName::parse("Cán bộ hethong").unwrap(),
            home: mail.unit(HUE).await,
            roles: vec![(Role::SystemAdministrator, None)],
            password: Password::typed(PASSWORD),
            totp: Some(TotpSecret::new(SECRET)),
        };
        seeds::create_officer(mail.ctx(), &Hashing::least(), seed).await.unwrap();
        Office { mail }
    }

    async fn certify(&self, fields: &[(&str, &str)]) {
        let mut asker = self.mail.at_work("quantri.hue").await;
        asker.get("/quan-tri/chung-thu/yeu-cau/tao").await;
        let asked = asker.post("/quan-tri/chung-thu/yeu-cau/tao", fields).await;
        assert_eq!(asked.status, 303, "{}", asked.text);
        let request = asked.location().to_owned();
        let mut decider = self.mail.at_work("hethong").await;
        decider.get(&request).await;
        let issued = decider.post(&format!("{request}/duyet"), &[]).await;
        assert_eq!(issued.status, 303, "{}", issued.text);
    }

    pub async fn one(&self, id: OutgoingId) -> Outgoing {
        self.mail.read(move |tx| outgoing::by_id(tx, id)).await.unwrap()
    }

    fn code(&self) -> String {
        self.mail.pass(SignedDuration::from_secs(30));
        TotpSecret::new(SECRET).code(self.mail.ctx().clock.now())
    }

    /// Signs or seals what waits at this address of the signing queue.
    pub async fn sign(&self, visitor: &mut Visitor, submission: uuid::Uuid) {
        let page = visitor.get(&format!("/can-bo/ky-so/{submission}")).await;
        let shown = page.input("sha256").unwrap_or_default().to_owned();
        let code = self.code();
        let fields = [("sha256", shown.as_str()), ("code", code.as_str())];
        let answer = visitor.post(&format!("/can-bo/ky-so/{submission}/ky"), &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        self.mail.house.run_jobs().await;
    }

    /// A draft of the specialist with a file and recipients.
    pub async fn drafted(&self, drafter: &mut Visitor, subject: &str) -> OutgoingId {
        let id = self.begun(drafter, subject, &[]).await;
        let here = format!("{DRAFTS}/{id}");
        drafter.get(&format!("{here}/tep")).await;
        let pdf = platform::testing::pdf("Noi dung cong van");
        let files = [("main", "cong-van.pdf", "application/pdf", pdf.as_slice())];
        let brought = drafter.upload(&format!("{here}/tep"), &[], &files).await;
        assert_eq!(brought.status, 303, "{}", brought.text);
        let added = add(drafter, id, &[("add", "agency"), ("code", DANANG)]).await;
        assert_eq!(added.status, 303, "{}", added.text);
        id
    }

    pub async fn begun(
        &self,
        drafter: &mut Visitor,
        subject: &str,
        more: &[(&str, &str)],
    ) -> OutgoingId {
        drafter.get(&format!("{DRAFTS}/tao")).await;
        let signer = self.mail.account("lanhdao.hue").await;
        let mut fields = vec![
            ("kind", "cong-van"),
            ("subject", subject),
            ("urgency", "0"),
            ("signer", signer.as_str()),
        ];
        fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
        fields.extend(more);
        let answer = drafter.post(&format!("{DRAFTS}/tao"), &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        OutgoingId(super::mail::id_of(answer.location()))
    }

    /// Signed by the leader.
    async fn signed(&self, drafter: &mut Visitor, subject: &str) -> OutgoingId {
        let id = self.drafted(drafter, subject).await;
        does(drafter, id, "trinh-ky", &[]).await;
        let mut leader = self.mail.at_work("lanhdao.hue").await;
        self.sign(&mut leader, self.one(id).await.submission.unwrap()).await;
        assert_eq!(self.one(id).await.state, State::Signed);
        id
    }

    /// Numbered, sealed, issued.
    pub async fn issued(&self, drafter: &mut Visitor, subject: &str) -> OutgoingId {
        let id = self.drafted(drafter, subject).await;
        self.on_to_its_issue(drafter, id).await;
        id
    }

    /// A draft with all that belongs to it: signed, numbered, sealed, issued.
    pub async fn on_to_its_issue(&self, drafter: &mut Visitor, id: OutgoingId) {
        does(drafter, id, "trinh-ky", &[]).await;
        let mut leader = self.mail.at_work("lanhdao.hue").await;
        self.sign(&mut leader, self.one(id).await.submission.unwrap()).await;
        let mut clerk = self.mail.at_work("vanthu.hue").await;
        does(&mut clerk, id, "cap-so", &[("which", "next")]).await;
        self.mail.house.run_jobs().await;
        self.sign(&mut clerk, self.one(id).await.sealing.unwrap()).await;
        assert_eq!(self.one(id).await.state, State::Issued);
    }
}

pub(super) async fn add(drafter: &mut Visitor, id: OutgoingId, fields: &[(&str, &str)]) -> Answer {
    let here = format!("{DRAFTS}/{id}/noi-nhan");
    drafter.get(&here).await;
    drafter.post(&here, fields).await
}

pub(super) async fn tries(
    visitor: &mut Visitor,
    id: OutgoingId,
    deed: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let path = format!("{DRAFTS}/{id}/{deed}");
    let page = visitor.get(&path).await;
    let shown = page.input("shown").unwrap_or_default().to_owned();
    let mut all = vec![("shown", shown.as_str())];
    all.extend(fields);
    visitor.post(&path, &all).await
}

pub(super) async fn does(
    visitor: &mut Visitor,
    id: OutgoingId,
    deed: &str,
    fields: &[(&str, &str)],
) {
    let answer = tries(visitor, id, deed, fields).await;
    assert_eq!(answer.status, 303, "{deed}: {}", answer.text);
}

/// What stands beside the name of a list.
async fn counted(visitor: &mut Visitor, list: &str) -> String {
    let page = visitor.get(DRAFTS).await;
    let tab = page.text.split(&format!(">{list} <span class=\"count\">")).nth(1);
    tab.unwrap_or_else(|| panic!("{list} has no count: {}", page.text))
        .split('<')
        .next()
        .unwrap()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_drafted_commented_initialled_signed_numbered_sealed_sent_and_followed() {
    let Some(office) = Office::new().await else { return };
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let id = office.drafted(&mut drafter, "Phối hợp phòng chống bão").await;
    let head = office.mail.account("truongphong.hue").await;
    let colleague = office.mail.account("khac.hue").await;
    add(&mut drafter, id, &[("add", "people"), ("people", &colleague)]).await;
    add(&mut drafter, id, &[("add", "place"), ("place", "Lưu: VT, NV")]).await;

    let question = [("people", colleague.as_str()), ("question", "Đã đủ nơi nhận chưa?")];
    does(&mut drafter, id, "xin-y-kien", &question).await;
    let mut other = office.mail.at_work("khac.hue").await;
    assert!(other.get(&format!("{DRAFTS}?xem=xin-y-kien")).await.has("phòng chống bão"));
    assert_eq!(counted(&mut other, "Cho ý kiến").await, "1");
    assert_eq!(counted(&mut drafter, "Cho ý kiến").await, "0");
    let silent = tries(&mut other, id, "y-kien", &[("view", "disagrees")]).await;
    assert!(silent.title().starts_with("Lỗi: "), "{}", silent.text);
    let said = [("view", "agrees-if"), ("reason", "Thêm Sở Xây dựng")];
    does(&mut other, id, "y-kien", &said).await;
    assert!(drafter.get(&format!("{DRAFTS}/{id}")).await.has("Thêm Sở Xây dựng"));
    assert_eq!(counted(&mut other, "Cho ý kiến").await, "0");

    does(&mut drafter, id, "trinh-ky-nhay", &[("people", &head)]).await;
    let mut chief = office.mail.at_work("truongphong.hue").await;
    does(&mut chief, id, "tra-lai", &[("reason", "Sửa căn cứ")]).await;
    assert!(drafter.get(&format!("{DRAFTS}/{id}")).await.has("Sửa căn cứ"));
    does(&mut drafter, id, "trinh-ky-nhay", &[("people", &head)]).await;
    assert_eq!(counted(&mut chief, "Chờ ký nháy").await, "1");
    does(&mut chief, id, "ky-nhay", &[]).await;
    assert_eq!(counted(&mut chief, "Chờ ký nháy").await, "0");
    assert_eq!(office.one(id).await.state, State::Draft);

    does(&mut drafter, id, "trinh-ky", &[]).await;
    let mut leader = office.mail.at_work("lanhdao.hue").await;
    assert!(leader.get("/can-bo/ky-so?loai=document").await.has("phòng chống bão"));
    office.sign(&mut leader, office.one(id).await.submission.unwrap()).await;
    let mut clerk = office.mail.at_work("vanthu.hue").await;
    assert!(clerk.get(&format!("{DRAFTS}?xem=van-thu")).await.has("Chờ cấp số"));
    assert_eq!(counted(&mut clerk, "Chờ văn thư").await, "1");
    does(&mut clerk, id, "cap-so", &[("which", "next")]).await;
    office.mail.house.run_jobs().await;
    let one = office.one(id).await;
    assert_eq!((one.state, one.number().as_deref()), (State::Sealing, Some("01/UBND")));
    office.sign(&mut clerk, one.sealing.unwrap()).await;

    let one = office.one(id).await;
    assert_eq!(one.state, State::Issued);
    assert_eq!(counted(&mut clerk, "Chờ văn thư").await, "0");
    assert_eq!(one.document_id.as_deref(), Some("H57,2026/11/23,01/UBND"));
    let pdf = office.mail.ctx().files.read(one.final_file.unwrap(), 10 << 20).await.unwrap();
    let told = (Some("01/UBND".to_owned()), Some("ngày 23 tháng 11 năm 2026".to_owned()));
    assert_eq!(signing::issuing::standing(&pdf).unwrap(), told);
    arrived_and_answered(&office, &one).await;
    other.get(&format!("{DRAFTS}/{id}")).await;
    let page = clerk.get(&format!("{DRAFTS}/{id}")).await;
    assert!(page.has("Đã tiếp nhận") && page.has("Đã xem"), "{}", page.text);
    assert_eq!(office.mail.log("office.issue").await.len(), 1);
}

/// Đà Nẵng has it, whole and signed, and says so.
async fn arrived_and_answered(office: &Office, one: &Outgoing) {
    let packet = PacketId(one.packet.unwrap());
    let reading = unpacking::reading(office.mail.ctx(), packet).await.unwrap();
    let Packet::Document(document) = &reading.packet else { panic!("a document was sent") };
    assert_eq!(document.subject, "Phối hợp phòng chống bão");
    assert_eq!((document.code.number.as_str(), document.code.notation.as_str()), ("01", "UBND"));
    assert_eq!(document.document_type.kind, "18");
    assert_eq!(document.signer.full_name, "Cán bộ lanhdao.hue");
    assert_eq!(document.to.iter().map(|to| to.organ_id.as_str()).collect::<Vec<_>>(), [DANANG]);
    assert_eq!(reading.attachments.len(), 1);
    let verdict = wire::edxml::signature::judge(&reading, &|signature| {
        let own = signature.key_info.certificates.first()?;
        wire::pki::certificate::Certificate::read(own).ok()?.key.clone().ok()
    });
    assert!(matches!(verdict, wire::edxml::signature::Verdict::Valid(_)), "{verdict:?}");
    let unit = office.mail.unit(DANANG).await;
    let id = one.document_id.clone().unwrap();
    let from = crate::incoming::Sender { code: HUE, unit: None };
    let found = office
        .mail
        .read(move |tx| crate::store::incoming::by_document(tx, unit, (from, &id)))
        .await;
    let incoming = found.unwrap();
    let mut receiver = office.mail.at_work("vanthu").await;
    let answer = act(&mut receiver, &incoming_page(incoming.id, "tiep-nhan"), &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    office.mail.house.run_jobs().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_signer_sends_back_is_a_draft_again_with_the_reason() {
    let Some(office) = Office::new().await else { return };
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let id = office.drafted(&mut drafter, "Báo cáo quý").await;
    does(&mut drafter, id, "trinh-ky", &[]).await;
    let edited = drafter.post(&format!("{DRAFTS}/{id}/sua"), &[("subject", "khác")]).await;
    assert_eq!(edited.status, 409, "nothing changes under the signer's eyes");
    let submission = office.one(id).await.submission.unwrap();
    let mut leader = office.mail.at_work("lanhdao.hue").await;
    leader.get(&format!("/can-bo/ky-so/{submission}")).await;
    let back = format!("/can-bo/ky-so/{submission}/tra-lai");
    leader.post(&back, &[("reason", "Sai số liệu")]).await;
    office.mail.house.run_jobs().await;
    let one = office.one(id).await;
    assert_eq!((one.state, one.returned.as_deref()), (State::Draft, Some("Sai số liệu")));
    assert!(drafter.get(&format!("{DRAFTS}/{id}")).await.has("Sai số liệu"));

    does(&mut drafter, id, "trinh-ky", &[]).await;
    does(&mut drafter, id, "rut", &[]).await;
    let one = office.one(id).await;
    assert_eq!((one.state, one.submission), (State::Draft, None));
    office.mail.house.run_jobs().await;
    assert_eq!(
        office.one(id).await.version,
        one.version,
        "the end of a withdrawal changes nothing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_there_for_those_with_a_part_in_it_and_for_nobody_else() {
    let office = Office::bare(None).await;
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let id = office.drafted(&mut drafter, "Việc nhân sự").await;
    let here = format!("{DRAFTS}/{id}");
    for (who, status) in [
        ("vanthu.hue", 200),
        ("truongphong.hue", 200),
        ("khac.hue", 404),
        ("kiemtra.hue", 404),
        ("quantri.hue", 404),
        ("vanthu", 404),
    ] {
        let mut visitor = office.mail.at_work(who).await;
        for path in ["", "/phien-ban/1", "/xem"] {
            let answer = visitor.get(&format!("{here}{path}")).await;
            assert_eq!(answer.status, status, "{who}{path}");
        }
        let add = [("add", "place"), ("place", "x")];
        let posted = visitor.post(&format!("{here}/noi-nhan"), &add).await;
        let expected = if who == "vanthu.hue" { 303 } else { 404 };
        assert_eq!(posted.status, expected, "{who}: {}", posted.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_told_at_its_field_and_nothing_typed_is_lost() {
    let office = Office::bare(None).await;
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    drafter.get(&format!("{DRAFTS}/tao")).await;
    let fields =
        [("kind", "thong-tu"), ("subject", " "), ("body", "Điều 1. Giữ lại"), ("part", "v?")];
    let answer = drafter.post(&format!("{DRAFTS}/tao"), &fields).await;
    assert!(answer.title().starts_with("Lỗi: "), "{}", answer.text);
    for told in ["Chưa chọn loại văn bản", "Chưa ghi trích yếu", "Chưa chọn độ khẩn", "Giữ lại"]
    {
        assert!(answer.has(told), "{told}: {}", answer.text);
    }
    let id = office.begun(&mut drafter, "Một", &[("body", "1. Thứ nhất")]).await;
    let page = drafter.get(&format!("{DRAFTS}/{id}/sua")).await;
    let old = page.input("version").unwrap().to_owned();
    let typed =
        |subject: &'static str| vec![("version", old.clone()), ("subject", subject.to_owned())];
    let both = [("kind", "bao-cao"), ("urgency", "1"), ("body", "1. Thứ nhất\n2. Thứ hai")];
    for (subject, is_first) in [("Hai", true), ("Ba", false)] {
        let owned = typed(subject);
        let mut fields: Vec<(&str, &str)> = owned.iter().map(|(n, v)| (*n, v.as_str())).collect();
        fields.extend(both);
        let answer = drafter.post(&format!("{DRAFTS}/{id}/sua"), &fields).await;
        assert_eq!(answer.status == 303, is_first, "{}", answer.text);
        assert!(is_first || answer.has("vừa thay đổi") && answer.has("Ba"), "{}", answer.text);
    }
    let one = office.one(id).await;
    assert_eq!((one.subject.as_str(), one.edition), ("Hai", 2));
    let first = drafter.get(&format!("{DRAFTS}/{id}/phien-ban/1")).await;
    assert!(first.has("Một") && !first.has("Thứ hai"), "{}", first.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_in_the_way_is_said_in_one_sentence() {
    let office = Office::bare(None).await;
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let id = office.begun(&mut drafter, "Chưa có gì", &[]).await;
    let page = drafter.get(&format!("{DRAFTS}/{id}")).await;
    assert!(page.has("Chưa cài chương trình in") && page.has("con dấu số"), "{}", page.text);
    let empty = tries(&mut drafter, id, "trinh-ky", &[]).await;
    assert!(empty.has("Dự thảo chưa có nội dung"), "{}", empty.text);
    drafter.get(&format!("{DRAFTS}/{id}/tep")).await;
    let pdf = platform::testing::pdf("Noi dung");
    let files = [("main", "a.pdf", "application/pdf", pdf.as_slice())];
    drafter.upload(&format!("{DRAFTS}/{id}/tep"), &[], &files).await;
    let nobody = tries(&mut drafter, id, "trinh-ky", &[]).await;
    assert_eq!(nobody.status, 409);
    assert!(nobody.has("Chưa có nơi nhận"), "{}", nobody.text);
    let wrong = [("main", "a.docx", "application/pdf", b"PK not a pdf".as_slice())];
    let refused = drafter.upload(&format!("{DRAFTS}/{id}/tep"), &[], &wrong).await;
    assert!(refused.title().starts_with("Lỗi: "), "{}", refused.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_missing_or_empty_is_told_of_where_it_was_to_be_chosen() {
    let office = Office::bare(None).await;
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let id = office.begun(&mut drafter, "Có tệp kèm", &[]).await;
    let here = format!("{DRAFTS}/{id}/tep");
    drafter.get(&here).await;
    for field in ["main", "file"] {
        let none = [(field, "", "application/octet-stream", b"".as_slice())];
        let told = drafter.upload(&here, &[], &none).await;
        assert_eq!(told.status, 422, "{}", told.text);
        assert!(told.has(&format!("href=\"#f-{field}\">Chưa chọn")), "{field}: {}", told.text);
    }
    let pdf = platform::testing::pdf("Noi dung");
    let files = [
        ("file", "mot.pdf", "application/pdf", pdf.as_slice()),
        ("file", "trong.pdf", "application/pdf", b"".as_slice()),
        ("file", "ba.pdf", "application/pdf", pdf.as_slice()),
    ];
    let told = drafter.upload(&here, &[], &files).await;
    assert!(told.status == 422 && told.has("Tệp này không có nội dung"), "{}", told.text);
    assert!(told.has("mot.pdf") && !told.has("ba.pdf"), "up to the first: {}", told.text);
    let wrong = [("main", "a.docx", "application/pdf", b"PK not a pdf".as_slice())];
    let told = drafter.upload(&here, &[], &wrong).await;
    assert!(told.has("href=\"#f-main\"") && !told.has("href=\"#f-file\""), "{}", told.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_and_closed_codes_are_told_before_anything_is_sent() {
    let office = Office::bare(None).await;
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let id = office.drafted(&mut drafter, "Gửi nhầm").await;
    add(&mut drafter, id, &[("add", "agency"), ("code", "H99.XX")]).await;
    let page = drafter.get(&format!("{DRAFTS}/{id}")).await;
    assert!(page.has("Chưa cơ quan nào trong danh mục có mã"), "{}", page.text);
    let long = "H".repeat(40);
    let refused = add(&mut drafter, id, &[("add", "agency"), ("code", &long)]).await;
    assert!(refused.title().starts_with("Lỗi: "), "{}", refused.text);
    let found = drafter.get(&format!("{DRAFTS}/{id}/noi-nhan?tim=da+nang")).await;
    assert!(found.has("Ủy ban nhân dân thành phố Đà Nẵng"), "{}", found.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_given_once_and_voided_when_its_document_is_given_up() {
    let Some(office) = Office::new().await else { return };
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let (first, second) = (
        office.signed(&mut drafter, "Thứ nhất").await,
        office.signed(&mut drafter, "Thứ hai").await,
    );
    let mut clerk = office.mail.at_work("vanthu.hue").await;
    does(&mut clerk, first, "cap-so", &[("which", "next")]).await;
    let again = tries(&mut clerk, first, "cap-so", &[("which", "next")]).await;
    assert_eq!(again.status, 409, "{}", again.text);
    let wrong = [("which", "inserted"), ("behind", "9"), ("reason", "Sót")];
    let dated = [("dated-day", "23"), ("dated-month", "11"), ("dated-year", "2026")];
    let refused = tries(&mut clerk, second, "cap-so", &[&wrong[..], &dated[..]].concat()).await;
    assert!(refused.title().starts_with("Lỗi: "), "{}", refused.text);
    let between = [("which", "inserted"), ("behind", "1"), ("reason", "Văn bản ký sáng nay")];
    does(&mut clerk, second, "cap-so", &[&between[..], &dated[..]].concat()).await;
    assert_eq!(office.one(second).await.number().as_deref(), Some("01a/UBND"));
    // Before the jobs have filled it in.
    does(&mut clerk, first, "huy", &[("reason", "Không ban hành nữa")]).await;
    office.mail.house.run_jobs().await;
    assert_eq!(office.one(first).await.state, State::Cancelled);
    let books = clerk.get(&format!("{DRAFTS}/so")).await;
    let book = books.text.split("/can-bo/van-ban-di/so/").nth(1).unwrap();
    let book = format!("{DRAFTS}/so/{}", book.split('"').next().unwrap());
    let page = clerk.get(&book).await;
    assert!(page.has("Không ban hành nữa") && page.has("Không thiếu số"), "{}", page.text);

    let kept = [("act", "reserve"), ("count", "2"), ("reason", "Hội nghị")];
    assert_eq!(clerk.post(&book, &kept).await.status, 303);
    let many = [("act", "reserve"), ("count", "900"), ("reason", "Hội nghị")];
    assert!(clerk.post(&book, &many).await.title().starts_with("Lỗi: "));
    assert_eq!(clerk.post(&book, &[("act", "lock")]).await.status, 303);
    let third = office.signed(&mut drafter, "Thứ ba").await;
    let locked = tries(&mut clerk, third, "cap-so", &[("which", "next")]).await;
    assert!(locked.has("Sổ đã khóa"), "{}", locked.text);
    assert_eq!(clerk.post(&book, &[("act", "unlock")]).await.status, 303);
    does(&mut clerk, third, "cap-so", &[("which", "reserved"), ("reserved", "2")]).await;
    assert_eq!(office.one(third).await.number().as_deref(), Some("02/UBND"));
    let mut stranger = office.mail.at_work("vanthu").await;
    assert_eq!(stranger.get(&book).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recall_reaches_its_recipient_whose_answer_comes_back() {
    let Some(office) = Office::new().await else { return };
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let id = office.issued(&mut drafter, "Sẽ thu hồi").await;
    let mut clerk = office.mail.at_work("vanthu.hue").await;
    let page = clerk.get(&format!("{DRAFTS}/{id}/thu-hoi")).await;
    let recipient = value_of(&page, "recipients");
    let missing = tries(&mut clerk, id, "thu-hoi", &[("recipients", &recipient)]).await;
    assert!(missing.title().starts_with("Lỗi: "), "{}", missing.text);
    let wish = [("recipients", recipient.as_str()), ("reason", "Gửi nhầm")];
    does(&mut clerk, id, "thu-hoi", &wish).await;
    office.mail.house.run_jobs().await;
    assert!(clerk.get(&format!("{DRAFTS}/{id}")).await.has("Chờ trả lời yêu cầu"));
    office.mail.pass(SignedDuration::from_secs(60));
    let twice = tries(&mut clerk, id, "thu-hoi", &wish).await;
    assert_eq!(twice.status, 409, "{}", twice.text);
    assert_eq!(drafter.get(&format!("{DRAFTS}/{id}/thu-hoi")).await.status, 200);
    let not_clerk = tries(&mut drafter, id, "thu-hoi", &wish).await;
    assert_eq!(not_clerk.status, 404);

    let mut receiver = office.mail.at_work("vanthu").await;
    let wishes = receiver.get("/can-bo/van-ban-den?muc=yeu-cau-ben-gui").await;
    let path = wishes.text.split("/can-bo/van-ban-den/yeu-cau/").nth(1).unwrap();
    let path = format!("/can-bo/van-ban-den/yeu-cau/{}", path.split('"').next().unwrap());
    let agreed = act(&mut receiver, &path, &[("answer", "yes")]).await;
    assert_eq!(agreed.status, 303, "{}", agreed.text);
    office.mail.house.run_jobs().await;
    let page = clerk.get(&format!("{DRAFTS}/{id}")).await;
    assert!(page.has("Đã thu hồi"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recall_by_a_document_goes_as_a_packet_of_type_one_with_it() {
    let Some(office) = Office::new().await else { return };
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let id = office.issued(&mut drafter, "Ban hành sai").await;
    let notice = office.issued(&mut drafter, "Thông báo thu hồi").await;
    office.mail.run(crate::commands::indexing::INDEX).await;
    let mut clerk = office.mail.at_work("vanthu.hue").await;
    let page = clerk.get(&format!("{DRAFTS}/{id}/thu-hoi")).await;
    let recipient = value_of(&page, "recipients");
    let wish = |number: &'static str| {
        [
            ("recipients", recipient.as_str()),
            ("manner", "document"),
            ("notice", number),
            ("reason", "Trái thẩm quyền"),
        ]
    };
    for number in ["", "99/UBND", "01/UBND"] {
        let answer = tries(&mut clerk, id, "thu-hoi", &wish(number)).await;
        assert_eq!(answer.status, 422, "{number}: {}", answer.text);
        assert!(answer.has("Không có văn bản nào khác") && answer.has("Trái thẩm quyền"));
    }
    does(&mut clerk, id, "thu-hoi", &wish("02/UBND")).await;
    office.mail.house.run_jobs().await;
    let sent = office.mail.read(move |tx| outgoing_story::dispatches(tx, id)).await;
    assert_eq!(sent.iter().map(|one| one.business.as_str()).collect::<Vec<_>>(), ["0", "1"]);
    let packet = PacketId(sent[1].packet);
    let reading = unpacking::reading(office.mail.ctx(), packet).await.unwrap();
    let Packet::Document(document) = &reading.packet else { panic!("a document was sent") };
    let business = document.business.as_ref().unwrap();
    assert_eq!(
        (&business.kind, business.reason.as_str()),
        (&BusinessKind::Recall, "Trái thẩm quyền")
    );
    let (old, paper) = (office.one(id).await, office.one(notice).await);
    assert_eq!(Some(&document.document_id), old.document_id.as_ref(), "the header is its own");
    assert_eq!(Some(&document.response_for[0].document_id), paper.document_id.as_ref());
    assert_eq!(reading.attachments[0].attachment_name, "02_UBND.pdf");
    assert!(clerk.get(&format!("{DRAFTS}/{id}")).await.has("Thu hồi bằng văn bản"));

    let incoming = office.mail.of(&old.document_id.unwrap()).await;
    assert!(incoming.is_frozen);
    let mut receiver = office.mail.at_work("vanthu").await;
    let wishes = receiver.get("/can-bo/van-ban-den?muc=yeu-cau-ben-gui").await;
    let path = wishes.text.split("/can-bo/van-ban-den/yeu-cau/").nth(1).unwrap();
    let path = format!("/can-bo/van-ban-den/yeu-cau/{}", path.split('"').next().unwrap());
    assert!(receiver.get(&path).await.has("02_UBND.pdf"), "whoever decides reads the notice");
    assert_eq!(act(&mut receiver, &path, &[("answer", "yes")]).await.status, 303);
    office.mail.house.run_jobs().await;
    assert!(clerk.get(&format!("{DRAFTS}/{id}")).await.has("Đã thu hồi"));
    let again = tries(&mut clerk, id, "thu-hoi", &wish("02/UBND")).await;
    assert_eq!(again.status, 409, "it is gone there: {}", again.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_catalogue_has_come_to_list_is_issued_without_its_copy_on_paper() {
    let Some(office) = Office::new().await else { return };
    let mail = &office.mail;
    let mut drafter = mail.at_work("chuyenvien.hue").await;
    let id = office.begun(&mut drafter, "Gửi kèm bản giấy", &[("paper", "1")]).await;
    drafter.get(&format!("{DRAFTS}/{id}/tep")).await;
    let pdf = platform::testing::pdf("Noi dung");
    let files = [("main", "a.pdf", "application/pdf", pdf.as_slice())];
    drafter.upload(&format!("{DRAFTS}/{id}/tep"), &[], &files).await;
    add(&mut drafter, id, &[("add", "agency"), ("code", DANANG)]).await;
    does(&mut drafter, id, "trinh-ky", &[]).await;
    let mut leader = mail.at_work("lanhdao.hue").await;
    office.sign(&mut leader, office.one(id).await.submission.unwrap()).await;
    assert!(office.one(id).await.paper);

    let mut admin = mail.at_work("quantri.hue").await;
    let page = "/quan-tri/van-phong/danh-muc-dien-tu";
    admin.get(page).await;
    let unit = mail.unit(HUE).await.0.to_string();
    let line = [
        ("cua", unit.as_str()),
        ("loai", "cong-van"),
        ("tu-day", "23"),
        ("tu-month", "11"),
        ("tu-year", "2026"),
        ("can-cu", "Quyết định số 12/QĐ-UBND"),
    ];
    assert_eq!(admin.post(page, &line).await.status, 303);
    let mut clerk = mail.at_work("vanthu.hue").await;
    let form = clerk.get(&format!("{DRAFTS}/{id}/cap-so")).await;
    assert!(form.has("sẽ được ban hành không kèm bản giấy"), "{}", form.text);
    assert!(form.has("Quyết định số 12/QĐ-UBND"), "{}", form.text);
    does(&mut clerk, id, "cap-so", &[("which", "next")]).await;
    mail.house.run_jobs().await;
    office.sign(&mut clerk, office.one(id).await.sealing.unwrap()).await;

    let one = office.one(id).await;
    assert_eq!((one.state, one.paper), (State::Issued, false));
    let business = business_of(&office, one.packet.unwrap()).await;
    assert_eq!(business.paper, Some(false), "the receiver waits for no paper");
    let page = clerk.get(&format!("{DRAFTS}/{id}")).await;
    assert!(page.has("Bỏ bản giấy theo danh mục văn bản điện tử"), "{}", page.text);
    assert_eq!(mail.log("office.drop-paper").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_opening_by_who_received_it_in_the_house_is_told_and_signed_for_in_the_register() {
    let Some(office) = Office::new().await else { return };
    let mail = &office.mail;
    let mut drafter = mail.at_work("chuyenvien.hue").await;
    let id = office.drafted(&mut drafter, "Nội quy cơ quan").await;
    let colleague = mail.account("khac.hue").await;
    add(&mut drafter, id, &[("add", "people"), ("people", &colleague)]).await;
    office.on_to_its_issue(&mut drafter, id).await;
    let here = format!("{DRAFTS}/{id}");
    let register = "/can-bo/so-van-ban?so=van-ban-di&quyen=&tu-day=1&tu-month=11&tu-year=2026";
    let mut clerk = mail.at_work("vanthu.hue").await;
    assert!(!clerk.get(register).await.has("Cán bộ khac.hue ("), "nobody has opened it");
    let mut other = mail.at_work("khac.hue").await;
    for _ in 0..3 {
        mail.pass(SignedDuration::from_mins(5));
        assert_eq!(other.get(&here).await.status, 200);
    }
    // A page that follows what happens opens nothing.
    let passive = [("x-passive", "1")];
    other.go(http::Method::GET, &here, &passive, String::new()).await;
    let page = clerk.get(&here).await;
    assert!(page.has("Người nhận trong cơ quan đã mở"), "{}", page.text);
    assert!(page.has("Cán bộ khac.hue: mở 3 lần, lần cuối"), "{}", page.text);
    let own = other.get(&here).await;
    assert!(!own.has("Người nhận trong cơ quan đã mở"), "that is for those who look after it");
    let seen = mail.log("office.read").await;
    let theirs = seen.iter().filter(|act| act.actor_name == "Cán bộ khac.hue").count();
    assert!(theirs >= 4, "each time, and once for the day: {theirs}");
    let signed = clerk.get(register).await;
    assert!(signed.has("Cán bộ khac.hue (23/11/2026 09:"), "{}", signed.text);
}

pub(super) fn value_of(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\"");
    let input = page.text.split("<input").find(|part| part.contains(&mark)).unwrap();
    let value = input.split("value=\"").nth(1).unwrap();
    value.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_names_who_is_added_and_a_replacement_the_old_one() {
    let Some(office) = Office::new().await else { return };
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let id = office.issued(&mut drafter, "Kế hoạch").await;
    let mut clerk = office.mail.at_work("vanthu.hue").await;
    let due = [("due-day", "30"), ("due-month", "11"), ("due-year", "2026")];
    let wish = [("reason", "Thêm Sở Nội vụ"), ("code", "H17.05")];
    updates(&mut clerk, id, &[&wish[..], &due[..]].concat(), &[]).await;
    let sent = office.mail.read(move |tx| outgoing_story::dispatches(tx, id)).await;
    assert_eq!(sent.iter().map(|one| one.business.as_str()).collect::<Vec<_>>(), ["0", "2"]);
    let business = business_of(&office, sent[1].packet).await;
    assert_eq!(
        (business.kind.clone(), business.reason.as_str()),
        (BusinessKind::Update, "Thêm Sở Nội vụ")
    );
    let list = business.change.unwrap().receiver_list;
    assert_eq!(
        (list.len(), list[0].organ_id.as_str(), &list[0].kind),
        (1, "H17.05", &ReceiverKind::Added)
    );
    assert_eq!(office.one(id).await.due_on, Some(jiff::civil::date(2026, 11, 30)));

    let page = drafter.get(&format!("{DRAFTS}/tao?thay-the={id}")).await;
    assert_eq!(page.input("thay-the"), Some(id.to_string().as_str()));
    let old = id.to_string();
    let new = office.begun(&mut drafter, "Kế hoạch mới", &[("thay-the", &old)]).await;
    drafter.get(&format!("{DRAFTS}/{new}/tep")).await;
    let pdf = platform::testing::pdf("Ke hoach moi");
    let files = [("main", "moi.pdf", "application/pdf", pdf.as_slice())];
    drafter.upload(&format!("{DRAFTS}/{new}/tep"), &[], &files).await;
    does(&mut drafter, new, "trinh-ky", &[]).await;
    let mut leader = office.mail.at_work("lanhdao.hue").await;
    office.sign(&mut leader, office.one(new).await.submission.unwrap()).await;
    does(&mut clerk, new, "cap-so", &[("which", "next")]).await;
    office.mail.house.run_jobs().await;
    office.sign(&mut clerk, office.one(new).await.sealing.unwrap()).await;
    let one = office.one(new).await;
    let business = business_of(&office, one.packet.unwrap()).await;
    assert_eq!(business.kind, BusinessKind::Replacement);
    assert_eq!(business.replacements[0].document_id, "H57,2026/11/23,01/UBND");
    assert_eq!(business.replacements[0].organ_ids, [DANANG, "H17.05"]);
}

/// Presses "Gửi cập nhật", with these files chosen.
async fn updates(
    clerk: &mut Visitor,
    id: OutgoingId,
    fields: &[(&str, &str)],
    files: &[(&str, &str, &str, &[u8])],
) {
    let here = format!("{DRAFTS}/{id}/cap-nhat");
    clerk.get(&here).await;
    let answer = clerk.upload(&here, &[fields, &[("do", "send")]].concat(), files).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
}

/// The address of the first wish on a page.
fn wish_of(text: &str) -> String {
    let at = text.find("href=\"/can-bo/van-ban-den/yeu-cau/").expect(text) + "href=\"".len();
    text[at..].split('"').next().unwrap().to_owned()
}

const WISHES: &str = "/can-bo/van-ban-den?muc=yeu-cau-ben-gui";

async fn received_of(office: &Office, id: OutgoingId) -> crate::incoming::Incoming {
    let document_id = office.one(id).await.document_id.unwrap();
    let unit = office.mail.unit(DANANG).await;
    let from = crate::incoming::Sender { code: HUE, unit: None };
    let read = move |tx: &mut platform::store::Tx| {
        crate::store::incoming::by_document(tx, unit, (from, &document_id))
    };
    office.mail.read(read).await.unwrap()
}

/// A letter that has come to Đà Nẵng, and an update with an annex that waits there for consent.
async fn updated(office: &Office) -> (OutgoingId, crate::incoming::Incoming) {
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let id = office.issued(&mut drafter, "Kế hoạch").await;
    office.mail.house.run_jobs().await;
    let mut clerk = office.mail.at_work("vanthu.hue").await;
    let annex = platform::testing::pdf("Phu luc 3");
    let annex = [("file", "phu-luc-3.pdf", "application/pdf", annex.as_slice())];
    updates(&mut clerk, id, &[("reason", "Bổ sung phụ lục 3")], &annex).await;
    office.mail.house.run_jobs().await;
    (id, received_of(office, id).await)
}

/// The clerk of Đà Nẵng answers the wish that waits.
async fn answers(receiver: &mut Visitor, fields: &[(&str, &str)]) {
    let wish = wish_of(&receiver.get(WISHES).await.text);
    receiver.get(&wish).await;
    assert_eq!(receiver.post(&wish, fields).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_brought_for_an_update_waits_until_it_is_sent_and_nothing_typed_is_lost() {
    let Some(office) = Office::new().await else { return };
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let id = office.issued(&mut drafter, "Kế hoạch").await;
    office.mail.house.run_jobs().await;
    let here = format!("{DRAFTS}/{id}/cap-nhat");
    let mut clerk = office.mail.at_work("vanthu.hue").await;
    clerk.get(&here).await;
    let tables = platform::testing::pdf("Phu luc 3");
    let annex = [("file", "phu-luc-3.pdf", "application/pdf", tables.as_slice())];

    // What an update cannot do is said where one would look for it, with the way that can.
    let instead = format!("href=\"{DRAFTS}/tao?thay-the={id}\"");
    for (language, sentence) in [
        ("en", "no place to say which file is replaced or dropped"),
        ("vi", "không có chỗ ghi tài liệu nào được thay hoặc bỏ"),
    ] {
        let page = clerk.get(&format!("{here}?lang={language}")).await;
        assert!(page.has(sentence) && page.has(&instead), "{language}: {}", page.text);
    }
    let draft = clerk.get(&format!("{DRAFTS}/tao?thay-the={id}")).await;
    assert!(draft.status == 200 && draft.has("Kế hoạch"), "{}", draft.text);
    clerk.get(&here).await;

    // Something is wrong: what was typed and what was brought is still there.
    let wrong = [("reason", "Bổ sung phụ lục"), ("due-day", "40"), ("do", "send")];
    let page = clerk.upload(&here, &wrong, &annex).await;
    assert!(page.title().starts_with("Lỗi: "), "{}", page.text);
    assert!(page.has("Bổ sung phụ lục") && page.has("phu-luc-3.pdf"), "{}", page.text);
    // A program is refused, and nothing of the rest is lost.
    let strange = [("file", "chay.exe", "application/octet-stream", b"MZ\x90\0".as_slice())];
    let fields = [("reason", "Bổ sung phụ lục"), ("do", "attach")];
    let page = clerk.upload(&here, &fields, &strange).await;
    assert!(page.title().starts_with("Lỗi: ") && page.has("phu-luc-3.pdf"), "{}", page.text);
    // An empty one is told of, and the update does not go without it.
    let empty = [("file", "trong.pdf", "application/pdf", b"".as_slice())];
    let page = clerk.upload(&here, &[fields[0], ("do", "send")], &empty).await;
    assert!(page.status == 422 && page.has("Tệp này không có nội dung"), "{}", page.text);
    // One that was brought by mistake is taken back.
    let other = platform::testing::pdf("Nham");
    let other = [("file", "nham.pdf", "application/pdf", other.as_slice())];
    let page = clerk.upload(&here, &fields, &other).await;
    assert!(page.has("nham.pdf") && page.has("Bổ sung phụ lục"), "{}", page.text);
    let waiting = office.mail.read(move |tx| drafts::waiting(tx, id)).await;
    let mistake = waiting.iter().find(|one| one.name == "nham.pdf").unwrap().id.to_string();
    let page = clerk.upload(&here, &[("remove", mistake.as_str())], &[]).await;
    assert!(!page.has("nham.pdf") && page.has("phu-luc-3.pdf"), "{}", page.text);
    let page = drafter.get(&format!("{DRAFTS}/{id}")).await;
    assert!(!page.has("phu-luc-3.pdf</a>"), "not sent yet: {}", page.text);
    assert_eq!(drafter.get(&here).await.status, 404);

    updates(&mut clerk, id, &[("reason", "Bổ sung phụ lục 3")], &[]).await;
    let page = clerk.get(&format!("{DRAFTS}/{id}")).await;
    assert!(page.has("Kèm theo bản cập nhật"), "{}", page.text);
    assert!(page.has("Tệp kèm theo: phu-luc-3.pdf"), "{}", page.text);
    let sent = office.mail.read(move |tx| outgoing_story::dispatches(tx, id)).await;
    let packet = PacketId(sent[1].packet);
    let reading = unpacking::reading(office.mail.ctx(), packet).await.unwrap();
    assert_eq!(reading.attachments.len(), 2, "the document and its annex");
    assert_eq!(reading.attachments[1].attachment_name, "phu-luc-3.pdf");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_brings_files_that_the_receiver_sees_before_and_after_it_agrees() {
    let Some(office) = Office::new().await else { return };
    let (id, before) = updated(&office).await;
    let mut receiver = office.mail.at_work("vanthu").await;
    assert_eq!(office.mail.files(before.id).await.len(), 1, "nothing without consent");
    let wish = wish_of(&receiver.get(WISHES).await.text);
    let page = receiver.get(&wish).await;
    assert!(page.has("Tệp mới kèm theo bản cập nhật"), "{}", page.text);
    assert_eq!(page.text.matches(".pdf</a>").count(), 1, "only what is new: {}", page.text);
    let file = page.text.split("href=\"").find(|part| part.contains("/tep/")).unwrap();
    let file = file.split('"').next().unwrap().to_owned();
    assert_eq!(receiver.get(&file).await.bytes, platform::testing::pdf("Phu luc 3"));
    receiver.get(&wish).await;
    let agreed = [("answer", "yes"), ("reason", "Đã thay bản in tại phòng")];
    assert_eq!(receiver.post(&wish, &agreed).await.status, 303);
    office.mail.house.run_jobs().await;
    let mut clerk = office.mail.at_work("vanthu.hue").await;
    let page = clerk.get(&format!("{DRAFTS}/{id}")).await;
    assert!(page.has("Đã thay bản in tại phòng"), "the sender reads the note: {}", page.text);
    let page = receiver.get(&incoming_address(before.id)).await;
    assert!(page.has("phu-luc-3.pdf") && page.has("Kèm theo bản cập nhật"), "{}", page.text);
    assert!(page.has("Tệp kèm theo: phu-luc-3.pdf"), "the history: {}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_update_changes_nothing_and_a_recall_takes_what_updates_brought() {
    let Some(office) = Office::new().await else { return };
    let (id, before) = updated(&office).await;
    let mut receiver = office.mail.at_work("vanthu").await;
    answers(&mut receiver, &[("answer", "yes")]).await;
    let mut clerk = office.mail.at_work("vanthu.hue").await;
    // The next update still carries it, and refused it changes nothing.
    let more = platform::testing::pdf("Phu luc 4");
    let more = [("file", "phu-luc-4.pdf", "application/pdf", more.as_slice())];
    updates(&mut clerk, id, &[("reason", "Bổ sung phụ lục 4")], &more).await;
    office.mail.house.run_jobs().await;
    let wish = wish_of(&receiver.get(WISHES).await.text);
    let page = receiver.get(&wish).await;
    assert!(page.has("phu-luc-4.pdf") && !page.has("phu-luc-3.pdf"), "{}", page.text);
    answers(&mut receiver, &[("answer", "no"), ("reason", "Đã xử lý xong")]).await;
    let page = receiver.get(&incoming_address(before.id)).await;
    assert!(!page.has("phu-luc-4.pdf") && page.has("phu-luc-3.pdf"), "{}", page.text);

    // Taken back, nothing of any update is left.
    let recipients = office.mail.read(move |tx| crate::store::recipients::of(tx, id)).await;
    let whom = recipients[0].id.to_string();
    let back = [("recipients", whom.as_str()), ("manner", "word"), ("reason", "Gửi nhầm")];
    does(&mut clerk, id, "thu-hoi", &back).await;
    office.mail.house.run_jobs().await;
    answers(&mut receiver, &[("answer", "yes")]).await;
    assert!(office.mail.files(before.id).await.iter().all(|one| one.file.is_none()));
    let changes = office.mail.read(move |tx| changes::of_incoming(tx, before.id)).await;
    assert_eq!(changes.len(), 3);
    for change in changes {
        let files = office.mail.read(move |tx| changes::files(tx, change.id)).await;
        assert!(files.is_empty(), "{files:?}");
    }
}

fn incoming_address(id: crate::document::IncomingId) -> String {
    format!("{}/{id}", crate::INCOMING)
}

/// Letters that no archive makes much smaller.
fn babble(bytes: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let mut letter = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        b"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ \n"[(state >> 26) as usize]
    };
    (0..bytes).map(|_| letter()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_with_many_megabytes_bears_the_agencys_signature_too() {
    let Some(office) = Office::new().await else { return };
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let id = office.drafted(&mut drafter, "Bản đồ quy hoạch").await;
    let here = format!("{DRAFTS}/{id}/tep");
    drafter.get(&here).await;
    let (map, table) = (babble(6 << 20), babble(2 << 20));
    let files = [
        ("file", "ban-do.txt", "text/plain", map.as_slice()),
        ("file", "bang.txt", "text/plain", table.as_slice()),
    ];
    assert_eq!(drafter.upload(&here, &[], &files).await.status, 303);
    office.on_to_its_issue(&mut drafter, id).await;
    let packet = PacketId(office.one(id).await.packet.unwrap());
    let reading = unpacking::reading(office.mail.ctx(), packet).await.unwrap();
    let sizes: Vec<u64> = reading.attachments.iter().map(|one| one.content().size_bytes).collect();
    assert_eq!(sizes[1..], [6 << 20, 2 << 20], "with the archives of the kit around them");
    assert!(reading.attachments[1].unwrapped.is_some());
    let verdict = wire::edxml::signature::judge(&reading, &|signature| {
        let own = signature.key_info.certificates.first()?;
        wire::pki::certificate::Certificate::read(own).ok()?.key.clone().ok()
    });
    assert!(matches!(verdict, wire::edxml::signature::Verdict::Valid(_)), "{verdict:?}");
    let kept = office.mail.read(move |tx| axis::queries::packet(tx, packet)).await.unwrap();
    assert_ne!(kept.signature, axis::SignatureState::Absent);
    assert_ne!(kept.signature, axis::SignatureState::Invalid);
}

async fn business_of(office: &Office, packet: uuid::Uuid) -> wire::edxml::Business {
    let reading = unpacking::reading(office.mail.ctx(), PacketId(packet)).await.unwrap();
    match reading.packet {
        Packet::Document(document) => document.business.unwrap(),
        Packet::Status(_) => panic!("a document was sent"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_in_the_browser_is_printed_signed_and_issued() {
    if signing::appearance::serif().is_none() {
        println!("skipped: no serif font is installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let press = platform::testing::press(folder.path(), "Cong van").unwrap();
    let office = Office::certified(Some(press)).await;
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let body =
        "Căn cứ Luật Phòng, chống thiên tai;\nĐề nghị phối hợp.\n1. Chuẩn bị nhân lực\na) Tại chỗ";
    let id = office.begun(&mut drafter, "Phòng chống bão", &[("body", body)]).await;
    add(&mut drafter, id, &[("add", "agency"), ("code", DANANG)]).await;
    does(&mut drafter, id, "trinh-ky", &[]).await;
    let asked = std::fs::read_to_string(folder.path().join("asked")).unwrap();
    for part in [
        "\"is_letter\":true",
        "Căn cứ Luật Phòng, chống thiên tai",
        "\"kind\":\"clause\"",
        "CỘNG",
        "Như trên",
    ] {
        assert!(part == "CỘNG" || asked.contains(part), "{part}: {asked}");
    }
    let mut leader = office.mail.at_work("lanhdao.hue").await;
    office.sign(&mut leader, office.one(id).await.submission.unwrap()).await;
    let mut clerk = office.mail.at_work("vanthu.hue").await;
    does(&mut clerk, id, "cap-so", &[("which", "next")]).await;
    office.mail.house.run_jobs().await;
    office.sign(&mut clerk, office.one(id).await.sealing.unwrap()).await;
    let one = office.one(id).await;
    let pdf = office.mail.ctx().files.read(one.final_file.unwrap(), 10 << 20).await.unwrap();
    let (at, policy) = (office.mail.ctx().clock.now(), Policy::default());
    let asked = trust::Asked { file: pdf, content: None, at, policy };
    let judged = trust::judged(office.mail.ctx(), asked).await.unwrap();
    assert_eq!(judged.report.standing, Standing::Valid, "{:?}", judged.report);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_opens_the_desk_plans_the_books_and_keeps_groups() {
    let office = Office::bare(None).await;
    let mut admin = office.mail.at_work("quantri.hue").await;
    let here = format!("/quan-tri/van-phong/{HUE}");
    assert!(admin.get("/quan-tri/van-phong").await.has("Ủy ban nhân dân thành phố Huế"));
    admin.get(&here).await;
    let wrong = admin.post(&here, &[("abbreviation", "UB ND")]).await;
    assert!(wrong.title().starts_with("Lỗi: "), "{}", wrong.text);
    let facts = [("abbreviation", "ubnd"), ("part", "VP"), ("collective", "TM. ỦY BAN NHÂN DÂN")];
    assert_eq!(admin.post(&here, &facts).await.status, 303);
    assert_eq!(admin.post(&format!("{here}/dong"), &[]).await.status, 303);
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let closed = drafter.get(&format!("{DRAFTS}/tao")).await;
    assert!(closed.status == 409 && closed.has("chưa mở bàn văn thư"), "{}", closed.text);
    assert_eq!(admin.post(&here, &facts).await.status, 303);

    let plan = format!("{here}/so");
    admin.get(&plan).await;
    let day = [("from-day", "1"), ("from-month", "1"), ("from-year", "2027")];
    let bad = [("plan", "Sổ công văn: công văn"), ("plan-in", "Sổ đến")];
    let refused = admin.post(&plan, &[&bad[..], &day[..]].concat()).await;
    assert!(refused.title().starts_with("Lỗi: "), "{}", refused.text);
    let good = [("plan", "Sổ văn bản đi"), ("plan-in", "Sổ văn bản đến")];
    let past = [("from-day", "1"), ("from-month", "1"), ("from-year", "2026")];
    let late = admin.post(&plan, &[&good[..], &past[..]].concat()).await;
    assert!(late.title().starts_with("Lỗi: "), "{}", late.text);
    assert_eq!(admin.post(&plan, &[&good[..], &day[..]].concat()).await.status, 303);

    let groups = format!("{here}/nhom");
    admin.get(&groups).await;
    let made = admin.post(&groups, &[("name", "Các tỉnh bạn")]).await;
    let group = made.location().to_owned();
    assert!(admin.post(&groups, &[("name", "Các tỉnh bạn")]).await.has("Đã có nhóm"));
    assert_eq!(admin.post(&group, &[("code", DANANG), ("code", "H17.05")]).await.status, 303);
    let id = office.begun(&mut drafter, "Gửi nhóm", &[]).await;
    let key = super::mail::id_of(&group).to_string();
    add(&mut drafter, id, &[("add", "group"), ("group", &key)]).await;
    assert!(drafter.get(&format!("{DRAFTS}/{id}")).await.has("Sở Nội vụ thành phố Đà Nẵng"));
    for who in ["chuyenvien.hue", "quantri"] {
        let mut stranger = office.mail.at_work(who).await;
        assert_eq!(stranger.get(&here).await.status, 404, "{who}");
        assert_eq!(stranger.get(&groups).await.status, 404, "{who}");
    }
    let mut clerk = office.mail.at_work("vanthu.hue").await;
    assert_eq!(clerk.get(&groups).await.status, 200, "the clerk keeps the addresses");
}
