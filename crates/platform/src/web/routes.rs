//! What a capability answers to: each address, who may come to it, and the handler.
//!
//! The list stays beside the router, so that a test can send strangers to every door.

use std::collections::HashMap;
use std::convert::Infallible;

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::response::IntoResponse;
use axum::routing::{MethodFilter, MethodRouter, on};
use http::Method;
use tower::{Layer, Service};

use crate::Ctx;

/// Who may come in. Held by the site before the handler runs; what a person may do *there* is
/// the capability's own question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    Anyone,
    /// People and enterprises; an officer at work is neither.
    Citizen,
    Officer,
    SignedIn,
}

/// What kind of work a route is: decides its limits of size, time and rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Read by people.
    Page,
    /// Answers of a form.
    Form,
    /// A guess at a secret (password, code, request number): few a minute.
    Attempt,
    /// Files, streamed.
    Upload,
    /// For machines, under `/api`.
    Api,
    /// Server-sent events: lasts as long as the page is open.
    Events,
    /// For machines that prove themselves anew with each request, whom the capability behind the
    /// door knows and counts: no session, no form, no pace of one network address, and its own
    /// measure of what may be sent.
    Machine,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    pub method: Method,
    /// The template: `/ho-so/{id}`. Logs and figures name this, never the values in it.
    pub path: &'static str,
    pub who: Who,
    pub class: Class,
}

/// A script that only some pages need ([`super::Page::script`]); every page works without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Script {
    pub name: &'static str,
    pub source: &'static str,
}

#[derive(Default)]
pub struct Routes {
    doors: Vec<(Route, MethodRouter<Ctx>)>,
    scripts: Vec<Script>,
}

impl Routes {
    pub fn new() -> Routes {
        Routes::default()
    }

