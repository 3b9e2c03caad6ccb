//! A paper as a page: the same facts as the PDF, in the law's Vietnamese.

use askama::Template;
use jiff::Timestamp;
use platform::web::{Markup, Page, Problem, View};
use platform::words::{Locale, Speech};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::pages::pieces::signing_told;
use crate::papers::{
    ApologySlip, ControlSlip, Form, ReceiptSlip, RefusalSlip, RequestConfirmation, ResultPaper,
    SlipHead, StopSlip, SupplementSlip,
};
use crate::queries::Whole;
use crate::signature::Signing;
use crate::store;
use crate::store::slip::Slip;

/// One row of a paper: "Số điện thoại: 0912…".
pub(super) struct Row {
    label: String,
    value: String,
}

/// A list on a paper.
pub(super) struct Table {
    caption: String,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

#[derive(Template)]
#[template(path = "paper.html")]
struct PaperPage<'a> {
    view: &'a View,
    vi: Speech,
    head: SlipHead,
    title: String,
    code_word: String,
    rows: Vec<Row>,
    tables: Vec<Table>,
    after: Vec<Row>,
    left: Option<(String, String)>,
    right: (String, String),
    pdf: String,
    signing: Option<SigningTold>,
    qr: Markup,
    wide: bool,
}

/// How the PDF of a paper stands with its signatures.
pub(super) struct SigningTold {
    sentence: String,
    is_signed: bool,
    /// Where the one who is to sign it does so.
    sign: Option<String>,
}

impl SigningTold {
    fn of(view: &View, signing: Signing, signed_at: Option<Timestamp>) -> Option<SigningTold> {
        let sentence = signing_told(view, signing, signed_at)?;
        Some(SigningTold { sentence, is_signed: signing == Signing::Signed, sign: None })
    }

    /// Of a slip, for the officer who looks at it.
    fn of_slip(view: &View, slip: &Slip, reader: Option<Uuid>) -> Option<SigningTold> {
        let told = SigningTold::of(view, slip.signing, slip.signed_at)?;
        let own = slip.signing == Signing::Waiting && reader.is_some() && slip.issued_by == reader;
        let submission = slip.submission.filter(|_| own);
        Some(SigningTold { sign: submission.map(|id| format!("/can-bo/ky-so/{id}")), ..told })
    }
}

/// `reader`: the officer who looks at it, to be led to where it is signed.
pub(super) fn slip_page(
    view: &View,
    slip: &Slip,
    (back, reader): (&str, Option<Uuid>),
) -> Result<Page, Problem> {
    let form = Form::parse(&slip.form).ok_or_else(Problem::not_found)?;
    let vi = view.speech.in_locale(Locale::Vi);
    let mut page = match form {
        Form::Receipt => receipt(view, &vi, read(slip)?),
        Form::Supplement => supplement(view, &vi, read(slip)?),
        Form::Refusal => refusal(view, &vi, read(slip)?),
        Form::Apology => apology(view, &vi, read(slip)?),
        Form::Stop => stop(view, &vi, read(slip)?),
        Form::Request => request(view, &vi, read(slip)?),
        Form::Control | Form::Register | Form::Result => return Err(Problem::not_found()),
    };
    page.pdf = format!("{}/pdf", view.path);
    page.signing = SigningTold::of_slip(view, slip, reader);
    let title = page.title.clone();
    Ok(Page::new(view, title, &page)?.back(back))
}

pub(super) fn control_page(view: &View, slip: &ControlSlip, back: &str) -> Result<Page, Problem> {
    let vi = view.speech.in_locale(Locale::Vi);
    let t = |key: &str| vi.t(key);
    let heads = ["given", "taken", "at", "course", "note"];
    let heads = heads.iter().map(|head| t(&format!("dossiers-control-{head}"))).collect();
    let rows = slip
        .rows
        .iter()
        .map(|row| {
            vec![
                format!("{}, {}", row.given_by, row.given_unit),
                row.taken_by.clone(),
                row.at.clone(),
                row.course.clone(),
                row.note.clone(),
            ]
        })
        .collect();
    let mut page = blank(view, &vi, Form::Control, slip.head.clone());
    page.rows.push(row(&vi, "received-at", &slip.received_at));
    page.rows.push(row(&vi, "due-at", &slip.due_at));
    page.tables.push(Table { caption: t("dossiers-control-table"), heads, rows });
    page.pdf = format!("{}/pdf", view.path);
    page.wide = true;
    Ok(Page::new(view, page.title.clone(), &page)?.back(back).wide())
}

