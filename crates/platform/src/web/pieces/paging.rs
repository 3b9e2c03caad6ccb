//! Long lists in pages of twenty, by key: a page stays the same page while rows come and go.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::web::View;
use crate::words::Word;

pub const PAGE_ROWS: usize = 20;

/// Stands under the list. The next page begins behind the key in `sau`, which the handler reads
/// with `view.query("sau")`.
#[derive(Template, Clone, Debug)]
#[template(path = "pieces/paging.html")]
pub struct Paging {
    label: String,
    count: Option<String>,
    first: Option<(String, String)>,
    next: Option<(String, String)>,
}

impl Paging {
    /// `total` of all pages; `next_key` names the last row of this page when more follow.
    pub fn new(view: &View, total: i64, next_key: Option<&str>) -> Paging {
        let count = view.with("web-list-count", &[("count", Word::from(total))]);
        Paging { count: Some(count), ..Paging::uncounted(view, next_key) }
    }

    /// For lists that nobody counted; nothing stands under one that fits on a page.
    pub fn onward(view: &View, next_key: Option<&str>) -> Option<Paging> {
        let paging = Paging::uncounted(view, next_key);
        (paging.first.is_some() || paging.next.is_some()).then_some(paging)
    }

    fn uncounted(view: &View, next_key: Option<&str>) -> Paging {
        let later = view.query("sau").is_some();
        Paging {
            label: view.t("web-pages"),
            count: None,
            first: later.then(|| (view.here_with(&[("sau", "")]), view.t("web-pages-first"))),
            next: next_key.map(|key| (view.here_with(&[("sau", key)]), view.t("web-pages-next"))),
        }
    }
}

/// The head of a column by which the list can be sorted: `xep=NAME`, and `xep=-NAME` downwards.
#[derive(Template, Clone, Debug)]
#[template(
    ext = "html",
    source = "<th scope=\"col\"{% if let Some(sorted) = sorted %} aria-sort=\"{{ sorted }}\"\
        {% endif %}><a href=\"{{ path }}\">{{ label }}</a></th>"
)]
pub struct SortLink {
    label: String,
    path: String,
    sorted: Option<&'static str>,
}

impl SortLink {
    pub fn new(view: &View, name: &str, label: impl Into<String>) -> SortLink {
        let down = format!("-{name}");
        let sorted = match view.query("xep") {
            Some(by) if by == name => Some("ascending"),
            Some(by) if by == down => Some("descending"),
            _ => None,
        };
        let next = if sorted == Some("ascending") { down.as_str() } else { name };
        let path = view.here_with(&[("xep", next), ("sau", "")]);
        SortLink { label: label.into(), path, sorted }
    }
}

impl HtmlSafe for Paging {}
impl HtmlSafe for SortLink {}
