//! The real program killed under load, on a disk that is full or fails, told to end, copied while
//! it writes: what it acknowledged stays, and stays once; what it cannot keep it says it cannot.
//!
//! Runs when `TEST_FAULTS` is set: it takes minutes. `TEST_SEED` repeats a campaign.

mod axis;
mod backup;
mod citizen;
mod disk;
mod ending;
mod kills;
pub mod program;

use std::ffi::OsString;
use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;

use identity::commands::seeds::{self, SeedCitizen, SeedOfficer};
use identity::{
    Assurance, Contact, Email, Hashing, Password, PersonName, PersonalNumber, Role, Username,
};
use jiff::civil::date;
use lienthong::cli;
use lienthong::house::{House, Plan};
use lienthong::settings::Home;
use organisations::UnitId;
use platform::store::{Address, Store, StoreError};
use platform::{Ctx, clock};
use tokio::sync::OnceCell;
use tokio::task::JoinHandle;

use citizen::{Citizen, PASSWORD};
use program::Program;

/// Callers at the same time, each a person with limits of their own.
const CALLERS: u32 = 8;

fn is_wanted() -> bool {
    let wanted = std::env::var_os("TEST_FAULTS").is_some();
    if !wanted {
        println!("skipped: the faults ring runs in ./test (TEST_FAULTS)");
    }
    wanted
}

/// Numbers that follow from a seed (splitmix64).
struct Chance(u64);

impl Chance {
    fn of_this_run() -> Chance {
        let given = std::env::var("TEST_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| RandomState::new().hash_one("seed") % 1_000_000);
        println!("seed: {seed}");
        Chance(seed)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

fn login(number: u32) -> String {
    format!("046190{:06}", 100 + number)
}

/// A house at this place, with nobody in it: begun there, or a copy of the first, for the catalogue
/// of the country takes longer to bring in than most campaigns to begin.
async fn empty_house(data: &Path) -> House {
    static FIRST: OnceCell<Vec<(OsString, Vec<u8>)>> = OnceCell::const_new();
    let files = FIRST.get_or_init(|| async {
        let folder = tempfile::tempdir().unwrap();
        new_house(folder.path()).await.close(None).await;
        let files = fs::read_dir(folder.path()).unwrap().map(Result::unwrap);
        let plain = files.filter(|file| file.file_type().unwrap().is_file());
        plain.map(|file| (file.file_name(), fs::read(file.path()).unwrap())).collect()
    });
    fs::create_dir_all(data).unwrap();
    for (name, bytes) in files.await {
        fs::write(data.join(name), bytes).unwrap();
    }
    new_house(data).await
}

async fn new_house(data: &Path) -> House {
    let home = Home::folder(data.to_owned());
    let (site, ways_out) = cli::nothing_goes_out();
    let plan = Plan { home: &home, site: &site, ways_out: &ways_out, demo: false };
    House::open(&plan).await.unwrap()
}

/// An installation with accounts in it.
async fn settle(data: &Path) {
    let house = empty_house(data).await;
    let hashing = Hashing::standard();
    for number in 0..CALLERS {
        let seed = SeedCitizen {
            number: PersonalNumber::parse(&login(number)).unwrap(),
            name: PersonName::parse("Nguyễn Thị Thử").unwrap(),
            birth_date: date(1990, 5, 14),
            contact: Contact::Email(Email::parse(&format!("thu{number}@example.vn")).unwrap()),
            password: Password::typed(PASSWORD),
            assurance: Assurance::Checked,
        };
        seeds::register_citizen(&house.ctx, &hashing, seed).await.unwrap();
    }
    let counter = counter(&house.ctx).await;
    let clerk = SeedOfficer {
        username: Username::parse("motcua.thu").unwrap(),
        name: PersonName::parse("Phạm Thị Một Cửa").unwrap(),
        home: counter,
        roles: vec![(Role::Clerk, Some(counter))],
        password: Password::typed(PASSWORD),
        totp: None,
    };
    seeds::create_officer(&house.ctx, &hashing, clerk).await.unwrap();
    house.close(None).await;
}

/// The commune to which everybody writes: it takes requests in once a clerk works there.
async fn counter(ctx: &Ctx) -> UnitId {
    let today = clock::local(ctx.clock.now()).date();
    let commune: Result<_, StoreError> =
        ctx.store.read(move |tx| organisations::queries::commune_of_gso(tx, "19789", today)).await;
    commune.unwrap().expect("phường Thuận Hóa").id
}

async fn callers(program: &Program) -> Vec<Citizen> {
    let mut callers = Vec::new();
    for number in 0..CALLERS {
        callers.push(Citizen::sign_in(&program.address, &login(number), number).await);
    }
    callers
}

/// Everybody writes, as fast as they are answered, until they are no longer.
fn load(callers: &mut Vec<Citizen>) -> Vec<JoinHandle<Citizen>> {
    callers.drain(..).map(|caller| tokio::spawn(caller.write_until_it_fails())).collect()
}

async fn back(load: Vec<JoinHandle<Citizen>>) -> Vec<Citizen> {
    let mut callers = Vec::new();
    for caller in load {
        callers.push(caller.await.unwrap());
    }
    callers
}

/// Rows of drafts in the database of a program that has ended.
async fn rows_of_drafts(data: &Path) -> usize {
    let store = Store::open(&Address::Sqlite(data.join("lienthong.sqlite"))).await.unwrap();
    let counted: Result<(i64,), StoreError> =
        store.read(|tx| tx.one("SELECT COUNT(*) FROM dossiers_draft", &[])).await;
    store.close().await;
    counted.unwrap().0.try_into().unwrap()
}
