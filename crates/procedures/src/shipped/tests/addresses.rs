use jiff::civil::date;
use platform::testing::House;

use crate::queries;

#[tokio::test]
async fn forms_offer_the_provinces_and_communes_of_the_catalogue_by_their_names() {
    let house = House::build(vec![organisations::part(), identity::part(), crate::part()]).await;
    organisations::commands::seed(&house.ctx).await.unwrap();
    let on = date(2026, 11, 23);
    let places = house.ctx.store.read(move |tx| queries::places(tx, on)).await.unwrap();
    assert_eq!(places.provinces().len(), 34);
    let count: usize =
        places.provinces().iter().map(|province| places.communes(&province.code).len()).sum();
    assert_eq!(count, 3321);
    assert!(places.has("01", "00004") && !places.has("31", "00004"));
    let line = places.line("01", "00004", "12 Quán Thánh");
    assert!(line.contains("Ba Đình") && line.contains("Hà Nội"), "{line}");
}
