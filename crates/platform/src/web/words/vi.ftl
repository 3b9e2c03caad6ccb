### Lời của trang web: khung trang, biểu mẫu, các trang báo lỗi, trợ giúp.

web-site-name = Liên Thông
web-site-line = Dịch vụ công trực tuyến
web-title-wrong = Lỗi: { $title }
web-skip = Đến nội dung chính
web-tools = Ngôn ngữ và tài khoản
web-other-language = English
web-sign-in = Đăng nhập
web-sign-out = Đăng xuất
web-account = Tài khoản
web-on-behalf = Đang làm thay cho { $whom }.
web-on-behalf-change = Đổi người được làm thay
web-service = Các mục chính
web-menu = Việc của tôi
web-crumbs = Vị trí trang
web-back = Quay lại
web-close = Đóng
web-footer = Thông tin về trang này
web-footer-updated = Dữ liệu cập nhật lúc { $at }
web-help-link = Trợ giúp và liên hệ
web-accessibility-link = Trợ năng
web-privacy-link = Quyền riêng tư
web-demo-mark = Bản trình diễn.
web-demo = Mọi hồ sơ và con người ở đây đều là giả định, không có giá trị pháp lý.
web-density-compact = Thu gọn dòng
web-density-roomy = Giãn dòng
web-stay-notice-kept = Phiên làm việc đã được gia hạn.

## Biểu mẫu

web-errors-title = Cần sửa lại
web-field-error-mark = Lỗi:
web-field-optional = (không bắt buộc)
web-field-date-day = Ngày
web-field-date-month = Tháng
web-field-date-year = Năm
web-field-show-password = Hiện
web-field-hide-password = Ẩn
web-saving = Đang lưu…
web-saved-at = Đã lưu lúc { $at }
web-save-failed = Chưa lưu được. Nội dung vẫn còn trên trang này; sẽ tự thử lại.
web-upload-progress = Đang tải lên:
web-upload-broken = Mất kết nối khi tải lên. Hãy thử lại.

## Hết giờ

web-timeout-title = Phiên làm việc sắp kết thúc
web-timeout-text = Để giữ an toàn, trang sẽ tự đăng xuất sau
web-timeout-minutes = phút
web-timeout-soon = chưa đầy một phút
web-timeout-stay = Tiếp tục làm việc

## Bàn phím

web-keys-title = Phím tắt
web-keys-off = Tắt phím tắt trên máy này
web-keys-open = Mở bảng phím tắt

## Phân trang, danh sách

web-pages = Các trang kết quả
web-pages-next = Trang sau
web-pages-first = Về trang đầu
web-list-count =
    { $count ->
        [0] Không có kết quả
       *[other] { $count } kết quả
    }
web-summary-change = Sửa
web-summary-missing = Chưa có
web-table-behind = Xem số liệu dạng bảng
web-copy = Sao chép
web-copied = Đã sao chép
web-step-of = Bước { $at } trên { $all }

## Khi không làm được

