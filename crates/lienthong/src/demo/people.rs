//! The people of the demo, all invented: names say so, telephone numbers and mail addresses lead
//! nowhere. Their passwords and authenticator keys are printed, so never serve them to the world.

use anyhow::{Context, Result, anyhow};
use identity::commands::seeds::{self, SeedCitizen, SeedOfficer};
use identity::totp::TotpSecret;
use identity::{
    Assurance, Contact, Email, Hashing, Password, PersonName, PersonalNumber, Role, Username,
};
use jiff::civil::{Date, date};
use organisations::UnitId;
use organisations::queries as units;
use platform::store::StoreError;
use platform::{Ctx, clock};

/// The commune of the journey, by its code at the statistics office: phường Thuận Hóa, Huế.
pub const COMMUNE_GSO: &str = "19789";
/// The city of Đà Nẵng.
const NEIGHBOUR_GSO: &str = "48";
pub const COMMUNE_NAME: &str = "Thuận Hóa";
pub const PASSWORD: &str = "Thu-nghiem-2026";

pub struct Person {
    pub login: String,
    pub name: &'static str,
    /// What they are, in both languages, for the printed table.
    pub what: &'static str,
    pub totp: Option<TotpSecret>,
}

/// Where the demo plays.
#[derive(Clone, Copy)]
pub struct Places {
    pub province: UnitId,
    pub commune: UnitId,
    /// Where dossiers are received for the commune.
    pub counter: UnitId,
    /// The province next door, which works in this installation too: Đà Nẵng.
    pub neighbour: UnitId,
}

pub struct People {
    pub citizens: Vec<Person>,
    pub officers: Vec<Person>,
}

struct Cast {
    login: &'static str,
    name: &'static str,
    what: &'static str,
    at: fn(Places) -> Option<UnitId>,
    role: Role,
}

const CITIZENS: [(&str, &str, Date, &str); 3] = [
    ("046190000012", "Nguyễn Thị Mẫu", date(1990, 5, 14), "mau@example.vn"),
    ("046085000027", "Trần Văn Ví Dụ", date(1985, 11, 2), "vidu@example.vn"),
    ("001201000035", "Lê Thử Nghiệm", date(2001, 3, 30), "thu@example.vn"),
];

const OFFICERS: [Cast; 14] = [
    Cast {
        login: "motcua.mau",
        name: "Phạm Thị Một Cửa",
        what: "cán bộ một cửa / one-stop clerk",
        at: |places| Some(places.counter),
        role: Role::Clerk,
    },
    Cast {
        login: "chuyenvien.mau",
        name: "Hoàng Văn Chuyên Viên",
        what: "chuyên viên / specialist",
        at: |places| Some(places.commune),
        role: Role::Specialist,
    },
    Cast {
        login: "truongphong.mau",
        name: "Đỗ Thị Trưởng Phòng",
        what: "trưởng phòng / head",
        at: |places| Some(places.commune),
        role: Role::Head,
    },
    Cast {
        login: "lanhdao.mau",
        name: "Vũ Văn Lãnh Đạo",
        what: "lãnh đạo, người ký / leader",
        at: |places| Some(places.commune),
        role: Role::Leader,
    },
    Cast {
        login: "traketqua.mau",
        name: "Bùi Thị Trả Kết Quả",
        what: "trả kết quả / result desk",
        at: |places| Some(places.counter),
        role: Role::ResultDesk,
    },
    Cast {
        login: "quantri.mau",
        name: "Đặng Văn Quản Trị",
        what: "quản trị thành phố Huế / administrator of the province",
        at: |places| Some(places.province),
        role: Role::UnitAdministrator,
    },
    Cast {
        login: "hethong.mau",
        name: "Ngô Thị Hệ Thống",
        what: "quản trị hệ thống / system administrator",
        at: |_| None,
        role: Role::SystemAdministrator,
    },
    Cast {
        login: "vanthu.mau",
        name: "Lý Thị Văn Thư",
        what: "văn thư, giữ con dấu số / document clerk, keeps the seal",
        at: |places| Some(places.commune),
        role: Role::DocumentClerk,
    },
    Cast {
        login: "chuyenvien.hue",
        name: "Trương Thị Soạn Thảo",
        what: "chuyên viên UBND thành phố Huế / specialist of the province",
        at: |places| Some(places.province),
        role: Role::Specialist,
    },
    Cast {
        login: "chutich.hue",
        name: "Phan Văn Chủ Tịch",
        what: "chủ tịch UBND thành phố Huế / leader of the province",
        at: |places| Some(places.province),
        role: Role::Leader,
    },
    Cast {
        login: "vanthu.hue",
        name: "Hồ Thị Văn Thư",
        what: "văn thư UBND thành phố Huế / document clerk of the province",
        at: |places| Some(places.province),
        role: Role::DocumentClerk,
    },
    Cast {
        login: "lanhdao.danang",
        name: "Mai Văn Sông Hàn",
        what: "chủ tịch UBND thành phố Đà Nẵng / leader next door",
        at: |places| Some(places.neighbour),
        role: Role::Leader,
    },
    Cast {
        login: "vanthu.danang",
        name: "Tô Thị Ngũ Hành",
        what: "văn thư UBND thành phố Đà Nẵng / document clerk next door",
        at: |places| Some(places.neighbour),
        role: Role::DocumentClerk,
    },
    Cast {
        login: "quantri.danang",
        name: "Cao Văn Quản Trị",
        what: "quản trị thành phố Đà Nẵng / administrator next door",
        at: |places| Some(places.neighbour),
        role: Role::UnitAdministrator,
    },
];

