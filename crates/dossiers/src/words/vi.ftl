# Trình đơn
dossiers-menu-mine = Hồ sơ của tôi
dossiers-menu-wallet = Ví giấy tờ
dossiers-menu-track = Tra cứu hồ sơ
dossiers-menu-queue = Hồ sơ
dossiers-menu-counter = Tiếp nhận tại quầy
dossiers-menu-register = Sổ theo dõi
dossiers-menu-calendar = Lịch làm việc

# Chung
dossiers-cancel = Không, quay lại
dossiers-choose = Chọn
dossiers-continue = Tiếp tục
dossiers-copy = Sao chép
dossiers-copied = Đã sao chép
dossiers-code = Mã hồ sơ
dossiers-request-number = Số yêu cầu
dossiers-channel = Cách nộp
dossiers-channel-online = Trực tuyến
dossiers-channel-direct = Trực tiếp tại quầy
dossiers-channel-postal = Qua bưu chính
dossiers-received-by = Nơi tiếp nhận
dossiers-decided-by = Cơ quan giải quyết
dossiers-applicant = Người nộp hồ sơ
dossiers-applicant-name = Họ và tên
dossiers-applicant-identity = Số định danh hoặc mã số thuế
dossiers-applicant-phone = Điện thoại
dossiers-applicant-email = Thư điện tử
dossiers-applicant-address = Địa chỉ
dossiers-applicant-acting = Người nộp thay
dossiers-step = Bước xử lý
dossiers-step-hours = { $hours } giờ làm việc
dossiers-fees = Phí, lệ phí
dossiers-files = Tệp đã gửi
dossiers-papers = Giấy tờ của hồ sơ
dossiers-handed-in = Giấy tờ đã nộp
dossiers-story = Quá trình giải quyết
dossiers-hands = Giao nhận giữa các bước
dossiers-what-was-sent = Xem lại nội dung đã nộp

# Trạng thái (danh mục đồng bộ quốc gia)
dossiers-status-registered = Mới đăng ký
dossiers-status-accepted = Được tiếp nhận
dossiers-status-refused = Không được tiếp nhận
dossiers-status-handling = Đang xử lý
dossiers-status-supplement = Yêu cầu bổ sung giấy tờ
dossiers-status-money-due = Yêu cầu thực hiện nghĩa vụ tài chính
dossiers-status-withdrawn = Công dân yêu cầu rút hồ sơ
dossiers-status-stopped = Dừng xử lý
dossiers-status-finished = Đã xử lý xong
dossiers-status-handed-over = Đã trả kết quả

dossiers-light-on-time = Trong hạn
dossiers-light-soon = Sắp đến hạn
dossiers-light-overdue = Quá hạn
dossiers-course-early = Trước hạn
dossiers-course-on-time = Đúng hạn
dossiers-course-late = Quá hạn

# Ngày hẹn và cách tính
dossiers-due = Ngày hẹn trả kết quả
dossiers-due-how = Cách tính:
dossiers-due-first = Ngày hẹn lúc đầu: { $at }
dossiers-answer-by = Được trả lời chậm nhất
dossiers-due-unit-working-hour = { $count } giờ làm việc
dossiers-due-unit-hour = { $count } giờ
dossiers-due-unit-working-day = { $count } ngày làm việc
dossiers-due-unit-day = { $count } ngày
dossiers-due-unit-month = { $count } tháng
dossiers-due-unit-same-day = trong ngày
dossiers-due-unit-other = theo giấy hẹn
dossiers-due-remaining = còn lại { $left }
dossiers-due-clock-stood = tạm dừng từ { $from } đến { $to } để chờ người nộp
dossiers-due-after-cut-off = nhận sau { $time } nên tính là nhận ngày { $date }
dossiers-due-closed-when-received = nhận ngoài giờ làm việc nên tính là nhận ngày { $date }
dossiers-due-first-day-not = không tính ngày nhận { $date }
dossiers-due-first-day = tính cả ngày nhận { $date }
dossiers-due-passed = bỏ qua { $days }
dossiers-due-weekend = thứ bảy, chủ nhật
dossiers-due-saturdays = thứ bảy
dossiers-due-sundays = chủ nhật
dossiers-due-day-off = { $date } ({ $name })
dossiers-due-day-off-expected = { $date } ({ $name }, dự kiến)
dossiers-due-made-up = tính ngày làm bù { $date }
dossiers-due-end-of-month = tháng đó không có ngày này nên lấy ngày cuối tháng { $date }
dossiers-due-moved = ngày cuối { $from } là ngày nghỉ nên chuyển sang { $to }
dossiers-due-appointed = cơ quan ấn định
dossiers-due-appointed-because = cơ quan ấn định vì { $reason }

# Các sự việc của hồ sơ
dossiers-event-sent = Đã nộp trực tuyến
dossiers-event-taken-in = Đã tiếp nhận tại quầy
dossiers-event-accepted = Đã tiếp nhận
dossiers-event-refused = Không tiếp nhận
dossiers-event-supplement-asked = Đã yêu cầu bổ sung
dossiers-event-supplement-given = Đã nhận phần bổ sung
dossiers-event-supplement-expired = Quá hạn bổ sung
dossiers-event-money-asked = Đã yêu cầu thực hiện nghĩa vụ tài chính
dossiers-event-money-settled = Đã thực hiện nghĩa vụ tài chính
dossiers-event-handed-on = Đã chuyển sang bước: { $step }
dossiers-event-handed-back = Đã chuyển lại bước: { $step }
dossiers-event-noted = Ghi chú nội bộ
dossiers-event-result-proposed = Đã dự thảo kết quả
dossiers-event-approved = Đã duyệt kết quả, chờ ký số
dossiers-event-approval-ended = Đã thôi duyệt kết quả vì không ký số
dossiers-event-decided = Đã có kết quả
dossiers-event-stopped = Đã dừng giải quyết
dossiers-event-reappointed = Đã xin lỗi và hẹn lại ngày trả kết quả
dossiers-event-withdrawn = Người nộp đã rút hồ sơ
dossiers-event-result-handed-over = Đã trả kết quả
dossiers-event-rated = Đã đánh giá
dossiers-now-applicant = Đang chờ người nộp
dossiers-now-ready = Kết quả đang chờ trả
dossiers-now-office = { $step } tại { $unit }
dossiers-now-until = Hạn: { $at }

