### Lời của danh mục thủ tục hành chính: trang chủ, tra cứu, trang thủ tục, quản trị.

procedures-title = Thủ tục
procedures-menu = Danh mục thủ tục

## Trang chủ

procedures-home-title = Liên Thông
procedures-home-heading = Cần làm thủ tục gì?
procedures-home-track = Tra cứu hồ sơ đã nộp
procedures-home-track-about = Nhập mã hồ sơ và số điện thoại, không cần tài khoản.
procedures-home-mine = Hồ sơ của tôi
procedures-home-mine-about = Viết tiếp hồ sơ đang soạn, bổ sung giấy tờ, xem kết quả.
procedures-home-browse = Xem theo nhóm
procedures-home-browse-about = Theo sự kiện trong đời, lĩnh vực, cơ quan hoặc cấp thực hiện.
procedures-home-popular = Thường được tìm
procedures-events-citizen = Cho người dân
procedures-events-business = Cho doanh nghiệp, hộ kinh doanh
procedures-figures = Danh mục đang có
procedures-figure-all = thủ tục đang có hiệu lực
procedures-figure-whole = làm trực tuyến từ đầu đến cuối
procedures-figure-part = làm trực tuyến một phần
procedures-figure-here = nộp hồ sơ ngay tại đây

## Sự kiện

procedures-event-birth = Sinh con, nuôi con
procedures-event-school = Đi học
procedures-event-work = Việc làm
procedures-event-marriage = Kết hôn, gia đình
procedures-event-residence = Cư trú, căn cước
procedures-event-housing = Nhà ở, đất đai
procedures-event-vehicle = Xe và bằng lái
procedures-event-travel = Hộ chiếu, xuất nhập cảnh
procedures-event-health = Sức khỏe, bảo hiểm y tế
procedures-event-support = Trợ cấp, người có công
procedures-event-justice = Chứng thực, pháp lý
procedures-event-retirement = Nghỉ hưu
procedures-event-death = Người thân qua đời
procedures-event-business-start = Bắt đầu kinh doanh
procedures-event-business-licence = Giấy phép, điều kiện kinh doanh
procedures-event-business-tax = Thuế, hải quan
procedures-event-business-people = Lao động, bảo hiểm xã hội
procedures-event-business-land = Đất đai, xây dựng, môi trường
procedures-event-business-trade = Xuất nhập khẩu
procedures-event-business-end = Tạm ngừng, chấm dứt

## Tra cứu

procedures-search-title = Tìm thủ tục
procedures-question = Tên thủ tục, giấy tờ hoặc việc cần làm
procedures-question-hint = Không cần gõ dấu. Ví dụ: khai sinh, sổ đỏ, 1.001193
procedures-find = Tìm
procedures-count =
    { $count ->
       *[other] { $count } thủ tục
    }
procedures-all = Xem tất cả { $count } thủ tục
procedures-by-field = Theo lĩnh vực
procedures-more-fields = Các lĩnh vực khác
procedures-by-agency = Theo cơ quan công bố
procedures-by-level = Theo cấp thực hiện
procedures-filters = Lọc kết quả
procedures-filter-any = Tất cả
procedures-filter-apply = Áp dụng
procedures-filter-remove = Bỏ lọc:
procedures-filter-event = Sự kiện
procedures-filter-field = Lĩnh vực
procedures-filter-agency = Cơ quan công bố
procedures-filter-level = Cấp thực hiện
procedures-filter-subject = Đối tượng
procedures-filter-online = Mức độ trực tuyến
procedures-found =
    { $count ->
        [0] Chưa tìm thấy thủ tục nào
       *[other] { $count } thủ tục
    }
procedures-found-title = Kết quả cho “{ $words }”
procedures-found-none = Chưa có thủ tục nào khớp với những từ này. Có thể thử:
procedures-found-none-fewer = gõ ít từ hơn, hoặc tên giấy tờ cần có;
procedures-found-none-filters = bỏ bớt điều kiện lọc;
procedures-found-none-browse = xem theo nhóm.
procedures-found-none-code = Nếu tìm theo mã, mã có dạng 1.001193.

## Cấp, mức độ, cách nộp

procedures-level-ward = Cấp xã
procedures-level-province = Cấp tỉnh
procedures-level-ministry = Cấp bộ
procedures-level-other = Cơ quan khác
procedures-online-information = Nộp trực tiếp
procedures-online-part = Trực tuyến một phần
procedures-online-whole = Trực tuyến toàn trình
procedures-non-territorial = Nộp ở bất kỳ nơi nào
procedures-channel-online = Trực tuyến
procedures-channel-direct = Trực tiếp
procedures-channel-postal = Qua bưu chính

## Thời hạn, phí, số lượng

