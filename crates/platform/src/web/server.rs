//! The sockets: accepting, speaking TLS, holding callers to their limits, ending gracefully.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulConnection;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{interval, sleep, timeout};

use super::connections::{Connections, Place};
use super::limits::Limits;
use super::patience::{Busy, Patient};
use super::tls::{Keeper, TlsError, TlsFiles};
use super::{Caller, Site, redirect};

/// A bound address, not yet answering.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    site: Site,
    tls: Option<Arc<Keeper>>,
}

#[derive(Debug, thiserror::Error)]
pub enum BindError {
    #[error("{0} is in use by another program: end it, or choose another with --listen")]
    InUse(SocketAddr),
    #[error("{0} may not be opened by this user: ports below 1024 need a right of their own")]
    NotAllowed(SocketAddr),
    #[error("{0} is no address of this machine")]
    NotHere(SocketAddr),
    #[error(transparent)]
    Tls(#[from] TlsError),
    #[error("{address} cannot be opened: {source}")]
    Other { address: SocketAddr, source: io::Error },
}

/// How the server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Connections that were still busy at the deadline and were cut.
    pub cut: usize,
}

impl Server {
    pub async fn bind(
        site: Site,
        address: SocketAddr,
        tls: Option<TlsFiles>,
    ) -> Result<Server, BindError> {
        let tls = tls.map(Keeper::open).transpose()?.map(Arc::new);
        let listener = TcpListener::bind(address).await.map_err(|error| refusal(address, error))?;
        let address = listener.local_addr().map_err(|error| refusal(address, error))?;
        Ok(Server { listener, address, site, tls })
    }

    /// Where it listens: the real port, when port 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `shutdown` is ready; then finishes what is under way, takes nothing new, and
    /// cuts what is still there at the deadline.
    pub async fn run(self, shutdown: impl Future<Output = ()>) -> Ended {
        let limits = self.site.limits();
        let (drain, _) = watch::channel(false);
        let trusts_proxy = self.site.ctx().settings.trusted_proxies > 0;
        let connections = Connections::new(&limits, trusts_proxy, self.site.counters());
        let mut tasks = JoinSet::new();
        let mut house = JoinSet::new();
        let site = self.site.clone();
        if !site.is_mounted() {
            house.spawn(async move { site.keep_house().await });
        }
        if let Some(keeper) = self.tls.clone() {
            house.spawn(async move { keeper.watch().await });
        }
        let mut shutdown = pin!(shutdown);
        loop {
            tokio::select! {
                () = &mut shutdown => break,
                Some(_) = tasks.join_next(), if !tasks.is_empty() => {}
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, peer)) => {
                        let Some(place) = connections.take(peer.ip()) else { continue };
                        let line = self.line(&limits, peer, place, drain.subscribe());
                        tasks.spawn(line.serve(stream));
                    }
                    // Out of file handles, or a caller who left already: wait, never end.
                    Err(error) => {
                        tracing::warn!(%error, "a connection could not be accepted");
                        sleep(Duration::from_millis(50)).await;
                    }
                }
            }
        }
        self.site.begin_draining();
        drop(self.listener);
        drain.send_replace(true);
        let ended = drained(tasks, Duration::from_secs(limits.drain_seconds)).await;
        house.shutdown().await;
        ended
    }

    fn line(
        &self,
        limits: &Limits,
        peer: SocketAddr,
        place: Place,
        drain: watch::Receiver<bool>,
    ) -> Line {
        Line {
            site: self.site.clone(),
            limits: limits.clone(),
            tls: self.tls.clone(),
            caller: Caller { address: peer.ip(), tls: self.tls.is_some() },
            drain,
            _place: place,
        }
    }
}

fn refusal(address: SocketAddr, error: io::Error) -> BindError {
    match error.kind() {
        io::ErrorKind::AddrInUse => BindError::InUse(address),
        io::ErrorKind::PermissionDenied => BindError::NotAllowed(address),
        io::ErrorKind::AddrNotAvailable => BindError::NotHere(address),
        _ => BindError::Other { address, source: error },
    }
}

async fn drained(mut tasks: JoinSet<()>, deadline: Duration) -> Ended {
    let all = async { while tasks.join_next().await.is_some() {} };
    let in_time = timeout(deadline, all).await.is_ok();
    let cut = if in_time { 0 } else { tasks.len() };
    tasks.shutdown().await;
    Ended { cut }
}

