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
        nothing(query: &str): |query| format!("没有找到“{query}”"), |query| format!("Nothing found for “{query}”");
        searching: "查找中", "Searching";
    }
}
