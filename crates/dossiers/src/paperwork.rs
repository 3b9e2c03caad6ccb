//! Filling the papers in: from a dossier in the middle of an act to the facts a slip states.

use identity::Role;
use jiff::Timestamp;
use organisations::{UnitId, queries};
use platform::clock::{VIETNAM, local};
use platform::store::{StoreError, Tx};
use platform::words::{Locale, Speech};
use procedures::eform::{Answers, Flow, Surroundings};
use procedures::{ChannelKind, Version};

use crate::applicant::Applicant;
use crate::check_code::CheckCode;
use crate::commands::Act;
use crate::commands::reception::Grounds;
use crate::demand::Demand;
use crate::dossier::Dossier;
use crate::due_words;
use crate::papers::{
    AnswerLine, AnswerSection, ApologySlip, FeeLine, FileLine, Letterhead, PaperLine, ReceiptSlip,
    RefusalSlip, RequestConfirmation, ResultPaper, SlipHead, StopSlip, Subject, SupplementLine,
    SupplementSlip, printable, qr,
};
use crate::refusal::Refusal;
use crate::status::Status;
use crate::store::result::Wording;
use crate::{form, store};

/// Mẫu số 01.
pub(crate) fn receipt(act: &mut Act<'_>, version: &Version) -> Result<ReceiptSlip, Refusal> {
    let speech = act.speech();
    let head = head(act, act.dossier.places.receiving)?;
    let files = store::file::of(act.tx, act.dossier.id)?;
    let dossier = &act.dossier;
    let because = dossier.due.as_ref().map(|due| due.because.as_slice()).unwrap_or_default();
    let papers = match dossier.channel {
        ChannelKind::Online => electronic_papers(version, &files),
        ChannelKind::Direct | ChannelKind::Postal => paper_lines(dossier),
    };
    let limit = dossier.time_limit.as_ref();
    Ok(ReceiptSlip {
        papers,
        sets: 1,
        time_limit: limit.map(|it| due_words::limit_alone(&speech, it)).unwrap_or_default(),
        received_at: dossier.accepted_at.map(|at| moment(&speech, at)).unwrap_or_default(),
        due_at: dossier.due.as_ref().map(|due| moment(&speech, due.at)).unwrap_or_default(),
        because: due_words::because(&speech, because),
        result_place: result_place(act, &speech)?,
        fees: fee_lines(version, act.dossier.channel, &speech),
        received_by: act.by.name.clone(),
        head,
    })
}

/// Mẫu số 02.
pub(crate) fn supplement(act: &mut Act<'_>, demand: &Demand) -> Result<SupplementSlip, Refusal> {
    let speech = act.speech();
    let line = |item: &crate::demand::DemandItem| SupplementLine {
        name: printable(&item.name),
        what: printable(&item.what),
    };
    let stage = match demand.asked_from {
        Status::Registered => "dossiers-paper-stage-reception",
        _ => "dossiers-paper-stage-handling",
    };
    Ok(SupplementSlip {
        head: head(act, demand.unit)?,
        items: demand.items.iter().map(line).collect(),
        reason: printable(&demand.reason),
        legal_basis: printable(&demand.legal_basis),
        stage: speech.t(stage),
        answer_by: demand.answer_by.map(|at| speech.weekday_date(at)).unwrap_or_default(),
        officer: act.by.name.clone(),
    })
}

/// Mẫu số 03.
pub(crate) fn refusal(act: &mut Act<'_>, grounds: &Grounds) -> Result<RefusalSlip, Refusal> {
    Ok(RefusalSlip {
        head: head(act, act.dossier.places.receiving)?,
        reason: printable(&grounds.reason),
        legal_basis: printable(&grounds.legal_basis),
        officer: act.by.name.clone(),
    })
}

/// Mẫu số 04.
pub(crate) fn apology(
    act: &mut Act<'_>,
    (reason, before): (&str, Timestamp),
    role: Role,
) -> Result<ApologySlip, Refusal> {
    let speech = act.speech();
    let due = act.dossier.due.as_ref();
    Ok(ApologySlip {
        received_at: act.dossier.accepted_at.map(|at| moment(&speech, at)).unwrap_or_default(),
        due_before: moment(&speech, before),
        reason: printable(reason),
        due_new: due.map(|due| moment(&speech, due.at)).unwrap_or_default(),
        times: due.map_or(0, |due| due.reappointments),
        signer: act.by.name.clone(),
        signer_role: speech.t(role.word()),
        head: head(act, act.dossier.places.deciding)?,
    })
}

