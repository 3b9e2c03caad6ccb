//! One dossier from citizen to result, step by step over the real socket: found by a slip of the
//! pen, answered, sent twice by mistake, received with a signed receipt, handed along the office,
//! decided, signed and sealed, handed over, checked by a stranger by its code and as a file, rated,
//! and proved in the sealed log.

use anyhow::{Context, Result, ensure};
use platform::{Ctx, audit};

use super::Scene;
use super::client::{Client, plain};
use super::errands::{self, Crew, PROCEDURE};
use super::people::COMMUNE_NAME;
use super::signing::{self, CLERK, LEADER};
use super::told::{Outcome, Steps};

struct Journey<'a> {
    ctx: &'a Ctx,
    scene: &'a Scene<'a>,
    crew: &'a mut Crew,
    steps: Steps<'a>,
    /// Address of the dossier below `/ho-so`, its code, the check address of its result.
    dossier: String,
    code: String,
    check: String,
    /// The signed PDF that the citizen has.
    result: Vec<u8>,
}

pub async fn play(ctx: &Ctx, scene: &Scene<'_>, crew: &mut Crew) -> Outcome {
    let (dossier, code, check) = (String::new(), String::new(), String::new());
    let steps = Steps::begin(scene.address);
    let mut journey = Journey { ctx, scene, crew, steps, dossier, code, check, result: Vec::new() };
    if let Err(error) = journey.walk().await {
        journey.steps.failed(&error);
    }
    journey.steps.outcome("dossier")
}

