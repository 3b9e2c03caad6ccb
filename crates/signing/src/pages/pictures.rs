//! /can-bo/ky-so/mau and /quan-tri/con-dau: how one's own signature looks, and the seals of the
//! units whose certificates one looks after.
//!
//! Law: NĐ 30/2020/NĐ-CP app. I

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field, Kind};
use platform::web::{Form, Markup, Page, Problem, Reply, Shown, Upload, View};
use uuid::Uuid;

use super::{at_desk, at_field, bounded};
use crate::HERE;
use crate::commands::pictures::{self as commands, NewPicture, Owner};
use crate::picture::{FILE_BYTES_MAX, Fault, Picture, read_tenths_mm};
use crate::queries::pictures as queries;
use crate::refusal::Refusal;

/// One's own signature.
const OWN: &str = "/can-bo/ky-so/mau";
pub(super) const SEALS: &str = "/quan-tri/con-dau";
const FILE: &str = "file";
/// On a screen, so many pixels are a millimetre.
const PIXELS_PER_MM: f64 = 96.0 / 25.4;
/// What a signature is fitted into on paper.
const SIGNATURE_MM: (f64, f64) = (45.0, 20.0);

#[derive(Template)]
#[template(path = "picture.html")]
struct PictureTemplate<'a> {
    view: &'a View,
    errors: Markup,
    title: String,
    lead: Vec<String>,
    here: String,
    current: Option<Specimen>,
    missing: String,
    fields: Vec<Field>,
    past: Vec<Past>,
}

/// A picture as large as it is on paper.
struct Specimen {
    address: String,
    alternative: String,
    width: i64,
    height: i64,
    told: String,
}

struct Past {
    address: String,
    since: String,
    until: String,
    by: String,
    sha256: String,
}

/// Whose pictures a page is about, and how it speaks of them.
struct About {
    owner: Owner,
    here: String,
    title: String,
    alternative: String,
    unit_code: Option<String>,
}

fn own(view: &View, actor: &Actor) -> About {
    About {
        owner: Owner::Account(actor.account.0),
        here: OWN.to_owned(),
        title: view.t("signing-picture-own"),
        alternative: view.with("signing-picture-of", &[("name", (&actor.name).into())]),
        unit_code: None,
    }
}

async fn seal_of(view: &View, ctx: &Ctx, actor: &Actor, code: &str) -> Result<About, Problem> {
    let unit = queries::unit(ctx, actor, code).await?;
    let name = [("unit", unit.name.as_str().into())];
    Ok(About {
        owner: Owner::Unit(unit.id),
        here: format!("{SEALS}/{}", unit.code),
        title: view.with("signing-picture-seal", &name),
        alternative: view.with("signing-picture-seal-of", &name),
        unit_code: Some(unit.code.as_str().to_owned()),
    })
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let about = own(&view, &actor);
    page(&view, (&ctx, &actor), &about, (&Answers::default(), &Errors::new())).await
}

pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    upload: Upload,
) -> Result<Reply, Problem> {
    let about = own(&view, &actor);
    take(&view, (&ctx, &actor), &about, upload).await
}

pub(crate) async fn post_end(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    let about = own(&view, &actor);
    end(&ctx, &actor, &about).await
}

