//! Who may work a case, in either order; who receives what; who is kept back.

use crate::{common::*, route::*};
use domain::{
    actor::{Person, Role},
    case::{
        Case, Command, Material, Refusal, Status,
        blind::{Blind, blind, hide, hide_events},
        eligible::nobody,
        returns::{Ground, NoFault},
        state::{Custodian, State},
    },
    catalogue::MaterialForm,
    id::{CheckId, PersonId},
    post::{Post, Stage},
    quality::points::{Cause, ErrorPoint, Severity},
};
use proptest::prelude::*;
use std::sync::Arc;
use uuid::Uuid;

fn clerk(id: &str, posts: &[Post]) -> Person {
    person(id, Role::Clerk, posts, &[branch(), office()])
}

/// The department with these instead of the clerks who are not named.
fn with(people: Vec<Person>, kept: &[&str]) -> World {
    let mut world = World::new();
    world.people.retain(|person| person.posts.is_empty() || kept.contains(&person.id.as_str()));
    world.people.extend(people);
    world.present = world.people.iter().map(|person| person.id.clone()).collect();
    world
}

fn paper() -> Command {
    Command::ReceiveMaterial {
        material: Material {
            kind: "application".into(),
            form: MaterialForm::Original,
            copies: 1,
            pages: 2,
            return_to_customer: false,
        },
    }
}

fn back(to: Stage) -> Command {
    Command::ReturnTo {
        stage: to,
        items: vec![1],
        grounds: vec![Ground::NoFault(NoFault::Customer)],
        reason: "客户要求".into(),
    }
}

/// Brings a case to Recheck, claimed there.
fn at_recheck(world: &mut World, rechecker: &str) -> Case {
    let mut case = registered(world, &["AM"]);
    to_post(world, &mut case, "INT1", "ENT1");
    world.act(&mut case, "ENT1", &review()).unwrap();
    for command in enter(world, 1, "AM") {
        world.act(&mut case, "ENT1", &command).unwrap();
    }
    to_post(world, &mut case, "ENT1", "SRV1");
    for command in service(world, &case, 1, "AM") {
        world.act(&mut case, "SRV1", &command).unwrap();
    }
    to_post(world, &mut case, "SRV1", rechecker);
    case
}

proptest! {
    /// Whatever came back – taken back, or reported different – is given again and received.
    #[test]
    fn what_was_given_again_is_receivable(ways in proptest::collection::vec(any::<bool>(), 0..6)) {
        let mut world = World::new();
        let mut case = registered(&world, &["BC"]);
        let wrong =
            Command::ConfirmReceipt { counted: case.materials.iter().map(|paper| paper.pages + 1).collect() };
        for differs in ways {
            world.act(&mut case, "INT1", &Command::HandOver {}).unwrap();
            if differs {
                world.act(&mut case, "ENT1", &wrong).unwrap();
                world.act(&mut case, "ENT1", &wrong).unwrap();
                world.act(&mut case, "ENT1", &Command::ReportDifference { difference: "多一页".into() }).unwrap();
            } else {
                world.act(&mut case, "INT1", &Command::TakeBack {}).unwrap();
            }
            prop_assert_eq!(case.holding().map(|holding| holding.by.as_str()), Some("INT1"));
        }
        world.act(&mut case, "INT1", &Command::HandOver {}).unwrap();
        let counted = receipt(&case);
        world.act(&mut case, "ENT1", &counted).unwrap();
        prop_assert_eq!(case.stage(), Some(Stage::Entry));
        prop_assert_eq!(case.status(), Some(&Status::Ready));
    }
}

