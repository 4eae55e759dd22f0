//! What is needed to word the domain's facts: the language, and names for numbers and codes.

use super::{Locale, Localised, Messages};
use domain::actor::By;
use domain::catalogue::{Catalogue, Label};
use domain::id::{FieldKey, ItemCode, MaterialKind, PersonId, UnitId};
use std::collections::BTreeMap;

/// A label in a language.
pub fn label(label: &Label, locale: Locale) -> String {
    match locale {
        Locale::ZhHans => label.zh.to_string(),
        Locale::En => label.en.to_string(),
    }
}

/// Names for what the domain knows by number or code.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'a> {
    /// The language.
    pub locale: Locale,
    /// Names of people by number.
    pub names: &'a BTreeMap<PersonId, String>,
    /// The catalogue; without it codes are shown.
    pub catalogue: Option<&'a Catalogue>,
}

impl Wording<'_> {
    /// The shared texts in its language.
    pub fn messages(&self) -> &'static Messages {
        Messages::in_locale(self.locale)
    }

    /// A label in its language.
    pub fn label(&self, of: &Label) -> String {
        label(of, self.locale)
    }

    /// A person's name, or the number.
    pub fn person(&self, id: &PersonId) -> String {
        self.names.get(id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// Several people, in the language's own list form.
    pub fn people(&self, ids: &[PersonId]) -> String {
        let names: Vec<String> = ids.iter().map(|id| self.person(id)).collect();
        self.list(&names)
    }

    /// Who did something.
    pub fn by(&self, by: &By) -> String {
        match by {
            By::Person(id) => self.person(id),
            By::System => self.messages().shell.product.to_owned(),
            By::Integration(name) => name.clone(),
        }
    }

    /// Several things, in the language's own list form.
    pub fn list(&self, parts: &[String]) -> String {
        match self.locale {
            Locale::ZhHans => parts.join("、"),
            Locale::En => match parts {
                [first, middle @ .., last] => {
                    let mut text = first.clone();
                    for part in middle {
                        text.push_str(", ");
                        text.push_str(part);
                    }
                    format!("{text} and {last}")
                }
                _ => parts.join(", "),
            },
        }
    }

    /// A change item's name, or its code.
    pub fn item(&self, code: &ItemCode) -> String {
        self.catalogue
            .and_then(|catalogue| catalogue.item(code))
            .map_or_else(|| code.to_string(), |item| self.label(&item.name))
    }

    /// A field's name within an item, or its key.
    pub fn field(&self, item: &ItemCode, key: &FieldKey) -> String {
        self.catalogue
            .and_then(|catalogue| catalogue.item(item))
            .and_then(|item| item.field(key))
            .map_or_else(|| key.to_string(), |field| self.label(&field.label))
    }

    /// A field's name in whichever item has it, or its key.
    pub fn any_field(&self, key: &FieldKey) -> String {
        self.catalogue
            .and_then(|catalogue| catalogue.items.iter().find_map(|item| item.field(key)))
            .map_or_else(|| key.to_string(), |field| self.label(&field.label))
    }

    /// A material's name, or its code.
    pub fn material(&self, kind: &MaterialKind) -> String {
        self.catalogue
            .and_then(|catalogue| catalogue.material(kind))
            .map_or_else(|| kind.to_string(), |material| self.label(&material.label))
    }
}

/// A unit's name in a language.
pub fn unit_name(unit: Option<&domain::unit::Unit>, id: &UnitId, locale: Locale) -> String {
    match (unit, locale) {
        (Some(unit), Locale::ZhHans) => unit.name.clone(),
        (Some(unit), Locale::En) => unit.name_en.clone(),
        (None, _) => id.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_each_languages_own() {
        let parts = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
        let names = BTreeMap::new();
        let zh = Wording { locale: Locale::ZhHans, names: &names, catalogue: None };
        let en = Wording { locale: Locale::En, names: &names, catalogue: None };
        assert_eq!([zh.list(&parts), en.list(&parts)], ["a、b、c", "a, b and c"]);
        assert_eq!([en.list(&parts[..2]), en.list(&parts[..1]), en.list(&[])], ["a and b", "a", ""]);
    }
}
