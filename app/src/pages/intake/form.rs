//! What is typed, as typed; and the registration it makes.

use super::identity::Identity;
use crate::format::{AmountError, DateError, parse_count, parse_time};
use chrono::NaiveDate;
use domain::case::Case;
use domain::case::registration::{Agent, Registration, Shortfall};
use domain::catalogue::{Capacity, Channel, FieldRule, MaterialForm};
use domain::id::{ItemCode, MaterialKind, UnitId};
use domain::money::Money;
use domain::policy::{FactSource, PaymentMode, PolicyFacts, PolicyStatus, ProductGroup};
use domain::secret::{Secret, SecretKind, canonical};
use domain::time::{Timestamp, local_date, zone};
use serde::{Deserialize, Serialize};

/// Why a place of the form makes no registration. Places are JSON pointers into it, as the server names them too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Not filled in.
    Missing,
    /// No count above zero.
    Count,
    /// No time of day.
    Time,
    /// No date.
    Date(DateError),
    /// No amount.
    Amount(AmountError),
    /// A rule of the field.
    Rule(FieldRule),
}

/// A place of the form that makes no registration yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// JSON pointer: `/registration/policy/policy_no`. Materials count as on the form.
    pub at: String,
    /// Why.
    pub why: Why,
}

/// The amounts of the policy facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Amount {
    /// 期交保费
    Premium,
    /// 已交保费
    PremiumPaid,
    /// 现金价值
    CashValue,
    /// 累积红利
    Dividends,
    /// 未领生存金
    Survival,
    /// 满期金
    Maturity,
    /// 溢缴保费
    Overpaid,
    /// 附加险未到期
    UnexpiredRider,
    /// 贷款本金
    Loan,
    /// 贷款利息
    LoanInterest,
    /// 自垫本息
    Apl,
    /// 欠缴保费
    Arrears,
}

impl Amount {
    /// All, in the order of the form.
    pub const ALL: [Self; 12] = [
        Self::Premium,
        Self::PremiumPaid,
        Self::CashValue,
        Self::Dividends,
        Self::Survival,
        Self::Maturity,
        Self::Overpaid,
        Self::UnexpiredRider,
        Self::Loan,
        Self::LoanInterest,
        Self::Apl,
        Self::Arrears,
    ];

    /// Its place in a registration.
    pub const fn place(self) -> &'static str {
        match self {
            Self::Premium => "/registration/policy/premium",
            Self::PremiumPaid => "/registration/policy/premium_paid",
            Self::CashValue => "/registration/policy/cash_value",
            Self::Dividends => "/registration/policy/dividends",
            Self::Survival => "/registration/policy/survival_benefits",
            Self::Maturity => "/registration/policy/maturity_benefit",
            Self::Overpaid => "/registration/policy/overpaid",
            Self::UnexpiredRider => "/registration/policy/unexpired_rider",
            Self::Loan => "/registration/policy/loan",
            Self::LoanInterest => "/registration/policy/loan_interest",
            Self::Apl => "/registration/policy/apl",
            Self::Arrears => "/registration/policy/arrears",
        }
    }
}

/// A paper as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its kind.
    pub kind: MaterialKind,
    /// Original or copy.
    pub form: MaterialForm,
    /// Copies, as typed.
    pub copies: String,
    /// Pages, as typed.
    pub pages: String,
    /// It goes back to the customer.
    pub back: bool,
}

impl Paper {
    /// Whether anything was handed in: a line without pages is only offered.
    pub fn is_given(&self) -> bool {
        !self.pages.trim().is_empty()
    }
}

