//! Lists of cases to be worked here: each row is a registration by another system, refused where registration is, and
//! stands in the pool of intake.

mod changes;
mod given;
mod read;
mod write;

pub use read::{List, ListRow, read};
pub use write::import;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::given::Unmapped;
use super::when::TimeForm;
use super::{Faults, File, Layout, Table};

/// How a list is read. A field comes from its column or is the same for all rows; what is in neither is not given.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Name of the source: it stands in the log as who registered, and numbers are unique in it.
    pub source: String,
    /// The encoding; recognised where it is not given.
    pub encoding: Option<String>,
    /// What stands between values; found where it is not given.
    pub delimiter: Option<String>,
    /// Row of the header; the first that is not empty where it is not given.
    pub header: Option<u64>,
    /// What columns nobody reads are.
    #[serde(default)]
    pub unmapped: Unmapped,
    /// What happens to rows that say other things of a case than those by which it was brought.
    #[serde(default)]
    pub brought_before: Before,
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

/// What happens to rows that say other things of a case than those by which it was brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Before {
    /// They are faults.
    #[default]
    Refuse,
    /// They are left out; the cases stay as they are.
    Keep,
    /// What they say is written into the registration of cases that nobody has taken up; of others they are faults.
    Update,
}

impl Mapping {
    /// Names of the columns that are read, each once.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.columns.values().map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The table of a file by this mapping.
    ///
    /// # Errors
    /// The first fault that makes the rest of the file unreadable.
    pub fn table(&self, file: &File) -> Result<Table, Faults> {
        file.table(&Layout {
            encoding: self.encoding.as_deref(),
            delimiter: self.delimiter.as_deref(),
            header: self.header,
            columns: &self.names(),
            only_named: self.unmapped == Unmapped::Refuse,
        })
    }

    /// Name of the column of a field; where it has none, that it is the same for all rows.
    pub fn name(&self, field: Field) -> &str {
        self.columns.get(&field).map_or("(constant)", String::as_str)
    }
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