# Bắt đầu
dossiers-start-title = Nộp hồ sơ: { $name }
dossiers-start-heading = Nộp hồ sơ trực tuyến
dossiers-start-draft = Đang có một hồ sơ soạn dở cho thủ tục này.
dossiers-start-go-on = Làm tiếp hồ sơ đang soạn
dossiers-start-limit = Thời hạn giải quyết
dossiers-start-fee = Phí, lệ phí
dossiers-start-free = Không mất phí
dossiers-start-result = Kết quả nhận được
dossiers-start-needs = Cần chuẩn bị
dossiers-start-need-file = chụp hoặc quét rồi tải lên
dossiers-start-need-known = cơ quan tự tra cứu, chỉ nộp khi được yêu cầu
dossiers-start-need-if = nếu có
dossiers-start-photo = Ảnh chụp bằng điện thoại cũng được, miễn là đọc rõ chữ.
dossiers-start-how = Nộp cho cơ quan nào
dossiers-start-how-text = Trả lời lần lượt từng câu. Câu trả lời được lưu ngay, có thể nghỉ giữa chừng và làm tiếp trên máy khác.
dossiers-start-province = Tỉnh, thành phố
dossiers-start-province-hint = Nơi có cơ quan giải quyết.
dossiers-start-province-anywhere = Thủ tục này nộp được ở bất kỳ nơi nào, không phụ thuộc nơi cư trú.
dossiers-start-province-button = Xem các cơ quan
dossiers-start-agency = Cơ quan giải quyết
dossiers-start-agency-hint = Chỉ liệt kê những cơ quan đang nhận hồ sơ trực tuyến.
dossiers-start-agency-missing = Chọn cơ quan giải quyết
dossiers-start-button = Bắt đầu
dossiers-start-sign-in = Đăng nhập để bắt đầu
dossiers-start-sign-in-hint = Cần đăng nhập để hồ sơ được lưu lại và không ai khác xem được.
dossiers-start-nobody = Chưa có cơ quan nào ở đây nhận thủ tục này trực tuyến. Có thể đến nộp trực tiếp tại Trung tâm Phục vụ hành chính công của xã, phường hoặc của tỉnh.
dossiers-start-not-online = Thủ tục này chưa nộp trực tuyến được. Mời đến nộp trực tiếp hoặc gửi qua bưu chính.
dossiers-start-other-ways = Cách nộp khác
dossiers-start-other-ways-text = Cũng có thể nộp trực tiếp hoặc qua dịch vụ bưu chính công ích.
dossiers-start-whole-text = Xem toàn bộ nội dung thủ tục
dossiers-move-title = Đổi cơ quan giải quyết
dossiers-move-link = Đổi cơ quan
dossiers-move-lead = Các câu trả lời và tệp đã tải lên được giữ nguyên.
dossiers-move-button = Đổi cơ quan

# Soạn hồ sơ
dossiers-tasks-title = { $name }: các phần cần làm
dossiers-tasks-agency = Cơ quan giải quyết
dossiers-tasks-progress = Đã xong { $done } trên { $total } câu.
dossiers-tasks-check = Kiểm tra và nộp
dossiers-tasks-start = Bắt đầu trả lời
dossiers-tasks-go-on = Làm tiếp
dossiers-tasks-to-check = Kiểm tra rồi nộp
dossiers-tasks-leave = Để sau
dossiers-tasks-kept = Bản nháp được giữ 90 ngày kể từ lần lưu cuối.
dossiers-tasks-discard = Xóa bản nháp này
dossiers-tasks-discard-text = Các câu trả lời và tệp đã tải lên sẽ mất hẳn.
dossiers-tasks-discard-button = Xóa bản nháp
dossiers-task-cannot-start = Chưa làm được
dossiers-task-not-started = Chưa làm
dossiers-task-in-progress = Đang làm
dossiers-task-done = Đã xong
dossiers-task-problem = Cần sửa
dossiers-saved = Đã lưu { $time }
dossiers-saved-at = Đã lưu { $time } ngày { $day }
dossiers-saving = Đang lưu…
dossiers-saving-failed = Chưa lưu được vì mất kết nối. Hệ thống đang thử lại, đừng đóng trang này.
dossiers-save-and-leave = Lưu và thoát
dossiers-item-change = Sửa
dossiers-item-remove = Xóa
dossiers-stop-back = Về danh sách các phần
dossiers-file-choose = Chọn tệp từ máy
dossiers-file-choose-more = Chọn thêm tệp
dossiers-file-upload = Tải tệp lên
dossiers-file-progress = Đang tải lên
dossiers-file-broken = Mất kết nối khi tải lên. Mời tải lại tệp này.
dossiers-file-remove = Bỏ tệp này
dossiers-file-replace = Thay bằng tệp khác
dossiers-file-hash = Mã kiểm tra tệp (SHA-256):
dossiers-file-wallet = Dùng giấy tờ có sẵn trong ví
dossiers-file-wallet-label = Giấy tờ trong ví
dossiers-file-wallet-button = Dùng giấy tờ này
dossiers-check-title = Kiểm tra trước khi nộp
dossiers-check-open = Còn câu chưa trả lời
dossiers-check-open-text = Trả lời nốt rồi mới nộp được.
dossiers-check-go-on = Trả lời tiếp
dossiers-check-send = Nộp hồ sơ
dossiers-check-declare = Khi bấm “Nộp hồ sơ”, người nộp xác nhận nội dung trên là đúng sự thật và chịu trách nhiệm trước pháp luật về lời khai.
dossiers-send-button = Nộp hồ sơ
dossiers-sent-title = Đã nộp hồ sơ
dossiers-sent-number = Số yêu cầu:
dossiers-sent-at = Nộp lúc
dossiers-sent-next = Tiếp theo
dossiers-sent-next-check = Cơ quan kiểm tra hồ sơ và trả lời trong giờ làm việc.
dossiers-sent-next-code = Khi được tiếp nhận, hồ sơ có mã và ngày hẹn trả kết quả.
dossiers-sent-next-result = Kết quả được đưa vào ví giấy tờ và báo qua tin nhắn, thư điện tử.
dossiers-sent-told = Mỗi bước đều được báo qua tin nhắn hoặc thư điện tử đã đăng ký.
dossiers-sent-follow = Theo dõi hồ sơ
dossiers-sent-pdf = Tải giấy xác nhận (PDF)
dossiers-sent-print = Xem bản in

