//! The house as it was some days ago, on its own site: dossiers that came then, and what became of
//! them. What was received and left to lie is overdue today.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use lienthong::cli;
use lienthong::commands::serve::Doors;
use lienthong::demo::client::Client;
use lienthong::demo::{errands, people};
use lienthong::house::{House, Plan};
use lienthong::settings::Home;
use platform::clock::Clock;

use super::stage::{LEADER, MOTHER, id, signed_in};

/// Longer than any office may take over what the mother asks for.
const AGO: SignedDuration = SignedDuration::from_hours(9 * 24);

const WITHDRAWN: &str = "withdrawn";
const RECEIVED: [&str; 4] = ["late", "long-awaited", "owing", "stopped"];

/// Ids of dossiers by the state they are in.
pub type Dossiers = BTreeMap<&'static str, String>;

/// A house with those dossiers in it.
pub async fn lived_in(data: &Path) -> Dossiers {
    let then = Timestamp::now() - AGO;
    let home = Home::folder(data.to_owned());
    let (mut site, ways_out) = cli::nothing_goes_out();
    site.listen = SocketAddr::from(([127, 0, 0, 1], 0));
    let plan = Plan { home: &home, site: &site, ways_out: &ways_out, demo: false };
    let house = House::open_at(&plan, Clock::fixed(then)).await.unwrap();
    let places = people::places(&house.ctx).await.unwrap();
    people::seed(&house.ctx, places).await.unwrap();
    let doors = Doors::open(&house.ctx, &site).await.unwrap();
    let address = format!("http://{}", doors.address());
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(doors.run(async { ended.await.unwrap_or_default() }));
    let dossiers = sent(&address).await;
    handled(&address, &dossiers, then).await;
    end.send(()).unwrap();
    serving.await.unwrap();
    house.close(None).await;
    dossiers
}

/// By the mother; one of them was not meant.
async fn sent(address: &str) -> Dossiers {
    let mut mother = signed_in(address, MOTHER).await;
    let mut dossiers = Dossiers::new();
    for state in RECEIVED.into_iter().chain([WITHDRAWN]) {
        let draft = errands::begin(&mut mother).await.unwrap();
        errands::answer_all(&mut mother, &draft).await.unwrap();
        errands::send(&mut mother).await.unwrap();
        dossiers.insert(state, id(&draft));
        // One person sends only so much a minute.
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    mother.get(&format!("/ho-so/{}/rut", dossiers[WITHDRAWN])).await.unwrap();
    mother.send("/rut", &[("ly-do", "Nộp nhầm phường.")]).await.unwrap();
    assert!(!mother.path.ends_with("/rut"), "not withdrawn");
    dossiers
}

async fn handled(address: &str, dossiers: &Dossiers, then: Timestamp) {
    let owed = [("so-tien", "1.250.000"), ("ly-do", "Lệ phí trước bạ.")];
    let grounds = [("ly-do", "Trẻ đã được đăng ký khai sinh."), ("can-cu", "Luật Hộ tịch")];
    let mut clerk = errands::officer(address, "motcua.mau", then).await.unwrap();
    let mut leader = errands::officer(address, LEADER, then).await.unwrap();
    for state in RECEIVED {
        act(&mut clerk, &dossiers[state], ("tiep-nhan", &[])).await;
    }
    act(&mut clerk, &dossiers["owing"], ("nghia-vu-tai-chinh", &owed)).await;
    act(&mut leader, &dossiers["stopped"], ("dung", &grounds)).await;
}

async fn act(officer: &mut Client, dossier: &str, (act, answers): (&str, &[(&str, &str)])) {
    errands::act(officer, &format!("/can-bo/ho-so/{dossier}"), act, answers).await.unwrap();
}
