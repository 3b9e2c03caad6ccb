//! `migrate`, `backup`, `restore`, `check`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use platform::audit::{self, Head};
use platform::clock::Clock;
use platform::files::{Damage, Files};
use platform::ids::Ids;
use platform::store::{Store, StoreError, Tables};

use super::archive::{self, Contents};
use super::quiet_house;
use crate::house::{address, make_folder, open_store};
use crate::settings::Home;
use crate::{parts, say};

pub async fn migrate(home: &Home) -> Result<()> {
    let house = quiet_house(home).await?;
    house.close(None).await;
    say::line("The tables are up to date. / Cấu trúc dữ liệu đã được cập nhật.");
    Ok(())
}

/// The database first, then the attachments: content is on disk before the row that names it, so
/// whatever the copy of the database names is there to be copied.
pub async fn backup(home: &Home, file: &Path) -> Result<()> {
    archive::must_be_new(file)?;
    let folder = tempfile::tempdir_in(parent(file)).with_context(|| {
        format!("{0} cannot be written / không ghi được vào {0}", parent(file).display())
    })?;
    let database = folder.path().join(archive::DATABASE);
    let store = open_store(home).await?;
    let copied = copy(&store, &database).await;
    store.close().await;
    let head = copied.context("the database cannot be copied / không chép được cơ sở dữ liệu")?;
    let head = head.map(|head| keep(&folder.path().join(archive::HEAD), &head.note)).transpose()?;
    let (contents, to) = (Contents { database, head, data: home.data.clone() }, file.to_owned());
    let count = tokio::task::spawn_blocking(move || archive::write(&contents, &to)).await??;
    say::line(&format!(
        "{0}: the database and {count} attachments / cơ sở dữ liệu và {count} tệp đính kèm",
        file.display()
    ));
    if let Some(key) = home.master_key_file.as_ref().filter(|_| !home.key_lies_in_data()) {
        say::line(&format!(
            "The master key {0} is not in it: keep a copy elsewhere. / Khóa chính {0} không nằm \
             trong đó: giữ một bản ở nơi khác.",
            key.display()
        ));
    }
    Ok(())
}

/// The newest head, and then a copy of the database, which therefore holds all that it covers.
async fn copy(store: &Store, to: &Path) -> Result<Option<Head>, StoreError> {
    let head = store.read::<_, StoreError, _>(audit::head).await?;
    store.backup(&tables(), to).await?;
    Ok(head)
}

fn keep(file: &Path, text: &str) -> Result<PathBuf> {
    std::fs::write(file, text)?;
    Ok(file.to_owned())
}

pub async fn restore(home: &Home, file: &Path) -> Result<()> {
    make_folder(&home.data)?;
    archive::must_be_empty(&home.data, home.database.is_none())?;
    let folder = tempfile::tempdir_in(&home.data)?;
    let (from, into) = (file.to_owned(), folder.path().to_owned());
    let count = tokio::task::spawn_blocking(move || archive::read(&from, &into))
        .await?
        .with_context(|| {
            format!("{0} is not a whole backup / {0} không phải bản sao lưu đầy đủ", file.display())
        })?;
    let database = folder.path().join(archive::DATABASE);
    Store::restore(&database, &address(home), &tables())
        .await
        .context("the database cannot be filled / không nạp được cơ sở dữ liệu")?;
    archive::move_in(folder.path(), &home.data)?;
    say::line(&format!(
        "Restored the database and {count} attachments. / Đã khôi phục cơ sở dữ liệu và {count} tệp."
    ));
    Ok(())
}

pub async fn check(home: &Home) -> Result<ExitCode> {
    let store = open_store(home).await?;
    let clock = Clock::System;
    let files = Files::at(&home.data, store.clone(), clock.clone(), Ids::system(clock))?;
    let faults = store.integrity_check().await;
    let damage = files.check().await;
    store.close().await;
    let (faults, damage) = (faults?, damage?);
    for fault in &faults {
        say::line(&format!("database: {fault}"));
    }
    for damaged in &damage {
        say::line(&match damaged {
            Damage::Missing { sha256 } => format!("attachment {sha256} is missing / bị mất"),
            Damage::Changed { sha256 } => format!("attachment {sha256} was changed / bị sửa"),
        });
    }
    if faults.is_empty() && damage.is_empty() {
        say::line("Database and attachments are whole. / Cơ sở dữ liệu và tệp đều nguyên vẹn.");
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::from(1))
}

fn tables() -> Vec<Tables> {
    parts::all().iter().map(|part| part.tables).collect()
}

fn parent(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
