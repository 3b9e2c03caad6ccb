//! The pages of the document axis and of the offices that work with documents: each officer goes
//! wherever a link leads, and every kind of page is judged once. What the routes have and nobody
//! was led to fails.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use http::Method;
use lienthong::demo::client::{Client, plain};
use lienthong::parts;
use platform::web::Class;

use super::pages::fits;
use super::{Browser, Judge, Program, is_wanted, stage};

/// Whose pages these are.
const OURS: [&str; 11] = [
    "/quan-tri/truc",
    "/quan-tri/van-phong",
    "/tich-hop",
    "/can-bo/van-ban",
    "/can-bo/van-ban-di",
    "/can-bo/van-ban-den",
    "/can-bo/viec",
    "/can-bo/so-van-ban",
    "/can-bo/tim-van-ban",
    "/can-bo/ho-so-cong-viec",
    "/can-bo/van-ban-thong-ke",
];
/// Who goes where; the letter of the demo's journey has come by each of them.
const WAYS: [(&str, &[&str]); 6] = [
    ("hethong.mau", &["/tich-hop", "/quan-tri/truc", "/quan-tri/truc/ket-noi"]),
    ("quantri.mau", &["/quan-tri/van-phong", "/quan-tri/van-phong/danh-muc-dien-tu"]),
    ("chuyenvien.hue", &["/can-bo/van-ban-di", "/can-bo/viec", "/can-bo/tim-van-ban"]),
    ("chutich.hue", &["/can-bo/van-ban-di", "/can-bo/van-ban-den", "/can-bo/van-ban-thong-ke"]),
    (
        "vanthu.hue",
        &[
            "/can-bo/van-ban-di",
            "/can-bo/van-ban-den",
            "/can-bo/so-van-ban",
            "/can-bo/ho-so-cong-viec",
        ],
    ),
    ("vanthu.danang", &["/can-bo/van-ban-den", "/can-bo/van-ban-di"]),
];
/// Forms that must not be sent empty.
const MISTAKES: [(&str, &[&str]); 5] = [
    ("hethong.mau", &["/quan-tri/truc/them-he-thong", "/quan-tri/truc/ket-noi/them"]),
    ("quantri.mau", &["/quan-tri/van-phong/H57/nhom", "/quan-tri/van-phong/danh-muc-dien-tu"]),
    ("chuyenvien.hue", &["/can-bo/van-ban-di/tao"]),
    ("chutich.hue", &["/can-bo/viec/giao", "/can-bo/viec/vang-mat"]),
    ("vanthu.hue", &["/can-bo/van-ban-den/vao-so", "/can-bo/ho-so-cong-viec/mo"]),
];
/// An agency that no system and no desk answers for.
const NO_WAY: &str = "H26";
/// One page of a kind is enough, unless these words make it another.
const PILES: [&str; 2] = ["muc=", "xem="];
/// What answers a GET but is no page: files, and what a browser saves or prints.
const NOT_PAGES: [&str; 25] = [
    "/can-bo/van-ban-den/moi",
    "/can-bo/van-ban-den/yeu-cau/{id}/tep/{file}",
    "/can-bo/van-ban-den/{id}/tep/{file}",
    "/can-bo/van-ban-den/{id}/ban-xem",
    "/can-bo/van-ban-di/{id}/xem",
    "/can-bo/van-ban-di/{id}/tep/{file}",
    "/can-bo/van-ban-di/{id}/phien-ban/{edition}/tep",
    "/can-bo/van-ban/{direction}/{id}/phieu-giai-quyet",
    "/can-bo/van-ban/{direction}/{id}/sieu-du-lieu.json",
    "/can-bo/van-ban/{direction}/{id}/sieu-du-lieu.csv",
    "/can-bo/tim-van-ban/xuat",
    "/can-bo/tim-van-ban/in",
    // The list again, at the address of the form on it.
    "/can-bo/tim-van-ban/luu",
    "/can-bo/ho-so-cong-viec/{id}/muc-luc",
    "/can-bo/ho-so-cong-viec/{id}/tep/{file}",
    "/can-bo/so-van-ban/xuat",
    "/can-bo/so-van-ban/in",
    "/can-bo/viec/qua-han/xuat",
    "/can-bo/van-ban-thong-ke/xuat",
    "/can-bo/van-ban-thong-ke/in",
    "/quan-tri/truc/doi-soat/xuat",
    "/quan-tri/truc/goi-tin/{id}/bang-chung",
    "/quan-tri/truc/goi-tin/{id}/goi",
    "/quan-tri/van-phong/danh-muc-dien-tu/xuat",
    "/quan-tri/truc/moi",
];
/// How often somebody looks whether something has come.
const LOOKS_MAX: usize = 400;
const LOOK_EVERY: Duration = Duration::from_millis(50);

