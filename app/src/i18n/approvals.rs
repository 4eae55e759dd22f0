//! The queue of approvals.

messages! {
    /// Requests waiting for an answer.
    pub struct ApprovalWords {
        title: "审批", "Approvals";
        waiting: "待批", "Waiting";
        none: "没有待批的申请", "No request is waiting";
        none_hint: "新的申请会出现在这里", "New ones appear here";
        choose: "选一件", "Choose a case";
    }
}