#[test]
fn who_rechecked_does_not_work_what_is_rechecked() {
    let posts = [Post::Intake, Post::Entry, Post::Servicing, Post::Recheck];
    let mut world = with(vec![clerk("BOTH", &posts)], &["INT1", "ENT1", "SRV1", "REC1"]);
    let mut case = at_recheck(&mut world, "BOTH");
    let asked = ask(&world, 1, "AM");
    world.act(&mut case, "BOTH", &asked).unwrap();
    world.act(&mut case, "BOTH", &back(Stage::Entry)).unwrap();
    let separation = Refusal::Separation { worked_at: Stage::Recheck };
    // Papers are nobody's step of their own: booking them is work all the same.
    let counted = receipt(&case);
    world.act(&mut case, "ENT1", &counted).unwrap();
    for command in
        [Command::Claim {}, paper(), Command::Withdraw { request_pages: 1, reason: "客户撤回".into() }]
    {
        assert_eq!(world.act(&mut case, "BOTH", &command), Err(separation.clone()), "{}", command.name());
    }
    let why = Box::new(separation);
    let refused = Err(Refusal::ReceiverNotEligible { person: "BOTH".into(), why });
    assert_eq!(world.act(&mut case, "LEAD", &Command::Assign { to: "BOTH".into() }), refused);
    world.act(&mut case, "ENT1", &Command::Claim {}).unwrap();
    assert_eq!(world.act(&mut case, "ENT1", &Command::TransferHolding { to: "BOTH".into() }), refused);
    // After the return the same person may recheck it again.
    world.act(&mut case, "ENT1", &review()).unwrap();
    for command in enter(&world, 1, "AM") {
        world.act(&mut case, "ENT1", &command).unwrap();
    }
    to_post(&mut world, &mut case, "ENT1", "SRV1");
    for command in service(&world, &case, 1, "AM") {
        world.act(&mut case, "SRV1", &command).unwrap();
    }
    to_post(&mut world, &mut case, "SRV1", "BOTH");
}

#[test]
fn who_booked_a_paper_does_not_recheck() {
    let mut world =
        with(vec![clerk("BOTH", &[Post::Intake, Post::Recheck])], &["INT1", "ENT1", "SRV1", "REC1"]);
    let mut case = at_recheck(&mut world, "BOTH");
    world.act(&mut case, "BOTH", &Command::Unclaim {}).unwrap();
    world.act(&mut case, "BOTH", &paper()).unwrap();
    let refused = Err(Refusal::Separation { worked_at: Stage::Intake });
    assert_eq!(world.act(&mut case, "BOTH", &Command::Claim {}), refused);
}

#[test]
fn the_step_asks_separation_again() {
    let mut world =
        with(vec![clerk("BOTH", &[Post::Intake, Post::Recheck])], &["INT1", "ENT1", "SRV1", "REC1"]);
    let mut case = at_recheck(&mut world, "BOTH");
    // Claimed, and then a paper booked: the pass is no longer this person's.
    world.act(&mut case, "BOTH", &paper()).unwrap();
    let asked = ask(&world, 1, "AM");
    assert_eq!(world.act(&mut case, "BOTH", &asked), Err(Refusal::Separation { worked_at: Stage::Intake }));
}

#[test]
fn who_inspected_does_not_work_on_it() {
    let mut world = World::new();
    let mut case = registered(&world, &["AM"]);
    to_post_unclaimed(&mut world, &mut case);
    world.inspectors.insert("ENT1".into());
    assert_eq!(world.act(&mut case, "ENT1", &Command::Claim {}), Err(Refusal::Inspected {}));
    world.inspectors.clear();
    // A bar names its inspector, whatever role that person has now.
    let bar = Command::BarRelease { check: CheckId(Uuid::from_u128(7)), stage: Stage::Intake };
    world.act(&mut case, "INS1", &bar).unwrap();
    world.people.iter_mut().filter(|person| person.id.as_str() == "INS1").for_each(|person| {
        person.role = Role::Clerk;
        person.posts.insert(Post::Entry);
    });
    assert_eq!(world.act(&mut case, "INS1", &Command::Claim {}), Err(Refusal::Inspected {}));
    world.act(&mut case, "ENT1", &Command::Claim {}).unwrap();
}

#[test]
fn a_paperless_hand_over_is_work_of_who_gave_it() {
    let mut world = World::new();
    let mut case = registered(&world, &["AM"]);
    case.paper = false;
    case.worked.clear();
    world.act(&mut case, "INT1", &Command::HandOver {}).unwrap();
    assert!(case.worked_at(&[Stage::Intake], &"INT1".into()));
}

#[test]
fn the_reserve_is_asked_at_the_step_too() {
    let mut world = World::new();
    let mut case = registered(&world, &["AM"]);
    to_post(&mut world, &mut case, "INT1", "ALL1");
    // The other one who could recheck leaves the department between the claim and the step.
    world.people.retain(|person| person.id.as_str() != "REC1");
    let kept = Refusal::Reserve { stage: Stage::Recheck };
    assert_eq!(world.act(&mut case, "ALL1", &review()), Err(kept.clone()));
    assert_eq!(
        world.act(&mut case, "ALL1", &Command::ProposeDecline { reason: "不符".into(), items: vec![1] }),
        Err(kept.clone())
    );
    // Putting it back is no work, booking a paper is.
    assert_eq!(world.act(&mut case, "ALL1", &paper()), Err(kept));
    world.act(&mut case, "ALL1", &Command::Unclaim {}).unwrap();
    to_hand(&mut world, &mut case, "ENT1");
}

