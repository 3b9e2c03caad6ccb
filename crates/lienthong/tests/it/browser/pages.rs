//! Every page, judged by axe: empty, filled and in error, narrow and wide, in both languages. The
//! list of pages is the program's own list of routes, so a page that nobody looks at fails.

use http::Method;
use lienthong::parts;
use platform::web::Class;

use super::{Browser, Judge, Stage, is_wanted, offices, walks};

const FOR_ANYONE: [&str; 27] = [
    "/",
    "/thu-tuc",
    "/thu-tuc?q=dang+ky+khai+sih",
    "/thu-tuc?q=zzzzqqq",
    "/thu-tuc/1.001193",
    "/thu-tuc/1.001193/phien-ban",
    "/thu-tuc/1.001193/phien-ban/1",
    "/nop-ho-so/1.001193",
    "/nop-ho-so/1.001193?tinh=46",
    "/tra-cuu",
    "/kiem-tra",
    "/kiem-tra/AAAA-AAAA",
    "/kiem-tra/tep",
    "/dang-nhap",
    "/dang-ky",
    "/quen-mat-khau",
    "/don-vi",
    "/don-vi/H57",
    "/don-vi/H57/lich-su",
    "/don-vi/H01?q=hue",
    "/tro-giup",
    "/tro-nang",
    "/quyen-rieng-tu",
    "/khong-co-trang-nay",
    "/mau-giao-dien",
    "/mau-giao-dien/bieu-mau",
    "/mau-giao-dien/ban-lam-viec",
];
const PROBLEMS: [&str; 5] = [
    "/mau-giao-dien/loi/sign-in",
    "/mau-giao-dien/loi/later",
    "/mau-giao-dien/loi/outcome-unknown",
    "/mau-giao-dien/loi/broken",
    "/mau-giao-dien/loi/refused",
];

const FOR_MOTHERS: [&str; 34] = [
    "/ho-so",
    "/ho-so/{draft}",
    "/ho-so/{draft}/co-quan",
    "/ho-so/{sent}",
    "/ho-so/{sent}/xac-nhan",
    "/ho-so/{sent}/rut",
    "/ho-so/{sent}/phieu/request/1",
    "/ho-so/{asked}",
    "/ho-so/{asked}/bo-sung",
    "/ho-so/{asked}/phieu/slip02/1",
    "/ho-so/{refused}",
    "/ho-so/{handled}",
    "/ho-so/{handled}/phieu/slip01/1",
    "/ho-so/{owing}",
    "/ho-so/{stopped}",
    "/ho-so/{stopped}/phieu/slip05/1",
    "/ho-so/{withdrawn}",
    "/ho-so/{late}",
    "/ho-so/{decided}",
    "/ho-so/{decided}/danh-gia",
    "/ho-so/{done}",
    "/ho-so/{done}/ket-qua",
    "/ho-so/{done}/danh-gia",
    "/vi-giay-to",
    "/nop-ho-so/1.001193?tinh=46",
    "/tai-khoan",
    "/tai-khoan/phien",
    "/tai-khoan/ngon-ngu",
    "/tai-khoan/uy-quyen",
    "/tai-khoan/uy-quyen/con",
    "/tai-khoan/uy-quyen/doanh-nghiep",
    "/tai-khoan/uy-quyen/giao",
    "/tai-khoan/uy-quyen/nhan",
    "/demo/hop-thu",
];
const FOR_NEWCOMERS: [&str; 3] = ["/ho-so", "/vi-giay-to", "/tai-khoan/uy-quyen"];
const MISTAKES_OF_MOTHERS: [&str; 6] = [
    "/ho-so/{asked}/bo-sung",
    "/ho-so/{decided}/danh-gia",
    "/tai-khoan/uy-quyen/con",
    "/tai-khoan/uy-quyen/doanh-nghiep",
    "/tai-khoan/uy-quyen/giao",
    "/tai-khoan/uy-quyen/nhan",
];

