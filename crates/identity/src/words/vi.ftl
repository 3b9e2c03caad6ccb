### Lời của phần định danh: tài khoản, đăng nhập, vai trò, đại diện và ủy quyền.

identity-continue = Tiếp tục
identity-to-sign-in = Đến trang đăng nhập
identity-to-delegations = Đến trang đại diện, ủy quyền

## Đăng nhập

identity-sign-in = Đăng nhập
identity-sign-in-button = Đăng nhập
identity-sign-in-login = Số định danh cá nhân hoặc tên đăng nhập
identity-sign-in-login-hint = Người dân dùng 12 số trên thẻ căn cước. Cán bộ dùng tên đăng nhập do quản trị đơn vị cấp.
identity-sign-in-login-missing = Chưa nhập số định danh cá nhân hoặc tên đăng nhập
identity-sign-in-password-missing = Chưa nhập mật khẩu
identity-sign-in-forgotten = Quên mật khẩu
identity-sign-in-register = Chưa có tài khoản: đăng ký
identity-second = Nhập mã từ ứng dụng
identity-second-hint = Mở ứng dụng tạo mã trên điện thoại và nhập 6 chữ số đang hiện. Mã đổi sau mỗi 30 giây.
identity-second-recovery = Không mở được ứng dụng: dùng mã dự phòng
identity-second-start-again = Đăng nhập bằng tài khoản khác
identity-recovery = Nhập một mã dự phòng
identity-recovery-hint = Một trong mười mã đã lưu khi cài ứng dụng, ví dụ K7QM-2X9P-4TRB-8WNE. Mỗi mã chỉ dùng được một lần.
identity-recovery-app = Dùng mã từ ứng dụng
identity-enrol-lead = Chào { $name }. Tài khoản cán bộ phải có ứng dụng tạo mã trước khi vào làm việc. Chỉ cài một lần, mất chừng hai phút.

identity-refusal-not-recognised = Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra lại cả hai rồi nhập lại; nếu quên, chọn “Quên mật khẩu”.
identity-refusal-waiting = Đã thử sai nhiều lần nên phải chờ. Có thể thử lại từ { $until }.
identity-refusal-disabled = Tài khoản đang tạm khóa. Cán bộ liên hệ quản trị đơn vị; người dân đến bộ phận Một cửa, mang theo thẻ căn cước.
identity-refusal-code-wrong = Mã không đúng. Xem lại mã rồi nhập lại.
identity-refusal-no-app = Tài khoản này chưa gắn ứng dụng tạo mã. Mở trang “Tài khoản” để gắn ứng dụng rồi làm lại.
identity-refusal-code-spent = Mã đã hết hạn hoặc đã thử quá nhiều lần. Yêu cầu gửi mã mới.
identity-refusal-password-wrong = Mật khẩu hiện tại không đúng
identity-refusal-username-taken = Tên đăng nhập này đã có người dùng. Chọn tên khác.
identity-refusal-role-beyond-reach = Vai trò này không thuộc thẩm quyền phân công. Đề nghị quản trị cấp trên.
identity-refusal-beyond-reach = Người này còn làm việc ở nơi ngoài phạm vi quản trị. Đề nghị quản trị cấp trên.
identity-refusal-own-account = Không tự thay đổi tài khoản của chính mình ở đây. Đề nghị một quản trị khác.
identity-refusal-dates-reversed = Ngày kết thúc phải sau ngày bắt đầu và chưa qua
identity-refusal-role-held-already = Người này đang giữ vai trò đó ở đơn vị này
identity-refusal-delegation-over = Việc đại diện này đã kết thúc hoặc không còn
identity-refusal-delegation-to-oneself = Không cần khai đại diện cho chính mình
identity-refusal-of-age = Người này đã đủ 18 tuổi nên tự thực hiện, hoặc lập ủy quyền
identity-refusal-declared-already = Đã khai rồi; xem trong danh sách
identity-refusal-holder-not-checked = Người khai chưa được đối chiếu thẻ căn cước. Đối chiếu thẻ của người đó trước, rồi mới xác nhận việc đại diện.

