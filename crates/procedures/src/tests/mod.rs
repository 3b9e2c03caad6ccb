//! The capability through its front door: a house, its visitors, and an officer of a ministry.

mod api;
mod catalogue;
mod differences;
mod importing;
mod kept;
mod managing;
mod nouns;
mod public;

use identity::commands::seeds::{SeedOfficer, create_officer};
use identity::{Hashing, Password, PersonName, Role, Username};
use jiff::civil::date;
use platform::store::{StoreError, Tables};
use platform::testing::{Beginning, House, Visitor};
use platform::web::{Fresh, Holder, Problem, Reply, Routes, SessionKind, View, Who, session};
use platform::words::WordFile;
use platform::{Ctx, Part};

use crate::channel::{Channel, ChannelKind};
use crate::code::Code;
use crate::commands;
use crate::component::{Case, Component};
use crate::fee::{Fee, FeeKind, Vnd};
use crate::level::{Level, Levels, OnlineLevel};
use crate::time_limit::{TimeLimit, TimeUnit};
use crate::version::{Decision, Named, Step, Version};

async fn house() -> House {
    let parts =
        vec![organisations::part(), identity::part_with(Hashing::least()), crate::part(), doors()];
    let seed = async |ctx: Ctx| organisations::commands::seed(&ctx).await;
    House::build_begun(parts, Beginning::of("country", seed)).await
}

/// A house with one procedure of our own in it.
async fn house_with(versions: Vec<Version>) -> House {
    let house = house().await;
    commands::ship(&house.ctx, versions).await.unwrap();
    house.site.refresh().await;
    house
}

/// A whole version: all fourteen parts.
fn version(code: &str, name: &str) -> Version {
    let channel = |kind, days| Channel {
        kind,
        time_limit: Some(TimeLimit::new(days, TimeUnit::WorkingDay)),
        fees: vec![Fee {
            kind: FeeKind::Charge,
            amount: Some(Vnd(20_000)),
            ..Fee::told("mỗi thẻ")
        }],
        text: String::new(),
    };
    let paper = |name: &str, originals, is_note| Component {
        name: name.to_owned(),
        originals,
        is_note,
        ..Component::default()
    };
    let components = vec![
        paper("Đơn đề nghị", 1, false),
        paper("Ảnh chân dung", 2, false),
        paper("Trẻ em đi cùng cha mẹ", 0, true),
    ];
    let mut version = Version {
        levels: Levels::of(&[Level::Ward]),
        online_level: OnlineLevel::Part,
        fields: vec![Named::coded("G15-TV01", "Thư viện")],
        subjects: vec![Named::of("Công dân Việt Nam")],
        decision: Decision {
            number: "12/QĐ-BTP".to_owned(),
            date: Some(date(2026, 3, 1)),
            ..Decision::default()
        },
        steps: vec![
            Step {
                name: "Bước 1".to_owned(), text: "Nộp đơn.\n- tại quầy\n- qua mạng".to_owned()
            },
            Step { name: "Bước 2".to_owned(), text: "Nhận thẻ.".to_owned() },
        ],
        channels: vec![channel(ChannelKind::Online, 3), channel(ChannelKind::Direct, 3)],
        cases: vec![Case { components, ..Case::default() }],
        results: vec![Named::of("Thẻ đọc sách")],
        requirements: "Từ 6 tuổi trở lên.".to_owned(),
        legal_bases: vec![Named::coded("46/2019/QH14", "Luật Thư viện")],
        ..Version::new(Code::parse(code).unwrap(), name)
    };
    version.agencies.publishing = Some(Named::coded("G15", "Bộ Tư pháp"));
    version.agencies.executing = vec![Named::of("Ủy ban nhân dân cấp xã")];
    version
}

/// A door that lets the test in as an officer, without the sign-in that identity tests.
fn doors() -> Part {
    Part {
        name: "doors",
        tables: Tables { namespace: "doors", steps: &[] },
        words: WordFile { name: "doors", vi: "", en: "" },
        routes: Routes::new().get("/vao/{account}", Who::Anyone, enter),
        jobs: Vec::new(),
        schedules: Vec::new(),
        menu: &[],
    }
}

async fn enter(
    view: View,
    axum::extract::State(ctx): axum::extract::State<platform::Ctx>,
    axum::extract::Path(account): axum::extract::Path<uuid::Uuid>,
) -> Result<Reply, Problem> {
    let holder =
        Holder { subject: account, kind: SessionKind::Officer, label: "Cán bộ".to_owned() };
    let fresh = Fresh::new(&ctx, &view, holder);
    view.keep_session(&fresh);
    let fresh = std::sync::Arc::new(fresh);
    let begun: Result<(), StoreError> = ctx.store.write(move |tx| session::begin(tx, &fresh)).await;
    begun?;
    Ok(Reply::see("/"))
}

/// An administrator of a unit, signed in.
async fn administrator_of(house: &House, unit: &'static str) -> Visitor {
    let read = move |tx: &mut platform::store::Tx| organisations::queries::by_code(tx, unit);
    let unit = house.ctx.store.read(read).await.unwrap().unwrap();
    let seed = SeedOfficer {
        username: Username::parse(&format!("qt.{}", unit.code.as_str().to_lowercase())).unwrap(),
        name: PersonName::parse("Nguyễn Thị Quản Trị").unwrap(),
        home: unit.id,
        roles: vec![(Role::UnitAdministrator, Some(unit.id))],
        password: Password::typed("mot-cau-dai-kho-doan-2026"),
        totp: None,
    };
    let (account, _) = create_officer(&house.ctx, &Hashing::least(), seed).await.unwrap();
    let mut visitor = house.visitor();
    visitor.get(&format!("/vao/{}", account.0)).await;
    visitor
}
