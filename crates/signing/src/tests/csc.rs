//! A small remote signing service, written from the Cloud Signature Consortium's API v2.0 alone
//! (clauses 8.4.4, 10.2 and 11) and keeping its key with OpenSSL: what it takes and answers is the
//! specification's, whatever the client does.

use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Form, Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;

pub const USER: &str = "046190000012";
pub const CREDENTIAL: &str = "GX0112348";
pub const PIN: &str = "123456";
pub const OTP: &str = "738496";
pub const CLIENT: &str = "lien-thong";
pub const SECRET: &str = "bi-mat-cua-he-thong";
const SHA256_OID: &str = "2.16.840.1.101.3.4.2.1";
const RSA_OID: &str = "1.2.840.113549.1.1.1";
const RSA_SHA256_OID: &str = "1.2.840.113549.1.1.11";

/// How it behaves today.
#[derive(Clone)]
pub struct Mood {
    pub algo: Vec<&'static str>,
    pub multisign: usize,
    /// What it says a SAD lives, and how long it does.
    pub says_seconds: Option<u64>,
    pub sad_lives: Duration,
    /// Signs something else than it was sent.
    pub signs_wrong: bool,
    /// Answers so much later.
    pub slow: Duration,
    pub is_down: bool,
    /// Sends the code by message when it is asked to.
    pub sends_codes: bool,
    /// Asks on the telephone: so many looks until the person has confirmed.
    pub confirms_after: Option<usize>,
}

impl Default for Mood {
    fn default() -> Mood {
        Mood {
            algo: vec![RSA_SHA256_OID, RSA_OID],
            multisign: 2,
            says_seconds: Some(300),
            sad_lives: Duration::from_secs(300),
            signs_wrong: false,
            slow: Duration::ZERO,
            is_down: false,
            sends_codes: false,
            confirms_after: None,
        }
    }
}

struct Sad {
    value: String,
    hashes: Vec<String>,
    ends_at: Instant,
}

#[derive(Default)]
struct Desk {
    certificates: Vec<String>,
    tokens: Vec<String>,
    sads: Vec<Sad>,
    waiting: Option<(usize, Vec<String>)>,
    wrong: usize,
    calls: Vec<(String, Value)>,
    count: usize,
}

/// Its key lies in a folder that goes away.
#[derive(Clone)]
pub struct Rssp {
    pub address: String,
    folder: Arc<TempDir>,
    mood: Arc<Mutex<Mood>>,
    desk: Arc<Mutex<Desk>>,
}

