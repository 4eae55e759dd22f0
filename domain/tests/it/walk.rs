//! A walk over one case: a department, a registration, then one step after another of anybody – persons, Plumbline
//! itself, another system – with the shadow book beside it.

use crate::{book::Book, common::*, explore::candidates, onwards::onwards};
use domain::{
    actor::{Actor, Limit, Person, Role},
    case::{
        Case, Command, Event, Refusal,
        decide::{RegisterInput, decide, register},
        registration::Shortfall,
    },
    catalogue::{APPLICATION, ItemClass, MaterialForm},
    flow::{Movement, movement},
    id::{CaseId, PersonId},
    money::Money,
    post::Post,
};
use proptest::prelude::*;
use uuid::Uuid;

/// Who tries a command.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Person(PersonId),
    System,
    Integration(&'static str),
}

impl Who {
    pub fn actor(&self, world: &World) -> Actor {
        match self {
            Self::Person(id) => world.actor(id.as_str()),
            Self::System => Actor::System,
            Self::Integration(name) => Actor::Integration((*name).to_owned()),
        }
    }
}

/// Everyone who tries: the people, Plumbline itself, the system that may have brought the case, and another one.
pub fn everyone(world: &World) -> Vec<Who> {
    let people = world.people.iter().map(|person| Who::Person(person.id.clone()));
    people.chain([Who::System, Who::Integration(PORTAL), Who::Integration("core")]).collect()
}

const PORTAL: &str = "portal";

/// How a walk begins.
#[derive(Debug, Clone, Copy)]
pub struct Setup {
    /// Which department: see [`department`].
    people: usize,
    items: &'static [&'static str],
    /// Papers travel.
    paper: bool,
    /// Another system brings it.
    portal: bool,
    /// A paper is missing, or there as a copy only.
    short: bool,
    /// The core makes the last item effective at once.
    at_once: bool,
}

pub fn setups() -> impl Strategy<Value = Setup> {
    let items = prop_oneof![Just(&["CT"][..]), Just(&["LR"][..]), Just(&["LR", "AM"][..])];
    let often = || proptest::bool::weighted(0.3);
    (0..DEPARTMENTS, items, proptest::bool::weighted(0.7), often(), often(), often()).prop_map(
        |(people, items, paper, portal, short, at_once)| Setup {
            people,
            items,
            paper,
            portal,
            short,
            at_once,
        },
    )
}

const DEPARTMENTS: usize = 5;

/// The whole department; three people of all posts; two; posts that overlap, a lead and an inspector among them, with
/// a grant that does not cover a surrender; posts apart from each other. `INT1` registers in each.
fn department(which: usize) -> World {
    let mut world = World::new();
    let units = [branch(), office()];
    let all = |id: &str| person(id, Role::Clerk, &Post::ALL, &units);
    let clerk = |id: &str, posts: &[Post]| person(id, Role::Clerk, posts, &units);
    let heads = || world.people.iter().filter(|person| person.posts.is_empty()).cloned().collect::<Vec<_>>();
    let clerks = match which {
        0 => return world,
        1 => vec![all("INT1"), all("ENT1"), all("REC1")],
        2 => vec![all("INT1"), all("REC1")],
        3 => {
            let mut limited = clerk("REC1", &[Post::Recheck, Post::Entry]);
            limited.grants.amounts.insert(ItemClass::Payment, Limit::UpTo(Money::yuan(50_000)));
            vec![
                clerk("INT1", &[Post::Intake, Post::Recheck]),
                clerk("ENT1", &[Post::Entry, Post::Servicing, Post::Recheck]),
                clerk("SRV1", &[Post::Servicing, Post::Binding, Post::Intake]),
                limited,
                person("LED2", Role::Lead, &[Post::Recheck, Post::Entry, Post::Binding], &units),
                person("INS2", Role::Inspector, &[Post::Entry, Post::Binding], &units),
            ]
        }
        _ => vec![
            clerk("INT1", &[Post::Intake]),
            clerk("ENT1", &[Post::Entry]),
            clerk("SRV1", &[Post::Servicing]),
            clerk("REC1", &[Post::Recheck]),
            clerk("BND1", &[Post::Binding]),
        ],
    };
    let people: Vec<Person> = clerks.into_iter().chain(heads()).collect();
    world.present = people.iter().map(|person| person.id.clone()).collect();
    world.people = people;
    world
}

