//! What columns are usually called, in Chinese and English, and in logs of process-mining tools.

use domain::text::{narrow, trimmed};

use super::super::table::same_name;

/// Fields of an event log by what their columns are called.
pub(super) const LOG: &[(&str, &[&str])] = &[
    (
        "case",
        &[
            "case:concept:name",
            "case id",
            "case_id",
            "caseid",
            "case",
            "case number",
            "case no",
            "案件号",
            "案号",
            "受理号",
            "业务号",
            "流水号",
            "工单号",
            "保全号",
            "案件编号",
            "受理编号",
        ],
    ),
    (
        "activity",
        &[
            "concept:name",
            "activity",
            "act",
            "task",
            "event",
            "step",
            "活动",
            "环节",
            "步骤",
            "节点",
            "操作",
            "任务",
            "状态",
            "环节名称",
        ],
    ),
    (
        "time",
        &[
            "time:timestamp",
            "timestamp",
            "time",
            "complete time",
            "completed",
            "end time",
            "finished",
            "at",
            "date",
            "时间",
            "完成时间",
            "操作时间",
            "处理时间",
            "结束时间",
            "日期",
            "完成日期",
        ],
    ),
    ("step", &["concept:instance", "event id", "event_id", "step id", "步骤号", "序号", "任务号"]),
    (
        "resource",
        &[
            "org:resource",
            "resource",
            "who",
            "user",
            "operator",
            "performer",
            "staff",
            "人员",
            "操作人",
            "处理人",
            "经办人",
            "工号",
            "办理人",
            "操作员",
        ],
    ),
    ("group", &["org:group", "group", "team", "desk", "组", "小组", "团队", "岗位", "科室"]),
    ("channel", &["case:channel", "channel", "渠道", "受理渠道", "申请渠道"]),
    (
        "department",
        &["case:department", "department", "unit", "branch", "部门", "机构", "分公司", "受理机构"],
    ),
    (
        "deadline",
        &[
            "case:deadline",
            "deadline",
            "due",
            "due date",
            "期限",
            "截止时间",
            "时限",
            "应完成时间",
            "到期时间",
        ],
    ),
    (
        "end",
        &[
            "case:enddate",
            "case end",
            "closed",
            "closed at",
            "end",
            "ende",
            "结案时间",
            "办结时间",
            "结案日期",
        ],
    ),
];

/// Fields of a registration by what their columns are called.
pub(super) const LIST: &[(&str, &[&str])] = &[
    (
        "number",
        &[
            "受理号",
            "案件号",
            "申请号",
            "业务号",
            "流水号",
            "编号",
            "case number",
            "case no",
            "number",
            "no",
            "case",
        ],
    ),
    ("accepting", &["受理机构", "机构", "受理单位", "机构代码", "unit", "accepting unit", "branch"]),
    ("managing", &["管理机构", "managing unit"]),
    ("applicant", &["申请人", "客户姓名", "申请人姓名", "姓名", "applicant", "customer", "name"]),
    ("mobile", &["手机号", "手机", "手机号码", "联系电话", "电话", "mobile", "phone", "telephone"]),
    ("capacity", &["申请资格", "申请人身份", "capacity"]),
    ("channel", &["渠道", "受理渠道", "申请渠道", "channel"]),
    ("applied_on", &["申请日期", "申请日", "applied on", "application date", "date"]),
    ("received_at", &["收件时间", "收件日期", "受理时间", "接收时间", "received", "received at"]),
    ("items", &["保全项目", "项目", "变更项目", "业务类型", "items", "item", "change"]),
    ("materials", &["资料", "申请资料", "材料", "单证", "materials", "documents"]),
    ("agent_name", &["代办人", "代办人姓名", "agent"]),
    ("agent_identity", &["代办人证件号", "代办人身份证", "agent identity"]),
    ("policy_no", &["保单号", "保单号码", "合同号", "policy number", "policy no", "policy"]),
    ("product", &["险种", "险种名称", "产品", "product"]),
    ("group", &["产品类型", "险种类别", "product group"]),
    ("status", &["保单状态", "状态", "status"]),
    ("effective", &["生效日", "生效日期", "effective", "effective date"]),
    ("paid_to", &["交至日", "交费至", "缴费至", "paid to"]),
    ("payment_mode", &["交费方式", "缴费方式", "payment mode"]),
    ("premium", &["期交保费", "保费", "每期保费", "premium"]),
    ("cash_value", &["现金价值", "cash value"]),
    ("holder", &["投保人", "投保人姓名", "holder", "policyholder"]),
    ("insured", &["被保险人", "被保人", "insured"]),
];

/// Every name of these, for finding the delimiter.
pub(super) fn known() -> Vec<&'static str> {
    LOG.iter().chain(LIST).flat_map(|(_, names)| names.iter().copied()).collect()
}

/// The columns of a header by field: the first name of a field's list that the header has, each column once.
pub(super) fn named<'h>(
    fields: &[(&'static str, &[&str])],
    header: &[&'h str],
) -> Vec<(&'static str, &'h str)> {
    let mut taken: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for (field, names) in fields {
        let free = |column: &&str| !taken.contains(column);
        let column = names.iter().find_map(|name| {
            header.iter().copied().find(|column| free(column) && same_name(&lower(column), name))
        });
        if let Some(column) = column {
            taken.push(column);
            found.push((*field, column));
        }
    }
    found
}

fn lower(name: &str) -> String {
    narrow(trimmed(name)).to_lowercase().replace('_', " ")
}
