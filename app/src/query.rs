//! Reads that are kept: a small cache by address, made stale by tags.
//!
//! A page asks for a [`Load`] and receives a [`Query`]: the newest value there is, whether it is being fetched anew
//! and why that failed. What was shown stays while it is fetched again; a fetch nobody waits for is aborted. (A
//! resource of the framework can do neither, nor show old data beside the failure to get new.)

mod cache;

use crate::api::load::{Kept, Plain};
use crate::api::{Api, Failure, Load, Tag, use_api};
use crate::follow::follow;
use crate::state::clock::{Clock, use_clock};
use crate::state::timer::pause;
use cache::Cache;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use std::marker::PhantomData;
use std::sync::Arc;

/// Pause before what the server could not answer just now is asked again by itself, in milliseconds.
const AGAIN: i32 = 10_000;

/// What a read depends on, and how to read it anew.
#[derive(Debug, Clone)]
struct Active {
    id: u64,
    tags: Vec<Tag>,
    again: RwSignal<u32>,
}

/// The cache of the page.
#[derive(Debug, Clone, Copy)]
pub struct Queries {
    cache: StoredValue<Cache>,
    active: StoredValue<Vec<Active>>,
    next: StoredValue<u64>,
    clock: Clock,
}

impl Queries {
    /// An empty cache.
    pub fn new(clock: Clock) -> Self {
        Self {
            cache: StoredValue::new(Cache::default()),
            active: StoredValue::new(Vec::new()),
            next: StoredValue::new(0),
            clock,
        }
    }

    /// Marks what depends on the tag as stale: it is fetched anew when it is next asked for.
    pub fn stale(self, tag: Tag) {
        self.cache.update_value(|cache| cache.stale(tag));
    }

    /// Marks what depends on the tag as stale and fetches what is on screen anew.
    pub fn invalidate(self, tag: Tag) {
        self.stale(tag);
        let hit: Vec<RwSignal<u32>> = self.active.with_value(|active| {
            active.iter().filter(|one| one.tags.contains(&tag)).map(|one| one.again).collect()
        });
        for again in hit {
            again.try_update(|n| *n += 1);
        }
    }

    /// Marks everything as stale and fetches what is on screen anew: notices may have been missed.
    pub fn invalidate_all(self) {
        self.cache.update_value(Cache::stale_all);
        for one in self.active.get_value() {
            one.again.try_update(|n| *n += 1);
        }
    }

    /// Forgets everything: another person signed in.
    pub fn clear(self) {
        self.cache.set_value(Cache::default());
    }

    /// Keeps a value that came another way, such as the answer to a command.
    pub fn keep<T: Send + Sync + 'static>(self, get: &Load<T>, value: Arc<T>) {
        self.put(&get.plain, value);
    }

    fn put(self, get: &Plain, value: Kept) {
        let now = self.clock.exact();
        self.cache.update_value(|cache| cache.put(&get.url, &get.tags, value, now));
    }

    fn join(self, tags: Vec<Tag>, again: RwSignal<u32>) -> u64 {
        let id = self.next.try_update_value(|next| {
            *next += 1;
            *next
        });
        let id = id.unwrap_or_default();
        self.active.update_value(|active| active.push(Active { id, tags, again }));
        id
    }

    fn leave(self, id: u64) {
        self.active.try_update_value(|active| active.retain(|one| one.id != id));
    }
}

/// The cache of the calling owner.
pub fn use_queries() -> Queries {
    expect_context::<Queries>()
}

/// A read on screen, without its type.
#[derive(Debug, Clone, Copy)]
struct Reading {
    data: RwSignal<Option<Kept>>,
    failure: RwSignal<Option<Failure>>,
    loading: RwSignal<bool>,
    again: RwSignal<u32>,
    get: Memo<Option<Plain>>,
    queries: Queries,
}

/// A read on screen.
#[derive(Debug)]
pub struct Query<T> {
    reading: Reading,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Query<T> {}

impl<T: Send + Sync + 'static> Query<T> {
    /// The newest value; followed.
    pub fn get(self) -> Option<Arc<T>> {
        typed(self.reading.data.get())
    }

    /// The newest value, not followed.
    pub fn now(self) -> Option<Arc<T>> {
        typed(self.reading.data.get_untracked())
    }

    /// Why the last fetch failed; followed.
    pub fn failure(self) -> Option<Failure> {
        self.reading.failure.get()
    }

    /// Whether it is being fetched; followed.
    pub fn loading(self) -> bool {
        self.reading.loading.get()
    }