procedures-time-working-hour = { $count } giờ làm việc
procedures-time-hour = { $count } giờ
procedures-time-working-day = { $count } ngày làm việc
procedures-time-day = { $count } ngày
procedures-time-month = { $count } tháng
procedures-time-same-day = Trong ngày
procedures-time-in-steps = Xem trong các bước thực hiện
procedures-time-unsaid = Chưa công bố
procedures-fee-free = Miễn phí
procedures-fee-unsaid = Chưa công bố mức thu
procedures-fee-service = Phí
procedures-fee-charge = Lệ phí
procedures-count-originals = { $count } bản chính
procedures-count-copies = { $count } bản sao

## Trang thủ tục

procedures-apply = Nộp hồ sơ
procedures-online-elsewhere = Thủ tục này nộp trực tuyến trên Cổng Dịch vụ công quốc gia; tại đây chưa có biểu mẫu.
procedures-online-none = Thủ tục này nộp trực tiếp hoặc qua bưu chính.
procedures-in-short = Tóm tắt
procedures-see-below = Xem bên dưới
procedures-on-this-page = Trên trang này
procedures-what = Cần chuẩn bị gì
procedures-what-unsaid = Văn bản công bố không nêu thành phần hồ sơ.
procedures-papers =
    { $count ->
        [0] Không có giấy tờ phải nộp; xem các lưu ý bên dưới.
       *[other] { $count } loại giấy tờ. Có loại chỉ cần trong trường hợp ghi ở tên giấy tờ.
    }
procedures-notes = Lưu ý ({ $count })
procedures-paper-forms = Mẫu:
procedures-paper-eform = Điền trên màn hình khi nộp trực tuyến.
procedures-paper-reused = Cơ quan đã có giấy này, không phải nộp lại.
procedures-how-long = Bao lâu, hết bao nhiêu
procedures-way = Cách nộp
procedures-way-more = Chi tiết
procedures-time = Thời hạn
procedures-fee = Phí, lệ phí
procedures-ways-unsaid = Văn bản công bố không nêu cách nộp.
procedures-case-time = Thời hạn ghi theo trường hợp
procedures-official-text = Văn bản chính thức bằng tiếng Việt; dưới đây là nội dung như đã công bố.
procedures-where = Nộp ở đâu
procedures-agency-executing = Cơ quan thực hiện
procedures-agency-authority = Cơ quan có thẩm quyền
procedures-agency-coordinating = Cơ quan phối hợp
procedures-who = Ai được làm thủ tục này
procedures-requirements = Yêu cầu, điều kiện
procedures-steps = Các bước
procedures-steps-unsaid = Văn bản công bố không nêu trình tự.
procedures-result = Nhận được gì
procedures-result-unsaid = Văn bản công bố không nêu kết quả.
procedures-legal-bases = Căn cứ pháp lý
procedures-legal-bases-show = Xem các văn bản
procedures-note = Ghi chú
procedures-published = Thông tin công bố
procedures-code = Mã thủ tục
procedures-name = Tên thủ tục
procedures-decision = Quyết định công bố
procedures-decision-date = Ngày quyết định
procedures-mandate = Loại thủ tục
procedures-mandate-delegated = Được luật giao quy định chi tiết
procedures-mandate-not-delegated = Không được luật giao cho địa phương quy định
procedures-mandate-other = Loại khác
procedures-mandate-unsaid = Chưa phân loại
procedures-version-number = Phiên bản
procedures-in-force-from = Có hiệu lực từ
procedures-in-force-to = Hết hiệu lực
procedures-versions-link = Xem các phiên bản và nội dung thay đổi

## Cảnh báo trên trang thủ tục

procedures-to-current = Xem bản đang có hiệu lực
procedures-banner-draft = Bản nháp, chưa công bố.
procedures-banner-suspended = Thủ tục đang tạm dừng, chưa nhận hồ sơ mới.
procedures-banner-ending = Thủ tục sẽ bị bãi bỏ từ ngày { $day }.
procedures-banner-abolished = Thủ tục đã bị bãi bỏ từ ngày { $day }. Nội dung dưới đây chỉ để tra cứu.
procedures-banner-coming = Bản này có hiệu lực từ ngày { $day }.
procedures-banner-old = Bản này hết hiệu lực từ ngày { $day }. Hồ sơ đã nộp trước đó vẫn theo bản này.

## Các phiên bản

procedures-versions-title = Các phiên bản của thủ tục { $code }
procedures-versions-heading = Các phiên bản
procedures-version = Phiên bản { $number }
procedures-span = từ { $from } đến trước { $to }
procedures-span-open = từ { $from }
procedures-what-changed = Nội dung thay đổi so với bản trước
procedures-nothing-changed = Không có thay đổi ở các nội dung phải công bố.
procedures-status-draft = Bản nháp
procedures-status-suspended = Tạm dừng
procedures-status-abolished = Bãi bỏ
procedures-status-current = Đang có hiệu lực
procedures-status-coming = Sắp có hiệu lực
procedures-status-replaced = Đã được thay thế

