//! More people of the commune: a deputy, the head of the office and a deputy of theirs; and
//! somebody who looks after another province.

use identity::Role;
use jiff::Timestamp;
use organisations::Kind;
use platform::testing::MONDAY_MORNING;

use super::commune::{COMMUNE, Town, founded, officer};

/// Nobody has a certificate.
pub async fn bare() -> Town {
    peopled(Town::bare(MONDAY_MORNING).await).await
}

/// Leader, deputy, clerk and commune have certificates.
pub async fn certified() -> Town {
    let mut town = peopled(Town::new().await).await;
    town.certify_person("phochutich", "Phó Chủ tịch").await;
    town
}

async fn peopled(town: Town) -> Town {
    let province = ("H17", "Ủy ban nhân dân thành phố Đà Nẵng", Kind::ProvinceCommittee);
    founded(&town.house, province).await;
    for (username, role, at) in [
        ("phochutich", Role::Leader, COMMUNE),
        ("chanhvanphong", Role::Head, COMMUNE),
        ("phovanphong", Role::Specialist, COMMUNE),
        ("quantri.danang", Role::UnitAdministrator, "H17"),
    ] {
        officer(&town.house, username, role, at).await;
    }
    town
}

/// What was done about signing, the newest first.
pub async fn verbs(town: &Town) -> Vec<String> {
    let verbs = town.log().await.into_iter().map(|act| act.verb);
    verbs.filter(|verb| verb.starts_with("signing.")).collect()
}

pub fn pass_days(town: &Town, days: i64) -> Timestamp {
    town.pass_seconds(days * 24 * 60 * 60);
    town.ctx().clock.now()
}
