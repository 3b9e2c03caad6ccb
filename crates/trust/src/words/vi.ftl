### Lời của phần chữ ký số: chứng thư, đề nghị, thu hồi, dấu thời gian, gốc tin cậy.

trust-menu = Chứng thư chữ ký số
trust-menu-requests = Duyệt đề nghị chứng thư

## Sổ chứng thư

trust-register = Sổ chứng thư chữ ký số
trust-register-search = Tên, đơn vị hoặc số sê-ri
trust-register-find = Tìm
trust-register-every = Tất cả
trust-register-empty = Chưa có chứng thư nào. Chọn “Đề nghị cấp chứng thư” để bắt đầu, hoặc ghi vào sổ chứng thư do nơi khác cấp.
trust-register-not-found = Không có chứng thư nào khớp. Thử ít chữ hơn hoặc bỏ bớt điều kiện.
trust-register-new = Ghi chứng thư do nơi khác cấp
trust-register-new-lead = Chứng thư do Ban Cơ yếu Chính phủ hoặc tổ chức khác cấp được ghi vào sổ để theo dõi ngày hết hạn. Việc thu hồi, gia hạn thực hiện tại nơi cấp.
trust-register-new-button = Ghi vào sổ
trust-export = Tải danh sách này dạng CSV
trust-counts = Thống kê theo cơ quan
trust-counts-total = Tổng số
trust-counts-all = Tất cả cơ quan

trust-holder = Thuê bao
trust-unit = Cơ quan, đơn vị
trust-profile = Loại chứng thư
trust-profile-seal = Chữ ký số của cơ quan (con dấu)
trust-profile-officer = Chữ ký số của cán bộ
trust-profile-server = Máy chủ
trust-profile-stamp = Cấp dấu thời gian
trust-profile-responder = Trả lời trạng thái chứng thư (OCSP)
trust-profile-authority = Cơ quan chứng thực
trust-profile-foreign = Do nơi khác cấp
trust-carrier = Thiết bị lưu khóa
trust-carrier-number = Số hiệu thiết bị
trust-carrier-pki-token = USB PKI Token
trust-carrier-pki-token-hint = Khóa tạo trong thiết bị; cần tệp yêu cầu PKCS#10
trust-carrier-sim-pki = SIM PKI
trust-carrier-sim-pki-hint = Ký trên điện thoại; cần tệp yêu cầu PKCS#10
trust-carrier-hsm = Thiết bị HSM
trust-carrier-hsm-hint = Khóa tạo trong HSM của hệ thống nếu đã kết nối; nếu chưa, cần tệp yêu cầu PKCS#10
trust-carrier-remote = Ký số từ xa
trust-carrier-remote-hint = Khóa ở tổ chức cung cấp dịch vụ; cần tệp yêu cầu PKCS#10
trust-carrier-software = Phần mềm
trust-carrier-software-hint = Khóa tạo tại đây và được niêm phong; chỉ nên dùng nội bộ hoặc thử nghiệm
trust-subject = Tên trong chứng thư
trust-issuer = Nơi cấp
trust-serial = Số sê-ri
trust-from = Có hiệu lực từ
trust-until = Hết hạn
trust-key = Khóa
trust-fingerprint = Dấu vân tay SHA-256
trust-changed = Thay đổi lúc
trust-reason = Lý do
trust-since = Khóa có thể đã lộ từ ngày
trust-since-hint = Chỉ điền khi khóa bị lộ hoặc nghi bị lộ
trust-since-wrong = Ngày không có thật; kiểm tra lại ngày, tháng và năm
trust-force = Giá trị pháp lý
trust-sandbox = Thử nghiệm, không có giá trị pháp lý
trust-alerts = Đã nhắc
trust-alerted = Mức { $days } ngày, lúc { $at }
trust-note = Ghi chú
trust-file = Tải chứng thư
trust-successor = Chứng thư thay thế
trust-replaces = Chứng thư trước đó
trust-standing = Tình trạng
trust-standing-good = Còn hiệu lực
trust-standing-ending = Sắp hết hạn
trust-standing-ending-in = Hết hạn sau { $days } ngày
trust-standing-ended = Đã hết hạn
trust-standing-suspended = Tạm dừng
trust-standing-revoked = Đã thu hồi
trust-standing-not-yet = Chưa đến ngày hiệu lực

## Việc với một chứng thư