/// What is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Policy number.
    pub policy_no: String,
    /// Product.
    pub product: String,
    /// Product group.
    pub group: ProductGroup,
    /// Group business.
    pub group_business: bool,
    /// Status.
    pub status: PolicyStatus,
    /// Effective date.
    pub effective: Option<NaiveDate>,
    /// Policy signed for.
    pub receipt_signed: Option<NaiveDate>,
    /// Free-look days, as typed.
    pub free_look: String,
    /// Paid to.
    pub paid_to: Option<NaiveDate>,
    /// Next anniversary.
    pub anniversary: Option<NaiveDate>,
    /// Lapsed on.
    pub lapsed_on: Option<NaiveDate>,
    /// Matures on.
    pub matures_on: Option<NaiveDate>,
    /// Payment mode.
    pub mode: PaymentMode,
    /// Amounts, minor units; what is not typed is nothing.
    pub amounts: std::collections::BTreeMap<Amount, i64>,
    /// A claim is open.
    pub open_claim: bool,
    /// Frozen.
    pub frozen: bool,
    /// Reported lost.
    pub loss_reported: bool,
    /// Holder.
    pub holder: String,
    /// Insured.
    pub insured: String,
    /// Applicant.
    pub applicant: String,
    /// Mobile; sealed while it is the one of a case that is there.
    pub mobile: Secret,
    /// Applicant's identity document, where it is written down.
    #[serde(default)]
    pub document: Identity,
    /// Capacity.
    pub capacity: Capacity,
    /// Channel.
    pub channel: Channel,
    /// Somebody acts for the applicant.
    pub by_agent: bool,
    /// Acting person's name.
    pub agent: String,
    /// Acting person's identity document.
    #[serde(default)]
    pub agent_document: Identity,
    /// A letter of authority was handed in.
    pub authority: bool,
    /// Application date.
    pub applied_on: Option<NaiveDate>,
    /// Day of receipt.
    pub received_on: Option<NaiveDate>,
    /// Time of receipt, as typed.
    pub received_time: String,
    /// The very moment of receipt of a case that is there: it cannot be moved.
    pub received_fixed: Option<Timestamp>,
    /// Accepting unit.
    pub accepting: Option<UnitId>,
    /// Managing unit; none = the accepting one.
    pub managing: Option<UnitId>,
    /// Items.
    pub items: Vec<ItemCode>,
    /// Papers.
    pub papers: Vec<Paper>,
    /// Shortfalls acknowledged one by one.
    pub acknowledged: Vec<Shortfall>,
}

impl Form {
    /// Nothing typed.
    pub fn blank() -> Self {
        Self {
            policy_no: String::new(),
            product: String::new(),
            group: ProductGroup::Participating,
            group_business: false,
            status: PolicyStatus::InForce,
            effective: None,
            receipt_signed: None,
            free_look: "15".to_owned(),
            paid_to: None,
            anniversary: None,
            lapsed_on: None,
            matures_on: None,
            mode: PaymentMode::Annual,
            amounts: std::collections::BTreeMap::new(),
            open_claim: false,
            frozen: false,
            loss_reported: false,
            holder: String::new(),
            insured: String::new(),
            applicant: String::new(),
            mobile: Secret::Plain(String::new()),
            document: Identity::default(),
            capacity: Capacity::Holder,
            channel: Channel::Counter,
            by_agent: false,
            agent: String::new(),
            agent_document: Identity::default(),
            authority: false,
            applied_on: None,
            received_on: None,
            received_time: String::new(),
            received_fixed: None,
            accepting: None,
            managing: None,
            items: Vec::new(),
            papers: Vec::new(),
            acknowledged: Vec::new(),
        }
    }

    /// A registration begun now: what is on the counter was received this minute, unless the clerk says otherwise.
    pub fn begun(now: Timestamp) -> Self {
        Self {
            received_on: Some(local_date(now)),
            received_time: crate::format::clock_time(now),
            ..Self::blank()
        }
    }