# Hồ sơ của tôi
dossiers-mine-title = Hồ sơ của tôi
dossiers-mine-for = Đang xem hồ sơ của { $name }
dossiers-mine-empty = Chưa có hồ sơ nào. Tìm thủ tục cần làm rồi bấm “Nộp hồ sơ”.
dossiers-mine-find = Tìm thủ tục cần làm
dossiers-mine-drafts = Đang soạn
dossiers-mine-sent-title = Đã nộp
dossiers-mine-sent = Nộp lúc { $at }
dossiers-mine-due = Hẹn trả { $at }
dossiers-mine-todo-supplement = Cần bổ sung hồ sơ
dossiers-mine-todo-money = Cần thực hiện nghĩa vụ tài chính
dossiers-todo-supplement = Cần bổ sung hồ sơ
dossiers-todo-money = Cần thực hiện nghĩa vụ tài chính
dossiers-todo-until = Hạn: { $day }
dossiers-todo-supplement-button = Bổ sung ngay
dossiers-wallet-title = Ví giấy tờ
dossiers-wallet-of = Giấy tờ của { $name }
dossiers-wallet-empty = Chưa có giấy tờ nào. Kết quả của các hồ sơ nộp ở đây sẽ được đưa vào ví.
dossiers-wallet-dossier = Hồ sơ liên quan
dossiers-result = Kết quả
dossiers-result-proposed = Dự thảo kết quả
dossiers-result-approved = Kết quả đã duyệt, chờ ký số
dossiers-result-ready = Đã có kết quả
dossiers-result-see = Xem kết quả
dossiers-result-pdf = Tải bản PDF
dossiers-result-title = Tên giấy tờ
dossiers-result-number = Số
dossiers-result-unit = Cơ quan cấp
dossiers-result-signer = Người ký
dossiers-result-issued = Cấp lúc
dossiers-result-check-code = Mã kiểm tra
dossiers-supplement-title = Bổ sung hồ sơ
dossiers-supplement-for = Tệp này là giấy tờ nào
dossiers-supplement-other = Giấy tờ khác
dossiers-supplement-file-hint = PDF, JPG hoặc PNG; mỗi tệp không quá 20 MB.
dossiers-supplement-send = Gửi phần bổ sung
dossiers-supplement-words = Lời giải thích
dossiers-supplement-words-hint = Chẳng hạn: đã sửa ngày sinh thành 05/11/2026.
dossiers-supplement-empty = Sửa câu trả lời, tải lên ít nhất một tệp hoặc viết lời giải thích
dossiers-supplement-open = Còn câu chưa trả lời xong. Mở từng câu có chữ “Cần sửa” bên dưới để trả lời
dossiers-again = Cơ quan đề nghị trả lời lại câu này.
dossiers-again-earlier = Câu trả lời đã gửi:
dossiers-again-title = Câu cần trả lời lại
dossiers-again-lead = Mở từng câu, sửa câu trả lời rồi bấm “Tiếp tục”. Cơ quan chỉ thấy câu trả lời mới khi phần bổ sung được gửi.
dossiers-again-open = Cần sửa
dossiers-again-changed = Đã sửa
dossiers-again-unchanged = Chưa sửa
dossiers-changes = Các câu trả lời đã sửa
dossiers-changes-question = Câu hỏi
dossiers-changes-before = Trước
dossiers-changes-after = Sau
dossiers-changes-not-asked = Không hỏi
dossiers-declaration = Toàn bộ tờ khai
dossiers-supplement-button = Gửi phần bổ sung
dossiers-withdraw-link = Rút hồ sơ
dossiers-withdraw-title = Rút hồ sơ
dossiers-withdraw-lead = Cơ quan sẽ thôi giải quyết hồ sơ này. Muốn làm lại thì nộp hồ sơ mới.
dossiers-withdraw-reason = Lý do rút
dossiers-withdraw-button = Rút hồ sơ
dossiers-rate-link = Đánh giá việc giải quyết
dossiers-rate-title = Đánh giá việc giải quyết
dossiers-rate-question = Mức độ hài lòng
dossiers-rate-5 = Rất hài lòng
dossiers-rate-4 = Hài lòng
dossiers-rate-3 = Bình thường
dossiers-rate-2 = Không hài lòng
dossiers-rate-1 = Rất không hài lòng
dossiers-rate-missing = Chọn mức độ hài lòng
dossiers-rate-words = Góp ý thêm
dossiers-rate-words-hint = Điều gì tốt, điều gì cần làm khác đi.
dossiers-rate-button = Gửi đánh giá
dossiers-rated-stars = Người nộp đánh giá { $stars } trên 5 điểm.

# Tra cứu không cần tài khoản
dossiers-track-title = Tra cứu hồ sơ
dossiers-track-lead = Xem hồ sơ đang ở bước nào, bằng mã hồ sơ và số điện thoại đã ghi trong hồ sơ.
dossiers-track-number = Mã hồ sơ hoặc số yêu cầu
dossiers-track-number-hint = Có trên giấy hẹn, chẳng hạn H01.101-261123-0001 hoặc 261123-48392057-6.
dossiers-track-number-missing = Nhập mã hồ sơ hoặc số yêu cầu
dossiers-track-number-shape = Mã này chưa đúng dạng. Xem lại trên giấy hẹn hoặc trong tin nhắn
dossiers-track-number-digit = Số yêu cầu có một chữ số chưa đúng. Xem lại từng chữ số
dossiers-track-phone = Số điện thoại
dossiers-track-phone-hint = Số đã ghi khi nộp hồ sơ.
dossiers-track-phone-missing = Nhập số điện thoại
dossiers-track-phone-shape = Số điện thoại chưa đúng, cần đủ 10 chữ số như 0912 345 678
dossiers-track-unknown = Không tìm thấy hồ sơ nào có mã và số điện thoại này. Xem lại cả hai
dossiers-track-button = Tra cứu
dossiers-track-account = Đã có tài khoản thì xem ở:
dossiers-track-todo = Hồ sơ này đang chờ người nộp.
dossiers-track-sign-in = Đăng nhập để xem cần làm gì

# Kiểm tra kết quả
dossiers-verify-title = Kiểm tra giấy tờ
dossiers-verify-lead = Nhập mã kiểm tra in trên giấy tờ để biết giấy tờ có do cơ quan cấp hay không.
dossiers-verify-code-hint = Gồm 12 chữ và số, chẳng hạn K7QF-M2XH-94TD.
dossiers-verify-code-missing = Nhập mã kiểm tra
dossiers-verify-code-shape = Mã chưa đúng dạng, cần đủ 12 chữ và số
dossiers-verify-button = Kiểm tra
dossiers-verify-unknown = Không có giấy tờ nào mang mã này
dossiers-verify-unknown-text = Xem lại mã. Nếu mã in trên giấy đúng như vậy thì giấy tờ không do hệ thống này cấp.
dossiers-verify-genuine = Giấy tờ này là thật
dossiers-verify-genuine-text = Giấy tờ do cơ quan dưới đây cấp và còn lưu trong hệ thống.
dossiers-verify-doubtful = Chưa công nhận được giấy tờ này
dossiers-verify-doubtful-text = Cơ quan dưới đây có cấp giấy tờ này, nhưng chữ ký số trên bản PDF không còn đúng. Hỏi lại cơ quan trước khi dùng.
dossiers-verify-to = Cấp cho
dossiers-verify-hash = Mã SHA-256 của bản PDF
dossiers-verify-compare = So tên, số và nội dung trên giấy với trang này. Khác nhau thì giấy đã bị sửa.
dossiers-verify-another = Kiểm tra giấy tờ khác
dossiers-verify-code-heading = Bằng mã in trên giấy
dossiers-verify-file-heading = Bằng tệp có chữ ký số
dossiers-verify-file-lead = Chọn tệp nhận được để biết ai ký, ký lúc nào, có bị sửa sau khi ký không. Tệp không được lưu lại.
dossiers-verify-file = Tệp có chữ ký số
dossiers-verify-file-hint = PDF, XML, JSON, CMS hoặc ASiC-E, tối đa 25 MB.
dossiers-verify-file-button = Kiểm tra chữ ký
dossiers-verify-file-more = Chữ ký nằm ở tệp riêng, hoặc cần kết quả dạng JSON
dossiers-verify-signatures = Chữ ký số trên bản PDF
dossiers-verify-person = Người ký
dossiers-verify-agency = Con dấu số của cơ quan
dossiers-verify-file-check = Có tệp PDF trong tay: kiểm tra chính tệp đó

