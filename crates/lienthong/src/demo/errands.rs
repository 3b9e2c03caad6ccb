//! What people come to the site for, each errand whole: signing in, beginning, answering, sending,
//! acting on a dossier. The journey is made of them; so is what the tests look at in a browser.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use identity::totp::STEP_SECONDS;
use jiff::{SignedDuration, Timestamp};

use super::client::Client;
use super::people::{COMMUNE_NAME, PASSWORD, totp};
use super::{filling, paper};

pub const PROCEDURE: &str = "1.001193";
pub const RESULT_NUMBER: &str = "01/2026/KS";
/// How many codes are tried, the present one first.
const MORE_CODES: i64 = 4;
const STEP: Duration = Duration::from_secs(STEP_SECONDS as u64);
const LOOK_EVERY: Duration = Duration::from_millis(250);
const LOOKS_MAX: usize = 120;
const RESULT_BODY: &str = "Đã đăng ký khai sinh cho trẻ Trần Nguyễn Ban Mai, sinh ngày 10/11/2026.";
/// What the specialist drafts and the leader decides.
pub const RESULT: [(&str, &str); 3] =
    [("ten", "Giấy khai sinh"), ("so", RESULT_NUMBER), ("noi-dung", RESULT_BODY)];

/// Past the password, and on the page that was wanted.
pub async fn sign_in(client: &mut Client, login: &str, wanted: &str) -> Result<()> {
    client.get(&format!("/dang-nhap?ve={wanted}")).await?;
    client.send("/dang-nhap", &[("login", login), ("password", PASSWORD)]).await?;
    ensure!(client.path.starts_with(wanted), "{login} is not in: {}", client.path);
    Ok(())
}

/// An officer past password and one-time code. A code opens once: whoever signed in a moment ago,
/// in a run before this one, waits for the next.
pub async fn officer(address: &str, login: &str, at: Timestamp) -> Result<Client> {
    let mut client = Client::new(address)?;
    client.get("/dang-nhap?ve=/tai-khoan").await?;
    client.send("/dang-nhap", &[("login", login), ("password", PASSWORD)]).await?;
    let secret = totp(login).with_context(|| format!("no demo officer {login}"))?;
    let second = client.path.clone();
    // The server takes the code of the next step, too, for clocks differ.
    for steps_ahead in 1..=MORE_CODES {
        let code = secret.code(at + SignedDuration::from_secs(STEP_SECONDS * (steps_ahead - 1)));
        client.send(&second, &[("code", &code)]).await?;
        if client.path == "/tai-khoan" {
            return Ok(client);
        }
        if steps_ahead > 1 {
            tokio::time::sleep(STEP).await;
        }
    }
    bail!("{login} is not in: {}", client.path)
}

/// Officers who are at work already: a code opens once, so whoever is needed again stays signed in.
pub struct Crew {
    address: String,
    at_work: BTreeMap<&'static str, Client>,
}

impl Crew {
    pub fn at(address: &str) -> Crew {
        Crew { address: address.to_owned(), at_work: BTreeMap::new() }
    }

    pub async fn take(&mut self, login: &'static str, at: Timestamp) -> Result<Client> {
        match self.at_work.remove(login) {
            Some(client) => Ok(client),
            None => officer(&self.address, login, at).await,
        }
    }

    pub fn keep(&mut self, login: &'static str, client: Client) {
        self.at_work.insert(login, client);
    }
}

/// Chooses the agency, from the page before the first question; the draft begins. Its address.
pub async fn begin(citizen: &mut Client) -> Result<String> {
    let start = format!("/nop-ho-so/{PROCEDURE}");
    citizen.get(&start).await?;
    let province = citizen.option_named("Huế")?;
    citizen.get(&format!("{start}?tinh={province}")).await?;
    let agency = citizen.option_named(COMMUNE_NAME)?;
    citizen.send(&start, &[("co-quan", &agency)]).await?;
    Ok(citizen.path.clone())
}

