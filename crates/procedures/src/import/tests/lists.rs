//! Subjects, agencies, results and legal bases.

use super::super::lists;
use crate::version::Named;

fn names(list: &[Named]) -> Vec<&str> {
    list.iter().map(|named| named.name.as_str()).collect()
}

#[test]
fn commas_inside_a_subjects_name_part_nothing() {
    let (subjects, doubts) = lists::subjects(
        "Cán bộ, công chức, viên chức, Tổ chức (không bao gồm doanh nghiệp, HTX), Doanh nghiệp, \
         Doanh nghiệp có vốn đầu tư nước ngoài",
    );
    assert_eq!(doubts, []);
    assert_eq!(
        names(&subjects),
        [
            "Cán bộ, công chức, viên chức",
            "Tổ chức (không bao gồm doanh nghiệp, HTX)",
            "Doanh nghiệp",
            "Doanh nghiệp có vốn đầu tư nước ngoài",
        ]
    );
    let (subjects, doubts) = lists::subjects("Công dân Việt Nam, Người ngoài hành tinh");
    assert_eq!(subjects.len(), 2);
    assert_eq!(doubts[0].text, "Người ngoài hành tinh");
}

#[test]
fn an_agency_begins_with_a_word_agencies_begin_with() {
    let agencies = lists::agencies(
        "Cục cảnh sát quản lý hành chính về trật tự, xã hội, Công an tỉnh, Sở Tài chính các tỉnh, \
         thành phố, Cục Quản lý Đê điều và Phòng, Chống thiên tai",
    );
    assert_eq!(
        names(&agencies),
        [
            "Cục cảnh sát quản lý hành chính về trật tự, xã hội",
            "Công an tỉnh",
            "Sở Tài chính các tỉnh, thành phố",
            "Cục Quản lý Đê điều và Phòng, Chống thiên tai",
        ]
    );
    assert_eq!(lists::agencies("Không có thông tin"), []);
}

#[test]
fn results_are_parted_after_their_codes() {
    let results =
        lists::results("Giấy khai sinhMã: KQ.G15.000031.văn bản trả lời.,Mã: 000.00.00.G04-KQ0279");
    assert_eq!(results[0], Named::coded("KQ.G15.000031", "Giấy khai sinh"));
    assert_eq!(results[1], Named::coded("000.00.00.G04-KQ0279", "văn bản trả lời"));
    assert_eq!(names(&lists::results("Quyết định")), ["Quyết định"]);
    assert_eq!(lists::results("Không có thông tin"), []);
}

#[test]
fn legal_bases_end_where_a_number_is_followed_by_the_next_name() {
    let bases = lists::legal_bases(
        "Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 quy định chi tiết123/2015/NĐ-CPLuật Hộ tịch\
         60/2014/QH13Thông tư 09/2020/TT-BGTVT09/2020/TT-BGTVTvề phíNghị quyết số 30a/2008/NQ-CP",
    );
    let codes: Vec<_> = bases.iter().map(|basis| basis.code.as_deref().unwrap_or("-")).collect();
    assert_eq!(
        codes,
        ["123/2015/NĐ-CP", "60/2014/QH13", "09/2020/TT-BGTVT", "Nghị quyết số 30a/2008/NQ-CP"]
    );
    assert_eq!(bases[1].name, "Luật Hộ tịch");
    assert_eq!(bases[2].name, "Thông tư 09/2020/TT-BGTVT");
    assert_eq!(bases[3].name, "về phí");
}

#[test]
fn a_legal_basis_without_a_number_keeps_its_name() {
    let bases = lists::legal_bases("Luật Thú y 79/2015/QH13Công ước quốc tế");
    assert_eq!(bases[0], Named::coded("79/2015/QH13", "Luật Thú y"));
    assert_eq!(bases[1], Named::of("Công ước quốc tế"));
    assert_eq!(lists::legal_bases("Không có thông tin"), []);
}
