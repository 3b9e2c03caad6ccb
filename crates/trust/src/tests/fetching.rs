//! What other authorities say about revocation: wanted by a file, fetched by a job, over real
//! sockets, and only from whom an anchor vouches for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use jiff::{SignedDuration, Timestamp};
use platform::Ctx;
use platform::testing::House;
use wire::pki::certificate::Certificate;
use wire::pki::crl::Reason;
use wire::pki::ocsp::{
    Request, ResponderId, ResponseProfile, SingleResponse, Status, prepare as prepare_answer,
};
use wire::pki::pem;

use super::check::{house, sent_to};
use super::town::Town;
use super::verdict::kit::{Holder, Job, Told, World, XML};
use crate::commands::Scribe;
use crate::commands::anchors::{self, NewAnchors, Purpose, import};
use crate::commands::hosts;
use crate::fetching::{self, Outlook, fetch_due};
use crate::refusal::Refusal;
use crate::signing::Format;
use crate::store::evidence as store;
use crate::verdict::Wanted;

const LATER: &str = "Hãy kiểm tra lại sau ít phút";

/// A file, and how often it was asked for.
type Lent = (Vec<u8>, usize);

/// Files by path.
#[derive(Clone, Default)]
struct Shelf(Arc<Mutex<HashMap<String, Lent>>>);

impl Shelf {
    fn put(&self, name: &str, bytes: &[u8]) {
        let mut files = self.0.lock().unwrap();
        files.entry(name.to_owned()).or_default().0 = bytes.to_vec();
    }

    fn asked(&self) -> usize {
        self.0.lock().unwrap().values().map(|(_, times)| times).sum()
    }
}

/// An authority's lists on a real socket.
async fn lists(shelf: &Shelf) -> String {
    let give = |State(shelf): State<Shelf>, Path(name): Path<String>| async move {
        let mut files = shelf.0.lock().unwrap();
        let Some((bytes, times)) = files.get_mut(&name) else {
            return (StatusCode::NOT_FOUND, Vec::new());
        };
        *times += 1;
        (StatusCode::OK, bytes.clone())
    };
    serve(Router::new().route("/{name}", get(give)).with_state(shelf.clone())).await
}

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

/// Responders of both authorities of a world that is made when their address is known; to them
/// every certificate is good.
async fn responders(world: &Arc<OnceLock<World>>, ctx: &Ctx) -> String {
    let (world, clock) = (Arc::clone(world), ctx.clock.clone());
    let tell = move |Path(who): Path<String>, question: Bytes| {
        let (world, now) = (Arc::clone(&world), clock.now());
        async move {
            let world = world.get().unwrap();
            let holder = if who == "root" { &world.root } else { &world.issuing };
            good(holder, &question, now)
        }
    };
    serve(Router::new().route("/{who}", post(tell))).await
}

fn good(holder: &Holder, question: &[u8], now: Timestamp) -> Vec<u8> {
    let single = SingleResponse {
        id: Request::read(question).unwrap().items[0].clone(),
        status: Status::Good,
        this_update: now,
        next_update: Some(now + SignedDuration::from_hours(12)),
        archive_cutoff: None,
    };
    let profile = ResponseProfile {
        responder: &ResponderId::by_key(&holder.certificate),
        produced_at: now,
        answers: &[single],
        nonce: None,
        certificates: &[],
    };
    let algorithm = holder.key.kind().usual_algorithm();
    let prepared = prepare_answer(&profile, algorithm).unwrap();
    prepared.finish(&holder.sign(algorithm, prepared.to_be_signed()))
}

async fn believe(house: &House, root: &Certificate) {
    let new = NewAnchors {
        bundle: root.der().to_vec(),
        name: String::new(),
        purposes: vec![Purpose::Sign],
        valid_from: Some("2026-01-01".parse().unwrap()),
        valid_to: None,
        source: "thử".to_owned(),
        note: String::new(),
    };
    import(&house.ctx, &Scribe::named(&house.ctx, None, "operator"), new).await.unwrap();
}

/// The sockets of these tests are on this machine: an administrator has to open it.
async fn open_this_machine(house: &House) {
    let scribe = Scribe::named(&house.ctx, None, "operator");
    hosts::add(&house.ctx, &scribe, ("127.0.0.1", "máy thử")).await.unwrap();
}

/// A world whose lists lie on the shelf; and the address of it.
async fn world_of_lists(shelf: &Shelf) -> World {
    let address = lists(shelf).await;
    let [root, issuing] = ["root.crl", "issuing.crl"].map(|name| format!("{address}/{name}"));
    let told = |list| Told { list: Some(list), responder: None };
    let world = World::told(told(&root), told(&issuing));
    put_lists(shelf, &world, "2026-11-22", &[]);
    world
}