pub fn is_ours(path: &str) -> bool {
    OURS.iter().any(|ours| {
        path.strip_prefix(ours).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_of_the_axis_or_an_office_breaks_a_rule() {
    if !is_wanted() {
        return;
    }
    let program = Program::start();
    let mut officers = stage::officers(&program.address, WAYS.map(|(login, _)| login)).await;
    let mut forms = furnish(&mut officers).await;
    forms.extend(go_astray(&mut officers).await);
    let browser = Browser::open(true).await;
    let mut judge = Judge::new(&browser, &program.address).await;
    let mut seen = BTreeSet::new();
    for (login, starts) in WAYS {
        judge.seat.become_person(&officers[login]).await;
        all_below(&mut judge, starts, &mut seen).await;
    }
    for (login, paths) in MISTAKES {
        judge.seat.become_person(&officers[login]).await;
        for path in paths {
            judge.mistake(path, &[]).await;
        }
    }
    for (login, path) in &forms {
        judge.seat.become_person(&officers[login]).await;
        judge.mistake(path, &[]).await;
    }
    let unseen: Vec<String> = pages().into_iter().filter(|route| !seen.contains(route)).collect();
    browser.close().await;
    println!("campaign: {} views of axis and offices judged by axe", judge.seen);
    assert!(judge.wrong.is_empty(), "pages break rules:\n  {}", judge.wrong.join("\n  "));
    assert!(unseen.is_empty(), "no link leads to:\n  {}", unseen.join("\n  "));
}

/// Every page that a link leads to from here, each kind once.
async fn all_below(judge: &mut Judge, starts: &[&str], seen: &mut BTreeSet<String>) {
    let mut met = BTreeSet::new();
    let mut open: VecDeque<String> = starts.iter().map(|path| (*path).to_owned()).collect();
    while let Some(path) = open.pop_front() {
        let Some((route, kind)) = kind_of(&path) else { continue };
        if !met.insert(kind) {
            continue;
        }
        // Another officer's list is another; a page that was judged is only followed.
        match seen.insert(route) || starts.contains(&path.as_str()) {
            true => judge.look(&path).await,
            false => judge.seat.go(&path).await,
        }
        open.extend(links(judge).await);
    }
}

/// The route that a path is of, and what tells two of its pages apart.
fn kind_of(path: &str) -> Option<(String, String)> {
    let (plain, query) = path.split_once('?').unwrap_or((path, ""));
    if !is_ours(plain) {
        return None;
    }
    // The plainest route is meant: `/tao` before `/{id}`.
    let mut routes: Vec<String> = all().into_iter().filter(|route| fits(route, plain)).collect();
    routes.sort_by_key(|route| route.matches('{').count());
    let route = routes.into_iter().next().filter(|route| !NOT_PAGES.contains(&route.as_str()))?;
    let pile = query.split('&').find(|part| PILES.iter().any(|pile| part.starts_with(pile)));
    let kind = format!("{route}?{}", pile.unwrap_or_default());
    Some((route, kind))
}

/// The routes that answer a GET.
fn all() -> Vec<String> {
    let parts = parts::all();
    let routes = parts.iter().flat_map(|part| part.routes.list());
    let routes = routes.filter(|route| route.method == Method::GET && route.class == Class::Page);
    routes.map(|route| route.path.to_owned()).filter(|path| is_ours(path)).collect()
}

/// Those that are pages.
fn pages() -> Vec<String> {
    all().into_iter().filter(|path| !NOT_PAGES.contains(&path.as_str())).collect()
}

/// What the journey leaves no trace of: a draft, work for somebody, a work dossier, a group of
/// recipients, another axis. Forms of what was made, and whose they are.
async fn furnish(officers: &mut BTreeMap<&'static str, Client>) -> Vec<(&'static str, String)> {
    let drafter = officers.get_mut("chuyenvien.hue").unwrap();
    drafter.get("/can-bo/van-ban-di/tao").await.unwrap();
    let draft = [("subject", "Báo cáo tháng"), ("body", "Một đoạn văn.")];
    drafter.send("/tao", &draft).await.unwrap();
    let drafted = drafter.path.clone();
    let clerk = officers.get_mut("vanthu.hue").unwrap();
    let dossiers = "/can-bo/ho-so-cong-viec/mo";
    clerk.get(dossiers).await.unwrap();
    let dossier =
        [("ma", "RS.2026"), ("tieu-de", "Rà soát thủ tục hành chính"), ("bao-quan", "10")];
    clerk.send(dossiers, &dossier).await.unwrap();
    clerk.get("/can-bo/van-ban-den?muc=tat-ca").await.unwrap();
    let reply = clerk.link("/can-bo/van-ban-den/0").unwrap();
    let leader = officers.get_mut("chutich.hue").unwrap();
    leader.get(&format!("{reply}/viec/phan-cong")).await.unwrap();
    let handler = leader.option_named("Trương Thị Soạn Thảo").unwrap();
    leader.send("/phan-cong", &[("main", &handler)]).await.unwrap();
    let admin = officers.get_mut("quantri.mau").unwrap();
    admin.get("/quan-tri/van-phong/H57/nhom").await.unwrap();
    admin.send_where("name", &[("name", "Các bộ")]).await.unwrap();
    let operator = officers.get_mut("hethong.mau").unwrap();
    let link = "/quan-tri/truc/ket-noi/them";
    let other = [
        ("name", "Trục của bộ"),
        ("address", "https://truc.example.vn/axis"),
        ("system", "sys.H57"),
        ("secret", "mot-khoa-du-dai-de-thu"),
        ("covers", "G01"),
    ];
    operator.get(link).await.unwrap();
    operator.send(link, &other).await.unwrap();
    vec![
        ("chuyenvien.hue", format!("{drafted}/xin-y-kien")),
        ("chutich.hue", format!("{reply}/viec/phan-cong")),
    ]
}

/// The letter is updated for somebody to whom no way leads, and for the neighbour who gave it back,
/// with a file: a task at the axis, and a wish for the neighbour's clerk to look at.
async fn go_astray(officers: &mut BTreeMap<&'static str, Client>) -> Vec<(&'static str, String)> {
    let clerk = officers.get_mut("vanthu.hue").unwrap();
    clerk.get("/can-bo/van-ban-di?xem=da-ban-hanh").await.unwrap();
    let letter = clerk.link("/can-bo/van-ban-di/0").unwrap();
    clerk.get(&format!("{letter}/cap-nhat")).await.unwrap();
    let annex = platform::testing::pdf("Phu luc");
    clerk.upload("/cap-nhat", ("phu-luc.pdf", "application/pdf", &annex)).await.unwrap();
    clerk.says("phu-luc.pdf").unwrap();
    let update = [("reason", "Thêm một nơi nhận"), ("code", NO_WAY)];
    clerk.send("/cap-nhat", &update).await.unwrap();
    assert_eq!(clerk.path, letter, "not updated: {}", plain(&clerk.page));
    come(officers, "hethong.mau", ("/quan-tri/truc/viec", "/quan-tri/truc/viec/0")).await;
    let wishes = "/can-bo/van-ban-den?muc=yeu-cau-ben-gui";
    let wish = come(officers, "vanthu.danang", (wishes, "/van-ban-den/yeu-cau/0")).await;
    vec![
        ("vanthu.hue", format!("{letter}/cap-nhat")),
        ("vanthu.hue", format!("{letter}/thu-hoi")),
        ("vanthu.danang", wish),
    ]
}

/// The link that a list has once something has come.
async fn come(
    officers: &mut BTreeMap<&'static str, Client>,
    login: &str,
    (list, link): (&str, &str),
) -> String {
    let officer = officers.get_mut(login).unwrap();
    for _ in 0..LOOKS_MAX {
        officer.get(list).await.unwrap();
        if let Ok(path) = officer.link(link) {
            return path;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    panic!("{login} is never shown {link}: {}", plain(&officer.page));
}

async fn links(judge: &Judge) -> Vec<String> {
    let script = "return [...document.querySelectorAll('main a:not([download])')]\
                  .map(a => a.getAttribute('href')).filter(href => href.startsWith('/'));";
    let found = judge.seat.page.execute(script, Vec::new()).await.unwrap();
    let found = found.as_array().unwrap();
    found.iter().map(|path| path.as_str().unwrap().to_owned()).collect()
}