# Chữ ký số trên giấy tờ
dossiers-signing = Chữ ký số
dossiers-signing-signed = Bản PDF đã ký số xong lúc { $at }.
dossiers-signing-asked = Bản PDF chưa ký số, đang được chuẩn bị để trình ký.
dossiers-signing-waiting = Bản PDF chưa ký số, đang chờ người có thẩm quyền ký và cơ quan đóng dấu số.
dossiers-signing-no-press = Bản này không có chữ ký số vì lúc lập giấy chưa có chương trình tạo bản PDF.
dossiers-signing-no-certificate = Bản này không có chữ ký số vì lúc lập giấy người ký chưa có chứng thư chữ ký số.
dossiers-signing-no-seal = Bản này không có chữ ký số vì lúc lập giấy cơ quan chưa có con dấu số.
dossiers-signing-declined = Bản này không có chữ ký số vì người ký đã trả lại.
dossiers-signing-withdrawn = Bản này không có chữ ký số vì đã rút lại trước khi ký.
dossiers-signing-check = Kiểm tra chữ ký của tệp PDF
dossiers-signing-sign = Mở để ký số
dossiers-awaited = Kết quả đã duyệt, chờ ký số
dossiers-awaited-text = { $who } duyệt lúc { $at }. Ký và đóng dấu số xong, kết quả được cấp và hồ sơ tự chuyển sang trả kết quả. Cần sửa nội dung thì rút lại trình ký trước.
dossiers-awaited-sign = Mở để ký số

# Bàn làm việc của cán bộ
dossiers-queue-title = Hồ sơ của { $unit }
dossiers-queue-heading = Hồ sơ
dossiers-queue-offices = Đơn vị
dossiers-queue-tabs = Nhóm hồ sơ
dossiers-queue-search = Tìm theo tên, mã, số điện thoại
dossiers-queue-channel = Cách nộp
dossiers-queue-deadline = Hạn
dossiers-queue-any = Tất cả
dossiers-queue-filter = Lọc
dossiers-queue-clear = Bỏ lọc
dossiers-queue-none = Không có hồ sơ nào ở nhóm này. Hồ sơ hiện ra ở đây khi người dân nộp hoặc bước trước chuyển đến.
dossiers-queue-none-filtered = Không có hồ sơ nào khớp. Thử bỏ bớt điều kiện lọc.
dossiers-queue-dossier = Hồ sơ
dossiers-queue-procedure = Thủ tục
dossiers-queue-state = Trạng thái
dossiers-queue-moved = đã hẹn lại
dossiers-queue-open-first = Mở hồ sơ đầu tiên
dossiers-pile-new = Chờ tiếp nhận
dossiers-pile-work = Đang xử lý
dossiers-pile-waiting = Chờ người dân
dossiers-pile-ready = Chờ trả kết quả
dossiers-pile-ended = Đã xong
dossiers-demand-supplement = Yêu cầu bổ sung
dossiers-demand-money = Nghĩa vụ tài chính
dossiers-demand-asked = { $at }, { $by }
dossiers-demand-answer = Người nộp trả lời:

# Các việc của cán bộ
dossiers-act-tiep-nhan = Tiếp nhận
dossiers-act-tiep-nhan-lead = Hồ sơ được cấp mã, ngày hẹn trả kết quả được tính từ lúc này và giấy tiếp nhận được lập.
dossiers-act-tiep-nhan-button = Tiếp nhận hồ sơ
dossiers-act-bo-sung = Yêu cầu bổ sung
dossiers-act-bo-sung-lead = Nêu từng giấy tờ và từng câu trong tờ khai còn thiếu hoặc chưa đúng. Thời gian chờ bổ sung không tính vào thời hạn giải quyết. Sau khi tiếp nhận chỉ được yêu cầu một lần.
dossiers-act-bo-sung-button = Gửi yêu cầu bổ sung
dossiers-act-tu-choi = Từ chối tiếp nhận
dossiers-act-tu-choi-lead = Người nộp nhận phiếu từ chối có ghi rõ lý do. Không hoàn tác được.
dossiers-act-tu-choi-button = Từ chối tiếp nhận
dossiers-act-chuyen = Chuyển bước
dossiers-act-chuyen-lead = Giao hồ sơ cho bước tiếp theo. Việc giao nhận được ghi vào phiếu kiểm soát.
dossiers-act-chuyen-button = Chuyển hồ sơ
dossiers-act-tra-lai = Trả lại bước trước
dossiers-act-tra-lai-lead = Hồ sơ về lại bước trước kèm lý do. Chỉ cán bộ đọc được lý do này.
dossiers-act-tra-lai-button = Trả lại
dossiers-act-du-thao = Dự thảo kết quả
dossiers-act-du-thao-lead = Nội dung này được điền sẵn khi lãnh đạo quyết định.
dossiers-act-du-thao-button = Lưu dự thảo
dossiers-act-quyet-dinh = Ký và cấp kết quả
dossiers-act-quyet-dinh-lead = Nơi đã có ký số: duyệt xong thì ký, ký và đóng dấu số xong kết quả mới được cấp. Nơi chưa có: kết quả được cấp ngay và không hoàn tác được. Kết quả được cấp có mã kiểm tra và vào ví giấy tờ của người nộp.
dossiers-act-quyet-dinh-button = Cấp kết quả
dossiers-act-rut-trinh-ky = Rút lại trình ký
dossiers-act-rut-trinh-ky-lead = Kết quả chưa được cấp. Việc duyệt coi như chưa có, chữ ký đã có trên bản trình bỏ đi; nội dung còn nguyên để sửa và duyệt lại.
dossiers-act-rut-trinh-ky-button = Rút lại
dossiers-act-nghia-vu-tai-chinh = Yêu cầu nghĩa vụ tài chính
dossiers-act-nghia-vu-tai-chinh-lead = Thời gian chờ nộp tiền không tính vào thời hạn giải quyết.
dossiers-act-nghia-vu-tai-chinh-button = Gửi yêu cầu
dossiers-act-da-nop-tien = Ghi nhận đã nộp tiền
dossiers-act-da-nop-tien-lead = Hồ sơ tiếp tục được xử lý và thời hạn lại chạy.
dossiers-act-da-nop-tien-button = Ghi nhận
dossiers-act-hen-lai = Xin lỗi và hẹn lại
dossiers-act-hen-lai-lead = Chỉ hẹn lại một lần và phải trước ngày hẹn. Người nộp nhận văn bản xin lỗi có ghi lý do và ngày mới.
dossiers-act-hen-lai-button = Gửi lời xin lỗi và ngày hẹn mới
dossiers-act-dung = Dừng giải quyết
dossiers-act-dung-lead = Người nộp nhận thông báo dừng giải quyết có ghi rõ lý do. Không hoàn tác được.
dossiers-act-dung-button = Dừng giải quyết
dossiers-act-nhan-bo-sung = Nhận bổ sung tại quầy
dossiers-act-nhan-bo-sung-lead = Người nộp đã mang giấy tờ bổ sung đến. Thời hạn giải quyết lại chạy.
dossiers-act-nhan-bo-sung-button = Ghi nhận đã bổ sung
dossiers-act-qua-han-bo-sung = Không nhận bổ sung quá hạn
dossiers-act-qua-han-bo-sung-lead = Chỉ làm được khi hạn bổ sung đã qua. Hồ sơ kết thúc và người nộp nhận thông báo.
dossiers-act-qua-han-bo-sung-button = Kết thúc hồ sơ
dossiers-act-tra-ket-qua = Trả kết quả
dossiers-act-tra-ket-qua-lead = Ghi lại cách trả và người nhận.
dossiers-act-tra-ket-qua-button = Đã trả kết quả
dossiers-act-ghi-chu = Ghi chú nội bộ
dossiers-act-ghi-chu-lead = Chỉ cán bộ đọc được, người nộp không thấy.
dossiers-act-ghi-chu-button = Lưu ghi chú
dossiers-how-person = Trực tiếp
dossiers-how-online = Trực tuyến, trong ví giấy tờ
dossiers-how-post = Qua bưu chính