    /// A registration that is there.
    pub fn of(case: &Case) -> Self {
        let (registration, accepting) = (&case.registration, &case.accepting);
        let policy = &registration.policy;
        let money = |amount: Amount| {
            let of = match amount {
                Amount::Premium => policy.premium,
                Amount::PremiumPaid => policy.premium_paid,
                Amount::CashValue => policy.cash_value,
                Amount::Dividends => policy.dividends,
                Amount::Survival => policy.survival_benefits,
                Amount::Maturity => policy.maturity_benefit,
                Amount::Overpaid => policy.overpaid,
                Amount::UnexpiredRider => policy.unexpired_rider,
                Amount::Loan => policy.loan,
                Amount::LoanInterest => policy.loan_interest,
                Amount::Apl => policy.apl,
                Amount::Arrears => policy.arrears,
            };
            (amount, of.minor)
        };
        let agent = registration.agent.as_ref();
        Self {
            policy_no: policy.policy_no.to_string(),
            product: policy.product.clone(),
            group: policy.group,
            group_business: policy.group_business,
            status: policy.status,
            effective: Some(policy.effective),
            receipt_signed: policy.receipt_signed,
            free_look: policy.free_look_days.to_string(),
            paid_to: policy.paid_to,
            anniversary: policy.anniversary,
            lapsed_on: policy.lapsed_on,
            matures_on: policy.matures_on,
            mode: policy.payment_mode,
            amounts: Amount::ALL.into_iter().map(money).filter(|(_, minor)| *minor != 0).collect(),
            open_claim: policy.open_claim,
            frozen: policy.frozen,
            loss_reported: policy.loss_reported,
            holder: policy.holder.clone(),
            insured: policy.insured.clone(),
            applicant: registration.applicant.clone(),
            mobile: registration.mobile.clone(),
            document: registration.document.as_ref().map(Identity::of).unwrap_or_default(),
            capacity: registration.capacity,
            channel: registration.channel,
            by_agent: agent.is_some(),
            agent: agent.map(|agent| agent.name.clone()).unwrap_or_default(),
            agent_document: agent.map(|agent| Identity::of(&agent.document())).unwrap_or_default(),
            authority: agent.is_some_and(|agent| agent.authority),
            applied_on: Some(registration.applied_on),
            received_on: Some(local_date(registration.received_at)),
            received_time: crate::format::clock_time(registration.received_at),
            received_fixed: Some(registration.received_at),
            accepting: Some(accepting.clone()),
            managing: Some(registration.managing.clone()),
            items: case.open_items().map(|item| item.code.clone()).collect(),
            papers: case
                .materials
                .iter()
                .map(|material| Paper {
                    kind: material.kind.clone(),
                    form: material.form,
                    copies: material.copies.to_string(),
                    pages: material.pages.to_string(),
                    back: material.return_to_customer,
                })
                .collect(),
            acknowledged: registration.acknowledged.clone(),
        }
    }

    /// When it was received; none where that is not filled in.
    pub fn received_at(&self) -> Option<Timestamp> {
        if self.received_fixed.is_some() {
            return self.received_fixed;
        }
        let time = parse_time(&self.received_time)?;
        let at = self.received_on?.and_time(time).and_local_timezone(zone()).single()?;
        Some(at.to_utc())
    }

    /// The registration it makes, and what it lacks to be one: then something harmless stands in the place.
    pub fn read(&self, unit: &UnitId, now: Timestamp) -> (Registration, Vec<Lack>) {
        let today = local_date(now);
        let mut reading = Reading { lacks: Vec::new(), today };
        let policy_no = reading.text("/registration/policy/policy_no", &self.policy_no);
        let holder = reading.text("/registration/policy/holder", &self.holder);
        let insured = reading.text("/registration/policy/insured", &self.insured);
        let product = reading.text("/registration/policy/product", &self.product);
        let effective = reading.day("/registration/policy/effective", self.effective);
        let free_look_days = reading.number("/registration/policy/free_look_days", &self.free_look);
        let applicant = reading.text("/registration/applicant", &self.applicant);
        if self.mobile.is_empty() {
            reading.lack("/registration/mobile", Why::Missing);
        }
        let document = (!self.document.is_blank())
            .then(|| reading.identity(&self.document, "/registration/document", "number"));
        let agent = self.by_agent.then(|| {
            let name = reading.text("/registration/agent/name", &self.agent);
            let document = reading.identity(&self.agent_document, "/registration/agent", "identity");
            Agent {
                name,
                kind: document.kind,
                identity: document.number,
                expires: document.expires,
                authority: self.authority,
            }
        });
        let applied_on = reading.day("/registration/applied_on", self.applied_on);
        let received_at = self.received_at().unwrap_or_else(|| {
            if self.received_on.is_none() {
                reading.lack("/registration/received_on", Why::Missing);
            }
            let time = self.received_time.trim();
            if time.is_empty() || parse_time(time).is_none() {
                let why = if time.is_empty() { Why::Missing } else { Why::Time };
                reading.lack("/registration/received_at", why);
            }
            now
        });
        if self.items.is_empty() {
            reading.lack("/registration/items", Why::Missing);
        }
        let materials = reading.materials(&self.papers);
        for (amount, _) in self.amounts.iter().filter(|(_, minor)| **minor < 0) {
            reading.lack(amount.place(), Why::Rule(FieldRule::NotPositive));
        }
        let money = |amount: Amount| Money::fen(self.amounts.get(&amount).copied().unwrap_or_default());
        let mobile = match &self.mobile {
            Secret::Plain(text) => Secret::Plain(canonical(SecretKind::Phone, text)),
            Secret::Sealed(_) => self.mobile.clone(),
        };
        let registration = Registration {
            policy: PolicyFacts {
                policy_no: policy_no.into(),
                product,
                group: self.group,
                group_business: self.group_business,
                status: self.status,
                effective,
                receipt_signed: self.receipt_signed,
                free_look_days,
                paid_to: self.paid_to,
                anniversary: self.anniversary,
                lapsed_on: self.lapsed_on,
                matures_on: self.matures_on,
                payment_mode: self.mode,
                premium: money(Amount::Premium),
                premium_paid: money(Amount::PremiumPaid),
                cash_value: money(Amount::CashValue),
                dividends: money(Amount::Dividends),
                survival_benefits: money(Amount::Survival),
                maturity_benefit: money(Amount::Maturity),
                overpaid: money(Amount::Overpaid),
                unexpired_rider: money(Amount::UnexpiredRider),
                loan: money(Amount::Loan),
                loan_interest: money(Amount::LoanInterest),
                apl: money(Amount::Apl),
                arrears: money(Amount::Arrears),
                open_claim: self.open_claim,
                frozen: self.frozen,
                loss_reported: self.loss_reported,
                holder,
                insured,
                source: FactSource::Typed,
                as_of: now,
            },
            managing: self.managing.clone().unwrap_or_else(|| unit.clone()),
            applicant,
            mobile,
            document,
            capacity: self.capacity,
            channel: self.channel,
            agent,
            applied_on,
            received_at,
            items: self.items.clone(),
            materials,
            acknowledged: self.acknowledged.clone(),
        };
        (registration, reading.lacks)
    }

