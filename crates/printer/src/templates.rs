//! The templates the press knows, by the name a request uses.
//!
//! Law: NĐ 30/2020/NĐ-CP app. I, app. IV
//! Law: TT 03/2025/TT-VPCP app. I

pub const FRAME: &str = include_str!("../templates/frame.typ");

const TEMPLATES: &[(&str, &str)] = &[
    ("slip01", include_str!("../templates/slip01.typ")),
    ("slip02", include_str!("../templates/slip02.typ")),
    ("slip03", include_str!("../templates/slip03.typ")),
    ("slip04", include_str!("../templates/slip04.typ")),
    ("slip05", include_str!("../templates/slip05.typ")),
    ("slip06", include_str!("../templates/slip06.typ")),
    ("slip07", include_str!("../templates/slip07.typ")),
    ("request", include_str!("../templates/request.typ")),
    ("result", include_str!("../templates/result.typ")),
    ("certificate-request", include_str!("../templates/certificate-request.typ")),
    ("verdict", include_str!("../templates/verdict.typ")),
    ("document", include_str!("../templates/document.typ")),
    ("register-out", include_str!("../templates/register-out.typ")),
    ("register-in", include_str!("../templates/register-in.typ")),
    ("follow-up", include_str!("../templates/follow-up.typ")),
    ("handling-slip", include_str!("../templates/handling-slip.typ")),
    ("office-list", include_str!("../templates/office-list.typ")),
];

pub fn template(name: &str) -> Option<&'static str> {
    TEMPLATES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
pub const NAMES: [&str; 17] = [
    "slip01",
    "slip02",
    "slip03",
    "slip04",
    "slip05",
    "slip06",
    "slip07",
    "request",
    "result",
    "certificate-request",
    "verdict",
    "document",
    "register-out",
    "register-in",
    "follow-up",
    "handling-slip",
    "office-list",
];