# Ô nhập của cán bộ
dossiers-field-ly-do = Lý do
dossiers-field-ly-do-hint = Viết cho người nộp đọc: thiếu gì, vì sao, cần làm gì.
dossiers-field-ly-do-missing = Nhập lý do
dossiers-field-can-cu = Căn cứ pháp lý
dossiers-field-loi-nhan = Lời nhắn cho người nộp
dossiers-field-giay-to-hint = Đánh dấu giấy tờ còn thiếu hoặc chưa đúng.
dossiers-field-giay-to = Giấy tờ cần bổ sung
dossiers-field-giay-to-what = Thiếu gì hoặc sai chỗ nào
dossiers-field-cau-hoi = Câu trong tờ khai cần trả lời lại
dossiers-field-cau-hoi-hint = Người nộp chỉ mở lại được các câu đã đánh dấu; câu trả lời cũ vẫn được giữ để so sánh.
dossiers-field-cau-hoi-what = Sai chỗ nào
dossiers-field-han-tra-loi-hint = Để trống thì theo số ngày đã quy định trong lịch làm việc.
dossiers-field-han-tra-loi = Hạn trả lời
dossiers-field-so-tien = Số tiền phải nộp
dossiers-field-so-tien-missing = Nhập số tiền lớn hơn 0
dossiers-field-ghi-nhan = Ghi nhận
dossiers-field-ghi-chu = Ghi chú
dossiers-field-ghi-chu-missing = Nhập nội dung ghi chú
dossiers-field-buoc = Bước tiếp theo
dossiers-field-ten = Tên giấy tờ
dossiers-field-ten-missing = Nhập tên giấy tờ
dossiers-field-so = Số, ký hiệu
dossiers-field-so-missing = Nhập số, ký hiệu
dossiers-field-noi-dung = Nội dung
dossiers-field-noi-dung-hint = Mỗi dòng là một đoạn trên giấy tờ.
dossiers-field-noi-dung-missing = Nhập nội dung
dossiers-field-ngay-moi = Ngày hẹn mới
dossiers-field-ngay-hen = Ngày hẹn trả kết quả
dossiers-field-ngay-hen-hint = Quy định của thủ tục không nêu số ngày nên phải ấn định.
dossiers-field-vi-sao = Vì sao là ngày đó
dossiers-field-cach = Cách trả
dossiers-field-cach-missing = Chọn cách trả
dossiers-field-nguoi-nhan = Người nhận
dossiers-field-nguoi-nhan-hint = Khi người khác nhận thay, hoặc số hiệu bưu gửi.
dossiers-field-date-missing = Nhập ngày
dossiers-field-date-unreal = Ngày chưa đúng, cần ngày, tháng và năm đủ 4 chữ số
dossiers-field-date-past = Ngày phải sau hôm nay
dossiers-field-count-shape = Số bản chỉ gồm chữ số, nhiều nhất 99
dossiers-field-kenh = Cách nộp
dossiers-field-ho-ten = Họ và tên người nộp, hoặc tên tổ chức
dossiers-field-ho-ten-missing = Nhập họ và tên người nộp
dossiers-field-so-dinh-danh = Số định danh cá nhân hoặc mã số thuế
dossiers-field-so-dinh-danh-shape = Số chưa đúng: số định danh có 12 chữ số, mã số thuế có 10 hoặc 13 chữ số
dossiers-field-dien-thoai = Số điện thoại
dossiers-field-dien-thoai-hint = Để nhận tin nhắn và tra cứu hồ sơ.
dossiers-field-thu-dien-tu = Thư điện tử
dossiers-field-thu-dien-tu-shape = Địa chỉ thư chưa đúng, cần có dạng ten@noi-nao.vn
dossiers-field-dia-chi = Địa chỉ
dossiers-field-nop-thay-ho-ten = Họ và tên người nộp thay
dossiers-field-nop-thay-so = Số định danh của người nộp thay
dossiers-field-nop-thay-dien-thoai = Số điện thoại của người nộp thay

# Quầy
dossiers-counter-title = Tiếp nhận tại quầy
dossiers-counter-search = Thủ tục
dossiers-counter-search-hint = Gõ mã hoặc vài chữ trong tên, không cần dấu.
dossiers-counter-search-button = Tìm
dossiers-counter-none = Không tìm thấy thủ tục nào. Thử chữ khác hoặc gõ mã.
dossiers-counter-acting = Có người nộp thay
dossiers-counter-papers = Giấy tờ nhận tại quầy
dossiers-counter-button = Tiếp nhận và lập giấy hẹn

# Sổ theo dõi
dossiers-register-period = Từ ngày { $from } đến ngày { $to }
dossiers-register-tu = Từ ngày
dossiers-register-den = Đến ngày
dossiers-register-none = Không có hồ sơ nào trong khoảng này. Chọn khoảng ngày khác rồi bấm “Lọc”.
dossiers-register-full = Chỉ hiện 1.000 dòng đầu. Chọn khoảng ngắn hơn để xem đủ.
dossiers-register-number = STT
dossiers-register-code = Mã hồ sơ
dossiers-register-subject = Người nộp
dossiers-register-received = Nhận hồ sơ
dossiers-register-due = Hẹn trả
dossiers-register-finished = Có kết quả
dossiers-register-handed = Trả kết quả
dossiers-register-note = Ghi chú