/// Opens the first question of a draft.
pub async fn first_question(citizen: &mut Client, draft: &str) -> Result<()> {
    citizen.get(draft).await?;
    let next = citizen.link(&format!("{draft}/buoc/"))?;
    citizen.get(&next).await
}

/// Answers the question on the page; `false` when none is left.
pub async fn answer(citizen: &mut Client) -> Result<bool> {
    filling::answer_one(citizen, &paper::scan()).await
}

/// Answers everything; says how many pages were asked.
pub async fn answer_all(citizen: &mut Client, draft: &str) -> Result<usize> {
    first_question(citizen, draft).await?;
    filling::answer_all(citizen, &paper::scan()).await
}

/// From the page with all answers to the confirmation.
pub async fn send(citizen: &mut Client) -> Result<()> {
    citizen.send("/nop", &[]).await?;
    ensure!(citizen.path.contains("/xac-nhan"), "not sent: {}", citizen.path);
    Ok(())
}

/// A certificate, asked for by one person and approved by another.
pub async fn certificate(
    (asker, decider): (&mut Client, &mut Client),
    answers: &[(&str, &str)],
) -> Result<()> {
    let form = "/quan-tri/chung-thu/yeu-cau/tao";
    asker.get(form).await?;
    asker.send(form, answers).await?;
    ensure!(!asker.path.contains("/tao"), "not asked for: {}", asker.path);
    decider.get(&asker.path).await?;
    decider.send("/duyet", &[]).await
}

/// Presses the button of the form on this page that leads to `action`, with a one-time code. One
/// that was used for signing in does not count again: the next is tried, and the one after it.
pub async fn confirm(
    officer: &mut Client,
    login: &str,
    (action, at): (&str, Timestamp),
) -> Result<()> {
    let secret = totp(login).with_context(|| format!("no demo officer {login}"))?;
    for steps_ahead in 0..=MORE_CODES {
        let code = secret.code(at + SignedDuration::from_secs(STEP_SECONDS * steps_ahead));
        officer.send(action, &[("code", &code)]).await?;
        if officer.form(action).is_err() {
            return Ok(());
        }
        if steps_ahead > 0 {
            tokio::time::sleep(STEP).await;
        }
    }
    bail!("{login} cannot confirm: {}", officer.path)
}

/// Opens the clerk's sitting, in which slips are signed as they come; one may be open already.
pub async fn open_sitting(clerk: &mut Client, login: &str, at: Timestamp) -> Result<()> {
    clerk.get("/can-bo/ky-so/phien").await?;
    match clerk.form("/phien/mo") {
        Ok(_) => confirm(clerk, login, ("/phien/mo", at)).await,
        Err(_) => Ok(()),
    }
}

/// Approves a result and signs it; the program seals it a moment later.
pub async fn decide(
    leader: &mut Client,
    dossier: &str,
    (login, at): (&str, Timestamp),
) -> Result<()> {
    act(leader, dossier, "quyet-dinh", &RESULT).await?;
    ensure!(leader.path.contains("/ky-so/"), "nothing to sign: {}", leader.path);
    let action = format!("{}/ky", leader.path);
    confirm(leader, login, (&action, at)).await?;
    said_in_time(leader, dossier, "Đã xử lý xong").await
}

/// Looks at a page until it says what work behind the scenes will make it say.
pub async fn said_in_time(client: &mut Client, path: &str, words: &str) -> Result<()> {
    for _ in 0..LOOKS_MAX {
        client.get(path).await?;
        if client.says(words).is_ok() {
            return Ok(());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    client.says(words)
}

/// Opens the page of an act on `/can-bo/ho-so/ID` and presses its button.
pub async fn act(
    officer: &mut Client,
    dossier: &str,
    act: &str,
    answers: &[(&str, &str)],
) -> Result<()> {
    let place = format!("{dossier}/viec/{act}");
    officer.get(&place).await.with_context(|| format!("{act} is not offered"))?;
    officer.send(&format!("/viec/{act}"), answers).await?;
    ensure!(!officer.path.contains("/viec/"), "{act} was not done: {}", officer.path);
    Ok(())
}