identity-passage-over = Lượt thao tác đã hết thời gian
identity-passage-over-detail = Để giữ an toàn, mỗi lượt chỉ mở trong một thời gian ngắn. Hãy làm lại từ đầu.
identity-link-over = Liên kết không còn dùng được
identity-link-over-detail = Liên kết đã được dùng, đã quá hạn hoặc đã bị thay. Hãy xin quản trị đơn vị một liên kết mới.
identity-delegation-over = Việc đại diện đã kết thúc
identity-delegation-over-detail = Không còn làm thay cho người hoặc tổ chức này được nữa.
identity-not-proved = Chưa xác nhận được
identity-not-proved-detail = Hãy đăng nhập hoặc nhập lại mật khẩu rồi thử lần nữa.
identity-not-possible = Không thực hiện được
identity-not-possible-detail = Việc này trái với quy định hoặc với tình trạng hiện tại. Hãy mở lại trang để xem tình trạng mới nhất.

## Mật khẩu

identity-password = Mật khẩu
identity-password-present = Mật khẩu hiện tại
identity-password-new = Mật khẩu mới
identity-password-chosen = Đã đặt
identity-password-choose = Đặt mật khẩu
identity-password-advice = Một câu dễ nhớ với mình mà người khác khó đoán là tốt nhất, ví dụ ghép vài từ không liên quan. Có thể dùng dấu cách, chữ có dấu và dán từ trình quản lý mật khẩu.
identity-password-hint = Ít nhất { $least } ký tự
identity-password-save = Lưu mật khẩu
identity-password-change = Đổi mật khẩu
identity-password-change-lead = Sau khi đổi, các trình duyệt khác đang đăng nhập sẽ bị đăng xuất.
identity-password-missing = Chưa nhập mật khẩu mới
identity-password-short = Mật khẩu phải có ít nhất { $least } ký tự. Thêm một hai từ nữa là đủ.
identity-password-long = Mật khẩu dài quá { $most } ký tự. Bớt lại một chút.
identity-password-common = Mật khẩu này nằm trong danh sách mật khẩu hay bị đoán nhất. Ghép thêm vài từ không liên quan.
identity-password-row = Mật khẩu này chỉ là một dãy phím, một đoạn lặp lại hoặc một ngày tháng. Ghép thêm vài từ.
identity-password-own = Mật khẩu này gần giống tên, số định danh, số điện thoại hoặc thư điện tử. Chọn từ khác.
identity-forgotten = Quên mật khẩu
identity-forgotten-lead = Nhập số định danh cá nhân. Nếu số này có tài khoản, một mã gồm 6 chữ số sẽ được gửi đến số điện thoại hoặc thư điện tử đã xác nhận.
identity-forgotten-officer = Cán bộ: liên hệ quản trị đơn vị để nhận liên kết đặt mật khẩu mới.
identity-forgotten-code = Nhập mã vừa gửi
identity-forgotten-code-lead = Nếu số định danh có tài khoản, mã đã được gửi đến số điện thoại hoặc thư điện tử đã xác nhận. Mã dùng được trong 10 phút.
identity-forgotten-code-hint = 6 chữ số. Tin nhắn có thể đến sau một hai phút.
identity-forgotten-again = Không nhận được mã: làm lại

## Đăng ký

