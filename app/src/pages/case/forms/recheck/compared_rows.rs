//! Rows of the comparison: one for a field, and one for each beneficiary of a field that names several.

use crate::components::{ComparisonRow, Difference};
use crate::i18n::Localised;
use crate::i18n::forms::recheck::RecheckWords;
use crate::i18n::wording::Wording;
use crate::pages::case::bench::Opened;
use crate::pages::case::forms::marked::full;
use domain::case::compare::{self, DifferenceKind};
use domain::case::item::Asked;
use domain::catalogue::FieldSpec;
use domain::value::{Beneficiaries, Value};

/// What stands where one side names fewer people than another.
const NOBODY: &str = "—";

/// The rows of a compared field.
pub fn rows(
    opened: &Opened,
    no: u8,
    row: &compare::Difference,
    note: Option<&str>,
    wording: &Wording,
) -> Vec<ComparisonRow> {
    let Some(item) = opened.case.item(no) else { return Vec::new() };
    let spec = opened.catalogue.item(&item.code).and_then(|entry| entry.field(&row.field));
    let (group, field) = (wording.item(&item.code), wording.field(&item.code, &row.field));
    let people = [
        match &row.asked {
            Some(Asked::Stated(value)) => named(Some(value)),
            _ => 0,
        },
        named(row.entered.as_ref()),
        named(row.core.as_ref()),
    ];
    let most = people.into_iter().max().unwrap_or_default();
    let numbers: Vec<Option<usize>> = if most > 1 { (0..most).map(Some).collect() } else { vec![None] };
    let mut rows: Vec<ComparisonRow> = numbers
        .into_iter()
        .map(|at| {
            let [asked, entered, core] = texts(row, at, spec, wording);
            ComparisonRow {
                group: group.clone(),
                field: at.map_or_else(|| field.clone(), |at| format!("{field} {}", at + 1)),
                difference: difference(row.kind, [&asked, &entered, &core], at.is_none()),
                asked,
                entered,
                core,
                note: note.map(str::to_owned),
            }
        })
        .collect();
    // What differs only as a whole is said once.
    if let (Some(kind), true, Some(first)) =
        (row.kind, rows.iter().all(|row| row.difference == Difference::Equal), rows.first_mut())
    {
        first.difference = of_kind(kind);
    }
    rows
}

/// How many people a value names.
fn named(value: Option<&Value>) -> usize {
    match value {
        Some(Value::Beneficiaries(Beneficiaries::Named(list))) => list.len(),
        _ => 0,
    }
}

/// Asked, entered and core in words: the whole, or the person at a place.
fn texts(
    row: &compare::Difference,
    at: Option<usize>,
    spec: Option<&FieldSpec>,
    wording: &Wording,
) -> [Option<String>; 3] {
    let say = |value: &Value| match (value, at) {
        (Value::Beneficiaries(Beneficiaries::Named(list)), Some(at)) => match list.get(at) {
            Some(one) => full(&Value::Beneficiaries(Beneficiaries::Named(vec![one.clone()])), spec, wording),
            None => NOBODY.to_owned(),
        },
        // What names nobody says so once.
        (_, Some(at)) if at > 0 => NOBODY.to_owned(),
        (value, _) => full(value, spec, wording),
    };
    let asked = row.asked.as_ref().map(|asked| match asked {
        Asked::Stated(value) => say(value),
        Asked::ByRule(_) if at.is_some_and(|at| at > 0) => NOBODY.to_owned(),
        Asked::ByRule(rule) => {
            let named = spec.and_then(|spec| spec.silent_rule(rule));
            let name = named.map_or_else(|| rule.clone(), |rule| wording.label(&rule.label));
            (RecheckWords::in_locale(wording.locale).by_rule)(&name)
        }
    });
    [asked, row.entered.as_ref().map(say), row.core.as_ref().map(say)]
}

/// Which pair differs in a row: as the field does, where it is the whole of it or its own texts differ.
fn difference(kind: Option<DifferenceKind>, texts: [&Option<String>; 3], whole: bool) -> Difference {
    let [asked, entered, core] = texts;
    match kind {
        Some(kind) if whole => of_kind(kind),
        Some(kind @ DifferenceKind::Entry) if asked != entered => of_kind(kind),
        Some(kind @ (DifferenceKind::Core | DifferenceKind::Rule)) if entered != core => of_kind(kind),
        None | Some(DifferenceKind::Entry | DifferenceKind::Core | DifferenceKind::Rule) => Difference::Equal,
    }
}

const fn of_kind(kind: DifferenceKind) -> Difference {
    match kind {
        DifferenceKind::Entry => Difference::Entry,
        DifferenceKind::Core => Difference::Core,
        DifferenceKind::Rule => Difference::Rule,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;
    use domain::catalogue::Catalogue;
    use domain::secret::Secret;
    use domain::value::{Beneficiary, DocumentKind, IdentityDocument};
    use std::collections::BTreeMap;

    fn one(name: &str, share_ppm: u32) -> Beneficiary {
        Beneficiary {
            name: name.into(),
            document: IdentityDocument {
                kind: DocumentKind::Passport,
                number: Secret::Plain("EA1234567".into()),
                expires: None,
            },
            relation: "spouse".into(),
            order: 1,
            share_ppm: Some(share_ppm),
        }
    }

    fn named(list: Vec<Beneficiary>) -> Value {
        Value::Beneficiaries(Beneficiaries::Named(list))
    }

    #[test]
    fn every_beneficiary_stands_against_the_one_of_his_place() {
        let (names, catalogue) = (BTreeMap::new(), Catalogue::shipped());
        let wording = Wording { locale: Locale::ZhHans, names: &names, catalogue: Some(&catalogue) };
        let row = compare::Difference {
            field: "beneficiaries".into(),
            asked: Some(Asked::Stated(named(vec![one("林悦", 600_000), one("何佳", 400_000)]))),
            entered: Some(named(vec![one("林悦", 600_000), one("何佳", 400_000)])),
            core: Some(named(vec![one("林悦", 1_000_000)])),
            kind: Some(DifferenceKind::Core),
        };
        let [asked, entered, core] = texts(&row, Some(1), None, &wording);
        assert!(asked.as_deref().is_some_and(|text| text.contains("何佳") && text.contains("EA1234567")));
        assert_eq!((&entered, core.as_deref()), (&asked, Some(NOBODY)));
        assert_eq!(difference(row.kind, [&asked, &entered, &core], false), Difference::Core);
        let same =
            texts(&compare::Difference { core: row.entered.clone(), ..row.clone() }, Some(0), None, &wording);
        assert_eq!(difference(row.kind, same.each_ref(), false), Difference::Equal);
        assert_eq!(super::named(row.entered.as_ref()), 2);
    }
}
