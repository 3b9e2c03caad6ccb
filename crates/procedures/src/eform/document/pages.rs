//! Sections and pages: the order in which a form asks, and under which conditions.

use serde_json::Value;

use super::reader::{Place, Reader};
use crate::eform::definition::{Calculated, Page, Section};
use crate::eform::expression::Names;
use crate::eform::fault::DefinitionFaultKind as Fault;
use crate::eform::field::{Field, Group, Kind};

/// What is known of a form while its rules are read.
pub struct Form<'a> {
    pub fields: &'a [Field],
    pub groups: &'a [Group],
    pub sections: &'a [Section],
}

impl Form<'_> {
    /// The field of a name as rules write it: `child_name`, `members.capital`, `home.province`.
    pub fn field(&self, name: &str) -> Option<usize> {
        let exact = self.fields.iter().position(|field| field.full_name(self.groups) == name);
        exact.or_else(|| {
            let (address, _) = name.rsplit_once('.')?;
            self.fields.iter().position(|field| field.full_name(self.groups) == address)
        })
    }

    pub fn group(&self, name: &str) -> Option<usize> {
        self.groups.iter().position(|group| group.name == name)
    }

    pub fn section(&self, id: &str) -> Option<usize> {
        self.sections.iter().position(|section| section.id == id)
    }
}

pub fn read_sections(reader: &mut Reader, document: &Place<'_>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for (at, value) in reader.list(document, "sections") {
        let Some(place) = reader.object(&at, value, &["id", "after"]) else { continue };
        let Some(id) = reader.text(&place, "id") else { continue };
        reader.name(&place.under("id"), &id, "-");
        if sections.iter().any(|section| section.id == id) {
            reader.note(&at, Fault::Twice(id.clone()));
        }
        let mut after = Vec::new();
        for waited in reader.texts(&place, "after") {
            match sections.iter().position(|section| section.id == waited) {
                Some(earlier) => after.push(earlier),
                None => reader.note(place.under("after"), Fault::WaitsForLater),
            }
        }
        sections.push(Section { id, after });
    }
    if sections.is_empty() {
        reader.note("sections", Fault::WrongShape("a list of sections"));
    }
    sections
}

pub fn read(
    reader: &mut Reader,
    document: &Place<'_>,
    form: &Form<'_>,
    names: &Names,
) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for (at, value) in reader.list(document, "pages") {
        let Some(page) = read_page(reader, &at, value, form, names) else { continue };
        if pages.iter().any(|earlier| earlier.id == page.id) {
            reader.note(&at, Fault::Twice(page.id.clone()));
        }
        pages.push(page);
    }
    if pages.is_empty() {
        reader.note("pages", Fault::WrongShape("a list of pages"));
    }
    pages
}

fn read_page(
    reader: &mut Reader,
    at: &str,
    value: &Value,
    form: &Form<'_>,
    names: &Names,
) -> Option<Page> {
    let keys = ["id", "section", "fields", "group", "show_if", "stop"];
    let place = reader.object(at, value, &keys)?;
    let id = reader.text(&place, "id")?;
    reader.name(&place.under("id"), &id, "-");
    // A step that begins with this word is not a page.
    if id == "check" {
        reader.note(place.under("id"), Fault::Twice(id.clone()));
    }
    let section_id = reader.text(&place, "section")?;
    let section = form.section(&section_id);
    if section.is_none() {
        reader.note(place.under("section"), Fault::UnknownSection(section_id));
    }
    let group_name = reader.text_if_any(&place, "group");
    let group = group_name.as_ref().and_then(|name| form.group(name));
    if let (Some(name), None) = (&group_name, group) {
        reader.note(place.under("group"), Fault::UnknownGroup(name.clone()));
    }
    let show_if = reader.text_if_any(&place, "show_if");
    let at_condition = place.under("show_if");
    let page = Page {
        fields: read_page_fields(reader, &place, form, group),
        show_if: show_if.and_then(|text| reader.condition(&at_condition, &text, names)),
        stop: reader.truth(&place, "stop"),
        section: section?,
        group,
        id,
    };
    match (page.stop, page.fields.is_empty()) {
        (true, false) => reader.note(at, Fault::StopWithQuestion),
        (false, true) => reader.note(at, Fault::NoQuestion),
        _ => {}
    }
    Some(page)
}

