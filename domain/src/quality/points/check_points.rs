//! The table of the 17 check points (founding document, part one, 一（一）).

use super::{
    Basis, CheckPoint, CheckPointSpec,
    ErrorPoint::{E01, E02, E03, E04, E05, E06, E07, E08, E09, E10, E11, E12, E13, E14},
    PointStage,
};
use crate::{
    catalogue::{DocumentCode, Label},
    post::Post,
};
use std::borrow::Cow;

const INTAKE: &[Post] = &[Post::Intake];
const ENTRY: &[Post] = &[Post::Entry];
const SERVICING: &[Post] = &[Post::Servicing];
const RECHECK: &[Post] = &[Post::Recheck];
const BINDING: &[Post] = &[Post::Binding];

/// Critical by default, company-set: review, system change, fee, recheck of the entry, authority (process §5).
const fn is_critical(number: u8) -> bool {
    matches!(number, 4 | 7 | 8 | 12 | 17)
}

macro_rules! points {
    ($($number:literal $stage:ident $posts:expr, $basis:ident, $wording:literal,
       $zh:literal $en:literal, $clause:literal $document:literal $suggests:expr;)*) => {
        [$(CheckPointSpec {
            number: CheckPoint($number),
            stage: PointStage::$stage,
            posts: Cow::Borrowed($posts),
            basis: Basis::$basis,
            wording: Cow::Borrowed($wording),
            label: Label::new($zh, $en),
            clause: Cow::Borrowed($clause),
            document: DocumentCode::new($document),
            critical: is_critical($number),
            suggests: Cow::Borrowed($suggests),
        }),*]
    };
}

/// The 17 check points, in order: `CHECK_POINTS[n - 1]` has number n.
pub static CHECK_POINTS: [CheckPointSpec; 17] = points! {
    1 Intake INTAKE, Rule, "交接岗的收件处理是否规范",
        "收件处理" "Taking in", "一（一）1（1）" "D01" &[E01];
    2 Intake INTAKE, Standard, "交接岗的收件登记是否符合操作标准",
        "收件登记" "Registration", "一（一）1（2）" "D01" &[];
    3 Intake INTAKE, Rule, "内部文件的交接工作是否规范",
        "内部交接" "Hand-over from intake", "一（一）1（3）" "D10" &[E10];
    4 Review ENTRY, Standard, "录入岗进行变更资料、内容及时间的审核是否符合操作标准",
        "资料、内容、时间审核" "Review of material, content, time", "一（一）2（1）" "D05" &[E02, E03];
    5 Review ENTRY, Standard, "录入岗对照会件进行照会处理是否符合操作标准",
        "照会处理" "Inquiries", "一（一）2（2）" "D05" &[];
    6 SystemWork SERVICING, Process, "保全岗进行系统变更前准备工作(例转核保部进行重新核保等)是否符合操作流程",
        "变更前准备" "Preparation", "一（一）3（1）" "D01" &[];
    7 SystemWork SERVICING, Requirement, "保全岗进行系统变更操作是否符合操作要求",
        "系统变更操作" "Change in the core system", "一（一）3（2）" "D05" &[E04, E06, E13];
    8 SystemWork SERVICING, Requirement, "保全岗进行变更费用的调整是否符合操作要求",
        "变更费用调整" "Fees", "一（一）3（3）" "D05" &[E05, E12];
    9 SystemWork SERVICING, Requirement, "是否按要求进行系统产生报表的查看",
        "系统报表查看" "System reports viewed", "一（一）3（4）" "D07" &[E14];
    10 SystemWork SERVICING, Rule, "内部文件的交接工作是否规范",
        "内部交接" "Hand-over from servicing", "一（一）3（5）" "D10" &[E10];
    11 Recheck RECHECK, Process, "复核岗进行变更的复核是否符合操作流程",
        "变更复核" "Recheck of the change", "一（一）4（1）" "D08" &[E07];
    12 Recheck RECHECK, Process, "复核岗对录入岗的系统操作的复核是否符合操作流程",
        "录入操作复核" "Recheck of the entry", "一（一）4（2）" "D08" &[E07];
    13 Recheck RECHECK, Process, "复核岗进行费用调整的复核是否符合操作流程",
        "费用调整复核" "Recheck of the fees", "一（一）4（3）" "D08" &[E07];
    14 Binding BINDING, Standard, "装订岗进行保单的装订工作是否符合操作标准",
        "保单装订" "Binding", "一（一）5（1）" "D05" &[E08, E13];
    15 Binding BINDING, Standard, "装订岗进行保单首页、条款的更新是否符合操作标准",
        "首页、条款更新" "Face page and provisions", "一（一）5（2）" "D05" &[E09];
    16 Printing &Post::ALL, Standard, "各岗位进行相关通知书的打印是否符合操作标准",
        "通知书打印" "Notices printed", "一（一）6" "D05" &[E11];
    17 Authority &Post::ALL, Authority, "各岗位进行的相关操作是否符合操作权限",
        "操作权限" "Within authority", "一（一）7" "D06" &[];
};
