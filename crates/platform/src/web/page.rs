//! A page: the skeleton around what a capability wrote.

use askama::Template;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::StatusCode;
use jiff::Timestamp;

use super::headers::Reaches;
use super::menu::{FOR_ANYONE, FOR_CITIZENS, MenuEntry, MenuItem};
use super::session::SessionKind;
use super::whole::{Public, Whole};
use super::{Problem, View};
use crate::words::{Locale, Word};

/// What a handler for people returns. Made from a template that holds only the inside of `<main>`.
pub struct Page {
    view: View,
    title: String,
    content: String,
    status: StatusCode,
    menu: Vec<MenuEntry>,
    crumbs: Vec<Crumb>,
    back: Option<String>,
    wrong: bool,
    wide: bool,
    public: Option<Public>,
    script: Option<&'static str>,
    reaches: Option<Reaches>,
}

/// A step of the way down to this page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    pub path: String,
    pub label: String,
}

impl Page {
    pub fn new(view: &View, title: String, content: &impl Template) -> Result<Page, Problem> {
        let content = content.render().map_err(|error| Problem::broken(&error.to_string()))?;
        Ok(Page {
            view: view.clone(),
            title,
            content,
            status: StatusCode::OK,
            menu: Vec::new(),
            crumbs: Vec::new(),
            back: None,
            wrong: false,
            wide: false,
            public: None,
            script: None,
            reaches: None,
        })
    }

    pub fn status(mut self, status: StatusCode) -> Page {
        self.status = status;
        self
    }

    /// An officer's navigation on the left.
    pub fn menu(mut self, menu: Vec<MenuEntry>) -> Page {
        self.menu = menu;
        self
    }

    /// The way from the home page to here, without this page itself.
    pub fn crumbs(mut self, crumbs: Vec<Crumb>) -> Page {
        self.crumbs = crumbs;
        self
    }

    /// A link one step back, for questions asked one at a time.
    pub fn back(mut self, path: impl Into<String>) -> Page {
        self.back = Some(path.into());
        self
    }

    /// The form has mistakes: the title says so first, the status is 422.
    pub fn error(mut self) -> Page {
        self.wrong = true;
        self.status = StatusCode::UNPROCESSABLE_ENTITY;
        self
    }

    /// For tables that need the whole width.
    pub fn wide(mut self) -> Page {
        self.wide = true;
        self
    }

    /// With the script of this name beside the one of all pages ([`super::Routes::script`]).
    pub fn script(mut self, name: &'static str) -> Page {
        self.script = Some(name);
        self
    }

    /// Lets the scripts of this page alone connect to a program on the person's own machine:
    /// `wss://127.0.0.1:8987`.
    pub fn reaches(mut self, address: &'static str) -> Page {
        self.reaches = Some(Reaches(address));
        self
    }

    /// The same for every visitor without a session, until `topic` changes
    /// ([`super::cache::changed`]): kept whole, and served again without asking anyone.
    pub fn public(mut self, topic: &'static str) -> Page {
        let edition = self.view.edition(topic).map_or(0, |edition| edition.number);
        self.public = Some(Public { topic, edition });
        self
    }

    fn render(&self) -> Result<String, askama::Error> {
        let view = &self.view;
        let edition = self.public.as_ref().and_then(|public| view.edition(public.topic));
        let updated_at = edition.map_or(view.now, |edition| edition.changed_at);
        Skeleton { page: self, view, updated_at }.render()
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        match self.render() {
            Ok(html) => {
                let (status, media) = (self.status, "text/html; charset=utf-8");
                let whole = Whole { status, media, bytes: Bytes::from(html), public: self.public };
                let mut response = whole.into_response();
                if let Some(reaches) = self.reaches {
                    response.extensions_mut().insert(reaches);
                }
                response
            }
            Err(error) => Problem::broken(&error.to_string()).into_response(),
        }
    }
}

#[derive(Template)]
#[template(path = "layout.html")]
struct Skeleton<'a> {
    page: &'a Page,
    view: &'a View,
    updated_at: Timestamp,
}

/// A line of navigation as the skeleton shows it.
struct NavLink {
    path: String,
    label: String,
    count: Option<String>,
    here: bool,
}

