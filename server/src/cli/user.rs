//! `plumbline user add | disable | password`

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use domain::actor::{Grants, Limit, Role};
use domain::api::audit::AuditKind;
use domain::catalogue::ItemClass;
use domain::id::{PersonId, UnitId};
use domain::money::Money;
use domain::post::Post;
use domain::time::local_date;
use secrecy::SecretString;
use store::{FeedEntry, PersonRecord, PostHeld, Store, StoreExt as _, WriteError};
use uuid::Uuid;

use crate::audit::Entry;
use crate::auth::password::{Passwords, acceptable};
use crate::config::Config;
use crate::error::Error;
use crate::source::Source;
use crate::start;

/// What to do with a person.
#[derive(Debug, Subcommand)]
pub enum Options {
    /// Add a person
    Add(Add),
    /// Shut a person out; sessions end at once
    Disable {
        /// Number
        person: String,
    },
    /// Take a person's second factor away, where telephone and recovery codes are lost; sessions end at once
    SecondFactor {
        /// Number
        person: String,
    },
    /// Give a person a first password, to be changed at the next sign-in; sessions end at once
    Password {
        /// Number
        person: String,
        /// Read the password from standard input instead of making one up and printing it
        #[arg(long)]
        password_stdin: bool,
    },
}

/// A new person.
#[derive(Debug, Args)]
pub struct Add {
    /// Number: SH3107
    person: String,
    /// Name
    #[arg(long)]
    name: String,
    /// Role, as the wire names it
    #[arg(long, value_parser = role, help = "clerk, lead, manager, inspector, system_admin, security_admin, audit_admin")]
    role: Role,
    /// Home unit
    #[arg(long)]
    unit: String,
    /// Post held from today on; more than once for several
    #[arg(long = "post", value_parser = post)]
    posts: Vec<Post>,
    /// Unit whose subtree is in scope; more than once for several; without it the home unit
    #[arg(long = "scope")]
    scope: Vec<String>,
    /// Level A to F: amounts up to 0, 10,000, 50,000, 200,000, 1,000,000 yuan, any
    #[arg(long, default_value = "A", value_parser = ["A", "B", "C", "D", "E", "F"])]
    level: String,
    /// Read the password from standard input instead of making one up and printing it
    #[arg(long)]
    password_stdin: bool,
}

impl Add {
    /// Somebody new with a password that is made up.
    pub fn of(person: &str, name: &str, role: &str, unit: &str) -> Self {
        Self {
            person: person.to_owned(),
            name: name.to_owned(),
            role: Role::parse(role).unwrap_or(Role::Clerk),
            unit: unit.to_owned(),
            posts: Vec::new(),
            scope: Vec::new(),
            level: "A".to_owned(),
            password_stdin: false,
        }
    }
}

/// Does it.
pub async fn run(config: &Config, options: Options) -> anyhow::Result<()> {
    let (store, source) = (start::open(config).await?, Source::system());
    store.check().await?;
    start::same_time(store.as_ref(), &source).await?;
    start::found(store.as_ref(), &source).await?;
    let done = match options {
        Options::Add(add) => self::add(store.as_ref(), &source, add).await,
        Options::Disable { person } => {
            let id = number(&person);
            shut_out(store.as_ref(), &source, &id).await.map(|()| println!("{id} is shut out"))
        }
        Options::SecondFactor { person } => {
            let id = number(&person);
            let record = store.person(&id).await?.with_context(|| format!("no person {id}"))?;
            put(store.as_ref(), &source, record, AuditKind::SecondFactorReset).await
        }
        Options::Password { person, password_stdin } => {
            let id = number(&person);
            let record = store.person(&id).await?.with_context(|| format!("no person {id}"))?;
            let password = Some(password(&source, &id, password_stdin).await?);
            let record = PersonRecord { password, must_change: true, ..record };
            put(store.as_ref(), &source, record, AuditKind::PasswordGiven).await
        }
    };
    store.close().await;
    done
}

async fn add(store: &dyn Store, source: &Source, add: Add) -> anyhow::Result<()> {
    let id = number(&add.person);
    if store.person(&id).await?.is_some() {
        bail!("{id} is there already");
    }
    if !add.role.works() && !add.posts.is_empty() {
        bail!(
            "{} holds no post: inspection, administration and work on cases exclude each other",
            add.role.as_str()
        );
    }
    let units: BTreeSet<UnitId> = store.units().await?.into_iter().map(|unit| unit.id).collect();
    let unit = UnitId::from(add.unit.as_str());
    let scope: BTreeSet<UnitId> = match add.scope.as_slice() {
        [] => BTreeSet::from([unit.clone()]),
        scope => scope.iter().map(|unit| UnitId::from(unit.as_str())).collect(),
    };
    if let Some(unknown) = scope.iter().chain([&unit]).find(|unit| !units.contains(*unit)) {
        bail!("no unit {unknown}");
    }
    let from = local_date(source.now());
    let record = PersonRecord {
        name: add.name,
        role: add.role,
        unit,
        posts: add.posts.into_iter().map(|post| PostHeld { post, from, to: None }).collect(),
        scope,
        grants: grants(&add.level),
        password: Some(password(source, &id, add.password_stdin).await?),
        // Whoever made the password knows it: it opens nothing but its own change.
        must_change: true,
        disabled: false,
        id,
    };
    put(store, source, record, AuditKind::PersonAdded).await
}

