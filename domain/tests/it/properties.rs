//! What no sequence of commands, legal or not, may do (process, head and §1–3, §8).
//!
//! The short form runs with the other tests. The long form is the same with more walks, their number given in
//! `PLUMBLINE_WALKS`: `PLUMBLINE_WALKS=20000 cargo test -p domain --test it properties::`.

use crate::{
    common::*,
    onwards::onwards,
    walk::{Walk, setups},
};
use domain::{
    case::{Case, Event, State, WorkItem},
    flow::{Cell, Movement, balance, spans},
    post::Stage,
    time::elapsed_clocks,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How many walks each property takes.
fn walks() -> u32 {
    let said = std::env::var("PLUMBLINE_WALKS").ok();
    said.map_or(96, |said| said.parse().expect("PLUMBLINE_WALKS is a number of walks"))
}

/// A row of work for an open case, none for an ended one; the clocks without a gap, their sum the total.
fn sound(world: &World, case: &Case) {
    assert_eq!(WorkItem::of(case, &world.catalogue).is_some(), case.stage().is_some());
    let clocks = elapsed_clocks(&spans(case), world.now).expect("gapless history");
    assert_eq!(clocks.total, clocks.visits + clocks.transit);
    for visit in &clocks.per_visit {
        assert_eq!(visit.visit, visit.own + visit.waiting.total());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: walks(), ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_loses_or_corrupts_a_case(
        setup in setups(),
        picks in proptest::collection::vec(any::<u32>(), 1..100),
    ) {
        let walk = Walk::begin(setup).on(&picks);
        sound(&walk.world, &walk.case);
        // Replay equals the state, also through the stored bytes.
        let stored: Vec<Event> = walk
            .events
            .iter()
            .map(|event| serde_json::from_slice(&serde_json::to_vec(event).unwrap()).unwrap())
            .collect();
        let replayed = Case::replay(&stored);
        prop_assert_eq!(replayed.as_ref(), Some(&walk.case));
        // Versions follow one another.
        for (index, event) in walk.events.iter().enumerate() {
            prop_assert_eq!(event.version, index as u64 + 1);
        }
        balanced(&walk.case, &walk.moved);
    }

    #[test]
    fn from_every_state_the_people_present_bring_the_case_to_release(
        setup in setups(),
        picks in proptest::collection::vec(any::<u32>(), 1..60),
    ) {
        let mut walk = Walk::begin(setup).on(&picks);
        let mut tail = VecDeque::new();
        for _ in 0..400 {
            if matches!(walk.case.state, State::Ended { .. }) {
                return Ok(());
            }
            let Some((who, command)) = onwards(&walk.world, &walk.case) else {
                prop_assert!(false, "stuck: {:?} {:?}, lastly {:?}", walk.case.state, walk.case.proposal, tail);
                return Ok(());
            };
            tail.push_back(format!("{who:?} {}", command.name()));
            if tail.len() > 12 {
                tail.pop_front();
            }
            // Refused where the day turned since it was looked up: then it is looked up again.
            walk.step(&who, &command);
        }
        prop_assert!(false, "no end in 400 steps: {:?}, lastly {:?}", walk.case.state, tail);
    }
}

/// The identity of process §8 per cell and for the house, over all movements of one case.
fn balanced(case: &Case, moved: &[Movement]) {
    let mut closing: BTreeMap<Cell, i64> = BTreeMap::new();
    let start = Cell { unit: office(), stage: Stage::Intake };
    let cells: BTreeSet<Cell> = moved
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
