//! The personal identification number (số định danh cá nhân): twelve digits given once for life.
//! Three name the place where the birth was registered, one the century and the sex, two the year,
//! six are chance. Codes of the 63 provinces before 01/07/2025 stay valid in numbers given then.
//!
//! Law: Luật Căn cước 26/2023/QH15 art. 12
//! Law: NĐ 137/2015/NĐ-CP art. 13
//! Law: TT 59/2021/TT-BCA art. 4

use std::fmt;

use jiff::civil::Date;

/// Twelve digits of the right shape. Whether the register knows them is another question.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonalNumber(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    Male,
    Female,
}

/// Where the birth was registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BirthPlace {
    Province(&'static str),
    /// Codes from 100 on are countries.
    Abroad(u16),
}

/// What is wrong, precisely enough for a sentence that helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PersonalNumberFault {
    #[error("nothing was written")]
    Missing,
    #[error("holds something that is not a digit")]
    NotDigits,
    /// The old identity card (chứng minh nhân dân), no longer valid since 01/01/2025.
    #[error("nine digits are the number of an old identity card")]
    OldCard,
    #[error("{digits} digits instead of twelve")]
    Length { digits: usize },
    #[error("no province has the code {code:03}")]
    Province { code: u16 },
    #[error("the fourth digit {digit} would be a century that has not begun")]
    Century { digit: u8 },
}

impl PersonalNumber {
    /// Reads what people type: spaces, points and hyphens between the groups do no harm.
    pub fn parse(text: &str) -> Result<PersonalNumber, PersonalNumberFault> {
        let digits: String = text.chars().filter(|c| !is_separator(*c)).collect();
        if digits.is_empty() {
            return Err(PersonalNumberFault::Missing);
        }
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PersonalNumberFault::NotDigits);
        }
        match digits.len() {
            12 => {}
            9 => return Err(PersonalNumberFault::OldCard),
            other => return Err(PersonalNumberFault::Length { digits: other }),
        }
        let number = PersonalNumber(digits);
        let code = number.place_code();
        if code < FIRST_COUNTRY && province(code).is_none() {
            return Err(PersonalNumberFault::Province { code });
        }
        if number.digit(3) > LAST_CENTURY_DIGIT {
            return Err(PersonalNumberFault::Century { digit: number.digit(3) });
        }
        Ok(number)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn birth_place(&self) -> BirthPlace {
        let code = self.place_code();
        province(code).map_or(BirthPlace::Abroad(code), BirthPlace::Province)
    }

    pub fn birth_year(&self) -> i16 {
        let century = 1900 + 100 * i16::from(self.digit(3) / 2);
        century + 10 * i16::from(self.digit(4)) + i16::from(self.digit(5))
    }

    pub fn sex(&self) -> Sex {
        if self.digit(3).is_multiple_of(2) { Sex::Male } else { Sex::Female }
    }

    /// A person born on this day can have this number.
    pub fn fits(&self, birth_date: Date) -> bool {
        birth_date.year() == self.birth_year()
    }

    /// For lists and logs: `079********1`.
    pub fn masked(&self) -> String {
        format!("{}********{}", &self.0[..3], &self.0[11..])
    }

    /// For a page on which the person reads it aloud: `079 088 012 341`.
    pub fn grouped(&self) -> String {
        [&self.0[..3], &self.0[3..6], &self.0[6..9], &self.0[9..]].join(" ")
    }

    fn digit(&self, at: usize) -> u8 {
        self.0.as_bytes()[at] - b'0'
    }

    fn place_code(&self) -> u16 {
        (0..3).fold(0, |code, at| code * 10 + u16::from(self.digit(at)))
    }
}

/// Never the digits: this is what a log or a panic would print.
impl fmt::Debug for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonalNumber({})", self.masked())
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | '-' | '\u{200b}' | '\u{feff}' | '\u{2060}')
}

fn province(code: u16) -> Option<&'static str> {
    PROVINCES.binary_search_by_key(&code, |(code, _)| *code).ok().map(|at| PROVINCES[at].1)
}

const FIRST_COUNTRY: u16 = 100;
/// 0 and 1 are men and women born 1900–1999, 2 and 3 those born 2000–2099.
const LAST_CENTURY_DIGIT: u8 = 3;

/// The provinces and cities in which births were registered until 30/06/2025.
/// The 34 of today kept codes from this list.
const PROVINCES: [(u16, &str); 63] = [
    (1, "Hà Nội"),
    (2, "Hà Giang"),
    (4, "Cao Bằng"),
    (6, "Bắc Kạn"),
    (8, "Tuyên Quang"),
    (10, "Lào Cai"),
    (11, "Điện Biên"),
    (12, "Lai Châu"),
    (14, "Sơn La"),
    (15, "Yên Bái"),
    (17, "Hòa Bình"),
    (19, "Thái Nguyên"),
    (20, "Lạng Sơn"),
    (22, "Quảng Ninh"),
    (24, "Bắc Giang"),
    (25, "Phú Thọ"),
    (26, "Vĩnh Phúc"),
    (27, "Bắc Ninh"),
    (30, "Hải Dương"),
    (31, "Hải Phòng"),
    (33, "Hưng Yên"),
    (34, "Thái Bình"),
    (35, "Hà Nam"),
    (36, "Nam Định"),
    (37, "Ninh Bình"),
    (38, "Thanh Hóa"),
    (40, "Nghệ An"),
    (42, "Hà Tĩnh"),
    (44, "Quảng Bình"),
    (45, "Quảng Trị"),
    (46, "Thừa Thiên Huế"),
    (48, "Đà Nẵng"),
    (49, "Quảng Nam"),
    (51, "Quảng Ngãi"),
    (52, "Bình Định"),
    (54, "Phú Yên"),
    (56, "Khánh Hòa"),
    (58, "Ninh Thuận"),
    (60, "Bình Thuận"),
    (62, "Kon Tum"),
    (64, "Gia Lai"),
    (66, "Đắk Lắk"),
    (67, "Đắk Nông"),
    (68, "Lâm Đồng"),
    (70, "Bình Phước"),
    (72, "Tây Ninh"),
    (74, "Bình Dương"),
    (75, "Đồng Nai"),
    (77, "Bà Rịa - Vũng Tàu"),
    (79, "Thành phố Hồ Chí Minh"),
    (80, "Long An"),
    (82, "Tiền Giang"),
    (83, "Bến Tre"),
    (84, "Trà Vinh"),
    (86, "Vĩnh Long"),
    (87, "Đồng Tháp"),
    (89, "An Giang"),
    (91, "Kiên Giang"),
    (92, "Cần Thơ"),
    (93, "Hậu Giang"),
    (94, "Sóc Trăng"),
    (95, "Bạc Liêu"),
    (96, "Cà Mau"),
];
