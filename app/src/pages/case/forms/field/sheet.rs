//! The fields of an item as they are typed: one signal each, with what is wrong where.

use super::keyed::{Keyed, Read, Unread};
use crate::follow::follow;
use crate::i18n::fault::fault;
use crate::i18n::forms::FormWords;
use crate::i18n::{Locale, Localised, Messages};
use crate::pages::case::desk::{Desk, Told, told};
use chrono::NaiveDate;
use domain::case::Command;
use domain::case::item::Fields;
use domain::catalogue::{FieldRule, FieldSpec, Item, check_fields};
use domain::id::FieldKey;
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is typed in the fields of a sheet, for its draft.
pub type Typed = BTreeMap<FieldKey, Keyed>;

/// What is wrong at a place of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// JSON pointer relative to the map of fields: `/account`.
    pub pointer: String,
    /// In words.
    pub text: String,
    /// Only a warning: the value may stand.
    pub warns: bool,
}

/// What a sheet is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose {
    /// Number of the item.
    pub item: u8,
    /// The part of the case its draft is kept under.
    pub part: String,
    /// Where the fields stand in their command: `/enter_change/fields`.
    pub at: &'static str,
    /// The rules of the fields hold: what is only copied from paper or screen may break them.
    pub rules: bool,
}

/// The fields of an item as they are typed. A handle: copies are the same sheet.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    item: StoredValue<Arc<Item>>,
    cells: StoredValue<Vec<(FieldKey, RwSignal<Keyed>)>>,
    desk: Desk,
    purpose: StoredValue<Purpose>,
    tried: RwSignal<bool>,
    left: RwSignal<BTreeSet<String>>,
    forgotten: RwSignal<BTreeSet<String>>,
    faults: Memo<Vec<Shown>>,
}

impl Sheet {
    /// A sheet of these fields of an item: as its draft was left, else as `start` says.
    pub fn new(
        desk: Desk,
        item: Arc<Item>,
        keys: &[FieldKey],
        purpose: Purpose,
        start: impl Fn(&FieldSpec) -> Keyed,
    ) -> Self {
        let kept: Typed = desk.kept(&purpose.part).unwrap_or_default();
        let cells: Vec<(FieldKey, RwSignal<Keyed>)> = item
            .fields
            .iter()
            .filter(|spec| keys.contains(&spec.key))
            .map(|spec| {
                let keyed = kept.get(&spec.key).cloned().unwrap_or_else(|| start(spec));
                (spec.key.clone(), RwSignal::new(keyed))
            })
            .collect();
        let part = purpose.part.clone();
        let cells = StoredValue::new(cells);
        Effect::new(move |before: Option<Typed>| {
            let now = typed(cells);
            if before.is_some_and(|before| before != now) {
                desk.keep(&part, &now);
            }
            now
        });
        let (item, purpose) = (StoredValue::new(item), StoredValue::new(purpose));
        let forgotten = RwSignal::new(BTreeSet::new());
        follow(move || {
            desk.bench.refused.track();
            forgotten.set(BTreeSet::new());
        });
        Self {
            item,
            cells,
            desk,
            purpose,
            tried: RwSignal::new(false),
            left: RwSignal::new(BTreeSet::new()),
            forgotten,
            faults: Memo::new(move |_| faults(desk, item, cells, purpose, forgotten)),
        }
    }

    /// The item.
    pub fn item(self) -> Arc<Item> {
        self.item.get_value()
    }

    /// The desk it lies on.
    pub const fn desk(self) -> Desk {
        self.desk
    }

    /// The fields on it, in the order they are keyed.
    pub fn keys(self) -> Vec<FieldKey> {
        self.cells.with_value(|cells| cells.iter().map(|(key, _)| key.clone()).collect())
    }

    /// A field's declaration.
    pub fn spec(self, key: &FieldKey) -> Option<FieldSpec> {
        self.item.with_value(|item| item.field(key).cloned())
    }

    /// What stands in a field.
    pub fn cell(self, key: &FieldKey) -> Option<RwSignal<Keyed>> {
        self.cells.with_value(|cells| cells.iter().find(|(own, _)| own == key).map(|(_, keyed)| *keyed))
    }

