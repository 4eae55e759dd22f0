//! The demo people, signed in once each: a password costs the server tens of milliseconds by design.

use std::net::SocketAddr;
use std::rc::Rc;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::json;

use super::http::{Connection, Request};

/// Who can sign in.
#[derive(Clone, Debug, Deserialize)]
pub struct Person {
    /// Number.
    pub person: String,
    /// Unit.
    pub unit: String,
    /// Posts held.
    pub posts: Vec<String>,
    /// Role.
    pub role: String,
}

/// Who works and who watches.
#[derive(Clone, Debug)]
pub struct People {
    /// Clerks at Intake alone, over all branches and offices.
    pub clerks: Vec<Person>,
    /// Leads and managers, of branches and of the head office.
    pub leading: Vec<Person>,
    /// A manager of the head office, who sees everything.
    pub manager: Person,
    /// What all sign in with.
    pub password: String,
}

impl People {
    /// Sorts out the people of a demo store.
    pub fn of(people: &[Person], password: &str) -> Result<Self> {
        let with =
            |suits: &dyn Fn(&Person) -> bool| people.iter().filter(|one| suits(one)).cloned().collect();
        let clerks: Vec<Person> = with(&|one| one.posts == ["intake"]);
        let leading: Vec<Person> = with(&|one| matches!(one.role.as_str(), "lead" | "manager"));
        let manager = leading.iter().find(|one| one.role == "manager" && one.unit == "HQ").cloned();
        anyhow::ensure!(!clerks.is_empty(), "the demo store has no clerk at Intake");
        Ok(Self {
            clerks,
            manager: manager.context("the demo store has no manager of the head office")?,
            leading,
            password: password.to_owned(),
        })
    }

    /// Signs one in and gives the cookie.
    pub async fn sign_in(&self, address: SocketAddr, person: &Person) -> Result<Rc<str>> {
        let body = json!({ "person": person.person, "password": self.password }).to_string();
        let request = Request::post("/api/session", &Rc::from(""), body);
        let answer = Connection::open(address).await?.send(request).await?;
        let answer = answer.expect(200).with_context(|| format!("{} cannot sign in", person.person))?;
        answer.cookie.map(Rc::from).context("signing in sets a cookie")
    }

    /// Signs several in.
    pub async fn sign_in_all(&self, address: SocketAddr, people: &[Person]) -> Result<Vec<Rc<str>>> {
        let mut cookies = Vec::with_capacity(people.len());
        for person in people {
            cookies.push(self.sign_in(address, person).await?);
        }
        Ok(cookies)
    }
}
