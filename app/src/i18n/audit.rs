//! The audit record.

use domain::api::audit::AuditKind;

messages! {
    /// The audit record.
    pub struct AuditWords {
        title: "审计记录", "Audit record";
        person: "工号", "Staff number";
        kind_label: "类别", "Kind";
        any_kind: "全部类别", "Any kind";
        from: "从", "From";
        to: "到", "To";
        at: "时间", "Time";
        what: "事项", "What";
        who: "操作人", "By";
        about: "对象", "About";
        address: "地址", "Address";
        subject: "内容", "Subject";
        command_line: "命令行", "Command line";
        none: "没有记录", "Nothing is recorded";
        none_hint: "放宽筛选再看", "Widen the filters";
        older: "更早的记录", "Older entries";
        newest: "回到最新", "Back to the newest";
        table: "审计记录，新的在前", "Audit record, newest first";
        signed_in: "登录", "Signed in";
        sign_in_refused: "登录被拒", "Sign-in refused";
        code_refused: "验证码被拒", "Code refused";
        session_ended: "结束登录", "Session ended";
        password_changed: "改密码", "Password changed";
        second_factor_set: "启用二次验证", "Second factor set up";
        second_factor_removed: "停用二次验证", "Second factor removed";
        recovery_code_used: "用恢复码登录", "Recovery code used";
        person_added: "添加人员", "Person added";
        person_disabled: "停用人员", "Person shut out";
        password_given: "发初始密码", "First password given";
        second_factor_reset: "重置二次验证", "Second factor reset";
        not_found: "查看无权或不存在的内容", "Asked for what is not there for them";
        not_allowed: "使用无权的功能", "Asked for what the role may not use";
        exact_search: "精确查找个人信息", "Exact search";
        exact_search_refused: "精确查找超限", "Exact search refused";
        values_opened: "打开完整个人信息", "Full values opened";
    }
}

impl AuditWords {
    /// A kind in words.
    pub const fn kind(&self, kind: AuditKind) -> &'static str {
        match kind {
            AuditKind::SignedIn => self.signed_in,
            AuditKind::SignInRefused => self.sign_in_refused,
            AuditKind::CodeRefused => self.code_refused,
            AuditKind::SessionEnded => self.session_ended,
            AuditKind::PasswordChanged => self.password_changed,
            AuditKind::SecondFactorSet => self.second_factor_set,
            AuditKind::SecondFactorRemoved => self.second_factor_removed,
            AuditKind::RecoveryCodeUsed => self.recovery_code_used,
            AuditKind::PersonAdded => self.person_added,
            AuditKind::PersonDisabled => self.person_disabled,
            AuditKind::PasswordGiven => self.password_given,
            AuditKind::SecondFactorReset => self.second_factor_reset,
            AuditKind::NotFound => self.not_found,
            AuditKind::NotAllowed => self.not_allowed,
            AuditKind::ExactSearch => self.exact_search,
            AuditKind::ExactSearchRefused => self.exact_search_refused,
            AuditKind::ValuesOpened => self.values_opened,
        }
    }
}
