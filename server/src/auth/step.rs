//! What is still to be done after the right password, before anything else works.

use axum::http::Method;
use domain::api::session::Step;
use store::OpenSession;

/// The next step; none where the session is a whole one.
///
/// The code comes first: a password alone, which an administrator may just have read out, changes nothing of an account
/// that has a second factor.
pub const fn next(must_change: bool, factor: Factor) -> Option<Step> {
    match factor {
        Factor::Unproven => Some(Step::Code),
        Factor::Settled | Factor::Wanting if must_change => Some(Step::Password),
        Factor::Wanting => Some(Step::Enrol),
        Factor::Settled => None,
    }
}

/// How a session stands with the second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// The account has none, and its role needs none; or its code was given.
    Settled,
    /// The role needs one, and the account has none.
    Wanting,
    /// The account has one, and its code was not given yet.
    Unproven,
}

impl Factor {
    /// `required`: the role needs one.
    pub const fn of(open: &OpenSession, required: bool) -> Self {
        match (open.enrolled, open.session.verified, required) {
            (true, false, _) => Self::Unproven,
            (true, true, _) | (false, _, false) => Self::Settled,
            (false, _, true) => Self::Wanting,
        }
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
        for must_change in [true, false] {
            assert_eq!(next(must_change, Factor::Unproven), Some(Step::Code));
        }
        assert_eq!(next(true, Factor::Settled), Some(Step::Password));
        assert_eq!(next(true, Factor::Wanting), Some(Step::Password));
        assert_eq!(next(false, Factor::Wanting), Some(Step::Enrol));
        assert_eq!(next(false, Factor::Settled), None);
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