identity-register = Đăng ký tài khoản
identity-register-lead = Tài khoản dùng để nộp hồ sơ, theo dõi kết quả và giữ giấy tờ điện tử.
identity-register-needed = Cần có: số định danh cá nhân (12 số trên thẻ căn cước) và một số điện thoại hoặc thư điện tử đang dùng.
identity-register-time = Mất khoảng 5 phút. Không mất phí.
identity-register-young = Dưới { $age } tuổi chưa tự mở tài khoản: cha, mẹ hoặc người giám hộ làm thay từ tài khoản của mình.
identity-register-begin = Bắt đầu
identity-register-have = Đã có tài khoản: đăng nhập
identity-register-person = Họ tên và ngày sinh
identity-number = Số định danh cá nhân
identity-number-hint = 12 chữ số trên thẻ căn cước hoặc căn cước công dân, ví dụ 079 088 012 341
identity-number-missing = Chưa nhập số định danh cá nhân
identity-number-not-digits = Số định danh chỉ gồm chữ số. Bỏ chữ cái và ký hiệu đi.
identity-number-old-card = Đây là 9 số của chứng minh nhân dân cũ, không còn dùng. Nhập 12 số trên thẻ căn cước.
identity-number-length = Số định danh có 12 chữ số; số vừa nhập có { $digits }
identity-number-province = Ba số đầu “{ $code }” không phải mã của tỉnh, thành phố nào. Xem lại trên thẻ.
identity-number-century = Chữ số thứ tư “{ $digit }” chưa dùng cho ai sinh đến nay. Xem lại trên thẻ.
identity-name = Họ và tên
identity-name-hint = Đầy đủ, có dấu, như trên thẻ căn cước
identity-name-missing = Chưa nhập họ và tên
identity-name-short = Nhập đầy đủ họ và tên
identity-name-long = Họ và tên dài quá 120 ký tự
identity-name-signs = Họ và tên chỉ gồm chữ cái. Bỏ chữ số và ký hiệu đi.
identity-birth-date = Ngày sinh
identity-birth-date-hint = Ví dụ 31 3 1988
identity-birth-date-missing = Chưa nhập ngày sinh
identity-birth-date-to-come = Ngày sinh phải là ngày đã qua
identity-birth-date-long-ago = Năm sinh phải từ 1900 trở đi
identity-birth-date-other-year = Năm sinh không khớp với số định danh vừa nhập. Xem lại cả hai trên thẻ.
identity-birth-date-young = Dưới { $age } tuổi chưa tự mở tài khoản được. Cha, mẹ hoặc người giám hộ đăng nhập tài khoản của mình rồi chọn “Làm thay cho con hoặc người được giám hộ”.
identity-date-no-day = Chưa nhập ngày
identity-date-no-month = Chưa nhập tháng
identity-date-no-year = Chưa nhập năm
identity-date-no-such-day = Ngày này không có trong lịch. Nhập ngày, tháng và đủ bốn số của năm.
identity-contact = Nhận mã xác nhận qua đâu?
identity-contact-hint = Thông báo về hồ sơ cũng gửi đến đây. Có thể đổi sau.
identity-contact-short = Nơi nhận thông báo
identity-contact-phone = Tin nhắn điện thoại
identity-contact-email = Thư điện tử
identity-contact-missing = Chưa chọn tin nhắn hay thư điện tử
identity-contact-change = Đổi số điện thoại hoặc thư điện tử
identity-contact-change-lead = Một mã gồm 6 chữ số sẽ được gửi đến nơi mới. Nơi cũ cũng nhận được tin báo.
identity-phone = Số điện thoại
identity-phone-hint = Số di động ở Việt Nam, ví dụ 0912 345 678
identity-phone-missing = Chưa nhập số điện thoại
identity-phone-not-digits = Số điện thoại chỉ gồm chữ số. Bỏ chữ cái đi.
identity-phone-length = Số di động có 10 chữ số; số vừa nhập có { $digits }
identity-phone-prefix = Không có mạng di động nào dùng đầu số này. Xem lại số.
identity-phone-eleven-digits = Số 11 chữ số đã đổi từ năm 2018. Số mới là { $today }.
identity-phone-foreign = Chỉ gửi được tin nhắn đến số ở Việt Nam. Dùng thư điện tử thay cho số này.
identity-phone-land-line = Đây là số cố định, không nhận được tin nhắn. Nhập số di động hoặc dùng thư điện tử.
identity-email = Thư điện tử
identity-email-missing = Chưa nhập địa chỉ thư điện tử
identity-email-at = Địa chỉ thư có đúng một dấu @, ví dụ lan@example.vn
identity-email-letters = Địa chỉ thư không có dấu cách và chữ có dấu
identity-email-domain = Phần sau dấu @ phải là tên miền, ví dụ example.vn
identity-email-local = Phần trước dấu @ chưa đúng. Xem lại địa chỉ.
identity-email-long = Địa chỉ thư dài quá 254 ký tự
identity-send-code = Gửi mã
identity-code = Mã xác nhận
identity-code-hint = 6 chữ số
identity-code-enter = Nhập mã xác nhận
identity-code-sent = Mã đã được gửi đến { $contact } và dùng được trong 10 phút.
identity-code-again = Không nhận được: gửi lại hoặc đổi nơi nhận
identity-check = Kiểm tra lại
identity-check-lead = Xem lại trước khi mở tài khoản.
identity-check-privacy = Dữ liệu này chỉ dùng để nhận biết người nộp hồ sơ và gửi thông báo.
identity-check-privacy-link = Quyền riêng tư
identity-check-button = Mở tài khoản
identity-registered = Đã nhận đăng ký
identity-registered-lead = Một tin đã được gửi đến số điện thoại hoặc thư điện tử vừa xác nhận.
identity-registered-next = Việc tiếp theo
identity-registered-good = Đăng nhập bằng số định danh và mật khẩu vừa đặt.
identity-registered-bad = Nếu không đăng nhập được: lấy lại mật khẩu, vì có thể đã từng đăng ký; hoặc mang thẻ căn cước đến bộ phận Một cửa.

