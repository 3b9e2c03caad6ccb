//! Provinces and communes by their statistical codes, as the caller has them from the catalogue
//! of organisations. A form asks for codes; people read names.
//!
//! Law: QĐ 19/2025/QĐ-TTg art. 1

use std::collections::BTreeMap;

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
    /// Each commune with the code of its province. The order given is the order shown.
    pub fn new(provinces: Vec<Place>, communes: Vec<(String, Place)>) -> Places {
        let mut by_province: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        for (province, commune) in communes {
            by_province.entry(province).or_default().push(commune);
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
