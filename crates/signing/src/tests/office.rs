//! More people of the commune: a deputy, the head of the office and a deputy of theirs; and
//! somebody who looks after another province.

use identity::Role;
use jiff::Timestamp;
use organisations::{Code, Kind, Mandate, Name, Scope as MandateScope};
use platform::audit::{self, Entry, Filter};
use platform::store::StoreError;
use platform::testing::MONDAY_MORNING;

use super::commune::{COMMUNE, Town, officer};

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
    let over = MandateScope::Everything;
    let mandate = Mandate { actor: None, actor_name: "Bản thử".to_owned(), over };
    let code = Code::issue("H17").unwrap();
    let name = Name::parse("Ủy ban nhân dân thành phố Đà Nẵng").unwrap();
    let draft = organisations::commands::Draft::new(code, name, Kind::ProvinceCommittee);
    organisations::commands::create(town.ctx(), &mandate, draft).await.unwrap();
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
    let filter = Filter { limit: 500, ..Filter::default() };
    let found: Result<Vec<Entry>, StoreError> =
        town.ctx().store.read(move |tx| audit::search(tx, &filter)).await;
    let verbs = found.unwrap().into_iter().map(|act| act.verb);
    verbs.filter(|verb| verb.starts_with("signing.")).collect()
}

pub fn pass_days(town: &Town, days: i64) -> Timestamp {
    town.pass_seconds(days * 24 * 60 * 60);
    town.ctx().clock.now()
}
