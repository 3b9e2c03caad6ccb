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
