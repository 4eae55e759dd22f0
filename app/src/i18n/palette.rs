//! The command palette.

messages! {
    /// The palette and its groups.
    pub struct Palette {
        title: "命令面板", "Command palette";
        placeholder: "件号、保单号、人员、页面、命令", "Case, policy, person, page or command";
        results: "结果", "Results";
        commands: "命令", "Commands";
        cases: "件", "Cases";
        policies: "保单", "Policies";
        people: "人员", "People";
        pages: "页面", "Pages";
        procedures: "制度", "Procedures";
        no_such_scan: "扫到的码没有对应的件", "No case bears the code scanned";
        nothing(query: &str): |query| format!("没有找到“{query}”"), |query| format!("Nothing found for “{query}”");
        further(n: i64): |n| format!("只列最新 8 件，另有 {n} 件较早的：输全些再找"),
            |n| format!("The newest 8; {n} older ones match too: type more to find them");
        further_many(n: i64): |n| format!("只列最新 8 件，另有 {n} 件以上较早的：输全些再找"),
            |n| format!("The newest 8; {n} or more older ones match too: type more to find them");
        searching: "查找中", "Searching";
        exactly: "按证件号、电话或账号精确查找", "Find by this exact identity number, telephone or account";
        exactly_hint: "每次留痕，每小时限次", "Each is recorded and counted";
        nothing_exactly: "没有这个证件号、电话或账号的件", "No case has this identity number, telephone or account";
        too_many_exactly(minutes: i64): |n| format!("精确查找次数已满，{n} 分钟后再查"),
            |n| format!("No exact search left; try again in {}", super::common::counted(n, "minute", "minutes"));
    }
}
