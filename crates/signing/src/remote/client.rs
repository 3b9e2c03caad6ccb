//! The client of the CSC API v2: service authorisation by client credentials or a token, credential
//! authorisation with what the person typed, signatures over hashes.
//!
//! It goes where the operator sent it and nowhere else, waits no longer than a person does, and
//! writes nothing that was typed into a log.

use std::fmt;
use std::time::Duration;

use reqwest::{RequestBuilder, Response, StatusCode, Url, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::Instant;
use zeroize::Zeroizing;

use super::Named;
use super::fault::{RemoteFault, of_complaint};
use super::messages::{
    Ask, AuthValue, Authorize, Authorized, Challenge, Check, Complaint, Credential, Info,
    IssuerMetadata, List, Listed, SignHash, Signatures, Token, from_base64, in_base64,
};

/// What one signing may take in all: a form is answered within half a minute.
pub const PATIENCE: Duration = Duration::from_secs(24);
const PATIENCE_OF_A_CALL: Duration = Duration::from_secs(12);
const PATIENCE_TO_CONNECT: Duration = Duration::from_secs(4);
/// Between two looks whether the person has confirmed on the other device.
const PAUSE: Duration = Duration::from_secs(1);
const ANSWER_BYTES_MAX: usize = 1 << 20;
const SPECIFICATION: &str = "2.";
const NEEDED: [&str; 4] =
    ["credentials/list", "credentials/info", "credentials/authorize", "signatures/signHash"];

/// By what this installation is known to the service.
#[derive(Clone)]
pub enum Access {
    ClientCredentials { id: String, secret: Zeroizing<String>, token_address: String },
    Bearer(Zeroizing<String>),
}

/// One service. Knows no account and no file.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    address: String,
    access: Access,
}

/// What the person types, by the id of the object it is for.
pub type Typed = Vec<(String, Zeroizing<String>)>;

/// What is to be authorised and signed.
pub struct Batch<'a> {
    pub credential_id: &'a str,
    pub credential: &'a Credential,
    pub named: &'a Named,
    /// Digests, in the order in which the signatures come back.
    pub hashes: &'a [Vec<u8>],
    pub typed: &'a Typed,
    /// What the service may show the person.
    pub description: &'a str,
}

struct Sad {
    value: Zeroizing<String>,
    ends_at: Option<Instant>,
}

impl Client {
    pub fn new(address: &str, access: Access) -> Result<Client, RemoteFault> {
        Client::with_patience(address, access, PATIENCE_OF_A_CALL)
    }

    pub fn with_patience(
        address: &str,
        access: Access,
        patience: Duration,
    ) -> Result<Client, RemoteFault> {
        let address = read_address(address).ok_or(RemoteFault::Address)?;
        let http = reqwest::Client::builder()
            .timeout(patience)
            .connect_timeout(PATIENCE_TO_CONNECT)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| silent(&error))?;
        Ok(Client { http, address, access })
    }

    /// What the service is and whether it has what signing needs.
    pub async fn info(&self) -> Result<Info, RemoteFault> {
        let asked = self.http.post(self.at("info")).json(&serde_json::json!({}));
        let info: Info = answer(asked).await?;
        if !info.specs.starts_with(SPECIFICATION) {
            return Err(RemoteFault::Lacks(format!("CSC API {SPECIFICATION}x")));
        }
        let missing = NEEDED.iter().find(|needed| !info.methods.iter().any(|one| one == *needed));
        match missing {
            Some(method) => Err(RemoteFault::Lacks((*method).to_owned())),
            None => Ok(info),
        }
    }

    /// Where tokens are had, by what the service says of itself.
    pub async fn token_address(&self, info: &Info) -> Result<String, RemoteFault> {
        let lacks = || RemoteFault::Lacks("oauth2client".to_owned());
        if !info.auth_type.iter().any(|kind| kind == "oauth2client") {
            return Err(lacks());
        }
        let address = match (&info.oauth2, &info.oauth2_issuer) {
            (Some(base), _) => format!("{}/oauth2/token", base.trim_end_matches('/')),
            (None, Some(issuer)) => {
                let issuer = read_address(issuer).ok_or(RemoteFault::Address)?;
                let place = format!("{issuer}/.well-known/oauth-authorization-server");
                answer::<IssuerMetadata>(self.http.get(place)).await?.token_endpoint
            }
            (None, None) => return Err(lacks()),
        };
        read_address(&address).ok_or(RemoteFault::Address)
    }

    /// A token for the calls that follow. Not kept: it is had anew for each act of a person.
    pub async fn enter(&self) -> Result<Entered<'_>, RemoteFault> {
        let token = match &self.access {
            Access::Bearer(token) => token.clone(),
            Access::ClientCredentials { id, secret, token_address } => {
                let form = [
                    ("grant_type", "client_credentials"),
                    ("scope", "service"),
                    ("client_id", id.as_str()),
                    ("client_secret", secret.as_str()),
                ];
                let asked = self.http.post(token_address).form(&form);
                let token: Token = answer(asked).await?;
                Zeroizing::new(token.access_token)
            }
        };
        Ok(Entered { client: self, token })
    }

    fn at(&self, method: &str) -> String {
        format!("{}/{method}", self.address)
    }
}

