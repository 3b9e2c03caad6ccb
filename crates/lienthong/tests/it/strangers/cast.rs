//! The people of the strangers' test, opened by the program's own seeds and signed in by the front
//! door.

use std::str::FromStr;

use identity::commands::seeds::{self, SeedCitizen, SeedOfficer};
use identity::totp::TotpSecret;
use identity::{
    Assurance, Contact, Hashing, Password, PersonName, PersonalNumber, PhoneNumber, Role, Username,
};
use jiff::civil::Date;
use platform::store::StoreError;
use platform::testing::{House, Visitor};

const PASSWORD: &str = "Nguoi-la-mat-khau-2026";
const SECRET: [u8; 20] = [7; 20];

pub async fn citizen(house: &House) -> Visitor {
    let seed = SeedCitizen {
        number: PersonalNumber::parse("046190000012").unwrap(),
        name: PersonName::parse("Nguyễn Thị Mẫu").unwrap(),
        birth_date: Date::from_str("1990-05-14").unwrap(),
        contact: Contact::Phone(PhoneNumber::parse("0900000001").unwrap()),
        password: Password::typed(PASSWORD),
        assurance: Assurance::Checked,
    };
    seeds::register_citizen(&house.ctx, &Hashing::least(), seed).await.unwrap();
    let mut visitor = house.visitor();
    let fields = [("login", "046190000012"), ("password", PASSWORD)];
    let answer = visitor.post("/dang-nhap", &fields).await;
    assert!(answer.status.is_redirection(), "the citizen is not in: {}", answer.title());
    visitor
}

pub async fn officer_without_role(house: &House) -> Visitor {
    officer(house, "khong.vai.tro", None).await
}

/// One visitor for each role, all in one province that nothing belongs to.
pub async fn officers_of_every_role(house: &House) -> Vec<Visitor> {
    let mut all = Vec::new();
    for role in Role::ALL {
        all.push(officer(house, &format!("mau.{}", role.code()), Some(role)).await);
    }
    all
}

async fn officer(house: &House, username: &str, role: Option<Role>) -> Visitor {
    let unit = house
        .ctx
        .store
        .read::<_, StoreError, _>(|tx| organisations::queries::by_code(tx, "H01"))
        .await
        .unwrap()
        .unwrap();
    let everywhere = role == Some(Role::SystemAdministrator);
    let roles = role.map(|role| (role, (!everywhere).then_some(unit.id)));
    let seed = SeedOfficer {
        username: Username::parse(username).unwrap(),
        name: PersonName::parse("Trần Văn Ví Dụ").unwrap(),
        home: unit.id,
        roles: roles.into_iter().collect(),
        password: Password::typed(PASSWORD),
        totp: Some(TotpSecret::new(SECRET)),
    };
    seeds::create_officer(&house.ctx, &Hashing::least(), seed).await.unwrap();
    let mut visitor = house.visitor();
    let fields = [("login", username), ("password", PASSWORD)];
    let answer = visitor.post("/dang-nhap", &fields).await;
    assert!(answer.status.is_redirection(), "{username}: {}", answer.title());
    let code = TotpSecret::new(SECRET).code(house.ctx.clock.now());
    let second = answer.location().to_owned();
    visitor.get(&second).await;
    let answer = visitor.post(&second, &[("code", &code)]).await;
    assert!(answer.status.is_redirection(), "{username} at {second}: {}", answer.title());
    visitor
}