/// On the page of a group its fields go by their short names.
fn read_page_fields(
    reader: &mut Reader,
    place: &Place<'_>,
    form: &Form<'_>,
    group: Option<usize>,
) -> Vec<usize> {
    let mut fields = Vec::new();
    for name in reader.texts(place, "fields") {
        let found = form.fields.iter().position(|field| field.name == name && field.group == group);
        match found {
            Some(field) => fields.push(field),
            None if form.fields.iter().any(|field| field.name == name) => {
                reader.note(place.under("fields"), Fault::MixedGroup);
            }
            None => reader.note(place.under("fields"), Fault::UnknownField(name)),
        }
    }
    fields
}

/// The rules over all pages: each field asked once, sections together, no condition forwards.
pub fn check(reader: &mut Reader, pages: &[Page], form: &Form<'_>, calculated: &[Calculated]) {
    for (number, field) in form.fields.iter().enumerate() {
        let asked = pages.iter().filter(|page| page.fields.contains(&number)).count();
        let at = format!("schema.properties.{}", field.full_name(form.groups));
        match asked {
            0 => reader.note(at, Fault::NotAsked),
            1 => {}
            _ => reader.note(at, Fault::AskedTwice),
        }
    }
    for (number, group) in form.groups.iter().enumerate() {
        check_group(reader, pages, (number, group));
    }
    for page in pages {
        check_files(reader, page, form);
    }
    for pair in pages.windows(2) {
        if let [earlier, later] = pair
            && earlier.section > later.section
        {
            reader.note(format!("pages ({})", later.id), Fault::ScatteredSection);
        }
    }
    let order = Order { pages, form, calculated };
    for (number, page) in pages.iter().enumerate() {
        let Some(condition) = &page.show_if else { continue };
        for name in order.not_before(condition.reads(), number) {
            reader.note(format!("pages.{number}.show_if"), Fault::LooksForward(name));
        }
    }
}

/// Sending a file sends its form: what was typed beside it would be lost without JavaScript.
fn check_files(reader: &mut Reader, page: &Page, form: &Form<'_>) {
    let fields = page.fields.iter().filter_map(|field| form.fields.get(*field));
    let files = fields.filter(|field| field.kind == Kind::Files).count();
    if files > 0 && files < page.fields.len() {
        reader.note(format!("pages ({})", page.id), Fault::FileBesideTyped);
    }
}

/// An item may be asked on several pages: they follow one another, and are asked or left out
/// together.
fn check_group(reader: &mut Reader, pages: &[Page], (number, group): (usize, &Group)) {
    let places: Vec<usize> =
        (0..pages.len()).filter(|at| pages[*at].group == Some(number)).collect();
    let apart = places.windows(2).any(|pair| pair[1] != pair[0] + 1);
    let sections = places.windows(2).any(|pair| pages[pair[0]].section != pages[pair[1]].section);
    let conditions = places.iter().skip(1).any(|at| pages[*at].show_if.is_some());
    if apart || sections || conditions {
        reader.note(format!("schema.properties.{}", group.name), Fault::ScatteredGroup);
    }
}

/// Which page asks what: conditions and checks look back, never forwards.
pub struct Order<'a> {
    pub pages: &'a [Page],
    pub form: &'a Form<'a>,
    pub calculated: &'a [Calculated],
}

impl Order<'_> {
    /// Of these names, those that are not yet answered when `page` is reached.
    pub fn not_before(&self, names: &[String], page: usize) -> Vec<String> {
        names
            .iter()
            .filter(|name| self.last_page_of(name).is_none_or(|asked| asked >= page))
            .cloned()
            .collect()
    }

    pub fn page_of(&self, field: usize) -> Option<usize> {
        self.pages.iter().position(|page| page.fields.contains(&field))
    }

    /// The page after which a name has its value.
    fn last_page_of(&self, name: &str) -> Option<usize> {
        if let Some(calculated) = self.calculated.iter().find(|it| it.name == name) {
            // Its own reads were read before it, so this ends.
            let reads = calculated.value.reads();
            let pages = reads.iter().map(|read| self.last_page_of(read));
            return pages
                .collect::<Option<Vec<usize>>>()
                .map(|pages| pages.into_iter().max().unwrap_or(0));
        }
        if let Some(group) = self.form.group(name) {
            return self.pages.iter().rposition(|page| page.group == Some(group));
        }
        self.form.field(name.strip_prefix("item.").unwrap_or(name)).and_then(|it| self.page_of(it))
    }
}
