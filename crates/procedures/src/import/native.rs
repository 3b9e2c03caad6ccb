//! Records in the portal's own JSON. Keys may be missing in any of them.

use jiff::Timestamp;
use jiff::civil::Date;
use platform::clock::local;

use super::native_shape::{
    Agency, Details, Method, NativeCase, NativeComponent, NativeFee, Record,
};
use super::reading::{Doubt, Format, ReadPart, Reading, Why};
use super::{channels, clean, flattened};
use crate::channel::{Channel, ChannelKind};
use crate::code::{Code, NotACode};
use crate::component::{BlankForm, Case, Component};
use crate::fee::{Currency, Fee, FeeKind, Vnd};
use crate::level::{Levels, OnlineLevel};
use crate::life_event::LifeEvent;
use crate::time_limit::{TimeLimit, TimeUnit};
use crate::version::{Agencies, Decision, Mandate, Named, Step, Version};

/// Reads one record. Only a code that is none is refused.
pub fn read(record: &Record) -> Result<Reading, NotACode> {
    let code = Code::parse(&record.code)?;
    let mut doubts = unknown_content(record);
    let channels: Vec<Channel> =
        record.execution_methods.iter().flat_map(|method| channel(method, &mut doubts)).collect();
    let life_events =
        record.service_groups_details.iter().filter_map(|group| life_event(&group.name)).collect();
    let requirements = match clean::some(&record.requirements_and_conditions) {
        Some(text) => text,
        None => &record.description,
    };
    let version = Version {
        mandate: mandate(&record.formality_type),
        levels: Levels {
            ward: record.is_ward,
            province: record.is_province,
            ministry: record.is_ministry,
            other: record.is_other_agency,
        },
        online_level: online_level(record, &channels),
        fields: record.categories_details.iter().map(named).collect(),
        subjects: record.subject_types_details.iter().map(named).collect(),
        life_events,
        agencies: agencies(record),
        decision: decision(record),
        steps: steps(record),
        channels,
        cases: cases(record),
        results: record.results_details.iter().map(named).collect(),
        requirements: clean::some(requirements).map(clean::block).unwrap_or_default(),
        legal_bases: record.legal_basises_details.iter().map(named).collect(),
        keywords: flattened::keywords(&record.keywords),
        vertical: record.is_vertical,
        non_territorial: record.is_non_territorial,
        note: clean::block(&record.note),
        ..Version::new(code, clean::line(&record.name))
    };
    Ok(Reading { format: Format::Native, version, doubts })
}

/// These were empty in every record known so far; what they hold is kept, not understood.
fn unknown_content(record: &Record) -> Vec<Doubt> {
    let top = [
        ("fees", ReadPart::Fee, record.fees.is_empty()),
        ("profileComponents", ReadPart::Components, record.profile_components.is_empty()),
        ("targetObjects", ReadPart::Subjects, record.target_objects.is_empty()),
        ("procedureRelatedGroup", ReadPart::Steps, record.procedure_related_group.is_empty()),
    ];
    top.into_iter()
        .filter(|(_, _, is_empty)| !is_empty)
        .map(|(key, part, _)| Doubt::new(part, Why::UnknownKey, key))
        .collect()
}

fn named(details: &Details) -> Named {
    let code = clean::line(&details.code);
    let code = code.trim_end_matches('.');
    Named { code: (!code.is_empty()).then(|| code.to_owned()), name: clean::line(&details.name) }
}

fn mandate(kind: &str) -> Mandate {
    match kind {
        "ASSIGNED_REGULATION" => Mandate::Delegated,
        "NOT_ASSIGNED_REGULATION" => Mandate::NotDelegated,
        "OTHER" => Mandate::Other,
        _ => Mandate::Unsaid,
    }
}

fn online_level(record: &Record, channels: &[Channel]) -> OnlineLevel {
    let offered = channels.iter().any(|channel| channel.kind == ChannelKind::Online);
    match (record.is_full_process, offered && !record.is_offline_only) {
        (true, _) => OnlineLevel::Whole,
        (false, true) => OnlineLevel::Part,
        (false, false) => OnlineLevel::Information,
    }
}