web-problem-not-found = Không tìm thấy trang
web-problem-not-found-detail = Địa chỉ này không có, hoặc chỉ dành cho người khác. Hãy kiểm tra lại địa chỉ; nếu mở từ một liên kết thì liên kết đó có thể đã cũ.
web-problem-sign-in = Cần đăng nhập
web-problem-sign-in-detail = Phiên làm việc đã kết thúc hoặc chưa đăng nhập. Đăng nhập xong có thể làm tiếp ngay.
web-problem-changed = Nội dung vừa được người khác thay đổi
web-problem-changed-detail = Trong lúc trang này đang mở, có người đã thay đổi cùng nội dung. Hãy mở lại trang để xem bản mới nhất rồi làm lại nếu vẫn cần.
web-problem-later = Hệ thống đang tạm dừng
web-problem-later-detail = Hiện chưa thực hiện được. Hãy thử lại sau ít phút.
web-problem-outcome = Chưa rõ đã lưu được hay chưa
web-problem-outcome-detail = Mất kết nối với cơ sở dữ liệu đúng lúc đang lưu, nên chưa biết nội dung vừa gửi đã được lưu hay chưa. Hãy mở lại trang hoặc danh sách để xem; chỉ gửi lại khi không thấy ở đó.
web-problem-too-often = Gửi quá nhiều lần
web-problem-too-often-detail = Có quá nhiều yêu cầu từ kết nối này. Hãy chờ { $minutes } phút rồi thử lại.
web-problem-long-head = Yêu cầu quá dài
web-problem-long-head-detail = Trình duyệt gửi kèm quá nhiều thông tin, thường là cookie cũ của trang này. Hãy xóa cookie của trang rồi mở lại.
web-problem-too-large = Nội dung gửi lên quá lớn
web-problem-too-large-detail = Ở đây chỉ nhận được tối đa { $limit } MB mỗi lần. Hãy giảm dung lượng tệp (ví dụ chụp lại với độ phân giải thấp hơn) hoặc gửi từng tệp một.
web-problem-unreadable = Không đọc được nội dung gửi lên
web-problem-unreadable-detail = Nội dung bị hỏng trên đường truyền hoặc không đúng định dạng. Hãy quay lại trang trước, tải lại trang rồi gửi lại.
web-problem-wrong-media = Định dạng không được hỗ trợ
web-problem-wrong-media-detail = Địa chỉ này không nhận loại nội dung vừa gửi. Hãy quay lại và dùng biểu mẫu trên trang.
web-problem-stale-form = Biểu mẫu đã cũ
web-problem-stale-form-detail = Biểu mẫu được mở từ lâu, hoặc đã đăng nhập lại ở một thẻ khác, nên chưa gửi được.
web-problem-foreign-form = Yêu cầu bị từ chối
web-problem-foreign-form-detail = Yêu cầu này được gửi từ một trang web khác nên không được thực hiện. Hãy mở trực tiếp trang này rồi làm lại.
web-problem-too-slow = Kết nối quá chậm
web-problem-too-slow-detail = Nội dung chưa đến nơi đầy đủ. Hãy thử lại khi kết nối tốt hơn; với tệp lớn, nên gửi từng tệp một.
web-problem-wrong-method = Không mở được theo cách này
web-problem-wrong-method-detail = Địa chỉ này chỉ dùng để gửi biểu mẫu. Hãy mở lại từ trang có biểu mẫu.
web-problem-broken = Hệ thống gặp lỗi
web-problem-broken-detail = Lỗi từ phía hệ thống, không phải do thao tác. Sự việc đã được ghi lại. Hãy thử lại; nếu vẫn gặp lỗi, hãy liên hệ và đọc mã bên dưới.
web-problem-number = Mã sự việc:
web-problem-home = Về trang chủ
web-problem-help = Trợ giúp và liên hệ
web-saved-yes = Những gì đã nhập trước đó đều đã được lưu.
web-saved-no = Những gì vừa gửi chưa được lưu. Những gì đã lưu trước đó vẫn còn nguyên.
web-saved-unknown = Không chắc nội dung vừa gửi đã được lưu hay chưa. Hãy mở lại và kiểm tra trước khi gửi lần nữa; gửi trùng không gây hại.
web-resend-kept = Các câu trả lời vừa nhập vẫn được giữ ở đây. Bấm nút dưới đây để gửi lại; mật khẩu và mã xác nhận (nếu có) phải nhập lại.
web-resend-sign-in = Trước tiên, đăng nhập trong một thẻ mới, rồi quay lại trang này
web-resend-button = Gửi lại các câu trả lời

## Trợ giúp

