//! A small department: a head office, two branches with every post, an office below one of them.

use std::collections::{BTreeMap, BTreeSet};

use domain::actor::{Grants, Limit, Role};
use domain::catalogue::{Catalogue, ItemClass};
use domain::id::{PersonId, UnitId};
use domain::money::Money;
use domain::post::{Post, Stage};
use domain::time::{Calendar, Timestamp, local_date};
use domain::unit::{Unit, UnitLevel};
use server::auth::password::Passwords;
use server::error::Error;
use server::source::Source;
use store::{CatalogueRecord, PersonRecord, PostHeld, Store, StoreExt as _, WriteError};
use tokio::sync::OnceCell;

/// Everyone's password.
pub const PASSWORD: &str = "a quiet harbour";

static HASH: OnceCell<String> = OnceCell::const_new();

/// The password hashed: once for all tests, it takes its time.
pub async fn password_hash() -> String {
    let hash = HASH.get_or_init(|| async {
        let passwords = Passwords::new(Source::system());
        passwords.hash(PASSWORD.to_owned().into()).await.expect("a password is hashed")
    });
    hash.await.clone()
}

/// Units, people, calendar and catalogue.
pub async fn found(store: &dyn Store, now: Timestamp) {
    let hash = password_hash().await;
    store
        .write(move |tx| {
            let hash = hash.clone();
            Box::pin(async move {
                for unit in units() {
                    tx.put_unit(&unit).await?;
                }
                tx.put_calendar(&"HQ".into(), Calendar::national().data()).await?;
                // The office takes applications in; everything after is done at its branch.
                for stage in [Stage::Entry, Stage::Servicing, Stage::Recheck, Stage::Binding] {
                    tx.put_site(&"SH01".into(), stage, &"SH".into()).await?;
                }
                let from = now - chrono::TimeDelta::days(100);
                tx.add_catalogue(&CatalogueRecord { catalogue: Catalogue::shipped(), from }).await?;
                for person in people(now, &hash) {
                    tx.put_person(&person).await?;
                }
                Ok::<_, WriteError<Error>>(())
            })
        })
        .await
        .expect("the department is founded");
}

fn units() -> Vec<Unit> {
    let unit = |id: &str, name: &str, name_en: &str, level, parent: Option<&str>| Unit {
        id: id.into(),
        name: name.to_owned(),
        name_en: name_en.to_owned(),
        level,
        parent: parent.map(Into::into),
    };
    vec![
        unit("HQ", "总公司", "Head office", UnitLevel::Head, None),
        unit("SH", "上海分公司", "Shanghai", UnitLevel::Branch, Some("HQ")),
        unit("SH01", "浦东营业部", "Pudong", UnitLevel::Office, Some("SH")),
        unit("BJ", "北京分公司", "Beijing", UnitLevel::Branch, Some("HQ")),
    ]
}

fn people(now: Timestamp, hash: &str) -> Vec<PersonRecord> {
    let person = |id: String, unit: &str, role: Role, posts: &[Post]| PersonRecord {
        name: format!("职员{id}"),
        id: PersonId(id),
        role,
        unit: unit.into(),
        posts: posts.iter().map(|post| PostHeld { post: *post, from: local_date(now), to: None }).collect(),
        scope: BTreeSet::from([UnitId::from(unit)]),
        grants: grants(),
        password: Some(hash.to_owned()),
        must_change: false,
        disabled: false,
    };
    let mut people = vec![
        person("HQ0001".into(), "HQ", Role::SystemAdmin, &[]),
        person("HQ0002".into(), "HQ", Role::SecurityAdmin, &[]),
        person("HQ0003".into(), "HQ", Role::AuditAdmin, &[]),
        person("SH011001".into(), "SH01", Role::Clerk, &[Post::Intake]),
    ];
    for unit in ["SH", "BJ"] {
        for (thousand, post) in (1..).zip(Post::ALL) {
            for number in 1..=2 {
                people.push(person(format!("{unit}{thousand}00{number}"), unit, Role::Clerk, &[post]));
            }
        }
        people.push(person(format!("{unit}8001"), unit, Role::Inspector, &[]));
        people.push(person(format!("{unit}9001"), unit, Role::Lead, &[]));
        people.push(person(format!("{unit}9901"), unit, Role::Manager, &[]));
    }
    people
}

fn grants() -> Grants {
    let classes = [ItemClass::Change, ItemClass::Payment, ItemClass::Other, ItemClass::Special];
    let amounts: BTreeMap<_, _> = classes.map(|class| (class, Limit::Unlimited)).into();
    Grants {
        level: "F".to_owned(),
        items: None,
        amounts,
        back_date_days: 30,
        fee_deviation: Money::yuan(100),
    }
}