impl Journey<'_> {
    /// A step that fails ends the journey: the next ones stand on it.
    async fn walk(&mut self) -> Result<()> {
        let mut citizen = Client::new(self.scene.address)?;
        self.find(&mut citizen).await?;
        self.sign_in_citizen(&mut citizen).await?;
        self.fill(&mut citizen).await?;
        self.submit(&mut citizen).await?;
        self.get_certificates().await?;
        self.receive().await?;
        self.handle().await?;
        self.decide().await?;
        self.hand_over().await?;
        self.collect(&mut citizen).await?;
        self.check_as_stranger().await?;
        self.check_file().await?;
        self.rate(&mut citizen).await?;
        self.prove().await
    }

    fn done(&mut self, what: &str, where_: &str) {
        self.steps.done(what, where_);
    }

    async fn find(&mut self, citizen: &mut Client) -> Result<()> {
        citizen.get("/").await?;
        self.done("Trang chủ mở / the home page opens", "/");
        let path = "/thu-tuc?q=dang+ky+khai+sih";
        citizen.get(path).await?;
        let found = citizen.link(&format!("/thu-tuc/{PROCEDURE}"))?;
        self.done("Tìm “dang ky khai sih” ra đăng ký khai sinh / a slip finds it", path);
        citizen.get(&found).await?;
        citizen.link(&format!("/nop-ho-so/{PROCEDURE}"))?;
        self.done("Đọc cần gì, bao lâu, bao nhiêu, ở đâu / what, how long, how much", &found);
        Ok(())
    }

    async fn sign_in_citizen(&mut self, citizen: &mut Client) -> Result<()> {
        let wanted = format!("/nop-ho-so/{PROCEDURE}");
        let who = self.scene.people.citizens.first().context("the demo has citizens")?;
        errands::sign_in(citizen, &who.login, &wanted).await?;
        let path = format!("/dang-nhap?ve={wanted}");
        self.done(&format!("{} đăng nhập / signs in", who.name), &path);
        Ok(())
    }

    async fn fill(&mut self, citizen: &mut Client) -> Result<()> {
        self.dossier = errands::begin(citizen).await?;
        let place = self.dossier.clone();
        self.done("Chọn nơi nộp, hồ sơ nháp được lập / the draft begins", &place);
        let asked = errands::answer_all(citizen, &place).await?;
        let what = format!("{asked} câu hỏi, mỗi câu một trang, lưu từng bước / one a page, saved");
        self.done(&what, &place);
        Ok(())
    }

    async fn submit(&mut self, citizen: &mut Client) -> Result<()> {
        let before = citizen.page.clone();
        let path = citizen.path.clone();
        errands::send(citizen).await?;
        let confirmation = citizen.path.clone();
        self.done("Kiểm tra và nộp một lần / checked and sent", &confirmation);
        // The same button again, as after a lost connection.
        (citizen.page, citizen.path) = (before, path);
        citizen.send("/nop", &[]).await?;
        ensure!(citizen.path == confirmation, "a second click led to {}", citizen.path);
        self.done("Bấm lần hai không sao / a second click does no harm", &confirmation);
        Ok(())
    }

    /// Whoever signs has a certificate, each agency its seal: asked for by one person, approved by
    /// another.
    async fn get_certificates(&mut self) -> Result<()> {
        self.scene.press.ready(self.ctx).await?;
        let made = signing::open(self.ctx, self.crew, self.scene.places).await?;
        let what = format!("Chứng thư và con dấu số: {made} mới / certificates and seals, new");
        self.done(&what, "/quan-tri/chung-thu");
        Ok(())
    }

    async fn receive(&mut self) -> Result<()> {
        let mut clerk = self.officer(CLERK).await?;
        errands::open_sitting(&mut clerk, CLERK, self.ctx.clock.now()).await?;
        self.done("Một cửa mở phiên ký bằng một mã / a sitting for slips", "/can-bo/ky-so/phien");
        let dossier = self.open_from_queue(&mut clerk).await?;
        errands::act(&mut clerk, &dossier, "tiep-nhan", &[]).await?;
        self.code = dossier_code(&plain(&clerk.page)).context("no dossier code is shown")?;
        let what =
            format!("Tiếp nhận, mã hồ sơ {}, có ngày hẹn / accepted, code and due date", self.code);
        self.done(&what, &dossier);
        let slip = clerk.link("/phieu/slip01/")?;
        errands::said_in_time(&mut clerk, &slip, "đã ký số").await?;
        let pdf = clerk.download(&format!("{}/pdf", slip.trim_end_matches("/pdf"))).await?;
        ensure!(signatures(&pdf) == 2, "the slip has {} signatures", signatures(&pdf));
        let what = format!(
            "Giấy tiếp nhận ký số, đóng dấu số, PDF {} KB / slip 01, signed and sealed",
            pdf.len() / 1024
        );
        self.done(&what, &slip);
        errands::act(&mut clerk, &dossier, "chuyen", &[]).await?;
        self.done("Một cửa chuyển chuyên viên / the counter hands it on", &dossier);
        Ok(())
    }

    async fn handle(&mut self) -> Result<()> {
        let mut specialist = self.officer("chuyenvien.mau").await?;
        let dossier = self.open_from_queue(&mut specialist).await?;
        errands::act(&mut specialist, &dossier, "du-thao", &errands::RESULT).await?;
        self.done("Chuyên viên soạn kết quả / the result is drafted", &dossier);
        errands::act(&mut specialist, &dossier, "chuyen", &[]).await?;
        self.done("Chuyên viên trình lãnh đạo / handed on to the leader", &dossier);
        Ok(())
    }

    async fn decide(&mut self) -> Result<()> {
        let mut leader = self.officer(LEADER).await?;
        let dossier = self.open_from_queue(&mut leader).await?;
        let at = self.ctx.clock.now();
        errands::decide(&mut leader, &dossier, (LEADER, at)).await?;
        let what = "Lãnh đạo duyệt, ký số bằng một mã; đóng dấu số / approved, signed, sealed";
        self.done(what, "/can-bo/ky-so");
        Ok(())
    }

    async fn hand_over(&mut self) -> Result<()> {
        let mut desk = self.officer("traketqua.mau").await?;
        let dossier = self.open_from_queue(&mut desk).await?;
        errands::act(&mut desk, &dossier, "tra-ket-qua", &[("cach", "online")]).await?;
        self.done("Trả kết quả / the result is handed over", &dossier);
        Ok(())
    }

    async fn collect(&mut self, citizen: &mut Client) -> Result<()> {
        citizen.get("/vi-giay-to").await?;
        let result = citizen.link("/ket-qua")?;
        let pdf = citizen.download(&format!("{}/pdf", result.trim_end_matches("/pdf"))).await?;
        ensure!(signatures(&pdf) == 2, "the result has {} signatures", signatures(&pdf));
        let what = format!(
            "Kết quả đã ký trong ví giấy tờ, PDF {} KB / signed, in the wallet",
            pdf.len() / 1024
        );
        self.done(&what, "/vi-giay-to");
        self.result = pdf;
        citizen.get(&self.dossier).await?;
        let check = citizen.link("/kiem-tra/")?;
        self.check = check.strip_prefix(self.scene.address).unwrap_or(&check).to_owned();
        Ok(())
    }

    async fn check_as_stranger(&mut self) -> Result<()> {
        let mut stranger = Client::new(self.scene.address)?;
        stranger.get(&self.check).await?;
        stranger.says(&self.code)?;
        stranger.says("Văn bản có chữ ký số hợp lệ của")?;
        let check = self.check.clone();
        self.done("Ai cũng kiểm tra được kết quả bằng mã / anyone can check it", &check);
        Ok(())
    }

    /// The very file, as whoever was sent it checks it: valid, of a person and of the agency.
    async fn check_file(&mut self) -> Result<()> {
        let mut stranger = Client::new(self.scene.address)?;
        let place = "/kiem-tra/tep";
        stranger.get(place).await?;
        stranger.upload(place, ("ket-qua.pdf", "application/pdf", &self.result)).await?;
        let leader = self.scene.people.officers.iter().find(|officer| officer.login == LEADER);
        stranger.says("Văn bản có chữ ký số hợp lệ của")?;
        stranger.says(leader.context("the demo has a leader")?.name)?;
        stranger.says(COMMUNE_NAME)?;
        self.done("Tệp PDF: người ký và con dấu đều hợp lệ / the file itself is valid", place);
        Ok(())
    }

    async fn rate(&mut self, citizen: &mut Client) -> Result<()> {
        let place = format!("{}/danh-gia", self.dossier);
        citizen.get(&place).await?;
        citizen.send("/danh-gia", &[("diem", "5")]).await?;
        self.done("Đánh giá 5 trên 5 / rated", &place);
        Ok(())
    }

    /// Everything that happened is sealed, and the seal holds.
    async fn prove(&mut self) -> Result<()> {
        audit::seal(self.ctx).await?;
        let key = audit::signing_key(self.ctx).await?.public().clone();
        let verdict = audit::verify(&self.ctx.store, &[key], &[]).await?;
        ensure!(verdict.fault.is_none(), "the log does not fit: {:?}", verdict.fault);
        let what = format!("{} dòng nhật ký niêm phong, đúng / sealed and verified", verdict.rows);
        self.done(&what, "/quan-tri/nhat-ky");
        Ok(())
    }

    /// An officer at the desk.
    async fn officer(&self, login: &str) -> Result<Client> {
        errands::officer(self.scene.address, login, self.ctx.clock.now()).await
    }

    async fn open_from_queue(&self, officer: &mut Client) -> Result<String> {
        let id = self.dossier.trim_start_matches("/ho-so/");
        let place = format!("/can-bo/ho-so/{id}");
        officer.get("/can-bo/ho-so").await?;
        officer.link(&place)?;
        officer.get(&place).await?;
        Ok(place)
    }
}

/// How many signatures a PDF carries.
fn signatures(pdf: &[u8]) -> usize {
    pdf.windows(b"/ByteRange".len()).filter(|window| *window == b"/ByteRange").count()
}

/// `H57.104.01-261123-0001`
fn dossier_code(text: &str) -> Option<String> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric()))
        .find(|word| {
            let pieces: Vec<&str> = word.split('-').collect();
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            matches!(pieces.as_slice(), [agency, day, count] if agency.contains('H')
                && day.len() == 6 && count.len() >= 4 && digits(day) && digits(count))
        })
        .map(str::to_owned)
}