fn read<T: DeserializeOwned>(slip: &Slip) -> Result<T, Problem> {
    Ok(store::read(&slip.facts)?)
}

fn row(vi: &Speech, word: &str, value: &str) -> Row {
    Row { label: vi.t(&format!("dossiers-paper-{word}")), value: value.to_owned() }
}

/// Head, title and subject, which every slip has.
fn blank<'a>(view: &'a View, vi: &Speech, form: Form, head: SlipHead) -> PaperPage<'a> {
    let subject = &head.subject;
    let mut rows = vec![
        row(vi, "subject", &subject.name),
        row(vi, "identity", &subject.identity),
        row(vi, "address", &subject.address),
        row(vi, "phone", &subject.phone),
        row(vi, "email", &subject.email),
        row(vi, "acting", &subject.acting),
        row(vi, "procedure", &head.procedure),
    ];
    rows.retain(|row| !row.value.is_empty());
    let code_word = if form == Form::Request { "request-number" } else { "code" };
    PaperPage {
        title: vi.t(&form.word()),
        code_word: vi.t(&format!("dossiers-{code_word}")),
        qr: Markup::trusted(head.qr.clone()),
        rows,
        tables: Vec::new(),
        after: Vec::new(),
        left: None,
        right: (String::new(), String::new()),
        pdf: String::new(),
        signing: None,
        vi: vi.clone(),
        wide: false,
        head,
        view,
    }
}

fn receipt<'a>(view: &'a View, vi: &Speech, slip: ReceiptSlip) -> PaperPage<'a> {
    let mut page = blank(view, vi, Form::Receipt, slip.head.clone());
    if !slip.papers.is_empty() {
        let heads = ["name", "originals", "copies", "files"];
        page.tables.push(Table {
            caption: vi.t("dossiers-paper-components"),
            heads: heads.iter().map(|head| vi.t(&format!("dossiers-paper-{head}"))).collect(),
            rows: slip
                .papers
                .iter()
                .map(|line| {
                    let counts = [line.originals, line.copies, line.files].map(|n| n.to_string());
                    [line.name.clone()].into_iter().chain(counts).collect()
                })
                .collect(),
        });
    }
    page.after = vec![
        row(vi, "sets", &slip.sets.to_string()),
        row(vi, "time-limit", &slip.time_limit),
        row(vi, "received-at", &slip.received_at),
        row(vi, "due-at", &slip.due_at),
        row(vi, "because", &slip.because),
        row(vi, "result-place", &slip.result_place),
    ];
    page.after.extend(
        slip.fees.iter().map(|fee| Row { label: fee.name.clone(), value: fee.amount.clone() }),
    );
    page.after.retain(|row| !row.value.is_empty());
    let giver = if slip.head.subject.acting.is_empty() {
        slip.head.subject.name
    } else {
        slip.head.subject.acting
    };
    page.left = Some((vi.t("dossiers-paper-giver"), giver));
    page.right = (vi.t("dossiers-paper-taker"), slip.received_by);
    page
}

fn supplement<'a>(view: &'a View, vi: &Speech, slip: SupplementSlip) -> PaperPage<'a> {
    let mut page = blank(view, vi, Form::Supplement, slip.head);
    page.tables.push(Table {
        caption: vi.t("dossiers-paper-wanted"),
        heads: vec![vi.t("dossiers-paper-name"), vi.t("dossiers-paper-what")],
        rows: slip.items.into_iter().map(|line| vec![line.name, line.what]).collect(),
    });
    page.after = vec![
        row(vi, "reason", &slip.reason),
        row(vi, "legal-basis", &slip.legal_basis),
        row(vi, "stage", &slip.stage),
        row(vi, "answer-by", &slip.answer_by),
    ];
    page.after.retain(|row| !row.value.is_empty());
    page.right = (vi.t("dossiers-paper-officer"), slip.officer);
    page
}