fn to_hand(world: &mut World, case: &mut Case, who: &str) {
    world.act(case, who, &Command::Claim {}).unwrap();
    world.act(case, who, &review()).unwrap();
}

#[test]
fn the_last_who_could_enter_is_not_used_up_by_a_recheck() {
    let mut world =
        with(vec![clerk("BOTH", &[Post::Entry, Post::Recheck])], &["INT1", "ENT1", "SRV1", "REC1"]);
    let mut case = at_recheck(&mut world, "REC1");
    world.act(&mut case, "REC1", &Command::Unclaim {}).unwrap();
    world.act(&mut case, "BOTH", &Command::Claim {}).unwrap();
    world.people.retain(|person| person.id.as_str() != "ENT1");
    let asked = ask(&world, 1, "AM");
    let kept = Err(Refusal::Reserve { stage: Stage::Entry });
    assert_eq!(world.act(&mut case, "BOTH", &asked), kept);
    world.act(&mut case, "BOTH", &Command::Unclaim {}).unwrap();
    assert_eq!(world.act(&mut case, "BOTH", &Command::Claim {}), kept);
    let why = Box::new(Refusal::Reserve { stage: Stage::Entry });
    assert_eq!(
        world.act(&mut case, "LEAD", &Command::Assign { to: "BOTH".into() }),
        Err(Refusal::ReceiverNotEligible { person: "BOTH".into(), why })
    );
    world.act(&mut case, "REC1", &Command::Claim {}).unwrap();
}

/// A case at Servicing, in the pool, whose release a major finding at Entry bars.
fn barred(world: &mut World) -> Case {
    let mut case = registered(world, &["AM"]);
    to_post(world, &mut case, "INT1", "ENT1");
    world.act(&mut case, "ENT1", &review()).unwrap();
    for command in enter(world, 1, "AM") {
        world.act(&mut case, "ENT1", &command).unwrap();
    }
    world.act(&mut case, "ENT1", &Command::HandOver {}).unwrap();
    let counted = receipt(&case);
    world.act(&mut case, "SRV1", &counted).unwrap();
    let bar = Command::BarRelease { check: CheckId(Uuid::from_u128(7)), stage: Stage::Entry };
    world.act(&mut case, "INS1", &bar).unwrap();
    case
}

fn finding() -> Command {
    Command::ReturnTo {
        stage: Stage::Entry,
        items: vec![1],
        grounds: vec![Ground::Finding {
            error_point: ErrorPoint::E03,
            severity: Severity::Major,
            cause: Cause::Care,
            field: None,
        }],
        reason: "抽检重大差错".into(),
    }
}

#[test]
fn a_leads_return_asks_the_reserve_and_separation() {
    let units = [branch(), office()];
    let lead = person("LED2", Role::Lead, &[Post::Recheck], &units);
    let mut world = with(vec![lead], &["INT1", "ENT1", "SRV1"]);
    let mut case = barred(&mut world);
    let kept = Err(Refusal::Reserve { stage: Stage::Recheck });
    assert_eq!(world.act(&mut case, "LED2", &finding()), kept, "nobody else could recheck it");
    case.worked.entry(Stage::Recheck).or_default().insert("LEAD".into());
    assert_eq!(
        world.act(&mut case, "LEAD", &finding()),
        Err(Refusal::Separation { worked_at: Stage::Recheck })
    );
    world.act(&mut case, "MGR1", &finding()).unwrap();
}

