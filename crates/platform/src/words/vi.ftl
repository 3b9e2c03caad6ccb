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
platform-file-damaged = Tệp { $found } bị hỏng hoặc bị cắt mất một phần. Mở thử tệp trên máy, lưu lại rồi tải lên.
platform-file-macros = Tài liệu có chứa macro nên không nhận được. Lưu tài liệu thành PDF rồi tải lên.
platform-file-interrupted = Kết nối bị ngắt khi đang tải tệp lên. Tải lại tệp này; những gì đã điền vẫn còn.
platform-file-missing = Không tìm thấy tệp này.
platform-file-not-now = Chưa lưu được tệp vào lúc này. Thử lại sau ít phút; những gì đã điền vẫn còn.