/// Mẫu số 05.
pub(crate) fn stop(act: &mut Act<'_>, grounds: &Grounds, role: Role) -> Result<StopSlip, Refusal> {
    let speech = act.speech();
    Ok(StopSlip {
        received_at: act.dossier.accepted_at.map(|at| moment(&speech, at)).unwrap_or_default(),
        reason: printable(&grounds.reason),
        legal_basis: printable(&grounds.legal_basis),
        stage: speech.t(act.dossier.holder.role.word()),
        signer: act.by.name.clone(),
        signer_role: speech.t(role.word()),
        head: head(act, act.dossier.places.deciding)?,
    })
}

/// The confirmation of a request sent online.
pub(crate) fn confirmation(
    act: &mut Act<'_>,
    version: &Version,
) -> Result<RequestConfirmation, Refusal> {
    let speech = act.speech();
    let definition = form::definition(version)?;
    let texts = act.dossier.answers.get("texts").cloned().unwrap_or_default();
    let answers: Answers = serde_json::from_value(texts).map_err(store::unreadable)?;
    let today = local(act.now).date();
    let places = form::places(act.tx, definition, &[&answers], today)?;
    let flow = Flow::new(definition, &answers, Surroundings { today, places: &places });
    let files = store::file::of(act.tx, act.dossier.id)?;
    let file = |file: &store::file::DossierFile| FileLine {
        component: component_name(version, &file.component),
        name: printable(&file.name),
        size: speech.size(file.size_bytes),
        sha256: file.sha256.clone(),
    };
    let unit = queries::unit(act.tx, act.dossier.places.receiving)?;
    Ok(RequestConfirmation {
        sent_at: moment(&speech, act.dossier.sent_at),
        answer_by: act.dossier.answer_due_at.map(|at| moment(&speech, at)).unwrap_or_default(),
        receiving_office: unit.map(|unit| unit.name.to_string()).unwrap_or_default(),
        sections: sections(&flow, &speech),
        files: files.iter().map(file).collect(),
        head: head(act, act.dossier.places.receiving)?,
    })
}

/// The result itself.
pub(crate) fn result(
    act: &mut Act<'_>,
    wording: &Wording,
    (signer_role, code): (&str, &CheckCode),
) -> Result<ResultPaper, Refusal> {
    let check_address = format!("{}/kiem-tra/{code}", act.ctx.settings.public_address);
    let deciding = act.dossier.places.deciding;
    let letterhead = letterhead(act.tx, &act.speech(), (deciding, act.now))?;
    let body = wording.body.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(ResultPaper {
        letterhead: Letterhead { number: printable(&wording.number), ..letterhead },
        title: printable(&wording.title),
        subject: subject(&act.dossier.applicant),
        procedure: act.dossier.procedure.name.clone(),
        dossier_code: act.dossier.known_as().to_owned(),
        body: body.map(printable).collect(),
        signer: act.by.name.clone(),
        signer_role: signer_role.to_owned(),
        check_code: code.to_string(),
        qr: qr(&check_address),
        check_address,
    })
}

pub(crate) fn head(act: &mut Act<'_>, unit: UnitId) -> Result<SlipHead, StoreError> {
    let speech = act.speech();
    let about = About { dossier: &act.dossier, address: &act.ctx.settings.public_address };
    slip_head(act.tx, &speech, &about, (unit, act.now))
}

/// A dossier and where it can be followed.
pub(crate) struct About<'a> {
    pub dossier: &'a Dossier,
    /// Of this installation.
    pub address: &'a str,
}

pub(crate) fn slip_head(
    tx: &mut Tx,
    speech: &Speech,
    about: &About<'_>,
    (unit, at): (UnitId, Timestamp),
) -> Result<SlipHead, StoreError> {
    let dossier = about.dossier;
    let track_address = format!("{}/tra-cuu?ma={}", about.address, dossier.known_as());
    let office = queries::unit(tx, dossier.places.receiving)?;
    let phone = office.and_then(|office| office.contact.phone);
    Ok(SlipHead {
        letterhead: letterhead(tx, speech, (unit, at))?,
        code: dossier.known_as().to_owned(),
        subject: subject(&dossier.applicant),
        procedure: dossier.procedure.name.clone(),
        procedure_code: dossier.procedure.code.clone(),
        qr: qr(&track_address),
        track_address,
        office_phone: phone.unwrap_or_default(),
    })
}

pub(crate) fn letterhead(
    tx: &mut Tx,
    speech: &Speech,
    (unit, at): (UnitId, Timestamp),
) -> Result<Letterhead, StoreError> {
    let line = queries::path(tx, unit)?;
    let agency = line.last().map(|unit| unit.name.as_str().to_uppercase()).unwrap_or_default();
    let above = line.iter().rev().nth(1).map(|unit| unit.name.as_str().to_uppercase());
    let date = local(at).date();
    let place_and_date = speech.with(
        "dossiers-paper-place-and-date",
        &[
            ("place", organisations::place_name(&line).into()),
            ("day", format!("{:02}", date.day()).into()),
            ("month", format!("{:02}", date.month()).into()),
            ("year", date.year().to_string().into()),
        ],
    );
    Ok(Letterhead {
        above: above.unwrap_or_default(),
        agency,
        number: String::new(),
        place_and_date,
        issued_at: written(at),
    })
}