pub(crate) async fn image(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Reply, Problem> {
    let about = own(&view, &actor);
    send(&ctx, &actor, (&about, id)).await
}

pub(crate) async fn show_seal(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
) -> Result<Page, Problem> {
    let about = seal_of(&view, &ctx, &actor, &code).await?;
    page(&view, (&ctx, &actor), &about, (&Answers::default(), &Errors::new())).await
}

pub(crate) async fn post_seal(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
    upload: Upload,
) -> Result<Reply, Problem> {
    let about = seal_of(&view, &ctx, &actor, &code).await?;
    take(&view, (&ctx, &actor), &about, upload).await
}

pub(crate) async fn post_end_seal(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    let about = seal_of(&view, &ctx, &actor, &code).await?;
    end(&ctx, &actor, &about).await
}

pub(crate) async fn seal_image(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((code, id)): Path<(String, Uuid)>,
) -> Result<Reply, Problem> {
    let about = seal_of(&view, &ctx, &actor, &code).await?;
    send(&ctx, &actor, (&about, id)).await
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    about: &About,
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let all = queries::of_owner(ctx, actor, about.owner).await?;
    let current = all.iter().find(|one| one.is_in_use());
    let template = PictureTemplate {
        view,
        errors: errors.summary(&view.speech),
        title: about.title.clone(),
        lead: lead(view, about),
        here: about.here.clone(),
        current: current.map(|one| specimen(view, about, one)),
        missing: view.t(match about.owner {
            Owner::Account(_) => "signing-picture-none",
            Owner::Unit(_) => "signing-picture-seal-none",
        }),
        fields: fields(view, about, (typed, errors)),
        past: all.iter().filter(|one| !one.is_in_use()).map(|one| past(view, about, one)).collect(),
    };
    let back = if about.unit_code.is_some() { SEALS } else { HERE };
    let page = Page::new(view, about.title.clone(), &template)?.back(back);
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

fn lead(view: &View, about: &About) -> Vec<String> {
    let words: &[&str] = match about.owner {
        Owner::Account(_) => &["signing-picture-own-lead", "signing-picture-own-privacy"],
        Owner::Unit(_) => &["signing-picture-seal-lead"],
    };
    words.iter().map(|word| view.t(word)).collect()
}

fn fields(view: &View, about: &About, (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let accept = ".png,image/png".to_owned();
    let kind = Kind::File { accept, many: false };
    let file = Field::new(&view.speech, kind, FILE, view.t("signing-picture-file"));
    let side = |name: &str, word: &str| {
        let field = Field::new(&view.speech, Kind::Number, name, view.t(word));
        field.suffix("mm").value(typed.get(name)).errors(errors)
    };
    let is_seal = about.unit_code.is_some();
    let hint = if is_seal { "signing-picture-seal-hint" } else { "signing-picture-hint" };
    let mut fields = vec![file.hint(view.t(hint)).errors(errors)];
    if is_seal {
        fields.push(side("width", "signing-picture-width").hint(view.t("signing-picture-mm-hint")));
        fields.push(side("height", "signing-picture-height"));
    }
    fields
}

fn specimen(view: &View, about: &About, one: &Picture) -> Specimen {
    let (width_mm, height_mm) = one.size_mm().unwrap_or_else(|| {
        let (width, height) = (one.width_pixels.max(1) as f64, one.height_pixels.max(1) as f64);
        let scale = (SIGNATURE_MM.0 / width).min(SIGNATURE_MM.1 / height);
        (width * scale, height * scale)
    });
    let told = [
        ("at", view.speech.date_time(one.put_at).into()),
        ("name", (&one.put_name).into()),
        ("width", view.speech.number(width_mm.round() as i64).into()),
        ("height", view.speech.number(height_mm.round() as i64).into()),
    ];
    Specimen {
        address: format!("{}/anh/{}", about.here, one.id),
        alternative: about.alternative.clone(),
        width: (width_mm * PIXELS_PER_MM).round() as i64,
        height: (height_mm * PIXELS_PER_MM).round() as i64,
        told: view.with("signing-picture-in-use", &told),
    }
}

fn past(view: &View, about: &About, one: &Picture) -> Past {
    Past {
        address: format!("{}/anh/{}", about.here, one.id),
        since: view.speech.date_time(one.put_at),
        until: one.ended_at.map(|at| view.speech.date_time(at)).unwrap_or_default(),
        by: one.put_name.clone(),
        sha256: one.sha256.clone(),
    }
}

/// What was sent, put in use; or the page again, with what is to be mended.
async fn take(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    about: &About,
    upload: Upload,
) -> Result<Reply, Problem> {
    let (png, typed) = sent(upload).await?;
    let put = match read(about.owner, png, &typed) {
        Ok(new) => commands::put(ctx, actor, new).await,
        Err(fault) => Err(Refusal::Picture(fault)),
    };
    match put {
        Ok(_) => Ok(Reply::see(&about.here).notice("signing-notice-picture-put")),
        Err(refusal) => {
            let errors = at_field(view, refusal)?;
            Ok(page(view, (ctx, actor), about, (&typed, &errors)).await?.into())
        }
    }
}

fn read(owner: Owner, png: Option<Vec<u8>>, typed: &Answers) -> Result<NewPicture, Fault> {
    let png = png.ok_or(Fault::Picture(wire::pdf::picture::PictureFault::Size))?;
    if png.is_empty() {
        return Err(Fault::Missing);
    }
    let tenths_mm = match owner {
        Owner::Account(_) => None,
        Owner::Unit(_) => {
            Some((read_tenths_mm(typed.get("width"))?, read_tenths_mm(typed.get("height"))?))
        }
    };
    Ok(NewPicture { owner, png, tenths_mm })
}

/// The file, none when it is too long; and what was typed.
async fn sent(mut upload: Upload) -> Result<(Option<Vec<u8>>, Answers), Problem> {
    let (mut png, mut typed) = (Some(Vec::new()), Vec::new());
    while let Some(piece) = upload.next().await? {
        if piece.name == FILE && piece.is_file() {
            png = bounded(piece, FILE_BYTES_MAX).await?;
        } else if !piece.is_file() && piece.name != FILE {
            typed.push((piece.name.clone(), piece.text().await?));
        }
    }
    Ok((png, Answers::from_pairs(typed)))
}

async fn end(ctx: &Ctx, actor: &Actor, about: &About) -> Result<Reply, Problem> {
    commands::end(ctx, actor, about.owner).await?;
    Ok(Reply::see(&about.here).notice("signing-notice-picture-ended"))
}

/// Offered for keeping, which a page may show as an image all the same; never a page in our name.
async fn send(ctx: &Ctx, actor: &Actor, (about, id): (&About, Uuid)) -> Result<Reply, Problem> {
    let found = queries::one(ctx, actor, (about.owner, id)).await?;
    let bytes = ctx.files.read(found.file, FILE_BYTES_MAX as u64).await.map_err(Refusal::from)?;
    let name = format!("{}.png", found.kind.code());
    Ok(Reply::file(&name, "image/png", Shown::Saved, bytes.into()))
}