## Tài khoản

identity-account = Tài khoản
identity-account-acting = Đang làm thay cho { $principal }.
identity-account-acting-over = Việc làm thay cho { $principal } đã kết thúc. Chọn lại trước khi làm tiếp.
identity-account-acting-change = Đổi
identity-account-roles = Vai trò
identity-account-no-roles = Hiện không có vai trò nào.
identity-account-delegations = Nộp hồ sơ thay cho con, cho doanh nghiệp hoặc cho người đã ủy quyền.
identity-account-delegations-link = Đại diện và ủy quyền
identity-account-security = Bảo mật
identity-assurance = Mức độ xác thực
identity-assurance-declared = Theo thông tin tự khai
identity-assurance-checked = Đã đối chiếu giấy tờ
identity-prove = Nhập lại mật khẩu
identity-prove-lead = Việc sắp làm ảnh hưởng đến an toàn của tài khoản, nên cần xác nhận lần nữa.
identity-language = Ngôn ngữ
identity-language-hint = Dùng cho các trang và cho tin nhắn, thư gửi đi.
identity-language-save = Lưu
identity-sessions = Nơi đang đăng nhập
identity-sessions-lead = Nếu thấy nơi lạ: kết thúc nơi đó rồi đổi mật khẩu.
identity-sessions-browser = Trình duyệt
identity-sessions-unknown = Không rõ
identity-sessions-begun = Đăng nhập lúc
identity-sessions-last = Dùng lần cuối
identity-sessions-here = Đang dùng
identity-sessions-end = Kết thúc
identity-sessions-end-others = Kết thúc mọi nơi khác

## Ứng dụng tạo mã

identity-app = Ứng dụng tạo mã
identity-app-on = Đang dùng
identity-app-off = Chưa dùng
identity-app-lead = Khi đăng nhập sẽ hỏi thêm 6 chữ số từ ứng dụng, nên người khác có biết mật khẩu cũng không vào được.
identity-app-step-install = Cài một ứng dụng tạo mã trên điện thoại, ví dụ Google Authenticator, Microsoft Authenticator hoặc FreeOTP.
identity-app-step-scan = Trong ứng dụng, chọn thêm tài khoản và quét hình dưới đây.
identity-app-step-code = Nhập 6 chữ số ứng dụng đang hiện.
identity-app-qr = Hình chứa khóa để quét bằng ứng dụng tạo mã
identity-app-no-camera = Không quét được hình
identity-app-key = Nhập khóa này vào ứng dụng, chọn loại “theo thời gian”:
identity-app-open = Mở bằng ứng dụng trên máy này
identity-app-code = Mã từ ứng dụng
identity-app-code-hint = 6 chữ số
identity-app-button = Xác nhận
identity-app-remove = Bỏ ứng dụng tạo mã
identity-app-remove-lead = Sau khi bỏ, chỉ cần mật khẩu là đăng nhập được. Các mã dự phòng cũng hết dùng được.
identity-app-remove-button = Bỏ ứng dụng
identity-codes = Mã dự phòng
identity-codes-lead = In hoặc chép mười mã này ra giấy và cất nơi an toàn. Trang này chỉ hiện một lần.
identity-codes-use = Khi mất điện thoại, mỗi mã thay được cho ứng dụng một lần.
identity-codes-keep = Không gửi mã cho ai, kể cả cán bộ hỗ trợ.
identity-codes-kept = Đã cất, tiếp tục
identity-codes-left =
    { $count ->
        [0] Đã dùng hết, nên tạo mã mới
       *[other] Còn { $count } mã
    }