/// As the press dates a document: `2026-11-23T09:00:00+07:00`.
fn written(at: Timestamp) -> String {
    at.to_zoned(VIETNAM).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

pub(crate) fn subject(applicant: &Applicant) -> Subject {
    let acting = applicant.acting.as_ref().map(|acting| acting.name.as_str());
    Subject {
        name: printable(&applicant.name),
        identity: applicant.identity.clone(),
        address: printable(&applicant.address),
        phone: applicant.phone.clone(),
        email: printable(&applicant.email),
        acting: printable(acting.unwrap_or_default()),
    }
}

/// "09 giờ 00 phút, thứ hai, ngày 23/11/2026".
pub(crate) fn moment(speech: &Speech, at: Timestamp) -> String {
    let time = local(at);
    speech.with(
        "dossiers-paper-moment",
        &[
            ("hour", format!("{:02}", time.hour()).into()),
            ("minute", format!("{:02}", time.minute()).into()),
            ("date", speech.weekday_date(at).into()),
        ],
    )
}

/// The name of a component of a version, by its code.
pub(crate) fn component_name(version: &Version, code: &str) -> String {
    let components = version.cases.iter().flat_map(|case| &case.components);
    let found = components.into_iter().find(|one| one.code.as_deref() == Some(code));
    found.map_or_else(|| code.to_owned(), |component| component.name.clone())
}

fn electronic_papers(version: &Version, files: &[store::file::DossierFile]) -> Vec<PaperLine> {
    let mut lines: Vec<PaperLine> = Vec::new();
    for file in files {
        let name = component_name(version, &file.component);
        match lines.iter_mut().find(|line| line.name == name) {
            Some(line) => line.files = line.files.saturating_add(1),
            None => lines.push(PaperLine { name, files: 1, ..PaperLine::default() }),
        }
    }
    lines
}

fn paper_lines(dossier: &Dossier) -> Vec<PaperLine> {
    let line = |paper: &crate::applicant::PaperTaken| PaperLine {
        name: printable(&paper.name),
        originals: paper.originals,
        copies: paper.copies,
        files: 0,
    };
    dossier.papers.iter().map(line).collect()
}

pub(crate) fn fee_lines(version: &Version, channel: ChannelKind, speech: &Speech) -> Vec<FeeLine> {
    let fees = version.channel(channel).map(|channel| channel.fees.as_slice()).unwrap_or_default();
    let line = |fee: &procedures::Fee| {
        let kind = match fee.kind {
            procedures::fee::FeeKind::Service => "dossiers-paper-fee-service",
            procedures::fee::FeeKind::Charge => "dossiers-paper-fee-charge",
            procedures::fee::FeeKind::Unsaid => "dossiers-paper-fee",
        };
        let amount = fee.amount.map(|amount| match amount.0 {
            0 => speech.t("dossiers-paper-free"),
            dong => speech.money(dong),
        });
        let name = if fee.text.is_empty() || amount.is_none() {
            speech.t(kind)
        } else {
            format!("{} ({})", speech.t(kind), fee.text)
        };
        FeeLine { name, amount: amount.unwrap_or_else(|| fee.text.clone()) }
    };
    fees.iter().filter(|fee| !fee.is_free()).map(line).collect()
}

/// Online in the wallet, or at the counter that received the dossier.
fn result_place(act: &mut Act<'_>, speech: &Speech) -> Result<String, StoreError> {
    if act.dossier.channel == ChannelKind::Online {
        return Ok(speech.t("dossiers-paper-result-online"));
    }
    let unit = queries::unit(act.tx, act.dossier.places.receiving)?;
    Ok(unit.map(|unit| unit.name.to_string()).unwrap_or_default())
}

fn sections(flow: &Flow<'_>, speech: &Speech) -> Vec<AnswerSection> {
    let vietnamese = speech.in_locale(Locale::Vi);
    let mut sections = Vec::new();
    for section in flow.summary(&vietnamese) {
        let rows = section.blocks.iter().flat_map(|block| &block.rows);
        let line = |row: &procedures::eform::SummaryRow| AnswerLine {
            question: printable(&row.label),
            answer: printable(&row.value),
        };
        sections.push(AnswerSection {
            title: printable(&section.title),
            answers: rows.map(line).collect(),
        });
    }
    sections
}