/// Each officer, and the pages of their day; `{…}` are dossiers by their state.
const FOR_OFFICERS: [(&str, &[&str]); 8] = [
    (
        "motcua.mau",
        &[
            "/can-bo/ho-so",
            "/can-bo/ho-so?muc=dang-xu-ly",
            "/can-bo/ho-so?muc=cho-nguoi-dan",
            "/can-bo/ho-so?muc=da-xong",
            "/can-bo/ho-so?q=zzzzqqq",
            "/can-bo/ho-so/{sent}",
            "/can-bo/ho-so/{sent}/viec/tiep-nhan",
            "/can-bo/ho-so/{sent}/viec/bo-sung",
            "/can-bo/ho-so/{sent}/viec/tu-choi",
            "/can-bo/ho-so/{asked}",
            "/can-bo/ho-so/{asked}/viec/nhan-bo-sung",
            "/can-bo/ho-so/{owing}",
            "/can-bo/ho-so/{owing}/viec/da-nop-tien",
            "/can-bo/ho-so/{withdrawn}",
            "/can-bo/ho-so/{late}",
            "/can-bo/ho-so/{handled}/phieu/slip01/1",
            "/can-bo/ho-so/{done}",
            "/can-bo/ho-so/{done}/ket-qua",
            "/can-bo/tiep-nhan",
            "/can-bo/tiep-nhan?q=khai+sinh",
            "/can-bo/tiep-nhan?q=zzzzqqq",
            "/can-bo/tiep-nhan/1.001193",
            "/can-bo/so-theo-doi",
            "/can-bo/doi-chieu",
            "/can-bo/ky-so",
            "/can-bo/ky-so?xem=da-ky",
            "/can-bo/ky-so/phien",
            "/can-bo/ky-so/mau",
            "/tai-khoan",
        ],
    ),
    (
        "chuyenvien.mau",
        &[
            "/can-bo/ho-so",
            "/can-bo/ho-so/{handled}",
            "/can-bo/ho-so/{handled}/viec/chuyen",
            "/can-bo/ho-so/{handled}/viec/tra-lai",
            "/can-bo/ho-so/{handled}/viec/bo-sung",
            "/can-bo/ho-so/{handled}/viec/nghia-vu-tai-chinh",
            "/can-bo/ho-so/{handled}/viec/du-thao",
            "/can-bo/ho-so/{handled}/viec/ghi-chu",
        ],
    ),
    ("truongphong.mau", &["/can-bo/ho-so", "/can-bo/ho-so/{handled}"]),
    (
        "lanhdao.mau",
        &[
            "/can-bo/ho-so",
            "/can-bo/ho-so/{handled}",
            "/can-bo/ho-so/{handled}/viec/quyet-dinh",
            "/can-bo/ho-so/{handled}/viec/hen-lai",
            "/can-bo/ho-so/{handled}/viec/dung",
            "/can-bo/ho-so/{awaited}",
            "/can-bo/ho-so/{awaited}/viec/rut-trinh-ky",
            "/can-bo/ho-so/{stopped}",
            "/can-bo/ky-so",
            "/can-bo/ky-so/{paper}",
            "/can-bo/ky-so/{paper}/nop",
            "/can-bo/ky-so/{paper}/may-tram",
            "/can-bo/ky-so/{paper}/tu-xa",
            "/can-bo/ky-so/phien",
            "/can-bo/ky-so/khoa-tu-xa",
            "/can-bo/ky-so/mau",
            "/can-bo/ky-so/uy-quyen",
            "/can-bo/ky-so/uy-quyen/tao",
            "/can-bo/ky-so/uy-quyen/{delegation}",
        ],
    ),
    (
        "traketqua.mau",
        &["/can-bo/ho-so", "/can-bo/ho-so/{decided}", "/can-bo/ho-so/{decided}/viec/tra-ket-qua"],
    ),
    (
        "quantri.mau",
        &[
            "/quan-tri/don-vi",
            "/quan-tri/don-vi/tao",
            "/quan-tri/don-vi/nhap",
            "/quan-tri/don-vi/H57",
            "/quan-tri/thu-tuc",
            "/quan-tri/thu-tuc?q=zzzzqqq",
            "/quan-tri/tai-khoan",
            "/quan-tri/tai-khoan?q=zzzzqqq",
            "/quan-tri/tai-khoan/tao",
            "/quan-tri/lich-lam-viec",
            "/quan-tri/chung-thu",
            "/quan-tri/chung-thu?q=zzzzqqq",
            "/quan-tri/chung-thu/ghi-nhan",
            "/quan-tri/chung-thu/thong-ke",
            "/quan-tri/chung-thu/yeu-cau",
            "/quan-tri/chung-thu/yeu-cau/tao",
            "/quan-tri/con-dau",
            "/quan-tri/con-dau/H57.104",
            "/quan-tri/con-dau/quy-tac",
        ],
    ),
    ("vanthu.mau", &["/can-bo/ky-so", "/can-bo/ky-so?xem=dong-dau", "/can-bo/ky-so/mau"]),
    (
        "hethong.mau",
        &[
            "/quan-tri/don-vi",
            "/quan-tri/lich-lam-viec",
            "/quan-tri/thu-tuc",
            "/quan-tri/tai-khoan",
            "/quan-tri/nhat-ky",
            "/quan-tri/nhat-ky?q=zzzzqqq",
            "/quan-tri/viec-hong",
            "/quan-tri/hop-thu",
            "/quan-tri/chung-thu/tin-cay",
            "/quan-tri/chung-thu/tin-cay/them",
            "/quan-tri/chung-thu/thoi-gian",
            "/quan-tri/chung-thu/thoi-gian/nguon",
            "/quan-tri/chung-thu/thoi-gian/chinh-sach",
            "/quan-tri/chung-thu/bang-chung",
            "/quan-tri/chung-thu/bang-chung/may-chu",
            "/quan-tri/chung-thu/van-ban",
            "/quan-tri/chung-thu/van-ban/tao",
            "/quan-tri/ky-tu-xa",
        ],
    ),
];
const MISTAKES_OF_OFFICERS: [(&str, &[&str]); 6] = [
    (
        "motcua.mau",
        &[
            "/can-bo/ho-so/{sent}/viec/bo-sung",
            "/can-bo/ho-so/{sent}/viec/tu-choi",
            "/can-bo/tiep-nhan/1.001193",
            "/can-bo/doi-chieu",
        ],
    ),
    (
        "chuyenvien.mau",
        &[
            "/can-bo/ho-so/{handled}/viec/nghia-vu-tai-chinh",
            "/can-bo/ho-so/{handled}/viec/du-thao",
            "/can-bo/ho-so/{handled}/viec/ghi-chu",
        ],
    ),
    ("traketqua.mau", &["/can-bo/ho-so/{decided}/viec/tra-ket-qua"]),
    (
        "lanhdao.mau",
        &[
            "/can-bo/ho-so/{handled}/viec/quyet-dinh",
            "/can-bo/ho-so/{handled}/viec/hen-lai",
            "/can-bo/ho-so/{handled}/viec/dung",
            "/can-bo/ky-so/{paper}",
            "/can-bo/ky-so/{paper}/nop",
            "/can-bo/ky-so/phien",
            "/can-bo/ky-so/mau",
            "/can-bo/ky-so/uy-quyen/tao",
        ],
    ),
    (
        "quantri.mau",
        &[
            "/quan-tri/con-dau/H57.104",
            "/quan-tri/con-dau/quy-tac",
            "/quan-tri/don-vi/tao",
            "/quan-tri/tai-khoan/tao",
            "/quan-tri/chung-thu/yeu-cau/tao",
            "/quan-tri/chung-thu/ghi-nhan",
        ],
    ),
    (
        "hethong.mau",
        &[
            "/quan-tri/chung-thu/tin-cay/them",
            "/quan-tri/chung-thu/thoi-gian/nguon",
            "/quan-tri/chung-thu/thoi-gian/chinh-sach",
            "/quan-tri/chung-thu/bang-chung/may-chu",
            "/quan-tri/chung-thu/van-ban/tao",
            "/quan-tri/ky-tu-xa",
        ],
    ),
];

