//! A captured page taken apart by its headings. The page has no separators: heading and text
//! run together, and a heading's words may also stand inside a text. So each heading is looked
//! for in its order, with what must follow it.

/// The parts of a captured page, as they stand there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    pub name: String,
    pub code: String,
    pub decision: String,
    pub levels: String,
    pub mandate: String,
    pub field: String,
    pub subjects: String,
    pub authority: String,
    pub receiving: String,
    pub authorised: String,
    pub coordinating: String,
    pub related: String,
    pub steps: String,
    pub channels: String,
    pub components: String,
    pub legal_bases: String,
    pub executing: String,
    pub requirements: String,
    pub results: String,
    pub keywords: String,
    pub description: String,
}

pub const CHANNELS_HEAD: &str = "Hình thức nộpThời gianPhí, lệ phíMô tả";
pub const COMPONENTS_HEAD: &str = "Tên giấy tờMẫu đơn, tờ khaiSố lượng";
pub const LEGAL_HEAD: &str = "Tên văn bản pháp lýMã văn bản";
const NOTHING: &str = "Không có thông tin";
const COMPONENTS: &str = "Thành phần hồ sơ";

/// Takes the text apart, or says which heading is missing.
pub fn split(text: &str) -> Result<Page, &'static str> {
    let mut page = Page::default();
    let rest = head(text, &mut page)?;
    let rest = middle(rest, &mut page)?;
    tail(rest, &mut page)?;
    Ok(page)
}

/// From the name to the related procedures: short values under unmistakable headings.
fn head<'a>(text: &'a str, page: &mut Page) -> Result<&'a str, &'static str> {
    let (before, rest) = cut_where(text, "Mã thủ tục", |after| {
        after.starts_with(|first: char| first.is_ascii_digit())
    })?;
    // The name stands twice: as the title, and under its heading.
    page.name = before
        .rsplit_once("Tên thủ tục")
        .map_or(before, |(title, name)| if name.trim().is_empty() { title } else { name })
        .to_owned();
    let mut rest = rest;
    let mut take = |heading| -> Result<String, &'static str> {
        let (value, after) = cut(rest, heading)?;
        rest = after;
        Ok(value.to_owned())
    };
    page.code = take("Số quyết định")?;
    page.decision = take("Cấp thực hiện")?;
    page.levels = take("Loại thủ tục")?;
    page.mandate = take("Lĩnh vực")?;
    page.field = take("Đối tượng thực hiện")?;
    page.subjects = take("Cơ quan có thẩm quyền")?;
    page.authority = take("Địa chỉ tiếp nhận HS")?;
    page.receiving = take("Cơ quan được ủy quyền")?;
    page.authorised = take("Cơ quan phối hợp")?;
    page.coordinating = take("Thủ tục hành chính liên quan")?;
    page.related = take("Trình Tự Thực Hiện")?;
    Ok(rest)
}

/// Steps, channels and components.
fn middle<'a>(text: &'a str, page: &mut Page) -> Result<&'a str, &'static str> {
    let (steps, rest) =
        cut_where(text, "Cách Thức Thực Hiện", |after| after.starts_with(CHANNELS_HEAD))?;
    page.steps = steps.to_owned();
    let (both, rest) = cut_where(rest, "Căn cứ pháp lý", |after| {
        after.starts_with(LEGAL_HEAD) || after.starts_with(NOTHING)
    })?;
    let (channels, components) = part_components(both).ok_or(COMPONENTS)?;
    page.channels = channels.to_owned();
    page.components = components.to_owned();
    Ok(rest)
}

/// The heading of the components may also stand in the words about a channel. It is the one that
/// no space or bracket joins to a sentence; the tables before it are those of the channels.
fn part_components(text: &str) -> Option<(&str, &str)> {
    let table = text.find(COMPONENTS_HEAD).unwrap_or(text.len());
    let places = text.match_indices(COMPONENTS).map(|(at, _)| at).filter(|at| *at < table);
    let stands_alone = |at: &usize| {
        let before = text[..*at].chars().next_back();
        let after = text[*at + COMPONENTS.len()..].chars().next();
        !before.is_some_and(|letter| letter.is_whitespace() || "(\"“,".contains(letter))
            && !after.is_some_and(|letter| letter.is_whitespace() || ").;,:".contains(letter))
    };
    let places: Vec<usize> = places.collect();
    let at = *places.iter().find(|at| stands_alone(at)).or(places.first())?;
    Some((&text[..at], &text[at + COMPONENTS.len()..]))
}

/// From the legal bases to the end.
fn tail(text: &str, page: &mut Page) -> Result<(), &'static str> {
    const EXECUTING: &str = "Cơ quan thực hiện";
    const REQUIREMENTS: &str = "Yêu cầu, điều kiện thực hiện";
    const RESULTS: &str = "Kết quả xử lý";
    let (legal, rest) = cut_where(text, EXECUTING, |after| {
        let ahead = after.find(REQUIREMENTS);
        let first = after.trim_start().chars().next();
        ahead.is_some() && first.is_some_and(char::is_uppercase)
    })?;
    page.legal_bases = legal.trim_start_matches(LEGAL_HEAD).to_owned();
    let (executing, rest) = cut(rest, REQUIREMENTS)?;
    page.executing = executing.to_owned();
    // The results come last: whatever looks like their heading before is text. Pages cut short
    // have none at all.
    let close = rest.rfind("Từ khóa").unwrap_or(rest.len());
    let Some(at) = rest[..close].rfind(RESULTS) else {
        page.requirements = rest.to_owned();
        return Ok(());
    };
    page.requirements = rest[..at].to_owned();
    page.results = rest[at + RESULTS.len()..close].to_owned();
    let words = rest[close..].strip_prefix("Từ khóa").unwrap_or("");
    let (keywords, after) = words.split_once("Mô tả").unwrap_or((words, ""));
    page.keywords = keywords.to_owned();
    // What follows the description belongs to the page, not to the procedure.
    page.description = after.split("Chọn cơ quan thực hiện").next().unwrap_or("").to_owned();
    Ok(())
}

fn cut<'a>(text: &'a str, heading: &'static str) -> Result<(&'a str, &'a str), &'static str> {
    text.split_once(heading).ok_or(heading)
}

/// At the first place of the heading where what follows fits.
fn cut_where<'a>(
    text: &'a str,
    heading: &'static str,
    fits: impl Fn(&str) -> bool,
) -> Result<(&'a str, &'a str), &'static str> {
    text.match_indices(heading)
        .map(|(at, _)| (&text[..at], &text[at + heading.len()..]))
        .find(|(_, after)| fits(after))
        .ok_or(heading)
}
