//! The table of the 14 error points (founding document, part one, 一（三）).

use super::{
    ErrorPoint::{self, E01, E02, E03, E04, E05, E06, E07, E08, E09, E10, E11, E12, E13, E14},
    ErrorPointSpec,
    Severity::{self, Major, Minor, Ordinary},
};
use crate::{catalogue::Label, post::Post};
use std::borrow::Cow;

/// Whether the document's sentence names the post itself.
enum Stated {
    Yes,
    No,
}

const fn point(
    code: ErrorPoint,
    wording: &'static str,
    label: Label,
    posts: &'static [Post],
    stated: &Stated,
    severity: Severity,
) -> ErrorPointSpec {
    ErrorPointSpec {
        code,
        wording: Cow::Borrowed(wording),
        label,
        posts: Cow::Borrowed(posts),
        posts_stated: matches!(stated, Stated::Yes),
        severity,
    }
}

macro_rules! points {
    ($($code:ident $wording:literal, $zh:literal $en:literal, $posts:expr, $stated:ident, $severity:ident;)*) => {
        [$(point($code, $wording, Label::new($zh, $en), $posts, &Stated::$stated, $severity)),*]
    };
}

/// The 14 error points, in order. Severities are company-set, read off the definition of quality §3: money,
/// rights and legal dates major, what a customer need not notice minor.
pub static ERROR_POINTS: [ErrorPointSpec; 14] = points! {
    E01 "交接岗未审核出客户提交变更申请的申请日期不符合变更规定",
        "申请日期未审出" "Application date not caught", &[Post::Intake], Yes, Ordinary;
    E02 "录入岗审核有误,包括变更申请时间、变更内容及变更资料",
        "审核有误" "Review wrong", &[Post::Entry], Yes, Ordinary;
    E03 "录入岗录入变更内容错误",
        "录入内容错误" "Entry wrong", &[Post::Entry], Yes, Ordinary;
    E04 "保全岗录入内容错误和系统操作错误",
        "系统操作错误" "System work wrong", &[Post::Servicing], Yes, Major;
    E05 "保全岗收、退费计算错误,费用调整错误",
        "费用计算错误" "Fee wrong", &[Post::Servicing], Yes, Major;
    E06 "保全岗批注变更申请有误,包括生效日期和保费批注",
        "批注有误" "Endorsement wrong", &[Post::Servicing], Yes, Major;
    E07 "复核岗未及时发现纠正以上差错",
        "复核漏检" "Missed at recheck", &[Post::Recheck], Yes, Ordinary;
    E08 "装订岗未按操作标准进行变更保单的装订",
        "装订不合标准" "Binding not to standard", &[Post::Binding], Yes, Minor;
    E09 "保单装订错误,包括条款的抽取、增加,变更申请书客户联的装订和保单首页的更换",
        "装订内容错误" "Binding wrong", &[Post::Binding], No, Ordinary;
    E10 "各岗位资料交接手续不完整,变更资料缺失",
        "交接不全" "Hand-over incomplete", &Post::ALL, Yes, Ordinary;
    E11 "相关通知书未及时打印和打印错误",
        "通知书漏印错印" "Notice late or wrong", &Post::ALL, No, Ordinary;
    E12 "相关保单利益未及时发放或发放不正确",
        "利益未发错发" "Benefit late or wrong", &[Post::Servicing], No, Major;
    E13 "涉及变更过程的相关印章未使用或使用不当",
        "印章未用误用" "Seal missing or misused", &Post::ALL, No, Ordinary;
    E14 "未对后台报表进行即时查看与跟踪(例如Autoprocess,Valuation)",
        "后台报表未跟踪" "Reports not followed", &[Post::Servicing], No, Ordinary;
};
