//! The whole web site: every capability's routes behind one door.
//!
//! [`Site::answer`] is the way of a request, read from top to bottom.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Once};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use http::{Method, request::Parts};
use tokio::sync::watch;
use tower::ServiceExt;

use super::about::robots_text;
use super::assets::Assets;
use super::body::Paced;
use super::cache::PageCache;
use super::csrf::{Origin, is_safe};
use super::fittings::Fittings;
use super::limits::{Limits, Options};
use super::log::{self, Ended};
use super::metrics::{Counters, Metrics};
use super::problem::Saved;
use super::rates::{Asker, Rates};
use super::routes::{Class, Found, Route, RouteClash, RouteMap, Routes, Who};
use super::secret::SiteKey;
use super::session::{self, Session, SessionKind};
use super::visit::{Caller, Visit};
use super::{Problem, View, events, finish, form, head};
use crate::hex::to_hex;
use crate::store::StoreError;
use crate::{Ctx, Part, panics};

/// Cheap to clone.
#[derive(Clone)]
pub struct Site {
    house: Arc<House>,
    /// What a caller's path is written behind: empty, or the prefix of a part of the site.
    under: &'static str,
}

struct House {
    fittings: Arc<Fittings>,
    map: RouteMap,
    router: Router,
    rates: Rates,
    counters: Counters,
    /// Request numbers: a prefix of this process, and a count.
    prefix: String,
    count: AtomicU64,
    own_origin: String,
}

