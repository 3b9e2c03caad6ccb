//! One letter from an office in Huế to two ministries and a province, over the axis: drafted,
//! signed, numbered, sealed and sent; taken in and answered by one ministry, refused by the other,
//! left to lie by the province, from which it is called back; and all of it proved. The offices are
//! worked in over the real pages, the ministries are systems that speak the national API.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use platform::Ctx;
use wire::vxp::MessageType;

use super::client::{Client, plain};
use super::errands::{self, Crew};
use super::ministry::{HOME_AFFAIRS, JUSTICE, Received, System};
use super::offices::{self, CLERK, DRAFTER, LEADER, NEIGHBOUR};
use super::signing::DECIDER;
use super::told::{Outcome, Steps};
use super::{Scene, proof};
use crate::say;

const SUBJECT: &str = "phối hợp rà soát thủ tục hành chính liên thông";
const BODY: &str = "Thực hiện chương trình cải cách thủ tục hành chính, Ủy ban nhân dân thành phố \
    Huế đề nghị các cơ quan phối hợp rà soát những thủ tục cần nhiều cơ quan cùng giải quyết.\n\
    Ý kiến góp ý gửi về Ủy ban nhân dân thành phố Huế trong vòng 10 ngày làm việc.";
const NOT_OURS: &str = "Nội dung thuộc chức năng của Bộ Tư pháp, đề nghị gửi đúng cơ quan.";
const REPLY: &str = "Về việc phối hợp rà soát thủ tục hành chính liên thông";
const AGREED: &str = "Đồng ý thu hồi, đã hủy trên hệ thống.";
const SENT_IN_ERROR: &str = "Gửi nhầm: nội dung không liên quan đến thành phố Đà Nẵng.";
/// Of the province next door.
const NEIGHBOUR_CODE: &str = "H17";
const LEADER_NAME: &str = "Phan Văn Chủ Tịch";
const LOOK_EVERY: Duration = Duration::from_millis(250);
const LOOKS_MAX: usize = 120;

struct Journey<'a> {
    ctx: &'a Ctx,
    scene: &'a Scene<'a>,
    crew: &'a mut Crew,
    steps: Steps<'a>,
    justice: System,
    home_affairs: System,
    /// The letter's page at the office that sends it.
    letter: String,
    /// The ministry's last word about it.
    replied: String,
    /// As the ministry got it.
    received: Option<Received>,
}

pub async fn play(ctx: &Ctx, scene: &Scene<'_>, crew: &mut Crew) -> Outcome {
    let mut journey = Journey {
        ctx,
        scene,
        crew,
        steps: Steps::begin(scene.address),
        justice: System::new(JUSTICE, scene.axis),
        home_affairs: System::new(HOME_AFFAIRS, scene.axis),
        letter: String::new(),
        replied: String::new(),
        received: None,
    };
    if let Err(error) = journey.walk().await {
        journey.steps.failed(&error);
    }
    journey.steps.outcome("document")
}