web-help-title = Trợ giúp và liên hệ
web-help-lead = Cách dùng trang này, và nơi hỏi khi cần người giúp.
web-help-contact-title = Cần người giúp
web-help-contact = Bộ phận Một cửa của cơ quan giải quyết hồ sơ nhận câu hỏi trực tiếp và qua điện thoại trong giờ làm việc. Địa chỉ và số điện thoại ghi ở trang của từng thủ tục và từng cơ quan. Cán bộ có thể làm thay trên trang này khi người dân đến quầy.
web-help-form-title = Điền biểu mẫu
web-help-form-1 = Mỗi trang hỏi một việc. Bấm “Tiếp tục” để sang câu sau, “Quay lại” để sửa câu trước; câu đã trả lời vẫn còn.
web-help-form-2 = Khi có chỗ cần sửa, danh sách lỗi hiện ở đầu trang; bấm vào từng dòng để đến đúng chỗ. Không có câu trả lời nào bị xoá.
web-help-form-3 = Chỉ những câu ghi “(không bắt buộc)” mới được bỏ trống.
web-help-form-4 = Mất mạng hoặc bấm gửi hai lần đều không sao: hệ thống chỉ nhận một lần.
web-help-file-title = Gửi tệp
web-help-file = Trước mỗi ô chọn tệp có ghi loại tệp và dung lượng được nhận. Ảnh chụp giấy tờ nên rõ bốn góc, không loá, đọc được mọi chữ.
web-help-session-title = Đăng nhập và hết giờ
web-help-session = Sau { $minutes } phút không thao tác, trang tự đăng xuất để giữ an toàn, và có báo trước. Nếu đang điền dở khi hết giờ, câu trả lời vẫn được giữ để gửi lại sau khi đăng nhập. Đăng nhập không bao giờ cần gõ chữ trong hình; có thể dán mật khẩu và dùng trình quản lý mật khẩu.
web-help-safe-title = Giữ an toàn
web-help-safe = Không ai, kể cả cán bộ, được hỏi mật khẩu hay mã xác nhận. Chỉ đăng nhập khi địa chỉ trên thanh địa chỉ đúng là địa chỉ của trang này. Dùng xong máy chung thì bấm “Đăng xuất”.
web-help-look-title = Chữ, màu và bản in
web-help-look = Phóng chữ bằng trình duyệt đến 400% vẫn đọc được mà không phải kéo ngang. Nền tối theo cài đặt của máy. Mọi trang đều in được. Bấm “English” ở đầu trang để đọc bằng tiếng Anh.

## Trợ năng

web-a11y-title = Trợ năng
web-a11y-lead = Trang này được làm để ai cũng dùng được: người khiếm thị, người chỉ dùng bàn phím, người đọc chậm, người dùng máy cũ và mạng yếu.
web-a11y-can-title = Có thể
web-a11y-can-1 = dùng toàn bộ trang chỉ bằng bàn phím, hoặc bằng trình đọc màn hình;
web-a11y-can-2 = phóng to đến 400% và dùng trên màn hình rộng 320 điểm mà không mất nội dung;
web-a11y-can-3 = dùng đầy đủ khi trình duyệt tắt JavaScript;
web-a11y-can-4 = phân biệt mọi trạng thái bằng chữ và hình, không chỉ bằng màu;
web-a11y-can-5 = đăng nhập mà không phải giải câu đố hay gõ chữ trong hình;
web-a11y-can-6 = xin thêm thời gian trước khi phiên làm việc kết thúc.
web-a11y-standard-title = Tiêu chuẩn
web-a11y-standard = Mục tiêu là mức AA của Hướng dẫn về khả năng tiếp cận nội dung web WCAG 2.2 và yêu cầu của Luật Người khuyết tật số 51/2010/QH12. Mỗi lần phần mềm thay đổi, các trang được kiểm tra tự động bằng axe-core ở trạng thái trống, đã điền và có lỗi, có và không có JavaScript.
web-a11y-limits-title = Chỗ còn hạn chế
web-a11y-limits = Tệp do người dân và cơ quan khác gửi lên có thể là ảnh chụp, trình đọc màn hình không đọc được. Khi cần nội dung ở dạng khác, hãy liên hệ cơ quan giải quyết hồ sơ.
web-a11y-tell-title = Báo chỗ khó dùng
web-a11y-tell = Nếu có chỗ không dùng được, hãy báo cho Bộ phận Một cửa của cơ quan đang giải quyết hồ sơ, bằng cách nào thuận tiện nhất. Chỗ đó sẽ được sửa, và trong lúc chờ, cán bộ làm giúp việc cần làm.