## Quản trị

procedures-manage-title = Danh mục thủ tục
procedures-manage-question = Mã hoặc tên thủ tục
procedures-manage-status = Trạng thái
procedures-manage-none = Không có thủ tục nào khớp. Hãy bỏ bớt điều kiện lọc.
procedures-standing-draft = Bản nháp
procedures-standing-published = Đã công bố
procedures-standing-suspended = Tạm dừng
procedures-standing-abolished = Bãi bỏ
procedures-origin = Nguồn
procedures-origin-hand = Nhập tại đây
procedures-origin-shipped = Kèm phần mềm
procedures-origin-native = Cổng quốc gia (JSON)
procedures-origin-flattened = Cổng quốc gia (bản chụp trang)
procedures-completeness = Đầy đủ
procedures-completeness-heading = Mười bốn nội dung phải công bố
procedures-complete = Đủ nội dung
procedures-incomplete = Thiếu { $count } nội dung
procedures-changed-at = Thay đổi lúc
procedures-managed-title = Quản lý thủ tục { $code }
procedures-managed-heading = Quản lý thủ tục
procedures-public-page = Xem trang công khai
procedures-compared = Bản { $to } khác bản { $from } ở đâu
procedures-doubts = Nội dung chưa đọc hết từ nguồn
procedures-part-there = Có
procedures-part-missing = Thiếu, bắt buộc
procedures-part-none = Không nêu
procedures-part-name = Tên thủ tục
procedures-part-steps = Trình tự thực hiện
procedures-part-channels = Cách thức thực hiện
procedures-part-components = Thành phần, số lượng hồ sơ
procedures-part-time-limits = Thời hạn giải quyết
procedures-part-subjects = Đối tượng thực hiện
procedures-part-agencies = Cơ quan thực hiện
procedures-part-results = Kết quả thực hiện
procedures-part-forms = Mẫu đơn, tờ khai
procedures-part-fees = Phí, lệ phí
procedures-part-requirements = Yêu cầu, điều kiện
procedures-part-legal-bases = Căn cứ pháp lý
procedures-part-field = Lĩnh vực
procedures-part-decision = Quyết định công bố

procedures-read-code = Mã thủ tục
procedures-read-name = Tên
procedures-read-level = Cấp thực hiện
procedures-read-field = Lĩnh vực
procedures-read-subjects = Đối tượng
procedures-read-agency = Cơ quan thực hiện
procedures-read-decision = Quyết định công bố
procedures-read-steps = Trình tự
procedures-read-components = Thành phần hồ sơ
procedures-read-channels = Cách thức
procedures-read-time = Thời hạn
procedures-read-fee = Phí, lệ phí
procedures-read-results = Kết quả
procedures-read-legal-bases = Căn cứ pháp lý
procedures-read-requirements = Yêu cầu, điều kiện
procedures-read-online-level = Mức độ trực tuyến
procedures-why-another-code = Trang nguồn mang mã của thủ tục khác. Cần người xem bên nào đúng trước khi công bố.
procedures-why-page-not-split = Không tách được trang nguồn theo tiêu đề; đã dùng các trường rời.
procedures-why-unknown-word = Nguồn dùng một từ chưa biết; đã giữ nguyên văn.
procedures-why-digits-run-together = Thời hạn và mức thu dính liền, tách được theo nhiều cách; đã giữ nguyên văn.
procedures-why-amount-too-small = Mức thu nhỏ hơn 1.000 đồng, có thể nguồn bị mất số; đã giữ nguyên văn.
procedures-why-no-unit = Thời hạn không có đơn vị.
procedures-why-before-table = Có nội dung đứng trước bảng.
procedures-why-table-cut-off = Bảng bị cắt ngang.
procedures-why-unknown-key = Nguồn có mục chưa biết cách đọc.
procedures-why-named-without-code = Thủ tục liên quan chỉ có tên, không có mã.
procedures-why-online-kept = Văn bản mới không ghi hình thức nộp trực tuyến, nhưng thủ tục này đang được nộp tại đây. Hình thức trực tuyến được giữ lại; nếu đã thật sự bỏ, hãy xóa trong bản nháp.
procedures-why-form-asks-more = Biểu mẫu điện tử yêu cầu giấy tờ này, nhưng văn bản mới không liệt kê. Hãy sửa biểu mẫu hoặc danh mục giấy tờ trước khi công bố.

## Việc quản trị

