//! What the operator chose: the command line first, then the environment, then the default.
//! The only place that reads the environment.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use platform::web::BearerToken;

/// The file of the master key, unless the operator names another.
pub const MASTER_KEY: &str = "master.key";

/// Where the data live. Every command takes these three.
#[derive(Args, Clone, Debug)]
pub struct Home {
    /// Folder of the SQLite database, the attachments and the keys; made when it is not there
    #[arg(long, value_name = "DIR", env = "LIENTHONG_DATA", default_value = "./data")]
    pub data: PathBuf,
    /// PostgreSQL instead of SQLite: postgres://user:password@host/database (files stay in --data)
    #[arg(long, value_name = "URL", env = "LIENTHONG_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// File of the master key that sealed values open with; made at the first start when it is not
    /// there. By default master.key in --data
    #[arg(long, value_name = "FILE", env = "LIENTHONG_MASTER_KEY_FILE")]
    pub master_key_file: Option<PathBuf>,
    #[command(flatten)]
    pub token: Token,
}

/// Keys that never leave their hardware.
#[derive(Args, Clone, Debug, Default)]
pub struct Token {
    /// Library of the maker of a token or hardware module, for keys kept with PKCS#11
    #[arg(long, value_name = "FILE", env = "LIENTHONG_PKCS11_MODULE", requires = "pkcs11_token")]
    pub pkcs11_module: Option<PathBuf>,
    /// Label of the token in it
    #[arg(long, value_name = "LABEL", env = "LIENTHONG_PKCS11_TOKEN", requires = "pkcs11_module")]
    pub pkcs11_token: Option<String>,
    /// File that holds the token's PIN and nothing else
    #[arg(long, value_name = "FILE", env = "LIENTHONG_PKCS11_PIN_FILE")]
    pub pkcs11_pin_file: Option<PathBuf>,
    /// Only by the environment: a command line is seen by everyone on the machine
    #[arg(long, env = "LIENTHONG_PKCS11_PIN", hide = true, hide_env_values = true)]
    pub pkcs11_pin: Option<Pin>,
}

/// The address under which the world finds what stands in certificates.
#[derive(Args, Clone, Debug)]
pub struct PublicAddress {
    /// The address people type; it stands in every certificate: https://dichvucong.example.vn
    #[arg(long, value_name = "URL", env = "LIENTHONG_PUBLIC_ADDRESS", global = true)]
    pub public_address: Option<String>,
}

/// Shows itself nowhere.
#[derive(Clone)]
pub struct Pin(pub String);

impl std::str::FromStr for Pin {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Pin, Self::Err> {
        Ok(Pin(text.to_owned()))
    }
}

impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pin")
    }
}

impl Home {
    /// SQLite in this folder, with its keys beside it.
    pub fn folder(data: PathBuf) -> Home {
        Home { data, database: None, master_key_file: None, token: Token::default() }
    }

    pub fn master_key(&self) -> PathBuf {
        self.master_key_file.clone().unwrap_or_else(|| self.data.join(MASTER_KEY))
    }

    /// Where a backup finds it.
    pub fn key_lies_in_data(&self) -> bool {
        self.master_key() == self.data.join(MASTER_KEY)
    }
}

/// How the site is served.
#[derive(Args, Clone, Debug)]
pub struct Site {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDR", env = "LIENTHONG_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The address people type, printed in QR codes and notices: https://dichvucong.example.vn
    #[arg(long, value_name = "URL", env = "LIENTHONG_PUBLIC_ADDRESS")]
    pub public_address: Option<String>,
    /// Address and port of a listener of its own for the document axis, whose API stands at its
    /// root there; it also stands below /axis/ of the site. The same TLS as --listen
    #[arg(long, value_name = "ADDR", env = "LIENTHONG_AXIS_LISTEN")]
    pub axis_listen: Option<SocketAddr>,
    /// PEM file of the TLS certificate chain; with --tls-key the site speaks HTTPS
    #[arg(long, value_name = "FILE", env = "LIENTHONG_TLS_CERTIFICATE", requires = "tls_key")]
    pub tls_certificate: Option<PathBuf>,
    /// PEM file of its private key; both are read again when they change
    #[arg(long, value_name = "FILE", env = "LIENTHONG_TLS_KEY", requires = "tls_certificate")]
    pub tls_key: Option<PathBuf>,
    /// How many proxies stand in front and may be believed about the caller's address
    #[arg(long, value_name = "N", env = "LIENTHONG_TRUSTED_PROXIES", default_value_t = 0)]
    pub trusted_proxies: u8,
    /// Token of at least 16 characters that opens /metrics to other machines, and on this one
    /// behind a proxy: sent as Authorization: Bearer TOKEN
    #[arg(
        long,
        value_name = "TOKEN",
        env = "LIENTHONG_METRICS_TOKEN",
        hide_env_values = true,
        value_parser = metrics_token
    )]
    pub metrics_token: Option<BearerToken>,
}

fn metrics_token(text: &str) -> Result<BearerToken, String> {
    BearerToken::new(text).ok_or_else(|| {
        format!("at least {0} characters / cần ít nhất {0} ký tự", BearerToken::LENGTH_MIN)
    })
}

/// The ways out of the building.
#[derive(Args, Clone, Debug)]
pub struct WaysOut {
    /// Mail server for notices: smtps://user:password@host:465 or smtp://host:25.
    /// Without it notices are kept in the outbox and shown to administrators
    #[arg(long, value_name = "URL", env = "LIENTHONG_SMTP", hide_env_values = true)]
    pub smtp: Option<String>,
    /// The sender of those mails
    #[arg(
        long,
        value_name = "MAIL",
        env = "LIENTHONG_MAIL_FROM",
        default_value = "khong-tra-loi@lienthong.invalid"
    )]
    pub mail_from: String,
    /// Gateway for short messages: an https address that takes JSON
    #[arg(long, value_name = "URL", env = "LIENTHONG_SMS", requires = "sms_key")]
    pub sms: Option<String>,
    /// Key shared with that gateway; each message is signed with it
    #[arg(long, value_name = "KEY", env = "LIENTHONG_SMS_KEY", hide_env_values = true)]
    pub sms_key: Option<String>,
    /// The press; by default lienthong-printer beside this program
    #[arg(long, value_name = "FILE", env = "LIENTHONG_PRINTER")]
    pub printer: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Log {
    /// What to log: error, warn, info, debug, or per part: info,platform::jobs=debug
    #[arg(long, global = true, value_name = "FILTER", env = "LIENTHONG_LOG")]
    pub log: Option<String>,
}
