//! One's own account: password, second factor, sessions.

use super::common::counted;
use domain::api::account::PasswordFault;

messages! {
    /// One's own account, and the steps of a sign-in that are about it.
    pub struct AccountWords {
        title: "账号与安全", "Account and security";
        password: "密码", "Password";
        password_detail: "至少 10 个字，越长越好", "At least 10 characters, the longer the better";
        first_password: "改掉初始密码", "Change the first password";
        first_password_hint: "初始密码只用一次，改好才能办件", "A first password is good once; choose your own to go on";
        current: "现密码", "Present password";
        new: "新密码", "New password";
        repeat: "再输一次新密码", "New password again";
        change: "改密码", "Change password";
        changed: "密码已改，其他登录已结束", "Password changed; other sessions have ended";
        missing: "须填", "Fill this in";
        differs: "两次不一样", "The two differ";
        short: "少于 10 个字", "Fewer than 10 characters";
        long: "太长", "Too long";
        common: "太常见，容易被猜中", "Too common, easily guessed";
        own_number: "含有工号", "Holds your staff number";
        same: "与现密码相同", "The same as the present one";
        wrong: "密码不符", "The password is wrong";
        factor: "二次验证", "Second factor";
        factor_detail: "登录时再输验证器上的 6 位数", "Signing in also asks for six digits of an authenticator";
        factor_on(day: &str): |day| format!("{day} 起启用"), |day| format!("In use since {day}");
        factor_off: "未启用", "Not set up";
        required: "本角色必须启用", "Your role needs one";
        recovery_left(n: i64): |n| format!("恢复码剩 {n} 个"),
            |n| format!("{} left", counted(n, "recovery code", "recovery codes"));
        set_up: "启用", "Set up";
        replace: "换验证器", "Replace";
        remove: "停用", "Remove";
        removed: "二次验证已停用", "Second factor removed";
        prove: "输密码确认是本人", "Give your password to show it is you";
        go_on: "继续", "Go on";
        enrol_title: "启用二次验证", "Set up a second factor";
        enrol_required: "本角色登录须二次验证，启用后才能办件", "Your role signs in with a second factor; set it up to go on";
        scan: "用验证器扫码，或手工输入密钥", "Scan with an authenticator, or type the key";
        qr: "二维码", "QR code";
        key: "密钥", "Key";
        code: "验证码", "Code";
        code_hint: "验证器上的 6 位数", "Six digits of the authenticator";
        code_wrong: "验证码不符或已用过", "The code is wrong, or was used";
        confirm: "启用", "Set up";
        codes_title: "恢复码只显示这一次", "Recovery codes, shown this once";
        codes_hint: "手机不在时，一个恢复码顶一次验证码。抄下来，收在安全处",
            "Without your phone, each stands in for one code. Write them down and keep them safe";
        codes_kept: "已收好", "I have kept them";
        code_title: "输验证码", "Give a code";
        code_title_hint: "验证器上的 6 位数；手机不在就输恢复码", "Six digits of the authenticator, or a recovery code";
        verify: "验证", "Verify";
        other_person: "换人登录", "Sign in as someone else";
        sessions: "登录中的设备", "Signed in on";
        sessions_detail: "不认得的，结束它并改密码", "End what you do not know, and change your password";
        this_one: "本机", "This one";
        unknown_device: "未知设备", "Unknown device";
        address: "地址", "Address";
        since: "登录于", "Since";
        seen: "最近活动", "Last seen";
        device: "设备", "Device";
        end: "结束", "End";
        end_device(device: &str): |device| format!("结束 {device}"), |device| format!("End {device}");
        ended: "已结束", "Ended";
    }
}

impl AccountWords {
    /// Why a password is not taken, in words.
    pub const fn password_fault(&self, fault: PasswordFault) -> &'static str {
        match fault {
            PasswordFault::Short => self.short,
            PasswordFault::Long => self.long,
            PasswordFault::Common => self.common,
            PasswordFault::OwnNumber => self.own_number,
            PasswordFault::Same => self.same,
            PasswordFault::Wrong => self.wrong,
        }
    }
}
