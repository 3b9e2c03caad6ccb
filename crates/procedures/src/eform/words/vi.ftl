### Lời chung của mọi biểu mẫu điện tử. Lời riêng của từng biểu mẫu nằm trong chính biểu mẫu đó.

procedures-answer-yes = Có
procedures-answer-no = Không
procedures-answer-none = Không khai
procedures-answer-no-items = Không có
procedures-answer-choose = Chọn
procedures-answer-choose-all = Chọn tất cả mục phù hợp.
procedures-answer-choose-some = Chọn nhiều nhất { $count } mục.
procedures-answer-alone-hint = Nếu chọn mục này thì bỏ trống các mục khác.
procedures-answer-month = tháng { $month }/{ $year }
procedures-answer-in-year = năm { $year }

procedures-answer-address-province = { $name }: tỉnh, thành phố
procedures-answer-address-commune = Xã, phường, đặc khu
procedures-answer-address-commune-hint = Danh sách theo tỉnh, thành phố đã chọn. Đổi tỉnh thì bấm “Tiếp tục” để tải lại danh sách.
procedures-answer-address-commune-later = Chọn tỉnh, thành phố rồi bấm “Tiếp tục”, danh sách xã sẽ hiện ra ở đây.
procedures-answer-address-street = Số nhà, đường hoặc thôn, tổ dân phố

procedures-answer-file-rule = Nhận tệp { $kinds }; mỗi tệp không quá { $megabytes } MB{ $count ->
    [1] .
   *[other] , nhiều nhất { $count } tệp.
}

procedures-answer-required = Nhập { $name }
procedures-answer-required-choice = Chọn { $name }
procedures-answer-required-date = Nhập { $name } có đủ ngày, tháng, năm
procedures-answer-required-file = Tải lên { $name }
procedures-answer-required-choices = Chọn ít nhất một mục: { $name }
procedures-answer-required-tick = Đánh dấu vào ô { $name } để tiếp tục

procedures-answer-date-incomplete = { $part ->
    [day] Nhập đủ { $name }: còn thiếu ngày
    [month] Nhập đủ { $name }: còn thiếu tháng
   *[year] Nhập đủ { $name }: còn thiếu năm
}
procedures-answer-date-unreal = Nhập { $name } là một ngày có thật, ví dụ 27 3 2025
procedures-answer-year = Nhập { $name } với năm gồm bốn chữ số, ví dụ 1985
procedures-answer-province = Chọn tỉnh, thành phố của { $name }
procedures-answer-commune = Chọn xã, phường, đặc khu của { $name }
procedures-answer-place = Chọn lại xã, phường, đặc khu của { $name } trong danh sách của tỉnh, thành phố đã chọn

procedures-answer-number = Nhập { $name } bằng chữ số, ví dụ 1.500.000
procedures-answer-whole = Nhập { $name } là số nguyên, không có phần lẻ
procedures-answer-short = Nhập { $name } dài từ { $count } ký tự trở lên
procedures-answer-long = Rút ngắn { $name } còn nhiều nhất { $count } ký tự
procedures-answer-small = Nhập { $name } từ { $limit } trở lên
procedures-answer-large = Nhập { $name } không quá { $limit }
procedures-answer-pattern = Nhập lại { $name } theo đúng mẫu hướng dẫn
procedures-answer-choice = Chọn { $name } trong danh sách
procedures-answer-choices-min = Chọn ít nhất { $count } mục: { $name }
procedures-answer-choices-max = Chọn nhiều nhất { $count } mục: { $name }
procedures-answer-choices-alone = Chỉ chọn “{ $choice }” hoặc chỉ chọn các mục khác: { $name }

procedures-answer-email = Nhập { $name } theo mẫu ten@example.vn
procedures-answer-phone = Nhập { $name } gồm 10 chữ số, bắt đầu bằng số 0, ví dụ 0912 345 678
procedures-answer-personal-number = Nhập { $name } gồm đủ 12 chữ số, như trên thẻ căn cước
procedures-answer-tax-code = Nhập { $name } gồm 10 chữ số, hoặc 13 chữ số nếu là đơn vị phụ thuộc; cá nhân dùng số định danh 12 chữ số
procedures-answer-person-name = Nhập { $name } chỉ gồm chữ cái, như trong giấy tờ

procedures-answer-file-media = Chọn tệp khác: “{ $file }” không thuộc loại được nhận
procedures-answer-file-size = Chọn tệp nhỏ hơn { $megabytes } MB thay cho “{ $file }”
procedures-answer-files-max = Bớt tệp, chỉ giữ nhiều nhất { $count } tệp
procedures-answer-items-min = Khai ít nhất { $count } { $name }
procedures-answer-items-max = Khai nhiều nhất { $count } { $name }
procedures-answer-items-more = Chọn có hoặc không khai thêm { $name }