/// The service with a token in hand.
pub struct Entered<'c> {
    client: &'c Client,
    token: Zeroizing<String>,
}

impl Entered<'_> {
    /// The credentials of somebody, by the name the service knows them under.
    pub async fn credentials(&self, user_id: &str) -> Result<Vec<Credential>, RemoteFault> {
        let list = List {
            user_id,
            credential_info: true,
            certificates: "chain",
            cert_info: true,
            auth_info: true,
        };
        let listed: Listed = self.call("credentials/list", &list).await?;
        if !listed.credential_infos.is_empty() {
            return Ok(listed.credential_infos);
        }
        let mut found = Vec::new();
        for id in listed.credential_ids {
            let mut one = self.credential(&id, "vi").await?;
            one.id = id;
            found.push(one);
        }
        Ok(found)
    }

    pub async fn credential(&self, id: &str, lang: &str) -> Result<Credential, RemoteFault> {
        let ask = Ask {
            credential_id: id,
            certificates: "chain",
            cert_info: true,
            auth_info: true,
            lang,
        };
        self.call("credentials/info", &ask).await
    }

    /// Has something sent to the person: a code by message, a question.
    pub async fn challenge(&self, id: &str, object: &str) -> Result<Option<String>, RemoteFault> {
        let asked = Challenge { credential_id: id, auth_object_id: object };
        let request = self.request("credentials/getChallenge", &asked);
        let response = sent(request).await?;
        if matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::CREATED) {
            return Ok(None);
        }
        let said: serde_json::Value = read(response).await?;
        Ok(said["challenge"].as_str().map(str::to_owned))
    }

    /// Authorises all hashes at once and has them signed; bare signatures in their order.
    pub async fn sign(&self, batch: &Batch<'_>) -> Result<Vec<Vec<u8>>, RemoteFault> {
        let credential = batch.credential;
        if !credential.is_explicit() {
            return Err(RemoteFault::OtherMode);
        }
        if !credential.is_enabled() {
            return Err(RemoteFault::KeyDisabled);
        }
        if batch.hashes.len() > credential.multisign {
            return Err(RemoteFault::TooMany { limit: credential.multisign });
        }
        let sad = self.authorize(batch).await?;
        if sad.ends_at.is_some_and(|end| Instant::now() >= end) {
            return Err(RemoteFault::Over);
        }
        let order = SignHash {
            credential_id: batch.credential_id,
            sad: &sad.value,
            hashes: written(batch.hashes),
            hash_algorithm_oid: batch.named.names_digest.then_some(batch.named.digest_oid),
            sign_algo: batch.named.oid,
        };
        let signatures: Signatures = self.call("signatures/signHash", &order).await?;
        let read: Option<Vec<Vec<u8>>> =
            signatures.signatures.iter().map(|text| from_base64(text)).collect();
        match read {
            Some(read) if read.len() == batch.hashes.len() => Ok(read),
            _ => Err(RemoteFault::NotUnderstood("signatures".to_owned())),
        }
    }

    async fn authorize(&self, batch: &Batch<'_>) -> Result<Sad, RemoteFault> {
        let begun = Instant::now();
        let order = Authorize {
            credential_id: batch.credential_id,
            num_signatures: batch.hashes.len(),
            hashes: written(batch.hashes),
            hash_algorithm_oid: batch.named.digest_oid,
            auth_data: values(batch.credential, batch.typed),
            description: batch.description,
        };
        let mut answered: Authorized = self.call("credentials/authorize", &order).await?;
        loop {
            let asked_at = Instant::now();
            let handle = match (answered.sad, answered.handle) {
                (Some(value), _) => {
                    let lives = answered.expires_in.map(Duration::from_secs);
                    let ends_at = lives.and_then(|lives| asked_at.checked_add(lives));
                    return Ok(Sad { value: Zeroizing::new(value), ends_at });
                }
                (None, Some(handle)) => handle,
                (None, None) => return Err(RemoteFault::NotUnderstood("SAD".to_owned())),
            };
            if begun.elapsed() + PAUSE > PATIENCE_OF_A_CALL {
                return Err(RemoteFault::NotConfirmed);
            }
            tokio::time::sleep(PAUSE).await;
            let check = Check { handle: &handle };
            answered = self.call("credentials/authorizeCheck", &check).await?;
        }
    }

    async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        order: &impl Serialize,
    ) -> Result<T, RemoteFault> {
        answer(self.request(method, order)).await
    }

    fn request(&self, method: &str, order: &impl Serialize) -> RequestBuilder {
        let place = self.client.at(method);
        self.client.http.post(place).bearer_auth(self.token.as_str()).json(order)
    }
}

