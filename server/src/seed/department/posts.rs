//! What people of each post may decide, and how well they work.

use std::collections::BTreeMap;

use domain::actor::{Grants, Limit, Role};
use domain::catalogue::ItemClass;
use domain::money::Money;
use domain::post::Post;

use super::super::chance::Chance;

/// How a person works. Nobody in the department knows these figures; checks are there to find them out.
#[derive(Clone, Copy, Debug)]
pub(in crate::seed) struct Skill {
    /// Probability that a step holds an error.
    pub error: f64,
    /// Probability that an error that could be seen is not.
    pub miss: f64,
    /// Time needed, 1 = as others.
    pub pace: f64,
}

impl Skill {
    pub(super) fn of(chance: &mut Chance, post: Option<Post>) -> Self {
        let error = match post {
            Some(Post::Intake) => 0.010,
            Some(Post::Entry) => 0.024,
            Some(Post::Servicing) => 0.022,
            Some(Post::Recheck) => 0.004,
            Some(Post::Binding) => 0.013,
            None => 0.0,
        };
        Self {
            error: chance.skewed(error),
            miss: chance.skewed(0.10).min(0.4),
            pace: 0.85 + 0.3 * chance.share(),
        }
    }
}

/// Grants of a level A–F (company-set: 0, 1 万, 5 万, 20 万, 100 万, unlimited, the same for every class of items).
pub(super) fn grants(level: &str, back_date_days: u16, fee_deviation: Money) -> Grants {
    let limit = match level {
        "B" => Limit::UpTo(Money::yuan(10_000)),
        "C" => Limit::UpTo(Money::yuan(50_000)),
        "D" => Limit::UpTo(Money::yuan(200_000)),
        "E" => Limit::UpTo(Money::yuan(1_000_000)),
        "F" => Limit::Unlimited,
        _ => Limit::UpTo(Money::ZERO),
    };
    let amounts: BTreeMap<ItemClass, Limit> =
        ItemClass::ALL.into_iter().map(|class| (class, limit)).collect();
    Grants { level: level.to_owned(), items: None, amounts, back_date_days, fee_deviation }
}

/// Grants of a clerk, the `nth` of the post in the branch; of recheckers the first may decide most.
pub(super) fn clerk(post: Post, nth: usize) -> Grants {
    match post {
        Post::Intake => grants("A", 15, Money::ZERO),
        Post::Entry => grants("B", 0, Money::ZERO),
        Post::Servicing => grants("C", 0, Money::yuan(50)),
        Post::Recheck => grants(["E", "D", "C", "D"][nth % 4], 0, Money::ZERO),
        Post::Binding => grants("A", 0, Money::ZERO),
    }
}

/// Grants of who leads.
pub(super) fn leading(role: Role) -> Grants {
    match role {
        Role::Manager => grants("E", 30, Money::yuan(20_000)),
        _ => grants("D", 30, Money::yuan(2_000)),
    }
}