fn agencies(record: &Record) -> Agencies {
    let join = |named: &[Agency], groups: &[Agency]| -> Vec<Named> {
        named.iter().chain(groups).map(agency).collect()
    };
    let publisher = clean::line(&record.department_promulgate_name);
    Agencies {
        publishing: (!publisher.is_empty()).then(|| Named {
            code: clean::some(&record.department_promulgate_code).map(str::to_owned),
            name: publisher,
        }),
        executing: join(&record.departments_executing, &record.unit_groups_executing),
        authority: join(&record.departments_authority, &record.unit_groups_authority),
        authorised: join(&record.departments_authorized, &record.unit_groups_authorized),
        coordinating: join(&record.departments_coordinating, &record.unit_groups_coordinating),
        receiving: clean::some(&record.dossier_receiving_addresses)
            .map(clean::block)
            .unwrap_or_default(),
    }
}

fn agency(agency: &Agency) -> Named {
    Named { code: clean::some(&agency.code).map(str::to_owned), name: clean::line(&agency.name) }
}

fn decision(record: &Record) -> Decision {
    let Some(proposal) = &record.procedure_proposal else {
        return Decision { number: clean::line(&record.decision_no), ..Decision::default() };
    };
    let number = match clean::some(&record.decision_no) {
        Some(number) => number,
        None => &proposal.proposal_number,
    };
    Decision {
        number: clean::line(number),
        date: proposal.decision_date.and_then(day),
        published: proposal.publication_date.and_then(day),
        agency: proposal
            .issuing_agency
            .as_ref()
            .map(|agency| clean::line(&agency.name))
            .unwrap_or_default(),
    }
}

/// The day in Vietnam of milliseconds since 1970.
fn day(milliseconds: i64) -> Option<Date> {
    Timestamp::from_millisecond(milliseconds).ok().map(|at| local(at).date())
}

fn steps(record: &Record) -> Vec<Step> {
    let mut steps = Vec::new();
    for step in &record.execution_steps {
        let name = clean::line(&step.name);
        if name.is_empty() {
            steps.extend(flattened::steps(&step.description));
        } else {
            steps.push(Step { name, text: clean::block(&step.description) });
        }
    }
    steps
}

fn channel(method: &Method, doubts: &mut Vec<Doubt>) -> Vec<Channel> {
    let kinds = match method.submission_method.as_str() {
        "ONLINE" => vec![ChannelKind::Online],
        "DIRECT" => vec![ChannelKind::Direct],
        "POSTAL" => vec![ChannelKind::Postal],
        "DIRECT_AND_ONLINE" => vec![ChannelKind::Direct, ChannelKind::Online],
        other => {
            doubts.push(Doubt::new(ReadPart::Channels, Why::UnknownWord, other));
            return Vec::new();
        }
    };
    let text = clean::block(&method.description);
    let amount = method.processing_time.unwrap_or(0);
    let unit = &method.processing_time_unit;
    let time_limit = (method.processing_time.is_some() || !unit.is_empty())
        .then(|| time_limit(amount, unit, &text, doubts))
        .flatten();
    let fees: Vec<Fee> = method.fees.iter().filter_map(|each| fee(each, doubts)).collect();
    let channel = |kind| Channel {
        kind,
        time_limit: time_limit.clone(),
        fees: fees.clone(),
        text: text.clone(),
    };
    kinds.into_iter().map(channel).collect()
}

fn time_limit(amount: u32, unit: &str, words: &str, doubts: &mut Vec<Doubt>) -> Option<TimeLimit> {
    let limit = match unit {
        "WORKING_DAY" => TimeLimit::new(amount, TimeUnit::WorkingDay),
        "DAY" => TimeLimit::new(amount, TimeUnit::Day),
        "WORKING_HOUR" => TimeLimit::new(amount, TimeUnit::WorkingHour),
        "HOUR" => TimeLimit::new(amount, TimeUnit::Hour),
        "MONTH" => TimeLimit::new(amount, TimeUnit::Month),
        "YEAR" => TimeLimit::new(amount.checked_mul(12)?, TimeUnit::Month),
        "OTHER" | "" => return Some(channels::without_unit(amount, words, doubts)),
        other => {
            doubts.push(Doubt::new(ReadPart::Time, Why::UnknownWord, other));
            return Some(TimeLimit::told(format!("{amount} {other}")));
        }
    };
    Some(limit)
}

