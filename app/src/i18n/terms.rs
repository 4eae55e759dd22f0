//! Names of the domain's kinds: statuses, modes, documents, lines of lists.

use domain::case::command::ReleaseMethod;
use domain::case::item::{CoreState, Finished, PreparationAnswer, PreparationLine, PreparationSource};
use domain::case::list::ListLine;
use domain::case::returns::NoFault;
use domain::case::state::{Ending, Priority};
use domain::catalogue::{Capacity, Channel, FinishingAction, PolicyBlock, PolicyDate};
use domain::policy::{FactSource, PaymentMode, PolicyStatus, ProductGroup};
use domain::value::DocumentKind;

messages! {
    /// Names of the domain's kinds.
    pub struct Terms {
        in_force: "有效", "In force";
        lapsed: "效力中止", "Lapsed";
        paid_up: "缴清", "Paid up";
        matured: "满期", "Matured";
        terminated: "终止", "Terminated";
        traditional: "传统型", "Traditional";
        participating: "分红型", "Participating";
        universal: "万能型", "Universal life";
        annuity: "年金型", "Annuity";
        endowment: "两全型", "Endowment";
        single: "趸交", "Single";
        annual: "年交", "Annual";
        half_yearly: "半年交", "Half-yearly";
        quarterly: "季交", "Quarterly";
        monthly: "月交", "Monthly";
        typed: "录入", "Typed";
        imported: "导入", "Imported";
        core: "核心", "Core";
        resident_id: "居民身份证", "Resident ID";
        permanent_residence: "永久居留证", "Permanent residence";
        hk_mo_tw: "港澳台居住证", "HK/MO/TW permit";
        passport: "护照", "Passport";
        household_register: "户口簿", "Household register";
        birth_certificate: "出生证明", "Birth certificate";
        holder: "投保人", "Holder";
        insured: "被保险人", "Insured";
        beneficiary: "受益人", "Beneficiary";
        counter: "柜面", "Counter";
        agent: "业务员", "Agent";
        post: "邮寄", "Post";
        phone: "电话", "Phone";
        online: "线上", "Online";
        electronic: "电子", "Electronic";
        at_counter: "柜面领取", "At the counter";
        by_agent: "交业务员", "By agent";
        complaint: "投诉", "Complaint";
        vip: "VIP", "VIP";
        no_priority: "无", "None";
        review: "审核", "Review";
        enter: "录入", "Entry";
        confirm: "二次录入", "Second keying";
        preparation: "变更前准备", "Preparation";
        core_result: "系统结果", "Core result";
        fees: "费用", "Fees";
        endorsement: "批注", "Endorsement";
        pass: "复核通过", "Recheck passed";
        core_effective: "核心生效", "Effective in the core";
        bind: "装订清单", "Finishing list";
        loan: "贷款", "Policy loan";
        apl: "自垫", "Automatic premium loan";
        arrears: "欠缴保费", "Premium in arrears";
        claim: "未结理赔", "Open claim";
        freeze: "冻结", "Freeze";
        loss_report: "挂失", "Reported lost";
        referrals: "转会办", "Referrals";
        approvals: "特别件审批", "Special approvals";
        answer_none: "无", "None";
        answer_present: "有", "Present";
        not_needed: "不需要", "Not needed";
        source_core: "核心系统", "Core system";
        source_facts: "登记要素", "Registered facts";
        source_desk: "经办部门", "The desk";
        pending: "待生效", "Pending";
        effective: "已生效", "In force";
        done: "已做", "Done";
        not_applicable: "不适用", "N/A";
        at_fault: "有误", "At fault";
        released: "已下发", "Released";
        withdrawn: "已撤销", "Withdrawn";
        declined: "已拒绝", "Declined";
        by_customer: "客户", "The customer";
        by_core: "核心系统", "The core system";
        by_department: "其他部门", "Another department";
        new_fact: "新情况", "A new fact";
        by_proposal: "拟拒绝未准", "Proposal to decline";
        bound: "装入", "Bind in";
        replaced: "更换", "Replace";
        added: "增加", "Add";
        recovered: "收回", "Recover";
        cancelled: "作废", "Cancel";
        receipt_signed: "回执签收日", "the day the policy was signed for";
        anniversary: "周年日", "the anniversary";
        matures_on: "满期日", "the maturity date";
    }
}

