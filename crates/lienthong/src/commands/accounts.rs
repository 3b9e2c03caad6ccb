//! `lienthong accounts`: the first administrator, who opens all other accounts on the pages.

use anyhow::{Context, Result, anyhow, ensure};
use clap::{Args, Subcommand};
use identity::commands::seeds::{self, SeedOfficer};
use identity::totp::TotpSecret;
use identity::{Hashing, Password, PersonName, Role, Username};
use platform::store::StoreError;

use super::quiet_house;
use crate::say;
use crate::settings::Home;

#[derive(Args)]
pub struct Accounts {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Opens an account that administers a unit and all below it; prints its secrets once
    Administrator {
        #[command(flatten)]
        home: Home,
        /// Identification code of the unit: H57, G12 …
        #[arg(long, value_name = "CODE")]
        unit: String,
        /// Full name
        #[arg(long)]
        name: String,
        /// What to sign in with: small letters, digits and . - _ @
        #[arg(long, value_name = "NAME")]
        username: String,
        /// Administers the whole installation: every unit, failed jobs, the audit log
        #[arg(long)]
        system: bool,
    },
}

impl Accounts {
    pub async fn run(self) -> Result<()> {
        let What::Administrator { home, unit, name, username, system } = self.what;
        let username = Username::parse(&username).map_err(|no| anyhow!("--username: {no}"))?;
        let name = PersonName::parse(&name).map_err(|no| anyhow!("--name: {no}"))?;
        let house = quiet_house(&home).await?;
        let code = unit.clone();
        let found = house
            .ctx
            .store
            .read::<_, StoreError, _>(move |tx| organisations::queries::by_code(tx, &code))
            .await?;
        let unit =
            found.with_context(|| format!("there is no unit {unit} / không có đơn vị {unit}"))?;
        let (password, totp) = (house.ctx.ids.token(), TotpSecret::new(house.ctx.ids.secret()));
        let role = match system {
            true => (Role::SystemAdministrator, None),
            false => (Role::UnitAdministrator, Some(unit.id)),
        };
        let seed = SeedOfficer {
            username: username.clone(),
            name,
            home: unit.id,
            roles: vec![role],
            password: Password::typed(&password[..24]),
            totp: Some(totp.clone()),
        };
        let opened = seeds::create_officer(&house.ctx, &Hashing::standard(), seed).await;
        house.close(None).await;
        let (_, is_new) = opened.map_err(|no| anyhow!("{no:?}"))?;
        ensure!(is_new, "the account {} is there already", username.as_str());
        say::line(&format!("user name / tên đăng nhập:         {}", username.as_str()));
        say::line(&format!("password / mật khẩu:               {}", &password[..24]));
        say::line(&format!("one-time codes / khóa tạo mã:      {}", totp.text()));
        say::line("Keep them now: they are shown once. / Ghi lại ngay: chỉ hiện một lần.");
        Ok(())
    }
}