## Quyền riêng tư

web-privacy-title = Quyền riêng tư
web-privacy-lead = Trang này giữ những gì cần cho việc giải quyết hồ sơ, và không theo dõi ai.
web-privacy-keep-title = Những gì được lưu
web-privacy-keep-1 = Những gì đã nhập và tệp đã gửi, để cơ quan có thẩm quyền giải quyết hồ sơ.
web-privacy-keep-2 = Ai đã xem và làm gì với hồ sơ, lúc nào: nhật ký này không ai sửa được.
web-privacy-keep-3 = Tên trình duyệt và thời điểm đăng nhập, để chủ tài khoản nhận ra và kết thúc phiên lạ.
web-privacy-not-title = Những gì không làm
web-privacy-not-1 = Không quảng cáo, không mạng xã hội, không công cụ đo đạc của bên thứ ba. Trang không tải gì từ nơi khác.
web-privacy-not-2 = Nhật ký kỹ thuật của máy chủ không chứa tên, số giấy tờ, địa chỉ mạng hay nội dung hồ sơ.
web-privacy-not-3 = Không bán, không trao dữ liệu cho ai ngoài cơ quan có thẩm quyền theo luật.
web-privacy-cookies-title = Cookie
web-privacy-cookies = Chỉ có những cookie cần cho trang hoạt động; vì vậy không có hộp thoại xin phép.
web-privacy-cookie-caption = Cookie của trang này
web-privacy-cookie-name = Tên
web-privacy-cookie-why = Để làm gì
web-privacy-cookie-long = Bao lâu
web-privacy-cookie-session = Giữ đăng nhập; chỉ chứa một số ngẫu nhiên
web-privacy-cookie-form = Chống trang khác gửi biểu mẫu thay
web-privacy-cookie-notice = Hiện lời báo sau khi gửi biểu mẫu
web-privacy-cookie-passage = Nhớ bước đang làm khi đăng nhập hoặc đăng ký; chỉ chứa một số ngẫu nhiên
web-privacy-cookie-known = Nhận ra trình duyệt đã từng đăng nhập, để người dò mật khẩu ở nơi khác không khoá được tài khoản
web-privacy-cookie-lang = Nhớ ngôn ngữ đã chọn
web-privacy-cookie-density = Nhớ độ thoáng của dòng đã chọn
web-privacy-cookie-browser = Đến khi đóng trình duyệt
web-privacy-cookie-minute = Một phút
web-privacy-cookie-hour = Không quá một giờ
web-privacy-cookie-year = Một năm
web-privacy-rights-title = Quyền của người có dữ liệu
web-privacy-rights = Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định 356/2025/NĐ-CP, mỗi người có quyền được biết, xem, sửa dữ liệu của mình, yêu cầu cung cấp, xoá, hạn chế xử lý trong phạm vi luật cho phép, khiếu nại và yêu cầu bồi thường. Hãy gửi yêu cầu đến cơ quan giải quyết hồ sơ.

## Mẫu giao diện (chỉ có ở bản trình diễn)

