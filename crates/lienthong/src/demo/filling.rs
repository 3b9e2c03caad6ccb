//! Answers questions as they stand on the page: a table for those that matter, the first choice for
//! the rest, and what the page filled in already is left as it is.

use anyhow::{Result, bail};

use super::client::{Client, Form, plain};

/// More pages than any form of daily life has.
const PAGES_MAX: usize = 60;
/// An address is chosen in two steps without scripts: the province, then its communes.
const TRIES_A_PAGE: usize = 3;

/// What the demo's mother answers. Names are those of the form's fields.
const ANSWERS: [(&str, &str); 33] = [
    ("parents", "married"),
    ("role", "mother"),
    ("child_name", "Trần Nguyễn Ban Mai"),
    ("child_sex", "female"),
    ("child_birth_date-day", "10"),
    ("child_birth_date-month", "11"),
    ("child_birth_date-year", "2026"),
    ("birth_place_kind", "facility"),
    ("birth_facility", "Bệnh viện Ví Dụ"),
    ("mother_name", "Nguyễn Thị Mẫu"),
    ("mother_birth-day", "14"),
    ("mother_birth-month", "5"),
    ("mother_birth-year", "1990"),
    ("mother_number", "046190000012"),
    ("father_name", "Trần Văn Ví Dụ"),
    ("father_birth-day", "2"),
    ("father_birth-month", "11"),
    ("father_birth-year", "1985"),
    ("father_number", "046085000027"),
    ("father_same_home", "yes"),
    ("marriage_office", "Ủy ban nhân dân phường Ví Dụ"),
    ("marriage_date-day", "1"),
    ("marriage_date-month", "2"),
    ("marriage_date-year", "2020"),
    ("marriage_number", "12/2020"),
    ("birth_proof", "statement"),
    ("notice_number", ""),
    ("surrogacy", "no"),
    ("copies", "2"),
    ("delivery", "none"),
    ("phone", "0900000001"),
    ("email", "mau@example.vn"),
    ("declaration", "yes"),
];

/// Where the mother lives; any other address takes the same.
const PROVINCE: &str = "46";
const STREET: &str = "12 đường Ví Dụ";

/// From the first open question to the page that shows all answers; says how many were asked.
pub async fn answer_all(client: &mut Client, paper: &[u8]) -> Result<usize> {
    for asked in 0..PAGES_MAX {
        if !answer_one(client, paper).await? {
            return Ok(asked);
        }
    }
    bail!("the form does not end: still at {}", client.path)
}

/// Answers the page that is open, with the paper where one is asked for; `false` when the page
/// asks nothing.
pub async fn answer_one(client: &mut Client, paper: &[u8]) -> Result<bool> {
    if client.form("/nop-tep/").is_ok() {
        client.upload("/nop-tep/", ("giay-chung-sinh.pdf", "application/pdf", paper)).await?;
    }
    if client.form("/buoc/").is_err() {
        return Ok(false);
    }
    answer_page(client).await?;
    Ok(true)
}

async fn answer_page(client: &mut Client) -> Result<()> {
    let before = client.path.clone();
    for _ in 0..TRIES_A_PAGE {
        let form = client.form("/buoc/")?;
        let answers = answers(&form);
        let pairs: Vec<(&str, &str)> =
            answers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        client.send("/buoc/", &pairs).await?;
        if client.path != before {
            return Ok(());
        }
    }
    bail!("no way past {before}: {}", mistakes(&client.page))
}

fn answers(form: &Form) -> Vec<(String, String)> {
    let open =
        |name: &str| !form.values.iter().any(|(known, value)| known == name && !value.is_empty());
    form.inputs
        .iter()
        .filter(|(name, kind)| kind != "file" && open(name))
        .map(|(name, _)| (name.clone(), answer(form, name)))
        .collect()
}

fn answer(form: &Form, name: &str) -> String {
    if let Some((_, value)) = ANSWERS.iter().find(|(known, _)| *known == name) {
        return (*value).to_owned();
    }
    let choices: Vec<&str> = form
        .choices
        .iter()
        .filter(|(known, value)| known == name && !value.is_empty())
        .map(|(_, value)| value.as_str())
        .collect();
    let first = choices.first().copied().unwrap_or(STREET);
    let home = choices.iter().find(|value| **value == PROVINCE && name.ends_with("province"));
    home.copied().unwrap_or(first).to_owned()
}

/// What the page says is wrong.
fn mistakes(page: &str) -> String {
    let told = page.split("class=\"mistake\"").skip(1);
    let told =
        told.filter_map(|piece| piece.split("</p>").next()).map(|piece| format!("<p{piece}"));
    told.map(|piece| plain(&piece).trim().to_owned()).collect::<Vec<_>>().join("; ")
}
