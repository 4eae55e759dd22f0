//! What of a row is more than one value: items, papers, who acts, the policy.

use domain::case::registration::{Agent, Material};
use domain::catalogue::{MaterialForm, ResidentId};
use domain::id::{ItemCode, MaterialKind};
use domain::policy::{FactSource, PolicyFacts};
use domain::secret::{Secret, normalise};
use domain::time::local_date;
use domain::value::DocumentKind;

use super::super::super::fault::Rule;
use super::super::Field;
use super::Given;

impl Given<'_> {
    /// Parts between semicolons.
    fn parts(&self, field: Field) -> Vec<String> {
        let text = self.text(field).unwrap_or_default();
        let parts = text.split([';', '；']).map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| self.meaning(field, part)).collect()
    }

    pub(in super::super) fn items(&mut self) -> Vec<ItemCode> {
        let items = self.parts(Field::Items);
        if items.is_empty() {
            self.fault(Field::Items, Rule::Required, "nothing is given");
        }
        items.into_iter().map(ItemCode).collect()
    }

    pub(in super::super) fn materials(&mut self) -> Vec<Material> {
        let materials = self.parts(Field::Materials);
        materials.iter().filter_map(|text| self.material(text)).collect()
    }

    /// `contract:original:1:12`; what is left out is one original of one page.
    fn material(&mut self, text: &str) -> Option<Material> {
        let mut parts = text.split([':', '：']).map(str::trim);
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

    pub(in super::super) fn agent(&mut self) -> Option<Agent> {
        self.text(Field::AgentName)?;
        let name = self.person(Field::AgentName);
        let text = self.required(Field::AgentIdentity);
        // A list has no column for the kind: the number says it where it is a resident's, also a mistyped one.
        let kind = match ResidentId::parse(&text, local_date(self.reader.now)) {
            Ok(id) => id.document(),
            Err(why) if (15..=18).contains(&normalise(&text).chars().count()) => {
                if self.uncut(Field::AgentIdentity, &text) {
                    self.fault(Field::AgentIdentity, Rule::Identity, format!("{why}: mend it"));
                }
                DocumentKind::ResidentId
            }
            Err(_) => DocumentKind::Passport,
        };
        let identity = Secret::Plain(text);
        Some(Agent { name, kind, identity, expires: None, authority: self.yes(Field::AgentAuthority) })
    }

    pub(in super::super) fn policy(&mut self) -> PolicyFacts {
        use domain::policy::{PaymentMode, PolicyStatus, ProductGroup};
        PolicyFacts {
            policy_no: self.policy_no(),
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
            holder: self.person(Field::Holder),
            insured: self.person(Field::Insured),
            source: FactSource::Imported,
            as_of: self.reader.now,
        }
    }
}