# Giấy tờ theo mẫu
dossiers-paper-slip01 = Giấy tiếp nhận hồ sơ và hẹn trả kết quả
dossiers-paper-slip02 = Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ
dossiers-paper-slip03 = Phiếu từ chối tiếp nhận giải quyết hồ sơ
dossiers-paper-slip04 = Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết
dossiers-paper-slip05 = Thông báo dừng giải quyết hồ sơ
dossiers-paper-slip06 = Phiếu kiểm soát quá trình giải quyết hồ sơ
dossiers-paper-slip07 = Sổ theo dõi hồ sơ
dossiers-paper-request = Xác nhận đã nhận yêu cầu trực tuyến
dossiers-paper-result = Kết quả giải quyết
dossiers-paper-state = CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
dossiers-paper-motto = Độc lập - Tự do - Hạnh phúc
dossiers-paper-place-and-date = { $place }, ngày { $day } tháng { $month } năm { $year }
dossiers-paper-moment = { $hour } giờ { $minute } phút, { $date }
dossiers-paper-number = Số:
dossiers-paper-subject = Họ và tên/Tổ chức
dossiers-paper-identity = Số định danh/Mã số thuế
dossiers-paper-address = Địa chỉ
dossiers-paper-phone = Số điện thoại
dossiers-paper-email = Thư điện tử
dossiers-paper-acting = Người nộp thay
dossiers-paper-procedure = Nội dung yêu cầu giải quyết
dossiers-paper-components = Thành phần hồ sơ nộp gồm
dossiers-paper-name = Giấy tờ
dossiers-paper-originals = Bản chính
dossiers-paper-copies = Bản sao
dossiers-paper-files = Tệp điện tử
dossiers-paper-sets = Số lượng hồ sơ (bộ)
dossiers-paper-time-limit = Thời gian giải quyết theo quy định
dossiers-paper-received-at = Thời gian nhận hồ sơ
dossiers-paper-due-at = Thời gian trả kết quả
dossiers-paper-because = Cách tính
dossiers-paper-result-place = Đăng ký nhận kết quả tại
dossiers-paper-result-online = Ví giấy tờ trên Cổng dịch vụ công
dossiers-paper-fee = Phí, lệ phí
dossiers-paper-fee-service = Phí
dossiers-paper-fee-charge = Lệ phí
dossiers-paper-free = Không mất phí
dossiers-paper-giver = NGƯỜI NỘP HỒ SƠ
dossiers-paper-taker = NGƯỜI TIẾP NHẬN HỒ SƠ
dossiers-paper-officer = CÁN BỘ
dossiers-paper-wanted = Giấy tờ cần bổ sung, hoàn thiện
dossiers-paper-what = Nội dung cần bổ sung
dossiers-paper-reason = Lý do
dossiers-paper-legal-basis = Căn cứ
dossiers-paper-stage = Giai đoạn
dossiers-paper-stage-reception = Khi tiếp nhận
dossiers-paper-stage-handling = Trong quá trình giải quyết
dossiers-paper-answer-by = Bổ sung chậm nhất
dossiers-paper-due-before = Ngày hẹn trả kết quả trước đây
dossiers-paper-due-new = Ngày hẹn trả kết quả mới
dossiers-paper-sent-at = Nộp lúc
dossiers-paper-receiving-office = Nơi tiếp nhận
dossiers-paper-answered-by = Được trả lời chậm nhất
dossiers-paper-question = Câu hỏi
dossiers-paper-answer = Trả lời
dossiers-paper-files-sent = Tệp đã gửi
dossiers-paper-file = Tên tệp
dossiers-paper-size = Dung lượng
dossiers-paper-sha256 = SHA-256
dossiers-paper-follow = Theo dõi hồ sơ tại:
dossiers-paper-office-phone = Điện thoại cơ quan:
dossiers-paper-pdf = Tải bản PDF
dossiers-paper-print = In trang này
dossiers-paper-page = Xem và in từ trang này
dossiers-control-table = Giao nhận hồ sơ
dossiers-control-given = Người giao
dossiers-control-taken = Người nhận
dossiers-control-taken-by = { $role }, { $unit }
dossiers-control-at = Thời gian giao nhận
dossiers-control-course = Kết quả giải quyết
dossiers-control-note = Ghi chú

# Báo kết quả vừa làm
dossiers-notice-saved = Đã lưu. Có thể làm tiếp lúc khác, trên máy khác.
dossiers-notice-item-removed = Đã xóa.
dossiers-notice-file-kept = Đã nhận tệp.
dossiers-notice-file-removed = Đã bỏ tệp.
dossiers-notice-discarded = Đã xóa bản nháp.
dossiers-notice-moved = Đã đổi cơ quan giải quyết.
dossiers-notice-supplement-given = Đã gửi phần bổ sung. Cơ quan tiếp tục giải quyết hồ sơ.
dossiers-notice-withdrawn = Đã rút hồ sơ.
dossiers-notice-rated = Cảm ơn đã đánh giá.
dossiers-notice-accepted = Đã tiếp nhận hồ sơ và lập giấy tiếp nhận.
dossiers-notice-taken-in = Đã tiếp nhận. Giấy tiếp nhận ở dưới, có thể in ngay.
dossiers-notice-supplement-asked = Đã gửi yêu cầu bổ sung.
dossiers-notice-supplement-taken = Đã ghi nhận phần bổ sung.
dossiers-notice-refused = Đã từ chối tiếp nhận.
dossiers-notice-handed-on = Đã chuyển hồ sơ.
dossiers-notice-handed-back = Đã trả lại bước trước.
dossiers-notice-proposed = Đã lưu dự thảo kết quả.
dossiers-notice-decided = Đã cấp kết quả.
dossiers-notice-approved = Đã duyệt kết quả. Ký số để cấp kết quả.
dossiers-notice-approved-later = Đã duyệt kết quả. Bản trình ký đang được tạo, ít phút nữa có trong mục Ký số.
dossiers-notice-recalled = Đã rút lại trình ký. Có thể sửa và duyệt lại.
dossiers-notice-money-asked = Đã gửi yêu cầu thực hiện nghĩa vụ tài chính.
dossiers-notice-money-settled = Đã ghi nhận nộp tiền.
dossiers-notice-reappointed = Đã gửi lời xin lỗi và ngày hẹn mới.
dossiers-notice-stopped = Đã dừng giải quyết.
dossiers-notice-expired = Đã kết thúc hồ sơ quá hạn bổ sung.
dossiers-notice-delivered = Đã ghi nhận trả kết quả.
dossiers-notice-noted = Đã lưu ghi chú.
dossiers-notice-calendar-changed = Đã lưu thay đổi. Các ngày hẹn đã cấp giữ nguyên.

