//! Rows into registrations.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::api::case::RegisterCase;
use domain::case::Registration;
use domain::case::registration::{Agent, Material};
use domain::catalogue::{Capacity, Channel, MaterialForm};
use domain::id::{ItemCode, MaterialKind, UnitId};
use domain::money::Money;
use domain::policy::{FactSource, PolicyFacts};
use domain::secret::Secret;
use domain::time::Timestamp;
use serde::de::DeserializeOwned;

use super::super::fault::{Fault, Faults, Rule};
use super::super::table::Table;
use super::super::when::{Times, day, whole};
use super::{Field, Mapping};

/// A row of a list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// Its row in the file.
    pub row: u64,
    /// Number of the case there.
    pub number: String,
    /// What is to be registered.
    pub case: RegisterCase,
}

/// What a file holds by a mapping.
#[derive(Clone, Debug)]
pub struct List {
    /// Rows read.
    pub rows: u64,
    /// Rows that could be read.
    pub cases: Vec<ListRow>,
    /// Everything wrong with it.
    pub faults: Faults,
}

/// Most rows of one file: all of them become one transaction, which may take so many places in the log and holds up
/// every other write while it lasts.
const MOST_ROWS: u64 = 4_000;

/// Reads a list; `now` is when the facts of the policies were read.
pub fn read(table: &Table, mapping: &Mapping, now: Timestamp) -> List {
    let mut faults = Faults::default();
    let mut cases: Vec<ListRow> = Vec::new();
    if table.len() > MOST_ROWS {
        let detail =
            format!("{} rows, at most {MOST_ROWS} in one file: split it and import the parts", table.len());
        faults.push(Fault::file(Rule::TooManyRows, detail));
    } else if let Some(reader) = Reader::find(table, mapping, now, &mut faults) {
        let mut seen: BTreeMap<String, u64> = BTreeMap::new();
        for (row, values) in table.whole_rows(&mut faults) {
            let Some(read) = reader.row(row, values, &mut faults) else { continue };
            if let Some(first) = seen.insert(read.number.clone(), row) {
                let detail = format!("number {:?} stands in row {first} too", read.number);
                faults.push(Fault::value(row, reader.name(Field::Number), Rule::Twice, detail));
                continue;
            }
            cases.push(read);
        }
    }
    List { rows: table.len(), cases, faults }
}

/// Reads rows by a mapping.
struct Reader<'m> {
    mapping: &'m Mapping,
    columns: BTreeMap<Field, usize>,
    times: Times,
    now: Timestamp,
}

impl<'m> Reader<'m> {
    fn find(table: &Table, mapping: &'m Mapping, now: Timestamp, faults: &mut Faults) -> Option<Self> {
        let mut columns = BTreeMap::new();
        for (field, name) in &mapping.columns {
            match table.column(name) {
                Ok(at) => drop(columns.insert(*field, at)),
                Err(fault) => faults.push(fault),
            }
        }
        let times =
            Times::new(&mapping.time).map_err(|detail| faults.push(Fault::file(Rule::Time, detail))).ok();
        let reader = Self { mapping, columns, times: times?, now };
        faults.is_empty().then_some(reader)
    }

    /// Name of the column of a field; where it has none, of the field itself.
    fn name(&self, field: Field) -> &str {
        self.mapping.columns.get(&field).map_or("(constant)", String::as_str)
    }

    fn row(&self, row: u64, values: &[String], faults: &mut Faults) -> Option<ListRow> {
        let before = faults.count;
        let mut given = Given { reader: self, row, values, faults };
        let number = given.required(Field::Number);
        let accepting = UnitId(given.required(Field::Accepting));
        let managing = given.text(Field::Managing).map_or_else(|| accepting.clone(), UnitId);
        let registration = Registration {
            policy: given.policy(),
            managing,
            applicant: given.required(Field::Applicant),
            mobile: Secret::Plain(given.required(Field::Mobile)),
            capacity: given.word(Field::Capacity).unwrap_or(Capacity::Holder),
            channel: given.word(Field::Channel).unwrap_or(Channel::Online),
            agent: given.agent(),
            applied_on: given.required_day(Field::AppliedOn),
            received_at: given.moment(Field::ReceivedAt),
            items: given.items(),
            materials: given.materials(),
            acknowledged: Vec::new(),
        };
        let case = RegisterCase { accepting, registration };
        (faults.count == before).then_some(ListRow { row, number, case })
    }
}