impl Terms {
    /// Status of a policy.
    pub const fn policy_status(&self, of: PolicyStatus) -> &'static str {
        match of {
            PolicyStatus::InForce => self.in_force,
            PolicyStatus::Lapsed => self.lapsed,
            PolicyStatus::PaidUp => self.paid_up,
            PolicyStatus::Matured => self.matured,
            PolicyStatus::Terminated => self.terminated,
        }
    }

    /// Product group.
    pub const fn product_group(&self, of: ProductGroup) -> &'static str {
        match of {
            ProductGroup::Traditional => self.traditional,
            ProductGroup::Participating => self.participating,
            ProductGroup::Universal => self.universal,
            ProductGroup::Annuity => self.annuity,
            ProductGroup::Endowment => self.endowment,
        }
    }

    /// Payment mode.
    pub const fn payment_mode(&self, of: PaymentMode) -> &'static str {
        match of {
            PaymentMode::Single => self.single,
            PaymentMode::Annual => self.annual,
            PaymentMode::HalfYearly => self.half_yearly,
            PaymentMode::Quarterly => self.quarterly,
            PaymentMode::Monthly => self.monthly,
        }
    }

    /// Where facts come from.
    pub const fn fact_source(&self, of: FactSource) -> &'static str {
        match of {
            FactSource::Typed => self.typed,
            FactSource::Imported => self.imported,
            FactSource::Core => self.core,
        }
    }

    /// Kind of identity document.
    pub const fn document(&self, of: DocumentKind) -> &'static str {
        match of {
            DocumentKind::ResidentId => self.resident_id,
            DocumentKind::PermanentResidence => self.permanent_residence,
            DocumentKind::HkMoTwResidence => self.hk_mo_tw,
            DocumentKind::Passport => self.passport,
            DocumentKind::HouseholdRegister => self.household_register,
            DocumentKind::BirthCertificate => self.birth_certificate,
        }
    }

    /// Capacity of the applicant.
    pub const fn capacity(&self, of: Capacity) -> &'static str {
        match of {
            Capacity::Holder => self.holder,
            Capacity::Insured => self.insured,
            Capacity::Beneficiary => self.beneficiary,
        }
    }

    /// Channel.
    pub const fn channel(&self, of: Channel) -> &'static str {
        match of {
            Channel::Counter => self.counter,
            Channel::Agent => self.agent,
            Channel::Post => self.post,
            Channel::Phone => self.phone,
            Channel::Online => self.online,
        }
    }

    /// How a finished policy leaves.
    pub const fn release_method(&self, of: ReleaseMethod) -> &'static str {
        match of {
            ReleaseMethod::Counter => self.at_counter,
            ReleaseMethod::Agent => self.by_agent,
            ReleaseMethod::Post => self.post,
            ReleaseMethod::Electronic => self.electronic,
        }
    }

    /// Priority.
    pub const fn priority(&self, of: Priority) -> &'static str {
        match of {
            Priority::Complaint => self.complaint,
            Priority::Vip => self.vip,
            Priority::None => self.no_priority,
        }
    }

    /// A line of a stage's list.
    pub const fn list_line(&self, of: ListLine) -> &'static str {
        match of {
            ListLine::Review => self.review,
            ListLine::Enter => self.enter,
            ListLine::Confirm => self.confirm,
            ListLine::Preparation => self.preparation,
            ListLine::CoreResult => self.core_result,
            ListLine::Fees => self.fees,
            ListLine::Endorsement => self.endorsement,
            ListLine::Pass => self.pass,
            ListLine::CoreEffective => self.core_effective,
            ListLine::Bind => self.bind,
        }
    }

    /// A line of the preparation.
    pub const fn preparation_line(&self, of: PreparationLine) -> &'static str {
        match of {
            PreparationLine::Loan => self.loan,
            PreparationLine::Apl => self.apl,
            PreparationLine::Arrears => self.arrears,
            PreparationLine::Claim => self.claim,
            PreparationLine::Freeze => self.freeze,
            PreparationLine::LossReport => self.loss_report,
            PreparationLine::Referrals => self.referrals,
            PreparationLine::Approvals => self.approvals,
        }
    }

    /// An answer of the preparation.
    pub const fn preparation_answer(&self, of: PreparationAnswer) -> &'static str {
        match of {
            PreparationAnswer::None => self.answer_none,
            PreparationAnswer::Present => self.answer_present,
            PreparationAnswer::NotNeeded => self.not_needed,
        }
    }

    /// Where an answer of the preparation comes from.
    pub const fn preparation_source(&self, of: PreparationSource) -> &'static str {
        match of {
            PreparationSource::Core => self.source_core,
            PreparationSource::Facts => self.source_facts,
            PreparationSource::Desk => self.source_desk,
        }
    }

    /// State of a core result.
    pub const fn core_state(&self, of: CoreState) -> &'static str {
        match of {
            CoreState::Pending => self.pending,
            CoreState::Effective => self.effective,
        }
    }

    /// Answer to a finishing line.
    pub const fn finished(&self, of: Finished) -> &'static str {
        match of {
            Finished::Done => self.done,
            Finished::NotApplicable => self.not_applicable,
            Finished::AtFault => self.at_fault,
        }
    }

    /// What is done to a piece of the policy.
    pub const fn finishing_action(&self, of: FinishingAction) -> &'static str {
        match of {
            FinishingAction::Bound => self.bound,
            FinishingAction::Replaced => self.replaced,
            FinishingAction::Added => self.added,
            FinishingAction::Recovered => self.recovered,
            FinishingAction::Cancelled => self.cancelled,
        }
    }

    /// How a case ended.
    pub const fn ending(&self, of: Ending) -> &'static str {
        match of {
            Ending::Released => self.released,
            Ending::Withdrawn => self.withdrawn,
            Ending::Declined => self.declined,
        }
    }

    /// Cause of a return that is nobody's fault.
    pub const fn no_fault(&self, of: NoFault) -> &'static str {
        match of {
            NoFault::Customer => self.by_customer,
            NoFault::Core => self.by_core,
            NoFault::OtherDepartment => self.by_department,
            NoFault::NewFact => self.new_fact,
            NoFault::Proposal => self.by_proposal,
        }
    }

    /// What stops an item.
    pub const fn block(&self, of: PolicyBlock) -> &'static str {
        match of {
            PolicyBlock::Frozen => self.freeze,
            PolicyBlock::OpenClaim => self.claim,
            PolicyBlock::LossReported => self.loss_report,
            PolicyBlock::Loan => self.loan,
            PolicyBlock::PremiumLoan => self.apl,
            PolicyBlock::SinglePremium => self.single,
        }
    }

    /// A date of the policy.
    pub const fn policy_date(&self, of: PolicyDate) -> &'static str {
        match of {
            PolicyDate::ReceiptSigned => self.receipt_signed,
            PolicyDate::Anniversary => self.anniversary,
            PolicyDate::MaturesOn => self.matures_on,
        }
    }
}