/// A fee of nothing without words is no fee where the list has none; `0` with words that name a
/// rule or a sum is not free.
fn fee(source: &NativeFee, doubts: &mut Vec<Doubt>) -> Option<Fee> {
    let text = clean::block(&source.description);
    let kind = match source.kind.as_str() {
        "SERVICE_FEE" => FeeKind::Service,
        "FEE" => FeeKind::Charge,
        _ => FeeKind::Unsaid,
    };
    let currency = match currency(source) {
        Some(currency) => currency,
        None => {
            doubts.push(Doubt::new(ReadPart::Fee, Why::UnknownWord, &source.currency_name));
            let told = source.value.map(|value| value.to_string()).unwrap_or_default();
            let told = format!("{told} {} {text}", source.currency_name);
            return Some(Fee { kind, ..Fee::told(clean::block(&told)) });
        }
    };
    let amount = match source.value {
        None if text.is_empty() => return None,
        None => None,
        Some(0.0) if !clean::says_no_fee(&text) => None,
        Some(value) if value.fract() == 0.0 && value.abs() < 1e15 => Some(Vnd(value as i64)),
        Some(value) => {
            doubts.push(Doubt::new(ReadPart::Fee, Why::UnknownWord, &value.to_string()));
            None
        }
    };
    Some(Fee { kind, amount, currency, text })
}

/// Without a currency the portal means đồng.
fn currency(source: &NativeFee) -> Option<Currency> {
    match clean::line(&source.currency_name).as_str() {
        "" | "Việt Nam Đồng" | "VNĐ" | "VND" => Some(Currency::Vnd),
        "USD" => Some(Currency::Usd),
        "EUR" => Some(Currency::Eur),
        _ => None,
    }
}

fn cases(record: &Record) -> Vec<Case> {
    let mut cases: Vec<Case> = record.execution_cases.iter().map(case).collect();
    for coded in record.cases.iter().map(case) {
        // The portal lists the same case twice, with one code and other ids.
        let repeats = cases.iter().any(|case| {
            (&case.name, &case.time_limit) == (&coded.name, &coded.time_limit)
                && case.components == coded.components
        });
        if !repeats {
            cases.push(coded);
        }
    }
    cases
}

fn case(source: &NativeCase) -> Case {
    let time_limit = source.processing_day.as_ref().and_then(|day| {
        let amount = day.qty?;
        (day.kind != "OTHER").then(|| time_limit(amount, &day.kind, "", &mut Vec::new())).flatten()
    });
    Case {
        code: clean::some(&source.code).map(clean::line),
        name: clean::block(&source.name),
        time_limit,
        components: source.profile_components.iter().map(component).collect(),
    }
}

fn component(source: &NativeComponent) -> Component {
    let files: Vec<BlankForm> = source
        .attachments
        .iter()
        .map(|file| BlankForm { name: clean::line(&file.file_name), path: file.file_path.clone() })
        .collect();
    let has_count = source.original_qty > 0 || source.copy_qty > 0;
    let code = clean::line(&source.code);
    let code = code.trim_end_matches('.');
    Component {
        code: (!code.is_empty()).then(|| code.to_owned()),
        name: clean::block(&source.name),
        name_en: None,
        originals: source.original_qty,
        copies: source.copy_qty,
        required: source.required,
        reusable_result: source.is_processing_result,
        eform: source.has_electronic_form,
        is_note: !has_count && files.is_empty() && !source.has_electronic_form,
        files,
    }
}

/// The portal's groups of services, by the words in their names.
fn life_event(group: &str) -> Option<LifeEvent> {
    let folded = platform::fold::fold(group);
    let words = [
        ("ho chieu", LifeEvent::Travel),
        ("tam tru", LifeEvent::Residence),
        ("luu tru", LifeEvent::Residence),
        ("cu tru", LifeEvent::Residence),
        ("thuong tru", LifeEvent::Residence),
        ("co con", LifeEvent::Birth),
        ("hoc tap", LifeEvent::School),
        ("viec lam", LifeEvent::Work),
        ("hon nhan", LifeEvent::Marriage),
        ("nha o", LifeEvent::Housing),
        ("dat dai", LifeEvent::Housing),
        ("phuong tien", LifeEvent::Vehicle),
        ("suc khoe", LifeEvent::Health),
        ("huu tri", LifeEvent::Retirement),
        ("qua doi", LifeEvent::Death),
        ("khieu kien", LifeEvent::Justice),
        ("khoi su", LifeEvent::BusinessStart),
        ("cham dut", LifeEvent::BusinessEnd),
        ("thuong mai", LifeEvent::BusinessTrade),
        ("thue", LifeEvent::BusinessTax),
    ];
    words.iter().find(|(word, _)| folded.contains(word)).map(|(_, event)| *event)
}
