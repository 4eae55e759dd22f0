//! Navigation, top bar, the person's settings.

messages! {
    /// What stands around every page.
    pub struct Shell {
        product: "准绳", "Plumbline";
        product_other: "Plumbline", "准绳";
        title(page: &str): |page| format!("{page} · 准绳"), |page| format!("{page} · Plumbline");
        home: "首页", "Home";
        main_navigation: "主导航", "Main navigation";
        skip: "跳到正文", "Skip to content";
        group_work: "作业", "Work";
        group_quality: "质控", "Quality";
        group_boards: "看板", "Dashboards";
        group_manage: "管理", "Administration";
        queue: "待办队列", "Queue";
        mine: "我的件", "My cases";
        inquiries: "照会", "Inquiries";
        slips: "交接清单", "Hand-over slips";
        print_queue: "打印队列", "Print queue";
        checks: "抽检", "Sample checks";
        findings: "差错与争议", "Findings and disputes";
        corrections: "整改", "Corrective actions";
        backlog: "积压看板", "Backlog";
        quality: "质量看板", "Quality";
        timeliness: "时效看板", "Timeliness";
        day_close: "日结", "Day close";
        audit: "审计记录", "Audit record";
        account: "账号与安全", "Account and security";
        reports: "报表", "Reports";
        procedures: "制度与 SOP", "Procedures";
        people: "人员与权限", "People and grants";
        catalogue: "目录", "Catalogue";
        imports: "导入", "Imports";
        settings: "设置", "Settings";
        post: "岗位", "Post";
        unit: "机构", "Unit";
        unit_and_post: "机构与岗位", "Unit and post";
        all_units: "全部分公司", "All branches";
        period: "期间", "Period";
        search: "搜件号、保单、命令", "Search cases, policies, commands";
        notices: "通知", "Notices";
        unread_notices(n: i64): |n| format!("通知，{n} 条未读"), |n| format!("Notices, {n} unread");
        to_dark: "切换深色", "Switch to dark";
        to_light: "切换浅色", "Switch to light";
        theme: "外观", "Theme";
        theme_system: "随系统", "System";
        theme_light: "浅色", "Light";
        theme_dark: "深色", "Dark";
        density: "密度", "Density";
        density_normal: "标准", "Normal";
        density_compact: "紧凑", "Compact";
        language: "语言", "Language";
        all_keys: "全部快捷键", "All shortcuts";
        person_menu: "本人", "Your account";
        sign_out: "退出", "Sign out";
        sign_in: "登录", "Sign in";
        page_missing: "没有这一页", "There is no such page";
        page_missing_hint: "地址可能有误，或你无权查看", "The address may be wrong, or you may not be allowed to see it";
        to_queue: "去待办队列", "Go to the queue";
    }
}
