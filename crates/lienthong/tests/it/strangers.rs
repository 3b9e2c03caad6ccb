//! Every route, asked by those who have no business there. The list is the routes themselves: a
//! new door is tried from the moment it exists.
//!
//! What a stranger may not see is not there: nobody is sent to sign in (or told 401 by the API),
//! everyone else gets 404, on every method, whatever the address names.

use http::{Method, StatusCode};
use identity::Hashing;
use platform::Ctx;
use platform::testing::{Answer, Beginning, House, Visitor};
use platform::web::{Class, Route, Who};

use lienthong::parts;

mod cast;

/// Doors of officers that every officer may open, whatever their role: their own work and account.
/// This list should only ever shrink.
const EVERY_OFFICER: [&str; 0] = [];

/// An address with something in every gap that looks right and belongs to nobody.
fn filled(path: &str) -> String {
    path.split('/')
        .map(|piece| match piece {
            "{id}" | "{dossier}" | "{file}" | "{session}" | "{account}" | "{job}" | "{bond}" => {
                "019ab000-0000-7000-8000-000000000001"
            }
            "{code}" => "H99.999",
            "{number}" | "{page}" | "{version}" => "1",
            gap if gap.starts_with('{') => "x",
            piece => piece,
        })
        .collect::<Vec<_>>()
        .join("/")
}

async fn ask(visitor: &mut Visitor, route: &Route) -> Answer {
    let path = filled(route.path);
    match route.method {
        Method::GET => visitor.get(&path).await,
        Method::POST => visitor.post(&path, &[]).await,
        ref method => visitor.json(method.clone(), &path, "{}").await,
    }
}

fn is_api(route: &Route) -> bool {
    route.path.starts_with("/api/")
}

async fn house() -> House {
    let parts = parts::capabilities_with(Hashing::least());
    let seed = async |ctx: Ctx| organisations::commands::seed(&ctx).await;
    House::build_begun(parts, Beginning::of("country", seed)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_led_to_the_door_and_never_past_it() {
    let house = house().await;
    let mut wrong = Vec::new();
    for route in house.site.routes().to_vec() {
        let answer = ask(&mut house.visitor(), &route).await;
        let fine = match route.who {
            Who::Anyone => !answer.status.is_server_error(),
            // What was typed into a form is not thrown away by leading off to another page.
            _ if is_api(&route) || route.method != Method::GET => {
                answer.status == StatusCode::UNAUTHORIZED
            }
            _ => {
                answer.status == StatusCode::SEE_OTHER
                    && answer.location().starts_with("/dang-nhap")
            }
        };
        if !fine {
            wrong.push(format!("{} {} → {}", route.method, route.path, answer.status));
        }
    }
    assert!(wrong.is_empty(), "nobody went in, or fell:\n  {}", wrong.join("\n  "));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_finds_no_door_of_officers() {
    let house = house().await;
    let mut citizen = cast::citizen(&house).await;
    let mut wrong = Vec::new();
    for route in house.site.routes().to_vec() {
        if route.who != Who::Officer {
            continue;
        }
        let answer = ask(&mut citizen, &route).await;
        if answer.status != StatusCode::NOT_FOUND {
            wrong.push(format!("{} {} → {}", route.method, route.path, answer.status));
        }
    }
    assert!(wrong.is_empty(), "a citizen saw an officer's door:\n  {}", wrong.join("\n  "));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_without_a_role_finds_nothing() {
    let house = house().await;
    let mut officer = cast::officer_without_role(&house).await;
    let mut wrong = Vec::new();
    for route in house.site.routes().to_vec() {
        let theirs = match route.who {
            Who::Officer => !EVERY_OFFICER.contains(&route.path),
            Who::Citizen => true,
            Who::Anyone | Who::SignedIn => false,
        };
        if !theirs {
            continue;
        }
        let answer = ask(&mut officer, &route).await;
        if answer.status != StatusCode::NOT_FOUND {
            wrong.push(format!("{} {} → {}", route.method, route.path, answer.status));
        }
    }
    assert!(wrong.is_empty(), "an officer without a role saw:\n  {}", wrong.join("\n  "));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_door_falls_over_whoever_knocks() {
    let house = house().await;
    let mut people = vec![house.visitor(), cast::citizen(&house).await];
    people.extend(cast::officers_of_every_role(&house).await);
    let mut wrong = Vec::new();
    for visitor in &mut people {
        for route in house.site.routes().to_vec() {
            // Signing out would end the visit, and a stream lasts as long as its page is open.
            if route.path == "/dang-xuat" || route.class == Class::Events {
                continue;
            }
            let answer = ask(visitor, &route).await;
            // There is no press in this house, and its pages say so.
            let is_printed = route.path.ends_with("/pdf") || route.path.ends_with("/in");
            let no_press = answer.status == StatusCode::SERVICE_UNAVAILABLE && is_printed;
            if answer.status.is_server_error() && !no_press {
                wrong.push(format!("{} {} → {}", route.method, route.path, answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "a door fell over:\n  {}", wrong.join("\n  "));
}
