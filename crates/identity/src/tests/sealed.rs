//! What somebody reads who carries the database away, or writes into it: nothing that makes codes.

use platform::store::{StoreError, Tx};

use super::town::{LAN, PASSWORD, Town, secret_of, sign_in};
use crate::Role;
use crate::account::AccountId;
use crate::totp::TotpSecret;

const KEPT: &str = "SELECT totp_secret FROM identity_account WHERE id = $1";
const PUT: &str = "UPDATE identity_account SET totp_secret = $2 WHERE id = $1";
const ANSWERS: &str = "SELECT answers FROM identity_passage WHERE purpose = $1";

async fn kept(town: &Town, id: AccountId) -> Vec<u8> {
    let read = move |tx: &mut Tx| -> Result<(Vec<u8>,), StoreError> { tx.one(KEPT, &[&id.0]) };
    town.ctx().store.read(read).await.unwrap().0
}

async fn put(town: &Town, id: AccountId, bytes: Vec<u8>) {
    let write = move |tx: &mut Tx| -> Result<u64, StoreError> { tx.execute(PUT, &[&id.0, &bytes]) };
    assert_eq!(town.ctx().store.write(write).await.unwrap(), 1);
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|part| part == needle)
}

/// As it would stand in JSON: a list of numbers.
fn as_list(secret: &TotpSecret) -> String {
    let numbers: Vec<String> = secret.as_bytes().iter().map(u8::to_string).collect();
    numbers.join(",")
}

#[tokio::test]
async fn the_key_of_an_app_is_sealed_on_its_account() {
    let town = Town::new().await;
    let hoa = town.officer("hoa.tp", &[(Role::Clerk, "H57.101")]).await;
    let sealed = kept(&town, hoa).await;
    assert!(!holds(&sealed, secret_of("hoa.tp").as_bytes()));
    town.at_work("hoa.tp").await;
}

#[tokio::test]
async fn a_sealed_key_opens_on_no_other_account_and_no_bare_one_is_taken() {
    let town = Town::new().await;
    let hoa = town.officer("hoa.tp", &[(Role::Clerk, "H57.101")]).await;
    let minh = town.officer("minh.tp", &[(Role::Clerk, "H57.101")]).await;
    for planted in [kept(&town, hoa).await, secret_of("hoa.tp").as_bytes().to_vec()] {
        put(&town, minh, planted).await;
        let mut visitor = town.house.visitor();
        sign_in(&mut visitor, "minh.tp", PASSWORD).await;
        let code = town.code("hoa.tp");
        let answer = visitor.post("/dang-nhap/ma", &[("code", &code)]).await;
        assert_eq!(answer.status, 500, "{}", answer.text);
        assert_eq!(visitor.get("/tai-khoan").await.status, 303, "nobody is let in");
    }
}

#[tokio::test]
async fn a_key_that_has_not_answered_yet_is_sealed_too() {
    let town = Town::new().await;
    town.lan().await;
    town.officer_with("moi.vao", &[(Role::Clerk, "H57.101")], None).await;
    let mut lan = town.signed_in(LAN).await;
    lan.get("/tai-khoan/ung-dung-ma").await;
    let mut officer = town.house.visitor();
    sign_in(&mut officer, "moi.vao", PASSWORD).await;
    let shown = [
        ("new-app", lan.get("/tai-khoan/ung-dung-ma/quet").await),
        ("enrol", officer.get("/dang-nhap/ung-dung-ma").await),
    ];
    for (purpose, page) in shown {
        let key = page.text.split_once("<code class=\"key\">").unwrap().1;
        let secret = TotpSecret::parse(key.split_once('<').unwrap().0).unwrap();
        let read =
            move |tx: &mut Tx| -> Result<(String,), StoreError> { tx.one(ANSWERS, &[&purpose]) };
        let (answers,) = town.ctx().store.read(read).await.unwrap();
        assert!(answers.contains("\"secret\":["), "{answers}");
        assert!(!answers.contains(&as_list(&secret)), "{answers}");
    }
}
