//! What no sequence of commands, legal or not, may do (process, head and §1–3, §8).

use crate::{common::*, explore::candidates, route::registered};
use domain::{
    actor::Actor,
    case::{Case, Command, Event, State, WorkItem, state::Custodian},
    flow::{Cell, Movement, balance, movement, spans},
    id::PersonId,
    post::Stage,
    time::elapsed_clocks,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A walk: at each step one of the candidate commands, by a number that is reduced to their count.
fn walk(items: &'static [&'static str], picks: &[u32]) -> (World, Case, Vec<Event>, Vec<Movement>) {
    let mut world = World::new();
    let mut case = registered(&world, items);
    let mut events = Vec::new();
    let mut moved = Vec::new();
    for pick in picks {
        let legal = legal(&world, &case);
        let all;
        let (person, command) = if legal.is_empty() || pick % 5 == 0 {
            all = candidates(&world, &case);
            &all[(*pick as usize / 5) % all.len()]
        } else {
            &legal[(*pick as usize / 5) % legal.len()]
        };
        let before = case.clone();
        match world.act(&mut case, person.as_str(), command) {
            Ok(new) => {
                let mut state = before;
                for event in &new {
                    moved.extend(movement(Some(&state), event));
                    state.apply(event);
                }
                events.extend(new);
            }
            Err(_) => assert_eq!(case, before, "a refusal changes nothing"),
        }
    }
    (world, case, events, moved)
}

/// Commands someone may do now, other than notes, which lead nowhere.
fn legal(world: &World, case: &Case) -> Vec<(PersonId, Command)> {
    candidates(world, case)
        .into_iter()
        .filter(|(person, command)| {
            let actor = world.actor(person.as_str());
            !matches!(command, Command::AddNote { .. })
                && domain::case::decide(case, command, &world.context(&actor)).is_ok()
        })
        .collect()
}