fn refusal<'a>(view: &'a View, vi: &Speech, slip: RefusalSlip) -> PaperPage<'a> {
    let mut page = blank(view, vi, Form::Refusal, slip.head);
    page.after = vec![row(vi, "reason", &slip.reason), row(vi, "legal-basis", &slip.legal_basis)];
    page.after.retain(|row| !row.value.is_empty());
    page.right = (vi.t("dossiers-paper-officer"), slip.officer);
    page
}

fn apology<'a>(view: &'a View, vi: &Speech, slip: ApologySlip) -> PaperPage<'a> {
    let mut page = blank(view, vi, Form::Apology, slip.head);
    page.after = vec![
        row(vi, "received-at", &slip.received_at),
        row(vi, "due-before", &slip.due_before),
        row(vi, "reason", &slip.reason),
        row(vi, "due-new", &slip.due_new),
    ];
    page.right = (slip.signer_role, slip.signer);
    page
}

fn stop<'a>(view: &'a View, vi: &Speech, slip: StopSlip) -> PaperPage<'a> {
    let mut page = blank(view, vi, Form::Stop, slip.head);
    page.after = vec![
        row(vi, "received-at", &slip.received_at),
        row(vi, "stage", &slip.stage),
        row(vi, "reason", &slip.reason),
        row(vi, "legal-basis", &slip.legal_basis),
    ];
    page.after.retain(|row| !row.value.is_empty());
    page.right = (slip.signer_role, slip.signer);
    page
}

fn request<'a>(view: &'a View, vi: &Speech, slip: RequestConfirmation) -> PaperPage<'a> {
    let mut page = blank(view, vi, Form::Request, slip.head);
    page.rows.push(row(vi, "sent-at", &slip.sent_at));
    page.rows.push(row(vi, "receiving-office", &slip.receiving_office));
    page.rows.push(row(vi, "answered-by", &slip.answer_by));
    let heads = vec![vi.t("dossiers-paper-question"), vi.t("dossiers-paper-answer")];
    for section in slip.sections {
        page.tables.push(Table {
            caption: section.title,
            heads: heads.clone(),
            rows: section
                .answers
                .into_iter()
                .map(|line| vec![line.question, line.answer])
                .collect(),
        });
    }
    if !slip.files.is_empty() {
        let heads = ["name", "file", "size", "sha256"];
        page.tables.push(Table {
            caption: vi.t("dossiers-paper-files-sent"),
            heads: heads.iter().map(|head| vi.t(&format!("dossiers-paper-{head}"))).collect(),
            rows: slip
                .files
                .into_iter()
                .map(|file| vec![file.component, file.name, file.size, file.sha256])
                .collect(),
        });
    }
    page
}

#[derive(Template)]
#[template(path = "result.html")]
struct ResultPage<'a> {
    view: &'a View,
    vi: Speech,
    paper: ResultPaper,
    qr: Markup,
    pdf: String,
    signing: Option<SigningTold>,
}

pub(super) fn result_page(view: &View, whole: &Whole, back: &str) -> Result<Page, Problem> {
    let result = whole.issued_result().ok_or_else(Problem::not_found)?;
    let paper: ResultPaper = store::read(&result.facts)?;
    let page = ResultPage {
        vi: view.speech.in_locale(Locale::Vi),
        qr: Markup::trusted(paper.qr.clone()),
        pdf: format!("{}/pdf", view.path),
        signing: SigningTold::of(view, result.signing, result.signed_at),
        paper,
        view,
    };
    Ok(Page::new(view, result.title.clone(), &page)?.back(back))
}
