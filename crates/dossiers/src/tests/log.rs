//! The log of an office tells what was done to its dossiers, by whomever.

use organisations::UnitId;
use platform::audit::{self, Entry, Filter, Scope};
use platform::store::StoreError;

use super::town::Town;
use crate::event::EventKind;

async fn verbs(town: &Town, office: UnitId) -> Vec<String> {
    let scope = Scope::Offices(vec![office.0]);
    let filter = Filter { scope, limit: 500, ..Filter::default() };
    let found: Result<Vec<Entry>, StoreError> =
        town.house.ctx.store.read(move |tx| audit::search(tx, &filter)).await;
    found.unwrap().into_iter().map(|row| row.verb).collect()
}

#[tokio::test]
async fn what_is_done_to_a_dossier_is_told_in_its_office_and_above_and_nowhere_else() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    audit::seal(&town.house.ctx).await.unwrap();
    for office in [town.centre, town.commune, town.province] {
        let told = verbs(&town, office).await;
        for kind in [EventKind::Sent, EventKind::Accepted] {
            assert_eq!(told.iter().filter(|verb| *verb == kind.verb()).count(), 1, "{kind:?}");
        }
    }
    let other = verbs(&town, town.elsewhere).await;
    assert!(other.iter().all(|verb| !verb.starts_with("dossiers.")), "{other:?}");
    let mut administrator = town.officer("quan.tri").await;
    let page =
        administrator.get(&format!("/quan-tri/nhat-ky?viec={}", EventKind::Sent.verb())).await;
    assert!(page.has("Nguyễn Thị Bình") && page.has("Xã Châu Thới"), "{}", page.text);
}
