use platform::testing::House;

use crate::code::Code;
use crate::{commands, queries, shipped};

#[tokio::test]
async fn loading_publishes_all_and_loading_again_changes_nothing() {
    let house = House::build(vec![organisations::part(), identity::part(), crate::part()]).await;
    let count = shipped::read().unwrap().len();
    assert_eq!(shipped::load(&house.ctx).await.unwrap(), count);
    assert_eq!(shipped::load(&house.ctx).await.unwrap(), 0);
    let now = house.ctx.clock.now();
    let birth = house
        .ctx
        .store
        .read(move |tx| queries::current(tx, &Code::parse("1.001193").unwrap(), now))
        .await
        .unwrap()
        .unwrap();
    assert!(birth.takes_online_dossiers(now));
    assert_eq!(birth.version.form.as_ref().map(|form| form.name()), Some("birth-registration"));
}

#[tokio::test]
async fn a_new_text_of_a_shipped_procedure_becomes_its_next_version() {
    let house = House::build(vec![organisations::part(), identity::part(), crate::part()]).await;
    shipped::load(&house.ctx).await.unwrap();
    let mut versions: Vec<_> =
        shipped::read().unwrap().into_iter().map(|shipped| shipped.version).collect();
    versions[0].note = "Văn bản mới".to_owned();
    assert_eq!(commands::ship(&house.ctx, versions).await.unwrap(), 1);
}
