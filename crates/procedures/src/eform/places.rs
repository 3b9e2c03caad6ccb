//! Provinces and communes by their statistical codes, as the caller has them from the catalogue
//! of organisations. A form asks for codes; people read names.
//!
//! Law: QĐ 19/2025/QĐ-TTg art. 1

use std::collections::BTreeMap;

use platform::fold::fold;

/// One province or commune.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub code: String,
    pub name: String,
}

#[derive(Debug, Clone, Default)]
pub struct Places {
    provinces: Vec<Place>,
    communes: BTreeMap<String, Vec<Place>>,
}

impl Places {
    /// Each commune with the code of its province, in any order. The caller may leave out the
    /// communes of provinces that no answer names.
    pub fn new(mut provinces: Vec<Place>, communes: Vec<(String, Place)>) -> Places {
        provinces.sort_by_cached_key(|place| sorting(&place.name));
        let mut by_province: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        for (province, commune) in communes {
            by_province.entry(province).or_default().push(commune);
        }
        for communes in by_province.values_mut() {
            communes.sort_by_cached_key(|place| sorting(&place.name));
        }
        Places { provinces, communes: by_province }
    }

    pub fn provinces(&self) -> &[Place] {
        &self.provinces
    }

    pub fn communes(&self, province: &str) -> &[Place] {
        self.communes.get(province).map_or(&[], Vec::as_slice)
    }

    /// Whether the State has this commune in this province. A caller without a catalogue gets
    /// every well-formed code accepted: the shape was checked, the existence cannot be.
    pub fn has(&self, province: &str, commune: &str) -> bool {
        self.provinces.is_empty()
            || self.communes(province).iter().any(|place| place.code == commune)
    }

    /// "12 Hàng Bài, Phường Cửa Nam, Thành phố Hà Nội".
    pub fn line(&self, province: &str, commune: &str, street: &str) -> String {
        let named = |places: &[Place], code: &str| {
            places
                .iter()
                .find(|place| place.code == code)
                .map_or_else(|| code.to_owned(), |place| place.name.clone())
        };
        [
            street.to_owned(),
            named(self.communes(province), commune),
            named(&self.provinces, province),
        ]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
    }
}

/// People look for "Phường Ba Đình" under B.
fn sorting(name: &str) -> String {
    let folded = fold(name);
    let kinds = ["thanh pho ", "tinh ", "phuong ", "xa ", "dac khu "];
    let bare = kinds.into_iter().find_map(|kind| folded.strip_prefix(kind));
    bare.unwrap_or(&folded).to_owned()
}
