## Từ chối

axis-refused = Chưa nhận được gói tin
axis-refusal-nothing = Không có gói tin mang mã này trong hộp thư của hệ thống.
axis-refusal-interrupted = Đường truyền đứt trước khi nhận hết gói tin. Hãy gửi lại nguyên gói.
axis-refusal-too-large = Gói tin lớn hơn { $megabytes } MB, vượt quá dung lượng trục cho phép.
axis-refusal-hash-wrong = Nội dung nhận được không khớp với hash-file. Hãy gửi lại nguyên tệp.
axis-refusal-not-packet = Không đọc được gói edXML: dòng { $line }, cột { $column }: { $reason }.
axis-refusal-missing = Gói edXML thiếu { $field }.
axis-refusal-too-long = { $field } dài hơn { $limit } ký tự.
axis-refusal-is-document = Gói tin là văn bản, hãy gửi với messagetype = edoc.
axis-refusal-is-status = Gói tin là trạng thái xử lý, hãy gửi với messagetype = status.
axis-refusal-unknown-business = Loại nghiệp vụ “{ $code }” không có trong danh mục (0 mới, 1 thu hồi, 2 cập nhật, 3 thay thế).
axis-refusal-unknown-status = Trạng thái “{ $code }” không có trong danh mục (01–06, 13, 15, 16).
axis-refusal-sender-unknown = Đơn vị gửi { $code } chưa đăng ký trên trục.
axis-refusal-sender-not-yours = Hệ thống không được gửi thay cho đơn vị { $code }.
axis-refusal-receiver-unknown = Đơn vị nhận không tồn tại: { $codes }.
axis-refusal-receiver-closed = Đơn vị nhận { $code } đã kết thúc hoạt động.
axis-refusal-receiver-succeeded = Đơn vị nhận { $code } đã kết thúc hoạt động; gửi cho đơn vị kế thừa: { $successors }.
axis-refusal-no-receiver = Gói tin không nêu đơn vị nhận nào.
axis-refusal-too-many-receivers = Gói tin có nhiều hơn { $limit } đơn vị nhận. Hãy chia thành nhiều lần gửi.
axis-refusal-sent-already = Văn bản { $document } đã gửi tới { $codes } với nội dung khác. Muốn sửa, hãy gửi gói cập nhật (loại 2).
axis-refusal-nothing-asked = { $codes }: không có yêu cầu thu hồi, cập nhật nào đang chờ trả lời.
axis-refusal-asked-already = { $codes }: yêu cầu trước chưa được trả lời.
axis-refusal-withdrawn = { $codes }: văn bản đã được thu hồi.
axis-refusal-sent-back = { $codes }: nơi nhận đã từ chối văn bản này.
axis-refusal-not-your-document = Chỉ đơn vị đã gửi văn bản mới được yêu cầu lấy lại (trạng thái 13).
axis-refusal-recalled = Đơn vị gửi đã thu hồi văn bản này.
axis-refusal-discarded = Nội dung gói tin đã hết thời hạn lưu giữ trên trục.
axis-refusal-done-already = Nơi nhận đã xác nhận hoàn thành gói tin này.
axis-refusal-no-desk = Đơn vị chưa mở bàn văn thư trên hệ thống này.
axis-refusal-desk-taken = Đơn vị đã có bàn văn thư khác.
axis-refusal-not-written = Không viết được gói trạng thái: { $reason }.
axis-refusal-vault = Kho khóa của trục đang có lỗi. Hãy gửi lại sau.
axis-refusal-file = Trục chưa ghi được tệp. Hãy gửi lại sau.
axis-refusal-store = Trục đang bận hoặc có lỗi. Hãy gửi lại sau.