trust-acts = Việc có thể làm
trust-acts-hint = Tạm dừng và thu hồi có hiệu lực ngay. Thu hồi rồi thì không khôi phục được.
trust-waits = Đang có một đề nghị chờ duyệt cho chứng thư này.
trust-renew = Đề nghị gia hạn
trust-renew-of = Gia hạn chứng thư của { $holder }
trust-renew-lead = Sau khi được duyệt, chứng thư mới được cấp; chứng thư cũ vẫn dùng được đến hết hạn.
trust-recover = Báo mất, hỏng thiết bị
trust-recover-of = Cấp lại cho { $holder }
trust-recover-lead = Sau khi được duyệt, chứng thư cũ bị thu hồi và chứng thư mới được cấp trên thiết bị mới. Nếu thiết bị đã mất, hãy tạm dừng chứng thư ngay bây giờ.
trust-suspend = Tạm dừng
trust-resume = Khôi phục hiệu lực
trust-revoke = Thu hồi
trust-revoke-of = Thu hồi chứng thư của { $holder }
trust-revoke-lead = Chứng thư mất hiệu lực ngay và vĩnh viễn. Chữ ký đã ký trước đó, có dấu thời gian, vẫn còn giá trị.
trust-reason-key = Lộ khóa hoặc mất thiết bị
trust-reason-affiliation = Thuê bao chuyển công tác hoặc cơ quan sắp xếp lại
trust-reason-superseded = Đã có chứng thư khác thay thế
trust-reason-cessation = Không còn sử dụng
trust-reason-privilege = Không còn thẩm quyền
trust-reason-hold = Tạm dừng
trust-reason-other = Lý do khác
trust-key-new = Khóa mới
trust-key-same = Giữ khóa cũ
trust-key-same-hint = Chỉ khi chắc chắn khóa chưa từng bị lộ
trust-key-brought = { $kind }, theo tệp yêu cầu PKCS#10
trust-key-made = { $kind }, tạo khi được duyệt

## Đề nghị

trust-ask = Đề nghị cấp chứng thư
trust-ask-lead = Cơ quan quản lý trực tiếp lập đề nghị; một người khác có thẩm quyền duyệt rồi chứng thư mới được cấp.
trust-ask-button = Gửi đề nghị
trust-unit-code = Mã định danh của đơn vị
trust-unit-code-hint = Ví dụ H57.101; tra ở trang Cơ quan, đơn vị
trust-login = Tên đăng nhập của cán bộ
trust-login-hint = Cán bộ phải thuộc đúng đơn vị trên
trust-login-hint-foreign = Để trống nếu là chứng thư của cơ quan
trust-title = Chức danh
trust-server = Tên máy chủ
trust-server-hint = Ví dụ dichvucong.example.vn
trust-pkcs10 = Yêu cầu PKCS#10
trust-pkcs10-hint = Dán nội dung tệp .csr hoặc .p10, bắt đầu bằng “-----BEGIN CERTIFICATE REQUEST-----”. Để trống nếu khóa được tạo tại đây.
trust-pem = Chứng thư
trust-pem-hint = Dán nội dung tệp .cer hoặc .pem, bắt đầu bằng “-----BEGIN CERTIFICATE-----”
trust-pem-many-hint = Dán một hoặc nhiều chứng thư, mỗi chứng thư bắt đầu bằng “-----BEGIN CERTIFICATE-----”
trust-requests = Đề nghị về chứng thư
trust-requests-none = Chưa có đề nghị nào. Đề nghị do quản trị đơn vị lập sẽ hiện ở đây.
trust-request-of = Đề nghị cho { $holder }
trust-request-kind = Việc đề nghị
trust-request-issued = Xem chứng thư đã cấp
trust-kind-issue = Cấp mới
trust-kind-renew = Gia hạn
trust-kind-recover = Cấp lại do mất, hỏng thiết bị
trust-decision-waiting = Chờ duyệt
trust-decision-approved = Đã duyệt
trust-decision-refused = Không duyệt
trust-decision-withdrawn = Đã rút
trust-asked = Người đề nghị
trust-decided = Người duyệt
trust-decide = Duyệt đề nghị
trust-decide-lead = Kiểm tra thuê bao, đơn vị và thiết bị trước khi duyệt. Chứng thư được cấp ngay.
trust-approve = Duyệt và cấp chứng thư
trust-refuse-when = Không duyệt
trust-refuse = Không duyệt
trust-refuse-reason = Lý do không duyệt
trust-own-request = Đề nghị này do chính mình lập nên phải do người khác duyệt.
trust-withdraw = Rút đề nghị

