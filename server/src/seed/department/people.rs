//! The people, their numbers, posts, scopes and grants.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::actor::{Grants, Role};
use domain::id::{PersonId, UnitId};
use domain::money::Money;
use domain::post::Post;
use store::{PersonRecord, PostHeld};

use super::super::chance::Chance;
use super::super::names::name;
use super::posts::{self, Skill};
use super::{BRANCHES, Branch, HEAD};

/// A person with what only the simulation knows.
#[derive(Clone, Debug)]
pub(in crate::seed) struct Staff {
    /// The person as stored.
    pub record: PersonRecord,
    /// How the person works.
    pub skill: Skill,
}

/// First of each post and the manager in the largest branch: the people whom pictures and examples show.
const KNOWN: [(&str, &str); 8] = [
    ("SH3012", "王敏"),
    ("SH3055", "赵晴"),
    ("SH3076", "林悦"),
    ("SH3107", "陈思远"),
    ("SH3120", "罗毅"),
    ("SH2031", "何佳"),
    ("SH2038", "程远"),
    ("SH2044", "周敏仪"),
];

/// Everyone, by branch, the first of each post first. All sign in with the password of that hash.
pub(in crate::seed) fn staff(seed: u64, since: NaiveDate, password: &str) -> Vec<Staff> {
    let mut hiring = Hiring {
        chance: Chance::new(seed, "people"),
        since,
        password: password.to_owned(),
        names: BTreeSet::new(),
        numbers: KNOWN.iter().map(|(number, _)| (*number).to_owned()).collect(),
        staff: Vec::new(),
    };
    for branch in &BRANCHES {
        hiring.branch(branch);
    }
    hiring.head_office();
    hiring.staff
}

struct Hiring {
    chance: Chance,
    since: NaiveDate,
    password: String,
    names: BTreeSet<String>,
    numbers: BTreeSet<String>,
    staff: Vec<Staff>,
}

/// What a person is hired for.
struct Job<'a> {
    role: Role,
    posts: &'a [Post],
    unit: &'a UnitId,
    grants: Grants,
}

impl Hiring {
    fn branch(&mut self, branch: &Branch) {
        let code = UnitId::from(branch.code);
        let counters: Vec<UnitId> = branch.counters().collect();
        let later = [Post::Entry, Post::Servicing, Post::Recheck, Post::Binding];
        // The first of each post come first: who looks for somebody of a post finds people who work together.
        self.clerk(branch, &[Post::Intake], 0, &code);
        for post in later {
            self.clerk(branch, &[post], 0, &code);
        }
        for counter in &counters[1..] {
            self.clerk(branch, &[Post::Intake], 1, counter);
        }
        if branch.weight > 1.5 {
            // The busiest offices and the branch's counter have a second clerk, who at the counter helps out at Entry.
            self.clerk(branch, &[Post::Intake, Post::Entry], 1, &code);
            self.clerk(branch, &[Post::Intake], 1, &counters[1]);
        }
        for (post, count) in later.into_iter().zip(branch.clerks) {
            for nth in 1..usize::from(count) {
                let last = nth + 1 == usize::from(count);
                let posts: &[Post] = match post {
                    Post::Servicing if last && count > 2 => &[Post::Servicing, Post::Entry],
                    Post::Recheck if last && count > 2 => &[Post::Recheck, Post::Servicing],
                    Post::Entry => &[Post::Entry],
                    Post::Servicing => &[Post::Servicing],
                    Post::Recheck => &[Post::Recheck],
                    Post::Binding | Post::Intake => &[Post::Binding],
                };
                self.clerk(branch, posts, nth, &code);
            }
        }
        for role in [Role::Lead, Role::Lead, Role::Manager] {
            self.hire(branch.code, &Job { role, posts: &[], unit: &code, grants: posts::leading(role) });
        }
        let inspectors = if branch.weight > 2.0 { 2 } else { 1 };
        for _ in 0..inspectors {
            self.inspector(branch.code, &code);
        }
    }

    fn head_office(&mut self) {
        let head = UnitId::from(HEAD);
        let grants = posts::leading(Role::Manager);
        self.hire(HEAD, &Job { role: Role::Manager, posts: &[], unit: &head, grants });
        self.inspector(HEAD, &head);
        for _ in 0..2 {
            // What is beyond every branch is rechecked here.
            let grants = posts::grants("F", 0, Money::ZERO);
            self.hire(HEAD, &Job { role: Role::Clerk, posts: &[Post::Recheck], unit: &head, grants });
        }
        for role in [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin] {
            self.hire(
                HEAD,
                &Job { role, posts: &[], unit: &head, grants: posts::grants("A", 0, Money::ZERO) },
            );
        }
    }

