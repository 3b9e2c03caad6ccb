//! What this capability answers to.

use axum::Extension;
use platform::web::{Routes, Who};

use crate::doorkeeper::doorkeeper;
use crate::hashing::Hashing;
use crate::pages::{
    account, administration, app, contacts, counter, delegations, forgotten, mandates, officers,
    registration, sign_in,
};

/// The pages that hash take the cost out of the request's extensions.
pub(crate) fn routes(hashing: Hashing) -> Routes {
    let all = Routes::new()
        .merge(door())
        .merge(registering())
        .merge(own_account())
        .merge(acting())
        .merge(offices())
        .merge(administering())
        .merge(platform::pages::routes(doorkeeper));
    all.layer(Extension(hashing))
}

fn door() -> Routes {
    Routes::new()
        .get("/dang-nhap", Who::Anyone, sign_in::show)
        .attempt("/dang-nhap", Who::Anyone, sign_in::post)
        .get("/dang-nhap/ma", Who::Anyone, sign_in::second)
        .attempt("/dang-nhap/ma", Who::Anyone, sign_in::post_second)
        .get("/dang-nhap/ma-du-phong", Who::Anyone, sign_in::recovery)
        .attempt("/dang-nhap/ma-du-phong", Who::Anyone, sign_in::post_recovery)
        .get("/dang-nhap/ung-dung-ma", Who::Anyone, sign_in::enrol)
        .attempt("/dang-nhap/ung-dung-ma", Who::Anyone, sign_in::post_enrol)
        .post("/dang-xuat", Who::SignedIn, sign_in::sign_out)
        .get("/vao", Who::SignedIn, sign_in::home)
        .get("/quen-mat-khau", Who::Anyone, forgotten::show)
        .attempt("/quen-mat-khau", Who::Anyone, forgotten::post)
        .get("/quen-mat-khau/ma", Who::Anyone, forgotten::code)
        .attempt("/quen-mat-khau/ma", Who::Anyone, forgotten::post_code)
        .get("/quen-mat-khau/mat-khau-moi", Who::Anyone, forgotten::new)
        .attempt("/quen-mat-khau/mat-khau-moi", Who::Anyone, forgotten::post_new)
        .get("/lien-ket/{token}", Who::Anyone, forgotten::link)
        .attempt("/lien-ket/{token}", Who::Anyone, forgotten::post_link)
}

fn registering() -> Routes {
    Routes::new()
        .get("/dang-ky", Who::Anyone, registration::start)
        .post("/dang-ky", Who::Anyone, registration::post_start)
        .get("/dang-ky/so-dinh-danh", Who::Anyone, registration::number)
        .post("/dang-ky/so-dinh-danh", Who::Anyone, registration::post_number)
        .get("/dang-ky/ho-ten", Who::Anyone, registration::name)
        .post("/dang-ky/ho-ten", Who::Anyone, registration::post_name)
        .get("/dang-ky/lien-he", Who::Anyone, registration::contact)
        .attempt("/dang-ky/lien-he", Who::Anyone, registration::post_contact)
        .get("/dang-ky/ma", Who::Anyone, registration::code)
        .attempt("/dang-ky/ma", Who::Anyone, registration::post_code)
        .get("/dang-ky/mat-khau", Who::Anyone, registration::password)
        .attempt("/dang-ky/mat-khau", Who::Anyone, registration::post_password)
        .get("/dang-ky/kiem-tra", Who::Anyone, registration::check)
        .post("/dang-ky/kiem-tra", Who::Anyone, registration::post_check)
        .get("/dang-ky/xong", Who::Anyone, registration::done)
}