    /// What a field says; followed.
    pub fn read(self, key: &FieldKey) -> Read {
        match (self.cell(key), self.spec(key)) {
            (Some(cell), Some(spec)) => cell.with(|keyed| keyed.read(&spec.kind, self.desk.today.get())),
            _ => Read::default(),
        }
    }

    /// Whether nothing was typed in a field; followed.
    pub fn is_blank(self, key: &FieldKey) -> bool {
        match (self.cell(key), self.spec(key)) {
            (Some(cell), Some(spec)) => cell.with(|keyed| keyed.is_blank(&spec.kind)),
            _ => true,
        }
    }

    /// The values of all fields; followed.
    pub fn fields(self) -> Fields {
        self.keys().into_iter().filter_map(|key| Some((key.clone(), self.read(&key).value?))).collect()
    }

    /// Whether everything typed can be read; followed.
    pub fn is_read(self) -> bool {
        self.keys().iter().all(|key| self.read(key).unread.is_empty())
    }

    /// How many places are wrong; followed.
    pub fn wrong(self) -> usize {
        self.faults.with(|faults| faults.iter().filter(|fault| !fault.warns).count())
    }

    /// What is wrong at a place, once the person has left it or tried to submit; followed.
    pub fn at(self, pointer: &str) -> Option<Shown> {
        let faults = self.faults.get();
        let seen = self.tried.get() || self.left.with(|left| left.contains(pointer));
        let told = self.told().into_iter().find(|told| told.pointer == pointer);
        told.or_else(|| faults.into_iter().filter(|_| seen).find(|fault| fault.pointer == pointer))
    }

    /// What is wrong at or below a place, once the person has left it or tried to submit; followed.
    pub fn below(self, pointer: &str) -> Vec<Shown> {
        let (tried, left) = (self.tried.get(), self.left.get());
        let within =
            |of: &str| of.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let any_left = left.iter().any(|of| within(of));
        self.faults.with(|faults| {
            faults
                .iter()
                .filter(|fault| within(&fault.pointer))
                .filter(|fault| {
                    tried || left.contains(&fault.pointer) || any_left && is_of_whole(&fault.pointer, pointer)
                })
                .cloned()
                .collect()
        })
    }

    /// Whether the person has left a place, or one below it; followed.
    pub fn was_left(self, pointer: &str) -> bool {
        let within =
            |of: &str| of.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.left.with(|left| left.iter().any(|of| within(of)))
    }

    /// The person has left a place.
    pub fn leave(self, pointer: &str) {
        // None where the place was left because the form is gone.
        if self.left.try_with_untracked(|left| left.contains(pointer)) == Some(false) {
            self.left.update(|left| {
                left.insert(pointer.to_owned());
            });
        }
    }

    /// The person changed a place: what the server found wrong there is no longer said.
    pub fn touch(self, pointer: &str) {
        if !self.forgotten.with_untracked(|forgotten| forgotten.contains(pointer)) {
            self.forgotten.update(|forgotten| {
                forgotten.insert(pointer.to_owned());
            });
        }
    }

    /// The person tried to submit: everything wrong is shown.
    pub fn tried(self) {
        self.tried.set(true);
    }

    /// Empties every field.
    pub fn clear(self) {
        for (key, cell) in self.cells.get_value() {
            if let Some(spec) = self.spec(&key) {
                cell.set(Keyed::blank(&spec.kind));
            }
        }
        self.left.set(BTreeSet::new());
        self.tried.set(false);
    }

    /// The sheet was sent: its draft goes.
    pub fn sent(self) {
        // The page may have been left while the answer was awaited.
        self.purpose.try_with_value(|purpose| self.desk.sent(&purpose.part));
    }

    fn told(self) -> Vec<Shown> {
        told_of(self.desk, self.purpose, self.forgotten)
    }
}

fn typed(cells: StoredValue<Vec<(FieldKey, RwSignal<Keyed>)>>) -> Typed {
    cells.with_value(|cells| cells.iter().map(|(key, keyed)| (key.clone(), keyed.get())).collect())
}

/// Faults of the group as a whole – shares of an order, orders without a gap – show once any of it was left.
fn is_of_whole(fault: &str, group: &str) -> bool {
    let rest = fault.strip_prefix(group).unwrap_or_default();
    rest.is_empty() || rest == "/beneficiaries/named" || rest.ends_with("/share_ppm")
}