/// One row while it is read: what is wrong is noted, and something harmless stands in its place.
struct Given<'r> {
    reader: &'r Reader<'r>,
    row: u64,
    values: &'r [String],
    faults: &'r mut Faults,
}

impl Given<'_> {
    fn fault(&mut self, field: Field, rule: Rule, detail: impl Into<String>) {
        let fault = Fault::value(self.row, self.reader.name(field), rule, detail);
        self.faults.push(fault);
    }

    /// The text of a field, where one is given.
    fn text(&self, field: Field) -> Option<String> {
        let column = self.reader.columns.get(&field).and_then(|at| self.values.get(*at));
        let text = column.or_else(|| self.reader.mapping.constants.get(&field))?.trim();
        (!text.is_empty()).then(|| self.meaning(field, text))
    }

    /// What a word of the list means here.
    fn meaning(&self, field: Field, text: &str) -> String {
        let words = self.reader.mapping.words.get(&field);
        words.and_then(|words| words.get(text)).map_or(text, String::as_str).to_owned()
    }

    fn required(&mut self, field: Field) -> String {
        self.text(field).unwrap_or_else(|| {
            self.fault(field, Rule::Required, "nothing is given");
            String::new()
        })
    }

    /// One of the words a field may hold, by its wire name.
    fn word<T: DeserializeOwned>(&mut self, field: Field) -> Option<T> {
        let text = self.text(field)?;
        let known = serde_json::from_value(serde_json::Value::String(text.clone()));
        known.map_err(|_| self.fault(field, Rule::Unknown, format!("{text:?} is not known here"))).ok()
    }

    fn required_word<T: DeserializeOwned>(&mut self, field: Field, otherwise: T) -> T {
        if self.text(field).is_none() {
            self.fault(field, Rule::Required, "nothing is given");
        }
        self.word(field).unwrap_or(otherwise)
    }

    fn day(&mut self, field: Field) -> Option<NaiveDate> {
        let text = self.text(field)?;
        let day = day(&text);
        if day.is_none() {
            self.fault(field, Rule::Date, format!("{text:?} is no day like 2026-03-18"));
        }
        day
    }

    fn required_day(&mut self, field: Field) -> NaiveDate {
        if self.text(field).is_none() {
            self.fault(field, Rule::Required, "nothing is given");
        }
        self.day(field).unwrap_or_default()
    }

    fn moment(&mut self, field: Field) -> Timestamp {
        let text = self.required(field);
        if text.is_empty() {
            return self.reader.now;
        }
        match self.reader.times.read(&text) {
            Ok(at) => whole(at),
            Err(detail) => {
                self.fault(field, Rule::Time, detail);
                self.reader.now
            }
        }
    }

    fn money(&mut self, field: Field) -> Money {
        let Some(text) = self.text(field) else { return Money::ZERO };
        fen(&text).unwrap_or_else(|| {
            self.fault(field, Rule::Amount, format!("{text:?} is no amount in yuan like 12480.50"));
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

    /// Parts between semicolons.
    fn parts(&self, field: Field) -> Vec<String> {
        let text = self.text(field).unwrap_or_default();
        let parts = text.split([';', '；']).map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| self.meaning(field, part)).collect()
    }

    fn items(&mut self) -> Vec<ItemCode> {
        let items = self.parts(Field::Items);
        if items.is_empty() {
            self.fault(Field::Items, Rule::Required, "nothing is given");
        }
        items.into_iter().map(ItemCode).collect()
    }

    fn materials(&mut self) -> Vec<Material> {
        let materials = self.parts(Field::Materials);
        materials.iter().filter_map(|text| self.material(text)).collect()
    }

    /// `contract:original:1:12`; what is left out is one original of one page.
    fn material(&mut self, text: &str) -> Option<Material> {
        let mut parts = text.split(':').map(str::trim);
        let kind = self.meaning(Field::Materials, parts.next().unwrap_or_default());
        let form = match parts.next().unwrap_or("original") {
            "original" => Some(MaterialForm::Original),
            "copy" => Some(MaterialForm::Copy),
            _ => None,
        };
        let count =
            |part: Option<&str>| part.map_or(Some(1), |part| part.parse::<u16>().ok().filter(|n| *n > 0));
        let (copies, pages) = (count(parts.next()), count(parts.next()));
        match (form, copies, pages, parts.next()) {
            (Some(form), Some(copies), Some(pages), None) if !kind.is_empty() => {
                Some(Material { kind: MaterialKind(kind), form, copies, pages, return_to_customer: false })
            }
            _ => {
                let detail = format!("{text:?} is no material like contract:original:1:12");
                self.fault(Field::Materials, Rule::Unknown, detail);
                None
            }
        }
    }

    fn agent(&mut self) -> Option<Agent> {
        let name = self.text(Field::AgentName)?;
        let identity = Secret::Plain(self.required(Field::AgentIdentity));
        Some(Agent { name, identity, authority: self.yes(Field::AgentAuthority) })
    }

    fn policy(&mut self) -> PolicyFacts {
        use domain::policy::{PaymentMode, PolicyStatus, ProductGroup};
        PolicyFacts {
            policy_no: self.required(Field::PolicyNo),
            product: self.text(Field::Product).unwrap_or_default(),
            group: self.required_word(Field::Group, ProductGroup::Traditional),
            group_business: self.yes(Field::GroupBusiness),
            status: self.required_word(Field::Status, PolicyStatus::InForce),
            effective: self.required_day(Field::Effective),
            receipt_signed: self.day(Field::ReceiptSigned),
            free_look_days: self.number(Field::FreeLookDays, 15),
            paid_to: self.day(Field::PaidTo),
            anniversary: self.day(Field::Anniversary),
            lapsed_on: self.day(Field::LapsedOn),
            matures_on: self.day(Field::MaturesOn),
            payment_mode: self.required_word(Field::PaymentMode, PaymentMode::Annual),
            premium: self.money(Field::Premium),
            premium_paid: self.money(Field::PremiumPaid),
            cash_value: self.money(Field::CashValue),
            dividends: self.money(Field::Dividends),
            survival_benefits: self.money(Field::SurvivalBenefits),
            maturity_benefit: self.money(Field::MaturityBenefit),
            overpaid: self.money(Field::Overpaid),
            unexpired_rider: self.money(Field::UnexpiredRider),
            loan: self.money(Field::Loan),
            loan_interest: self.money(Field::LoanInterest),
            apl: self.money(Field::Apl),
            arrears: self.money(Field::Arrears),
            open_claim: self.yes(Field::OpenClaim),
            frozen: self.yes(Field::Frozen),
            loss_reported: self.yes(Field::LossReported),
            holder: self.required(Field::Holder),
            insured: self.required(Field::Insured),
            source: FactSource::Imported,
            as_of: self.reader.now,
        }
    }
}

/// An amount in yuan with at most two decimals, exactly.
fn fen(text: &str) -> Option<Money> {
    let (yuan, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if yuan.is_empty() || rest.len() > 2 || !digits(yuan) || !digits(rest) {
        return None;
    }
    let cents: i64 = format!("{rest:0<2}").parse().ok()?;
    yuan.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents).map(Money::fen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::File;

    const MAPPING: &str = r#"
        source = "portal"
        constants = { group = "traditional", payment_mode = "annual", materials = "application;applicant_id:copy:1:2" }
        time.offset = "+08:00"
        [columns]
        number = "no"
        accepting = "unit"
        applicant = "name"
        mobile = "mobile"
        applied_on = "signed"
        received_at = "received"
        items = "what"
        policy_no = "policy"
        status = "status"
        effective = "since"
        premium = "premium"
        holder = "holder"
        insured = "holder"
        [words]
        items = { "地址" = "AM" }
        status = { "有效" = "in_force" }
    "#;
    const HEADER: &str = "no,unit,name,mobile,signed,received,what,policy,status,since,premium,holder\n";

    fn list(rows: &str) -> List {
        let mapping: Mapping = toml::from_str(MAPPING).unwrap();
        let file = File::new(format!("{HEADER}{rows}").into_bytes());
        read(&file.table(',').unwrap(), &mapping, "2026-03-18T02:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_list_too_long_for_one_transaction_says_so() {
        let row = |n: u64| {
            format!(
                "{n},SH01,王敏,13812341234,2026-03-18,2026-03-18 09:00,地址,310021846621,有效,2019-06-12,1200.5,王敏\n"
            )
        };
        let long = list(&(0..=MOST_ROWS).map(row).collect::<String>());
        let [fault] = long.faults.first.as_slice() else { panic!("{}", long.faults) };
        assert_eq!((fault.rule, long.cases.len()), (Rule::TooManyRows, 0));
        assert!(list(&row(1)).faults.is_empty());
    }

    #[test]
    fn a_row_is_a_registration() {
        let list = list(
            "1,SH01,王敏,13812341234,2026-03-18,2026-03-18 09:00,地址,310021846621,有效,2019-06-12,1200.5,王敏\n",
        );
        assert!(list.faults.is_empty(), "{}", list.faults);
        let case = &list.cases[0].case;
        let form = &case.registration;
        assert_eq!((case.accepting.as_str(), form.items[0].as_str()), ("SH01", "AM"));
        assert_eq!(form.policy.premium, Money::fen(120_050));
        assert_eq!(form.received_at.to_rfc3339(), "2026-03-18T01:00:00+00:00");
        assert_eq!((form.materials.len(), form.materials[1].pages), (2, 2));
    }

    #[test]
    fn every_fault_names_row_column_and_rule() {
        let rows = "1,SH01,王敏,13812341234,18.3.2026,2026-03-18 09:00,地址,310021846621,有效,2019-06-12,1200,王敏\n\
            2,SH01,王敏,13812341234,2026-03-18,today,地址,310021846621,有效,2019-06-12,12.345,王敏\n\
            3,SH01,,13812341234,2026-03-18,2026-03-18 09:00,,310021846621,good,2019-06-12,-1,王敏\n\
            4,SH01,王敏,13812341234,2026-03-18,2026-03-18 09:00,地址,310021846621,有效,2019-06-12,0,王敏\n\
            4,SH01,王敏,13812341234,2026-03-18,2026-03-18 09:00,地址,310021846621,有效,2019-06-12,0,王敏\n";
        let list = list(rows);
        let mut faults: Vec<_> = list
            .faults
            .first
            .iter()
            .map(|fault| (fault.row.unwrap_or(0), fault.column.clone().unwrap_or_default(), fault.rule))
            .collect();
        faults.sort();
        let expected = [
            (2, "signed", Rule::Date),
            (3, "premium", Rule::Amount),
            (3, "received", Rule::Time),
            (4, "name", Rule::Required),
            (4, "premium", Rule::Amount),
            (4, "status", Rule::Unknown),
            (4, "what", Rule::Required),
            (6, "no", Rule::Twice),
        ];
        assert_eq!(faults, expected.map(|(row, column, rule)| (row, column.to_owned(), rule)));
        assert_eq!(list.cases.len(), 1);
    }
}
