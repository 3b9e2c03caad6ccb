//! Vietnamese as it was written before Unicode: TCVN 5712:1993 (TCVN3), letters in the places of
//! Latin ones, told apart by nothing but the name of the font.

/// `.VnTime`, and `ABCDEF+.VnArial` where a file holds a part of the font.
pub fn is_font(name: &str) -> bool {
    name.rsplit('+').next().unwrap_or_default().starts_with(".Vn")
}

const TCVN: &str =
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u{ad}õøö÷ùúýûüþ¡¢§£¤¥¦";
const MEANT: &str = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ";

/// What letters of such a font mean.
pub fn read(text: &str) -> String {
    let meant = |letter: char| {
        let place = TCVN.chars().position(|known| known == letter);
        place.and_then(|place| MEANT.chars().nth(place)).unwrap_or(letter)
    };
    text.chars().map(meant).collect()
}
