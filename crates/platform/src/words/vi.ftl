### Lời của phần nền: ngày tháng, việc chạy sau, hộp thư đi, nhật ký.

platform-weekday-1 = thứ hai
platform-weekday-2 = thứ ba
platform-weekday-3 = thứ tư
platform-weekday-4 = thứ năm
platform-weekday-5 = thứ sáu
platform-weekday-6 = thứ bảy
platform-weekday-7 = chủ nhật

platform-month-1 = tháng 1
platform-month-2 = tháng 2
platform-month-3 = tháng 3
platform-month-4 = tháng 4
platform-month-5 = tháng 5
platform-month-6 = tháng 6
platform-month-7 = tháng 7
platform-month-8 = tháng 8
platform-month-9 = tháng 9
platform-month-10 = tháng 10
platform-month-11 = tháng 11
platform-month-12 = tháng 12

# Tệp đính kèm
platform-file-empty = Tệp này không có nội dung. Chọn lại tệp khác.
platform-file-too-large = Tệp lớn hơn { $max }. Chọn tệp nhỏ hơn, hoặc chụp, quét lại với độ phân giải thấp hơn.
platform-file-quota = Không còn đủ chỗ: còn { $left } trong tổng số { $quota }. Xóa bớt tệp không dùng nữa rồi tải lại.
platform-file-kind = Không nhận loại tệp này. Các loại được nhận: { $allowed }.
platform-file-disguised = Tên tệp có đuôi “{ $named }” nhưng nội dung là { $found }. Lưu lại tệp với đúng đuôi rồi tải lên.
platform-file-damaged = Tệp { $found } không còn nguyên vẹn: thiếu phần cuối hoặc bị hỏng. Chụp hoặc quét lại, hay mở thử tệp trên máy và lưu lại, rồi tải lên.
platform-file-macros = Tài liệu có chứa macro nên không nhận được. Lưu tài liệu thành PDF rồi tải lên.
platform-file-interrupted = Kết nối bị ngắt khi đang tải tệp lên. Tải lại tệp này; những gì đã điền vẫn còn.
platform-file-missing = Không tìm thấy tệp này.
platform-file-unknown = Chưa biết tệp đã được lưu hay chưa vì mất kết nối với cơ sở dữ liệu. Tải lại trang để xem; chỉ gửi lại tệp khi không thấy ở đó.
platform-file-not-now = Chưa lưu được tệp vào lúc này. Thử lại sau ít phút; những gì đã điền vẫn còn.

# Trang của phần nền
platform-filter = Lọc

# Nhật ký
platform-audit-title = Nhật ký thao tác
platform-audit-lead = Mọi thay đổi đều được ghi lại: ai làm, việc gì, lúc nào. Vài giây sau, mỗi dòng được niêm phong; từ đó, ai sửa hay xóa đều bị phát hiện.
platform-audit-whose = Chỉ gồm thao tác của { $offices } và các đơn vị trực thuộc. Thao tác mới có ở đây sau vài giây, khi đã được niêm phong.
platform-audit-unit = Đơn vị (mã trong hệ thống)
platform-audit-no-unit = Không gắn với đơn vị nào
platform-audit-caption = Các thao tác, mới nhất trước
platform-audit-empty = Không có thao tác nào khớp với điều kiện đã chọn. Bỏ bớt điều kiện rồi lọc lại.
platform-audit-filter-tu = Từ ngày
platform-audit-filter-den = Đến hết ngày
platform-audit-filter-viec = Mã thao tác
platform-audit-filter-doi-tuong = Đối tượng
platform-audit-filter-actor = Chỉ xem thao tác của
platform-audit-filter-remove = Xem của tất cả mọi người
platform-audit-day-wrong = Ngày chưa đúng. Nhập ngày, tháng, năm, ví dụ 23/11/2026.
platform-audit-at = Thời điểm
platform-audit-actor = Người thực hiện
platform-audit-program = Hệ thống
platform-audit-verb = Thao tác
platform-audit-object = Đối tượng
platform-audit-seal = Niêm phong
platform-audit-place = Số thứ tự trong nhật ký
platform-audit-head = Mốc niêm phong
platform-audit-id = Mã của dòng
platform-audit-detail = Chi tiết
platform-audit-pages = Các trang nhật ký
platform-audit-newest = Về trang mới nhất
platform-audit-older = Cũ hơn
platform-audit-sealed = Mốc { $number }
platform-audit-sealed-at = Mốc { $number }, ký lúc { $at }
platform-audit-unsealed = Chờ niêm phong
platform-audit-unsealed-hint = Dòng này chưa được niêm phong. Đợi vài giây rồi tải lại trang.
platform-audit-entry-title = Một dòng nhật ký
platform-audit-proof-title = Bằng chứng
platform-audit-proof-lead = Bằng chứng cho thấy dòng này nằm trong nhật ký và chưa bị sửa. Ai có khóa công khai đều tự kiểm tra được; cách kiểm tra ghi ngay trong tệp.
platform-audit-proof-download = Tải bằng chứng (JSON)
platform-audit-keep-title = Lưu để đối chiếu
platform-audit-keep = Lưu mốc niêm phong và khóa công khai ở nơi khác. Sau này, nếu nhật ký bị cắt bớt hay viết lại, mốc đã lưu sẽ không còn khớp.
platform-audit-newest-head = Mốc niêm phong mới nhất
platform-audit-public-key = Khóa công khai

# Việc chưa chạy được
platform-dead-title = Việc chưa chạy được
platform-dead-lead = Những việc chạy sau (gửi thông báo, in ấn…) đã thử nhiều lần mà không thành. Xem lý do, khắc phục rồi cho chạy lại, hoặc bỏ hẳn.
platform-dead-caption = Các việc chưa chạy được, mới nhất trước
platform-dead-empty = Không có việc nào bị dừng. Mọi việc đều đã chạy hoặc đang chờ đến lượt.
platform-dead-kind = Loại việc
platform-dead-died-at = Dừng lúc
platform-dead-attempts = Số lần đã thử
platform-dead-error = Lý do
platform-dead-key = Khóa chống trùng
platform-dead-letter-title = Việc chưa chạy được
platform-dead-payload = Nội dung
platform-dead-decide = Xử lý
platform-dead-resend-lead = Chạy lại khi nguyên nhân đã được khắc phục. Việc sẽ chạy ngay như mới.
platform-dead-resend = Chạy lại
platform-dead-discard-lead = Bỏ hẳn khi việc này không còn cần nữa. Không lấy lại được; nhật ký vẫn ghi đó là việc gì và ai đã bỏ.
platform-dead-discard = Bỏ hẳn
platform-dead-notice-resent = Đã cho chạy lại.
platform-dead-notice-discarded = Đã bỏ hẳn.
platform-dead-notice-no-longer = Không thay đổi gì: việc này đã được xử lý, hoặc một việc giống hệt đang chờ chạy.

platform-did-resend = Cho chạy lại một việc
platform-did-discard = Bỏ hẳn một việc

# Hộp thư đi
platform-outbox-title = Thư và tin nhắn đã gửi
platform-outbox-lead = Ở đây không gửi thư và tin nhắn ra ngoài mà giữ lại để xem.
platform-outbox-filter-recipient = Người nhận (thư điện tử hoặc số điện thoại)
platform-outbox-empty = Chưa có thư hay tin nhắn nào.
platform-outbox-mail = Thư điện tử
platform-outbox-sms = Tin nhắn
platform-outbox-to = gửi
