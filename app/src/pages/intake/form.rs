//! What is typed, as typed; and the registration it makes.

use chrono::{NaiveDate, NaiveTime};
use domain::case::registration::{Agent, Registration, Shortfall};
use domain::catalogue::{Capacity, Channel, MaterialForm};
use domain::id::{ItemCode, MaterialKind, UnitId};
use domain::money::Money;
use domain::policy::{FactSource, PaymentMode, PolicyFacts, PolicyStatus, ProductGroup};
use domain::secret::Secret;
use domain::time::{Timestamp, local_date, zone};
use serde::{Deserialize, Serialize};

/// Something that is not filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// Policy number.
    PolicyNo,
    /// Product.
    Product,
    /// Effective date.
    Effective,
    /// Free-look days.
    FreeLook,
    /// Holder.
    Holder,
    /// Insured.
    Insured,
    /// Applicant.
    Applicant,
    /// Mobile.
    Mobile,
    /// Acting person's name.
    AgentName,
    /// Acting person's identity number.
    AgentIdentity,
    /// Application date.
    AppliedOn,
    /// When it was received.
    ReceivedAt,
    /// No item.
    Items,
    /// No material.
    Materials,
    /// A material without copies or pages: its index.
    Material(usize),
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
    /// Capacity.
    pub capacity: Capacity,
    /// Channel.
    pub channel: Channel,
    /// Somebody acts for the applicant.
    pub by_agent: bool,
    /// Acting person's name.
    pub agent: String,
    /// Acting person's identity number.
    pub agent_id: Secret,
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
            capacity: Capacity::Holder,
            channel: Channel::Counter,
            by_agent: false,
            agent: String::new(),
            agent_id: Secret::Plain(String::new()),
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
    pub fn of(registration: &Registration, accepting: &UnitId) -> Self {
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
            policy_no: policy.policy_no.clone(),
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
            capacity: registration.capacity,
            channel: registration.channel,
            by_agent: agent.is_some(),
            agent: agent.map(|agent| agent.name.clone()).unwrap_or_default(),
            agent_id: agent.map_or_else(|| Secret::Plain(String::new()), |agent| agent.identity.clone()),
            authority: agent.is_some_and(|agent| agent.authority),
            applied_on: Some(registration.applied_on),
            received_on: Some(local_date(registration.received_at)),
            received_time: crate::format::clock_time(registration.received_at),
            received_fixed: Some(registration.received_at),
            accepting: Some(accepting.clone()),
            managing: Some(registration.managing.clone()),
            items: registration.items.clone(),
            papers: registration
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

    /// The registration it makes, or what is not filled in.
    pub fn registration(&self, unit: &UnitId, now: Timestamp) -> Result<Registration, Vec<Gap>> {
        let mut gaps = Vec::new();
        let mut text = |gap: Gap, text: &str| {
            if text.trim().is_empty() {
                gaps.push(gap);
            }
            text.trim().to_owned()
        };
        let policy_no = text(Gap::PolicyNo, &self.policy_no);
        let product = text(Gap::Product, &self.product);
        let holder = text(Gap::Holder, &self.holder);
        let insured = text(Gap::Insured, &self.insured);
        let applicant = text(Gap::Applicant, &self.applicant);
        let free_look_days = self.free_look.trim().parse();
        if free_look_days.is_err() {
            gaps.push(Gap::FreeLook);
        }
        if self.mobile.is_empty() {
            gaps.push(Gap::Mobile);
        }
        if self.by_agent && self.agent.trim().is_empty() {
            gaps.push(Gap::AgentName);
        }
        if self.by_agent && self.agent_id.is_empty() {
            gaps.push(Gap::AgentIdentity);
        }
        if self.items.is_empty() {
            gaps.push(Gap::Items);
        }
        let mut materials = Vec::new();
        for (index, paper) in self.papers.iter().enumerate().filter(|(_, paper)| paper.is_given()) {
            match (number(&paper.copies), number(&paper.pages)) {
                (Some(copies), Some(pages)) => materials.push(domain::case::Material {
                    kind: paper.kind.clone(),
                    form: paper.form,
                    copies,
                    pages,
                    return_to_customer: paper.back,
                }),
                _ => gaps.push(Gap::Material(index)),
            }
        }
        if !self.papers.iter().any(Paper::is_given) {
            gaps.push(Gap::Materials);
        }
        let dates = (self.effective, self.applied_on, self.received_at());
        let gap = |missing: bool, gap: Gap| missing.then_some(gap);
        gaps.extend(gap(dates.0.is_none(), Gap::Effective));
        gaps.extend(gap(dates.1.is_none(), Gap::AppliedOn));
        gaps.extend(gap(dates.2.is_none(), Gap::ReceivedAt));
        let (Some(effective), Some(applied_on), Some(received_at)) = dates else { return Err(gaps) };
        let Ok(free_look_days) = free_look_days else { return Err(gaps) };
        if !gaps.is_empty() {
            return Err(gaps);
        }
        let money = |amount: Amount| Money::fen(self.amounts.get(&amount).copied().unwrap_or_default());
        Ok(Registration {
            policy: PolicyFacts {
                policy_no,
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
            mobile: self.mobile.clone(),
            capacity: self.capacity,
            channel: self.channel,
            agent: self.by_agent.then(|| Agent {
                name: self.agent.trim().to_owned(),
                identity: self.agent_id.clone(),
                authority: self.authority,
            }),
            applied_on,
            received_at,
            items: self.items.clone(),
            materials,
            acknowledged: self.acknowledged.clone(),
        })
    }
}

/// A count above zero.
fn number(text: &str) -> Option<u16> {
    text.trim().parse().ok().filter(|n| *n > 0)
}

/// A time of day as people type it: `14:05`, `1405`, `9:5`.
pub fn parse_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().replace('：', ":");
    let (hours, minutes) = match text.split_once(':') {
        Some((hours, minutes)) => (hours.parse().ok()?, minutes.parse().ok()?),
        None if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) => {
            (text[..2].parse().ok()?, text[2..].parse().ok()?)
        }
        None => return None,
    };
    NaiveTime::from_hms_opt(hours, minutes, 0)
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