identity-codes-renew = Tạo mã dự phòng mới
identity-codes-renew-lead = Mười mã mới thay cho tất cả mã cũ.
identity-codes-renew-button = Tạo mã mới

## Đại diện, ủy quyền

identity-delegations = Đại diện và ủy quyền
identity-delegations-lead = Một người đăng nhập có thể làm thủ tục cho người khác. Mọi việc làm thay đều được ghi lại.
identity-delegations-held = Được làm thay cho
identity-delegations-none = Chưa làm thay cho ai.
identity-delegations-choose = Làm thay
identity-delegations-for-oneself = Trở lại làm cho chính mình
identity-delegations-end = Chấm dứt
identity-delegations-given = Đã ủy quyền cho người khác
identity-delegations-given-none = Chưa ủy quyền cho ai.
identity-delegations-waiting = Đang chờ người nhận nhập mã
identity-delegation-about = Thay cho { $principal }. { $scope }
identity-dates = từ { $from } đến { $to }
identity-dates-open = từ { $from }
identity-ground-parent = Cha, mẹ
identity-ground-guardian = Người giám hộ
identity-ground-representative = Người đại diện theo pháp luật
identity-ground-authorised = Người được ủy quyền
identity-scope-act = Nộp, bổ sung, rút hồ sơ, nộp phí và nhận kết quả
identity-scope-follow = Chỉ xem tình trạng hồ sơ
identity-proof-declared = Tự khai, cán bộ sẽ xem giấy tờ
identity-proof-checked = Đã xem giấy tờ
identity-proof-granted = Người ủy quyền đã giao
identity-declared-lead = Khai xong là dùng được để chuẩn bị và nộp hồ sơ. Cán bộ tiếp nhận sẽ xem giấy tờ chứng minh. Khai sai phải chịu trách nhiệm trước pháp luật.
identity-declare-button = Khai và lưu
identity-ward = Làm thay cho con hoặc người được giám hộ
identity-ward-lead = Dành cho cha, mẹ của con chưa đủ 18 tuổi và cho người giám hộ.
identity-ward-ground = Quan hệ
identity-ward-ground-missing = Chưa chọn quan hệ
identity-ward-parent = Cha hoặc mẹ
identity-ward-guardian = Người giám hộ
identity-ward-name = Họ và tên của con hoặc người được giám hộ
identity-ward-number = Số định danh cá nhân của con hoặc người được giám hộ
identity-ward-number-hint = 12 chữ số, ghi trên giấy khai sinh hoặc thẻ căn cước
identity-enterprise = Làm thay cho doanh nghiệp, hợp tác xã, hộ kinh doanh
identity-enterprise-lead = Dành cho người đại diện theo pháp luật, chủ hộ kinh doanh. Sau khi cán bộ xem giấy đăng ký, có thể ủy quyền tiếp cho nhân viên.
identity-enterprise-name = Tên doanh nghiệp, hợp tác xã, hộ kinh doanh
identity-enterprise-name-hint = Như trên giấy chứng nhận đăng ký
identity-enterprise-name-missing = Chưa nhập tên
identity-enterprise-name-long = Tên dài quá 250 ký tự
identity-tax-code = Mã số thuế
identity-tax-code-hint = 10 chữ số, hoặc 10 số và 3 số của đơn vị phụ thuộc; hộ kinh doanh dùng số định danh cá nhân
identity-tax-code-missing = Chưa nhập mã số
identity-tax-code-not-digits = Mã số chỉ gồm chữ số và dấu gạch nối của đơn vị phụ thuộc
identity-tax-code-length = Mã số thuế có 10 hoặc 13 chữ số, số định danh có 12; số vừa nhập có { $digits }
identity-tax-code-check-digit = Mã số thuế không đúng: chữ số thứ mười không khớp với chín số trước. Xem lại trên giấy chứng nhận đăng ký.
identity-tax-code-branch = Ba số cuối của đơn vị phụ thuộc phải từ 001 đến 999
identity-grant = Ủy quyền cho người khác
identity-grant-lead = Khi lưu sẽ hiện một mã. Trao mã đó cho người được ủy quyền; người đó đăng nhập tài khoản của mình và nhập mã.
identity-grant-for = Thay cho ai?
identity-grant-for-me = Cho chính mình
identity-grant-for-missing = Chưa chọn thay cho ai
identity-grant-scope = Được làm những gì?
identity-grant-scope-missing = Chưa chọn phạm vi
identity-grant-from = Từ ngày
identity-grant-to = Đến hết ngày
identity-grant-date-missing = Chưa nhập ngày
identity-grant-button = Lưu và lấy mã
identity-given = Mã nhận ủy quyền
identity-given-lead = Trao mã này cho đúng người được ủy quyền. Trang này chỉ hiện một lần.
identity-given-days =
    { $days ->
       *[other] Mã dùng được trong { $days } ngày. Khi người đó nhận, sẽ có tin báo; có thể chấm dứt bất cứ lúc nào.
    }
