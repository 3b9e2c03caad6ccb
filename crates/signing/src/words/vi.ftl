## Ký số: trình ký và ký duyệt

signing-menu = Ký số
signing-queue = Văn bản chờ ký số
