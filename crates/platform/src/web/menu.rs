//! What capabilities put into the navigation.

/// One place a capability brings. Officers see it in the left navigation, everybody else in the
/// line under the band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MenuItem {
    pub path: &'static str,
    /// The key of its words.
    pub word: &'static str,
    /// The right an officer needs, `""` when every officer sees it; or [`FOR_ANYONE`],
    /// [`FOR_CITIZENS`] for the public line.
    pub right: &'static str,
    /// The figure that counts what waits there.
    pub count: Option<&'static str>,
}

/// In [`MenuItem::right`]: everybody sees it, signed in or not.
pub const FOR_ANYONE: &str = "@anyone";
/// In [`MenuItem::right`]: people and enterprises who signed in see it.
pub const FOR_CITIZENS: &str = "@citizens";

/// A line of an officer's navigation, decided for this officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuEntry {
    pub path: String,
    pub label: String,
    pub count: Option<i64>,
}
