//! Watching over the axis: who is told, what waits, what is kept, what is proved.

mod evidence;
mod keeping;
mod pages;
mod rules;
mod telling;
mod waiting;
mod work;

use identity::commands::seeds::{self, SeedOfficer};
use identity::totp::TotpSecret;
use identity::{Hashing, Password, PersonName, Role, Scribe, Username};
use platform::testing::Visitor;

use super::nation::*;

const PASSWORD: &str = "Quan-tri-truc-2026";
const SECRET: [u8; 20] = [7; 20];

/// Whoever looks after the axis, signed in.
pub async fn administrator(nation: &Nation) -> Visitor {
    administrator_called(nation, "quan.tri").await
}

pub async fn administrator_called(nation: &Nation, login: &str) -> Visitor {
    let seed = SeedOfficer {
        username: Username::parse(login).unwrap(),
        name: PersonName::parse("Trần Thị Quản Trị").unwrap(),
        home: nation.unit(HUE).await,
        roles: vec![(Role::SystemAdministrator, None)],
        password: Password::typed(PASSWORD),
        totp: Some(TotpSecret::new(SECRET)),
    };
    seeds::create_officer(&nation.house.ctx, &Hashing::least(), seed).await.unwrap();
    let mut visitor = nation.house.visitor();
    visitor.get("/dang-nhap").await;
    visitor.post("/dang-nhap", &[("login", login), ("password", PASSWORD)]).await;
    let code = TotpSecret::new(SECRET).code(nation.house.ctx.clock.now());
    let answer = visitor.post("/dang-nhap/ma", &[("code", &code)]).await;
    assert!(answer.status.is_redirection(), "{}", answer.title());
    visitor
}

pub fn scribe(nation: &Nation) -> Scribe {
    Scribe::named(nation.ctx(), None, "Quản trị trục")
}

pub async fn verbs(nation: &Nation, verb: &str) -> usize {
    nation.log().await.iter().filter(|entry| entry.verb == verb).count()
}