impl Rssp {
    /// `None`, with a line that says so, where OpenSSL is not installed.
    pub async fn open() -> Option<Rssp> {
        if Command::new("openssl").arg("version").output().is_err() {
            println!("skipped: openssl is not installed");
            return None;
        }
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/csc/v2", listener.local_addr().unwrap());
        let (mood, desk) = (Arc::default(), Arc::default());
        let rssp = Rssp { address, folder, mood, desk };
        rssp.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem");
        let router = Router::new()
            .route("/csc/v2/info", post(info))
            .route("/oauth2/token", post(token))
            .route("/csc/v2/credentials/list", post(list))
            .route("/csc/v2/credentials/info", post(credential))
            .route("/csc/v2/credentials/authorize", post(authorize))
            .route("/csc/v2/credentials/authorizeCheck", post(authorize_check))
            .route("/csc/v2/credentials/getChallenge", post(get_challenge))
            .route("/csc/v2/signatures/signHash", post(sign_hash))
            .with_state(rssp.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Some(rssp)
    }

    /// A request for a certificate of its key.
    pub fn request(&self, name: &str) -> String {
        let folder = self.folder.path();
        let subject = format!("/C=VN/CN={name}");
        let made = Command::new("openssl")
            .args(["req", "-new", "-utf8", "-key", "key.pem", "-subj", &subject])
            .current_dir(folder)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        String::from_utf8(made.stdout).unwrap()
    }

    pub fn put_certificate(&self, der: &[u8]) {
        self.desk.lock().unwrap().certificates = vec![STANDARD.encode(der)];
    }

    pub fn feel(&self, change: impl FnOnce(&mut Mood)) {
        change(&mut self.mood.lock().unwrap());
    }

    fn mood(&self) -> Mood {
        self.mood.lock().unwrap().clone()
    }

    /// What it was sent, by method.
    pub fn calls(&self, method: &str) -> Vec<Value> {
        let desk = self.desk.lock().unwrap();
        desk.calls.iter().filter(|(name, _)| name == method).map(|(_, body)| body.clone()).collect()
    }

    fn openssl(&self, line: &str) -> Vec<u8> {
        let mut command = Command::new("openssl");
        command.args(line.split_whitespace()).current_dir(self.folder.path());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    fn sign(&self, digest: &[u8]) -> Vec<u8> {
        let name = format!("{}.bin", digest[0]);
        std::fs::write(self.folder.path().join(&name), digest).unwrap();
        self.openssl(&format!(
            "pkeyutl -sign -inkey key.pem -in {name} -pkeyopt rsa_padding_mode:pkcs1 \
             -pkeyopt digest:sha256"
        ))
    }

    /// Notes the call; answers with what every method may answer.
    async fn come(&self, method: &str, headers: &HeaderMap, body: &Value) -> Result<(), Response> {
        let mood = self.mood();
        self.desk.lock().unwrap().calls.push((method.to_owned(), body.clone()));
        tokio::time::sleep(mood.slow).await;
        if mood.is_down {
            return Err(StatusCode::SERVICE_UNAVAILABLE.into_response());
        }
        if method == "info" {
            return Ok(());
        }
        let said = headers.get("authorization").and_then(|value| value.to_str().ok());
        let Some(token) = said.and_then(|said| said.strip_prefix("Bearer ")) else {
            return Err(error("invalid_request", "Malformed authorization header"));
        };
        match self.desk.lock().unwrap().tokens.iter().any(|known| known == token) {
            true => Ok(()),
            false => {
                let said = json!({ "error": "invalid_token" });
                Err((StatusCode::UNAUTHORIZED, Json(said)).into_response())
            }
        }
    }

    fn credential(&self) -> Value {
        let mood = self.mood();
        let code = match mood.sends_codes {
            true => json!({ "type": "ChallengeResponse", "id": "OTP", "label": "Mã OTP" }),
            false => json!({ "type": "Password", "id": "OTP", "format": "N", "generator": "totp",
                "label": "Mã OTP", "description": "Sáu chữ số trên ứng dụng" }),
        };
        json!({
            "key": { "status": "enabled", "algo": mood.algo, "len": 2048 },
            "cert": {
                "status": "valid",
                "certificates": self.desk.lock().unwrap().certificates,
                "issuerDN": "CN=thử", "serialNumber": "01", "subjectDN": "CN=thử",
                "validFrom": "20260101000000Z", "validTo": "20290101000000Z",
            },
            "auth": {
                "mode": "explicit",
                "expression": "PIN AND OTP",
                "objects": [
                    { "type": "Password", "id": "PIN", "format": "N", "label": "PIN",
                      "description": "Nhập mã PIN chữ ký" },
                    code,
                ],
            },
            "SCAL": "2",
            "multisign": mood.multisign,
            "lang": "vi",
        })
    }

    fn new_sad(&self, hashes: Vec<String>) -> Value {
        let mood = self.mood();
        let mut desk = self.desk.lock().unwrap();
        desk.count += 1;
        let value = format!("SAD-{}", desk.count);
        let ends_at = Instant::now() + mood.sad_lives;
        desk.sads.push(Sad { value: value.clone(), hashes, ends_at });
        match mood.says_seconds {
            Some(seconds) => json!({ "SAD": value, "expiresIn": seconds }),
            None => json!({ "SAD": value }),
        }
    }
}

fn error(code: &str, description: &str) -> Response {
    let body = json!({ "error": code, "error_description": description });
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

fn missing(kind: &str, name: &str) -> Response {
    let words = format!("Missing (or invalid type) {kind} parameter {name}");
    error("invalid_request", &words)
}

type Answer = Result<Json<Value>, Response>;

async fn info(State(rssp): State<Rssp>, headers: HeaderMap, Json(body): Json<Value>) -> Answer {
    rssp.come("info", &headers, &body).await?;
    Ok(Json(json!({
        "specs": "2.0.0.0",
        "name": "Dịch vụ ký thử",
        "logo": "https://example.vn/logo.png",
        "region": "VN",
        "lang": "vi",
        "description": "Chỉ để thử",
        "authType": ["oauth2client"],
        "oauth2": rssp.address.strip_suffix("csc/v2").unwrap(),
        "methods": ["credentials/list", "credentials/info", "credentials/authorize",
            "credentials/authorizeCheck", "signatures/signHash"],
        "signAlgorithms": { "algos": [RSA_OID, RSA_SHA256_OID] },
        "signature_formats": { "formats": ["P"], "envelope_properties": [["Revision"]] },
        "conformance_levels": ["Ades-B-B"],
    })))
}

async fn token(State(rssp): State<Rssp>, Form(form): Form<Vec<(String, String)>>) -> Answer {
    let of = |name: &str| {
        form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    };
    if of("grant_type") != "client_credentials" {
        return Err(error("invalid_request", "Invalid parameter grant_type"));
    }
    if of("client_id") != CLIENT {
        return Err(error("invalid_request", "Invalid parameter client_id"));
    }
    if of("client_secret") != SECRET {
        return Err(error("invalid_request", "Invalid parameter client_secret"));
    }
    let mut desk = rssp.desk.lock().unwrap();
    desk.count += 1;
    let token = format!("4/CKN69L8gdSYp5_{}", desk.count);
    desk.tokens.push(token.clone());
    Ok(Json(json!({ "access_token": token, "token_type": "Bearer", "expires_in": 3600 })))
}

async fn list(State(rssp): State<Rssp>, headers: HeaderMap, Json(body): Json<Value>) -> Answer {
    rssp.come("credentials/list", &headers, &body).await?;
    if body["userID"] != USER {
        return Err(error("invalid_request", "Invalid parameter userID"));
    }
    let mut said = json!({ "credentialIDs": [CREDENTIAL] });
    if body["credentialInfo"] == json!(true) {
        let mut one = rssp.credential();
        one["credentialID"] = json!(CREDENTIAL);
        said["credentialInfos"] = json!([one]);
    }
    Ok(Json(said))
}

async fn credential(
    State(rssp): State<Rssp>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Answer {
    rssp.come("credentials/info", &headers, &body).await?;
    match body["credentialID"].as_str() {
        None => Err(missing("string", "credentialID")),
        Some(CREDENTIAL) => Ok(Json(rssp.credential())),
        Some(_) => Err(error("invalid_request", "Invalid parameter credentialID")),
    }
}

async fn authorize(
    State(rssp): State<Rssp>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Result<Response, Response> {
    rssp.come("credentials/authorize", &headers, &body).await?;
    if body["credentialID"] != CREDENTIAL {
        return Err(error("invalid_request", "Invalid parameter credentialID"));
    }
    let Some(wanted) = body["numSignatures"].as_u64() else {
        return Err(missing("integer", "numSignatures"));
    };
    if wanted < 1 {
        return Err(error("invalid_request", "Invalid value for parameter numSignatures"));
    }
    if wanted > rssp.mood().multisign as u64 {
        return Err(error("invalid_request", "Numbers of signatures is too high"));
    }
    // SCAL 2: the hashes are bound to the SAD.
    let hashes: Option<Vec<String>> = body["hashes"]
        .as_array()
        .and_then(|hashes| hashes.iter().map(|hash| hash.as_str().map(str::to_owned)).collect());
    let hashes = hashes.filter(|hashes| hashes.len() as u64 == wanted);
    let Some(hashes) = hashes else { return Err(missing("array", "hashes")) };
    if body["hashAlgorithmOID"] != SHA256_OID {
        return Err(error("invalid_request", "Invalid parameter hashAlgorithmOID"));
    }
    let value = |id: &str| {
        let objects = body["authData"].as_array();
        objects
            .and_then(|all| all.iter().find(|one| one["id"] == id).map(|one| one["value"].clone()))
    };
    let mut desk = rssp.desk.lock().unwrap();
    if desk.wrong >= 3 {
        return Err(error("invalid_request", "Credential locked"));
    }
    if value("PIN") != Some(json!(PIN)) || value("OTP") != Some(json!(OTP)) {
        desk.wrong += 1;
        return Err(error("invalid_authentication_data", "The authentication data is invalid"));
    }
    desk.wrong = 0;
    if let Some(looks) = rssp.mood().confirms_after {
        desk.waiting = Some((looks, hashes));
        let said = json!({ "handle": "878287f37b2bv293bv2bv237bv297bvbv" });
        return Ok((StatusCode::ACCEPTED, Json(said)).into_response());
    }
    drop(desk);
    Ok(Json(rssp.new_sad(hashes)).into_response())
}

async fn get_challenge(
    State(rssp): State<Rssp>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Result<StatusCode, Response> {
    rssp.come("credentials/getChallenge", &headers, &body).await?;
    match (body["credentialID"].as_str(), body["authObjectID"].as_str()) {
        (Some(CREDENTIAL), Some("OTP")) => Ok(StatusCode::NO_CONTENT),
        (Some(CREDENTIAL), _) => Err(error("invalid_request", "Invalid parameter authObjectID")),
        _ => Err(error("invalid_request", "Invalid parameter credentialID")),
    }
}

async fn authorize_check(
    State(rssp): State<Rssp>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Result<Response, Response> {
    rssp.come("credentials/authorizeCheck", &headers, &body).await?;
    let waiting = rssp.desk.lock().unwrap().waiting.take();
    let Some((looks, hashes)) = waiting.filter(|_| body["handle"].is_string()) else {
        return Err(error("invalid_request", "Invalid parameter handle"));
    };
    if looks > 1 {
        rssp.desk.lock().unwrap().waiting = Some((looks - 1, hashes));
        let said = json!({ "handle": "878287f37b2bv293bv2bv237bv297bvbv" });
        return Ok((StatusCode::ACCEPTED, Json(said)).into_response());
    }
    Ok(Json(rssp.new_sad(hashes)).into_response())
}

async fn sign_hash(
    State(rssp): State<Rssp>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Answer {
    rssp.come("signatures/signHash", &headers, &body).await?;
    let Some(sad) = body["SAD"].as_str() else { return Err(missing("string", "SAD")) };
    let Some(algo) = body["signAlgo"].as_str() else { return Err(missing("string", "signAlgo")) };
    if !rssp.mood().algo.contains(&algo) {
        return Err(error("invalid_request", "Invalid parameter signAlgo"));
    }
    if algo == RSA_OID && body["hashAlgorithmOID"] != SHA256_OID {
        return Err(missing("string", "hashAlgorithmOID"));
    }
    let hashes = body["hashes"].as_array().cloned().ok_or_else(|| missing("array", "hash"))?;
    if hashes.is_empty() {
        return Err(error("invalid_request", "Empty hash array"));
    }
    let used = {
        let mut desk = rssp.desk.lock().unwrap();
        let place = desk.sads.iter().position(|one| one.value == sad);
        place.map(|place| desk.sads.remove(place))
    };
    let Some(sad) = used else {
        return Err(error("invalid_request", "Invalid parameter SAD"));
    };
    if Instant::now() >= sad.ends_at {
        return Err(error("invalid_request", "SAD expired"));
    }
    let mut signatures = Vec::new();
    for hash in &hashes {
        let text = hash.as_str().unwrap_or_default();
        let Ok(mut digest) = STANDARD.decode(text) else {
            return Err(error("invalid_request", "Invalid Base64 hash string parameter"));
        };
        if digest.len() != 32 {
            return Err(error("invalid_request", "Invalid digest value length"));
        }
        if !sad.hashes.iter().any(|known| known == text) {
            return Err(error("invalid_request", "Hash is not authorized by the SAD"));
        }
        if rssp.mood().signs_wrong {
            digest[0] ^= 1;
        }
        signatures.push(STANDARD.encode(rssp.sign(&digest)));
    }
    Ok(Json(json!({ "signatures": signatures })))
}
