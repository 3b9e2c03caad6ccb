//! A citizen who begins drafts and answers questions, and remembers what the program said it kept.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::header::{COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::{Client, Response, redirect};
use uuid::Uuid;

pub const PASSWORD: &str = "Thu-nghiem-2026";
const PROCEDURE: &str = "1.001193";
/// Whoever waits longer than this for any answer would call it hanging.
const PATIENCE: Duration = Duration::from_secs(10);

pub struct Citizen {
    http: Client,
    address: String,
    cookies: BTreeMap<String, String>,
    token: String,
    agency: String,
    /// Of all the keys this citizen makes.
    next_key: u128,
    /// A draft that was asked for and not acknowledged.
    pending: Option<Uuid>,
    known: BTreeMap<String, Draft>,
    names: u32,
    /// Writes that were acknowledged.
    pub acknowledged: usize,
    /// The last answer that did not acknowledge a write.
    pub refusal: Option<Answer>,
}

#[derive(Default)]
struct Draft {
    /// The last name the program said it kept.
    kept: Option<String>,
    /// Sent after that, and not acknowledged.
    sent: Option<String>,
    /// Not looked at since the last kill.
    touched: bool,
}

/// An answer that arrived whole.
pub struct Answer {
    pub status: u16,
    pub leads_to: Option<String>,
    pub page: String,
}

impl Citizen {
    fn new(address: &str, number: u32) -> Citizen {
        let http = Client::builder().redirect(redirect::Policy::none()).timeout(PATIENCE);
        Citizen {
            http: http.build().unwrap(),
            address: address.to_owned(),
            cookies: BTreeMap::new(),
            token: String::new(),
            agency: String::new(),
            // Keys of version 7, as pages make them, apart for each citizen.
            next_key: 0x0190_0000_0000_7000_8000_0000_0000_0000 | u128::from(number) << 32,
            pending: None,
            known: BTreeMap::new(),
            names: 0,
            acknowledged: 0,
            refusal: None,
        }
    }

    pub async fn sign_in(address: &str, login: &str, number: u32) -> Citizen {
        let mut citizen = Citizen::new(address, number);
        assert_eq!(citizen.prove(login).await, Some(303), "signed in");
        let start = format!("/nop-ho-so/{PROCEDURE}");
        let page = citizen.page(&start).await;
        let province = option_named(&page, "Huế");
        let page = citizen.page(&format!("{start}?tinh={province}")).await;
        citizen.token = value_of(&page, "_token");
        citizen.agency = option_named(&page, "Thuận Hóa");
        citizen
    }

    /// Signs in, from another browser, and does nothing else; the server may die meanwhile.
    pub async fn only_sign_in(address: String, login: String) {
        let status = Citizen::new(&address, 0).prove(&login).await;
        assert!(matches!(status, None | Some(303)), "{status:?}");
    }

    /// The status of the answer to the password; `None` when there was none.
    async fn prove(&mut self, login: &str) -> Option<u16> {
        let answer = self.get("/dang-nhap").await.ok()?;
        self.keep_cookies(answer.headers());
        self.token = value_of(&answer.text().await.ok()?, "_token");
        let answer = self.post("/dang-nhap", &[("login", login), ("password", PASSWORD)]).await;
        Some(answer?.status)
    }

    pub fn drafts(&self) -> usize {
        self.known.len()
    }

    /// The addresses of all drafts that were acknowledged.
    pub fn addresses(&self) -> Vec<String> {
        self.known.keys().cloned().collect()
    }