identity-given-done = Đã trao hoặc đã chép lại, tiếp tục
identity-take = Nhận ủy quyền bằng mã
identity-take-lead = Nhập mã do người ủy quyền trao.
identity-take-code = Mã nhận ủy quyền
identity-take-code-hint = 16 chữ và số, ví dụ K7QM-2X9P-4TRB-8WNE
identity-take-button = Nhận ủy quyền

## Đối chiếu tại quầy

identity-menu-identities = Đối chiếu giấy tờ
identity-counter = Đối chiếu giấy tờ
identity-counter-lead = Dùng khi người dân có mặt tại quầy với thẻ căn cước hoặc giấy tờ chứng minh việc đại diện.
identity-counter-number = Số định danh cá nhân hoặc mã số thuế
identity-counter-number-hint = Nhập từ thẻ hoặc giấy tờ đang cầm
identity-counter-find = Tìm
identity-counter-account = Tài khoản
identity-counter-since = Mở ngày
identity-counter-compare = So từng dòng với thẻ căn cước và với người đang có mặt.
identity-counter-checked = Tài khoản này đã được đối chiếu.
identity-counter-confirm = Khớp: xác nhận
identity-counter-close = Không phải tài khoản của người này: đóng
identity-counter-close-hint = Đóng tài khoản do người khác mở bằng số định danh này; chủ của số có thể đăng ký lại. Không mở lại được.
identity-counter-no-account = Số này chưa có tài khoản.
identity-counter-declared = Việc đại diện đã khai
identity-counter-no-declared = Không có việc đại diện nào đang chờ đối chiếu với số này.
identity-counter-holder = Người khai:
identity-counter-papers = Giấy tờ đã xem
identity-counter-papers-hint = Tên, số, ngày và nơi cấp, ví dụ Giấy khai sinh số 123/2019, UBND phường Bến Thành
identity-counter-papers-missing = Chưa ghi giấy tờ đã xem
identity-counter-confirm-delegation = Xác nhận việc đại diện

## Quản trị tài khoản

