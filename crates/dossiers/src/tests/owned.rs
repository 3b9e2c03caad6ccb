//! What was taken in at a counter belongs to the account whose number an officer has checked, and
//! to no account that only says it is its number.

use identity::Assurance;
use platform::testing::Visitor;

use super::town::Town;

const DUNG: &str = "046095007777";

async fn sees(visitor: &mut Visitor, dossier: &str) -> bool {
    let listed = visitor.get("/ho-so").await.has(dossier);
    let shown = visitor.get(dossier).await.status == 200;
    assert_eq!(listed, shown, "the list and the page agree");
    shown
}

#[tokio::test]
async fn a_dossier_of_the_counter_appears_at_once_in_the_checked_account_and_its_wallet() {
    let town = Town::build().await;
    let person = (DUNG, "Lê Văn Dũng", "0977777777");
    let mut dung = town.register(person, Assurance::Checked).await;
    let mut clerk = town.officer("mot.cua").await;
    let dossier = town.taken_in(&mut clerk, "Lê Văn Dũng", "046 095 007 777").await;
    assert!(sees(&mut dung, &dossier).await);
    let elsewhere = town.taken_in(&mut clerk, "Trần Văn Cường", "046195004321").await;
    assert!(!sees(&mut dung, &elsewhere).await, "another's number");
    town.decided(&mut clerk, &dossier).await;
    let wallet = dung.get("/vi-giay-to").await;
    assert!(wallet.has("Giấy khai sinh") && wallet.has(&dossier), "{}", wallet.text);
    assert_eq!(dung.get(&format!("{dossier}/ket-qua")).await.status, 200);
}

#[tokio::test]
async fn an_account_registered_later_finds_it_only_once_its_number_is_checked() {
    let town = Town::build().await;
    let mut clerk = town.officer("mot.cua").await;
    // Cường's account says this number; nobody has compared it with papers.
    let dossier = town.taken_in(&mut clerk, "Trần Văn Cường", "046195004321").await;
    let mut cuong = town.cuong().await;
    assert!(!sees(&mut cuong, &dossier).await);
    assert!(!cuong.get("/vi-giay-to").await.has(&dossier));
    for path in ["rut", "bo-sung", "phieu/slip01/1", "ket-qua"] {
        let answer = cuong.get(&format!("{dossier}/{path}")).await;
        assert_eq!(answer.status, 404, "{path}");
    }
    let later = town.taken_in(&mut clerk, "Lê Văn Dũng", DUNG).await;
    let mut dung = town.register((DUNG, "Lê Văn Dũng", "0977777777"), Assurance::Checked).await;
    assert!(sees(&mut dung, &later).await, "registered after the dossier was taken in");
}

#[tokio::test]
async fn a_number_of_an_enterprise_is_nobodys_personal_number() {
    let town = Town::build().await;
    let mut dung = town.register((DUNG, "Lê Văn Dũng", "0977777777"), Assurance::Checked).await;
    let mut clerk = town.officer("mot.cua").await;
    let dossier = town.taken_in(&mut clerk, "Công ty Ví dụ", "0101243150").await;
    let unnamed = town.taken_in(&mut clerk, "Lê Văn Dũng", "").await;
    assert!(!sees(&mut dung, &dossier).await);
    assert!(!sees(&mut dung, &unnamed).await, "without a number it is nobody's");
}