impl Journey<'_> {
    /// A step that fails ends the journey: the next ones stand on it.
    async fn walk(&mut self) -> Result<()> {
        self.equip().await?;
        self.draft().await?;
        self.sign().await?;
        self.issue().await?;
        self.accept_and_reply().await?;
        self.refuse().await?;
        self.hear().await?;
        self.call_back().await?;
        self.prove().await
    }

    /// Both offices sign and seal; certificates as everywhere, asked for and approved.
    async fn equip(&mut self) -> Result<()> {
        self.scene.press.ready(self.ctx).await?;
        let made = offices::equip(self.ctx, self.crew, self.scene.places).await?;
        let what = format!("Huế, Đà Nẵng: {made} chứng thư, con dấu mới / certificates, seals");
        self.steps.done(&what, "/quan-tri/chung-thu");
        Ok(())
    }

    /// A specialist writes it, names who receives it, and puts it before the leader.
    async fn draft(&mut self) -> Result<()> {
        let mut drafter = self.officer(DRAFTER).await?;
        drafter.get("/can-bo/van-ban-di/tao").await?;
        drafter.send("/tao", &[("subject", SUBJECT), ("body", BODY)]).await?;
        ensure!(!drafter.path.ends_with("/tao"), "no draft: {}", plain(&drafter.page));
        self.letter = drafter.path.clone();
        self.steps.done("Chuyên viên soạn công văn / a letter is drafted", &self.letter);
        let receivers = format!("{}/noi-nhan", self.letter);
        drafter.get(&receivers).await?;
        let codes = [JUSTICE.code, HOME_AFFAIRS.code, NEIGHBOUR_CODE].join(", ");
        drafter.send_where("code", &[("code", &codes)]).await?;
        for name in [JUSTICE.name, HOME_AFFAIRS.name, "Đà Nẵng"] {
            drafter.says(name)?;
        }
        let what = format!("Nơi nhận: {codes} / two ministries and a province");
        self.steps.done(&what, &receivers);
        drafter.get(&self.letter).await?;
        drafter.send("/trinh-ky", &[]).await?;
        self.steps.done("Trình ký, bản PDF theo NĐ 30 để chỗ số, ngày / printed", &self.letter);
        Ok(())
    }

    /// The leader signs what was printed, with a code.
    async fn sign(&mut self) -> Result<()> {
        let mut leader = self.officer(LEADER).await?;
        leader.get(&self.letter).await?;
        let paper = leader.link("/can-bo/ky-so/")?;
        leader.get(&paper).await?;
        let (action, at) = (format!("{paper}/ky"), self.ctx.clock.now());
        errands::confirm(&mut leader, LEADER, (&action, at)).await?;
        self.steps.done("Chủ tịch ký số / the leader signs", &paper);
        Ok(())
    }

    /// The clerk gives number and date; the program seals; it is issued and sent at once.
    async fn issue(&mut self) -> Result<()> {
        let mut clerk = self.crew.take(CLERK, self.ctx.clock.now()).await?;
        let place = format!("{}/cap-so", self.letter);
        until(&mut clerk, &self.letter, &place).await?;
        clerk.get(&place).await?;
        clerk.send("/cap-so", &[]).await?;
        self.steps.done("Văn thư cấp số, ngày vào bản đã ký / numbered and dated", &place);
        until(&mut clerk, &self.letter, "/thu-hoi").await?;
        let what = "Đóng dấu số, ban hành, gửi lên trục / sealed, issued, sent";
        self.steps.done(what, &self.letter);
        self.crew.keep(CLERK, clerk);
        Ok(())
    }

    /// The ministry fetches it, finds both signatures valid, enters it, and answers.
    async fn accept_and_reply(&mut self) -> Result<()> {
        let received = fetched(&self.justice, SUBJECT).await?;
        let mut stranger = Client::new(self.scene.address)?;
        let check = "/kiem-tra/tep";
        stranger.get(check).await?;
        stranger.upload(check, ("cong-van.pdf", "application/pdf", &received.file)).await?;
        stranger.says("Văn bản có chữ ký số hợp lệ của")?;
        stranger.says(LEADER_NAME)?;
        let what = format!(
            "{} lấy gói tin, chữ ký và con dấu hợp lệ / fetched over the API, valid",
            self.justice.who.name
        );
        self.steps.done(&what, &format!("{}/downloadEdoc", self.scene.axis));
        let now = self.ctx.clock.now();
        for (code, said) in [("01", "Đã đến"), ("03", "Vào sổ văn bản đến, số 57")]
        {
            self.justice.says(&received, (code, said), now).await?;
        }
        let sent = format!("{}/sendEdoc", self.scene.axis);
        self.steps.done("… tiếp nhận, vào sổ (03) / accepted", &sent);
        // A number of its own for each letter, also when the demo is played again.
        let number = 122 + received.document.code.number.parse::<u32>().unwrap_or_default();
        self.replied = format!("Đã có văn bản trả lời số {number}/{}.", self.justice.who.notation);
        self.justice.replies(&received, (&number.to_string(), REPLY), now).await?;
        self.justice.says(&received, ("06", &self.replied), now).await?;
        self.steps.done("… gửi văn bản trả lời, hoàn thành (06) / replied", &sent);
        self.received = Some(received);
        Ok(())
    }

    /// The other ministry sends it back, and says why.
    async fn refuse(&mut self) -> Result<()> {
        let received = fetched(&self.home_affairs, SUBJECT).await?;
        let now = self.ctx.clock.now();
        self.home_affairs.says(&received, ("01", "Đã đến"), now).await?;
        self.home_affairs.says(&received, ("02", NOT_OURS), now).await?;
        let what = format!("{} từ chối, nêu lý do (02) / refused", self.home_affairs.who.name);
        self.steps.done(&what, &format!("{}/sendEdoc", self.scene.axis));
        Ok(())
    }

    /// Back at the sender: what each said, on the letter's own page; the reply goes into the book.
    async fn hear(&mut self) -> Result<()> {
        let mut clerk = self.crew.take(CLERK, self.ctx.clock.now()).await?;
        for words in [NOT_OURS, &self.replied] {
            errands::said_in_time(&mut clerk, &self.letter, words).await?;
        }
        let what = "Huế thấy từng nơi nhận nói gì / what each receiver said is seen";
        self.steps.done(what, &self.letter);
        let list = "/can-bo/van-ban-den";
        errands::said_in_time(&mut clerk, list, REPLY).await?;
        let reply = clerk.link(&format!("{list}/0"))?;
        let place = format!("{reply}/viec/tiep-nhan");
        clerk.get(&place).await?;
        clerk.send("/tiep-nhan", &[]).await?;
        ensure!(clerk.path == reply, "not entered: {}", plain(&clerk.page));
        self.steps.done("Văn bản trả lời đến, vào sổ / the reply comes, entered", &reply);
        self.crew.keep(CLERK, clerk);
        Ok(())
    }

    /// The province next door got it by mistake: Huế asks for it back, its clerk agrees.
    async fn call_back(&mut self) -> Result<()> {
        let mut clerk = self.crew.take(CLERK, self.ctx.clock.now()).await?;
        let place = format!("{}/thu-hoi", self.letter);
        clerk.get(&place).await?;
        let neighbour = clerk.choice_named("recipients", "Đà Nẵng")?;
        clerk.send("/thu-hoi", &[("recipients", &neighbour), ("reason", SENT_IN_ERROR)]).await?;
        ensure!(clerk.path == self.letter, "not called back: {}", plain(&clerk.page));
        self.steps.done("Thu hồi từ Đà Nẵng (13) / called back from the province", &place);
        let mut neighbour = self.officer(NEIGHBOUR).await?;
        let wishes = "/can-bo/van-ban-den?muc=yeu-cau-ben-gui";
        until(&mut neighbour, wishes, "/yeu-cau/").await?;
        let wish = neighbour.link("/yeu-cau/")?;
        neighbour.get(&wish).await?;
        neighbour.says(SENT_IN_ERROR)?;
        neighbour.send("/yeu-cau/", &[("answer", "yes"), ("reason", AGREED)]).await?;
        self.steps.done("Văn thư Đà Nẵng đồng ý (15) / its clerk agrees", &wish);
        errands::said_in_time(&mut clerk, &self.letter, AGREED).await?;
        self.steps.done("Huế thấy văn bản đã được thu hồi / seen by the sender", &self.letter);
        self.crew.keep(CLERK, clerk);
        Ok(())
    }

    /// Every station, and the proof of it: receipts by the axis' keys, a container with a seal.
    async fn prove(&mut self) -> Result<()> {
        let received = self.received.as_ref().context("the ministry has the letter")?;
        let mut officer = self.crew.take(DECIDER, self.ctx.clock.now()).await?;
        officer.get("/quan-tri/truc/goi-tin?q=ra+soat+thu+tuc").await?;
        let packet = packet(&mut officer).await?;
        for code in [JUSTICE.code, HOME_AFFAIRS.code, NEIGHBOUR_CODE] {
            officer.says(code)?;
        }
        self.steps.done("Nhật ký đường đi, từng trạm / every station of the letter", &packet);
        let place = format!("{packet}/bang-chung");
        let evidence = officer.download(&place).await?;
        let proved = proof::check(self.scene.axis, &evidence).await?;
        ensure!(
            proved.sha256 == platform::hex::to_hex(&received.sha256)
                && proved.accepted.document_id == received.document.document_id,
            "the evidence is about another letter"
        );
        let what = format!(
            "Biên nhận: 1 nhận, {} giao, đúng khóa của trục / receipts verified",
            proved.delivered.len()
        );
        self.steps.done(&what, &format!("{}/keys", self.scene.axis));
        proved.lines().iter().for_each(|line| say::line(line));
        proof::holds(self.scene.axis, &evidence, self.ctx.clock.now()).await?;
        self.steps.done("Bằng chứng ASiC-E hợp lệ / the evidence is valid", &place);
        Ok(())
    }

    /// An officer at the desk.
    async fn officer(&self, login: &str) -> Result<Client> {
        errands::officer(self.scene.address, login, self.ctx.clock.now()).await
    }
}

/// The page of the letter's packet, which is now open: the first of those found that is no status.
async fn packet(officer: &mut Client) -> Result<String> {
    let found = officer.links("/quan-tri/truc/goi-tin/0");
    for path in found {
        officer.get(&path).await?;
        if officer.says(SUBJECT).is_ok() && officer.says(NEIGHBOUR_CODE).is_ok() {
            return Ok(path);
        }
    }
    bail!("the axis does not show the letter")
}

/// Looks at a page until it leads to `part`, as work behind the scenes will make it do.
async fn until(client: &mut Client, path: &str, part: &str) -> Result<()> {
    for _ in 0..LOOKS_MAX {
        client.get(path).await?;
        if client.link(part).is_ok() {
            return Ok(());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    client.link(part).map(drop)
}

/// What the axis holds for a system, once it is there.
async fn fetched(system: &System, subject: &str) -> Result<Received> {
    for _ in 0..LOOKS_MAX {
        for row in system.waiting(MessageType::Edoc).await? {
            let received = system.take(&row.doc_id).await?;
            if received.document.subject == subject {
                return Ok(received);
            }
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    bail!("nothing came to {}", system.who.name)
}