/// Finds the places; they are in the shipped catalogue.
pub async fn places(ctx: &Ctx) -> Result<Places> {
    let today = clock::local(ctx.clock.now()).date();
    let found = ctx
        .store
        .read::<_, StoreError, _>(move |tx| {
            let Some(commune) = units::commune_of_gso(tx, COMMUNE_GSO, today)? else {
                return Ok(None);
            };
            let Some(province) = units::province_of_gso(tx, "46", today)? else { return Ok(None) };
            let Some(neighbour) = units::province_of_gso(tx, NEIGHBOUR_GSO, today)? else {
                return Ok(None);
            };
            let counter = units::one_stop_centre(tx, commune.id, today)?;
            let counter = counter.map_or(commune.id, |centre| centre.id);
            Ok(Some(Places {
                province: province.id,
                commune: commune.id,
                counter,
                neighbour: neighbour.id,
            }))
        })
        .await?;
    found.context("the demo's commune is not in the catalogue")
}

/// Opens the accounts; run again it finds them.
pub async fn seed(ctx: &Ctx, places: Places) -> Result<People> {
    let hashing = Hashing::standard();
    let mut citizens = Vec::new();
    for (number, name, birth_date, email) in CITIZENS {
        let seed = SeedCitizen {
            number: PersonalNumber::parse(number).map_err(|fault| anyhow!("{fault}"))?,
            name: PersonName::parse(name).map_err(|fault| anyhow!("{fault}"))?,
            birth_date,
            contact: Contact::Email(Email::parse(email).map_err(|fault| anyhow!("{fault}"))?),
            password: Password::typed(PASSWORD),
            assurance: Assurance::Checked,
        };
        seeds::register_citizen(ctx, &hashing, seed).await.map_err(|no| anyhow!("{no:?}"))?;
        citizens.push(Person {
            login: number.to_owned(),
            name,
            what: "người dân / citizen",
            totp: None,
        });
    }
    let mut officers = Vec::new();
    for cast in &OFFICERS {
        officers.push(officer(ctx, &hashing, cast, places).await?);
    }
    Ok(People { citizens, officers })
}

/// The authenticator key of an officer: the same on every machine, so that a phone that has it once
/// can be used again.
pub fn totp(login: &str) -> Option<TotpSecret> {
    let place = OFFICERS.iter().position(|cast| cast.login == login)?;
    let letter = b'A'.checked_add(u8::try_from(place).ok()?)?;
    Some(TotpSecret::new([letter; 20]))
}

async fn officer(ctx: &Ctx, hashing: &Hashing, cast: &Cast, places: Places) -> Result<Person> {
    let totp = totp(cast.login).context("officers have one-time codes")?;
    let at = (cast.at)(places);
    let seed = SeedOfficer {
        username: Username::parse(cast.login).map_err(|fault| anyhow!("{fault}"))?,
        name: PersonName::parse(cast.name).map_err(|fault| anyhow!("{fault}"))?,
        home: at.unwrap_or(places.province),
        roles: vec![(cast.role, at)],
        password: Password::typed(PASSWORD),
        totp: Some(totp.clone()),
    };
    seeds::create_officer(ctx, hashing, seed).await.map_err(|no| anyhow!("{no:?}"))?;
    let (login, name, what) = (cast.login.to_owned(), cast.name, cast.what);
    Ok(Person { login, name, what, totp: Some(totp) })
}