# Từ chối
dossiers-refusal-changed = Hồ sơ vừa thay đổi
dossiers-refusal-changed-detail = { $by } vừa xử lý hồ sơ này lúc { $at }: { $what ->
    [sent] nộp hồ sơ
    [taken-in] tiếp nhận tại quầy
    [accepted] tiếp nhận
    [refused] từ chối tiếp nhận
    [supplement-asked] yêu cầu bổ sung
    [supplement-given] bổ sung giấy tờ
    [supplement-expired] kết thúc vì quá hạn bổ sung
    [money-asked] yêu cầu nghĩa vụ tài chính
    [money-settled] ghi nhận nộp tiền
    [handed-on] chuyển bước
    [handed-back] trả lại bước trước
    [noted] ghi chú
    [result-proposed] dự thảo kết quả
    [approved] duyệt kết quả
    [approval-ended] thôi duyệt kết quả
    [decided] cấp kết quả
    [stopped] dừng giải quyết
    [reappointed] hẹn lại ngày
    [withdrawn] rút hồ sơ
    [result-handed-over] trả kết quả
   *[other] cập nhật
}. Mở lại hồ sơ để xem rồi làm tiếp nếu vẫn cần.
dossiers-refusal-not-now = Chưa làm được việc này
dossiers-refusal-not-now-detail = Hồ sơ đang ở trạng thái “{ $status ->
    [registered] Mới đăng ký
    [accepted] Được tiếp nhận
    [refused] Không được tiếp nhận
    [handling] Đang xử lý
    [supplement] Yêu cầu bổ sung giấy tờ
    [money-due] Yêu cầu thực hiện nghĩa vụ tài chính
    [withdrawn] Công dân yêu cầu rút hồ sơ
    [stopped] Dừng xử lý
    [finished] Đã xử lý xong
   *[handed-over] Đã trả kết quả
}” nên chưa làm được việc này. Mở lại hồ sơ để xem các việc làm được.
dossiers-refusal-incomplete = Hồ sơ chưa đủ
dossiers-refusal-incomplete-detail = Còn câu chưa trả lời hoặc giấy tờ chưa tải lên. Mở hồ sơ để làm nốt.
dossiers-refusal-nothing = Phần bổ sung còn trống
dossiers-refusal-nothing-detail = Sửa ít nhất một câu trả lời, tải lên một tệp hoặc viết lời giải thích rồi gửi lại.
dossiers-refusal-procedure-closed = Thủ tục này hiện không nhận hồ sơ
dossiers-refusal-procedure-closed-detail = Thủ tục đã được thay thế hoặc bãi bỏ. Tìm thủ tục khác hoặc hỏi cơ quan tiếp nhận. Các câu trả lời vẫn được giữ.
dossiers-refusal-not-online = Thủ tục này chưa nộp trực tuyến được
dossiers-refusal-not-online-detail = Mời đến nộp trực tiếp hoặc gửi qua bưu chính.
dossiers-refusal-agency = Cơ quan này chưa nhận hồ sơ trực tuyến
dossiers-refusal-agency-detail = Chọn cơ quan khác hoặc đến nộp trực tiếp.
dossiers-refusal-supplement-asked = Đã yêu cầu bổ sung rồi
dossiers-refusal-supplement-asked-detail = Sau khi tiếp nhận chỉ được yêu cầu bổ sung { $times } lần. Giải quyết theo giấy tờ hiện có, hoặc dừng giải quyết và nêu rõ lý do.
dossiers-refusal-answer-time = Chưa hết hạn bổ sung
dossiers-refusal-answer-time-detail = Người nộp còn được bổ sung đến { $until }.
dossiers-refusal-reappointed = Đã hẹn lại rồi
dossiers-refusal-reappointed-detail = Mỗi hồ sơ chỉ được hẹn lại { $times } lần. Giải quyết càng sớm càng tốt.
dossiers-refusal-day = Ngày mới chưa phù hợp
dossiers-refusal-day-detail = Ngày mới phải sau { $due }. Quay lại và chọn ngày khác.
dossiers-refusal-due-passed = Đã quá ngày hẹn
dossiers-refusal-due-passed-detail = Văn bản xin lỗi phải gửi trước ngày hẹn { $due }. Giải quyết ngay và nêu lý do chậm khi trả kết quả.
dossiers-refusal-due-needed = Cần ấn định ngày hẹn
dossiers-refusal-due-needed-detail = Quy định của thủ tục không nêu số ngày. Quay lại và nhập ngày hẹn trả kết quả.
dossiers-refusal-no-step = Không có bước này
dossiers-refusal-no-step-detail = Hồ sơ không chuyển được đến bước đã chọn. Mở lại hồ sơ để xem các bước.
dossiers-refusal-awaits-signature = Kết quả đang chờ ký số
dossiers-refusal-awaits-signature-detail = Kết quả của hồ sơ đã duyệt và đang chờ ký số nên chưa làm được việc khác. Cần thay đổi thì người duyệt rút lại trình ký trước.
dossiers-refusal-signing-over = Việc ký vừa kết thúc
dossiers-refusal-signing-over-detail = Văn bản vừa được ký xong hoặc bị trả lại nên không rút lại được nữa. Mở lại hồ sơ để xem.
dossiers-refusal-rated = Đã đánh giá rồi
dossiers-refusal-rated-detail = Mỗi kết quả chỉ đánh giá một lần.
dossiers-refusal-sent = Hồ sơ đã nộp
dossiers-refusal-sent-detail = Hồ sơ này đã nộp nên không sửa được nữa. Xem ở mục “Hồ sơ của tôi”.
dossiers-refusal-draft-changed = Bản nháp vừa thay đổi
dossiers-refusal-draft-changed-detail = Bản nháp được lưu từ một máy khác lúc { $at }. Mở lại trang này để thấy bản mới nhất rồi trả lời tiếp.
dossiers-refusal-due-fault = Chưa tính được ngày hẹn
dossiers-refusal-due-fault-detail = Lịch làm việc của đơn vị chưa đủ dữ liệu. Báo quản trị đơn vị kiểm tra lịch làm việc.
dossiers-refusal-file = Chưa nhận được tệp
dossiers-refusal-file-detail = Tệp không giữ được. Mời thử lại sau ít phút hoặc chọn tệp khác.
dossiers-refusal-press = Chưa tạo được bản PDF
dossiers-refusal-press-detail = Máy này chưa cài chương trình in hoặc chương trình in đang bận. Vẫn xem và in được từ trang giấy tờ.