/// What answers a GET but is no page: files, papers for the press, machines' business, ways that
/// only lead on.
const NOT_PAGES: [&str; 27] = [
    "/tinh/{name}",
    "/favicon.ico",
    "/robots.txt",
    "/health/live",
    "/health/ready",
    "/metrics",
    "/phien",
    "/vao",
    "/tai-khoan/ung-dung-ma",
    "/ho-so/{id}/tep/{file}",
    "/ho-so/{id}/ban-nhap/{file}",
    "/can-bo/ho-so/{id}/tep/{file}",
    "/quan-tri/don-vi/xuat",
    "/quan-tri/nhat-ky/{id}/bang-chung",
    "/quan-tri/moc-niem-phong",
    "/quan-tri/khoa-niem-phong",
    "/ca/{file}",
    "/crl/{file}",
    "/ocsp/{authority}/{*question}",
    "/quan-tri/chung-thu/xuat",
    "/quan-tri/chung-thu/{id}/tep",
    "/can-bo/ky-so/{id}/tep",
    "/can-bo/ky-so/{id}/may-tram/xong",
    "/ky-so/tep/{token}",
    "/can-bo/ky-so/mau/anh/{id}",
    "/quan-tri/con-dau/{code}/anh/{id}",
    "/quan-tri/chung-thu/van-ban/{id}",
];