/// Shuts a person out: no sign-in from now on, and every session ends at once.
pub async fn shut_out(store: &dyn Store, source: &Source, id: &PersonId) -> anyhow::Result<()> {
    let record = store.person(id).await?.with_context(|| format!("no person {id}"))?;
    put(store, source, PersonRecord { disabled: true, ..record }, AuditKind::PersonDisabled).await
}

/// Writes a person with the entry of the audit record, ends the person's sessions and tells the servers, which read their
/// directory again and end the streams.
async fn put(
    store: &dyn Store,
    source: &Source,
    mut record: PersonRecord,
    kind: AuditKind,
) -> anyhow::Result<()> {
    if !record.role.works() {
        // Posts from before the rule do not keep a person from being shut out.
        record.posts.clear();
    }
    let entry = Entry::new(source, kind).about(&record.id, &record.unit).on("command line");
    let notice = FeedEntry {
        seq: 0,
        at: source.now(),
        aggregate: "people".to_owned(),
        id: Uuid::nil(),
        version: 1,
        queues: Vec::new(),
        unit: record.unit.clone(),
        accepting: record.unit.clone(),
    };
    store
        .write(move |tx| {
            let (record, notice, entry) = (record.clone(), notice.clone(), entry.clone());
            Box::pin(async move {
                tx.put_person(&record).await?;
                if kind == AuditKind::SecondFactorReset {
                    tx.remove_second_factor(&record.id).await?;
                }
                tx.end_sessions_of(&record.id).await?;
                tx.audit(entry.row()).await?;
                tx.notice(&notice).await?;
                Ok::<_, WriteError<Error>>(())
            })
        })
        .await
        .map_err(|error| anyhow::Error::new(Error::from(error)))
}

/// The hash of a password from standard input, or of one made up, which is printed.
async fn password(source: &Source, id: &PersonId, stdin: bool) -> anyhow::Result<String> {
    let text = if stdin {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        text.trim_end_matches(['\r', '\n']).to_owned()
    } else {
        made_up(source)
    };
    acceptable(id.as_str(), &text).map_err(|fault| anyhow::anyhow!(fault.detail()))?;
    let hash = Passwords::new(source.clone()).hash(SecretString::from(text.clone())).await?;
    if !stdin {
        println!("{id} {text}");
    }
    Ok(hash)
}

/// A password of 80 bits in letters and digits that nobody mistakes for others.
pub fn made_up(source: &Source) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789x";
    let bytes: [u8; 16] = source.bytes();
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
    let groups: Vec<String> = bytes.chunks(4).map(|chunk| chunk.iter().map(letter).collect()).collect();
    groups.join("-")
}

/// Shipped levels (company-set): the same limit for every class of items.
fn grants(level: &str) -> Grants {
    let limit = match level {
        "B" => Limit::UpTo(Money::yuan(10_000)),
        "C" => Limit::UpTo(Money::yuan(50_000)),
        "D" => Limit::UpTo(Money::yuan(200_000)),
        "E" => Limit::UpTo(Money::yuan(1_000_000)),
        "F" => Limit::Unlimited,
        _ => Limit::UpTo(Money::ZERO),
    };
    let classes = [ItemClass::Change, ItemClass::Payment, ItemClass::Other, ItemClass::Special];
    let amounts: BTreeMap<ItemClass, Limit> = classes.into_iter().map(|class| (class, limit)).collect();
    Grants { level: level.to_owned(), amounts, ..Grants::default() }
}

fn number(text: &str) -> PersonId {
    PersonId::typed(text)
}

fn role(name: &str) -> Result<Role, String> {
    Role::parse(name).ok_or_else(|| format!("no role {name}"))
}

fn post(name: &str) -> Result<Post, String> {
    Post::parse(name).ok_or_else(|| format!("no post {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_passwords_may_be_chosen() {
        let password = made_up(&Source::system());
        assert_eq!(password.len(), 19);
        assert_eq!(acceptable("SH3107", &password), Ok(()));
        assert_ne!(password, made_up(&Source::system()));
    }
}