#[test]
fn a_leads_return_from_the_pool_has_the_post_as_its_giver() {
    for take_back in [true, false] {
        let mut world = World::new();
        let mut case = barred(&mut world);
        world.act(&mut case, "LEAD", &finding()).unwrap();
        assert_eq!(case.custodian(), Custodian::Post(Stage::Servicing, &branch()));
        if take_back {
            world.act(&mut case, "MGR1", &Command::TakeBack {}).unwrap();
        } else {
            let wrong = Command::ConfirmReceipt { counted: vec![999; case.materials.len()] };
            world.act(&mut case, "ENT1", &wrong).unwrap();
            world.act(&mut case, "ENT1", &wrong).unwrap();
            world.act(&mut case, "ENT1", &Command::ReportDifference { difference: "缺页".into() }).unwrap();
        }
        assert!(matches!(&case.state, State::Open { stage: Stage::Servicing, status: Status::Ready }));
        world.act(&mut case, "LEAD", &finding()).unwrap();
        let counted = receipt(&case);
        world.act(&mut case, "ENT1", &counted).unwrap();
        assert_eq!(case.stage(), Some(Stage::Entry));
        assert_eq!(case.last_done.get(&Stage::Servicing), None, "nobody has done Servicing");
    }
}

#[test]
fn nobody_confirms_his_own_line_while_another_could() {
    let both = || clerk("BOTH", &[Post::Intake, Post::Entry]);
    let mut world = with(vec![both()], &["INT1", "ENT1", "SRV1", "REC1"]);
    let mut case = registered(&world, &["AM"]);
    world.act(&mut case, "INT1", &Command::TransferHolding { to: "BOTH".into() }).unwrap();
    world.act(&mut case, "BOTH", &Command::ConfirmTransfer {}).unwrap();
    world.act(&mut case, "BOTH", &Command::HandOver {}).unwrap();
    let counted = receipt(&case);
    assert_eq!(world.act(&mut case, "BOTH", &counted), Err(Refusal::OwnLine {}));
    // Somebody of the post who may not work it is nobody who could receive it.
    world.inspectors.insert("ENT1".into());
    let own = world.act(&mut case, "BOTH", &counted).unwrap();
    assert!(matches!(&own[0].fact, domain::case::Fact::Arrived(arrival) if arrival.own));
    // Another's receipt is not marked.
    world.inspectors.clear();
    let mut other = registered(&world, &["AM"]);
    world.act(&mut other, "INT1", &Command::HandOver {}).unwrap();
    let received = world.act(&mut other, "ENT1", &counted).unwrap();
    assert!(matches!(&received[0].fact, domain::case::Fact::Arrived(arrival) if !arrival.own));
}

#[test]
fn two_differing_counts_can_only_be_reported() {
    let mut world = World::new();
    let mut case = registered(&world, &["BC"]);
    world.act(&mut case, "INT1", &Command::HandOver {}).unwrap();
    let wrong = Command::ConfirmReceipt { counted: vec![99; case.materials.len()] };
    world.act(&mut case, "ENT1", &wrong).unwrap();
    world.act(&mut case, "ENT1", &wrong).unwrap();
    let counted = receipt(&case);
    for (who, command) in
        [("INT1", &Command::TakeBack {}), ("LEAD", &Command::TakeBack {}), ("ENT1", &counted)]
    {
        assert_eq!(world.act(&mut case, who, command), Err(Refusal::BothCountsDiffered {}), "{who}");
    }
    world.act(&mut case, "ENT1", &Command::ReportDifference { difference: "缺页".into() }).unwrap();
    assert_eq!(case.holding().map(|holding| holding.by.as_str()), Some("INT1"));
}

#[test]
fn coming_back_gains_a_visit_no_time() {
    let mut world = World::new();
    let mut case = registered(&world, &["BC"]);
    let (due, arrived) = (case.due_at, case.arrived_at);
    world.act(&mut case, "INT1", &Command::HandOver {}).unwrap();
    world.now += chrono::TimeDelta::hours(3);
    world.act(&mut case, "INT1", &Command::TakeBack {}).unwrap();
    assert_eq!((case.due_at, case.arrived_at, case.visits.len()), (due, arrived, 1));
    assert_eq!(case.visits[0].to, None, "the clock never stopped");
}

#[test]
fn the_only_rechecker_registers_only_where_no_other_registrar_is_present() {
    let alone = || clerk("BOTH", &[Post::Intake, Post::Recheck]);
    let mut world = with(vec![alone()], &["INT1", "ENT1", "SRV1", "BND1"]);
    let mut form = registration(&world, &["AM"]);
    if let Err(Refusal::Acknowledge { lines }) = world.register_with("INT1", &form) {
        form.acknowledged = lines;
    }
    assert_eq!(
        world.register_with("BOTH", &form).unwrap_err(),
        Refusal::Reserve { stage: Stage::Recheck },
        "another registrar is there"
    );
    world.present.remove(&PersonId::from("INT1"));
    let events = world.register_with("BOTH", &form).unwrap();
    let case = Case::registered(&events[0]).unwrap();
    // Shown at once: nobody can recheck it.
    let actor = world.actor("BOTH");
    assert_eq!(nobody(&case, &world.context(&actor)), Some(Stage::Recheck));
    world.people.push(clerk("REC2", &[Post::Recheck]));
    assert_eq!(nobody(&case, &world.context(&actor)), None);
}

