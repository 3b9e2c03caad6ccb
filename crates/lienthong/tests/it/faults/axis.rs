//! The document axis killed under load, with its disk full, asked twice and in the wrong order, cut
//! off at every byte: what it acknowledged arrives, once; of what it did not, nothing is there. And
//! two of them that exchange while one or the other is killed.

mod disk;
mod kills;
mod kit;
mod requests;
mod two;

use std::path::Path;

use lienthong::house::House;
use organisations::queries as catalogue;
use platform::clock;
use platform::store::{StoreError, Tx};

use super::empty_house;
use super::program::run;

const SECRET: &str = "mat-khau-cua-dot-thu-loi-0123456789";
const MINISTRY: &str = "G22";
const SENDER: &str = "bo.gui";

/// An installation with the system of a ministry that sends, and those of communes of Huế that
/// receive: `xa.0`, `xa.1`, … Answers with the communes' codes.
async fn settle(data: &Path, communes: usize) -> Vec<String> {
    let codes = codes(empty_house(data).await, communes).await;
    system(data, SENDER, MINISTRY).await;
    for (place, code) in codes.iter().enumerate() {
        system(data, &receiver(place), code).await;
    }
    codes
}

fn receiver(place: usize) -> String {
    format!("xa.{place}")
}

async fn codes(house: House, communes: usize) -> Vec<String> {
    let today = clock::local(house.ctx.clock.now()).date();
    let read = move |tx: &mut Tx| {
        let hue = catalogue::by_code(tx, "H57")?.expect("Huế");
        let units = catalogue::communes(tx, hue.id, today)?;
        Ok(units.iter().take(communes).map(|unit| unit.code.as_str().to_owned()).collect())
    };
    let codes: Result<Vec<String>, StoreError> = house.ctx.store.read(read).await;
    house.close(None).await;
    codes.unwrap()
}

/// A system that speaks for one agency.
async fn system(data: &Path, id: &str, code: &str) {
    run(data, &["axis", "system", "add", id, "--for", code, "--secret", SECRET]).await;
}