    fn clerk(&mut self, branch: &Branch, posts: &[Post], nth: usize, unit: &UnitId) {
        let mut grants = posts::clerk(posts[0], nth);
        if posts[0] == Post::Entry && nth == 1 {
            // The newest at Entry is not yet let at what ends a policy or changes its holder.
            let learnt = ["AM", "BC", "CM", "PM", "PC", "LR"];
            grants.items = Some(learnt.into_iter().map(Into::into).collect());
        }
        self.hire(branch.code, &Job { role: Role::Clerk, posts, unit, grants });
    }

    fn inspector(&mut self, prefix: &str, unit: &UnitId) {
        let grants = posts::grants("A", 0, Money::ZERO);
        self.hire(prefix, &Job { role: Role::Inspector, posts: &[], unit, grants });
    }

    fn hire(&mut self, prefix: &str, job: &Job<'_>) {
        let (id, name) = self.number_and_name(prefix, job);
        let skill = Skill::of(&mut self.chance, job.posts.first().copied());
        let posts =
            job.posts.iter().map(|post| PostHeld { post: *post, from: self.since, to: None }).collect();
        let record = PersonRecord {
            id: PersonId(id),
            name,
            role: job.role,
            unit: job.unit.clone(),
            posts,
            scope: BTreeSet::from([job.unit.clone()]),
            grants: job.grants.clone(),
            password: Some(self.password.clone()),
            must_change: false,
            disabled: false,
        };
        self.staff.push(Staff { record, skill });
    }

    fn number_and_name(&mut self, prefix: &str, job: &Job<'_>) -> (String, String) {
        let known = match (prefix, job.role, job.posts) {
            ("SH", Role::Clerk, [post]) if self.first_of(*post) => KNOWN.get(*post as usize),
            ("SH", Role::Lead, _) => {
                KNOWN.get(5 + self.staff.iter().filter(|staff| staff.record.role == Role::Lead).count())
            }
            ("SH", Role::Manager, _) => KNOWN.last(),
            _ => None,
        };
        if let Some((number, name)) = known {
            self.names.insert((*name).to_owned());
            return ((*number).to_owned(), (*name).to_owned());
        }
        // Leads and managers in the two-thousands, clerks in the three-thousands, inspectors and administrators above.
        let first = match job.role {
            Role::Lead | Role::Manager => 2_000,
            Role::Clerk => 3_000,
            Role::Inspector => 5_000,
            Role::SystemAdmin | Role::SecurityAdmin | Role::AuditAdmin => 9_000,
        };
        let number = loop {
            let number = format!("{prefix}{}", self.chance.between(first + 1, first + 199));
            if self.numbers.insert(number.clone()) {
                break number;
            }
        };
        let name = loop {
            let name = name(&mut self.chance);
            if self.names.insert(name.clone()) {
                break name;
            }
        };
        (number, name)
    }

    fn first_of(&self, post: Post) -> bool {
        self.staff.iter().all(|staff| staff.record.posts.iter().all(|held| held.post != post))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn everyone() -> Vec<Staff> {
        staff(1, NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(), "hash")
    }

    #[test]
    fn the_first_of_each_post_work_together() {
        let staff = everyone();
        for (post, (number, name)) in Post::ALL.into_iter().zip(KNOWN) {
            let first = staff
                .iter()
                .find(|staff| staff.record.posts.iter().any(|held| held.post == post))
                .map(|staff| &staff.record)
                .unwrap();
            assert_eq!((first.id.as_str(), first.name.as_str(), first.unit.as_str()), (number, name, "SH"));
            assert_eq!(first.posts.len(), 1);
            assert!(first.grants.items.is_none());
        }
    }

    #[test]
    fn nobody_is_there_twice_and_every_role_is_filled() {
        let staff = everyone();
        let numbers: BTreeSet<_> = staff.iter().map(|staff| &staff.record.id).collect();
        let names: BTreeSet<_> = staff.iter().map(|staff| &staff.record.name).collect();
        assert_eq!((numbers.len(), names.len()), (staff.len(), staff.len()));
        assert!((140..=175).contains(&staff.len()), "{}", staff.len());
        for role in Role::ALL {
            assert!(staff.iter().any(|staff| staff.record.role == role), "{role:?}");
        }
        let levels: BTreeSet<_> = staff.iter().map(|staff| staff.record.grants.level.as_str()).collect();
        assert_eq!(levels.into_iter().collect::<String>(), "ABCDEF");
    }
}