trust-notice-asked = Đã gửi đề nghị. Một người khác có thẩm quyền sẽ duyệt.
trust-notice-issued = Đã duyệt và cấp chứng thư.
trust-notice-refused = Đã ghi lý do và không duyệt đề nghị.
trust-notice-withdrawn = Đã rút đề nghị.
trust-notice-registered = Đã ghi chứng thư vào sổ.
trust-notice-suspended = Đã tạm dừng chứng thư. Danh sách thu hồi đã được ký lại.
trust-notice-resumed = Đã khôi phục hiệu lực. Danh sách thu hồi đã được ký lại.
trust-notice-revoked = Đã thu hồi chứng thư. Danh sách thu hồi đã được ký lại.
trust-notice-believed = Đã thêm gốc tin cậy.
trust-notice-believed-no-more = Từ hôm nay không tin gốc này nữa.

## Gốc tin cậy và thời gian

trust-anchors = Cơ quan chứng thực và gốc tin cậy
trust-authorities = Cơ quan chứng thực tại đây
trust-authorities-none = Chưa có. Người vận hành tạo bằng lệnh lienthong trust authority create.
trust-authority-root = Chứng thực gốc
trust-authority-issuing = Chứng thực cấp phát
trust-authority-certificate = Chứng thư của cơ quan này
trust-authority-list = Danh sách thu hồi
trust-others = Gốc tin cậy bên ngoài
trust-others-none = Chưa có. Thêm chứng thư gốc của Ban Cơ yếu Chính phủ và các tổ chức chứng thực công cộng để kiểm tra chữ ký của họ.
trust-anchor-new = Thêm gốc tin cậy
trust-anchor-new-lead = Chữ ký dẫn đến gốc này sẽ được tin theo đúng mục đích và thời gian đã chọn. So dấu vân tay với nguồn chính thức trước khi thêm.
trust-anchor-new-button = Thêm
trust-anchor-name = Tên gọi
trust-purposes = Tin để kiểm tra
trust-purpose-sign = Chữ ký trên tài liệu
trust-purpose-stamp = Dấu thời gian
trust-purpose-server = Máy chủ
trust-source = Nguồn
trust-source-hint = Lấy từ đâu: địa chỉ trang, số văn bản
trust-believed-from = Tin từ ngày
trust-believed-from-hint = Để trống là từ hôm nay
trust-believed-to = Đến hết ngày
trust-believed-when = Thời gian tin
trust-believed = Đang tin
trust-believed-no-more = Không còn tin
trust-believe-no-more = Thôi tin
trust-dates = { $from } đến { $to }
trust-dates-open = Từ { $from }
trust-time = Thời gian
trust-stamp-policy = Dấu thời gian theo chính sách { $oid }, sai số { $accuracy } ms. Đồng hồ lệch quá { $tolerance } ms thì dừng cấp.
trust-clock-alone = Chưa có nguồn thời gian khác để so đồng hồ. Người vận hành thêm bằng lệnh lienthong trust time add.
trust-clock-never = chưa so lần nào
trust-clock-differs = lệch ít nhất { $difference } ms, so lúc { $at }
trust-clock-silent = không so được lúc { $at }: { $fault }

## Thư nhắc

trust-mail-ending-subject = Chứng thư chữ ký số của { $holder } hết hạn ngày { $on }
trust-mail-ending =
    Chứng thư chữ ký số của { $holder }, số sê-ri { $serial }, hết hạn ngày { $on }, còn { $days } ngày.

    Để ký số không bị gián đoạn, hãy lập đề nghị gia hạn trước ngày đó:
    { $address }

## Từ chối