    /// Where a place of the registration is on the form: of its materials only those handed in are sent.
    pub fn place_on_form(&self, pointer: &str) -> String {
        let found = pointer.strip_prefix("/registration/materials/").and_then(|rest| {
            let (sent, part) = rest.split_once('/').map_or((rest, None), |(sent, part)| (sent, Some(part)));
            let given = self.papers.iter().enumerate().filter(|(_, paper)| paper.is_given());
            let (index, _) = given.into_iter().nth(sent.parse().ok()?)?;
            Some(match part {
                Some(part) => format!("/registration/materials/{index}/{part}"),
                None => format!("/registration/materials/{index}"),
            })
        });
        found.unwrap_or_else(|| pointer.to_owned())
    }
}

/// A form while it is read.
struct Reading {
    lacks: Vec<Lack>,
    today: NaiveDate,
}

impl Reading {
    fn lack(&mut self, at: &str, why: Why) {
        self.lacks.push(Lack { at: at.to_owned(), why });
    }

    fn text(&mut self, at: &str, text: &str) -> String {
        if text.trim().is_empty() {
            self.lack(at, Why::Missing);
        }
        text.trim().to_owned()
    }

    fn day(&mut self, at: &str, day: Option<NaiveDate>) -> NaiveDate {
        if day.is_none() {
            self.lack(at, Why::Missing);
        }
        day.unwrap_or(self.today)
    }

    /// A count; zero where it is none.
    fn number(&mut self, at: &str, text: &str) -> u16 {
        let read = parse_count(text);
        if read.is_none() {
            self.lack(at, if text.trim().is_empty() { Why::Missing } else { Why::Count });
        }
        read.unwrap_or_default()
    }

    fn identity(&mut self, document: &Identity, at: &str, number: &str) -> domain::value::IdentityDocument {
        if document.number.is_empty() {
            self.lack(&format!("{at}/{number}"), Why::Missing);
        }
        let (read, why) = document.read(self.today);
        if let Some(why) = why {
            self.lack(&format!("{at}/expires"), why);
        }
        read
    }

    fn materials(&mut self, papers: &[Paper]) -> Vec<domain::case::Material> {
        let mut materials = Vec::new();
        for (index, paper) in papers.iter().enumerate().filter(|(_, paper)| paper.is_given()) {
            let at = |part: &str| format!("/registration/materials/{index}/{part}");
            let copies = self.number(&at("copies"), &paper.copies);
            let pages = self.number(&at("pages"), &paper.pages);
            materials.push(domain::case::Material {
                kind: paper.kind.clone(),
                form: paper.form,
                copies,
                pages,
                return_to_customer: paper.back,
            });
        }
        if materials.is_empty() {
            self.lack("/registration/materials", Why::Missing);
        }
        materials
    }
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
