//! Calculated fields, checks over several answers, and what the account knows already.

use serde_json::Value;

use super::pages::{Form, Order};
use super::reader::{Place, Reader};
use crate::eform::definition::{Attribute, Calculated, Check, Prefill, Section};
use crate::eform::expression::{Names, Sort, Type};
use crate::eform::fault::DefinitionFaultKind as Fault;
use crate::eform::field::{ADDRESS_PARTS, Field, Kind};
use crate::eform::lists::List;

/// A calculated field may use those before it, so it cannot go in circles.
pub fn read_calculated(
    reader: &mut Reader,
    document: &Place<'_>,
    sections: &[Section],
    names: &mut Names,
) -> Vec<Calculated> {
    let mut found: Vec<Calculated> = Vec::new();
    for (at, value) in reader.list(document, "calculated") {
        let Some(calculated) = read_one_calculated(reader, &at, value, sections, names) else {
            continue;
        };
        if names.get(&calculated.name).is_some() {
            reader.note(&at, Fault::Twice(calculated.name.clone()));
        }
        names.add(&calculated.name, Sort::One(calculated.value.kind()));
        found.push(calculated);
    }
    found
}

fn read_one_calculated(
    reader: &mut Reader,
    at: &str,
    value: &Value,
    sections: &[Section],
    names: &Names,
) -> Option<Calculated> {
    let place = reader.object(at, value, &["name", "section", "value", "kind"])?;
    let name = reader.text(&place, "name")?;
    reader.name(&place.under("name"), &name, "_");
    let section_id = reader.text(&place, "section")?;
    let section = sections.iter().position(|section| section.id == section_id);
    if section.is_none() {
        reader.note(place.under("section"), Fault::UnknownSection(section_id));
    }
    let text = reader.text(&place, "value")?;
    let value = reader.expression(&place.under("value"), &text, names)?;
    let look = reader.text_if_any(&place, "kind");
    let money = look.as_deref() == Some("money") && value.kind() == Type::Number;
    if look.is_some() && !money {
        reader.note(place.under("kind"), Fault::WrongShape("\"money\", of a number"));
    }
    Some(Calculated { name, section: section?, value, money })
}

/// A check of a group's field sees the item it stands in as `item.name`.
pub fn read_checks(
    reader: &mut Reader,
    document: &Place<'_>,
    order: &Order<'_>,
    names: &Names,
) -> Vec<Check> {
    let mut found: Vec<Check> = Vec::new();
    for (at, value) in reader.list(document, "checks") {
        let Some(place) = reader.object(&at, value, &["name", "field", "must"]) else { continue };
        let Some(name) = reader.text(&place, "name") else { continue };
        reader.name(&place.under("name"), &name, "-");
        let Some(field) = read_field_name(reader, &place, order.form) else { continue };
        if found.iter().any(|check| check.name == name && check.field == field) {
            reader.note(&at, Fault::Twice(name.clone()));
        }
        let names = names_in_item(names, order.form, field);
        let Some(text) = reader.text(&place, "must") else { continue };
        let Some(must) = reader.condition(&place.under("must"), &text, &names) else { continue };
        if let Some(page) = order.page_of(field) {
            let others: Vec<String> =
                must.reads().iter().filter(|read| !read.starts_with("item.")).cloned().collect();
            for late in order.not_before(&others, page + 1) {
                reader.note(place.under("must"), Fault::LooksForward(late));
            }
        }
        found.push(Check { name, field, must });
    }
    found
}

fn names_in_item(names: &Names, form: &Form<'_>, field: usize) -> Names {
    let mut names = names.clone();
    let Some(group) = form.fields.get(field).and_then(|field| field.group) else { return names };
    for column in form.fields.iter().filter(|column| column.group == Some(group)) {
        let name = format!("item.{}", column.name);
        if column.kind == Kind::Address {
            for part in ADDRESS_PARTS {
                names.add(format!("{name}.{part}"), Sort::One(Type::Text));
            }
            names.add(name, Sort::Whole);
        } else {
            let sort = match column.kind {
                Kind::Files => Sort::Many,
                Kind::Choices => Sort::Chosen,
                kind => Sort::One(kind.value_type()),
            };
            names.add(name, sort);
        }
    }
    names
}

pub fn read_prefill(
    reader: &mut Reader,
    document: &Place<'_>,
    order: &Order<'_>,
    names: &Names,
) -> Vec<Prefill> {
    let mut found: Vec<Prefill> = Vec::new();
    for (at, value) in reader.list(document, "prefill") {
        let keys = ["field", "from", "when", "locked"];
        let Some(place) = reader.object(&at, value, &keys) else { continue };
        let Some(field) = read_field_name(reader, &place, order.form) else { continue };
        let Some(from) = read_attribute(reader, &place, &order.form.fields[field]) else {
            continue;
        };
        let when = reader.text_if_any(&place, "when");
        let when = when.and_then(|text| reader.condition(&place.under("when"), &text, names));
        if let (Some(condition), Some(page)) = (&when, order.page_of(field)) {
            for late in order.not_before(condition.reads(), page) {
                reader.note(place.under("when"), Fault::LooksForward(late));
            }
        }
        let locked = reader.truth(&place, "locked");
        found.push(Prefill { field, from, when, locked });
    }
    found
}

fn read_field_name(reader: &mut Reader, place: &Place<'_>, form: &Form<'_>) -> Option<usize> {
    let name = reader.text(place, "field")?;
    let field = form.fields.iter().position(|field| field.full_name(form.groups) == name);
    if field.is_none() {
        reader.note(place.under("field"), Fault::UnknownField(name));
    }
    field
}

fn read_attribute(reader: &mut Reader, place: &Place<'_>, field: &Field) -> Option<Attribute> {
    let name = reader.text(place, "from")?;
    let Some(attribute) = Attribute::parse(&name) else {
        reader.note(place.under("from"), Fault::UnknownAttribute(name));
        return None;
    };
    let fits = field.group.is_none()
        && match attribute {
            Attribute::FullName => matches!(field.kind, Kind::PersonName | Kind::Text),
            Attribute::EnterpriseName => field.kind == Kind::Text,
            Attribute::PersonalNumber => field.kind == Kind::PersonalNumber,
            Attribute::BirthDate => matches!(field.kind, Kind::Date | Kind::PartialDate),
            Attribute::Sex => ["male", "female"]
                .iter()
                .all(|sex| field.choices.iter().any(|choice| choice == sex)),
            Attribute::Nationality => field.kind == Kind::Listed(List::Country),
            Attribute::Ethnicity => field.kind == Kind::Listed(List::EthnicGroup),
            Attribute::Phone => field.kind == Kind::Phone,
            Attribute::Email => field.kind == Kind::Email,
            Attribute::Residence => field.kind == Kind::Address,
            Attribute::TaxCode => field.kind == Kind::TaxCode,
        };
    if !fits {
        reader.note(place.under("from"), Fault::AttributeMisfits);
    }
    Some(attribute)
}
