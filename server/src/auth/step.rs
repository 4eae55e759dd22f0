//! What is still to be done after the right password, before anything else works.

use axum::http::Method;
use domain::api::session::Step;

/// The next step; none where the session is a whole one.
///
/// The code comes first: a password alone, which an administrator may just have read out, changes nothing of an account
/// that has a second factor.
pub const fn next(must_change: bool, required: bool, enrolled: bool, verified: bool) -> Option<Step> {
    if enrolled && !verified {
        Some(Step::Code)
    } else if must_change {
        Some(Step::Password)
    } else if required && !enrolled {
        Some(Step::Enrol)
    } else {
        None
    }
}

/// Whether a session that has this step to do may use a route: what the step needs, who one is, leaving.
pub fn opens(step: Step, method: &Method, route: &str) -> bool {
    let own: &[&str] = match step {
        Step::Code => &["/api/session/code"],
        Step::Password => &["/api/password"],
        Step::Enrol => &["/api/second-factor", "/api/second-factor/confirm"],
    };
    match *method {
        Method::POST => own.contains(&route),
        Method::GET | Method::DELETE => route == "/api/session",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::permit::TABLE;

    #[test]
    fn the_code_comes_before_everything_and_a_second_factor_last() {
        assert_eq!(next(true, true, true, false), Some(Step::Code));
        assert_eq!(next(true, true, true, true), Some(Step::Password));
        assert_eq!(next(true, true, false, false), Some(Step::Password));
        assert_eq!(next(false, true, false, false), Some(Step::Enrol));
        assert_eq!(next(false, true, true, true), None);
        assert_eq!(next(false, false, true, false), Some(Step::Code));
        assert_eq!(next(false, false, false, false), None);
    }

    #[test]
    fn a_step_opens_itself_and_the_way_out() {
        for step in [Step::Code, Step::Password, Step::Enrol] {
            let open = TABLE.iter().filter(|(method, route, _)| {
                opens(step, &Method::from_bytes(method.as_bytes()).unwrap(), route)
            });
            let most = if step == Step::Enrol { 4 } else { 3 };
            assert_eq!(open.count(), most, "{step:?}");
        }
    }
}
