//! The catalogue as it is known to everybody, carried in the program: level 1, the 63 provinces and
//! what became of them, the departments all provinces have, 3,321 communes and 696 ended districts.
//! `seeds/README.md` says where each fact comes from and what is provisional.
//!
//! Law: QĐ 20/2020/QĐ-TTg
//! Law: QĐ 09/2025/QĐ-TTg
//! Law: QĐ 19/2025/QĐ-TTg

use jiff::civil::{Date, date};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::code::Code;
use crate::kind::Kind;
use crate::name::Name;

const AGENCIES: &str = include_str!("seeds/agencies.csv");
const PROVINCES: &str = include_str!("seeds/provinces.csv");
const DEPARTMENTS: &str = include_str!("seeds/departments.csv");
const COMMUNES: &str = include_str!("seeds/communes.csv");
const DISTRICTS: &str = include_str!("seeds/districts.csv");
const SUCCESSIONS: &str = include_str!("seeds/successions.csv");

/// The two-level government began; the districts and 29 provinces had ended the day before.
pub const TWO_LEVELS_SINCE: Date = date(2025, 7, 1);
const DISTRICTS_UNTIL: Date = date(2025, 6, 30);
/// Number of a commune's one-stop centre below the commune.
const COMMUNE_CENTRE: &str = "01";
/// What a district's provincial duties became, in words.
const TO_PROVINCE: &str = "việc chuyển về cấp tỉnh";

/// A unit as the seeds know it. The unit above it is the one with the code above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedUnit {
    pub code: Code,
    pub name: Name,
    pub short_name: Option<Name>,
    pub kind: Kind,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub province_gso: Option<String>,
    pub commune_gso: Option<String>,
    pub provisional: bool,
    pub note: Option<String>,
    pub former_name: Option<(Name, Date)>,
    pub alias: Option<Code>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedSuccession {
    pub closed: Code,
    pub successor: Code,
    pub matter: Option<String>,
}

/// A seed file that its own program cannot read: found by the tests, never by a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("seed {place}: {reason}")]
pub struct SeedFault {
    /// The file or the row.
    pub place: String,
    pub reason: String,
}

#[derive(Deserialize)]
struct AgencyRow {
    code: String,
    name: String,
    short_name: String,
    kind: Kind,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
    former_name: String,
    former_until: Option<Date>,
    note: String,
}

#[derive(Deserialize)]
struct ProvinceRow {
    code: String,
    area: String,
    gso: String,
    valid_to: Option<Date>,
    successor: String,
    former_area: String,
    former_until: Option<Date>,
}

#[derive(Deserialize)]
struct DepartmentRow {
    number: String,
    name: String,
    kind: Kind,
    only: String,
    except: String,
}

#[derive(Deserialize)]
struct CommuneRow {
    code: String,
    gso: String,
    area: String,
}

#[derive(Deserialize)]
struct DistrictRow {
    code: String,
    gso: String,
    area: String,
    successors: String,
}

#[derive(Deserialize)]
struct SuccessionRow {
    closed: String,
    successor: String,
    matter: String,
}

/// All units, each after the one above it.
pub fn units() -> Result<Vec<SeedUnit>, SeedFault> {
    let provinces: Vec<ProvinceRow> = rows("provinces.csv", PROVINCES)?;
    let mut units = agencies()?;
    for province in &provinces {
        units.push(committee(province)?);
        units.push(council(province)?);
    }
    let standing: Vec<&ProvinceRow> =
        provinces.iter().filter(|province| province.successor.is_empty()).collect();
    units.extend(departments(&standing)?);
    units.extend(communes(&standing)?);
    units.extend(districts(&provinces)?);
    Ok(units)
}