# Lịch làm việc
dossiers-calendar-title = Lịch làm việc
dossiers-calendar-lead = Mỗi thay đổi tạo một phiên bản mới. Ngày hẹn đã cấp cho người dân không đổi theo.
dossiers-calendar-country = Cả nước
dossiers-calendar-places = Phạm vi
dossiers-calendar-years = Năm
dossiers-calendar-days = Ngày nghỉ và ngày làm bù năm { $year }
dossiers-calendar-no-days = Chưa có ngày nào.
dossiers-calendar-no-days-unit = Đơn vị chưa có ngày riêng nào. Ngày nghỉ chung của cả nước vẫn áp dụng.
dossiers-calendar-no-hours-unit = Đơn vị chưa có bảng giờ riêng. Giờ làm việc chung vẫn áp dụng.
dossiers-calendar-change = Thay đổi
dossiers-calendar-remove = Bỏ
dossiers-calendar-confirm = Xác nhận theo thông báo
dossiers-calendar-add-day = Thêm ngày
dossiers-calendar-ngay = Ngày
dossiers-calendar-loai = Loại
dossiers-calendar-ten = Tên
dossiers-calendar-ten-missing = Nhập tên ngày
dossiers-calendar-ten-en = Tên tiếng Anh
dossiers-calendar-can-cu = Căn cứ
dossiers-certainty-notice = Theo thông báo chính thức
dossiers-certainty-expected = Dự kiến
dossiers-day-holiday = Ngày lễ, tết
dossiers-day-compensation = Nghỉ bù
dossiers-day-swap-off = Nghỉ hoán đổi
dossiers-day-swap-work = Làm bù
dossiers-day-closure = Đơn vị nghỉ đột xuất
dossiers-calendar-hours = Giờ làm việc
dossiers-calendar-hours-from = Áp dụng từ { $date }
dossiers-calendar-rest = Nghỉ
dossiers-calendar-add-hours = Thêm bảng giờ
dossiers-calendar-tu-ngay = Áp dụng từ ngày
dossiers-calendar-sang-thu-bay = Tiếp nhận sáng thứ bảy
dossiers-calendar-hours-shape = Giờ chưa đúng. Viết như 07:30-11:30 13:30-17:00; thứ hai phải có giờ làm việc
dossiers-calendar-rules = Quy tắc tính thời hạn
dossiers-calendar-add-rule = Thêm quy tắc
dossiers-calendar-quy-tac = Quy tắc
dossiers-calendar-hieu-luc = Hiệu lực từ
dossiers-calendar-gia-tri = Giá trị
dossiers-calendar-gia-tri-hint = Số, giờ như 15:00, hoặc dấu - nếu không còn áp dụng.
dossiers-calendar-gia-tri-shape = Giá trị chưa đúng với quy tắc đã chọn
dossiers-calendar-van-ban = Văn bản quy định
dossiers-calendar-van-ban-missing = Nhập văn bản quy định
dossiers-rule-reception-cut-off = Nhận sau giờ này tính sang ngày làm việc tiếp theo
dossiers-rule-online-answer-hours = Số giờ làm việc để trả lời hồ sơ trực tuyến
dossiers-rule-hours-per-day = Số giờ của một ngày làm việc
dossiers-rule-supplement-requests-max = Số lần được yêu cầu bổ sung sau khi tiếp nhận
dossiers-rule-supplement-answer-days = Số ngày để người dân bổ sung
dossiers-rule-reappointments-max = Số lần được xin lỗi và hẹn lại
dossiers-calendar-note = Lý do thay đổi
dossiers-calendar-note-missing = Nhập lý do thay đổi
dossiers-calendar-nothing = Chưa chọn thay đổi nào
dossiers-calendar-history = Lịch sử thay đổi
dossiers-calendar-version = Phiên bản { $number }
dossiers-calendar-shipped = Bản đầu tiên, có sẵn theo chương trình

# Thư và tin nhắn. Tin nhắn được gửi không dấu.
dossiers-mail-frame = Kính gửi Ông/Bà { $name },

    { $text }

    Xem chi tiết: { $address }
    Không có tài khoản: { $track }

    Thư này gửi tự động, xin không trả lời.
dossiers-tell-sent-subject = Đã nhận hồ sơ số { $number }
dossiers-tell-sent-mail = Hệ thống đã nhận hồ sơ “{ $procedure }”, số yêu cầu { $number }. Cơ quan sẽ trả lời chậm nhất { $until }.
dossiers-tell-sent-sms = Đã nhận hồ sơ { $number }. Cơ quan trả lời chậm nhất { $until }.
dossiers-tell-taken-in-subject = Hồ sơ { $number } đã được tiếp nhận
dossiers-tell-taken-in-mail = Hồ sơ “{ $procedure }” đã được tiếp nhận, mã { $number }. Hẹn trả kết quả: { $due }.
dossiers-tell-taken-in-sms = Hồ sơ { $number } đã được tiếp nhận. Hẹn trả kết quả { $due }.
dossiers-tell-accepted-subject = Hồ sơ { $number } đã được tiếp nhận
dossiers-tell-accepted-mail = Hồ sơ “{ $procedure }” đã được tiếp nhận, mã { $number }. Hẹn trả kết quả: { $due }.
dossiers-tell-accepted-sms = Hồ sơ { $number } đã được tiếp nhận. Hẹn trả kết quả { $due }.
dossiers-tell-refused-subject = Hồ sơ { $number } không được tiếp nhận
dossiers-tell-refused-mail = Hồ sơ “{ $procedure }” không được tiếp nhận. Lý do: { $reason }
dossiers-tell-refused-sms = Hồ sơ { $number } không được tiếp nhận. Lý do: { $reason }
dossiers-tell-supplement-asked-subject = Cần bổ sung hồ sơ { $number }
dossiers-tell-supplement-asked-mail = Hồ sơ “{ $procedure }” cần bổ sung: { $reason } Hạn bổ sung: { $until }.
dossiers-tell-supplement-asked-sms = Hồ sơ { $number } cần bổ sung: { $reason } Hạn { $until }.
dossiers-tell-supplement-expired-subject = Hồ sơ { $number } đã kết thúc vì quá hạn bổ sung
dossiers-tell-supplement-expired-mail = Hồ sơ “{ $procedure }” đã quá hạn bổ sung nên kết thúc. { $reason } Có thể nộp hồ sơ mới.
dossiers-tell-supplement-expired-sms = Hồ sơ { $number } quá hạn bổ sung nên đã kết thúc. Có thể nộp hồ sơ mới.
dossiers-tell-money-asked-subject = Hồ sơ { $number } cần thực hiện nghĩa vụ tài chính
dossiers-tell-money-asked-mail = Hồ sơ “{ $procedure }” cần thực hiện nghĩa vụ tài chính: { $reason } Hạn: { $until }.
dossiers-tell-money-asked-sms = Hồ sơ { $number } cần nộp tiền: { $reason } Hạn { $until }.
dossiers-tell-stopped-subject = Hồ sơ { $number } dừng giải quyết
dossiers-tell-stopped-mail = Hồ sơ “{ $procedure }” dừng giải quyết. Lý do: { $reason }
dossiers-tell-stopped-sms = Hồ sơ { $number } dừng giải quyết. Lý do: { $reason }
dossiers-tell-reappointed-subject = Xin lỗi và hẹn lại ngày trả kết quả hồ sơ { $number }
dossiers-tell-reappointed-mail = Chúng tôi xin lỗi vì chưa trả được kết quả hồ sơ “{ $procedure }” đúng hẹn. Lý do: { $reason } Ngày hẹn mới: { $due }.
dossiers-tell-reappointed-sms = Xin lỗi, hồ sơ { $number } chưa kịp đúng hẹn. Ngày hẹn mới { $due }. Lý do: { $reason }
dossiers-tell-withdrawn-subject = Đã rút hồ sơ { $number }
dossiers-tell-withdrawn-mail = Hồ sơ “{ $procedure }” đã được rút theo yêu cầu của người nộp.
dossiers-tell-withdrawn-sms = Đã rút hồ sơ { $number } theo yêu cầu.
dossiers-tell-decided-subject = Hồ sơ { $number } đã có kết quả
dossiers-tell-decided-mail = Hồ sơ “{ $procedure }” đã có kết quả. Kết quả đã vào ví giấy tờ; bản giấy nhận tại nơi tiếp nhận hồ sơ.
dossiers-tell-decided-sms = Hồ sơ { $number } đã có kết quả. Xem trong ví giấy tờ hoặc nhận tại nơi tiếp nhận.
dossiers-tell-result-handed-over-subject = Đã trả kết quả hồ sơ { $number }
dossiers-tell-result-handed-over-mail = Kết quả hồ sơ “{ $procedure }” đã được trả. Mời đánh giá việc giải quyết tại địa chỉ dưới đây.
dossiers-tell-result-handed-over-sms = Đã trả kết quả hồ sơ { $number }. Mời đánh giá tại { $address }