procedures-acts = Việc có thể làm
procedures-act-begin = Soạn phiên bản mới
procedures-act-begin-about = Tạo bản nháp chép từ bản mới nhất. Bản đang có hiệu lực không đổi cho đến khi công bố bản nháp.
procedures-act-edit = Sửa bản nháp
procedures-act-publish = Công bố bản nháp
procedures-act-publish-about = Bản đang có hiệu lực sẽ kết thúc vào ngày này. Hồ sơ đã nộp vẫn theo bản cũ.
procedures-act-discard = Bỏ bản nháp
procedures-act-discard-about = Bản nháp sẽ bị xóa. Bản gốc lấy từ nguồn vẫn được giữ.
procedures-act-suspend = Tạm dừng
procedures-act-suspend-about = Không nhận hồ sơ mới cho đến khi tiếp tục. Hồ sơ đã nộp vẫn được giải quyết.
procedures-act-resume = Tiếp tục
procedures-act-resume-about = Nhận hồ sơ mới trở lại.
procedures-act-abolish = Bãi bỏ
procedures-act-abolish-about = Thủ tục kết thúc hẳn từ ngày này. Hồ sơ đã nộp vẫn được giải quyết.
procedures-from-day = Từ ngày
procedures-from-day-hint = Bắt đầu từ 0 giờ của ngày này.
procedures-notice-draft = Đã tạo bản nháp.
procedures-notice-saved = Đã lưu bản nháp.
procedures-notice-published = Đã công bố.
procedures-notice-discarded = Đã bỏ bản nháp.
procedures-notice-suspended = Đã tạm dừng thủ tục.
procedures-notice-resumed = Thủ tục nhận hồ sơ trở lại.
procedures-notice-abolished = Đã ghi việc bãi bỏ.

procedures-edit-title = Sửa bản nháp { $code }
procedures-edit-heading = Sửa bản nháp
procedures-edit-name = Tên thủ tục
procedures-edit-name-en = Tên tiếng Anh
procedures-edit-summary = Một câu giải thích dễ hiểu
procedures-edit-summary-en = Câu giải thích bằng tiếng Anh
procedures-edit-decision = Số quyết định công bố
procedures-edit-steps = Trình tự thực hiện, mỗi bước một dòng bắt đầu bằng “Bước 1:”
procedures-edit-requirements = Yêu cầu, điều kiện
procedures-edit-receiving = Nơi tiếp nhận hồ sơ
procedures-edit-keywords = Từ khóa, cách nhau bằng dấu phẩy
procedures-edit-document = Các phần còn lại (JSON)
procedures-edit-document-hint = Cấp, lĩnh vực, đối tượng, cơ quan, cách thức, thành phần hồ sơ, kết quả, căn cứ pháp lý, các bước nội bộ.
procedures-edit-save = Lưu bản nháp
procedures-edit-cancel = Không lưu
procedures-edit-empty = { $field }: chưa có nội dung. Nội dung này bắt buộc.
procedures-edit-not-json = Các phần còn lại: chưa đọc được JSON ({ $reason }). Hãy kiểm tra dấu ngoặc và dấu phẩy.

## Từ chối

procedures-refused = Chưa thực hiện được
procedures-refusal-no-such-version = Không có phiên bản này.
procedures-refusal-changed-meanwhile = Có người khác vừa thay đổi thủ tục này. Hãy mở lại trang rồi làm lại.
procedures-refusal-not-a-draft = Chỉ sửa, công bố hoặc bỏ được bản nháp. Hãy soạn phiên bản mới.
procedures-refusal-incomplete = Còn thiếu nội dung phải công bố: { $parts }. Hãy bổ sung vào bản nháp rồi công bố.
procedures-refusal-later-version-there = Phiên bản { $number } bắt đầu vào ngày này hoặc muộn hơn. Hãy chọn ngày sau đó.
procedures-refusal-not-in-force = Phiên bản này không còn hiệu lực. Hãy mở lại trang để xem bản mới nhất.
procedures-refusal-not-suspended = Phiên bản này không ở trạng thái tạm dừng. Hãy mở lại trang.
procedures-refusal-ends-before-it-begins = Ngày kết thúc phải sau ngày có hiệu lực. Hãy chọn ngày khác.
procedures-refusal-draft-waiting = Đã có một bản nháp của thủ tục này. Hãy sửa hoặc bỏ bản nháp đó trước.
procedures-refusal-nothing-changed = Nội dung không có gì thay đổi.
procedures-refusal-no-publisher = Chưa biết cơ quan công bố thủ tục này. Hãy ghi mã cơ quan công bố rồi làm lại.
procedures-refusal-store = Chưa lưu được. Hãy thử lại sau ít phút.
procedures-refusal-day = “{ $typed }” không phải là một ngày. Hãy quay lại và nhập ngày, tháng, năm, ví dụ 21/11/2026.
