//! From settings to a running program: the store, the tables, the context, the site, the worker.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use platform::clock::Clock;
use platform::files::Files;
use platform::ids::Ids;
use platform::jobs::Worker;
use platform::outside::{
    Encryption, Mail, MailServer, Outbox, Outside, Press, PressPlan, Sms, SmsGateway,
};
use platform::store::{Address, Store, Tables};
use platform::vault::{self, MasterKey, Vault};
use platform::words::Words;
use platform::{Ctx, HardwareToken, Settings};
use reqwest::Url;

use crate::parts;
use crate::settings::{self, Home, Site, WaysOut};

/// How long a mail server or gateway may take for one message.
const PATIENCE: Duration = Duration::from_secs(20);

/// A store that fits, with its tables up to date, and all that hangs on it.
pub struct House {
    pub ctx: Ctx,
}

/// How the house is opened, beside where it stands.
pub struct Plan<'a> {
    pub home: &'a Home,
    pub site: &'a Site,
    pub ways_out: &'a WaysOut,
    pub demo: bool,
}

impl House {
    pub async fn open(plan: &Plan<'_>) -> Result<House> {
        House::open_at(plan, Clock::System).await
    }

    /// On another day, for tests of what has lain for long.
    pub async fn open_at(plan: &Plan<'_>, clock: Clock) -> Result<House> {
        make_folder(&plan.home.data)?;
        let store = open_store(plan.home).await?;
        let all = parts::all();
        let tables: Vec<Tables> = all.iter().map(|part| part.tables).collect();
        store.migrate(&tables).await.context(
            "the tables cannot be brought up to date; nothing was changed \
             / không cập nhật được cấu trúc dữ liệu, dữ liệu còn nguyên",
        )?;
        let ids = Ids::system(clock.clone());
        let vault = open_vault(&plan.home.master_key(), &store, &ids).await?;
        let words: Vec<_> = all.iter().map(|part| part.words).collect();
        let outbox = Outbox::new(store.clone(), clock.clone(), ids.clone());
        let ctx = Ctx {
            files: Files::at(&plan.home.data, store.clone(), clock.clone(), ids.clone())
                .with_context(|| cannot_write(&plan.home.data))?,
            words: Words::load(&words)?,
            outside: outside(plan.ways_out, outbox, clock.clone())?,
            vault,
            settings: Arc::new(settings(plan)?),
            store,
            clock,
            ids,
        };
        organisations::commands::seed(&ctx).await.context("the shipped catalogue of agencies")?;
        procedures::shipped::load(&ctx).await.context("the shipped procedures")?;
        Ok(House { ctx })
    }

    /// The worker of this process; other processes on the same database have theirs.
    pub fn start_worker(&self) -> Worker {
        let all = parts::all();
        let kinds = all.iter().flat_map(|part| part.jobs.iter().copied()).collect();
        let schedules = all.iter().flat_map(|part| part.schedules.iter().copied()).collect();
        Worker::start(self.ctx.clone(), kinds, schedules)
    }

    /// Work under way ends, what waits is on disk, the lanes are closed.
    pub async fn close(self, worker: Option<Worker>) {
        if let Some(worker) = worker {
            worker.stop(Duration::from_secs(10)).await;
        }
        self.ctx.store.close().await;
    }
}

pub fn address(home: &Home) -> Address {
    match &home.database {
        Some(url) => Address::Postgres(url.clone()),
        None => Address::Sqlite(home.data.join("lienthong.sqlite")),
    }
}

pub async fn open_store(home: &Home) -> Result<Store> {
    let store = Store::open(&address(home)).await;
    store.with_context(|| match &home.database {
        Some(_) => "the database at --database does not open; check address, user and password \
                    / không mở được cơ sở dữ liệu ở --database, kiểm tra địa chỉ, tên và mật khẩu"
            .to_owned(),
        None => cannot_write(&home.data),
    })
}

/// The vault of this database. Another key than its own opens nothing, so nothing is begun with it;
/// and where one was in use, no new one is made.
async fn open_vault(file: &Path, store: &Store, ids: &Ids) -> Result<Vault> {
    if !file.exists() {
        ensure!(
            !vault::is_begun(store).await?,
            "the master key {0} is not there, and this database was begun with one: put the file \
             back, or name it with --master-key-file / không thấy khóa chính {0} mà cơ sở dữ liệu \
             này đang dùng: đặt lại tệp hoặc chỉ ra bằng --master-key-file",
            file.display()
        );
        MasterKey::make(file, ids).with_context(|| unreadable_key(file))?;
    }
    let key = MasterKey::read(file).with_context(|| unreadable_key(file))?;
    let vault = Vault::new(&key)?;
    ensure!(
        vault.fits(store).await?,
        "the master key {0} is not the one this database was begun with: nothing sealed would \
         open. Name the right file with --master-key-file / khóa chính {0} không phải khóa của cơ \
         sở dữ liệu này nên không mở được dữ liệu đã niêm phong. Chỉ ra đúng tệp bằng \
         --master-key-file",
        file.display()
    );
    Ok(vault)
}