/// An object for each thing that is asked for: with what was typed, or bare where the service asks
/// on another device. Where one thing or another will do, only what was typed is sent.
fn values<'a>(credential: &'a Credential, typed: &'a Typed) -> Vec<AuthValue<'a>> {
    let value = |id: &str| {
        let found = typed.iter().find(|(name, value)| name == id && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    };
    let objects = credential.auth.objects.iter();
    objects
        .map(|object| AuthValue { id: &object.id, value: value(&object.id) })
        .filter(|one| credential.asks_for_all() || one.value.is_some())
        .collect()
}

fn written(hashes: &[Vec<u8>]) -> Vec<String> {
    hashes.iter().map(|hash| in_base64(hash)).collect()
}

async fn answer<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, RemoteFault> {
    read(sent(request).await?).await
}

async fn sent(request: RequestBuilder) -> Result<Response, RemoteFault> {
    request.send().await.map_err(|error| silent(&error))
}

async fn read<T: DeserializeOwned>(mut response: Response) -> Result<T, RemoteFault> {
    let status = response.status();
    let mut bytes = Vec::new();
    while let Some(more) = response.chunk().await.map_err(|error| silent(&error))? {
        bytes.extend_from_slice(&more);
        if bytes.len() > ANSWER_BYTES_MAX {
            return Err(RemoteFault::NotUnderstood("too long".to_owned()));
        }
    }
    if !status.is_success() {
        let complaint: Complaint = serde_json::from_slice(&bytes).unwrap_or_default();
        return Err(of_complaint(status.as_u16(), complaint));
    }
    serde_json::from_slice(&bytes).map_err(|error| RemoteFault::NotUnderstood(error.to_string()))
}

/// Without the address and without what was sent.
fn silent(error: &reqwest::Error) -> RemoteFault {
    let kind = if error.is_timeout() {
        "it took too long"
    } else if error.is_connect() {
        "no connection"
    } else {
        "broken off"
    };
    RemoteFault::Silent(kind.to_owned())
}

/// An address the operator may name: https, or http on this machine; without a slash at its end.
pub fn read_address(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    let here = matches!(url.host_str()?, "localhost" | "127.0.0.1" | "[::1]");
    let protected = url.scheme() == "https" || (url.scheme() == "http" && here);
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    (protected && bare).then(|| url.as_str().trim_end_matches('/').to_owned())
}

/// What opens the service is shown to nobody.
impl fmt::Debug for Client {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Client({})", self.address)
    }
}
