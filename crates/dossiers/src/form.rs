//! The electronic form of a dossier: the definition frozen with it, what the account knows, and
//! the places its addresses may name.

use std::collections::BTreeSet;

use identity::Account;
use jiff::civil::Date;
use organisations::queries;
use platform::store::{StoreError, Tx};
use platform::words::Speech;
use procedures::Version;
use procedures::eform::{
    self, Answers, Attribute, Definition, Field, FileRule, Flow, Kind, Known, Place, Places, Step,
};

use crate::applicant::{Applicant, ApplicantKind};
use crate::refusal::Refusal;

pub fn definition(version: &Version) -> Result<&Definition, Refusal> {
    version.form.as_ref().ok_or(Refusal::NotOnline)
}

/// What the account knows of whom the request is about: filled in, not asked.
pub fn known(subject: &Account) -> eform::Account {
    let mut account = eform::Account::default();
    let mut text = |attribute, value: Option<&str>| {
        if let Some(value) = value {
            account = std::mem::take(&mut account).with_text(attribute, value);
        }
    };
    let is_enterprise = subject.kind == identity::AccountKind::Enterprise;
    let name = if is_enterprise { Attribute::EnterpriseName } else { Attribute::FullName };
    text(name, Some(&subject.name));
    text(Attribute::PersonalNumber, subject.personal_number.as_ref().map(|it| it.as_str()));
    let tax_code = subject.tax_code.as_ref().map(identity::TaxCode::canonical);
    text(Attribute::TaxCode, tax_code.as_deref());
    text(Attribute::Phone, subject.phone.as_ref().map(|it| it.as_str()));
    text(Attribute::Email, subject.email.as_ref().map(|it| it.as_str()));
    match subject.birth_date {
        Some(date) => account.with(Attribute::BirthDate, Known::Date(date)),
        None => account,
    }
}

/// Provinces, and the communes of those provinces that the answers name: all that a page can show
/// or a check can ask. A form without addresses needs none.
pub fn places(
    tx: &mut Tx,
    definition: &Definition,
    editions: &[&Answers],
    today: Date,
) -> Result<Places, StoreError> {
    if !definition.fields().iter().any(|field| field.kind == Kind::Address) {
        return Ok(Places::default());
    }
    let named: BTreeSet<&str> = editions
        .iter()
        .flat_map(|answers| answers.texts())
        .filter(|(path, text)| path.ends_with("-province") && !text.is_empty())
        .map(|(_, text)| text)
        .collect();
    let mut provinces = Vec::new();
    let mut communes = Vec::new();
    for province in queries::provinces(tx, today)? {
        let Some(code) = province.province_gso.clone() else { continue };
        if named.contains(code.as_str()) {
            for commune in queries::communes(tx, province.id, today)? {
                let name = commune.label().to_owned();
                let place = commune.commune_gso.map(|code| Place { code, name });
                communes.extend(place.map(|place| (code.clone(), place)));
            }
        }
        provinces.push(Place { code, name: province.label().to_owned() });
    }
    Ok(Places::new(provinces, communes))
}

/// The rule of the file field at a path (`photo`, `members.0.photo`); none where there is no such
/// field.
pub fn file_rule<'a>(definition: &'a Definition, path: &str) -> Option<&'a FileRule> {
    definition.fields().get(field_at(definition, path)?)?.file.as_ref()
}

/// A step of the page that asks for the field at a path.
pub fn step_of(definition: &Definition, path: &str) -> Option<Step> {
    let field = field_at(definition, path)?;
    let asks = |page: &eform::Page| page.fields.contains(&field);
    definition.pages().iter().position(asks).map(Step::Page)
}

fn field_at(definition: &Definition, path: &str) -> Option<usize> {
    let is_at = |field: &Field| match field.group.and_then(|at| definition.groups().get(at)) {
        None => field.name == path,
        Some(group) => {
            let rest = path.strip_prefix(&group.name).and_then(|rest| rest.strip_prefix('.'));
            let item = rest.and_then(|rest| rest.split_once('.'));
            item.is_some_and(|(item, name)| {
                name == field.name && item.parse::<usize>().is_ok_and(|at| at < group.items_max)
            })
        }
    };
    definition.fields().iter().position(is_at)
}

/// What a step asks, in few words.
pub fn question_name(flow: &Flow<'_>, step: Step, speech: &Speech) -> String {
    let heading = flow.shape(step, speech, false).and_then(|shape| shape.heading);
    let label = || flow.rows(step, speech).into_iter().next().map(|row| row.label);
    heading.or_else(label).unwrap_or_default()
}

/// Whose request it is: the account's own data, and what the form was told beyond them.
pub fn applicant(subject: &Account, flow: &Flow<'_>) -> Applicant {
    let said = |attribute: Attribute| told(flow, attribute).unwrap_or_default();
    let is_enterprise = subject.kind == identity::AccountKind::Enterprise;
    let number = subject.personal_number.as_ref().map(|number| number.as_str().to_owned());
    let tax_code = subject.tax_code.as_ref().map(identity::TaxCode::canonical);
    let phone = subject.phone.as_ref().map(|phone| phone.as_str().to_owned());
    let email = subject.email.as_ref().map(|email| email.as_str().to_owned());
    Applicant {
        name: subject.name.clone(),
        kind: if is_enterprise { ApplicantKind::Enterprise } else { ApplicantKind::Person },
        identity: if is_enterprise { tax_code } else { number }.unwrap_or_default(),
        phone: phone.unwrap_or_else(|| phone_number(&said(Attribute::Phone))),
        email: email.unwrap_or_else(|| said(Attribute::Email)),
        address: said(Attribute::Residence),
        acting: None,
    }
}

/// A supplement may correct how the applicant is reached, where it was the form that said it.
pub fn told_anew(applicant: &mut Applicant, earlier: &Flow<'_>, now: &Flow<'_>) {
    let said = |flow: &Flow<'_>, attribute| told(flow, attribute).unwrap_or_default();
    let spell = |attribute: Attribute, text: String| match attribute {
        Attribute::Phone => phone_number(&text),
        _ => text,
    };
    for (attribute, kept) in [
        (Attribute::Phone, &mut applicant.phone),
        (Attribute::Email, &mut applicant.email),
        (Attribute::Residence, &mut applicant.address),
    ] {
        if *kept == spell(attribute, said(earlier, attribute)) {
            *kept = spell(attribute, said(now, attribute));
        }
    }
}

/// What the form was told where it would have taken it from the account.
fn told(flow: &Flow<'_>, attribute: Attribute) -> Option<String> {
    let definition = flow.definition;
    let rule = definition.prefill().iter().find(|rule| rule.from == attribute)?;
    let field = definition.fields().get(rule.field)?;
    let at = |part: &str| flow.answers.get(&format!("{}{part}", field.name)).to_owned();
    let text = match field.kind {
        Kind::Address => {
            let places = flow.surroundings.places;
            places.line(&at("-province"), &at("-commune"), &at("-street"))
        }
        _ => at(""),
    };
    Some(text).filter(|text| !text.is_empty())
}

/// In the one spelling that tracking compares; empty when it is no number.
pub fn phone_number(text: &str) -> String {
    identity::PhoneNumber::parse(text).map(|phone| phone.as_str().to_owned()).unwrap_or_default()
}