fn put_lists(shelf: &Shelf, world: &World, as_of: &str, revoked: &[(&Certificate, &str, Reason)]) {
    let [root, issuing] = world.crls(as_of, revoked).try_into().unwrap();
    shelf.put("root.crl", root.der());
    shelf.put("issuing.crl", issuing.der());
}

fn signed(world: &World) -> Vec<u8> {
    world.signed(&Job::new(Format::Xades, XML.as_bytes(), &world.person))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_verdict_lacks_is_asked_by_a_job_and_known_minutes_later() {
    let (house, shelf) = (house().await, Shelf::default());
    let world = world_of_lists(&shelf).await;
    believe(&house, &world.root.certificate).await;
    open_this_machine(&house).await;
    let file = signed(&world);

    let answer = sent_to(&house, ("a.xml", &file), &[]).await;
    assert!(answer.has("Chưa xác minh được") && answer.has(LATER), "{}", answer.text);
    assert_eq!(shelf.asked(), 0, "a stranger's file made the site ask somebody at once");
    let ran = house.run_jobs().await;
    assert_eq!(shelf.asked(), 2, "{ran:?}");
    let answer = sent_to(&house, ("a.xml", &file), &[]).await;
    assert!(answer.has("chữ ký số hợp lệ của Nguyễn Văn An"), "{}", answer.text);
    sent_to(&house, ("a.xml", &file), &[]).await;
    house.run_jobs().await;
    assert_eq!(shelf.asked(), 2, "what is known is not asked for again");

    // A day later the schedule asks by itself; meanwhile the certificate was revoked.
    put_lists(
        &shelf,
        &world,
        "2026-11-24",
        &[(&world.person.certificate, "2026-05-01", Reason::KeyCompromise)],
    );
    house.ctx.clock.advance(SignedDuration::from_hours(25));
    assert_eq!(fetch_due(&house.ctx).await.unwrap(), 2);
    let answer = sent_to(&house, ("a.xml", &file), &[]).await;
    assert!(answer.has("đã bị thu hồi từ"), "{}", answer.text);

    // An older list, which knows nothing of it, is not taken back.
    put_lists(&shelf, &world, "2026-11-23", &[]);
    house.ctx.clock.advance(SignedDuration::from_hours(25));
    fetch_due(&house.ctx).await.unwrap();
    let answer = sent_to(&house, ("a.xml", &file), &[]).await;
    assert!(answer.has("đã bị thu hồi từ"), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_responder_is_asked_where_no_list_is_to_be_had() {
    let (house, shelf) = (house().await, Shelf::default());
    let address = lists(&shelf).await;
    let made = Arc::new(OnceLock::new());
    let responders = responders(&made, &house.ctx).await;
    let list = format!("{address}/broken.crl");
    shelf.put("broken.crl", b"no list at all");
    let [root, issuing] = ["root", "issuing"].map(|who| format!("{responders}/{who}"));
    let world = made.get_or_init(|| {
        World::told(
            Told { list: None, responder: Some(&root) },
            Told { list: Some(&list), responder: Some(&issuing) },
        )
    });
    believe(&house, &world.root.certificate).await;
    open_this_machine(&house).await;
    let file = signed(world);
    let answer = sent_to(&house, ("a.xml", &file), &[]).await;
    assert!(answer.has(LATER), "{}", answer.text);
    house.run_jobs().await;
    let answer = sent_to(&house, ("a.xml", &file), &[]).await;
    assert!(answer.has("chữ ký số hợp lệ của Nguyễn Văn An"), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_issuers_of_our_own_people_are_asked_before_anybody_wants_to_know() {
    let (town, shelf) = (Town::new().await, Shelf::default());
    let world = world_of_lists(&shelf).await;
    // As the sub-authorities of the State are: believed by itself.
    believe(&town.house, &world.issuing.certificate).await;
    open_this_machine(&town.house).await;
    let mut officer = town.at_work("quantri.hue").await;
    for holder in [&world.seal, &world.person] {
        let pem = pem::write("CERTIFICATE", holder.certificate.der());
        let path = "/quan-tri/chung-thu/ghi-nhan";
        officer.get(path).await;
        let fields = [("pem", pem.as_str()), ("unit", "H57.101"), ("carrier", "pki-token")];
        assert_eq!(officer.post(path, &fields).await.status, 303);
    }
    assert_eq!(fetching::expect(town.ctx()).await.unwrap(), Outlook::Soon);
    town.house.run_jobs().await;
    assert_eq!(shelf.asked(), 1, "one list tells about both, and nobody is asked about an anchor");
    let answer = sent_to(&town.house, ("a.xml", &signed(&world)), &[]).await;
    assert!(answer.has("chữ ký số hợp lệ của Nguyễn Văn An"), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_asked_whom_no_anchor_vouches_for_or_who_is_not_public() {
    let (house, shelf) = (house().await, Shelf::default());
    let world = world_of_lists(&shelf).await;
    let file = signed(&world);
    let kept = || house.ctx.store.read(store::count);
    open_this_machine(&house).await;
    let answer = sent_to(&house, ("a.xml", &file), &[]).await;
    assert!(answer.has("Chưa xác minh được") && !answer.has(LATER));
    assert_eq!(kept().await.unwrap(), 0, "nobody believes this authority");

    let other = self::house().await;
    believe(&other, &world.root.certificate).await;
    let answer = sent_to(&other, ("a.xml", &file), &[("dang", "json")]).await;
    let value: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(value["revocation_outlook"], "nothing", "127.0.0.1 is not public");
    let rows = other.ctx.store.read(store::count).await;
    assert_eq!(rows.unwrap(), 0);
    other.run_jobs().await;
    house.run_jobs().await;
    assert_eq!(shelf.asked(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_answer_is_named_and_asked_less_and_less() {
    let (house, shelf) = (house().await, Shelf::default());
    let world = world_of_lists(&shelf).await;
    let stranger = World::new();
    believe(&house, &world.root.certificate).await;
    open_this_machine(&house).await;
    // Somebody else's list, of the same name.
    put_lists(&shelf, &stranger, "2026-11-22", &[]);
    let file = signed(&world);
    sent_to(&house, ("a.xml", &file), &[]).await;
    house.run_jobs().await;
    assert_eq!(shelf.asked(), 2);
    let answer = sent_to(&house, ("a.xml", &file), &[]).await;
    assert!(answer.has("Nơi cấp chứng thư chưa trả lời"), "{}", answer.text);
    let all = house.ctx.store.read(|tx| store::all(tx, 10)).await.unwrap();
    assert!(all.iter().all(|one| one.fault.as_deref() == Some("not-theirs")), "{all:?}");
    // Asked again after 5 minutes, then after 10, whatever strangers send meanwhile.
    for (minutes, asked) in [(4, 2), (2, 4), (8, 4), (3, 6)] {
        house.ctx.clock.advance(SignedDuration::from_mins(minutes));
        sent_to(&house, ("a.xml", &file), &[]).await;
        house.run_jobs().await;
        assert_eq!(shelf.asked(), asked, "after {minutes} more minutes");
    }
    // An anchor that is believed no more takes its wants along.
    let id = house.ctx.store.read(crate::store::anchors::all).await.unwrap()[0].id;
    anchors::end(&house.ctx, &Scribe::named(&house.ctx, None, "operator"), id).await.unwrap();
    assert_eq!(house.ctx.store.read(store::count).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn wants_are_bounded_and_the_oldest_goes_first() {
    let house = house().await;
    let world = World::told(
        Told::default(),
        Told { list: Some("http://crl.example.vn/a.crl"), responder: None },
    );
    let now = house.ctx.clock.now();
    let (certificate, issuer) = (&world.person.certificate, &world.issuing.certificate);
    let yesterday = now - SignedDuration::from_hours(24);
    let fill = move |tx: &mut platform::store::Tx| {
        (0..2_000).try_for_each(|place| {
            let (id, at) = (format!("{place:064}"), yesterday + SignedDuration::from_secs(place));
            store::remember(tx, (&id, "list"), (b"", b""), at)
        })
    };
    house.ctx.store.write::<_, platform::store::StoreError, _>(fill).await.unwrap();
    let wanted = Wanted { certificate: certificate.clone(), issuer: issuer.clone() };
    assert_eq!(fetching::want(&house.ctx, &[wanted]).await.unwrap(), Outlook::Soon);
    let all = house.ctx.store.read(|tx| store::all(tx, 3_000)).await.unwrap();
    assert_eq!(all.len(), 2_000);
    assert_eq!(all[0].certificate, certificate.der(), "the newest is there");
    assert!(all.iter().all(|one| one.id != format!("{:064}", 0)), "and the oldest is not");
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_inside_are_named_as_hosts_and_once() {
    let house = house().await;
    let scribe = Scribe::named(&house.ctx, None, "operator");
    for wrong in ["", "http://a.vn", "a.vn/crl", "a.vn:8080", "ai@a.vn", "a vn"] {
        let answer = hosts::add(&house.ctx, &scribe, (wrong, "")).await;
        assert_eq!(answer, Err(Refusal::HostWrong), "{wrong}");
    }
    let id = hosts::add(&house.ctx, &scribe, (" CRL.Noi-Bo.vn ", "")).await.unwrap();
    let again = hosts::add(&house.ctx, &scribe, ("crl.noi-bo.vn", "")).await;
    assert_eq!(again, Err(Refusal::HostTaken));
    hosts::remove(&house.ctx, &scribe, id).await.unwrap();
    assert_eq!(hosts::remove(&house.ctx, &scribe, id).await, Err(Refusal::Nothing));
}