trust-refused = Không thực hiện được
trust-refusal-nothing = Không có chứng thư hoặc đề nghị này.
trust-refusal-changed-meanwhile = Người khác vừa thay đổi chứng thư này. Mở lại trang để xem tình trạng mới nhất.
trust-refusal-no-authority = Chưa có cơ quan chứng thực tại đây. Người vận hành tạo bằng lệnh lienthong trust authority create.
trust-refusal-authority-taken = Đã có cơ quan chứng thực với tên này. Chọn tên khác.
trust-refusal-name-unusable = Tên không viết thành địa chỉ được. Dùng tên có chữ cái hoặc chữ số.
trust-refusal-own-request = Người lập đề nghị không được tự duyệt. Nhờ một người khác có thẩm quyền.
trust-refusal-already-decided = Đề nghị này đã được giải quyết. Mở lại trang để xem kết quả.
trust-refusal-waits-already = Đang có một đề nghị chờ duyệt cho chứng thư này. Chờ duyệt hoặc rút đề nghị đó trước.
trust-refusal-no-such-unit = Không có đơn vị mang mã này. Kiểm tra lại ở trang Cơ quan, đơn vị.
trust-refusal-no-such-officer = Không có cán bộ của đơn vị này với tên đăng nhập đó.
trust-refusal-name-wrong = Tên còn trống hoặc quá dài (tối đa 64 chữ).
trust-refusal-server-name-wrong = Tên máy chủ gồm chữ thường, chữ số, gạch nối và dấu chấm, ví dụ dichvucong.example.vn.
trust-refusal-no-such-profile = Chưa chọn loại chứng thư.
trust-refusal-carrier-missing = Chưa chọn thiết bị lưu khóa.
trust-refusal-pkcs10-missing = Khóa trên thiết bị này được tạo trong thiết bị. Dán yêu cầu PKCS#10 do thiết bị tạo.
trust-refusal-pkcs10-unsigned = Chữ ký trong yêu cầu không khớp với khóa, nên không chứng minh được ai giữ khóa. Tạo lại yêu cầu.
trust-refusal-pkcs10-unreadable = Không đọc được yêu cầu PKCS#10. Dán trọn nội dung tệp, kể cả dòng đầu và dòng cuối.
trust-refusal-key-kind-wrong = Khóa phải là RSA 2048, RSA 3072, ECDSA P-256, P-384 hoặc Ed25519. Tạo lại yêu cầu với khóa loại đó.
trust-refusal-key-in-use = Khóa này đã có chứng thư. Tạo khóa mới rồi gửi yêu cầu mới.
trust-refusal-key-lost = Chứng thư cũ không còn hiệu lực nên không giữ khóa cũ được. Lập đề nghị với khóa mới.
trust-refusal-not-in-force = Chứng thư không còn hiệu lực nên không làm việc này được. Lập đề nghị cấp mới.
trust-refusal-not-suspended = Chứng thư không ở tình trạng tạm dừng.
trust-refusal-revoked-already = Chứng thư đã bị thu hồi, không thay đổi được nữa.
trust-refusal-not-ours = Chứng thư do nơi khác cấp. Gửi đề nghị đến nơi cấp.
trust-refusal-reason-missing = Chưa cho biết lý do.
trust-refusal-since-in-future = Ngày lộ khóa không thể ở tương lai.
trust-refusal-certificate-wrong = Không đọc được chứng thư. Dán trọn nội dung tệp .cer hoặc .pem.
trust-refusal-registered-already = Chứng thư này đã có trong sổ.
trust-refusal-not-authority = Đây không phải chứng thư của một cơ quan chứng thực.
trust-refusal-source-missing = Chưa cho biết chứng thư lấy từ đâu.
trust-refusal-purpose-missing = Chưa chọn tin để kiểm tra việc gì.
trust-refusal-dates-reversed = Ngày cuối phải sau ngày đầu.
trust-refusal-oid-wrong = Mã OID không đúng dạng, ví dụ 1.2.3.4.
trust-refusal-address-wrong = Địa chỉ phải bắt đầu bằng http:// hoặc https:// và không chứa mật khẩu.
trust-refusal-source-taken = Nguồn thời gian này đã có.
trust-refusal-key = Không dùng được khóa: { $reason }
trust-refusal-no-token = Hệ thống chưa kết nối thiết bị PKCS#11. Người vận hành khai báo thư viện, nhãn và mã PIN.
trust-refusal-signing = Khóa ký của hệ thống hiện không dùng được. Người vận hành kiểm tra thiết bị rồi thử lại.
trust-refusal-issue = Không lập được chứng thư: { $reason }
trust-refusal-store = Hiện không đọc được dữ liệu. Thử lại sau ít phút.

## Nhật ký

trust-did-create-authority = Tạo cơ quan chứng thực
trust-did-make-key = Tạo khóa
trust-did-bring-key = Nhập khóa
trust-did-ask = Đề nghị chứng thư
trust-did-withdraw = Rút đề nghị chứng thư
trust-did-refuse = Không duyệt đề nghị chứng thư
trust-did-issue = Cấp chứng thư
trust-did-register = Ghi chứng thư do nơi khác cấp
trust-did-suspend = Tạm dừng chứng thư
trust-did-resume = Khôi phục chứng thư
trust-did-revoke = Thu hồi chứng thư
trust-did-alert = Nhắc chứng thư sắp hết hạn
trust-did-add-anchor = Thêm gốc tin cậy
trust-did-end-anchor = Thôi tin một gốc
trust-did-set-stamp-policy = Đặt chính sách dấu thời gian
trust-did-add-time-source = Thêm nguồn thời gian
trust-did-remove-time-source = Bỏ nguồn thời gian