#[test]
fn a_visit_is_due_by_the_calendar_of_the_unit_that_works_it() {
    let mut world = World::new();
    let mut case = registered(&world, &["AM"]);
    // The branch keeps no office hours for two days; the office, where the case stands, does.
    let mut closed = world.calendar.data().clone();
    let rest = domain::time::DayRule {
        date: domain::time::local_date(world.now),
        name: domain::time::DayName::new("停业", "Closed"),
        kind: domain::time::RuleKind::Holiday,
    };
    closed.days.push(rest);
    let calendar = domain::time::Calendar::new(closed).unwrap();
    world.calendars.insert(branch(), Arc::new(calendar.clone()));
    world.act(&mut case, "INT1", &Command::HandOver {}).unwrap();
    let counted = receipt(&case);
    world.act(&mut case, "ENT1", &counted).unwrap();
    let item = world.catalogue.item(&"AM".into()).unwrap();
    let target = world.catalogue.target(&[item], Stage::Entry).unwrap();
    assert_eq!(case.due_at, calendar.add_minutes(world.now, target));
    assert_ne!(case.due_at, world.calendar.add_minutes(world.now, target));
}

#[test]
fn what_is_to_be_keyed_blind_is_hidden_from_who_keys_it() {
    let mut world = World::new();
    let mut case = registered(&world, &["AM"]);
    to_post(&mut world, &mut case, "INT1", "ENT1");
    world.act(&mut case, "ENT1", &review()).unwrap();
    let commands = enter(&world, 1, "AM");
    let mut events = world.act(&mut case, "ENT1", &commands[0]).unwrap();
    let of = |world: &World, case: &Case, who: &str| {
        blind(case, world.person(who), &branch(), &world.catalogue).get(&1).copied()
    };
    assert_eq!(of(&world, &case, "ENT1"), Some(Blind::SecondKeying));
    assert_eq!(of(&world, &case, "REC1"), Some(Blind::Asked), "on its way to the rechecker");
    assert_eq!((of(&world, &case, "LEAD"), of(&world, &case, "SRV1")), (None, None), "they key nothing");
    // Nothing of what was entered is left in the copy, neither in the case nor in its events.
    for who in ["ENT1", "REC1"] {
        let hidden = blind(&case, world.person(who), &branch(), &world.catalogue);
        let mut copy = case.clone();
        hide(&mut copy, &hidden);
        hide_events(&mut events, &hidden);
        let text =
            format!("{} {}", serde_json::to_string(&copy).unwrap(), serde_json::to_string(&events).unwrap());
        for value in ["13987654321", "200120", "139****4321", "世纪大道"] {
            assert!(!text.contains(value), "{who}: {value} in {text}");
        }
        // The rules do not guess what they cannot see.
        assert_eq!(world.act(&mut copy, "ENT1", &commands[1]), Err(Refusal::ServerDecides {}), "{who}");
    }
    world.act(&mut case, "ENT1", &commands[1]).unwrap();
    assert_eq!(of(&world, &case, "ENT1"), None);
    to_post(&mut world, &mut case, "ENT1", "ALL1");
    assert_eq!(of(&world, &case, "ALL1"), None, "who services it works with it");
    world.act(&mut case, "ALL1", &Command::Unclaim {}).unwrap();
    assert_eq!(of(&world, &case, "ALL1"), Some(Blind::Asked), "and may recheck it otherwise");
    world.act(&mut case, "SRV1", &Command::Claim {}).unwrap();
    for command in service(&world, &case, 1, "AM") {
        world.act(&mut case, "SRV1", &command).unwrap();
    }
    to_post(&mut world, &mut case, "SRV1", "REC1");
    assert_eq!(of(&world, &case, "REC1"), Some(Blind::Asked));
    let asked = ask(&world, 1, "AM");
    world.act(&mut case, "REC1", &asked).unwrap();
    assert_eq!(of(&world, &case, "REC1"), None);
}