web-guide-title = Mẫu giao diện
web-guide-lead = Mọi thành phần của trang, ở mọi trạng thái. Người thiết kế và phép thử tự động cùng nhìn vào đây.
web-guide-crumb-home = Trang chủ
web-guide-form-title = Mẫu biểu mẫu
web-guide-one-title = Mẫu trang một câu hỏi
web-guide-desk-title = Hồ sơ chờ xử lý
web-guide-desk-caption = Hồ sơ của đơn vị, hạn gần nhất trước
web-guide-part-said = Lời báo
web-guide-part-tags = Trạng thái
web-guide-part-buttons = Nút
web-guide-part-summary = Bản tóm tắt
web-guide-part-tasks = Danh sách việc
web-guide-part-steps = Tiến độ
web-guide-part-timeline = Dòng thời gian
web-guide-part-stats = Số liệu
web-guide-part-list = Kết quả tìm
web-guide-part-cards = Ô chọn
web-guide-part-table = Bảng
web-guide-part-problems = Trang báo không làm được
web-guide-notice-info = Từ 01/01/2027 nộp hồ sơ đất đai ở xã
web-guide-notice-info-text = Hồ sơ nộp trước ngày này vẫn giải quyết ở nơi đã nộp.
web-guide-notice-good = Đã lưu thay đổi.
web-guide-notice-warn = Còn thiếu một giấy tờ
web-guide-notice-warn-text = Bổ sung Giấy chứng sinh trước 17:00 thứ sáu, 27/11/2026; thời gian chờ bổ sung không tính vào hạn giải quyết.
web-guide-notice-bad = Hồ sơ đã quá hạn 2 ngày làm việc.
web-guide-inset = Không phải nộp bản sao giấy tờ mà cơ quan nhà nước đã có.
web-guide-done = Đã nhận hồ sơ
web-guide-done-number = Số hồ sơ
web-guide-notice-sent = Đã gửi biểu mẫu mẫu.
web-guide-notice-uploaded = Đã tải tệp lên.
web-guide-tag-good = Đúng hạn
web-guide-tag-warn = Sắp đến hạn
web-guide-tag-bad = Quá hạn
web-guide-tag-info = Đang xử lý
web-guide-tag-plain = Bản nháp
web-guide-button-send = Nộp hồ sơ
web-guide-button-save = Lưu và thoát
web-guide-button-withdraw = Rút hồ sơ
web-guide-button-busy = Đang gửi
web-guide-button-cancel = Huỷ
web-guide-button-continue = Tiếp tục
web-guide-button-upload = Tải lên
web-guide-button-search = Tìm
web-guide-button-filter = Lọc
web-guide-name = Họ, chữ đệm, tên
web-guide-name-hint = Ghi như trên căn cước
web-guide-name-value = Nguyễn Thị Thuỷ Tiên
web-guide-name-missing = Hãy nhập họ, chữ đệm, tên
web-guide-number = Số định danh cá nhân
web-guide-number-hint = 12 chữ số, in trên mặt trước thẻ căn cước
web-guide-number-wrong = Số định danh cá nhân phải có 12 chữ số; hiện có { $count }
web-guide-born = Ngày sinh
web-guide-born-hint = Ví dụ: 27 3 1985
web-guide-born-missing = Hãy nhập ngày sinh
web-guide-born-wrong = Ngày sinh phải là một ngày có thật, năm gồm 4 chữ số
web-guide-phone = Số điện thoại
web-guide-mail = Thư điện tử
web-guide-value = Giá trị tài sản
web-guide-province = Tỉnh, thành phố
web-guide-choose = Chọn
web-guide-how = Cách nhận kết quả
web-guide-how-wallet = Bản điện tử
web-guide-how-wallet-hint = Có giá trị như bản giấy, nhận ngay khi có kết quả
web-guide-how-post = Qua bưu điện
web-guide-how-desk = Tại Bộ phận Một cửa
web-guide-how-missing = Hãy chọn cách nhận kết quả
web-guide-address = Địa chỉ nhận
web-guide-address-value = 12 Lê Lợi
    Phường Thuận Hoá
    Thành phố Huế
