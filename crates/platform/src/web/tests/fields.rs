//! Questions as accessible HTML.

use super::house;
use crate::web::form::{Choice, DateParts, Errors, Field, Kind, Width};
use crate::words::{Locale, Speech};

async fn speech() -> Speech {
    house().await.ctx.words.speak(Locale::Vi)
}

fn wrong(name: &str, message: &str) -> Errors {
    let mut errors = Errors::new();
    errors.add(name, message.to_owned());
    errors
}

#[tokio::test]
async fn label_hint_and_mistake_are_tied_to_the_input() {
    let field = Field::new(&speech().await, Kind::Digits, "so", "Số định danh")
        .hint("12 chữ số")
        .value("\"><script>")
        .errors(&wrong("so", "Phải có 12 chữ số"));
    insta::assert_snapshot!(field, @r##"
    <div class="field wrong">
    <label class="label" for="f-so">Số định danh</label>
    <p class="hint" id="f-so-hint">12 chữ số</p>
    <p class="mistake" id="f-so-error"><span class="aside">Lỗi:</span> Phải có 12 chữ số</p>
    <div class="input">
    <input class="w-20" type="text" id="f-so" name="so" value="&#34;&#62;&#60;script&#62;" inputmode="numeric" spellcheck="false" aria-describedby="f-so-hint f-so-error" aria-invalid="true">
    </div>
    </div>
    "##);
}

#[tokio::test]
async fn a_date_is_a_group_of_three_and_its_first_field_has_the_name() {
    let speech = speech().await;
    let date = DateParts { day: "31".to_owned(), month: "2".to_owned(), year: "1990".to_owned() };
    let field = Field::new(&speech, Kind::Date, "sinh", "Ngày sinh")
        .date(date)
        .autocomplete("bday")
        .heading();
    insta::assert_snapshot!(field, @r##"
    <div class="field">
    <fieldset>
    <legend class="as-heading"><h1>Ngày sinh</h1></legend>
    <div class="date">
    <div><label for="f-sinh">Ngày</label>
    <input class="w-2" id="f-sinh" name="sinh-day" type="text" inputmode="numeric" value="31" autocomplete="bday-day"></div>
    <div><label for="f-sinh-month">Tháng</label>
    <input class="w-2" id="f-sinh-month" name="sinh-month" type="text" inputmode="numeric" value="2" autocomplete="bday-month"></div>
    <div><label for="f-sinh-year">Năm</label>
    <input class="w-4" id="f-sinh-year" name="sinh-year" type="text" inputmode="numeric" value="1990" autocomplete="bday-year"></div>
    </div>
    </fieldset>
    </div>
    "##);
}

#[tokio::test]
async fn a_choice_may_ask_further() {
    let speech = speech().await;
    let further = Field::new(&speech, Kind::Lines(2), "dia-chi", "Địa chỉ").value("12 Lê Lợi");
    let choices = vec![
        Choice::new("mang", "Qua mạng").hint("Nhận ngay"),
        Choice::new("thu", "Qua bưu điện").then(&further),
    ];
    let field = Field::new(&speech, Kind::Radios(choices), "cach", "Cách nhận").value("thu");
    insta::assert_snapshot!(field, @r##"
    <div class="field">
    <fieldset>
    <legend class="label">Cách nhận</legend>
    <div class="choices">
    <div class="choice"><input type="radio" id="f-cach" name="cach" value="mang" aria-describedby="f-cach-hint"><label for="f-cach">Qua mạng</label><p class="hint" id="f-cach-hint">Nhận ngay</p></div>
    <div class="choice"><input type="radio" id="f-cach-1" name="cach" value="thu" checked><label for="f-cach-1">Qua bưu điện</label></div>
    <div class="then"><div class="field">
    <label class="label" for="f-dia-chi">Địa chỉ</label>
    <textarea class="w-full" id="f-dia-chi" name="dia-chi" rows="2">
    12 Lê Lợi</textarea>
    </div></div>
    </div>
    </fieldset>
    </div>
    "##);
}

#[tokio::test]
async fn what_may_be_left_out_says_so() {
    let speech = speech().await;
    let field = Field::new(&speech, Kind::Email, "thu", "Thư điện tử")
        .optional(&speech)
        .width(Width::Twenty);
    insta::assert_snapshot!(field, @r##"
    <div class="field">
    <label class="label" for="f-thu">Thư điện tử <span class="optional">(không bắt buộc)</span></label>
    <div class="input">
    <input class="w-20" type="email" id="f-thu" name="thu" value="" autocomplete="email" spellcheck="false">
    </div>
    </div>
    "##);
}

#[tokio::test]
async fn several_answers_stay_checked() {
    let choices = vec![Choice::new("a", "Một"), Choice::new("b", "Hai"), Choice::new("c", "Ba")];
    let field =
        Field::new(&speech().await, Kind::Checkboxes(choices), "chon", "Chọn").values(&["a", "c"]);
    let html = field.to_string();
    assert_eq!(html.matches(" checked").count(), 2, "{html}");
    assert!(html.contains("id=\"f-chon\" name=\"chon\" value=\"a\" checked"), "{html}");
    assert!(html.contains("id=\"f-chon-2\" name=\"chon\" value=\"c\" checked"), "{html}");
}

#[tokio::test]
async fn a_mistake_of_no_field_is_told_without_a_link() {
    let speech = speech().await;
    let mut errors = wrong("", "Mật khẩu hoặc tên đăng nhập không đúng");
    errors.add("so", "Phải có <12> chữ số".to_owned());
    insta::assert_snapshot!(errors.summary(&speech), @r##"
    <div class="error-summary" id="errors" role="alert" tabindex="-1" autofocus>
    <h2>Cần sửa lại</h2>
    <ul>
    <li>Mật khẩu hoặc tên đăng nhập không đúng</li>
    <li><a href="#f-so">Phải có &#60;12&#62; chữ số</a></li>
    </ul>
    </div>
    "##);
    assert!(Errors::new().summary(&speech).is_empty());
}