impl Setup {
    fn world(&self) -> World {
        let mut world = department(self.people);
        for item in &mut world.catalogue.items {
            item.paper = self.paper;
            item.effective_at_once = self.at_once && Some(&item.code.as_str()) == self.items.last();
        }
        world
    }

    /// The registration, every failing line acknowledged.
    fn register(&self, world: &World) -> Event {
        let mut form = registration(world, self.items);
        if self.short {
            shorten(world, &mut form);
        }
        if self.portal {
            // Only persons may back-date.
            form.applied_on = domain::time::local_date(form.received_at);
        }
        let actor =
            if self.portal { Who::Integration(PORTAL) } else { Who::Person("INT1".into()) }.actor(world);
        let made = |form: &_| {
            let id = CaseId(Uuid::from_u128(1));
            let input =
                RegisterInput { id, number: "SH01-261116-0001", accepting: &office(), registration: form };
            register(&input, &world.context(&actor))
        };
        if let Err(Refusal::Acknowledge { lines }) = made(&form) {
            assert!(lines.iter().all(|line| matches!(line, Shortfall::Missing { .. })), "{lines:?}");
            form.acknowledged = lines;
        }
        made(&form).expect("registered").remove(0)
    }
}

/// One paper comes as a copy where the original is needed, another not at all.
fn shorten(world: &World, form: &mut domain::case::Registration) {
    let needs: Vec<_> = form
        .items
        .iter()
        .flat_map(|code| world.catalogue.item(code).expect("known item").materials.clone())
        .filter(|need| need.kind.as_str() != APPLICATION)
        .collect();
    let original = needs.iter().find(|need| need.form == MaterialForm::Original);
    for paper in
        form.materials.iter_mut().filter(|paper| original.is_some_and(|need| need.kind == paper.kind))
    {
        paper.form = MaterialForm::Copy;
    }
    let absent = needs.iter().find(|need| need.form == MaterialForm::Copy);
    form.materials.retain(|paper| absent.is_none_or(|need| need.kind != paper.kind));
}

/// What a walk came to.
pub struct Walk {
    pub world: World,
    pub case: Case,
    pub events: Vec<Event>,
    pub moved: Vec<Movement>,
    pub book: Book,
}

impl Walk {
    pub fn begin(setup: Setup) -> Self {
        let world = setup.world();
        let registered = setup.register(&world);
        let case = Case::registered(&registered).expect("a registration");
        let book = Book::new(&registered, &case);
        Self { world, case, events: vec![registered], moved: Vec::new(), book }
    }

    /// Takes one step for each number.
    pub fn on(mut self, picks: &[u32]) -> Self {
        for pick in picks {
            let (kind, which) = (pick % 16, *pick as usize / 16);
            let step = match kind {
                // Time passes: leases run out, holds come to their end.
                0 => {
                    self.world.now += chrono::TimeDelta::hours(5);
                    None
                }
                1 | 2 => {
                    let mut all = candidates(&self.world, &self.case);
                    Some(all.swap_remove(which % all.len()))
                }
                3..=8 => self.legal(which),
                _ => onwards(&self.world, &self.case),
            };
            if let Some((who, command)) = step {
                self.step(&who, &command);
            }
        }
        self
    }

    /// A command somebody may do now, other than a note, which leads nowhere.
    fn legal(&self, which: usize) -> Option<(Who, Command)> {
        let all = candidates(&self.world, &self.case);
        // A prime stride visits all of them in an order that has nothing to do with who and what.
        let at = (0..all.len()).map(|nth| (which + nth * 7919) % all.len()).find(|at| {
            let (who, command) = &all[*at];
            let actor = who.actor(&self.world);
            !matches!(command, Command::AddNote { .. })
                && decide(&self.case, command, &self.world.context(&actor)).is_ok()
        })?;
        all.into_iter().nth(at)
    }

    /// Does it, or is refused and changes nothing.
    pub fn step(&mut self, who: &Who, command: &Command) {
        let before = self.case.clone();
        let actor = who.actor(&self.world);
        match self.world.act_as(&mut self.case, &actor, command) {
            Ok(new) => {
                let mut state = before;
                for event in &new {
                    self.moved.extend(movement(Some(&state), event));
                    self.book.note(&self.world, who, command, &state, event);
                    state.apply(event);
                }
                self.events.extend(new);
                self.world.inspectors.clone_from(self.book.inspectors());
            }
            Err(_) => assert_eq!(self.case, before, "a refusal changes nothing"),
        }
        self.book.sound(&self.world, &self.case);
    }
}