web-guide-address-missing = Hãy nhập địa chỉ nhận kết quả
web-guide-copies = Bản cần thêm
web-guide-copies-hint = Chọn tất cả những gì cần
web-guide-copies-extract = Bản sao trích lục
web-guide-copies-paper = Bản giấy có dấu
web-guide-note = Ghi chú cho cán bộ
web-guide-password = Mật khẩu
web-guide-otp = Mã xác nhận
web-guide-otp-hint = 6 chữ số, vừa gửi đến điện thoại
web-guide-file-title = Gửi tệp
web-guide-file = Giấy chứng sinh
web-guide-file-hint = Ảnh hoặc PDF (.jpg, .png, .pdf), tối đa 10 MB
web-guide-file-missing = Hãy chọn tệp Giấy chứng sinh
web-guide-search-title = Tìm
web-guide-search = Từ khoá
web-guide-task-child = Thông tin của trẻ
web-guide-task-papers = Giấy tờ kèm theo
web-guide-task-papers-hint = Đã có 1 trên 3
web-guide-task-fee = Lệ phí
web-guide-task-send = Kiểm tra và nộp
web-guide-task-done = Đã xong
web-guide-task-begun = Đang làm
web-guide-task-wrong = Cần sửa
web-guide-task-later = Chưa làm được
web-guide-moment-sent = Đã nộp hồ sơ
web-guide-moment-sent-when = 09:12 thứ hai, 23/11/2026
web-guide-moment-asked = Yêu cầu bổ sung
web-guide-moment-asked-when = 10:40 thứ hai, 23/11/2026, Bộ phận Một cửa
web-guide-moment-asked-text = Bổ sung Giấy chứng sinh: ảnh đã nộp bị mờ ở phần ngày sinh.
web-guide-moment-checked = Đang thẩm định
web-guide-moment-checked-when = Từ 14:05 thứ ba, 24/11/2026
web-guide-moment-checked-text = Công chức tư pháp hộ tịch đang xem xét.
web-guide-moment-result = Trả kết quả
web-guide-moment-result-when = Hẹn 17:00 thứ năm, 26/11/2026
web-guide-stat-received = Hồ sơ đã nhận
web-guide-stat-early = Trước và đúng hạn
web-guide-stat-soon = Sắp đến hạn
web-guide-stat-late = Quá hạn
web-guide-bars = Hồ sơ theo lĩnh vực, tháng 11/2026
web-guide-bars-text = Đất đai nhiều nhất với 4.310 hồ sơ, rồi đến hộ tịch và hộ kinh doanh.
web-guide-bar-land = Đất đai
web-guide-bar-civil = Hộ tịch
web-guide-bar-business = Hộ kinh doanh
web-guide-result-1 = Đăng ký khai sinh
web-guide-result-1-text = Cấp xã · trong ngày làm việc · miễn lệ phí · nộp trực tuyến toàn trình
web-guide-result-2 = Chứng thực bản sao từ bản chính giấy tờ, văn bản
web-guide-result-2-text = Cấp xã · trong ngày làm việc · 2.000 ₫ mỗi trang
web-guide-empty = Không có thủ tục nào khớp với “khai xinh”.
web-guide-empty-next = Tìm “khai sinh”
web-guide-card-1 = Có con nhỏ
web-guide-card-1-text = Khai sinh, thẻ bảo hiểm y tế, trợ cấp thai sản
web-guide-card-2 = Nhà và đất
web-guide-card-2-text = Sang tên, tách thửa, giấy phép xây dựng
web-guide-card-3 = Làm ăn
web-guide-card-3-text = Hộ kinh doanh, doanh nghiệp, giấy phép con
web-guide-fees = Phí, lệ phí
web-guide-fee-what = Khoản
web-guide-fee-how = Cách nộp
web-guide-fee-amount = Số tiền
web-guide-fee-1 = Lệ phí đăng ký khai sinh đúng hạn
web-guide-fee-2 = Cấp bản sao trích lục
web-guide-fee-online = Trực tuyến
web-guide-fee-counter = Tại quầy
web-guide-details = Vì sao hỏi điều này?
web-guide-details-text = Số định danh giúp lấy thông tin đã có trong Cơ sở dữ liệu quốc gia về dân cư, để không phải khai lại.
web-guide-refused = Hồ sơ này đã được nộp
web-guide-refused-detail = Hồ sơ được nộp lúc 09:12 hôm nay nên không sửa được nữa. Có thể rút hồ sơ rồi nộp lại.
web-guide-refused-next = Xem hồ sơ
web-guide-menu-waiting = Chờ xử lý
web-guide-menu-late = Quá hạn
web-guide-menu-new = Nhận tại quầy
web-guide-menu-figures = Số liệu
web-guide-head-code = Số hồ sơ
web-guide-head-what = Thủ tục
web-guide-head-who = Người nộp
web-guide-head-due = Hạn trả
web-guide-state = Tình trạng
web-guide-state-all = Tất cả
web-guide-key-open = Mở hồ sơ đầu tiên