identity-menu-officers = Tài khoản cán bộ
identity-menu-audit = Nhật ký
identity-menu-jobs = Việc hỏng
identity-menu-outbox = Tin đã gửi
identity-officers = Tài khoản cán bộ
identity-officers-search = Tìm theo tên hoặc tên đăng nhập
identity-officers-find = Tìm
identity-officers-none = Chưa có tài khoản nào. Chọn “Tạo tài khoản cán bộ” để bắt đầu.
identity-officers-not-found = Không tìm thấy ai. Thử tên khác, không cần gõ dấu.
identity-username = Tên đăng nhập
identity-username-hint = Chữ không dấu, chữ số và . - _ @, ví dụ lan.nguyen
identity-username-missing = Chưa nhập tên đăng nhập
identity-username-length = Tên đăng nhập có từ 3 đến 64 ký tự
identity-username-letters = Tên đăng nhập chỉ gồm chữ không dấu, chữ số và . - _ @, có ít nhất một chữ cái
identity-officer-new = Tạo tài khoản cán bộ
identity-officer-new-lead = Khi tạo xong sẽ có một liên kết để cán bộ tự đặt mật khẩu.
identity-officer-new-button = Tạo tài khoản
identity-officer-unit = Đơn vị
identity-officer-unit-hint = Mã định danh điện tử của đơn vị; tra ở trang Đơn vị
identity-officer-unit-unknown = Không có đơn vị mang mã này trong phạm vi quản trị. Tra lại ở trang Đơn vị.
identity-officer-role = Vai trò
identity-officer-role-missing = Chưa chọn vai trò
identity-officer-from = Từ ngày
identity-officer-to = Đến hết ngày
identity-officer-to-hint = Bỏ trống nếu chưa biết ngày kết thúc
identity-officer-dates = Thời gian
identity-officer-state = Tình trạng
identity-officer-active = Đang hoạt động
identity-officer-disabled = Đang khóa
identity-officer-invited = Chưa đặt mật khẩu
identity-officer-without-app = Chưa cài ứng dụng mã
identity-officer-not-manageable = Chỉ xem được. Người này là chính mình, hoặc còn giữ vai trò ngoài phạm vi quản trị.
identity-officer-link = Tạo liên kết đặt mật khẩu mới
identity-officer-link-lead = Mật khẩu cũ hết dùng được ngay; cán bộ đặt mật khẩu mới bằng liên kết.
identity-officer-app = Gỡ ứng dụng tạo mã
identity-officer-app-lead = Cán bộ cài lại ứng dụng ở lần đăng nhập tới.
identity-officer-disable = Khóa tài khoản
identity-officer-disable-lead = Khóa tài khoản: đăng xuất ngay ở mọi nơi và không đăng nhập được nữa cho đến khi mở lại.
identity-officer-enable = Mở lại tài khoản
identity-officer-enable-lead = Không ai đăng nhập được bằng tài khoản này cho đến khi mở lại.
identity-officer-link-when = Quên mật khẩu
identity-officer-app-when = Mất điện thoại
identity-officer-disable-when = Nghỉ việc, chuyển công tác hoặc nghi bị lộ mật khẩu
identity-officer-unit-choose = Trong phạm vi quản trị
identity-link = Liên kết đặt mật khẩu
identity-link-lead = Trao liên kết này tận tay cán bộ. Trang này chỉ hiện một lần.
identity-link-hours =
    { $hours ->
       *[other] Dùng được một lần, trong { $hours } giờ. Ai có liên kết cũng đặt được mật khẩu, nên không gửi qua nhóm chung.
    }
identity-link-done = Đã trao, xem tài khoản
identity-role-give = Giao vai trò
identity-role-give-to = Giao vai trò cho { $name }
identity-role-end = Kết thúc vai trò
identity-bond-not-yet = Chưa bắt đầu
identity-bond-in-force = Đang giữ
identity-bond-over = Đã kết thúc
identity-bond-everywhere = Toàn hệ thống
identity-role-clerk = Cán bộ tiếp nhận một cửa
identity-role-specialist = Chuyên viên xử lý
identity-role-head = Trưởng phòng
identity-role-leader = Lãnh đạo
identity-role-fee-collector = Cán bộ thu phí
identity-role-result-desk = Cán bộ trả kết quả
identity-role-document-clerk = Văn thư (giữ con dấu của cơ quan)
identity-role-unit-administrator = Quản trị đơn vị
identity-role-auditor = Cán bộ kiểm tra, giám sát
identity-role-system-administrator = Quản trị hệ thống

## Câu báo sau khi làm xong