/// One connection.
struct Line {
    site: Site,
    limits: Limits,
    tls: Option<Arc<Keeper>>,
    caller: Caller,
    drain: watch::Receiver<bool>,
    _place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Speech {
    Http1,
    Http2,
    Tls,
}

impl Line {
    async fn serve(self, stream: TcpStream) {
        // Small answers must not wait for more to come.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection was gone before it began");
            return;
        }
        let patience = Duration::from_secs(self.limits.header_seconds);
        let Ok(Ok(speech)) = timeout(patience, listen(&stream)).await else { return };
        match (self.tls.clone(), speech) {
            (None, Speech::Http1) => self.http1(stream).await,
            (None, Speech::Http2) => self.http2(stream).await,
            (Some(keeper), Speech::Tls) => {
                let acceptor = keeper.acceptor();
                let Ok(Ok(stream)) = timeout(patience, acceptor.accept(stream)).await else {
                    return;
                };
                let second = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                if second { self.http2(stream).await } else { self.http1(stream).await }
            }
            (Some(_), _) => redirect::to_https(stream, patience).await,
            (None, Speech::Tls) => {}
        }
    }

    async fn http1<S>(self, stream: S)
    where
        S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
    {
        let busy = Arc::new(Busy::default());
        let service = service_fn(|request| answer(&self, &busy, request));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(Duration::from_secs(self.limits.header_seconds))
            .max_buf_size(self.site.head_bytes_max().max(8192))
            .max_headers(64)
            .serve_connection(self.patient(stream), service);
        self.drive(connection, &busy).await;
    }

    async fn http2<S>(self, stream: S)
    where
        S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
    {
        let line = Arc::new(self);
        let busy = Arc::new(Busy::default());
        let of_request = (line.clone(), busy.clone());
        let service = service_fn(move |request| {
            let (line, busy) = of_request.clone();
            async move { answer(&line, &busy, request).await }
        });
        let header_bytes = u32::try_from(line.site.head_bytes_max()).unwrap_or(u32::MAX);
        let connection = http2::Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .max_concurrent_streams(line.limits.streams_per_connection)
            .max_header_list_size(header_bytes)
            .max_pending_accept_reset_streams(20)
            .max_local_error_reset_streams(100)
            .max_send_buf_size(256 * 1024)
            .keep_alive_interval(Duration::from_secs(20))
            .keep_alive_timeout(Duration::from_secs(10))
            .serve_connection(line.patient(stream), service);
        line.drive(connection, &busy).await;
    }

    fn patient<S: tokio::io::AsyncRead>(&self, stream: S) -> TokioIo<Patient<S>> {
        TokioIo::new(Patient::new(stream, Duration::from_secs(self.limits.write_pause_seconds)))
    }

    /// Lets the connection live until it ends, is idle for too long, or the server drains.
    async fn drive<C>(&self, connection: C, busy: &Busy)
    where
        C: GracefulConnection,
        C::Error: std::fmt::Display,
    {
        let idle = Duration::from_secs(self.limits.idle_seconds);
        let mut drain = self.drain.clone();
        let mut connection = pin!(connection);
        let mut look = interval((idle / 4).max(Duration::from_millis(50)));
        let mut closing = *drain.borrow_and_update();
        if closing {
            connection.as_mut().graceful_shutdown();
        }
        loop {
            tokio::select! {
                ended = connection.as_mut() => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "a connection broke off");
                    }
                    return;
                }
                _ = drain.changed(), if !closing => {
                    closing = true;
                    connection.as_mut().graceful_shutdown();
                }
                _ = look.tick(), if !closing => if busy.idle_for(idle) {
                    closing = true;
                    connection.as_mut().graceful_shutdown();
                },
            }
        }
    }
}

async fn answer(
    line: &Line,
    busy: &Busy,
    request: hyper::Request<Incoming>,
) -> Result<axum::response::Response, Infallible> {
    let _work = busy.work();
    Ok(line.site.answer(request.map(Body::new), line.caller).await)
}

/// What the first bytes say the caller speaks. They stay to be read again.
async fn listen(stream: &TcpStream) -> io::Result<Speech> {
    const TLS_HANDSHAKE: u8 = 0x16;
    let mut first = [0u8; 4];
    let count = stream.peek(&mut first).await?;
    match &first[..count] {
        [] => Err(io::ErrorKind::UnexpectedEof.into()),
        [TLS_HANDSHAKE, ..] => Ok(Speech::Tls),
        b"PRI " => Ok(Speech::Http2),
        _ => Ok(Speech::Http1),
    }
}