#[tokio::test(flavor = "multi_thread")]
async fn no_page_breaks_a_rule_of_accessibility() {
    if !is_wanted() {
        return;
    }
    let mut stage = Stage::set().await;
    let browser = Browser::open(true).await;
    let mut judge = Judge::new(&browser, &stage.program.address).await;
    judge.names = stage.dossiers.iter().map(|(state, id)| (id.clone(), (*state).into())).collect();
    strangers(&mut judge).await;
    citizens(&mut judge, &mut stage).await;
    officers(&mut judge, &mut stage).await;
    administrators(&mut judge, &mut stage).await;
    let unseen = unseen(&judge);
    browser.close().await;
    println!("campaign: {} views judged by axe", judge.seen);
    assert!(judge.wrong.is_empty(), "pages break rules:\n  {}", judge.wrong.join("\n  "));
    assert!(unseen.is_empty(), "pages nobody looked at:\n  {}", unseen.join("\n  "));
}

async fn strangers(judge: &mut Judge) {
    judge.look_at_all(&FOR_ANYONE).await;
    judge.look_at_all(&PROBLEMS).await;
    for path in ["/dang-nhap", "/tra-cuu", "/kiem-tra", "/quen-mat-khau", "/mau-giao-dien/bieu-mau"]
    {
        judge.mistake(path, &[]).await;
    }
    walks::registration(judge).await;
    walks::forgotten_password(judge).await;
    walks::second_factor(judge).await;
    judge.seat.become_stranger().await;
}

async fn citizens(judge: &mut Judge, stage: &mut Stage) {
    judge.seat.become_person(&stage.newcomer).await;
    judge.look_at_all(&FOR_NEWCOMERS).await;
    judge.seat.become_person(&stage.mother).await;
    for path in FOR_MOTHERS {
        judge.look(&stage.path(path)).await;
    }
    let check = judge_link(judge, &stage.path("/ho-so/{done}"), "/kiem-tra/").await;
    judge.look(&check).await;
    walks::a_checked_file(judge, stage).await;
    for path in MISTAKES_OF_MOTHERS {
        judge.mistake(&stage.path(path), &[]).await;
    }
    walks::questions(judge, stage).await;
    walks::account(judge).await;
}

async fn officers(judge: &mut Judge, stage: &mut Stage) {
    for (login, paths) in FOR_OFFICERS {
        judge.seat.become_person(&stage.officers[login]).await;
        for path in paths {
            judge.look(&stage.path(path)).await;
        }
    }
    for (login, paths) in MISTAKES_OF_OFFICERS {
        judge.seat.become_person(&stage.officers[login]).await;
        for path in paths {
            judge.mistake(&stage.path(path), &[]).await;
        }
    }
}

/// Pages whose address is found on another page, and those that answer a form.
async fn administrators(judge: &mut Judge, stage: &mut Stage) {
    judge.seat.become_person(&stage.officers["lanhdao.mau"]).await;
    walks::several_papers(judge).await;
    walks::the_agent(judge, stage).await;
    judge.seat.become_person(&stage.officers["hethong.mau"]).await;
    for list in ["/quan-tri/nhat-ky", "/quan-tri/viec-hong"] {
        let one = judge_link(judge, list, &format!("{list}/0")).await;
        judge.look(&one).await;
    }
    walks::a_version(judge).await;
    judge.seat.become_person(&stage.officers["quantri.mau"]).await;
    walks::a_unit(judge).await;
    walks::an_officer(judge).await;
    walks::a_request(judge).await;
    judge.seat.become_person(&stage.officers["hethong.mau"]).await;
    walks::a_certificate(judge).await;
    judge.seat.become_person(&stage.officers["quantri.mau"]).await;
    walks::a_new_officer(judge).await;
}

async fn judge_link(judge: &mut Judge, from: &str, part: &str) -> String {
    judge.seat.go(from).await;
    judge.link(part).await
}

/// Routes of pages that came up nowhere.
fn unseen(judge: &Judge) -> Vec<String> {
    let parts = parts::all();
    parts
        .iter()
        .flat_map(|part| part.routes.list())
        .filter(|route| route.method == Method::GET && route.class == Class::Page)
        .map(|route| route.path)
        .filter(|path| !path.ends_with("/pdf") && !NOT_PAGES.contains(path))
        .filter(|path| !offices::is_ours(path))
        .filter(|path| !judge.paths.iter().any(|seen| fits(path, seen)))
        .map(str::to_owned)
        .collect()
}

/// Whether `/ho-so/{id}` leads to this path, and no plainer route does.
pub fn fits(route: &str, path: &str) -> bool {
    let (route, path): (Vec<&str>, Vec<&str>) =
        (route.split('/').collect(), path.split('/').collect());
    route.len() == path.len()
        && route.iter().zip(&path).all(|(wanted, found)| wanted.starts_with('{') || wanted == found)
}
