//! Get-next: the order of work, and who is offered what.

use super::{
    given::{Like, arrived, at, came_back, fees, id, person, priority, return_to},
    harness::Base,
    queues::bands,
};
use domain::{
    actor::{By, Limit, Person},
    api::queue::Band,
    case::{
        Fact,
        returns::{Ground, NoFault},
        state::Priority,
    },
    catalogue::ItemClass,
    id::CaseId,
    money::Money,
    post::Stage,
    time::Timestamp,
};
use std::sync::Arc;
use store::{Candidate, NextAsk, QueueReads};

/// Everything a person would be offered at a stage, in order, if each offer were turned down.
async fn offered(base: &Base, person: &Person, stage: Stage, now: Timestamp) -> Vec<Candidate> {
    offered_beside(base, person, &[], stage, now).await
}

/// The same while these are present.
async fn offered_beside(
    base: &Base,
    person: &Person,
    present: &[Person],
    stage: Stage,
    now: Timestamp,
) -> Vec<Candidate> {
    let person = person.clone();
    let keepers: Vec<Arc<Person>> = present.iter().cloned().map(Arc::new).collect();
    base.write(move |tx| {
        let (person, keepers) = (person.clone(), keepers.clone());
        Box::pin(async move {
            let ask = NextAsk { stage, person: &person, bands: bands(), now, keepers: &keepers };
            let mut offered: Vec<Candidate> = Vec::new();
            while let Some(candidate) =
                tx.next_candidate(&ask, offered.last().map(|candidate| &candidate.place)).await?
            {
                offered.push(candidate);
                assert!(offered.len() < 100, "the walk comes to an end");
            }
            Ok(offered)
        })
    })
    .await
}

async fn cases(base: &Base, person: &Person, stage: Stage, now: Timestamp) -> Vec<CaseId> {
    offered(base, person, stage, now).await.into_iter().map(|candidate| candidate.case).collect()
}

fn ids(numbers: &[u32]) -> Vec<CaseId> {
    numbers.iter().map(|number| id(*number)).collect()
}

/// A case ready at Entry, due at a time, of a priority.
async fn ready(base: &Base, number: u32, due: Timestamp, of: Priority) {
    let mut facts = vec![("INT1", arrived(Stage::Entry, &base.given.unit, at(9, 0), due))];
    if of != Priority::None {
        facts.push(("LEAD", priority(of)));
    }
    base.begin(base.given.past(number, &base.given.like(), facts), None).await;
}

#[tokio::test]
async fn bands_come_before_ranks_and_ranks_before_due_times() {
    let base = Base::new().await;
    // Bands: overdue before 10:00, soon before 12:00, today before 17:00.
    ready(&base, 1, at(18, 0), Priority::Complaint).await;
    ready(&base, 2, at(13, 0), Priority::None).await;
    ready(&base, 3, at(12, 30), Priority::None).await;
    ready(&base, 4, at(16, 0), Priority::Vip).await;
    ready(&base, 5, at(11, 59), Priority::None).await;
    ready(&base, 6, at(10, 0), Priority::None).await;
    ready(&base, 7, at(9, 59), Priority::None).await;
    ready(&base, 8, at(9, 30), Priority::None).await;
    ready(&base, 9, at(9, 45), Priority::Complaint).await;
    ready(&base, 10, at(12, 30), Priority::None).await;
    let clerk = person("ENT1", &["SH"]);
    let offered = offered(&base, &clerk, Stage::Entry, at(10, 0)).await;
    assert_eq!(
        offered.iter().map(|candidate| candidate.case).collect::<Vec<_>>(),
        ids(&[9, 8, 7, 6, 5, 4, 3, 10, 2, 1])
    );
    let of_band: Vec<Band> = offered.iter().map(|candidate| candidate.place.band).collect();
    assert_eq!(&of_band[..4], [Band::Overdue, Band::Overdue, Band::Overdue, Band::Soon]);
    assert_eq!(of_band[9], Band::Later);
    let ask = NextAsk { stage: Stage::Entry, person: &clerk, bands: bands(), now: at(10, 0), keepers: &[] };
    for (place, expected) in [(0, 2), (2, 0), (3, 1), (5, 3), (9, 0)] {
        let behind = base.store.behind(&ask, &offered[place].place, 100).await.unwrap();
        assert_eq!(behind, expected, "behind the one at {place}");
    }
    assert_eq!(base.store.behind(&ask, &offered[5].place, 2).await.unwrap(), 2, "counted up to two");
    base.end().await;
}

#[tokio::test]
async fn only_the_pool_of_the_stage_in_scope_is_offered() {
    let base = Base::new().await;
    let given = base.given.clone();
    ready(&base, 1, at(10, 0), Priority::None).await;
    base.tell(id(1), "ENT2", at(9, 30), vec![Fact::Claimed {}]).await;
    ready(&base, 2, at(10, 0), Priority::None).await;
    let far = Like { unit: "BJ".into(), ..given.like() };
    let facts = vec![("INT1", arrived(Stage::Entry, &far.unit, at(9, 0), at(10, 0)))];
    base.begin(given.past(3, &far, facts), None).await;
    base.begin(given.past(4, &given.like(), given.way(&[(Stage::Entry, "ENT1")])), None).await;
    base.tell(id(4), "ENT1", at(9, 30), vec![arrived(Stage::Servicing, &given.unit, at(9, 0), at(10, 0))])
        .await;
    let now = at(10, 0);
    assert_eq!(cases(&base, &person("ENT1", &["SH"]), Stage::Entry, now).await, ids(&[2]));
    assert_eq!(cases(&base, &person("ENT1", &["BJ"]), Stage::Entry, now).await, ids(&[3]));
    assert!(cases(&base, &person("ENT1", &["GZ"]), Stage::Entry, now).await.is_empty());
    assert_eq!(cases(&base, &person("ENT1", &["SH"]), Stage::Servicing, now).await, ids(&[4]));
    base.end().await;
}

