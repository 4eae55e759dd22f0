//! People, units, sites, calendars, catalogues.

use super::{
    given::{at, units},
    harness::Base,
};
use chrono::NaiveDate;
use domain::{
    actor::{Grants, Role},
    catalogue::{Catalogue, CatalogueVersion},
    id::UnitId,
    post::{Post, Stage},
    time::Calendar,
    unit::{Unit, UnitLevel, UnitTree},
};
use store::{CatalogueRecord, PeopleReads, PersonRecord, PostHeld, StoreError, StoreExt, WriteError};

fn unit(id: &str, level: UnitLevel, parent: Option<&str>) -> Unit {
    Unit {
        id: id.into(),
        name: format!("{id}公司"),
        name_en: id.to_owned(),
        level,
        parent: parent.map(UnitId::from),
    }
}

fn clerk() -> PersonRecord {
    let from = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    PersonRecord {
        id: "INT1".into(),
        name: "陈思远".to_owned(),
        role: Role::Clerk,
        unit: "SH".into(),
        posts: vec![
            PostHeld { post: Post::Entry, from, to: NaiveDate::from_ymd_opt(2026, 3, 17) },
            PostHeld { post: Post::Intake, from, to: None },
        ],
        scope: units(&["SH"]),
        grants: Grants { level: "B".to_owned(), ..Grants::default() },
        password: Some("$argon2id$…".to_owned()),
        must_change: true,
        disabled: false,
    }
}

/// A head office, a branch and a clerk.
pub(super) async fn one_unit_one_person(base: &Base) {
    base.write(|tx| {
        Box::pin(async move {
            tx.put_unit(&unit("HO", UnitLevel::Head, None)).await?;
            tx.put_unit(&unit("SH", UnitLevel::Branch, Some("HO"))).await?;
            Ok(tx.put_person(&clerk()).await?)
        })
    })
    .await;
}

#[tokio::test]
async fn people_are_read_as_written() {
    let base = Base::new().await;
    one_unit_one_person(&base).await;
    assert_eq!(base.store.people().await.unwrap(), [clerk()]);
    assert_eq!(PeopleReads::person(&*base.store, &"INT1".into()).await.unwrap(), Some(clerk()));
    assert_eq!(PeopleReads::person(&*base.store, &"NONE".into()).await.unwrap(), None);
    let changed = PersonRecord { disabled: true, posts: Vec::new(), password: None, ..clerk() };
    let (before, person, after) = {
        let changed = changed.clone();
        base.write(move |tx| {
            let changed = changed.clone();
            Box::pin(async move {
                let before = tx.active_people().await?;
                tx.put_person(&changed).await?;
                Ok((before, tx.person(&"INT1".into()).await?, tx.active_people().await?))
            })
        })
        .await
    };
    assert_eq!((before, person), (vec![clerk()], Some(changed)));
    assert!(after.is_empty());
    base.end().await;
}

#[tokio::test]
async fn posts_and_scope_are_those_of_the_day() {
    let tree =
        UnitTree::new([unit("SH", UnitLevel::Branch, None), unit("SH01", UnitLevel::Office, Some("SH"))]);
    let on = |day| clerk().on(NaiveDate::from_ymd_opt(2026, 3, day).unwrap(), &tree);
    assert_eq!(on(17).posts, [Post::Intake, Post::Entry].into());
    assert_eq!(on(18).posts, [Post::Intake].into());
    assert_eq!(on(18).scope, units(&["SH", "SH01"]));
}

#[tokio::test]
async fn units_sites_and_calendars_are_read_as_written() {
    let base = Base::new().await;
    one_unit_one_person(&base).await;
    let calendar = Calendar::national().data().clone();
    let written = calendar.clone();
    base.write(move |tx| {
        let written = written.clone();
        Box::pin(async move {
            tx.put_site(&"SH".into(), Stage::Recheck, &"SH".into()).await?;
            tx.put_site(&"SH".into(), Stage::Recheck, &"HO".into()).await?;
            tx.put_calendar(&"HO".into(), &written).await?;
            Ok(tx.put_calendar(&"HO".into(), &written).await?)
        })
    })
    .await;
    let expected = [unit("HO", UnitLevel::Head, None), unit("SH", UnitLevel::Branch, Some("HO"))];
    assert_eq!(base.store.units().await.unwrap(), expected);
    assert_eq!(base.store.sites().await.unwrap(), [("SH".into(), Stage::Recheck, "HO".into())]);
    assert_eq!(base.store.calendars().await.unwrap(), [("HO".into(), calendar)]);
    base.end().await;
}

#[tokio::test]
async fn catalogue_versions_never_change() {
    let base = Base::new().await;
    let record = CatalogueRecord { catalogue: Catalogue::shipped(), from: at(0, 0) };
    let add = |record: CatalogueRecord| {
        base.store.write(move |tx| {
            let record = record.clone();
            Box::pin(async move { Ok::<_, WriteError<()>>(tx.add_catalogue(&record).await?) })
        })
    };
    let version = add(record.clone()).await.unwrap();
    assert_eq!(version, record.catalogue.version);
    assert!(matches!(add(record.clone()).await, Err(WriteError::Store(StoreError::Duplicate(_)))));
    assert_eq!(base.store.catalogues().await.unwrap(), std::slice::from_ref(&record));
    assert_eq!(base.store.catalogue(version).await.unwrap(), Some(record));
    assert_eq!(base.store.catalogue(CatalogueVersion(99)).await.unwrap(), None);
    base.end().await;
}

#[tokio::test]
async fn posts_are_for_roles_that_work() {
    let base = Base::new().await;
    one_unit_one_person(&base).await;
    for role in Role::ALL.into_iter().filter(|role| !role.works()) {
        let inspector = PersonRecord { role, ..clerk() };
        let refused = base
            .store
            .write(move |tx| {
                let inspector = inspector.clone();
                Box::pin(async move { Ok::<_, WriteError<()>>(tx.put_person(&inspector).await?) })
            })
            .await;
        assert!(matches!(refused, Err(WriteError::Store(StoreError::Invalid(_)))), "{role:?}: {refused:?}");
        // Written down before the rule was there, they are void.
        let today = PersonRecord { role, ..clerk() }
            .on(NaiveDate::from_ymd_opt(2026, 2, 1).unwrap(), &UnitTree::new(Vec::new()));
        assert!(today.posts.is_empty(), "{role:?}");
    }
    base.end().await;
}

#[tokio::test]
async fn who_was_there_is_known_by_day() {
    let base = Base::new().await;
    one_unit_one_person(&base).await;
    let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    let present = base
        .write(move |tx| {
            Box::pin(async move {
                for _ in 0..2 {
                    tx.note_presence(&"INT1".into(), day(18)).await?;
                }
                Ok([tx.present(day(17)).await?, tx.present(day(18)).await?])
            })
        })
        .await;
    assert_eq!(present.map(|people| people.len()), [0, 1]);
    base.end().await;
}