fn sound(world: &World, case: &Case) {
    // Custody: exactly one custodian while the case is in the house, none after.
    match (&case.state, case.custodian()) {
        (State::Open { .. }, Custodian::Person(_) | Custodian::Post(..))
        | (State::Ended { .. }, Custodian::Nobody) => {}
        (state, custodian) => panic!("{state:?} in custody of {custodian:?}"),
    }
    // A row of work for an open case, none for an ended one.
    assert_eq!(WorkItem::of(case, &world.catalogue).is_some(), case.stage().is_some());
    // The clocks: visits and transits without a gap, their sum the total.
    let clocks = elapsed_clocks(&spans(case), world.now).expect("gapless history");
    assert_eq!(clocks.total, clocks.visits + clocks.transit);
    for visit in &clocks.per_visit {
        assert_eq!(visit.visit, visit.own + visit.waiting.total());
    }
    // Separation: nobody rechecked what he or she had worked on.
    for item in &case.items {
        if let Some(person) = item.pass.as_ref().and_then(|pass| pass.done.by.person()) {
            assert!(
                !case.worked_at(&[Stage::Intake, Stage::Entry, Stage::Servicing], person)
                    || case.worked_at(&[Stage::Recheck], person),
                "{person} passed own work"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_loses_or_corrupts_a_case(
        two in any::<bool>(),
        picks in proptest::collection::vec(any::<u32>(), 1..60),
    ) {
        let items: &'static [&'static str] = if two { &["LR", "AM"] } else { &["CT"] };
        let (world, case, events, moved) = walk(items, &picks);
        sound(&world, &case);
        // Replay equals the state, also through the stored bytes.
        let mut replayed = registered(&World::new(), items);
        for event in &events {
            let bytes = serde_json::to_vec(event).unwrap();
            replayed.apply(&serde_json::from_slice(&bytes).unwrap());
        }
        prop_assert_eq!(&replayed, &case);
        // Versions follow one another.
        for (index, event) in events.iter().enumerate() {
            prop_assert_eq!(event.version, index as u64 + 2);
        }
        balanced(&case, &moved);
    }

    #[test]
    fn from_every_state_the_people_present_bring_the_case_to_release(
        two in any::<bool>(),
        picks in proptest::collection::vec(any::<u32>(), 1..40),
    ) {
        let items: &'static [&'static str] = if two { &["LR", "AM"] } else { &["CT"] };
        let (mut world, mut case, _, _) = walk(items, &picks);
        let mut tail = std::collections::VecDeque::new();
        for _ in 0..400 {
            if matches!(case.state, State::Ended { .. }) {
                return Ok(());
            }
            let Some((person, command)) = onwards(&world, &case) else {
                prop_assert!(false, "stuck: {:?} {:?}", case.state, case.proposal);
                return Ok(());
            };
            tail.push_back(format!("{person} {}", command.name()));
            if tail.len() > 12 {
                tail.pop_front();
            }
            world.act(&mut case, person.as_str(), &command).unwrap();
        }
        prop_assert!(false, "no end in 400 steps: {:?}, lastly {:?}", case.state, tail);
    }
}

/// The identity of process §8 per cell and for the house, over all movements of one case.
fn balanced(case: &Case, moved: &[Movement]) {
    let mut closing: BTreeMap<Cell, i64> = BTreeMap::new();
    let start = Cell { unit: office(), stage: Stage::Intake };
    let cells: std::collections::BTreeSet<Cell> = moved
        .iter()
        .flat_map(|movement| movement.from.iter().chain(&movement.to).cloned())
        .chain([start.clone()])
        .collect();
    let (mut passed, mut returned, mut out) = (0, 0, 0);
    for cell in cells {
        let terms = balance(&cell, i64::from(cell == start), moved);
        assert!((0..=1).contains(&terms.closing()), "{cell:?} closes with {}", terms.closing());
        passed += terms.passed_in - terms.passed_out;
        returned += terms.returned_in - terms.returned_out;
        out += terms.released + terms.closed;
        closing.insert(cell, terms.closing());
    }
    assert_eq!((passed, returned), (0, 0), "for the house in and out cancel");
    let open: i64 = closing.values().sum();
    assert_eq!(1, open + out, "opening = out + closing");
    if let Some(stage) = case.stage() {
        let here = Cell { unit: case.working_unit().clone(), stage };
        assert_eq!(closing.get(&here), Some(&1));
    }
}

/// The next command on the way to release: forward work first, then what clears the way.
fn onwards(world: &World, case: &Case) -> Option<(PersonId, Command)> {
    let order = |command: &Command| match command {
        Command::Release { .. } => Some(0),
        Command::LiftBar { .. } => Some(1),
        Command::Bind { .. } => Some(2),
        Command::ConfirmCore { .. } => Some(3),
        Command::PassRecheck { .. } => Some(4),
        Command::CancelProposal {} | Command::RefuseProposal { .. } => Some(5),
        Command::CompleteReview { .. } => Some(7),
        Command::EnterChange { .. } => Some(8),
        Command::ConfirmEntry { .. } => Some(9),
        Command::CompletePreparation { .. } => Some(10),
        Command::RecordCoreResult { .. } => Some(11),
        Command::SettleFee { .. } => Some(12),
        Command::Endorse { .. } => Some(13),
        Command::KeyAsked { .. } => Some(14),
        Command::ConfirmReceipt { .. } => Some(16),
        Command::Resume {} => Some(17),
        Command::Claim {} => Some(18),
        Command::ReportDifference { .. } => Some(19),
        Command::HandOver {} => Some(15),
        Command::Unclaim {} => Some(30),
        _ => None,
    };
    candidates(world, case)
        .into_iter()
        .filter_map(|(person, command)| Some((order(&command)?, person, command)))
        .filter(|(_, person, command)| useful(world, case, person, command))
        .min_by_key(|(order, ..)| *order)
        .map(|(_, person, command)| (person, command))
}

/// Legal, and not a repetition that changes nothing.
fn useful(world: &World, case: &Case, person: &PersonId, command: &Command) -> bool {
    let actor: Actor = world.actor(person.as_str());
    let Ok(events) = domain::case::decide(case, command, &world.context(&actor)) else { return false };
    let mut after = case.clone();
    for event in &events {
        after.apply(event);
    }
    let essence = |case: &Case| {
        let items: Vec<_> = case
            .items
            .iter()
            .map(|item| {
                (
                    item.review.is_some(),
                    item.entered.is_some(),
                    item.confirmed().is_some(),
                    item.preparation.is_some(),
                    item.core.as_ref().map(|core| (core.compared, core.state)),
                    item.fees.is_some(),
                    item.endorsement.is_some(),
                    item.asked.len(),
                    item.pass.is_some(),
                    item.bound.is_some(),
                )
            })
            .collect();
        (items, case.state.clone(), case.proposal.clone(), case.bars.len())
    };
    let (now, then) = (essence(case), essence(&after));
    let mut then_state = then.clone();
    // A holder's last activity moves with every event.
    then_state.1 = now.1.clone();
    let same_status = matches!(
        (&now.1, &then.1),
        (
            State::Open { stage: a, status: domain::case::Status::Claimed(x) },
            State::Open { stage: b, status: domain::case::Status::Claimed(y) },
        ) if a == b && x.by == y.by
    );
    if same_status { then_state != now } else { then != now }
}
