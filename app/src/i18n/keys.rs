//! Names of the shortcuts, for the help page and the palette.

use crate::keys::{Place, Shortcut, Verdict};

messages! {
    /// Keyboard help.
    pub struct Keys {
        title: "快捷键", "Keyboard shortcuts";
        single_letters: "单字母快捷键", "Single-letter shortcuts";
        single_letters_hint: "焦点在输入框或输入法组字时不起作用", "They rest while a field has focus or text is being composed";
        scanner: "扫码枪在任何页面都可用：打开件、勾清单行、填条码框",
            "A scanner works on every page: it opens the case, ticks the slip's line or fills the bar-code field";
        next: "下一行", "Next row";
        previous: "上一行", "Previous row";
        open: "打开", "Open";
        back: "返回、关闭、清除选择", "Back, close, clear the selection";
        get_next: "取下一件", "Get next";
        claim: "领取", "Claim";
        unclaim: "释放", "Put back";
        select: "选择", "Select";
        extend_down: "向下扩选", "Extend the selection down";
        extend_up: "向上扩选", "Extend the selection up";
        assign: "分派", "Assign";
        filter: "筛选", "Filter";
        show_updates: "并入更新", "Show waiting updates";
        undo: "撤回上一步", "Undo the last act";
        palette: "命令面板", "Command palette";
        go_queue: "去待办队列", "Go to the queue";
        go_checks: "去抽检", "Go to sample checks";
        go_backlog: "去积压看板", "Go to backlog";
        go_quality: "去质量看板", "Go to quality";
        go_day_close: "去日结", "Go to day close";
        pass: "通过、完成本步", "Pass or complete this step";
        return_: "退回", "Return";
        hold: "暂挂、恢复", "Hold or resume";
        inquiry: "照会；复核时看原件影像", "Inquiry; at recheck the original image";
        conforms: "合格", "Conforms";
        does_not: "不合格", "Does not conform";
        not_applicable: "不适用", "Not applicable";
        note: "加备注", "Add a note";
        slip: "交接清单", "Hand-over slip";
        views: "常用视图", "Saved views";
        previous_pane: "上一栏", "Previous pane";
        next_pane: "下一栏", "Next pane";
        help: "全部快捷键", "All shortcuts";
        submit: "提交并继续", "Submit and go on";
        save_draft: "立即存草稿", "Save the draft now";
    }
}

impl Keys {
    /// What a shortcut does.
    pub fn name(&self, shortcut: Shortcut) -> &'static str {
        match shortcut {
            Shortcut::Next => self.next,
            Shortcut::Previous => self.previous,
            Shortcut::Open => self.open,
            Shortcut::Back => self.back,
            Shortcut::GetNext => self.get_next,
            Shortcut::Claim => self.claim,
            Shortcut::Unclaim => self.unclaim,
            Shortcut::Select => self.select,
            Shortcut::ExtendDown => self.extend_down,
            Shortcut::ExtendUp => self.extend_up,
            Shortcut::Assign => self.assign,
            Shortcut::Filter => self.filter,
            Shortcut::ShowUpdates => self.show_updates,
            Shortcut::Undo => self.undo,
            Shortcut::Palette => self.palette,
            Shortcut::Go(Place::Queue) => self.go_queue,
            Shortcut::Go(Place::Checks) => self.go_checks,
            Shortcut::Go(Place::Backlog) => self.go_backlog,
            Shortcut::Go(Place::Quality) => self.go_quality,
            Shortcut::Go(Place::DayClose) => self.go_day_close,
            Shortcut::Pass => self.pass,
            Shortcut::Return => self.return_,
            Shortcut::Hold => self.hold,
            Shortcut::Inquiry => self.inquiry,
            Shortcut::Judge(Verdict::Conforms) => self.conforms,
            Shortcut::Judge(Verdict::DoesNot) => self.does_not,
            Shortcut::Judge(Verdict::NotApplicable) => self.not_applicable,
            Shortcut::Note => self.note,
            Shortcut::Slip => self.slip,
            Shortcut::Views => self.views,
            Shortcut::PreviousPane => self.previous_pane,
            Shortcut::NextPane => self.next_pane,
            Shortcut::Help => self.help,
            Shortcut::Submit => self.submit,
            Shortcut::SaveDraft => self.save_draft,
        }
    }
}
