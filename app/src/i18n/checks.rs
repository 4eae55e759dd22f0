//! What the pages of sample checks say.

use crate::format::count;
use crate::i18n::common::counted;

messages! {
    /// Today's sample, draws, the form of a check.
    pub struct Checks {
        today_sample: "今日抽检", "Today's sample";
        sample_of(day: &str): |d| format!("{d} 抽检"), |d| format!("Sample of {d}");
        open_count(n: i64): |n| format!("待检 {}", count(n)), |n| format!("{} to check", count(n));
        state: "状态", "State";
        to_check: "待检", "To check";
        done: "已检", "Done";
        all: "全部", "All";
        step: "环节", "Step";
        round(n: i64): |n| format!("第 {n} 轮"), |n| format!("round {n}");
        number: "件号", "Case";
        item: "项目", "Item";
        operator: "操作人", "Operator";
        finished: "完成", "Finished";
        inspector: "质检员", "Inspector";
        probability: "入样概率", "Inclusion";
        pi(drawn: &str, of: &str): |d, f| format!("{d} / {f}"), |d, f| format!("{d} / {f}");
        no_pi: "不计入率", "In no rate";
        verdict: "结论", "Verdict";
        conforms: "合格", "Conforms";
        does_not: "不合格", "Does not conform";
        second: "第二次检查", "Second check";
        show: "显示", "Show";
        start_next: "检查下一件", "Check the next";
        nothing_open: "没有待检的环节", "Nothing to check";
        list_label(n: i64): |n| format!("抽检清单，{} 件，早完成的在前", count(n)), |n| format!("Sample, {}, earliest first", counted(n, "step", "steps"));
        empty: "今日还没有抽样", "Nothing has been drawn yet";
        empty_hint: "在右边选机构、岗位和件数，抽取样本", "Choose unit, post and number beside this list and draw";
        empty_done: "还没有检完的", "Nothing checked yet";
        empty_open: "都检完了", "All checked";
        empty_open_hint: "再抽一批，或看质量看板", "Draw more, or look at quality";
        sampling: "抽样", "Sampling";
        draw_form: "新抽样", "New draw";
        draw_day: "完成日", "Steps finished on";
        draw_unit: "机构", "Unit";
        draw_post: "岗位", "Post";
        draw_count: "件数", "How many";
        frame_of(n: i64): |n| format!("抽样框 {} 个环节", count(n)), |n| format!("Frame of {}", counted(n, "step", "steps"));
        frame_of_drawn(n: i64, drawn: i64):
            |n, d| format!("抽样框 {} 个环节，其中 {} 个已抽过", count(n), count(d)),
            |n, d| format!("Frame of {}, {} drawn already", counted(n, "step", "steps"), count(d));
        frame_none: "当日该岗没有完成的环节", "No step of this post was finished that day";
        frame_all: "不足此数，全部抽取", "Fewer than that: all are drawn";
        count_form: "须为 1 至 500 的整数", "A whole number from 1 to 500";
        day_future: "这一天还没到", "That day has not come yet";
        no_seed: "当日没有事先固定的种子，不能抽样", "No seed was fixed for that day beforehand: nothing can be drawn";
        only_draw: "只看这批", "Only these";
        frames_label: "各岗抽样框", "Frames by post";
        draw: "抽样", "Draw";
        drawn(number: &str, n: i64, of: i64): |no, n, f| format!("{no} 已抽 {} / {}", count(n), count(f)),
            |no, n, f| format!("{no}: {} of {} drawn", count(n), count(f));
        draws: "抽样记录", "Draws";
        draws_none: "当日没有抽样", "No draws of that day";
        frame: "抽样框", "Frame";
        frame_hash: "框哈希", "Frame hash";
        commitment: "种子承诺", "Seed commitment";
        seed: "种子", "Seed";
        drawn_repeated(n: i64):
            |n| format!("，其中 {} 个此前已抽过，差错率中只算一次", count(n)),
            |n| format!("; {} drawn before, counted once in every rate", count(n));
        drawn_by(who: &str, when: &str): |w, t| format!("{w} {t}"), |w, t| format!("{w}, {t}");
        drawn_by_head: "抽样人", "Drawn by";
        sample_size: "样本", "Sample";
        checked_of(done: i64, of: i64): |d, n| format!("已检 {} / {}", count(d), count(n)), |d, n| format!("{} of {} checked", count(d), count(n));
        steps(n: i64): |n| format!("{} 个环节", count(n)), |n| counted(n, "step", "steps");
        verify: "复算", "Verify";
        repeatable: "可复算", "Repeatable";
        repeatable_at(t: &str): |t| format!("{t} 复算一致"), |t| format!("Drawn again at {t} with the same result");
        not_verified: "未复算", "Not verified";
        verified(number: &str): |n| format!("{n} 复算一致"), |n| format!("{n} drawn again: the same steps");
        not_repeatable: "复算不一致", "Drawn again, it differs";
        copy_value(what: &str): |w| format!("复制{w}"), |w| format!("Copy {w}");
        second_due: "待第二次检查", "Second checks due";
        second_due_hint: "重大差错的件，合格后才能下发", "Major findings: released only when the second check conforms";
        second_due_none: "没有待做的第二次检查", "No second check is due";
        do_second: "做第二次检查", "Make the second check";
        check_of(number: &str): |n| format!("抽检 {n}"), |n| format!("Check of {n}");
        back_to_list: "抽检清单", "Sample";
        missing_check: "没有此抽检", "There is no such check";
        missing_check_hint: "可能不在你的机构范围", "It may lie outside your units";
        position(at: i64, of: i64): |a, n| format!("待检第 {} / {}", count(a), count(n)), |a, n| format!("{} of {} to check", count(a), count(n));
        previous: "上一件", "Previous";
        next: "下一件", "Next";
        step_as_it_was: "当时的环节", "The step as it was";
        step_pane: "环节", "Step";
        side_pane: "结论与轨迹", "Result and timeline";
        finished_at: "完成时间", "Finished";
        unit: "机构", "Unit";
        policy: "保单", "Policy";
        product: "险种", "Product";
        policy_status: "保单状态", "Policy status";
        holder: "投保人", "Holder";
        insured: "被保险人", "Insured";
        applicant: "申请人", "Applicant";
        mobile: "电话", "Mobile";
        applied_on: "申请日", "Applied on";
        received_at: "收件", "Received";
        channel: "渠道", "Channel";
        items: "变更项目", "Change items";
        materials: "材料", "Materials";
        no_materials: "没有材料", "No materials";
        original: "原件", "Original";
        copy: "复印件", "Copy";
        material_line(form: &str, copies: i64, pages: i64): |f, c, p| format!("{f} {c} 份 {p} 页"),
            |f, c, p| format!("{f}, {}, {}", counted(c, "copy", "copies"), counted(p, "page", "pages"));
        collect: "收", "Collect";
        refund: "退", "Refund";
        fees: "费用", "Fees";
        no_fees: "无", "None";
        computed(amount: &str): |a| format!("试算 {a}"), |a| format!("computed {a}");
        endorsement: "批注", "Endorsement";
        core_reference: "系统受理号", "Core reference";
        comparison: "三方比对", "Three-way comparison";
        no_comparison: "当时还没有可比的数据", "Nothing to compare at that time";
        asked: "申请", "Asked";
        entered: "录入", "Entered";
        core: "系统", "Core";
        only_differences: "仅差异", "Differences only";
        differences(n: i64, of: i64): |n, of| format!("{of} 项，差异 {n}"), |n, of| format!("{n} of {of} differ");
        all_equal: "全部一致", "All agree";
        by_rule(rule: &str): |r| format!("按规则 {r}"), |r| format!("by rule {r}");
        points_caption(n: i64): |n| format!("{n} 项检查点"), |n| counted(n, "check point", "check points");
        stage: "环节", "Stage";
        no: "序", "No.";
        check_point: "检查点", "Check point";
        basis: "依据", "Basis";
        clause(document: &str, clause: &str): |d, c| format!("{d} {c}"), |d, c| format!("{d} {c}");
        evidence: "证据", "Evidence";
        evidence_of(point: &str): |p| format!("{p} 证据"), |p| format!("Evidence for {p}");
        evidence_hint: "看到什么，何处看到", "What was seen, and where";
        critical: "关键", "Critical";
        critical_hint: "不合格即整件不合格", "Failing it fails the whole check";
        cause: "原因", "Cause";
        choose: "选择", "Choose";
        wrong_result: "结果也错", "The result was wrong too";
        other_error_point: "其他差错点", "Another error point";
        add_finding(code: &str, name: &str): |c, n| format!("{c} {n}"), |c, n| format!("{c} {n}");
        finding: "差错认定", "Finding";
        finding_of(code: &str): |c| format!("差错认定 {c}"), |c| format!("Finding {c}");
        error_point: "差错点", "Error point";
        severity: "严重程度", "Severity";
        responsible: "责任人", "Responsible";
        proposed: "按记录推定", "Proposed from the log";
        item_concerned: "项目", "Item";
        whole_case: "整件", "The whole case";
        field_concerned: "字段", "Field";
        no_field: "不限字段", "No single field";
        affected: "影响金额（元）", "Amount affected (yuan)";
        remove_finding(code: &str): |c| format!("去掉 {c}"), |c| format!("Remove {c}");
        tally(yes: i64, no: i64, na: i64): |y, n, x| format!("合格 {y}，不合格 {n}，不适用 {x}"),
            |y, n, x| format!("{y} conform, {n} do not, {x} not applicable");
        open_points(n: i64): |n| format!("未答 {n} 项"), |n| format!("{} to answer", counted(n, "point", "points"));
        open_fields(n: i64): |n| format!("缺 {n} 处"), |n| format!("{} to fill in", counted(n, "field", "fields"));
        both(a: &str, b: &str): |a, b| format!("{a}，{b}"), |a, b| format!("{a}, {b}");
        ready: "齐了，可以提交", "Complete; ready to submit";
        answer_first: "须逐项作答", "Answer every point";
        fill_first: "须补全标出的字段", "Fill in what is marked";
        submit: "提交", "Submit";
        submitted(number: &str): |n| format!("{n} 已检，合格"), |n| format!("{n} checked: conforms");
        submitted_failed(number: &str): |n| format!("{n} 已检，不合格"), |n| format!("{n} checked: does not conform");
        not_conforming_without_finding: "不合格，结果没有错", "Does not conform; the result was right";
        result: "本件结论", "Result";
        not_yet: "未检", "Not checked yet";
        severity_points(n: i64): |n| format!("扣 {n} 分"), |n| counted(n, "severity point", "severity points");
        major_bars: "有重大差错：提交后本件不能下发，第二次检查合格才放行",
            "A major finding: the case cannot be released until its second check conforms";
        major_barred: "重大差错，本件暂不能下发", "A major finding bars the release of this case";
        major_released: "件已离开，重大差错另行整改", "The case has left the house; the major finding needs correcting";
        second_offered: "退回改正后，对此环节做第二次检查；合格即放行",
            "After the return is mended, check this step a second time; when it conforms the case may be released";
        answers(number: &str): |n| format!("第二次检查，针对 {n} 的重大差错；合格即放行"),
            |n| format!("Second check of {n} after a major finding; it conforms, the case may be released");
        read_only_done: "已提交，不能改动", "Submitted; cannot be changed";
        other_inspector(who: &str): |w| format!("分给 {w} 检查"), |w| format!("Dealt to {w}");
        provenance: "抽样来源", "Where it comes from";
        hand_picked: "指定检查，不计入率", "Hand-picked: in no rate";
        timeline: "轨迹", "Timeline";
        timeline_until(t: &str): |t| format!("到 {t} 为止"), |t| format!("until {t}");
        who_did(stage: &str, who: &str, what: &str): |s, w, x| format!("{s} {w} {x}"), |s, w, x| format!("{s}, {w}: {x}");
        did(who: &str, what: &str): |w, x| format!("{w} {x}"), |w, x| format!("{w}: {x}");
        when_why(when: &str, why: &str): |t, y| format!("{t}，{y}"), |t, y| format!("{t}: {y}");
        not_inspector: "须质检员查看", "Only for inspectors";
        failed_stale(time: &str): |t| format!("未能更新，显示的是 {t} 的数据"), |t| format!("Could not refresh; showing data of {t}");
        draft_restored: "已恢复草稿", "Draft restored";
        changed_meanwhile: "此抽检已被提交，已换成最新内容", "This check was submitted meanwhile; showing what stands";
        day: "日期", "Day";
        amount_negative: "不能为负", "Cannot be negative";
        open_case: "看整件", "Open the case";
        keys_hint: "检查点", "point";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::backlog::BacklogPage;
    use crate::i18n::quality::QualityPage;
    use crate::i18n::rate::Rates;

    #[test]
    fn the_words_of_the_pages_keep_to_the_house() {
        let zh = format!("{:?}{:?}{:?}{:?}", Checks::ZH, BacklogPage::ZH, QualityPage::ZH, Rates::ZH);
        for word in ["请", "您", "成功", "抱歉", "！", "!"] {
            assert!(!zh.replace("申请", "").contains(word), "{word}");
        }
        let en = format!("{:?}{:?}{:?}{:?}", Checks::EN, BacklogPage::EN, QualityPage::EN, Rates::EN);
        assert!(!en.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '!'));
    }

    #[test]
    fn english_counts_have_a_singular() {
        assert_eq!((Checks::EN.open_points)(1), "1 point to answer");
        assert_eq!((BacklogPage::EN.load_detail)(1, 3), "1 person, 3 in hand");
        assert_eq!((QualityPage::EN.signals)(2), "2 weeks outside the limits");
    }
}