impl Skeleton<'_> {
    fn tag(&self) -> &'static str {
        self.view.locale.tag()
    }

    fn other_tag(&self) -> &'static str {
        match self.view.locale {
            Locale::Vi => "en",
            Locale::En => "vi",
        }
    }

    fn other_language(&self) -> String {
        self.view.here_with(&[("lang", self.other_tag())])
    }

    /// "Lỗi: Ngày sinh – Liên Thông".
    fn title(&self) -> String {
        let site = self.view.t("web-site-name");
        let title = match self.page.wrong {
            true => self.view.with("web-title-wrong", &[("title", self.page.title.clone().into())]),
            false => self.page.title.clone(),
        };
        if title == site { site } else { format!("{title} – {site}") }
    }

    fn own_script(&self) -> Option<&str> {
        self.view.assets().script_called(self.page.script?)
    }

    fn sign_in(&self) -> String {
        sign_in_path(&self.view.here())
    }

    fn officer(&self) -> bool {
        self.view.session.kind() == Some(SessionKind::Officer)
    }

    /// The line under the band. Officers at work have theirs on the left.
    fn public_links(&self) -> Vec<NavLink> {
        let signed_in = self.view.session.is_open();
        let shown = |item: &&MenuItem| match item.right {
            FOR_ANYONE => true,
            FOR_CITIZENS => signed_in && !self.officer(),
            _ => false,
        };
        let link = |item: &MenuItem| NavLink {
            path: item.path.to_owned(),
            label: self.view.t(item.word),
            count: None,
            here: false,
        };
        let links = self.view.menu_items().iter().filter(shown).map(link).collect();
        mark_here(links, &self.view.path)
    }

    fn officer_links(&self) -> Vec<NavLink> {
        let link = |entry: &MenuEntry| NavLink {
            path: entry.path.clone(),
            label: entry.label.clone(),
            count: entry.count.map(|tally| tally.written(&self.view.speech)),
            here: false,
        };
        mark_here(self.page.menu.iter().map(link).collect(), &self.view.path)
    }

    /// The sentence the last act left behind, if it is one of ours.
    fn notice(&self) -> Option<String> {
        let key = self.view.visit().notice.as_deref()?;
        let known = key.contains("-notice-");
        known.then(|| self.view.t(key)).filter(|sentence| !sentence.is_empty() && sentence != key)
    }

    fn updated(&self) -> String {
        let at = self.view.speech.date_time(self.updated_at);
        self.view.with("web-footer-updated", &[("at", Word::from(at))])
    }

    fn other_density(&self) -> String {
        self.view.here_with(&[("mat-do", if self.view.compact() { "thoang" } else { "gon" })])
    }

    /// How long the session lasts without another request; the script warns in time.
    fn ends_in_seconds(&self) -> Option<i64> {
        let ends_at = self.view.session.ends_at()?;
        Some(ends_at.duration_since(self.view.now).as_secs().max(0))
    }
}

/// Marks the one link that leads nearest to `path`: `/a/b` rather than `/a`.
fn mark_here(mut links: Vec<NavLink>, path: &str) -> Vec<NavLink> {
    let leads_to = |link: &NavLink| {
        let rest = path.strip_prefix(link.path.split('?').next().unwrap_or_default());
        rest.is_some_and(|rest| rest.is_empty() || (rest.starts_with('/') && link.path != "/"))
    };
    let nearest = links.iter().enumerate().filter(|(_, link)| leads_to(link));
    let nearest = nearest.max_by_key(|(_, link)| link.path.len()).map(|(place, _)| place);
    if let Some(place) = nearest {
        links[place].here = true;
    }
    links
}

/// Where a person signs in, to come back to `back` afterwards.
pub(crate) fn sign_in_path(back: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("ve", back);
    format!("/dang-nhap?{}", query.finish())
}

/// `back` if it is a path on this site, else the home page: never a way to lead people elsewhere.
pub fn safe_return(back: &str) -> &str {
    let local = back.starts_with('/') && !back.starts_with("//");
    let plain = !back.contains(|letter: char| letter.is_control() || letter == '\\');
    if local && plain { back } else { "/" }
}