#[tokio::test]
async fn separation_and_grants_narrow_what_is_offered() {
    let base = Base::new().await;
    let given = base.given.clone();
    let to_recheck = |number: u32, class, amount, entered: &'static str| {
        let like = Like { class, by: By::Person("INT1".into()), ..given.like() };
        let mut facts = given.way(&[(Stage::Entry, entered)]);
        facts.push((entered, Fact::ReviewCompleted { items: vec![1] }));
        facts.extend(given.way(&[(Stage::Servicing, "SRV1")]));
        facts.push(("SRV1", fees(amount)));
        facts.push(("SRV1", arrived(Stage::Recheck, &given.unit, at(9, 0), at(10, 0))));
        given.past(number, &like, facts)
    };
    base.begin(to_recheck(1, ItemClass::Payment, 10_000, "ENT1"), None).await;
    base.begin(to_recheck(2, ItemClass::Payment, 90_000, "ENT1"), None).await;
    base.begin(to_recheck(3, ItemClass::Change, 0, "REC1"), None).await;
    let now = at(10, 0);
    let offered = |who: Person| {
        let base = &base;
        async move { cases(base, &who, Stage::Recheck, now).await }
    };
    assert_eq!(offered(person("REC2", &["SH"])).await, ids(&[1, 2, 3]));
    assert_eq!(offered(person("REC1", &["SH"])).await, ids(&[1, 2]), "entered the third one");
    assert!(offered(person("SRV1", &["SH"])).await.is_empty(), "serviced all");
    let mut small = person("REC2", &["SH"]);
    small.grants.amounts =
        [(ItemClass::Payment, Limit::UpTo(Money::yuan(500))), (ItemClass::Change, Limit::UpTo(Money::ZERO))]
            .into();
    assert_eq!(offered(small).await, ids(&[1, 3]), "900 is above every limit held");
    let mut none = person("REC2", &["SH"]);
    none.grants.amounts.clear();
    assert_eq!(offered(none).await, ids(&[3]), "a class without a limit counts as zero");
    let mut changes = person("REC2", &["SH"]);
    changes.grants.items = Some([given.item(ItemClass::Change)].into());
    assert_eq!(offered(changes).await, ids(&[3]));
    let mut nothing = person("REC2", &["SH"]);
    nothing.grants.items = Some([].into());
    assert!(offered(nothing).await.is_empty());
    base.end().await;
}

#[tokio::test]
async fn a_returned_case_is_kept_for_who_did_the_step() {
    let base = Base::new().await;
    let given = base.given.clone();
    ready(&base, 1, at(9, 30), Priority::Complaint).await;
    for number in 2..=3 {
        let mut facts = given.way(&[(Stage::Entry, "ENT1"), (Stage::Servicing, "SRV1")]);
        let returned = return_to(Stage::Entry, Stage::Servicing, vec![Ground::NoFault(NoFault::Customer)]);
        facts.push(("ENT1", came_back(returned, &given.unit, at(15, 0), at(11, 0))));
        base.begin(given.past(number, &Like { paper: false, ..given.like() }, facts), None).await;
    }
    let (mine, other) = (person("ENT1", &["SH"]), person("ENT2", &["SH"]));
    assert_eq!(cases(&base, &mine, Stage::Entry, at(10, 0)).await, ids(&[2, 3, 1]), "mine come first");
    let first = offered(&base, &mine, Stage::Entry, at(10, 0)).await.remove(0);
    assert!(first.place.returned_to_me);
    let beside = |present: Vec<Person>| {
        let (base, other) = (&base, &other);
        async move {
            let offered = offered_beside(base, other, &present, Stage::Entry, at(10, 0)).await;
            offered.into_iter().map(|candidate| candidate.case).collect::<Vec<_>>()
        }
    };
    assert_eq!(beside(vec![mine.clone()]).await, ids(&[1]), "others are not offered them");
    assert_eq!(beside(vec![]).await, ids(&[1, 2, 3]), "but at once where the person is away or shut out");
    let far = person("ENT1", &["BJ"]);
    assert_eq!(beside(vec![far]).await, ids(&[1, 2, 3]), "or the unit is no longer in scope");
    let mut barred = mine.clone();
    barred.grants.items = Some([].into());
    assert_eq!(beside(vec![barred]).await, ids(&[1, 2, 3]), "or the item no longer granted");
    assert_eq!(
        cases(&base, &other, Stage::Entry, at(11, 0)).await,
        ids(&[1, 2, 3]),
        "until the time is over"
    );
    assert_eq!(cases(&base, &mine, Stage::Entry, at(11, 0)).await, ids(&[1, 2, 3]), "then they are pool");
    base.end().await;
}
