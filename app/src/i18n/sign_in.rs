//! Signing in.

messages! {
    /// The sign-in page and the sign-in on top of the work.
    pub struct SignIn {
        title: "登录", "Sign in";
        tagline: "保单服务质控系统", "Policy servicing, controlled";
        person: "工号", "Staff number";
        password: "密码", "Password";
        submit: "登录", "Sign in";
        wrong: "工号或密码不符", "Staff number or password is wrong";
        person_missing: "须填工号", "Give your staff number";
        password_missing: "须填密码", "Give your password";
        assurance: "操作全程留痕，个人信息默认脱敏", "Every step is logged; personal data is masked";
        motto: "绳墨诚陈，", "Where the plumb line truly hangs,";
        motto_rest: "不可欺以曲直。", "none can be deceived about what is straight.";
        motto_source: "《礼记·经解》", "The Book of Rites";
        version(number: &str): |n| format!("准绳 {n}"), |n| format!("Plumbline {n}");
        unreached: "连不上服务器", "The server cannot be reached";
        unreached_hint: "网络恢复后重试，已填内容都在", "Try again when the network is back; nothing you typed is lost";
        again: "会话已结束", "The session has ended";
        again_hint(name: &str): |n| format!("{n}，输密码接着办，已填内容都在"),
            |n| format!("{n}, give your password to go on; everything you typed is still here");
        other_person: "换人登录", "Sign in as someone else";
        other_person_hint: "未发送的内容将丢弃", "What has not been sent will be dropped";
        renewed: "已登录", "Signed in again";
    }
}
