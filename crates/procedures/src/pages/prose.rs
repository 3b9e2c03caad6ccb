//! Official texts as HTML: paragraphs and points as they stand there, nothing else.

use platform::web::{Markup, escape};

/// Lines that begin with a dash, a plus or a bullet become points; all others paragraphs.
pub fn prose(text: &str) -> Markup {
    let mut html = String::with_capacity(text.len() + 64);
    let mut in_list = false;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let point = point_of(line);
        match (point.is_some(), in_list) {
            (true, false) => html.push_str("<ul>"),
            (false, true) => html.push_str("</ul>"),
            _ => {}
        }
        in_list = point.is_some();
        let (open, close) = if in_list { ("<li>", "</li>") } else { ("<p>", "</p>") };
        html.push_str(open);
        html.push_str(&escape(point.unwrap_or(line)));
        html.push_str(close);
    }
    if in_list {
        html.push_str("</ul>");
    }
    Markup::trusted(html)
}

fn point_of(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(['-', '+', '•', '*', '–']);
    let is_point = rest.len() < line.len() && !rest.trim().is_empty();
    is_point.then(|| rest.trim_start())
}

/// A name in a list: the bullet that the source wrote before it is not part of it.
pub fn bare(text: &str) -> &str {
    point_of(text).unwrap_or(text)
}