fn own_account() -> Routes {
    Routes::new()
        .get("/tai-khoan", Who::SignedIn, account::show)
        .get("/tai-khoan/xac-nhan", Who::SignedIn, account::prove)
        .attempt("/tai-khoan/xac-nhan", Who::SignedIn, account::post_prove)
        .get("/tai-khoan/mat-khau", Who::SignedIn, account::password)
        .attempt("/tai-khoan/mat-khau", Who::SignedIn, account::post_password)
        .get("/tai-khoan/lien-he", Who::SignedIn, contacts::show)
        .attempt("/tai-khoan/lien-he", Who::SignedIn, contacts::post)
        .get("/tai-khoan/lien-he/ma", Who::SignedIn, contacts::code)
        .attempt("/tai-khoan/lien-he/ma", Who::SignedIn, contacts::post_code)
        .get("/tai-khoan/ung-dung-ma", Who::SignedIn, app::show)
        .get("/tai-khoan/ung-dung-ma/quet", Who::SignedIn, app::scan)
        .attempt("/tai-khoan/ung-dung-ma/quet", Who::SignedIn, app::post_scan)
        .get("/tai-khoan/ung-dung-ma/bo", Who::Citizen, app::remove)
        .post("/tai-khoan/ung-dung-ma/bo", Who::Citizen, app::post_remove)
        .get("/tai-khoan/ma-du-phong", Who::SignedIn, app::renew_codes)
        .post("/tai-khoan/ma-du-phong", Who::SignedIn, app::post_renew_codes)
        .get("/tai-khoan/ngon-ngu", Who::SignedIn, account::language)
        .post("/tai-khoan/ngon-ngu", Who::SignedIn, account::post_language)
        .get("/tai-khoan/phien", Who::SignedIn, account::list_sessions)
        .post("/tai-khoan/phien/ket-thuc-het", Who::SignedIn, account::end_other_sessions)
        .post("/tai-khoan/phien/{id}/ket-thuc", Who::SignedIn, account::end_session)
}

fn acting() -> Routes {
    Routes::new()
        .get("/tai-khoan/uy-quyen", Who::Citizen, delegations::list)
        .post("/tai-khoan/uy-quyen/cho-minh", Who::Citizen, delegations::for_oneself)
        .get("/tai-khoan/uy-quyen/con", Who::Citizen, delegations::ward)
        .post("/tai-khoan/uy-quyen/con", Who::Citizen, delegations::post_ward)
        .get("/tai-khoan/uy-quyen/doanh-nghiep", Who::Citizen, delegations::enterprise)
        .post("/tai-khoan/uy-quyen/doanh-nghiep", Who::Citizen, delegations::post_enterprise)
        .get("/tai-khoan/uy-quyen/giao", Who::Citizen, mandates::grant)
        .post("/tai-khoan/uy-quyen/giao", Who::Citizen, mandates::post_grant)
        .get("/tai-khoan/uy-quyen/nhan", Who::Citizen, mandates::take)
        .attempt("/tai-khoan/uy-quyen/nhan", Who::Citizen, mandates::post_take)
        .post("/tai-khoan/uy-quyen/{id}/chon", Who::Citizen, delegations::choose)
        .post("/tai-khoan/uy-quyen/{id}/ket-thuc", Who::Citizen, delegations::end)
}

fn offices() -> Routes {
    Routes::new()
        .get("/can-bo/doi-chieu", Who::Officer, counter::show)
        .post("/can-bo/doi-chieu", Who::Officer, counter::post)
        .post("/can-bo/doi-chieu/{id}/xac-nhan", Who::Officer, counter::confirm)
        .post("/can-bo/doi-chieu/{id}/dong", Who::Officer, counter::close)
        .post("/can-bo/doi-chieu/uy-quyen/{id}", Who::Officer, counter::confirm_delegation)
}

fn administering() -> Routes {
    Routes::new()
        .get("/quan-tri/tai-khoan", Who::Officer, officers::list)
        .get("/quan-tri/tai-khoan/tao", Who::Officer, officers::new)
        .post("/quan-tri/tai-khoan/tao", Who::Officer, officers::post_new)
        .get("/quan-tri/tai-khoan/{id}", Who::Officer, administration::show)
        .get("/quan-tri/tai-khoan/{id}/vai-tro", Who::Officer, officers::role)
        .post("/quan-tri/tai-khoan/{id}/vai-tro", Who::Officer, officers::post_role)
        .post(
            "/quan-tri/tai-khoan/{id}/vai-tro/{bond}/ket-thuc",
            Who::Officer,
            administration::end_role,
        )
        .post("/quan-tri/tai-khoan/{id}/lien-ket", Who::Officer, administration::give_link)
        .post("/quan-tri/tai-khoan/{id}/ung-dung-ma", Who::Officer, administration::reset_app)
        .post("/quan-tri/tai-khoan/{id}/khoa", Who::Officer, administration::disable)
        .post("/quan-tri/tai-khoan/{id}/mo", Who::Officer, administration::enable)
}