    /// Something of the value; followed, and run again only when it changes.
    pub fn map<U: Clone + PartialEq + Send + Sync + 'static>(
        self,
        of: impl Fn(&T) -> U + Send + Sync + 'static,
    ) -> Memo<Option<U>> {
        Memo::new(move |_| self.get().map(|data| of(&data)))
    }

    /// Fetches it anew.
    pub fn refetch(self) {
        self.reading.refetch();
    }

    /// Takes a value that came another way, such as the answer to a command.
    pub fn set(self, value: T) {
        self.reading.set(Arc::new(value));
    }
}

/// The type a read is of is that of its values: they are made by its `parse` or given to its `set`.
fn typed<T: Send + Sync + 'static>(kept: Option<Kept>) -> Option<Arc<T>> {
    kept.and_then(|kept| kept.downcast().ok())
}

/// Reads for the life of the calling owner; what is shown goes when another address is asked for.
pub fn query<T: Send + Sync + 'static>(
    get: impl Fn() -> Option<Load<T>> + Send + Sync + 'static,
) -> Query<T> {
    let get = Memo::new(move |_| get().map(|get| get.plain));
    Query { reading: Reading::start(get, false), of: PhantomData }
}

/// Reads for the life of the calling owner; what is shown stays until the next address has answered.
pub fn query_staying<T: Send + Sync + 'static>(
    get: impl Fn() -> Option<Load<T>> + Send + Sync + 'static,
) -> Query<T> {
    let get = Memo::new(move |_| get().map(|get| get.plain));
    Query { reading: Reading::start(get, true), of: PhantomData }
}

impl Reading {
    fn start(get: Memo<Option<Plain>>, stays: bool) -> Self {
        let (api, queries) = (use_api(), use_queries());
        let reading = Self {
            data: RwSignal::new(None),
            failure: RwSignal::new(None),
            loading: RwSignal::new(true),
            again: RwSignal::new(0),
            get,
            queries,
        };
        let shown = StoredValue::new(None::<String>);
        follow(move || {
            reading.again.track();
            let Some(get) = get.get() else {
                reading.data.set(None);
                reading.loading.set(false);
                return;
            };
            let id = queries.join(get.tags.clone(), reading.again);
            on_cleanup(move || queries.leave(id));
            let other = shown.with_value(|shown| shown.as_ref() != Some(&get.url));
            shown.set_value(Some(get.url.clone()));
            let now = queries.clock.exact();
            let kept = queries.cache.with_value(|cache| cache.find(&get.url, now));
            match kept {
                Some((value, fresh)) => {
                    reading.data.set(Some(value));
                    reading.failure.set(None);
                    if fresh {
                        reading.loading.set(false);
                        return;
                    }
                }
                None if other && !stays => reading.data.set(None),
                None => {}
            }
            reading.loading.set(true);
            reading.fetch(api, get);
        });
        reading
    }

    fn fetch(self, api: Api, get: Plain) {
        spawn_local_scoped_with_cancellation(async move {
            match api.fetch(&get).await {
                Ok(value) => {
                    self.queries.put(&get, value.clone());
                    self.failure.try_set(None);
                    self.data.try_set(Some(value));
                }
                Err(failure) => {
                    // A server not reached is waited for in one place, for all.
                    let passes = failure.may_pass() && failure != Failure::Network;
                    self.failure.try_set(Some(failure));
                    self.loading.try_set(false);
                    if passes {
                        pause(AGAIN).await;
                        self.again.try_update(|n| *n += 1);
                    }
                }
            }
            self.loading.try_set(false);
        });
    }

    fn refetch(self) {
        if let Some(Some(get)) = self.get.try_get_untracked() {
            self.queries.cache.update_value(|cache| cache.forget(&get.url));
        }
        self.again.try_update(|n| *n += 1);
    }

    fn set(self, value: Kept) {
        if let Some(Some(get)) = self.get.try_get_untracked() {
            self.queries.put(&get, value.clone());
        }
        self.failure.try_set(None);
        self.data.try_set(Some(value));
    }
}

/// Reads once, from the cache where it is fresh.
pub async fn read<T: Send + Sync + 'static>(
    api: Api,
    queries: Queries,
    get: Load<T>,
) -> Result<Arc<T>, Failure> {
    let now = queries.clock.exact();
    let kept = queries.cache.with_value(|cache| cache.find(&get.plain.url, now));
    if let Some(value) = kept.filter(|(_, fresh)| *fresh).and_then(|(value, _)| typed(Some(value))) {
        return Ok(value);
    }
    let value = api.get(&get).await?;
    queries.keep(&get, value.clone());
    Ok(value)
}

/// The clock's context, asked for here so that a page that only reads need not know it.
pub fn start_queries() -> Queries {
    Queries::new(use_clock())
}
