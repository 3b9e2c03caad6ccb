### Chữ của văn phòng điện tử: văn bản đi, văn bản đến, sổ văn bản.

office-direction-in = Văn bản đến
office-direction-out = Văn bản đi
office-urgency-usual = Thường
office-urgency-urgent = Khẩn
office-urgency-very-urgent = Thượng khẩn
office-urgency-express = Hỏa tốc
office-urgency-express-at-time = Hỏa tốc hẹn giờ
office-number-reserved = Số chờ
office-number-used = Đã cấp
office-number-void = Đã hủy
office-to-outgoing = Về văn bản đi

office-refused = Chưa thực hiện được
office-refusal-nothing = Không tìm thấy.
office-refusal-no-book = Danh mục sổ của cơ quan chưa có sổ cho loại văn bản này. Báo quản trị đơn vị bổ sung danh mục sổ.
office-refusal-book-locked = Sổ đã khóa nên không cấp, giữ hay hủy số được nữa. Mở khóa sổ hoặc dùng sổ khác.
office-refusal-book-of-another-year = Sổ này là của năm khác. Dùng sổ của năm ghi trong ngày văn bản.
office-refusal-book-begun = Sổ đã có số nên không đổi số bắt đầu được nữa.
office-refusal-number-backwards = Ngày của số phải theo thứ tự trong sổ: không trước ngày của số liền trước, không sau ngày của số liền sau. Chọn ngày khác.
office-refusal-number-unknown = Sổ chưa cấp số này. Chọn một số đã có trong sổ.
office-refusal-number-not-reserved = Số này không còn là số chờ. Chọn số chờ khác hoặc cấp số tiếp theo.
office-refusal-number-void = Số này đã hủy từ trước.
office-refusal-reserved-too-many = Mỗi lần giữ từ 1 đến { $limit } số.
office-refusal-reason-missing = Chưa ghi lý do
office-refusal-changed-meanwhile = Có người vừa thay đổi văn bản này. Tải lại trang, xem thay đổi rồi làm tiếp.
office-refusal-file = Chưa lưu được tệp. Thử lại sau ít phút.
office-refusal-store = Hệ thống đang bận. Thử lại sau ít phút.
