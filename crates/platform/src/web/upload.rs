//! Files from a form, streamed: never whole in memory.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::extract::multipart::{Field as Incoming, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use futures_util::Stream;

use super::csrf::{TOKEN, TOKEN_HEADER};
use super::{Problem, View};

/// The fields of a `multipart/form-data` form, one after the other. The form's token must come
/// first, as [`View::csrf`] puts it: nothing else is read before it fits.
pub struct Upload {
    body: Multipart,
}

/// The longest text field beside files.
const TEXT_BYTES_MAX: usize = 256 * 1024;

/// One field. A file is a stream of its bytes; a text is taken with [`Piece::text`].
pub struct Piece<'a> {
    pub name: String,
    /// As the person's machine calls it: to be shown, never used as a path.
    pub file_name: Option<String>,
    /// What the browser thinks it is: a claim, not a fact.
    pub media: Option<String>,
    field: Incoming<'a>,
}

impl Upload {
    pub async fn next(&mut self) -> Result<Option<Piece<'_>>, Problem> {
        let Some(field) = self.body.next_field().await.map_err(|error| refusal(&error))? else {
            return Ok(None);
        };
        Ok(Some(Piece {
            name: field.name().unwrap_or_default().to_owned(),
            file_name: field.file_name().filter(|name| !name.is_empty()).map(str::to_owned),
            media: field.content_type().map(str::to_owned),
            field,
        }))
    }
}

impl Piece<'_> {
    pub fn is_file(&self) -> bool {
        self.file_name.is_some()
    }

    /// Reads to the end and keeps nothing; says how many bytes there were.
    pub async fn drain(mut self) -> Result<u64, Problem> {
        let mut size_bytes = 0;
        while let Some(more) = self.field.chunk().await.map_err(|error| refusal(&error))? {
            size_bytes += more.len() as u64;
        }
        Ok(size_bytes)
    }

    pub async fn text(mut self) -> Result<String, Problem> {
        let mut bytes = Vec::new();
        while let Some(more) = self.field.chunk().await.map_err(|error| refusal(&error))? {
            if bytes.len() + more.len() > TEXT_BYTES_MAX {
                return Err(Problem::unreadable("a text field is too long"));
            }
            bytes.extend_from_slice(&more);
        }
        let text = String::from_utf8(bytes).map_err(|_| Problem::unreadable("not UTF-8"))?;
        Ok(super::form::clean(&self.name, &text))
    }
}

impl Stream for Piece<'_> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.field)
            .poll_next(cx)
            .map(|chunk| chunk.map(|bytes| bytes.map_err(io::Error::other)))
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Upload, Problem> {
        let view = request.extensions().get::<View>().cloned();
        let view = view.ok_or_else(|| Problem::broken("no site around"))?;
        let named = request.headers().get(TOKEN_HEADER).and_then(|token| token.to_str().ok());
        let named = named.map(str::to_owned);
        let body = Multipart::from_request(request, state).await;
        let mut upload = Upload { body: body.map_err(|_| Problem::wrong_media())? };
        let token = match named {
            Some(token) => token,
            None => upload.first_token().await?,
        };
        if view.form_token_fits(&token) { Ok(upload) } else { Err(Problem::stale_form()) }
    }
}

impl Upload {
    async fn first_token(&mut self) -> Result<String, Problem> {
        match self.next().await? {
            Some(piece) if piece.name == TOKEN => piece.text().await,
            _ => Ok(String::new()),
        }
    }
}

fn refusal(error: &MultipartError) -> Problem {
    super::body::problem(error)
}
