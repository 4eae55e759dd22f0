//! Posts, stages and queues.

use domain::actor::Role;
use domain::post::{Post, Queue, Stage};

messages! {
    /// Names of posts: long on their own, short in a row of them; and of roles.
    pub struct Posts {
        intake: "交接岗", "Intake";
        entry: "录入岗", "Entry";
        servicing: "保全岗", "Servicing";
        recheck: "复核岗", "Recheck";
        binding: "装订岗", "Binding";
        final_check: "成品复核", "Final check";
        intake_short: "交接", "Intake";
        entry_short: "录入", "Entry";
        servicing_short: "保全", "Servicing";
        recheck_short: "复核", "Recheck";
        binding_short: "装订", "Binding";
        approval: "审批", "Approvals";
        queue_of(post: &str): |post| format!("{post}待办队列"), |post| format!("{post} queue");
        return_to(post: &str): |post| format!("退回{post}"), |post| format!("Return to {post}");
        clerk: "经办", "Clerk";
        lead: "岗位主管", "Lead";
        manager: "机构负责人", "Manager";
        inspector: "质检员", "Inspector";
        system_admin: "系统管理员", "System administrator";
        security_admin: "安全管理员", "Security administrator";
        audit_admin: "审计管理员", "Audit administrator";
    }
}

impl Posts {
    /// Role of a person.
    pub const fn role(&self, of: Role) -> &'static str {
        match of {
            Role::Clerk => self.clerk,
            Role::Lead => self.lead,
            Role::Manager => self.manager,
            Role::Inspector => self.inspector,
            Role::SystemAdmin => self.system_admin,
            Role::SecurityAdmin => self.security_admin,
            Role::AuditAdmin => self.audit_admin,
        }
    }

    /// A post by its full name.
    pub fn post(&self, post: Post) -> &'static str {
        match post {
            Post::Intake => self.intake,
            Post::Entry => self.entry,
            Post::Servicing => self.servicing,
            Post::Recheck => self.recheck,
            Post::Binding => self.binding,
        }
    }

    /// A stage by its full name.
    pub fn stage(&self, stage: Stage) -> &'static str {
        match stage {
            Stage::FinalCheck => self.final_check,
            other => self.post(other.post()),
        }
    }

    /// A post in a row of posts.
    pub fn short(&self, post: Post) -> &'static str {
        match post {
            Post::Intake => self.intake_short,
            Post::Entry => self.entry_short,
            Post::Servicing => self.servicing_short,
            Post::Recheck => self.recheck_short,
            Post::Binding => self.binding_short,
        }
    }

    /// A queue in a row of queues; one without a stage of its own is that of approvals.
    pub fn queue(&self, queue: Queue) -> &'static str {
        match queue.stage() {
            Some(Stage::FinalCheck) => self.final_check,
            Some(stage) => self.short(stage.post()),
            None => self.approval,
        }
    }
}
