//! A person's browser without scripts: follows redirects, keeps cookies, fills in forms as they
//! stand on the page. The journey goes through it, so what it can do a citizen can do.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use reqwest::header::{COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::multipart;
use reqwest::{Method, StatusCode, redirect};

pub struct Client {
    http: reqwest::Client,
    address: String,
    cookies: BTreeMap<String, String>,
    /// Where the last page was, after redirects.
    pub path: String,
    pub page: String,
}

/// A form as it stands on a page.
#[derive(Debug, Default)]
pub struct Form {
    pub action: String,
    pub is_upload: bool,
    /// What the browser would send if nothing were changed.
    pub values: Vec<(String, String)>,
    /// Every name that takes an answer, with its kind (`text`, `radio`, `select`, `file` …).
    pub inputs: Vec<(String, String)>,
    /// Choices of radios and selects: name and value.
    pub choices: Vec<(String, String)>,
}

impl Client {
    pub fn new(address: &str) -> Result<Client> {
        let http = reqwest::Client::builder().redirect(redirect::Policy::none()).build()?;
        let (path, page) = (String::new(), String::new());
        Ok(Client { http, address: address.to_owned(), cookies: BTreeMap::new(), path, page })
    }

    /// What a browser of the same person carries: names and values.
    pub fn cookies(&self) -> impl Iterator<Item = (&str, &str)> {
        self.cookies.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub async fn get(&mut self, path: &str) -> Result<()> {
        let request = self.http.request(Method::GET, self.url(path));
        self.follow(path.to_owned(), request).await
    }

    /// Bytes of something to keep (a PDF).
    pub async fn download(&mut self, path: &str) -> Result<Vec<u8>> {
        let request = self.http.request(Method::GET, self.url(path));
        let answer = request.header(COOKIE, self.cookie_header()).send().await?;
        ensure!(answer.status() == StatusCode::OK, "{path} answered {}", answer.status());
        Ok(answer.bytes().await?.to_vec())
    }

    /// Presses the button of the form that leads to an address containing `action`, with these
    /// answers in place of what stands there.
    pub async fn send(&mut self, action: &str, answers: &[(&str, &str)]) -> Result<()> {
        let form = self.form(action)?;
        self.post(form, answers).await
    }

    async fn post(&mut self, form: Form, answers: &[(&str, &str)]) -> Result<()> {
        let mut values = form.values;
        for (name, _) in answers {
            values.retain(|(known, _)| known != name);
        }
        values.extend(answers.iter().map(|(name, value)| ((*name).into(), (*value).into())));
        let request = self.http.request(Method::POST, self.url(&form.action));
        let request = match form.is_upload {
            true => request.multipart(
                values
                    .into_iter()
                    .fold(multipart::Form::new(), |parts, (name, value)| parts.text(name, value)),
            ),
            false => request.form(&values),
        };
        self.follow(form.action, request).await
    }

    /// The same with the form that has this field in it: of several that lead to one address.
    pub async fn send_where(&mut self, field: &str, answers: &[(&str, &str)]) -> Result<()> {
        let all = forms(&self.page).into_iter();
        let mut open = all.filter(|form| form.inputs.iter().any(|(name, _)| name == field));
        let form = open.next().with_context(|| format!("no form asks {field} on {}", self.path))?;
        self.post(form, answers).await
    }

    /// Chooses a file in the form whose address contains `action` and sends it.
    pub async fn upload(&mut self, action: &str, file: (&str, &str, &[u8])) -> Result<()> {
        let form = self.form(action)?;
        let field = form.inputs.iter().find(|(_, kind)| kind == "file");
        let (field, _) =
            field.with_context(|| format!("no file input in {}", form.action))?.clone();
        let (name, media, bytes) = file;
        let part = multipart::Part::bytes(bytes.to_vec()).file_name(name.to_owned());
        let parts = form
            .values
            .into_iter()
            .fold(multipart::Form::new(), |parts, (name, value)| parts.text(name, value));
        let parts = parts.part(field, part.mime_str(media)?);
        let request = self.http.request(Method::POST, self.url(&form.action)).multipart(parts);
        self.follow(form.action, request).await
    }

    pub fn form(&self, action: &str) -> Result<Form> {
        let found = forms(&self.page).into_iter().find(|form| {
            let target = if form.action.is_empty() { &self.path } else { &form.action };
            target.contains(action)
        });
        let mut form = found.with_context(|| {
            format!("no form leads to {action} on {}: {}", self.path, title(&self.page))
        })?;
        if form.action.is_empty() {
            form.action = self.path.clone();
        }
        Ok(form)
    }

    pub fn says(&self, words: &str) -> Result<()> {
        ensure!(
            plain(&self.page).contains(words),
            "{} ({}) does not say “{words}”",
            self.path,
            title(&self.page)
        );
        Ok(())
    }

    /// The address of the first link whose address contains `part`.
    pub fn link(&self, part: &str) -> Result<String> {
        attributes(&self.page, "href")
            .find(|address| address.contains(part))
            .with_context(|| format!("no link to {part} on {}: {}", self.path, title(&self.page)))
    }

    /// The addresses of all links that contain `part`, each once, in their order.
    pub fn links(&self, part: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for address in attributes(&self.page, "href").filter(|address| address.contains(part)) {
            if !found.contains(&address) {
                found.push(address);
            }
        }
        found
    }

    /// The value of the box or button of `field` whose label contains `name`.
    pub fn choice_named(&self, field: &str, name: &str) -> Result<String> {
        let mut pieces = self.page.split("<input").skip(1);
        let found = pieces.find_map(|piece| {
            let (tag, after) = piece.split_once('>')?;
            let label = after.split("<label").nth(1)?.split("</label>").next()?;
            let is_it = attribute(tag, "name").as_deref() == Some(field)
                && plain(&format!("<{label}")).contains(name);
            attribute(tag, "value").filter(|_| is_it)
        });
        found.with_context(|| format!("nothing to choose is called {name} on {}", self.path))
    }

    /// The value of the choice whose words contain `name`.
    pub fn option_named(&self, name: &str) -> Result<String> {
        self.page
            .split("<option")
            .skip(1)
            .filter_map(|piece| piece.split_once('>'))
            .find(|(_, words)| words.split('<').next().unwrap_or("").contains(name))
            .and_then(|(tag, _)| attribute(tag, "value"))
            .with_context(|| format!("nothing to choose is called {name} on {}", self.path))
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    fn cookie_header(&self) -> String {
        let pairs: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    async fn follow(&mut self, path: String, request: reqwest::RequestBuilder) -> Result<()> {
        let request = request.header("sec-fetch-site", "same-origin");
        let mut answer = request.header(COOKIE, self.cookie_header()).send().await?;
        self.path = path;
        for _ in 0..8 {
            self.keep_cookies(answer.headers());
            if !answer.status().is_redirection() {
                let status = answer.status();
                self.page = answer.text().await?;
                ensure!(
                    status.is_success() || status == StatusCode::UNPROCESSABLE_ENTITY,
                    "{} answered {status}: {}",
                    self.path,
                    title(&self.page)
                );
                return Ok(());
            }
            let target = answer.headers().get(LOCATION).and_then(|target| target.to_str().ok());
            self.path = target.context("a redirect says where to")?.to_owned();
            let next = self.http.get(self.url(&self.path));
            answer = next.header(COOKIE, self.cookie_header()).send().await?;
        }
        bail!("{} redirects without end", self.path)
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            let pair = cookie.split(';').next().unwrap_or("");
            if let Some((name, value)) = pair.split_once('=') {
                match cookie.contains("Max-Age=0") {
                    true => self.cookies.remove(name),
                    false => self.cookies.insert(name.to_owned(), value.to_owned()),
                };
            }
        }
    }
}

/// The forms of a page of ours that change something: every attribute is quoted, nothing is nested.
fn forms(page: &str) -> Vec<Form> {
    page.split("<form")
        .skip(1)
        .filter_map(|piece| piece.split("</form>").next())
        .filter(|piece| piece.split('>').next().unwrap_or("").contains("method=\"post\""))
        .map(form)
        .collect()
}

fn form(text: &str) -> Form {
    let head = text.split('>').next().unwrap_or("");
    let mut form = Form {
        action: attribute(head, "action").unwrap_or_default(),
        is_upload: head.contains("multipart/form-data"),
        ..Form::default()
    };
    let mut selected_name = String::new();
    for piece in text.split('<').skip(1) {
        let (tag, after) = piece.split_once('>').unwrap_or((piece, ""));
        let name = attribute(tag, "name").unwrap_or_default();
        let value = attribute(tag, "value").unwrap_or_default();
        match tag.split([' ', '\n']).next().unwrap_or("") {
            "input" => form.input(tag, name, value),
            "textarea" => {
                form.inputs.push((name.clone(), "textarea".into()));
                form.values.push((name, unescape(after)));
            }
            "select" => {
                form.inputs.push((name.clone(), "select".into()));
                selected_name = name;
            }
            "option" => {
                if tag.contains(" selected") {
                    form.values.push((selected_name.clone(), value.clone()));
                }
                form.choices.push((selected_name.clone(), value));
            }
            _ => {}
        }
    }
    form
}

impl Form {
    fn input(&mut self, tag: &str, name: String, value: String) {
        let kind = attribute(tag, "type").unwrap_or_else(|| "text".into());
        let chosen = !matches!(kind.as_str(), "radio" | "checkbox") || tag.contains(" checked");
        if matches!(kind.as_str(), "radio" | "checkbox") {
            self.choices.push((name.clone(), value.clone()));
        }
        if chosen && !matches!(kind.as_str(), "file" | "submit") && !name.is_empty() {
            self.values.push((name.clone(), value));
        }
        if kind != "hidden" && !self.inputs.iter().any(|(known, _)| *known == name) {
            self.inputs.push((name, kind));
        }
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    attributes(tag, name).next()
}

fn attributes<'a>(text: &'a str, name: &str) -> impl Iterator<Item = String> + use<'a> {
    let start = format!(" {name}=\"");
    let pieces: Vec<&'a str> = text.split(&start).skip(1).collect();
    pieces.into_iter().map(|piece| unescape(piece.split('"').next().unwrap_or("")))
}

fn unescape(text: &str) -> String {
    ["&lt;<", "&gt;>", "&quot;\"", "&#34;\"", "&#39;'", "&#60;<", "&#62;>", "&#38;&", "&amp;&"]
        .iter()
        .fold(text.to_owned(), |text, pair| {
            let (name, letter) = pair.split_at(pair.len() - 1);
            text.replace(name, letter)
        })
}

/// The page's text, tags taken out.
pub fn plain(page: &str) -> String {
    let mut text = String::with_capacity(page.len() / 2);
    for piece in page.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
    }
    unescape(&text)
}

pub fn title(page: &str) -> String {
    let head = page.split("<title>").nth(1).unwrap_or("");
    unescape(head.split("</title>").next().unwrap_or("")).trim().to_owned()
}
