//! Forms: what a person typed, read at the door, and shown again with every answer kept.
//!
//! ```ignore
//! async fn post_name(view: View, State(ctx): State<Ctx>, Form(typed): Form<NameForm>)
//!     -> Result<Reply, Problem>
//! {
//!     match NameDraft::parse(&typed) {
//!         Ok(draft) => commands::name(&ctx, draft).await.map(|()| Reply::see("/xong"))?,
//!         Err(errors) => name_page(&view, &typed, &errors)?.error().into(),
//!     }
//! }
//! ```

mod answers;
mod date;
mod errors;
mod field;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use http::header;
use serde::de::DeserializeOwned;

pub use answers::Answers;
pub(crate) use answers::clean;
pub use date::{DateFault, DateParts};
pub use errors::Errors;
pub use field::{Choice, Field, Kind, Width};

use super::csrf::{TOKEN, TOKEN_HEADER};
use super::{Problem, View};

/// The answers of a form (`application/x-www-form-urlencoded`), its token checked.
/// `T` is [`Answers`], a map, or a struct whose fields are `#[serde(default)] String`.
pub struct Form<T>(pub T);

impl<T, S> FromRequest<S> for Form<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Form<T>, Problem> {
        let view = request.extensions().get::<View>().cloned();
        let view = view.ok_or_else(|| Problem::broken("no site around"))?;
        let header_token = request.headers().get(TOKEN_HEADER).cloned();
        let answers = read(request).await?;
        let token = header_token.as_ref().and_then(|token| token.to_str().ok());
        if !view.form_token_fits(token.unwrap_or(answers.get(TOKEN))) {
            return Err(Problem::stale_form().resend(answers.for_resending()));
        }
        answers.parse().map(Form)
    }
}

/// The answers as they came, the token not yet looked at.
pub(crate) async fn read(request: Request) -> Result<Answers, Problem> {
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|media| media.to_str().ok());
    if !media.is_some_and(is_urlencoded) {
        return Err(Problem::wrong_media());
    }
    // The site has put a limit and a pace on every body already.
    let bytes = to_bytes(request.into_body(), usize::MAX).await.map_err(body_problem)?;
    Answers::read(&bytes)
}

pub(crate) fn is_urlencoded(media: &str) -> bool {
    let name = media.split(';').next().unwrap_or_default().trim();
    name.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Why a body could not be read to its end.
pub(crate) fn body_problem(error: axum::Error) -> Problem {
    super::body::problem(&error)
}
