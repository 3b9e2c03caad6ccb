//! Who speaks plain HTTP to a door that wants TLS is told the right address.

use std::convert::Infallible;
use std::time::Duration;

use http::{HeaderValue, StatusCode, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::time::timeout;

pub(crate) async fn to_https(stream: TcpStream, patience: Duration) {
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service_fn(answer));
    // Whatever happens, there is nobody else to tell.
    if let Ok(Err(error)) = timeout(patience, served).await {
        tracing::debug!(%error, "a plain caller at the TLS door left");
    }
}

async fn answer(request: Request<Incoming>) -> Result<Response<String>, Infallible> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let location = HeaderValue::from_str(&format!("https://{}{path}", host.unwrap_or_default()));
    let mut response = Response::new(String::new());
    match (host, location) {
        (Some(_), Ok(location)) => {
            *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
            response.headers_mut().insert(header::LOCATION, location);
        }
        _ => *response.status_mut() = StatusCode::BAD_REQUEST,
    }
    Ok(response)
}