fn faults(
    desk: Desk,
    item: StoredValue<Arc<Item>>,
    cells: StoredValue<Vec<(FieldKey, RwSignal<Keyed>)>>,
    purpose: StoredValue<Purpose>,
    forgotten: RwSignal<BTreeSet<String>>,
) -> Vec<Shown> {
    let today = desk.today.get();
    let locale = desk.bench.locale();
    let item = item.get_value();
    let (mut fields, mut shown) = (Fields::new(), Vec::new());
    for (key, cell) in cells.get_value() {
        let Some(spec) = item.field(&key) else { continue };
        let Read { value, unread } = cell.with(|keyed| keyed.read(&spec.kind, today));
        shown.extend(unread.into_iter().map(|(below, why)| Shown {
            pointer: format!("/{key}{below}"),
            text: unread_words(why, locale).to_owned(),
            warns: false,
        }));
        if let Some(value) = value {
            fields.insert(key, value);
        }
    }
    if purpose.with_value(|purpose| purpose.rules) {
        shown.extend(broken(desk, &item, &fields, today, &shown));
    }
    shown.extend(told_of(desk, purpose, forgotten));
    shown
}

/// Rules the fields break, but for places that could not even be read.
fn broken(desk: Desk, item: &Item, fields: &Fields, today: NaiveDate, unread: &[Shown]) -> Vec<Shown> {
    let locale = desk.bench.locale();
    desk.bench.opened.with(|opened| {
        let Some(opened) = opened else { return Vec::new() };
        let context = opened.catalogue.context(today, Some(&opened.case.registration.policy));
        let wording = opened.wording(locale);
        check_fields(item, fields, &context)
            .iter()
            .filter(|of| !unread.iter().any(|one| one.pointer == of.pointer))
            // A field that holds something unreadable is not missing as well.
            .filter(|of| {
                of.rule != FieldRule::Required
                    || !unread.iter().any(|one| one.pointer.starts_with(&of.pointer))
            })
            .map(|of| Shown { pointer: of.pointer.clone(), text: fault(of, &wording), warns: !of.is_error() })
            .collect()
    })
}

/// What the server found wrong in the command of this sheet, unless changed since.
fn told_of(desk: Desk, purpose: StoredValue<Purpose>, forgotten: RwSignal<BTreeSet<String>>) -> Vec<Shown> {
    let Some((command, refusal)) = desk.bench.refused.get() else { return Vec::new() };
    let (at, item) = purpose.with_value(|purpose| (purpose.at, purpose.item));
    if item_of(&command) != Some(item) {
        return Vec::new();
    }
    let locale = desk.bench.locale();
    let found: Vec<Told> = desk.bench.opened.with(|opened| {
        opened.as_ref().map_or_else(Vec::new, |opened| told(&command, &refusal, &opened.wording(locale)))
    });
    found
        .into_iter()
        .filter_map(|told| {
            let pointer = told.pointer.strip_prefix(at)?.to_owned();
            Some(Shown { pointer, text: told.text, warns: false })
        })
        .filter(|shown| !forgotten.with(|forgotten| forgotten.contains(&shown.pointer)))
        .collect()
}

/// The item a command is about.
pub const fn item_of(command: &Command) -> Option<u8> {
    match command {
        Command::EnterChange { item, .. }
        | Command::ConfirmEntry { item, .. }
        | Command::CompletePreparation { item, .. }
        | Command::RecordCoreResult { item, .. }
        | Command::CancelCoreResult { item, .. }
        | Command::SettleFee { item, .. }
        | Command::Endorse { item, .. }
        | Command::KeyAsked { item, .. }
        | Command::ConfirmCore { item, .. }
        | Command::Bind { item, .. } => Some(*item),
        _ => None,
    }
}

/// Why a place cannot be read, in words.
pub fn unread_words(why: Unread, locale: Locale) -> &'static str {
    let (t, words) = (Messages::in_locale(locale), FormWords::in_locale(locale));
    match why {
        Unread::Missing => t.field().required,
        Unread::Date(error) => t.field().date(error),
        Unread::Amount(error) => t.field().amount(error),
        Unread::Percent => words.bad_percent,
        Unread::Order => words.bad_order,
    }
}
