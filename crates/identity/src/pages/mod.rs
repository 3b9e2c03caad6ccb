//! Pages for people. Most ask one thing: they share one shape.

pub(crate) mod account;
pub(crate) mod administration;
pub(crate) mod app;
pub(crate) mod contacts;
pub(crate) mod counter;
pub(crate) mod delegations;
pub(crate) mod forgotten;
pub(crate) mod mandates;
pub(crate) mod officers;
pub(crate) mod registration;
pub(crate) mod sign_in;
pub(crate) mod told;

use askama::Template;
use platform::web::form::{Errors, Field};
use platform::web::{Markup, Page, Problem, Reply, View, escape};
use platform::words::Speech;

use crate::actor::Actor;
use crate::desk::desk;
use crate::refusal::Refusal;

/// A page that asks one thing, or shows one thing and offers one button.
#[derive(Template)]
#[template(path = "question.html")]
pub(crate) struct Question {
    token: Markup,
    errors: Markup,
    /// None where the label of the only field is the heading.
    pub heading: Option<String>,
    pub lead: Vec<String>,
    pub action: String,
    pub hidden: Vec<(&'static str, String)>,
    pub fields: Vec<Field>,
    pub button: String,
    pub links: Vec<Link>,
    /// The act of the button cannot be taken back.
    pub grave: bool,
}

pub(crate) struct Link {
    pub path: String,
    pub label: String,
}

impl Link {
    pub fn new(path: impl Into<String>, label: String) -> Link {
        Link { path: path.into(), label }
    }
}

impl Question {
    /// With the button "Tiếp tục" and nothing else yet.
    pub fn new(view: &View, action: impl Into<String>, errors: &Errors) -> Question {
        Question {
            token: view.csrf(),
            errors: errors.summary(&view.speech),
            heading: None,
            lead: Vec::new(),
            action: action.into(),
            hidden: Vec::new(),
            fields: Vec::new(),
            button: view.t("identity-continue"),
            links: Vec::new(),
            grave: false,
        }
    }

    /// The page, with "Lỗi: " before its title when `errors` holds one.
    pub fn page(&self, view: &View, title: String, errors: &Errors) -> Result<Page, Problem> {
        let page = Page::new(view, title, self)?;
        Ok(if errors.is_empty() { page } else { page.error() })
    }
}

/// The refusal beside the field it is about; a refusal no answer could mend is a page of its own.
pub(crate) fn at_field(speech: &Speech, name: &str, refusal: Refusal) -> Result<Errors, Problem> {
    match refusal.told(speech) {
        Some(message) => {
            let mut errors = Errors::new();
            errors.add(name, message);
            Ok(errors)
        }
        None => Err(refusal.into()),
    }
}

/// To the page that asks for the password once more, and from there back.
pub(crate) fn or_prove_again(refusal: Refusal, back: &str) -> Result<Reply, Problem> {
    match refusal {
        Refusal::ProveAgain => Ok(Reply::see(&format!("/tai-khoan/xac-nhan?ve={back}"))),
        Refusal::PassageOver => Ok(Reply::see(back)),
        other => Err(other.into()),
    }
}

/// A page with the officer's navigation on the left; a citizen gets the same page without it.
pub(crate) async fn at_desk(view: &View, actor: &Actor, page: Page) -> Page {
    page.menu(desk(view, actor).await)
}

/// A QR code as SVG: black on white also where the page is dark, or no camera reads it.
pub(crate) fn qr(text: &str, label: &str) -> Result<Markup, Problem> {
    let code = fast_qr::QRBuilder::new(text).build();
    let code = code.map_err(|error| Problem::broken(&format!("QR code: {error}")))?;
    let (size, mut path) = (code.size, String::new());
    for row in 0..size {
        for column in (0..size).filter(|column| code[row][*column].value()) {
            path.push_str(&format!("M{} {}h1v1h-1z", column + 4, row + 4));
        }
    }
    let whole = size + 8;
    let label = escape(label);
    Ok(Markup::trusted(format!(
        "<svg class=\"qr\" role=\"img\" aria-label=\"{label}\" width=\"240\" height=\"240\" \
         viewBox=\"0 0 {whole} {whole}\" shape-rendering=\"crispEdges\">\
         <rect width=\"{whole}\" height=\"{whole}\" fill=\"#fff\"/>\
         <path d=\"{path}\" fill=\"#000\"/></svg>"
    )))
}
