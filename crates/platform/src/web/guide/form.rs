//! Forms empty, filled and wrong: the pattern every form of the house follows.

use askama::Template;

use super::only_in_demo;
use crate::web::form::{Answers, Choice, DateFault, Errors, Field, Kind, Width};
use crate::web::{Form, Page, Problem, Reply, Upload, View};
use crate::words::Word;

#[derive(Template)]
#[template(path = "guide/form.html")]
struct FormPage<'a> {
    view: &'a View,
    errors: &'a Errors,
    fields: Vec<Field>,
    file: Field,
    one: bool,
}

pub(crate) async fn show(view: View) -> Result<Page, Problem> {
    only_in_demo(&view)?;
    page(&view, &Answers::default(), &Errors::new())
}

pub(crate) async fn send(view: View, Form(typed): Form<Answers>) -> Result<Reply, Problem> {
    only_in_demo(&view)?;
    let errors = mistakes(&view, &typed);
    if !errors.is_empty() {
        return Ok(page(&view, &typed, &errors)?.error().into());
    }
    Ok(Reply::see("/mau-giao-dien/bieu-mau").notice("web-guide-notice-sent"))
}

pub(crate) async fn autosave(view: View, Form(_): Form<Answers>) -> Result<Reply, Problem> {
    only_in_demo(&view)?;
    Reply::saved(&view, view.now)
}

/// Counts what comes and keeps nothing.
pub(crate) async fn upload(view: View, mut upload: Upload) -> Result<Reply, Problem> {
    only_in_demo(&view)?;
    let mut files = 0;
    while let Some(piece) = upload.next().await? {
        if piece.is_file() {
            files += 1;
            piece.drain().await?;
        }
    }
    if files == 0 {
        let mut errors = Errors::new();
        errors.add("paper", view.t("web-guide-file-missing"));
        return Ok(page(&view, &Answers::default(), &errors)?.error().into());
    }
    Ok(Reply::see("/mau-giao-dien/bieu-mau").notice("web-guide-notice-uploaded"))
}

fn page(view: &View, typed: &Answers, errors: &Errors) -> Result<Page, Problem> {
    let one = view.query("mau").as_deref() == Some("mot-cau");
    let fields =
        if one { vec![one_question(view, typed, errors)] } else { all(view, typed, errors) };
    let content = FormPage { view, errors, fields, file: file(view, errors), one };
    let title = if one { "web-guide-born" } else { "web-guide-form-title" };
    Ok(Page::new(view, view.t(title), &content)?.back("/mau-giao-dien"))
}

fn one_question(view: &View, typed: &Answers, errors: &Errors) -> Field {
    Field::new(&view.speech, Kind::Date, "born", view.t("web-guide-born"))
        .hint(view.t("web-guide-born-hint"))
        .date(typed.date("born"))
        .errors(errors)
        .heading()
}

fn all(view: &View, typed: &Answers, errors: &Errors) -> Vec<Field> {
    let field = |kind, name: &str, key: &str| {
        let field = Field::new(&view.speech, kind, name, view.t(key));
        field.values(&typed.all(name)).errors(errors)
    };
    let born = field(Kind::Date, "born", "web-guide-born").date(typed.date("born"));
    vec![
        field(Kind::Text, "name", "web-guide-name")
            .hint(view.t("web-guide-name-hint"))
            .autocomplete("name"),
        field(Kind::Digits, "number", "web-guide-number").hint(view.t("web-guide-number-hint")),
        born.hint(view.t("web-guide-born-hint")).autocomplete("bday"),
        field(Kind::Phone, "phone", "web-guide-phone").optional(&view.speech),
        field(Kind::Email, "mail", "web-guide-mail").optional(&view.speech),
        field(Kind::Number, "value", "web-guide-value").suffix("₫").width(Width::Ten),
        field(Kind::Select(provinces(view)), "province", "web-guide-province"),
        field(Kind::Radios(deliveries(view, typed, errors)), "how", "web-guide-how"),
        field(Kind::Checkboxes(copies(view)), "copies", "web-guide-copies")
            .hint(view.t("web-guide-copies-hint")),
        field(Kind::Lines(4), "note", "web-guide-note").optional(&view.speech),
        field(Kind::Password, "password", "web-guide-password").width(Width::Twenty),
        field(Kind::Code, "otp", "web-guide-otp").hint(view.t("web-guide-otp-hint")),
    ]
}

fn provinces(view: &View) -> Vec<Choice> {
    vec![
        Choice::new("", view.t("web-guide-choose")),
        Choice::new("01", "Hà Nội"),
        Choice::new("46", "Huế"),
        Choice::new("79", "Thành phố Hồ Chí Minh"),
    ]
}

fn deliveries(view: &View, typed: &Answers, errors: &Errors) -> Vec<Choice> {
    let address = Field::new(&view.speech, Kind::Lines(3), "address", view.t("web-guide-address"))
        .value(typed.get("address"))
        .errors(errors);
    vec![
        Choice::new("wallet", view.t("web-guide-how-wallet"))
            .hint(view.t("web-guide-how-wallet-hint")),
        Choice::new("post", view.t("web-guide-how-post")).then(&address),
        Choice::new("desk", view.t("web-guide-how-desk")),
    ]
}

fn copies(view: &View) -> Vec<Choice> {
    vec![
        Choice::new("extract", view.t("web-guide-copies-extract")),
        Choice::new("paper", view.t("web-guide-copies-paper")),
    ]
}

fn file(view: &View, errors: &Errors) -> Field {
    let accept = ".pdf,.jpg,.jpeg,.png".to_owned();
    Field::new(&view.speech, Kind::File { accept, many: false }, "paper", view.t("web-guide-file"))
        .hint(view.t("web-guide-file-hint"))
        .errors(errors)
}

fn mistakes(view: &View, typed: &Answers) -> Errors {
    let mut errors = Errors::new();
    if typed.get("name").is_empty() {
        errors.add("name", view.t("web-guide-name-missing"));
    }
    let digits = typed.get("number").chars().filter(char::is_ascii_digit).count();
    if digits != 12 {
        let count = Word::from(i64::try_from(digits).unwrap_or_default());
        errors.add("number", view.with("web-guide-number-wrong", &[("count", count)]));
    }
    match typed.date("born").parse() {
        Ok(_) => {}
        Err(DateFault::Empty) => errors.add("born", view.t("web-guide-born-missing")),
        Err(_) => errors.add("born", view.t("web-guide-born-wrong")),
    }
    if typed.get("how").is_empty() {
        errors.add("how", view.t("web-guide-how-missing"));
    }
    if typed.get("how") == "post" && typed.get("address").is_empty() {
        errors.add("address", view.t("web-guide-address-missing"));
    }
    errors
}