    pub fn get<H, T>(self, path: &'static str, who: Who, handler: H) -> Routes
    where
        H: Handler<T, Ctx>,
        T: 'static,
    {
        let class = if is_api(path) { Class::Api } else { Class::Page };
        self.add(Route { method: Method::GET, path, who, class }, handler)
    }

    pub fn post<H, T>(self, path: &'static str, who: Who, handler: H) -> Routes
    where
        H: Handler<T, Ctx>,
        T: 'static,
    {
        self.add(Route { method: Method::POST, path, who, class: changing(path) }, handler)
    }

    pub fn put<H, T>(self, path: &'static str, who: Who, handler: H) -> Routes
    where
        H: Handler<T, Ctx>,
        T: 'static,
    {
        self.add(Route { method: Method::PUT, path, who, class: changing(path) }, handler)
    }

    pub fn patch<H, T>(self, path: &'static str, who: Who, handler: H) -> Routes
    where
        H: Handler<T, Ctx>,
        T: 'static,
    {
        self.add(Route { method: Method::PATCH, path, who, class: changing(path) }, handler)
    }

    pub fn delete<H, T>(self, path: &'static str, who: Who, handler: H) -> Routes
    where
        H: Handler<T, Ctx>,
        T: 'static,
    {
        self.add(Route { method: Method::DELETE, path, who, class: changing(path) }, handler)
    }

    /// A POST that guesses at a secret: signing in, a code, tracking by number.
    pub fn attempt<H, T>(self, path: &'static str, who: Who, handler: H) -> Routes
    where
        H: Handler<T, Ctx>,
        T: 'static,
    {
        self.add(Route { method: Method::POST, path, who, class: Class::Attempt }, handler)
    }

    /// A POST that brings files: large and slow is allowed, [`super::Upload`] reads it.
    pub fn upload<H, T>(self, path: &'static str, who: Who, handler: H) -> Routes
    where
        H: Handler<T, Ctx>,
        T: 'static,
    {
        self.add(Route { method: Method::POST, path, who, class: Class::Upload }, handler)
    }

    /// A POST by programs to an address that a standard or a certificate gives (OCSP, time stamps):
    /// for anyone, at the pace of the API.
    pub fn service<H, T>(self, path: &'static str, handler: H) -> Routes
    where
        H: Handler<T, Ctx>,
        T: 'static,
    {
        let (method, who, class) = (Method::POST, Who::Anyone, Class::Api);
        self.add(Route { method, path, who, class }, handler)
    }

    /// For machines that prove themselves with each request ([`Class::Machine`]). A caller may
    /// write any number of slashes where this path has one.
    pub fn machine<H, T>(self, method: Method, path: &'static str, handler: H) -> Routes
    where
        H: Handler<T, Ctx>,
        T: 'static,
    {
        self.add(Route { method, path, who: Who::Anyone, class: Class::Machine }, handler)
    }

    /// A GET that never ends: server-sent events.
    pub fn events<H, T>(self, path: &'static str, who: Who, handler: H) -> Routes
    where
        H: Handler<T, Ctx>,
        T: 'static,
    {
        self.add(Route { method: Method::GET, path, who, class: Class::Events }, handler)
    }

    /// Served under an address that changes when it does, as the one script of all pages is.
    pub fn script(mut self, script: Script) -> Routes {
        self.scripts.push(script);
        self
    }

    /// Lays `layer` around every handler so far: what one capability finds out for another.
    pub fn layer<L>(mut self, layer: L) -> Routes
    where
        L: Layer<axum::routing::Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request, Error = Infallible> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        let around =
            |(route, handler): (Route, MethodRouter<Ctx>)| (route, handler.layer(layer.clone()));
        self.doors = self.doors.into_iter().map(around).collect();
        self
    }

    pub fn merge(mut self, other: Routes) -> Routes {
        self.doors.extend(other.doors);
        self.scripts.extend(other.scripts);
        self
    }

    /// Every door there is: the strangers' test walks along it.
    pub fn list(&self) -> impl Iterator<Item = &Route> {
        self.doors.iter().map(|(route, _)| route)
    }

    pub(crate) fn scripts(&self) -> &[Script] {
        &self.scripts
    }

    fn add<H, T>(mut self, route: Route, handler: H) -> Routes
    where
        H: Handler<T, Ctx>,
        T: 'static,
    {
        let filter = MethodFilter::try_from(route.method.clone()).unwrap_or(MethodFilter::GET);
        self.doors.push((route, on(filter, handler)));
        self
    }

    /// The list and the router, once nothing is added any more.
    pub(crate) fn build(self) -> Result<(RouteMap, Router<Ctx>), RouteClash> {
        let mut map = RouteMap::default();
        let mut methods: HashMap<&'static str, MethodRouter<Ctx>> = HashMap::new();
        for (route, handler) in self.doors {
            let path = route.path;
            map.insert(route)?;
            let merged = methods.remove(path).unwrap_or_default().merge(handler);
            methods.insert(path, merged);
        }
        let mut router = Router::new();
        for (path, handler) in methods {
            router = router.route(path, handler);
        }
        Ok((map, router))
    }
}

#[derive(Debug, thiserror::Error)]
#[error("two capabilities answer to {method} {path}")]
pub struct RouteClash {
    pub method: Method,
    pub path: &'static str,
}

/// From a path to its route before the router runs: limits and doors depend on it.
#[derive(Default)]
pub(crate) struct RouteMap {
    /// The routes of one path template, by their place in `list`.
    templates: matchit::Router<usize>,
    places: Vec<Vec<usize>>,
    list: Vec<Route>,
}

pub(crate) enum Found {
    Route(usize),
    /// The path is known, the method is not: these are.
    Methods(Vec<Method>),
    Nothing,
}

impl RouteMap {
    pub fn find(&self, method: &Method, path: &str) -> Found {
        let Ok(matched) = self.templates.at(path) else { return Found::Nothing };
        let places = &self.places[*matched.value];
        // HEAD is answered by GET: the router drops the body.
        let wanted = if method == Method::HEAD { &Method::GET } else { method };
        match places.iter().find(|place| self.list[**place].method == *wanted) {
            Some(place) => Found::Route(*place),
            None => Found::Methods(places.iter().map(|at| self.list[*at].method.clone()).collect()),
        }
    }

    pub fn route(&self, place: usize) -> &Route {
        &self.list[place]
    }

    pub fn list(&self) -> &[Route] {
        &self.list
    }

    fn insert(&mut self, route: Route) -> Result<(), RouteClash> {
        let place = self.list.len();
        let known = self.list.iter().position(|other| other.path == route.path);
        let clash = || RouteClash { method: route.method.clone(), path: route.path };
        match known.and_then(|at| self.places.iter().position(|places| places.contains(&at))) {
            Some(template) => {
                let taken = |at: &usize| self.list[*at].method == route.method;
                if self.places[template].iter().any(taken) {
                    return Err(clash());
                }
                self.places[template].push(place);
            }
            None => {
                self.templates.insert(route.path, self.places.len()).map_err(|_| clash())?;
                self.places.push(vec![place]);
            }
        }
        self.list.push(route);
        Ok(())
    }
}

fn changing(path: &str) -> Class {
    if is_api(path) { Class::Api } else { Class::Form }
}

pub(crate) fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}
