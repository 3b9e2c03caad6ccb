//! The templates the press knows, by the name a request uses.
//!
//! Law: NĐ 30/2020/NĐ-CP Phụ lục I

pub const FRAME: &str = include_str!("../templates/frame.typ");

const TEMPLATES: &[(&str, &str)] = &[];

pub fn template(name: &str) -> Option<&'static str> {
    TEMPLATES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