fn unreadable_key(file: &Path) -> String {
    format!(
        "the master key {0} cannot be used: check that the file may be read and holds 64 \
         hexadecimal digits or the base64 of 32 bytes / không dùng được khóa chính {0}: kiểm tra \
         quyền đọc và nội dung tệp, cần 64 chữ số thập lục phân hoặc base64 của 32 byte",
        file.display()
    )
}

pub fn make_folder(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| cannot_write(folder))
}

fn cannot_write(folder: &Path) -> String {
    format!(
        "the data folder {0} cannot be used: check that it exists, may be written and has space, \
         or name another with --data / không dùng được thư mục dữ liệu {0}: kiểm tra quyền ghi và \
         dung lượng, hoặc chọn thư mục khác bằng --data",
        folder.display()
    )
}

fn settings(plan: &Plan<'_>) -> Result<Settings> {
    let scheme = if plan.site.tls_certificate.is_some() { "https" } else { "http" };
    let own = format!("{scheme}://{}", plan.site.listen);
    let public_address = plan.site.public_address.clone().unwrap_or(own);
    Ok(Settings {
        public_address: public_address.trim_end_matches('/').to_owned(),
        machine_address: plan.site.axis_listen.map(|listen| format!("{scheme}://{listen}")),
        demo: plan.demo,
        trusted_proxies: plan.site.trusted_proxies,
        token: token(&plan.home.token)?,
    })
}

/// The token that keeps keys, with its PIN from a file or the environment.
fn token(chosen: &settings::Token) -> Result<Option<HardwareToken>> {
    let (Some(module), Some(label)) = (&chosen.pkcs11_module, &chosen.pkcs11_token) else {
        return Ok(None);
    };
    let pin = match (&chosen.pkcs11_pin_file, &chosen.pkcs11_pin) {
        (Some(file), _) => std::fs::read_to_string(file)
            .with_context(|| format!("{0} cannot be read / không đọc được {0}", file.display()))?
            .trim_end_matches(['\r', '\n'])
            .to_owned(),
        (None, Some(pin)) => pin.0.clone(),
        (None, None) => bail!(
            "the token needs its PIN: name a file with --pkcs11-pin-file, or set \
             LIENTHONG_PKCS11_PIN / thiếu mã PIN của thiết bị: chỉ ra tệp bằng --pkcs11-pin-file \
             hoặc đặt LIENTHONG_PKCS11_PIN"
        ),
    };
    Ok(Some(HardwareToken { module: module.clone(), label: label.clone(), pin }))
}

fn outside(ways: &WaysOut, outbox: Outbox, clock: Clock) -> Result<Outside> {
    let mail = match &ways.smtp {
        Some(url) => Mail::smtp(&mail_server(url, &ways.mail_from)?, clock.clone())?,
        None => Mail::Recorded(outbox.clone()),
    };
    let sms = match (&ways.sms, &ways.sms_key) {
        (Some(address), Some(key)) => {
            let secret = key.clone().into_bytes();
            Sms::http(&SmsGateway { address: address.clone(), secret, timeout: PATIENCE }, clock)?
        }
        _ => Sms::Recorded(outbox),
    };
    let printer = ways.printer.clone().or_else(printer_beside_us);
    Ok(Outside { press: Press::new(PressPlan::with(printer)), mail, sms })
}

/// `smtps://user:password@host:465`, `smtp+starttls://…:587`, or `smtp://localhost:25`.
fn mail_server(url: &str, from: &str) -> Result<MailServer> {
    let wrong = "--smtp is smtps://user:password@host:465, smtp+starttls://user:password@host:587 \
                 or smtp://localhost:25";
    let parsed = Url::parse(url).context(wrong)?;
    let (encryption, usual_port) = match parsed.scheme() {
        "smtps" => (Encryption::Tls, 465),
        "smtp+starttls" => (Encryption::StartTls, 587),
        "smtp" => (Encryption::Plain, 25),
        _ => bail!(wrong),
    };
    let password = parsed.password().unwrap_or_default().to_owned();
    Ok(MailServer {
        host: parsed.host_str().context(wrong)?.to_owned(),
        port: parsed.port().unwrap_or(usual_port),
        encryption,
        user: (!parsed.username().is_empty()).then(|| (parsed.username().to_owned(), password)),
        from: from.to_owned(),
        timeout: PATIENCE,
    })
}

/// `lienthong-printer` stands beside this program, there or soon.
fn printer_beside_us() -> Option<PathBuf> {
    let here = std::env::current_exe().ok()?;
    Some(here.parent()?.join("lienthong-printer"))
}