    /// Begins a draft now and then, and types names into the newest, as fast as it is answered.
    pub async fn write_until_it_fails(mut self) -> Citizen {
        'load: while let Some(draft) = self.begin().await {
            for _ in 0..3 {
                if !self.save_next(&draft).await {
                    break 'load;
                }
            }
        }
        self
    }

    /// Asks for a draft; `None` when it was not acknowledged.
    pub async fn begin(&mut self) -> Option<String> {
        let key = self.pending.unwrap_or_else(|| {
            self.next_key += 1;
            Uuid::from_u128(self.next_key)
        });
        self.pending = Some(key);
        let path = self.ask_for_draft(&key.to_string()).await?;
        self.pending = None;
        self.acknowledged += 1;
        self.known.entry(path.clone()).or_default().touched = true;
        Some(path)
    }

    async fn ask_for_draft(&mut self, key: &str) -> Option<String> {
        let agency = self.agency.clone();
        let fields = [("co-quan", agency.as_str()), ("_once", key)];
        let answer = self.post(&format!("/nop-ho-so/{PROCEDURE}"), &fields).await?;
        if answer.status != 303 {
            self.refusal = Some(answer);
            return None;
        }
        let path = answer.leads_to.unwrap();
        assert_eq!(path, format!("/ho-so/{key}"), "the key of the form is the draft's");
        Some(path)
    }

    /// Types the next name into a draft; whether it was acknowledged.
    pub async fn save_next(&mut self, draft: &str) -> bool {
        self.names += 1;
        let name = format!("Nguyễn Thị {}", letters(self.names));
        self.save(draft, &name).await == 200
    }

    /// Types a name into a draft; the status of the answer, 0 when there was none.
    pub async fn save(&mut self, draft: &str, name: &str) -> u16 {
        let one = self.known.entry(draft.to_owned()).or_default();
        one.sent = Some(name.to_owned());
        one.touched = true;
        let path = format!("{draft}/luu/child-name");
        let Some(answer) = self.post(&path, &[("child_name", name)]).await else { return 0 };
        let status = answer.status;
        if status == 200 {
            let one = self.known.entry(draft.to_owned()).or_default();
            one.kept = one.sent.take();
            self.acknowledged += 1;
        } else {
            self.refusal = Some(answer);
        }
        status
    }

    /// After a kill: all that was written since the last one is there, as it was acknowledged.
    /// What was not acknowledged may be there, and is asked for again.
    pub async fn look_after(&mut self) {
        let touched: Vec<String> = self
            .known
            .iter()
            .filter(|(_, draft)| draft.touched)
            .map(|(path, _)| path.clone())
            .collect();
        for path in touched {
            self.look_at(&path).await;
        }
        if self.pending.is_some() {
            self.begin().await.expect("asked again, it is acknowledged");
        }
    }

    /// Every draft that was ever acknowledged is there, as it was acknowledged.
    pub async fn look_at_all(&mut self) {
        for path in self.addresses() {
            self.look_at(&path).await;
        }
    }

    /// What was acknowledged and is sent once more gets the same answer.
    pub async fn repeat(&mut self) {
        if let Some(path) = self.addresses().pop() {
            let key = path.rsplit('/').next().unwrap();
            assert_eq!(self.ask_for_draft(key).await.as_deref(), Some(&*path), "sent twice");
        }
    }

    async fn look_at(&mut self, path: &str) {
        assert_eq!(self.status_of(path).await, 200, "{path} was acknowledged and is gone");
        let name = self.name_on(path).await;
        let draft = self.known.get_mut(path).unwrap();
        let fits = name == draft.kept || (draft.sent.is_some() && name == draft.sent);
        assert!(fits, "{path}: acknowledged {:?}, found {name:?}", draft.kept);
        draft.kept = name;
        draft.sent = None;
        draft.touched = false;
    }

    /// The child's name on the question page of a draft.
    pub async fn name_on(&mut self, draft: &str) -> Option<String> {
        let page = self.page(&format!("{draft}/buoc/child-name")).await;
        Some(value_of(&page, "child_name")).filter(|name| !name.is_empty())
    }

    pub async fn status_of(&self, path: &str) -> u16 {
        self.get(path).await.unwrap().status().as_u16()
    }

    async fn page(&mut self, path: &str) -> String {
        let answer = self.get(path).await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        self.keep_cookies(answer.headers());
        answer.text().await.unwrap()
    }

    async fn get(&self, path: &str) -> reqwest::Result<Response> {
        let request = self.http.get(format!("{}{path}", self.address));
        request.header(COOKIE, self.cookie_header()).send().await
    }

    /// The answer, when all of it arrived.
    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        let mut all = vec![("_token", self.token.as_str())];
        all.extend_from_slice(fields);
        let request = self.http.post(format!("{}{path}", self.address)).form(&all);
        let request = request.header("sec-fetch-site", "same-origin");
        let answer = match request.header(COOKIE, self.cookie_header()).send().await {
            Ok(answer) => answer,
            Err(error) => {
                assert!(!error.is_timeout(), "{path} hangs");
                return None;
            }
        };
        self.keep_cookies(answer.headers());
        let leads_to = answer.headers().get(LOCATION);
        let leads_to = leads_to.and_then(|path| path.to_str().ok()).map(str::to_owned);
        let status = answer.status().as_u16();
        Some(Answer { status, leads_to, page: answer.text().await.ok()? })
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            let pair = cookie.split(';').next().unwrap_or("");
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    fn cookie_header(&self) -> String {
        let pairs: Vec<_> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }
}

/// A number in letters, since names hold no digits.
fn letters(number: u32) -> String {
    let digits = number.to_string().into_bytes();
    let name: String = digits.iter().map(|digit| char::from(digit - b'0' + b'a')).collect();
    name[..1].to_uppercase() + &name[1..]
}

/// The value of the input with this name.
fn value_of(page: &str, name: &str) -> String {
    let tags = page.split("<input").skip(1).filter_map(|piece| piece.split('>').next());
    let mut found = tags.filter(|tag| tag.contains(&format!(" name=\"{name}\"")));
    let tag = found.next().unwrap_or("");
    let value = tag.split(" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    value.unwrap_or("").to_owned()
}

/// The value of the choice whose words contain `name`.
fn option_named(page: &str, name: &str) -> String {
    let options = page.split("<option").skip(1).filter_map(|piece| piece.split_once('>'));
    let mut fitting = options.filter(|(_, words)| words.split('<').next().unwrap().contains(name));
    let (tag, _) = fitting.next().expect(name);
    tag.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned()
}
