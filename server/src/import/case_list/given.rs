//! The fields of one row.

mod parts;

use chrono::{Datelike as _, NaiveDate};
use csv::StringRecord;
use domain::money::Money;
use domain::policy::PolicyNumber;
use domain::secret::Secret;
use domain::text::amount::{AmountFault, yuan};
use domain::text::name::name_fault;
use domain::text::phone::{is_mobile, mobile};
use domain::time::Timestamp;
use serde::de::DeserializeOwned;

use super::super::fault::{Fault, Faults, Rule};
use super::super::spelling::{is_cut, key, plain, shown};
use super::super::table::{is_total, total_row};
use super::super::when::whole;
use super::Field;
use super::read::Reader;

/// One row while it is read: what is wrong is noted, and something harmless stands in its place.
pub(super) struct Given<'r> {
    pub(super) reader: &'r Reader<'r>,
    pub(super) row: u64,
    pub(super) values: &'r StringRecord,
    pub(super) faults: &'r mut Faults,
}

impl Given<'_> {
    fn fault(&mut self, field: Field, rule: Rule, detail: impl Into<String>) {
        let fault = Fault::value(self.row, self.reader.mapping.name(field), rule, detail);
        self.faults.push(fault);
    }

    /// The text of a field, where one is given; without the guard of a spreadsheet.
    pub(super) fn text(&self, field: Field) -> Option<String> {
        let column = self.reader.columns.get(&field).and_then(|at| self.values.get(*at));
        let constant = || self.reader.mapping.constants.get(&field).map(String::as_str);
        let text = plain(column.or_else(constant)?);
        (!text.is_empty()).then(|| self.meaning(field, text))
    }

    /// What a word of the list means here.
    fn meaning(&self, field: Field, text: &str) -> String {
        let words = self.reader.mapping.words.get(&field);
        let known = words.and_then(|words| {
            let near = || words.iter().find(|(word, _)| key(word) == key(text)).map(|(_, meaning)| meaning);
            words.get(text).or_else(near)
        });
        known.map_or(text, String::as_str).to_owned()
    }

    pub(super) fn required(&mut self, field: Field) -> String {
        self.text(field).unwrap_or_else(|| {
            self.fault(field, Rule::Required, "nothing is given");
            String::new()
        })
    }

    /// The number of the case; none in a row of totals.
    pub(super) fn case_number(&mut self) -> Option<String> {
        let name = self.reader.mapping.name(Field::Number);
        let text = self.text(Field::Number).unwrap_or_default();
        if is_total(&text) {
            self.faults.push(total_row(self.row, name));
            return None;
        }
        let number = self.required(Field::Number);
        self.uncut(Field::Number, &number);
        Some(shown(&number).into_owned())
    }

    /// Whether a number is whole: one that a spreadsheet has cut cannot be mended here.
    fn uncut(&mut self, field: Field, number: &str) -> bool {
        let cut = is_cut(number);
        if cut {
            let detail = format!(
                "{number:?} was cut by a spreadsheet, its last digits are lost: give the column the form of a text there and \
                 write the number anew"
            );
            self.fault(field, Rule::Exponent, detail);
        }
        !cut
    }

    /// A name of somebody.
    pub(super) fn person(&mut self, field: Field) -> String {
        let name = self.required(field);
        if let Some(why) = name_fault(&name) {
            let detail =
                format!("{name:?} {why} (U+{:04X}): write the name anew", u32::from(why.character()));
            self.fault(field, Rule::Name, detail);
        }
        name
    }

    /// The applicant's mobile number. No message repeats it.
    pub(super) fn mobile(&mut self) -> Secret {
        let text = self.required(Field::Mobile);
        let number = mobile(&text);
        if !text.is_empty() && self.uncut(Field::Mobile, &text) && !is_mobile(&number) {
            let detail = format!(
                "{} characters that are no mobile number of eleven digits: mend it",
                number.chars().count()
            );
            self.fault(Field::Mobile, Rule::Mobile, detail);
        }
        Secret::Plain(number)
    }

    fn policy_no(&mut self) -> PolicyNumber {
        let text = self.required(Field::PolicyNo);
        let number = PolicyNumber::new(&text);
        if !text.is_empty() && self.uncut(Field::PolicyNo, &text) && !number.is_valid() {
            let detail =
                format!("{text:?} is no policy number of eight to twenty letters and digits: mend it");
            self.fault(Field::PolicyNo, Rule::PolicyNumber, detail);
        }
        number
    }

    /// One of the words a field may hold, by its wire name.
    pub(super) fn word<T: DeserializeOwned>(&mut self, field: Field) -> Option<T> {
        let text = self.text(field)?;
        let known = serde_json::from_value(serde_json::Value::String(text.clone()));
        known
            .map_err(|_| {
                self.fault(
                    field,
                    Rule::Unknown,
                    format!("{text:?} is not known here: say under [words] in the mapping what it means"),
                );
            })
            .ok()
    }

    fn required_word<T: DeserializeOwned>(&mut self, field: Field, otherwise: T) -> T {
        if self.text(field).is_none() {
            self.fault(field, Rule::Required, "nothing is given");
        }
        self.word(field).unwrap_or(otherwise)
    }

    /// A day that can be meant: in the life of a policy.
    fn day(&mut self, field: Field) -> Option<NaiveDate> {
        let text = self.text(field)?;
        let last = if matches!(field, Field::MaturesOn | Field::PaidTo | Field::Anniversary) {
            2_200
        } else {
            2_100
        };
        let day = self.reader.times.day(&text).and_then(|day| {
            let real = (1_949..=last).contains(&day.year());
            real.then_some(day)
                .ok_or_else(|| format!("{text:?} is of a year before 1949 or after {last}: mend it"))
        });
        day.map_err(|detail| self.fault(field, Rule::Date, detail)).ok()
    }

    pub(super) fn required_day(&mut self, field: Field) -> NaiveDate {
        if self.text(field).is_none() {
            self.fault(field, Rule::Required, "nothing is given");
        }
        self.day(field).unwrap_or_default()
    }

    pub(super) fn moment(&mut self, field: Field) -> Timestamp {
        let text = self.required(field);
        if text.is_empty() {
            return self.reader.now;
        }
        match self.reader.times.read(&text) {
            Ok(read) => whole(read.at),
            Err(detail) => {
                self.fault(field, Rule::Time, detail);
                self.reader.now
            }
        }
    }

    fn money(&mut self, field: Field) -> Money {
        let Some(text) = self.text(field) else { return Money::ZERO };
        yuan(&text).unwrap_or_else(|why| {
            let rule = if why == AmountFault::Exponent { Rule::Exponent } else { Rule::Amount };
            self.fault(field, rule, format!("{text:?} {why}: write yuan like 12480.50"));
            Money::ZERO
        })
    }

    fn yes(&mut self, field: Field) -> bool {
        let text = self.text(field).unwrap_or_default();
        match text.to_lowercase().as_str() {
            "" | "0" | "no" | "false" | "n" | "否" => false,
            "1" | "yes" | "true" | "y" | "是" => true,
            _ => {
                self.fault(field, Rule::YesNo, format!("{text:?} is neither yes nor no"));
                false
            }
        }
    }

    fn number(&mut self, field: Field, otherwise: u16) -> u16 {
        let Some(text) = self.text(field) else { return otherwise };
        text.parse().unwrap_or_else(|_| {
            self.fault(field, Rule::Number, format!("{text:?} is no whole number up to 65535"));
            otherwise
        })
    }
}
