//! Asking for a telephone number or an e-mail address, and for the code sent there. Used when
//! registering, and at /tai-khoan/lien-he.

use axum::extract::State;
use platform::Ctx;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::{Form, Page, Problem, Reply, View};
use platform::words::Speech;

use super::{Link, Question, at_desk, at_field, or_prove_again, told};
use crate::account::Contact;
use crate::actor::Actor;
use crate::commands::account as commands;
use crate::email::Email;
use crate::phone_number::PhoneNumber;
use crate::refusal::Refusal;

const HERE: &str = "/tai-khoan/lien-he";

/// As typed: both kinds are kept, whichever is chosen.
#[derive(Default)]
pub(crate) struct ContactForm {
    channel: String,
    phone: String,
    email: String,
}

impl ContactForm {
    pub fn read(answers: &Answers) -> ContactForm {
        let text = |name: &str| answers.get(name).to_owned();
        ContactForm { channel: text("channel"), phone: text("phone"), email: text("email") }
    }

    pub fn of(contact: Option<&Contact>) -> ContactForm {
        let text = contact.map(|contact| contact.as_str().to_owned());
        let channel = contact.map_or("phone", Contact::channel).to_owned();
        match contact {
            Some(Contact::Email(_)) => {
                ContactForm { channel, email: text.unwrap_or_default(), ..Default::default() }
            }
            _ => ContactForm { channel, phone: text.unwrap_or_default(), ..Default::default() },
        }
    }

    pub fn parse(&self, speech: &Speech) -> Result<Contact, Errors> {
        let mut errors = Errors::new();
        match self.channel.as_str() {
            "phone" => match PhoneNumber::parse(&self.phone) {
                Ok(phone) => return Ok(Contact::Phone(phone)),
                Err(fault) => errors.add("phone", told::phone(&fault, speech)),
            },
            "email" => match Email::parse(&self.email) {
                Ok(email) => return Ok(Contact::Email(email)),
                Err(fault) => errors.add("email", told::email(fault, speech)),
            },
            _ => errors.add("channel", speech.t("identity-contact-missing")),
        }
        Err(errors)
    }
}

pub(crate) fn field(view: &View, typed: &ContactForm, errors: &Errors) -> Field {
    let speech = &view.speech;
    let phone = Field::new(speech, Kind::Phone, "phone", view.t("identity-phone"))
        .hint(view.t("identity-phone-hint"))
        .value(&typed.phone)
        .errors(errors);
    let email = Field::new(speech, Kind::Email, "email", view.t("identity-email"))
        .value(&typed.email)
        .errors(errors);
    let choices = vec![
        Choice::new("phone", view.t("identity-contact-phone")).then(&phone),
        Choice::new("email", view.t("identity-contact-email")).then(&email),
    ];
    Field::new(speech, Kind::Radios(choices), "channel", view.t("identity-contact"))
        .hint(view.t("identity-contact-hint"))
        .value(&typed.channel)
        .errors(errors)
}

pub(crate) fn code_field(view: &View, errors: &Errors) -> Field {
    Field::new(&view.speech, Kind::Code, "code", view.t("identity-code"))
        .hint(view.t("identity-code-hint"))
        .errors(errors)
}

pub(crate) async fn show(view: View, actor: Actor) -> Result<Reply, Problem> {
    if let Err(refusal) = commands::proved(&view) {
        return or_prove_again(refusal, HERE);
    }
    let channel = view.query("kenh").unwrap_or_else(|| "phone".to_owned());
    let typed = ContactForm { channel, ..Default::default() };
    Ok(page(&view, &actor, &typed, &Errors::new()).await?.into())
}

pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let typed = ContactForm::read(&answers);
    let contact = match typed.parse(&view.speech) {
        Ok(contact) => contact,
        Err(errors) => return Ok(page(&view, &actor, &typed, &errors).await?.into()),
    };
    match commands::begin_contact(&ctx, &view, &actor, contact).await {
        Ok(()) => Ok(Reply::see("/tai-khoan/lien-he/ma")),
        Err(refusal @ Refusal::Waiting { .. }) => {
            let errors = at_field(&view.speech, "channel", refusal)?;
            Ok(page(&view, &actor, &typed, &errors).await?.into())
        }
        Err(refusal) => or_prove_again(refusal, HERE),
    }
}

async fn page(
    view: &View,
    actor: &Actor,
    typed: &ContactForm,
    errors: &Errors,
) -> Result<Page, Problem> {
    let question = Question {
        heading: Some(view.t("identity-contact-change")),
        lead: vec![view.t("identity-contact-change-lead")],
        fields: vec![field(view, typed, errors)],
        button: view.t("identity-send-code"),
        ..Question::new(view, HERE, errors)
    };
    let page = question.page(view, view.t("identity-contact-change"), errors)?;
    Ok(at_desk(view, actor, page.back("/tai-khoan")).await)
}

pub(crate) async fn code(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Reply, Problem> {
    code_again(&view, &ctx, &actor, &Errors::new()).await
}

pub(crate) async fn post_code(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    match commands::prove_contact(&ctx, &view, &actor, answers.get("code")).await {
        Ok(()) => Ok(Reply::see("/tai-khoan").notice("identity-notice-contact-changed")),
        Err(refusal @ (Refusal::CodeWrong | Refusal::CodeSpent)) => {
            let errors = at_field(&view.speech, "code", refusal)?;
            code_again(&view, &ctx, &actor, &errors).await
        }
        Err(refusal) => or_prove_again(refusal, HERE),
    }
}

async fn code_again(
    view: &View,
    ctx: &Ctx,
    actor: &Actor,
    errors: &Errors,
) -> Result<Reply, Problem> {
    let contact = match commands::awaited_contact(ctx, view, actor).await {
        Ok(contact) => contact,
        Err(refusal) => return or_prove_again(refusal, HERE),
    };
    let sent = view.with("identity-code-sent", &[("contact", contact.masked().into())]);
    let question = Question {
        heading: Some(view.t("identity-code-enter")),
        lead: vec![sent],
        fields: vec![code_field(view, errors)],
        links: vec![Link::new(HERE, view.t("identity-code-again"))],
        ..Question::new(view, "/tai-khoan/lien-he/ma", errors)
    };
    let page = question.page(view, view.t("identity-code-enter"), errors)?.back(HERE);
    Ok(at_desk(view, actor, page).await.into())
}
