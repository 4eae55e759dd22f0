//! The 16 controls as the founding document states them (二、质控措施与监测手段; reference, parts 6.3, 6.4, 6.6).

use crate::{
    catalogue::{
        control::{
            Control, ControlTarget, Frequency,
            Phase::{self, After, Before, During},
        },
        label::Label,
    },
    quality::points::{
        Cause::{
            self, Attitude, Care, HandOver, Knowledge, ManualSteps, NoClearProcedure, OtherDepartment, OwnWay,
        },
        ErrorPoint::{self, E01, E02, E03, E04, E05, E06, E07, E08, E09, E10, E12, E13},
    },
};
use std::borrow::Cow;

/// One row of the table.
struct Row {
    phase: Phase,
    frequency: Frequency,
    label: Label,
    wording: &'static str,
    causes: &'static [Cause],
    covers: &'static [ErrorPoint],
    evidence: Label,
}

fn control(code: &'static str, row: Row) -> Control {
    let target = match code.as_bytes().first() {
        Some(b'N') => ControlTarget::Conformity,
        Some(b'T') => ControlTarget::CycleTime,
        _ => ControlTarget::ErrorRate,
    };
    Control {
        code: Cow::Borrowed(code),
        label: row.label,
        wording: Cow::Borrowed(row.wording),
        target,
        phase: row.phase,
        frequency: row.frequency,
        causes: Cow::Borrowed(row.causes),
        covers: Cow::Borrowed(row.covers),
        adds: Vec::new(),
        evidence: row.evidence,
    }
}

macro_rules! controls {
    ($($code:literal $phase:ident $frequency:ident $zh:literal $en:literal, $wording:literal,
       $causes:expr, $covers:expr, $evidence_zh:literal $evidence_en:literal;)*) => {
        vec![$(control($code, Row {
            phase: $phase,
            frequency: Frequency::$frequency,
            label: Label::new($zh, $en),
            wording: $wording,
            causes: &$causes,
            covers: &$covers,
            evidence: Label::new($evidence_zh, $evidence_en),
        })),*]
    };
}

/// Target one, target two, target three, each from before to after.
pub(super) fn controls() -> Vec<Control> {
    controls! {
        "N1" Before Promptly "标准流程与操作手册" "Standard processes and manuals",
            "针对标准操作和特殊操作制定标准化流程和完善的操作手册,并及时进行内容的完善与修改,明确规定各环节操作的审核要求和作业要求,保证各岗位操作人员服务的统一性和一致性",
            [NoClearProcedure], [], "制度与手册的版本、阅知" "Versions and acknowledgements of procedures";
        "N2" Before Promptly "流程沟通与调整" "Feedback on processes",
            "制定标准化流程结合实际工作情况,及时与操作人员沟通,了解实施的可行度;对已有的操作流程可及时根据情况作相应调整,从有利于控制风险与便于操作的角度综合考虑",
            [OwnWay], [], "条款反馈与修订" "Feedback on clauses and their revisions";
        "N3" During NotStated "操作抽样检查" "Sample checks of operation",
            "对操作人员的操作过程进行抽样检查并作相应抽检结果记录,加强执行度的检查与督促",
            [OwnWay, Attitude], [], "抽样台账与抽检结果" "Draws and check results";
        "N4" After NotStated "抽检绩效与奖惩" "Appraisal from checks",
            "根据抽检结果进行各岗位操作人员的绩效考核,实行奖惩措施,以提高工作责任感",
            [Attitude], [], "绩效考核表" "Appraisals";
        "T1" Before NotStated "简化流程与交接" "Simpler steps, fewer hand-overs",
            "简化系统操作流程和减少部门间的交接环节,缩短操作人员在操作过程中的等待时间",
            [OtherDepartment], [], "各部门等待时间" "Waiting time by department";
        "T2" During Daily "保单处理情况统计表" "Daily progress table",
            "每日日结后通过系统产生“保单处理情况统计表”(根据总分公司系统架构中的岗位任务列表),统计查看各岗位操作人员处理保单的进展情况,及时发现是否有保单滞留的情况",
            [OtherDepartment, Attitude], [], "日结、滞留件" "Day closes and stuck cases";
        "T3" After Monthly "保单分派时间间隔统计表" "Monthly interval table",
            "每月月结后通过系统产生“保单分派时间间隔统计表”(根据总分公司系统架构中的岗位任务列表),统计各岗位操作人员的月度工作量及工作时间",
            [OtherDepartment, Attitude], [], "月结" "Month closes";
        "T4" After Monthly "工作量与时间绩效" "Appraisal from workload and time",
            "每月通过对各岗位操作人员的工作量与工作时间进行员工绩效考核,定期通过该考核成绩实行奖惩措施,以提高工作责任感与工作积极性",
            [Attitude], [], "绩效考核表" "Appraisals";
        "M1" Before NotStated "系统计算" "Computed by the system",
            "实现操作的简便化;减少保单利益分配的人工处理;涉及费用的计算实现系统化",
            [ManualSteps], [E04, E05, E12], "费用试算与实算" "Fees computed and settled";
        "M2" Before NotStated "双重复核" "Double keying",
            "系统实现操作录入的双重复核功能,对于某些录入字段少的变更项目,录入确认前由系统控制录入的正确性,确保各岗位可及时自查发现录入的错误",
            [ManualSteps, Care], [E03, E04], "二次录入记录" "Second keyings";
        "M3" Before Periodically "培训" "Training",
            "定期进行新旧产品和变更操作的培训,及时沟通发生变化的内容",
            [Knowledge], [], "培训记录" "Training records";
        "M4" During RealTime "实时抽查" "Spot checks",
            "对操作人员的操作过程进行抽样检查并作相应抽检结果记录,及时发现操作错误,并检验操作的掌握程度,可利于事后有针对性地进行强化培训",
            [Knowledge, Care], [E01, E02, E03, E04, E05, E06, E07, E08, E09, E13],
            "抽样台账与抽检结果" "Draws and check results";
        "M5" During Daily "复核与质检表" "Recheck and its sheet",
            "建立复核制度,每日通过质检表登记复核岗复核的结果,记录包括质检内容、质检数量、差错原因、差错率、操作人和复核人,为操作人员的绩效考核提供参考依据",
            [Care, Knowledge], [E01, E02, E03, E04, E05, E06, E08, E09, E13],
            "复核记录、质检表" "Rechecks and the daily sheet";
        "M6" During Daily "交接与日结核对" "Hand-over and daily reconciliation",
            "各岗位根据《内部文档流转管理办法》规定的交接流程进行文档的交接;每日日结后通过系统产生报告,统计当日新进待处理保单、处理中保单、照会件和处理结束保单,以核对每日保单进出情况,防止保单遗漏处理或遗失现象",
            [HandOver], [E10], "交接清单、日结" "Hand-over slips and day closes";
        "M7" During NotStated "权限控制" "Authority",
            "建立完善有效的权限控制",
            [Care], [], "权限拒绝与审批记录" "Refusals for want of a grant, approvals";
        "M8" After Periodically "成品抽查" "Finished-product checks",
            "定期进行成品抽查,包括装订完成的保单、打印的通知书等,对操作和复核人员的工作结果进行检查,并记录抽检结果。不仅更大程度上减少下发资料的错误率,也作为对操作岗和复核岗绩效考核的依据",
            [Care, Knowledge], [], "成品抽查记录" "Finished-product check records";
    }
}