/// Who took over from whom, the main heir first.
pub fn successions() -> Result<Vec<SeedSuccession>, SeedFault> {
    let mut all = Vec::new();
    for row in rows::<SuccessionRow>("successions.csv", SUCCESSIONS)? {
        all.push(succession(&row.closed, &row.successor, some(&row.matter))?);
    }
    let provinces: Vec<ProvinceRow> = rows("provinces.csv", PROVINCES)?;
    for province in provinces.iter().filter(|province| !province.successor.is_empty()) {
        all.push(succession(&province.code, &province.successor, None)?);
        let (closed, heir) = (council_code(&province.code), council_code(&province.successor));
        all.push(succession(&closed, &heir, None)?);
    }
    for district in rows::<DistrictRow>("districts.csv", DISTRICTS)? {
        for heir in district.successors.split(' ') {
            all.push(succession(&district.code, heir, None)?);
        }
        let above = &district.code[..3];
        let province = provinces.iter().find(|province| province.code == above);
        let today = province.map(|province| some(&province.successor).unwrap_or(above.to_owned()));
        let today = today.ok_or_else(|| fault(&district.code, "no such province"))?;
        all.push(succession(&district.code, &today, Some(TO_PROVINCE.to_owned()))?);
    }
    Ok(all)
}

fn agencies() -> Result<Vec<SeedUnit>, SeedFault> {
    let mut units = Vec::new();
    for row in rows::<AgencyRow>("agencies.csv", AGENCIES)? {
        let mut unit = seed(&row.code, &row.name, row.kind)?;
        unit.short_name = optional_name(&row.short_name)?;
        unit.valid_from = row.valid_from;
        unit.valid_to = row.valid_to;
        unit.note = some(&row.note);
        unit.former_name = former(&row.former_name, row.former_until)?;
        // The old form is known for the Government's agencies; newer ones never had it.
        if row.code.starts_with('G') && row.valid_from.is_none() {
            unit.alias = Some(old_level_one(&row.code)?);
        }
        units.push(unit);
    }
    Ok(units)
}

fn committee(row: &ProvinceRow) -> Result<SeedUnit, SeedFault> {
    let name = format!("Ủy ban nhân dân {}", row.area);
    let mut unit = seed(&row.code, &name, Kind::ProvinceCommittee)?;
    unit.short_name = optional_name(&capitalised(&row.area))?;
    unit.valid_to = row.valid_to;
    unit.province_gso = Some(row.gso.clone());
    unit.alias = Some(old_level_one(&row.code)?);
    if !row.former_area.is_empty() {
        let name = format!("Ủy ban nhân dân {}", row.former_area);
        unit.former_name = former(&name, row.former_until)?;
    }
    Ok(unit)
}

fn council(row: &ProvinceRow) -> Result<SeedUnit, SeedFault> {
    let name = format!("Hội đồng nhân dân {}", row.area);
    let mut unit = seed(&council_code(&row.code), &name, Kind::ProvinceCouncil)?;
    unit.valid_to = row.valid_to;
    unit.province_gso = Some(row.gso.clone());
    if !row.former_area.is_empty() {
        let name = format!("Hội đồng nhân dân {}", row.former_area);
        unit.former_name = former(&name, row.former_until)?;
    }
    Ok(unit)
}

fn departments(provinces: &[&ProvinceRow]) -> Result<Vec<SeedUnit>, SeedFault> {
    let list: Vec<DepartmentRow> = rows("departments.csv", DEPARTMENTS)?;
    let mut units = Vec::new();
    for province in provinces {
        let is_named = |codes: &str| codes.split(' ').any(|code| code == province.code);
        for row in &list {
            if is_named(&row.except) || !(row.only.is_empty() || is_named(&row.only)) {
                continue;
            }
            let code = format!("{}.{}", province.code, row.number);
            let mut unit = seed(&code, &format!("{} {}", row.name, province.area), row.kind)?;
            unit.short_name = optional_name(&row.name)?;
            unit.valid_from = Some(TWO_LEVELS_SINCE);
            unit.province_gso = Some(province.gso.clone());
            unit.provisional = true;
            units.push(unit);
        }
    }
    Ok(units)
}