identity-notice-signed-out = Đã đăng xuất.
identity-notice-sign-in-again = Đã quá thời gian nhập mã. Đăng nhập lại từ đầu.
identity-notice-password-set = Đã đặt mật khẩu mới. Đăng nhập để tiếp tục.
identity-notice-password-changed = Đã đổi mật khẩu. Các nơi khác đã bị đăng xuất.
identity-notice-contact-changed = Đã đổi nơi nhận thông báo.
identity-notice-app-removed = Đã bỏ ứng dụng tạo mã.
identity-notice-language-saved = Đã lưu ngôn ngữ.
identity-notice-session-ended = Đã kết thúc nơi đó.
identity-notice-sessions-ended = Đã kết thúc mọi nơi khác.
identity-notice-register-again = Đã quá một giờ. Bắt đầu lại từ đầu.
identity-notice-acting = Từ bây giờ mọi việc là làm thay; tên hiện ở đầu trang.
identity-notice-acting-for-oneself = Đã trở lại làm cho chính mình.
identity-notice-delegation-ended = Đã chấm dứt.
identity-notice-declared = Đã lưu. Chọn “Làm thay” khi cần.
identity-notice-delegation-taken = Đã nhận ủy quyền.
identity-notice-confirmed = Đã xác nhận tài khoản.
identity-notice-closed = Đã đóng tài khoản.
identity-notice-delegation-confirmed = Đã xác nhận việc đại diện.
identity-notice-role-given = Đã giao vai trò. Có hiệu lực ngay trong thời gian đã chọn.
identity-notice-role-ended = Đã kết thúc vai trò. Có hiệu lực ngay.
identity-notice-app-reset = Đã gỡ ứng dụng tạo mã. Cán bộ cài lại ở lần đăng nhập tới.
identity-notice-disabled = Đã khóa tài khoản.
identity-notice-enabled = Đã mở lại tài khoản.

## Tin gửi đi

identity-message-subject = Tài khoản Liên Thông
identity-message-code-subject = Mã xác nhận
identity-message-code-registration = Liên Thông: { $code } là mã đăng ký tài khoản, dùng trong { $minutes } phút. Không đọc mã cho ai.
identity-message-code-forgotten-password = Liên Thông: { $code } là mã đặt lại mật khẩu, dùng trong { $minutes } phút. Không đọc mã cho ai.
identity-message-code-new-contact = Liên Thông: { $code } là mã đổi nơi nhận thông báo, dùng trong { $minutes } phút. Không đọc mã cho ai.
identity-message-registration = Liên Thông: đã nhận đăng ký lúc { $at }. Đăng nhập bằng số định danh và mật khẩu vừa đặt: { $address }/dang-nhap. Không vào được: lấy lại mật khẩu tại { $address }/quen-mat-khau hoặc mang thẻ căn cước đến bộ phận Một cửa.
identity-message-register-tried = Liên Thông: lúc { $at } có người đăng ký bằng số định danh của tài khoản này; không có gì thay đổi. Nếu là chính mình: đăng nhập hoặc lấy lại mật khẩu tại { $address }/quen-mat-khau
identity-message-password-changed = Liên Thông: mật khẩu đã đổi lúc { $at }. Nếu không phải mình làm: lấy lại mật khẩu ngay tại { $address }/quen-mat-khau
identity-message-contact-changed = Liên Thông: lúc { $at } nơi nhận thông báo của tài khoản đã đổi sang nơi khác. Nếu không phải mình làm: mang thẻ căn cước đến bộ phận Một cửa.
identity-message-app-added = Liên Thông: lúc { $at } tài khoản đã thêm ứng dụng tạo mã. Nếu không phải mình làm: đổi mật khẩu ngay tại { $address }/tai-khoan
identity-message-app-removed = Liên Thông: lúc { $at } tài khoản đã bỏ ứng dụng tạo mã. Nếu không phải mình làm: đổi mật khẩu ngay tại { $address }/tai-khoan
identity-message-recovery-used = Liên Thông: lúc { $at } một mã dự phòng đã được dùng để đăng nhập. Nếu không phải mình làm: đổi mật khẩu ngay tại { $address }/tai-khoan
identity-message-recovery-renewed = Liên Thông: lúc { $at } đã tạo mã dự phòng mới; mã cũ hết dùng được.
identity-message-role-changed = Liên Thông: vai trò công tác thay đổi lúc { $at }. Xem tại { $address }/tai-khoan
identity-message-link-given = Liên Thông: lúc { $at } quản trị đơn vị đã tạo liên kết đặt mật khẩu mới cho tài khoản này.
identity-message-confirmed = Liên Thông: lúc { $at } tài khoản đã được đối chiếu giấy tờ tại quầy.
identity-message-delegation-taken = Liên Thông: lúc { $at } người được ủy quyền đã nhập mã và nhận ủy quyền. Xem hoặc chấm dứt tại { $address }/tai-khoan/uy-quyen
identity-message-delegation-confirmed = Liên Thông: lúc { $at } việc đại diện đã khai được xác nhận tại quầy.