#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    #[error(transparent)]
    Routes(#[from] RouteClash),
    #[error("the key of the site cannot be read: {0}")]
    Key(#[from] StoreError),
}

impl Site {
    /// Opens the site of `parts`; their tables must be there. `parts` includes [`super::part`].
    pub async fn open(
        ctx: Ctx,
        parts: Vec<Part>,
        options: Options,
        metrics: Metrics,
    ) -> Result<Site, SiteError> {
        let menu = parts.iter().flat_map(|part| part.menu).copied().collect();
        let routes = parts.into_iter().map(|part| part.routes).fold(Routes::new(), Routes::merge);
        let assets = Assets::new(routes.scripts());
        let (map, router) = routes.build()?;
        let cache = PageCache::default();
        cache.refresh(&ctx.store).await?;
        let robots = robots_text(map.list());
        let prefix: [u8; 4] = ctx.ids.secret();
        let house = House {
            rates: Rates::new(&options.limits),
            counters: Counters::new(&metrics, &map),
            router: router.layer(DefaultBodyLimit::disable()).with_state(ctx.clone()),
            map,
            prefix: to_hex(&prefix),
            count: AtomicU64::new(1),
            own_origin: ctx.settings.public_address.clone(),
            fittings: Arc::new(Fittings {
                key: SiteKey::load(&ctx).await?,
                ctx,
                menu,
                assets,
                options,
                cache,
                metrics,
                robots,
                bare_cookies: Once::new(),
                draining: watch::Sender::new(false),
            }),
        };
        Ok(Site { house: Arc::new(house), under: "" })
    }

    /// The same site for callers who see only what lies below `prefix`, and see it at the root.
    pub fn under(&self, prefix: &'static str) -> Site {
        Site { house: self.house.clone(), under: prefix }
    }

    /// Every route: the strangers' test compares its list with this one.
    pub fn routes(&self) -> &[Route] {
        self.house.map.list()
    }

    /// The way of a request.
    pub async fn answer(&self, request: Request, caller: Caller) -> Response {
        let begun = Instant::now();
        let request = self.led(request);
        let found = self.house.map.find(request.method(), request.uri().path());
        let place = match found {
            Found::Route(place) => Some(place),
            _ => None,
        };
        let (parts, body) = request.into_parts();
        let route = place.map(|place| self.house.map.route(place));
        let visit = Arc::new(self.visit(&parts, caller, route));
        let limits = &self.house.fittings.options.limits;
        let is_machine = is_machine(route) || self.is_mounted();
        let (is_long, version) = (head::is_too_long(&parts, limits, is_machine), parts.version);
        let kept = finish::kept(&self.house.fittings, &visit, route).filter(|_| !is_long);
        if let Some(kept) = kept {
            self.house.counters.kept.increment(1);
            self.note(place, &visit, &kept, begun);
            return kept;
        }
        let admitted = match is_long {
            true => Err((self.nobodys_view(&visit), Problem::long_head())),
            false => self.admit(self.view(&visit, route, &parts).await, &visit, found),
        };
        let answered = match admitted {
            Ok((view, route)) => self.hand_over(view, route, (parts, body)).await,
            Err((view, problem)) => {
                (view.clone(), self.turn_away(problem, &view, parts, body).await)
            }
        };
        let (view, response) = answered;
        let response = finish::finish(&view, response);
        let response = if is_long { head::with_end(response, version) } else { response };
        self.note(place, &visit, &response, begun);
        response
    }

    /// Runs beside the server for as long as it lives: looks after changed topics each second,
    /// and after forgotten addresses each minute.
    pub async fn keep_house(&self) {
        let mut seconds: u64 = 0;
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            seconds += 1;
            self.refresh().await;
            if seconds.is_multiple_of(5) {
                self.house.fittings.metrics.gather();
            }
            if seconds.is_multiple_of(60) {
                self.house.rates.clean();
            }
        }
    }

    /// Looks whether public pages changed.
    pub async fn refresh(&self) {
        let fittings = &self.house.fittings;
        if let Err(error) = fittings.cache.refresh(&fittings.ctx.store).await {
            tracing::warn!(%error, "whether public pages changed is not known");
        }
    }

    /// Of the listener that this site is given to.
    pub(crate) fn limits(&self) -> Limits {
        let limits = &self.house.fittings.options.limits;
        if self.is_mounted() { limits.for_machines() } else { limits.clone() }
    }

    /// What a connection reads; each door holds its own measure.
    pub(crate) fn head_bytes_max(&self) -> usize {
        head::longest(self.routes(), &self.house.fittings.options.limits)
    }

    /// A part of the site, beside the whole one: that looks after the house.
    pub(crate) fn is_mounted(&self) -> bool {
        !self.under.is_empty()
    }

    pub(crate) fn counters(&self) -> &Counters {
        &self.house.counters
    }

    pub(crate) fn ctx(&self) -> &Ctx {
        &self.house.fittings.ctx
    }

    /// From now on the health check says: send nobody here.
    pub(crate) fn begin_draining(&self) {
        self.house.fittings.draining.send_replace(true);
    }

    /// Where a request goes: below the prefix of a mounted part, and to a machine's door however
    /// many slashes stand before its name.
    fn led(&self, mut request: Request) -> Request {
        let path = request.uri().path();
        if self.under.is_empty() && !path.contains("//") {
            return request;
        }
        let names = path.split('/').filter(|name| !name.is_empty());
        let plain = names.fold(self.under.to_owned(), |path, name| path + "/" + name);
        let machine = match self.house.map.find(request.method(), &plain) {
            Found::Route(place) => self.house.map.route(place).class == Class::Machine,
            _ => false,
        };
        if machine || !self.under.is_empty() {
            *request.uri_mut() = head::at_path(request.uri().clone(), plain);
        }
        request
    }

    fn visit(&self, parts: &Parts, caller: Caller, route: Option<&Route>) -> Visit {
        let house = &self.house;
        let number = house.count.fetch_add(1, Ordering::Relaxed);
        let trusted_proxies = house.fittings.ctx.settings.trusted_proxies;
        let named = log::named_by_proxy(&parts.headers, trusted_proxies);
        let request_id = named.unwrap_or_else(|| format!("{}-{number:06}", house.prefix));
        let mut visit =
            Visit::read(parts, (caller, trusted_proxies), &house.own_origin, request_id);
        visit.json |= is_machine(route) || !self.under.is_empty();
        visit
    }

    fn nobodys_view(&self, visit: &Arc<Visit>) -> View {
        View::new(visit.clone(), self.house.fittings.clone(), Session::nobody())
    }

    /// Who asks. A session that cannot be read is a problem only where one is needed.
    async fn view(
        &self,
        visit: &Arc<Visit>,
        route: Option<&Route>,
        parts: &Parts,
    ) -> Result<View, (View, Problem)> {
        let fittings = &self.house.fittings;
        let view = |session| View::new(visit.clone(), fittings.clone(), session);
        if is_machine(route) {
            return Ok(self.nobodys_view(visit));
        }
        if let Err(after_seconds) = self.house.rates.take_network(visit.address) {
            return Err((view(Session::nobody()), Problem::too_often(after_seconds)));
        }
        let Some(secret) = visit.session_secret else { return Ok(view(Session::nobody())) };
        let lives = fittings.options.lifetimes;
        let passive = route.is_some_and(|route| route.class == Class::Events)
            || parts.headers.contains_key("x-passive");
        match session::find(&fittings.ctx, secret, lives, passive).await {
            Ok(session) => Ok(view(session)),
            Err(error) => {
                let needed = route.is_some_and(|route| route.who != Who::Anyone);
                let view = view(Session::nobody());
                if needed { Err((view, error.into())) } else { Ok(view) }
            }
        }
    }

    /// Whether this request may go to its handler.
    fn admit(
        &self,
        view: Result<View, (View, Problem)>,
        visit: &Visit,
        found: Found,
    ) -> Result<(View, &Route), (View, Problem)> {
        let view = view?;
        let route = match found {
            Found::Route(place) => self.house.map.route(place),
            Found::Methods(allowed) => return Err((view, Problem::wrong_method(allowed))),
            Found::Nothing => return Err((view, self.nothing_at(visit))),
        };
        let asker = Asker::new(view.session.subject(), visit.address);
        if let Err(after_seconds) = self.house.rates.take(route.class, asker) {
            return Err((view, Problem::too_often(after_seconds)));
        }
        let changes = !is_safe(&visit.method) && route.class != Class::Machine;
        if changes && visit.origin == Origin::Foreign {
            return Err((view, Problem::foreign_form()));
        }
        match door(route.who, view.session.kind()) {
            Ok(()) => Ok((view, route)),
            Err(problem) => Err((view, problem)),
        }
    }

    /// A slash too many is forgiven to people who type addresses.
    fn nothing_at(&self, visit: &Visit) -> Problem {
        let trimmed = visit.path.trim_end_matches('/');
        let known = self.under.is_empty()
            && !trimmed.is_empty()
            && trimmed.len() < visit.path.len()
            && is_safe(&visit.method);
        match known.then(|| self.house.map.find(&visit.method, trimmed)) {
            Some(Found::Route(_)) => Problem::moved(trimmed, &visit.query),
            _ => Problem::not_found(),
        }
    }

    async fn hand_over(
        &self,
        view: View,
        route: &Route,
        (parts, body): (Parts, Body),
    ) -> (View, Response) {
        let limits = &self.house.fittings.options.limits;
        let class = limits.of(route.class);
        if head::content_length(&parts).is_some_and(|length| length > class.body_bytes) {
            return (view, Problem::too_large(class.body_bytes).into_response());
        }
        let pause = Duration::from_secs(limits.body_pause_seconds);
        let body = Body::new(Paced::new(body, class.body_bytes, pause));
        let mut request = Request::from_parts(parts, body);
        request.extensions_mut().insert(view.clone());
        let handled = AssertUnwindSafe(self.house.router.clone().oneshot(request)).catch_unwind();
        let outcome = match class.handler_time() {
            Some(time) => tokio::time::timeout(time, handled).await,
            None => Ok(handled.await),
        };
        let response = match outcome {
            Ok(Ok(Ok(response))) => response,
            Ok(Ok(Err(never))) => match never {},
            Ok(Err(panic)) => broken_by(&*panic).into_response(),
            Err(_) => Problem::later(5)
                .saved(Saved::Unknown)
                .because("the handler took too long")
                .into_response(),
        };
        let response = match route.class {
            Class::Events => events::bounded(&view, response),
            _ => response,
        };
        (view, response)
    }

    /// A person whose session ended while they typed gets their answers back for sending again.
    async fn turn_away(&self, problem: Problem, view: &View, parts: Parts, body: Body) -> Response {
        let typed = parts.method == Method::POST && problem.kind() == "sign-in";
        if !typed || view.visit().origin == Origin::Foreign || view.visit().json {
            return problem.into_response();
        }
        let limits = &self.house.fittings.options.limits;
        let pause = Duration::from_secs(limits.body_pause_seconds);
        let body = Body::new(Paced::new(body, limits.form.body_bytes, pause));
        match form::read(Request::from_parts(parts, body)).await {
            Ok(answers) => problem.resend(answers.for_resending()).into_response(),
            Err(_) => problem.saved(Saved::No).into_response(),
        }
    }

    fn note(&self, place: Option<usize>, visit: &Visit, response: &Response, begun: Instant) {
        let took = begun.elapsed();
        self.house.counters.count(place, response.status(), took.as_secs_f64());
        let route = place.map(|place| self.house.map.route(place).path);
        log::ended(&self.house.fittings.key, visit, Ended { route, response, took });
    }
}

/// No person stands behind it.
fn is_machine(route: Option<&Route>) -> bool {
    route.is_some_and(|route| route.class == Class::Machine)
}

fn broken_by(panic: &(dyn Any + Send)) -> Problem {
    Problem::broken(&format!("panic: {}", panics::text(panic)))
}

/// What may not be known is not there: an officer's page does not exist for others.
fn door(who: Who, kind: Option<SessionKind>) -> Result<(), Problem> {
    let citizen = matches!(kind, Some(SessionKind::Citizen | SessionKind::Enterprise));
    match (who, kind) {
        (Who::Anyone, _) | (Who::SignedIn, Some(_)) => Ok(()),
        (_, None) => Err(Problem::sign_in()),
        (Who::Citizen, Some(_)) if citizen => Ok(()),
        (Who::Officer, Some(SessionKind::Officer)) => Ok(()),
        (_, Some(_)) => Err(Problem::not_found()),
    }
}