fn communes(provinces: &[&ProvinceRow]) -> Result<Vec<SeedUnit>, SeedFault> {
    let mut units = Vec::new();
    for row in rows::<CommuneRow>("communes.csv", COMMUNES)? {
        let province = provinces.iter().find(|province| row.code.starts_with(&province.code));
        let province = province.ok_or_else(|| fault(&row.code, "no such province"))?;
        let area = uncapitalised(&row.area);
        let mut commune =
            seed(&row.code, &format!("Ủy ban nhân dân {area}"), Kind::CommuneCommittee)?;
        commune.short_name = optional_name(&row.area)?;
        commune.valid_from = Some(TWO_LEVELS_SINCE);
        commune.province_gso = Some(province.gso.clone());
        commune.commune_gso = Some(row.gso);
        commune.provisional = true;
        let code = format!("{}.{COMMUNE_CENTRE}", row.code);
        let name = format!("Trung tâm Phục vụ hành chính công {area}");
        let centre = SeedUnit {
            short_name: optional_name("Trung tâm Phục vụ hành chính công")?,
            ..renamed(&commune, &code, &name, Kind::OneStopCentre)?
        };
        units.extend([commune, centre]);
    }
    Ok(units)
}

fn districts(provinces: &[ProvinceRow]) -> Result<Vec<SeedUnit>, SeedFault> {
    let mut units = Vec::new();
    for row in rows::<DistrictRow>("districts.csv", DISTRICTS)? {
        let province = provinces.iter().find(|province| row.code.starts_with(&province.code));
        let province = province.ok_or_else(|| fault(&row.code, "no such province"))?;
        let name = format!("Ủy ban nhân dân {}", uncapitalised(&row.area));
        let mut unit = seed(&row.code, &name, Kind::DistrictCommittee)?;
        unit.short_name = optional_name(&row.area)?;
        unit.valid_to = Some(DISTRICTS_UNTIL);
        unit.province_gso = Some(province.gso.clone());
        unit.commune_gso = Some(row.gso);
        unit.provisional = true;
        units.push(unit);
    }
    Ok(units)
}

fn seed(code: &str, name: &str, kind: Kind) -> Result<SeedUnit, SeedFault> {
    Ok(SeedUnit {
        code: issued(code)?,
        name: Name::parse(name).map_err(|reason| fault(code, &reason.to_string()))?,
        short_name: None,
        kind,
        valid_from: None,
        valid_to: None,
        province_gso: None,
        commune_gso: None,
        provisional: false,
        note: None,
        former_name: None,
        alias: None,
    })
}

fn renamed(unit: &SeedUnit, code: &str, name: &str, kind: Kind) -> Result<SeedUnit, SeedFault> {
    let fresh = seed(code, name, kind)?;
    Ok(SeedUnit { code: fresh.code, name: fresh.name, kind, ..unit.clone() })
}

fn succession(
    closed: &str,
    successor: &str,
    matter: Option<String>,
) -> Result<SeedSuccession, SeedFault> {
    Ok(SeedSuccession { closed: issued(closed)?, successor: issued(successor)?, matter })
}

fn issued(code: &str) -> Result<Code, SeedFault> {
    Code::issue(code).map_err(|reason| fault(code, &reason.to_string()))
}

fn old_level_one(code: &str) -> Result<Code, SeedFault> {
    Code::receive(&format!("000.00.00.{code}")).map_err(|reason| fault(code, &reason.to_string()))
}

/// The people's council of a province has the number of its committee under another letter.
fn council_code(committee: &str) -> String {
    committee.replacen('H', "K", 1)
}

fn former(name: &str, until: Option<Date>) -> Result<Option<(Name, Date)>, SeedFault> {
    Ok(optional_name(name)?.zip(until))
}

fn optional_name(text: &str) -> Result<Option<Name>, SeedFault> {
    some(text)
        .map(|text| Name::parse(&text).map_err(|reason| fault(&text, &reason.to_string())))
        .transpose()
}

fn rows<T: DeserializeOwned>(file: &str, text: &str) -> Result<Vec<T>, SeedFault> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|reason| fault(file, &reason.to_string()))
}

fn fault(place: &str, reason: &str) -> SeedFault {
    SeedFault { place: place.to_owned(), reason: reason.to_owned() }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// "tỉnh An Giang" as the label of a place: "Tỉnh An Giang".
fn capitalised(area: &str) -> String {
    with_first(area, |first| first.to_uppercase().collect())
}

/// "Xã Mỹ Hòa Hưng" inside a name: "Ủy ban nhân dân xã Mỹ Hòa Hưng".
fn uncapitalised(area: &str) -> String {
    with_first(area, |first| first.to_lowercase().collect())
}

fn with_first(text: &str, change: impl Fn(char) -> String) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| change(first) + letters.as_str())
}
