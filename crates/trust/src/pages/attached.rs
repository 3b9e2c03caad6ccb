//! The answers of a form that also takes a request (PKCS#10) as a file: PEM, or DER as tokens write
//! it. As text it stands in its field like one that was pasted, so that nothing is lost when
//! another answer has to be mended.

use axum::extract::{FromRequest, Request};
use futures_util::StreamExt;
use http::header::CONTENT_TYPE;
use platform::web::form::Answers;
use platform::web::{Form, Piece, Problem, Upload};
use wire::pki::pem;

/// The field of the text, and of the file.
pub(crate) const PKCS10: &str = "pkcs10";
pub(crate) const PKCS10_FILE: &str = "pkcs10-tep";
/// As `wire` reads requests.
const FILE_BYTES_MAX: usize = 64 * 1024;
const SEQUENCE: u8 = 0x30;

/// As a browser sends it (multipart), or without a file as programs do (urlencoded).
pub(crate) struct WithRequest(pub Answers);

impl<S: Send + Sync> FromRequest<S> for WithRequest {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<WithRequest, Problem> {
        let media = request.headers().get(CONTENT_TYPE).and_then(|media| media.to_str().ok());
        match media.is_some_and(|media| media.starts_with("multipart/")) {
            true => read(Upload::from_request(request, state).await?).await.map(WithRequest),
            false => {
                Form::from_request(request, state).await.map(|Form(answers)| WithRequest(answers))
            }
        }
    }
}

async fn read(mut upload: Upload) -> Result<Answers, Problem> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut file = None;
    while let Some(piece) = upload.next().await? {
        let name = piece.name.clone();
        match piece.is_file() {
            true if name == PKCS10_FILE => file = Some(text(bounded(piece).await?)),
            true => drop(piece.drain().await?),
            false => pairs.push((name, piece.text().await?)),
        }
    }
    // A chosen file is meant, whatever was pasted before.
    if let Some(text) = file {
        pairs.retain(|(name, _)| name != PKCS10);
        pairs.push((PKCS10.to_owned(), text));
    }
    Ok(Answers::from_pairs(pairs))
}

/// One byte more than may be, of a file that is longer: it is refused as too long and not cut.
async fn bounded(mut piece: Piece<'_>) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(more) = piece.next().await {
        let more = more.map_err(|error| Problem::unreadable(&error.to_string()))?;
        bytes.extend_from_slice(&more);
        bytes.truncate(FILE_BYTES_MAX + 1);
    }
    Ok(bytes)
}

/// PEM as it is; DER as PEM. What is neither is refused later, in words about the field.
fn text(file: Vec<u8>) -> String {
    match file.first() {
        Some(&SEQUENCE) => pem::write("CERTIFICATE REQUEST", &file),
        // An empty file was chosen too, and must not pass for no file.
        None => "-".to_owned(),
        Some(_) => String::from_utf8_lossy(&file).into_owned(),
    }
}
