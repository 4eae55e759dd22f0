//! One engine from the empty store to the last row.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::runtime::Runtime;
use tokio::task::LocalSet;

use super::people::People;
use super::place::{Place, Seeded};
use super::rows::{Given, command, dashboards, import, live, next, process, queue};
use super::table::{Row, Table, Verdict};
use super::{Sizes, part};
use crate::command::say;
use crate::now::now;
use crate::server::Server;
use crate::{list, paths, random};

/// Makes a store in a folder, by a name.
pub type Make<'a> = &'a dyn Fn(&Path, &str) -> Result<Place>;

/// What all parts need.
pub struct Bench {
    binary: PathBuf,
    folder: PathBuf,
    password: String,
    sizes: Sizes,
    /// One thread: the client takes as little of the machine as it can.
    runtime: Runtime,
}

impl Bench {
    /// With the binary to measure and a folder for its stores.
    pub fn new(binary: PathBuf, folder: PathBuf, sizes: Sizes) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(Self { binary, folder, password: random::token()?[..16].to_owned(), sizes, runtime })
    }

    /// Every row of an engine; what cannot be measured says why and does not stop the rest.
    pub fn measure(&self, table: &mut Table, engine: &'static str, make: Make) {
        say(format!("{engine}: {} cases, {} s a run", self.sizes.cases, self.sizes.time.as_secs()));
        let small = self.small(engine, make);
        if let Err(error) = self.large(table, engine, make, small) {
            let wanted = [
                &process::WANTED[..],
                &dashboards::WANTED,
                &queue::WANTED,
                &live::WANTED,
                &next::WANTED,
                &command::WANTED,
            ];
            table.add_missing(&error, engine, &wanted.concat());
        }
        let imported = make(&part(&self.folder, engine, "log"), "log")
            .and_then(|place| import::measure(engine, &place, &self.binary, &self.folder, self.sizes.events));
        table.add_all(imported, engine, &import::WANTED);
    }

    /// Dashboards of a store of a tenth.
    fn small(&self, engine: &'static str, make: Make) -> Result<dashboards::Timed> {
        let (place, seeded) = self.seed(engine, make, "small", self.sizes.cases / 10)?;
        let people = People::of(&seeded.people, &self.password)?;
        let (server, _) = place.serve(&self.binary)?;
        self.wait(dashboards::time(&self.given(engine, &server, &people, seeded.cases)))
    }

    fn large(
        &self,
        table: &mut Table,
        engine: &'static str,
        make: Make,
        small: Result<dashboards::Timed>,
    ) -> Result<()> {
        let (place, seeded) = self.seed(engine, make, "large", self.sizes.cases)?;
        table.add(import::seeded(engine, &seeded));
        let people = People::of(&seeded.people, &self.password)?;

        let (server, started) = place.serve(&self.binary)?;
        let rows = process::measure(engine, server.id(), started, seeded.cases);
        table.add_all(rows, engine, &process::WANTED);
        let given = self.given(engine, &server, &people, seeded.cases);
        let large = self.wait(dashboards::time(&given));
        let rows = small.and_then(|small| Ok(dashboards::compare(engine, &small, &large?)));
        table.add_all(rows, engine, &dashboards::WANTED);
        drop(server);

        let waiting = self.fill(engine, &place, &people)?;
        let cases = seeded.cases + waiting;
        let (server, _) = place.serve(&self.binary)?;
        let given = self.given(engine, &server, &people, cases);
        table.add_all(self.wait(queue::measure(&given)), engine, &queue::WANTED);
        table.add_all(self.wait(live::measure(&given)), engine, &live::WANTED);
        let (rows, held) = match self.wait(next::measure(&given)) {
            Ok((rows, held)) => (Ok(rows), held),
            Err(error) => (Err(error), Vec::new()),
        };
        table.add_all(rows, engine, &next::WANTED);
        table.add_all(self.wait(command::measure(&given, held)), engine, &command::WANTED);
        drop(server);
        table.add(whole(engine, place.verify(&self.binary)));
        Ok(())
    }

    fn seed(&self, engine: &'static str, make: Make, name: &str, cases: u32) -> Result<(Place, Seeded)> {
        let place = make(&part(&self.folder, engine, name), name)?;
        place.migrate(&self.binary)?;
        let seeded = place.seed(&self.binary, &self.password, cases)?;
        Ok((place, seeded))
    }

    /// Cases that wait at Intake for whoever asks next; gives how many.
    fn fill(&self, engine: &'static str, place: &Place, people: &People) -> Result<u32> {
        let cases = next::cases_for(self.sizes.time);
        let units: Vec<&str> = people.clerks.iter().map(|clerk| clerk.unit.as_str()).collect();
        let file = self.folder.join("list.csv");
        let mapping = paths::root().join("docs/case-list-mapping.toml");
        let mut time = Duration::ZERO;
        for text in list::files(0..cases, &units, now()) {
            fs::write(&file, text)?;
            time += place.import(&self.binary, "case-list", &file, &mapping).context("no list of cases")?;
        }
        say(format!("{engine}: {cases} cases registered in {:.1} s", time.as_secs_f64()));
        Ok(cases)
    }

    fn given<'a>(&self, engine: &'static str, server: &Server, people: &'a People, cases: u32) -> Given<'a> {
        Given {
            engine,
            address: server.address(),
            process: server.id(),
            people,
            cases,
            time: self.sizes.time,
            streams: self.sizes.streams,
        }
    }

    /// Runs one row's requests to the end.
    fn wait<T>(&self, row: impl Future<Output = Result<T>>) -> Result<T> {
        self.runtime.block_on(LocalSet::new().run_until(row))
    }
}

/// Figures of a store that broke on the way are worth nothing.
fn whole(engine: &'static str, verified: Result<()>) -> Row {
    let (measured, holds) = match verified {
        Ok(()) => ("everything fits together".to_owned(), true),
        Err(error) => (format!("{error:#}").replace('\n', " "), false),
    };
    Row {
        what: "store after the load (`verify`)".to_owned(),
        engine,
        bar: "whole".to_owned(),
        measured,
        verdict: Verdict::of(holds, true),
    }
}
