//! Lists of cases to be worked here: each row is a registration by another system, refused where registration is, and
//! stands in the pool of intake.

mod read;
mod write;

pub use read::{List, ListRow, read};
pub use write::import;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::when::TimeForm;

/// How a list is read. A field comes from its column or is the same for all rows; what is in neither is not given.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Name of the source: it stands in the log as who registered, and numbers are unique in it.
    pub source: String,
    /// What stands between values.
    #[serde(default = "comma")]
    pub delimiter: char,
    /// Columns by field.
    pub columns: BTreeMap<Field, String>,
    /// Values that are the same for all rows.
    #[serde(default)]
    pub constants: BTreeMap<Field, String>,
    /// Words of the list and what they mean here, by field: `退保` is `CT`.
    #[serde(default)]
    pub words: BTreeMap<Field, BTreeMap<String, String>>,
    /// How times are written.
    #[serde(default)]
    pub time: TimeForm,
}

/// A field of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Number of the case there.
    Number,
    /// Accepting unit.
    Accepting,
    /// Unit that manages the policy; without it the accepting one.
    Managing,
    /// Applicant's name.
    Applicant,
    /// Applicant's mobile.
    Mobile,
    /// `holder`, `insured`, `beneficiary`; without it the holder.
    Capacity,
    /// `counter`, `agent`, `post`, `phone`, `online`; without it online.
    Channel,
    /// Date on the application.
    AppliedOn,
    /// When it reached the company.
    ReceivedAt,
    /// Codes of the items, a semicolon between.
    Items,
    /// Materials, a semicolon between: kind, and after colons `original` or `copy`, copies, pages.
    Materials,
    /// Who acts for the applicant.
    AgentName,
    /// Identity number of who acts.
    AgentIdentity,
    /// Whether an authority letter was handed in.
    AgentAuthority,
    /// Policy number.
    PolicyNo,
    /// Product.
    Product,
    /// `traditional`, `participating`, `universal`, `annuity`, `endowment`.
    Group,
    /// Group business.
    GroupBusiness,
    /// `in_force`, `lapsed`, `paid_up`, `matured`, `terminated`.
    Status,
    /// Effective date.
    Effective,
    /// Day the policy was signed for.
    ReceiptSigned,
    /// Free-look days; without it 15.
    FreeLookDays,
    /// Premium is paid to this day.
    PaidTo,
    /// Next anniversary.
    Anniversary,
    /// Day the policy lapsed.
    LapsedOn,
    /// Maturity date.
    MaturesOn,
    /// `single`, `annual`, `half_yearly`, `quarterly`, `monthly`.
    PaymentMode,
    /// Premium of one instalment, yuan.
    Premium,
    /// Premium paid so far, yuan.
    PremiumPaid,
    /// Cash value, yuan.
    CashValue,
    /// Dividends, yuan.
    Dividends,
    /// Survival benefits, yuan.
    SurvivalBenefits,
    /// Maturity benefit, yuan.
    MaturityBenefit,
    /// Overpaid premium, yuan.
    Overpaid,
    /// Unexpired rider premium, yuan.
    UnexpiredRider,
    /// Loan, yuan.
    Loan,
    /// Interest on it, yuan.
    LoanInterest,
    /// Automatic premium loan, yuan.
    Apl,
    /// Arrears, yuan.
    Arrears,
    /// A claim is open.
    OpenClaim,
    /// Frozen.
    Frozen,
    /// Reported lost.
    LossReported,
    /// Policyholder.
    Holder,
    /// Insured.
    Insured,
}

const fn comma() -> char {
    ','
}
