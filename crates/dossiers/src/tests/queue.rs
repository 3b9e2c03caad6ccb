//! What is done forty times a day stands in the queue itself, for whoever may do it.

use super::town::Town;

#[tokio::test]
async fn a_new_dossier_is_accepted_from_its_line_in_the_queue() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let quick = format!("/can-bo{dossier}/viec/tiep-nhan");
    let mut clerk = town.officer("mot.cua").await;
    let queue = clerk.get("/can-bo/ho-so").await;
    assert!(queue.has(&format!("href=\"{quick}\"")), "{}", queue.text);
    // Whoever only hands results over sees the line, and no such link.
    let mut desk = town.officer("tra.ket.qua").await;
    let queue = desk.get("/can-bo/ho-so?don-vi=H57.101.01&muc=cho-tiep-nhan").await;
    assert!(queue.has("Nguyễn Thị Bình") && !queue.has(&quick), "{}", queue.text);
    let page = clerk.get(&quick).await;
    let version = page.input("version").unwrap().to_owned();
    let done = clerk.post(&quick, &[("version", &version)]).await;
    assert_eq!(done.location(), format!("/can-bo{dossier}"), "{}", done.text);
    let queue = clerk.get("/can-bo/ho-so?muc=dang-xu-ly").await;
    assert!(!queue.has("/viec/tiep-nhan"), "accepted once: {}", queue.text);
    assert!(!clerk.get("/can-bo/ho-so").await.has(&quick));
}

#[tokio::test]
async fn a_result_is_handed_over_from_its_line_by_whoever_hands_results_over() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    town.decided(&mut clerk, &dossier).await;
    let quick = format!("/can-bo{dossier}/viec/tra-ket-qua");
    let ready = "/can-bo/ho-so?don-vi=H57.101.01&muc=cho-tra";
    let mut desk = town.officer("tra.ket.qua").await;
    let at_desk = desk.get(ready).await;
    assert!(at_desk.has(&format!("href=\"{quick}\"")), "{}", at_desk.text);
    let page = desk.get(&quick).await;
    let version = page.input("version").unwrap().to_owned();
    let done = desk.post(&quick, &[("version", &version), ("cach", "person")]).await;
    assert_eq!(done.location(), format!("/can-bo{dossier}"), "{}", done.text);
    assert!(!desk.get(ready).await.has(&quick), "handed over once");
}
