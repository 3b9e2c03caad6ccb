//! The master key: made once, found again, and never taken for another.

use std::path::Path;

use clap::Parser;
use lienthong::cli;
use lienthong::house::{House, Plan};
use lienthong::settings::Home;
use platform::vault::Place;

const HERE: Place<'_> = Place { table: "letters", column: "text", row: b"1" };

/// As the command line gives it.
#[derive(Parser)]
struct Line {
    #[command(flatten)]
    home: Home,
}

fn home(data: &Path, key: Option<&Path>) -> Home {
    let mut line = vec!["lienthong".as_ref(), "--data".as_ref(), data.as_os_str()];
    if let Some(key) = key {
        line.extend(["--master-key-file".as_ref(), key.as_os_str()]);
    }
    Line::parse_from(line).home
}

async fn open(home: &Home) -> anyhow::Result<House> {
    let (site, ways_out) = cli::nothing_goes_out();
    House::open(&Plan { home, site: &site, ways_out: &ways_out, demo: false }).await
}

/// What is said when the house does not open, in both languages.
async fn refused(home: &Home) -> String {
    match open(home).await {
        Ok(_) => panic!("the house opened"),
        Err(error) => format!("{error:#}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_opens_with_its_own_master_key_and_with_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let house = open(&home(&data, None)).await.unwrap();
    let sealed = house.ctx.vault.seal(HERE, b"a secret").unwrap();
    house.close(None).await;

    let key = data.join("master.key");
    let house = open(&home(&data, None)).await.unwrap();
    assert_eq!(house.ctx.vault.open(HERE, &sealed).unwrap(), b"a secret");
    house.close(None).await;

    let elsewhere = folder.path().join("kept-elsewhere");
    std::fs::rename(&key, &elsewhere).unwrap();
    let said = refused(&home(&data, None)).await;
    assert!(said.contains("is not there") && said.contains("không thấy khóa chính"), "{said}");
    assert!(!key.exists(), "no new key takes the place of a lost one");

    let other = folder.path().join("other");
    std::fs::write(&other, "0a".repeat(32)).unwrap();
    let said = refused(&home(&data, Some(&other))).await;
    assert!(said.contains("is not the one") && said.contains("không phải khóa"), "{said}");
    std::fs::write(&other, "no key").unwrap();
    let said = refused(&home(&data, Some(&other))).await;
    assert!(said.contains("cannot be used") && said.contains("không dùng được"), "{said}");

    let house = open(&home(&data, Some(&elsewhere))).await.unwrap();
    assert_eq!(house.ctx.vault.open(HERE, &sealed).unwrap(), b"a secret");
    house.close(None).await;
}
